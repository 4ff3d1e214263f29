//! A file that comes: under a temporary name until it is whole.

use std::fs::File;
use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use protocol::files::Conflict;
use protocol::limits::FILE_NAME_BYTES;
use rustix::fs::{AtFlags, FileType, Mode, OFlags, Timespec, Timestamps};
use rustix::io::Errno;

use super::super::{Arriving, Created, FileError, NewFile};
use super::folder::{Folder, Standing};
use super::{rename_to_free, told, told_by};

/// As any program makes them; the user's mask takes away from it.
const FILE_MODE: Mode = Mode::from_raw_mode(0o666);
/// The bits of a mode that anybody may give.
const MODE_BITS: u32 = 0o777;
/// Names tried, temporary ones and "name (n)".
const NAMES: u32 = 10_000;

/// Tells temporary names of one run apart.
static NAMED: AtomicU64 = AtomicU64::new(0);

/// How it gets its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Naming {
    Replace,
    /// If nothing has come to stand there meanwhile.
    IfFree,
    /// Under the next name that is free.
    NextFree,
}

/// A file under a temporary name.
pub(super) struct Incoming {
    folder: Folder,
    name: String,
    temporary: Temporary,
    naming: Naming,
    modified_ms: u64,
}

impl Incoming {
    pub(super) fn begin(folder: Folder, name: &str, file: NewFile) -> Result<Created, FileError> {
        let there = folder.stands(name)?;
        let Some(naming) = naming(there.as_ref(), file)? else { return Ok(Created::Skipped) };
        if folder.free_bytes() < file.size_bytes {
            return Err(FileError::Full);
        }
        let temporary = Temporary::make(&folder)?;
        // Who may read the old one may read the new one, and nobody else.
        if let (Naming::Replace, Some(there)) = (naming, &there)
            && there.kind == FileType::RegularFile
        {
            let mode = Mode::from_raw_mode(there.mode.as_raw_mode() & MODE_BITS);
            rustix::fs::fchmod(&temporary.file, mode).map_err(told_by)?;
        }
        let name = name.to_owned();
        let incoming = Self { folder, name, temporary, naming, modified_ms: file.modified_ms };
        Ok(Created::Begun(Box::new(incoming)))
    }

    /// Gives the file its name, or another where both are to stay. Returns which.
    fn name_it(&self) -> Result<String, FileError> {
        let (fd, temporary) = (&self.folder.fd, self.temporary.name.as_str());
        match self.naming {
            Naming::Replace => {
                rustix::fs::renameat(fd, temporary, fd, self.name.as_str()).map_err(told_by)?;
                Ok(self.name.clone())
            }
            Naming::IfFree => {
                rename_to_free(fd, temporary, &self.name).map_err(told_by)?;
                Ok(self.name.clone())
            }
            Naming::NextFree => {
                for name in (0..NAMES).map(|n| numbered(&self.name, n)) {
                    match rename_to_free(fd, temporary, &name) {
                        Ok(()) => return Ok(name),
                        Err(Errno::EXIST) => {}
                        Err(error) => return Err(told_by(error)),
                    }
                }
                Err(FileError::Exists { size_bytes: 0, modified_ms: 0 })
            }
        }
    }
}

impl Arriving for Incoming {
    fn path(&self) -> String {
        self.folder.path_of(&self.name)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), FileError> {
        self.temporary.file.write_all(bytes).map_err(|error| told(&error))
    }

    fn finish(mut self: Box<Self>) -> Result<String, FileError> {
        if 0 < self.modified_ms {
            let at = Timespec {
                tv_sec: i64::try_from(self.modified_ms / 1_000).unwrap_or_default(),
                tv_nsec: i64::try_from(self.modified_ms % 1_000 * 1_000_000).unwrap_or_default(),
            };
            let times = Timestamps { last_access: at, last_modification: at };
            // A disk that keeps no times keeps the file all the same.
            if let Err(error) = rustix::fs::futimens(&self.temporary.file, &times) {
                tracing::debug!(%error, "Time of a file not kept");
            }
        }
        self.temporary.file.sync_data().map_err(|error| told(&error))?;
        let name = self.name_it()?;
        self.temporary.named = true;
        Ok(self.folder.path_of(&name))
    }
}

/// How a file gets its name beside what stands there; none: it does not come.
fn naming(there: Option<&Standing>, file: NewFile) -> Result<Option<Naming>, FileError> {
    let Some(there) = there else {
        let keeps_both = file.conflict == Conflict::KeepBoth;
        return Ok(Some(if keeps_both { Naming::NextFree } else { Naming::IfFree }));
    };
    match (there.kind, file.conflict) {
        (_, Conflict::KeepBoth) => Ok(Some(Naming::NextFree)),
        (_, Conflict::Skip) => Ok(None),
        (FileType::Directory, _) => Err(FileError::IsFolder),
        (FileType::RegularFile, Conflict::Newer) if file.modified_ms <= there.modified_ms => Ok(None),
        (FileType::RegularFile, Conflict::Overwrite | Conflict::Newer)
            if !there.mode.intersects(Mode::WUSR | Mode::WGRP | Mode::WOTH) =>
        {
            Err(FileError::Denied)
        }
        // A link is replaced itself; what it leads to stays.
        (FileType::RegularFile | FileType::Symlink, Conflict::Overwrite | Conflict::Newer) => {
            Ok(Some(Naming::Replace))
        }
        (FileType::RegularFile | FileType::Symlink, Conflict::Ask) => {
            Err(FileError::Exists { size_bytes: there.size_bytes, modified_ms: there.modified_ms })
        }
        (_, _) => Err(FileError::NotAFile),
    }
}

/// "name (n).txt"; of a long name, less. 0: the name itself.
pub(super) fn numbered(name: &str, n: u32) -> String {
    if n == 0 {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() < 16 => {
            (stem, format!(".{extension}"))
        }
        _ => (name, String::new()),
    };
    let tail = format!(" ({n}){extension}");
    let most = FILE_NAME_BYTES.saturating_sub(tail.len());
    let end = (0..=stem.len().min(most)).rev().find(|at| stem.is_char_boundary(*at)).unwrap_or_default();
    format!("{}{tail}", stem.get(..end).unwrap_or_default())
}

/// A file that is gone when it is dropped, unless it got a name.
struct Temporary {
    file: File,
    folder: rustix::fd::OwnedFd,
    name: String,
    named: bool,
}

impl Temporary {
    fn make(folder: &Folder) -> Result<Self, FileError> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let own = folder.fd.try_clone().map_err(|error| told(&error))?;
        for _ in 0..NAMES {
            let number = NAMED.fetch_add(1, Ordering::Relaxed);
            let name = format!(".beside-{}-{number}.part", std::process::id());
            match rustix::fs::openat(&folder.fd, &name, flags, FILE_MODE) {
                Ok(fd) => return Ok(Self { file: File::from(fd), folder: own, name, named: false }),
                Err(Errno::EXIST) => {}
                Err(error) => return Err(told_by(error)),
            }
        }
        Err(FileError::Name)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.named
            && let Err(error) = rustix::fs::unlinkat(&self.folder, self.name.as_str(), AtFlags::empty())
        {
            tracing::warn!(%error, "Temporary file not deleted");
        }
    }
}
