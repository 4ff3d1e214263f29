//! `cargo xtask demo`: the product as it is, with a company and a customer to try it with.

use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::project::Project;
use crate::report::step;
use crate::{end_to_end, setup, web};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Installs what is missing without asking.
    #[arg(long)]
    yes: bool,
    /// Plays a session by itself and films the console into this file; a picture of it goes beside, as OUT.png.
    #[arg(long, value_name = "OUT.webm")]
    record: Option<PathBuf>,
    /// Language of the demo customer and of the film: ko or en.
    #[arg(long, default_value = "ko")]
    language: String,
}

/// Installs, builds, and becomes the program that shows the demo, so that Ctrl-C reaches it alone.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let wanted = setup::Arguments { yes: arguments.yes, bench: false, record: arguments.record.is_some() };
    setup::run(project, &wanted)?;
    web::run(project)?;
    end_to_end::build_programs(project)?;
    step("Demo");
    let data = project.path("data");
    std::fs::create_dir_all(&data).context("data")?;
    let mut command = Command::new("node");
    command
        .current_dir(project.path("e2e"))
        .args(["--import", "tsx", "demo/main.ts", "--language", &arguments.language, "--data"])
        .arg(data)
        .env("BESIDE_PROGRAMS", project.target().join("debug"));
    if let Some(record) = &arguments.record {
        command.arg("--record").arg(std::path::absolute(record)?);
    }
    Err(command.exec()).context("cannot start node")
}
