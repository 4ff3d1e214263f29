//! Signed policies and the keys that sign them (design, Trust). Verification happens in the customer app and
//! nowhere else counts; exactly the received bytes are verified, behind a domain prefix.

mod key;
#[cfg(test)]
mod tests;

pub use key::{CertificateError, KeyId, Purpose, TrustedKey, certify};

use ed25519_dalek::{Signature, Signer, SigningKey};
use prost::Message;

use crate::{
    CompanyId, Fingerprint, LengthError, Nonce, OperatorId, Permissions, SessionId, decode, limits, wire,
};

const DOMAIN: &[u8] = b"beside/policy/v1\0";

/// Features that this build can be required to know.
pub const KNOWN_FEATURES: [&str; 4] = ["exact", "motion", "control", "chat"];

/// A policy before it is signed, or after it was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The session it is for.
    pub session_id: SessionId,
    /// The operator it is for.
    pub operator_id: OperatorId,
    /// The operator's company.
    pub company_id: CompanyId,
    /// The nonce of the app's Hello.
    pub nonce: Nonce,
    /// The app's DTLS certificate.
    pub customer_fingerprint: Fingerprint,
    /// The console's DTLS certificate.
    pub console_fingerprint: Fingerprint,
    /// Higher than every policy of the session before it; from 1.
    pub revision: u64,
    /// Server's clock, epoch milliseconds.
    pub expires_at_ms: u64,
    /// What the app must know.
    pub required_features: Vec<String>,
    /// What may be done.
    pub permissions: Permissions,
}

/// What the app knows of the session that a policy must be for.
#[derive(Clone, Copy, Debug)]
pub struct Expectation<'a> {
    /// From Welcome.
    pub session_id: SessionId,
    /// The operator whom the customer was shown, and the company of the first policy, once known.
    pub operator_id: Option<OperatorId>,
    /// See `operator_id`.
    pub company_id: Option<CompanyId>,
    /// Of this run of the app.
    pub nonce: Nonce,
    /// Of this app's certificate.
    pub customer_fingerprint: Fingerprint,
    /// Of the certificate in the console's offer.
    pub console_fingerprint: Fingerprint,
    /// The highest revision taken so far; 0 before the first.
    pub revision: u64,
    /// The server's time as the app reckons it, epoch milliseconds.
    pub now_ms: u64,
    /// What this app knows.
    pub features: &'a [&'a str],
}

/// Why a policy is refused. Each case is a line in the record (Y-1).
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum PolicyError {
    /// Not a policy at all: cut, oversize or malformed.
    #[error("policy is malformed")]
    Malformed,
    /// Signed by a key that was not certified to this app, or past its time.
    #[error("key of the policy is not trusted")]
    Key,
    /// The signature does not fit the bytes.
    #[error("signature of the policy is wrong")]
    Forged,
    /// For another session, operator, company or run of the app.
    #[error("policy is for another {what}")]
    Other {
        /// Which of them.
        what: &'static str,
    },
    /// It binds other certificates than those of this connection.
    #[error("policy binds another peer")]
    Peer,
    /// Its revision is not higher: replayed or reordered.
    #[error("policy has revision {revision}, not above {taken}")]
    Revision {
        /// The policy's.
        revision: u64,
        /// The highest taken.
        taken: u64,
    },
    /// Its time is over.
    #[error("policy is expired")]
    Expired,
    /// The app does not know what it must know: the session is refused.
    #[error("required feature is unknown: {name}")]
    UnknownFeature {
        /// The first such name.
        name: String,
    },
}

impl PolicyError {
    /// The kebab-case name under which the refusal stands in the record.
    #[must_use]
    pub fn what(&self) -> &'static str {
        match self {
            Self::Malformed => "policy-malformed",
            Self::Key => "policy-key",
            Self::Forged => "policy-forged",
            Self::Other { .. } => "policy-other",
            Self::Peer => "policy-peer",
            Self::Revision { .. } => "policy-replayed",
            Self::Expired => "policy-expired",
            Self::UnknownFeature { .. } => "policy-feature",
        }
    }
}

/// A policy that was verified. Only [`verify`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedPolicy(Policy);

impl VerifiedPolicy {
    /// What it says.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.0
    }
}

