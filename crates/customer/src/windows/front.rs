//! The window before and after the session.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::time::Duration;

use protocol::wire::EndReason;
use session::customer::{ConsentPress, Ending, Host, View};
use slint::winit_030::WinitWindowAccessor;
use slint::{ComponentHandle, Timer};

use super::generated::{MainWindow, Page};
use super::grants;
use super::own::{OwnWindows, Wanted};
use super::survey::Asked;
use super::visible::Visible;
use super::words::fill_roles;
use crate::code;
use crate::running::{Receipt, Show, Trouble};
use crate::texts::Texts;

/// A window that comes up is looked for so often, at this distance.
const FIT_TRIES: u32 = 40;
const SETTLE: Duration = Duration::from_millis(50);

pub(super) struct Front {
    pub(super) window: MainWindow,
    /// The server knew the code: from here on an end has a page of its own.
    joined: Cell<bool>,
    /// A trouble was shown that the end of the session must not cover.
    troubled: Cell<bool>,
    /// This computer is an operator's, whom a customer sees (F-15).
    reversed: Cell<bool>,
    visible: Visible,
    own: OwnWindows,
    pub(super) asked: Asked,
    pub(super) receipt: RefCell<Option<Receipt>>,
}

impl Front {
    pub(super) fn new(window: MainWindow, own: OwnWindows) -> Self {
        Self {
            window,
            joined: Cell::default(),
            troubled: Cell::default(),
            reversed: Cell::default(),
            visible: Visible::default(),
            own,
            asked: Asked::default(),
            receipt: RefCell::default(),
        }
    }

    /// No higher than its screen, which a window that is not there yet does not stand on.
    fn fit(&self) {
        fit(self.window.as_weak(), FIT_TRIES);
    }

    /// Shows the window for the first time. Only now its field comes to be, which selects the code that it finds.
    pub(super) fn open(&self) {
        self.window.set_page(Page::Code);
        self.visible.set(&self.window, true);
        self.fit();
    }

    /// Next was pressed: the code, if it is complete; else the field says so.
    pub(super) fn begin(&self, texts: &Texts) -> Option<String> {
        let typed = self.window.get_code();
        if self.window.get_page() != Page::Code {
            return None;
        }
        if !code::is_complete(&typed) {
            self.wrong(texts.get("customer-problem-code-length"));
            return None;
        }
        self.joined.set(false);
        self.troubled.set(false);
        self.forget_survey();
        self.forget_receipt();
        self.window.set_code_error("".into());
        self.window.set_page(Page::Joining);
        Some(code::digits(&typed))
    }

    pub(super) fn back_to_code(&self) {
        self.window.set_code("".into());
        self.window.set_code_error("".into());
        self.window.set_operator("".into());
        self.forget_survey();
        self.forget_receipt();
        self.window.set_page(Page::Code);
    }

    /// Shows what a session tells, unless the bar does (`sharing`).
    pub(super) fn show(&self, show: &Show, texts: &Texts, sharing: bool) {
        if sharing {
            // Nothing else is set: a hidden window that is to be drawn has Slint try it sixty times a second.
            self.window.set_page(Page::None);
            self.visible.set(&self.window, false);
            return;
        }
        match show {
            Show::Code => self.window.set_page(Page::Code),
            Show::Identity(identity) => {
                self.window.set_fingerprint(identity.to_text().into());
                self.window.set_page(Page::Identity);
            }
            Show::View(view) => self.view(view, texts),
            Show::Trouble(trouble) => self.trouble(trouble, texts),
            Show::Chat(_)
            | Show::Delivered(_)
            | Show::Drawing(_)
            | Show::Printer(_)
            | Show::VoiceLevels(_)
            | Show::OperatorPicture(_)
            | Show::Survey(_)
            | Show::Receipt(_)
            | Show::Copy(_) => {}
        }
        self.visible.set(&self.window, true);
        self.fit();
    }

    fn view(&self, view: &View, texts: &Texts) {
        match view {
            View::Joining => self.window.set_page(Page::Joining),
            View::WaitingForOperator { host } => {
                self.host(host, "", texts);
                self.window.set_page(Page::Waiting);
            }
            View::Question { host, operator, offered, recording_required, press } => {
                self.host(host, operator.as_deref().unwrap_or_default(), texts);
                if self.window.get_page() != Page::Question {
                    self.window.set_allow_control(offered.control);
                    self.window.set_allow_recording(offered.record);
                    self.allow_agreeing();
                }
                self.window.set_offers_control(offered.control);
                self.window.set_offers_recording(offered.record);
                self.window.set_needs_recording(*recording_required);
                self.window.set_grants(grants::model(*offered, texts));
                self.window.set_connects(*press == ConsentPress::Connect);
                self.window.set_page(Page::Question);
            }
            View::Connecting { host, operator, .. } => {
                self.host(host, operator.as_deref().unwrap_or_default(), texts);
                self.window.set_page(Page::Connecting);
            }
            View::Sharing { .. } => {}
            View::Ended(ending) => self.ended(ending, texts),
        }
    }

    /// Agree can be pressed once no input of an operator's can press it.
    fn allow_agreeing(&self) {
        self.window.set_may_agree(false);
        let weak = self.window.as_weak();
        let wanted = move || match weak.upgrade() {
            Some(front) => Wanted::of(front.window(), front.get_page() == Page::Question),
            None => Wanted::Gone,
        };
        let weak = self.window.as_weak();
        let done = move || weak.upgrade().iter().for_each(|front| front.set_may_agree(true));
        // The page is set when this call is over.
        let own = self.own.clone();
        Timer::single_shot(Duration::ZERO, move || own.register(wanted, done));
    }

