//! One session from the code to the end: what happens goes into the state machine, what it asks for is done.

mod clipboard;
mod drawing;
mod incoming;
mod operator_control;
mod operator_screen;
mod outgoing;
mod printer;
mod restart;
#[cfg(test)]
mod tests;
mod voice;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use bytes::Bytes;
use peer::Certificate;
use protocol::drawing::Rgb;
use protocol::{Nonce, Permissions};
use session::Timestamp;
use session::customer::{
    ConnectionNo, Customer, Entry, Input, OperatorScreenInput, Options, PictureWish, Trust, VoiceInput,
};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use self::incoming::Happening;
use super::Press;
use super::clipboard::Clips;
use super::drawing::Easel;
use super::files::Clerk;
use super::hand::Hand;
use super::office::Shower;
use super::operator_screen::Watch;
use super::part::Sharable;
use super::peers::Peers;
use super::printer::{RemotePrinter, Spool};
use super::returning::Return;
use super::share::Sharing;
use super::thread_end;
use super::tools::Toolbox;
use super::voice::Talk;
use crate::link::{Link, LinkError};
use crate::texts::Language;
use crate::trust::Destination;

/// Things that happened and wait for their turn.
const HAPPENINGS: usize = 512;
/// How long the ends of links, connections and the hand may take together.
const END_WAIT: Duration = thread_end::END_WAIT.saturating_add(Duration::from_millis(100));

/// Options that are another system's (F-19, S-16), or that nothing follows yet (S-17).
const NOT_IN_EFFECT: &[&str] = &["safe_mode_reconnect", "keep_uac", "always_relay"];

/// As in `drawing.slint`: the first colour.
const PEN_AT_FIRST: [u8; 3] = [0xe0, 0x31, 0x31];

/// What a session begins with.
pub(super) struct Plan {
    pub(super) destination: Destination,
    pub(super) entry: Come,
    pub(super) language: Language,
    pub(super) certificate: Certificate,
}

/// How the customer comes in.
pub(super) enum Come {
    /// By a code.
    Code(String),
    /// Back, after a restart of the machine (F-03).
    Back(Return),
}

