//! `beside-server downloads`: the customer app, prepared for this server.

use crate::{clock::now_ms, configuration::Configuration, downloads, sessions::Keys, tls};
use clap::Subcommand;
use std::{path::PathBuf, process::ExitCode};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Fill a customer app's slot with this server's address and keys, and offer it for download
    Prepare {
        /// The program as it was built
        #[arg(long, value_name = "FILE")]
        app: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

impl Command {
    pub(super) fn run(&self, configuration: &Configuration) -> anyhow::Result<ExitCode> {
        let Self::Prepare { app, json } = self;
        std::fs::create_dir_all(&configuration.data)?;
        let keys = Keys::open(&configuration.data.join("keys"), u64::try_from(now_ms()).unwrap_or_default())?;
        let authority = tls::prepare(configuration)?.and_then(|tls| tls.authority);
        let prepared = downloads::prepare(configuration, keys.identity_hash(), authority.as_ref(), app)?;
        if *json {
            super::print(&serde_json::to_string(&prepared)?);
        } else {
            super::print(&format!(
                "{} is prepared for {} ({} bytes, SHA-256 {})\n\
                An app that is not prepared asks its customer to compare this server's fingerprint: {}",
                prepared.file,
                configuration.origin(),
                prepared.size_bytes,
                prepared.sha256,
                keys.identity_hash().to_text()
            ));
        }
        Ok(ExitCode::SUCCESS)
    }
}
