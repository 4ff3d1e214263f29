//! Files between console and customer (F-02, F-16, F-17): what a console may ask, as complete values.

mod names;
#[cfg(test)]
mod tests;

pub use names::{FileName, FilePath, NameError};

use bytes::Bytes;

use crate::{limits, wire};

/// A transfer or request of the console's, by its own number.
pub type Number = u32;

/// What a console says on the channel for files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesMessage {
    /// What stands in a folder; none: the places from which to begin.
    List(Number, Option<FilePath>),
    /// Make a folder.
    MakeFolder {
        /// By which it is answered.
        request: Number,
        /// Where.
        target: Target,
        /// One that is there is none the worse for it.
        may_exist: bool,
    },
    /// Give an entry another name.
    Rename {
        /// By which it is answered.
        request: Number,
        /// Which entry.
        path: FilePath,
        /// Its new name.
        name: FileName,
    },
    /// Delete an entry with everything in it.
    Delete(Number, FilePath),
    /// A file is to come.
    Send(SendFile),
    /// A file is wanted.
    Fetch(FetchFile),
    /// A document that the customer printed is wanted (S-12).
    FetchPrinted(FetchPrinted),
    /// The next bytes of a file that comes: 1 to [`limits::FILE_CHUNK_BYTES`].
    Chunk(Number, Bytes),
    /// The console has written so many bytes of a file that it fetches.
    Taken(Number, u64),
    /// Everything of a file was sent; its BLAKE3.
    End(Number, [u8; 32]),
    /// The console has the whole of a file that it fetched, and it is right.
    Done(Number),
    /// The console ends a transfer; its reason in kebab-case, for the record.
    Stopped(Number, String),
}

/// A file that the console sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendFile {
    /// By which it is spoken of.
    pub transfer: Number,
    /// By which it goes on after a lost connection.
    pub id: [u8; 16],
    /// Where to.
    pub target: Target,
    /// At most [`limits::FILE_BYTES`].
    pub size_bytes: u64,
    /// Epoch milliseconds; 0: not known.
    pub modified_ms: u64,
    /// What happens with a file that is there already.
    pub conflict: Conflict,
}

/// A file that the console fetches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchFile {
    /// By which it is spoken of.
    pub transfer: Number,
    /// By which it goes on after a lost connection.
    pub id: [u8; 16],
    /// Which.
    pub path: FilePath,
    /// What the console has of it already.
    pub resume: Option<Resume>,
}

/// A printed document that the console fetches (S-12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchPrinted {
    /// By which it is spoken of.
    pub transfer: Number,
    /// By which it goes on after a lost connection.
    pub id: [u8; 16],
    /// Which, by the number that the app gave it.
    pub document: u32,
    /// What the console has of it already.
    pub resume: Option<Resume>,
}

/// How far a fetch had come before the connection was lost, and of which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resume {
    /// So much is there.
    pub offset_bytes: u64,
    /// The file's size then.
    pub size_bytes: u64,
    /// The file's time then.
    pub modified_ms: u64,
}

/// Where something is put.
///
/// INVARIANT: `names` has 1 to [`limits::FILE_DEPTH`] entries; with `clipboard` there is no `folder`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    folder: Option<FilePath>,
    names: Vec<FileName>,
    clipboard: Option<u32>,
}

impl Target {
    /// For the customer's clipboard (S-11), below a folder of the session's own: with what else it was copied.
    #[must_use]
    pub fn clipboard(&self) -> Option<u32> {
        self.clipboard
    }

    /// What of the whole path, as it came to be, was copied as one: the thing itself, or the folder that it came in.
    #[must_use]
    pub fn copied(&self, path: &str) -> String {
        let above = self.way().len();
        let end = path.rmatch_indices('/').nth(above.saturating_sub(1)).map_or(path.len(), |(at, _)| at);
        if above == 0 { path.to_owned() } else { path.get(..end).unwrap_or(path).to_owned() }
    }

