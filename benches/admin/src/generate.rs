//! Making the company.

use crate::{Place, figures::Figures, words};
use anyhow::{Context as _, Result, ensure};
use argon2::password_hash::{PasswordHasher as _, SaltString};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use sea_orm::{ConnectionTrait as _, Database, DbBackend, Statement};
use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};
use store::{
    CompanyId, DepartmentId, OperatorId, SessionId, Store, SupportTypeId, administrators, companies,
    departments, operators, option_values,
    records::{
        Resolution,
        bulk::{Bulk, BulkRecord},
    },
    support_types,
};
use tokio::sync::mpsc;

/// The same for every run, so that figures can be compared.
const SEED: u64 = 4;
/// The last moment of the three years: 2026-11-28T00:00:00Z.
const UNTIL_MS: i64 = 1_795_824_000_000;
const THREE_YEARS_MS: i64 = 3 * 365 * 86_400_000;
/// Records that are made at once.
const BATCH: u64 = 96_000;
/// Raised when the same arguments make another company.
const VERSION: u32 = 5;

/// The company's name in addresses.
pub(crate) const COMPANY: &str = "bench";
/// Administrators, all with the same password.
const ADMINISTRATORS: u32 = 1_000;
/// The first administrator, whose password is [`PASSWORD`].
pub(crate) const LOGIN: &str = "admin";
pub(crate) const PASSWORD: &str = "Bench1234";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Records over three years.
    #[arg(long, default_value_t = 100_000)]
    records: u64,
    /// Operators.
    #[arg(long, default_value_t = 1_000)]
    operators: u64,
}

struct Operator {
    id: OperatorId,
    login: Arc<str>,
    name: Arc<str>,
    department: (DepartmentId, Arc<str>),
    address: Arc<str>,
}

struct People {
    operators: Vec<Operator>,
    types: Vec<(SupportTypeId, &'static str)>,
}

impl Arguments {
    /// Says which company is there.
    fn marker(&self) -> PathBuf {
        self.place.data.join("generated")
    }

