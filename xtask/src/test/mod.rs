//! `cargo xtask test`: everything that must hold before a change lands, in one run; what CI runs.

mod parts;
mod tally;

use std::time::Instant;

use anyhow::{Result, bail};
use clap::Args;

use crate::project::Project;
use crate::report::{say, seconds, step, warn};
use crate::setup;
use tally::Tally;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Only these parts, by name (see the list that a full run prints at its end).
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Installs what is missing without asking.
    #[arg(long)]
    yes: bool,
}

/// Installs what is missing, runs each part even when one before it failed, prints each part's seconds, and ends with the count of tests.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    let mut total = Tally::default();
    let mut lines = Vec::new();
    let mut broken = Vec::new();
    let start = Instant::now();
    setup::run(
        project,
        &setup::Arguments { yes: arguments.yes, tests: true, ..setup::Arguments::default() },
    )?;
    lines.push(format!(
        "{:>9}  {:<12} ok      what is missing is installed",
        seconds(start.elapsed()),
        "setup"
    ));
    for part in parts::ALL {
        if !arguments.only.is_empty() && !arguments.only.iter().any(|name| name == part.name) {
            continue;
        }
        step(part.title);
        let start = Instant::now();
        let outcome = (part.run)(project);
        let time = seconds(start.elapsed());
        let verdict = match outcome {
            Ok(tally) if tally.failed == 0 => {
                total.add(tally);
                "ok"
            }
            Ok(tally) => {
                total.add(tally);
                broken.push(part.name);
                "FAILED"
            }
            Err(error) => {
                warn(&format!("{}: {error:#}", part.name));
                total.add(Tally::one_failed());
                broken.push(part.name);
                "FAILED"
            }
        };
        lines.push(format!("{:>9}  {:<12} {verdict:<7} {}", time, part.name, part.title));
        say(&format!("{}: {verdict}, {time}", part.name));
    }
    say("");
    for line in &lines {
        say(line);
    }
    say("");
    say(&total.summary());
    if !broken.is_empty() {
        bail!("failed: {}", broken.join(", "));
    }
    Ok(())
}
