use crate::{
    clock::now_ms,
    roles::MANAGE_COOKIE,
    secrets::token_hash,
    tests::{Browser, PASSWORD, TestCompany, TestServer},
};
use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};
use store::{company_settings::CompanySettings, usage_log, web_sessions};

const PATH: &str = "/api/manage/sign-in";

fn typed(company: &str, id: &str, password: &str) -> Value {
    json!({ "company": company, "id": id, "password": password })
}

/// a wrong company, ID or password gives the same answer.
#[tokio::test]
async fn whatever_is_wrong_the_answer_is_the_same() {
    let server = TestServer::start().await;
    server.company("beta").await;
    let mut texts = Vec::new();
    for (company, id, password) in [
        ("beta", "admin", "wrong"),
        ("beta", "nobody", PASSWORD),
        ("nowhere", "admin", PASSWORD),
        ("beta", "kim_01", PASSWORD),
        ("beta", "admin", ""),
        ("beta", "admin", &"x".repeat(10_000)),
        ("beta' OR '1'='1", "admin", PASSWORD),
    ] {
        let answer = server.browser().post(PATH, typed(company, id, password)).await;
        assert_eq!(answer.problem(), (401, "sign-in-failed"), "{company} {id}");
        assert!(answer.headers.get(header::SET_COOKIE).is_none());
        texts.push(answer.text);
    }
    texts.dedup();
    assert_eq!(texts.len(), 1);
}

#[tokio::test]
async fn one_company_needs_no_name_and_several_do() {
    let server = TestServer::start().await;
    server.company("beta").await;
    let mut browser = server.browser();
    let site = browser.get("/api/site").await.body;
    assert_eq!((&site["company_needed"], &site["company"]), (&json!(false), &json!("beta")));
    let answer = browser.post(PATH, json!({ "id": "ADMIN", "password": PASSWORD })).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body["company"]["short_name"], "beta");
    server.company("gamma").await;
    let site = browser.get("/api/site?company=whatever").await.body;
    assert_eq!((&site["company_needed"], &site["company"]), (&json!(true), &json!("whatever")));
    let answer = server.browser().post(PATH, json!({ "id": "admin", "password": PASSWORD })).await;
    assert_eq!(answer.problem(), (401, "sign-in-failed"));
}

/// locked after five failures in a row, for this account from this address, with the time left.
#[tokio::test]
async fn five_failures_lock_this_account_from_this_address() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    for login in ["admin", "nobody"] {
        let mut browser = server.browser();
        for attempt in 1..=5 {
            let answer = browser.post(PATH, typed("beta", login, "wrong")).await;
            let expected = if attempt < 5 { (401, "sign-in-failed") } else { (429, "sign-in-locked") };
            assert_eq!(answer.problem(), expected, "{login}, attempt {attempt}");
        }
        let answer = browser.post(PATH, typed("BETA", login, PASSWORD)).await;
        assert_eq!(answer.problem(), (429, "sign-in-locked"), "{login}, now right");
        let left = answer.body["retry_after_s"].as_i64().unwrap();
        assert!((1..=31).contains(&left), "{left}");
        assert!(answer.headers.contains_key(header::RETRY_AFTER));
    }
    let mut elsewhere = server.browser();
    elsewhere.peer = "192.0.2.2:1".parse().unwrap();
    assert_eq!(elsewhere.post(PATH, typed("beta", "admin", PASSWORD)).await.status, StatusCode::OK);
    server.state.tasks.close();
    server.state.tasks.wait().await;
    let lines = usage_log::list_newest(company.id, &server.state.store, 100).await.unwrap();
    let count = |kind| lines.iter().filter(|line| line.kind == kind).count();
    assert_eq!((count("access.sign-in-failed"), count("access.sign-in-locked")), (8, 2));
    assert!(usage_log::verify(company.id, &server.state.store).await.unwrap().is_ok());
}

