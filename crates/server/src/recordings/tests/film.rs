//! A recording of real pictures becomes a film, by the same code as in the process of its own.

use super::{agreed, begun, end, keep, kinds, set};
use crate::{
    clock::now_ms,
    recordings::{
        expiry,
        film::make_next,
        vault::{Place, VaultError},
    },
    secrets::{hex, token_hash},
    tests::{Answer, Browser, PASSWORD, TestCompany, TestServer},
};
use http::{HeaderValue, StatusCode, header};
use protocol::{
    Permissions,
    recording::{Content, Entry, Piece},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use store::{
    RecordingId, SessionId, record_seals, recording_copies,
    recording_films::{self, Lease},
    recordings as kept, sessions,
    surveys::{self, NewSurvey},
    usage_log,
};
use uuid::Uuid;

/// Two seconds of one colour, which is another one in each piece.
fn piece(no: u32) -> Vec<u8> {
    let shade = u8::try_from(no).unwrap() * 40;
    let pixels = [shade, 90, 30, 0].repeat(64 * 48);
    let mut encoder = tiles::Encoder::new(no, 64, 48).unwrap();
    let patch = tiles::Patch::new(tiles::Rect::new(0, 0, 64, 48), 256, &pixels).unwrap();
    let finish = tiles::Finish { more_dirty: false, check_every_row: false, target_bytes: 1 << 20 };
    let packets = encoder.encode(&[patch], finish).unwrap().unwrap().packets;
    let starts_ms = (no - 1) * 2_000;
    let entry = |(index, packet): (usize, &'static mut [u8])| Entry {
        at_ms: starts_ms + 500,
        content: Content::Screen { begins: index == 0, packet },
    };
    let entries = packets.into_iter().map(|packet| packet.leak()).enumerate().map(entry).collect();
    Piece { no, starts_ms, ends_ms: starts_ms + 2_000, entries }.write()
}

struct Recorded {
    server: TestServer,
    company: TestCompany,
    session: SessionId,
    recording: RecordingId,
    /// In the API.
    path: String,
    administrator: Browser,
}

/// A recording of three pieces of a session that has ended.
async fn recorded(pieces: &[Vec<u8>]) -> Recorded {
    let server = TestServer::start().await;
    let company = server.company("beta").await;
    let session = agreed(&server, &company, Permissions::ALL).await;
    let mut operator = server.operator(&company).await;
    let administrator = server.administrator(&company).await;
    let begun = begun(&mut operator, session).await;
    for (no, piece) in (1..).zip(pieces) {
        assert_eq!(keep(&mut operator, &begun, no, piece.clone()).await.status, StatusCode::NO_CONTENT);
    }
    assert!(!make_next(&server.state).await.unwrap(), "it still runs");
    assert_eq!(end(&mut operator, &begun).await.status, StatusCode::NO_CONTENT);
    let recording = begun.rsplit('/').next().unwrap().parse().unwrap();
    let path = format!("/api/manage/records/{session}/recordings/{recording}/film");
    Recorded { server, company, session, recording, path, administrator }
}

impl Recorded {
    async fn film(&mut self) -> Value {
        let record = self.administrator.get(&format!("/api/manage/records/{}", self.session)).await.body;
        record["recordings"][0]["film"].clone()
    }

    async fn has_ended(&self) {
        let write = self.server.state.store.write(self.company.id).await.unwrap();
        sessions::set_ended(&write, self.session, "operator-ended", now_ms()).await.unwrap();
        record_seals::add(&write, self.session, 0, "{}", now_ms()).await.unwrap();
        let new = NewSurvey {
            session: self.session,
            token_hash: &token_hash("customer"),
            previous_token_hash: None,
            until_ms: i64::MAX,
            is_asked: false,
        };
        surveys::create(&write, new).await.unwrap();
        write.commit().await.unwrap();
    }

    /// Of the only try.
    fn parts(&self) -> std::path::PathBuf {
        std::fs::read_dir(self.folder()).unwrap().next().unwrap().unwrap().path()
    }

    fn folder(&self) -> std::path::PathBuf {
        let place = format!("recordings/{}/{}/{}/film", self.company.id, self.session, self.recording);
        self.server.state.configuration.data.join(place)
    }
}

async fn ask(browser: &mut Browser, path: &str, body: Value) -> Answer {
    browser.post(path, body).await
}

/// F-13: the file is made after the end, kept encrypted, counted, bound into the chain, saved by administrators alone, and gone with the
/// recording.
#[tokio::test]
async fn a_recording_becomes_a_file_for_every_player() {
    let mut at = recorded(&[piece(1), piece(2), piece(3)]).await;
    assert_eq!(at.film().await["state"], "waiting");
    assert_eq!(at.administrator.get(&at.path.clone()).await.problem(), (409, "recording-film-not-ready"));
    let before = kept::kept_of_company(at.company.id, &at.server.state.store).await.unwrap();
    assert!(make_next(&at.server.state).await.unwrap());
    assert!(!make_next(&at.server.state).await.unwrap(), "once");
    let film = at.film().await;
    assert_eq!((&film["state"], &film["percent"]), (&json!("ready"), &json!(100)));
    let file = at.administrator.get(&at.path.clone()).await;
    assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"recording-1.webm\"");
    assert_eq!(file.headers[header::CONTENT_TYPE], "video/webm");
    assert_eq!(file.headers[header::CONTENT_LENGTH], file.bytes.len().to_string());
    assert_eq!(file.bytes[..4], [0x1a, 0x45, 0xdf, 0xa3]);
    assert_eq!(film["size_bytes"], file.bytes.len());
    assert_eq!(film["sha256"], hex(&Sha256::digest(&file.bytes)));
    // A download that broke off goes on from there, while the file is the same.
    let tag = file.headers[header::ETAG].to_str().unwrap().to_owned();
    assert_eq!(
        (tag.as_str(), &file.headers[header::ACCEPT_RANGES]),
        (format!("\"{}\"", film["sha256"].as_str().unwrap()).as_str(), &HeaderValue::from_static("bytes"))
    );
    let (path, half) = (at.path.clone(), file.bytes.len() / 2);
    let browser = &mut at.administrator;
    let rest = browser.get_with(&path, &[("range", &format!("bytes={half}-")), ("if-range", &tag)]).await;
    assert_eq!((rest.status, &rest.bytes[..]), (StatusCode::PARTIAL_CONTENT, &file.bytes[half..]));
    let told = format!("bytes {half}-{}/{}", file.bytes.len() - 1, file.bytes.len());
    assert_eq!(rest.headers[header::CONTENT_RANGE], told);
    let piece = browser.get_with(&path, &[("range", "bytes=3-9")]).await;
    assert_eq!((piece.status, &piece.bytes[..]), (StatusCode::PARTIAL_CONTENT, &file.bytes[3..10]));
    let other = browser.get_with(&path, &[("range", "bytes=9-"), ("if-range", "\"other\"")]).await;
    assert_eq!((other.status, &other.bytes), (StatusCode::OK, &file.bytes));
    let beyond = browser.get_with(&path, &[("range", "bytes=99999999-")]).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.headers[header::CONTENT_RANGE], format!("bytes */{}", file.bytes.len()));
    let after = kept::kept_of_company(at.company.id, &at.server.state.store).await.unwrap();
    assert_eq!(after - before, file.bytes.len() as u64, "G-2: it takes of the company's room");
    let record = at.administrator.get(&format!("/api/manage/records/{}", at.session)).await.body;
    let line = record["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!((&line["kind"], &line["detail"]["sha256"]), (&json!("recording-film"), &film["sha256"]));
    let lines = usage_log::list_newest(at.company.id, &at.server.state.store, 9).await.unwrap();
    assert!(lines.iter().any(|line| line.kind == "records.recording-film"));
    assert!(!std::fs::read(at.parts().join("0")).unwrap().windows(4).any(|bytes| bytes == b"webm"));
    // with the recording goes what was made of it.
    at.has_ended().await;
    assert_eq!(expiry::expire(&at.server.state, at.company.id, now_ms()).await.unwrap(), 1);
    assert!(!at.folder().exists());
    assert_eq!(kept::kept_of_company(at.company.id, &at.server.state.store).await.unwrap(), 0);
}

