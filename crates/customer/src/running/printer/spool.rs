//! Documents that wait for the console: files without a name, which nobody else finds, and of which a crash leaves nothing.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek as _, SeekFrom, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use desktop::files::{FileError, Leaving};
use session::customer::DocumentNo;

/// The documents by their numbers.
#[derive(Debug, Default)]
pub(crate) struct Spool {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    last: u32,
    documents: HashMap<DocumentNo, Arc<Mutex<File>>>,
}

impl Spool {
    /// A new document, and its number.
    ///
    /// Errors: the disk's.
    pub(super) fn create(&self) -> std::io::Result<(DocumentNo, Writing)> {
        let file = Arc::new(Mutex::new(tempfile::tempfile()?));
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.last = inner.last.saturating_add(1);
        let no = DocumentNo(inner.last);
        inner.documents.insert(no, Arc::clone(&file));
        Ok((no, Writing { file, size_bytes: 0 }))
    }

    /// Nothing of it is kept, as soon as nobody reads it any more.
    pub(super) fn forget(&self, document: DocumentNo) {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).documents.remove(&document);
    }

    /// Opens a document to be read.
    ///
    /// Errors: [`FileError::Gone`]-like: there is none.
    pub(crate) fn open(&self, document: DocumentNo) -> Option<Box<dyn Leaving>> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let file = Arc::clone(inner.documents.get(&document)?);
        Some(Box::new(Reading { file, at_bytes: 0 }))
    }
}

/// A document that comes.
pub(super) struct Writing {
    file: Arc<Mutex<File>>,
    pub(super) size_bytes: u64,
}

impl Writing {
    pub(super) fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner).write_all(bytes)?;
        self.size_bytes = self.size_bytes.saturating_add(bytes.len() as u64);
        Ok(())
    }
}

/// A document that is read, from its own place: two may read it.
struct Reading {
    file: Arc<Mutex<File>>,
    at_bytes: u64,
}

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at_bytes))?;
        let read = file.read(buffer)?;
        self.at_bytes = self.at_bytes.saturating_add(read as u64);
        Ok(read)
    }
}

impl Leaving for Reading {
    fn facts(&self) -> Result<(u64, u64), FileError> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let facts = file.metadata().map_err(|error| FileError::Disk(error.to_string()))?;
        // It is written once and by nobody else: its time says nothing, and stays the same.
        Ok((facts.len(), 1))
    }
}
