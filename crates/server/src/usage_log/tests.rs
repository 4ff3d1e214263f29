use super::{
    heads,
    kinds::KINDS,
    repeat_once,
    texts::{Reader, kind_key},
};
use crate::{
    language::Language,
    tests::{Browser, TestCompany, TestServer},
};
use sea_orm::{ConnectionTrait as _, Database};
use serde_json::{Value, json};
use store::usage_log;

/// A server whose company's log has three lines, and the head that was signed then.
async fn logged() -> (TestServer, TestCompany, String) {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut administrator = server.administrator(&company).await;
    for name in ["하나", "둘"] {
        administrator.post("/api/manage/departments", json!({ "name": name })).await;
    }
    let [head] = repeat_once(&server.state).await.unwrap().try_into().unwrap();
    (server, company, head)
}

async fn check(server: &TestServer, company: &TestCompany, kept: &[String]) -> String {
    let identity = server.state.sessions.identity_hash();
    match heads::verify(&server.state.store, company.id, identity, kept).await.unwrap() {
        Ok((lines, heads)) => format!("{lines} lines, {heads} heads"),
        Err(fault) => fault.to_string(),
    }
}

async fn tamper(server: &TestServer, sql: &str) {
    let raw = Database::connect(server.state.configuration.database_url()).await.unwrap();
    raw.execute_unprepared(sql).await.unwrap();
}

/// The last line is gone, and whoever removed it has made the log's own head fit.
const CUT: &str = "DELETE FROM usage_log WHERE seq = 3;
    UPDATE usage_log_heads SET seq = 2, hash = (SELECT hash FROM usage_log WHERE seq = 2)";

/// G-3.
#[tokio::test]
async fn a_cut_tail_shows_against_a_signed_head() {
    let (server, company, head) = logged().await;
    assert_eq!(check(&server, &company, &[]).await, "3 lines, 1 heads");
    tamper(&server, CUT).await;
    assert_eq!(
        usage_log::verify(company.id, &server.state.store).await.unwrap(),
        Ok(2),
        "the chain alone is whole"
    );
    let gone = "line 3 was there when its head was signed, and is gone";
    assert_eq!(check(&server, &company, &[]).await, gone);
    tamper(&server, "DELETE FROM usage_log_seals").await;
    assert_eq!(check(&server, &company, &[]).await, "2 lines, 0 heads", "as the docs say");
    // It stands in the application log, too, among other lines.
    let log = format!("2026-11-23 INFO Usage log head company=\"beta\" head=\"{head}\"\nother\n");
    assert_eq!(check(&server, &company, &heads::heads_in(&log)).await, gone);
}

/// The tail is another one, long enough, with a head that fits.
#[tokio::test]
async fn a_rewritten_tail_shows_against_a_signed_head() {
    let (server, company, head) = logged().await;
    tamper(&server, CUT).await;
    let mut administrator = server.administrator(&company).await;
    administrator.post("/api/manage/departments", json!({ "name": "셋" })).await;
    assert!(usage_log::verify(company.id, &server.state.store).await.unwrap().is_ok());
    let rewritten = "line 3 is not the one whose head was signed";
    assert_eq!(check(&server, &company, &[]).await, rewritten);
    tamper(&server, "DELETE FROM usage_log_seals").await;
    assert_eq!(check(&server, &company, &[head]).await, rewritten);
}

/// A head that the server did not sign is a fault by itself: with its number changed, of another server, or of another
/// company.
#[tokio::test]
async fn a_forged_head_is_named() {
    let (server, company, head) = logged().await;
    let (other, theirs, foreign) = logged().await;
    let changed = head.replacen(":3:", ":2:", 1);
    assert_eq!(check(&server, &company, &[changed]).await, "head of line 2 is not signed by this server");
    let of_ours = |text: &str| {
        let id = |company: &TestCompany| crate::secrets::hex(company.id.as_bytes());
        text.replace(&id(&theirs), &id(&company))
    };
    let forged = "head of line 3 is not signed by this server";
    assert_eq!(check(&server, &company, &[of_ours(&foreign)]).await, forged);
    assert_eq!(check(&server, &company, &[foreign]).await, "3 lines, 1 heads", "of no company of ours");
    assert_eq!(check(&other, &theirs, &[]).await, "3 lines, 1 heads");
}

