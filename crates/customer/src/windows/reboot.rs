//! What the bar says of a restart (F-03, S-09): the operator's question, what the customer is to do, and why there was none.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use session::customer::{RebootView, View};
use slint::{ComponentHandle, Timer};

use super::Presser;
use super::generated::BarWindow;
use crate::running::Press;
use crate::texts::Texts;

/// A press that was on its way when the question came was meant for something else.
const READ: Duration = Duration::from_millis(700);

/// What the sheet stands for.
pub(super) struct Reboot(Rc<Cell<RebootView>>);

impl Reboot {
    pub(super) fn of(window: &BarWindow, press: &Presser) -> Self {
        let shown = Rc::new(Cell::new(RebootView::None));
        let (asked, presser) = (Rc::clone(&shown), press.clone());
        window.on_answer_reboot(move |allowed| match asked.get() {
            RebootView::Asked { no, .. } => presser.send(Press::AnswerReboot { no, allowed }),
            RebootView::Prepared { .. } | RebootView::Failed(_) => presser.send(Press::NoReboot),
            RebootView::None => {}
        });
        Self(shown)
    }

    /// Forgets the session.
    pub(super) fn clear(&self, window: &BarWindow) {
        self.0.set(RebootView::None);
        window.set_may_answer_reboot(false);
        window.set_reboot_title("".into());
    }

    pub(super) fn show(&self, window: &BarWindow, view: &View, texts: &Texts) {
        let View::Sharing { host, operator, reboot, .. } = view else { return };
        let Some(words) = words(*reboot) else { return self.clear(window) };
        let names = HashMap::from([
            ("operator", operator.clone().unwrap_or_default()),
            ("company", host.company.clone()),
        ]);
        window.set_reboot_means(texts.get(words.means).into());
        window.set_reboot_yes(words.yes.map(|key| texts.get(key)).unwrap_or_default().into());
        window.set_reboot_no(texts.get(words.no).into());
        window.set_reboot_title(texts.with(words.title, &names).into());
        self.await_answer(window, *reboot);
    }

    /// What stands can be answered; what is new after a moment.
    fn await_answer(&self, window: &BarWindow, reboot: RebootView) {
        if self.0.replace(reboot) == reboot {
            return;
        }
        window.set_may_answer_reboot(false);
        let (weak, shown) = (window.as_weak(), Rc::clone(&self.0));
        Timer::single_shot(READ, move || {
            let is_same = shown.get() == reboot;
            weak.upgrade().filter(|_| is_same).iter().for_each(|window| window.set_may_answer_reboot(true));
        });
    }
}

#[derive(Clone, Copy)]
struct Words {
    title: &'static str,
    means: &'static str,
    yes: Option<&'static str>,
    no: &'static str,
}

fn words(reboot: RebootView) -> Option<Words> {
    let of = |title, means, yes, no| Some(Words { title, means, yes, no });
    let (cancel, close) = ("customer-cancel", "customer-close");
    match reboot {
        RebootView::None => None,
        RebootView::Asked { by_hand: false, .. } => of(
            "customer-reboot-asked",
            "customer-reboot-means",
            Some("customer-reboot-yes"),
            "customer-ask-refuse",
        ),
        RebootView::Asked { by_hand: true, .. } => of(
            "customer-reboot-asked",
            "customer-reboot-hand-means",
            Some("customer-reboot-hand-yes"),
            "customer-ask-refuse",
        ),
        RebootView::Prepared { by_hand: false } => {
            of("customer-reboot-begun", "customer-reboot-begun-means", None, cancel)
        }
        RebootView::Prepared { by_hand: true } => {
            of("customer-reboot-hand", "customer-reboot-hand-now", None, cancel)
        }
        RebootView::Failed(problem) => of("customer-reboot-failed", failure(problem), None, close),
    }
}

fn failure(problem: &str) -> &'static str {
    match problem {
        "reboot-not-allowed" => "customer-reboot-not-allowed",
        "reboot-inhibited" => "customer-reboot-inhibited",
        "reboot-not-prepared" => "customer-reboot-not-prepared",
        "unsupported" => "customer-reboot-unsupported",
        _ => "customer-reboot-failed-means",
    }
}

#[cfg(test)]
mod tests {
    use session::customer::RebootView;

    use super::words;
    use crate::texts::{Language, Texts};

    #[test]
    fn whatever_happens_to_a_restart_has_words() {
        let mut all = vec![RebootView::None];
        for by_hand in [true, false] {
            all.extend([RebootView::Asked { no: 1, by_hand }, RebootView::Prepared { by_hand }]);
        }
        let codes =
            ["reboot-not-allowed", "reboot-inhibited", "reboot-not-prepared", "reboot-failed", "unsupported"];
        all.extend(codes.map(RebootView::Failed));
        for language in [Language::Korean, Language::English] {
            let texts = Texts::new(language);
            for words in all.iter().filter_map(|view| words(*view)) {
                for key in
                    [Some(words.title), Some(words.means), words.yes, Some(words.no)].into_iter().flatten()
                {
                    assert_ne!(texts.get(key), key);
                }
            }
        }
        assert!(words(RebootView::None).is_none());
    }
}
