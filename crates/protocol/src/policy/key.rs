//! Short-lived keys, certified by the server's identity key.

use ed25519_dalek::{Signature, SignatureError, Signer, SigningKey, VerifyingKey};
use prost::Message;
use sha2::{Digest, Sha256};

use crate::{IdentityHash, decode, limits, wire};

const DOMAIN: &[u8] = b"beside/key/v1\0";

/// The first 8 bytes of the SHA-256 of a public key: names a key, proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyId(pub [u8; 8]);

impl KeyId {
    /// The id of a public key.
    #[must_use]
    pub fn of(key: &VerifyingKey) -> Self {
        let digest: [u8; 32] = Sha256::digest(key.as_bytes()).into();
        Self(std::array::from_fn(|at| digest.get(at).copied().unwrap_or_default()))
    }

    /// The id as it travels.
    #[must_use]
    pub fn to_bytes(self) -> bytes::Bytes {
        bytes::Bytes::copy_from_slice(&self.0)
    }
}

/// What a certified key may sign; each purpose has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Policies of sessions.
    Policy,
    /// Seals of records.
    Record,
    /// Heads of usage logs.
    UsageLog,
}

impl From<Purpose> for wire::certified_key::Purpose {
    fn from(purpose: Purpose) -> Self {
        match purpose {
            Purpose::Policy => Self::Policy,
            Purpose::Record => Self::Record,
            Purpose::UsageLog => Self::UsageLog,
        }
    }
}

/// Why a key's certificate is not believed.
#[derive(Clone, Copy, Debug, thiserror::Error, PartialEq, Eq)]
pub enum CertificateError {
    /// Cut, oversize, or no key in it.
    #[error("certificate of a key is malformed")]
    Malformed,
    /// The identity key is none of those that the app was prepared with or has pinned.
    #[error("identity of the server is not the known one")]
    Identity,
    /// The identity key did not sign it.
    #[error("signature of a key's certificate is wrong")]
    Forged,
    /// Outside the certificate's time.
    #[error("certificate of a key is out of its time")]
    Time,
}

/// A key whose certificate was verified. Only [`TrustedKey::verify_certificate`] makes one.
#[derive(Clone, Debug)]
pub struct TrustedKey {
    key: VerifyingKey,
    purpose: Purpose,
    not_before_ms: u64,
    not_after_ms: u64,
    identity: IdentityHash,
}

impl TrustedKey {
    /// Checks that one of `identities` certified the key and that its time has come.
    ///
    /// `now_ms`: the server's time, epoch milliseconds. Errors: all of [`CertificateError`].
    pub fn verify_certificate(
        certificate: &wire::KeyCertificate,
        identities: &[IdentityHash],
        now_ms: u64,
    ) -> Result<Self, CertificateError> {
        let identity = IdentityHash::of(&certificate.identity_key);
        if !identities.contains(&identity) {
            return Err(CertificateError::Identity);
        }
        let identity_key = public_key(&certificate.identity_key)?;
        let signature =
            Signature::from_slice(&certificate.signature).map_err(|_| CertificateError::Malformed)?;
        let signed = [DOMAIN, &certificate.payload].concat();
        identity_key.verify_strict(&signed, &signature).map_err(|_| CertificateError::Forged)?;
        let wire: wire::CertifiedKey =
            decode(&certificate.payload, limits::POLICY_BYTES).map_err(|_| CertificateError::Malformed)?;
        let purpose = match wire.purpose() {
            wire::certified_key::Purpose::Policy => Purpose::Policy,
            wire::certified_key::Purpose::Record => Purpose::Record,
            wire::certified_key::Purpose::UsageLog => Purpose::UsageLog,
            wire::certified_key::Purpose::Unspecified => return Err(CertificateError::Malformed),
        };
        let key = public_key(&wire.public_key)?;
        let trusted = Self {
            key,
            purpose,
            not_before_ms: wire.not_before_ms,
            not_after_ms: wire.not_after_ms,
            identity,
        };
        if trusted.is_valid_at(now_ms) { Ok(trusted) } else { Err(CertificateError::Time) }
    }

    /// What the key may sign.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The identity that certified it.
    #[must_use]
    pub fn identity(&self) -> IdentityHash {
        self.identity
    }

    /// Whether a clock that may be wrong by `tolerance_ms` can show `now_ms` while the certificate is valid.
    #[must_use]
    pub fn is_plausible_at(&self, now_ms: u64, tolerance_ms: u64) -> bool {
        let earliest = self.not_before_ms.saturating_sub(tolerance_ms);
        (earliest..self.not_after_ms.saturating_add(tolerance_ms)).contains(&now_ms)
    }

    /// Whether the key, certified for `purpose`, signed `domain` and `message` (Ed25519, 64 bytes).
    #[must_use]
    pub fn has_signed(&self, purpose: Purpose, domain: &[u8], message: &[u8], signature: &[u8]) -> bool {
        let signed = [domain, message].concat();
        let signature = Signature::from_slice(signature);
        self.purpose == purpose && signature.is_ok_and(|signature| self.verify(&signed, &signature).is_ok())
    }

    pub(super) fn id(&self) -> KeyId {
        KeyId::of(&self.key)
    }

    pub(super) fn is_valid_at(&self, now_ms: u64) -> bool {
        (self.not_before_ms..self.not_after_ms).contains(&now_ms)
    }

    pub(super) fn verify(&self, message: &[u8], signature: &Signature) -> Result<(), SignatureError> {
        self.key.verify_strict(message, signature)
    }
}

/// Certifies `key` for `purpose` from `not_before_ms` until `not_after_ms` (server's clock, epoch milliseconds).
#[must_use]
pub fn certify(
    identity: &SigningKey,
    key: &VerifyingKey,
    purpose: Purpose,
    not_before_ms: u64,
    not_after_ms: u64,
) -> wire::KeyCertificate {
    let payload = wire::CertifiedKey {
        purpose: wire::certified_key::Purpose::from(purpose).into(),
        public_key: bytes::Bytes::copy_from_slice(key.as_bytes()),
        not_before_ms,
        not_after_ms,
    }
    .encode_to_vec();
    let signature = identity.sign(&[DOMAIN, &payload].concat());
    wire::KeyCertificate {
        payload: payload.into(),
        signature: bytes::Bytes::copy_from_slice(&signature.to_bytes()),
        identity_key: bytes::Bytes::copy_from_slice(identity.verifying_key().as_bytes()),
    }
}

fn public_key(bytes: &[u8]) -> Result<VerifyingKey, CertificateError> {
    let fixed: [u8; 32] = bytes.try_into().map_err(|_| CertificateError::Malformed)?;
    VerifyingKey::from_bytes(&fixed).map_err(|_| CertificateError::Malformed)
}
