use super::{
    peers::{Port, active, event},
    story::ended,
};
use crate::{clock::now_ms, roles::CONSOLE_COOKIE, secrets::token_hash, tests::fields};
use protocol::wire;
use serde_json::{Value, json};
use store::web_sessions;

///
#[tokio::test]
async fn a_session_is_made_listed_and_taken_back() {
    let mut port = Port::open().await;
    let made = port.operator.post("/api/console/sessions", Value::Null).await;
    let (id, code) = (made.body["id"].as_str().unwrap(), made.body["code"].as_str().unwrap());
    assert_eq!(code.len(), 6);
    assert_eq!(made.body["link"], format!("https://support.example/#{code}"));
    let listed = port.operator.get("/api/console/sessions").await;
    assert_eq!(listed.body["sessions"][0]["stage"], "waiting");
    let deleted = port.operator.delete(&format!("/api/console/sessions/{id}")).await;
    assert_eq!(deleted.status, 204);
    let mut gone = port.operator.get("/api/console/sessions").await;
    for _ in 0..100 {
        if gone.body["sessions"] == json!([]) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        gone = port.operator.get("/api/console/sessions").await;
    }
    assert_eq!(gone.body["sessions"], json!([]));
    assert_eq!(port.try_code(code).await, "code-expired");
    let again = port.operator.delete(&format!("/api/console/sessions/{id}")).await;
    assert_eq!(again.problem(), (409, "session-ended"));
}

/// X-10 with F-08 and F-13: what the customer takes back while the session runs is refused from that moment on, and given again it is
/// taken again.
#[tokio::test]
async fn nothing_is_kept_under_a_right_that_was_taken_back() {
    let mut port = Port::open().await;
    let (session, _console, mut customer, _welcome) = active(&mut port).await;
    let id = uuid::Uuid::from_slice(&session).unwrap();
    let captures = format!("/api/console/sessions/{id}/captures");
    let recordings = format!("/api/console/sessions/{id}/recordings");
    let all = protocol::Permissions::ALL;
    let without = protocol::Permissions { capture_screen: false, record: false, ..all };
    let (unreadable, forbidden) = ((422, "capture-unreadable"), (403, "capture-forbidden"));
    for (number, given, expected, begins) in
        [(2, all, unreadable, 201), (3, without, forbidden, 403), (4, all, unreadable, 201)]
    {
        let consent = wire::Consent { agreed: true, permissions: Some(given.into()) };
        customer.say(wire::customer_to_server::Body::Consent(consent)).await;
        let next = wire::event::Kind::SharingStarted(wire::SharingStarted {});
        customer.say(wire::customer_to_server::Body::Event(event(number, next))).await;
        customer.kept(number).await;
        // No picture at all: what is asked first is whether one may be kept.
        let answer = port.operator.upload_to(http::Method::POST, &captures, vec![0]).await;
        assert_eq!(answer.problem(), expected);
        assert_eq!(port.operator.post(&recordings, json!({})).await.status, begins);
    }
}

///
#[tokio::test]
async fn the_record_form_is_written_once_a_customer_joined() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let id = uuid::Uuid::from_slice(&session).unwrap();
    let path = format!("/api/console/sessions/{id}/record");
    let form = |name: &str| json!({ "support_type_id": null, "resolution": "resolved", "customer_name": name, "memo": "프린터" });
    let early = port.operator.put(&path, form("박고객")).await;
    assert_eq!(early.problem(), (409, "record-not-started"));
    let mut customer = port.customer(wire::customer_hello::Entry::Code(code)).await;
    customer.welcome().await;
    assert_eq!(port.operator.put(&path, form("박고객")).await.status, 200);
    assert_eq!(port.operator.get(&path).await.body, form("박고객"));
    let long = port.operator.put(&path, form(&"가".repeat(61))).await;
    assert_eq!(long.fields(), fields([("customer_name", "too-long")]));
    let mut unknown = form("박고객");
    unknown["support_type_id"] = json!(uuid::Uuid::now_v7());
    let unknown = port.operator.put(&path, unknown).await;
    assert_eq!(unknown.fields(), fields([("support_type_id", "unknown-choice")]));
}

