//! Which Debian packages are needed, and which of them are missing.

use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::Arguments;
use crate::project::{is_installed, run};

/// For building: C compilers of dependencies (libzstd for the browser, libaom with its assembler, Opus), fonts of the app's
/// windows.
const BUILD: &[&str] = &[
    "build-essential",
    "ca-certificates",
    "clang",
    "cmake",
    "libfontconfig-dev",
    "lld",
    "llvm",
    "nasm",
    "pkg-config",
];

/// For tests and the demo: a desktop to share with programs and an input method of a Korean customer's, a browser to look with,
/// hands to work both, the database that large companies run, an authority that certifies the server by ACME, a mail server,
/// a sound server, what opens the files that people take away, and a printing system with its own suite for printers.
const DESKTOP: &[&str] = &[
    "at-spi2-core",
    "chromium",
    "chromium-headless-shell",
    "cups",
    "cups-client",
    "cups-ipp-utils",
    "dbus",
    "featherpad",
    "file",
    "fonts-nanum",
    "gir1.2-atspi-2.0",
    "ibus",
    "ibus-gtk3",
    "ibus-hangul",
    "imagemagick",
    "iproute2",
    "libreoffice-calc-nogui",
    "openbox",
    "openssl",
    "pebble",
    "poppler-utils",
    "postgresql-15",
    "procps",
    "pulseaudio",
    "pulseaudio-utils",
    "python3",
    "python3-aiosmtpd",
    "python3-gi",
    "python3-xdg",
    "systemd",
    "xauth",
    "xclip",
    "xdg-utils",
    "xdotool",
    "xserver-xephyr",
    "xterm",
    "x11-xkb-utils",
    "x11-xserver-utils",
    "xkb-data",
    "xvfb",
    "zenity",
];

/// The systems that the bench measures ours against.
const BENCH: &[&str] =
    &["novnc", "openssh-client", "openssh-server", "tigervnc-standalone-server", "websockify", "x11vnc"];

/// What films the demo.
const RECORD: &[&str] = &["ffmpeg"];

/// The wanted packages that `dpkg` does not have installed.
pub(super) fn missing(arguments: &Arguments) -> Result<Vec<&'static str>> {
    if !is_installed("dpkg-query") {
        bail!(
            "setup knows Debian packages only; install their like by hand: {}",
            wanted(arguments).join(" ")
        );
    }
    let mut missing = wanted(arguments);
    missing.retain(|package| !has_package(package));
    Ok(missing)
}

/// Installs packages, by sudo unless we are root.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    run("apt-get update", as_root("apt-get")?.args(["-q", "update"]))?;
    run(
        "apt-get install",
        as_root("apt-get")?
            .args(["-q", "--yes", "--no-install-recommends", "install"])
            .args(packages)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null()),
    )
}

fn wanted(arguments: &Arguments) -> Vec<&'static str> {
    let mut wanted = [BUILD, DESKTOP].concat();
    if arguments.bench {
        wanted.extend(BENCH);
    }
    if arguments.record {
        wanted.extend(RECORD);
    }
    wanted
}

fn has_package(package: &str) -> bool {
    Command::new("dpkg-query")
        .args(["--show", "--showformat", "${db:Status-Status}", package])
        .stderr(Stdio::null())
        .output()
        .is_ok_and(|output| output.stdout == b"installed")
}

/// Whoever may not install them hears so now, and sudo asks for its password before anything else writes to the terminal.
///
/// Errors: there is no way to root here, or none was given.
pub(super) fn ask_for_root() -> Result<()> {
    run("becoming root", &mut as_root("true")?)
}

fn as_root(program: &str) -> Result<Command> {
    let id = Command::new("id").arg("-u").output().context("id")?;
    if id.stdout.trim_ascii() == b"0" {
        return Ok(Command::new(program));
    }
    if !is_installed("sudo") {
        bail!(
            "installing packages needs root: there is no sudo here, so run `cargo xtask setup` as root once"
        );
    }
    let mut command = Command::new("sudo");
    command.arg("--preserve-env=DEBIAN_FRONTEND").arg(program);
    Ok(command)
}
