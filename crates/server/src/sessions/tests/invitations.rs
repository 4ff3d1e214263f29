//! Invitations by a real mail server and a real HTTP service.

use super::{
    peers::{Console, Port},
    story::{ended, store_id},
};
use crate::{
    configuration::{Configuration, MailSettings, MailTls, SmsSettings},
    secrets::hex,
    tests::fields,
};
use axum::{Router, body::Bytes, extract::State, routing::post};
use hmac::{Hmac, Mac as _};
use http::{HeaderMap, StatusCode, header};
use protocol::wire;
use serde_json::{Value, json};
use sha2::Sha256;
use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex},
};
use store::session_events;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    net::TcpListener,
    process::{Child, ChildStdout, Command},
};

const SECRET: &str = "a secret of sixteen or more";

/// Certificate and key of `localhost`, and the secrets.
struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let files = Self { folder };
        std::fs::write(files.at("cert.pem"), made.cert.pem()).unwrap();
        std::fs::write(files.at("key.pem"), made.signing_key.serialize_pem()).unwrap();
        std::fs::write(files.at("password"), "a secret\n").unwrap();
        std::fs::write(files.at("wrong"), "another\n").unwrap();
        std::fs::write(files.at("hook"), format!("{SECRET}\n")).unwrap();
        files
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// The mail server, and the letters that it takes.
struct MailServer {
    _program: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: u16,
}

impl MailServer {
    /// By Debian's own Python, whose packages setup installs.
    async fn start(files: &Files) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sessions/tests/smtp.py");
        let mut program = Command::new("/usr/bin/python3")
            .arg(script)
            .args([files.at("cert.pem"), files.at("key.pem")])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let port = lines.next_line().await.unwrap().expect("python3-aiosmtpd is installed").parse().unwrap();
        Self { _program: program, lines, port }
    }

    async fn letter(&mut self) -> Value {
        serde_json::from_str(&self.lines.next_line().await.unwrap().unwrap()).unwrap()
    }

    fn settings(&self, files: &Files) -> MailSettings {
        MailSettings {
            host: "localhost".into(),
            port: Some(self.port),
            tls: MailTls::Starttls,
            user: Some("support".into()),
            password_file: Some(files.at("password")),
            from: "베타 지원 <support@example.com>".into(),
            root: Some(files.at("cert.pem")),
        }
    }
}

/// What a message service was asked for.
#[derive(Clone, Default)]
struct Service {
    asked: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    answers: Arc<Mutex<VecDeque<StatusCode>>>,
}

impl Service {
    /// Gives these answers, then `200`.
    async fn start(answers: &[StatusCode]) -> (Self, String) {
        let service = Self::default();
        service.answers.lock().unwrap().extend(answers);
        let app = Router::new().route("/send", post(take)).route("/elsewhere", post(take));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/send", listener.local_addr().unwrap());
        let app = app.with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        (service, url)
    }

    fn asked(&self) -> Vec<(HeaderMap, String)> {
        self.asked.lock().unwrap().clone()
    }
}

async fn take(State(service): State<Service>, headers: HeaderMap, body: Bytes) -> (StatusCode, HeaderMap) {
    let body = String::from_utf8(body.to_vec()).unwrap();
    service.asked.lock().unwrap().push((headers, body));
    let answer = service.answers.lock().unwrap().pop_front().unwrap_or(StatusCode::OK);
    let mut headers = HeaderMap::new();
    if answer.is_redirection() {
        headers.insert(header::LOCATION, "/elsewhere".parse().unwrap());
    }
    (answer, headers)
}

fn sms(files: &Files, url: &str) -> SmsSettings {
    SmsSettings { url: url.to_owned(), secret_file: files.at("hook"), root: None }
}

/// A server that is set so, with a session and a console that sees it.
async fn invited(change: impl FnOnce(&mut Configuration)) -> (Port, Bytes, String, Console) {
    let mut port = Port::open_with(change).await;
    let (session, code) = port.session().await;
    let console = port.console().await;
    (port, session, code, console)
}

fn path(session: &[u8]) -> String {
    format!("/api/console/sessions/{}/invitations", uuid::Uuid::from_slice(session).unwrap())
}

/// Where the last invitation stands at its end: state and problem.
async fn outcome(console: &mut Console) -> (wire::invitation::State, String) {
    use wire::server_to_console::Body;
    let is_over = |body| {
        let Body::State(state) = body else { return None };
        let last = state.invitations.last()?.clone();
        (last.state() != wire::invitation::State::Queued).then(|| (last.state(), last.problem))
    };
    console.until(is_over).await
}

fn email(to: &str) -> Value {
    json!({ "way": "email", "to": to, "language": "ko" })
}

fn text_message(to: &str) -> Value {
    json!({ "way": "sms", "to": to, "language": "en" })
}

