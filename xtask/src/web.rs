//! `cargo xtask web`: the pages, as the server embeds them.

use anyhow::Result;
use xshell::cmd;

use crate::project::Project;
use crate::wasm;

/// Builds web/dist, with the picture decoder first since it is one of its files.
pub(crate) fn run(project: &Project) -> Result<()> {
    wasm::run(project)?;
    install(project, "web")?;
    let shell = project.shell("web")?;
    cmd!(shell, "npm run build").run()?;
    Ok(())
}

/// Installs the npm packages of a folder exactly as its lock file says, unless they already are.
pub(crate) fn install(project: &Project, folder: &str) -> Result<()> {
    let lock = project.path(folder).join("package-lock.json");
    let installed = project.path(folder).join("node_modules/.package-lock.json");
    if is_newer(&installed, &lock) {
        return Ok(());
    }
    let shell = project.shell(folder)?;
    cmd!(shell, "npm ci --no-audit --no-fund").env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").run()?;
    Ok(())
}

fn is_newer(left: &std::path::Path, right: &std::path::Path) -> bool {
    let modified = |path: &std::path::Path| path.metadata().and_then(|data| data.modified()).ok();
    match (modified(left), modified(right)) {
        (Some(left), Some(right)) => right <= left,
        _ => false,
    }
}
