//! Making a bundle out of what is kept.

use super::{About, DOMAIN, Entry, FORMAT, File, Head, Line, SignedHead, line};
use crate::{
    captures::{Vault, VaultError},
    clock::now_ms,
    problem::{Problem, code},
    secrets::hex,
    sessions::{CertifiedKey, Seal, Signed},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use store::{
    CompanyId, SessionId, Store, StoreError,
    captures::{self, Capture},
    chain::{self, ChainName},
    companies, record_seals,
    records::{self, Record},
    session_events,
    sessions::{self, Session},
};

/// How often it is begun anew because the record grew meanwhile.
const TRIES: usize = 5;

/// A bundle: its lines, and the captures whose files follow them.
#[derive(Debug)]
pub(crate) struct Bundle {
    pub(crate) text: String,
    company: CompanyId,
    pub(crate) captures: Vec<Capture>,
}

impl Bundle {
    /// The line of one of the captures; all together are larger than memory has room for. Empty where the disk has lost the file: whoever
    /// checks the bundle is told that it is not there.
    pub(crate) async fn line_of(&self, vault: &Vault, capture: &Capture) -> Result<String, BundleError> {
        let png = match vault.read(self.company, capture.session, capture.id).await {
            Ok(png) => png,
            Err(VaultError::Missing | VaultError::Damaged) => {
                tracing::error!(session.id = %capture.session, capture = capture.no, "A screen capture is lost");
                return Ok(String::new());
            }
            Err(VaultError::File(error)) => return Err(error.into()),
        };
        let file = File { capture: capture.no, data: BASE64_STANDARD.encode(png) };
        Ok(line(&Line::File(file))? + "\n")
    }
}

/// Why there is no bundle.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BundleError {
    /// The session has not ended, or its record is being changed at this moment.
    #[error("record is being written")]
    Running,
    /// What is kept cannot be written down.
    #[error("record cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    /// The disk.
    #[error("file of a screen capture: {0}")]
    File(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Everything of one record, whole as of one moment, signed with `key`. Also of one that was deleted: its chain stays.
///
/// Errors: [`StoreError::Missing`], also where it is another company's; [`BundleError::Running`].
pub(crate) async fn make(
    company: CompanyId,
    store: &Store,
    id: SessionId,
    key: &CertifiedKey,
) -> Result<Bundle, BundleError> {
    for _ in 0..TRIES {
        let session = sessions::find(company, store, id).await?;
        if session.ended_at_ms.is_none() {
            return Err(BundleError::Running);
        }
        let text = make_of(company, store, &session, key).await?;
        let captures = captures::list(company, store, id).await?;
        // A deletion in between would have erased some of the entries, and stand behind none of them.
        if sessions::find(company, store, id).await?.chain_seq == session.chain_seq {
            return Ok(Bundle { text, company, captures });
        }
    }
    Err(BundleError::Running)
}

async fn make_of(
    company: CompanyId,
    store: &Store,
    session: &Session,
    key: &CertifiedKey,
) -> Result<String, BundleError> {
    let about = companies::find(company, store).await?;
    let record = match records::find(company, store, session.id).await {
        Ok(record) => Some(About::from(record)),
        Err(StoreError::Missing) => None,
        Err(other) => return Err(other.into()),
    };
    let mut seals = Vec::new();
    for kept in record_seals::list(company, store, session.id).await? {
        if kept.seq <= session.chain_seq {
            seals.push(serde_json::from_str::<Seal>(&kept.seal)?);
        }
    }
    let head = Head {
        beside_record: FORMAT,
        company_id: hex(company.as_bytes()),
        company: about.name,
        service: about.service_name,
        session: session.id,
        exported_at_ms: now_ms(),
        entries: session.chain_seq,
        head: hex(session.chain_head.as_deref().unwrap_or(&chain::GENESIS)),
        seals: seals.iter().map(|seal| seal.seq).collect(),
        record,
    };
    let head = line(&head)?;
    let signed = Signed::new(key, DOMAIN, head.as_bytes());
    let mut text = head;
    push(&mut text, &SignedHead { signed })?;
    push_entries(company, store, session, seals, &mut text).await?;
    text.push('\n');
    Ok(text)
}

async fn push_entries(
    company: CompanyId,
    store: &Store,
    session: &Session,
    seals: Vec<Seal>,
    text: &mut String,
) -> Result<(), BundleError> {
    let name = session_events::chain_name(company, session.id);
    let mut seals = seals.into_iter().peekable();
    let mut after = 0;
    loop {
        let entries = session_events::list_stored_after(company, store, session.id, after).await?;
        let Some(last) = entries.last() else { return Ok(()) };
        after = last.entry.seq;
        for stored in entries.into_iter().filter(|stored| stored.entry.seq <= session.chain_seq) {
            let seq = stored.entry.seq;
            push(text, &Line::Entry(Entry::new(&name, stored)))?;
            while let Some(seal) = seals.next_if(|seal| seal.seq <= seq) {
                push(text, &Line::Seal(seal))?;
            }
        }
    }
}

fn push(text: &mut String, value: &impl serde::Serialize) -> serde_json::Result<()> {
    text.push('\n');
    text.push_str(&line(value)?);
    Ok(())
}

impl Entry {
    fn new(name: &ChainName, stored: chain::Stored) -> Self {
        let hashed = hex(&chain::hashed_bytes(name, &stored.entry));
        let (salt, body) = stored.body.unzip();
        let chain::Entry { seq, at_ms, kind, source, source_seq, hash, .. } = stored.entry;
        let salt = salt.map(|salt| hex(&salt));
        Self { seq, at_ms, kind, source, source_seq, salt, body, hashed, hash: hex(&hash) }
    }
}

impl From<Record> for About {
    fn from(record: Record) -> Self {
        Self {
            no: record.no,
            operator_login: record.operator_login,
            operator_name: record.operator_name,
            department: record.department_name,
            joined_at_ms: record.started_at_ms,
            consented_at_ms: record.consented_at_ms,
            ended_at_ms: record.ended_at_ms,
            end_reason: record.end_reason,
            customer_kind: record.customer_kind,
            customer_os: record.customer_os,
            customer_os_version: record.customer_os_version,
            customer_host_name: record.customer_host_name,
            customer_address_public: record.customer_address_public,
            customer_address_private: record.customer_address_private,
            operator_address_public: record.operator_address_public,
            operator_address_private: record.operator_address_private,
            connection: record.connection,
            support_type: record.support_type_name,
            resolution: record.form.resolution.name().to_owned(),
            customer_name: record.form.customer_name,
            memo: record.form.memo,
            rating: record.rating,
        }
    }
}

impl From<BundleError> for Problem {
    fn from(error: BundleError) -> Self {
        match error {
            BundleError::Running => Self::new(code::RECORD_RUNNING),
            BundleError::Json(error) => {
                tracing::error!(error = %error, "Record cannot be written as JSON");
                Self::new(code::INTERNAL)
            }
            BundleError::File(error) => {
                tracing::error!(error = %error, "A screen capture of a record cannot be read");
                Self::new(code::INTERNAL)
            }
            BundleError::Store(error) => error.into(),
        }
    }
}
