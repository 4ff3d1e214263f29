//! Sessions: what the server must know of one to go on with it after a restart.

use crate::{
    CompanyId, OperatorId, Reads, SessionId, Store, StoreError, Write, chain::Hash, entities::session as row,
    write::sealed::Connected as _,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
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

/// Permissions as they are kept (`Permissions` of the protocol). Absent is forbidden.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Permissions {
    /// The screen may be shown.
    pub may_view: bool,
    /// Mouse and keyboard may be applied.
    pub may_control: bool,
    /// Text chat.
    pub may_chat: bool,
    /// Control is on at once after consent.
    pub control_at_start: bool,
}

/// What is offered to the customer, with how consent is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// What the operator's options allow.
    pub permissions: Permissions,
    /// S-02: consent waits for the operator and names them.
    pub consent_after_operator: bool,
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

/// Makes a session in stage [`Stage::Waiting`].
pub async fn create(
    write: &Write,
    operator: OperatorId,
    offered: Offered,
    created_at_ms: i64,
) -> Result<SessionId, StoreError> {
    let id = SessionId::new();
    row::Entity::insert(row::ActiveModel {
        id: Set(id.uuid()),
        company_id: Set(write.company().uuid()),
        operator_id: Set(operator.uuid()),
        stage: Set(Stage::Waiting.name().to_owned()),
        created_at_ms: Set(created_at_ms),
        joined_at_ms: Set(None),
        consented_at_ms: Set(None),
        ended_at_ms: Set(None),
        end_reason: Set(None),
        offered: Set(to_json(&offered)?),
        consented: Set(None),
        customer: Set(None),
        customer_nonce: Set(None),
        customer_fingerprint: Set(None),
        resume_hash: Set(None),
        policy_revision: Set(0),
        chain_seq: Set(0),
        chain_head: Set(None),
        sealed_at_ms: Set(None),
        seal: Set(None),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(id)
}

/// One session of a company.
pub async fn find(company: CompanyId, on: &impl Reads, id: SessionId) -> Result<Session, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .one(on.connection())
        .await?;
    read(found.ok_or(StoreError::Missing)?)
}

/// The sessions of an operator that have not ended, oldest first.
pub async fn list_live(
    company: CompanyId,
    on: &impl Reads,
    operator: OperatorId,
) -> Result<Vec<Session>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::OperatorId.eq(operator.uuid()))
        .filter(row::Column::Stage.ne(Stage::Ended.name()))
        .order_by_asc(row::Column::Id)
        .all(on.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Every session of the server that has not ended: what a server that starts takes up again.
pub async fn list_unfinished(store: &Store) -> Result<Vec<Session>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::Stage.ne(Stage::Ended.name()))
        .order_by_asc(row::Column::Id)
        .all(store.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// The session that a resume token leads to; the customer names no company.
pub async fn find_by_resume_hash(store: &Store, resume_hash: &str) -> Result<Option<Session>, StoreError> {
    let found =
        row::Entity::find().filter(row::Column::ResumeHash.eq(resume_hash)).one(store.connection()).await?;
    found.map(read).transpose()
}

/// A customer redeemed the code (or the app's code of the same session).
pub async fn set_joined(write: &Write, id: SessionId, joined: Joined<'_>) -> Result<(), StoreError> {
    update(
        write,
        id,
        row::ActiveModel {
            stage: Set(Stage::Joined.name().to_owned()),
            joined_at_ms: Set(Some(joined.at_ms)),
            customer: Set(Some(to_json(joined.customer)?)),
            customer_nonce: Set(Some(joined.nonce.to_vec())),
            customer_fingerprint: Set(Some(joined.fingerprint.to_vec())),
            resume_hash: Set(Some(joined.resume_hash.to_owned())),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// The customer came back: a new token, and the nonce and fingerprint of the app as it runs now.
pub async fn set_resumed(
    write: &Write,
    id: SessionId,
    nonce: &[u8],
    fingerprint: &[u8],
    resume_hash: &str,
) -> Result<(), StoreError> {
    update(
        write,
        id,
        row::ActiveModel {
            customer_nonce: Set(Some(nonce.to_vec())),
            customer_fingerprint: Set(Some(fingerprint.to_vec())),
            resume_hash: Set(Some(resume_hash.to_owned())),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// The customer agreed to this, and to no more.
pub async fn set_consent(
    write: &Write,
    id: SessionId,
    consented: Permissions,
    at_ms: i64,
) -> Result<(), StoreError> {
    update(
        write,
        id,
        row::ActiveModel {
            stage: Set(Stage::Connecting.name().to_owned()),
            consented: Set(Some(to_json(&consented)?)),
            consented_at_ms: Set(Some(at_ms)),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// The session moved on (not to its end: see [`set_ended`]).
pub async fn set_stage(write: &Write, id: SessionId, stage: Stage) -> Result<(), StoreError> {
    update(write, id, row::ActiveModel { stage: Set(stage.name().to_owned()), ..row::ActiveModel::default() })
        .await
}

/// The next revision for a policy of this session, never given twice.
pub async fn next_policy_revision(write: &Write, id: SessionId) -> Result<i64, StoreError> {
    let revision = find(write.company(), write, id).await?.policy_revision + 1;
    update(write, id, row::ActiveModel { policy_revision: Set(revision), ..row::ActiveModel::default() })
        .await?;
    Ok(revision)
}

/// The session is over; its resume token works no more.
pub async fn set_ended(write: &Write, id: SessionId, reason: &str, at_ms: i64) -> Result<(), StoreError> {
    update(
        write,
        id,
        row::ActiveModel {
            stage: Set(Stage::Ended.name().to_owned()),
            ended_at_ms: Set(Some(at_ms)),
            end_reason: Set(Some(reason.to_owned())),
            resume_hash: Set(None),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// Keeps the signature over the chain's head.
pub async fn set_seal(write: &Write, id: SessionId, seal: &[u8], at_ms: i64) -> Result<(), StoreError> {
    update(
        write,
        id,
        row::ActiveModel {
            seal: Set(Some(seal.to_vec())),
            sealed_at_ms: Set(Some(at_ms)),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// The chain grew.
pub(crate) async fn set_chain_head(
    write: &Write,
    id: SessionId,
    seq: i64,
    head: &Hash,
) -> Result<(), StoreError> {
    update(
        write,
        id,
        row::ActiveModel {
            chain_seq: Set(seq),
            chain_head: Set(Some(head.to_vec())),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// Who has a customer at this moment: the state 상담중 [D-3]. An operator stands once per session.
pub async fn operators_in_session(
    company: CompanyId,
    on: &impl Reads,
) -> Result<Vec<OperatorId>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::Stage.is_not_in([Stage::Ended.name(), Stage::Waiting.name()]))
        .all(on.connection())
        .await?;
    Ok(rows.into_iter().map(|session| session.operator_id.into()).collect())
}

async fn update(write: &Write, id: SessionId, values: row::ActiveModel) -> Result<(), StoreError> {
    let done = row::Entity::update_many()
        .set(values)
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 { Err(StoreError::Missing) } else { Ok(()) }
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
        consented: row.consented.as_deref().map(|text| from_json(text, "sessions.consented")).transpose()?,
        customer: row.customer.as_deref().map(|text| from_json(text, "sessions.customer")).transpose()?,
        customer_nonce: row.customer_nonce,
        customer_fingerprint: row.customer_fingerprint,
        policy_revision: row.policy_revision,
        chain_seq: row.chain_seq,
        chain_head: row.chain_head,
        sealed_at_ms: row.sealed_at_ms,
    })
}

fn to_json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable { column: "sessions" })
}

fn from_json<T: for<'de> Deserialize<'de>>(text: &str, column: &'static str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Unreadable { column })
}
