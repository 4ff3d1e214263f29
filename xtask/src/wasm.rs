//! `cargo xtask wasm`: the console's picture decoder and the encoder of its own screen, `crates/tiles` compiled for the browser.

use std::env;

use anyhow::{Context as _, Result};
use xshell::cmd;

use crate::project::{Project, run as run_program};
use crate::setup::wasm_toolchain::{self, Toolchain};

/// The target of browsers without an operating system below.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// What of `tiles` is built: the options of each, and its file. Apart, since every console loads the decoder, and few the
/// encoder, which is three times as long.
const MODULES: [(&[&str], &str); 2] =
    [(&["--features", "page-encoder"], "tiles-encoder.wasm"), (&[], "tiles.wasm")];

/// Builds `tiles` for [`TARGET`] and puts it where the web build takes it from.
///
/// The C half (libzstd) is compiled by Debian's clang: the crate `zstd-sys` brings its own headers for this.
pub(crate) fn run(project: &Project) -> Result<()> {
    let toolchain =
        Toolchain::find().context("no Rust toolchain for WebAssembly: run `cargo xtask setup`")?;
    MODULES.iter().try_for_each(|(options, file)| build(project, &toolchain, options, file))
}

fn build(project: &Project, toolchain: &Toolchain, options: &[&str], file: &str) -> Result<()> {
    let mut build = toolchain.cargo();
    build
        .current_dir(project.root())
        .args(["build", "--package", "tiles", "--lib", "--release", "--target", TARGET])
        .args(options)
        .args(toolchain.build_options())
        .env("CC_wasm32_unknown_unknown", "clang")
        .env("AR_wasm32_unknown_unknown", "llvm-ar")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-C target-feature=+simd128");
    // The outer cargo's own variables would tell the inner one that it compiles for this machine.
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_PKG_")) {
        build.env_remove(name);
    }
    let target = project.target().join(wasm_toolchain::TARGET_FOLDER);
    build.env("CARGO_TARGET_DIR", &target);
    run_program("cargo build of tiles for WebAssembly", &mut build)?;
    let shell = project.shell(".")?;
    let built = target.join(TARGET).join("release/tiles.wasm");
    shell.create_dir("web/public")?;
    let place = project.path("web/public").join(file);
    cmd!(shell, "cp {built} {place}").quiet().run()?;
    Ok(())
}