/// what ended today and has no record written yet comes first, and nobody else's sessions are among them.
#[tokio::test]
async fn sessions_that_ended_today_are_found_again_unwritten_first() {
    let mut port = Port::open().await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let (session, code) = port.session().await;
        let id = uuid::Uuid::from_slice(&session).unwrap().to_string();
        let mut customer = port.customer(wire::customer_hello::Entry::Code(code)).await;
        customer.welcome().await;
        assert_eq!(port.operator.delete(&format!("/api/console/sessions/{id}")).await.status, 204);
        ids.push(id);
    }
    let (unused, _) = port.session().await;
    let unused = uuid::Uuid::from_slice(&unused).unwrap();
    assert_eq!(port.operator.delete(&format!("/api/console/sessions/{unused}")).await.status, 204);
    let path = "/api/console/sessions/ended";
    let mut listed = port.operator.get(path).await;
    for _ in 0..100 {
        if listed.body["sessions"].as_array().unwrap().len() == 2 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        listed = port.operator.get(path).await;
    }
    let seen = |body: &Value| -> Vec<(String, bool, bool)> {
        let all = body["sessions"].as_array().unwrap().iter();
        all.map(|one| {
            (one["id"].as_str().unwrap().to_owned(), one["is_written"] == true, one["agreed"] == true)
        })
        .collect()
    };
    let newest_first = vec![(ids[1].clone(), false, false), (ids[0].clone(), false, false)];
    assert_eq!(seen(&listed.body), newest_first);
    let form = json!({ "support_type_id": null, "resolution": "resolved", "customer_name": "", "memo": "" });
    let written = format!("/api/console/sessions/{}/record", ids[1]);
    assert_eq!(port.operator.put(&written, form).await.status, 200);
    let unwritten_first = vec![(ids[0].clone(), false, false), (ids[1].clone(), true, false)];
    assert_eq!(seen(&port.operator.get(path).await.body), unwritten_first);
    let other = port.server.company("gamma").await;
    let mut stranger = port.server.operator(&other).await;
    assert_eq!(stranger.get(path).await.body["sessions"], json!([]));
}

/// O-4: on a server of several companies the customer sees the company's logo and text once a code has led to it.
#[tokio::test]
async fn a_session_leads_to_its_companys_branding_while_it_lives() {
    let mut port = Port::open().await;
    let mut administrator = port.server.administrator(&port.company).await;
    administrator.put("/api/manage/branding", json!({ "text": "1588-0000", "read": "" })).await;
    let png = b"\x89PNG\r\n\x1a\n and the rest".to_vec();
    let logo = "/api/manage/branding/logo?read=";
    assert_eq!(administrator.upload_to(http::Method::PUT, logo, png.clone()).await.status, 200);
    port.server.company("gamma").await;
    let (session, code) = port.session().await;
    let id = uuid::Uuid::from_slice(&session).unwrap();
    let mut customer = port.customer(wire::customer_hello::Entry::Code(code)).await;
    customer.welcome().await;
    let mut page = port.server.browser();
    assert_eq!(page.get("/api/site").await.body["text"], "");
    let path = format!("/api/site?session={id}");
    let site = page.get(&path).await.body;
    assert_eq!((&site["text"], &site["company"]), (&json!("1588-0000"), &json!(null)));
    assert_eq!(page.get(site["logo"].as_str().unwrap()).await.bytes, png);
    let unheard_of = format!("/api/site?session={}", uuid::Uuid::now_v7());
    assert_eq!(page.get(&unheard_of).await.body["text"], "");
}

