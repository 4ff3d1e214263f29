//! Opening a database: SQLite with one writer and a pool of readers, or PostgreSQL with one pool.

use crate::{StoreError, migrations::Migrations};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr,
};
use sea_orm_migration::MigratorTrait;
use std::time::{Duration, Instant};

/// Readers of a SQLite file at once.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL at once.
const POSTGRES_CONNECTIONS: u32 = 20;
/// How long a request waits for a connection before it is told that the database is busy.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);

/// How long is waited before a file that another program holds is tried again.
const BUSY_PAUSE: Duration = Duration::from_millis(20);
/// SQLite's result code for that (<https://www.sqlite.org/rescode.html#busy>).
const SQLITE_BUSY: &str = "5";

/// Under which programs wait for each other's migrations on PostgreSQL: "beside" in ASCII.
const MIGRATION_LOCK: i64 = 0x6265_7369_6465;

/// An open database with every migration applied. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) writer: DatabaseConnection,
    pub(crate) readers: DatabaseConnection,
}

impl Store {
    /// Opens the database and brings it to this version's shape.
    ///
    /// `url`: `sqlite:///path/to/file` (made when absent) or `postgres://…`.
    /// Errors: [`StoreError::UnknownDatabase`], [`StoreError::Database`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let store = match url.split_once(':') {
            Some(("sqlite", _)) => Self::open_sqlite(url).await?,
            Some(("postgres" | "postgresql", _)) => Self::open_postgres(url).await?,
            _ => return Err(StoreError::UnknownDatabase { url: without_password(url) }),
        };
        store.migrate().await?;
        Ok(store)
    }

    /// Brings the database to this version's shape, in one transaction that excludes every other program that
    /// opens it at the same moment: `company add` beside a server that starts.
    async fn migrate(&self) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        if !self.is_sqlite() {
            tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")).await?;
        }
        Migrations::up(&tx, None).await?;
        Ok(tx.commit().await?)
    }

    async fn open_sqlite(url: &str) -> Result<Self, StoreError> {
        let writer = first_sqlite_pool(url).await?;
        // The file is in WAL mode from here on; readers never wait for the writer.
        let readers = sqlite_pool(url, SQLITE_READERS).await?;
        Ok(Self { writer, readers })
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .sqlx_logging(false)
            // Every question here is short: to compile one takes longer than to answer it.
            .map_sqlx_postgres_opts(|postgres| postgres.options([("jit", "off")]));
        let pool = Database::connect(options).await?;
        Ok(Self { writer: pool.clone(), readers: pool })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.readers.ping().await?)
    }

    /// Closes every connection, after which a SQLite file is whole without its log.
    pub async fn close(self) -> Result<(), StoreError> {
        self.readers.close().await?;
        Ok(self.writer.close().await?)
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Sqlite
    }
}

/// The pool that brings the file into WAL mode. SQLite waits for no other program there, whatever its busy timeout says
/// (to wait while holding a lock could wait for ever), so this does.
async fn first_sqlite_pool(url: &str) -> Result<DatabaseConnection, DbErr> {
    let until = Instant::now() + ACQUIRE_TIMEOUT;
    loop {
        match sqlite_pool(url, 1).await {
            Err(error) if is_busy(&error) && Instant::now() < until => tokio::time::sleep(BUSY_PAUSE).await,
            opened => return opened,
        }
    }
}

fn is_busy(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(error))
    | DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    error.as_database_error().and_then(|error| error.code()).as_deref() == Some(SQLITE_BUSY)
}

/// `synchronous = FULL`: what is acknowledged has reached the disk even when the power goes.
async fn sqlite_pool(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(ACQUIRE_TIMEOUT)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("temp_store", "MEMORY")
        });
    Database::connect(options).await
}

/// The address as it may stand in a log.
fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => {
            format!("{}://…{}", url.get(..scheme).unwrap_or_default(), url.get(at..).unwrap_or_default())
        }
        _ => url.to_owned(),
    }
}
