//! Folders and files on Linux.
//!
//! Below a chosen folder every step is taken from the folder before it, by one name and without following a link
//! (`openat(2)` with `O_NOFOLLOW`): no name leads out, whoever changes the tree meanwhile.

mod arriving;
mod deleting;
mod folder;
mod places;
mod shelf;
#[cfg(test)]
mod tests;

use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use protocol::files::{FileName, FilePath, Target};
use rustix::fs::{Access, OFlags, RenameFlags};
use rustix::io::Errno;

use self::arriving::Incoming;
use self::folder::Folder;
use super::{Contents, Created, Disk, Entry, EntryKind, FileError, Leaving, NewFile, Place, Undeleted};

/// The disk, for the user whose home this is.
pub(super) fn open() -> Result<Box<dyn Disk>, FileError> {
    Ok(Box::new(own()?))
}

/// Of this thread alone: on Linux each has a nice value of its own (nice(2), "C library/kernel differences").
pub(super) fn give_way() {
    if let Err(error) = rustix::process::nice(GIVES_WAY_BY) {
        tracing::debug!(%error, "Files are as urgent as everything else");
    }
}

fn own() -> Result<LinuxDisk, FileError> {
    let home = std::env::home_dir().filter(|home| home.is_absolute()).ok_or(FileError::NotFound)?;
    let settings = std::env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute())
        .unwrap_or_else(|| home.join(".config"));
    Ok(LinuxDisk { shelf: shelf::Shelf::of(&home), home, settings })
}

/// A tenth of the processor time of a thread that wants it as well.
const GIVES_WAY_BY: i32 = 10;
/// So many texts of one name; whoever has these needs no more.
const TEXTS_OF_NAME: u32 = 100;

/// See [`super::keep_text`].
pub(super) fn keep_text(name: &str, text: &str) -> Result<PathBuf, FileError> {
    own()?.keep_text(name, text)
}

struct LinuxDisk {
    home: PathBuf,
    /// Where the user's own folders are named.
    settings: PathBuf,
    /// Where files for the clipboard lie.
    shelf: shelf::Shelf,
}

impl LinuxDisk {
    fn keep_text(&self, name: &str, text: &str) -> Result<PathBuf, FileError> {
        let name: String = name.chars().map(|c| if c == '/' || c.is_control() { '_' } else { c }).collect();
        let downloads = places::downloads(&self.home, &self.settings);
        std::fs::create_dir_all(&downloads).map_err(|error| told(&error))?;
        for number in 1..=TEXTS_OF_NAME {
            let mark = if number == 1 { String::new() } else { format!(" ({number})") };
            let path = downloads.join(format!("{name}{mark}.txt"));
            match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
                Ok(mut file) => {
                    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| told(&error))?;
                    return Ok(path);
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(told(&error)),
            }
        }
        Err(FileError::Exists { size_bytes: 0, modified_ms: 0 })
    }

    /// The folder that a target begins with, made if it is the one for downloads.
    fn chosen(&self, target: &Target) -> Result<PathBuf, FileError> {
        if let Some(batch) = target.clipboard() {
            return self.shelf.folder(batch);
        }
        match target.folder() {
            Some(folder) => Ok(PathBuf::from(folder.as_str())),
            None => {
                let downloads = places::downloads(&self.home, &self.settings);
                std::fs::create_dir_all(&downloads).map_err(|error| told(&error))?;
                Ok(downloads)
            }
        }
    }

    /// The folder in which the target's own name is to stand.
    fn above(&self, target: &Target) -> Result<Folder, FileError> {
        let mut folder = Folder::chosen(&self.chosen(target)?)?;
        for name in target.way() {
            folder = folder.enter_or_make(name.as_str())?;
        }
        Ok(folder)
    }

    /// Deleted or renamed, these would take the user's desktop or another disk with them.
    fn is_protected(&self, path: &Path) -> bool {
        let device = |path: &Path| std::fs::symlink_metadata(path).map(|metadata| metadata.dev()).ok();
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { return true };
        // By whichever links it was named.
        let real = std::fs::canonicalize(parent).unwrap_or_else(|_| parent.to_owned()).join(name);
        let home = std::fs::canonicalize(&self.home).unwrap_or_else(|_| self.home.clone());
        home.starts_with(real) || device(path).is_some_and(|own| device(parent) != Some(own))
    }
}

impl Disk for LinuxDisk {
    fn places(&self) -> Vec<Place> {
        places::all(&self.home, &self.settings)
    }

    fn list(&self, folder: &FilePath, most: usize) -> Result<Contents, FileError> {
        let path = Path::new(folder.as_str());
        let mut contents = Contents {
            writable: rustix::fs::access(path, Access::WRITE_OK).is_ok(),
            free_bytes: folder::free_bytes(rustix::fs::statvfs(path)),
            ..Contents::default()
        };
        for entry in std::fs::read_dir(path).map_err(|error| told(&error))? {
            let entry = entry.map_err(|error| told(&error))?;
            if contents.entries.len() == most {
                contents.cut = true;
                break;
            }
            let name = entry.file_name();
            match name.to_str() {
                Some(name) => contents.entries.push(described(name, &entry.path())),
                None => contents.unnamed = contents.unnamed.saturating_add(1),
            }
        }
        Ok(contents)
    }