/// What cannot be made says why, leaves nothing behind, and is made when it is tried again.
#[tokio::test]
async fn what_failed_can_be_tried_again() {
    let mut at = recorded(&[piece(1), piece(2)]).await;
    set(&at.server, &at.company, |settings| settings.recording_limit_gb = Some(0)).await;
    assert!(make_next(&at.server.state).await.unwrap());
    let film = at.film().await;
    assert_eq!((&film["state"], &film["why"]), (&json!("failed"), &json!("full")));
    assert!(!at.folder().exists());
    assert!(!make_next(&at.server.state).await.unwrap(), "not by itself");
    set(&at.server, &at.company, |settings| settings.recording_limit_gb = None).await;
    let path = at.path.clone();
    assert_eq!(ask(&mut at.administrator, &path, json!({})).await.status, StatusCode::NO_CONTENT);
    assert_eq!(at.film().await["state"], "waiting");
    assert!(make_next(&at.server.state).await.unwrap());
    assert_eq!(at.film().await["state"], "ready");
    let lines = usage_log::list_newest(at.company.id, &at.server.state.store, 9).await.unwrap();
    assert!(lines.iter().any(|line| line.kind == "records.recording-film-again"));
    let mut empty = recorded(&[Piece { no: 1, starts_ms: 0, ends_ms: 9, entries: Vec::new() }.write()]).await;
    assert!(make_next(&empty.server.state).await.unwrap());
    assert_eq!(empty.film().await["why"], "empty");
}

