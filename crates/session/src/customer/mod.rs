//! The customer app's side of a session: hello → welcome → operator → consent → policy → connection → sharing → end.
//!
//! The shell calls [`Customer::handle`] with whatever happens and then empties [`Customer::poll`]. Nothing is
//! captured, parsed from a peer or applied to the machine before the customer's consent and a policy of the server
//! that this app trusts; the effective right is always what both allow, and nothing that arrives later widens it.

mod capture_mode;
mod chat_book;
mod clipboard;
mod control;
mod drawing;
mod event_log;
mod files;
mod input;
mod input_order;
mod link;
mod operator_control;
mod operator_screen;
mod outgoing;
mod output;
mod pace;
mod part;
mod peer;
mod person;
mod picture;
mod printer;
mod reboot;
mod recording;
mod refusals;
mod rights;
mod second;
mod server;
mod signalling;
mod state;
#[cfg(test)]
mod tests;
mod tools;
mod voice;
mod welcome;

pub use capture_mode::{CaptureLack, CaptureNow, CaptureWay};
pub use clipboard::{ClipboardNews, ClipboardOrder, CopiedFile, CopiedFiles, PutNo, Puttable};
pub use drawing::{DrawingInput, DrawingOrder, ShapeNo};
pub use files::{AskNo, Change, Entry as FolderEntry, EntryKind, FilesNews, FilesOrder, Listing, TransferNo};
pub use input::{Entry, Input, Options, ScreenFailure, SecondSees, Trust};
pub use operator_screen::{OperatorScreenInput, OperatorScreenOrder, OperatorScreenView};
pub use output::{
    Action, Asking, Channel, ConnectionNo, ConsentPress, ControlView, CopyView, Ending, Host, Output,
    PictureWish, SecondOrder, ShareGrant, View,
};
pub use part::{ChosenPart, Part, PartShown, PartState, PartView};
pub use printer::{DocumentNo, PrinterInput, PrinterOrder, PrinterView};
pub use reboot::{RebootView, Returning};
pub use second::{SecondAsking, SecondRole, SecondView};
pub use voice::{VoiceDevices, VoiceInput, VoiceOrder, VoiceView};

use protocol::{Permissions, Right, chat::ChatError, limits, wire};

use self::{
    clipboard::Clipboard, drawing::Drawing, files::Files, operator_control::OperatorControl,
    operator_screen::OperatorScreen, outgoing::Outgoing, part::Parts, printer::Printing, reboot::Reboots,
    recording::Recording, rights::Asks, second::Second, state::State, voice::Voice,
};
use crate::Timestamp;

/// What a shell or a person asked for at the wrong moment. Nothing has changed.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Error {
    /// There is no question to answer, or no session to act on.
    #[error("input does not fit the state of the session")]
    OutOfTurn,
    /// The policy or the customer's consent allow no chat.
    #[error("chat is not allowed in this session")]
    ChatForbidden,
    /// Too many lines wait for their delivery.
    #[error("too many chat lines wait for delivery")]
    ChatFull,
    /// Not a chat line.
    #[error(transparent)]
    Chat(#[from] ChatError),
}

/// The customer's side of one session.
#[derive(Debug)]
pub struct Customer {
    state: State,
    out: Outgoing,
    files: Files,
    drawing: Drawing,
    clipboard: Clipboard,
    reboots: Reboots,
    part: Parts,
    voice: Voice,
    operator_screen: OperatorScreen,
    operator_control: OperatorControl,
    printing: Printing,
    shown: Option<View>,
    control_told: Option<(ConnectionNo, ControlView)>,
    /// What is allowed, and what could be.
    permissions_told: Option<(ConnectionNo, Permissions, Permissions)>,
    pause_told: Option<(ConnectionNo, bool)>,
    asks: Asks,
    recording: Recording,
    second: Second,
    /// The shell holds the picture.
    held: bool,
    /// The pointer's shape, which waits for the picture.
    held_shape: Option<wire::PointerShape>,
    wake_at: Option<Timestamp>,
}

