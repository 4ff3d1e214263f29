//! Any bytes as a policy: as somebody sends it, and under a signature that fits, so that what follows that check is reached. None
//! of another's is taken. The first byte says which of the two, or a key's certificate.

use bytes::Bytes;
use ed25519_dalek::Signer as _;
use protocol::{
    IdentityHash, decode, limits,
    policy::{self, KeyId, TrustedKey},
    wire,
};

use crate::desk;

pub(crate) fn run(data: &[u8]) {
    let Some((kind, bytes)) = data.split_first() else { return };
    let bytes = Bytes::copy_from_slice(bytes);
    match kind % 3 {
        0 => judge(&signed(bytes)),
        1 => {
            if let Ok(signed) = decode::<wire::SignedPolicy>(&bytes, limits::POLICY_BYTES) {
                judge(&signed);
            }
        }
        _ => certificate(&bytes),
    }
}

fn signed(payload: Bytes) -> wire::SignedPolicy {
    let key = desk::signer();
    let signature = key.sign(&[b"beside/policy/v1\0", payload.as_ref()].concat());
    wire::SignedPolicy {
        signature: Bytes::copy_from_slice(&signature.to_bytes()),
        key_id: KeyId::of(&key.verifying_key()).to_bytes(),
        payload,
    }
}

fn judge(signed: &wire::SignedPolicy) {
    let expected = desk::expectation();
    if let Ok(verified) = policy::verify(signed, &desk::trusted_key(), &expected) {
        let policy = verified.policy();
        assert_eq!(policy.nonce, expected.nonce, "for this run");
        assert_eq!(policy.session_id, expected.session_id, "for this session");
        assert_eq!(policy.console_fingerprint, expected.console_fingerprint, "for this peer");
        assert!(
            expected.revision < policy.revision && expected.now_ms < policy.expires_at_ms,
            "new, and not over"
        );
    }
}

/// Also with the identity that it names itself, so that what follows that check is reached.
fn certificate(bytes: &Bytes) {
    let Ok(certificate) = decode::<wire::KeyCertificate>(bytes, limits::POLICY_BYTES) else { return };
    let named = IdentityHash::of(&certificate.identity_key);
    for known in [&[named][..], &[desk::identity_hash()], &[]] {
        let read = TrustedKey::verify_certificate(&certificate, known, desk::SERVER_MS);
        assert!(!known.is_empty() || read.is_err(), "nobody's identity vouches for nobody");
    }
}
