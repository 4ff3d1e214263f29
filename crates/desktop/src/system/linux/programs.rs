//! Installed programs: of the package manager, else the applications that the desktop offers.

use std::time::Duration;

use crate::launch::{Session, applications};
use crate::system::{PROGRAMS_MAX, Program, TEXT_MAX};
use crate::text;
use crate::tool::{ToolError, ask};

/// A package database on a slow disk, read for the first time.
const LIMIT: Duration = Duration::from_secs(10);

pub(super) fn list() -> Vec<Program> {
    // Either tool may be there on the other's system, and knows of no packages then.
    let mut programs = of_dpkg().unwrap_or_default();
    if programs.is_empty() {
        programs = of_rpm().unwrap_or_default();
    }
    if programs.is_empty() {
        programs = of_applications();
    }
    programs.sort_unstable();
    programs.dedup();
    programs.truncate(PROGRAMS_MAX);
    programs
}

/// dpkg-query(1): one line a package, also for those that were removed.
fn of_dpkg() -> Result<Vec<Program>, ToolError> {
    let format = "--showformat=${db:Status-Status}\\t${binary:Package}\\t${Version}\\n";
    let answer = ask("dpkg-query", &["--show", format], LIMIT)?;
    let installed = answer.output.lines().filter_map(|line| line.strip_prefix("installed\t"));
    Ok(installed.filter_map(program).collect())
}

/// rpm(8), "QUERY OPTIONS".
fn of_rpm() -> Result<Vec<Program>, ToolError> {
    let answer = ask("rpm", &["-qa", "--qf", "%{NAME}\\t%{VERSION}-%{RELEASE}\\n"], LIMIT)?;
    Ok(answer.output.lines().filter_map(program).collect())
}

/// A name and a version behind a tab.
fn program(line: &str) -> Option<Program> {
    let (name, version) = line.split_once('\t')?;
    Some(Program { name: text::line(name, TEXT_MAX), version: text::line(version, TEXT_MAX) })
}

pub(super) fn of_applications() -> Vec<Program> {
    let applications = applications::installed(&Session::of_this_process().application_folders());
    let shown = applications.into_values().filter(|entry| entry.is_shown);
    shown.map(|entry| Program { name: text::line(&entry.name, TEXT_MAX), version: String::new() }).collect()
}
