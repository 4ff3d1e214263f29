//! `cargo xtask build`: the programs of server and customer, with the pages inside.

use anyhow::Result;
use clap::Args;
use xshell::cmd;

use crate::project::Project;
use crate::web;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Optimised, as people install it.
    #[arg(long)]
    release: bool,
}

/// Builds web/dist, then `beside-server` (which embeds it) and `beside`.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    web::run(project)?;
    let shell = project.shell(".")?;
    let profile = arguments.release.then_some("--release");
    cmd!(shell, "cargo build --package server --package customer {profile...}").run()?;
    Ok(())
}
