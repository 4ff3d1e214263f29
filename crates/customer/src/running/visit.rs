//! One session from the code to the end: what happens goes into the state machine, what it asks for is done.

use std::time::{Duration, Instant};

use peer::Certificate;
use protocol::{Nonce, Permissions};
use session::Timestamp;
use session::customer::{
    Action, ConnectionNo, ControlView, Customer, Ending, Entry, Input, Options, Output, ShareGrant, Trust,
    View,
};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::hand::{self, Felt, Hand};
use super::office::Shower;
use super::peers::{Peers, from_peer};
use super::share::{self, Sharing, Told};
use super::{Press, Show, Trouble};
use crate::link::{self, Link, LinkError, Signal};
use crate::texts::Language;
use crate::trust::Destination;

/// Things that happened and wait for their turn.
const HAPPENINGS: usize = 512;
/// How long the ends of links, connections and the hand may take together.
const END_WAIT: Duration = hand::END_WAIT.saturating_add(Duration::from_millis(100));

/// What a session begins with.
pub(super) struct Plan {
    pub(super) destination: Destination,
    pub(super) code: String,
    pub(super) language: Language,
    pub(super) certificate: Certificate,
}

/// What the wires bring in.
enum Happening {
    Link(u64, Signal),
    Peer(ConnectionNo, peer::Event),
    Share(ConnectionNo, Told),
    Hand(Felt),
}

/// A running session.
pub(super) struct Visit<'a> {
    plan: Plan,
    show: &'a Shower,
    customer: Customer,
    began: Instant,
    wake_at: Option<Timestamp>,
    happenings: mpsc::Receiver<Happening>,
    sender: mpsc::Sender<Happening>,
    link: Option<Link>,
    link_no: u64,
    link_error: Option<LinkError>,
    peers: Peers,
    sharing: Option<Sharing>,
    hand: Option<Hand>,
    windows: Vec<u64>,
    tasks: JoinSet<()>,
    offered_control_at_start: bool,
    /// The operator has control, as last shown.
    controls: bool,
    ended: bool,
}

impl<'a> Visit<'a> {
    pub(super) fn new(plan: Plan, show: &'a Shower) -> Self {
        let (sender, happenings) = mpsc::channel(HAPPENINGS);
        let customer = Customer::new(options(&plan));
        Self {
            plan,
            show,
            customer,
            began: Instant::now(),
            wake_at: None,
            happenings,
            sender,
            link: None,
            link_no: 0,
            link_error: None,
            peers: Peers::new(),
            sharing: None,
            hand: None,
            windows: Vec::new(),
            tasks: JoinSet::new(),
            offered_control_at_start: false,
            controls: false,
            ended: false,
        }
    }

    /// Runs until the session is over and told, or the customer begins another; that press is returned.
    pub(super) async fn run(mut self, presses: &mut mpsc::Receiver<Press>) -> Option<Press> {
        let next = loop {
            while let Some(output) = self.customer.poll() {
                self.perform(output).await;
            }
            if self.ended && self.link.is_none() {
                break None;
            }
            let wake = self.wake_at.map(|at| self.began + at.since_start());
            let input = tokio::select! {
                biased;
                press = presses.recv() => match self.press(press) {
                    Ok(input) => input,
                    Err(press) => break Some(press),
                },
                Some(happening) = self.happenings.recv() => self.happened(happening),
                () = until(wake) => {
                    self.wake_at = None;
                    Some(Input::Tick)
                }
            };
            if let Some(input) = input {
                self.handle(input);
            }
        };
        self.finish().await;
        next
    }

    fn now(&self) -> Timestamp {
        Timestamp::new(self.began.elapsed())
    }

    fn handle(&mut self, input: Input) {
        let now = self.now();
        if let Err(error) = self.customer.handle(now, input) {
            tracing::debug!(%error, "Input out of turn");
        }
    }