/// Of several servers one makes it; one that fell over leaves it to another when its lease has run out, which begins anew; and what servers
/// fall over again and again is left.
#[tokio::test]
async fn one_server_makes_it_and_a_fallen_one_is_followed() {
    let mut at = recorded(&[piece(1)]).await;
    let claim = async |until_ms: i64, now_ms: i64| {
        let write = at.server.state.store.write(at.company.id).await.unwrap();
        let lease = Lease { maker: Uuid::new_v4(), until_ms };
        let tries = recording_films::claim(&write, at.recording, lease, now_ms).await.unwrap();
        write.commit().await.unwrap();
        tries
    };
    let hour_ms = 60 * 60 * 1000;
    assert_eq!(claim(now_ms() + hour_ms, now_ms()).await, Some(0));
    assert_eq!(claim(now_ms() + hour_ms, now_ms()).await, None, "another one makes it");
    assert!(!make_next(&at.server.state).await.unwrap());
    // Two hours later it has fallen over, and so has the one after it.
    assert_eq!(claim(1, now_ms() + 2 * hour_ms).await, Some(1));
    std::fs::create_dir_all(at.folder()).unwrap();
    std::fs::write(at.folder().join("7"), b"half").unwrap();
    assert!(make_next(&at.server.state).await.unwrap());
    assert_eq!(at.film().await["state"], "ready");
    assert!(!at.folder().join("7").exists(), "nothing half is left");
    let mut deadly = recorded(&[piece(1)]).await;
    for tries in 0..3 {
        let write = deadly.server.state.store.write(deadly.company.id).await.unwrap();
        let lease = Lease { maker: Uuid::new_v4(), until_ms: 1 };
        let claimed = recording_films::claim(&write, deadly.recording, lease, now_ms()).await.unwrap();
        assert_eq!(claimed, Some(tries));
        write.commit().await.unwrap();
    }
    assert!(make_next(&deadly.server.state).await.unwrap());
    assert_eq!(deadly.film().await["why"], "fell-over");
}

