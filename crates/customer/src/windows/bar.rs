//! The bar that stands on top while someone is connected, with the chat below it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use protocol::Right;
use protocol::chat::{Author, Line};
use session::customer::{ControlView, CopyView, PartState, PartView, PrinterView, View, VoiceView};
use slint::winit_030::WinitWindowAccessor;
use slint::winit_030::winit::dpi::PhysicalSize;
use slint::winit_030::winit::window::WindowLevel;
use slint::{ComponentHandle, Model, PhysicalPosition, VecModel};

use super::Presser;
use super::generated::{BarWindow, ChatLine, MainWindow};
use super::own::{OwnWindows, Wanted};
use super::reboot::Reboot;
use super::rights::Rights;
use super::visible::Visible;
use super::words::fill_roles;
use crate::running::{DrawPress, Press, Show, VoiceLevels};
use crate::texts::Texts;

/// Lines that the window keeps; the record has all.
const LINES: usize = 500;
/// Esc so often within `ESCAPES_WITHIN` takes control away from the operator; the desktop hears it without the focus too.
const ESCAPES: u32 = 3;
const ESCAPES_WITHIN: Duration = Duration::from_secs(1);

/// As in `bar.slint`, in logical pixels, where the screen is as wide.
const WIDTH_PX: u16 = 880;

pub(super) struct Bar {
    pub(super) window: BarWindow,
    lines: Rc<VecModel<ChatLine>>,
    ids: RefCell<Vec<[u8; 16]>>,
    press: Presser,
    visible: Visible,
    rights: Rights,
    reboot: Reboot,
}

impl Bar {
    pub(super) fn new(window: BarWindow, press: Presser) -> Self {
        let lines = Rc::new(VecModel::default());
        window.set_lines(Rc::clone(&lines).into());
        wire(&window, &press);
        let rights = Rights::of(&window, &press);
        let reboot = Reboot::of(&window, &press);
        Self { window, rights, reboot, lines, ids: RefCell::default(), press, visible: Visible::default() }
    }

    /// Forgets the session, before the window is hidden: Slint tries to draw a hidden one sixty times a second.
    pub(super) fn clear(&self) {
        if 0 < self.lines.row_count() {
            self.lines.clear();
        }
        self.ids.borrow_mut().clear();
        self.window.set_unread(0);
        self.window.set_draft("".into());
        self.window.set_shows_chat(false);
        self.rights.clear(&self.window);
        self.reboot.clear(&self.window);
        self.window.set_drawing(false);
        self.window.set_voice(false);
        self.window.set_recording(false);
    }

    /// Whether the customer draws: their tools are there while they do.
    pub(super) fn set_drawing(&self, on: bool) {
        if self.window.get_drawing() != on {
            self.window.set_drawing(on);
        }
    }

    /// How loud both sides are, while they talk.
    pub(super) fn set_levels(&self, levels: VoiceLevels) {
        if self.window.get_voice() {
            self.window.set_said(i32::from(levels.said));
            self.window.set_heard(i32::from(levels.heard));
        }
    }

    /// Shows what it can of `show`; whether the session is shown here.
    pub(super) fn show(&self, show: &Show, texts: &Texts, front: &MainWindow) -> bool {
        let sharing = match show {
            Show::View(view @ View::Sharing { .. }) => {
                self.sharing(view, texts);
                true
            }
            Show::View(View::Connecting { could, given, paused, .. }) if self.visible.get() => {
                self.window.set_state(texts.get("customer-bar-reconnecting").into());
                self.window.set_controlling(false);
                self.window.set_recording(false);
                self.window.set_allow_control(given.control);
                self.window.set_paused(*paused);
                self.rights.show_switches(&self.window, *could, *given, texts);
                true
            }
            Show::Printer(name) => {
                let name = HashMap::from([("name", name.clone())]);
                self.window.set_state(texts.with("customer-bar-printer-identified", &name).into());
                self.visible.get()
            }
            Show::Chat(_)
            | Show::Delivered(_)
            | Show::Drawing(_)
            | Show::VoiceLevels(_)
            | Show::OperatorPicture(_)
            | Show::Survey(_) => self.visible.get(),
            _ => false,
        };
        if sharing != self.visible.get() {
            self.set_visible(sharing, front);
        }
        sharing
    }

