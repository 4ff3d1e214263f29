//! The window in which the customer chooses what is shared (F-01, S-14).

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use desktop::input::OWN_CLASS;
use protocol::part::{Area, Ask};
use session::customer::{ChosenPart, Part, PartState, PartView, View};
use slint::{Timer, TimerMode, VecModel};

use super::Presser;
use super::generated::{PartChoice, PartWindow};
use super::visible::Visible;
use crate::running::{Press, Show};
use crate::texts::Texts;

/// How often it is looked which windows there are, while the list is shown.
const LOOK: Duration = Duration::from_secs(2);

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Offer {
    part: ChosenPart,
    title: String,
    detail: String,
}

pub(super) struct PartSheet {
    pub(super) window: PartWindow,
    model: Rc<VecModel<PartChoice>>,
    offers: RefCell<Vec<Offer>>,
    view: RefCell<PartView>,
    press: Presser,
    visible: Visible,
    timer: Timer,
    /// It opened by itself for this.
    opened_for: Cell<Option<Why>>,
}

/// Why it opens without a press: the customer's choice is what the session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    First,
    Gone,
}

impl PartSheet {
    pub(super) fn new(window: PartWindow, press: Presser) -> Self {
        let model = Rc::new(VecModel::default());
        window.set_choices(Rc::clone(&model).into());
        Self {
            window,
            model,
            offers: RefCell::default(),
            view: RefCell::default(),
            press,
            visible: Visible::default(),
            timer: Timer::default(),
            opened_for: Cell::new(None),
        }
    }

    /// Follows the session; opens where it waits for the customer's choice.
    pub(super) fn show(&self, show: &Show, texts: &Texts) {
        let view = match show {
            Show::View(View::Sharing { part, .. }) => (**part).clone(),
            Show::Chat(_) | Show::Delivered(_) | Show::Printer(_) | Show::Survey(_) => return,
            _ => PartView::default(),
        };
        let why = match (&view.chosen, view.state) {
            _ if !view.can_change => None,
            (None, _) => Some(Why::First),
            (Some(_), PartState::Gone) => Some(Why::Gone),
            _ => None,
        };
        let was = self.view.replace(view.clone());
        let opens = why.is_some() && self.opened_for.replace(why) != why;
        if opens {
            self.set_visible(true);
        }
        // What was waited for is there, or there is nothing to choose any more.
        if !view.can_change || (was.chosen != view.chosen && view.chosen.is_some()) {
            self.set_visible(false);
        }
        if self.visible.get() {
            self.fill(texts);
        }
    }

    /// The customer's press in the bar.
    pub(super) fn open(&self, texts: &Texts) {
        if self.view.borrow().can_change {
            self.set_visible(true);
            self.fill(texts);
        }
    }

    /// The customer pressed Share.
    pub(super) fn share(&self) {
        let chosen = usize::try_from(self.window.get_chosen()).ok();
        if let Some(offer) = chosen.and_then(|index| self.offers.borrow().get(index).cloned()) {
            self.press.send(Press::Share(offer.part));
            self.set_visible(false);
        }
    }

    /// The customer leaves it as it is.
    pub(super) fn keep(&self) {
        if self.view.borrow().asked.is_some() {
            self.press.send(Press::KeepPart);
        }
        // Without a choice there is nothing to see: the window stays until Stop.
        if self.view.borrow().chosen.is_some() {
            self.set_visible(false);
        }
    }

    /// Looks which windows there are, again and again while the list is shown.
    pub(super) fn refresh_by(&self, refresh: impl Fn() + 'static) {
        self.timer.start(TimerMode::Repeated, LOOK, refresh);
        self.timer.stop();
    }

    /// Fills the list and the words above it.
    pub(super) fn fill(&self, texts: &Texts) {
        let view = self.view.borrow();
        self.window.set_first(view.chosen.is_none());
        self.window.set_asked(view.asked.is_some());
        self.window.set_lead(texts.get(lead(&view)).into());
        let offers = offers(&view, texts);
        if *self.offers.borrow() == offers && !offers.is_empty() {
            return;
        }
        let before = usize::try_from(self.window.get_chosen()).ok();
        let before = before.and_then(|index| self.offers.borrow().get(index).map(|offer| offer.part.part));
        let chosen = before.and_then(|part| offers.iter().position(|offer| offer.part.part == part));
        let rows = offers.iter().map(|offer| PartChoice {
            title: offer.title.as_str().into(),
            detail: offer.detail.as_str().into(),
        });
        self.model.set_vec(rows.collect::<Vec<_>>());
        self.window.set_chosen(chosen.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1));
        self.offers.replace(offers);
    }

    fn set_visible(&self, visible: bool) {
        if visible == self.visible.get() {
            return;
        }
        self.window.set_live(visible);
        if visible {
            self.window.set_chosen(-1);
            self.timer.restart();
        } else {
            self.timer.stop();
            self.offers.borrow_mut().clear();
        }
        self.visible.set(&self.window, visible);
    }
}

fn lead(view: &PartView) -> &'static str {
    match (view.asked, &view.chosen, view.state) {
        (Some(Ask::Any), ..) => "customer-part-asked-any",
        (Some(Ask::Desktop), ..) => "customer-part-asked-desktop",
        (Some(Ask::Monitor(_)), ..) => "customer-part-asked-monitor",
        (Some(Ask::Window), ..) => "customer-part-asked-window",
        (Some(Ask::Area(_)), ..) => "customer-part-asked-area",
        (None, None, _) => "customer-part-first",
        (None, Some(_), PartState::Gone) => "customer-part-gone",
        (None, Some(_), _) => "customer-part-lead",
    }
}

/// What can be chosen now: what the operator asks for comes first, and nothing is chosen by that.
fn offers(view: &PartView, texts: &Texts) -> Vec<Offer> {
    let mut offers = Vec::new();
    if let Some(Ask::Area(area)) = view.asked {
        let part = ChosenPart { part: Part::Area(area), name: String::new() };
        offers.push(Offer { part, title: texts.get("customer-part-proposed"), detail: size(area) });
    }
    let desktop = ChosenPart { part: Part::Desktop, name: String::new() };
    let displays = screen::displays(None).unwrap_or_default();
    offers.push(Offer { part: desktop, title: texts.get("customer-part-desktop"), detail: String::new() });
    for display in displays.iter().filter(|_| 1 < displays.len()) {
        let title = texts.with("customer-part-monitor", &HashMap::from([("name", display.name.clone())]));
        let part = ChosenPart { part: Part::Monitor(display.id), name: display.name.clone() };
        offers.push(Offer { part, title, detail: format!("{} × {}", display.width, display.height) });
    }
    for window in screen::windows(None, OWN_CLASS).unwrap_or_default() {
        let part = ChosenPart { part: Part::Window(window.id), name: window.title.clone() };
        offers.push(Offer { part, title: window.title, detail: texts.get("customer-part-window") });
    }
    offers
}

fn size(area: Area) -> String {
    format!("{} × {}", area.width, area.height)
}