/// One subscriber of IPv6 has more addresses than anybody can lock.
#[tokio::test]
async fn a_new_address_of_the_same_network_begins_no_new_count() {
    let server = TestServer::start().await;
    server.company("beta").await;
    let mut last = None;
    for host in 1..=5 {
        let mut browser = server.browser();
        browser.peer = format!("[2001:db8::{host}]:1").parse().unwrap();
        last = Some(browser.post(PATH, typed("beta", "admin", "wrong")).await);
    }
    assert_eq!(last.unwrap().problem(), (429, "sign-in-locked"));
}

/// Guesses from everywhere at one account are slowed down, too.
#[tokio::test]
async fn an_account_is_locked_over_all_networks_in_the_end() {
    let server = TestServer::start().await;
    server.company("beta").await;
    let attempt = |network: u8, password: &'static str| {
        let mut browser = server.browser();
        browser.peer = format!("198.51.100.{network}:1").parse().unwrap();
        async move { browser.post(PATH, typed("beta", "admin", password)).await }
    };
    for network in 0..49 {
        assert_eq!(attempt(network, "wrong").await.problem(), (401, "sign-in-failed"), "{network}");
    }
    assert_eq!(attempt(49, "wrong").await.problem(), (429, "sign-in-locked"));
    let refused = attempt(50, PASSWORD).await;
    assert_eq!(refused.problem(), (429, "sign-in-locked"));
    let left = refused.body["retry_after_s"].as_i64().unwrap();
    assert!((290..=301).contains(&left), "{left}");
}

/// A company where two failures lock here and twenty everywhere, for longer than any test runs.
async fn strict_company(server: &TestServer) -> TestCompany {
    let company = server.company("beta").await;
    let strict = |settings: &mut CompanySettings| {
        settings.sign_in_failures = 2;
        settings.sign_in_lock_s = 3_600;
    };
    server.set(&company, strict).await;
    company
}

/// Wrong passwords for an account of a strict server, each from a network of its own.
async fn guess_from_everywhere(server: &TestServer) {
    for network in 0..20 {
        let mut stranger = server.browser();
        stranger.peer = format!("198.51.100.{network}:1").parse().unwrap();
        stranger.post(PATH, typed("beta", "admin", "wrong")).await;
    }
}

/// Whoever knows an ID keeps strangers out by wrong passwords, and not the account's owner.
#[tokio::test]
async fn guesses_from_everywhere_do_not_keep_the_owner_out() {
    let server = TestServer::start().await;
    let company = strict_company(&server).await;
    let mut owner = server.administrator(&company).await;
    owner.post("/api/manage/sign-out", json!({})).await;
    guess_from_everywhere(&server).await;
    owner.peer = "203.0.113.7:1".parse().unwrap();
    let mut stranger = server.browser();
    assert_eq!(
        stranger.post(PATH, typed("beta", "admin", PASSWORD)).await.problem(),
        (429, "sign-in-locked")
    );
    let answer = owner.post(PATH, typed("beta", "admin", PASSWORD)).await;
    assert_eq!(answer.status, StatusCode::OK, "{:?}", answer.body);
    let refused = stranger.post(PATH, typed("beta", "admin", PASSWORD)).await;
    assert_eq!(refused.problem(), (429, "sign-in-locked"), "the owner's success ends no stranger's lock");
}

/// A-3 holds for the owner's own browser, too; and over all networks, for a browser that was stolen.
#[tokio::test]
async fn a_known_browser_is_held_to_its_own_failures() {
    let server = TestServer::start().await;
    let company = strict_company(&server).await;
    let mut owner = server.administrator(&company).await;
    for expected in [(401, "sign-in-failed"), (429, "sign-in-locked")] {
        assert_eq!(owner.post(PATH, typed("beta", "admin", "wrong")).await.problem(), expected);
    }
    for network in 2..20 {
        owner.peer = format!("198.51.100.{network}:1").parse().unwrap();
        owner.post(PATH, typed("beta", "admin", "wrong")).await;
    }
    owner.peer = "203.0.113.7:1".parse().unwrap();
    assert_eq!(owner.post(PATH, typed("beta", "admin", PASSWORD)).await.problem(), (429, "sign-in-locked"));
    assert_eq!(server.browser().post(PATH, typed("beta", "admin", PASSWORD)).await.problem().0, 429, "there");
    let mut elsewhere = server.browser();
    elsewhere.peer = "203.0.113.8:1".parse().unwrap();
    assert_eq!(elsewhere.post(PATH, typed("beta", "admin", PASSWORD)).await.status, StatusCode::OK);
}

