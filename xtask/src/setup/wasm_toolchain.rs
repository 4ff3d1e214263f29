//! A Rust toolchain that can build for WebAssembly: the machine's own where rustup has (or gets) the target,
//! else Debian's `rust-web`, unpacked beside the user's caches, which builds the standard library from source.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::project::{is_installed, run};
use crate::report::{step, warn};
use crate::wasm::TARGET;

/// Below the target folder, so that the two compilers never throw away each other's work.
pub(crate) const TARGET_FOLDER: &str = "wasm";

/// Where the compiler for WebAssembly comes from.
pub(crate) enum Toolchain {
    /// The machine's own cargo has the target's standard library.
    Own,
    /// Debian's packages, unpacked at this prefix.
    Debian(PathBuf),
}

impl Toolchain {
    /// What is there, the machine's own first.
    pub(crate) fn find() -> Option<Self> {
        if own_has_target() {
            return Some(Self::Own);
        }
        let prefix = prefix()?;
        prefix.join("usr/bin/rustc").is_file().then_some(Self::Debian(prefix))
    }

    /// A cargo that builds for the target.
    pub(crate) fn cargo(&self) -> Command {
        match self {
            Self::Own => Command::new("cargo"),
            Self::Debian(prefix) => debian_cargo(prefix),
        }
    }

    /// What the build must be told beyond the target.
    pub(crate) fn build_options(&self) -> &'static [&'static str] {
        match self {
            Self::Own => &[],
            Self::Debian(_) => &["-Zbuild-std=std,panic_abort"],
        }
    }
}

/// Adds the target by rustup, or unpacks Debian's toolchain where rustup is absent or cannot fetch.
pub(super) fn install() -> Result<()> {
    if is_installed("rustup") {
        match run("rustup target add", Command::new("rustup").args(["target", "add", TARGET])) {
            Ok(()) => return Ok(()),
            Err(error) => warn(&format!("{error:#}; taking Debian's toolchain")),
        }
    }
    unpack_debian()
}

fn own_has_target() -> bool {
    let Ok(output) = Command::new("rustc").args(["--print", "sysroot"]).output() else { return false };
    let sysroot = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Path::new(&sysroot).join("lib/rustlib").join(TARGET).join("lib").is_dir()
}

fn prefix() -> Option<PathBuf> {
    let cache = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")))?;
    Some(cache.join("beside/rust-web"))
}

/// The machine's own cargo with Debian's compiler: Debian's cargo wants libraries that only root could install.
fn debian_cargo(prefix: &Path) -> Command {
    let mut command = Command::new("cargo");
    command
        .env("LD_LIBRARY_PATH", prefix.join("usr/lib/x86_64-linux-gnu"))
        .env("RUSTC", prefix.join("usr/bin/rustc"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld");
    command
}

/// Downloads and unpacks without installing, since the packages would fight with the machine's own Rust.
fn unpack_debian() -> Result<()> {
    let prefix = prefix().context("no home folder")?;
    let downloads = prefix.join("packages");
    std::fs::create_dir_all(&downloads)?;
    step("Debian's Rust for WebAssembly");
    let development = "libstd-rust-web-dev";
    let standard_library = dependency(development, "libstd-rust-web-")?;
    let compiler_library = dependency(&standard_library, "libllvm")?;
    run(
        "apt-get download",
        Command::new("apt-get").current_dir(&downloads).arg("download").args([
            "rustc-web",
            &standard_library,
            development,
            "rust-web-src",
            &compiler_library,
        ]),
    )?;
    for entry in std::fs::read_dir(&downloads)? {
        let package = entry?.path();
        run("dpkg -x", Command::new("dpkg").arg("-x").arg(&package).arg(&prefix))?;
    }
    Ok(())
}

/// The first package that `package` depends on and whose name begins with `start` and ends with its version.
fn dependency(package: &str, start: &str) -> Result<String> {
    let output = Command::new("apt-cache").args(["depends", package]).output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let name = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Depends: "))
        .find(|name| name.starts_with(start) && name.ends_with(|end: char| end.is_ascii_digit()));
    let Some(name) = name else { bail!("apt knows no package {start}…: run `apt-get update`") };
    Ok(name.to_owned())
}
