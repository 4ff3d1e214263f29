//! The hand on a desktop that keeps it waiting.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use desktop::input::{Applied, Input, InputError, Polled, Reach, Refusal, Unsupported, WindowId};
use protocol::input::{InputEvent, KeyCode};

use super::{Felt, Hand};

const PATIENCE: Duration = Duration::from_secs(20);

/// Writes down what it is asked for; each event takes until `go` allows it.
struct Slow {
    done: Sender<String>,
    go: Receiver<()>,
}

impl Slow {
    fn note(&self, what: impl Into<String>) {
        drop(self.done.send(what.into()));
    }
}

impl Input for Slow {
    fn apply(&mut self, _: Instant, event: &InputEvent) -> Result<Applied, InputError> {
        self.note(format!("{event:?}"));
        let _gone_on = self.go.recv_timeout(PATIENCE);
        Ok(Applied::Done)
    }

    fn poll(&mut self, _: Instant) -> Result<Polled, InputError> {
        self.note("poll");
        Ok(Polled::default())
    }

    fn release_all(&mut self) -> Result<(), InputError> {
        self.note("release");
        Ok(())
    }

    fn set_own_windows(&mut self, windows: &[WindowId]) {
        self.note(format!("windows {}", windows.len()));
    }

    fn set_reach(&mut self, reach: Reach) {
        self.note(format!("{reach:?}"));
    }

    fn set_question_open(&mut self, open: bool) -> Result<(), InputError> {
        self.note(format!("question {open}"));
        Ok(())
    }
}

struct Stage {
    hand: Hand,
    done: Receiver<String>,
    go: Sender<()>,
}

impl Stage {
    fn new() -> Self {
        let (done, told) = channel();
        let (go, may) = channel();
        let open = move || -> Result<Box<dyn Input>, Unsupported> { Ok(Box::new(Slow { done, go: may })) };
        Self { hand: Hand::start_with(vec![7], open, |_: Felt| {}), done: told, go }
    }

    /// Lets the desktop go on, for good.
    fn go_on(&self) {
        (0..2_000).for_each(|_| {
            let _ended = self.go.send(());
        });
    }

    /// The next deed but for polls.
    fn next(&self) -> String {
        loop {
            let deed = self.done.recv_timeout(PATIENCE).unwrap();
            if deed != "poll" {
                return deed;
            }
        }
    }

    /// An event has begun and `count` others wait.
    fn begin(&self, count: i32) {
        assert_eq!(self.next(), "windows 1");
        self.hand.watch(true);
        self.hand.apply(InputEvent::Move { x: 0, y: 0 });
        assert_eq!(self.next(), "Move { x: 0, y: 0 }");
        (1..=count).for_each(|x| self.hand.apply(InputEvent::Move { x, y: 0 }));
    }
}

fn nothing_waiting_is_done_after(revoke: impl FnOnce(&Hand), expected: &[&str]) {
    let stage = Stage::new();
    stage.begin(500);
    revoke(&stage.hand);
    stage.go_on();
    for deed in expected {
        assert_eq!(stage.next(), *deed);
    }
    stage.hand.apply(InputEvent::ReleaseAll);
    assert_eq!(stage.next(), "ReleaseAll");
}

#[test]
fn what_waits_is_not_done_after_the_operator_lost_control() {
    nothing_waiting_is_done_after(Hand::release, &["release"]);
    nothing_waiting_is_done_after(|hand| hand.watch(false), &["release"]);
    nothing_waiting_is_done_after(|hand| hand.set_question(true), &["release", "question true"]);
}

#[test]
fn what_waits_is_not_done_after_the_end() {
    let stage = Stage::new();
    stage.begin(500);
    stage.hand.orders.end();
    stage.go_on();
    let deeds: Vec<String> = stage.done.iter().filter(|deed| deed != "poll").collect();
    assert_eq!(deeds, ["release"]);
}

#[test]
fn a_full_line_loses_neither_a_release_nor_windows() {
    let stage = Stage::new();
    stage.begin(1_024);
    stage.hand.set_windows(vec![1, 2, 3]);
    stage.hand.release();
    stage.go_on();
    assert_eq!([stage.next(), stage.next()], ["release", "windows 3"]);
}

