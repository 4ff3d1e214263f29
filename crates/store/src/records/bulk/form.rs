//! What records become before a database takes them: statements for SQLite, and text for PostgreSQL's `COPY`, which it reads in a fraction
//! of the time of a statement.

use super::BulkRecord;
use crate::{
    CompanyId,
    entities::record as row,
    keys::key_of,
    records::{
        index::Key,
        postings::{self, Gathered},
        tokens::{self, Filing, Searched},
    },
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, DbBackend, DbErr, Iden, Iterable, Statement, Value};

/// Rows of one statement to SQLite: 30 values each, and it takes 32,766.
const ROWS: usize = 500;
/// Rows of tokens of one statement to SQLite, two values each. After each statement FTS5 writes what it has gathered, and the
/// more such writes there are, the more has to be merged.
pub(super) const TOKEN_ROWS: usize = 16_000;

/// What one record is made of.
pub(super) struct Form {
    pub(super) company: CompanyId,
    pub(super) ordinal: i64,
    /// The number of the first of them.
    pub(super) first: i64,
}

/// Rows of one table, as `COPY … FROM STDIN` takes them
/// (<https://www.postgresql.org/docs/15/sql-copy.html>, "Text Format").
pub(super) struct Copy {
    /// The statement.
    pub(super) sql: String,
    /// The rows.
    pub(super) text: Vec<u8>,
}

impl Form {
    /// What inserts them into SQLite, at most [`TOKEN_ROWS`] of them.
    pub(super) fn statements(&self, records: &[BulkRecord]) -> Vec<Statement> {
        let numbered: Vec<_> = (self.first..).zip(records).collect();
        let mut statements = Vec::new();
        for part in numbered.chunks(ROWS) {
            let values: Vec<Value> =
                part.iter().flat_map(|(no, record)| values_of(self.row(*no, record))).collect();
            let sql =
                format!("INSERT INTO records ({}) VALUES {}", columns(), places(part.len(), values.len()));
            statements.push(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values));
        }
        let tokens = |(no, record): &(i64, &BulkRecord)| -> [Value; 2] {
            let tokens = tokens::of_record(&searched(record), Filing::Choices).join(" ");
            [Key::new(self.ordinal, *no).0.into(), tokens.into()]
        };
        let values: Vec<Value> = numbered.iter().flat_map(tokens).collect();
        let sql = format!(
            "INSERT INTO record_search (rowid, tokens) VALUES {}",
            places(numbered.len(), values.len())
        );
        statements.push(Statement::from_sql_and_values(DbBackend::Sqlite, sql, values));
        statements
    }

    /// What PostgreSQL copies: of records of one bucket, and all of them that there are so far. Errors: a value that has no text here.
    pub(super) fn copies(&self, records: &[BulkRecord]) -> Result<[Copy; 3], DbErr> {
        let (mut rows, mut texts, mut postings) = (Vec::new(), Vec::new(), Vec::new());
        let mut gathered = Gathered::of(Key::new(self.ordinal, self.first));
        for (no, record) in (self.first..).zip(records) {
            let (key, searched) = (Key::new(self.ordinal, no), searched(record));
            copy_row(&values_of(self.row(no, record)), &mut rows)?;
            copy_row(&postings::texts(key, &searched), &mut texts)?;
            gathered.add(key, &searched);
        }
        for (word, places) in gathered.rows() {
            copy_row(&[word.into(), places.into()], &mut postings)?;
        }
        let copy =
            |table, columns: &str, text| Copy { sql: format!("COPY {table} ({columns}) FROM STDIN"), text };
        Ok([
            copy("records", &columns(), rows),
            copy("record_search", postings::TEXT_COLUMNS, texts),
            copy("record_postings", "word, places", postings),
        ])
    }

    fn row(&self, no: i64, record: &BulkRecord) -> row::ActiveModel {
        let (consented_at_ms, ended_at_ms) = moments(record);
        row::ActiveModel {
            session_id: Set(record.id.uuid()),
            company_id: Set(self.company.uuid()),
            no: Set(no),
            operator_id: Set(record.operator.uuid()),
            operator_login: Set(record.operator_login.to_string()),
            operator_login_key: Set(key_of(&record.operator_login)),
            operator_name: Set(record.operator_name.to_string()),
            department_id: Set(record.department.uuid()),
            department_name: Set(record.department_name.to_string()),
            customer_name: Set(record.customer_name.clone()),
            started_at_ms: Set(record.started_at_ms),
            consented_at_ms: Set(consented_at_ms),
            ended_at_ms: Set(Some(ended_at_ms)),
            duration_s: Set(if consented_at_ms.is_some() { record.duration_s } else { 0 }),
            end_reason: Set(Some("operator-ended".to_owned())),
            customer_kind: Set(record.customer_kind.to_owned()),
            customer_os: Set(record.customer_os.to_owned()),
            customer_os_version: Set(record.customer_os_version.to_owned()),
            customer_host_name: Set(record.customer_host_name.clone()),
            customer_address_public: Set(record.customer_address_public.clone()),
            customer_address_private: Set(record.customer_address_private.clone()),
            operator_address_public: Set(record.operator_address_public.to_string()),
            operator_address_private: Set(None),
            connection: Set(record.connection.to_owned()),
            resolution: Set(record.resolution.name().to_owned()),
            support_type_id: Set(record.support_type.map(|(id, _)| id.uuid())),
            support_type_name: Set(record.support_type.map(|(_, name)| name.to_owned())),
            memo: Set(record.memo.clone()),
            edited_at_ms: Set(ended_at_ms),
            rating: Set(record.rating.map(i64::from)),
        }
    }
}

