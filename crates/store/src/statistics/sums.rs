//! The tables, and the one way in which they change: differences are added to each.

use super::{spans::FEW, statement};
use crate::{CompanyId, StoreError};
use sea_orm::{ConnectionTrait, Value};
use std::fmt::Write as _;
use uuid::Uuid;

/// What a difference is by, in the order of [`DELTA`].
pub(super) const CELL_KEYS: &[&str] =
    &["operator_id", "day", "hour", "department_id", "os", "bucket", "support_type_id", "rating"];
/// The columns of a difference.
pub(super) const DELTA: &str =
    "operator_id, day, hour, department_id, os, bucket, support_type_id, rating, supports, duration_s";
/// In a table by departments: everybody. In a record without a type: none.
pub(super) const NONE: Uuid = Uuid::nil();
/// The finest sums.
pub(super) const CELLS: &str = "statistics_cells";

/// One table of sums.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// What it is by, beside the company.
    pub(crate) keys: &'static [&'static str],
    /// The spans that it holds; none: it is by days and hours.
    levels: &'static [u32],
    /// Whether it also holds everybody, as department [`NONE`].
    holds_everybody: bool,
}

/// All tables of sums. Each has the columns `company_id`, its keys, `supports` and `duration_s`.
pub(crate) fn tables() -> [Table; 5] {
    let by = |name, keys| Table { name, keys, levels: FEW, holds_everybody: true };
    [
        Table { name: CELLS, keys: CELL_KEYS, levels: &[], holds_everybody: false },
        by("statistics_hours", &["department_id", "span", "hour"]),
        by("statistics_durations", &["department_id", "span", "bucket"]),
        by("statistics_systems", &["department_id", "span", "os"]),
        by("statistics_types", &["department_id", "span", "support_type_id", "rating"]),
    ]
}

/// Differences to be added, as a query that gives [`DELTA`]. `values`: its parameters, from `$3`; `$1` is the company.
pub(super) struct Differences {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

/// Adds differences to one table.
pub(super) async fn add(
    on: &impl ConnectionTrait,
    company: CompanyId,
    table: &Table,
    differences: &Differences,
) -> Result<(), StoreError> {
    let mut values: Vec<Value> = vec![company.uuid().into(), NONE.into()];
    values.extend(differences.values.iter().cloned());
    on.execute_raw(statement(on, table.addition(&differences.sql), values)).await?;
    Ok(())
}

impl Table {
    /// Differences by day and by what the table is by, so that only few go to each level and to everybody.
    fn together(&self) -> String {
        if self.levels.is_empty() {
            return "delta".to_owned();
        }
        let keys: Vec<&str> = self.keys.iter().map(|key| if *key == "span" { "day" } else { *key }).collect();
        let keys = keys.join(", ");
        format!(
            "(SELECT {keys}, SUM(supports) AS supports, SUM(duration_s) AS duration_s FROM delta GROUP BY {keys}) AS delta"
        )
    }

    fn addition(&self, differences: &str) -> String {
        let Self { name, keys, levels, holds_everybody } = self;
        let columns = keys.join(", ");
        let mut from = self.together();
        if !levels.is_empty() {
            let levels: Vec<_> = levels.iter().map(|level| format!("SELECT {level} AS level")).collect();
            let _infallible = write!(from, " CROSS JOIN ({}) AS levels", levels.join(" UNION ALL "));
        }
        if *holds_everybody {
            from.push_str(" CROSS JOIN (SELECT 0 AS own UNION ALL SELECT 1) AS scopes");
        }
        let value = |key: &&str| match *key {
            "span" => "levels.level * 100000000 + (delta.day >> levels.level)".to_owned(),
            "department_id" if *holds_everybody => {
                "CASE WHEN scopes.own = 1 THEN delta.department_id ELSE $2 END".to_owned()
            }
            other => format!("delta.{other}"),
        };
        let selected: Vec<String> = keys.iter().map(value).collect();
        // Both databases group by the selected column of this number; $2 is named once where nothing else names it.
        let groups: Vec<String> = (2..keys.len() + 2).map(|column| column.to_string()).collect();
        format!(
            "WITH delta ({DELTA}) AS ({differences}) \
             INSERT INTO {name} (company_id, {columns}, supports, duration_s) \
             SELECT $1, {selected}, CAST(SUM(delta.supports) AS BIGINT), CAST(SUM(delta.duration_s) AS BIGINT) \
             FROM {from} WHERE $2 = $2 GROUP BY {groups} \
             ON CONFLICT (company_id, {columns}) DO UPDATE SET supports = {name}.supports + excluded.supports, \
             duration_s = {name}.duration_s + excluded.duration_s",
            selected = selected.join(", "),
            groups = groups.join(", "),
        )
    }
}
