//! The customer's folders and files (F-02, F-16, F-17), with the rights of the customer's user and no others.
//!
//! Every implementation keeps these promises:
//!
//! - a file comes under a temporary name in the folder where it is to stand, and has its own name when it is whole; what is
//!   dropped before that leaves nothing;
//! - below the folder that was chosen no link is followed: nothing is written outside of it;
//! - what is not a file with bytes in it (a device, a pipe) is never opened.

#[cfg(target_os = "linux")]
mod linux;

use std::io::Read;

use protocol::files::{Conflict, FileName, FilePath, Target};

/// The customer's folders. Not for sharing: its owner calls it from one thread, and calls may take as long as disks do.
pub trait Disk: Send {
    /// Where to begin: the user's own folders, and the root.
    fn places(&self) -> Vec<Place>;

    /// What stands in a folder. Errors: [`FileError`], as in all that follow.
    fn list(&self, folder: &FilePath, most: usize) -> Result<Contents, FileError>;

    /// Makes a folder with those above it. `false`: it was there already, which `may_exist` allows.
    fn make_folder(&self, target: &Target, may_exist: bool) -> Result<bool, FileError>;

    /// Gives an entry another name in its folder; nothing is replaced.
    fn rename(&self, path: &FilePath, name: &FileName) -> Result<(), FileError>;

    /// Deletes a file, a link, or a folder with everything in it, as long as `goes_on` says so before each entry. A folder
    /// where another disk begins is not entered.
    ///
    /// Errors: [`Undeleted`]; what is deleted by then stays so.
    fn delete(&self, path: &FilePath, goes_on: &dyn Fn() -> bool) -> Result<(), Undeleted>;

    /// Begins a file of this size.
    fn create(&self, target: &Target, file: NewFile) -> Result<Created, FileError>;

    /// Opens a file to be read.
    fn open(&self, path: &FilePath) -> Result<Box<dyn Leaving>, FileError>;
}

/// A file that is to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// How large it will be: with less room on the disk it is not begun.
    pub size_bytes: u64,
    /// Epoch milliseconds; 0: not known.
    pub modified_ms: u64,
    /// What happens with a file that is there already.
    pub conflict: Conflict,
}

/// Why something is not deleted, or not as a whole.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("not deleted: {error}")]
pub struct Undeleted {
    /// What stands against it.
    pub error: FileError,
    /// Some of what stood in the folder is gone.
    pub in_part: bool,
}

impl From<FileError> for Undeleted {
    fn from(error: FileError) -> Self {
        Self { error, in_part: false }
    }
}

/// What became of a beginning.
pub enum Created {
    /// It may be written.
    Begun(Box<dyn Arriving>),
    /// The one that is there stays.
    Skipped,
}

/// A file that comes. Dropped, it leaves nothing.
pub trait Arriving: Send {
    /// Where it is to stand.
    fn path(&self) -> String;

    /// Writes the next bytes.
    ///
    /// Errors: [`FileError`].
    fn write(&mut self, bytes: &[u8]) -> Result<(), FileError>;

    /// Everything is written: it gets its name. Returns where it stands.
    ///
    /// Errors: [`FileError`]; nothing is left of it then.
    fn finish(self: Box<Self>) -> Result<String, FileError>;
}

/// A file that is read.
pub trait Leaving: Read + Send {
    /// Size in bytes, and time in epoch milliseconds, as they are now.
    ///
    /// Errors: [`FileError`].
    fn facts(&self) -> Result<(u64, u64), FileError>;
}

/// A folder to begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// "home", "desktop", "documents", "downloads", "root".
    pub kind: &'static str,
    /// Where it is.
    pub path: String,
}

