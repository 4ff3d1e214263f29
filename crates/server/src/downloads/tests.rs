use super::{api::without_code, prepare, prepare::fill};
use crate::{secrets::hex, tests::TestServer};
use ed25519_dalek::{Signature, VerifyingKey};
use http::{HeaderValue, Method, StatusCode, header};
use protocol::{
    IdentityHash, limits,
    slot::{EMPTY, Slot},
};
use sha2::{Digest as _, Sha256};

#[test]
fn a_code_in_the_name_leads_to_the_same_file() {
    for (name, plain) in [
        ("beside", "beside"),
        ("beside-123456", "beside"),
        ("beside-123456.exe", "beside.exe"),
        ("beside.exe", "beside.exe"),
        ("beside-12345", "beside-12345"),
        ("beside-1234567", "beside-1234567"),
        ("../beside-123456", "../beside-123456"),
    ] {
        assert_eq!(without_code(name), plain, "{name}");
    }
}

/// Whoever meets this server for the first time asks it to prove its identity, anew each time.
#[tokio::test]
async fn the_identity_is_proved_over_a_nonce() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    let plain = browser.get("/.well-known/beside").await;
    assert!(plain.body.get("proof").is_none());
    let nonce = [5_u8; 32];
    let told = browser.get(&format!("/.well-known/beside?nonce={}", hex(&nonce))).await.body;
    let bytes = |name: &str| -> Vec<u8> {
        let text = told[name].as_str().unwrap();
        let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
        pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
    };
    let key = bytes("identity_key");
    assert_eq!(told["identity_sha256"], hex(&IdentityHash::of(&key).0));
    let key = VerifyingKey::from_bytes(&key.try_into().unwrap()).unwrap();
    let proof = Signature::from_slice(&bytes("proof")).unwrap();
    let message = [b"beside/identity/v1\0".as_slice(), &nonce, &[0; 32]].concat();
    key.verify_strict(&message, &proof).unwrap();
    for bad in ["", "00", &"0".repeat(63), &"g".repeat(64), &"0".repeat(66)] {
        let answer = browser.get(&format!("/.well-known/beside?nonce={bad}")).await;
        assert_eq!(answer.problem(), (400, "invalid-address"), "{bad}");
    }
}

/// H-1: the slot is filled, and no other byte changes.
#[test]
fn a_prepared_program_differs_in_its_slot_alone() {
    let mut program = b"\x7fELF".to_vec();
    program.extend([3; 1000]);
    let at = program.len();
    program.extend(EMPTY);
    program.extend([4; 1000]);
    let before = program.clone();
    let slot = Slot {
        origins: vec!["https://support.example".to_owned()],
        identities: vec![IdentityHash([1; 32])],
        authority_sha256: None,
    };
    fill(&mut program, &slot).unwrap();
    let end = at + limits::SLOT_BYTES;
    assert_eq!((&program[..at], &program[end..]), (&before[..at], &before[end..]));
    let filled = program[at..end].try_into().unwrap();
    assert_eq!(Slot::decode(filled), Ok(Some(slot)));
}

/// An app made ready for `server`: its bytes as they are served.
fn prepared(server: &TestServer) -> Vec<u8> {
    let mut app = b"\x7fELF".to_vec();
    app.extend([3; 200_000]);
    app.extend(EMPTY);
    app.extend([0xff; 100]);
    let file = server.state.configuration.data.join("app");
    std::fs::write(&file, app).unwrap();
    prepare(
        &server.state.configuration,
        &server.state.address,
        server.state.sessions.identity_hash(),
        None,
        &file,
    )
    .unwrap();
    std::fs::read(server.state.configuration.data.join("downloads/beside")).unwrap()
}

