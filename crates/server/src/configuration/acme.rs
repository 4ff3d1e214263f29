//! What `tls = "acme"` asks of the settings.

use super::{Configuration, ConfigurationError, TlsMode};
use rustls::pki_types::DnsName;
use std::net::IpAddr;

/// Let's Encrypt's production directory.
pub(super) const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";
/// Longest directory, in bytes: a folder is named after it.
const DIRECTORY_BYTES: usize = 200;
/// What stands in an e-mail address beside letters and digits, and needs no escape in `mailto:` (RFC 6068 §2).
const MAILBOX: &str = "!$'*+-_~.";

/// The name in an origin (`https://NAME[:PORT]`) that an authority can certify, in lower case; `None`: it is an IP address, or
/// this machine's own name for itself.
pub(crate) fn certifiable_name(origin: &str) -> Option<String> {
    let uri: http::Uri = origin.parse().ok()?;
    let name = uri.host()?.trim_end_matches('.').to_ascii_lowercase();
    let is_local = name == "localhost" || name.ends_with(".localhost");
    let is_name = DnsName::try_from(name.as_str()).is_ok() && name.parse::<IpAddr>().is_err();
    (is_name && !is_local).then_some(name)
}

impl Configuration {
    /// Each setting that ACME needs, where TLS is by it.
    pub(super) fn check_acme(&self) -> Result<(), ConfigurationError> {
        if self.tls != TlsMode::Acme {
            return Ok(());
        }
        let rule = |key, what| Err(ConfigurationError::Rule { key, what });
        let Some(url) = &self.public_url else {
            return rule("public_url", "tls = \"acme\" needs the address whose name is certified");
        };
        if certifiable_name(url).is_none() {
            return rule(
                "public_url",
                "tls = \"acme\" certifies a name such as support.example.com; \
                 for an IP address or localhost use tls = \"own\"",
            );
        }
        if !url.starts_with("https:") {
            return rule("public_url", "with tls = \"acme\" an https address");
        }
        if !is_directory(&self.acme_directory) {
            return rule("acme_directory", "an https address such as https://acme.example.com/directory");
        }
        if self.acme_contact.as_deref().is_some_and(|contact| !is_mailbox(contact)) {
            return rule("acme_contact", "one e-mail address such as admin@example.com");
        }
        Ok(())
    }
}

fn is_directory(url: &str) -> bool {
    let uri: Option<http::Uri> = url.parse().ok();
    url.len() <= DIRECTORY_BYTES
        && uri.is_some_and(|uri| {
            uri.scheme_str() == Some("https") && uri.host().is_some_and(|host| !host.is_empty())
        })
}

/// RFC 8555 §7.3: a `mailto:` of one address and nothing else.
fn is_mailbox(contact: &str) -> bool {
    contact.split_once('@').is_some_and(|(person, domain)| {
        !person.is_empty()
            && person.chars().all(|letter| letter.is_ascii_alphanumeric() || MAILBOX.contains(letter))
            && DnsName::try_from(domain).is_ok()
    })
}
