//! What stands in this program's file for `beside-server downloads prepare`: the slot that it fills, and the version that it
//! reads.

use std::hint::black_box;

use protocol::{
    limits,
    slot::{self, EMPTY, Slot, SlotError},
};

#[used]
static SLOT: [u8; limits::SLOT_BYTES] = EMPTY;

#[used]
static VERSION: [u8; limits::VERSION_MARK_BYTES] = slot::version_mark(env!("CARGO_PKG_VERSION"));

/// What the program's server wrote into it; `None` where no server has prepared it.
///
/// Errors: [`SlotError`] for a changed program.
pub(crate) fn slot() -> Result<Option<Slot>, SlotError> {
    // The bytes differ in the file from what the compiler saw, so it must not reason from those.
    Slot::decode(black_box(&SLOT))
}

/// This program's version, from the mark: the linker leaves out what nothing reads.
pub(crate) fn version() -> &'static str {
    slot::version_in(black_box(&VERSION)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{slot, version};

    /// H-1: what the file says is what the program says.
    #[test]
    fn the_file_of_the_program_says_its_version() {
        assert_eq!(version(), env!("CARGO_PKG_VERSION"));
        let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        assert_eq!(slot::version_in(&program), Some(version()));
    }
}
