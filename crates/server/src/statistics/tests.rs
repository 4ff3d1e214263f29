use crate::{
    options,
    sessions::Keys,
    state::AppState,
    tests::{Browser, TestCompany, TestServer, fields},
};
use calamine::{Data, Reader as _, Xlsx};
use http::StatusCode;
use serde_json::{Value, json};
use std::{io::Cursor, time::Duration};
use store::{
    OperatorId, SessionId, Store, Write, departments,
    operators::{self, NewOperator},
    records::{self, Form, NewRecord, Resolution},
    sessions::Customer,
    statistics, support_types, usage_log,
};

const KINDS: [&str; 8] = [
    "by-month",
    "by-day",
    "by-hour",
    "by-operator",
    "by-duration",
    "by-os",
    "by-support-type",
    "by-satisfaction",
];

/// A support that was agreed to at this moment.
async fn support(write: &Write, operator: OperatorId, os: &str, at: &str, duration_s: i64) -> SessionId {
    let at: jiff::Timestamp = at.parse().unwrap();
    let at_ms = at.as_millisecond();
    let operator = operators::find(write.company(), write, operator).await.unwrap();
    let customer = Customer { kind: "app".into(), os: os.into(), ..Customer::default() };
    let session = SessionId::new();
    let new = NewRecord {
        session,
        operator: &operator,
        operator_address_public: "",
        customer: &customer,
        started_at_ms: at_ms - 60_000,
    };
    records::create(write, new).await.unwrap();
    records::set_consented(write, session, at_ms).await.unwrap();
    records::set_ended(write, session, "operator-ended", at_ms + duration_s * 1000).await.unwrap();
    session
}

async fn operator(write: &Write, login: &str) -> OperatorId {
    let department = departments::create(write, login, &options::at_start(), 1).await.unwrap();
    let new = NewOperator {
        login,
        name: "이상담",
        password_hash: "x",
        department,
        company_name: "",
        phone: "",
        email: "",
        is_mobile: false,
        created_at_ms: 1,
    };
    operators::create(write, new).await.unwrap()
}

/// November 2026 in Seoul: two supports of kim_01, one of lee_02; one of kim_01 in October.
async fn filled(server: &TestServer, short_name: &str) -> TestCompany {
    let company = server.company(short_name).await;
    let write = server.state.store.write(company.id).await.unwrap();
    let lee = operator(&write, "lee_02").await;
    let printer = support_types::create(&write, "프린터", 1).await.unwrap();
    let first = support(&write, company.operator, "Windows", "2026-11-02T00:30:00Z", 90).await;
    let form = Form { support_type: Some(printer), resolution: Resolution::Resolved, ..Form::default() };
    records::update_form(&write, first, &form, 1).await.unwrap();
    records::set_rating(&write, first, Some(4)).await.unwrap();
    support(&write, company.operator, "macOS", "2026-11-02T15:00:00Z", 600).await;
    support(&write, lee, "Windows", "2026-11-30T14:59:59Z", 3_600).await;
    support(&write, company.operator, "Windows", "2026-10-31T14:59:59Z", 60).await;
    write.commit().await.unwrap();
    company
}

const NOVEMBER: &str = "from=2026-11-01&to=2026-11-30";