impl Customer {
    /// Begins: the first output asks for the link to the server.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let out = Outgoing::new(options);
        let mut customer = Self {
            state: State::Joining,
            out,
            files: Files::default(),
            drawing: Drawing::default(),
            clipboard: Clipboard::default(),
            reboots: Reboots::default(),
            part: Parts::default(),
            voice: Voice::default(),
            operator_screen: OperatorScreen::default(),
            operator_control: OperatorControl::default(),
            printing: Printing::default(),
            shown: None,
            control_told: None,
            permissions_told: None,
            pause_told: None,
            asks: Asks::default(),
            recording: Recording::default(),
            second: Second::default(),
            held: false,
            held_shape: None,
            wake_at: None,
        };
        customer.show();
        customer
    }

    /// Takes in what happened at `now`. Whatever a peer or server sends is never an error of the shell: it is
    /// refused, counted and reported.
    ///
    /// Errors: all of [`Error`], for what the shell itself asked.
    pub fn handle(&mut self, now: Timestamp, input: Input) -> Result<(), Error> {
        let done = self.dispatch(now, input);
        self.settle(now);
        done
    }

    /// The next thing to do, in order.
    pub fn poll(&mut self) -> Option<Output> {
        self.out.outputs.pop_front()
    }

    /// How many messages of kinds that this version does not know were skipped.
    #[must_use]
    pub fn skipped(&self) -> u64 {
        self.out.skipped
    }

    fn dispatch(&mut self, now: Timestamp, input: Input) -> Result<(), Error> {
        match input {
            Input::SignallingOpened { clock_ms } => self.signalling_opened(now, clock_ms),
            Input::SignallingClosed => self.signalling_closed(now),
            Input::ServerMessage(bytes) => self.server_message(now, &bytes),
            Input::Agreed(permissions) => return self.agreed(now, permissions),
            Input::Declined => return self.declined(now),
            Input::ControlAllowed => return self.set_right(now, Right::Control, true),
            Input::ControlForbidden => return self.set_right(now, Right::Control, false),
            Input::RightSet { right, on } => return self.set_right(now, right, on),
            Input::RightAnswered { no, allowed } => return self.right_answered(now, no, allowed),
            Input::SecondAnswered { no, allowed } => return self.second_answered(now, no, allowed),
            Input::Paused(on) => return self.set_paused(now, on),
            Input::CopyAsked => return self.ask_copy(now),
            Input::CustomerActive => self.customer_active(now),
            Input::InputRefused(what) => self.out.refuse(what),
            Input::QuestionOpened => self.question(true),
            Input::QuestionClosed => self.question(false),
            Input::Chat { id, text } => return self.write_chat(now, id, &text),
            Input::Stopped => self.stopped(now),
            Input::PartChosen(chosen) => return self.part_chosen(now, chosen),
            Input::PartDeclined => return self.part_declined(now),
            Input::PartShown(shown) => self.part_shown(now, shown),
            Input::ScreenFailed(failure) => self.screen_failed(now, failure),
            Input::LocalAnswer { connection, sdp } => self.local_answer(connection, sdp),
            Input::LocalCandidate { connection, candidate } => self.local_candidate(connection, candidate),
            Input::PeerConnected { connection, relayed } => self.peer_connected(now, connection, relayed),
            Input::ChannelOpened { connection, channel } => self.channel_opened(now, connection, channel),
            Input::PeerMessage { connection, channel, bytes } => {
                self.peer_message(now, connection, channel, bytes);
            }
            Input::PeerLost { connection } => self.peer_lost(now, connection),
            Input::ForSecond(seen) => self.for_second(seen),
            Input::Displays(displays) => self.displays(now, displays),
            Input::PointerShape(shape) => self.pointer_shape(shape),
            Input::PointerPosition(at) => self.pointer_position(at),
            Input::Captured(by) => self.captured_by(now, by),
            Input::DesktopTakesInput => self.desktop_takes_input(),
            Input::DesktopTakesNoInput(what) => self.desktop_takes_no_input(now, what),
            Input::ToolDone { connection, id, object, outcome } => {
                self.tool_done(now, connection, id, object, outcome);
            }
            Input::Drawing(input) => self.drawing_input(now, input),
            Input::Voice(input) => return self.voice_input(now, input),
            Input::OperatorScreen(input) => return self.operator_screen_input(now, input),
            Input::ViewerNotOpened(what) => self.viewer_not_opened(now, what),
            Input::RebootAnswered { no, allowed } => return self.reboot_answered(now, no, allowed),
            Input::RebootCalledOff => self.reboot_called_off(now),
            Input::ReturnKept(done) => self.return_kept(now, done),
            Input::RebootFailed(problem) => self.reboot_failed(now, problem),
            Input::GoingDown => self.going_down(now),
            Input::Clipboard(news) => self.clipboard_news(now, news),
            Input::Files(news) => self.files.news(now, news, &mut self.out),
            Input::Printer(input) => self.printer_input(now, input),
            Input::Tick => self.tick(now),
        }
        Ok(())
    }

    /// What follows from any change: the console's and the window's view of it, reports, the next deadline.
    fn settle(&mut self, now: Timestamp) {
        self.hold_picture();
        self.asks_within_policy(now);
        self.tell_permissions();
        self.tell_pause();
        self.second_within_permissions(now);
        self.tell_control(now);
        self.tell_recording(now);
        self.second_sees();
        self.tell_operators(now);
        self.tools_within_permissions();
        self.tell_part();
        self.files_within_permissions(now);
        self.drawing_within_permissions(now);
        self.voice_within_permissions(now);
        self.operator_screen_within_permissions(now);
        self.operator_control_within_permissions();
        self.clipboard_within_permissions();
        self.reboot_within_permissions(now);
        self.printer_within_permissions(now);
        for (what, count) in self.out.refusals.due(now) {
            let refused = wire::Refused { what: what.to_owned(), count };
            self.tell(wire::peer_message::Body::Refused(refused.clone()));
            self.out.report(now, wire::event::Kind::Refused(refused));
        }
        self.out.send_events(now);
        self.out.tell_end(now);
        self.show();
        let deadline = self.deadline();
        if deadline != self.wake_at {
            self.wake_at = deadline;
            if let Some(at) = deadline {
                self.out.outputs.push_back(Output::WakeAt(at));
            }
        }
    }

    fn deadline(&self) -> Option<Timestamp> {
        let of_state = match &self.state {
            State::Connecting(connecting) => Some(connecting.since + limits::PEER_CONNECT),
            State::Sharing(sharing) => {
                let expiry = self.out.when(sharing.policy.policy().expires_at_ms);
                Some(sharing.control.deadline().map_or(expiry, |at| at.min(expiry)))
            }
            _ => None,
        };
        let out = &self.out;
        let of_second = self.second.deadline(|at_ms| self.out.when(at_ms));
        let of_link = [out.link.deadline(), out.resend_at, out.tell_end_at, out.close_at];
        let all =
            of_link.into_iter().chain([of_state, of_second, out.refusals.deadline(), self.files.deadline()]);
        all.flatten().min()
    }

    fn tick(&mut self, now: Timestamp) {
        self.wake_at = None;
        self.tick_signalling(now);
        self.tick_peer(now);
        self.second_tick(now);
    }

    fn show(&mut self) {
        let view = self.view();
        if self.shown.as_ref() != Some(&view) {
            self.shown = Some(view.clone());
            self.out.act(Action::Show(Box::new(view)));
        }
    }

    fn view(&self) -> View {
        match &self.state {
            State::Joining => View::Joining,
            State::Waiting(member) => View::WaitingForOperator { host: member.host.clone() },
            State::Asking(member) => View::Question {
                host: member.host.clone(),
                operator: member.operator_name(),
                offered: member.offered,
                recording_required: member.recording_required,
                press: if member.consent_after_operator {
                    ConsentPress::Agree
                } else {
                    ConsentPress::Connect
                },
            },
            State::Agreed(member, consent) => connecting_view(member, *consent, consent.limit),
            State::Connecting(connecting) => {
                let policy = connecting.policy.policy().permissions;
                connecting_view(&connecting.member, connecting.consent, policy)
            }
            State::Sharing(sharing) => View::Sharing {
                host: sharing.member.host.clone(),
                operator: sharing.member.operator_name(),
                permissions: sharing.permissions(),
                could: sharing.could(),
                given: sharing.granted(),
                paused: sharing.consent.is_paused(),
                asking: self.asks.asking(),
                control: self.control_of_either(sharing),
                second: self.second.view().map(Box::new),
                second_asking: self.second.asking().map(Box::new),
                recording: self.recording.is_on(sharing),
                copy: self.recording.copy(&sharing.member),
                signalling: self.out.link.is_up(),
                part: Box::new(self.part_view()),
                voice: self.voice_view(),
                operator_screen: self.operator_screen_view(),
                reboot: self.reboots.view(sharing.member.reboots_by_hand),
                printer: self.printing.view(),
            },
            State::Ended(ending) => View::Ended(ending.clone()),
        }
    }
}

/// `policy`: what the policy allows, where there is one.
fn connecting_view(member: &state::Member, consent: state::Consent, policy: Permissions) -> View {
    View::Connecting {
        host: member.host.clone(),
        operator: member.operator_name(),
        could: policy.intersect(consent.limit),
        given: policy.intersect(consent.rights),
        paused: consent.is_paused(),
    }
}
