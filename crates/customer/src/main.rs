//! The customer app: windows, and the wires between them, the server, the console, the screen and the keyboard.
//!
//! What may happen is decided in the `session` crate; nothing here decides. The windows run on the main thread, a
//! session on a thread of its own; the two exchange values of [`running::Press`] and [`running::Show`].

mod arguments;
mod closing;
mod code;
mod link;
mod machine;
mod memory;
mod prepared;
mod running;
mod texts;
mod trust;
mod windows;
#[cfg(test)]
mod xvfb;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,winit=error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    memory::keep_little();
    match windows::run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(arguments.language()),
    }
}
