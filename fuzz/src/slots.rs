//! Any bytes as the slot of a prepared app, as a program around one, and as its body under a checksum that fits (the layout
//! stands in `protocol::slot`). What is read is written as the same.

use protocol::{limits, slot};
use slot::Slot;

/// Where the checksum and the body begin.
const DIGEST_AT: usize = 20;
const BODY_AT: usize = 52;

pub(crate) fn run(data: &[u8]) {
    let _found = slot::find_in(data);
    let _version = slot::version_in(data);
    if let Some(whole) = data.first_chunk() {
        read(whole);
    }
    // A body alone, within a slot that is otherwise right.
    if let Some(whole) = around(data) {
        read(&whole);
    }
}

fn read(whole: &[u8; limits::SLOT_BYTES]) {
    if let Ok(Some(slot)) = Slot::decode(whole)
        && let Ok(written) = slot.encode()
    {
        assert_eq!(Slot::decode(&written), Ok(Some(slot)), "what was written is read as the same");
    }
}

fn around(body: &[u8]) -> Option<[u8; limits::SLOT_BYTES]> {
    let mut whole = slot::EMPTY;
    let length = u16::try_from(body.len()).ok()?;
    whole.get_mut(16..20)?.copy_from_slice(&[[0, 1], length.to_be_bytes()].concat());
    whole.get_mut(BODY_AT..BODY_AT + body.len()).filter(|_| body.len() < 4_000)?.copy_from_slice(body);
    let digest = protocol::IdentityHash::of(body).0;
    whole.get_mut(DIGEST_AT..BODY_AT)?.copy_from_slice(&digest);
    Some(whole)
}
