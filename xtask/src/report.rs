//! What commands say: progress to standard error, results to standard output.

use std::time::Duration;

/// A line of progress.
pub(crate) fn step(text: &str) {
    eprintln!("\n── {text}");
}

/// A remark that fails nothing.
pub(crate) fn warn(text: &str) {
    eprintln!("warning: {text}");
}

/// A line of the result.
#[expect(clippy::print_stdout, reason = "results of commands belong on standard output")]
pub(crate) fn say(text: &str) {
    println!("{text}");
}

/// Seconds with one decimal, as every part of the tests prints them.
pub(crate) fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
