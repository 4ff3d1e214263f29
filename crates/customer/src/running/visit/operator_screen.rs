//! The operator's screen, between the session and the window (F-09).

use session::customer::{Input, OperatorScreenInput, OperatorScreenOrder};

use super::Visit;
use super::incoming::Happening;
use crate::running::Show;
use crate::running::operator_screen::{Seen, Watch};

impl Visit<'_> {
    pub(super) fn operator_screen_order(&mut self, order: OperatorScreenOrder) {
        match order {
            OperatorScreenOrder::Open { from_epoch } => {
                self.watch_no += 1;
                let (no, sender) = (self.watch_no, self.sender.clone());
                self.watch = Some(Watch::start(from_epoch, move |seen| {
                    if sender.blocking_send(Happening::OperatorScreen(no, seen)).is_err() {
                        tracing::trace!("Nobody looks at the operator's screen any more");
                    }
                }));
            }
            OperatorScreenOrder::Packet(packet) => {
                if self.watch.as_ref().is_some_and(|watch| !watch.take(packet)) {
                    self.handle(Input::OperatorScreen(OperatorScreenInput::Faulty));
                }
            }
            OperatorScreenOrder::Close => self.watch = None,
        }
    }

    /// `no`: of which showing it is; nothing of an earlier one is shown.
    pub(super) fn operator_screen_seen(&self, no: u64, seen: Seen) -> Option<Input> {
        if self.watch.is_none() || no != self.watch_no {
            return None;
        }
        Some(Input::OperatorScreen(match seen {
            Seen::Faulty => OperatorScreenInput::Faulty,
            Seen::Shown { epoch, update, look } => {
                look.into_iter().for_each(|picture| (self.show)(Show::OperatorPicture(picture)));
                OperatorScreenInput::Shown { epoch, update }
            }
        }))
    }
}
