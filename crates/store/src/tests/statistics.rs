//! Statistics equal a full count of the records, whatever was changed in which order [T-1 … T-8].

use super::database::{company, on_each};
use crate::{
    CompanyId, DepartmentId, OperatorId, SessionId, Store, SupportTypeId, Write, company_settings,
    departments,
    entities::record,
    operators::{self, NewOperator, Operator},
    option_values::Values,
    records::{self, Form, NewRecord, Resolution},
    sessions::Customer,
    statistics::{self, Bucket, Scope, Sum},
    support_types,
};
use jiff::{
    Timestamp,
    civil::{Date, date},
    tz::TimeZone,
};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, Statement};
use std::collections::BTreeMap;

/// A company with two departments, three operators and two types.
struct Company {
    id: CompanyId,
    operators: Vec<Operator>,
    departments: Vec<DepartmentId>,
    types: Vec<SupportTypeId>,
}

async fn filled(store: &Store, short_name: &str) -> Company {
    let id = company(store, short_name).await;
    let write = store.write(id).await.unwrap();
    departments::create(&write, "둘째", &Values::new(), 1).await.unwrap();
    let departments: Vec<_> =
        departments::list(id, &write).await.unwrap().into_iter().map(|each| each.id).collect();
    let mut all = Vec::new();
    for (at, login) in ["kim", "lee", "park"].into_iter().enumerate() {
        let new = NewOperator {
            login,
            name: login,
            password_hash: "x",
            department: departments[at % 2],
            company_name: "",
            phone: "",
            email: "",
            is_mobile: false,
            created_at_ms: 1,
        };
        let made = operators::create(&write, new).await.unwrap();
        all.push(operators::find(id, &write, made).await.unwrap());
    }
    let types = vec![
        support_types::create(&write, "프린터", 1).await.unwrap(),
        support_types::create(&write, "네트워크", 1).await.unwrap(),
    ];
    write.commit().await.unwrap();
    Company { id, operators: all, departments, types }
}

/// A record of a customer who joined at this moment.
async fn joined(write: &Write, operator: &Operator, os: &str, started_at_ms: i64) -> SessionId {
    let session = SessionId::new();
    let customer = Customer { kind: "app".into(), os: os.into(), ..Customer::default() };
    let new =
        NewRecord { session, operator, operator_address_public: "", customer: &customer, started_at_ms };
    records::create(write, new).await.unwrap();
    session
}

/// A whole support.
async fn support(write: &Write, operator: &Operator, consented_at_ms: i64, duration_s: i64) -> SessionId {
    let id = joined(write, operator, "Windows", consented_at_ms).await;
    records::set_consented(write, id, consented_at_ms).await.unwrap();
    records::set_ended(write, id, "operator-ended", consented_at_ms + duration_s * 1000).await.unwrap();
    id
}

fn at(zone: &str, text: &str) -> i64 {
    let local: jiff::civil::DateTime = text.parse().unwrap();
    TimeZone::get(zone).unwrap().to_timestamp(local).unwrap().as_millisecond()
}

fn everything() -> Scope<'static> {
    Scope { from: date(1900, 1, 1), to: date(2200, 1, 1), department: None, operators: None }
}

/// Everything that is counted, by the records themselves.
#[derive(Debug, Default, PartialEq)]
struct Count {
    days: BTreeMap<Date, Sum>,
    hours: BTreeMap<i64, Sum>,
    operators: BTreeMap<OperatorId, Sum>,
    durations: BTreeMap<Bucket, Sum>,
    systems: BTreeMap<String, Sum>,
    types: BTreeMap<(Option<SupportTypeId>, Option<u8>), Sum>,
}

/// By whose clocks a company's supports have to be counted.
struct Clocks {
    /// Of the record of a number.
    zone: Box<dyn Fn(i64) -> String + Send + Sync>,
    /// What retention has deleted, with the zone that it was counted by then.
    deleted: Vec<(record::Model, String)>,
}

impl From<&str> for Clocks {
    fn from(zone: &str) -> Self {
        let zone = zone.to_owned();
        Self { zone: Box::new(move |_| zone.clone()), deleted: Vec::new() }
    }
}

