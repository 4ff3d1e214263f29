//! Answers as customers, and others, send them [S-03]. Which session is asked about is tested with the sessions.

use crate::{
    clock::now_ms,
    secrets::token_hash,
    tests::{Answer, TestCompany, TestServer, fields},
};
use protocol::Permissions;
use serde_json::{Value, json};
use store::{
    SessionId,
    operators::{self, Operator},
    records::{self, NewRecord},
    session_events,
    sessions::{self, Customer, Offered},
    surveys::{self, NewSurvey},
};

/// A session that has ended, and whose customer is asked under this token.
async fn asked(server: &TestServer, company: &TestCompany, token: &str, until_ms: i64) -> SessionId {
    let write = server.state.store.write(company.id).await.unwrap();
    let offered =
        Offered { permissions: Permissions::default(), consent_after_operator: true, ..Offered::default() };
    let session = sessions::create(&write, company.operator, offered, 1).await.unwrap();
    let operator: Operator = operators::find(company.id, &write, company.operator).await.unwrap();
    let customer = Customer { kind: "app".into(), ..Customer::default() };
    let new = NewRecord {
        session,
        operator: &operator,
        operator_address_public: "",
        customer: &customer,
        started_at_ms: 1,
    };
    records::create(&write, new).await.unwrap();
    records::set_consented(&write, session, 2).await.unwrap();
    records::set_ended(&write, session, "operator-ended", 3).await.unwrap();
    let previous = token_hash(&format!("{token} before"));
    let new = NewSurvey {
        session,
        token_hash: &token_hash(token),
        previous_token_hash: Some(&previous),
        until_ms,
        is_asked: true,
    };
    surveys::create(&write, new).await.unwrap();
    write.commit().await.unwrap();
    session
}

fn answer(token: &str, rating: i64, comment: &str) -> Value {
    json!({ "token": token, "rating": rating, "comment": comment })
}

async fn put(server: &TestServer, body: Value) -> Answer {
    server.browser().put("/api/survey", body).await
}

async fn stage(server: &TestServer, token: &str) -> String {
    let answer = server.browser().post("/api/survey", json!({ "token": token })).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.body["stage"].as_str().unwrap().to_owned()
}

/// S-03, R-3, T-8: the answer stands in the record, behind the seal of its chain, and in the statistics.
#[tokio::test]
async fn an_answer_comes_into_record_chain_and_statistics() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let session = asked(&server, &company, "f00d", i64::MAX).await;
    assert_eq!(stage(&server, "f00d").await, "asked");
    let sent = put(&server, answer("f00d", 4, "  친절했어요\n<b>굵게</b> =cmd()  ")).await;
    assert_eq!(sent.status, 204, "{}", sent.text);
    let store = &server.state.store;
    assert_eq!(records::find(company.id, store, session).await.unwrap().rating, Some(4));
    assert!(session_events::verify(company.id, store, session).await.unwrap().is_ok());
    let events = session_events::list(company.id, store, session).await.unwrap();
    let last = events.last().unwrap();
    assert_eq!(last.kind, "survey-answered");
    assert!(sessions::find(company.id, store, session).await.unwrap().sealed_at_ms.is_some());

    let mut administrator = server.administrator(&company).await;
    let shown = administrator.get(&format!("/api/manage/records/{session}")).await;
    let survey = &shown.body["survey"];
    assert_eq!(survey["rating"], 4);
    assert_eq!(survey["comment"], "친절했어요\n<b>굵게</b> =cmd()");
    assert_eq!(survey["at_ms"], last.at_ms);
    let rated =
        administrator.get("/api/manage/statistics/by-satisfaction?from=1970-01-01&to=1970-01-02").await;
    assert_eq!(rated.body["rows"][0]["ratings"], json!([0, 0, 0, 1, 0]), "{}", rated.text);
    let file = administrator.get("/api/manage/records/export?format=csv").await;
    let row = file.text.lines().nth(1).unwrap();
    assert_eq!(row.split(',').nth(12), Some("4"), "{row}");
}