#[test]
fn more_than_the_line_holds_lets_everything_go() {
    let stage = Stage::new();
    stage.begin(1_024 + 1);
    stage.go_on();
    assert_eq!(stage.next(), "release");
    stage.hand.apply(InputEvent::ReleaseAll);
    assert_eq!(stage.next(), "ReleaseAll");
}

#[test]
fn the_display_is_looked_at_each_second_without_control() {
    let stage = Stage::new();
    assert_eq!(stage.next(), "windows 1");
    stage.hand.watch(false);
    let began = Instant::now();
    let polls = stage.done.iter().filter(|deed| deed == "poll").take(4).count();
    assert_eq!(polls, 4);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}

/// A desktop that answers each input alike.
struct Alike {
    applied: Applied,
    /// The customer has just pressed Esc three times.
    escaped: bool,
}

impl Input for Alike {
    fn apply(&mut self, _: Instant, _: &InputEvent) -> Result<Applied, InputError> {
        Ok(self.applied)
    }

    fn poll(&mut self, _: Instant) -> Result<Polled, InputError> {
        Ok(Polled { escaped: std::mem::take(&mut self.escaped), ..Polled::default() })
    }

    fn release_all(&mut self) -> Result<(), InputError> {
        Ok(())
    }

    fn set_own_windows(&mut self, _: &[WindowId]) {}

    fn set_reach(&mut self, _: Reach) {}

    fn set_question_open(&mut self, _: bool) -> Result<(), InputError> {
        Ok(())
    }
}

#[test]
fn a_desktop_that_takes_no_input_is_told_and_no_other() {
    let (tell, told) = channel();
    let open = || -> Result<Box<dyn Input>, Unsupported> { Err(Unsupported { what: "input-no-xtest" }) };
    let _hand = Hand::start_with(vec![7], open, move |felt| {
        let _ended = tell.send(felt);
    });
    assert_eq!(told.iter().collect::<Vec<_>>(), [Felt::Unsupported("input-no-xtest")]);
}

/// Ctrl + Alt + M is the console's own, and what of it comes here warns nobody; Ctrl + S does at its S.
#[test]
fn a_refused_modifier_is_told_with_the_key_after_it() {
    let (tell, told) = channel();
    let open = || -> Result<Box<dyn Input>, Unsupported> {
        Ok(Box::new(Alike { applied: Applied::Refused(Refusal::OwnWindow), escaped: false }))
    };
    let hand = Hand::start_with(vec![7], open, move |felt| {
        let _ended = tell.send(felt);
    });
    let mut press =
        |code: &str| hand.apply(InputEvent::Key { code: KeyCode::new(code).unwrap(), pressed: true });
    ["ControlLeft", "AltLeft", "ShiftRight"].into_iter().for_each(&mut press);
    assert_eq!(told.recv_timeout(PATIENCE), Ok(Felt::Ready));
    ["ControlLeft", "KeyS"].into_iter().for_each(&mut press);
    assert_eq!(told.recv_timeout(PATIENCE), Ok(Felt::Refused("own-window")));
    drop(hand);
    assert_eq!(told.iter().next(), None);
}

/// Esc three times is the customer's word about control, and means nothing where there is none.
#[test]
fn escapes_are_told_while_the_operator_controls() {
    for controls in [true, false] {
        let (tell, told) = channel();
        let open = || -> Result<Box<dyn Input>, Unsupported> {
            Ok(Box::new(Alike { applied: Applied::Done, escaped: true }))
        };
        let hand = Hand::start_with(vec![7], open, move |felt| {
            let _ended = tell.send(felt);
        });
        hand.watch(controls);
        assert_eq!(told.recv_timeout(PATIENCE), Ok(Felt::Ready));
        let expected = if controls { Ok(Felt::Escaped) } else { Err(RecvTimeoutError::Timeout) };
        assert_eq!(told.recv_timeout(if controls { PATIENCE } else { Duration::from_millis(200) }), expected);
    }
}
