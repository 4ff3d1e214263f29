//! A signature together with what proves whose it is, as it is written down and checked elsewhere, years later.

use super::keys::CertifiedKey;
use crate::secrets::{hex, unhex_exactly};
use protocol::{
    IdentityHash,
    policy::{CertificateError, Purpose, TrustedKey},
    wire,
};
use serde::{Deserialize, Serialize};

/// Ed25519, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Signed {
    signature: String,
    certificate: Certificate,
}

/// The certificate of the key, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Certificate {
    payload: String,
    signature: String,
    identity_key: String,
}

/// Why a signature is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SignatureFault {
    /// Another server's, or somebody's who is none.
    #[error("signed by another server, whose key is {key}")]
    Foreign {
        /// The identity's fingerprint.
        key: String,
    },
    /// The certificate of the key is not what the identity signed, or of another time.
    #[error("the certificate of its key was changed or is of another time")]
    Certificate,
    /// The signature is not over this.
    #[error("its signature does not fit")]
    Signature,
}

impl Signed {
    /// Signs `domain` and `message` with the key that seals records.
    pub(crate) fn new(key: &CertifiedKey, domain: &[u8], message: &[u8]) -> Self {
        let certificate = &key.certificate;
        Self {
            signature: hex(&key.sign(domain, message)),
            certificate: Certificate {
                payload: hex(&certificate.payload),
                signature: hex(&certificate.signature),
                identity_key: hex(&certificate.identity_key),
            },
        }
    }

    /// Checks that a server with one of `identities` signed it, with a key that was its own at `at_ms`.
    pub(crate) fn check(
        &self,
        identities: &[IdentityHash],
        domain: &[u8],
        message: &[u8],
        at_ms: i64,
    ) -> Result<(), SignatureFault> {
        let bytes = |text: &str| unhex_exactly(text).ok_or(SignatureFault::Certificate);
        let certificate = wire::KeyCertificate {
            payload: bytes(&self.certificate.payload)?.into(),
            signature: bytes(&self.certificate.signature)?.into(),
            identity_key: bytes(&self.certificate.identity_key)?.into(),
        };
        let at_ms = u64::try_from(at_ms).map_err(|_| SignatureFault::Certificate)?;
        let key =
            TrustedKey::verify_certificate(&certificate, identities, at_ms).map_err(|error| match error {
                CertificateError::Identity => {
                    SignatureFault::Foreign { key: IdentityHash::of(&certificate.identity_key).to_text() }
                }
                CertificateError::Malformed | CertificateError::Forged | CertificateError::Time => {
                    SignatureFault::Certificate
                }
            })?;
        let signature = unhex_exactly(&self.signature).ok_or(SignatureFault::Signature)?;
        let fits = key.has_signed(Purpose::Record, domain, message, &signature);
        if fits { Ok(()) } else { Err(SignatureFault::Signature) }
    }
}
