//! All records counted at once: after a bulk load, and when statistics first came to be.

use super::{
    batch::{Batch, Stretch},
    calendar::zone_of,
    names, operators, statement,
    zones::{self, Kept},
};
use crate::{CompanyId, StoreError, Write, company_settings};
use sea_orm::ConnectionTrait;

/// Records at once, so that no sort is larger.
const RECORDS: u32 = 100_000;

/// Counts all of the company's records, of which none is counted yet, by the clocks of its zone.
///
/// Ten million records take some minutes, and one write: other writes of the company wait.
pub(crate) async fn count(write: &Write) -> Result<(), StoreError> {
    let zone = company_settings::find(write.company(), write).await?.time_zone;
    count_on(&write.tx, write.company(), &zone).await?;
    zones::keep(&write.tx, write.company(), &Kept { zone, moving: None }).await
}

/// As [`count`], where there is no [`Write`] yet: in a migration.
pub(crate) async fn count_on(
    on: &impl ConnectionTrait,
    company: CompanyId,
    time_zone: &str,
) -> Result<(), StoreError> {
    zones::set(on, company, time_zone).await?;
    let zone = zone_of(time_zone);
    let batch = Batch::open(on, company).await?;
    let mut after_no = 0;
    while let Some(stretch) = Stretch::after(on, company, after_no, RECORDS).await? {
        batch.fill(&stretch, None, &zone).await?;
        batch.add().await?;
        name(on, company, &stretch).await?;
        after_no = stretch.until_no;
    }
    batch.close().await?;
    operators::rebuild(on, company).await
}

/// Keeps what people and things of the stretch are called: by its last record of each.
async fn name(on: &impl ConnectionTrait, company: CompanyId, stretch: &Stretch) -> Result<(), StoreError> {
    let named = [
        ("operator_id", "operator_login", "operator_login_key", "operator_name"),
        ("department_id", "''", "''", "department_name"),
        ("support_type_id", "''", "''", "support_type_name"),
    ];
    for (id, login, key, name) in named {
        let sql = format!(
            "INSERT INTO statistics_names (company_id, id, login, login_key, name) \
             SELECT $1, {id}, {login}, {key}, {name} FROM records WHERE company_id = $1 AND no IN \
             (SELECT MAX(no) FROM records WHERE {} AND {id} IS NOT NULL GROUP BY {id}) {}",
            stretch.supports(),
            names::RENAME
        );
        on.execute_raw(statement(on, sql, [company.uuid().into()])).await?;
    }
    Ok(())
}
