use crate::{
    clock::now_ms,
    tests::{Browser, PASSWORD, TestCompany, TestServer, walk},
};
use http::{Method, StatusCode, header};
use protocol::Permissions;
use serde_json::{Value, json};
use store::{SessionId, option_values, record_seals, records, session_events, sessions};

/// One grey pixel; `also`: a chunk between header and pixels.
fn png(width_px: u32, also: &[u8]) -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length, kind, data, &[0; 4]].concat()
    };
    let header = [&width_px.to_be_bytes()[..], &1u32.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let parts = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &header),
        also.to_vec(),
        chunk(b"IDAT", &[1, 2, 3]),
        chunk(b"IEND", &[]),
    ];
    parts.concat()
}

/// A session whose customer has agreed to these.
async fn agreed(server: &TestServer, company: &TestCompany, permissions: Permissions) -> SessionId {
    let write = server.state.store.write(company.id).await.unwrap();
    let id = walk::session(&write, company.operator).await;
    sessions::set_consent(&write, id, permissions, 2).await.unwrap();
    write.commit().await.unwrap();
    id
}

async fn keep(operator: &mut Browser, id: SessionId, query: &str, file: Vec<u8>) -> crate::tests::Answer {
    operator.upload_to(Method::POST, &format!("/api/console/sessions/{id}/captures{query}"), file).await
}

/// F-08: a picture stands in the record, is bound into its chain by its digest, lies encrypted on the disk, and goes with the record.
#[tokio::test]
async fn a_picture_is_kept_in_the_record_and_goes_with_it() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let id = agreed(&server, &company, Permissions::ALL).await;
    let (mut operator, mut administrator) =
        (server.operator(&company).await, server.administrator(&company).await);
    let file = png(640, &[]);
    let kept = keep(&mut operator, id, "?description=%EC%98%A4%EB%A5%98%20%EC%B0%BD", file.clone()).await;
    assert_eq!(kept.status, StatusCode::CREATED, "{}", kept.text);
    let told = |name: &str| kept.body[name].clone();
    assert_eq!((told("no"), told("width_px"), told("height_px")), (json!(1), json!(640), json!(1)));
    assert_eq!(told("description"), "오류 창");
    let list = operator.get(&format!("/api/console/sessions/{id}/captures")).await.body;
    assert_eq!(list, json!({ "captures": [kept.body] }));
    let record = administrator.get(&format!("/api/manage/records/{id}")).await.body;
    assert_eq!(record["captures"], json!([kept.body]));
    let line = record["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!((&line["kind"], &line["detail"]["sha256"]), (&json!("capture-kept"), &kept.body["sha256"]));
    let capture = kept.body["id"].as_str().unwrap();
    for (browser, path) in [
        (&mut operator, format!("/api/console/sessions/{id}/captures/{capture}")),
        (&mut administrator, format!("/api/manage/records/{id}/captures/{capture}")),
    ] {
        let picture = browser.get(&path).await;
        assert_eq!(picture.bytes, file, "{path}");
        assert_eq!(picture.headers[header::CONTENT_TYPE], "image/png");
        assert_eq!(picture.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(picture.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"capture-1.png\"");
    }
    let folder = server.state.configuration.data.join(format!("captures/{}/{id}", company.id));
    let on_disk = std::fs::read(folder.join(capture)).unwrap();
    assert!(!on_disk.windows(4).any(|bytes| bytes == b"IHDR"));
    let write = server.state.store.write(company.id).await.unwrap();
    records::set_ended(&write, id, "customer-stopped", 3).await.unwrap();
    write.commit().await.unwrap();
    let body = json!({ "administrator_password": PASSWORD });
    let deleted = administrator.post(&format!("/api/manage/records/{id}/delete"), body).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.text);
    assert!(!folder.exists());
    let gone = administrator.get(&format!("/api/manage/records/{id}/captures/{capture}")).await;
    assert_eq!(gone.problem(), (404, "not-found"));
}

