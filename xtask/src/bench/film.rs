//! `cargo xtask bench film`: how many times faster than real time the standard file of a recording is made, on one line of JSON.

use anyhow::Result;
use xshell::cmd;

use crate::project::Project;
use crate::report::step;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Keeps the file that was made.
    #[arg(long, value_name = "FILE")]
    out: Option<std::path::PathBuf>,
}

/// Builds optimised programs, makes a minute of office work into a film, and prints the figures.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    step("Optimised programs");
    let shell = project.shell(".")?;
    cmd!(shell, "cargo build --locked --release --package=picture-workload").run()?;
    cmd!(shell, "cargo build --locked --release --package=film --example=film-bench").run()?;
    let release = project.target().join("release");
    let (bench, workload) = (release.join("examples/film-bench"), release.join("picture-workload"));
    let out = arguments.out.as_ref().map(std::path::absolute).transpose()?;
    Ok(cmd!(shell, "{bench} {workload}").args(out).run()?)
}