async fn shown(browser: &mut Browser, kind: &str, query: &str) -> Value {
    let answer = browser.get(&format!("/api/manage/statistics/{kind}?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{kind} {query}: {}", answer.text);
    answer.body
}

/// Key, supports and share of the rows that have any.
fn told(page: &Value) -> Vec<(String, i64, i64)> {
    let rows = page["rows"].as_array().unwrap().iter();
    let row = |row: &Value| {
        let key = row["name"].as_str().or(row["key"].as_str()).unwrap().to_owned();
        (key, row["supports"].as_i64().unwrap(), row["share_per_mille"].as_i64().unwrap())
    };
    rows.map(row).filter(|(_, supports, _)| *supports != 0).collect()
}

/// A kind, how many rows it has, and those that say anything: key, supports, share.
type Case = (&'static str, usize, &'static [(&'static str, i64, i64)]);

/// T-1, T-2, T-3, T-4, T-5, T-6, T-7, T-8: the rows of one month, and what they add up to.
#[tokio::test]
async fn every_statistic_shows_the_same_supports() {
    let server = TestServer::start().await;
    let company = filled(&server, "beta").await;
    filled(&server, "gamma").await;
    let mut browser = server.administrator(&company).await;
    let cases: [Case; 8] = [
        ("by-month", 1, &[("2026-11", 3, 1000)]),
        // October has a day more.
        ("by-day", 31, &[("2026-11-02", 1, 334), ("2026-11-03", 1, 333), ("2026-11-30", 1, 333)]),
        ("by-hour", 24, &[("0", 1, 334), ("9", 1, 333), ("23", 1, 333)]),
        ("by-operator", 2, &[("김상담", 2, 667), ("이상담", 1, 333)]),
        ("by-duration", 6, &[("0-5", 1, 334), ("10-20", 1, 333), ("60", 1, 333)]),
        ("by-os", 2, &[("Windows", 2, 667), ("macOS", 1, 333)]),
        ("by-support-type", 2, &[("", 2, 667), ("프린터", 1, 333)]),
        ("by-satisfaction", 2, &[("", 2, 667), ("프린터", 1, 333)]),
    ];
    for (kind, rows, expected) in cases {
        let page = shown(&mut browser, kind, NOVEMBER).await;
        let expected: Vec<_> =
            expected.iter().map(|(key, n, share)| ((*key).to_owned(), *n, *share)).collect();
        assert_eq!(told(&page), expected, "{kind}");
        assert_eq!(page["rows"].as_array().unwrap().len(), rows, "{kind} is filled with zeros");
        let total = (&page["supports"], &page["duration_s"], &page["average_s"], &page["before"]);
        let before = json!({ "supports": 1, "duration_s": 60 });
        assert_eq!(total, (&json!(3), &json!(4290), &json!(1430), &before), "{kind}");
        assert_eq!((&page["before_from"], &page["before_to"]), (&json!("2026-10-01"), &json!("2026-10-31")));
        assert_eq!(page["time_zone"], "Asia/Seoul");
    }
    let rated = shown(&mut browser, "by-satisfaction", NOVEMBER).await;
    assert_eq!(rated["rows"][1]["ratings"], json!([0, 0, 0, 1, 0]));
    let months = shown(&mut browser, "by-month", NOVEMBER).await;
    assert_eq!(months["rows"][0]["before"], json!({ "supports": 1, "duration_s": 60 }));
    let systems = shown(&mut browser, "by-os", NOVEMBER).await;
    assert_eq!(systems["rows"][1]["before"], json!(null), "macOS was not there before");
}

/// T-1 … T-8: what there was in the period before alone is there, too, and all rows together are the total of that period.
#[tokio::test]
async fn what_there_is_no_longer_has_its_row() {
    let server = TestServer::start().await;
    let company = filled(&server, "beta").await;
    let mut browser = server.administrator(&company).await;
    // As many days before, with everything of November in them.
    let later = "from=2026-12-01&to=2026-12-30";
    for kind in KINDS {
        let page = shown(&mut browser, kind, later).await;
        assert_eq!((&page["supports"], &page["before"]["supports"]), (&json!(0), &json!(3)), "{kind}");
        let rows = page["rows"].as_array().unwrap();
        let before: i64 = rows.iter().filter_map(|row| row["before"]["supports"].as_i64()).sum();
        assert_eq!(before, 3, "{kind}");
    }
    let operators = shown(&mut browser, "by-operator", later).await;
    assert_eq!(
        (&operators["rows"][0]["login"], &operators["rows"][0]["supports"]),
        (&json!("kim_01"), &json!(0))
    );
}

/// Days with two supports each, one after midnight and one before; clocks change on two of them in New York.
const DAYS: [&str; 17] = [
    "2024-12-31",
    "2025-01-01",
    "2025-02-28",
    "2025-03-01",
    "2025-12-31",
    "2026-01-01",
    "2026-01-29",
    "2026-01-30",
    "2026-01-31",
    "2026-02-01",
    "2026-02-28",
    "2026-03-01",
    "2026-03-08",
    "2026-03-30",
    "2026-10-31",
    "2026-11-01",
    "2026-11-30",
];

/// Two numbers of supports: in the period, and in the one before.
type Totals = (i64, i64);

/// A period, its totals, and rows of a kind: how many there are, and one by its key.
type PeriodCase = (&'static str, Totals, [(&'static str, usize, &'static str, Totals); 2]);

/// What a column of a file adds up to, and what stands below it.
fn column(file: &str, name: &str) -> (i64, i64) {
    let mut lines =
        file.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').collect::<Vec<_>>());
    let at = lines.next().unwrap().iter().position(|header| *header == name).unwrap();
    let mut numbers: Vec<i64> = lines.map(|cells| cells[at].parse().unwrap_or_default()).collect();
    let total = numbers.pop().unwrap();
    (numbers.iter().sum(), total)
}

/// T-1 … T-8: both columns add up to their totals, in page and file, also where the period before has other days or months.
#[tokio::test]
async fn both_columns_add_up_to_their_totals() {
    let cases: [PeriodCase; 4] = [
        (NOVEMBER, (4, 2), [("by-month", 1, "2026-11", (4, 2)), ("by-day", 31, "2026-10-31", (0, 2))]),
        (
            "from=2026-03-01&to=2026-03-30",
            (6, 8),
            [("by-month", 1, "2026-03", (6, 8)), ("by-day", 30, "2026-03-01", (2, 2))],
        ),
        (
            "from=2026-02-10&to=2026-03-08",
            (6, 8),
            [("by-month", 2, "2026-02", (2, 8)), ("by-day", 27, "2026-03-08", (2, 0))],
        ),
        (
            "from=2025-01-01&to=2025-12-31",
            (8, 2),
            [("by-month", 12, "2025-12", (2, 2)), ("by-day", 366, "2024-12-31", (0, 2))],
        ),
    ];
    let server = TestServer::start().await;
    for (name, zone) in [("beta", "Asia/Seoul"), ("gamma", "America/New_York")] {
        let company = server.company(name).await;
        let mut browser = server.administrator(&company).await;
        browser.headers.insert("accept-language", "ko".parse().unwrap());
        set_zone(&mut browser, zone).await;
        let write = server.state.store.write(company.id).await.unwrap();
        for at in DAYS.iter().flat_map(|day| [format!("{day}T00:10"), format!("{day}T23:50")]) {
            let at: jiff::ZonedDateTime = format!("{at}[{zone}]").parse().unwrap();
            support(&write, company.operator, "Windows", &at.timestamp().to_string(), 60).await;
        }
        write.commit().await.unwrap();
        for (period, (now, before), rows) in cases {
            for kind in KINDS {
                let page = shown(&mut browser, kind, period).await;
                let totals = (&page["supports"], &page["before"]["supports"], &page["before"]["duration_s"]);
                assert_eq!(
                    totals,
                    (&json!(now), &json!(before), &json!(before * 60)),
                    "{zone} {kind} {period}"
                );
                let all = page["rows"].as_array().unwrap();
                let sum = |of: &dyn Fn(&Value) -> &Value| {
                    all.iter().filter_map(|row| of(row).as_i64()).sum::<i64>()
                };
                let sums = (
                    sum(&|row| &row["supports"]),
                    sum(&|row| &row["before"]["supports"]),
                    sum(&|row| &row["before"]["duration_s"]),
                );
                assert_eq!(sums, (now, before, before * 60), "{zone} {kind} {period}");
                let path = format!("/api/manage/statistics/{kind}/export?{period}&format=csv");
                let file = browser.get(&path).await.text;
                assert_eq!(column(&file, "건수"), (now, now), "{zone} {kind} {period}");
                assert_eq!(column(&file, "이전 기간"), (before, before), "{zone} {kind} {period}");
            }
            for (kind, count, key, expected) in rows {
                let page = shown(&mut browser, kind, period).await;
                let all = page["rows"].as_array().unwrap();
                assert_eq!(all.len(), count, "{zone} {kind} {period}");
                let row = all.iter().find(|row| row["key"] == key).unwrap();
                let told = (&row["supports"], &row["before"]["supports"]);
                assert_eq!(told, (&json!(expected.0), &json!(expected.1)), "{zone} {kind} {period} {key}");
            }
        }
    }
}

/// T-1 … T-8: department and operator, together and alone; also an operator who is gone [D-6].
#[tokio::test]
async fn filters_narrow_every_statistic() {
    let server = TestServer::start().await;
    let company = filled(&server, "beta").await;
    let write = server.state.store.write(company.id).await.unwrap();
    let lee = operators::list(
        company.id,
        &write,
        operators::Page {
            offset: 0,
            limit: 9,
            search: Some(operators::SearchBy::Login("lee")),
            sort: operators::SortBy::Login,
            descending: false,
        },
    )
    .await
    .unwrap()
    .0
    .remove(0);
    drop(write);
    let mut browser = server.administrator(&company).await;
    let department = company.department;
    for kind in KINDS {
        let check = async |browser: &mut Browser, filter: &str, supports: i64| {
            let page = shown(browser, kind, &format!("{NOVEMBER}&{filter}")).await;
            assert_eq!(page["supports"], supports, "{kind} {filter}");
            let shares: i64 = told(&page).iter().map(|(_, _, share)| share).sum();
            assert_eq!(shares, if supports == 0 { 0 } else { 1000 }, "{kind} {filter}");
        };
        check(&mut browser, &format!("department={department}"), 2).await;
        check(&mut browser, &format!("department={}", lee.department), 1).await;
        check(&mut browser, "operator=KIM_01", 2).await;
        check(&mut browser, &format!("operator=lee_02&department={department}"), 0).await;
        check(&mut browser, "department=&operator=", 3).await;
    }
}

/// T-1 … T-8: each error stands at its field.
#[tokio::test]
async fn a_period_or_filter_that_is_none_is_refused_at_its_field() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let other = server.company("gamma").await;
    let mut browser = server.administrator(&company).await;
    let theirs = format!("department={}", other.department);
    let cases = [
        ("from=2026-02-30", "from", "date-not-valid"),
        ("to=heute", "to", "date-not-valid"),
        ("to=2026-1-1", "to", "date-not-valid"),
        ("to=99999-01-01", "to", "date-not-valid"),
        ("from=2026-01-02&to=2026-01-01", "to", "period-reversed"),
        ("from=2000-01-01&to=2026-01-01", "from", "period-too-long"),
        ("department=x", "department", "unknown-choice"),
        (theirs.as_str(), "department", "unknown-choice"),
        ("operator=nobody", "operator", "operator-unknown"),
        ("operator=%27%20OR%201=1", "operator", "operator-unknown"),
    ];
    for (query, field, code) in cases {
        for kind in ["by-day", "by-operator/export"] {
            let answer = browser.get(&format!("/api/manage/statistics/{kind}?{query}")).await;
            assert_eq!(answer.problem(), (422, "invalid-fields"), "{query}");
            assert_eq!(answer.fields(), fields([(field, code)]), "{query}");
        }
    }
    let nothing = shown(&mut browser, "by-day", "").await;
    assert_eq!((&nothing["supports"], &nothing["to"]), (&json!(0), &nothing["today"]));
    assert_eq!(browser.get("/api/manage/statistics/by-moon").await.problem(), (404, "not-found"));
}

/// T-1 … T-8: a department that is gone can still be asked for; the id of an operator or of a type is no department's, and is not
/// noted as one.
#[tokio::test]
async fn only_a_department_is_one() {
    let server = TestServer::start().await;
    let company = filled(&server, "beta").await;
    let mut browser = server.administrator(&company).await;
    let types = shown(&mut browser, "by-support-type", NOVEMBER).await;
    let printer = types["rows"][1]["key"].as_str().unwrap().to_owned();
    for id in [company.operator.to_string(), printer, uuid::Uuid::nil().to_string()] {
        let answer = browser.get(&format!("/api/manage/statistics/by-day?{NOVEMBER}&department={id}")).await;
        assert_eq!(answer.fields(), fields([("department", "unknown-choice")]), "{id}: {}", answer.text);
    }
    let write = server.state.store.write(company.id).await.unwrap();
    let lee = operators::find_by_login(company.id, &write, "lee_02").await.unwrap().unwrap().operator;
    operators::delete(&write, lee.id).await.unwrap();
    departments::delete(&write, lee.department).await.unwrap();
    write.commit().await.unwrap();
    let page = shown(&mut browser, "by-day", &format!("{NOVEMBER}&department={}", lee.department)).await;
    assert_eq!(page["supports"], 1);
    let lines = usage_log::list_newest(company.id, &server.state.store, 1).await.unwrap();
    let body: Value = serde_json::from_str(lines[0].body.as_ref().unwrap()).unwrap();
    assert_eq!(body["detail"]["department"], "lee_02", "by its last name");
}

/// T-1 … T-8: the file has the numbers of the page.
#[tokio::test]
async fn a_file_has_the_numbers_of_the_page() {
    let server = TestServer::start().await;
    let company = filled(&server, "beta").await;
    let mut browser = server.administrator(&company).await;
    browser.headers.insert("accept-language", "ko".parse().unwrap());
    for kind in KINDS {
        let page = shown(&mut browser, kind, NOVEMBER).await;
        let answer = browser.get(&format!("/api/manage/statistics/{kind}/export?{NOVEMBER}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(answer.bytes)).unwrap();
        let name = book.sheet_names().remove(0);
        let cells = book.worksheet_range(&name).unwrap();
        let headers: Vec<String> = cells.rows().next().unwrap().iter().map(ToString::to_string).collect();
        let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
        let number = |row: usize, name: &str| match &cells.rows().nth(row).unwrap()[column(name)] {
            Data::Float(number) => *number,
            Data::DateTime(length) => (length.as_f64() * 86_400.0).round(),
            other => panic!("{kind} {row} {name}: {other:?}"),
        };
        let rows = page["rows"].as_array().unwrap();
        assert_eq!(cells.height(), rows.len() + 2, "{kind}: its header, its rows and their sum");
        let sum = [json!({
            "supports": page["supports"], "duration_s": page["duration_s"], "average_s": page["average_s"],
            "share_per_mille": 1000,
        })];
        for (at, row) in rows.iter().chain(&sum).enumerate() {
            let told = ["건수", "총 시간", "평균 시간"].map(|name| number(at + 1, name));
            let expected = ["supports", "duration_s", "average_s"].map(|name| row[name].as_f64().unwrap());
            assert_eq!(told, expected, "{kind} {at}");
            let share = row["share_per_mille"].as_f64().unwrap() / 1000.0;
            assert!((number(at + 1, "비율") - share).abs() < 1e-9, "{kind} {at}");
        }
    }
    let days = browser.get(&format!("/api/manage/statistics/by-day/export?{NOVEMBER}")).await;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(days.bytes)).unwrap();
    let cells = book.worksheet_range("일별").unwrap();
    assert!(matches!(cells.get_value((1, 0)), Some(Data::DateTime(_))), "days are dates");
    let text = browser.get(&format!("/api/manage/statistics/by-operator/export?{NOVEMBER}&format=csv")).await;
    let expected = "\u{feff}상담원 ID,상담원 이름,건수,비율,총 시간,평균 시간,이전 기간,증감,증감률\r\n\
                    kim_01,김상담,2,0.6670,690,345,1,1,1.0000\r\n\
                    lee_02,이상담,1,0.3330,3600,3600,,,\r\n합계,,3,1.0000,4290,1430,1,2,2.0000\r\n";
    assert_eq!(text.text, expected);
    let disposition = text.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.ends_with("_2026-11-01_2026-11-30.csv"), "{disposition}");
}

/// G-3: each statistic that is shown or taken away is noted with its filters.
#[tokio::test]
async fn what_is_looked_at_is_noted() {
    let server = TestServer::start().await;
    let company = filled(&server, "beta").await;
    let mut browser = server.administrator(&company).await;
    let department = company.department;
    shown(&mut browser, "by-hour", &format!("{NOVEMBER}&operator=kim_01&department={department}")).await;
    browser.get(&format!("/api/manage/statistics/by-os/export?{NOVEMBER}&format=csv")).await;
    let lines = usage_log::list_newest(company.id, &server.state.store, 2).await.unwrap();
    let detail = |at: usize| -> Value {
        let body: Value = serde_json::from_str(lines[at].body.as_ref().unwrap()).unwrap();
        body["detail"].clone()
    };
    assert_eq!((lines[0].kind.as_str(), lines[1].kind.as_str()), ("statistics.export", "statistics.view"));
    let expected = json!({
        "kind": "by-hour", "from": "2026-11-01", "to": "2026-11-30", "department": "기본부서", "operator": "kim_01",
    });
    assert_eq!(detail(1), expected);
    assert_eq!((&detail(0)["kind"], &detail(0)["rows"]), (&json!("by-os"), &json!(2)));
}

/// Sets the company's time zone as its administrator does.
async fn set_zone(browser: &mut Browser, zone: &str) {
    let mut settings = browser.get("/api/manage/settings").await.body;
    settings["settings"]["time_zone"] = json!(zone);
    settings["administrator_password"] = json!(crate::tests::PASSWORD);
    let answer = browser.put("/api/manage/settings", settings).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
}

/// Waits until everything has moved.
async fn moved(browser: &mut Browser) {
    for _ in 0..1_000 {
        if browser.get("/api/manage/statistics").await.body["moved_percent"].is_null() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("statistics are still moving");
}

/// What has support, in November.
async fn keys(browser: &mut Browser, kind: &str) -> Vec<String> {
    let page = shown(browser, kind, NOVEMBER).await;
    told(&page).into_iter().map(|(key, ..)| key).collect()
}

/// G-2: days and hours are the company's. A change of its time zone is kept at once; statistics follow it, and say so until then.
#[tokio::test]
async fn a_change_of_the_time_zone_moves_statistics() {
    let server = TestServer::start().await;
    let company = filled(&server, "beta").await;
    let other = filled(&server, "gamma").await;
    let mut browser = server.administrator(&company).await;
    let at_rest = json!({ "time_zone": "Asia/Seoul", "moved_percent": null });
    assert_eq!(browser.get("/api/manage/statistics").await.body, at_rest);
    set_zone(&mut browser, "America/New_York").await;
    let moving = json!({ "time_zone": "America/New_York", "moved_percent": 0 });
    assert_eq!(browser.get("/api/manage/statistics").await.body, moving, "nothing moves it yet");
    let page = shown(&mut browser, "by-day", NOVEMBER).await;
    assert_eq!((&page["time_zone"], &page["moved_percent"]), (&json!("America/New_York"), &json!(0)));
    assert_eq!(keys(&mut browser, "by-day").await, ["2026-11-02", "2026-11-03", "2026-11-30"]);
    // What moves it begins with what was left when the server ended, and is called later.
    let task = tokio::spawn(super::move_statistics(server.state.clone()));
    moved(&mut browser).await;
    assert_eq!(keys(&mut browser, "by-day").await, ["2026-11-01", "2026-11-02", "2026-11-30"]);
    assert_eq!(keys(&mut browser, "by-hour").await, ["9", "10", "19"]);
    let page = shown(&mut browser, "by-day", NOVEMBER).await;
    assert_eq!((&page["time_zone"], &page["moved_percent"]), (&json!("America/New_York"), &json!(null)));
    set_zone(&mut browser, "Asia/Kolkata").await;
    set_zone(&mut browser, "Asia/Kathmandu").await;
    moved(&mut browser).await;
    assert_eq!(keys(&mut browser, "by-hour").await, ["6", "20"]);
    server.state.shutdown.cancel();
    task.await.unwrap();
    let mut browser = server.administrator(&other).await;
    assert_eq!(keys(&mut browser, "by-hour").await, ["0", "9", "23"], "another company's stay");
}

/// Another server on the same database.
async fn another(server: &TestServer) -> AppState {
    let configuration = server.state.configuration.clone();
    let store = Store::open(&configuration.database_url()).await.unwrap();
    let keys = Keys::open(&configuration.data.join("keys"), 1).unwrap();
    AppState::new(store, configuration, server.state.address.clone(), None, keys).unwrap()
}

/// G-2: a move that a server has begun is ended by the next one, or by two of them.
#[tokio::test]
async fn a_move_goes_on_after_a_restart() {
    let server = TestServer::start().await;
    let company = filled(&server, "beta").await;
    let mut browser = server.administrator(&company).await;
    set_zone(&mut browser, "America/New_York").await;
    // The first step alone: all has moved, and nobody has looked whether there is more.
    let write = server.state.store.write(company.id).await.unwrap();
    assert!(statistics::move_on(&write, 100).await.unwrap());
    write.commit().await.unwrap();
    assert_eq!(browser.get("/api/manage/statistics").await.body["moved_percent"], 99);
    let (one, other) = (another(&server).await, another(&server).await);
    let tasks = [&one, &other].map(|state| tokio::spawn(super::move_statistics(state.clone())));
    let mut browser = browser.at(&one);
    moved(&mut browser).await;
    assert_eq!(keys(&mut browser, "by-hour").await, ["9", "10", "19"]);
    for (state, task) in [one, other].into_iter().zip(tasks) {
        state.shutdown.cancel();
        task.await.unwrap();
    }
}

/// T-4: many operators come page by page, and the file has all of them.
#[tokio::test]
async fn operators_come_page_by_page() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let write = server.state.store.write(company.id).await.unwrap();
    for number in 0..105 {
        let id = operator(&write, &format!("op-{number}")).await;
        support(&write, id, "Windows", "2026-11-02T00:30:00Z", 60 + number).await;
    }
    write.commit().await.unwrap();
    let mut browser = server.administrator(&company).await;
    let first = shown(&mut browser, "by-operator", NOVEMBER).await;
    let second = shown(&mut browser, "by-operator", &format!("{NOVEMBER}&page=2")).await;
    let counts = |page: &Value| (page["rows"].as_array().unwrap().len(), page["row_count"].as_i64().unwrap());
    assert_eq!((counts(&first), counts(&second)), ((100, 105), (5, 105)));
    assert_eq!(first["rows"][0]["login"], "op-104", "the longest of equals first");
    let shares = |page: &Value| told(page).iter().map(|(_, _, share)| share).sum::<i64>();
    assert_eq!(shares(&first) + shares(&second), 1000);
    let file = browser.get(&format!("/api/manage/statistics/by-operator/export?{NOVEMBER}&format=csv")).await;
    assert_eq!(file.text.lines().count(), 107);
}
