//! An X server, and the program on it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// An X server of its own.
pub(crate) struct Screen {
    name: String,
    home: TempDir,
    server: Child,
}

impl Screen {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb");
        let mut number = String::new();
        BufReader::new(server.stdout.take().expect("its output")).read_line(&mut number).expect("a number");
        let name = format!(":{}", number.trim());
        Self { name, home: tempfile::tempdir().expect("a folder"), server }
    }

    pub(crate) fn beside(&self) -> Beside {
        Beside::start(self.command(env!("CARGO_BIN_EXE_beside")))
    }

    pub(crate) fn wait_for_window(&self, title: &str) {
        let end = Instant::now() + Duration::from_secs(20);
        let mut look = self.command("xdotool");
        look.args(["search", "--onlyvisible", "--name", title]);
        while !look.status().expect("xdotool").success() {
            assert!(Instant::now() < end, "no window {title}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = command(program, &self.home);
        command.env("DISPLAY", &self.name);
        command
    }
}

fn command(program: &str, home: &TempDir) -> Command {
    let mut command = Command::new(program);
    command.env("HOME", home.path()).env_remove("WAYLAND_DISPLAY").env_remove("RUST_BACKTRACE");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _gone_already = self.server.kill();
        let _status = self.server.wait();
    }
}

/// The running program.
pub(crate) struct Beside(Child);

impl Beside {
    /// Started where `DISPLAY` says this, or nothing.
    pub(crate) fn on_display(display: Option<&str>, home: &TempDir) -> Self {
        let mut command = command(env!("CARGO_BIN_EXE_beside"), home);
        command.env_remove("DISPLAY").envs(display.map(|name| ("DISPLAY", name)));
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        command.args(["--language", "en", "--server", "https://support.example"]).stderr(Stdio::piped());
        Self(command.spawn().expect("the program"))
    }

    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.0.id().to_string()]).status();
        assert!(sent.expect("kill").success());
    }

    /// Waits for its end: its exit code and what it said. One that does not end in time is killed and has no code.
    pub(crate) fn end(mut self, within: Duration) -> (Option<i32>, String) {
        let until = Instant::now() + within;
        while self.0.try_wait().expect("a child").is_none() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _gone_already = self.0.kill();
        let code = self.0.wait().expect("a child").code();
        let mut said = String::new();
        self.0.stderr.take().expect("its output").read_to_string(&mut said).expect("text");
        (code, said)
    }
}
