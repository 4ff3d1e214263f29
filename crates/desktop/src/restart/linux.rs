//! systemd's logind (org.freedesktop.login1(5)), asked by busctl(1); and the entries of desktops for what starts with a session
//! (freedesktop.org, Desktop Application Autostart Specification 0.5).

use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Restart, RestartError};
use crate::Unsupported;
use crate::tool::{ToolError, ask};

/// How long a question of logind's may take.
const ASK_LIMIT: Duration = Duration::from_secs(10);
/// The customer may be asked for a password meanwhile.
const RESTART_LIMIT: Duration = Duration::from_secs(120);
/// The entry's file.
const ENTRY: &str = "beside-return.desktop";

const MANAGER: [&str; 3] =
    ["org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"];

/// A machine with logind.
pub(super) struct Logind {
    /// `$XDG_CONFIG_HOME/autostart`.
    autostart: Option<PathBuf>,
}

impl Logind {
    pub(super) fn new() -> Self {
        let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = || std::env::home_dir().filter(|home| home.is_absolute()).map(|home| home.join(".config"));
        Self { autostart: absolute("XDG_CONFIG_HOME").or_else(home).map(|base| base.join("autostart")) }
    }

    fn write(&self, entry: &str) -> std::io::Result<()> {
        let folder = self.autostart.as_deref().ok_or(std::io::ErrorKind::NotFound)?;
        std::fs::create_dir_all(folder)?;
        write_private(&folder.join(ENTRY), entry.as_bytes())
    }
}

impl Restart for Logind {
    fn set_start(&self, program: &Path, arguments: &[&str]) -> Result<(), RestartError> {
        let entry = entry(program, arguments).ok_or(RestartError::NotPrepared)?;
        self.write(&entry).map_err(|error| {
            tracing::warn!(%error, "Autostart entry not written");
            RestartError::NotPrepared
        })
    }

    fn clear_start(&self) {
        let Some(folder) = &self.autostart else { return };
        for name in [ENTRY.to_owned(), format!("{ENTRY}.new")] {
            match std::fs::remove_file(folder.join(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    tracing::warn!(%error, "Autostart entry not removed");
                }
                _ => {}
            }
        }
    }

    fn restart(&self) -> Result<(), RestartError> {
        let can = call("CanReboot", &[], ASK_LIMIT)?;
        // "s \"yes\"". With "challenge" the desktop asks for a password.
        match can.split('"').nth(1).unwrap_or_default() {
            "yes" | "challenge" => {}
            "inhibited" | "inhibitor-blocked" | "challenge-inhibitor-blocked" => {
                return Err(RestartError::Inhibited);
            }
            "na" => return Err(Unsupported { what: "restart-no-logind" }.into()),
            _ => return Err(RestartError::NotAllowed),
        }
        call("Reboot", &["b", "true"], RESTART_LIMIT).map(|_| ())
    }
}

/// See [`super::write_private`].
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    match std::fs::remove_file(&new) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&new, path)
}

/// See [`super::is_this_program`].
pub(super) fn is_this_program(process: u32) -> bool {
    let program = |process: &str| std::fs::read_link(Path::new("/proc").join(process).join("exe")).ok();
    let other = program(&process.to_string());
    process != std::process::id() && other.is_some() && other == program("self")
}

fn call(method: &str, arguments: &[&str], limit: Duration) -> Result<String, RestartError> {
    let timeout = format!("--timeout={}", limit.as_secs());
    let mut question = vec!["--system", &timeout, "call"];
    question.extend(MANAGER);
    question.push(method);
    question.extend(arguments);
    match ask("busctl", &question, limit) {
        Ok(answer) if answer.status.success() => Ok(answer.output),
        Ok(answer) => {
            let said = answer.complaint;
            tracing::warn!(said, method, "logind refuses");
            Err(refusal(&said))
        }
        Err(ToolError::Missing) => Err(Unsupported { what: "restart-no-logind" }.into()),
        Err(error) => {
            tracing::warn!(%error, method, "logind does not answer");
            Err(RestartError::Failed)
        }
    }
}

