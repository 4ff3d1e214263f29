//! What leads back into the session after a restart of the machine (F-03): a file of this user's alone, and an entry that has the
//! desktop start this program. Both go with the first run that finds them, and with the end of the session.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use protocol::{Nonce, Permissions, SessionId, limits};
use serde::{Deserialize, Serialize};
use session::customer::Returning;

use crate::texts::Language;
use crate::trust::settings_folder;

const FILE: &str = "return.json";
/// Longer than any that is written.
const FILE_BYTES: u64 = 64 * 1024;
/// The argument that the desktop starts this program with.
pub(crate) const ARGUMENT: &str = "--return";

/// What a file said, which is gone now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Return {
    /// For the session.
    pub(crate) returning: Returning,
    /// The server's address. Whom it believes there is not in the file.
    pub(crate) origin: String,
    /// Of the windows.
    pub(crate) language: Language,
}

/// What a start found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Nothing, or nothing of use.
    Nothing,
    /// Another run of this program may still need it: it is left alone.
    Others,
    /// The way back, for once.
    Way(Box<Return>),
}

#[derive(Serialize, Deserialize)]
struct Written {
    session_id: String,
    token: String,
    nonce: String,
    limit: Vec<String>,
    rights: Vec<String>,
    with_control: Vec<String>,
    opened: bool,
    paused: bool,
    whole: bool,
    origin: String,
    language: String,
    /// Who wrote it.
    process: u32,
}

/// Keeps it, and has the desktop start this program. Why not, kebab-case.
pub(super) fn keep(returning: &Returning, origin: &str, language: Language) -> Result<(), &'static str> {
    let folder = settings_folder().ok_or("reboot-not-prepared")?;
    let program = std::env::current_exe().map_err(|_| "reboot-not-prepared")?;
    let kept = write(&folder, &written(returning, origin, language)).map_err(|error| {
        tracing::warn!(%error, "Way back not kept");
        "reboot-not-prepared"
    });
    kept?;
    desktop::restart::open().set_start(&program, &[ARGUMENT]).map_err(|error| {
        forget();
        error.code()
    })
}

/// Nothing leads back any more.
pub(super) fn forget() {
    desktop::restart::open().clear_start();
    if let Some(folder) = settings_folder()
        && let Err(error) = fs::remove_file(folder.join(FILE))
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "Way back not forgotten");
    }
}

/// What the run before has left for this one; it is gone then, whatever becomes of this run.
pub(crate) fn take() -> Kept {
    let Some(folder) = settings_folder() else { return Kept::Nothing };
    let found = take_from(&folder, SystemTime::now(), desktop::restart::is_this_program);
    if found != Kept::Others {
        // Also what a run that crashed has left.
        desktop::restart::open().clear_start();
    }
    found
}

fn take_from(folder: &Path, now: SystemTime, is_running: impl Fn(u32) -> bool) -> Kept {
    let Ok((written, age)) = read(&folder.join(FILE), now) else { return Kept::Nothing };
    if written.as_ref().is_some_and(|written| is_running(written.process)) {
        return Kept::Others;
    }
    if let Err(error) = fs::remove_file(folder.join(FILE)) {
        // What cannot be used up is not used.
        tracing::warn!(%error, "Way back not taken");
        return Kept::Nothing;
    }
    let is_fresh = age.is_some_and(|age| age <= limits::REBOOT_AWAY);
    match written.filter(|_| is_fresh).and_then(Return::of) {
        Some(way) => Kept::Way(Box::new(way)),
        None => Kept::Nothing,
    }
}

/// The file, whatever is in it, and how old it is. Errors: there is none.
fn read(path: &Path, now: SystemTime) -> io::Result<(Option<Written>, Option<Duration>)> {
    let metadata = fs::symlink_metadata(path)?;
    let mut text = String::new();
    let is_ours = metadata.is_file() && metadata.len() <= FILE_BYTES;
    let read = is_ours && fs::File::open(path)?.take(FILE_BYTES).read_to_string(&mut text).is_ok();
    // A clock that was set back makes it no older than it is.
    let age = metadata.modified().ok().map(|at| now.duration_since(at).unwrap_or_default());
    Ok((serde_json::from_str(&text).ok().filter(|_| read), age))
}

