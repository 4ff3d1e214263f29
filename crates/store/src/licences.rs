//! What a company may [D-2]: until when, and how many operators. The server's owner alone sets it.

use crate::{
    CompanyId, Reads, StoreError, Write,
    entities::{licence as row, operator},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, sea_query::OnConflict,
};

/// A company's licence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Licence {
    /// The first moment at which it no longer holds (ASP); `None`: perpetual (솔루션).
    pub until_ms: Option<i64>,
    /// How many operators may exist, with mobile and without.
    pub operators: i64,
    /// How many of them may have mobile support.
    pub mobile_operators: i64,
}

/// What a company gets where its owner names nothing else.
pub const DEFAULT: Licence = Licence { until_ms: None, operators: 1000, mobile_operators: 0 };

impl Licence {
    /// Whether sessions may be started.
    #[must_use]
    pub fn holds(&self, now_ms: i64) -> bool {
        self.until_ms.is_none_or(|until_ms| now_ms < until_ms)
    }
}

/// Operators that exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// Without mobile support.
    pub pc: i64,
    /// With it.
    pub pc_and_mobile: i64,
}

/// A company's licence.
pub async fn find(company: CompanyId, on: &impl Reads) -> Result<Licence, StoreError> {
    let found = row::Entity::find_by_id(company.uuid()).one(on.connection()).await?;
    Ok(found.map_or(DEFAULT, |row| Licence {
        until_ms: row.until_ms,
        operators: row.operators,
        mobile_operators: row.mobile_operators,
    }))
}

/// Sets it.
pub async fn replace(write: &Write, licence: Licence) -> Result<(), StoreError> {
    row::Entity::insert(row::ActiveModel {
        company_id: Set(write.company().uuid()),
        until_ms: Set(licence.until_ms),
        operators: Set(licence.operators),
        mobile_operators: Set(licence.mobile_operators),
    })
    .on_conflict(
        OnConflict::column(row::Column::CompanyId)
            .update_columns([row::Column::UntilMs, row::Column::Operators, row::Column::MobileOperators])
            .to_owned(),
    )
    .exec_without_returning(&write.tx)
    .await?;
    Ok(())
}

/// How much of it is used.
pub async fn in_use(company: CompanyId, on: &impl Reads) -> Result<Use, StoreError> {
    let all = operator::Entity::find().filter(operator::Column::CompanyId.eq(company.uuid()));
    let mobile = all.clone().filter(operator::Column::IsMobile.eq(true)).count(on.connection()).await?;
    let all = all.count(on.connection()).await?;
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(Use { pc: number(all.saturating_sub(mobile)), pc_and_mobile: number(mobile) })
}
