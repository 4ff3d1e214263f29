//! A company of some years for the bench of the administrator site: makes its records, and measures a real server over
//! them. `cargo xtask bench admin` runs both.

mod figures;
mod generate;
mod http;
mod measure;
mod naive;
mod server;
mod sign_ins;
mod words;

use anyhow::Result;
use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;
use std::path::PathBuf;

/// What one thread makes for the database the other takes apart, a thousand values a record, and SQLite makes values of its own of them:
/// with the C library's allocator all of it takes half as long again.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Fills a database with records, and measures a server over it.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the company, unless it is there already.
    Generate(generate::Arguments),
    /// Fails unless the company is there already, as this version makes it.
    Look(generate::Arguments),
    /// Prints one JSON line per figure on standard output.
    Measure(measure::Arguments),
}

/// Where a generated company is kept.
#[derive(Clone, Debug, clap::Args)]
struct Place {
    /// The server's data folder, with the database where that is SQLite.
    #[arg(long)]
    data: PathBuf,
    /// A PostgreSQL database instead: `postgres://…`.
    #[arg(long)]
    postgres: Option<String>,
}

impl Place {
    fn url(&self) -> String {
        let file = || format!("sqlite://{}", self.data.join("beside.db").display());
        self.postgres.clone().unwrap_or_else(file)
    }

    fn database(&self) -> &'static str {
        if self.postgres.is_some() { "postgres" } else { "sqlite" }
    }
}

#[tokio::main]
async fn main() -> Result<()> {
    match Arguments::parse().command {
        Command::Generate(arguments) => generate::run(&arguments).await,
        Command::Look(arguments) => generate::look(&arguments),
        Command::Measure(arguments) => measure::run(&arguments).await,
    }
}