/// Serialises and signs `policy` with a key of [`Purpose::Policy`].
#[must_use]
pub fn sign(policy: &Policy, key: &SigningKey) -> wire::SignedPolicy {
    let payload = wire::Policy::from(policy).encode_to_vec();
    let signature = key.sign(&[DOMAIN, &payload].concat());
    wire::SignedPolicy {
        payload: payload.into(),
        signature: bytes::Bytes::copy_from_slice(&signature.to_bytes()),
        key_id: KeyId::of(&key.verifying_key()).to_bytes(),
    }
}

/// Verifies a received policy against the key that Welcome certified and what the app expects.
///
/// Errors: all of [`PolicyError`]; the first that applies, signature before content.
pub fn verify(
    signed: &wire::SignedPolicy,
    key: &TrustedKey,
    expected: &Expectation<'_>,
) -> Result<VerifiedPolicy, PolicyError> {
    if limits::POLICY_BYTES < signed.payload.len() {
        return Err(PolicyError::Malformed);
    }
    if key.purpose() != Purpose::Policy || !key.is_valid_at(expected.now_ms) {
        return Err(PolicyError::Key);
    }
    if signed.key_id != key.id().to_bytes() {
        return Err(PolicyError::Key);
    }
    let signature = Signature::from_slice(&signed.signature).map_err(|_| PolicyError::Malformed)?;
    key.verify(&[DOMAIN, &signed.payload].concat(), &signature).map_err(|_| PolicyError::Forged)?;
    let wire: wire::Policy =
        decode(&signed.payload, limits::POLICY_BYTES).map_err(|_| PolicyError::Malformed)?;
    let policy = Policy::try_from(wire).map_err(|_| PolicyError::Malformed)?;
    expected.check(&policy)?;
    Ok(VerifiedPolicy(policy))
}

impl Expectation<'_> {
    fn check(&self, policy: &Policy) -> Result<(), PolicyError> {
        let other = [
            ("session", policy.session_id == self.session_id),
            ("operator", self.operator_id.is_none_or(|id| id == policy.operator_id)),
            ("company", self.company_id.is_none_or(|id| id == policy.company_id)),
            ("run of the app", policy.nonce == self.nonce),
        ];
        if let Some((what, _)) = other.into_iter().find(|(_, same)| !same) {
            return Err(PolicyError::Other { what });
        }
        let peers = policy.customer_fingerprint == self.customer_fingerprint
            && policy.console_fingerprint == self.console_fingerprint;
        if !peers {
            return Err(PolicyError::Peer);
        }
        if policy.revision <= self.revision {
            return Err(PolicyError::Revision { revision: policy.revision, taken: self.revision });
        }
        if policy.expires_at_ms <= self.now_ms {
            return Err(PolicyError::Expired);
        }
        let unknown = policy.required_features.iter().find(|name| !self.features.contains(&name.as_str()));
        unknown.map_or(Ok(()), |name| Err(PolicyError::UnknownFeature { name: name.clone() }))
    }
}

impl From<&Policy> for wire::Policy {
    fn from(policy: &Policy) -> Self {
        Self {
            session_id: policy.session_id.to_bytes(),
            operator_id: policy.operator_id.to_bytes(),
            company_id: policy.company_id.to_bytes(),
            nonce: policy.nonce.to_bytes(),
            customer_fingerprint: policy.customer_fingerprint.to_bytes(),
            console_fingerprint: policy.console_fingerprint.to_bytes(),
            revision: policy.revision,
            expires_at_ms: policy.expires_at_ms,
            required_features: policy.required_features.clone(),
            permissions: Some(policy.permissions.into()),
        }
    }
}

impl TryFrom<wire::Policy> for Policy {
    type Error = LengthError;

    fn try_from(wire: wire::Policy) -> Result<Self, LengthError> {
        Ok(Self {
            session_id: SessionId::try_from(&wire.session_id)?,
            operator_id: OperatorId::try_from(&wire.operator_id)?,
            company_id: CompanyId::try_from(&wire.company_id)?,
            nonce: Nonce::try_from(&wire.nonce)?,
            customer_fingerprint: Fingerprint::try_from(&wire.customer_fingerprint)?,
            console_fingerprint: Fingerprint::try_from(&wire.console_fingerprint)?,
            revision: wire.revision,
            expires_at_ms: wire.expires_at_ms,
            required_features: wire.required_features,
            permissions: Permissions::from(wire.permissions.as_ref()),
        })
    }
}