/// S-03: of two answers the first counts, also where both come at once.
#[tokio::test]
async fn a_session_is_answered_once() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let session = asked(&server, &company, "f00d", i64::MAX).await;
    let both = tokio::join!(put(&server, answer("f00d", 5, "")), put(&server, answer("f00d", 5, "")));
    let mut told = [both.0.problem(), both.1.problem()];
    told.sort_unstable();
    assert_eq!(told, [(204, ""), (409, "survey-answered")]);
    let again = put(&server, answer("f00d before", 1, "again")).await;
    assert_eq!(again.problem(), (409, "survey-answered"));
    assert_eq!(stage(&server, "f00d").await, "not_asked");
    let events = session_events::list(company.id, &server.state.store, session).await.unwrap();
    assert_eq!(events.iter().filter(|event| event.kind == "survey-answered").count(), 1);
}

/// S-03: a token of nobody, of another time, or of a session whose record is gone.
#[tokio::test]
async fn what_was_not_asked_is_not_answered() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    for token in ["", "nobody's", &"a".repeat(10_000)] {
        assert_eq!(put(&server, answer(token, 5, "")).await.problem(), (404, "survey-unknown"));
        assert_eq!(stage(&server, token).await, "not_asked");
    }
    let session = asked(&server, &company, "late", now_ms() - 1).await;
    assert_eq!(put(&server, answer("late", 5, "")).await.problem(), (409, "survey-over"));
    assert_eq!(stage(&server, "late").await, "not_asked");
    assert_eq!(records::find(company.id, &server.state.store, session).await.unwrap().rating, None);

    let deleted = asked(&server, &company, "deleted", i64::MAX).await;
    let write = server.state.store.write(company.id).await.unwrap();
    records::delete(&write, deleted).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(put(&server, answer("deleted", 5, "")).await.problem(), (404, "survey-unknown"));
}

/// What is wrong is told at its field, and the customer may send again.
#[tokio::test]
async fn bad_answers_are_refused_at_their_fields() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    asked(&server, &company, "f00d", i64::MAX).await;
    let check = async |body: Value, expected: Vec<(String, String)>| {
        let answer = put(&server, body.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.fields()), (422, expected), "{body}");
    };
    for rating in [0, 6, -1, 256, i64::MAX] {
        check(answer("f00d", rating, ""), fields([("rating", "out-of-range")])).await;
    }
    check(json!({ "token": "f00d", "comment": "" }), fields([("rating", "required")])).await;
    check(answer("f00d", 3, &"가".repeat(1_001)), fields([("comment", "too-long")])).await;
    check(answer("f00d", 3, "a\u{7}b"), fields([("comment", "characters-not-allowed")])).await;
    check(
        answer("f00d", 9, "a\u{202e}b"),
        fields([("rating", "out-of-range"), ("comment", "characters-not-allowed")]),
    )
    .await;
    for body in
        [json!({ "token": "f00d", "rating": "5", "comment": "" }), json!({ "rating": 5, "comment": "" })]
    {
        assert_eq!(put(&server, body).await.problem(), (400, "invalid-body"));
    }
    assert_eq!(put(&server, answer("f00d", 3, &"가".repeat(1_000))).await.status, 204);
}

/// A token leads to its own company alone.
#[tokio::test]
async fn another_companys_record_stays_as_it_is() {
    let server = TestServer::start().await;
    let (one, other) = (server.company("beta").await, server.company("gamma").await);
    let theirs = asked(&server, &one, "theirs", i64::MAX).await;
    let ours = asked(&server, &other, "ours", i64::MAX).await;
    assert_eq!(put(&server, answer("ours", 2, "")).await.status, 204);
    assert_eq!(records::find(one.id, &server.state.store, theirs).await.unwrap().rating, None);
    assert_eq!(records::find(other.id, &server.state.store, ours).await.unwrap().rating, Some(2));
    assert_eq!(stage(&server, "theirs").await, "asked");
}

/// Guesses from one address have an end.
#[tokio::test]
async fn guesses_are_limited() {
    let server = TestServer::start().await;
    server.company("beta").await;
    let mut last = put(&server, answer("guess", 5, "")).await;
    for _ in 0..200 {
        if last.problem().1 == "rate-limited" {
            break;
        }
        last = put(&server, answer("guess", 5, "")).await;
    }
    assert_eq!(last.problem(), (429, "rate-limited"));
}
