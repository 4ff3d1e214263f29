mod film;

use super::{ending, expiry};
use crate::{
    clock::now_ms,
    tests::{Answer, Browser, PASSWORD, TestCompany, TestServer, walk},
};
use http::{Method, StatusCode, header};
use protocol::{
    Permissions,
    recording::{Content, Entry, Piece, pieces},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use store::{
    SessionId, company_settings, option_values, record_seals, records, session_events, sessions, usage_log,
};

/// A piece of two seconds with a full state.
fn piece(no: u32) -> Vec<u8> {
    let starts_ms = (no - 1) * 2_000;
    let begins = Content::Screen { begins: true, packet: b"SECRET ON SCREEN" };
    let entries = vec![Entry { at_ms: starts_ms + 500, content: begins }];
    Piece { no, starts_ms, ends_ms: starts_ms + 2_000, entries }.write()
}

/// A session whose customer has agreed to these.
async fn agreed(server: &TestServer, company: &TestCompany, permissions: Permissions) -> SessionId {
    let write = server.state.store.write(company.id).await.unwrap();
    let id = walk::session(&write, company.operator).await;
    sessions::set_consent(&write, id, permissions, 2).await.unwrap();
    write.commit().await.unwrap();
    id
}

async fn begin(operator: &mut Browser, id: SessionId) -> Answer {
    operator.post(&format!("/api/console/sessions/{id}/recordings"), json!({})).await
}

async fn begun(operator: &mut Browser, id: SessionId) -> String {
    let begun = begin(operator, id).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{}", begun.text);
    format!("/api/console/sessions/{id}/recordings/{}", begun.body["id"].as_str().unwrap())
}

async fn keep(operator: &mut Browser, recording: &str, no: u32, file: Vec<u8>) -> Answer {
    operator.upload_to(Method::PUT, &format!("{recording}/pieces/{no}"), file).await
}

async fn end(operator: &mut Browser, recording: &str) -> Answer {
    operator.post(&format!("{recording}/end"), json!({ "why": "stopped" })).await
}

async fn kinds(server: &TestServer, company: &TestCompany, id: SessionId) -> Vec<String> {
    let events = session_events::list_after(company.id, &server.state.store, id, 0).await.unwrap();
    events.into_iter().map(|event| event.kind).collect()
}

async fn set(
    server: &TestServer,
    company: &TestCompany,
    change: impl Fn(&mut company_settings::CompanySettings),
) {
    let write = server.state.store.write(company.id).await.unwrap();
    let mut settings = company_settings::find(company.id, &write).await.unwrap();
    change(&mut settings);
    company_settings::replace(&write, &settings, now_ms()).await.unwrap();
    write.commit().await.unwrap();
}

/// F-13: what a console showed is in the record, bound by a digest that anybody makes again from its file, encrypted on the disk, and
/// gone with the record.
#[tokio::test]
async fn a_recording_is_kept_in_the_record_and_goes_with_it() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let id = agreed(&server, &company, Permissions::ALL).await;
    let (mut operator, mut administrator) =
        (server.operator(&company).await, server.administrator(&company).await);
    let recording = begun(&mut operator, id).await;
    for no in [1, 2, 2, 3] {
        // The second one twice: its answer was lost.
        let kept = keep(&mut operator, &recording, no, piece(no)).await;
        assert_eq!(kept.status, StatusCode::NO_CONTENT, "{}", kept.text);
    }
    assert_eq!(end(&mut operator, &recording).await.status, StatusCode::NO_CONTENT);
    let record = administrator.get(&format!("/api/manage/records/{id}")).await.body;
    let told = &record["recordings"][0];
    assert_eq!(
        (&told["no"], &told["pieces"], &told["length_ms"], &told["why"]),
        (&json!(1), &json!(3), &json!(6_000), &json!("stopped"))
    );
    let line = record["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!((&line["kind"], &line["detail"]["digest"]), (&json!("recording-kept"), &told["digest"]));
    let path = format!("/api/manage/records/{id}/recordings/{}", told["id"].as_str().unwrap());
    let listed = administrator.get(&path).await.body;
    assert_eq!(listed["pieces"][1]["state_ms"], json!(2_500));
    let one = administrator.get(&format!("{path}/pieces/2")).await;
    assert_eq!(one.bytes, piece(2));
    let file = administrator.get(&format!("{path}/file")).await;
    assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"recording-1.bsr\"");
    // docs/recordings.md: the digest from the file alone.
    let uuid: uuid::Uuid = told["id"].as_str().unwrap().parse().unwrap();
    let mut digest = Sha256::digest([b"beside/recording/v1\0".as_slice(), uuid.as_bytes()].concat());
    for read in pieces(&file.bytes) {
        digest = Sha256::digest([digest, Sha256::digest(read.unwrap().write())].concat());
    }
    assert_eq!(told["digest"], crate::secrets::hex(&digest));
    let folder = server.state.configuration.data.join(format!("recordings/{}/{id}", company.id));
    let on_disk = std::fs::read(folder.join(told["id"].as_str().unwrap()).join("2")).unwrap();
    assert!(!on_disk.windows(6).any(|bytes| bytes == b"SECRET"));
    let lines = usage_log::list_newest(company.id, &server.state.store, 9).await.unwrap();
    for kind in ["records.play", "records.recording-export"] {
        assert!(lines.iter().any(|line| line.kind == kind), "{kind}");
    }
    let write = server.state.store.write(company.id).await.unwrap();
    records::set_ended(&write, id, "customer-stopped", 3).await.unwrap();
    write.commit().await.unwrap();
    let body = json!({ "administrator_password": PASSWORD });
    let deleted = administrator.post(&format!("/api/manage/records/{id}/delete"), body).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.text);
    assert!(!folder.exists());
    assert_eq!(administrator.get(&format!("{path}/pieces/2")).await.problem(), (404, "not-found"));
}

