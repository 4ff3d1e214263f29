//! `beside-server usage-log verify`: names the first line that was changed or removed [G-3].

use crate::settings::Settings;
use clap::Subcommand;
use std::process::ExitCode;
use store::{Store, companies, usage_log};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Walk every company's usage log and compare it with its head
    Verify {
        /// One company only, by its short name
        #[arg(long, value_name = "NAME")]
        company: Option<String>,
    },
}

impl Command {
    pub(super) async fn run(&self, settings: Settings) -> anyhow::Result<ExitCode> {
        let Self::Verify { company } = self;
        let store = Store::open(&settings.database_url()).await?;
        let mut all = companies::list(&store).await?;
        if let Some(name) = company {
            let wanted = companies::find_by_short_name(&store, name).await?;
            all.retain(|found| wanted.as_ref().is_some_and(|wanted| wanted.id == found.id));
            anyhow::ensure!(!all.is_empty(), "no company {name}");
        }
        let mut whole = true;
        for company in all {
            match usage_log::verify(company.id, &store).await? {
                Ok(lines) => super::print(&format!("{}: {lines} lines, whole", company.short_name)),
                Err(broken) => {
                    whole = false;
                    super::print(&format!("{}: broken: {broken}", company.short_name));
                }
            }
        }
        Ok(if whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
