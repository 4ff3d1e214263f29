//! Filling a company with many records at once, for benches: what a server of some years holds, in minutes.
//!
//! Not for a server that runs: nothing is chained, a power cut may cost the file, and indexes are made at the end.

use super::{
    Resolution, buckets,
    index::{self, Key},
    tokens::{self, Filing, Searched},
};
use crate::{
    CompanyId, DepartmentId, OperatorId, SessionId, Store, StoreError, SupportTypeId,
    entities::record as row, keys::key_of, statistics,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbBackend, EntityName, EntityTrait, Iden, Iterable,
    Statement, TransactionTrait, Value,
};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Rows of one statement: 31 values each, and SQLite takes 32,766.
const ROWS: usize = 500;
/// Rows of tokens of one statement to PostgreSQL: five values each, and it takes 65,535.
const POSTGRES_ROWS: usize = 8_000;
/// Rows of tokens of one statement to SQLite, two values each. After each statement FTS5 writes what it has gathered, and the
/// more such writes there are, the more has to be merged.
const TOKEN_ROWS: usize = 16_000;
/// What only costs while nothing else is written: a power cut may take the file anyway, and every row that is named is there.
const SQLITE_FILLED: [&str; 4] = [
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA cache_size = -524288",
    // What an index is sorted by would take a gigabyte.
    "PRAGMA temp_store = FILE",
];
const SQLITE_AFTER: [&str; 5] = [
    "PRAGMA wal_checkpoint(TRUNCATE)",
    "PRAGMA optimize",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
];
/// Indexes of the tables that are filled, by name, with what makes them. On SQLite those by operator, in which new rows have
/// random places: the others only grow at their ends.
const SQLITE_INDEXES: &str = "SELECT name, sql FROM sqlite_master WHERE type = 'index' \
     AND tbl_name IN ('sessions', 'records') AND sql LIKE '%operator_id%'";
/// All but those that keep rows apart, and the one of the search, which is made by its own rules.
const POSTGRES_INDEXES: &str = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() \
     AND tablename IN ('sessions', 'records') AND indexdef NOT LIKE 'CREATE UNIQUE %'";
/// References to other tables, each with what drops it and what makes it again: as on SQLite no row is looked up for them while
/// the company is filled.
const POSTGRES_REFERENCES: &str = "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname), \
     format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) \
     FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace \
     AND (conrelid::regclass::text IN ('sessions', 'records') OR conrelid::regclass::text LIKE 'statistics_%')";
/// Sessions of records from number `$2` to `$3`: all of them were ended by their operators.
const SESSIONS: &str = "INSERT INTO sessions (id, company_id, operator_id, stage, created_at_ms, joined_at_ms, \
     consented_at_ms, ended_at_ms, end_reason, offered, policy_revision, chain_seq) \
     SELECT session_id, company_id, operator_id, 'ended', started_at_ms, started_at_ms, \
     consented_at_ms, ended_at_ms, end_reason, '{}', 0, 0 FROM records \
     WHERE company_id = $1 AND no BETWEEN $2 AND $3 ORDER BY no";
/// Bytes of tokens that SQLite gathers before it writes them, while it is filled.
const GATHERED_BYTES: u32 = 256 * 1024 * 1024;
/// As SQLite has it by itself.
const GATHERED_BYTES_AFTER: u32 = 1024 * 1024;