    /// Below which folder; none: the customer's folder for downloads.
    #[must_use]
    pub fn folder(&self) -> Option<&FilePath> {
        self.folder.as_ref()
    }

    /// The folders on the way.
    #[must_use]
    pub fn way(&self) -> &[FileName] {
        self.names.split_last().map(|(_, way)| way).unwrap_or_default()
    }

    /// All of it, as it is written; of the folder for downloads the names alone.
    #[must_use]
    pub fn path(&self) -> String {
        let names = self.names.iter().map(FileName::as_str).collect::<Vec<_>>().join("/");
        match self.folder() {
            None => names,
            Some(folder) => format!("{}/{names}", folder.as_str().trim_end_matches('/')),
        }
    }

    /// The name of the thing itself.
    #[must_use]
    pub fn name(&self) -> &str {
        self.names.last().map(FileName::as_str).unwrap_or_default()
    }
}

/// What happens with a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// Nothing: the console is told, and asks its operator.
    Ask,
    /// It is replaced.
    Overwrite,
    /// The new one gets another name.
    KeepBoth,
    /// The new one does not come.
    Skip,
    /// It is replaced by a newer one; else as with `Skip`.
    Newer,
}

/// Why something that a console said on the channel for files is nothing.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FilesError {
    /// A path or name is none.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A number is over its limit.
    #[error("size of {bytes} bytes is over the limit")]
    Size {
        /// The number.
        bytes: u64,
    },
    /// A field has not its length.
    #[error("{field} has {bytes} bytes")]
    Length {
        /// Its name.
        field: &'static str,
        /// Its length.
        bytes: usize,
    },
    /// More names than a way may have, or none.
    #[error("target has {names} names")]
    Depth {
        /// How many.
        names: usize,
    },
    /// For the clipboard, and into a folder all the same.
    #[error("target has a folder and is for the clipboard")]
    Placed,
    /// Not a console's to say.
    #[error("message is not a console's")]
    Side,
    /// Of a later version.
    #[error("message is not known")]
    Unknown,
}

impl TryFrom<wire::FilesMessage> for FilesMessage {
    type Error = FilesError;

    fn try_from(message: wire::FilesMessage) -> Result<Self, FilesError> {
        use wire::files_message::Body;
        Ok(match message.body.ok_or(FilesError::Unknown)? {
            Body::ListFolder(list) => Self::List(list.request, optional(&list.path)?),
            Body::MakeFolder(make) => Self::MakeFolder {
                request: make.request,
                target: target(make.target)?,
                may_exist: make.may_exist,
            },
            Body::RenameEntry(rename) => Self::Rename {
                request: rename.request,
                path: FilePath::parse(&rename.path)?,
                name: FileName::parse(&rename.name)?,
            },
            Body::DeleteEntry(delete) => Self::Delete(delete.request, FilePath::parse(&delete.path)?),
            Body::SendFile(send) => Self::Send(send.try_into()?),
            Body::FetchFile(fetch) => Self::Fetch(fetch.try_into()?),
            Body::FetchPrinted(fetch) => Self::FetchPrinted(fetch.try_into()?),
            Body::TransferChunk(chunk) => match chunk.bytes.len() {
                1..=limits::FILE_CHUNK_BYTES => Self::Chunk(chunk.transfer, chunk.bytes),
                bytes => return Err(FilesError::Length { field: "chunk", bytes }),
            },
            Body::TransferTaken(taken) => Self::Taken(taken.transfer, size(taken.taken_bytes)?),
            Body::TransferEnd(end) => Self::End(end.transfer, digest(&end.blake3)?),
            Body::TransferDone(done) => Self::Done(done.transfer),
            Body::TransferStopped(stopped) => Self::Stopped(stopped.transfer, reason(&stopped.why)),
            Body::FolderPage(_) | Body::RequestDone(_) | Body::TransferReady(_) => {
                return Err(FilesError::Side);
            }
        })
    }
}

