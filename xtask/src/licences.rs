//! `cargo xtask licences`: every dependency may be used and passed on under a licence that deny.toml allows.
//!
//! `cargo deny` does the same and more, but is a long build of its own; this needs nothing but the metadata.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use cargo_metadata::MetadataCommand;
use serde::Deserialize;
use spdx::{Expression, LicenseReq, ParseMode};

use crate::project::{Project, is_installed, run as run_program};
use crate::report::{say, step};

#[derive(Deserialize)]
struct DenyFile {
    licenses: Licences,
}

#[derive(Deserialize)]
struct Licences {
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct NpmLock {
    packages: BTreeMap<String, NpmPackage>,
}

#[derive(Deserialize)]
struct NpmPackage {
    license: Option<String>,
    #[serde(default)]
    dev: bool,
    #[serde(default)]
    link: bool,
}

/// Checks the crates of Cargo.lock and the packages that web/ ships.
pub(crate) fn run(project: &Project) -> Result<()> {
    let text = std::fs::read_to_string(project.path("deny.toml")).context("deny.toml")?;
    let allowed = toml::from_str::<DenyFile>(&text).context("deny.toml")?.licenses.allow;
    let allowed = allowed.iter().map(|text| requirement(text)).collect::<Result<Vec<_>>>()?;
    let mut packages = crates(project)?;
    packages.extend(npm_packages(project)?);
    let count = packages.len();
    let refused: Vec<_> = packages
        .into_iter()
        .filter(|(_, licence)| !licence.as_deref().is_some_and(|licence| is_allowed(licence, &allowed)))
        .collect();
    for (name, licence) in &refused {
        say(&format!("error: licences: {name}: {}", licence.as_deref().unwrap_or("no licence named")));
    }
    if !refused.is_empty() {
        bail!("{} of {count} packages have a licence that deny.toml does not allow", refused.len());
    }
    say(&format!("{count} packages, all under allowed licences"));
    if is_installed("cargo-deny") {
        step("cargo deny");
        let mut command = std::process::Command::new("cargo");
        command.current_dir(project.root()).args([
            "deny",
            "--offline",
            "check",
            "bans",
            "licenses",
            "sources",
        ]);
        run_program("cargo deny", &mut command)?;
    }
    Ok(())
}

fn crates(project: &Project) -> Result<Vec<(String, Option<String>)>> {
    let metadata = MetadataCommand::new()
        .manifest_path(project.path("Cargo.toml"))
        .other_options(vec![
            "--locked".to_owned(),
            "--filter-platform".to_owned(),
            "x86_64-unknown-linux-gnu".to_owned(),
        ])
        .exec()?;
    let resolve = metadata.resolve.as_ref().context("cargo metadata resolved nothing")?;
    let used = |id| resolve.nodes.iter().any(|node| &node.id == id);
    let packages = metadata.packages.iter().filter(|package| used(&package.id));
    Ok(packages
        .map(|package| (format!("{} {}", package.name, package.version), package.license.clone()))
        .collect())
}

/// What the pages are made of; tools that only build or test them are not passed on.
fn npm_packages(project: &Project) -> Result<Vec<(String, Option<String>)>> {
    let Ok(text) = std::fs::read_to_string(project.path("web/package-lock.json")) else {
        return Ok(Vec::new());
    };
    let lock: NpmLock = serde_json::from_str(&text).context("web/package-lock.json")?;
    let shipped = lock.packages.into_iter().filter(|(path, package)| {
        // Folders of our own are linked, not installed.
        path.starts_with("node_modules/") && !package.link && !package.dev
    });
    Ok(shipped.map(|(path, package)| (path, package.license)).collect())
}

fn requirement(text: &str) -> Result<LicenseReq> {
    let expression = Expression::parse(text).with_context(|| format!("deny.toml: {text}"))?;
    let first = expression.requirements().next().with_context(|| format!("deny.toml: {text}"))?;
    Ok(first.req.clone())
}

fn is_allowed(licence: &str, allowed: &[LicenseReq]) -> bool {
    // Old packages write "MIT/Apache-2.0".
    Expression::parse_mode(licence, ParseMode::LAX)
        .is_ok_and(|expression| expression.evaluate(|needed| allowed.iter().any(|one| one == needed)))
}

#[cfg(test)]
mod tests {
    use super::{is_allowed, requirement};

    fn check(licence: &str) -> bool {
        let allowed: Vec<_> =
            ["MIT", "Apache-2.0", "LicenseRef-Ours"].iter().map(|text| requirement(text).unwrap()).collect();
        is_allowed(licence, &allowed)
    }

    #[test]
    fn one_allowed_choice_is_enough_and_all_parts_of_a_sum_are_needed() {
        assert!(check("GPL-3.0-only OR MIT"));
        assert!(check("MIT/Apache-2.0"));
        assert!(check("GPL-3.0-only OR LicenseRef-Ours"));
        assert!(!check("MIT AND GPL-3.0-only"));
        assert!(!check("GPL-3.0-only"));
        assert!(!check("no such licence"));
    }
}
