//! Records: what changes them, from the customer's joining to the operator's form.

use super::{Connection, Form, NewRecord, Resolution, find, index};
use crate::{
    OperatorId, SessionId, StoreError, SupportTypeId, Write, entities::record as row, keys::key_of,
    operators::Operator, sessions::Customer,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait as _, QueryFilter};

/// Makes the record of a session. `Ok(false)`: it exists (the customer's app took over from the page).
pub async fn create(write: &Write, new: NewRecord<'_>) -> Result<bool, StoreError> {
    if row::Entity::find_by_id(new.session.uuid()).one(&write.tx).await?.is_some() {
        return Ok(false);
    }
    let (_, no) = index::count_new(&write.tx, write.company().uuid()).await?;
    row::Entity::insert(row::ActiveModel {
        session_id: Set(new.session.uuid()),
        company_id: Set(write.company().uuid()),
        no: Set(no),
        operator_id: Set(new.operator.id.uuid()),
        operator_login: Set(new.operator.login.clone()),
        operator_login_key: Set(key_of(&new.operator.login)),
        operator_name: Set(new.operator.name.clone()),
        department_id: Set(new.operator.department.uuid()),
        department_name: Set(new.operator.department_name.clone()),
        customer_name: Set(String::new()),
        started_at_ms: Set(new.started_at_ms),
        consented_at_ms: Set(None),
        ended_at_ms: Set(None),
        duration_s: Set(0),
        end_reason: Set(None),
        customer_kind: Set(new.customer.kind.clone()),
        customer_os: Set(new.customer.os.clone()),
        customer_os_version: Set(new.customer.os_version.clone()),
        customer_host_name: Set(new.customer.host_name.clone()),
        customer_address_public: Set(new.customer.address_public.clone()),
        customer_address_private: Set(new.customer.address_private.clone()),
        operator_address_public: Set(new.operator_address_public.to_owned()),
        operator_address_private: Set(new.operator.last_local_address.clone()),
        connection: Set(Connection::None.name().to_owned()),
        resolution: Set(Resolution::Unchecked.name().to_owned()),
        support_type_id: Set(None),
        support_type_name: Set(None),
        memo: Set(String::new()),
        edited_at_ms: Set(new.started_at_ms),
        rating: Set(None),
    })
    .exec_without_returning(&write.tx)
    .await?;
    let record = find(write.company(), write, new.session).await?;
    index::follow(write, None, Some(&record)).await?;
    Ok(true)
}