/// Two that race for one file write none of each other's parts, and what the slower one has left goes with it.
#[tokio::test]
async fn two_makers_write_under_names_of_their_own() {
    let mut at = recorded(&[piece(1)]).await;
    let place = Place { company: at.company.id, session: at.session, recording: at.recording };
    let state = at.server.state.clone();
    let vault = &state.recordings;
    assert!(make_next(&at.server.state).await.unwrap());
    let slow = Uuid::new_v4();
    vault.write_part(place, slow, 0, b"slow".to_vec()).await.unwrap();
    let file = at.administrator.get(&at.path.clone()).await;
    assert_eq!(at.film().await["sha256"], hex(&Sha256::digest(&file.bytes)));
    // Nor is one's part read as the other's.
    let parts = at.folder();
    let made = std::fs::read_dir(&parts).unwrap().map(|entry| entry.unwrap().path());
    let made = made.into_iter().find(|path| !path.ends_with(slow.to_string())).unwrap();
    std::fs::copy(made.join("0"), parts.join(slow.to_string()).join("0")).unwrap();
    assert!(matches!(vault.read_part(place, slow, 0).await, Err(VaultError::Damaged)));
    vault.delete_try(place, slow).await.unwrap();
    assert_eq!(at.administrator.get(&at.path.clone()).await.bytes, file.bytes);
}

/// F-13: the customer asks with the token of the last Welcome, gets a link that nobody guesses, sees how far it is, and fetches it without an
/// account; each of both is in the record; the company can forbid it at any time.
#[tokio::test]
async fn a_customer_gets_a_copy_on_request() {
    let mut at = recorded(&[piece(1), piece(2)]).await;
    let mut customer = at.server.browser();
    let copies = "/api/recording-copies";
    let token = json!({ "token": "customer" });
    assert_eq!(ask(&mut customer, copies, token.clone()).await.problem(), (404, "recording-copy-none"));
    at.has_ended().await;
    assert_eq!(ask(&mut customer, "/api/survey", token.clone()).await.body["recording_copy"], true);
    let asked = ask(&mut customer, copies, token.clone()).await;
    assert_eq!(asked.status, StatusCode::CREATED, "{}", asked.text);
    let link = asked.body["link"].as_str().unwrap();
    let (page, secret) = link.split_once("/copy#").unwrap();
    assert_eq!((page, secret.len()), (at.server.state.address.origin().as_str(), 64));
    let secret = json!({ "token": secret });
    let find = format!("{copies}/find");
    let waiting = ask(&mut customer, &find, secret.clone()).await.body;
    assert_eq!(waiting["recordings"][0]["film"]["state"], "waiting");
    assert_eq!(waiting["recordings"][0]["file"], Value::Null);
    assert!(make_next(&at.server.state).await.unwrap());
    let ready = ask(&mut customer, &find, secret.clone()).await.body;
    let file = ready["recordings"][0]["file"].as_str().unwrap().to_owned();
    let fetched = customer.get(&file).await;
    assert_eq!(ready["recordings"][0]["film"]["sha256"], hex(&Sha256::digest(&fetched.bytes)));
    let happened = kinds(&at.server, &at.company, at.session).await;
    assert_eq!(
        happened[happened.len() - 3..],
        ["recording-copy-asked", "recording-film", "recording-copy-fetched"]
    );
    // Begun again a moment later it is the same download.
    assert_eq!(customer.get(&file).await.status, StatusCode::OK);
    assert_eq!(kinds(&at.server, &at.company, at.session).await, happened);
    // What was not said by this server leads nowhere.
    let (said, shown) = file.rsplit_once('.').unwrap();
    for forged in [format!("{said}0.{shown}"), format!("{said}."), file.replace("ticket=", "ticket=x")] {
        assert_eq!(customer.get(&forged).await.problem(), (404, "recording-copy-none"));
    }
    assert_eq!(ask(&mut customer, &find, token.clone()).await.problem(), (404, "recording-copy-none"));
    // A second link is in place of the first one.
    let again = ask(&mut customer, copies, token.clone()).await;
    assert_eq!(again.status, StatusCode::CREATED);
    assert_eq!(ask(&mut customer, &find, secret).await.problem(), (404, "recording-copy-none"));
    assert_eq!(customer.get(&file).await.problem(), (404, "recording-copy-none"));
    let again = again.body["link"].as_str().unwrap().split_once('#').unwrap().1.to_owned();
    let again = json!({ "token": again });
    assert_eq!(ask(&mut customer, &find, again.clone()).await.status, StatusCode::OK);
    set(&at.server, &at.company, |settings| settings.recording_copies = false).await;
    assert_eq!(ask(&mut customer, &find, again.clone()).await.problem(), (404, "recording-copy-none"));
    assert_eq!(customer.get(&file).await.problem(), (404, "recording-copy-none"));
    assert_eq!(ask(&mut customer, copies, token.clone()).await.problem(), (404, "recording-copy-none"));
    assert_eq!(ask(&mut customer, "/api/survey", token).await.body["recording_copy"], false);
    // A link has its week.
    set(&at.server, &at.company, |settings| settings.recording_copies = true).await;
    let write = at.server.state.store.write(at.company.id).await.unwrap();
    recording_copies::create(&write, at.session, &token_hash("old"), now_ms() - 1).await.unwrap();
    write.commit().await.unwrap();
    assert_eq!(
        ask(&mut customer, &find, json!({ "token": "old" })).await.problem(),
        (404, "recording-copy-none")
    );
    // With its record goes the link.
    let write = at.server.state.store.write(at.company.id).await.unwrap();
    recording_copies::create(&write, at.session, &token_hash("new"), i64::MAX).await.unwrap();
    store::records::set_ended(&write, at.session, "operator-ended", 3).await.unwrap();
    write.commit().await.unwrap();
    let path = format!("/api/manage/records/{}/delete", at.session);
    let deleted = ask(&mut at.administrator, &path, json!({ "administrator_password": PASSWORD })).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT, "{}", deleted.text);
    assert_eq!(
        recording_copies::find_by_hash(&at.server.state.store, &token_hash("new")).await.unwrap(),
        None
    );
}

