//! What the machine asks of the customer's clipboard, and what it hears of it.

use protocol::{
    clipboard::{Clip, ClipKind},
    wire,
};

/// Numbers what is put on the clipboard, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PutNo(pub u64);

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClipboardOrder {
    /// What is copied from now on is read and told, or not any more. What was there before is never read.
    Watch(bool),
    /// Put this there. Answered by [`ClipboardNews::Put`].
    Put(PutNo, Puttable),
}

/// What can be put on a clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Puttable {
    /// A text or a picture.
    Clip(Clip),
    /// Files and folders by their paths, at least one.
    Files(Vec<String>),
}

/// What the clipboard tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClipboardNews {
    /// The customer copied a text or a picture.
    Copied(Clip),
    /// They copied one that is over the limit; its size, 0: not known.
    TooLarge(ClipKind, u64),
    /// They copied files.
    CopiedFiles(CopiedFiles),
    /// What became of [`ClipboardOrder::Put`]; why not, kebab-case.
    Put(PutNo, Result<(), &'static str>),
    /// This machine has no clipboard that can be read or filled, or not any more: what it lacks, kebab-case.
    Lacks(&'static str),
}

/// Files that were copied together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopiedFiles {
    /// Those that are there.
    pub files: Vec<CopiedFile>,
    /// How many more were left out.
    pub more: u32,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopiedFile {
    /// Absolute.
    pub path: String,
    /// A folder.
    pub is_folder: bool,
    /// Of a file.
    pub size_bytes: u64,
    /// Epoch milliseconds; 0: not known.
    pub modified_ms: u64,
}

impl From<CopiedFile> for wire::ClipFile {
    fn from(file: CopiedFile) -> Self {
        let CopiedFile { path, is_folder, size_bytes, modified_ms } = file;
        Self { path, folder: is_folder, size_bytes, modified_ms }
    }
}
