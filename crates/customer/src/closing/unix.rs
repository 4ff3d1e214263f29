//! Signals.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Waits for SIGTERM (a logout, a package that is replaced), SIGINT (Ctrl+C) or SIGHUP (the terminal goes). From the
/// first call on none of them ends the program by itself.
pub(crate) async fn asked() {
    let signals = || -> io::Result<[Signal; 3]> {
        Ok([
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
            signal(SignalKind::hangup())?,
        ])
    };
    match signals() {
        Ok([mut terminate, mut interrupt, mut hangup]) => {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
                _ = hangup.recv() => {}
            }
        }
        Err(error) => {
            tracing::warn!(%error, "Signals cannot be heard");
            std::future::pending().await
        }
    }
}
