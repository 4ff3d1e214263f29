//! All records counted at once: after a bulk load, and when statistics first came to be.

use super::{
    batch::{Batch, Stretch},
    calendar::zone_of,
    names, operators, statement,
    sums::{self, CELL_KEYS, CELLS, DELTA, Differences, NONE},
    zones::{self, Kept},
};
use crate::{CompanyId, StoreError, Write, company_settings};
use jiff::tz::TimeZone;
use sea_orm::{ConnectionTrait, DbBackend};

/// Records at once on SQLite, so that no sort is larger.
const RECORDS: u32 = 100_000;
/// Memory of a sort on PostgreSQL, until the transaction ends.
const SORTED: &str = "SET LOCAL work_mem = '256MB'";

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
    if on.get_database_backend() == DbBackend::Postgres {
        count_at_once(on, company, &zone).await?;
    } else {
        count_in_parts(on, company, &zone).await?;
    }
    operators::rebuild(on, company).await
}

/// PostgreSQL sorts what is larger than its memory on the disk: the finest sums come in their order, which their index then has without
/// a look at any other page, and all others are made of them.
async fn count_at_once(
    on: &impl ConnectionTrait,
    company: CompanyId,
    zone: &TimeZone,
) -> Result<(), StoreError> {
    let Some(all) = Stretch::after(on, company, 0, u32::MAX).await? else { return Ok(()) };
    on.execute_unprepared(SORTED).await?;
    let sql = format!(
        "INSERT INTO {CELLS} (company_id, {DELTA}) SELECT $1, differences.* FROM ({} ORDER BY {}) AS differences",
        all.differences(None, zone),
        (1..=CELL_KEYS.len()).map(|column| column.to_string()).collect::<Vec<_>>().join(", ")
    );
    on.execute_raw(statement(on, sql, [company.uuid().into(), NONE.into()])).await?;
    let sql = format!("SELECT {DELTA} FROM {CELLS} WHERE company_id = $1");
    let cells = Differences { sql, values: Vec::new() };
    for table in sums::tables().iter().filter(|table| table.name != CELLS) {
        sums::add(on, company, table, &cells).await?;
    }
    name(on, company, &all).await
}

/// SQLite would sort in memory: some records after the other are added to every sum.
async fn count_in_parts(
    on: &impl ConnectionTrait,
    company: CompanyId,
    zone: &TimeZone,
) -> Result<(), StoreError> {
    let batch = Batch::open(on, company).await?;
    let mut after_no = 0;
    while let Some(stretch) = Stretch::after(on, company, after_no, RECORDS).await? {
        batch.fill(&stretch, None, zone).await?;
        batch.add().await?;
        name(on, company, &stretch).await?;
        after_no = stretch.until_no;
    }
    batch.close().await
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
