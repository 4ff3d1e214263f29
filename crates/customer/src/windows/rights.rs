//! The bar's switches for what the operator may do, and what the operator asks for.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use protocol::{Permissions, Right};
use session::customer::{SecondAsking, SecondRole, View};
use slint::{ComponentHandle, Model, Timer, VecModel};

use super::Presser;
use super::generated::{BarWindow, RightLine};
use crate::running::Press;
use crate::texts::Texts;

/// A press that was on its way when the question came was meant for something else.
const READ: Duration = Duration::from_millis(700);

/// What the bar's switches and question stand for.
pub(super) struct Rights {
    lines: Rc<VecModel<RightLine>>,
    shown: Rc<RefCell<Vec<Right>>>,
    asking: Rc<Cell<Option<Asked>>>,
}

/// Which question stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Right(u64),
    /// Whether another operator may come in (S-10).
    Second(u64),
}

impl Rights {
    pub(super) fn of(window: &BarWindow, press: &Presser) -> Self {
        let rights = Self { lines: Rc::default(), shown: Rc::default(), asking: Rc::default() };
        window.set_rights(Rc::clone(&rights.lines).into());
        let (shown, presser) = (Rc::clone(&rights.shown), press.clone());
        window.on_set_right(move |index, on| {
            let right = usize::try_from(index).ok().and_then(|index| shown.borrow().get(index).copied());
            right.into_iter().for_each(|right| presser.send(Press::Right { right, on }));
        });
        let (asking, presser) = (Rc::clone(&rights.asking), press.clone());
        window.on_answer_right(move |allowed| {
            let asked = asking.get();
            asked.into_iter().for_each(|asked| {
                presser.send(match asked {
                    Asked::Right(no) => Press::AnswerRight { no, allowed },
                    Asked::Second(no) => Press::AnswerSecond { no, allowed },
                });
            });
        });
        rights
    }

    /// Forgets the session.
    pub(super) fn clear(&self, window: &BarWindow) {
        window.set_shows_rights(false);
        self.ask_nothing(window);
    }

    /// Shows what is given and what could be, while nobody is there to ask for anything.
    pub(super) fn show_switches(
        &self,
        window: &BarWindow,
        could: Permissions,
        given: Permissions,
        texts: &Texts,
    ) {
        self.switches(could, given, texts);
        self.ask_nothing(window);
    }

    /// Shows what is given, what could be, and what is asked for.
    pub(super) fn show(&self, window: &BarWindow, view: &View, texts: &Texts) {
        let View::Sharing { host, operator, could, given, asking, second_asking, .. } = view else { return };
        self.switches(*could, *given, texts);
        let names = HashMap::from([
            ("operator", operator.clone().unwrap_or_default()),
            ("company", host.company.clone()),
        ]);
        match (asking, second_asking) {
            (None, None) => self.ask_nothing(window),
            (None, Some(asking)) => self.ask_second(window, &host.company, asking, texts),
            (Some(asking), _) => {
                let (who, what) = question(asking.right, operator.is_some(), *could);
                window.set_asking_what(texts.get(what).into());
                window.set_asking_who(texts.with(who, &names).into());
                self.ask(window, Asked::Right(asking.no));
            }
        }
    }

    /// Row by row, so that the keyboard stays where it is.
    fn switches(&self, could: Permissions, given: Permissions, texts: &Texts) {
        let shown: Vec<Right> = Right::ALL.into_iter().filter(|right| right.is_in(could)).collect();
        let line =
            |right: &Right| RightLine { text: texts.get(key(*right, could)).into(), on: right.is_in(given) };
        let lines: Vec<RightLine> = shown.iter().map(line).collect();
        if *self.shown.borrow() == shown {
            for (row, line) in lines.into_iter().enumerate() {
                if self.lines.row_data(row).as_ref() != Some(&line) {
                    self.lines.set_row_data(row, line);
                }
            }
        } else {
            self.shown.replace(shown);
            self.lines.set_vec(lines);
        }
    }

    fn ask_nothing(&self, window: &BarWindow) {
        if self.asking.replace(None).is_some() {
            window.set_may_answer(false);
            window.set_asking_who("".into());
        }
    }

    /// Who is to come in, and what for.
    fn ask_second(&self, window: &BarWindow, company: &str, asking: &SecondAsking, texts: &Texts) {
        let names = HashMap::from([("operator", asking.name.clone()), ("company", company.to_owned())]);
        let what = match asking.role {
            SecondRole::View => "customer-ask-second-view",
            SecondRole::Control => "customer-ask-second-control",
            SecondRole::HandOver => "customer-ask-second-hand-over",
        };
        window.set_asking_what(texts.get(what).into());
        window.set_asking_who(texts.with("customer-ask-second-who", &names).into());
        self.ask(window, Asked::Second(asking.no));
    }