async fn counted(store: &Store, company: CompanyId, clocks: &Clocks, scope: Scope<'_>) -> Count {
    let rows = record::Entity::find().filter(record::Column::CompanyId.eq(company.uuid()));
    let rows = rows.all(&store.readers).await.unwrap();
    let kept = rows.into_iter().map(|row| ((clocks.zone)(row.no), row));
    let deleted = clocks.deleted.iter().map(|(row, zone)| (zone.clone(), row.clone()));
    let mut count = Count::default();
    for (zone, row) in kept.chain(deleted) {
        let (Some(consented), Some(_)) = (row.consented_at_ms, row.ended_at_ms) else { continue };
        let zone = TimeZone::get(&zone).unwrap();
        let local = zone.to_datetime(Timestamp::from_millisecond(consented).unwrap());
        let is_in = (scope.from..=scope.to).contains(&local.date())
            && scope.department.is_none_or(|id| id.uuid() == row.department_id)
            && scope.operators.is_none_or(|ids| ids.contains(&row.operator_id.into()));
        if !is_in {
            continue;
        }
        let sum = Sum { supports: 1, duration_s: row.duration_s };
        *count.days.entry(local.date()).or_default() += sum;
        *count.hours.entry(local.hour().into()).or_default() += sum;
        *count.operators.entry(row.operator_id.into()).or_default() += sum;
        *count.durations.entry(Bucket::of(row.duration_s)).or_default() += sum;
        *count.systems.entry(row.customer_os).or_default() += sum;
        let rating = row.rating.map(|rating| u8::try_from(rating).unwrap());
        *count.types.entry((row.support_type_id.map(Into::into), rating)).or_default() += sum;
    }
    count
}

async fn read(store: &Store, company: CompanyId, scope: Scope<'_>) -> Count {
    let operators = statistics::by_operator(company, store, scope).await.unwrap();
    let supports: Vec<_> = operators.iter().map(|(_, sum)| sum.supports).collect();
    assert!(supports.is_sorted_by(|one, other| one >= other), "most supports first: {supports:?}");
    Count {
        days: statistics::by_day(company, store, scope).await.unwrap(),
        hours: statistics::by_hour(company, store, scope).await.unwrap(),
        operators: operators.into_iter().collect(),
        durations: statistics::by_duration(company, store, scope).await.unwrap(),
        systems: statistics::by_system(company, store, scope).await.unwrap(),
        types: statistics::by_support_type(company, store, scope).await.unwrap(),
    }
}

/// Every row of every table that says anything.
async fn dump(store: &Store, company: CompanyId) -> Vec<String> {
    let mut rows = Vec::new();
    for table in statistics::tables() {
        let sql = format!(
            "SELECT * FROM {} WHERE company_id = $1 AND (supports <> 0 OR duration_s <> 0)",
            table.name
        );
        let backend = store.readers.get_database_backend();
        let asked = Statement::from_sql_and_values(backend, sql, [company.uuid().into()]);
        for row in store.readers.query_all_raw(asked).await.unwrap() {
            let values: Vec<String> = row
                .column_names()
                .iter()
                .map(|name| {
                    row.try_get::<i64>("", name)
                        .map(|number| number.to_string())
                        .or_else(|_| row.try_get::<uuid::Uuid>("", name).map(|id| id.to_string()))
                        .or_else(|_| row.try_get::<String>("", name))
                        .unwrap()
                })
                .collect();
            rows.push(format!("{} {}", table.name, values.join(" ")));
        }
    }
    rows.sort();
    rows
}

async fn one_change(write: &Write, company: &Company, records: &mut Vec<SessionId>, random: &mut StdRng) {
    let operator = company.operators.choose(random).unwrap();
    // Around the days on which New York's clocks change, so that hours come twice and not at all, and the one that Apia never had.
    let around = ["2025-11-02T05:00", "2026-03-08T06:00", "2026-01-01T00:00", "2011-12-30T10:00"];
    let around = around.map(|moment| at("UTC", moment));
    let now = around.choose(random).unwrap() + random.random_range(-50..50) * 1_800_000;
    let Some(id) = records.choose(random).copied().filter(|_| random.random_bool(0.7)) else {
        let os = *["Windows", "macOS", ""].choose(random).unwrap();
        records.push(joined(write, operator, os, now).await);
        return;
    };
    match random.random_range(0..6) {
        0 | 1 => records::set_consented(write, id, now).await.unwrap(),
        2 | 3 => {
            let kept = records::find(company.id, write, id).await.unwrap();
            let began = kept.consented_at_ms.unwrap_or(kept.started_at_ms);
            let ended = began + random.random_range(0..5_000) * 1_000;
            records::set_ended(write, id, "operator-ended", ended).await.unwrap();
        }
        4 => {
            let support_type = company.types.choose(random).copied().filter(|_| random.random_bool(0.7));
            let form = Form { support_type, resolution: Resolution::Resolved, ..Form::default() };
            records::update_form(write, id, &form, now).await.unwrap();
        }
        _ => {
            let rating = Some(random.random_range(1..=5)).filter(|_| random.random_bool(0.7));
            records::set_rating(write, id, rating).await.unwrap();
        }
    }
}

