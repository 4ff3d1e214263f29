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
    setup::run(project, &arguments.setup())?;
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

impl Arguments {
    /// Debian packages and npm alone: the demo runs no tests.
    fn setup(&self) -> setup::Arguments {
        setup::Arguments { yes: self.yes, record: self.record.is_some(), ..setup::Arguments::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;
    use clap::{Args as _, Command, FromArgMatches as _};

    #[test]
    fn the_demo_installs_nothing_for_tests_or_the_bench() {
        for line in [&["demo", "--yes"][..], &["demo", "--yes", "--record", "out.webm"]] {
            let given = Arguments::augment_args(Command::new("demo")).try_get_matches_from(line);
            let wanted = Arguments::from_arg_matches(&given.unwrap()).unwrap().setup();
            assert!(wanted.yes && !wanted.tests && !wanted.bench);
            assert_eq!(wanted.record, line.contains(&"--record"));
        }
    }
}
