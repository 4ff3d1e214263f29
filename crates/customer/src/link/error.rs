//! Why the server is not reached.

/// Each case has its own words for the customer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LinkError {
    /// No network, no such name, nobody listens, or no answer in time.
    #[error("server is unreachable")]
    Unreachable(#[source] std::io::Error),
    /// Its certificate proves nothing.
    #[error("server's certificate is not trusted")]
    Certificate(#[source] std::io::Error),
    /// Its certificate is not of the time that this machine's clock shows.
    #[error("server's certificate is of another time")]
    Clock(#[source] std::io::Error),
    /// Something else answers there.
    #[error("no Beside server answers")]
    NotOurs,
    /// It speaks only newer versions.
    #[error("this program is too old for the server")]
    TooOld,
    /// It speaks only older versions.
    #[error("the server is too old for this program")]
    TooNew,
    /// It has another identity than the one known.
    #[error("the server has another identity")]
    WrongServer,
}

impl LinkError {
    /// The key of the text that says so.
    pub(crate) fn text_key(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "customer-problem-unreachable",
            Self::Certificate(_) => "customer-problem-certificate",
            Self::Clock(_) => "customer-problem-clock",
            Self::NotOurs => "customer-problem-not-ours",
            Self::TooOld => "customer-problem-protocol-too-old",
            Self::TooNew => "customer-problem-protocol-too-new",
            Self::WrongServer => "customer-problem-wrong-server",
        }
    }

    /// Tells a refused certificate, and a wrong clock, from a broken connection.
    pub(crate) fn of_tls(error: std::io::Error) -> Self {
        use rustls::CertificateError as Refused;
        match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(rustls::Error::InvalidCertificate(
                Refused::Expired
                | Refused::ExpiredContext { .. }
                | Refused::NotValidYet
                | Refused::NotValidYetContext { .. },
            )) => Self::Clock(error),
            Some(rustls::Error::InvalidCertificate(_)) => Self::Certificate(error),
            Some(rustls::Error::InvalidMessage(_)) => Self::NotOurs,
            _ => Self::Unreachable(error),
        }
    }
}