/// over verified TLS, in the customer's language, with link and code, and with most of the address hidden in the record.
#[tokio::test]
async fn an_e_mail_arrives_and_stands_in_the_record() {
    let files = Files::new();
    let mut mail = MailServer::start(&files).await;
    let settings = mail.settings(&files);
    let (mut port, session, code, mut console) = invited(|set| set.mail = Some(settings)).await;
    let me = port.operator.get("/api/console/me").await;
    assert_eq!(me.body["invitation_ways"], json!(["email"]));
    let asked = port.operator.post(&path(&session), email("park@example.com")).await;
    assert_eq!((asked.status, &asked.body["to"]), (StatusCode::ACCEPTED, &json!("p***@example.com")));
    assert_eq!(outcome(&mut console).await, (wire::invitation::State::Sent, String::new()));
    let letter = mail.letter().await;
    assert_eq!(
        (&letter["from"], &letter["to"]),
        (&json!("support@example.com"), &json!(["park@example.com"]))
    );
    assert_eq!(letter["tls"], true);
    let parsed = Command::new("python3")
        .args(["-c", "import email,email.policy,sys,json; m=email.message_from_string(json.loads(sys.argv[1]),policy=email.policy.default); print(json.dumps([m['subject'],m['to'],m['from'],m.get_content()]))"])
        .arg(letter["text"].to_string())
        .output()
        .await
        .unwrap();
    let parsed: Value = serde_json::from_slice(&parsed.stdout).unwrap();
    let spaced = format!("{} {}", &code.get(..3).unwrap(), &code.get(3..).unwrap());
    assert_eq!(parsed[0], format!("베타 지원 원격지원 접속번호 {spaced}"));
    assert_eq!(parsed[1], "park@example.com");
    let body = parsed[3].as_str().unwrap();
    assert!(body.contains(&format!("https://support.example/#{code}")) && body.contains(&spaced), "{body}");
    assert!(body.contains("10분") || body.contains("9분"), "{body}");
    let events = session_events::list(port.company.id, &port.state.store, store_id(&session)).await.unwrap();
    let told = events.last().unwrap();
    assert_eq!(told.kind, "invitation-sent");
    let detail: Value = serde_json::from_str(told.body.as_deref().unwrap()).unwrap();
    assert_eq!(detail, json!({ "by": "email", "to": "p***@example.com", "problem": "" }));
}

/// what passes is tried again, what does not is told with its reason, and a server that cannot be trusted gets nothing.
#[tokio::test]
async fn a_mail_server_refuses_for_a_while_or_for_good() {
    let files = Files::new();
    let mut mail = MailServer::start(&files).await;
    let settings = mail.settings(&files);
    let (mut port, session, _, mut console) = invited(|set| set.mail = Some(settings)).await;
    assert_eq!(port.operator.post(&path(&session), email("later@example.com")).await.status, 202);
    assert_eq!(outcome(&mut console).await, (wire::invitation::State::Sent, String::new()));
    assert_eq!(mail.letter().await["to"], json!(["later@example.com"]));
    let check = async |change: &dyn Fn(&mut MailSettings), to: &str, problem: &str| {
        let mut settings = mail.settings(&files);
        change(&mut settings);
        let (mut port, session, _, mut console) = invited(|set| set.mail = Some(settings)).await;
        assert_eq!(port.operator.post(&path(&session), email(to)).await.status, 202);
        assert_eq!(outcome(&mut console).await, (wire::invitation::State::Failed, problem.to_owned()));
        // The session may end before the invitation does, and its seal holds.
        let events =
            session_events::list(port.company.id, &port.state.store, store_id(&session)).await.unwrap();
        assert_eq!(events.last().unwrap().kind, "invitation-failed");
    };
    check(&|_| {}, "nobody@example.com", "mail-recipient").await;
    check(&|set| set.password_file = Some(files.at("wrong")), "park@example.com", "mail-sign-in").await;
    check(&|set| set.root = None, "park@example.com", "mail-tls").await;
}

/// signed, with one key for all tries.
#[tokio::test]
async fn a_text_message_is_ordered_once_and_signed() {
    let files = Files::new();
    let (service, url) = Service::start(&[StatusCode::SERVICE_UNAVAILABLE]).await;
    let (mut port, session, code, mut console) = invited(|set| set.sms = Some(sms(&files, &url))).await;
    assert_eq!(port.operator.post(&path(&session), text_message("+82 10-1234-5678")).await.status, 202);
    assert_eq!(outcome(&mut console).await, (wire::invitation::State::Sent, String::new()));
    let asked = service.asked();
    assert_eq!(asked.len(), 2, "once more after the first answer");
    assert_eq!(asked[0].0["idempotency-key"], asked[1].0["idempotency-key"]);
    for (headers, body) in &asked {
        let at = headers["beside-timestamp"].to_str().unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(format!("{at}.{body}").as_bytes());
        let signature = format!("v1={}", hex(&mac.finalize().into_bytes()));
        assert_eq!(headers["beside-signature"], signature.as_str());
        assert_eq!(headers["content-type"], "application/json");
        assert!(!format!("{headers:?}{body}").contains(SECRET));
        let order: Value = serde_json::from_str(body).unwrap();
        assert_eq!((&order["to"], &order["language"]), (&json!("+821012345678"), &json!("en")));
        assert_eq!(order["company"], "beta");
        let text = order["text"].as_str().unwrap();
        assert!(
            text.starts_with("[베타 지원] ") && text.ends_with(&format!("https://support.example/#{code}")),
            "{text}"
        );
    }
}

