//! The slot that `beside-server downloads prepare` fills in this program's file.

use std::hint::black_box;

use protocol::slot::{EMPTY, Slot, SlotError};

#[used]
static SLOT: [u8; protocol::limits::SLOT_BYTES] = EMPTY;

/// What the program's server wrote into it; `None` where no server has prepared it.
///
/// Errors: [`SlotError`] for a changed program.
pub(crate) fn slot() -> Result<Option<Slot>, SlotError> {
    // The bytes differ in the file from what the compiler saw, so it must not reason from those.
    Slot::decode(black_box(&SLOT))
}
