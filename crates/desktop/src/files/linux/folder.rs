//! A folder that is held open, and the steps from it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use rustix::fd::OwnedFd;
use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, Stat, StatVfs};
use rustix::io::Errno;

use super::super::FileError;
use super::{rename_to_free, told_by};

/// As any program makes them; the user's mask takes away from it.
const FOLDER_MODE: Mode = Mode::from_raw_mode(0o777);

/// A folder.
pub(super) struct Folder {
    pub(super) fd: OwnedFd,
    /// For people: the steps are taken from the descriptor.
    path: PathBuf,
}

/// What stands under a name.
pub(super) struct Standing {
    pub(super) kind: FileType,
    pub(super) size_bytes: u64,
    pub(super) modified_ms: u64,
    pub(super) mode: Mode,
}

impl Folder {
    /// The folder that was chosen; links on the way to it are the user's own matter.
    pub(super) fn chosen(path: &Path) -> Result<Self, FileError> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let fd = rustix::fs::openat(CWD, path, flags, Mode::empty()).map_err(told_by)?;
        Ok(Self { fd, path: path.to_owned() })
    }

    /// The folder of this name in it, and not what a link of this name leads to.
    pub(super) fn enter(&self, name: &str) -> Result<Self, FileError> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match rustix::fs::openat(&self.fd, name, flags, Mode::empty()) {
            Ok(fd) => Ok(Self { fd, path: self.path.join(name) }),
            // With O_DIRECTORY a link is no folder either.
            Err(Errno::NOTDIR) if self.stands(name)?.is_some_and(|it| it.kind == FileType::Symlink) => {
                Err(FileError::Link)
            }
            Err(error) => Err(told_by(error)),
        }
    }

    /// The same; one that is not there is made.
    pub(super) fn enter_or_make(&self, name: &str) -> Result<Self, FileError> {
        match self.enter(name) {
            Err(FileError::NotFound) => {
                match self.make(name) {
                    // Somebody else was faster.
                    Ok(()) | Err(FileError::Exists { .. }) => self.enter(name),
                    Err(error) => Err(error),
                }
            }
            entered => entered,
        }
    }

    pub(super) fn make(&self, name: &str) -> Result<(), FileError> {
        rustix::fs::mkdirat(&self.fd, name, FOLDER_MODE).map_err(told_by)
    }

    pub(super) fn rename(&self, old: &OsStr, new: &str) -> Result<(), FileError> {
        rename_to_free(&self.fd, old, new).map_err(told_by)
    }

    /// What stands under this name; a link stands for itself.
    pub(super) fn stands(&self, name: &str) -> Result<Option<Standing>, FileError> {
        match rustix::fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(standing(&stat))),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(told_by(error)),
        }
    }

    pub(super) fn free_bytes(&self) -> u64 {
        free_bytes(rustix::fs::fstatvfs(&self.fd))
    }

    /// The path of a name in it, for people.
    pub(super) fn path_of(&self, name: &str) -> String {
        self.path.join(name).to_string_lossy().into_owned()
    }
}

/// Room on a disk for this user; where the disk does not tell, it is not held against anybody.
pub(super) fn free_bytes(told: Result<StatVfs, Errno>) -> u64 {
    told.map_or(u64::MAX, |disk| disk.f_bavail.saturating_mul(disk.f_frsize))
}

fn standing(stat: &Stat) -> Standing {
    let seconds = u64::try_from(stat.st_mtime).unwrap_or_default();
    Standing {
        kind: FileType::from_raw_mode(stat.st_mode),
        size_bytes: u64::try_from(stat.st_size).unwrap_or_default(),
        modified_ms: seconds.saturating_mul(1_000).saturating_add(stat.st_mtime_nsec / 1_000_000),
        mode: Mode::from_raw_mode(stat.st_mode),
    }
}
