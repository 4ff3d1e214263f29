//! What this test's thread logs.

use std::{
    io,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tracing::subscriber::DefaultGuard;

/// How long to wait for a line.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The log of one test.
pub(super) struct Logged {
    text: Text,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Text(Arc<Mutex<Vec<u8>>>);

impl Logged {
    pub(super) fn start() -> Self {
        let text = Text::default();
        let writer = text.clone();
        let subscriber =
            tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
        Self { text, _guard: tracing::subscriber::set_default(subscriber) }
    }

    /// The first line with these words, when it comes.
    pub(super) async fn line(&self, words: &str) -> String {
        let started = Instant::now();
        loop {
            if let Some(line) = self.text().lines().find(|line| line.contains(words)) {
                return line.to_owned();
            }
            assert!(started.elapsed() < TIMEOUT, "no {words} in {}", self.text());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// How many lines have these words.
    pub(super) fn count(&self, words: &str) -> usize {
        self.text().lines().filter(|line| line.contains(words)).count()
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.text.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for Text {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