    fn make_folder(&self, target: &Target, may_exist: bool) -> Result<bool, FileError> {
        let above = self.above(target)?;
        match above.make(target.name()) {
            Ok(()) => Ok(true),
            Err(FileError::Exists { .. }) if may_exist => {
                // A file or a link of this name is no folder.
                above.enter(target.name()).map(|_| false)
            }
            Err(error) => Err(error),
        }
    }

    fn rename(&self, path: &FilePath, name: &FileName) -> Result<(), FileError> {
        let path = Path::new(path.as_str());
        if self.is_protected(path) {
            return Err(FileError::Protected);
        }
        let (Some(parent), Some(old)) = (path.parent(), path.file_name()) else {
            return Err(FileError::Protected);
        };
        let folder = Folder::chosen(parent)?;
        folder.rename(old, name.as_str())
    }

    fn delete(&self, path: &FilePath, goes_on: &dyn Fn() -> bool) -> Result<(), Undeleted> {
        let path = Path::new(path.as_str());
        let is_folder = std::fs::symlink_metadata(path).map_err(|error| told(&error))?.is_dir();
        if is_folder && self.is_protected(path) {
            return Err(FileError::Protected.into());
        }
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(FileError::Protected.into());
        };
        deleting::delete(&Folder::chosen(parent)?, name, goes_on)
    }

    fn create(&self, target: &Target, file: NewFile) -> Result<Created, FileError> {
        Incoming::begin(self.above(target)?, target.name(), file)
    }

    fn open(&self, path: &FilePath) -> Result<Box<dyn Leaving>, FileError> {
        // A pipe would wait for its other end, and a device do whatever it does when opened.
        let is_file = std::fs::metadata(path.as_str()).map_err(|error| told(&error))?.is_file();
        if !is_file {
            return Err(FileError::NotAFile);
        }
        let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
        let opened = OpenOptions::new().read(true).custom_flags(flags).open(path.as_str());
        let file = opened.map_err(|error| told(&error))?;
        if !file.metadata().map_err(|error| told(&error))?.is_file() {
            return Err(FileError::NotAFile);
        }
        Ok(Box::new(Outgoing(file)))
    }
}

struct Outgoing(File);

impl Read for Outgoing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(buffer)
    }
}

impl Leaving for Outgoing {
    fn facts(&self) -> Result<(u64, u64), FileError> {
        let metadata = self.0.metadata().map_err(|error| told(&error))?;
        Ok((metadata.len(), modified_ms(&metadata)))
    }
}

fn described(name: &str, path: &Path) -> Entry {
    let own = std::fs::symlink_metadata(path).ok();
    let link = own.as_ref().is_some_and(std::fs::Metadata::is_symlink);
    let meant = if link { std::fs::metadata(path).ok() } else { own };
    let kind = match &meant {
        Some(metadata) if metadata.is_file() => EntryKind::File,
        Some(metadata) if metadata.is_dir() => EntryKind::Folder,
        _ => EntryKind::Other,
    };
    let size_bytes = match (&meant, kind) {
        (Some(metadata), EntryKind::File) => metadata.len(),
        _ => 0,
    };
    let modified_ms = meant.as_ref().map(modified_ms).unwrap_or_default();
    Entry { name: name.to_owned(), kind, size_bytes, modified_ms, link }
}

fn modified_ms(metadata: &std::fs::Metadata) -> u64 {
    let since = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
    since.and_then(|since| u64::try_from(since.as_millis()).ok()).unwrap_or_default()
}

/// What the system says, in our words.
fn told(error: &std::io::Error) -> FileError {
    error
        .raw_os_error()
        .map_or_else(|| FileError::Disk(error.to_string()), |code| told_by(Errno::from_raw_os_error(code)))
}

fn told_by(errno: Errno) -> FileError {
    match errno {
        Errno::NOENT => FileError::NotFound,
        Errno::ACCESS | Errno::PERM => FileError::Denied,
        Errno::ROFS => FileError::ReadOnly,
        Errno::NOSPC | Errno::DQUOT => FileError::Full,
        Errno::FBIG => FileError::TooLarge,
        Errno::EXIST | Errno::NOTEMPTY => FileError::Exists { size_bytes: 0, modified_ms: 0 },
        Errno::ISDIR => FileError::IsFolder,
        Errno::NOTDIR => FileError::NotAFolder,
        Errno::LOOP => FileError::Link,
        Errno::INVAL | Errno::NAMETOOLONG | Errno::ILSEQ => FileError::Name,
        Errno::BUSY => FileError::Protected,
        other => FileError::Disk(other.to_string()),
    }
}

/// A rename that replaces nothing. Where the file system knows no such thing (some network shares), it is looked first.
fn rename_to_free(
    folder: &rustix::fd::OwnedFd,
    old: impl rustix::path::Arg + Copy,
    new: &str,
) -> Result<(), Errno> {
    match rustix::fs::renameat_with(folder, old, folder, new, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
            match rustix::fs::statat(folder, new, rustix::fs::AtFlags::SYMLINK_NOFOLLOW) {
                Ok(_) => Err(Errno::EXIST),
                Err(Errno::NOENT) => rustix::fs::renameat(folder, old, folder, new),
                Err(error) => Err(error),
            }
        }
        done => done,
    }
}