/// T-1 … T-8: after any changes in any order, under any filter, by the clocks of any zone, and the same when all are counted at once.
#[test]
fn sums_equal_a_full_count_of_the_records() {
    on_each(|store| async move {
        for seed in 0..3 {
            let mut random = StdRng::seed_from_u64(seed);
            let ours = filled(&store, &format!("ours-{seed}")).await;
            let theirs = filled(&store, &format!("theirs-{seed}")).await;
            let mut records = (Vec::new(), Vec::new());
            for _ in 0..25 {
                let write = store.write(ours.id).await.unwrap();
                for _ in 0..6 {
                    one_change(&write, &ours, &mut records.0, &mut random).await;
                }
                write.commit().await.unwrap();
                let write = store.write(theirs.id).await.unwrap();
                one_change(&write, &theirs, &mut records.1, &mut random).await;
                write.commit().await.unwrap();
            }
            check_scopes(&store, &ours, &"Asia/Seoul".into(), &mut random).await;
            let kept = dump(&store, ours.id).await;
            for zone in ["Asia/Seoul", "America/New_York", "Pacific/Apia", "Asia/Seoul"] {
                set_zone(&store, &ours, zone).await;
                while step(&store, &ours, 1_000).await {}
                check_scopes(&store, &ours, &zone.into(), &mut random).await;
                if zone == "Asia/Seoul" {
                    assert_eq!(dump(&store, ours.id).await, kept, "seed {seed}");
                }
                let write = store.write(ours.id).await.unwrap();
                one_change(&write, &ours, &mut records.0, &mut random).await;
                drop(write);
            }
            let write = store.write(ours.id).await.unwrap();
            let tables = ["operators", "places", "people", "names", "zones"];
            let tables = tables.into_iter().map(|name| format!("statistics_{name}"));
            for table in tables.chain(statistics::tables().map(|table| table.name.to_owned())) {
                delete_all(&write, &table).await;
            }
            statistics::count(&write).await.unwrap();
            write.commit().await.unwrap();
            assert_eq!(dump(&store, ours.id).await, kept, "seed {seed}");
            check_scopes(&store, &ours, &"Asia/Seoul".into(), &mut random).await;
            check_scopes(&store, &theirs, &"Asia/Seoul".into(), &mut random).await;
        }
    });
}

async fn delete_all(write: &Write, table: &str) {
    let sql = format!("DELETE FROM {table} WHERE company_id = $1");
    let backend = write.tx.get_database_backend();
    let asked = Statement::from_sql_and_values(backend, sql, [write.company().uuid().into()]);
    write.tx.execute_raw(asked).await.unwrap();
}

async fn check_scopes(store: &Store, company: &Company, clocks: &Clocks, random: &mut StdRng) {
    let days = [date(2025, 10, 30), date(2025, 11, 1), date(2025, 11, 2), date(2026, 1, 1), date(2026, 3, 8)];
    let one = [company.operators[0].id];
    for _ in 0..8 {
        let scope = Scope {
            from: *days.choose(random).unwrap(),
            to: *days.choose(random).unwrap(),
            department: company.departments.choose(random).copied().filter(|_| random.random_bool(0.5)),
            operators: Some(one.as_slice()).filter(|_| random.random_bool(0.5)),
        };
        for scope in [scope, everything(), Scope { from: scope.from, ..everything() }] {
            let expected = counted(store, company.id, clocks, scope).await;
            assert_eq!(read(store, company.id, scope).await, expected, "{} {scope:?}", (clocks.zone)(0));
            let all: Sum = expected.days.values().copied().sum();
            assert_eq!(statistics::total(company.id, store, scope).await.unwrap(), all);
        }
    }
}