/// Consent and end.
fn moments(record: &BulkRecord) -> (Option<i64>, i64) {
    let consented_at_ms = record.waited_ms.map(|waited_ms| record.started_at_ms + waited_ms);
    let ended_at_ms = consented_at_ms.unwrap_or(record.started_at_ms) + record.duration_s * 1000;
    (consented_at_ms, ended_at_ms)
}

fn searched(record: &BulkRecord) -> Searched<'_> {
    Searched {
        operator_login: &record.operator_login,
        operator_name: &record.operator_name,
        customer_name: &record.customer_name,
        memo: &record.memo,
        department: record.department,
        support_type: record.support_type.map(|(id, _)| id),
        resolution: record.resolution.name(),
        customer_os: record.customer_os,
        customer_os_version: record.customer_os_version,
        addresses: [
            &record.customer_address_public,
            record.customer_address_private.as_deref().unwrap_or_default(),
            &record.operator_address_public,
            "",
        ],
    }
}

/// The columns of a row, all of which are set.
fn columns() -> String {
    row::Column::iter().map(|column| column.to_string()).collect::<Vec<_>>().join(", ")
}

/// Their values: the library's own statement makes an expression of each first, which alone takes longer than the database does.
fn values_of(mut row: row::ActiveModel) -> Vec<Value> {
    row::Column::iter().filter_map(|column| row.take(column).into_value()).collect()
}

/// Places for parameters, in so many rows. SQLite would look numbers of them up one by one.
fn places(rows: usize, values: usize) -> String {
    let row = format!("({})", vec!["?"; values / rows.max(1)].join(", "));
    vec![row; rows].join(", ")
}

/// Adds a row as text.
fn copy_row(values: &[Value], text: &mut Vec<u8>) -> Result<(), DbErr> {
    for (at, value) in values.iter().enumerate() {
        if 0 < at {
            text.push(b'\t');
        }
        match value {
            Value::BigInt(Some(number)) => text.extend(number.to_string().bytes()),
            Value::Uuid(Some(id)) => text.extend(id.to_string().bytes()),
            Value::String(Some(string)) => copy_text(string, text),
            Value::Bytes(Some(bytes)) => text.extend(format!("\\\\x{}", hex::encode(bytes)).bytes()),
            Value::BigInt(None) | Value::Uuid(None) | Value::String(None) => text.extend(b"\\N"),
            other => return Err(DbErr::Type(format!("{other:?} is not copied"))),
        }
    }
    text.push(b'\n');
    Ok(())
}

fn copy_text(string: &str, text: &mut Vec<u8>) {
    for byte in string.bytes() {
        match byte {
            b'\\' => text.extend(b"\\\\"),
            b'\t' => text.extend(b"\\t"),
            b'\n' => text.extend(b"\\n"),
            b'\r' => text.extend(b"\\r"),
            other => text.push(other),
        }
    }
}