/// A cookie of another account, company, site or hand makes no browser known.
#[tokio::test]
async fn a_browser_is_known_by_its_own_accounts_cookie_alone() {
    let server = TestServer::start().await;
    let company = strict_company(&server).await;
    let other = server.company("gamma").await;
    let device = |browser: &Browser| {
        let found = browser.cookies.iter().find(|(name, _)| name.ends_with("-device"));
        found.map(|(_, value)| value.clone()).unwrap()
    };
    let of_operator = device(&server.operator(&company).await);
    let of_other = device(&server.administrator(&other).await);
    let own = device(&server.administrator(&company).await);
    let (number, _) = own.split_once('.').unwrap();
    let forged = format!("{number}.{}", "0".repeat(64));
    guess_from_everywhere(&server).await;
    let attempt = async |cookie: &str| {
        let mut browser = server.browser();
        browser.peer = "203.0.113.7:1".parse().unwrap();
        browser.cookies.insert("__Host-beside-manage-device".to_owned(), cookie.to_owned());
        browser.post(PATH, typed("beta", "admin", PASSWORD)).await.status
    };
    for cookie in [&of_operator, &of_other, &forged, number, ".", ""] {
        assert_eq!(attempt(cookie).await, StatusCode::TOO_MANY_REQUESTS, "{cookie}");
    }
    assert_eq!(attempt(&own).await, StatusCode::OK);
}

/// the allowed number is of failures in a row.
#[tokio::test]
async fn a_success_begins_the_count_anew() {
    let server = TestServer::start().await;
    server.company("beta").await;
    let mut browser = server.browser();
    for password in ["x", "x", "x", "x", PASSWORD, "x", "x", "x", "x"] {
        let answer = browser.post(PATH, typed("beta", "admin", password)).await;
        assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    }
}

#[tokio::test]
async fn one_address_may_try_so_often_a_minute() {
    let server =
        TestServer::start_with(|configuration| configuration.sign_ins_per_minute = 3.try_into().unwrap())
            .await;
    server.company("beta").await;
    let mut browser = server.browser();
    for login in ["aaaa", "bbbb", "cccc"] {
        browser.post(PATH, typed("beta", login, "x")).await;
    }
    let answer = browser.post(PATH, typed("beta", "dddd", "x")).await;
    assert_eq!(answer.problem(), (429, "rate-limited"));
    assert!(answer.body["retry_after_s"].is_i64());
}

#[tokio::test]
async fn the_cookie_is_locked_to_this_host() {
    let server = TestServer::start().await;
    server.company("beta").await;
    let answer = server.browser().post(PATH, typed("beta", "admin", PASSWORD)).await;
    let set = answer.headers.get_all(header::SET_COOKIE).iter();
    let mut cookies: Vec<_> = set.map(|cookie| cookie.to_str().unwrap()).collect();
    cookies.sort_unstable();
    let names: Vec<_> = cookies.iter().map(|cookie| cookie.split('=').next().unwrap()).collect();
    assert_eq!(names, ["__Host-beside-manage-device", "__Host-beside-manage"]);
    for cookie in cookies {
        for part in ["; Secure", "; HttpOnly", "; SameSite=Strict", "; Path=/"] {
            assert!(cookie.contains(part), "{part} in {cookie}");
        }
        assert!(!cookie.contains("Domain"));
        let value = cookie.split(['=', ';']).nth(1).unwrap();
        assert!(!answer.text.contains(value), "it is not in the body");
        assert_eq!(cookie.contains("Max-Age"), cookie.contains("device"), "{cookie}");
    }
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/api/manage/me").await.status == StatusCode::OK
}

