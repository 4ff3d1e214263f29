//! One line for each event, whatever the texts in it hold.

use std::io::{self, Write};

/// What the log is written to. An error may repeat what a stranger said: no line end of theirs begins a line that we have not
/// written, and nothing of theirs moves a cursor or turns the text of a terminal around.
pub(super) struct Lines<W>(pub(super) W);

impl<W: Write> Write for Lines<W> {
    /// Takes an event as a whole, as the subscriber writes it: its last line end is its own.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let (text, end) = text.strip_suffix('\n').map_or((text.as_ref(), ""), |line| (line, "\n"));
        let mut line = String::with_capacity(event.len());
        for letter in text.chars() {
            if protocol::text::is_visible(letter) {
                line.push(letter);
            } else {
                line.extend(letter.escape_default());
            }
        }
        line.push_str(end);
        self.0.write_all(line.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A forged line, colours, a text that runs backwards: each event stays the line that it is.
    #[test]
    fn an_event_is_one_line_whatever_strangers_call_themselves() {
        for hostile in crate::tests::hostile_texts() {
            let kept = Kept::default();
            let writer = kept.clone();
            let subscriber = tracing_subscriber::fmt()
                .with_ansi(false)
                .with_writer(move || Lines(writer.clone()))
                .finish();
            tracing::subscriber::with_default(subscriber, || {
                tracing::warn!(host = hostile, error = %hostile, what = ?hostile, "Not let in: {hostile}");
            });
            let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
            let line = text.strip_suffix('\n').unwrap();
            assert!(line.chars().all(protocol::text::is_visible), "{line:?}");
        }
    }
}
