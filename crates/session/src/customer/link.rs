//! The WebSocket to the server: its states, pings, and how it is opened again (design, The session, 5).

use std::time::Duration;

use protocol::limits;

use crate::Timestamp;

/// Where the link stands.
#[derive(Debug)]
pub(super) enum Link {
    /// Closed; opened again at this moment, if ever.
    Closed { retry_at: Option<Timestamp> },
    /// The shell opens it.
    Opening,
    /// Hello is sent, Welcome awaited.
    Greeting { since: Timestamp },
    /// In use.
    Up { heard_at: Timestamp, ping_at: Timestamp },
}

impl Link {
    pub(super) fn is_up(&self) -> bool {
        matches!(self, Self::Up { .. })
    }

    pub(super) fn up(now: Timestamp) -> Self {
        Self::Up { heard_at: now, ping_at: now + limits::PING_INTERVAL }
    }

    /// Something came.
    pub(super) fn heard(&mut self, now: Timestamp) {
        if let Self::Up { heard_at, .. } = self {
            *heard_at = now;
        }
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        match self {
            Self::Closed { retry_at } => *retry_at,
            Self::Opening => None,
            Self::Greeting { since } => Some(*since + limits::SILENCE),
            Self::Up { heard_at, ping_at } => Some((*heard_at + limits::SILENCE).min(*ping_at)),
        }
    }
}

/// How long to wait before the next try: 0.5 s, doubling, at most 5 s.
pub(super) fn backoff(failures: u32) -> Duration {
    let doubled = limits::RECONNECT_FIRST.saturating_mul(1 << failures.min(8));
    doubled.min(limits::RECONNECT_LONGEST)
}
