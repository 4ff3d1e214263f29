//! What the session orders is done on the disk, one after the other.

use std::collections::HashMap;
use std::io::Read as _;
use std::sync::Arc;

use bytes::Bytes;
use desktop::files::{self as disk, Arriving, Created, Disk, FileError, Leaving, NewFile, Undeleted};
use protocol::files::{FilePath, Resume};
use protocol::limits;
use session::customer::{AskNo, Change, EntryKind, FilesNews, FilesOrder, FolderEntry, Listing, TransferNo};

use super::Halt;
use crate::running::printer::Spool;

/// How much is read at a time of what the console has already.
const AGAIN_BYTES: usize = 64 * 1024;

/// The disk, and the files that are open on it.
pub(super) struct Desk {
    disk: Result<Box<dyn Disk>, FileError>,
    /// Documents that the customer printed.
    spool: Arc<Spool>,
    open: HashMap<TransferNo, Open>,
    halt: Arc<Halt>,
}

enum Open {
    Arriving { file: Box<dyn Arriving>, hasher: blake3::Hasher },
    Leaving { file: Box<dyn Leaving>, hasher: blake3::Hasher, facts: (u64, u64) },
}

impl Desk {
    pub(super) fn new(disk: Result<Box<dyn Disk>, FileError>, spool: Arc<Spool>, halt: Arc<Halt>) -> Self {
        Self { disk, spool, open: HashMap::new(), halt }
    }

    /// Does one thing. Nothing: there is nothing to tell.
    pub(super) fn obey(&mut self, order: FilesOrder) -> Option<FilesNews> {
        match order {
            FilesOrder::List(ask, folder) => {
                Some(FilesNews::Listed(ask, self.list(folder.as_ref()).map_err(|error| code(&error))))
            }
            FilesOrder::MakeFolder { ask, target, may_exist } => {
                let made = self.disk_for(ask).and_then(|disk| disk.make_folder(&target, may_exist));
                let change = made.map(|made| if made { Change::Made } else { Change::None });
                Some(FilesNews::Changed(ask, change.map_err(|error| code(&error))))
            }
            FilesOrder::Rename { ask, path, name } => {
                let renamed = self.disk_for(ask).and_then(|disk| disk.rename(&path, &name));
                Some(FilesNews::Changed(ask, renamed.map(|()| Change::Made).map_err(|error| code(&error))))
            }
            FilesOrder::Delete(ask, path) => {
                let disk = self.disk_for(ask).map_err(Undeleted::from);
                let goes_on = || !self.halt.stops(ask);
                let deleted = match disk.and_then(|disk| disk.delete(&path, &goes_on)) {
                    Ok(()) => Ok(Change::Made),
                    Err(Undeleted { error, in_part: true }) => Ok(Change::InPart(code(&error))),
                    Err(Undeleted { error, in_part: false }) => Err(code(&error)),
                };
                Some(FilesNews::Changed(ask, deleted))
            }
            FilesOrder::Create { transfer, target, size_bytes, modified_ms, conflict } => {
                let file = NewFile { size_bytes, modified_ms, conflict };
                let created = self.disk().and_then(|disk| disk.create(&target, file));
                Some(self.created(transfer, created))
            }
            FilesOrder::Write(transfer, bytes) => self.write(transfer, &bytes),
            FilesOrder::Finish(transfer, digest) => self.finish(transfer, digest),
            FilesOrder::Open { transfer, path, resume } => {
                let file = self.disk().and_then(|disk| disk.open(&path)).map_err(|error| code(&error));
                let opened = file.and_then(|file| self.open(transfer, file, resume));
                Some(opened.unwrap_or_else(|why| FilesNews::Failed(transfer, why)))
            }
            FilesOrder::OpenPrinted { transfer, document, resume } => {
                let file = self.spool.open(document).ok_or("files-not-found");
                let opened = file.and_then(|file| self.open(transfer, file, resume));
                Some(opened.unwrap_or_else(|why| FilesNews::Failed(transfer, why)))
            }
            FilesOrder::Read(transfer, bytes) => self.read(transfer, bytes),
            FilesOrder::ReadEnd(transfer) => self.read_end(transfer),
            FilesOrder::Discard(transfer) => {
                self.open.remove(&transfer);
                None
            }
            FilesOrder::CallOff(ask) => {
                self.halt.call_off(ask);
                None
            }
        }
    }

    fn disk(&self) -> Result<&dyn Disk, FileError> {
        self.disk.as_deref().map_err(Clone::clone)
    }

    /// For a change, unless that is called off.
    fn disk_for(&self, ask: AskNo) -> Result<&dyn Disk, FileError> {
        if self.halt.stops(ask) { Err(FileError::CalledOff) } else { self.disk() }
    }

    fn list(&self, folder: Option<&FilePath>) -> Result<Listing, FileError> {
        let disk = self.disk()?;
        let Some(folder) = folder else {
            let entries = disk.places().into_iter().map(of_place).collect();
            return Ok(Listing { entries, ..Listing::default() });
        };
        let contents = disk.list(folder, limits::FOLDER_ENTRIES)?;
        Ok(Listing {
            entries: contents.entries.into_iter().map(of_disk).collect(),
            cut: contents.cut,
            unnamed: contents.unnamed,
            writable: contents.writable,
            free_bytes: contents.free_bytes,
        })
    }

