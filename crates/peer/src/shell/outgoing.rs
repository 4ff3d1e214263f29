//! What goes out, the most urgent first.

use super::Shell;
use crate::outbox::{Wrote, unsent_max};
use crate::{Channel, Event};

impl Shell {
    pub(super) fn flush(&mut self) {
        if self.outbox.is_empty() {
            return;
        }
        let Self { rtc, channels, outbox, drain, .. } = self;
        outbox.flush(|channel, bytes| {
            let Some(mut open) =
                channels.get(channel.index()).copied().flatten().and_then(|id| rtc.channel(id))
            else {
                return Wrote::NotReady;
            };
            if unsent_max(channel) < open.buffered_amount() + bytes.len() {
                // The picture is made anew and waits for nobody; nobody else is overtaken by what is less urgent.
                return if channel == Channel::Screen { Wrote::NotReady } else { Wrote::Full };
            }
            match open.write(true, bytes) {
                Ok(true) => {
                    if channel == Channel::Screen {
                        drain.wrote(bytes.len());
                    }
                    Wrote::Taken
                }
                Ok(false) => Wrote::Full,
                Err(_) => Wrote::NotReady,
            }
        });
    }

    pub(super) async fn report_room(&mut self) {
        let Some(mut screen) = self.id(Channel::Screen).and_then(|id| self.rtc.channel(id)) else { return };
        let buffered = screen.buffered_amount();
        let bytes = self.drain.drained(buffered);
        if 0 < bytes {
            self.tell(Event::Room { bytes }).await;
        }
    }

    /// Asks for a key picture when the queue has drained, and tells what the way carries.
    pub(super) async fn report_video(&mut self) {
        if self.video.key_wanted(&mut self.rtc) {
            self.tell(Event::VideoKeyWanted).await;
        }
        if let Some(bits_per_s) = self.video.bandwidth_news() {
            self.tell(Event::Bandwidth { bits_per_s }).await;
        }
    }
}