/// Nothing new, nothing kept: a quiet company's log gets no further seals.
#[tokio::test]
async fn a_head_is_kept_once() {
    let (server, company, _) = logged().await;
    repeat_once(&server.state).await.unwrap();
    let seals = usage_log::list_seals(company.id, &server.state.store).await.unwrap();
    assert_eq!(seals.len(), 1);
}

/// The texts of the lines of a category in a language.
async fn told(browser: &mut Browser, language: &'static str, query: &str) -> Vec<(String, String)> {
    browser.headers.insert("accept-language", http::HeaderValue::from_static(language));
    let found = browser.get(&format!("/api/manage/usage-log?{query}")).await;
    assert_eq!(found.status, 200, "{}", found.text);
    let text = |line: &Value, name: &str| line[name].as_str().unwrap().to_owned();
    found.body["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (text(line, "activity"), text(line, "remark")))
        .collect()
}

/// G-3: what was changed from what to what, in either language; else browser and OS.
#[tokio::test]
async fn lines_are_told_in_both_languages() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    browser.headers.insert("user-agent", http::HeaderValue::from_static(agent));
    let department = format!("/api/manage/departments/{}", company.department);
    browser.patch(&department, json!({ "name": "영업" })).await;
    let options = json!({ "options": [{ "key": "text_chat", "value": false }] });
    browser.ask(http::Method::PUT, &format!("{department}/options"), Some(options)).await;
    browser.post("/api/manage/sign-out", json!({})).await;
    let mut browser = server.administrator(&company).await;
    let pair = |activity: &str, remark: &str| (activity.to_owned(), remark.to_owned());
    let korean = [
        pair("부서 옵션 변경", "문자 채팅: 사용 → 사용안함, 이름: 영업"),
        pair("부서 이름 변경", "이름: 기본부서 → 영업"),
    ];
    assert_eq!(told(&mut browser, "ko", "category=departments").await, korean);
    let english = [
        pair("Department options changed", "Text chat: On → Off, Name: 영업"),
        pair("Department renamed", "Name: 기본부서 → 영업"),
    ];
    assert_eq!(told(&mut browser, "en", "category=departments").await, english);
    let out = told(&mut browser, "ko", "action=access.sign-out").await;
    assert_eq!(out, [pair("로그아웃", "Firefox 145, Linux")]);
    let by_person = told(&mut browser, "ko", "login=ADMIN&address=192.0.2.1&category=departments").await;
    assert_eq!(by_person.len(), 2);
    assert_eq!(told(&mut browser, "ko", "login=nobody").await, []);
    assert_eq!(told(&mut browser, "ko", "until=2026-01-01").await, []);
}

/// A line that others write: values by their names, moments by the company's clock, what is not known by its own name.
#[test]
fn details_of_every_shape_are_readable() {
    let reader = Reader { language: Language::Korean, zone: jiff::tz::TimeZone::get("Asia/Seoul").unwrap() };
    let check = |detail: Value, expected: &str| {
        let body = json!({ "browser": "curl/8", "detail": detail }).to_string();
        let line = usage_log::Line { seq: 1, kind: "access.sign-in".into(), at_ms: 1, body: Some(body) };
        assert_eq!(reader.tell(&line).remark, expected);
    };
    check(json!({ "name": { "from": "가", "to": "나" } }), "이름: 가 → 나");
    check(json!({ "strange": { "from": null, "to": true } }), "strange: – → 예");
    check(json!({ "days": 3, "scopes": ["a b", "c"] }), "유효 기간(일): 3, 권한: a b · c");
    check(json!({ "until_ms": 0 }), "기준 시각: 1970-01-01 09:00");
    check(json!({ "category": "access", "login": "" }), "구분: 접속, ID: –");
    check(
        json!({ "filters": { "from": "2026-11-01", "resolution": "resolved", "to": "2026-11-28" } }),
        "검색 조건: 시작일: 2026-11-01, 종료일: 2026-11-28, 해결 여부: 해결",
    );
    check(
        json!({ "from_day": "2026-11-01", "until_day": "2026-11-28", "format": "csv" }),
        "파일 형식: csv, 시작일: 2026-11-01, 종료일: 2026-11-28",
    );
    check(json!({}), "curl 8");
    check(Value::Null, "curl 8");
    let erased = usage_log::Line { seq: 1, kind: "what.ever".into(), at_ms: 1, body: None };
    let told = reader.tell(&erased);
    assert_eq!((told.activity.as_str(), told.remark.as_str(), told.login.as_str()), ("what.ever", "", ""));
}