/// A record as it is filled in.
#[derive(Clone, Debug)]
pub struct BulkRecord {
    /// The session that it is of.
    pub id: SessionId,
    /// When the customer joined; not before the record before.
    pub started_at_ms: i64,
    /// From then to the consent; `None`: nobody agreed.
    pub waited_ms: Option<i64>,
    /// From the consent to the end.
    pub duration_s: i64,
    /// Who gave support.
    pub operator: OperatorId,
    /// That operator's ID.
    pub operator_login: Arc<str>,
    /// That operator's name.
    pub operator_name: Arc<str>,
    /// The department.
    pub department: DepartmentId,
    /// Its name.
    pub department_name: Arc<str>,
    /// 고객 이름.
    pub customer_name: String,
    /// "app" or "browser".
    pub customer_kind: &'static str,
    /// 고객 OS.
    pub customer_os: &'static str,
    /// With its version.
    pub customer_os_version: &'static str,
    /// The machine's name.
    pub customer_host_name: String,
    /// The address that the server saw.
    pub customer_address_public: String,
    /// The address on the customer's own network.
    pub customer_address_private: Option<String>,
    /// The operator's address.
    pub operator_address_public: Arc<str>,
    /// "direct", "relayed" or "none".
    pub connection: &'static str,
    /// 상담유형 and its name.
    pub support_type: Option<(SupportTypeId, &'static str)>,
    /// 해결 여부.
    pub resolution: Resolution,
    /// 메모.
    pub memo: String,
    /// The customer's rating, 1 to 5.
    pub rating: Option<u8>,
}

/// A company that is being filled.
#[derive(Debug)]
pub struct Bulk {
    store: Store,
    company: CompanyId,
    ordinal: i64,
    no: i64,
    /// What makes the indexes again that are gone while records are added: at random places each row would cost the more the
    /// more there are.
    indexes: Vec<String>,
    /// What makes the references again that are gone until everything is counted.
    references: Vec<String>,
}

impl Bulk {
    /// Begins; the company has no records yet.
    pub async fn open(store: &Store, company: CompanyId) -> Result<Self, StoreError> {
        let connection = &store.writer;
        let ordinal = index::ordinal(connection, company.uuid()).await?;
        if store.is_sqlite() {
            for pragma in SQLITE_FILLED {
                connection.execute_unprepared(pragma).await?;
            }
            gather(connection, GATHERED_BYTES).await?;
        }
        let sql = if store.is_sqlite() { SQLITE_INDEXES } else { POSTGRES_INDEXES };
        let mut indexes = Vec::new();
        for row in connection.query_all_raw(index::statement(connection, sql, [])).await? {
            let name: String = row.try_get_by_index(0)?;
            connection.execute_unprepared(&format!("DROP INDEX {name}")).await?;
            indexes.push(row.try_get_by_index(1)?);
        }
        let mut references = Vec::new();
        if !store.is_sqlite() {
            connection.execute_unprepared("DROP INDEX record_search_tokens").await?;
            for row in connection.query_all_raw(index::statement(connection, POSTGRES_REFERENCES, [])).await?
            {
                connection.execute_unprepared(&row.try_get_by_index::<String>(0)?).await?;
                references.push(row.try_get_by_index(1)?);
            }
        }
        Ok(Self { store: store.clone(), company, ordinal, no: 0, indexes, references })
    }