fn write(folder: &Path, written: &Written) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    desktop::restart::write_private(&folder.join(FILE), &serde_json::to_vec(written)?)
}

fn written(returning: &Returning, origin: &str, language: Language) -> Written {
    let names = |permissions: Permissions| -> Vec<String> {
        permissions.named().filter(|(_, allowed)| *allowed).map(|(name, _)| name.to_owned()).collect()
    };
    Written {
        session_id: hex(&returning.session_id.0),
        token: hex(&returning.token),
        nonce: hex(&returning.nonce.0),
        limit: names(returning.limit),
        rights: names(returning.rights),
        with_control: names(returning.with_control),
        opened: returning.opened,
        paused: returning.paused,
        whole: returning.is_whole,
        origin: origin.to_owned(),
        language: language.tag().to_owned(),
        process: std::process::id(),
    }
}

impl Return {
    fn of(written: Written) -> Option<Self> {
        let permissions =
            |names: &[String]| Permissions::of_names(|name| names.iter().any(|kept| kept == name));
        let returning = Returning {
            session_id: SessionId(unhex(&written.session_id)?.try_into().ok()?),
            token: unhex(&written.token)?.into(),
            nonce: Nonce(unhex(&written.nonce)?.try_into().ok()?),
            limit: permissions(&written.limit),
            rights: permissions(&written.rights),
            with_control: permissions(&written.with_control),
            opened: written.opened,
            paused: written.paused,
            is_whole: written.whole,
        };
        Some(Self { returning, origin: written.origin, language: written.language.parse().ok()? })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;
    use std::time::{Duration, SystemTime};

    use protocol::{Nonce, Permissions, SessionId};
    use session::customer::Returning;

    use super::{FILE, Kept, take_from, write, written};
    use crate::texts::Language;

    fn returning() -> Returning {
        Returning {
            session_id: SessionId([3; 16]),
            token: vec![9; 32].into(),
            nonce: Nonce([6; 32]),
            limit: Permissions::ALL,
            rights: Permissions { control: false, ..Permissions::ALL },
            with_control: Permissions { open_urls: true, ..Permissions::default() },
            opened: true,
            paused: true,
            is_whole: true,
        }
    }

    /// F-03: readable by the user alone, and of one use.
    #[test]
    fn the_way_back_is_the_users_alone_and_is_there_once() {
        let folder = tempfile::tempdir().unwrap();
        let now = SystemTime::now();
        write(folder.path(), &written(&returning(), "https://a.kr", Language::Korean)).unwrap();
        let mode = std::fs::metadata(folder.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        // The run that wrote it is still there.
        assert_eq!(take_from(folder.path(), now, |_| true), Kept::Others);
        let Kept::Way(way) = take_from(folder.path(), now, |_| false) else { panic!("no way back") };
        assert_eq!(
            (way.returning, way.origin.as_str(), way.language),
            (returning(), "https://a.kr", Language::Korean)
        );
        assert_eq!(take_from(folder.path(), now, |_| false), Kept::Nothing);
    }

    #[test]
    fn what_is_old_or_does_not_read_leads_nowhere_and_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let late = SystemTime::now() + protocol::limits::REBOOT_AWAY + Duration::from_secs(60);
        write(folder.path(), &written(&returning(), "https://a.kr", Language::Korean)).unwrap();
        assert_eq!(take_from(folder.path(), late, |_| false), Kept::Nothing);
        for text in ["", "{}", "\0", "[1,2]"] {
            std::fs::write(folder.path().join(FILE), text).unwrap();
            assert_eq!(take_from(folder.path(), SystemTime::now(), |_| false), Kept::Nothing, "{text}");
            assert!(!folder.path().join(FILE).exists());
        }
    }
}
