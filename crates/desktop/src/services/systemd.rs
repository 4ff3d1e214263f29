//! systemd, by systemctl(1).
//!
//! Asked is `show`, which every version has and whose output is made for programs; `list-units --output=json` came with version 246
//! and knows less.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use super::{SERVICES_MAX, Service, ServiceError, State, TEXT_MAX};
use crate::tool::{Answer, ToolError, ask};
use crate::{Unsupported, text};

const LIST_LIMIT: Duration = Duration::from_secs(10);
const ACT_LIMIT: Duration = Duration::from_secs(30);
/// `UNIT_NAME_MAX` in systemd's `src/basic/unit-name.h`, without the NUL.
const NAME_MAX_BYTES: usize = 255;
/// `EXIT_NOPERMISSION`, with which systemctl ends where D-Bus says so (systemctl(1), "EXIT STATUS").
const NO_PERMISSION: i32 = 4;

/// What is done to a service.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    Start,
    Stop,
    Restart,
}

impl Act {
    fn verb(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Stop => "stop",
            Self::Restart => "restart",
        }
    }
}

pub(super) fn list() -> Result<Vec<Service>, Unsupported> {
    // sd_booted(3).
    if !Path::new("/run/systemd/system").is_dir() {
        return Err(Unsupported { what: "services-no-systemd" });
    }
    let told = answer(&["list-unit-files", "--type=service", "--plain", "--no-legend"])?;
    // What is not loaded is not among those that the pattern finds, and is loaded for being named.
    let names = in_unit_files(&told);
    let properties = "--property=Id,Description,LoadState,ActiveState,SubState,UnitFileState";
    let mut question = vec!["show", "--all", "--type=service", properties, "--", "*.service"];
    question.extend(names);
    Ok(in_properties(&answer(&question)?))
}

fn answer(arguments: &[&str]) -> Result<String, Unsupported> {
    let mut question = vec!["--system", "--no-pager", "--no-ask-password"];
    question.extend(arguments);
    let silent = |error: &dyn std::error::Error| {
        tracing::warn!(%error, "systemd does not answer");
        Unsupported { what: "services-no-answer" }
    };
    match ask("systemctl", &question, LIST_LIMIT) {
        Ok(answer) if answer.status.success() => Ok(answer.output),
        Ok(answer) => Err(silent(&failed(&answer))),
        Err(ToolError::Missing) => Err(Unsupported { what: "services-no-systemd" }),
        Err(error) => Err(silent(&error)),
    }
}

pub(super) fn act(act: Act, name: &str) -> Result<(), ServiceError> {
    if !is_service_name(name) || !list()?.iter().any(|service| service.name == name) {
        return Err(ServiceError::Unknown);
    }
    let question = ["--system", "--no-pager", "--no-ask-password", act.verb(), "--", name];
    match ask("systemctl", &question, ACT_LIMIT) {
        Ok(answer) => outcome(answer.status.success(), answer.status.code(), &answer.complaint),
        Err(ToolError::TooSlow { .. }) => Err(ServiceError::Slow),
        Err(error) => Err(ServiceError::Failed { said: text::line(&error.to_string(), TEXT_MAX) }),
    }
}

fn failed(answer: &Answer) -> ServiceError {
    ServiceError::Failed { said: text::line(&answer.complaint, TEXT_MAX) }
}

/// `complaint`: in English, since [`ask`] asks in the language "C".
fn outcome(succeeded: bool, code: Option<i32>, complaint: &str) -> Result<(), ServiceError> {
    // Texts of the D-Bus errors AccessDenied and InteractiveAuthorizationRequired; systemctl has a status of
    // its own only for the first.
    let refusals = ["Access denied", "Permission denied", "nteractive authentication required"];
    if succeeded {
        Ok(())
    } else if code == Some(NO_PERMISSION) || refusals.iter().any(|refusal| complaint.contains(refusal)) {
        Err(ServiceError::NotAllowed)
    } else {
        Err(ServiceError::Failed { said: text::line(complaint, TEXT_MAX) })
    }
}

/// `VALID_CHARS` and `unit_name_is_valid` in systemd's `src/basic/unit-name.c`, for a service that is no template.
fn is_service_name(name: &str) -> bool {
    let Some(prefix) = name.strip_suffix(".service") else { return false };
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b":-_.\\@".contains(&byte);
    name.len() <= NAME_MAX_BYTES
        && prefix.bytes().all(is_allowed)
        && !prefix.is_empty()
        && !prefix.starts_with('@')
        && !prefix.ends_with('@')
}

/// The names that lines of `list-unit-files` begin with, without templates, which cannot be started as they are.
fn in_unit_files(told: &str) -> Vec<&str> {
    let names = told.lines().filter_map(|line| line.split_whitespace().next());
    names.filter(|name| is_service_name(name)).take(SERVICES_MAX).collect()
}