/// The sign-in of the browser was last used so long ago.
async fn rest(server: &TestServer, company: &TestCompany, browser: &Browser, idle_s: i64) {
    let kept = token_hash(&browser.cookies[MANAGE_COOKIE]);
    let write = server.state.store.write(company.id).await.unwrap();
    web_sessions::touch(&write, &kept, now_ms() - idle_s * 1000).await.unwrap();
    write.commit().await.unwrap();
}

/// auto logout after the company's idle time; each request puts it off.
#[tokio::test]
async fn an_idle_session_is_over() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    assert!(is_signed_in(&mut browser).await);
    for (after_s, idle_s, expected) in
        [(1800, 1795, true), (600, 595, true), (1800, 601, true), (600, 601, false)]
    {
        server.set(&company, |settings| settings.idle_s = after_s).await;
        rest(&server, &company, &browser, idle_s).await;
        assert_eq!(is_signed_in(&mut browser).await, expected, "{idle_s} of {after_s}");
    }
}

/// what a page asks by itself is no sign of anybody; Stay signed in is one.
#[tokio::test]
async fn a_page_that_asks_by_itself_keeps_nobody_signed_in() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    rest(&server, &company, &browser, 1_700).await;
    let mut page = browser.clone();
    page.headers.insert("x-beside-background", HeaderValue::from_static("1"));
    for _ in 0..2 {
        let idle = page.get("/api/manage/me").await.body["idle"].clone();
        assert_eq!(idle["after_s"], 1800);
        assert!((90..=100).contains(&idle["left_s"].as_i64().unwrap()), "{idle}");
    }
    assert_eq!(browser.post("/api/manage/stay", json!({})).await.status, StatusCode::NO_CONTENT);
    let left_s = page.get("/api/manage/me").await.body["idle"]["left_s"].as_i64().unwrap();
    assert!((1_795..=1_800).contains(&left_s), "{left_s}");
}

#[tokio::test]
async fn signing_out_ends_the_session_wherever_its_cookie_went() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let mut thief = browser.clone();
    let answer = browser.post("/api/manage/sign-out", json!({})).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert!(!browser.cookies.contains_key(MANAGE_COOKIE));
    assert!(!is_signed_in(&mut thief).await);
}

#[tokio::test]
async fn a_change_needs_the_pages_token_and_origin() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let browser = server.administrator(&company).await;
    let check = async |change: fn(&mut Browser), expected| {
        let mut changed = browser.clone();
        change(&mut changed);
        let answer = changed.post("/api/manage/departments", json!({ "name": "" })).await;
        assert_eq!(answer.problem(), expected);
    };
    check(|_| {}, (422, "invalid-fields")).await;
    check(|browser| browser.csrf_token = None, (403, "csrf-token")).await;
    check(|browser| browser.csrf_token = Some("0".repeat(64)), (403, "csrf-token")).await;
    check(|browser| with_origin(browser, "https://support.example"), (422, "invalid-fields")).await;
    check(|browser| with_origin(browser, "http://support.example"), (403, "origin-not-allowed")).await;
    check(|browser| with_origin(browser, "https://support.example.evil"), (403, "origin-not-allowed")).await;
    check(|browser| with_origin(browser, "null"), (403, "origin-not-allowed")).await;
    let cross_site = |browser: &mut Browser| {
        browser.headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
    };
    check(cross_site, (403, "origin-not-allowed")).await;
}

fn with_origin(browser: &mut Browser, origin: &'static str) {
    browser.headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
}

#[tokio::test]
async fn an_operator_signs_in_at_the_console_alone() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    let me = operator.get("/api/console/me").await;
    assert_eq!(me.body["operator"]["department"]["name"], "기본부서");
    assert_eq!(me.body["csrf_token"].as_str(), operator.csrf_token.as_deref());
    // The console's token under the name of the other cookie opens nothing.
    let token = operator.cookies.values().next().unwrap().clone();
    operator.cookies.insert(MANAGE_COOKIE.to_owned(), token);
    assert_eq!(operator.get("/api/manage/me").await.problem(), (401, "not-signed-in"));
}