/// The customer's side is another one now: the app took over from the page [Y-6].
pub async fn set_customer(write: &Write, id: SessionId, customer: &Customer) -> Result<(), StoreError> {
    update(
        write,
        id,
        row::ActiveModel {
            customer_kind: Set(customer.kind.clone()),
            customer_os: Set(customer.os.clone()),
            customer_os_version: Set(customer.os_version.clone()),
            customer_host_name: Set(customer.host_name.clone()),
            customer_address_public: Set(customer.address_public.clone()),
            customer_address_private: Set(customer.address_private.clone()),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// The operator's browser tells its address on its own network, which it does some seconds after the sign-in: customers may have
/// joined meanwhile. Records that run and began under this sign-in, at `since_ms` or later, get it where they have none.
pub async fn set_operator_address(
    write: &Write,
    operator: OperatorId,
    since_ms: i64,
    address: &str,
) -> Result<(), StoreError> {
    let without = row::Column::OperatorAddressPrivate;
    let running = row::Entity::find()
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        // By which the index finds them.
        .filter(row::Column::StartedAtMs.gte(since_ms))
        .filter(row::Column::OperatorId.eq(operator.uuid()))
        .filter(row::Column::EndedAtMs.is_null())
        .filter(without.is_null().or(without.eq("")))
        .all(&write.tx)
        .await?;
    for record in running {
        let values = row::ActiveModel {
            operator_address_private: Set(Some(address.to_owned())),
            ..row::ActiveModel::default()
        };
        update(write, record.session_id.into(), values).await?;
    }
    Ok(())
}

/// The session is another operator's from here on [F-18]: the record is found and counted by who has it at the end, and its
/// lines say who had it before.
pub async fn set_operator(
    write: &Write,
    id: SessionId,
    operator: &Operator,
    address_public: &str,
) -> Result<(), StoreError> {
    let values = row::ActiveModel {
        operator_id: Set(operator.id.uuid()),
        operator_login: Set(operator.login.clone()),
        operator_login_key: Set(key_of(&operator.login)),
        operator_name: Set(operator.name.clone()),
        department_id: Set(operator.department.uuid()),
        department_name: Set(operator.department_name.clone()),
        operator_address_public: Set(address_public.to_owned()),
        operator_address_private: Set(operator.last_local_address.clone()),
        ..row::ActiveModel::default()
    };
    update(write, id, values).await
}

/// Console and customer are connected.
pub async fn set_connection(write: &Write, id: SessionId, connection: Connection) -> Result<(), StoreError> {
    let values =
        row::ActiveModel { connection: Set(connection.name().to_owned()), ..row::ActiveModel::default() };
    update(write, id, values).await
}

/// The customer agreed. Only the first time counts: who goes on with the app is in the same support [Y-6].
pub async fn set_consented(write: &Write, id: SessionId, at_ms: i64) -> Result<(), StoreError> {
    if find(write.company(), write, id).await?.consented_at_ms.is_some() {
        return Ok(());
    }
    let values = row::ActiveModel { consented_at_ms: Set(Some(at_ms)), ..row::ActiveModel::default() };
    update(write, id, values).await
}

/// The session ended.
pub async fn set_ended(write: &Write, id: SessionId, reason: &str, at_ms: i64) -> Result<(), StoreError> {
    let lasted_s = find(write.company(), write, id).await?.lasted_s(at_ms);
    update(
        write,
        id,
        row::ActiveModel {
            ended_at_ms: Set(Some(at_ms)),
            duration_s: Set(lasted_s.unwrap_or_default()),
            end_reason: Set(Some(reason.to_owned())),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// Keeps what the operator wrote. Errors: [`StoreError::Missing`] (the record, or the support type).
pub async fn update_form(write: &Write, id: SessionId, form: &Form, at_ms: i64) -> Result<(), StoreError> {
    let type_name = match form.support_type {
        Some(chosen) => Some(crate::support_types::find(write.company(), write, chosen).await?.name),
        None => None,
    };
    update(
        write,
        id,
        row::ActiveModel {
            customer_name: Set(form.customer_name.clone()),
            resolution: Set(form.resolution.name().to_owned()),
            support_type_id: Set(form.support_type.map(SupportTypeId::uuid)),
            support_type_name: Set(type_name),
            memo: Set(form.memo.clone()),
            edited_at_ms: Set(at_ms),
            ..row::ActiveModel::default()
        },
    )
    .await
}

/// Keeps the customer's rating, 1 to 5; `None`: it was taken back. Errors: [`StoreError::Missing`].
pub async fn set_rating(write: &Write, id: SessionId, rating: Option<u8>) -> Result<(), StoreError> {
    let rating = rating.map(|rating| i64::from(rating.clamp(1, 5)));
    update(write, id, row::ActiveModel { rating: Set(rating), ..row::ActiveModel::default() }).await
}

/// Changes the record, what it is found by, and its support in the statistics.
async fn update(write: &Write, id: SessionId, values: row::ActiveModel) -> Result<(), StoreError> {
    let before = find(write.company(), write, id).await?;
    let done = row::Entity::update_many()
        .set(values)
        .filter(row::Column::SessionId.eq(id.uuid()))
        .filter(row::Column::CompanyId.eq(write.company().uuid()))
        .exec(&write.tx)
        .await?;
    if done.rows_affected == 0 {
        return Err(StoreError::Missing);
    }
    let after = find(write.company(), write, id).await?;
    index::follow(write, Some(&before), Some(&after)).await?;
    crate::statistics::follow(write, &before, &after).await
}