    fn host(&self, host: &Host, operator: &str, texts: &Texts) {
        self.joined.set(true);
        self.reversed.set(host.reversed);
        fill_roles(&self.window.global(), texts, host.reversed);
        self.window.set_company(host.company.as_str().into());
        self.window.set_service(host.service.as_str().into());
        self.window.set_operator(operator.into());
        if !host.service.is_empty() {
            self.window.set_name(host.service.as_str().into());
        }
    }

    fn ended(&self, ending: &Ending, texts: &Texts) {
        if self.troubled.get() {
            // The trouble's words stand; only the page may have gone meanwhile.
            let page = if self.joined.get() { Page::Ended } else { Page::Code };
            return self.window.set_page(page);
        }
        let text = match ending {
            // Whether the customer has enough, or the session in which it was wished is over.
            Ending::Reason(EndReason::OperatorEnded | EndReason::OperatorLost) if self.reversed.get() => {
                texts.get("customer-reversed-ended")
            }
            Ending::Reason(reason) => texts.get(reason_key(*reason)),
            Ending::Problem { code, retry_after_s } => problem(code, *retry_after_s, texts),
            Ending::Unreachable => texts.get("customer-problem-unreachable"),
            Ending::WrongServer => texts.get("customer-problem-wrong-server"),
            Ending::WrongClock => texts.get("customer-problem-clock"),
            Ending::PolicyRefused { .. } => texts.get("customer-ended-policy-refused"),
        };
        match (self.joined.get(), ending) {
            // The customer's own Cancel needs no words.
            (false, Ending::Reason(EndReason::CustomerStopped)) => self.window.set_page(Page::Code),
            (false, _) => self.wrong(text),
            (true, _) => self.end_page(texts.get("customer-ended-title"), text),
        }
    }

    fn trouble(&self, trouble: &Trouble, texts: &Texts) {
        self.troubled.set(true);
        let what = |what: &String| HashMap::from([("what", what.clone())]);
        let text = match trouble {
            Trouble::Text(key) => texts.get(key),
            Trouble::Screen(lacks) => texts.with("customer-problem-screen", &what(lacks)),
            Trouble::Depth(depth) => texts.with("customer-problem-screen-depth", &what(depth)),
        };
        // While the screen is shared this window has no page.
        let was_sharing = self.window.get_page() == Page::None;
        let title = if was_sharing { "customer-ended-title" } else { "customer-problem-title" };
        if self.joined.get() {
            self.end_page(texts.get(title), text);
        } else {
            self.wrong(text);
        }
    }

    fn wrong(&self, text: String) {
        self.window.set_code_error(text.into());
        self.window.set_page(Page::Code);
    }

    fn end_page(&self, title: String, text: String) {
        self.window.set_ended_title(title.into());
        self.window.set_ended_text(text.into());
        self.window.set_may_retry(true);
        self.window.set_page(Page::Ended);
    }
}

/// Looks for the screen under a window that comes up, a few times.
fn fit(window: slint::Weak<MainWindow>, tries: u32) {
    let Some(shown) = window.upgrade() else { return };
    let screen_px = shown.window().with_winit_window(|winit| {
        let monitor = winit.current_monitor().or_else(|| winit.primary_monitor())?;
        Some(monitor.size().to_logical::<f32>(winit.scale_factor()).height)
    });
    match screen_px {
        Some(Some(height)) => shown.set_screen_height(height),
        Some(None) => {}
        None if tries == 0 => {}
        None => Timer::single_shot(SETTLE, move || fit(window, tries - 1)),
    }
}

fn problem(code: &str, retry_after_s: u32, texts: &Texts) -> String {
    let values = HashMap::from([("seconds", retry_after_s.to_string()), ("code", code.to_owned())]);
    texts.with(problem_key(code), &values)
}

fn problem_key(code: &str) -> &'static str {
    match code {
        "code-unknown" => "customer-problem-code-unknown",
        "code-expired" => "customer-problem-code-expired",
        "code-used" => "customer-problem-code-used",
        "rate-limited" => "customer-problem-rate-limited",
        "protocol-too-old" => "customer-problem-protocol-too-old",
        "protocol-too-new" => "customer-problem-protocol-too-new",
        "session-ended" => "customer-problem-session-ended",
        _ => "customer-problem-other",
    }
}

fn reason_key(reason: EndReason) -> &'static str {
    match reason {
        EndReason::CustomerStopped => "customer-ended-customer-stopped",
        EndReason::OperatorEnded => "customer-ended-operator-ended",
        EndReason::CustomerDeclined => "customer-ended-customer-declined",
        EndReason::CustomerLost => "customer-ended-customer-lost",
        EndReason::OperatorLost => "customer-ended-operator-lost",
        EndReason::Expired => "customer-ended-expired",
        EndReason::PolicyRefused => "customer-ended-policy-refused",
        EndReason::Administrator => "customer-ended-administrator",
        EndReason::ServerFailed => "customer-ended-server-failed",
        EndReason::RecordingRefused => "customer-ended-recording-refused",
        EndReason::ScreenDepth
        | EndReason::ScreenMissing
        | EndReason::ScreenSize
        | EndReason::ScreenLost
        | EndReason::ScreenFailed => "customer-ended-screen-failed",
        // The last two are told to consoles alone.
        EndReason::Unspecified | EndReason::SecondOver | EndReason::HandedOver => "customer-ended-other",
    }
}
