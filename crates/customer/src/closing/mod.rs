//! How the system asks this program to end.

#[cfg(unix)]
mod unix;

#[cfg(unix)]
pub(crate) use unix::asked;

/// Waits until the system asks this program to end.
#[cfg(not(unix))]
pub(crate) async fn asked() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::warn!(%error, "The system's wish to end cannot be heard");
        std::future::pending().await
    }
}
