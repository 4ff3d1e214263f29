//! what a search finds is what a plain look at every record finds, whatever was written and typed.

use super::database::{company, on_each};
use crate::{
    CompanyId, DepartmentId, OperatorId, SessionId, Store, SupportTypeId, departments, key_of,
    operators::{self, Operator},
    option_values::Values,
    records::{self, Filter, Form, NewRecord, Place, Record, Resolution, Search, Total},
    sessions::{self, Customer, Offered},
    support_types,
};
use protocol::Permissions;
use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use sea_orm::ConnectionTrait as _;

/// What people write, and what breaks searches.
const WORDS: [&str; 24] = [
    "프린터",
    "프린",
    "터널",
    "인터넷",
    "한글",
    "\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}",
    "Excel",
    "EXCEL",
    "straße",
    "STRASSE",
    "100%",
    "a_b",
    "\"따옴표\"",
    "it's",
    "NEAR(a b)",
    "a*",
    "-a",
    "AND",
    "OR NOT",
    "😀😁",
    "👩‍👩‍👧",
    "x",
    "가",
    "  ",
];
const LOGINS: [(&str, &str); 3] = [("kim_01", "김상담"), ("KIM-2", "이상담"), ("lee", "Lee")];
const SYSTEMS: [(&str, &str); 4] = [
    ("Windows", "Windows 11 Pro"),
    ("Windows", "Windows 10 Pro"),
    ("Linux", "Debian GNU/Linux 12 (bookworm)"),
    ("macOS", ""),
];
const ADDRESSES: [&str; 6] =
    ["192.168.0.7", "192.168.10.7", "10.0.0.1", "2001:db8::1", "::1", "203.0.113.255"];

/// Enough for pages, few enough for a look at every one.
const RECORDS: i64 = 150;

struct World {
    company: CompanyId,
    operators: Vec<Operator>,
    departments: Vec<DepartmentId>,
    types: Vec<SupportTypeId>,
}

async fn world(store: &Store) -> World {
    let company = company(store, "search").await;
    let write = store.write(company).await.unwrap();
    let departments = [
        departments::list(company, &write).await.unwrap().remove(0).id,
        departments::create(&write, "영업", &Values::new(), 1).await.unwrap(),
    ];
    let types = [
        support_types::create(&write, "하나", 1).await.unwrap(),
        support_types::create(&write, "둘", 1).await.unwrap(),
    ];
    let mut made = Vec::new();
    for (at, (login, name)) in LOGINS.into_iter().enumerate() {
        let new = operators::NewOperator {
            login,
            name,
            password_hash: "x",
            department: departments[at % 2],
            company_name: "회사",
            phone: "",
            email: "",
            is_mobile: false,
            created_at_ms: 1,
        };
        let id = operators::create(&write, new).await.unwrap();
        // The last one's browser has not told any.
        if at < 2 {
            operators::set_local_address(&write, id, ADDRESSES[2 * at]).await.unwrap();
        }
        made.push(operators::find(company, &write, id).await.unwrap());
    }
    write.commit().await.unwrap();
    World { company, operators: made, departments: departments.into(), types: types.into() }
}

fn text(random: &mut StdRng, words: usize) -> String {
    let count = random.random_range(0..=words);
    let chosen: Vec<&str> = (0..count).map(|_| *WORDS.choose(random).unwrap()).collect();
    chosen.join(if random.random() { " " } else { "" })
}

/// A record as it comes to be: joined, then written, sometimes twice.
async fn add(store: &Store, world: &World, random: &mut StdRng, started_at_ms: i64) -> SessionId {
    let write = store.write(world.company).await.unwrap();
    let operator = world.operators.choose(random).unwrap();
    let offered =
        Offered { permissions: Permissions::default(), consent_after_operator: true, ..Offered::default() };
    let session = sessions::create(&write, operator.id, offered, started_at_ms).await.unwrap();
    let (os, os_version) = *SYSTEMS.choose(random).unwrap();
    let customer = Customer {
        kind: "app".into(),
        os: os.into(),
        os_version: os_version.into(),
        host_name: "pc".into(),
        address_public: (*ADDRESSES.choose(random).unwrap()).into(),
        address_private: random.random_bool(0.5).then(|| (*ADDRESSES.choose(random).unwrap()).into()),
        ..Customer::default()
    };
    let operator_address_public = ADDRESSES.choose(random).unwrap();
    let new = NewRecord { session, operator, operator_address_public, customer: &customer, started_at_ms };
    records::create(&write, new).await.unwrap();
    for _ in 0..random.random_range(0..3) {
        let form = Form {
            support_type: random.random_bool(0.7).then(|| *world.types.choose(random).unwrap()),
            resolution: [Resolution::Unchecked, Resolution::Resolved, Resolution::Unresolved]
                [random.random_range(0..3)],
            customer_name: text(random, 1),
            memo: text(random, 6),
        };
        records::update_form(&write, session, &form, started_at_ms).await.unwrap();
    }
    write.commit().await.unwrap();
    session
}