impl TryFrom<wire::SendFile> for SendFile {
    type Error = FilesError;

    fn try_from(send: wire::SendFile) -> Result<Self, FilesError> {
        use wire::send_file::Conflict as Wire;
        Ok(Self {
            transfer: send.transfer,
            id: id(&send.id)?,
            size_bytes: size(send.size_bytes)?,
            modified_ms: send.modified_ms,
            conflict: match send.conflict() {
                Wire::Unspecified => Conflict::Ask,
                Wire::Overwrite => Conflict::Overwrite,
                Wire::KeepBoth => Conflict::KeepBoth,
                Wire::Skip => Conflict::Skip,
                Wire::Newer => Conflict::Newer,
            },
            target: target(send.target)?,
        })
    }
}

impl TryFrom<wire::FetchFile> for FetchFile {
    type Error = FilesError;

    fn try_from(fetch: wire::FetchFile) -> Result<Self, FilesError> {
        let resume = resume(fetch.offset_bytes, fetch.size_bytes, fetch.modified_ms)?;
        let path = FilePath::parse(&fetch.path)?;
        Ok(Self { transfer: fetch.transfer, id: id(&fetch.id)?, path, resume })
    }
}

impl TryFrom<wire::FetchPrinted> for FetchPrinted {
    type Error = FilesError;

    fn try_from(fetch: wire::FetchPrinted) -> Result<Self, FilesError> {
        let resume = resume(fetch.offset_bytes, fetch.size_bytes, fetch.modified_ms)?;
        Ok(Self { transfer: fetch.transfer, id: id(&fetch.id)?, document: fetch.document, resume })
    }
}

/// None: the transfer begins at the beginning.
fn resume(offset_bytes: u64, size_bytes: u64, modified_ms: u64) -> Result<Option<Resume>, FilesError> {
    if offset_bytes == 0 {
        return Ok(None);
    }
    let resume = Resume { offset_bytes: size(offset_bytes)?, size_bytes: size(size_bytes)?, modified_ms };
    if resume.size_bytes < resume.offset_bytes {
        return Err(FilesError::Size { bytes: offset_bytes });
    }
    Ok(Some(resume))
}

fn target(wire: Option<wire::TransferTarget>) -> Result<Target, FilesError> {
    let wire = wire.unwrap_or_default();
    if !(1..=limits::FILE_DEPTH).contains(&wire.names.len()) {
        return Err(FilesError::Depth { names: wire.names.len() });
    }
    let names: Result<Vec<FileName>, NameError> =
        wire.names.iter().map(|name| FileName::parse(name)).collect();
    let clipboard = (wire.clipboard != 0).then_some(wire.clipboard);
    let folder = optional(&wire.folder)?;
    if clipboard.is_some() && folder.is_some() {
        return Err(FilesError::Placed);
    }
    Ok(Target { folder, names: names?, clipboard })
}

fn optional(path: &str) -> Result<Option<FilePath>, NameError> {
    if path.is_empty() { Ok(None) } else { FilePath::parse(path).map(Some) }
}

fn size(bytes: u64) -> Result<u64, FilesError> {
    if bytes <= limits::FILE_BYTES { Ok(bytes) } else { Err(FilesError::Size { bytes }) }
}

fn id(bytes: &Bytes) -> Result<[u8; 16], FilesError> {
    bytes.as_ref().try_into().map_err(|_| FilesError::Length { field: "id", bytes: bytes.len() })
}

fn digest(bytes: &Bytes) -> Result<[u8; 32], FilesError> {
    bytes.as_ref().try_into().map_err(|_| FilesError::Length { field: "blake3", bytes: bytes.len() })
}

/// A reason as far as it is one: letters, digits and hyphens.
fn reason(why: &str) -> String {
    let is_of_a_name = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    why.chars().filter(is_of_a_name).take(limits::FEATURE_CHARS).collect()
}