    /// Adds records in the order of their numbers, in one transaction. Some ten thousand at once are best.
    ///
    /// While the database takes some, the next ones are brought into its form on another processor.
    pub async fn add(&mut self, records: Vec<BulkRecord>) -> Result<(), StoreError> {
        let tx = self.store.writer.begin().await?;
        let first = self.no + 1;
        self.no += i64::try_from(records.len()).unwrap_or_default();
        let (backend, company, ordinal) = (tx.get_database_backend(), self.company, self.ordinal);
        let (ready, mut taken) = mpsc::channel(1);
        let making = tokio::task::spawn_blocking(move || {
            let parts = (first..).step_by(TOKEN_ROWS).zip(records.chunks(TOKEN_ROWS));
            for (first, part) in parts {
                let form = Form { backend, company, ordinal, first };
                // Nobody takes them any more where the database has failed.
                if form.statements(part).into_iter().any(|statement| ready.blocking_send(statement).is_err())
                {
                    break;
                }
            }
        });
        while let Some(statement) = taken.recv().await {
            tx.execute_raw(statement).await?;
        }
        making.await.map_err(|error| StoreError::Database(Box::new(error)))?;
        let values = [self.company.uuid().into(), first.into(), self.no.into()];
        tx.execute_raw(index::statement(&tx, SESSIONS, values)).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends the filling, after which the company is as any other.
    pub async fn finish(self) -> Result<(), StoreError> {
        let connection = &self.store.writer;
        if self.store.is_sqlite() {
            self.make_indexes().await?;
            self.count().await?;
        } else {
            // Two connections of the server's, on one processor each.
            tokio::try_join!(self.make_indexes(), self.count())?;
        }
        for reference in &self.references {
            connection.execute_unprepared(reference).await?;
        }
        let sql = "UPDATE record_counts SET total = $1, last_no = $1 WHERE company_id = $2";
        let values = [self.no.into(), self.company.uuid().into()];
        connection.execute_raw(index::statement(connection, sql, values)).await?;
        if self.store.is_sqlite() {
            gather(connection, GATHERED_BYTES_AFTER).await?;
            connection
                .execute_unprepared("INSERT INTO record_search (record_search) VALUES ('optimize')")
                .await?;
            for statement in SQLITE_AFTER {
                connection.execute_unprepared(statement).await?;
            }
        } else {
            for table in statistics::tables() {
                // Its rows came in another order than the index has, whose pages are half empty then.
                connection.execute_unprepared(&format!("REINDEX TABLE {}", table.name)).await?;
            }
            // What counts by an index alone reads the map that `VACUUM` makes.
            for statement in ["VACUUM ANALYZE records", "VACUUM ANALYZE record_search", "ANALYZE"] {
                connection.execute_unprepared(statement).await?;
            }
        }
        Ok(())
    }

    async fn make_indexes(&self) -> Result<(), StoreError> {
        for index in &self.indexes {
            self.store.writer.execute_unprepared(index).await?;
        }
        if !self.store.is_sqlite() {
            buckets::make_index(&self.store.writer).await?;
        }
        Ok(())
    }

    async fn count(&self) -> Result<(), StoreError> {
        let write = self.store.write(self.company).await?;
        statistics::count(&write).await?;
        write.commit().await
    }
}

/// What records become before the database takes them.
struct Form {
    backend: DbBackend,
    company: CompanyId,
    ordinal: i64,
    /// The number of the first of them.
    first: i64,
}

impl Form {
    fn statements(&self, records: &[BulkRecord]) -> Vec<Statement> {
        let numbered: Vec<_> = (self.first..).zip(records).collect();
        let mut statements = Vec::new();
        for part in numbered.chunks(ROWS) {
            let rows = part.iter().map(|(no, record)| self.row(*no, record));
            statements.push(insert_many(self.backend, rows));
        }
        let at_once = if self.backend == DbBackend::Sqlite { TOKEN_ROWS } else { POSTGRES_ROWS };
        for part in numbered.chunks(at_once) {
            let rows = part
                .iter()
                .map(|(no, record)| found_by(self.backend, Key::new(self.ordinal, *no), record))
                .collect();
            statements.push(put_many(self.backend, rows));
        }
        statements
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
            operator_name_key: Set(key_of(&record.operator_name)),
            department_id: Set(record.department.uuid()),
            department_name: Set(record.department_name.to_string()),
            customer_name: Set(record.customer_name.clone()),
            customer_name_key: Set(key_of(&record.customer_name)),
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

/// As the library's own, which makes an expression of each value: that alone takes longer than the database does.
///
/// Every row has the same columns set.
fn insert_many<A: ActiveModelTrait>(backend: DbBackend, rows: impl Iterator<Item = A>) -> Statement {
    let mut columns: Vec<<A::Entity as EntityTrait>::Column> = Vec::new();
    let mut values = Vec::new();
    for mut row in rows {
        if columns.is_empty() {
            columns = <A::Entity as EntityTrait>::Column::iter()
                .filter(|column| !row.is_not_set(*column))
                .collect();
        }
        values.extend(columns.iter().filter_map(|column| row.take(*column).into_value()));
    }
    let names: Vec<String> = columns.iter().map(Iden::to_string).collect();
    let sql = format!(
        "INSERT INTO {} ({}) VALUES {}",
        A::Entity::default().table_name(),
        names.join(", "),
        places(backend, columns.len(), values.len())
    );
    Statement::from_sql_and_values(backend, sql, values)
}

/// Parameters by rows of so many. SQLite would look numbers of them up one by one.
fn places(backend: DbBackend, columns: usize, values: usize) -> String {
    let mut all = String::with_capacity(values * 6);
    for at in 0..values {
        all.push_str(match (at, at % columns) {
            (0, _) => "(",
            (_, 0) => "), (",
            _ => ", ",
        });
        match backend {
            DbBackend::Sqlite => all.push('?'),
            _ => all.push_str(&format!("${}", at + 1)),
        }
    }
    all.push(')');
    all
}

/// A row of the index.
fn found_by(backend: DbBackend, key: Key, record: &BulkRecord) -> Vec<Value> {
    let searched = searched(record);
    match backend {
        DbBackend::Sqlite => {
            vec![key.0.into(), tokens::of_record(&searched, Filing::Choices).join(" ").into()]
        }
        _ => buckets::row(key, &searched).into(),
    }
}

fn put_many(backend: DbBackend, rows: Vec<Vec<Value>>) -> Statement {
    let sql = match backend {
        DbBackend::Sqlite => {
            format!("INSERT INTO record_search (rowid, tokens) VALUES {}", places(backend, 2, 2 * rows.len()))
        }
        _ => buckets::insertion(rows.len()),
    };
    Statement::from_sql_and_values(backend, sql, rows.into_iter().flatten().collect::<Vec<_>>())
}

/// How many bytes of tokens SQLite gathers before it writes them.
async fn gather(connection: &impl ConnectionTrait, bytes: u32) -> Result<(), StoreError> {
    let sql = format!("INSERT INTO record_search (record_search, rank) VALUES ('hashsize', {bytes})");
    connection.execute_unprepared(&sql).await?;
    Ok(())
}