    /// What a press means for the session; an error gives back one that ends or follows it.
    fn press(&mut self, press: Option<Press>) -> Result<Option<Input>, Press> {
        let input = match press {
            Some(Press::Agree { control }) => {
                let control_at_start = control && self.offered_control_at_start;
                Input::Agreed(Permissions { view: true, control, chat: true, control_at_start })
            }
            Some(Press::Decline) => Input::Declined,
            Some(Press::Control { allowed: true }) => Input::ControlAllowed,
            Some(Press::Control { allowed: false }) => Input::ControlForbidden,
            Some(Press::Chat(text)) => Input::Chat { id: rand::random(), text },
            Some(Press::Stop) => Input::Stopped,
            Some(Press::Windows(windows)) => {
                if let Some(hand) = &self.hand {
                    hand.set_windows(windows.clone());
                }
                self.windows = windows;
                return Ok(None);
            }
            Some(again @ Press::Connect { .. }) if self.ended => return Err(again),
            Some(Press::Quit) | None => {
                self.handle(Input::Stopped);
                return Err(Press::Quit);
            }
            Some(_) => return Ok(None),
        };
        Ok(Some(input))
    }

    fn happened(&mut self, happening: Happening) -> Option<Input> {
        match happening {
            Happening::Link(no, signal) if no == self.link_no => Some(self.signal(signal)),
            Happening::Link(..) => None,
            Happening::Peer(connection, event) => self.peer_event(connection, event),
            Happening::Share(connection, told) => self.share_told(connection, told),
            Happening::Hand(Felt::CustomerActive) => Some(Input::CustomerActive),
            Happening::Hand(Felt::Unsupported(what)) => Some(Input::Unsupported(what.to_owned())),
        }
    }