    /// A question that stands can be answered; a new one after a moment.
    fn ask(&self, window: &BarWindow, asks: Asked) {
        if self.asking.replace(Some(asks)) == Some(asks) {
            return;
        }
        window.set_may_answer(false);
        let (weak, asked) = (window.as_weak(), Rc::clone(&self.asking));
        Timer::single_shot(READ, move || {
            let is_same = asked.get() == Some(asks);
            weak.upgrade().filter(|_| is_same).iter().for_each(|window| window.set_may_answer(true));
        });
    }
}

/// Who asks, and for what. Who wants to talk has the right to mostly; it is the microphone that is asked for (F-14).
fn question(right: Right, named: bool, could: Permissions) -> (&'static str, &'static str) {
    let talk = if could.record { "customer-ask-talk-means-recorded" } else { "customer-ask-talk-means" };
    match (right, named) {
        (Right::Talk, true) => ("customer-ask-talk", talk),
        (Right::Talk, false) => ("customer-ask-talk-unnamed", talk),
        (Right::OperatorScreen, true) => {
            ("customer-ask-operator-screen", "customer-ask-operator-screen-means")
        }
        (Right::OperatorScreen, false) => {
            ("customer-ask-operator-screen-unnamed", "customer-ask-operator-screen-means")
        }
        (Right::OperatorControl, true) => {
            ("customer-ask-operator-control", "customer-ask-operator-control-means")
        }
        (Right::OperatorControl, false) => {
            ("customer-ask-operator-control-unnamed", "customer-ask-operator-control-means")
        }
        (_, true) => ("customer-ask-who", key(right, could)),
        (_, false) => ("customer-ask-who-unnamed", key(right, could)),
    }
}

/// What a right lets the operator do, in plain words: no more than `could` is named.
fn key(right: Right, could: Permissions) -> &'static str {
    match right {
        Right::View => "customer-may-view",
        Right::Control => "customer-right-control",
        Right::Chat => "customer-may-chat",
        Right::FetchFiles => "customer-may-fetch-files",
        Right::SendFiles if could.change_files => "customer-right-send-and-change-files",
        Right::SendFiles => "customer-may-send-files",
        Right::SeeSystem => match (could.see_system, could.see_processes) {
            (true, false) => "customer-may-see-system",
            (false, true) => "customer-may-see-processes",
            _ => "customer-may-see-system-and-processes",
        },
        Right::EndProcesses => "customer-may-end-processes",
        Right::Open if could.open_favourites => "customer-may-open",
        Right::Open => "customer-may-open-urls",
        Right::CaptureScreen => "customer-may-capture-screen",
        Right::Draw if could.customer_draw => "customer-may-draw-both",
        Right::Draw => "customer-may-draw",
        Right::Talk => "customer-may-talk",
        Right::Record => record(could),
        Right::Clipboard => clipboard(could).unwrap_or("customer-may-share-clipboard"),
        Right::Reboot => "customer-may-ask-reboot",
        Right::Print => "customer-may-print",
        Right::Invite => "customer-may-invite",
        Right::OperatorScreen => "customer-may-operator-screen",
        Right::OperatorControl => "customer-may-control-operator",
    }
}

/// Recording: with the voices, where there may be any.
pub(super) fn record(could: Permissions) -> &'static str {
    if could.talk { "customer-may-record-with-voice" } else { "customer-may-record" }
}

/// The clipboard, in the directions in which it may move.
pub(super) fn clipboard(could: Permissions) -> Option<&'static str> {
    match (could.clipboard_from_customer(), could.clipboard_to_customer()) {
        (true, true) => Some("customer-may-share-clipboard"),
        (true, false) => Some("customer-may-copy-here"),
        (false, true) => Some("customer-may-paste-here"),
        (false, false) => None,
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Permissions, Right};

    use super::key;
    use crate::texts::{Language, Texts};

    #[test]
    fn every_right_has_words_of_its_own() {
        for language in [Language::Korean, Language::English] {
            let texts = Texts::new(language);
            let words: Vec<String> =
                Right::ALL.into_iter().map(|right| texts.get(key(right, Permissions::ALL))).collect();
            for (at, word) in words.iter().enumerate() {
                assert!(!word.starts_with("customer-") && !words[..at].contains(word), "{word}");
            }
        }
    }

    #[test]
    fn words_name_no_more_than_could_be_given() {
        let could = Permissions { change_files: false, see_processes: false, ..Permissions::ALL };
        assert_eq!(key(Right::SendFiles, could), "customer-may-send-files");
        assert_eq!(key(Right::SeeSystem, could), "customer-may-see-system");
    }
}
