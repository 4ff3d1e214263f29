//! The peer connection and what the console says on it.

use bytes::Bytes;
use protocol::{
    Permissions,
    chat::{Author, Line},
    decode,
    input::{InputEvent, NumberedInput},
    limits, wire,
};

use super::{
    Action, Channel, ConnectionNo, ControlView, Customer, Ending, SecondSees,
    control::{self, Control},
    input_order::InputOrder,
    picture,
    state::{Sharing, State},
};
use crate::Timestamp;

/// Messages that may come on "control" before the other channels are open.
pub(super) const EARLY_MESSAGES: usize = 64;

impl Customer {
    pub(super) fn local_answer(&mut self, connection: ConnectionNo, sdp: String) {
        if self.files.is_on(connection) {
            let answer = wire::SessionDescription { sdp };
            return self.tell(wire::peer_message::Body::FilesAnswer(answer));
        }
        if self.second.connection() == Some(connection) {
            return self.second_local_answer(sdp);
        }
        if self.state.connection() == Some(connection) {
            let answer = wire::SessionDescription { sdp };
            self.out.send_server(wire::customer_to_server::Body::Answer(answer));
            self.prepare();
        }
    }

    /// The customer has agreed and the policy is taken: the first picture is made while the connection comes up.
    fn prepare(&mut self) {
        let grant = self.grant();
        let State::Connecting(connecting) = &mut self.state else { return };
        if let Some(grant) = grant.filter(|_| !connecting.prepared) {
            connecting.prepared = true;
            self.out.act(Action::PrepareSharing(grant));
        }
    }

    pub(super) fn local_candidate(&mut self, connection: ConnectionNo, candidate: wire::Candidate) {
        if self.files.is_on(connection) {
            return self.tell(wire::peer_message::Body::FilesCandidate(candidate));
        }
        if self.second.connection() == Some(connection) {
            return self.second_local_candidate(candidate);
        }
        if self.state.connection() == Some(connection) {
            self.out.send_server(wire::customer_to_server::Body::Candidate(candidate));
        }
    }

    pub(super) fn peer_connected(&mut self, now: Timestamp, connection: ConnectionNo, relayed: bool) {
        if self.second.connection() == Some(connection) {
            return self.second_connected(now, relayed);
        }
        if let State::Connecting(connecting) = &mut self.state
            && connecting.connection == connection
        {
            connecting.relayed = Some(relayed);
            self.start_if_ready(now);
        }
    }

    pub(super) fn channel_opened(&mut self, now: Timestamp, connection: ConnectionNo, channel: Channel) {
        if self.second.connection() == Some(connection) {
            return self.second_channel_opened(now, channel);
        }
        if let State::Connecting(connecting) = &mut self.state
            && connecting.connection == connection
        {
            match channel {
                Channel::Control => connecting.control_open = true,
                Channel::Screen => connecting.screen_open = true,
                Channel::Pointer | Channel::Repeat | Channel::Files | Channel::OperatorScreen => {}
            }
            self.start_if_ready(now);
        }
    }

    fn start_if_ready(&mut self, now: Timestamp) {
        match std::mem::replace(&mut self.state, State::Joining) {
            State::Connecting(connecting) if connecting.control_open && connecting.screen_open => {
                let Some(relayed) = connecting.relayed else {
                    self.state = State::Connecting(connecting);
                    return;
                };
                let mut sharing = Sharing {
                    member: connecting.member,
                    consent: connecting.consent,
                    policy: connecting.policy,
                    connection: connecting.connection,
                    console: connecting.console,
                    control: Control::at_start(Permissions::default()),
                    input: InputOrder::new(),
                    hidden: false,
                    begun: false,
                };
                sharing.control = Control::at_start(sharing.granted());
                self.recording.begin(sharing.granted());
                if sharing.at_start().view {
                    self.started(now, sharing, relayed, connecting.early);
                } else {
                    self.not_shown(sharing);
                }
            }
            state => self.state = state,
        }
    }

