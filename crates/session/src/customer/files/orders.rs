//! What the machine asks of the customer's disk, and what it hears of it.

use bytes::Bytes;
use protocol::files::{Conflict, FileName, FilePath, Resume, Target};

use crate::customer::DocumentNo;

/// Numbers the transfers of one run, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransferNo(pub u64);

/// Numbers the questions about folders and the changes to them, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AskNo(pub u64);

/// One thing to do on the disk. They are done in their order, and each is answered by one [`FilesNews`] but for
/// [`FilesOrder::Discard`] and [`FilesOrder::CallOff`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesOrder {
    /// List a folder; none: the places. [`FilesNews::Listed`].
    List(AskNo, Option<FilePath>),
    /// Make a folder. [`FilesNews::Changed`], as the next two.
    MakeFolder {
        /// By which it is answered.
        ask: AskNo,
        /// Where.
        target: Target,
        /// One that is there is none the worse for it.
        may_exist: bool,
    },
    /// Give an entry another name.
    Rename {
        /// By which it is answered.
        ask: AskNo,
        /// Which entry.
        path: FilePath,
        /// Its new name.
        name: FileName,
    },
    /// Delete an entry.
    Delete(AskNo, FilePath),
    /// Begin a file under a temporary name. [`FilesNews::Created`].
    Create {
        /// By which it is spoken of.
        transfer: TransferNo,
        /// Where it is to stand.
        target: Target,
        /// How large it will be.
        size_bytes: u64,
        /// Epoch milliseconds; 0: not known.
        modified_ms: u64,
        /// What happens with a file that is there already.
        conflict: Conflict,
    },
    /// Write the next bytes. [`FilesNews::Written`].
    Write(TransferNo, Bytes),
    /// Compare the digest and give the file its name. [`FilesNews::Finished`].
    Finish(TransferNo, [u8; 32]),
    /// Open a file. [`FilesNews::Opened`].
    Open {
        /// By which it is spoken of.
        transfer: TransferNo,
        /// Which.
        path: FilePath,
        /// What the console has of it already.
        resume: Option<Resume>,
    },
    /// Open a document that the customer printed. [`FilesNews::Opened`].
    OpenPrinted {
        /// By which it is spoken of.
        transfer: TransferNo,
        /// Which.
        document: DocumentNo,
        /// What the console has of it already.
        resume: Option<Resume>,
    },
    /// Read so many of the next bytes. [`FilesNews::Read`].
    Read(TransferNo, usize),
    /// See that the file ends here and has not changed. [`FilesNews::ReadAll`].
    ReadEnd(TransferNo),
    /// Close the file; of one that came, nothing stays.
    Discard(TransferNo),
    /// Whoever ordered the changes up to this number may do so no more: those that wait are not made, and a delete stops. Does
    /// not wait its turn. Each of them is answered all the same.
    CallOff(AskNo),
}

/// What became of an order. Any order of a transfer may be answered by [`FilesNews::Failed`]; the disk has forgotten the
/// transfer then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesNews {
    /// What stands in a folder, or why that is not known.
    Listed(AskNo, Result<Listing, &'static str>),
    /// A change is made, or there was nothing to change, or why not.
    Changed(AskNo, Result<Change, &'static str>),
    /// The file is begun, and will stand here if nothing comes in between.
    Created(TransferNo, String),
    /// So many bytes are written.
    Written(TransferNo, u64),
    /// The digest was right, and the file stands here.
    Finished(TransferNo, String),
    /// The file is open.
    Opened {
        /// Which transfer.
        transfer: TransferNo,
        /// Its size.
        size_bytes: u64,
        /// Epoch milliseconds; 0: not known.
        modified_ms: u64,
    },
    /// The bytes that were to be read, all of them.
    Read(TransferNo, Bytes),
    /// Nothing more; the digest of the whole.
    ReadAll(TransferNo, [u8; 32]),
    /// It ends here, and nothing of it stays; why, kebab-case.
    Failed(TransferNo, &'static str),
    /// There is a file already, and nobody has said what to do.
    Exists {
        /// Which transfer.
        transfer: TransferNo,
        /// Of the file that is there.
        size_bytes: u64,
        /// Of the file that is there; epoch milliseconds.
        modified_ms: u64,
    },
}

/// Whether anything is different now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is.
    Made,
    /// It was so already.
    None,
    /// Of a folder some is deleted, and then it ended; why, kebab-case.
    InPart(&'static str),
}

/// What stands in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// At most [`protocol::limits::FOLDER_ENTRIES`].
    pub entries: Vec<Entry>,
    /// There are more.
    pub cut: bool,
    /// Entries whose names are no text.
    pub unnamed: u32,
    /// Files may be put here.
    pub writable: bool,
    /// Room on its disk.
    pub free_bytes: u64,
}

/// One entry of a folder, or one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name; of a place, its path.
    pub name: String,
    /// What it is, or leads to.
    pub kind: EntryKind,
    /// Of a file.
    pub size_bytes: u64,
    /// Epoch milliseconds; 0: not known.
    pub modified_ms: u64,
    /// It is a link.
    pub link: bool,
    /// Of a place: which.
    pub place: &'static str,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A file with bytes in it.
    File,
    /// A folder.
    Folder,
    /// Neither.
    Other,
}