    /// Adds a chat line of either side.
    pub(super) fn add_line(&self, line: &Line, texts: &Texts) {
        let mine = line.author == Author::Customer;
        let author = match (mine, line.name.as_str()) {
            (true, _) => texts.get("customer-you"),
            (false, "") => texts.get("customer-operator"),
            (false, name) => name.to_owned(),
        };
        if LINES <= self.lines.row_count() {
            self.lines.remove(0);
            self.ids.borrow_mut().remove(0);
        }
        self.lines.push(ChatLine {
            mine,
            author: author.into(),
            text: line.text.as_str().into(),
            delivered: !mine,
        });
        self.ids.borrow_mut().push(line.id);
        if !self.window.get_shows_chat() {
            self.window.set_unread(self.window.get_unread() + 1);
        }
        if !mine && !self.window.get_shows_chat() {
            self.window.invoke_toggle_chat();
        }
    }

    /// The operator has seen a line of the customer's.
    pub(super) fn delivered(&self, id: &[u8; 16]) {
        let row = self.ids.borrow().iter().position(|known| known == id);
        if let Some((row, mut line)) = row.and_then(|row| self.lines.row_data(row).map(|line| (row, line))) {
            line.delivered = true;
            self.lines.set_row_data(row, line);
        }
    }

    fn sharing(&self, view: &View, texts: &Texts) {
        let View::Sharing {
            host,
            operator,
            permissions,
            could,
            given,
            control,
            paused,
            recording,
            copy,
            signalling,
            part,
            voice,
            printer,
            second,
            ..
        } = view
        else {
            return;
        };
        let names = HashMap::from([
            ("operator", operator.clone().unwrap_or_default()),
            ("company", host.company.clone()),
            ("second", second.as_ref().map(|second| second.name.clone()).unwrap_or_default()),
        ]);
        let second_controls = second.as_ref().is_some_and(|second| second.controls);
        fill_roles(&self.window.global(), texts, host.reversed);
        let who = if host.reversed {
            "customer-reversed-bar-who"
        } else if second.is_some() {
            "customer-bar-who-two"
        } else if operator.is_some() {
            "customer-bar-who"
        } else {
            "customer-bar-who-unnamed"
        };
        let state = part_state(part).filter(|_| !*paused).unwrap_or(match (control, signalling) {
            _ if *paused => "customer-bar-paused",
            _ if !permissions.view => "customer-bar-not-seen",
            (ControlView::On, _) if second_controls => "customer-bar-second-controlling",
            (ControlView::On, _) => "customer-bar-controlling",
            (ControlView::CustomerActive, _) => "customer-bar-customer-active",
            (_, false) => "customer-bar-server-away",
            (ControlView::Unavailable(_), _) => "customer-bar-no-input",
            (ControlView::Off, _) => "customer-bar-viewing",
            (ControlView::Forbidden, _) => "customer-bar-view-only",
        });
        self.window.set_may_change_part(part.can_change);
        self.window.set_part_asked(part.asked.is_some());
        self.window.set_who(texts.with(who, &names).into());
        let printer = printer_state(*printer).filter(|_| !*paused).map(|key| texts.get(key));
        let shown = [Some(texts.with(state, &names)), printer].into_iter().flatten();
        self.window.set_state(shown.collect::<Vec<_>>().join(" · ").into());
        self.window.set_controlling(*control == ControlView::On);
        let takes_input = !matches!(control, ControlView::Unavailable(_));
        self.window.set_could_control(could.control && takes_input);
        self.window.set_allow_control(given.control);
        self.window.set_paused(*paused);
        self.window.set_recording(*recording);
        self.window.set_copy_offered(*copy != CopyView::None);
        self.window.set_copy_asked(*copy == CopyView::Asked);
        self.rights.show(&self.window, view, texts);
        self.reboot.show(&self.window, view, texts);
        self.window.set_may_chat(permissions.chat);
        self.window.set_may_draw(permissions.draw && permissions.customer_draw);
        self.voice(voice.as_ref(), texts);
    }

