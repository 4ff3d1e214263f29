use super::{api::without_code, prepare::fill};
use crate::{secrets::hex, tests::TestServer};
use ed25519_dalek::{Signature, VerifyingKey};
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

/// Whoever meets this server for the first time asks it to prove its identity, anew each time.
#[tokio::test]
async fn the_identity_is_proved_over_a_nonce() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let plain = browser.get("/.well-known/beside").await;
    assert!(plain.body.get("proof").is_none());
    let nonce = [5_u8; 32];
    let told = browser.get(&format!("/.well-known/beside?nonce={}", hex(&nonce))).await.body;
    let bytes = |name: &str| -> Vec<u8> {
        let text = told[name].as_str().unwrap();
        let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
        pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
    };
    let key = bytes("identity_key");
    assert_eq!(told["identity_sha256"], hex(&IdentityHash::of(&key).0));
    let key = VerifyingKey::from_bytes(&key.try_into().unwrap()).unwrap();
    let proof = Signature::from_slice(&bytes("proof")).unwrap();
    let message = [b"beside/identity/v1\0".as_slice(), &nonce, &[0; 32]].concat();
    key.verify_strict(&message, &proof).unwrap();
    for bad in ["", "00", &"0".repeat(63), &"g".repeat(64), &"0".repeat(66)] {
        let answer = browser.get(&format!("/.well-known/beside?nonce={bad}")).await;
        assert_eq!(answer.problem(), (400, "invalid-address"), "{bad}");
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
