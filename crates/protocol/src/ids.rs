//! Fixed-length values, so that one kind cannot stand where another is meant.

/// A value of another length than its kind has.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{kind} of {bytes} bytes")]
pub struct LengthError {
    /// Which value.
    pub kind: &'static str,
    /// Its length as received.
    pub bytes: usize,
}

macro_rules! fixed {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; $bytes]);

        impl $name {
            /// The value as it travels.
            #[must_use]
            pub fn to_bytes(self) -> bytes::Bytes {
                bytes::Bytes::copy_from_slice(&self.0)
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = LengthError;

            fn try_from(value: &[u8]) -> Result<Self, LengthError> {
                let fixed = value.try_into().map_err(|_| LengthError { kind: stringify!($name), bytes: value.len() })?;
                Ok(Self(fixed))
            }
        }

        impl TryFrom<&bytes::Bytes> for $name {
            type Error = LengthError;

            fn try_from(value: &bytes::Bytes) -> Result<Self, LengthError> {
                Self::try_from(value.as_ref())
            }
        }
    };
}

fixed!(
    /// A session's UUID.
    SessionId, 16
);
fixed!(
    /// An operator's UUID.
    OperatorId, 16
);
fixed!(
    /// A company's UUID.
    CompanyId, 16
);
fixed!(
    /// The random bytes of one run of the customer app, which its policies repeat.
    Nonce, 32
);
fixed!(
    /// SHA-256 of a DTLS certificate.
    Fingerprint, 32
);
fixed!(
    /// SHA-256 of a server's identity key (the 32 bytes of the Ed25519 public key).
    IdentityHash, 32
);

impl IdentityHash {
    /// The hash of an identity key.
    #[must_use]
    pub fn of(identity_key: &[u8]) -> Self {
        use sha2::{Digest, Sha256};
        Self(Sha256::digest(identity_key).into())
    }

    /// For people to compare: pairs of hexadecimal digits in groups of four bytes.
    #[must_use]
    pub fn to_text(self) -> String {
        let groups: Vec<String> =
            self.0.chunks(4).map(|group| group.iter().map(|byte| format!("{byte:02x}")).collect()).collect();
        groups.join(" ")
    }

    /// Reads what [`Self::to_text`] wrote, with or without its spaces. `None`: it is no such hash.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect::<Option<_>>()?;
        let bytes: Vec<u8> =
            digits.chunks_exact(2).filter_map(|pair| Some(pair.first()? << 4 | pair.get(1)?)).collect();
        if digits.len() == 2 * bytes.len() { Some(Self(bytes.try_into().ok()?)) } else { None }
    }
}