/// H-1: the same bytes for every customer; the code stands in the name alone.
#[tokio::test]
async fn a_download_is_the_prepared_file_under_any_code() {
    let server = TestServer::start().await;
    let bytes = prepared(&server);
    let mut browser = server.browser();
    let listed = browser.get("/api/downloads").await.body;
    let [listed] = listed["downloads"].as_array().unwrap().as_slice() else { panic!("{listed}") };
    assert_eq!((listed["os"].as_str(), listed["file"].as_str()), (Some("linux"), Some("beside")));
    assert_eq!(listed["sha256"], hex(&Sha256::digest(&bytes)));
    assert_eq!(listed["size_bytes"], bytes.len());
    for name in ["beside", "beside-123456", "beside-000000"] {
        let answer = browser.get(&format!("/downloads/{name}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert!(answer.bytes == bytes, "{name}");
        let header = |name| answer.headers[name].to_str().unwrap();
        assert_eq!(header(header::CONTENT_DISPOSITION), format!("attachment; filename=\"{name}\""));
        assert_eq!(header(header::CONTENT_LENGTH), bytes.len().to_string());
        assert_eq!(header(header::CONTENT_TYPE), "application/octet-stream");
        assert_eq!(header(header::CACHE_CONTROL), "no-store");
        assert_eq!(header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    }
}

/// The head alone, and a part, which is not given: who asks gets the whole.
#[tokio::test]
async fn a_download_tells_its_size_without_its_bytes() {
    let server = TestServer::start().await;
    let bytes = prepared(&server);
    let mut browser = server.browser();
    let head = browser.ask(Method::HEAD, "/downloads/beside", None).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    assert_eq!(head.headers[header::CONTENT_LENGTH], bytes.len().to_string());
    browser.headers.insert(header::RANGE, HeaderValue::from_static("bytes=10-20"));
    let part = browser.get("/downloads/beside").await;
    assert_eq!((part.status, part.bytes.len()), (StatusCode::OK, bytes.len()));
    assert!(part.headers.get(header::CONTENT_RANGE).is_none());
}

/// Nothing but the prepared programs is served, not even what lies beside them.
#[tokio::test]
async fn other_files_are_not_downloads() {
    let server = TestServer::start().await;
    let mut browser = server.browser();
    assert_eq!(browser.get("/downloads/beside").await.problem(), (404, "not-found"), "nothing is prepared");
    prepared(&server);
    for name in [
        "other",
        "beside.json",
        "beside.exe",
        "beside-12345",
        "beside-123456.exe",
        "beside-123456-123456",
        "..%2fbeside.db",
        "..%2fkeys%2fidentity.key",
        "%2e%2e%2fapp",
        "beside%00",
        "beside%22-123456",
    ] {
        let answer = browser.get(&format!("/downloads/{name}")).await;
        assert_eq!(answer.problem(), (404, "not-found"), "{name}");
    }
}

/// The smallest app that can be prepared.
fn app(server: &TestServer) -> std::path::PathBuf {
    let file = server.state.configuration.data.join("app");
    std::fs::write(&file, [&b"\x7fELF"[..], &EMPTY].concat()).unwrap();
    file
}

fn slot_of(program: &[u8]) -> Slot {
    let at = protocol::slot::find_in(program).unwrap();
    Slot::decode(program[at..at + limits::SLOT_BYTES].try_into().unwrap()).unwrap().unwrap()
}

/// An app comes by TLS alone: an address without, of a first try on one machine, makes no app that cannot start.
#[tokio::test]
async fn an_address_without_tls_is_in_no_app() {
    let server = TestServer::start().await;
    let state = &server.state;
    let app = app(&server);
    let identity = IdentityHash([7; 32]);
    let move_to = |url: &str| {
        let public_url = Some(url.to_owned());
        let moved = crate::configuration::Configuration { public_url, ..state.configuration.clone() };
        state.address.move_to(&moved).unwrap();
    };
    move_to("http://127.0.0.1:8443");
    let refused = prepare(&state.configuration, &state.address, identity, None, &app).unwrap_err();
    assert!(refused.to_string().contains("http://127.0.0.1:8443: give it TLS"), "{refused}");
    move_to("https://help.example");
    prepare(&state.configuration, &state.address, identity, None, &app).unwrap();
    let served = server.browser().get("/downloads/beside").await.bytes;
    assert_eq!(slot_of(&served).origins, ["https://help.example", "https://support.example"]);
    move_to("http://127.0.0.1:8443");
    prepare::prepare_anew(&state.configuration, &state.address, identity, None).unwrap();
    assert_eq!(server.browser().get("/downloads/beside").await.bytes, served);
}

/// H-1: the version is the program's own, and stays that when a server of another version prepares it anew. A program that says
/// none keeps the one that it was described with.
#[tokio::test]
async fn a_program_keeps_its_own_version() {
    let server = TestServer::start().await;
    let state = &server.state;
    let identity = IdentityHash([7; 32]);
    let described = state.configuration.data.join("downloads/beside.json");
    let version = || prepare::list(&state.configuration).unwrap().remove(0).version;
    let describe = |version: &str| {
        let mut prepared = prepare::list(&state.configuration).unwrap().remove(0);
        prepared.version = version.to_owned();
        std::fs::write(&described, serde_json::to_vec(&prepared).unwrap()).unwrap();
    };
    let anew = || prepare::prepare_anew(&state.configuration, &state.address, identity, None).unwrap();
    let file = app(&server);
    prepare(&state.configuration, &state.address, identity, None, &file).unwrap();
    assert_eq!(version(), "", "it says none");
    describe("0.9.1");
    anew();
    assert_eq!(version(), "0.9.1");
    let app = [&b"\x7fELF"[..], &protocol::slot::version_mark("12.3.4"), &EMPTY].concat();
    std::fs::write(&file, app).unwrap();
    prepare(&state.configuration, &state.address, identity, None, &file).unwrap();
    assert_eq!(version(), "12.3.4");
    describe("99");
    anew();
    assert_eq!(version(), "12.3.4", "and not what somebody else said");
}

/// O-4: a changed address prepares the downloads anew, and the new program knows the old address, too.
#[tokio::test]
async fn a_changed_address_prepares_the_programs_anew() {
    let server = TestServer::start().await;
    let state = &server.state;
    let app = app(&server);
    let identity = IdentityHash([7; 32]);
    prepare(&state.configuration, &state.address, identity, None, &app).unwrap();
    let manual = state.configuration.data.join("admin-manual.pdf");
    std::fs::write(&manual, b"manual").unwrap();
    prepare::add(&state.configuration, &manual, "관리자 설명서", "1").unwrap();
    let moved = crate::configuration::Configuration {
        public_url: Some("https://new.example".to_owned()),
        ..state.configuration.clone()
    };
    assert!(state.address.move_to(&moved).unwrap());
    prepare::prepare_anew(&state.configuration, &state.address, identity, None).unwrap();
    let mut browser = server.browser();
    let served = browser.get("/downloads/beside").await.bytes;
    assert_eq!(slot_of(&served).origins, ["https://new.example", "https://support.example"]);
    let listed = browser.get("/api/downloads").await.body;
    let listed = listed["downloads"].as_array().unwrap();
    assert_eq!(listed[0]["sha256"], hex(&Sha256::digest(&served)));
    assert_eq!((&listed[1]["title"], &listed[1]["os"]), (&"관리자 설명서".into(), &"any".into()));
    assert_eq!(browser.get("/downloads/admin-manual.pdf").await.bytes, b"manual");
    assert!(prepare::remove(&state.configuration, "admin-manual.pdf").unwrap());
    assert_eq!(browser.get("/downloads/admin-manual.pdf").await.status, StatusCode::NOT_FOUND);
    let odd = state.configuration.data.join("a b.pdf");
    std::fs::write(&odd, b"x").unwrap();
    assert!(prepare::add(&state.configuration, &odd, "x", "1").is_err());
}
