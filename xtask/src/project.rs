//! Where the project lies, and how programs are started in it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use xshell::Shell;

/// The checkout that this program was built from.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// Finds the checkout by the place of this crate, so that commands work from any folder below it.
    pub(crate) fn find() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().context("the xtask folder has no parent")?.to_path_buf();
        Ok(Self { root })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// The one target folder, as cargo sees it.
    pub(crate) fn target(&self) -> PathBuf {
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| self.root.join("target"), PathBuf::from)
    }

    /// A shell in a folder of the checkout.
    pub(crate) fn shell(&self, below: &str) -> Result<Shell> {
        let shell = Shell::new()?;
        shell.change_dir(self.root.join(below));
        Ok(shell)
    }
}

/// Runs a program with its output visible; `what` names it in the error.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{what}: cannot start"))?;
    if !status.success() {
        bail!("{what}: {status}");
    }
    Ok(())
}

/// Whether a program of this name lies on the search path.
pub(crate) fn is_installed(program: &str) -> bool {
    let Some(path) = env::var_os("PATH") else { return false };
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