/// Days and hours of the zone's clocks: an hour that comes twice is one, and a day has 23, 24 or 25 hours, or is not there at all.
#[test]
fn days_and_hours_are_those_of_the_zones_clocks() {
    let cases = [
        ("Asia/Seoul", "2026-11-28T14:59:59Z", (2026, 11, 28), 23),
        ("Asia/Seoul", "2026-11-28T15:00:00Z", (2026, 11, 29), 0),
        // The clocks of New York go from 1:59:59 to 3:00, and from 1:59:59 back to 1:00.
        ("America/New_York", "2026-03-08T06:59:59Z", (2026, 3, 8), 1),
        ("America/New_York", "2026-03-08T07:00:00Z", (2026, 3, 8), 3),
        ("America/New_York", "2026-11-01T05:30:00Z", (2026, 11, 1), 1),
        ("America/New_York", "2026-11-01T06:30:00Z", (2026, 11, 1), 1),
        ("America/New_York", "2026-11-01T04:00:00Z", (2026, 11, 1), 0),
        ("America/New_York", "2026-11-02T04:59:59Z", (2026, 11, 1), 23),
        ("Europe/London", "2026-03-29T00:59:59Z", (2026, 3, 29), 0),
        ("Europe/London", "2026-03-29T01:00:00Z", (2026, 3, 29), 2),
        ("Europe/London", "2026-10-25T00:30:00Z", (2026, 10, 25), 1),
        ("Europe/London", "2026-10-25T01:30:00Z", (2026, 10, 25), 1),
        // Apia went from the 29th to the 31st of December 2011.
        ("Pacific/Apia", "2011-12-30T09:59:59Z", (2011, 12, 29), 23),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", (2011, 12, 31), 0),
    ];
    on_each(|store| async move {
        for (at, (zone, moment, day, hour)) in cases.into_iter().enumerate() {
            let company = filled(&store, &format!("clock-{at}")).await;
            let moment: Timestamp = moment.parse().unwrap();
            let write = store.write(company.id).await.unwrap();
            // Kept by Seoul's clocks, then by the zone's; and a second one, kept by the zone's at once.
            support(&write, &company.operators[0], moment.as_millisecond(), 60).await;
            write.commit().await.unwrap();
            set_zone(&store, &company, zone).await;
            while step(&store, &company, 1_000).await {}
            let write = store.write(company.id).await.unwrap();
            support(&write, &company.operators[0], moment.as_millisecond(), 60).await;
            write.commit().await.unwrap();
            let day = date(day.0, day.1, day.2);
            let expected = Sum { supports: 2, duration_s: 120 };
            let found = read(&store, company.id, everything()).await;
            assert_eq!(found.days, BTreeMap::from([(day, expected)]), "{zone} {moment}");
            assert_eq!(found.hours, BTreeMap::from([(hour, expected)]), "{zone} {moment}");
        }
    });
}

/// Who only joined, and what still runs, is no support yet.
#[test]
fn a_support_counts_when_it_was_agreed_to_and_has_ended() {
    on_each(|store| async move {
        let company = filled(&store, "counts").await;
        let write = store.write(company.id).await.unwrap();
        let declined = joined(&write, &company.operators[0], "Windows", 1_000).await;
        records::set_ended(&write, declined, "customer-declined", 9_000).await.unwrap();
        let running = joined(&write, &company.operators[0], "Windows", 1_000).await;
        records::set_consented(&write, running, 2_000).await.unwrap();
        let total = async || statistics::total(company.id, &write, everything()).await.unwrap();
        assert_eq!(total().await, Sum::default());
        records::set_ended(&write, running, "customer-stopped", 302_000).await.unwrap();
        assert_eq!(total().await, Sum { supports: 1, duration_s: 300 });
        let found = statistics::by_duration(company.id, &write, everything()).await.unwrap();
        assert_eq!(found.keys().next().unwrap().minutes(), (5, Some(10)));
    });
}

