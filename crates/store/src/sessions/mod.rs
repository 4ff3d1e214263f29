//! Sessions: what the server must know of one to go on with it after a restart.

mod changes;
mod permissions;

pub use changes::{
    create, forget_customer, forget_previous_resume, next_policy_revision, set_consent, set_ended,
    set_joined, set_operator, set_resumed, set_stage,
};
pub(crate) use changes::{set_chain_head, set_sealed};

use crate::{
    CompanyId, OperatorId, Reads, SessionId, Store, StoreError, entities::session as row,
    write::sealed::Connected as _,
};
use protocol::Permissions;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select, sea_query::Expr};
use serde::{Deserialize, Serialize};

/// Where a session stands (`SessionState.Stage` of the protocol).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The code is out.
    Waiting,
    /// A customer joined and has not agreed yet.
    Joined,
    /// Agreed; the connection comes up.
    Connecting,
    /// Console and customer are connected.
    Active,
    /// The customer is away and may come back.
    Away,
    /// Over.
    Ended,
}

impl Stage {
    const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Joined => "joined",
            Self::Connecting => "connecting",
            Self::Active => "active",
            Self::Away => "away",
            Self::Ended => "ended",
        }
    }

    fn parse(name: &str) -> Result<Self, StoreError> {
        Ok(match name {
            "waiting" => Self::Waiting,
            "joined" => Self::Joined,
            "connecting" => Self::Connecting,
            "active" => Self::Active,
            "away" => Self::Away,
            "ended" => Self::Ended,
            _ => return Err(StoreError::Unreadable { column: "sessions.stage" }),
        })
    }
}

/// What is offered to the customer, with how consent is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// What the operator's options allow.
    #[serde(with = "permissions")]
    pub permissions: Permissions,
    /// S-02: consent waits for the operator and names them.
    pub consent_after_operator: bool,
    /// S-14 off: the customer chooses what is shared before anything is. Sessions of before share the whole desktop.
    #[serde(default)]
    pub chooses_part: bool,
    /// S-05: the console's view follows the pointer at first.
    #[serde(default)]
    pub mouse_tracking: bool,
    /// S-08: the console opens files below the picture at first. Sessions of before keep what they had.
    #[serde(default)]
    pub files_in_viewer: bool,
    /// Whoever refuses to be recorded is not supported (G-2).
    #[serde(default)]
    pub recording_required: bool,
    /// What the options ask of the customer's app beside permissions.
    #[serde(default)]
    pub asks: Asks,
    /// S-10 off: another operator comes in without a question to the customer. Sessions of before ask.
    #[serde(default)]
    pub second_unasked: bool,
    /// S-04 off: the screen is captured the plain way at first. Sessions of before take the fast one.
    #[serde(default)]
    pub plain_capture: bool,
}

/// What options ask of the customer's app beside permissions; of what it has no such thing, it says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asks {
    /// S-09: the customer restarts the machine by hand.
    pub manual_reboot: bool,
    /// F-19: a restart may be one into safe mode.
    pub safe_mode_reconnect: bool,
    /// S-16 off: prompts of User Account Control are kept off the secure desktop.
    pub shown_uac: bool,
    /// S-17: nothing goes from peer to peer.
    pub always_relay: bool,
}

impl Asks {
    /// Nothing.
    pub const NONE: Self =
        Self { manual_reboot: false, safe_mode_reconnect: false, shown_uac: false, always_relay: false };

    /// By the options' keys, as `Welcome.options` has them.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        let all = [
            (self.manual_reboot, "manual_reboot"),
            (self.safe_mode_reconnect, "safe_mode_reconnect"),
            (self.shown_uac, "keep_uac"),
            (self.always_relay, "always_relay"),
        ];
        all.into_iter().filter_map(|(is_asked, key)| is_asked.then_some(key))
    }
}