/// What remains of a session.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Over {
    /// What the customer pressed that ends it, or follows it.
    pub(super) next: Option<Press>,
    /// Of the last Welcome: by it the server knows the customer also after the end.
    pub(super) resume_token: Option<Bytes>,
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
    /// Makes its first picture for a connection that comes up.
    prepared: Option<Sharing>,
    sharing: Option<Sharing>,
    /// The same for the second operator (F-18); their console's settings, said before their picture began.
    second: Option<Sharing>,
    second_settings: Option<PictureWish>,
    /// The customer is not to be seen just now.
    held: bool,
    /// The console's settings, said before the picture began.
    picture_settings: Option<PictureWish>,
    hand: Option<Hand>,
    part: Sharable,
    /// The customer draws a rectangle: no hand of the operator's takes part in it.
    draws: Option<Arc<AtomicBool>>,
    tools: Toolbox,
    /// From the first thing drawn on, as long as the screen is shared.
    easel: Option<Easel>,
    /// The colour of the customer's own pen.
    pen: Rgb,
    /// While both can talk.
    talk: Option<(ConnectionNo, Talk)>,
    /// While the operator's screen is shown, and the number of that showing.
    watch: Option<Watch>,
    watch_no: u64,
    /// From the first order about files on.
    clerk: Option<Clerk>,
    /// From the first order about the clipboard on.
    clips: Option<Clips>,
    /// The next run of this program leads back here.
    returns: bool,
    /// From its first offer on.
    printer: Option<RemotePrinter>,
    /// What was printed and waits for the console.
    spool: Arc<Spool>,
    /// Whose session it is, as last shown.
    company: String,
    windows: Vec<u64>,
    tasks: JoinSet<()>,
    /// What the sheet that the customer reads offers.
    offered: Permissions,
    /// The operator has control, as last shown.
    controls: bool,
    ended: bool,
    resume_token: Option<Bytes>,
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
            prepared: None,
            sharing: None,
            second: None,
            second_settings: None,
            held: false,
            picture_settings: None,
            hand: None,
            part: Sharable::default(),
            draws: None,
            tools: Toolbox::default(),
            easel: None,
            pen: Rgb(PEN_AT_FIRST),
            talk: None,
            watch: None,
            watch_no: 0,
            clerk: None,
            clips: None,
            returns: false,
            printer: None,
            spool: Arc::default(),
            company: String::new(),
            windows: Vec::new(),
            tasks: JoinSet::new(),
            offered: Permissions::default(),
            controls: false,
            ended: false,
            resume_token: None,
        }
    }

    /// Runs until the session is over and told, or the customer begins another.
    pub(super) async fn run(mut self, presses: &mut mpsc::Receiver<Press>) -> Over {
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
        let resume_token = self.resume_token.take();
        self.finish().await;
        Over { next, resume_token }
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
            Some(Press::Agree { control, record }) => {
                // Which of the sheet's other rights go with control is the session's to know.
                let control_at_start = control && self.offered.control_at_start;
                let record_at_start = record && self.offered.record_at_start;
                Input::Agreed(Permissions {
                    control,
                    control_at_start,
                    record,
                    record_at_start,
                    ..self.offered
                })
            }
            Some(Press::Decline) => Input::Declined,
            Some(Press::Control { allowed: true }) => Input::ControlAllowed,
            Some(Press::Control { allowed: false }) => Input::ControlForbidden,
            Some(Press::Right { right, on }) => Input::RightSet { right, on },
            Some(Press::AnswerRight { no, allowed }) => Input::RightAnswered { no, allowed },
            Some(Press::AnswerSecond { no, allowed }) => Input::SecondAnswered { no, allowed },
            Some(Press::Pause { on }) => Input::Paused(on),
            Some(Press::Copy) => Input::CopyAsked,
            Some(Press::Draw(press)) => return Ok(self.draw_press(press)),
            Some(Press::Mute { on }) => Input::Voice(VoiceInput::Muted(on)),
            Some(Press::EndOperatorScreen) => Input::OperatorScreen(OperatorScreenInput::Ended),
            Some(Press::EndVoice) => Input::Voice(VoiceInput::Ended),
            Some(Press::Chat(text)) => Input::Chat { id: rand::random(), text },
            Some(Press::AnswerReboot { no, allowed }) => Input::RebootAnswered { no, allowed },
            Some(Press::NoReboot) => Input::RebootCalledOff,
            Some(Press::Stop) => Input::Stopped,
            Some(Press::Share(chosen)) => Input::PartChosen(chosen),
            Some(Press::KeepPart) => Input::PartDeclined,
            Some(Press::DrawArea) => {
                self.draw_area();
                return Ok(None);
            }
            Some(Press::Windows(windows)) => {
                if let Some(hand) = &self.hand {
                    hand.set_windows(windows.clone());
                }
                self.easel.iter().for_each(|easel| easel.set_windows(windows.clone()));
                self.windows = windows;
                return Ok(None);
            }
            Some(again @ Press::Connect { .. }) if self.ended => return Err(again),
            Some(Press::Quit) | None => {
                // The system ends its programs before it restarts.
                self.handle(if self.returns { Input::GoingDown } else { Input::Stopped });
                return Err(Press::Quit);
            }
            Some(_) => return Ok(None),
        };
        Ok(Some(input))
    }

    /// Has the customer draw a rectangle. The operator's hand is away before it begins: nothing but the customer's own decides.
    fn draw_area(&mut self) {
        if self.draws.is_some() {
            return;
        }
        let over = Arc::new(AtomicBool::new(false));
        self.draws = Some(Arc::clone(&over));
        self.hand.iter().for_each(|hand| hand.set_question(true));
        self.handle(Input::QuestionOpened);
        let sender = self.sender.clone();
        let begun = std::thread::Builder::new().name("drawing".to_owned()).spawn(move || {
            if sender.blocking_send(Happening::Drawn(desktop::frame::pick(&over))).is_err() {
                tracing::debug!("Nobody waits for the rectangle any more");
            }
        });
        if let Err(error) = begun {
            tracing::warn!(%error, "No rectangle can be drawn");
            self.draws = None;
            self.hand.iter().for_each(|hand| hand.set_question(false));
            self.handle(Input::QuestionClosed);
        }
    }

    async fn finish(mut self) {
        while let Some(output) = self.customer.poll() {
            self.perform(output).await;
        }
        self.stop_sharing();
        self.talk = None;
        self.watch = None;
        self.clips = None;
        if let Some(clerk) = self.clerk.take() {
            self.tasks.spawn(clerk.end());
        }
        if let Some(printer) = self.printer.take() {
            self.tasks.spawn(printer.end());
        }
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
    let (entry, nonce, returning) = match &plan.entry {
        Come::Code(code) => (Entry::Code(code.clone()), Nonce(rand::random()), None),
        Come::Back(Return { returning, .. }) => {
            (Entry::Resume(returning.token.clone()), returning.nonce, Some(returning.clone()))
        }
    };
    Options {
        trust: Trust::Known(plan.destination.identities.clone()),
        entry,
        nonce,
        fingerprint: plan.certificate.fingerprint(),
        machine: server.map(crate::machine::describe).unwrap_or_default(),
        language: plan.language.tag().to_owned(),
        program: crate::prepared::version().to_owned(),
        returning,
        not_in_effect: NOT_IN_EFFECT,
    }
}

async fn until(wake: Option<Instant>) {
    match wake {
        Some(at) => tokio::time::sleep_until(at.into()).await,
        None => std::future::pending().await,
    }
}