/// no redirect is followed, and no certificate is taken unseen.
#[tokio::test]
async fn a_message_service_that_is_another_gets_nothing() {
    let files = Files::new();
    let check = async |answer: StatusCode, problem: &str| {
        let (service, url) = Service::start(&[answer]).await;
        let (mut port, session, _, mut console) = invited(|set| set.sms = Some(sms(&files, &url))).await;
        assert_eq!(port.operator.post(&path(&session), text_message("01012345678")).await.status, 202);
        assert_eq!(outcome(&mut console).await, (wire::invitation::State::Failed, problem.to_owned()));
        assert_eq!(service.asked().len(), 1);
    };
    check(StatusCode::TEMPORARY_REDIRECT, "sms-refused").await;
    check(StatusCode::UNAUTHORIZED, "sms-sign-in").await;
    // Its certificate is from nobody.
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config =
        rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}/send", listener.local_addr().unwrap().port());
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(acceptor.accept(stream).await);
        }
    });
    let (mut port, session, _, mut console) = invited(|set| set.sms = Some(sms(&files, &url))).await;
    assert_eq!(port.operator.post(&path(&session), text_message("01012345678")).await.status, 202);
    assert_eq!(outcome(&mut console).await, (wire::invitation::State::Failed, "sms-tls".to_owned()));
}

/// nothing is set, no address, too many, nobody waits, somebody else's session.
#[tokio::test]
async fn what_cannot_be_sent_is_refused() {
    let files = Files::new();
    let (_, url) = Service::start(&[]).await;
    let (mut port, session, code, _console) = invited(|set| set.sms = Some(sms(&files, &url))).await;
    let path = path(&session);
    assert_eq!(
        port.operator.post(&path, email("park@example.com")).await.problem(),
        (409, "invitations-not-set")
    );
    let wrong = port.operator.post(&path, text_message("call me")).await;
    assert_eq!(wrong.fields(), fields([("to", "phone-not-valid")]));
    let nobodys = format!("/api/console/sessions/{}/invitations", uuid::Uuid::now_v7());
    assert_eq!(port.operator.post(&nobodys, text_message("01012345678")).await.status, 404);
    for _ in 0..10 {
        assert_eq!(port.operator.post(&path, text_message("01012345678")).await.status, 202);
    }
    assert_eq!(port.operator.post(&path, text_message("01012345678")).await.problem(), (429, "rate-limited"));
    let mut customer = port.customer(wire::customer_hello::Entry::Code(code)).await;
    customer.welcome().await;
    let id = uuid::Uuid::from_slice(&session).unwrap();
    assert_eq!(port.operator.delete(&format!("/api/console/sessions/{id}")).await.status, 204);
    ended(&port, &session).await;
    // What came late is sealed, too.
    port.state.tasks.close();
    port.state.tasks.wait().await;
    let kept = session_events::verify(port.company.id, &port.state.store, store_id(&session)).await.unwrap();
    assert!(kept.is_ok(), "{kept:?}");
}

/// what the settings say wrong is said at the start.
#[test]
fn settings_are_checked() {
    let load = |text: &str| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("beside.toml");
        std::fs::write(&file, text).unwrap();
        Configuration::load(Some(&file), json!({})).map(|_| ()).map_err(|error| error.to_string())
    };
    let mail = |rest: &str| load(&format!("[mail]\nhost = \"mail.example.com\"\n{rest}"));
    assert_eq!(mail("from = \"Acme <a@example.com>\""), Ok(()));
    let says = |result: Result<(), String>, what: &str| {
        let error = result.expect_err("it is wrong");
        assert!(error.contains(what), "{error}");
    };
    says(mail("from = \"Acme\""), "mail.from");
    says(mail("from = \"a@example.com\"\nuser = \"x\""), "mail.user");
    says(mail("from = \"a@example.com\"\ntls = \"off\""), "mail.tls");
    says(mail("from = \"a@example.com\"\npassword = \"x\""), "password");
    let sms = |url: &str| load(&format!("[sms]\nsecret_file = \"x\"\nurl = \"{url}\""));
    assert_eq!(sms("https://sms.example.com/send"), Ok(()));
    assert_eq!(sms("http://127.0.0.1:9/send"), Ok(()));
    for url in ["http://sms.example.com/send", "ftp://sms.example.com", "sms.example.com", ""] {
        says(sms(url), "sms.url");
    }
}