    fn signal(&mut self, signal: Signal) -> Input {
        match signal {
            Signal::Opened => Input::SignallingOpened,
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
                let candidate = protocol::wire::Candidate { candidate: line, mid: "0".to_owned() };
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
                match &self.sharing {
                    Some(sharing) if sharing.connection == connection => sharing.room(bytes),
                    _ => self.peers.keep_room(connection, bytes),
                }
                None
            }
            peer::Event::Disconnected => {
                // Nobody may be there to let keys go.
                self.hand.iter().for_each(Hand::release);
                None
            }
            peer::Event::Failed(reason) => {
                tracing::info!(?reason, "Connection to the console is lost");
                Some(Input::PeerLost { connection })
            }
            peer::Event::Closed => Some(Input::PeerLost { connection }),
        }
    }

    fn share_told(&mut self, connection: ConnectionNo, told: Told) -> Option<Input> {
        if self.sharing.as_ref().is_none_or(|sharing| sharing.connection != connection) {
            return None;
        }
        match told {
            Told::Input(input) => Some(input),
            Told::Failed(error) => {
                self.screen_failed(&error);
                Some(Input::Stopped)
            }
        }
    }

    fn screen_failed(&mut self, error: &screen::ScreenError) {
        tracing::warn!(%error, "Screen cannot be shared");
        self.handle(Input::Unsupported(share::unsupported(error).to_owned()));
        (self.show)(Show::Trouble(share::trouble(error)));
    }

    async fn perform(&mut self, output: Output) {
        match output {
            Output::ToServer(frame) => {
                if !self.link.as_ref().is_some_and(|link| link.send(frame)) {
                    tracing::debug!("Frame not sent: the link is gone");
                }
            }
            Output::ToPeer { connection, channel, bytes } => {
                if !self.peers.send(connection, channel, bytes) {
                    tracing::debug!("Message not sent: the connection is gone");
                }
            }
            Output::WakeAt(at) => self.wake_at = Some(at),
            Output::Do(action) => self.act(action).await,
        }
    }

    async fn act(&mut self, action: Action) {
        match action {
            Action::OpenSignalling => self.open_link(),
            Action::CloseSignalling => self.close_link(),
            Action::Show(view) => self.show_view(view),
            Action::ShowChat(line) => (self.show)(Show::Chat(line)),
            Action::ShowChatDelivered(id) => (self.show)(Show::Delivered(id)),
            // The identity is settled before a session begins, and a token of this run is kept by the machine.
            Action::PinIdentity(_) | Action::KeepResumeToken(_) | Action::ForgetResumeToken => {}
            Action::AnswerOffer { connection, sdp, peer, ice_servers: _ } => {
                self.answer(connection, &sdp, peer).await;
            }
            Action::AddCandidate { connection, candidate } => {
                self.peers.add_candidate(connection, candidate.candidate);
            }
            Action::ClosePeer { connection } => self.peers.close(connection),
            Action::StartSharing(grant) => self.start_sharing(&grant),
            Action::StopSharing => self.stop_sharing(),
            Action::Picture(wish) => self.sharing.iter().for_each(|sharing| sharing.wish(wish.clone())),
            Action::ApplyInput(event) => self.hand.iter().for_each(|hand| hand.apply(event.clone())),
            Action::ReleaseInput => self.hand.iter().for_each(Hand::release),
        }
    }

    fn open_link(&mut self) {
        self.link_no += 1;
        let no = self.link_no;
        let destination = &self.plan.destination;
        let link = link::connect(
            destination.origins.clone(),
            destination.authority,
            self.sender.clone(),
            move |signal| Happening::Link(no, signal),
        );
        self.link = Some(link);
    }

    fn close_link(&mut self) {
        if let Some(link) = self.link.take() {
            // Whatever it still tells is of a link that nobody uses.
            self.link_no += 1;
            self.tasks.spawn(link.close());
        }
    }

    fn show_view(&mut self, view: View) {
        let asks = matches!(view, View::Question { .. });
        self.hand.iter().for_each(|hand| hand.set_question(asks));
        match &view {
            View::Ended(Ending::Unreachable) => {
                self.ended = true;
                let key =
                    self.link_error.as_ref().map_or("customer-problem-unreachable", LinkError::text_key);
                return (self.show)(Show::Trouble(Trouble::Text(key)));
            }
            View::Ended(_) => self.ended = true,
            View::Question { offered, .. } => self.offered_control_at_start = offered.control_at_start,
            View::Sharing { control, .. } => {
                self.controls = matches!(control, ControlView::On | ControlView::CustomerActive);
                self.hand.iter().for_each(|hand| hand.watch(self.controls));
            }
            _ => {}
        }
        (self.show)(Show::View(view));
    }

    async fn answer(&mut self, connection: ConnectionNo, sdp: &str, remote: protocol::Fingerprint) {
        let offer = (sdp, remote, &self.plan.certificate);
        let wrap = move |event| Happening::Peer(connection, event);
        match self.peers.answer(connection, offer, self.sender.clone(), wrap).await {
            Ok(sdp) => self.handle(Input::LocalAnswer { connection, sdp }),
            Err(error) => {
                tracing::warn!(%error, "Offer not answered");
                self.handle(Input::PeerLost { connection });
            }
        }
    }

    /// INVARIANT: the only way to a [`Sharing`], and only with the session's grant.
    fn start_sharing(&mut self, grant: &ShareGrant) {
        let connection = grant.connection();
        let Some(peer) = self.peers.commands(connection) else { return };
        let wrap = move |told| Happening::Share(connection, told);
        match Sharing::start(connection, peer, self.sender.clone(), wrap, &mut self.tasks) {
            Ok(sharing) => {
                sharing.room(self.peers.take_room(connection));
                self.sharing = Some(sharing);
            }
            Err(error) => {
                self.screen_failed(&error);
                return self.handle(Input::Stopped);
            }
        }
        if self.hand.is_none() {
            let sender = self.sender.clone();
            let hand = Hand::start(self.windows.clone(), move |felt| {
                if sender.blocking_send(Happening::Hand(felt)).is_err() {
                    tracing::trace!("Nobody feels the hand any more");
                }
            });
            hand.watch(self.controls);
            self.hand = Some(hand);
        }
    }

    fn stop_sharing(&mut self) {
        self.sharing = None;
        if let Some(hand) = self.hand.take() {
            self.tasks.spawn(hand.end());
        }
    }

    async fn finish(mut self) {
        while let Some(output) = self.customer.poll() {
            self.perform(output).await;
        }
        self.stop_sharing();
        self.close_link();
        // What still comes in is nobody's; a full channel must not hold the ends back.
        self.happenings.close();
        while self.happenings.try_recv().is_ok() {}
        let ends = async {
            self.peers.close_all().await;
            while self.tasks.join_next().await.is_some() {}
        };
        if tokio::time::timeout(END_WAIT, ends).await.is_err() {
            tracing::debug!("Session left before everything had ended");
        }
    }
}

fn options(plan: &Plan) -> Options {
    let server = plan.destination.origins.first();
    Options {
        trust: Trust::Known(plan.destination.identities.clone()),
        entry: Entry::Code(plan.code.clone()),
        nonce: Nonce(rand::random()),
        fingerprint: plan.certificate.fingerprint(),
        machine: server.map(crate::machine::describe).unwrap_or_default(),
        language: plan.language.tag().to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

async fn until(wake: Option<Instant>) {
    match wake {
        Some(at) => tokio::time::sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}
