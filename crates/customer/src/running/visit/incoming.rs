//! What happens on the wires of a session, as the state machine hears of it.

use protocol::wire;
use session::customer::{
    ChosenPart, ClipboardNews, ConnectionNo, FilesNews, Input, PrinterInput, SecondSees, VoiceInput,
};

use super::Visit;
use crate::link::Signal;
use crate::running::Show;
use crate::running::drawing::Seen;
use crate::running::hand::{Felt, Hand};
use crate::running::operator_screen::Seen as ScreenSeen;
use crate::running::peers::from_peer;
use crate::running::share::{self, Sharing, Told};
use crate::running::tools::Done;
use crate::running::voice::Heard;

/// What the wires bring in.
pub(super) enum Happening {
    Link(u64, Signal),
    Peer(ConnectionNo, peer::Event),
    Share(ConnectionNo, Told),
    Hand(Felt),
    Tool {
        connection: ConnectionNo,
        id: u32,
        done: Done,
    },
    Files(FilesNews),
    Clipboard(ClipboardNews),
    /// The page with the operator's computer does not open (F-15); why, kebab-case.
    NoViewer(&'static str),
    /// The machine does not restart; why, kebab-case.
    NoRestart(&'static str),
    Printer(PrinterInput),
    Drawing(Seen),
    Voice(Heard),
    /// Of the showing of this number.
    OperatorScreen(u64, ScreenSeen),
    /// The rectangle that the customer has drawn, or none.
    Drawn(Option<desktop::frame::Area>),
}

impl Visit<'_> {
    pub(super) fn happened(&mut self, happening: Happening) -> Option<Input> {
        match happening {
            Happening::Link(no, signal) if no == self.link_no => Some(self.signal(signal)),
            Happening::Link(..) => None,
            Happening::Peer(connection, event) => self.peer_event(connection, event),
            Happening::Share(connection, told) => self.share_told(connection, told),
            Happening::Tool { connection, id, done: Done { object, outcome } } => {
                Some(Input::ToolDone { connection, id, object, outcome })
            }
            Happening::Drawing(seen) => Some(self.drawing_seen(seen)),
            Happening::Voice(heard) => self.voice_heard(heard),
            Happening::OperatorScreen(no, seen) => self.operator_screen_seen(no, seen),
            Happening::Files(news) => Some(Input::Files(news)),
            Happening::Clipboard(news) => Some(Input::Clipboard(news)),
            Happening::NoViewer(why) => Some(Input::ViewerNotOpened(why)),
            Happening::NoRestart(why) => Some(Input::RebootFailed(why)),
            Happening::Printer(input) => Some(Input::Printer(input)),
            Happening::Drawn(area) => self.drawn(area),
            Happening::Hand(Felt::CustomerActive) => Some(Input::CustomerActive),
            Happening::Hand(Felt::Escaped) => Some(Input::ControlForbidden),
            Happening::Hand(Felt::Ready) => Some(Input::DesktopTakesInput),
            Happening::Hand(Felt::Unsupported(what)) => Some(Input::DesktopTakesNoInput(what)),
            Happening::Hand(Felt::Refused(what)) => Some(Input::InputRefused(what)),
        }
    }

    fn signal(&mut self, signal: Signal) -> Input {
        match signal {
            Signal::Opened => Input::SignallingOpened { clock_ms: crate::machine::clock_ms() },
            Signal::Frame(bytes) => Input::ServerMessage(bytes),
            Signal::Closed(error) => {
                self.link = None;
                self.link_error = error;
                Input::SignallingClosed
            }
        }
    }

    fn peer_event(&mut self, connection: ConnectionNo, event: peer::Event) -> Option<Input> {
        match event {
            peer::Event::Candidate(line) => {
                // Both ends bundle everything on the first section.
                let candidate = wire::Candidate { candidate: line, mid: "0".to_owned() };
                Some(Input::LocalCandidate { connection, candidate })
            }
            peer::Event::Answer(sdp) => Some(Input::LocalAnswer { connection, sdp }),
            peer::Event::Connected { relayed } => Some(Input::PeerConnected { connection, relayed }),
            peer::Event::Open(channel) => {
                Some(Input::ChannelOpened { connection, channel: from_peer(channel) })
            }
            peer::Event::Message(channel, bytes) => {
                Some(Input::PeerMessage { connection, channel: from_peer(channel), bytes })
            }
            peer::Event::Room { bytes } => {
                match self.sharing_on(connection) {
                    Some(sharing) => sharing.room(bytes),
                    None => self.peers.keep(connection, |early| early.room_bytes += bytes),
                }
                None
            }
            peer::Event::VideoReady { full_chroma } => {
                match self.sharing_on(connection) {
                    Some(sharing) => sharing.video_ready(full_chroma),
                    None => self.peers.keep(connection, |early| early.video = Some(full_chroma)),
                }
                None
            }
            peer::Event::VideoKeyWanted => {
                self.sharing_on(connection).iter().for_each(|sharing| sharing.video_key());
                None
            }
            peer::Event::Bandwidth { bits_per_s } => {
                self.sharing_on(connection).iter().for_each(|sharing| sharing.bandwidth(bits_per_s));
                None
            }
            peer::Event::Voice { time, bytes } => {
                if let Some((_, talk)) = self.talk.as_ref().filter(|(on, _)| *on == connection) {
                    talk.take(time, bytes);
                }
                None
            }
            peer::Event::VoiceUninvited => Some(Input::Voice(VoiceInput::Uninvited)),
            peer::Event::Disconnected => {
                // Nobody may be there to let keys go.
                if self.sharing_on(connection).is_some() {
                    self.hand.iter().for_each(Hand::release);
                }
                None
            }
            peer::Event::Failed(reason) => {
                tracing::info!(?reason, "Connection to the console is lost");
                Some(Input::PeerLost { connection })
            }
            peer::Event::Closed => Some(Input::PeerLost { connection }),
        }
    }

    /// The share that this connection carries.
    fn sharing_on(&mut self, connection: ConnectionNo) -> Option<&mut Sharing> {
        let all = self.sharing.iter_mut().chain(&mut self.second);
        all.into_iter().find(|sharing| sharing.connection == connection)
    }

    fn share_told(&mut self, connection: ConnectionNo, told: Told) -> Option<Input> {
        if self.second.as_ref().is_some_and(|second| second.connection == connection) {
            return for_second(told);
        }
        if self.sharing.as_ref().is_none_or(|sharing| sharing.connection != connection) {
            return None;
        }
        match told {
            Told::Input(input) => Some(input),
            Told::Shown(shown) => {
                let input = self.part.shown(shown);
                self.hand.iter().for_each(|hand| hand.set_reach(self.part.reach()));
                input
            }
            Told::Failed(error) => Some(self.screen_failed(&error)),
        }
    }

    fn drawn(&mut self, area: Option<desktop::frame::Area>) -> Option<Input> {
        self.draws = None;
        self.hand.iter().for_each(|hand| hand.set_question(false));
        self.handle(Input::QuestionClosed);
        let part = crate::running::part::drawn(area?);
        Some(Input::PartChosen(ChosenPart { part, name: String::new() }))
    }

    /// Tells the customer what the screen lacks, in more words than the end of the session has.
    pub(super) fn screen_failed(&self, error: &screen::ScreenError) -> Input {
        tracing::warn!(%error, "Screen cannot be shared");
        (self.show)(Show::Trouble(share::trouble(error)));
        Input::ScreenFailed(share::failure(error))
    }
}

/// What a share tells beside its pictures, for the second operator's console; all else is told by the first.
fn for_second(told: Told) -> Option<Input> {
    let Told::Input(input) = told else { return None };
    Some(Input::ForSecond(match input {
        Input::Displays(displays) => SecondSees::Displays(displays),
        Input::PointerShape(shape) => SecondSees::PointerShape(shape),
        Input::PointerPosition(at) => SecondSees::PointerPosition(at),
        Input::Captured(by) => SecondSees::Capture(by),
        _ => return None,
    }))
}
