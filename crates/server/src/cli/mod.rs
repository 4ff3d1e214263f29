//! The command line of `beside-server`.

mod company;
mod downloads;
mod licence;
mod openapi;
mod record;
mod serve;
mod source;
mod usage_log;

use crate::{
    configuration::{Configuration, ConfigurationError, TlsMode},
    recordings::FilmWorker,
};
use clap::{Args, Parser, Subcommand};
use serde::Serialize;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
};

/// Self-hosted remote support: server, database, TLS and downloads in one program.
#[derive(Debug, Parser)]
#[command(name = "beside-server", version)]
struct Arguments {
    /// Configuration file, TOML
    #[arg(long, global = true, env = "BESIDE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Configuration that may be given as flags, over file and environment.
#[derive(Clone, Debug, Args, Serialize)]
struct Flags {
    /// Folder of everything that the server keeps
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<PathBuf>,
    /// Address and port to listen on; port 0: any free one
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<SocketAddr>,
    /// The address that people use
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
    /// sqlite:///FILE or postgres://…
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    database: Option<String>,
    /// How TLS is done
    #[arg(long, global = true, value_enum)]
    #[serde(skip_serializing_if = "Option::is_none")]
    tls: Option<TlsMode>,
    /// With --tls files: the certificate chain, PEM
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_certificate: Option<PathBuf>,
    /// With --tls files: the key, PEM
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    tls_key: Option<PathBuf>,
    /// With --tls acme: the e-mail address that the authority writes to
    #[arg(long, global = true, value_name = "EMAIL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    acme_contact: Option<String>,
    /// With --tls acme: the authority's directory; Let's Encrypt's where not given
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    acme_directory: Option<String>,
    /// With --tls acme: the root certificate of a private authority, PEM
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    acme_root: Option<PathBuf>,
    /// A reverse proxy whose X-Forwarded-For is believed; may be repeated
    #[arg(long = "trusted-proxy", global = true, value_name = "ADDRESS")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    trusted_proxies: Vec<IpAddr>,
    /// The customer app that downloads are prepared from
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_app: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (what happens without a command, too)
    Serve(serve::Serve),
    /// Add and list companies, and set what they may
    #[command(subcommand)]
    Company(company::Command),
    /// Prepare the customer app for download
    #[command(subcommand)]
    Downloads(downloads::Command),
    /// Print the contract of the HTTP interface
    Openapi,
    /// Export a record, and check an exported one
    #[command(subcommand)]
    Record(record::Command),
    /// Check the usage log
    #[command(subcommand)]
    UsageLog(usage_log::Command),
    #[command(hide = true)]
    Film(FilmWorker),
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("beside-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}

impl Arguments {
    fn run(self) -> anyhow::Result<ExitCode> {
        match &self.command {
            None => self.in_runtime(serve::Serve::default().run(self.configuration()?, self.source())),
            Some(Command::Serve(serve)) => {
                self.in_runtime(serve.clone().run(self.configuration()?, self.source()))
            }
            Some(Command::Company(command)) => self.in_runtime(command.run(self.configuration()?)),
            // On a machine that has nothing else of a server.
            Some(Command::Record(record::Command::Verify(verify))) => verify.run(),
            Some(Command::Record(command)) => self.in_runtime(command.run(self.configuration()?)),
            Some(Command::UsageLog(command)) => self.in_runtime(command.run(self.configuration()?)),
            Some(Command::Downloads(command)) => command.run(&self.configuration()?),
            Some(Command::Openapi) => openapi::print(),
            Some(Command::Film(worker)) => worker.run(),
        }
    }

    fn configuration(&self) -> Result<Configuration, ConfigurationError> {
        Configuration::load(self.config.as_deref(), &self.flags)
    }

    fn source(&self) -> source::Source {
        source::Source { file: self.config.clone(), flags: self.flags.clone() }
    }

    fn in_runtime(&self, work: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let done = runtime.block_on(work);
        // Blocking work that nobody waits for any more does not hold the program.
        runtime.shutdown_background();
        done
    }
}

/// Prints a line of the command's result.
#[expect(clippy::print_stdout, reason = "what a command prints is its result")]
fn print(line: &str) {
    println!("{line}");
}