fn filter(random: &mut StdRng, world: &World) -> Filter {
    let some = |random: &mut StdRng| random.random_bool(0.15);
    let mut filter = Filter::default();
    if some(random) {
        filter.from_ms = Some(random.random_range(0..RECORDS * 1_000));
    }
    if some(random) {
        filter.until_ms = Some(random.random_range(0..RECORDS * 1_000));
    }
    if some(random) {
        filter.operator_login =
            (*["kim", "KIM_0", "kim-2", "l", "im", "none"].choose(random).unwrap()).into();
    }
    if some(random) {
        filter.operator_name = (*["상담", "김", "LEE", "담"].choose(random).unwrap()).into();
    }
    if some(random) {
        filter.customer_name = WORDS.choose(random).unwrap().trim().into();
    }
    if some(random) {
        filter.customer_os =
            (*["windows", "Windows 11", "Windows 1", "debian", "LINUX", "macOS"].choose(random).unwrap())
                .into();
    }
    if some(random) {
        filter.address = (*["192.168.", "192.168.1", "10.0.*", "2001:db8", "::1", "7", "203.0.113.255"]
            .choose(random)
            .unwrap())
        .into();
    }
    filter.department = some(random).then(|| *world.departments.choose(random).unwrap());
    filter.support_type = some(random).then(|| *world.types.choose(random).unwrap());
    filter.resolution = some(random).then_some(Resolution::Resolved);
    if random.random_bool(0.6) {
        let whole = text(random, 2);
        let letters: Vec<char> = whole.chars().collect();
        let from = random.random_range(0..=letters.len());
        let to = random.random_range(from..=letters.len());
        filter.text = letters[from..to].iter().collect();
    }
    filter
}

fn holds(record: &Record, filter: &Filter) -> bool {
    let infix = |text: &str, wanted: &str| {
        let (text, wanted) = (key_of(text), key_of(wanted));
        if wanted.chars().count() == 1 { text.starts_with(&wanted) } else { text.contains(&wanted) }
    };
    let beginning = |text: &str, wanted: &str, separators: &[char]| {
        let (text, wanted) = (key_of(text), key_of(wanted.trim_end_matches(['.', ':', '*'])));
        !wanted.is_empty()
            && text.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with(separators))
    };
    let addresses = [
        record.customer_address_public.as_str(),
        record.customer_address_private.as_deref().unwrap_or_default(),
        &record.operator_address_public,
        record.operator_address_private.as_deref().unwrap_or_default(),
    ];
    let any = |wanted: &str, found: bool| wanted.is_empty() || found;
    filter.from_ms.is_none_or(|from_ms| from_ms <= record.started_at_ms)
        && filter.until_ms.is_none_or(|until_ms| record.started_at_ms < until_ms)
        && key_of(&record.operator_login).starts_with(&key_of(&filter.operator_login))
        && any(&filter.operator_name, infix(&record.operator_name, &filter.operator_name))
        && any(&filter.customer_name, infix(&record.form.customer_name, &filter.customer_name))
        && filter.department.is_none_or(|department| department == record.department)
        && filter.support_type.is_none_or(|chosen| Some(chosen) == record.form.support_type)
        && filter.resolution.is_none_or(|resolution| resolution == record.form.resolution)
        && any(
            &filter.customer_os,
            [&record.customer_os, &record.customer_os_version]
                .iter()
                .any(|name| beginning(name, &filter.customer_os, &[' '])),
        )
        && any(&filter.address, addresses.iter().any(|one| beginning(one, &filter.address, &['.', ':'])))
        && any(
            &filter.text,
            infix(&record.form.memo, &filter.text) || infix(&record.form.customer_name, &filter.text),
        )
}

