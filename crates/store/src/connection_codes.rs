//! Connection codes: what ties a customer to a session. Unique among the live ones of the whole server.

use crate::{CompanyId, Reads, SessionId, StoreError, Write, entities::connection_code as row};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait as _, QueryFilter, sea_query::Expr};

/// How long a used or expired code is remembered, so that its customer is told why it does not work.
const REMEMBERED_MS: i64 = 24 * 60 * 60 * 1000;

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The first customer of the session.
    Join,
    /// The customer app, where a page shares already [Y-6].
    App,
    /// The customer app on the operator's own computer [F-15].
    Reversed,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Join => "join",
            Self::App => "app",
            Self::Reversed => "reversed",
        }
    }

    fn parse(name: &str) -> Result<Self, StoreError> {
        match name {
            "join" => Ok(Self::Join),
            "app" => Ok(Self::App),
            "reversed" => Ok(Self::Reversed),
            _ => Err(StoreError::Unreadable { column: "connection_codes.purpose" }),
        }
    }
}

/// A code as it is kept: by its hash alone.
#[derive(Clone, Copy, Debug)]
pub struct NewCode<'a> {
    /// A keyed hash of the digits.
    pub code_hash: &'a str,
    /// The session that it leads to.
    pub session: SessionId,
    /// What it is for.
    pub purpose: Purpose,
    /// Now.
    pub created_at_ms: i64,
    /// From when it no longer works.
    pub expires_at_ms: i64,
}

/// What there is about a code that a customer typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redeemed {
    /// It leads to a session.
    Session {
        /// Whose session it is.
        company: CompanyId,
        /// The session.
        session: SessionId,
        /// What the code was for.
        purpose: Purpose,
    },
    /// There is no such code.
    Unknown,
    /// It came too late.
    Expired,
    /// Somebody used it before.
    Used,
}

/// Adds a code of this company's session.
///
/// Errors: [`StoreError::Taken`] while the same digits are live for any session: the caller draws others.
pub async fn create(write: &Write, new: NewCode<'_>) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::CodeHash.eq(new.code_hash))
        .filter(row::Column::ExpiresAtMs.lte(new.created_at_ms).or(row::Column::UsedAtMs.is_not_null()))
        .exec(&write.tx)
        .await?;
    row::Entity::delete_many()
        .filter(row::Column::ExpiresAtMs.lt(new.created_at_ms - REMEMBERED_MS))
        .exec(&write.tx)
        .await?;
    let live = row::Entity::find_by_id(new.code_hash).one(&write.tx).await?;
    if live.is_some() {
        return Err(StoreError::Taken);
    }
    row::Entity::insert(row::ActiveModel {
        code_hash: Set(new.code_hash.to_owned()),
        company_id: Set(write.company().uuid()),
        session_id: Set(new.session.uuid()),
        purpose: Set(new.purpose.name().to_owned()),
        created_at_ms: Set(new.created_at_ms),
        expires_at_ms: Set(new.expires_at_ms),
        used_at_ms: Set(None),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// What a code leads to, and whether it still does. Nothing is used up by it.
pub async fn find(on: &impl Reads, code_hash: &str, now_ms: i64) -> Result<Redeemed, StoreError> {
    let Some(code) = row::Entity::find_by_id(code_hash).one(on.connection()).await? else {
        return Ok(Redeemed::Unknown);
    };
    if code.used_at_ms.is_some() {
        return Ok(Redeemed::Used);
    }
    if code.expires_at_ms <= now_ms {
        return Ok(Redeemed::Expired);
    }
    let purpose = Purpose::parse(&code.purpose)?;
    Ok(Redeemed::Session { company: code.company_id.into(), session: code.session_id.into(), purpose })
}

/// Uses a code up. Of two customers who type it at the same time, one gets the session: `false` is the other's.
pub async fn use_up(
    write: &Write,
    session: SessionId,
    code_hash: &str,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let used = row::Entity::update_many()
        .col_expr(row::Column::UsedAtMs, Expr::value(now_ms))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::CodeHash.eq(code_hash))
        .filter(row::Column::SessionId.eq(session.uuid()))
        .filter(row::Column::UsedAtMs.is_null())
        .filter(row::Column::ExpiresAtMs.gt(now_ms))
        .exec(&write.tx)
        .await?;
    Ok(0 < used.rows_affected)
}

/// Until when a customer can still join the session; `None`: no code of it works.
pub async fn expires_at_ms(
    company: CompanyId,
    on: &impl Reads,
    session: SessionId,
    now_ms: i64,
) -> Result<Option<i64>, StoreError> {
    let live = row::Entity::find()
        .filter(row::Column::CompanyId.eq(company.uuid()))
        .filter(row::Column::SessionId.eq(session.uuid()))
        .filter(row::Column::Purpose.eq(Purpose::Join.name()))
        .filter(row::Column::UsedAtMs.is_null())
        .filter(row::Column::ExpiresAtMs.gt(now_ms))
        .one(on.connection())
        .await?;
    Ok(live.map(|code| code.expires_at_ms))
}

/// Makes every unused code of a session useless: it was cancelled, ended, or its customer is there.
pub async fn expire_of_session(write: &Write, session: SessionId, now_ms: i64) -> Result<(), StoreError> {
    row::Entity::update_many()
        .col_expr(row::Column::ExpiresAtMs, Expr::value(now_ms))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::SessionId.eq(session.uuid()))
        .filter(row::Column::UsedAtMs.is_null())
        .filter(row::Column::ExpiresAtMs.gt(now_ms))
        .exec(&write.tx)
        .await?;
    Ok(())
}
