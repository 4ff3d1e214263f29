//! How long the record is waited for: a database that is away for a moment costs nobody a line.

use crate::sessions::error::SessionError;
use std::time::Duration;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

/// The first wait; it doubles with each failure.
const FIRST_WAIT: Duration = Duration::from_millis(50);
/// While both sides wait for what follows the line: after this time they are told that it cannot be kept.
const IN_SESSION: Duration = Duration::from_secs(6);
/// Between two tries to write the end of a session that is over.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The tries at one line.
#[derive(Debug)]
pub(in crate::sessions) struct Patience {
    wait: Duration,
    until: Option<Instant>,
}

/// What a failure means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sessions) enum Verdict {
    /// Waited: the next try is due.
    Again,
    /// No use in another try.
    Lost,
    /// The server ends; whoever restores the session finds what was kept.
    Stopped,
}

impl Patience {
    /// For a line that others wait for.
    pub(in crate::sessions) fn in_session() -> Self {
        Self { wait: FIRST_WAIT, until: Some(Instant::now() + IN_SESSION) }
    }

    /// For the end of a session that nobody waits for any more.
    pub(in crate::sessions) fn endless() -> Self {
        Self { wait: FIRST_WAIT, until: None }
    }

    /// Waits after a failed try.
    pub(in crate::sessions) async fn after(
        &mut self,
        error: &SessionError,
        shutdown: &CancellationToken,
    ) -> Verdict {
        let is_late = self.until.is_some_and(|until| until < Instant::now() + self.wait);
        if is_late || !error.may_pass() {
            return Verdict::Lost;
        }
        let wait = self.wait;
        self.wait = (2 * wait).min(LONGEST_WAIT);
        match shutdown.run_until_cancelled(tokio::time::sleep(wait)).await {
            Some(()) => Verdict::Again,
            None => Verdict::Stopped,
        }
    }
}