async fn all(store: &Store, search: &Search) -> Vec<Record> {
    search.batch(store, None, 10_000).await.unwrap()
}

fn numbers(records: &[Record]) -> Vec<i64> {
    records.iter().map(|record| record.no).collect()
}

#[test]
fn a_search_finds_what_a_look_at_every_record_finds() {
    on_each(|store| async move {
        let world = world(&store).await;
        let mut random = StdRng::seed_from_u64(4);
        for at in 0..RECORDS {
            add(&store, &world, &mut random, at * 1_000).await;
        }
        let every =
            all(&store, &Search::open(world.company, &store, &Filter::default()).await.unwrap()).await;
        assert_eq!(numbers(&every), (1..=RECORDS).rev().collect::<Vec<_>>());
        let mut hits = 0;
        for _ in 0..120 {
            let filter = filter(&mut random, &world);
            let expected: Vec<i64> =
                every.iter().filter(|record| holds(record, &filter)).map(|record| record.no).collect();
            let search = Search::open(world.company, &store, &filter).await.unwrap();
            assert_eq!(numbers(&all(&store, &search).await), expected, "{filter:?}");
            pages(&store, &search, &expected, &filter).await;
            hits += expected.len();
        }
        assert!(500 < hits, "the filters find something: {hits}");
    });
}

/// Every way to a page leads to the same records.
async fn pages(store: &Store, search: &Search, expected: &[i64], filter: &Filter) {
    const LIMIT: usize = 23;
    let total = Total::Exactly(expected.len() as u64);
    let last = expected.len().div_ceil(LIMIT).max(1);
    for (number, part) in (1..).zip(expected.chunks(LIMIT)) {
        let page = search.page(store, Place::Page(number as u64), LIMIT as u64).await.unwrap();
        assert_eq!(
            (numbers(&page.records).as_slice(), page.total),
            (part, total),
            "page {number} of {filter:?}"
        );
        assert_eq!((page.has_newer, page.has_older), (1 < number, number < last));
        let older = search.page(store, Place::OlderThan(part[0] + 1), LIMIT as u64).await.unwrap();
        assert_eq!(numbers(&older.records), part);
        let newer =
            search.page(store, Place::NewerThan(part[part.len() - 1] - 1), LIMIT as u64).await.unwrap();
        assert_eq!(newer.records.len(), LIMIT.min(expected.len()), "page {number} of {filter:?}");
        let day = search.page(store, Place::Before(part[0] * 1_000), LIMIT as u64).await.unwrap();
        assert!(numbers(&day.records).contains(&part[0]), "the day of page {number} of {filter:?}");
    }
    let end = search.page(store, Place::Last, LIMIT as u64).await.unwrap();
    assert_eq!(numbers(&end.records), expected.chunks(LIMIT).next_back().unwrap_or_default());
    assert_eq!(end.total, total);
    if let [newer, this, older, ..] = expected {
        let (before, after) = search.neighbours(store, *this).await.unwrap();
        let no = async |id: Option<SessionId>| {
            records::find(search.company(), store, id.unwrap()).await.unwrap().no
        };
        assert_eq!((no(before).await, no(after).await), (*newer, *older));
    }
}

/// One company's words are never another's.
#[test]
fn a_search_stays_in_its_company() {
    on_each(|store| async move {
        let ours = world(&store).await;
        let theirs = company(&store, "other").await;
        let mut random = StdRng::seed_from_u64(1);
        for at in 0..20 {
            add(&store, &ours, &mut random, at).await;
        }
        for filter in [Filter::default(), Filter { operator_login: "kim".into(), ..Filter::default() }] {
            let search = Search::open(theirs, &store, &filter).await.unwrap();
            let page = search.page(&store, Place::Page(1), 20).await.unwrap();
            assert_eq!((page.records.len(), page.total), (0, Total::Exactly(0)));
        }
    });
}

