//! Certificates from an ACME authority (RFC 8555), got and renewed while the server runs.
//!
//! The authority convinces itself by `tls-alpn-01` (RFC 8737): it opens TLS to port 443 of the name, which leads to the
//! server's one port, offers the protocol `acme-tls/1` alone, and is answered with a certificate that proves the order.
//! Whoever offers anything else never sees that certificate.
//!
//! Each name of the server, the present one and the former ones [O-4], has a certificate of its own, so that a former name
//! that leads here no longer does not hold up the others.

mod certificates;
mod error;
mod https;
mod kept;
mod order;
mod renewal;
mod schedule;

pub(crate) use https::client;
pub(crate) use renewal::Renewal;

use rustls::CommonState;

/// The protocol of a challenge (RFC 8737 §6.2).
pub(super) const ALPN: &[u8] = b"acme-tls/1";

/// Whether this connection was the authority's challenge, which ends with its handshake (RFC 8737 §3).
pub(crate) fn is_challenge(connection: &CommonState) -> bool {
    connection.alpn_protocol() == Some(ALPN)
}
