//! `cargo xtask tidy`: the rules of the project that no compiler checks.
//!
//! Each rule is a file with a function that takes the project and reports what it finds; nothing here
//! changes a file. Exceptions stand in xtask/tidy.toml, each with its reason.

mod exceptions;
mod features;
mod layers;
mod names;
mod platforms;
mod regressions;
mod requirements;
mod sizes;
mod sources;
mod todos;
mod tokens;
mod translations;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::report::{say, warn};
use exceptions::Exceptions;
pub(crate) use sources::Sources;

/// What the rules found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Each fails the check.
    errors: Vec<String>,
    /// Each is only said.
    warnings: Vec<String>,
}

impl Findings {
    fn error(&mut self, text: String) {
        self.errors.push(text);
    }

    fn warning(&mut self, text: String) {
        self.warnings.push(text);
    }
}

/// Runs every rule; fails when one found an error, after all were said.
pub(crate) fn run(project: &Project) -> Result<()> {
    let sources = Sources::read(project)?;
    let exceptions = Exceptions::read(project)?;
    let mut findings = Findings::default();
    layers::check(project, &mut findings)?;
    names::check(&sources, &mut findings);
    sizes::check(&sources, &exceptions, &mut findings);
    todos::check(&sources, &mut findings);
    tokens::check(&sources, &mut findings);
    platforms::check(&sources, &exceptions, &mut findings);
    translations::check(&sources, &mut findings);
    features::check(&sources, &exceptions, &mut findings);
    requirements::check(&sources, &mut findings)?;
    regressions::check(&sources, &mut findings)?;
    findings.errors.extend(crate::options::errors(&sources)?);
    for warning in &findings.warnings {
        warn(warning);
    }
    for error in &findings.errors {
        say(&format!("error: {error}"));
    }
    if !findings.errors.is_empty() {
        bail!("tidy found {} errors", findings.errors.len());
    }
    Ok(())
}
