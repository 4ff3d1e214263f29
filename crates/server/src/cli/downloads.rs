//! `beside-server downloads`: the customer app, prepared for this server.

use crate::{address::Address, clock::now_ms, configuration::Configuration, downloads, sessions::Keys, tls};
use clap::Subcommand;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

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
    /// Offer a file to read, such as a manual
    Add {
        /// The file; its name is kept
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        /// What it is, for people
        #[arg(long, value_name = "TEXT")]
        title: String,
        /// Its version, for people
        #[arg(long, value_name = "TEXT")]
        version: String,
    },
    /// Take a file out of the downloads
    Remove {
        /// Its name, as it is listed
        #[arg(long, value_name = "NAME")]
        file: String,
    },
}

impl Command {
    pub(super) fn run(&self, configuration: &Configuration) -> anyhow::Result<ExitCode> {
        std::fs::create_dir_all(&configuration.data)?;
        match self {
            Self::Prepare { app, json } => prepare(configuration, app, *json)?,
            Self::Add { file, title, version } => {
                let added = downloads::add(configuration, file, title, version)?;
                super::print(&format!("{} is offered (SHA-256 {})", added.file, added.sha256));
            }
            Self::Remove { file } => {
                if !downloads::remove(configuration, file)? {
                    anyhow::bail!("there is no download {file}");
                }
                super::print(&format!("{file} is no longer offered"));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn prepare(configuration: &Configuration, app: &Path, json: bool) -> anyhow::Result<()> {
    let keys = Keys::open(&configuration.data.join("keys"), u64::try_from(now_ms()).unwrap_or_default())?;
    let address = Address::of_command(configuration)?;
    let authority = tls::prepare(configuration, &address)?.authority;
    let prepared =
        downloads::prepare(configuration, &address, keys.identity_hash(), authority.as_ref(), app)?;
    if json {
        super::print(&serde_json::to_string(&prepared)?);
    } else {
        super::print(&format!(
            "{} is prepared for {} ({} bytes, SHA-256 {})\n\
            An app that is not prepared asks its customer to compare this server's fingerprint: {}",
            prepared.file,
            address.origin(),
            prepared.size_bytes,
            prepared.sha256,
            keys.identity_hash().to_text()
        ));
    }
    Ok(())
}