    /// The customer is not to be seen, or not any more: the connection is closed before anything was sent on it.
    fn not_shown(&mut self, sharing: Sharing) {
        self.out.refuse("view-forbidden");
        self.out.act(Action::StopSharing);
        self.out.act(Action::ClosePeer { connection: sharing.connection });
        self.state = State::Agreed(sharing.member, sharing.consent);
    }

    fn started(&mut self, now: Timestamp, sharing: Sharing, relayed: bool, early: Vec<Bytes>) {
        let connection = sharing.connection;
        self.state = State::Sharing(Box::new(sharing));
        let hello = wire::PeerHello {
            program: self.out.options.program.clone(),
            features: protocol::policy::KNOWN_FEATURES.map(str::to_owned).to_vec(),
        };
        self.out.send_peer(connection, wire::peer_message::Body::Hello(hello));
        self.out.report(now, wire::event::Kind::Connected(wire::Connected { relayed }));
        self.begin_sharing(now);
        self.tell_chat();
        self.tell_not_in_effect(now);
        self.tell_return();
        for bytes in early {
            self.peer_message(now, connection, Channel::Control, bytes);
        }
    }

    /// Capture begins where it is settled what is shared; with S-14 off the customer's choice comes first.
    pub(super) fn begin_sharing(&mut self, now: Timestamp) {
        let grant = self.grant();
        let State::Sharing(sharing) = &mut self.state else { return };
        if let Some(grant) = grant.filter(|_| !sharing.begun) {
            sharing.begun = true;
            self.out.report(now, wire::event::Kind::SharingStarted(wire::SharingStarted {}));
            self.hold_picture();
            self.out.act(Action::StartSharing(grant));
        }
    }

    /// Options of the session that change nothing here: the operator shall not count on them, and the record says so once.
    fn tell_not_in_effect(&mut self, now: Timestamp) {
        let State::Sharing(sharing) = &mut self.state else { return };
        let is_first = !std::mem::replace(&mut sharing.member.said_not_in_effect, true);
        let options = sharing.member.not_in_effect.clone();
        if options.is_empty() {
            return;
        }
        // Safe mode is recorded when somebody asks for it: it is on for everybody at first.
        let said = options.iter().filter(|what| is_first && what.as_str() != "safe_mode_reconnect");
        for what in said {
            self.out.report(now, wire::event::Kind::Unsupported(wire::Unsupported { what: what.clone() }));
        }
        self.tell(wire::peer_message::Body::NotInEffect(wire::NotInEffect { options }));
    }

    /// The chat so far: this may be another window of the operator's, which was not there.
    fn tell_chat(&mut self) {
        let State::Sharing(sharing) = &self.state else { return };
        if sharing.permissions().chat {
            for lines in self.out.chat.earlier() {
                self.tell(wire::peer_message::Body::ChatEarlier(lines));
            }
        }
        let lines: Vec<Line> = self.out.chat.undelivered().cloned().collect();
        for line in &lines {
            self.tell(wire::peer_message::Body::Chat(wire::Chat::from(line)));
        }
    }

    pub(super) fn peer_lost(&mut self, now: Timestamp, connection: ConnectionNo) {
        if self.state.connection() == Some(connection) {
            self.leave_peer(now);
        } else if self.second.connection() == Some(connection) {
            self.second_lost(now);
        } else if self.files.is_on(connection) {
            self.files_lost(now);
        }
    }

    pub(super) fn tick_peer(&mut self, now: Timestamp) {
        let now_ms = self.out.server_ms(now);
        match &mut self.state {
            State::Connecting(connecting) if connecting.since + limits::PEER_CONNECT <= now => {
                self.leave_peer(now);
            }
            State::Sharing(sharing) if sharing.policy.policy().expires_at_ms <= now_ms => {
                let reason = wire::EndReason::Expired;
                self.end(now, Ending::Reason(reason), Some(reason));
            }
            State::Sharing(sharing) => sharing.control.tick(now),
            _ => {}
        }
    }

