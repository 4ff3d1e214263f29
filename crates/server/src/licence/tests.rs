use crate::{clock::now_ms, tests::TestServer};
use http::StatusCode;
use serde_json::json;
use store::licences::{self, Licence};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

async fn set(server: &TestServer, company: store::CompanyId, licence: Licence) {
    let write = server.state.store.write(company).await.unwrap();
    licences::replace(&write, licence).await.unwrap();
    write.commit().await.unwrap();
}

fn operator(login: &str, department: store::DepartmentId, is_mobile: bool) -> serde_json::Value {
    json!({
        "name": "이상담", "login": login, "password": crate::tests::PASSWORD,
        "password_confirm": crate::tests::PASSWORD, "company_name": "베타", "department_id": department,
        "phone": "", "email": "", "is_mobile": is_mobile,
    })
}

/// D-2: left + PC + PC + 모바일 = total, and at the limit nothing is created.
#[tokio::test]
async fn a_licence_counts_operators_and_refuses_one_too_many() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    set(&server, company.id, Licence { until_ms: None, operators: 3, mobile_operators: 1 }).await;
    let mut browser = server.administrator(&company).await;
    let create = async |browser: &mut crate::tests::Browser, login, is_mobile| {
        browser.post("/api/manage/operators", operator(login, company.department, is_mobile)).await
    };
    assert_eq!(create(&mut browser, "mobile_1", true).await.status, StatusCode::CREATED);
    let full = create(&mut browser, "mobile_2", true).await;
    assert_eq!((full.problem(), &full.body["operators"]), ((409, "licence-mobile-full"), &json!(1)));
    assert_eq!(create(&mut browser, "pc_1", false).await.status, StatusCode::CREATED);
    let full = create(&mut browser, "pc_2", false).await;
    assert_eq!((full.problem(), &full.body["operators"]), ((409, "licence-full"), &json!(3)));
    let counted = browser.get("/api/manage/licence").await.body;
    let expected = json!({
        "until_ms": null, "operators": 3, "mobile_operators": 1, "left": 0, "pc": 2, "pc_and_mobile": 1,
        "ended": false, "ends_soon": false,
    });
    assert_eq!(counted, expected);
}

/// D-2: a notice stands from 30 days before the end; afterwards no session begins, and everything is still read.
#[tokio::test]
async fn a_licence_that_ended_begins_no_session_and_hides_nothing() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut browser = server.administrator(&company).await;
    let mut console = server.operator(&company).await;
    let mut look = async |until_ms| {
        set(&server, company.id, Licence { until_ms, operators: 5, mobile_operators: 0 }).await;
        let licence = browser.get("/api/manage/licence").await.body;
        let made = console.post("/api/console/sessions", json!({})).await;
        (licence["ends_soon"] == true, licence["ended"] == true, made.status.as_u16())
    };
    assert_eq!(look(None).await, (false, false, 201));
    assert_eq!(look(Some(now_ms() + 31 * DAY_MS)).await, (false, false, 201));
    assert_eq!(look(Some(now_ms() + 29 * DAY_MS)).await, (true, false, 201));
    assert_eq!(look(Some(now_ms() - 1)).await, (false, true, 403));
    assert_eq!(browser.get("/api/manage/records").await.status, StatusCode::OK);
}
