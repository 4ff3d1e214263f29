//! A folder goes with everything in it, and with nothing else: no link is followed, and no other disk is entered.

use std::ffi::{CStr, CString};

use rustix::fd::{AsFd, BorrowedFd};
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags};
use rustix::io::Errno;
use rustix::path::Arg as _;

use super::super::{FileError, Undeleted};
use super::folder::Folder;
use super::told_by;

/// Deletes what stands under this name.
pub(super) fn delete(
    above: &Folder,
    name: &std::ffi::OsStr,
    goes_on: &dyn Fn() -> bool,
) -> Result<(), Undeleted> {
    let mut deleting = Deleting { goes_on, in_part: false };
    let name = name.into_c_str().map_err(|errno| Undeleted::from(told_by(errno)))?;
    let deleted = deleting.tree(above.fd.as_fd(), &name);
    deleted.map_err(|error| Undeleted { error, in_part: deleting.in_part })
}

struct Deleting<'a> {
    /// Asked before each entry.
    goes_on: &'a dyn Fn() -> bool,
    /// Something is gone already.
    in_part: bool,
}

/// A folder that is being emptied.
struct Level {
    entries: Dir,
    /// Its name in the one above.
    name: CString,
    device: u64,
}

impl Deleting<'_> {
    /// Level by level and not by recursion: how deep a tree is, others decide.
    fn tree(&mut self, above: BorrowedFd<'_>, name: &CStr) -> Result<(), FileError> {
        if self.remove_leaf(above, name)? {
            return Ok(());
        }
        let mut levels = vec![Level::enter(above, name)?];
        while let Some(level) = levels.last_mut() {
            if let Some(name) = level.next()? {
                let folder = level.entries.fd().map_err(told_by)?;
                let removed = match self.remove_leaf(folder, &name) {
                    // Somebody else was faster.
                    Err(FileError::NotFound) => true,
                    removed => removed?,
                };
                if !removed {
                    let inner = Level::enter(folder, &name)?;
                    if inner.device != level.device {
                        return Err(FileError::Protected);
                    }
                    levels.push(inner);
                }
            } else if let Some(emptied) = levels.pop() {
                let folder = match levels.last() {
                    Some(level) => level.entries.fd().map_err(told_by)?,
                    None => above,
                };
                self.remove(folder, &emptied.name, AtFlags::REMOVEDIR)?;
            }
        }
        Ok(())
    }

    /// Deletes what is no folder; a link itself, and not what it leads to. `false`: it is a folder.
    fn remove_leaf(&mut self, folder: BorrowedFd<'_>, name: &CStr) -> Result<bool, FileError> {
        let stat = rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW).map_err(told_by)?;
        if FileType::from_raw_mode(stat.st_mode) == FileType::Directory {
            return Ok(false);
        }
        self.remove(folder, name, AtFlags::empty())?;
        Ok(true)
    }

    fn remove(&mut self, folder: BorrowedFd<'_>, name: &CStr, flags: AtFlags) -> Result<(), FileError> {
        if !(self.goes_on)() {
            return Err(FileError::CalledOff);
        }
        rustix::fs::unlinkat(folder, name, flags).map_err(told_by)?;
        self.in_part = true;
        Ok(())
    }
}

impl Level {
    fn enter(folder: BorrowedFd<'_>, name: &CStr) -> Result<Self, FileError> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd = rustix::fs::openat(folder, name, flags, Mode::empty()).map_err(|errno| match errno {
            // A link that came into its place meanwhile.
            Errno::NOTDIR => FileError::Link,
            other => told_by(other),
        })?;
        let device = rustix::fs::fstat(&fd).map_err(told_by)?.st_dev;
        let entries = Dir::new(fd).map_err(told_by)?;
        Ok(Self { entries, name: name.to_owned(), device })
    }

    /// The next name in it.
    fn next(&mut self) -> Result<Option<CString>, FileError> {
        loop {
            let Some(entry) = self.entries.read() else { return Ok(None) };
            let entry = entry.map_err(told_by)?;
            let name = entry.file_name();
            if name != c"." && name != c".." {
                return Ok(Some(name.to_owned()));
            }
        }
    }
}
