//! How customers are invited beyond copy and QR: tables `[mail]` and `[sms]` of the settings file.

use super::{Configuration, ConfigurationError};
use crate::secrets::Secret;
use serde::{Deserialize, Serialize};
use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};

/// Shortest secret of the hook, in bytes.
const SECRET_BYTES: usize = 16;

/// How the mail server is spoken to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MailTls {
    /// TLS from the first byte (RFC 8314), port 465 where none is set.
    Tls,
    /// Begins plain and must go on in TLS (RFC 3207), port 587 where none is set.
    #[default]
    Starttls,
    /// Plain: for a mail server on this machine, port 25 where none is set.
    Off,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MailSettings {
    pub(crate) host: String,
    pub(crate) port: Option<u16>,
    #[serde(default)]
    pub(crate) tls: MailTls,
    pub(crate) user: Option<String>,
    /// The file that holds the password.
    pub(crate) password_file: Option<PathBuf>,
    /// `Acme Support <support@example.com>`.
    pub(crate) from: String,
    /// A root of the company's own, PEM, trusted beside those of the operating system.
    pub(crate) root: Option<PathBuf>,
}

/// An HTTP service that sends text messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SmsSettings {
    pub(crate) url: String,
    /// The file that holds the secret by which requests are signed.
    pub(crate) secret_file: PathBuf,
    /// A root of the company's own, PEM, trusted beside those of the operating system.
    pub(crate) root: Option<PathBuf>,
}

impl Configuration {
    pub(super) fn check_invitations(&self) -> Result<(), ConfigurationError> {
        let rule = |key, what| Err(ConfigurationError::Rule { key, what });
        if let Some(mail) = &self.mail {
            if mail.host.is_empty() {
                return rule("mail.host", "the name of a mail server");
            }
            if mail.from.parse::<lettre::message::Mailbox>().is_err() {
                return rule("mail.from", "an address such as Acme Support <support@example.com>");
            }
            if mail.user.is_some() != mail.password_file.is_some() {
                return rule("mail.user", "user and password_file, or neither");
            }
            if mail.tls == MailTls::Off && !is_here(&mail.host) {
                return rule("mail.tls", "\"off\" is for a mail server on this machine");
            }
        }
        if let Some(sms) = &self.sms {
            let uri: Option<http::Uri> = sms.url.parse().ok();
            let host = uri.as_ref().and_then(http::Uri::host).unwrap_or_default();
            match uri.as_ref().and_then(http::Uri::scheme_str) {
                Some("https") => {}
                Some("http") if is_here(host) => {}
                _ => return rule("sms.url", "an https address; http is for a service on this machine"),
            }
        }
        Ok(())
    }
}

/// The first line of a secret's file; a hook's is not shorter than it must be.
pub(crate) fn read_secret(path: &Path, key: &'static str) -> Result<Secret, ConfigurationError> {
    let text = std::fs::read_to_string(path).map_err(|error| ConfigurationError::File {
        key,
        path: path.to_owned(),
        error,
    })?;
    let secret = text.lines().next().unwrap_or_default().trim().to_owned();
    let shortest = if key == "sms.secret_file" { SECRET_BYTES } else { 1 };
    if secret.len() < shortest {
        return Err(ConfigurationError::Rule {
            key,
            what: "a file whose first line is the secret, 16 bytes at least for sms",
        });
    }
    Ok(Secret::new(secret))
}

fn is_here(host: &str) -> bool {
    let address: Option<IpAddr> = host.trim_start_matches('[').trim_end_matches(']').parse().ok();
    host == "localhost" || address.is_some_and(|address| address.is_loopback())
}
