//! The server's address.

use std::fmt;
use std::str::FromStr;

use rustls_pki_types::ServerName;

const HTTPS: u16 = 443;

/// `https://HOST[:PORT]`, read once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    host: String,
    port: u16,
    name: ServerName<'static>,
}

/// The text is no such address.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoOrigin;

impl Origin {
    /// Name or address, without brackets.
    pub(crate) fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The name that its certificate must have.
    pub(crate) fn name(&self) -> ServerName<'static> {
        self.name.clone()
    }

    /// For people and for the `Host` header: the port only where it is not 443.
    pub(crate) fn authority(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        if self.port == HTTPS { host } else { format!("{host}:{}", self.port) }
    }
}

impl FromStr for Origin {
    type Err = NoOrigin;

    fn from_str(text: &str) -> Result<Self, NoOrigin> {
        let rest = text.trim().strip_prefix("https://").ok_or(NoOrigin)?;
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = match rest.strip_prefix('[') {
            Some(bracketed) => {
                let (host, after) = bracketed.split_once(']').ok_or(NoOrigin)?;
                (host, after.strip_prefix(':'))
            }
            None => rest.split_once(':').map_or((rest, None), |(host, port)| (host, Some(port))),
        };
        let port = port.map_or(Ok(HTTPS), |port| port.parse().map_err(|_| NoOrigin))?;
        let name = ServerName::try_from(host.to_owned()).map_err(|_| NoOrigin)?;
        Ok(Self { host: host.to_ascii_lowercase(), port, name })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "https://{}", self.authority())
    }
}
