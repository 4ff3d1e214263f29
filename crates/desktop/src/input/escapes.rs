//! Esc three times within a second: the customer takes the desktop back.

/// So many presses, and nothing else between them.
const PRESSES: usize = 3;
/// From the first to the last.
const WITHIN_MS: u32 = 1_000;

/// The customer's last presses of Esc.
#[derive(Debug, Default)]
pub(crate) struct Escapes {
    /// By the display's clock, which wraps.
    at_ms: Vec<u32>,
    done: bool,
}

impl Escapes {
    /// Esc went down, after it had been up.
    pub(crate) fn pressed(&mut self, at_ms: u32) {
        self.at_ms.retain(|before| at_ms.wrapping_sub(*before) <= WITHIN_MS);
        self.at_ms.push(at_ms);
        if PRESSES <= self.at_ms.len() {
            self.at_ms.clear();
            self.done = true;
        }
    }

    /// Another key went down.
    pub(crate) fn interrupted(&mut self) {
        self.at_ms.clear();
    }

    /// Whether it was done three times since the last call.
    pub(crate) fn take(&mut self) -> bool {
        std::mem::take(&mut self.done)
    }
}