/// D-6: what is gone keeps its support and its name.
#[test]
fn deleted_operators_departments_and_types_stay_with_their_names() {
    on_each(|store| async move {
        let company = filled(&store, "gone").await;
        let kim = company.operators[0].clone();
        let write = store.write(company.id).await.unwrap();
        let id = support(&write, &kim, 1_000_000, 60).await;
        let form = Form { support_type: Some(company.types[0]), ..Form::default() };
        records::update_form(&write, id, &form, 2_000_000).await.unwrap();
        for table in ["operators", "departments", "support_types"] {
            delete_all(&write, table).await;
        }
        record::Entity::delete_many().exec(&write.tx).await.unwrap();
        write.commit().await.unwrap();
        let check = async || {
            let found = statistics::by_operator(company.id, &store, everything()).await.unwrap();
            assert_eq!(found, [(kim.id, Sum { supports: 1, duration_s: 60 })]);
            let names = statistics::operator_names(company.id, &store, Some(&[kim.id])).await.unwrap();
            assert_eq!(names[&kim.id].login, "kim");
            let types = statistics::support_type_names(company.id, &store).await.unwrap();
            assert_eq!(types[&company.types[0]], "프린터");
            assert_eq!(statistics::find_operators(company.id, &store, "KIM").await.unwrap(), [kim.id]);
            let name = statistics::department_name(company.id, &store, kim.department).await.unwrap();
            assert!(name.is_some());
        };
        check().await;
        // Retention took the record: there is nothing to move, and what there is stays.
        set_zone(&store, &company, "America/New_York").await;
        while step(&store, &company, 1_000).await {}
        check().await;
    });
}

async fn set_zone(store: &Store, company: &Company, zone: &str) {
    let write = store.write(company.id).await.unwrap();
    let (mut settings, changed_at_ms) = company_settings::find_changed(company.id, &write).await.unwrap();
    settings.time_zone = zone.to_owned();
    company_settings::replace(&write, &settings, changed_at_ms + 1).await.unwrap();
    write.commit().await.unwrap();
}

/// One step of a move. Gives whether there are more.
async fn step(store: &Store, company: &Company, records: u32) -> bool {
    let write = store.write(company.id).await.unwrap();
    let more = statistics::move_on(&write, records).await.unwrap();
    write.commit().await.unwrap();
    more
}

/// Zone, zone that is moved to, and the last record that has moved.
async fn kept_zones(on: &impl ConnectionTrait, company: &Company) -> (String, Option<(String, i64)>) {
    let sql = "SELECT time_zone, moving_to, moved_no FROM statistics_zones WHERE company_id = $1";
    let asked = Statement::from_sql_and_values(on.get_database_backend(), sql, [company.id.uuid().into()]);
    let Some(row) = on.query_one_raw(asked).await.unwrap() else { return ("Asia/Seoul".into(), None) };
    let to: Option<String> = row.try_get_by_index(1).unwrap();
    (row.try_get_by_index(0).unwrap(), to.zip(row.try_get_by_index(2).unwrap()))
}

/// By which zone the record of a number is counted.
fn zone_of(kept: &(String, Option<(String, i64)>), no: i64) -> String {
    let moved = kept.1.as_ref().filter(|(_, moved_no)| no <= *moved_no);
    moved.map_or(&kept.0, |(to, _)| to).clone()
}

const ZONES: [&str; 8] = [
    "Asia/Seoul",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Apia",
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "UTC",
];

/// Deletes a record that has ended, as retention does.
async fn one_deletion(
    write: &Write,
    company: &Company,
    records: &mut Vec<SessionId>,
    random: &mut StdRng,
) -> Option<(record::Model, String)> {
    let id = records.choose(random).copied()?;
    let row = record::Entity::find_by_id(id.uuid()).one(&write.tx).await.unwrap().unwrap();
    row.ended_at_ms?;
    records.retain(|kept| *kept != id);
    let zone = zone_of(&kept_zones(&write.tx, company).await, row.no);
    records::delete(write, id).await.unwrap();
    Some((row, zone))
}