/// F-08 [Y-1]: without the customer's agreement, or without the option, nothing is kept, whoever asks.
#[tokio::test]
async fn what_is_not_allowed_is_not_kept() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    let without = Permissions { capture_screen: false, ..Permissions::ALL };
    let id = agreed(&server, &company, without).await;
    let refused = keep(&mut operator, id, "", png(1, &[])).await;
    assert_eq!(refused.problem(), (403, "capture-forbidden"));
    let agreed_to = agreed(&server, &company, Permissions::ALL).await;
    let write = server.state.store.write(company.id).await.unwrap();
    option_values::set_of_operator(&write, company.operator, "screen_capture", Some(false)).await.unwrap();
    write.commit().await.unwrap();
    let refused = keep(&mut operator, agreed_to, "", png(1, &[])).await;
    assert_eq!(refused.problem(), (403, "capture-forbidden"));
    for id in [id, agreed_to] {
        let events = session_events::list_after(company.id, &server.state.store, id, 0).await.unwrap();
        assert!(events.iter().all(|event| event.kind != "capture-kept"));
    }
}

/// What is taken before the end is kept shortly after it as well, and the seal stands over it; later nothing is.
#[tokio::test]
async fn after_the_end_there_is_a_while() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    let id = agreed(&server, &company, Permissions::ALL).await;
    let end = async |at_ms: i64| {
        let write = server.state.store.write(company.id).await.unwrap();
        sessions::set_ended(&write, id, "customer-stopped", at_ms).await.unwrap();
        record_seals::add(&write, id, 0, "{}", at_ms).await.unwrap();
        write.commit().await.unwrap();
    };
    end(now_ms()).await;
    assert_eq!(keep(&mut operator, id, "", png(1, &[])).await.status, StatusCode::CREATED);
    end(now_ms() - 16 * 60_000).await;
    assert_eq!(keep(&mut operator, id, "", png(1, &[])).await.problem(), (409, "session-ended"));
}

/// Only whole PNG pictures are kept, not too many of them, and nothing of what is refused stays.
#[tokio::test]
async fn what_is_no_picture_or_too_much_changes_nothing() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    let id = agreed(&server, &company, Permissions::ALL).await;
    let good = png(1, &[]);
    let cut = good[..good.len() - 1].to_vec();
    let long = [good.clone(), b"<script>".to_vec()].concat();
    let claims = png(1, &[0xff, 0xff, 0xff, 0xff, b't', b'E', b'X', b't']);
    for file in [
        Vec::new(),
        b"<svg/>".to_vec(),
        b"\xff\xd8\xff".to_vec(),
        cut,
        long,
        claims,
        png(0, &[]),
        png(20_000, &[]),
    ] {
        let answer = keep(&mut operator, id, "", file.clone()).await;
        assert_eq!(answer.problem(), (422, "capture-unreadable"), "{file:?}");
    }
    let answer = keep(&mut operator, id, &format!("?description={}", "x".repeat(201)), good.clone()).await;
    assert_eq!(answer.problem(), (422, "invalid-fields"));
    let large = vec![0; super::png::MOST_BYTES + 1];
    assert_eq!(keep(&mut operator, id, "", large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let folder = server.state.configuration.data.join("captures");
    assert!(!folder.exists());
    for _ in 0..50 {
        assert_eq!(keep(&mut operator, id, "", good.clone()).await.status, StatusCode::CREATED);
    }
    assert_eq!(keep(&mut operator, id, "", good).await.problem(), (409, "captures-full"));
    let files = std::fs::read_dir(folder.join(format!("{}/{id}", company.id))).unwrap().count();
    assert_eq!(files, 50);
    let list: Value = operator.get(&format!("/api/console/sessions/{id}/captures")).await.body;
    assert_eq!(list["captures"].as_array().unwrap().len(), 50);
}