/// busctl's words for the error's name: in the C locale those of sd-bus's own table.
fn refusal(said: &str) -> RestartError {
    if said.contains("BlockedByInhibitorLock") || said.contains("inhibit") {
        RestartError::Inhibited
    } else if ["Access denied", "authentication required", "Permission denied", "AccessDenied"]
        .iter()
        .any(|words| said.contains(words))
    {
        RestartError::NotAllowed
    } else if ["not provided by any", "No such file or directory", "Connection refused", "not found"]
        .iter()
        .any(|words| said.contains(words))
    {
        Unsupported { what: "restart-no-logind" }.into()
    } else {
        RestartError::Failed
    }
}

/// The entry. `None`: the program's name cannot stand in one.
fn entry(program: &Path, arguments: &[&str]) -> Option<String> {
    let program = program.to_str()?;
    let words: Option<Vec<String>> =
        std::iter::once(program).chain(arguments.iter().copied()).map(quoted).collect();
    Some(format!(
        "[Desktop Entry]\nType=Application\nVersion=1.5\nName=Beside\nExec={}\nTerminal=false\nNoDisplay=true\n\
         X-GNOME-Autostart-enabled=true\n",
        words?.join(" ")
    ))
}

/// A word of `Exec` (Desktop Entry Specification 1.5, "The Exec key"): quoted, and quoted once more as any string of an entry.
fn quoted(word: &str) -> Option<String> {
    if word.chars().any(char::is_control) {
        return None;
    }
    let mut written = String::from('"');
    for letter in word.chars() {
        match letter {
            '"' | '`' | '$' => {
                written.push_str("\\\\");
                written.push(letter);
            }
            '\\' => written.push_str("\\\\\\\\"),
            '%' => written.push_str("%%"),
            other => written.push(other),
        }
    }
    written.push('"');
    Some(written)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Logind, entry, quoted, refusal};
    use crate::restart::{Restart as _, RestartError};

    #[test]
    fn an_entry_starts_this_program_and_nothing_else() {
        let written = entry(Path::new("/home/김/내려받기/beside-123456 (1)"), &["--return"]).unwrap();
        assert!(
            written.contains("\nExec=\"/home/김/내려받기/beside-123456 (1)\" \"--return\"\n"),
            "{written}"
        );
        assert_eq!(quoted("a$b`c\"d\\e%f").as_deref(), Some(r#""a\\$b\\`c\\"d\\\\e%%f""#));
        assert_eq!(entry(Path::new("/a\nExec=evil"), &[]), None);
    }

    #[test]
    fn an_entry_is_the_users_alone_and_goes_again() {
        let folder = tempfile::tempdir().unwrap();
        let machine = Logind { autostart: Some(folder.path().join("autostart")) };
        machine.set_start(Path::new("/opt/beside"), &["--return"]).unwrap();
        machine.set_start(Path::new("/opt/beside"), &["--return"]).unwrap();
        let file = folder.path().join("autostart").join(super::ENTRY);
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
        machine.clear_start();
        machine.clear_start();
        assert!(!file.exists());
    }

    #[test]
    fn what_logind_refuses_has_a_name() {
        for (said, expected) in [
            ("Call failed: Access denied", RestartError::NotAllowed),
            ("Call failed: Interactive authentication required.", RestartError::NotAllowed),
            ("Call failed: Operation denied due to active block inhibitor", RestartError::Inhibited),
            ("Call failed: something else", RestartError::Failed),
        ] {
            assert_eq!(refusal(said), expected, "{said}");
        }
        assert_eq!(
            refusal("Call failed: The name org.freedesktop.login1 was not provided by any .service files")
                .code(),
            "unsupported"
        );
    }
}
