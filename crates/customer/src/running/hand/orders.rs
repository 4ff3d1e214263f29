//! What the hand is told, and what becomes void before it was done.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use desktop::input::Reach;
use protocol::input::InputEvent;

/// Events that wait; more than a second of the fastest hand.
const EVENTS: usize = 1024;

/// What the hand does next.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    /// Let everything go, for good.
    End,
    /// Let everything go.
    Release,
    /// A question was opened or answered.
    Question(bool),
    /// These windows are the program's own.
    Windows(Vec<u64>),
    /// Beyond this nothing may go.
    Reach(Reach),
    /// Look for the customer's own hand, or no more.
    Watch(bool),
    /// Do this.
    Apply(InputEvent),
}

/// Orders for one hand.
///
/// INVARIANT: only events wait in line, and the line has an end; all else overtakes them and is never lost.
#[derive(Default)]
pub(super) struct Orders {
    waiting: Mutex<Waiting>,
    more: Condvar,
}

#[derive(Default)]
struct Waiting {
    ended: bool,
    release: bool,
    question: Option<bool>,
    windows: Option<Vec<u64>>,
    reach: Option<Reach>,
    watch: Option<bool>,
    events: VecDeque<InputEvent>,
}

impl Waiting {
    /// What the operator may no longer do is not done late either.
    fn revoke(&mut self) {
        self.events.clear();
        self.release = true;
    }

    fn take(&mut self) -> Option<Next> {
        if self.ended {
            return Some(Next::End);
        }
        if std::mem::take(&mut self.release) {
            return Some(Next::Release);
        }
        let question = self.question.take().map(Next::Question);
        question
            .or_else(|| self.windows.take().map(Next::Windows))
            .or_else(|| self.reach.take().map(Next::Reach))
            .or_else(|| self.watch.take().map(Next::Watch))
            .or_else(|| self.events.pop_front().map(Next::Apply))
    }
}

impl Orders {
    pub(super) fn apply(&self, event: InputEvent) {
        self.change(|waiting| {
            if waiting.events.len() < EVENTS {
                waiting.events.push_back(event);
            } else {
                // A lost release would leave its key down: rather nothing of it is done.
                tracing::info!("Input dropped: the desktop is behind");
                waiting.revoke();
            }
        });
    }

    pub(super) fn release(&self) {
        self.change(Waiting::revoke);
    }

    pub(super) fn set_windows(&self, windows: Vec<u64>) {
        self.change(|waiting| waiting.windows = Some(windows));
    }

    pub(super) fn set_reach(&self, reach: Reach) {
        self.change(|waiting| waiting.reach = Some(reach));
    }

    pub(super) fn set_question(&self, open: bool) {
        self.change(|waiting| {
            if open {
                waiting.revoke();
            }
            waiting.question = Some(open);
        });
    }

    pub(super) fn watch(&self, on: bool) {
        self.change(|waiting| {
            if !on {
                waiting.revoke();
            }
            waiting.watch = Some(on);
        });
    }

    pub(super) fn end(&self) {
        self.change(|waiting| {
            waiting.revoke();
            waiting.ended = true;
        });
    }

    /// What is next, or nothing after `wait`.
    pub(super) fn next(&self, wait: Duration) -> Option<Next> {
        let mut waiting = self.lock();
        if let Some(next) = waiting.take() {
            return Some(next);
        }
        let (mut waiting, _) = self.more.wait_timeout(waiting, wait).unwrap_or_else(PoisonError::into_inner);
        waiting.take()
    }

    fn change(&self, change: impl FnOnce(&mut Waiting)) {
        change(&mut self.lock());
        self.more.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