/// G-2: whatever happens between the steps of a move, each support is counted once, by the clocks of one zone or of the other, and at
/// the end by those of the zone that was set last.
#[test]
fn supports_move_to_another_time_zone_some_at_a_time() {
    on_each(|store| async move {
        for seed in 0..3 {
            let mut random = StdRng::seed_from_u64(seed);
            let ours = filled(&store, &format!("moves-{seed}")).await;
            let theirs = filled(&store, &format!("stays-{seed}")).await;
            let write = store.write(theirs.id).await.unwrap();
            support(&write, &theirs.operators[0], 1_000_000, 60).await;
            write.commit().await.unwrap();
            let mut records = Vec::new();
            let mut deleted = Vec::new();
            for _ in 0..60 {
                let write = store.write(ours.id).await.unwrap();
                for _ in 0..random.random_range(0..5) {
                    one_change(&write, &ours, &mut records, &mut random).await;
                }
                if random.random_bool(0.2) {
                    deleted.extend(one_deletion(&write, &ours, &mut records, &mut random).await);
                }
                write.commit().await.unwrap();
                if random.random_bool(0.15) {
                    set_zone(&store, &ours, ZONES.choose(&mut random).unwrap()).await;
                }
                step(&store, &ours, random.random_range(1..6)).await;
                let kept = kept_zones(&store.readers, &ours).await;
                let clocks =
                    Clocks { zone: Box::new(move |no| zone_of(&kept, no)), deleted: deleted.clone() };
                let expected = counted(&store, ours.id, &clocks, everything()).await;
                assert_eq!(read(&store, ours.id, everything()).await, expected, "seed {seed}");
            }
            let last = *ZONES.choose(&mut random).unwrap();
            set_zone(&store, &ours, last).await;
            while step(&store, &ours, 7).await {}
            assert_eq!(kept_zones(&store.readers, &ours).await, (last.to_owned(), None));
            let clocks = Clocks { deleted, ..Clocks::from(last) };
            check_scopes(&store, &ours, &clocks, &mut random).await;
            check_scopes(&store, &theirs, &"Asia/Seoul".into(), &mut random).await;
        }
    });
}

/// G-2: a step moves no more than it is given, two servers take turns, and nothing stays of the cells that were left.
#[test]
fn a_step_is_small_and_any_server_may_do_the_next() {
    on_each(|store| async move {
        let company = filled(&store, "steps").await;
        let write = store.write(company.id).await.unwrap();
        for number in 0..20 {
            support(&write, &company.operators[0], number * 7_200_000, 60).await;
        }
        write.commit().await.unwrap();
        let cells = async || {
            let rows = dump(&store, company.id).await;
            rows.iter().filter(|row| row.starts_with("statistics_cells")).count()
        };
        let before = cells().await;
        let percent = async || statistics::clocks(company.id, &store).await.unwrap().moved_percent;
        assert_eq!(percent().await, None);
        assert!(!step(&store, &company, 5).await, "there is nothing to move");
        set_zone(&store, &company, "Asia/Kolkata").await;
        assert_eq!(percent().await, Some(0));
        for (moved_no, expected) in [(5, 25), (10, 50), (15, 75)] {
            assert!(step(&store, &company, 5).await);
            let moving = Some(("Asia/Kolkata".to_owned(), moved_no));
            assert_eq!(kept_zones(&store.readers, &company).await, ("Asia/Seoul".to_owned(), moving));
            assert_eq!(percent().await, Some(expected));
        }
        // It is all to move once more, after what is under way.
        set_zone(&store, &company, "Asia/Seoul").await;
        assert_eq!(percent().await, Some(0));
        let server = async || while step(&store, &company, 3).await {};
        tokio::join!(server(), server());
        assert_eq!(percent().await, None);
        assert_eq!(cells().await, before);
        let found = read(&store, company.id, everything()).await;
        assert_eq!(found, counted(&store, company.id, &"Asia/Seoul".into(), everything()).await);
    });
}

/// G-2: while supports move, no support lies beyond today.
#[test]
fn today_is_the_later_day_while_supports_move() {
    on_each(|store| async move {
        let company = filled(&store, "today").await;
        let write = store.write(company.id).await.unwrap();
        support(&write, &company.operators[0], 1_000_000, 60).await;
        write.commit().await.unwrap();
        // It is the 1st in New York and the 2nd in Seoul.
        let now: Timestamp = "2026-12-01T20:00:00Z".parse().unwrap();
        let today = async || statistics::clocks(company.id, &store).await.unwrap().today(now);
        assert_eq!(today().await, date(2026, 12, 2));
        set_zone(&store, &company, "America/New_York").await;
        assert_eq!(today().await, date(2026, 12, 2));
        while step(&store, &company, 1).await {}
        assert_eq!(today().await, date(2026, 12, 1));
    });
}
