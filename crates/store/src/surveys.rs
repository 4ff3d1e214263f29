//! What the customers of ended sessions are asked [S-03], and whose receipt they get [Y-2]. Whoever has the token of the session's last Welcome is that customer,
//! also after the end; only its hash is kept. The answer stands in the record and its chain.

use crate::{
    CompanyId, SessionId, Store, StoreError, Write, entities::survey as row, write::sealed::Connected as _,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};

/// A question that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Survey {
    /// Whose session it was.
    pub company: CompanyId,
    /// The session.
    pub session: SessionId,
    /// From when on no answer is taken.
    pub until_ms: i64,
    /// When it was answered.
    pub answered_at_ms: Option<i64>,
    /// Whether there is a question at all, or a receipt alone.
    pub is_asked: bool,
}

/// A question.
#[derive(Clone, Copy, Debug)]
pub struct NewSurvey<'a> {
    /// The session that has ended.
    pub session: SessionId,
    /// Hash of the token that would have brought the customer back.
    pub token_hash: &'a str,
    /// Hash of the one before it, where the customer may not have read the last Welcome.
    pub previous_token_hash: Option<&'a str>,
    /// From when on no answer is taken, and no receipt given.
    pub until_ms: i64,
    /// Whether there is a question at all, or a receipt alone.
    pub is_asked: bool,
}

/// Asks. A session that was asked about already stays as it is.
pub async fn create(write: &Write, new: NewSurvey<'_>) -> Result<(), StoreError> {
    if row::Entity::find_by_id(new.session.uuid()).one(&write.tx).await?.is_some() {
        return Ok(());
    }
    row::Entity::insert(row::ActiveModel {
        session_id: Set(new.session.uuid()),
        company_id: Set(write.company().uuid()),
        token_hash: Set(new.token_hash.to_owned()),
        previous_token_hash: Set(new.previous_token_hash.map(str::to_owned)),
        until_ms: Set(new.until_ms),
        answered_at_ms: Set(None),
        is_asked: Set(new.is_asked),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// The question that a token leads to; the customer names no company.
pub async fn find_by_hash(store: &Store, token_hash: &str) -> Result<Option<Survey>, StoreError> {
    let is_it = Condition::any()
        .add(row::Column::TokenHash.eq(token_hash))
        .add(row::Column::PreviousTokenHash.eq(token_hash));
    let found = row::Entity::find().filter(is_it).one(store.connection()).await?;
    Ok(found.map(|row| Survey {
        company: row.company_id.into(),
        session: row.session_id.into(),
        until_ms: row.until_ms,
        answered_at_ms: row.answered_at_ms,
        is_asked: row.is_asked,
    }))
}

/// It is answered. `false`: it was before, or there is no question any more.
pub async fn set_answered(write: &Write, session: SessionId, at_ms: i64) -> Result<bool, StoreError> {
    let done = row::Entity::update_many()
        .set(row::ActiveModel { answered_at_ms: Set(Some(at_ms)), ..row::ActiveModel::default() })
        .filter(row::Column::SessionId.eq(session.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::AnsweredAtMs.is_null())
        .exec(&write.tx)
        .await?;
    Ok(0 < done.rows_affected)
}

/// Forgets the company's questions that could be answered until before `before_ms`.
pub async fn forget_old(write: &Write, before_ms: i64) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::UntilMs.lt(before_ms))
        .exec(&write.tx)
        .await?;
    Ok(())
}

/// Forgets the question of a session whose record is deleted.
pub(crate) async fn forget(write: &Write, session: SessionId) -> Result<(), StoreError> {
    row::Entity::delete_many()
        .filter(row::Column::SessionId.eq(session.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    Ok(())
}
