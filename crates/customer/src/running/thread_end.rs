//! How the threads beside a session end: each has a moment for what must be put back, and none holds up Stop.

use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long it may take: keys go up and the key table is put back, a file that is being written is given up, the printer taken away.
pub(super) const END_WAIT: Duration = Duration::from_millis(1_500);

/// Waits until a thread that was told to end has ended, or [`END_WAIT`].
pub(super) async fn ended(thread: JoinHandle<()>) {
    let until = Instant::now() + END_WAIT;
    while !thread.is_finished() && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
