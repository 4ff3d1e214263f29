//! The server under test.

use crate::{
    Place,
    generate::{COMPANY, LOGIN, PASSWORD},
    http::Browser,
};
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// The server under test, which ends with this program.
pub(crate) struct Server {
    child: Child,
    address: String,
}

impl Server {
    pub(crate) fn start(program: &Path, place: &Place) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(["serve", "--json-ready"]);
        command.env("BESIDE_DATA", &place.data).env("BESIDE_LISTEN", "127.0.0.1:0").env("BESIDE_TLS", "off");
        command.env("BESIDE_LOG", "warn").stdout(Stdio::piped());
        if let Some(url) = &place.postgres {
            command.env("BESIDE_DATABASE", url);
        }
        let mut child = command.spawn().with_context(|| program.display().to_string())?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("stdout")?).read_line(&mut line)?;
        let ready: Value =
            serde_json::from_str(&line).with_context(|| format!("the server said {line:?}"))?;
        let address = ready.get("address").and_then(Value::as_str).context("address")?.to_owned();
        Ok(Self { child, address })
    }

    pub(crate) fn sign_in(&self) -> Result<Browser> {
        let mut browser = Browser::new(&self.address);
        let body = json!({ "company": COMPANY, "id": LOGIN, "password": PASSWORD }).to_string();
        let answer = browser.post("/api/manage/sign-in", &body)?;
        if answer.status != 200 {
            bail!("sign-in: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
        }
        let session: Value = serde_json::from_slice(&answer.body)?;
        let token = session.get("csrf_token").and_then(Value::as_str).context("csrf_token")?;
        token.clone_into(&mut browser.csrf_token);
        Ok(browser)
    }

    /// A browser that has this cookie.
    pub(crate) fn browser(&self, cookie: &str) -> Browser {
        let mut browser = Browser::new(&self.address);
        browser.keep(cookie);
        browser
    }

    /// A line of `/proc/PID/status`.
    pub(crate) fn memory_mib(&self, name: &str) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with(name)).context("no such line")?;
        let kib: f64 = line.split_whitespace().nth(1).context("no value")?.parse()?;
        Ok(kib / 1_024.0)
    }

    /// From here on the peak is counted anew.
    pub(crate) fn forget_peak(&self) -> Result<()> {
        Ok(std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5")?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait()) {
            eprintln!("the server was not ended: {error}");
        }
    }
}
