//! What the state machine asks for is done.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use peer::Offer;
use protocol::Fingerprint;
use protocol::tools::Tool;
use session::customer::{
    Action, ConnectionNo, ControlView, Ending, FilesOrder, Input, Output, Part, PictureWish, RebootView,
    SecondOrder, ShareGrant, View,
};

use super::Visit;
use super::incoming::Happening;
use crate::link::{self, LinkError};
use crate::running::files::Clerk;
use crate::running::hand::Hand;
use crate::running::part::Sharable;
use crate::running::share::Sharing;
use crate::running::{Show, Trouble};

impl Visit<'_> {
    pub(super) async fn perform(&mut self, output: Output) {
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
            Action::Show(view) => self.show_view(*view),
            Action::ShowChat(line) => (self.show)(Show::Chat(line)),
            Action::ShowChatDelivered(id) => (self.show)(Show::Delivered(id)),
            // After the end it leads back to no session, and still says whose answer a survey's is.
            Action::KeepResumeToken(token) => self.resume_token = Some(token),
            // The identity is settled before a session begins.
            Action::PinIdentity(_) | Action::ForgetResumeToken => {}
            Action::AnswerOffer { connection, sdp, peer, ice_servers: _, voice } => {
                self.answer(connection, &sdp, peer, voice).await;
            }
            Action::AddCandidate { connection, candidate } => {
                self.peers.add_candidate(connection, candidate.candidate);
            }
            Action::ClosePeer { connection } => self.peers.close(connection),
            Action::PrepareSharing(grant) => self.prepare_sharing(&grant),
            Action::StartSharing(grant) => self.start_sharing(&grant),
            Action::SharePart(part) => {
                self.set_part(part);
                self.sharing.iter().for_each(|sharing| sharing.share_part(part));
            }
            Action::StopSharing => self.stop_sharing(),
            Action::HoldPicture(held) => {
                self.held = held;
                self.prepared
                    .iter()
                    .chain(&self.sharing)
                    .chain(&self.second)
                    .for_each(|sharing| sharing.hold(held));
            }
            Action::Picture(wish) => self.wish(wish),
            Action::Second(order) => self.second(order),
            Action::ApplyInput(event) => self.hand.iter().for_each(|hand| hand.apply(event.clone())),
            Action::ReleaseInput => self.hand.iter().for_each(Hand::release),
            Action::RunTool { connection, id, tool } => self.run_tool(connection, id, tool),
            Action::StopTools => self.tools.stop(),
            Action::Draw(order) => self.draw(order),
            Action::ShowDrawing(on) => (self.show)(Show::Drawing(on)),
            Action::Voice(order) => self.voice_order(order),
            Action::OperatorScreen(order) => self.operator_screen_order(order),
            Action::OpenViewer(ticket) => self.open_viewer(&ticket),
            Action::Files(order) => self.order(order),
            Action::Clipboard(order) => self.clip(order),
            Action::KeepReturn(returning) => self.keep_return(&returning),
            Action::ForgetReturn => self.forget_return(),
            Action::Reboot => self.restart(),
            Action::Printer(order) => self.printer(order),
            Action::ShowPrinter(name) => (self.show)(Show::Printer(name)),
        }
    }

    fn run_tool(&mut self, connection: ConnectionNo, id: u32, tool: Tool) {
        let sender = self.sender.clone();
        self.tools.run(tool, move |done| {
            if sender.blocking_send(Happening::Tool { connection, id, done }).is_err() {
                tracing::debug!("Nobody waits for the tool any more");
            }
        });
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

    pub(super) fn close_link(&mut self) {
        if let Some(link) = self.link.take() {
            // Whatever it still tells is of a link that nobody uses.
            self.link_no += 1;
            self.tasks.spawn(link.close());
        }
    }

    fn show_view(&mut self, view: View) {
        let asks = self.draws.is_some()
            || matches!(
                view,
                View::Question { .. }
                    | View::Sharing { asking: Some(_), .. }
                    | View::Sharing { second_asking: Some(_), .. }
                    | View::Sharing { reboot: RebootView::Asked { .. }, .. }
            );
        self.hand.iter().for_each(|hand| hand.set_question(asks));
        self.remember_company(&view);
        match &view {
            View::Ended(Ending::Unreachable) => {
                self.ended = true;
                let key =
                    self.link_error.as_ref().map_or("customer-problem-unreachable", LinkError::text_key);
                return (self.show)(Show::Trouble(Trouble::Text(key)));
            }
            View::Ended(_) => self.ended = true,
            View::Question { offered, .. } => self.offered = *offered,
            View::Sharing { control, .. } => {
                self.controls = matches!(control, ControlView::On | ControlView::CustomerActive);
                self.hand.iter().for_each(|hand| hand.watch(self.controls));
            }
            _ => {}
        }
        (self.show)(Show::View(view));
    }

    async fn answer(&mut self, connection: ConnectionNo, sdp: &str, remote: Fingerprint, voice: bool) {
        let offer = Offer { sdp, remote, certificate: &self.plan.certificate, voice };
        let wrap = move |event| Happening::Peer(connection, event);
        match self.peers.answer(connection, offer, self.sender.clone(), wrap).await {
            Ok(sdp) => self.handle(Input::LocalAnswer { connection, sdp }),
            Err(error) => {
                tracing::warn!(%error, "Offer not answered");
                self.handle(Input::PeerLost { connection });
            }
        }
    }

    /// What the console wants of the picture; its settings may come before there is one.
    fn wish(&mut self, wish: PictureWish) {
        match (&mut self.sharing, wish) {
            (Some(sharing), wish) => sharing.wish(wish),
            (None, wish @ PictureWish::Settings(_)) => self.picture_settings = Some(wish),
            (None, _) => {}
        }
    }

    /// INVARIANT: the only way to a [`Sharing`], and only with the session's grant.
    fn open_screen(&mut self, grant: &ShareGrant) -> Result<Option<Sharing>, screen::ScreenError> {
        let connection = grant.connection();
        let Some(peer) = self.peers.commands(connection) else { return Ok(None) };
        let wrap = move |told| Happening::Share(connection, told);
        let how = (grant, self.held);
        Sharing::prepare(how, peer, self.sender.clone(), wrap, &mut self.tasks).map(Some)
    }

    fn prepare_sharing(&mut self, grant: &ShareGrant) {
        match self.open_screen(grant) {
            Ok(prepared) => self.prepared = prepared,
            // Told when the picture is due: nobody is there yet to hear it.
            Err(error) => tracing::debug!(%error, "Screen not opened ahead"),
        }
    }

    fn start_sharing(&mut self, grant: &ShareGrant) {
        let connection = grant.connection();
        self.set_part(grant.part());
        let prepared = self.prepared.take().filter(|sharing| sharing.connection == connection);
        match prepared.map_or_else(|| self.open_screen(grant), |prepared| Ok(Some(prepared))) {
            Ok(None) => return,
            Ok(Some(mut sharing)) => {
                let early = self.peers.take_early(connection);
                // The operator may have switched since it was opened ahead.
                sharing.capture_by(grant.capture());
                sharing.begin();
                sharing.room(early.room_bytes);
                early.video.iter().for_each(|full_chroma| sharing.video_ready(*full_chroma));
                self.picture_settings.take().into_iter().for_each(|wish| sharing.wish(wish));
                self.sharing = Some(sharing);
            }
            Err(error) => {
                let failed = self.screen_failed(&error);
                return self.handle(failed);
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
            hand.set_reach(self.part.reach());
            hand.set_question(self.draws.is_some());
            self.hand = Some(hand);
        }
    }

    /// What the second operator is shown, of the share that runs.
    fn second(&mut self, order: SecondOrder) {
        match order {
            SecondOrder::Start(grant) => self.start_second(&grant),
            SecondOrder::Stop(connection) => {
                self.second.take_if(|second| second.connection == connection);
                self.second_settings = None;
            }
            SecondOrder::Picture(connection, wish) => {
                match (self.second.as_mut().filter(|second| second.connection == connection), wish) {
                    (Some(second), wish) => second.wish(wish),
                    (None, wish @ PictureWish::Settings(_)) => self.second_settings = Some(wish),
                    (None, _) => {}
                }
            }
        }
    }

    /// INVARIANT: only with the session's grant, and only of a share that runs.
    fn start_second(&mut self, grant: &ShareGrant) {
        let connection = grant.connection();
        let Some(peer) = self.peers.commands(connection) else { return };
        let wrap = move |told| Happening::Share(connection, told);
        let how = (connection, self.held);
        let sender = self.sender.clone();
        let joined =
            self.sharing.as_ref().and_then(|sharing| sharing.join(how, peer, sender, wrap, &mut self.tasks));
        let Some(mut second) = joined else { return };
        let early = self.peers.take_early(connection);
        second.begin();
        second.room(early.room_bytes);
        early.video.iter().for_each(|full_chroma| second.video_ready(*full_chroma));
        self.second_settings.take().into_iter().for_each(|wish| second.wish(wish));
        self.second = Some(second);
    }

    fn set_part(&mut self, part: Part) {
        self.part.set_part(part);
        self.hand.iter().for_each(|hand| hand.set_reach(self.part.reach()));
    }

    fn order(&mut self, order: FilesOrder) {
        let (sender, spool) = (&self.sender, &self.spool);
        let clerk = self.clerk.get_or_insert_with(|| {
            let sender = sender.clone();
            Clerk::start(Arc::clone(spool), move |news| {
                if sender.blocking_send(Happening::Files(news)).is_err() {
                    tracing::trace!("Nobody hears of the files any more");
                }
            })
        });
        if let Some(news) = clerk.order(order) {
            self.handle(Input::Files(news));
        }
    }

    pub(super) fn stop_sharing(&mut self) {
        self.tools.stop();
        self.easel = None;
        self.prepared = None;
        // Before the share that it looks at.
        self.second = None;
        self.sharing = None;
        self.part = Sharable::default();
        // Nobody waits for the rectangle any more; mouse and keyboard are the customer's again.
        self.draws.iter().for_each(|over| over.store(true, Ordering::SeqCst));
        if let Some(hand) = self.hand.take() {
            self.tasks.spawn(hand.end());
        }
    }
}
