use super::{api::without_code, prepare::fill};
use protocol::{
    IdentityHash, limits,
    slot::{EMPTY, Slot},
};

#[test]
fn a_code_in_the_name_leads_to_the_same_file() {
    for (name, plain) in [
        ("beside", "beside"),
        ("beside-123456", "beside"),
        ("beside-123456.exe", "beside.exe"),
        ("beside.exe", "beside.exe"),
        ("beside-12345", "beside-12345"),
        ("beside-1234567", "beside-1234567"),
        ("../beside-123456", "../beside-123456"),
    ] {
        assert_eq!(without_code(name), plain, "{name}");
    }
}

/// H-1: the slot is filled, and no other byte changes.
#[test]
fn a_prepared_program_differs_in_its_slot_alone() {
    let mut program = b"\x7fELF".to_vec();
    program.extend([3; 1000]);
    let at = program.len();
    program.extend(EMPTY);
    program.extend([4; 1000]);
    let before = program.clone();
    let slot = Slot {
        origins: vec!["https://support.example".to_owned()],
        identities: vec![IdentityHash([1; 32])],
        authority_sha256: None,
    };
    fill(&mut program, &slot).unwrap();
    let end = at + limits::SLOT_BYTES;
    assert_eq!((&program[..at], &program[end..]), (&before[..at], &before[end..]));
    let filled = program[at..end].try_into().unwrap();
    assert_eq!(Slot::decode(filled), Ok(Some(slot)));
}