    /// Back to the state before a connection, with everything of it closed.
    pub(super) fn leave_peer(&mut self, now: Timestamp) {
        self.asks_left(now);
        self.reboot_left(now);
        self.state = match std::mem::replace(&mut self.state, State::Joining) {
            State::Connecting(connecting) => {
                if connecting.prepared {
                    self.out.act(Action::StopSharing);
                }
                self.out.act(Action::ClosePeer { connection: connecting.connection });
                State::Agreed(connecting.member, connecting.consent)
            }
            State::Sharing(sharing) => {
                self.files.close(now, &mut self.out);
                self.second_sees_nothing();
                self.out.act(Action::StopSharing);
                self.out.act(Action::ReleaseInput);
                self.out.act(Action::ClosePeer { connection: sharing.connection });
                self.tools_left(now);
                self.drawing_left(now);
                self.voice_left(now);
                self.operator_screen_left(now);
                self.recording_left(now);
                self.clipboard_left();
                self.part_left();
                if sharing.begun {
                    self.out.report(now, wire::event::Kind::SharingStopped(wire::SharingStopped {}));
                }
                State::Agreed(sharing.member, sharing.consent)
            }
            state => state,
        };
    }

    /// Sends to the console while the picture is shared; before and after there is nobody to tell.
    pub(super) fn tell(&mut self, body: wire::peer_message::Body) {
        if let State::Sharing(sharing) = &self.state {
            self.out.send_peer(sharing.connection, body);
        }
    }

    /// Tells the console what is allowed from now on, and what it may ask for.
    pub(super) fn tell_permissions(&mut self) {
        let State::Sharing(sharing) = &self.state else { return };
        let now = (sharing.connection, sharing.granted(), sharing.could());
        if self.permissions_told != Some(now) {
            self.permissions_told = Some(now);
            let (permissions, could) = (Some(now.1.into()), Some(now.2.into()));
            self.tell(wire::peer_message::Body::PermissionsNow(wire::PermissionsNow { permissions, could }));
        }
    }

    /// Tells console and record when control has changed.
    pub(super) fn tell_control(&mut self, now: Timestamp) {
        let State::Sharing(sharing) = &self.state else { return };
        let (connection, view) = (sharing.connection, sharing.control.view(sharing.permissions()));
        let before = self.control_told.filter(|(told, _)| *told == connection).map(|(_, view)| view);
        if before == Some(view) {
            return;
        }
        self.control_told = Some((connection, view));
        self.out.send_peer(connection, wire::peer_message::Body::ControlState(control::to_wire(view)));
        if before == Some(ControlView::On) {
            self.out.act(Action::ReleaseInput);
        }
        let is_on = |view| matches!(view, ControlView::On | ControlView::CustomerActive);
        let (was, on) = (before.is_some_and(is_on), is_on(view));
        if was != on {
            self.out
                .report(now, wire::event::Kind::ControlChanged(wire::ControlChanged { on, second: false }));
        }
    }

    pub(super) fn desktop_takes_input(&mut self) {
        if let State::Sharing(sharing) = &mut self.state {
            sharing.control.desktop_takes_input();
        }
    }

    /// Console and record are told what is missing, and that there is no control.
    pub(super) fn desktop_takes_no_input(&mut self, now: Timestamp, what: &'static str) {
        let State::Sharing(sharing) = &mut self.state else { return };
        sharing.control.desktop_lacks(what);
        let unsupported = wire::Unsupported { what: what.to_owned() };
        self.tell(wire::peer_message::Body::Unsupported(unsupported.clone()));
        self.out.report(now, wire::event::Kind::Unsupported(unsupported));
    }

    /// Of the two operators who may have it, the one who has.
    pub(super) fn control_of_either(&self, sharing: &Sharing) -> ControlView {
        match self.second_control() {
            view @ (ControlView::On | ControlView::CustomerActive) => view,
            _ => sharing.control.view(sharing.permissions()),
        }
    }