/// What is not counted any more has no number, and is reached all the same.
#[test]
fn numbers_end_where_counting_ends() {
    on_each(|store| async move {
        let world = world(&store).await;
        let mut bulk = records::bulk::Bulk::open(&store, world.company).await.unwrap();
        let operator = &world.operators[0];
        let record = |at: i64| records::bulk::BulkRecord {
            id: SessionId::new(),
            started_at_ms: at * 1_000,
            waited_ms: Some(10),
            duration_s: 60,
            operator: operator.id,
            operator_login: operator.login.as_str().into(),
            operator_name: operator.name.as_str().into(),
            department: operator.department,
            department_name: operator.department_name.as_str().into(),
            customer_name: "고객".into(),
            customer_kind: "app",
            customer_os: "Linux",
            customer_os_version: "",
            customer_host_name: String::new(),
            customer_address_public: String::new(),
            customer_address_private: None,
            operator_address_public: "".into(),
            connection: "direct",
            support_type: None,
            resolution: Resolution::Resolved,
            memo: "메모 하나".into(),
            rating: None,
        };
        bulk.add((1..=10_050).map(record).collect()).await.unwrap();
        bulk.finish().await.unwrap();
        let ended = Filter { resolution: Some(Resolution::Resolved), ..Filter::default() };
        for (filter, total) in [
            (Filter::default(), Total::Exactly(10_050)),
            (Filter { from_ms: Some(0), ..Filter::default() }, Total::More),
            (ended, Total::More),
            (Filter { text: "모 하".into(), ..Filter::default() }, Total::More),
        ] {
            let search = Search::open(world.company, &store, &filter).await.unwrap();
            let first = search.page(&store, Place::Page(1), 20).await.unwrap();
            assert_eq!((first.total, first.records[0].no), (total, 10_050), "{filter:?}");
            let counted = search.page(&store, Place::Page(500), 20).await.unwrap();
            assert_eq!((counted.records[19].no, counted.has_older), (51, true));
            let beyond = search.page(&store, Place::OlderThan(51), 20).await.unwrap();
            assert_eq!((beyond.number, beyond.records[0].no, beyond.has_newer), (None, 50, true));
            let last = search.page(&store, Place::Last, 20).await.unwrap();
            assert_eq!((last.number, last.records.last().unwrap().no, last.has_older), (None, 1, false));
            let day = search.page(&store, Place::Before(31_000), 20).await.unwrap();
            assert_eq!((day.number, day.records[0].no), (None, 30));
            let counted_day = search.page(&store, Place::Before(10_031_000), 20).await.unwrap();
            assert_eq!((counted_day.number, counted_day.records[0].no), (Some(2), 10_030));
        }
    });
}

#[test]
fn an_operator_without_records_is_found_nowhere() {
    on_each(|store| async move {
        let company = company(&store, "empty").await;
        let filter = Filter { operator_login: OperatorId::new().to_string(), ..Filter::default() };
        let search = Search::open(company, &store, &filter).await.unwrap();
        for place in [Place::Page(1), Place::Page(9), Place::Last, Place::Before(5), Place::OlderThan(1)] {
            let page = search.page(&store, place, 20).await.unwrap();
            assert_eq!((page.records.len(), page.total), (0, Total::Exactly(0)), "{place:?}");
        }
    });
}

/// A database of before has other tokens in its index.
#[test]
fn records_of_before_are_found_by_what_they_are_filed_under() {
    on_each(|store| async move {
        let world = world(&store).await;
        let mut random = StdRng::seed_from_u64(2);
        for at in 0..600 {
            add(&store, &world, &mut random, at).await;
        }
        let blank = if store.is_sqlite() {
            "UPDATE record_search SET tokens = 'dbefore rresolved' WHERE 0 < rowid"
        } else {
            "DELETE FROM record_postings"
        };
        store.writer.execute_unprepared(blank).await.unwrap();
        let told = "UPDATE records SET operator_address_private = '10.98.7.6' WHERE no = 5";
        store.writer.execute_unprepared(told).await.unwrap();
        let filter = Filter { department: Some(world.departments[0]), ..Filter::default() };
        let search = Search::open(world.company, &store, &filter).await.unwrap();
        assert_eq!(all(&store, &search).await.len(), 0);

        crate::migrations::make_record_tokens(&store.writer).await.unwrap();

        let found = all(&store, &search).await;
        let of_all = Search::open(world.company, &store, &Filter::default()).await.unwrap();
        let expected = all(&store, &of_all).await.into_iter().filter(|record| holds(record, &filter));
        assert_eq!(numbers(&found), numbers(&expected.collect::<Vec<_>>()));
        let filter = Filter { address: "10.98.7.6".to_owned(), ..Filter::default() };
        let search = Search::open(world.company, &store, &filter).await.unwrap();
        assert_eq!(numbers(&all(&store, &search).await), [5]);
    });
}
