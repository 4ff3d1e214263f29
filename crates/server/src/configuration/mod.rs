//! How a server is set: a TOML file, then `BESIDE_*` in the environment, then flags; later ones win. Every key
//! is checked at the start, and an error says which key, from where, and what is expected.

mod acme;
mod invitations;

pub(crate) use acme::certifiable_name;
pub(crate) use invitations::{MailSettings, MailTls, SmsSettings, read_secret};

use figment::{
    Figment,
    providers::{Env, Format as _, Serialized, Toml},
};
use serde::{Deserialize, Serialize};
use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    path::{Path, PathBuf},
    time::Duration,
};

/// Every key there is, for the environment: other `BESIDE_*` variables are not ours.
const KEYS: [&str; 14] = [
    "data",
    "listen",
    "public_url",
    "database",
    "tls",
    "tls_certificate",
    "tls_key",
    "acme_contact",
    "acme_directory",
    "acme_root",
    "trusted_proxies",
    "sign_ins_per_minute",
    "log",
    "customer_app",
];

/// How TLS is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TlsMode {
    /// A certificate authority of the server's own.
    Own,
    /// Certificate and key files, reloaded when they change.
    Files,
    /// A certificate for the name in `public_url` from an ACME authority, got and renewed by itself; this accepts the
    /// authority's terms of service.
    Acme,
    /// Plain HTTP: on loopback, or behind a trusted proxy that does TLS.
    Off,
}

/// The settings of a running server.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Configuration {
    /// Folder of everything that the server keeps.
    pub(crate) data: PathBuf,
    /// Address and port; port 0: any free one.
    pub(crate) listen: SocketAddr,
    /// As people reach the server; `https://localhost:PORT` where not set.
    pub(crate) public_url: Option<String>,
    /// `sqlite://…` or `postgres://…`; a file in the data folder where not set.
    pub(crate) database: Option<String>,
    /// How TLS is done.
    pub(crate) tls: TlsMode,
    /// With `tls = "files"`: the chain, PEM.
    pub(crate) tls_certificate: Option<PathBuf>,
    /// With `tls = "files"`: the key, PEM.
    pub(crate) tls_key: Option<PathBuf>,
    /// With `tls = "acme"`: the e-mail address that the authority writes to, if any.
    pub(crate) acme_contact: Option<String>,
    /// With `tls = "acme"`: the authority's directory (RFC 8555 §7.1.1), https.
    pub(crate) acme_directory: String,
    /// With `tls = "acme"`: a private authority's root, PEM, trusted beside those of the operating system when it is asked.
    pub(crate) acme_root: Option<PathBuf>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub(crate) trusted_proxies: Vec<IpAddr>,
    /// Sign-ins of one address, a minute.
    pub(crate) sign_ins_per_minute: NonZeroU32,
    /// What is logged, as `tracing` filters say it.
    pub(crate) log: String,
    /// The customer app that downloads are prepared from.
    pub(crate) customer_app: Option<PathBuf>,
    /// The mail server by which customers are invited; none: they are not. A table of the file.
    pub(crate) mail: Option<MailSettings>,
    /// The service by which customers are invited with text messages; none: they are not. A table of the file.
    pub(crate) sms: Option<SmsSettings>,
    /// How long a session waits for a customer who was lost. No key: the protocol's limit, which tests shorten.
    #[serde(skip, default = "customer_away")]
    pub(crate) customer_away: Duration,
}

fn customer_away() -> Duration {
    protocol::limits::CUSTOMER_AWAY
}

/// What is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigurationError {
    /// A value is of the wrong kind, or a key is unknown.
    #[error("configuration: {0}")]
    Value(Box<figment::Error>),
    /// The file named by `--config` is not there.
    #[error("configuration: no file {0}")]
    NoFile(PathBuf),
    /// A file that a key names cannot be read.
    #[error("configuration: {key}: {path}: {error}")]
    File {
        /// The key.
        key: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        error: std::io::Error,
    },
    /// A value contradicts another.
    #[error("configuration: {key}: {what}")]
    Rule {
        /// The key.
        key: &'static str,
        /// What is expected.
        what: &'static str,
    },
}

