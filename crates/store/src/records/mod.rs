//! Support records: one row per session that a customer joined, from the moment of joining.
//!
//! Names stand here as they were, so that a record stays readable when its operator or department is gone.

pub mod bulk;

mod changes;
mod hits;
mod index;
mod places;
pub(crate) mod postings;
mod retention;
mod search;
mod tokens;
mod walk;

pub use changes::{
    create, set_connection, set_consented, set_customer, set_ended, set_operator, set_operator_address,
    set_rating, update_form,
};
pub use retention::{Expired, count_expired, delete, list_expired};
pub use search::{COUNTED, Filter, Page, Place, Search, Total};

pub(crate) use index::{Key, ordinal, replace};
pub(crate) use tokens::Searched;

use crate::{
    CompanyId, DepartmentId, OperatorId, Reads, SessionId, StoreError, SupportTypeId,
    entities::record as row, operators::Operator, sessions::Customer,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder as _, QuerySelect as _};

/// 해결 여부.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resolution {
    /// 미체크.
    #[default]
    Unchecked,
    /// 해결.
    Resolved,
    /// 미해결.
    Unresolved,
}

impl Resolution {
    /// As it is kept and sent.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Resolved => "resolved",
            Self::Unresolved => "unresolved",
        }
    }

    /// From what is kept or sent.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "unchecked" => Some(Self::Unchecked),
            "resolved" => Some(Self::Resolved),
            "unresolved" => Some(Self::Unresolved),
            _ => None,
        }
    }
}

/// How console and customer met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Not yet, or never.
    None,
    /// Peer to peer.
    Direct,
    /// Through the relay.
    Relayed,
}

impl Connection {
    /// As it is kept and sent.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Direct => "direct",
            Self::Relayed => "relayed",
        }
    }
}

/// A record.
#[derive(Clone, Debug)]
pub struct Record {
    /// The session that it is of.
    pub id: SessionId,
    /// Number in the company, growing with time.
    pub no: i64,
    /// Who gave support.
    pub operator: OperatorId,
    /// That operator's ID.
    pub operator_login: String,
    /// That operator's name.
    pub operator_name: String,
    /// The department at that time.
    pub department: DepartmentId,
    /// Its name at that time.
    pub department_name: String,
    /// When the customer joined.
    pub started_at_ms: i64,
    /// When the customer agreed for the first time: from here on it is support.
    pub consented_at_ms: Option<i64>,
    /// When the session ended; `None` while it runs.
    pub ended_at_ms: Option<i64>,
    /// From the consent to the end, in seconds; 0 while it runs, and where nobody agreed.
    pub duration_s: i64,
    /// Why it ended, kebab-case.
    pub end_reason: Option<String>,
    /// "app" or "browser".
    pub customer_kind: String,
    /// "Linux", "Windows" …
    pub customer_os: String,
    /// "Debian GNU/Linux 12 (bookworm)".
    pub customer_os_version: String,
    /// The machine's name.
    pub customer_host_name: String,
    /// The address that the server saw.
    pub customer_address_public: String,
    /// The address on the customer's own network.
    pub customer_address_private: Option<String>,
    /// The operator's address as the server saw it.
    pub operator_address_public: String,
    /// The address on the operator's own network, where the browser told it.
    pub operator_address_private: Option<String>,
    /// "direct", "relayed" or "none".
    pub connection: String,
    /// What the operator writes.
    pub form: Form,
    /// The chosen type's name at that time.
    pub support_type_name: Option<String>,
    /// The customer's rating, 1 to 5 [T-8].
    pub rating: Option<u8>,
}

impl Record {
    /// From the consent until the end, or until `now_ms` while it runs, in seconds; `None` where nobody agreed.
    #[must_use]
    pub fn lasted_s(&self, now_ms: i64) -> Option<i64> {
        let until_ms = self.ended_at_ms.unwrap_or(now_ms);
        self.consented_at_ms.map(|from_ms| (until_ms - from_ms).max(0) / 1000)
    }
}

/// What the operator writes in a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// The chosen type.
    pub support_type: Option<SupportTypeId>,
    /// 해결 여부.
    pub resolution: Resolution,
    /// 고객 이름.
    pub customer_name: String,
    /// 메모.
    pub memo: String,
}

/// The record of a session whose customer has just joined.
#[derive(Clone, Copy, Debug)]
pub struct NewRecord<'a> {
    /// The session.
    pub session: SessionId,
    /// Who gives support.
    pub operator: &'a Operator,
    /// From where, as the server sees it.
    pub operator_address_public: &'a str,
    /// What the customer's side told.
    pub customer: &'a Customer,
    /// Now.
    pub started_at_ms: i64,
}

/// One record.
pub async fn find(company: CompanyId, on: &impl Reads, id: SessionId) -> Result<Record, StoreError> {
    let found = row::Entity::find_by_id(id.uuid())
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .one(on.connection())
        .await?;
    read(found.ok_or(StoreError::Missing)?)
}

/// How long before `since_ms` a session may have begun that ended after it: nobody is helped for longer at a stretch.
const LONGEST_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// The records of an operator's sessions that ended at `since_ms` or later, the newest `limit` of them, newest first.
pub async fn list_ended(
    company: CompanyId,
    on: &impl Reads,
    operator: OperatorId,
    since_ms: i64,
    limit: u64,
) -> Result<Vec<Record>, StoreError> {
    let rows = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        // By which the index finds them.
        .filter(row::Column::StartedAtMs.gte(since_ms.saturating_sub(LONGEST_MS)))
        .filter(row::Column::OperatorId.eq(operator.uuid()))
        .filter(row::Column::EndedAtMs.gte(since_ms))
        .order_by_desc(row::Column::EndedAtMs)
        .limit(limit)
        .all(on.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

fn read(row: row::Model) -> Result<Record, StoreError> {
    let resolution =
        Resolution::parse(&row.resolution).ok_or(StoreError::Unreadable { column: "records.resolution" })?;
    Ok(Record {
        id: row.session_id.into(),
        no: row.no,
        operator: row.operator_id.into(),
        operator_login: row.operator_login,
        operator_name: row.operator_name,
        department: row.department_id.into(),
        department_name: row.department_name,
        started_at_ms: row.started_at_ms,
        consented_at_ms: row.consented_at_ms,
        ended_at_ms: row.ended_at_ms,
        duration_s: row.duration_s,
        end_reason: row.end_reason,
        customer_kind: row.customer_kind,
        customer_os: row.customer_os,
        customer_os_version: row.customer_os_version,
        customer_host_name: row.customer_host_name,
        customer_address_public: row.customer_address_public,
        customer_address_private: row.customer_address_private,
        operator_address_public: row.operator_address_public,
        operator_address_private: row.operator_address_private,
        connection: row.connection,
        form: Form {
            support_type: row.support_type_id.map(SupportTypeId::from),
            resolution,
            customer_name: row.customer_name,
            memo: row.memo,
        },
        support_type_name: row.support_type_name,
        rating: row.rating.and_then(|rating| u8::try_from(rating).ok()),
    })
}