    /// What the second operator's console is told apart from its pictures; of the pointer nothing while the picture is held.
    pub(super) fn for_second(&mut self, seen: SecondSees) {
        use wire::peer_message::Body;
        match seen {
            SecondSees::Displays(mut displays) => {
                displays.truncate(limits::DISPLAYS);
                self.tell_second(Body::Displays(wire::Displays { displays }));
            }
            SecondSees::PointerShape(shape) if !self.held => self.tell_second(Body::PointerShape(shape)),
            SecondSees::PointerPosition(at) if !self.held => self.tell_second(Body::PointerPosition(at)),
            SecondSees::Capture(now) => self.captured_for_second(now),
            SecondSees::PointerShape(_) | SecondSees::PointerPosition(_) => {}
        }
    }

    pub(super) fn displays(&mut self, now: Timestamp, mut displays: Vec<wire::Display>) {
        displays.truncate(limits::DISPLAYS);
        let shared = displays.first().map(|display| (display.width, display.height));
        self.tell(wire::peer_message::Body::Displays(wire::Displays { displays }));
        if let (State::Sharing(_), Some((width_px, height_px))) = (&self.state, shared) {
            let changed = wire::DisplayChanged { width_px, height_px };
            self.out.report(now, wire::event::Kind::DisplayChanged(changed));
        }
    }

    pub(super) fn peer_message(
        &mut self,
        now: Timestamp,
        connection: ConnectionNo,
        channel: Channel,
        bytes: Bytes,
    ) {
        if self.second.connection() == Some(connection) {
            return self.second_message(now, connection, channel, &bytes);
        }
        match &mut self.state {
            State::Connecting(connecting) if connecting.connection == connection => {
                let fits =
                    connecting.early.len() < EARLY_MESSAGES && bytes.len() <= limits::PEER_MESSAGE_BYTES;
                if channel == Channel::Control && fits {
                    connecting.early.push(bytes);
                }
            }
            State::Sharing(sharing)
                if sharing.connection == connection && channel == Channel::OperatorScreen =>
            {
                self.operator_screen_packet(now, bytes);
            }
            State::Sharing(sharing) if sharing.connection == connection && channel != Channel::Files => {
                match decode::<wire::PeerMessage>(&bytes, limits::PEER_MESSAGE_BYTES) {
                    Ok(message) => self.console_says(now, channel, message),
                    Err(protocol::DecodeError::TooLong { .. }) => self.out.refuse("message-too-long"),
                    Err(protocol::DecodeError::Malformed) => self.out.refuse("message-malformed"),
                }
            }
            State::Sharing(_) if self.files.is_on(connection) && channel == Channel::Files => {
                self.files_message(now, &bytes);
            }
            State::Sharing(sharing) if sharing.connection == connection || self.files.is_on(connection) => {
                self.out.refuse("message-out-of-place");
            }
            // Of a connection that is closed, or before consent: not even parsed.
            _ => self.out.refuse("message-out-of-order"),
        }
    }