    /// The voice, while there is one: what it does, whose microphone is off, and what the machine lacks for it.
    fn voice(&self, voice: Option<&VoiceView>, texts: &Texts) {
        self.window.set_voice(voice.is_some());
        let Some(voice) = voice else { return self.set_silent() };
        self.window.set_voice_muted(voice.muted);
        self.window.set_voice_state(texts.get(voice_state(voice)).into());
        self.window.set_voice_trouble(
            voice.devices.microphone_lacks.is_some() || voice.devices.speaker_lacks.is_some(),
        );
        if voice.held {
            self.set_silent();
        }
    }

    fn set_silent(&self) {
        self.window.set_said(0);
        self.window.set_heard(0);
    }

    fn set_visible(&self, visible: bool, front: &MainWindow) {
        self.window.set_live(visible);
        if visible {
            // The monitor is asked of a window that is there already; this one has none yet.
            place(&self.window, front.window());
        }
        if !visible {
            self.clear();
        }
        self.visible.set(&self.window, visible);
        if visible {
            let (weak, visible) = (self.window.as_weak(), self.visible.clone());
            let wanted = move || match weak.upgrade() {
                Some(bar) => Wanted::of(bar.window(), visible.get()),
                None => Wanted::Gone,
            };
            let weak = self.window.as_weak();
            let own = OwnWindows::new(front, &self.window, self.press.clone());
            own.register(wanted, move || {
                if let Some(bar) = weak.upgrade() {
                    place(&bar, bar.window());
                    keep_on_top(&bar);
                }
            });
        }
    }
}

/// What must be known of the shared part before all else.
fn part_state(part: &PartView) -> Option<&'static str> {
    match (&part.chosen, part.asked, part.state) {
        (None, ..) => Some("customer-bar-choosing"),
        (_, Some(_), _) => Some("customer-bar-part-asked"),
        (_, _, PartState::Gone) => Some("customer-bar-part-gone"),
        (_, _, PartState::Hidden) => Some("customer-bar-part-hidden"),
        (_, None, PartState::Shown) => None,
    }
}

/// What must be known of the voice before all else.
fn voice_state(voice: &VoiceView) -> &'static str {
    match (voice.devices.microphone_lacks, voice.devices.speaker_lacks) {
        _ if voice.held => "customer-voice-held",
        (Some("voice-no-sound-server" | "voice-no-platform" | "voice-no-codec"), _) => {
            "customer-voice-no-sound"
        }
        (Some(_), Some(_)) => "customer-voice-no-devices",
        (Some(_), None) => "customer-voice-no-microphone",
        (None, Some(_)) => "customer-voice-no-speaker",
        (None, None) if voice.muted => "customer-voice-muted",
        (None, None) if voice.operator_muted => "customer-voice-operator-muted",
        (None, None) => "customer-voice-on",
    }
}

/// That the customer can print at the operator's, and that they do just now (S-12).
fn printer_state(printer: PrinterView) -> Option<&'static str> {
    match printer {
        PrinterView::Off => None,
        PrinterView::On => Some("customer-bar-printer-on"),
        PrinterView::Busy => Some("customer-bar-printer-busy"),
        PrinterView::Unavailable => Some("customer-bar-printer-unavailable"),
    }
}