/// G-3: paging by place, there and back, without a line lost or twice.
#[tokio::test]
async fn pages_lead_to_the_oldest_line_and_back() {
    let (server, company, _) = logged().await;
    let mut browser = server.administrator(&company).await;
    let mut seqs = Vec::new();
    let mut query = String::new();
    let mut last = Value::Null;
    while query.is_empty() || last["older"].is_string() {
        last = browser.get(&format!("/api/manage/usage-log?page_size=3{query}")).await.body;
        seqs.extend(last["lines"].as_array().unwrap().iter().map(|line| line["seq"].as_i64().unwrap()));
        query = format!("&older_than={}", last["older"].as_str().unwrap_or_default());
    }
    assert_eq!(
        (seqs.as_slice(), &last["total"], &last["is_more"]),
        (&[4, 3, 2, 1][..], &json!(4), &json!(false))
    );
    let newer = last["newer"].as_str().unwrap();
    let first = browser.get(&format!("/api/manage/usage-log?page_size=3&newer_than={newer}")).await.body;
    assert_eq!((&first["lines"][0]["seq"], &first["newer"]), (&json!(4), &Value::Null));
    for bad in
        ["older_than=x", "from=yesterday", "login=%00", "category=other", "page_size=-1", "newer_than=1.2.3"]
    {
        let answer = browser.get(&format!("/api/manage/usage-log?{bad}")).await;
        assert_eq!(answer.problem(), (400, "invalid-address"), "{bad}");
    }
}

/// G-3: Excel and CSV, and a line that says who took it away.
#[tokio::test]
async fn an_export_holds_every_found_line_and_is_noted() {
    let (server, company, _) = logged().await;
    let mut browser = server.administrator(&company).await;
    browser.headers.insert("accept-language", http::HeaderValue::from_static("ko"));
    let csv = browser.get("/api/manage/usage-log/export?category=departments&format=csv").await;
    let lines: Vec<_> = csv.text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "날짜,계정,IP,활동,비고");
    assert_eq!(lines.len(), 3);
    assert!(lines[1].ends_with(",admin,192.0.2.1,부서 생성,이름: 둘"), "{}", lines[1]);
    let excel = browser.get("/api/manage/usage-log/export?format=xlsx").await;
    assert!(excel.bytes.starts_with(b"PK"));
    let noted = told(&mut browser, "ko", "action=access.usage-log-export").await;
    let expected = ["파일 형식: Xlsx", "구분: 부서 관리, 파일 형식: Csv"];
    assert_eq!(noted.into_iter().map(|(_, remark)| remark).collect::<Vec<_>>(), expected);
}

/// G-3: every kind that the code writes has a text in both languages, and stands in the table that the page offers.
///
/// Whoever adds a kind adds it to `kinds.rs` and to `usage_log.ftl` of both languages.
#[test]
fn every_kind_that_the_code_writes_has_its_texts() {
    let mut written = std::collections::BTreeSet::new();
    for source in sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        written.extend(kinds_in(&source));
    }
    assert!(10 < written.len(), "{written:?}");
    let known: std::collections::BTreeSet<String> = KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    assert_eq!(known, written, "kinds.rs and the code");
    for kind in KINDS {
        for language in [Language::Korean, Language::English] {
            assert!(
                crate::problem::knows(language, &kind_key(kind)),
                "{} in {}",
                kind_key(kind),
                language.tag()
            );
        }
    }
}

/// Product code under a folder.
fn sources(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "tests" {
            found.extend(sources(&path));
        } else if name.ends_with(".rs") && name != "tests.rs" && name != "kinds.rs" {
            found.push(std::fs::read_to_string(&path).unwrap());
        }
    }
    found
}

/// String literals of the shape `category.action`, outside of comments.
fn kinds_in(source: &str) -> Vec<String> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut found = Vec::new();
    for line in code {
        for literal in line.split('"').skip(1).step_by(2) {
            let Some((category, action)) = literal.split_once('.') else { continue };
            let is_action = !action.is_empty() && action.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            if CATEGORIES.contains(&category) && is_action {
                found.push(literal.to_owned());
            }
        }
    }
    found
}

const CATEGORIES: [&str; 6] =
    ["access", "departments", "operators", "support-types", "records", "statistics"];
