//! What the second operator's console says: looking, chat, and mouse and keyboard while these are given. Tools are the session
//! operator's, who has the session; whoever needs them takes it over.

use bytes::Bytes;
use protocol::{
    chat::{Author, Line},
    input::{InputEvent, NumberedInput},
    wire,
};

use super::{Stage, control_changed};
use crate::{
    Timestamp,
    customer::{
        Action, CaptureWay, Channel, ControlView, Customer, SecondOrder, control, picture, state::State,
    },
};

impl Customer {
    pub(super) fn second_console_says(
        &mut self,
        now: Timestamp,
        channel: Channel,
        message: wire::PeerMessage,
    ) {
        use wire::peer_message::Body;
        match (channel, message.body) {
            (_, None) => self.out.skipped += 1,
            (Channel::Control | Channel::Pointer, Some(Body::Input(input))) => {
                self.second_input(channel, input)
            }
            (Channel::Control, Some(Body::Hello(_) | Body::ChatDelivered(_))) => {}
            (Channel::Control, Some(Body::SetControl(wish))) => self.second_wants_control(wish.on),
            (Channel::Control, Some(Body::PictureAcknowledged(drawn))) => {
                self.second_picture(Some(picture::acknowledged(drawn)));
            }
            (Channel::Control, Some(Body::PictureRequest(request))) => {
                self.second_picture(picture::wish(request));
            }
            (Channel::Control, Some(Body::PictureSettings(settings))) => self.second_settings(settings),
            (Channel::Control, Some(Body::Chat(chat))) => self.second_writes(now, chat),
            (Channel::Control, Some(Body::RightRequest(request))) => {
                self.out.refuse("second-forbidden");
                let answer = wire::right_answer::Answer::Forbidden.into();
                self.tell_second(Body::RightAnswer(wire::RightAnswer { id: request.id, answer }));
            }
            (Channel::Control, Some(Body::ToolRequest(request))) => {
                self.out.refuse("second-forbidden");
                let problem = "forbidden".to_owned();
                let answer = wire::ToolAnswer { id: request.id, problem, ..wire::ToolAnswer::default() };
                self.tell_second(Body::ToolAnswer(answer));
            }
            // Each console says how its operator's switch stands; a second one's changes nothing here.
            (Channel::Control, Some(Body::Clip(wire::Clip { what: Some(wire::clip::What::Share(_)) }))) => {}
            // Whoever leaves may have only closed the page: the server says whether they come back.
            (Channel::Control, Some(Body::Bye(_))) => self.second_lost(now),
            _ => self.out.refuse("second-forbidden"),
        }
    }

    /// How the screen is captured is one for both, and the session operator's to say.
    fn second_settings(&mut self, settings: wire::PictureSettings) {
        if CaptureWay::asked(&settings).is_some() {
            self.out.refuse("second-forbidden");
        }
        let own = wire::PictureSettings { capture: wire::CaptureWay::Unspecified.into(), ..settings };
        self.second_picture(picture::settings(own));
    }

    fn second_picture(&mut self, wish: Option<super::super::PictureWish>) {
        let Some(wish) = wish else { return self.out.refuse("message-malformed") };
        let Stage::There(there) = &self.second.stage else { return };
        let connection = there.connection;
        if self.held && !matches!(wish, super::super::PictureWish::Settings(_)) {
            return;
        }
        self.out.act(Action::Second(SecondOrder::Picture(connection, wish)));
    }

    fn second_input(&mut self, channel: Channel, input: wire::Input) {
        let Ok(input) = NumberedInput::try_from(input) else {
            return self.out.refuse("input-malformed");
        };
        let view = self.second_control();
        let question = match &self.state {
            State::Sharing(sharing) => sharing.control.has_question(),
            _ => true,
        };
        let refusal = match view {
            ControlView::Forbidden => Some("input-view-only"),
            ControlView::Unavailable(_) => Some("input-unavailable"),
            ControlView::Off => Some("input-control-off"),
            ControlView::CustomerActive => Some("input-paused"),
            ControlView::On => question.then_some("input-question-open"),
        };
        let Stage::There(there) = &mut self.second.stage else { return };
        for event in there.input.take(channel, input) {
            match refusal {
                None => match self.part.within(event) {
                    Some(event) => self.out.act(Action::ApplyInput(event)),
                    None => self.out.refuse("input-outside-part"),
                },
                Some(_) if event == InputEvent::ReleaseAll => {}
                Some(what) => self.out.refuse(what),
            }
        }
    }