    fn created(&mut self, transfer: TransferNo, created: Result<Created, FileError>) -> FilesNews {
        match created {
            Ok(Created::Begun(file)) => {
                let path = file.path();
                self.open.insert(transfer, Open::Arriving { file, hasher: blake3::Hasher::new() });
                FilesNews::Created(transfer, path)
            }
            Ok(Created::Skipped) => FilesNews::Failed(transfer, "files-skipped"),
            Err(FileError::Exists { size_bytes, modified_ms }) => {
                FilesNews::Exists { transfer, size_bytes, modified_ms }
            }
            Err(error) => FilesNews::Failed(transfer, code(&error)),
        }
    }

    fn write(&mut self, transfer: TransferNo, bytes: &[u8]) -> Option<FilesNews> {
        let Open::Arriving { file, hasher } = self.open.get_mut(&transfer)? else { return None };
        match file.write(bytes) {
            Ok(()) => {
                hasher.update(bytes);
                Some(FilesNews::Written(transfer, bytes.len() as u64))
            }
            Err(error) => Some(self.failed(transfer, code(&error))),
        }
    }

    fn finish(&mut self, transfer: TransferNo, digest: [u8; 32]) -> Option<FilesNews> {
        let Open::Arriving { file, hasher } = self.open.remove(&transfer)? else { return None };
        if hasher.finalize() != digest {
            return Some(FilesNews::Failed(transfer, "files-digest"));
        }
        Some(match file.finish() {
            Ok(path) => FilesNews::Finished(transfer, path),
            Err(error) => FilesNews::Failed(transfer, code(&error)),
        })
    }

    fn open(
        &mut self,
        transfer: TransferNo,
        mut file: Box<dyn Leaving>,
        resume: Option<Resume>,
    ) -> Result<FilesNews, &'static str> {
        let facts = file.facts().map_err(|error| code(&error))?;
        let mut hasher = blake3::Hasher::new();
        if let Some(resume) = resume {
            if facts != (resume.size_bytes, resume.modified_ms) {
                return Err("files-changed");
            }
            hash_again(file.as_mut(), &mut hasher, resume.offset_bytes)?;
        }
        let (size_bytes, modified_ms) = facts;
        if limits::FILE_BYTES < size_bytes {
            return Err("files-too-large");
        }
        self.open.insert(transfer, Open::Leaving { file, hasher, facts });
        Ok(FilesNews::Opened { transfer, size_bytes, modified_ms })
    }

    fn read(&mut self, transfer: TransferNo, bytes: usize) -> Option<FilesNews> {
        let Open::Leaving { file, hasher, .. } = self.open.get_mut(&transfer)? else { return None };
        let mut read = vec![0; bytes.min(limits::FILE_CHUNK_BYTES)];
        match file.read_exact(&mut read) {
            Ok(()) => {
                hasher.update(&read);
                Some(FilesNews::Read(transfer, Bytes::from(read)))
            }
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
                Some(self.failed(transfer, "files-changed"))
            }
            Err(_) => Some(self.failed(transfer, "files-failed")),
        }
    }

    /// A file that somebody writes to while it is read is neither the old one nor the new one.
    fn read_end(&mut self, transfer: TransferNo) -> Option<FilesNews> {
        let Open::Leaving { file, hasher, facts } = self.open.get_mut(&transfer)? else { return None };
        if file.facts() != Ok(*facts) {
            return Some(self.failed(transfer, "files-changed"));
        }
        let digest = *hasher.finalize().as_bytes();
        self.open.remove(&transfer);
        Some(FilesNews::ReadAll(transfer, digest))
    }

    fn failed(&mut self, transfer: TransferNo, why: &'static str) -> FilesNews {
        self.open.remove(&transfer);
        FilesNews::Failed(transfer, why)
    }
}

/// Reads what the console has already, for the digest of the whole.
fn hash_again(file: &mut dyn Leaving, hasher: &mut blake3::Hasher, bytes: u64) -> Result<(), &'static str> {
    let mut buffer = vec![0; AGAIN_BYTES];
    let mut left = bytes;
    while 0 < left {
        let next = usize::try_from(left).unwrap_or(usize::MAX).min(AGAIN_BYTES);
        let Some(part) = buffer.get_mut(..next) else { return Err("files-failed") };
        file.read_exact(part).map_err(|_| "files-changed")?;
        hasher.update(part);
        left = left.saturating_sub(next as u64);
    }
    Ok(())
}

fn code(error: &FileError) -> &'static str {
    if let FileError::Disk(what) = error {
        tracing::warn!(error = what, "Disk failed");
    }
    error.code()
}

fn of_place(place: disk::Place) -> FolderEntry {
    FolderEntry {
        name: place.path,
        kind: EntryKind::Folder,
        size_bytes: 0,
        modified_ms: 0,
        link: false,
        place: place.kind,
    }
}

fn of_disk(entry: disk::Entry) -> FolderEntry {
    let kind = match entry.kind {
        disk::EntryKind::File => EntryKind::File,
        disk::EntryKind::Folder => EntryKind::Folder,
        disk::EntryKind::Other => EntryKind::Other,
    };
    FolderEntry {
        name: entry.name,
        kind,
        size_bytes: entry.size_bytes,
        modified_ms: entry.modified_ms,
        link: entry.link,
        place: "",
    }
}
