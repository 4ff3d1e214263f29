//! Who is at the other end of the connection.

use crate::state::AppState;
use axum::extract::FromRequestParts;
use http::{HeaderMap, header, request::Parts};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

/// The address at the other end of the TCP connection; the acceptor puts it into every request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PeerAddress(pub(crate) SocketAddr);

/// Longest text kept of a browser's own words.
const BROWSER_CHARACTERS: usize = 256;

/// The client: where it is, and what it says it is.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    /// The client's address: the peer's, or what a configured proxy says.
    pub(crate) address: IpAddr,
    /// `User-Agent`, cut.
    pub(crate) browser: String,
}

impl FromRequestParts<AppState> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<PeerAddress>().map(|peer| peer.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical();
        let browser = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self {
            address: address_of(peer, &parts.headers, &state.configuration.trusted_proxies),
            browser: browser.unwrap_or_default().chars().take(BROWSER_CHARACTERS).collect(),
        })
    }
}

/// The last address of `X-Forwarded-For` that no configured proxy added; the header is believed only from a
/// configured proxy, since everybody can write it.
fn address_of(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut nearest = peer;
    // What the client wrote itself may be no text; what a proxy added behind it still counts.
    let said: Vec<&[u8]> = headers
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','))
        .collect();
    for hop in said.into_iter().rev() {
        if !trusted.contains(&nearest) {
            break;
        }
        let hop = std::str::from_utf8(hop).ok().and_then(|hop| hop.trim().parse::<IpAddr>().ok());
        let Some(address) = hop else { break };
        nearest = address.to_canonical();
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::address_of;
    use http::{HeaderMap, HeaderValue};

    fn check(peer: &str, forwarded: impl AsRef<[u8]>, trusted: &[&str], expected: &str) {
        let mut headers = HeaderMap::new();
        let forwarded = HeaderValue::from_bytes(forwarded.as_ref()).unwrap();
        headers.insert("x-forwarded-for", forwarded.clone());
        let trusted: Vec<_> = trusted.iter().map(|address| address.parse().unwrap()).collect();
        let found = address_of(peer.parse().unwrap(), &headers, &trusted);
        assert_eq!(found.to_string(), expected, "{forwarded:?} from {peer}");
    }

    #[test]
    fn a_forwarded_address_is_believed_from_configured_proxies_alone() {
        check("10.0.0.9", "1.2.3.4", &[], "10.0.0.9");
        check("10.0.0.1", "1.2.3.4", &["10.0.0.1"], "1.2.3.4");
        check("10.0.0.1", "6.6.6.6, 1.2.3.4", &["10.0.0.1"], "1.2.3.4");
        check("10.0.0.1", "1.2.3.4, 10.0.0.2", &["10.0.0.1", "10.0.0.2"], "1.2.3.4");
        check("10.0.0.1", "nonsense", &["10.0.0.1"], "10.0.0.1");
        check("10.0.0.1", "", &["10.0.0.1"], "10.0.0.1");
        check("10.0.0.1", b"\xff, 1.2.3.4", &["10.0.0.1"], "1.2.3.4");
        check("10.0.0.1", b"1.2.3.4, \xff", &["10.0.0.1"], "10.0.0.1");
    }
}