/// F-13 [Y-1]: without the customer's agreement, or without the option, nothing is kept, whoever asks; a customer who takes it back
/// ends it at once.
#[tokio::test]
async fn what_is_not_allowed_is_not_kept() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    let without = Permissions { record: false, ..Permissions::ALL };
    let id = agreed(&server, &company, without).await;
    assert_eq!(begin(&mut operator, id).await.problem(), (403, "recording-forbidden"));
    assert!(kinds(&server, &company, id).await.is_empty());
    let agreed_to = agreed(&server, &company, Permissions::ALL).await;
    let recording = begun(&mut operator, agreed_to).await;
    assert_eq!(keep(&mut operator, &recording, 1, piece(1)).await.status, StatusCode::NO_CONTENT);
    let write = server.state.store.write(company.id).await.unwrap();
    sessions::set_consent(&write, agreed_to, without, 3).await.unwrap();
    write.commit().await.unwrap();
    let refused = keep(&mut operator, &recording, 2, piece(2)).await;
    assert_eq!(refused.problem(), (403, "recording-forbidden"));
    // What was recorded until then is ended in order.
    assert_eq!(end(&mut operator, &recording).await.status, StatusCode::NO_CONTENT);
    assert_eq!(kinds(&server, &company, agreed_to).await, ["recording-begun", "recording-kept"]);
    let last = agreed(&server, &company, Permissions::ALL).await;
    let write = server.state.store.write(company.id).await.unwrap();
    option_values::set_of_operator(&write, company.operator, "screen_recording", Some(false)).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(begin(&mut operator, last).await.problem(), (403, "recording-forbidden"));
}

/// Only whole pieces in their order are kept.
#[tokio::test]
async fn what_is_no_next_piece_changes_nothing() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    let id = agreed(&server, &company, Permissions::ALL).await;
    let recording = begun(&mut operator, id).await;
    assert_eq!(keep(&mut operator, &recording, 1, piece(1)).await.status, StatusCode::NO_CONTENT);
    let unlike = Piece { no: 1, starts_ms: 0, ends_ms: 2_000, entries: Vec::new() }.write();
    let before = Piece { no: 2, starts_ms: 1_000, ends_ms: 3_000, entries: Vec::new() }.write();
    for (no, file) in
        [(2, Vec::new()), (2, piece(2)[1..].to_vec()), (2, piece(3)), (3, piece(3)), (1, unlike), (2, before)]
    {
        let answer = keep(&mut operator, &recording, no, file.clone()).await;
        assert_eq!(answer.problem(), (422, "recording-unreadable"), "{no} {file:?}");
    }
    let large = vec![0; protocol::recording::PIECE_BYTES + 1];
    let answer = keep(&mut operator, &recording, 2, large).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(end(&mut operator, &recording).await.status, StatusCode::NO_CONTENT);
    let answer = keep(&mut operator, &recording, 2, piece(2)).await;
    assert_eq!(answer.problem(), (409, "recording-ended"));
    let other = server.state.configuration.data.join(format!("recordings/{}/{id}", company.id));
    let kept: usize = std::fs::read_dir(other)
        .unwrap()
        .map(|of| std::fs::read_dir(of.unwrap().path()).unwrap().count())
        .sum();
    assert_eq!(kept, 1);
}

