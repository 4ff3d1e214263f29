use super::{EMPTY, Slot, SlotError, find_in, version_in, version_mark};
use crate::IdentityHash;

fn slot() -> Slot {
    Slot {
        origins: vec!["https://support.example".to_owned(), "https://192.0.2.1:8443".to_owned()],
        identities: vec![IdentityHash([1; 32]), IdentityHash([2; 32])],
        authority_sha256: Some([3; 32]),
    }
}

/// H-1.
#[test]
fn what_was_prepared_is_read_back() {
    assert_eq!(Slot::decode(&slot().encode().unwrap()), Ok(Some(slot())));
    let public = Slot { authority_sha256: None, ..slot() };
    assert_eq!(Slot::decode(&public.encode().unwrap()), Ok(Some(public)));
    assert_eq!(Slot::decode(&EMPTY), Ok(None));
}

/// §4b: one changed byte of the ticket and the app refuses and says so.
#[test]
fn any_changed_byte_of_the_values_is_noticed() {
    let good = slot().encode().unwrap();
    for at in 16..200 {
        let mut bad = good;
        bad[at] ^= 0x40;
        assert_ne!(Slot::decode(&bad), Ok(Some(slot())), "byte {at}");
        assert_ne!(Slot::decode(&bad), Ok(None), "byte {at}");
    }
}

#[test]
fn values_over_their_limits_do_not_fit() {
    let check = |slot: Slot| assert_eq!(slot.encode(), Err(SlotError::Values));
    check(Slot { origins: vec![], ..slot() });
    check(Slot { identities: vec![], ..slot() });
    check(Slot { identities: vec![IdentityHash([0; 32]); 5], ..slot() });
    check(Slot { origins: vec!["x".repeat(257)], ..slot() });
    check(Slot { origins: vec!["x".to_owned(); 9], ..slot() });
}

#[test]
fn the_one_slot_is_found_and_a_lone_magic_is_none() {
    let around = |slots: usize| {
        let mut program = b"ELF... BESIDE-SLOT-V1\n\n ...".to_vec();
        program.extend([0; 5000]);
        for _ in 0..slots {
            program.extend(EMPTY);
            program.extend([7; 33]);
        }
        program
    };
    assert_eq!(find_in(&around(0)), Err(SlotError::Missing));
    assert_eq!(find_in(&around(2)), Err(SlotError::Ambiguous));
    let program = around(1);
    let at = find_in(&program).unwrap();
    assert_eq!(program[at..at + 16], EMPTY[..16]);
    assert_eq!(find_in(b"short"), Err(SlotError::Missing));
}

#[test]
fn a_program_says_its_version_once() {
    let mark = version_mark("1.20.3-rc.1+abc");
    let around = |marks: &[&[u8]]| [&[3; 100][..], &marks.concat(), &[4; 100]].concat();
    assert_eq!(version_in(&around(&[&mark])), Some("1.20.3-rc.1+abc"));
    assert_eq!(
        version_in(&around(&[b"BESIDE-VERS-V1\n\n", &mark])),
        Some("1.20.3-rc.1+abc"),
        "code that looks for it"
    );
    assert_eq!(version_in(&around(&[])), None);
    assert_eq!(version_in(&around(&[&mark, &mark])), None, "unclear");
    assert_eq!(version_in(&mark[..63]), None, "cut");
    assert_eq!(version_in(&version_mark("")), None);
    assert_eq!(version_in(&version_mark("1\n2")), None);
    let mut longer = mark;
    longer[16] = 255;
    assert_eq!(version_in(&longer), None);
}