    /// Control as the second operator has it.
    pub(in crate::customer) fn second_control(&self) -> ControlView {
        match (&self.state, &self.second.stage) {
            (State::Sharing(sharing), Stage::There(there)) => {
                sharing.control.view_of(self.second_permissions(), there.holds)
            }
            _ => ControlView::Off,
        }
    }

    /// Asks for control, or gives it back.
    fn second_wants_control(&mut self, on: bool) {
        let may = self.second_permissions().control;
        let Stage::There(there) = &mut self.second.stage else { return };
        if on && !may {
            return self.out.refuse("control-forbidden");
        }
        there.asks = on && !there.holds;
        there.holds &= on;
    }

    /// The session's operator gives control to the second one, or takes it from them: one has it at a time.
    pub(in crate::customer) fn give_control(&mut self, on: bool) {
        let may = self.second_permissions().control;
        let (State::Sharing(sharing), Stage::There(there)) = (&mut self.state, &mut self.second.stage) else {
            return;
        };
        if on && !may {
            return self.out.refuse("control-forbidden");
        }
        (there.holds, there.asks) = (on, false);
        if on {
            sharing.control.want(false);
        }
    }

    /// The session's operator takes control, whoever has it.
    pub(in crate::customer) fn second_yields(&mut self) {
        if let Some(there) = self.second.there() {
            (there.holds, there.asks) = (false, false);
        }
    }

    pub(super) fn tell_second_control(&mut self, now: Timestamp) {
        let view = self.second_control();
        let Stage::There(there) = &self.second.stage else { return };
        let connection = there.connection;
        let before = self.second.control_told.filter(|(told, _)| *told == connection).map(|(_, view)| view);
        if before == Some(view) {
            return;
        }
        self.second.control_told = Some((connection, view));
        self.tell_second(wire::peer_message::Body::ControlState(control::to_wire(view)));
        if before == Some(ControlView::On) {
            self.out.act(Action::ReleaseInput);
        }
        let is_on = |view| matches!(view, ControlView::On | ControlView::CustomerActive);
        let (was, on) = (before.is_some_and(is_on), is_on(view));
        if was != on {
            self.out.report(now, control_changed(on));
        }
    }

    fn second_writes(&mut self, now: Timestamp, chat: wire::Chat) {
        if !self.second_permissions().chat {
            return self.out.refuse("chat-forbidden");
        }
        let Ok(line) = Line::try_from(chat) else {
            return self.out.refuse("chat-malformed");
        };
        if line.author != Author::Operator {
            return self.out.refuse("chat-forged");
        }
        if !self.out.chat.has_room(now) {
            return self.out.refuse("chat-too-fast");
        }
        let name = self.second.who().map(|who| who.name.clone()).unwrap_or_default();
        let line = Line { name, ..line };
        let id = Bytes::copy_from_slice(&line.id);
        self.tell_second(wire::peer_message::Body::ChatDelivered(wire::ChatDelivered { id }));
        if self.out.chat.is_new(line.id) {
            self.out.report(now, wire::event::Kind::Chat(wire::Chat::from(&line)));
            self.out.chat.remember(line.clone());
            self.tell(wire::peer_message::Body::Chat(wire::Chat::from(&line)));
            self.out.act(Action::ShowChat(line));
        }
    }

    /// A line of the session's operator or the customer, for the second one to read.
    pub(in crate::customer) fn second_reads(&mut self, line: &Line) {
        if self.second_permissions().chat {
            let line = self.as_second_reads(line);
            self.tell_second(wire::peer_message::Body::Chat(wire::Chat::from(&line)));
        }
    }

    /// Each console's own lines are the nameless ones.
    fn as_second_reads(&self, line: &Line) -> Line {
        if line.author == Author::Customer {
            return line.clone();
        }
        let own = self.second.who().map(|who| who.name.as_str());
        let name = match &self.state {
            _ if own == Some(line.name.as_str()) => String::new(),
            State::Sharing(sharing) if line.name.is_empty() => {
                sharing.member.operator_name().unwrap_or_default()
            }
            _ => line.name.clone(),
        };
        Line { name, ..line.clone() }
    }

    pub(super) fn tell_second_earlier(&mut self) {
        if !self.second_permissions().chat {
            return;
        }
        for lines in self.out.chat.earlier_as(|line| self.as_second_reads(line)) {
            self.tell_second(wire::peer_message::Body::ChatEarlier(lines));
        }
    }
}
