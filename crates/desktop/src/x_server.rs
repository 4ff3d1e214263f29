//! X servers that tests start for themselves.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// Xvfb with one screen of this size: `1280x800x24`.
pub(crate) fn xvfb(size: &str) -> Command {
    let mut server = Command::new("Xvfb");
    server.args(["-screen", "0", size]);
    server
}

/// Starts an X server, and gives it with its display's name once it takes connections.
pub(crate) fn serve(server: &mut Command) -> (Child, String) {
    let mut server = server
        .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("an X server");
    let mut number = String::new();
    let out = server.stdout.take().expect("its output");
    BufReader::new(out).read_line(&mut number).expect("a display's number");
    (server, format!(":{}", number.trim()))
}
