//! Why an offer cannot be answered.

/// The connection does not come to be; nothing of it is left.
#[derive(Debug, thiserror::Error)]
pub enum PeerError {
    /// No certificate could be made for this run.
    #[error("no DTLS certificate could be made")]
    Certificate,
    /// The offer is no session description, or one that cannot be answered.
    #[error("offer cannot be answered")]
    Offer(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The offer's certificate is not the one that the policy names.
    #[error("offer's fingerprint is not the policy's")]
    Fingerprint,
    /// The host has no address that a socket could be opened on.
    #[error("no UDP socket could be opened")]
    NoSocket(#[source] std::io::Error),
}

impl PeerError {
    pub(crate) fn offer(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Offer(Box::new(error))
    }
}