/// Two windows of one operator, or a retry that overtakes: of two unlike pieces of one number one is kept, and the file is its.
#[tokio::test]
async fn of_two_pieces_at_once_the_file_is_that_of_the_record() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut one = server.operator(&company).await;
    let mut other = one.clone();
    let mut administrator = server.administrator(&company).await;
    let id = agreed(&server, &company, Permissions::ALL).await;
    let recording = begun(&mut one, id).await;
    let kept_at = recording.replace("/api/console/sessions/", "/api/manage/records/");
    for no in 1..=12 {
        let starts_ms = (no - 1) * 2_000;
        let unlike = Piece { no, starts_ms, ends_ms: starts_ms + 2_000, entries: Vec::new() }.write();
        let (first, second) = tokio::join!(
            keep(&mut one, &recording, no, piece(no)),
            keep(&mut other, &recording, no, unlike.clone())
        );
        let kept = match (first.status, second.status) {
            (StatusCode::NO_CONTENT, StatusCode::UNPROCESSABLE_ENTITY) => piece(no),
            (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::NO_CONTENT) => unlike,
            other => panic!("{other:?}"),
        };
        let read = administrator.get(&format!("{kept_at}/pieces/{no}")).await;
        assert!(read.bytes == kept, "piece {no}");
    }
    let folder = server.state.configuration.data.join(format!("recordings/{}/{id}", company.id));
    let folder = folder.join(recording.rsplit('/').next().unwrap());
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 12, "nothing is left of the others");
}

/// G-2: near the company's limit it does not begin.
#[tokio::test]
async fn a_company_keeps_no_more_than_its_limit() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    let id = agreed(&server, &company, Permissions::ALL).await;
    let recording = begun(&mut operator, id).await;
    set(&server, &company, |settings| settings.recording_limit_gb = Some(0)).await;
    let refused = keep(&mut operator, &recording, 1, piece(1)).await;
    assert_eq!(refused.problem(), (409, "recordings-full-company"));
    assert_eq!(begin(&mut operator, id).await.problem(), (409, "recordings-full-company"));
}

/// Y-7: a console or a server that falls over leaves what came until then, ended and sealed.
#[tokio::test]
async fn what_nobody_goes_on_with_is_ended() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    let id = agreed(&server, &company, Permissions::ALL).await;
    let recording = begun(&mut operator, id).await;
    assert_eq!(keep(&mut operator, &recording, 1, piece(1)).await.status, StatusCode::NO_CONTENT);
    let write = server.state.store.write(company.id).await.unwrap();
    sessions::set_ended(&write, id, "operator-lost", now_ms()).await.unwrap();
    record_seals::add(&write, id, 0, "{}", now_ms()).await.unwrap();
    write.commit().await.unwrap();
    ending::tend_once(&server.state, now_ms() - 60_000).await.unwrap();
    assert_eq!(kinds(&server, &company, id).await, ["recording-begun"], "not yet");
    ending::tend_once(&server.state, now_ms() + 1).await.unwrap();
    let mut administrator = server.administrator(&company).await;
    let record: Value = administrator.get(&format!("/api/manage/records/{id}")).await.body;
    let told = &record["recordings"][0];
    assert_eq!((&told["why"], &told["pieces"]), (&json!("lost"), &json!(1)));
    let session = sessions::find(company.id, &server.state.store, id).await.unwrap();
    let seals = record_seals::list(company.id, &server.state.store, id).await.unwrap();
    assert_eq!(seals.len(), 2, "sealed over the entry that came later: {}", session.chain_seq);
}

/// recordings go before their record does, and the record says so.
#[tokio::test]
async fn recordings_are_kept_as_long_as_the_company_wants() {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let mut operator = server.operator(&company).await;
    let id = agreed(&server, &company, Permissions::ALL).await;
    let recording = begun(&mut operator, id).await;
    assert_eq!(keep(&mut operator, &recording, 1, piece(1)).await.status, StatusCode::NO_CONTENT);
    assert_eq!(expiry::expire(&server.state, company.id, now_ms()).await.unwrap(), 0, "it runs");
    assert_eq!(end(&mut operator, &recording).await.status, StatusCode::NO_CONTENT);
    assert_eq!(expiry::expire(&server.state, company.id, 1).await.unwrap(), 0, "not so old");
    assert_eq!(expiry::expire(&server.state, company.id, now_ms()).await.unwrap(), 1);
    assert_eq!(kinds(&server, &company, id).await.last().map(String::as_str), Some("recording-deleted"));
    let mut administrator = server.administrator(&company).await;
    let record = administrator.get(&format!("/api/manage/records/{id}")).await.body;
    assert_eq!(record["recordings"], json!([]));
    let folder = server.state.configuration.data.join(format!("recordings/{}/{id}", company.id));
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
}