    fn made(&self) -> String {
        let Self { place, records, operators } = self;
        format!("{VERSION} {} {records} {operators}", place.database())
    }
}

/// Errors: the company is not there, or another one is.
pub(crate) fn look(arguments: &Arguments) -> Result<()> {
    ensure!(std::fs::read_to_string(arguments.marker())? == arguments.made(), "another company is there");
    Ok(())
}

pub(crate) async fn run(arguments: &Arguments) -> Result<()> {
    let Arguments { place, records, operators } = arguments;
    std::fs::create_dir_all(&place.data).with_context(|| place.data.display().to_string())?;
    if look(arguments).is_ok() {
        eprintln!("{records} records are there already: {}", place.data.display());
        return Ok(());
    }
    if place.postgres.is_none() {
        for ending in ["", "-wal", "-shm"] {
            let file = place.data.join(format!("beside.db{ending}"));
            if file.exists() {
                std::fs::remove_file(file)?;
            }
        }
    }
    let started = Instant::now();
    let store = Store::open(&place.url()).await?;
    let mut random = StdRng::seed_from_u64(SEED);
    let (company, people) = people(&store, *operators, &mut random).await?;
    fill(&store, company, people, *records, random).await?;
    store.close().await?;
    std::fs::write(arguments.marker(), arguments.made())?;
    let figures = Figures { records: *records, database: place.database(), is_check: false };
    figures.tell("generate", "seconds", started.elapsed().as_secs_f64(), "s");
    figures.tell("generate", "gigabytes", gigabytes(place).await?, "GB");
    Ok(())
}

/// What the database takes of the disk.
async fn gigabytes(place: &Place) -> Result<f64> {
    let bytes = match &place.postgres {
        None => i64::try_from(std::fs::metadata(place.data.join("beside.db"))?.len())?,
        Some(url) => {
            let database = Database::connect(url).await?;
            let sql = "SELECT pg_database_size(current_database()) AS bytes";
            let row = database.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
            row.context("a size")?.try_get_by("bytes")?
        }
    };
    #[expect(clippy::cast_precision_loss, reason = "a figure for people")]
    let gigabytes = bytes as f64 / 1e9;
    Ok(gigabytes)
}

async fn people(store: &Store, count: u64, random: &mut StdRng) -> Result<(CompanyId, People)> {
    let new = companies::NewCompany {
        short_name: COMPANY,
        name: "한빛서비스",
        service_name: "한빛 원격지원",
        created_at_ms: UNTIL_MS - THREE_YEARS_MS,
    };
    let write = companies::create(store, new)
        .await
        .context("another company is in this database: give an empty one")?;
    let company = write.company();
    let salt = SaltString::encode_b64(b"of the bench").map_err(anyhow::Error::msg)?;
    let hash =
        argon2::Argon2::default().hash_password(PASSWORD.as_bytes(), &salt).map_err(anyhow::Error::msg)?;
    for number in 0..ADMINISTRATORS {
        let administrator = administrators::NewAdministrator {
            login: &if number == 0 { LOGIN.to_owned() } else { format!("{LOGIN}{number}") },
            name: "관리자",
            email: "admin@example.kr",
            password_hash: &hash.to_string(),
            created_at_ms: 1,
        };
        administrators::create(&write, administrator).await?;
    }
    // Nobody is supported here.
    let options = option_values::Values::new();
    let mut of_departments = Vec::new();
    for name in words::DEPARTMENTS {
        of_departments.push((departments::create(&write, name, &options, 1).await?, Arc::from(name)));
    }
    let mut types = Vec::new();
    for name in words::SUPPORT_TYPES {
        types.push((support_types::create(&write, name, 1).await?, name));
    }
    let mut made = Vec::new();
    for number in 0..count {
        let department = of_departments.choose(random).cloned().context("departments")?;
        let (login, name) = (format!("op{number:05}"), words::name(random));
        let new = operators::NewOperator {
            login: &login,
            name: &name,
            password_hash: "",
            department: department.0,
            company_name: "한빛서비스",
            phone: "",
            email: "",
            is_mobile: false,
            created_at_ms: 1,
        };
        let id = operators::create(&write, new).await?;
        let address = words::public_address(random).into();
        made.push(Operator { id, login: login.into(), name: name.into(), department, address });
    }
    write.commit().await?;
    Ok((company, People { operators: made, types }))
}

async fn fill(
    store: &Store,
    company: CompanyId,
    people: People,
    count: u64,
    mut random: StdRng,
) -> Result<()> {
    let mut bulk = Bulk::open(store, company).await?;
    let (ready, mut taken) = mpsc::channel(1);
    // While the database takes some, the next ones are made.
    let making = tokio::task::spawn_blocking(move || -> Result<()> {
        let step_ms = THREE_YEARS_MS / i64::try_from(count.max(1))?;
        for from in (0..count).step_by(usize::try_from(BATCH)?) {
            let mut records = Vec::new();
            for at in from..(from + BATCH).min(count) {
                let started_at_ms = UNTIL_MS - THREE_YEARS_MS + i64::try_from(at)? * step_ms;
                records.push(record(&people, started_at_ms, &mut random)?);
            }
            if ready.blocking_send(records).is_err() {
                break;
            }
        }
        Ok(())
    });
    let (mut told, mut done) = (Instant::now(), 0);
    while let Some(records) = taken.recv().await {
        done += records.len();
        bulk.add(records).await?;
        if Duration::from_secs(5) < told.elapsed() {
            eprintln!("{done} of {count} records");
            told = Instant::now();
        }
    }
    making.await??;
    eprintln!("{done} records; the index is put in order");
    bulk.finish().await?;
    Ok(())
}

fn record(people: &People, started_at_ms: i64, random: &mut StdRng) -> Result<BulkRecord> {
    let operator = people.operators.choose(random).context("operators")?;
    let (customer_os, customer_os_version) = words::system(random);
    let is_agreed = random.random_bool(0.97);
    let is_written = random.random_bool(0.8);
    Ok(BulkRecord {
        id: SessionId::new(),
        started_at_ms,
        waited_ms: is_agreed.then(|| random.random_range(2_000..40_000)),
        duration_s: if is_agreed { duration_s(random) } else { 0 },
        operator: operator.id,
        operator_login: operator.login.clone(),
        operator_name: operator.name.clone(),
        department: operator.department.0,
        department_name: operator.department.1.clone(),
        customer_name: if random.random_bool(0.9) { words::name(random) } else { String::new() },
        customer_kind: if random.random_bool(0.8) { "app" } else { "browser" },
        customer_os,
        customer_os_version,
        customer_host_name: format!("PC-{:06}", random.random_range(0..1_000_000)),
        customer_address_public: words::public_address(random),
        customer_address_private: random.random_bool(0.8).then(|| words::private_address(random)),
        operator_address_public: operator.address.clone(),
        connection: if !is_agreed {
            "none"
        } else if random.random_bool(0.9) {
            "direct"
        } else {
            "relayed"
        },
        support_type: if is_written { people.types.choose(random).copied() } else { None },
        resolution: resolution(is_written, random),
        memo: if is_written { words::memo(random) } else { String::new() },
        rating: (is_agreed && random.random_bool(0.4)).then(|| rating(random)),
    })
}

fn resolution(is_written: bool, random: &mut StdRng) -> Resolution {
    match is_written {
        true if random.random_bool(0.88) => Resolution::Resolved,
        true => Resolution::Unresolved,
        false => Resolution::Unchecked,
    }
}

/// Most who rate are content.
fn rating(random: &mut StdRng) -> u8 {
    [5, 5, 5, 5, 4, 4, 4, 3, 2, 1].choose(random).copied().unwrap_or(5)
}

/// Most supports are short, and a few take hours.
fn duration_s(random: &mut StdRng) -> i64 {
    let longest = *[300, 600, 1_200, 1_800, 3_600, 10_800].choose(random).unwrap_or(&600);
    random.random_range(30..longest)
}
