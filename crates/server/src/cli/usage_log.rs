//! `beside-server usage-log verify`: names the first line that was changed or removed [G-3].

use crate::{clock::now_ms, configuration::Configuration, sessions::Keys, usage_log};
use anyhow::Context as _;
use clap::Subcommand;
use std::{path::PathBuf, process::ExitCode};
use store::{Store, companies};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Walk every company's usage log and compare it with the signed heads that stand beside it
    Verify {
        /// One company only, by its short name
        #[arg(long, value_name = "NAME")]
        company: Option<String>,
        /// Compare it also with the signed heads in this file: an application log, or a copy of one that was kept elsewhere
        #[arg(long = "log", value_name = "FILE")]
        logs: Vec<PathBuf>,
    },
}

impl Command {
    pub(super) async fn run(&self, configuration: Configuration) -> anyhow::Result<ExitCode> {
        let Self::Verify { company, logs } = self;
        let mut kept = Vec::new();
        for file in logs {
            let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
            kept.extend(usage_log::heads_in(&String::from_utf8_lossy(&bytes)));
        }
        let keys = Keys::open(&configuration.data.join("keys"), u64::try_from(now_ms()).unwrap_or_default())?;
        let store = Store::open(&configuration.database_url()).await?;
        let mut all = companies::list(&store).await?;
        if let Some(name) = company {
            let wanted = companies::find_by_short_name(&store, name).await?;
            all.retain(|found| wanted.as_ref().is_some_and(|wanted| wanted.id == found.id));
            anyhow::ensure!(!all.is_empty(), "no company {name}");
        }
        let mut whole = true;
        for company in all {
            match usage_log::verify(&store, company.id, keys.identity_hash(), &kept).await? {
                Ok((lines, heads)) => {
                    super::print(&format!(
                        "{}: {lines} lines, {heads} signed heads, whole",
                        company.short_name
                    ));
                }
                Err(fault) => {
                    whole = false;
                    super::print(&format!("{}: broken: {fault}", company.short_name));
                }
            }
        }
        Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