/// Reads the blocks of `show`: a property in each line, an empty line between two units.
fn in_properties(told: &str) -> Vec<Service> {
    let mut services = BTreeMap::new();
    for block in told.split("\n\n") {
        let property = |name: &str| {
            let mut values = block.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix('='));
            text::line(values.next().unwrap_or_default(), TEXT_MAX)
        };
        let (name, loaded) = (property("Id"), property("LoadState"));
        // Others name services that are not installed; they are not there.
        if loaded != "not-found" && is_service_name(&name) && services.len() < SERVICES_MAX {
            let service = Service {
                description: property("Description"),
                state: state(&property("ActiveState")),
                sub_state: property("SubState"),
                startup: property("UnitFileState"),
                name: name.clone(),
            };
            services.insert(name, service);
        }
    }
    services.into_values().collect()
}

fn state(word: &str) -> State {
    match word {
        "active" => State::Active,
        "reloading" | "refreshing" => State::Reloading,
        "inactive" => State::Inactive,
        "failed" => State::Failed,
        "activating" => State::Activating,
        "deactivating" => State::Deactivating,
        _ => State::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Service, ServiceError, State, in_properties, in_unit_files, is_service_name, outcome};
    use crate::Unsupported;
    use crate::services::{list, restart, start, stop};

    #[test]
    fn names_are_those_that_systemd_takes() {
        for name in ["cups.service", "getty@tty1.service", "a:b-c_d.e\\x2d.service"] {
            assert!(is_service_name(name), "{name}");
        }
        let long = format!("{}.service", "a".repeat(248));
        let wrong = [
            "",
            "cups",
            ".service",
            "cups.socket",
            "getty@.service",
            "@x.service",
            "-H evil.service",
            "a/b.service",
            "a b.service",
            "a\n.service",
            "*.service",
            "é.service",
            "$(x).service",
            "a;b.service",
            long.as_str(),
        ];
        for name in wrong {
            assert!(!is_service_name(name), "{name}");
        }
    }

    #[test]
    fn unit_files_without_templates_are_asked_for() {
        let told = "\
cups.service                           enabled         enabled
getty@.service                         enabled         enabled
x11-common.service                     masked          enabled
";
        assert_eq!(in_unit_files(told), ["cups.service", "x11-common.service"]);
    }

    /// The output's form is systemctl(1)'s, "show".
    #[test]
    fn blocks_of_properties_are_services() {
        let told = "\
Id=ssh.service
Description=OpenBSD Secure Shell server
LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled

Id=cups.service
Description=CUPS = printing
LoadState=loaded
ActiveState=failed
SubState=failed
UnitFileState=disabled

Id=plymouth-start.service
Description=plymouth-start.service
LoadState=not-found
ActiveState=inactive
SubState=dead
UnitFileState=

Id=ssh.service
Description=OpenBSD Secure Shell server
LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled
";
        let service = |name: &str, description: &str, state, sub_state: &str, startup: &str| Service {
            name: name.to_owned(),
            description: description.to_owned(),
            state,
            sub_state: sub_state.to_owned(),
            startup: startup.to_owned(),
        };
        let expected = [
            service("cups.service", "CUPS = printing", State::Failed, "failed", "disabled"),
            service("ssh.service", "OpenBSD Secure Shell server", State::Active, "running", "enabled"),
        ];
        assert_eq!(in_properties(told), expected);
        assert_eq!(in_properties(""), []);
    }

    #[test]
    fn what_may_not_be_done_is_told_from_what_fails() {
        assert_eq!(outcome(true, Some(0), "Warning: changed on disk"), Ok(()));
        let refused = [
            "Failed to stop x.service: Interactive authentication required.",
            "Failed to stop x.service: Access denied",
        ];
        for complaint in refused {
            assert_eq!(outcome(false, Some(1), complaint), Err(ServiceError::NotAllowed));
        }
        assert_eq!(outcome(false, Some(4), ""), Err(ServiceError::NotAllowed));
        let said = "Failed to start x.service: Unit x.service is masked.";
        assert_eq!(outcome(false, Some(1), said), Err(ServiceError::Failed { said: said.to_owned() }));
    }

    /// F-07: without systemd nothing is listed and nothing done; with it, the list is systemctl's.
    #[test]
    fn services_are_systemds_or_unsupported() {
        let no_systemd = Unsupported { what: "services-no-systemd" };
        let found = list();
        if !std::path::Path::new("/run/systemd/system").is_dir() {
            assert_eq!(found, Err(no_systemd));
            for act in [start, stop, restart] {
                assert_eq!(act("cups.service"), Err(ServiceError::Unsupported(no_systemd)));
            }
            return;
        }
        let found = found.expect("systemd answers");
        assert!(found.iter().any(|service| service.name.starts_with("systemd-")), "{found:?}");
    }

    /// F-07: a name that is none reaches no program.
    #[test]
    fn only_services_of_the_list_are_touched() {
        for name in ["", "--help", "*.service", "no-such-service-at-all.service;", "a b.service"] {
            assert_eq!(start(name), Err(ServiceError::Unknown), "{name}");
        }
    }
}