/// What the customer's side told of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Customer {
    /// "app" or "browser".
    pub kind: String,
    /// "Linux", "Windows" …
    pub os: String,
    /// "Debian GNU/Linux 12 (bookworm)".
    pub os_version: String,
    /// The machine's name.
    pub host_name: String,
    /// The address that the server sees.
    pub address_public: String,
    /// The address on the customer's own network, if known.
    pub address_private: Option<String>,
    /// "ko" or "en".
    pub language: String,
    /// Features by name.
    pub features: Vec<String>,
}

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Whose it is.
    pub company: CompanyId,
    /// Its id, also the record's.
    pub id: SessionId,
    /// Who made it.
    pub operator: OperatorId,
    /// Where it stands.
    pub stage: Stage,
    /// When the code was made.
    pub created_at_ms: i64,
    /// When a customer joined.
    pub joined_at_ms: Option<i64>,
    /// When the customer agreed.
    pub consented_at_ms: Option<i64>,
    /// When it ended.
    pub ended_at_ms: Option<i64>,
    /// Why, kebab-case.
    pub end_reason: Option<String>,
    /// What the customer is asked for.
    pub offered: Offered,
    /// What the customer agreed to.
    pub consented: Option<Permissions>,
    /// What the customer's side told of itself.
    pub customer: Option<Customer>,
    /// The app's nonce, 32 bytes.
    pub customer_nonce: Option<Vec<u8>>,
    /// The app's DTLS fingerprint, 32 bytes, empty for a browser.
    pub customer_fingerprint: Option<Vec<u8>>,
    /// Hash of the token that brings the customer back.
    pub resume_hash: Option<String>,
    /// Hash of the token that brought the customer back last, until its successor was used.
    pub previous_resume_hash: Option<String>,
    /// Revision of the last policy that was signed.
    pub policy_revision: i64,
    /// Number of the last event.
    pub chain_seq: i64,
    /// Hash of the last event.
    pub chain_head: Option<Vec<u8>>,
    /// When the chain was sealed.
    pub sealed_at_ms: Option<i64>,
}

/// A customer who has just joined.
#[derive(Clone, Debug)]
pub struct Joined<'a> {
    /// Now.
    pub at_ms: i64,
    /// What the customer's side told.
    pub customer: &'a Customer,
    /// The app's nonce.
    pub nonce: &'a [u8],
    /// The app's DTLS fingerprint.
    pub fingerprint: &'a [u8],
    /// Hash of the token that brings this customer back.
    pub resume_hash: &'a str,
}

/// One session of a company.
pub async fn find(company: CompanyId, on: &impl Reads, id: SessionId) -> Result<Session, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .one(on.connection())
        .await?;
    read(found.ok_or(StoreError::Missing)?)
}

/// Sessions that have not ended: the condition of the index `sessions_live`. A parameter in it could not be told to be the same.
const LIVE: &str = "stage <> 'ended'";

/// The sessions of an operator that have not ended, oldest first.
pub async fn list_live(
    company: CompanyId,
    on: &impl Reads,
    operator: OperatorId,
) -> Result<Vec<Session>, StoreError> {
    let rows = live()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::OperatorId.eq(operator.uuid()))
        .all(on.connection())
        .await?;
    oldest_first(rows)
}

/// Every session of the server that has not ended: what a server that starts takes up again.
pub async fn list_unfinished(store: &Store) -> Result<Vec<Session>, StoreError> {
    oldest_first(live().all(store.connection()).await?)
}

/// Sessions that have not ended. Asked for them in their order, SQLite would read every session there ever was in that order.
pub(crate) fn live() -> Select<row::Entity> {
    row::Entity::find().filter(Expr::cust(LIVE))
}

fn oldest_first(mut rows: Vec<row::Model>) -> Result<Vec<Session>, StoreError> {
    rows.sort_by_key(|row| row.id);
    rows.into_iter().map(read).collect()
}

/// The session that a resume token leads to; the customer names no company.
pub async fn find_by_resume_hash(store: &Store, resume_hash: &str) -> Result<Option<Session>, StoreError> {
    let found =
        row::Entity::find().filter(row::Column::ResumeHash.eq(resume_hash)).one(store.connection()).await?;
    found.map(read).transpose()
}

fn read(row: row::Model) -> Result<Session, StoreError> {
    Ok(Session {
        company: row.company_id.into(),
        id: row.id.into(),
        operator: row.operator_id.into(),
        stage: Stage::parse(&row.stage)?,
        created_at_ms: row.created_at_ms,
        joined_at_ms: row.joined_at_ms,
        consented_at_ms: row.consented_at_ms,
        ended_at_ms: row.ended_at_ms,
        end_reason: row.end_reason,
        offered: from_json(&row.offered, "sessions.offered")?,
        consented: row
            .consented
            .as_deref()
            .map(|text| from_json::<permissions::Kept>(text, "sessions.consented").map(Permissions::from))
            .transpose()?,
        customer: row.customer.as_deref().map(|text| from_json(text, "sessions.customer")).transpose()?,
        customer_nonce: row.customer_nonce,
        customer_fingerprint: row.customer_fingerprint,
        resume_hash: row.resume_hash,
        previous_resume_hash: row.previous_resume_hash,
        policy_revision: row.policy_revision,
        chain_seq: row.chain_seq,
        chain_head: row.chain_head,
        sealed_at_ms: row.sealed_at_ms,
    })
}

fn from_json<T: for<'de> Deserialize<'de>>(text: &str, column: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { column })
}
