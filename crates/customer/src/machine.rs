//! What this machine tells of itself (consoles and records show it).

use std::net::UdpSocket;
use std::time::SystemTime;

use protocol::{limits::MACHINE_TEXT_CHARS, wire};

use crate::link::Origin;

/// Name and version of the system, the machine's name, and the address from which it reaches `server`.
pub(crate) fn describe(server: &Origin) -> wire::Machine {
    wire::Machine {
        os: system_name().to_owned(),
        os_version: cut(&os_version()),
        host_name: cut(&read("/proc/sys/kernel/hostname")),
        local_address: local_address(server).unwrap_or_default(),
    }
}

/// The machine's own clock, epoch milliseconds; 0 for one that stands before 1970.
pub(crate) fn clock_ms() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

fn system_name() -> &'static str {
    match std::env::consts::OS {
        "linux" => "Linux",
        "windows" => "Windows",
        "macos" => "macOS",
        other => other,
    }
}

fn os_version() -> String {
    read("/etc/os-release")
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="))
        .map(|name| name.trim_matches('"').to_owned())
        .unwrap_or_default()
}

/// Connecting a UDP socket sends nothing; it only asks for the route.
fn local_address(server: &Origin) -> Option<String> {
    let probe = UdpSocket::bind("0.0.0.0:0").ok()?;
    probe.connect((server.host(), server.port())).ok()?;
    Some(probe.local_addr().ok()?.ip().to_string())
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn cut(text: &str) -> String {
    protocol::text::line(text, MACHINE_TEXT_CHARS)
}
