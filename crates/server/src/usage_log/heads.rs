//! Signed heads of the usage logs (design, Trust). A head that was kept elsewhere shows that the tail of a log was cut, or
//! that the whole of it was rewritten together with its head: nobody without the key can make another one.
//!
//! A head is one line of text, so that it survives in any log or note:
//! `usage-log-head:v1:COMPANY:SEQ:HASH:AT_MS:SIGNATURE:CERTIFICATE:CERTIFICATE_SIGNATURE:IDENTITY_KEY`, numbers in decimal,
//! bytes in hexadecimal. Signed are company (16 bytes), number of the line (8, big endian), its hash (32) and the time (8).

use crate::{
    secrets::{hex, unhex},
    sessions::CertifiedKey,
};
use protocol::{
    IdentityHash,
    policy::{Purpose, TrustedKey},
    wire,
};
use store::{CompanyId, Store, StoreError, chain, usage_log};

const DOMAIN: &[u8] = b"beside/usage-log/v1\0";
/// What every head begins with.
const PREFIX: &str = "usage-log-head:v1:";
/// Heads in one file that are looked at: an application log has one an hour and company.
const HEADS_OF_FILE: usize = 1_000_000;

/// Number and hash of the last line of a log at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) company: CompanyId,
    pub(crate) seq: i64,
    pub(crate) hash: chain::Hash,
    pub(crate) at_ms: i64,
}

/// What is wrong with a company's log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// A line does not hold.
    #[error(transparent)]
    Chain(#[from] chain::Broken),
    /// A head was not signed by this server.
    #[error("head of line {seq} is not signed by this server")]
    Forged { seq: i64 },
    /// The log ends before a head that was signed.
    #[error("line {seq} was there when its head was signed, and is gone")]
    Cut { seq: i64 },
    /// The log was rewritten after the head was signed.
    #[error("line {seq} is not the one whose head was signed")]
    Rewritten { seq: i64 },
}

impl Head {
    /// The head as one line of text, signed.
    pub(super) fn sign(&self, key: &CertifiedKey) -> String {
        let signature = key.sign(DOMAIN, &self.message());
        let certificate = &key.certificate;
        format!(
            "{PREFIX}{}:{}:{}:{}:{}:{}:{}:{}",
            hex(self.company.as_bytes()),
            self.seq,
            hex(&self.hash),
            self.at_ms,
            hex(&signature),
            hex(&certificate.payload),
            hex(&certificate.signature),
            hex(&certificate.identity_key),
        )
    }

    /// Reads a head and checks that the server with this `identity` signed it.
    ///
    /// Errors: [`Fault::Forged`], also for what is no head at all.
    fn verify(text: &str, identity: IdentityHash) -> Result<Self, Fault> {
        let (head, signed) = Self::parse(text).ok_or(Fault::Forged { seq: 0 })?;
        let forged = Fault::Forged { seq: head.seq };
        let at_ms = u64::try_from(head.at_ms).map_err(|_| forged.clone())?;
        // The certificate counted when the head was signed; both stay proof for ever.
        let key = TrustedKey::verify_certificate(&signed.certificate, &[identity], at_ms);
        let is_ours = key
            .is_ok_and(|key| key.has_signed(Purpose::UsageLog, DOMAIN, &head.message(), &signed.signature));
        if is_ours { Ok(head) } else { Err(forged) }
    }

    fn parse(text: &str) -> Option<(Self, Signed)> {
        let mut parts = text.strip_prefix(PREFIX)?.split(':');
        let company: [u8; 16] = unhex(parts.next()?)?.try_into().ok()?;
        let seq = parts.next()?.parse().ok()?;
        let hash = unhex(parts.next()?)?.try_into().ok()?;
        let at_ms = parts.next()?.parse().ok()?;
        let signature = unhex(parts.next()?)?;
        let certificate = wire::KeyCertificate {
            payload: unhex(parts.next()?)?.into(),
            signature: unhex(parts.next()?)?.into(),
            identity_key: unhex(parts.next()?)?.into(),
        };
        let head = Self { company: CompanyId::from_bytes(company), seq, hash, at_ms };
        parts.next().is_none().then_some((head, Signed { signature, certificate }))
    }

    fn message(&self) -> Vec<u8> {
        let (seq, at_ms) = (self.seq.to_be_bytes(), self.at_ms.to_be_bytes());
        let fields: [&[u8]; 4] = [self.company.as_bytes(), &seq, &self.hash, &at_ms];
        fields.concat()
    }
}

struct Signed {
    signature: Vec<u8>,
    certificate: wire::KeyCertificate,
}

/// Checks a company's log line by line, then against the signed heads that stand beside it and those that were `kept`
/// elsewhere. `Ok(Ok(_))`: lines and heads.
pub(crate) async fn verify(
    store: &Store,
    company: CompanyId,
    identity: IdentityHash,
    kept: &[String],
) -> Result<Result<(i64, usize), Fault>, StoreError> {
    let lines = match usage_log::verify(company, store).await? {
        Ok(lines) => lines,
        Err(broken) => return Ok(Err(broken.into())),
    };
    let mut heads = 0;
    let beside = usage_log::list_seals(company, store).await?;
    let elsewhere =
        kept.iter().filter(|text| Head::parse(text).is_some_and(|(head, _)| head.company == company));
    for text in beside.iter().chain(elsewhere) {
        let head = match Head::verify(text, identity) {
            Ok(head) if head.company == company => head,
            Ok(head) => return Ok(Err(Fault::Forged { seq: head.seq })),
            Err(fault) => return Ok(Err(fault)),
        };
        if head.seq != 0 {
            match usage_log::hash_at(company, store, head.seq).await? {
                None => return Ok(Err(Fault::Cut { seq: head.seq })),
                Some(hash) if hash != head.hash => return Ok(Err(Fault::Rewritten { seq: head.seq })),
                Some(_) => {}
            }
        }
        heads += 1;
    }
    Ok(Ok((lines, heads)))
}

/// The heads in a text, whatever else stands there: an application log, a note.
pub(crate) fn heads_in(text: &str) -> Vec<String> {
    let of_head = |c: char| c.is_ascii_hexdigit() || c == ':';
    text.match_indices(PREFIX)
        .take(HEADS_OF_FILE)
        .filter_map(|(at, _)| text.get(at + PREFIX.len()..))
        .map(|rest| format!("{PREFIX}{}", rest.split(|c| !of_head(c)).next().unwrap_or_default()))
        .collect()
}
