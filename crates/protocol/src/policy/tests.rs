use ed25519_dalek::SigningKey;

use super::{
    CertificateError, Expectation, KNOWN_FEATURES, Policy, PolicyError, Purpose, TrustedKey, certify,
};
use super::{sign, verify};
use crate::{CompanyId, Fingerprint, IdentityHash, Nonce, OperatorId, Permissions, SessionId, wire};

const NOW_MS: u64 = 1_000_000;

fn identity() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn signer() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

fn certificate(purpose: Purpose) -> wire::KeyCertificate {
    certify(&identity(), &signer().verifying_key(), purpose, 0, NOW_MS * 2)
}

fn trusted() -> TrustedKey {
    let known = [IdentityHash::of(identity().verifying_key().as_bytes())];
    TrustedKey::verify_certificate(&certificate(Purpose::Policy), &known, NOW_MS).unwrap()
}

fn policy() -> Policy {
    Policy {
        session_id: SessionId([3; 16]),
        operator_id: OperatorId([4; 16]),
        company_id: CompanyId([5; 16]),
        nonce: Nonce([6; 32]),
        customer_fingerprint: Fingerprint([7; 32]),
        console_fingerprint: Fingerprint([8; 32]),
        revision: 2,
        expires_at_ms: NOW_MS + 1,
        required_features: vec!["control".to_owned()],
        permissions: Permissions { view: true, ..Permissions::default() },
    }
}

fn expected() -> Expectation<'static> {
    Expectation {
        session_id: SessionId([3; 16]),
        operator_id: Some(OperatorId([4; 16])),
        company_id: Some(CompanyId([5; 16])),
        nonce: Nonce([6; 32]),
        customer_fingerprint: Fingerprint([7; 32]),
        console_fingerprint: Fingerprint([8; 32]),
        revision: 1,
        now_ms: NOW_MS,
        features: &KNOWN_FEATURES,
    }
}

fn check(signed: &wire::SignedPolicy, error: &PolicyError) {
    assert_eq!(verify(signed, &trusted(), &expected()).as_ref(), Err(error));
}

#[test]
fn a_policy_for_this_session_is_taken() {
    let verified = verify(&sign(&policy(), &signer()), &trusted(), &expected()).unwrap();
    assert_eq!(verified.policy(), &policy());
}

/// Y-1.
#[test]
fn a_cut_policy_is_refused() {
    let mut signed = sign(&policy(), &signer());
    signed.payload.truncate(signed.payload.len() - 1);
    check(&signed, &PolicyError::Forged);
    signed.signature.truncate(63);
    check(&signed, &PolicyError::Malformed);
}

/// Y-1.
#[test]
fn a_forged_policy_is_refused() {
    let other = SigningKey::from_bytes(&[9; 32]);
    check(&sign(&policy(), &other), &PolicyError::Key);
    let mut signed = sign(&policy(), &other);
    signed.key_id = sign(&policy(), &signer()).key_id;
    check(&signed, &PolicyError::Forged);
}

/// Y-1: more rights written into signed bytes.
#[test]
fn a_widened_policy_is_refused() {
    let mut signed = sign(&policy(), &signer());
    let mut wide = policy();
    wide.permissions.control = true;
    signed.payload = sign(&wide, &SigningKey::from_bytes(&[9; 32])).payload;
    check(&signed, &PolicyError::Forged);
}

/// Y-1: the same one again, or an older one late.
#[test]
fn a_replayed_or_reordered_policy_is_refused() {
    for revision in [0, 1] {
        let old = Policy { revision, ..policy() };
        check(&sign(&old, &signer()), &PolicyError::Revision { revision, taken: 1 });
    }
}

/// Y-1.
#[test]
fn an_expired_policy_is_refused() {
    let old = Policy { expires_at_ms: NOW_MS, ..policy() };
    check(&sign(&old, &signer()), &PolicyError::Expired);
}

/// Y-1.
#[test]
fn a_policy_for_somebody_else_is_refused() {
    let signed = |policy: Policy| sign(&policy, &signer());
    let other = |what| PolicyError::Other { what };
    check(&signed(Policy { session_id: SessionId([0; 16]), ..policy() }), &other("session"));
    check(&signed(Policy { operator_id: OperatorId([0; 16]), ..policy() }), &other("operator"));
    check(&signed(Policy { company_id: CompanyId([0; 16]), ..policy() }), &other("company"));
    check(&signed(Policy { nonce: Nonce([0; 32]), ..policy() }), &other("run of the app"));
    check(&signed(Policy { console_fingerprint: Fingerprint([0; 32]), ..policy() }), &PolicyError::Peer);
    check(&signed(Policy { customer_fingerprint: Fingerprint([0; 32]), ..policy() }), &PolicyError::Peer);
}

#[test]
fn a_policy_that_requires_the_unknown_is_refused() {
    let newer = Policy { required_features: vec!["telepathy".to_owned()], ..policy() };
    check(&sign(&newer, &signer()), &PolicyError::UnknownFeature { name: "telepathy".to_owned() });
}

#[test]
fn a_key_is_trusted_only_from_a_known_identity_in_its_time_and_for_its_purpose() {
    let known = [IdentityHash::of(identity().verifying_key().as_bytes())];
    let check = |certificate: &wire::KeyCertificate, known: &[IdentityHash], now_ms| {
        TrustedKey::verify_certificate(certificate, known, now_ms).map(|_| ()).unwrap_err()
    };
    let good = certificate(Purpose::Policy);
    assert_eq!(check(&good, &[IdentityHash([0; 32])], NOW_MS), CertificateError::Identity);
    assert_eq!(check(&good, &[], NOW_MS), CertificateError::Identity);
    assert_eq!(check(&good, &known, NOW_MS * 2), CertificateError::Time);
    let mut forged = good.clone();
    forged.payload = certificate(Purpose::Record).payload;
    assert_eq!(check(&forged, &known, NOW_MS), CertificateError::Forged);
    let record = TrustedKey::verify_certificate(&certificate(Purpose::Record), &known, NOW_MS).unwrap();
    assert_eq!(verify(&sign(&policy(), &signer()), &record, &expected()), Err(PolicyError::Key));
}
