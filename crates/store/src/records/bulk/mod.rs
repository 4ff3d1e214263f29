//! Filling a company with many records at once, for benches: what a server of some years holds, in minutes.
//!
//! Not for a server that runs: nothing is chained, a power cut may cost the file, and indexes are made at the end.

mod form;

use super::{
    Resolution,
    index::{self, Key},
    postings,
};
use crate::{CompanyId, DepartmentId, OperatorId, SessionId, Store, StoreError, SupportTypeId, statistics};
use form::{Copy, Form, TOKEN_ROWS};
use sea_orm::{ConnectionTrait, DbErr, RuntimeErr, TransactionTrait, sqlx::postgres::PgPoolCopyExt as _};
use std::sync::Arc;
use tokio::{sync::mpsc, task::JoinHandle};

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
/// All but those that keep rows apart.
const POSTGRES_INDEXES: &str = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() \
     AND tablename IN ('sessions', 'records') AND indexdef NOT LIKE 'CREATE UNIQUE %'";
/// The words of the search come in no order; keys of theirs are at random places, too.
const POSTGRES_UNKEYED: &str = "ALTER TABLE record_postings DROP CONSTRAINT record_postings_pkey";
const POSTGRES_KEYED: &str = "ALTER TABLE record_postings ADD PRIMARY KEY (word)";
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
    /// The number of the last record that was written.
    no: i64,
    /// Records of a bucket that has not come whole: on PostgreSQL its words are written at once.
    waiting: Vec<BulkRecord>,
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
            connection.execute_unprepared(POSTGRES_UNKEYED).await?;
            for row in connection.query_all_raw(index::statement(connection, POSTGRES_REFERENCES, [])).await?
            {
                connection.execute_unprepared(&row.try_get_by_index::<String>(0)?).await?;
                references.push(row.try_get_by_index(1)?);
            }
        }
        Ok(Self { store: store.clone(), company, ordinal, no: 0, waiting: Vec::new(), indexes, references })
    }

    /// Adds records in the order of their numbers. Some ten thousand at once are best.
    ///
    /// While the database takes some, the next ones are brought into its form on another processor.
    pub async fn add(&mut self, records: Vec<BulkRecord>) -> Result<(), StoreError> {
        self.waiting.extend(records);
        let whole = if self.store.is_sqlite() { self.waiting.len() } else { self.in_whole_buckets() };
        let records = self.waiting.drain(..whole).collect();
        self.write(records).await
    }

    /// How many of those who wait are of buckets that came whole.
    fn in_whole_buckets(&self) -> usize {
        let mut whole = 0;
        loop {
            let next = self.no + 1 + i64::try_from(whole).unwrap_or_default();
            let more = whole + postings::rest_of_bucket(Key::new(self.ordinal, next));
            if self.waiting.len() < more {
                return whole;
            }
            whole = more;
        }
    }

    async fn write(&mut self, records: Vec<BulkRecord>) -> Result<(), StoreError> {
        let first = self.no + 1;
        self.no += i64::try_from(records.len()).unwrap_or_default();
        if self.store.is_sqlite() {
            self.insert(first, records).await?;
        } else {
            self.copy(first, records).await?;
        }
        let values = [self.company.uuid().into(), first.into(), self.no.into()];
        let connection = &self.store.writer;
        connection.execute_raw(index::statement(connection, SESSIONS, values)).await?;
        Ok(())
    }

    async fn insert(&self, first: i64, records: Vec<BulkRecord>) -> Result<(), StoreError> {
        let tx = self.store.writer.begin().await?;
        let (mut made, making) =
            self.made(first, records, |_| TOKEN_ROWS, |form, part| form.statements(part));
        while let Some(statements) = made.recv().await {
            for statement in statements {
                tx.execute_raw(statement).await?;
            }
        }
        making.await.map_err(|error| StoreError::Database(Box::new(error)))?;
        Ok(tx.commit().await?)
    }

    async fn copy(&self, first: i64, records: Vec<BulkRecord>) -> Result<(), StoreError> {
        let pool = self.store.writer.get_postgres_connection_pool();
        let failed = |error| DbErr::Exec(RuntimeErr::SqlxError(Arc::new(error)));
        let (mut made, making) =
            self.made(first, records, postings::rest_of_bucket, |form, part| form.copies(part));
        while let Some(copies) = made.recv().await {
            for Copy { sql, text } in copies? {
                let mut copying = pool.copy_in_raw(&sql).await.map_err(failed)?;
                copying.send(text).await.map_err(failed)?;
                copying.finish().await.map_err(failed)?;
            }
        }
        making.await.map_err(|error| StoreError::Database(Box::new(error)))
    }

    /// Brings records into a form, part after part, on another thread. `size`: how many are a part, from the key of its first one.
    fn made<M: Send + 'static>(
        &self,
        first: i64,
        records: Vec<BulkRecord>,
        size: fn(Key) -> usize,
        make: fn(&Form, &[BulkRecord]) -> M,
    ) -> (mpsc::Receiver<M>, JoinHandle<()>) {
        let (ready, taken) = mpsc::channel(1);
        let (company, ordinal) = (self.company, self.ordinal);
        let making = tokio::task::spawn_blocking(move || {
            let (mut first, mut rest) = (first, records.as_slice());
            while !rest.is_empty() {
                let (part, later) = rest.split_at(rest.len().min(size(Key::new(ordinal, first))));
                // Nobody takes them any more where the database has failed.
                if ready.blocking_send(make(&Form { company, ordinal, first }, part)).is_err() {
                    break;
                }
                first += i64::try_from(part.len()).unwrap_or_default();
                rest = later;
            }
        });
        (taken, making)
    }

    /// Ends the filling, after which the company is as any other.
    pub async fn finish(mut self) -> Result<(), StoreError> {
        let records = std::mem::take(&mut self.waiting);
        self.write(records).await?;
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
            // What counts by an index alone reads the map that it makes; and it would come by itself soon.
            connection.execute_unprepared("VACUUM ANALYZE").await?;
        }
        Ok(())
    }

    async fn make_indexes(&self) -> Result<(), StoreError> {
        for index in &self.indexes {
            self.store.writer.execute_unprepared(index).await?;
        }
        if !self.store.is_sqlite() {
            self.store.writer.execute_unprepared(POSTGRES_KEYED).await?;
        }
        Ok(())
    }

    async fn count(&self) -> Result<(), StoreError> {
        let write = self.store.write(self.company).await?;
        statistics::count(&write).await?;
        write.commit().await
    }
}

/// How many bytes of tokens SQLite gathers before it writes them.
async fn gather(connection: &impl ConnectionTrait, bytes: u32) -> Result<(), StoreError> {
    let sql = format!("INSERT INTO record_search (record_search, rank) VALUES ('hashsize', {bytes})");
    connection.execute_unprepared(&sql).await?;
    Ok(())
}
