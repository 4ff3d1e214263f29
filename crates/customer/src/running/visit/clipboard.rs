//! The clipboard, between the session and the desktop (S-11).

use session::customer::{ClipboardNews, ClipboardOrder, Input};

use super::Visit;
use super::incoming::Happening;
use crate::running::clipboard::Clips;

impl Visit<'_> {
    /// From the first order on there is a thread for it; before, and where the options forbid it, nothing touches the clipboard.
    pub(super) fn clip(&mut self, order: ClipboardOrder) {
        if self.clips.is_none() {
            // Not to look at what nobody looks at takes no clipboard.
            if order == ClipboardOrder::Watch(false) {
                return;
            }
            let sender = self.sender.clone();
            let started = Clips::start(move |news| {
                if sender.blocking_send(Happening::Clipboard(news)).is_err() {
                    tracing::trace!("Nobody hears of the clipboard any more");
                }
            });
            match started {
                Ok(clips) => self.clips = Some(clips),
                Err(lacks) => return self.handle(Input::Clipboard(ClipboardNews::Lacks(lacks.what))),
            }
        }
        if self.clips.as_ref().is_some_and(|clips| !clips.order(order)) {
            self.clips = None;
        }
    }
}