fn wire(window: &BarWindow, press: &Presser) {
    let presser = press.clone();
    window.on_stop(move || presser.send(Press::Stop));
    let presser = press.clone();
    window.on_set_control(move |allowed| presser.send(Press::Control { allowed }));
    let presser = press.clone();
    window.on_stop_recording(move || presser.send(Press::Right { right: Right::Record, on: false }));
    let presser = press.clone();
    window.on_ask_copy(move || presser.send(Press::Copy));
    let presser = press.clone();
    window.on_pause(move |on| presser.send(Press::Pause { on }));
    let (weak, presser) = (window.as_weak(), press.clone());
    window.on_send(move |text| {
        let Some(window) = weak.upgrade() else { return };
        if !text.trim().is_empty() {
            presser.send(Press::Chat(text.to_string()));
            window.set_draft("".into());
        }
    });
    let weak = window.as_weak();
    window.on_toggle_chat(move || {
        if let Some(window) = weak.upgrade() {
            window.set_shows_rights(false);
            window.set_shows_chat(!window.get_shows_chat());
            window.set_unread(0);
        }
    });
    let weak = window.as_weak();
    window.on_dragged(move |x, y| {
        if let Some(window) = weak.upgrade() {
            drag(&window, x, y);
        }
    });
    wire_drawing(window, press);
    let presser = press.clone();
    window.on_mute(move |on| presser.send(Press::Mute { on }));
    let presser = press.clone();
    window.on_end_voice(move || presser.send(Press::EndVoice));
    wire_escape(window, press);
}

fn wire_drawing(window: &BarWindow, press: &Presser) {
    let presser = press.clone();
    window.on_draw(move |on| presser.send(Press::Draw(DrawPress::Mode(on))));
    let presser = press.clone();
    window.on_pen(move |colour| {
        let rgb = [colour.red(), colour.green(), colour.blue()];
        presser.send(Press::Draw(DrawPress::Colour(rgb)));
    });
    let presser = press.clone();
    window.on_undo(move || presser.send(Press::Draw(DrawPress::Undo)));
    let presser = press.clone();
    window.on_clear_drawing(move || presser.send(Press::Draw(DrawPress::Clear)));
}

fn wire_escape(window: &BarWindow, press: &Presser) {
    let (presser, pressed) = (press.clone(), RefCell::new(Vec::<Instant>::new()));
    window.on_escape(move || {
        let now = Instant::now();
        let mut pressed = pressed.borrow_mut();
        pressed.retain(|at| now < *at + ESCAPES_WITHIN);
        pressed.push(now);
        if ESCAPES as usize <= pressed.len() {
            pressed.clear();
            presser.send(Press::Control { allowed: false });
        }
    });
}

/// Top of the screen on which `on` stands, in the middle: where people look, and where little is. It is no wider than the screen.
#[expect(clippy::cast_possible_wrap, reason = "a screen is at most 32,767 pixels wide")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bar is some hundred pixels wide"
)]
fn place(window: &BarWindow, on: &slint::Window) {
    let monitor = on.with_winit_window(|winit| {
        let monitor = winit.current_monitor().or_else(|| winit.primary_monitor())?;
        Some((monitor.position(), monitor.size(), monitor.scale_factor()))
    });
    let Some(Some((origin, PhysicalSize { width, .. }, scale))) = monitor else { return };
    window.set_room_width((f64::from(width) / scale) as f32);
    let own = (f64::from(WIDTH_PX) * scale) as u32;
    let x = origin.x + (width.saturating_sub(own) / 2) as i32;
    window.window().set_position(PhysicalPosition::new(x, origin.y));
}

/// Above every other window, so that nobody covers Stop. A window manager forgets it when a window is hidden, and hears
/// it of one that is there alone: what `always-on-top` says comes too early for it.
fn keep_on_top(window: &BarWindow) {
    let done = window.window().with_winit_window(|winit| winit.set_window_level(WindowLevel::AlwaysOnTop));
    if done.is_none() {
        tracing::warn!("Bar is not kept above other windows");
    }
}

/// Moves the bar by logical pixels; it never leaves the screen at the top.
#[expect(clippy::cast_possible_truncation, reason = "a pointer moves by fewer pixels than fit")]
fn drag(window: &BarWindow, x: f32, y: f32) {
    let at = window.window().position();
    let scale = window.window().scale_factor();
    let (x, y) = (at.x + (x * scale) as i32, (at.y + (y * scale) as i32).max(0));
    window.window().set_position(PhysicalPosition::new(x, y));
}