/// No company ever sees another's data.
#[tokio::test]
async fn another_companys_operator_finds_nothing() {
    let mut port = Port::open().await;
    let (session, code) = port.session().await;
    let mut customer = port.customer(wire::customer_hello::Entry::Code(code)).await;
    customer.welcome().await;
    let id = uuid::Uuid::from_slice(&session).unwrap();
    let other = port.server.company("gamma").await;
    let mut stranger = port.server.operator(&other).await;
    assert_eq!(stranger.get("/api/console/sessions").await.body["sessions"], json!([]));
    assert_eq!(stranger.delete(&format!("/api/console/sessions/{id}")).await.status, 404);
    assert_eq!(stranger.get(&format!("/api/console/sessions/{id}/record")).await.status, 404);
}

/// who may no longer come from where they are is cut off at once, not at the next sign-in.
#[tokio::test]
async fn a_console_is_closed_when_its_address_is_no_longer_allowed() {
    let mut port = Port::open().await;
    let mut console = port.console().await;
    let (session, _) = port.session().await;
    console.stage(wire::session_state::Stage::Waiting).await;
    // Its socket comes from 127.0.0.1, the sign-in came from 192.0.2.1.
    port.server.set(&port.company, |settings| settings.operator_addresses = vec!["127.0.0.*".into()]).await;
    console.say(&session, wire::console_to_server::Body::Ping(wire::Ping { at_ms: 1 })).await;
    console.until(|body| matches!(body, wire::server_to_console::Body::Pong(_)).then_some(())).await;
    port.server.set(&port.company, |settings| settings.operator_addresses = vec!["192.0.2.*".into()]).await;
    assert_eq!(console.problem().await, "not-signed-in");
    assert!(port.socket("/ws/console", &port.console_headers()).await.is_err(), "nor does it open anew");
    assert_eq!(port.operator.get("/api/console/sessions").await.status, 200, "the other address still may");
}

/// picture and control go from peer to peer, so the support itself ends, whatever its console's page does.
#[tokio::test]
async fn a_running_support_ends_when_its_operators_address_is_no_longer_allowed() {
    let mut port = Port::open().await;
    let (session, mut console, mut customer, _) = active(&mut port).await;
    // Its socket comes from 127.0.0.1, the sign-in came from 192.0.2.1.
    port.server.set(&port.company, |settings| settings.operator_addresses = vec!["127.0.0.*".into()]).await;
    console.say(&session, wire::console_to_server::Body::Ping(wire::Ping { at_ms: 1 })).await;
    console.until(|body| matches!(body, wire::server_to_console::Body::Pong(_)).then_some(())).await;
    let listed = port.state.sessions.operators_in_session(port.company.id);
    assert!(listed.contains(&port.company.operator), "another list that allows it ends nothing");
    port.server.set(&port.company, |settings| settings.operator_addresses = vec!["192.0.2.*".into()]).await;
    customer.until(|body| matches!(body, wire::server_to_customer::Body::Ended(_)).then_some(())).await;
    assert_eq!(ended(&port, &session).await.end_reason.as_deref(), Some("administrator"));
}

/// a support without a console lasts no longer than its operator's sign-in.
#[tokio::test]
async fn a_running_support_ends_with_a_sign_in_that_nobody_uses() {
    let mut port = Port::open().await;
    let (session, console, mut customer, _) = active(&mut port).await;
    drop(console);
    customer
        .until(|body| matches!(body, wire::server_to_customer::Body::OperatorLeft(_)).then_some(()))
        .await;
    let write = port.state.store.write(port.company.id).await.unwrap();
    let kept = token_hash(&port.operator.cookies[CONSOLE_COOKIE]);
    web_sessions::touch(&write, &kept, now_ms() - 1_800_000).await.unwrap();
    write.commit().await.unwrap();
    customer.until(|body| matches!(body, wire::server_to_customer::Body::Ended(_)).then_some(())).await;
    assert_eq!(ended(&port, &session).await.end_reason.as_deref(), Some("operator-ended"));
}
