//! The command line.

use std::process::ExitCode;

use crate::texts::{Language, Texts};

/// Remote support, the customer's side.
#[derive(Debug, clap::Parser)]
#[command(name = "beside", version)]
pub(crate) struct Arguments {
    /// The server, for a program that no server has prepared: `https://HOST[:PORT]`.
    #[arg(long, value_name = "URL")]
    pub(crate) server: Option<String>,
    /// The connection code to begin with; it is shown and still confirmed.
    #[arg(long, value_name = "CODE")]
    pub(crate) code: Option<String>,
    /// Language of the windows: `ko` or `en`; else the desktop's.
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<Language>,
    /// Trust the server with this identity (SHA-256, 64 hexadecimal digits) without asking.
    #[arg(long, value_name = "HEX")]
    pub(crate) accept_identity: Option<String>,
    /// Colours: `light` or `dark`; else the desktop's.
    #[arg(long, value_name = "COLOURS", value_parser = ["light", "dark"])]
    pub(crate) colours: Option<String>,
    /// Go on with the session that stood before the machine was restarted; the desktop starts the program so, for once.
    #[arg(long = "return")]
    pub(crate) returns: bool,
}

impl Arguments {
    pub(crate) fn language(&self) -> Language {
        self.language.unwrap_or_else(Language::of_desktop)
    }
}

/// Why the program does not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    /// No display.
    #[error("no display can be opened")]
    NoDisplay(#[source] slint::PlatformError),
    /// The display takes no window: its colours are not those that windows are drawn in (8 bits).
    #[error("the display takes no window")]
    NoWindow,
    /// The display lacks what windows need; kebab-case.
    #[error("the display takes no window: {0}")]
    Display(&'static str),
    /// A prepared program was told to use another server.
    #[error("a prepared program takes no server")]
    Prepared,
    /// The prepared slot does not read.
    #[error("the program is damaged")]
    Damaged(#[from] protocol::slot::SlotError),
    /// `--server` is no address.
    #[error("the server's address does not read")]
    Server,
    /// `--accept-identity` is no hash.
    #[error("the identity does not read")]
    Identity,
}

impl StartError {
    /// Says it on standard error, for there is no window. Exit codes: 2 usage, 3 no display, 4 damaged.
    pub(crate) fn report(&self, language: Language) -> ExitCode {
        let (key, code) = match self {
            Self::NoDisplay(_) => ("customer-stderr-no-display", 3),
            Self::NoWindow => ("customer-stderr-no-window", 3),
            Self::Display(_) => ("customer-stderr-no-randr", 3),
            Self::Prepared => ("customer-stderr-prepared", 2),
            Self::Damaged(_) => ("customer-stderr-damaged", 4),
            Self::Server => ("customer-stderr-server", 2),
            Self::Identity => ("customer-stderr-identity", 2),
        };
        eprintln!("beside: {}", Texts::new(language).get(key));
        tracing::debug!(error = ?self, "Not started");
        ExitCode::from(code)
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::{CommandFactory as _, Parser as _};

    /// RustDesk: an address of its own scheme on any page sets a permanent password, with nobody asked (CWE-352). A desktop
    /// hands an address to a program as its argument; this one takes none, and no argument of it agrees to anything or sets
    /// what outlives the run.
    #[test]
    fn cve_2026_30793_no_address_reaches_the_app_and_no_argument_sets_a_password() {
        for address in
            ["beside://password/hunter2", "beside:password/hunter2", "https://a.kr/", "%u", "hunter2"]
        {
            assert!(Arguments::try_parse_from(["beside", address]).is_err(), "{address}");
            assert!(Arguments::try_parse_from(["beside", "--", address]).is_err(), "{address}");
        }
        for option in ["--password", "--set-password", "--unattended", "--agree", "--yes", "--config"] {
            assert!(Arguments::try_parse_from(["beside", option, "hunter2"]).is_err(), "{option}");
        }
        let command = Arguments::command();
        let known: Vec<&str> = command.get_arguments().map(|argument| argument.get_id().as_str()).collect();
        assert_eq!(
            known,
            // "returns" leads back to what its customer had agreed to, from a file of theirs alone, and only once.
            ["server", "code", "language", "accept_identity", "colours", "returns"],
            "decide what a new one may do"
        );
        assert!(!command.has_subcommands());
    }
}