/// F-13: whoever keeps the record passes a link on to the customer once the session is over, and nobody of another company does.
#[tokio::test]
async fn a_link_to_a_copy_is_passed_on_from_the_record() {
    let mut at = recorded(&[piece(1), piece(2)]).await;
    at.has_ended().await;
    let mut customer = at.server.browser();
    let find = "/api/recording-copies/find";
    let path = format!("/api/manage/records/{}/recording-copy", at.session);
    assert_eq!(ask(&mut at.administrator, &path, json!({})).await.problem(), (409, "record-running"));
    let write = at.server.state.store.write(at.company.id).await.unwrap();
    store::records::set_ended(&write, at.session, "operator-ended", 3).await.unwrap();
    write.commit().await.unwrap();
    let given = ask(&mut at.administrator, &path, json!({})).await;
    assert_eq!(given.status, StatusCode::CREATED, "{}", given.text);
    let secret = json!({ "token": given.body["link"].as_str().unwrap().split_once('#').unwrap().1 });
    assert_eq!(ask(&mut customer, find, secret.clone()).await.status, StatusCode::OK);
    assert_eq!(kinds(&at.server, &at.company, at.session).await.last().unwrap(), "recording-copy-given");
    let other = at.server.company("gamma").await;
    let mut stranger = at.server.administrator(&other).await;
    assert_eq!(ask(&mut stranger, &path, json!({})).await.status, StatusCode::NOT_FOUND);
    set(&at.server, &at.company, |settings| settings.recording_copies = false).await;
    assert_eq!(ask(&mut at.administrator, &path, json!({})).await.problem(), (404, "recording-copy-none"));
}
