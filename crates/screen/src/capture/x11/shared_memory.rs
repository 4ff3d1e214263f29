//! Memory that the X server writes captured pixels into (MIT-SHM).

use std::{
    os::fd::OwnedFd,
    ptr::{NonNull, null_mut},
};

use rustix::{
    fs::{MemfdFlags, ftruncate, memfd_create},
    io::Errno,
    mm::{Advice, MapFlags, ProtFlags, madvise, mmap, munmap},
};
use tracing::debug;

/// A mapped memory file.
///
/// INVARIANT: `start` is the beginning of a mapping of `length` bytes, which lives as long as this value.
#[derive(Debug)]
pub(super) struct SharedMemory {
    start: NonNull<u8>,
    length: usize,
}

// SAFETY: the mapping belongs to this value alone and is not tied to the thread that made it (mmap(2)).
unsafe impl Send for SharedMemory {}

impl SharedMemory {
    /// Memory of `length` bytes and the file to hand to the X server.
    pub(super) fn new(length: usize) -> Result<(Self, OwnedFd), Errno> {
        let file = memfd_create("beside-screen", MemfdFlags::CLOEXEC)?;
        ftruncate(&file, u64::try_from(length).map_err(|_| Errno::INVAL)?)?;
        // SAFETY: a new mapping at an address of the system's choice touches no memory of ours (mmap(2)).
        let start = unsafe {
            mmap(null_mut(), length, ProtFlags::READ | ProtFlags::WRITE, MapFlags::SHARED, &file, 0)
        }?;
        let start = NonNull::new(start.cast::<u8>()).ok_or(Errno::NOMEM)?;
        Ok((Self { start, length }, file))
    }

    /// What the X server wrote, to be painted over. It writes only between a request of ours and its reply, and requests are
    /// made with the capture borrowed mutably, so not while these bytes are borrowed.
    pub(super) fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: the mapping is readable, writable and `length` long (the invariant), this value is borrowed mutably, and
        // nobody else writes to it meanwhile, as said above; a memory file of ours cannot be truncated by the server since
        // it gets no path to it.
        unsafe { std::slice::from_raw_parts_mut(self.start.as_ptr(), self.length) }
    }

    /// Gives the pages back to the system until the next capture writes to them; what they held is gone.
    pub(super) fn release(&mut self) {
        // SAFETY: exactly the mapping that `new` made; nobody borrows its bytes while this value is borrowed mutably,
        // and pages of zeros in their place are valid bytes (madvise(2), MADV_REMOVE).
        let released = unsafe { madvise(self.start.as_ptr().cast(), self.length, Advice::LinuxRemove) };
        if let Err(error) = released {
            debug!(%error, "Memory shared with the X server stays in use");
        }
    }

    pub(super) fn length(&self) -> usize {
        self.length
    }
}

impl Drop for SharedMemory {
    fn drop(&mut self) {
        // SAFETY: exactly the mapping that `new` made, and no borrow of its bytes outlives this value (munmap(2)).
        let unmapped = unsafe { munmap(self.start.as_ptr().cast(), self.length) };
        if let Err(error) = unmapped {
            debug!(%error, "Memory shared with the X server stays mapped");
        }
    }
}