/// What stands in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    /// In no order.
    pub entries: Vec<Entry>,
    /// There are more than were asked for.
    pub cut: bool,
    /// Entries whose names are no text.
    pub unnamed: u32,
    /// Whether files may be put here.
    pub writable: bool,
    /// Room on its disk.
    pub free_bytes: u64,
}

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// What it is, or leads to.
    pub kind: EntryKind,
    /// Of a file.
    pub size_bytes: u64,
    /// Epoch milliseconds; 0: not known.
    pub modified_ms: u64,
    /// It is a link; the other fields are those of what it leads to.
    pub link: bool,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A file with bytes in it.
    File,
    /// A folder.
    Folder,
    /// Neither, or a link that leads nowhere.
    Other,
}

/// Why something cannot be done with a file.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum FileError {
    /// It is not there.
    #[error("no such file or folder")]
    NotFound,
    /// The customer's user may not.
    #[error("permission denied")]
    Denied,
    /// Its disk takes no changes.
    #[error("read-only file system")]
    ReadOnly,
    /// No room, or none for this user.
    #[error("no space left")]
    Full,
    /// Larger than its disk or this user's limit takes.
    #[error("file too large")]
    TooLarge,
    /// There is one already.
    #[error("file of {size_bytes} bytes exists")]
    Exists {
        /// Its size.
        size_bytes: u64,
        /// Epoch milliseconds; 0: not known.
        modified_ms: u64,
    },
    /// A folder stands there.
    #[error("is a folder")]
    IsFolder,
    /// Not a file with bytes in it.
    #[error("not a regular file")]
    NotAFile,
    /// Not a folder.
    #[error("not a folder")]
    NotAFolder,
    /// A link stands in the way, below the folder that was chosen.
    #[error("link in the way")]
    Link,
    /// This disk takes no such name.
    #[error("name refused")]
    Name,
    /// The root, the user's home, or where another disk begins.
    #[error("protected")]
    Protected,
    /// Whoever ordered it may do so no more.
    #[error("called off")]
    CalledOff,
    /// Not on this system yet.
    #[error("files are not supported on this system")]
    Unsupported,
    /// The disk fails.
    #[error("disk failed: {0}")]
    Disk(String),
}

impl FileError {
    /// As console and record are told; kebab-case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "files-not-found",
            Self::Denied => "files-denied",
            Self::ReadOnly => "files-read-only",
            Self::Full => "files-disk-full",
            Self::TooLarge => "files-too-large",
            Self::Exists { .. } => "files-exists",
            Self::IsFolder => "files-is-folder",
            Self::NotAFile => "files-not-a-file",
            Self::NotAFolder => "files-not-a-folder",
            Self::Link => "files-link",
            Self::Name => "files-name-refused",
            Self::Protected => "files-protected",
            Self::CalledOff => "files-change-forbidden",
            Self::Unsupported => "files-unsupported",
            Self::Disk(_) => "files-failed",
        }
    }
}

/// The disk of this machine, with the rights of whoever runs this program.
///
/// Errors: [`FileError::Unsupported`], and [`FileError::NotFound`] for a user without a home.
#[cfg(target_os = "linux")]
pub fn open() -> Result<Box<dyn Disk>, FileError> {
    linux::open()
}

/// The thread that calls it goes behind the others where processors are scarce: a click goes before a file.
pub fn give_way() {
    #[cfg(target_os = "linux")]
    linux::give_way();
}

/// Keeps a small text of this program's own in the folder for downloads, under `name` and `.txt`; a file that is there stays. Gives its
/// path.
///
/// Errors: as of [`open`]; [`FileError::Exists`] after many of the same name; what the disk says.
#[cfg(target_os = "linux")]
pub fn keep_text(name: &str, text: &str) -> Result<std::path::PathBuf, FileError> {
    linux::keep_text(name, text)
}

/// Keeps a small text of this program's own.
///
/// Errors: [`FileError::Unsupported`].
#[cfg(not(target_os = "linux"))]
pub fn keep_text(_name: &str, _text: &str) -> Result<std::path::PathBuf, FileError> {
    Err(FileError::Unsupported)
}

/// The disk of this machine.
///
/// Errors: [`FileError::Unsupported`].
#[cfg(not(target_os = "linux"))]
pub fn open() -> Result<Box<dyn Disk>, FileError> {
    Err(FileError::Unsupported)
}
