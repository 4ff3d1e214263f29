//! Sessions: what changes them, in the order of a session's life.

use super::{Joined, Offered, Stage, find, permissions::Kept};
use crate::{OperatorId, SessionId, StoreError, Write, chain::Hash, entities::session as row};
use protocol::Permissions;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter,
};
use serde::Serialize;

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
        previous_resume_hash: Set(None),
    })
    .exec_without_returning(&write.tx)
    .await?;
    Ok(id)
}

/// A customer redeemed the code (or the app's code of the same session). What an earlier one agreed to is over.
pub async fn set_joined(write: &Write, id: SessionId, joined: Joined<'_>) -> Result<(), StoreError> {
    update(
        write,
        id,
        row::ActiveModel {
            stage: Set(Stage::Joined.name().to_owned()),
            joined_at_ms: Set(Some(joined.at_ms)),
            consented: Set(None),
            consented_at_ms: Set(None),
            customer: Set(Some(to_json(joined.customer)?)),
            customer_nonce: Set(Some(joined.nonce.to_vec())),
            customer_fingerprint: Set(Some(joined.fingerprint.to_vec())),
            resume_hash: Set(Some(joined.resume_hash.to_owned())),
            previous_resume_hash: Set(None),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// The customer came back: a new token, and the nonce and fingerprint of the app as it runs now. Another run of the app
/// has another nonce, and its customer is asked anew. `used_hash` is of the token that the customer came with; it stays
/// known until the customer is seen to have the new one (see [`forget_previous_resume`]).
pub async fn set_resumed(
    write: &Write,
    id: SessionId,
    nonce: &[u8],
    fingerprint: &[u8],
    used_hash: &str,
    resume_hash: &str,
) -> Result<(), StoreError> {
    let known = find(write.company(), write, id).await?;
    let is_same_run = known.customer_nonce.unwrap_or_default() == nonce;
    update(
        write,
        id,
        row::ActiveModel {
            consented: if is_same_run { NotSet } else { Set(None) },
            consented_at_ms: if is_same_run { NotSet } else { Set(None) },
            customer_nonce: Set(Some(nonce.to_vec())),
            customer_fingerprint: Set(Some(fingerprint.to_vec())),
            resume_hash: Set(Some(resume_hash.to_owned())),
            previous_resume_hash: Set(Some(used_hash.to_owned())),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// The customer has the new token: the one before it works no more.
pub async fn forget_previous_resume(write: &Write, id: SessionId, used_hash: &str) -> Result<(), StoreError> {
    row::Entity::update_many()
        .set(row::ActiveModel { previous_resume_hash: Set(None), ..row::ActiveModel::default() })
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .filter(row::Column::PreviousResumeHash.eq(used_hash))
        .exec(&write.tx)
        .await?;
    Ok(())
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
            consented: Set(Some(to_json(&Kept::from(consented))?)),
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

/// The session is another operator's [F-18].
pub async fn set_operator(write: &Write, id: SessionId, operator: OperatorId) -> Result<(), StoreError> {
    update(write, id, row::ActiveModel { operator_id: Set(operator.uuid()), ..row::ActiveModel::default() })
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
            previous_resume_hash: Set(None),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// Erases what the session keeps of the customer, whose record is deleted.
pub async fn forget_customer(write: &Write, id: SessionId) -> Result<(), StoreError> {
    update(
        write,
        id,
        row::ActiveModel {
            customer: Set(None),
            customer_nonce: Set(None),
            customer_fingerprint: Set(None),
            resume_hash: Set(None),
            previous_resume_hash: Set(None),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// The chain's head was signed.
pub(crate) async fn set_sealed(write: &Write, id: SessionId, at_ms: i64) -> Result<(), StoreError> {
    update(write, id, row::ActiveModel { sealed_at_ms: Set(Some(at_ms)), ..row::ActiveModel::default() })
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

async fn update(write: &Write, id: SessionId, values: row::ActiveModel) -> Result<(), StoreError> {
    let done = row::Entity::update_many()
        .set(values)
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 { Err(StoreError::Missing) } else { Ok(()) }
}

fn to_json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| StoreError::Unreadable { column: "sessions" })
}