    fn console_says(&mut self, now: Timestamp, channel: Channel, message: wire::PeerMessage) {
        use wire::peer_message::Body;
        match (channel, message.body) {
            (_, None) => self.out.skipped += 1,
            (Channel::Control | Channel::Pointer, Some(Body::Input(input))) => self.input(channel, input),
            (Channel::Control, Some(Body::Hello(_))) => {}
            (Channel::Control, Some(Body::SetControl(wish))) => self.set_control(wish.on),
            (Channel::Control, Some(Body::PictureAcknowledged(acknowledged))) => {
                self.out.act(Action::Picture(picture::acknowledged(acknowledged)));
            }
            (Channel::Control, Some(Body::SetRecording(wish))) => self.set_recording(wish.on),
            (Channel::Control, Some(Body::PictureRequest(request))) => self.picture_request(request),
            (Channel::Control, Some(Body::PictureSettings(settings))) => {
                self.picture_settings(now, settings);
            }
            (Channel::Control, Some(Body::ToolRequest(request))) => self.tool_requested(now, request),
            (Channel::Control, Some(Body::RightRequest(request))) => self.right_requested(now, request),
            (Channel::Control, Some(Body::RightWithdrawn(ask))) => self.right_withdrawn(now, ask.id),
            (Channel::Control, Some(Body::Draw(draw))) => self.operator_draws(now, draw),
            (Channel::Control, Some(Body::Chat(chat))) => self.operator_writes(now, chat),
            (Channel::Control, Some(Body::ChatDelivered(delivered))) => {
                if let Some(id) = self.out.chat.delivered(&delivered.id) {
                    self.out.act(Action::ShowChatDelivered(id));
                }
            }
            (Channel::Control, Some(Body::SetVoice(wish))) => self.voice_wanted(now, wish.on),
            (Channel::Control, Some(Body::VoiceMuted(muted))) => self.operator_muted(now, muted.on),
            (Channel::Control, Some(Body::SetOperatorScreen(wish))) => {
                self.operator_screen_wanted(now, wish.on);
            }
            (Channel::Control, Some(Body::RebootRequest(request))) => self.reboot_requested(now, request),
            (Channel::Control, Some(Body::Clip(clip))) => self.console_clips(now, clip),
            (Channel::Control, Some(Body::GiveControl(wish))) => self.give_control(wish.on),
            (Channel::Control, Some(Body::AskPart(ask))) => self.part_asked(now, ask),
            (Channel::Control, Some(Body::SetPrinter(wish))) => self.set_printer(now, wish.on),
            (Channel::Control, Some(Body::FilesOffer(offer))) => self.files_offer(now, offer),
            (Channel::Control, Some(Body::FilesCandidate(candidate))) => self.files_candidate(candidate),
            (Channel::Control, Some(Body::Bye(bye))) => self.console_leaves(now, bye.reason()),
            _ => self.out.refuse("message-out-of-place"),
        }
    }

    fn input(&mut self, channel: Channel, input: wire::Input) {
        let State::Sharing(sharing) = &mut self.state else { return };
        let Ok(input) = NumberedInput::try_from(input) else {
            return self.out.refuse("input-malformed");
        };
        let refusal = match sharing.consent.is_paused() {
            true => Some("session-paused"),
            false => sharing.control.refusal(sharing.permissions()),
        };
        for event in sharing.input.take(channel, input) {
            match refusal {
                None => match self.part.within(event) {
                    Some(event) => self.out.act(Action::ApplyInput(event)),
                    None => self.out.refuse("input-outside-part"),
                },
                // A console lets go when it hears that control is gone; by then nothing is held.
                Some(_) if event == InputEvent::ReleaseAll => {}
                Some(what) => self.out.refuse(what),
            }
        }
    }

    fn set_control(&mut self, on: bool) {
        let State::Sharing(sharing) = &mut self.state else { return };
        if on && !sharing.permissions().control {
            let what = if sharing.consent.is_paused() { "session-paused" } else { "control-forbidden" };
            return self.out.refuse(what);
        }
        sharing.control.want(on);
        if on {
            self.second_yields();
        }
    }

    fn operator_writes(&mut self, now: Timestamp, chat: wire::Chat) {
        let State::Sharing(sharing) = &self.state else { return };
        if !sharing.permissions().chat {
            return self.out.refuse("chat-forbidden");
        }
        let Ok(line) = Line::try_from(chat) else {
            return self.out.refuse("chat-malformed");
        };
        // Who sent it is known by the connection.
        let line = Line { name: String::new(), ..line };
        if line.author != Author::Operator {
            return self.out.refuse("chat-forged");
        }
        if !self.out.chat.has_room(now) {
            return self.out.refuse("chat-too-fast");
        }
        let id = Bytes::copy_from_slice(&line.id);
        self.tell(wire::peer_message::Body::ChatDelivered(wire::ChatDelivered { id }));
        if self.out.chat.is_new(line.id) {
            self.out.report(now, wire::event::Kind::Chat(wire::Chat::from(&line)));
            self.out.chat.remember(line.clone());
            self.second_reads(&line);
            self.out.act(Action::ShowChat(line));
        }
    }

    /// The console goes. With the operator's end the session ends even where the server is not reached.
    fn console_leaves(&mut self, now: Timestamp, reason: wire::EndReason) {
        if reason == wire::EndReason::OperatorEnded {
            self.end(now, Ending::Reason(reason), Some(reason));
        } else {
            self.leave_peer(now);
        }
    }
}
