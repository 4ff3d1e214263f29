//! `cargo xtask bench`: figures of our product, one JSON line each on standard output and nothing else there.

mod admin;
mod browser;
mod files;
mod film;
mod picture;
mod postgres;
mod session;

use std::os::fd::AsFd as _;
use std::process::{Command, Stdio};

use anyhow::Result;
use clap::Subcommand;

use crate::project::{Project, run as run_program};

pub(crate) use admin::check as check_admin;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Latency, bytes, processor time and exactness of the picture, beside its peers.
    Picture(picture::Arguments),
    /// Files each way beside a bare data channel and scp, clicks meanwhile, memory.
    Files(files::Arguments),
    /// Pages, searches and files of the administrator site over a generated company.
    Admin(admin::Arguments),
    /// What a second viewer costs the customer's app, and how late each voice is.
    Session(session::Arguments),
    /// How fast the standard file of a recording is made.
    Film(film::Arguments),
}

/// Builds optimised programs, measures, and prints the figures when all are there.
pub(crate) fn run(project: &Project, arguments: &Arguments) -> Result<()> {
    match &arguments.what {
        What::Picture(arguments) => picture::run(project, arguments),
        What::Files(arguments) => files::run(project, arguments),
        What::Admin(arguments) => admin::run(project, arguments),
        What::Session(arguments) => session::run(project, arguments),
        What::Film(arguments) => film::run(project, arguments),
    }
}

/// Another command of this program, talking to standard error.
fn ourselves(arguments: &[&str], more: Option<&str>) -> Result<()> {
    let mut command = Command::new(std::env::current_exe()?);
    run_program("preparing the bench", command.args(arguments).args(more).stdout(standard_error()?))
}

/// Standard output is for figures alone.
fn standard_error() -> Result<Stdio> {
    Ok(Stdio::from(std::io::stderr().as_fd().try_clone_to_owned()?))
}