impl Default for Configuration {
    fn default() -> Self {
        Self {
            data: PathBuf::from("data"),
            listen: SocketAddr::from(([0, 0, 0, 0], 8443)),
            public_url: None,
            database: None,
            tls: TlsMode::Own,
            tls_certificate: None,
            tls_key: None,
            acme_contact: None,
            acme_directory: acme::LETS_ENCRYPT.to_owned(),
            acme_root: None,
            trusted_proxies: Vec::new(),
            sign_ins_per_minute: const { NonZeroU32::new(60).unwrap() },
            log: "info,sea_orm_migration=warn,sqlx::postgres::notice=warn".to_owned(),
            customer_app: None,
            mail: None,
            sms: None,
            customer_away: customer_away(),
        }
    }
}

impl Configuration {
    /// Reads file, environment and flags.
    pub(crate) fn load(file: Option<&Path>, flags: impl Serialize) -> Result<Self, ConfigurationError> {
        let mut sources = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(ConfigurationError::NoFile(file.to_owned()));
            }
            sources = sources.merge(Toml::file_exact(file));
        }
        sources = sources.merge(Env::prefixed("BESIDE_").only(&KEYS)).merge(Serialized::defaults(flags));
        let configuration: Self =
            sources.extract().map_err(|error| ConfigurationError::Value(Box::new(error)))?;
        configuration.checked()
    }

    /// What no single key can say about itself.
    fn checked(self) -> Result<Self, ConfigurationError> {
        let rule = |key, what| Err(ConfigurationError::Rule { key, what });
        if self.tls == TlsMode::Files && (self.tls_certificate.is_none() || self.tls_key.is_none()) {
            return rule("tls", "\"files\" needs tls_certificate and tls_key");
        }
        if self.tls == TlsMode::Off && !self.listen.ip().is_loopback() && self.trusted_proxies.is_empty() {
            return rule("tls", "\"off\" is for loopback, or with trusted_proxies that do TLS");
        }
        if let Some(url) = &self.public_url {
            let uri: Option<http::Uri> = url.parse().ok();
            let whole = uri.as_ref().is_some_and(|uri| uri.host().is_some() && uri.path() == "/");
            if !whole || !matches!(uri.as_ref().and_then(http::Uri::scheme_str), Some("https" | "http")) {
                return rule("public_url", "an address such as https://support.example.com");
            }
        }
        self.check_acme()?;
        self.check_invitations()?;
        Ok(self)
    }

    /// Makes the data folder, for the server's own account alone: it holds keys and everybody's records.
    pub(crate) fn make_data_folder(&self) -> std::io::Result<()> {
        make_private_folder(&self.data)
    }

    /// Where the database is.
    pub(crate) fn database_url(&self) -> String {
        let file = || format!("sqlite://{}", self.data.join("beside.db").display());
        self.database.clone().unwrap_or_else(file)
    }

    /// The server's own origin, `https://host[:port]`, without a slash.
    pub(crate) fn origin(&self) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => {
                let scheme = if self.is_plain_http() { "http" } else { "https" };
                format!("{scheme}://localhost:{}", self.listen.port())
            }
        }
    }

    /// Whether the server itself speaks HTTP to what reaches it first, and nothing in front does TLS.
    pub(crate) fn is_plain_http(&self) -> bool {
        self.tls == TlsMode::Off && self.trusted_proxies.is_empty()
    }

    /// Whether browsers may be told to come by TLS alone: by certificate files, by ACME, or by a proxy that does TLS.
    /// With the own authority a browser that does not know it yet could not even be shown how to install it.
    pub(crate) fn has_lasting_tls(&self) -> bool {
        let is_plain = self.public_url.as_ref().is_some_and(|url| url.starts_with("http:"));
        match self.tls {
            TlsMode::Own => false,
            TlsMode::Files | TlsMode::Acme => !is_plain,
            TlsMode::Off => !is_plain && !self.trusted_proxies.is_empty(),
        }
    }
}

/// Makes a folder, and those around it, for the server's own account alone.
pub(crate) fn make_private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    for_owner_alone(&mut builder);
    builder.create(folder)
}

#[cfg(unix)]
fn for_owner_alone(builder: &mut std::fs::DirBuilder) {
    use std::os::unix::fs::DirBuilderExt as _;
    builder.mode(0o700);
}

#[cfg(not(unix))]
fn for_owner_alone(_builder: &mut std::fs::DirBuilder) {}

#[cfg(test)]
mod tests;
