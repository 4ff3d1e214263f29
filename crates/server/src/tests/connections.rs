//! Real connections: TLS by the server's own authority, what is no TLS, and the end.

use super::{TestServer, running::Running};
use crate::{address::Address, configuration::TlsMode, door::Door, router, serve, tls};
use axum::Extension;
use serde_json::json;
use std::{
    net::{IpAddr, UdpSocket},
    sync::Arc,
    time::Duration,
};
use store::web_sessions::Account;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// who trusts the authority reaches the server by name and address; who does not, does not.
#[tokio::test]
async fn the_servers_own_authority_vouches_for_it() {
    let server = Running::start().await;
    for name in ["localhost", "127.0.0.1"] {
        let answer = server.ask(&server.root(), name, "/healthz").await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    let wrong_name = server.ask(&server.root(), "elsewhere.example", "/healthz").await;
    assert!(wrong_name.is_err());
    let other = Running::start().await;
    assert!(server.ask(&other.root(), "localhost", "/healthz").await.is_err(), "another server's root");
    let page = server.ask(&server.root(), "localhost", "/ca").await.unwrap();
    assert!(page.contains(&server.state.authority.as_ref().unwrap().fingerprint()));
    let pem = server.ask(&server.root(), "localhost", "/ca.pem").await.unwrap();
    assert!(pem.contains("BEGIN CERTIFICATE"));
    assert!(!pem.contains("PRIVATE"));
    other.end().await;
    server.end().await;
}

#[tokio::test]
async fn the_authority_outlives_a_restart_and_its_key_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = Running::start().await;
    let configuration = server.state.configuration.clone();
    let again =
        tls::prepare(&configuration, &Address::open(&configuration).unwrap()).unwrap().authority.unwrap();
    assert_eq!(again.root_der.to_vec(), server.root());
    let key = server.folder.path().join("authority/root-key.pem");
    assert_eq!(std::fs::metadata(key).unwrap().permissions().mode() & 0o777, 0o600);
    server.end().await;
}

#[tokio::test]
async fn what_is_no_tls_is_sent_on_or_closed() {
    let server = Running::start().await;
    let plain = server.send(b"GET /manage HTTP/1.1\r\nhost: x\r\n\r\n").await;
    let expected = format!("location: https://localhost:{}/\r\n", server.address.port());
    assert!(plain.starts_with("HTTP/1.1 308") && plain.contains(&expected), "{plain}");
    assert_eq!(server.send(&[0, 1, 0, 0]).await, "", "STUN has no answer yet");
    server.send(&[22, 3, 1, 255, 255, 1, 2, 3]).await;
    server.send(&rand::random::<[u8; 32]>()).await;
    let alive = server.ask(&server.root(), "localhost", "/healthz").await.unwrap();
    assert!(alive.starts_with("HTTP/1.1 200"));
    server.end().await;
}

/// One port for everything: the first byte within TLS tells STUN from HTTP, too (RFC 7983 §7).
#[tokio::test]
async fn stun_within_tls_is_never_taken_for_http() {
    let server = Running::start().await;
    // A binding request (RFC 8489 §5) as browsers begin TURN over TLS, and the edges of STUN's range.
    let mut binding = vec![0, 1, 0, 0, 0x21, 0x12, 0xa4, 0x42];
    binding.extend([7; 12]);
    for first in [0, 1, 2, 3] {
        binding[0] = first;
        assert_eq!(server.send_secure(&binding).await, "", "STUN has no answer yet");
    }
    for first in [4, 20, 64, 255] {
        binding[0] = first;
        let answer = server.send_secure(&binding).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{first} is HTTP's to refuse: {answer}");
    }
    let request = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    assert!(server.send_secure(request).await.starts_with("HTTP/1.1 200"));
    server.end().await;
}

#[tokio::test]
async fn an_endless_head_is_cut_off() {
    let server = Running::start().await;
    let path = format!("/{}", "x".repeat(200_000));
    match server.ask(&server.root(), "localhost", &path).await {
        Ok(answer) => assert!(answer.starts_with("HTTP/1.1 4"), "{answer}"),
        Err(error) => assert_ne!(error.kind(), std::io::ErrorKind::TimedOut),
    }
    server.end().await;
}

/// without TLS of its own the server answers this machine and the configured proxies.
#[tokio::test]
async fn plain_http_is_answered_on_loopback() {
    let server = Running::start_with(|configuration| configuration.tls = TlsMode::Off).await;
    let answer = server.send(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    server.end().await;
}

/// Set: what needs an address that is not loopback may stay unchecked here.
const LOOPBACK_ALONE: &str = "BESIDE_TEST_LOOPBACK_ALONE";

/// This machine's address for others; `None` where it has none.
fn outward_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    // Nothing is sent: the system merely says where it would come from.
    socket.connect("198.51.100.1:9").ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

/// whoever comes from elsewhere without TLS is hung up on, unless it is a configured proxy.
#[tokio::test]
async fn plain_http_from_elsewhere_is_answered_to_trusted_proxies_alone() {
    let Some(elsewhere) = outward_address() else {
        assert!(
            std::env::var_os(LOOPBACK_ALONE).is_some(),
            "this machine has no route out and so no address but loopback: plain HTTP from elsewhere cannot be \
             checked. Give it one, or set {LOOPBACK_ALONE}=1 to leave that unchecked"
        );
        return;
    };
    for (trusted, expected) in [(vec![], None), (vec![elsewhere], Some("HTTP/1.1 200 OK"))] {
        let server = TestServer::start_with(|configuration| {
            configuration.tls = TlsMode::Off;
            configuration.trusted_proxies = trusted;
        })
        .await;
        let listener = TcpListener::bind((elsewhere, 0)).await.unwrap();
        let mut stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        assert_eq!(stream.local_addr().unwrap().ip(), elsewhere);
        let app = router::app(server.state.clone());
        let running = tokio::spawn(serve::run(listener, None, server.state.clone(), app));
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        // Hung up on with its words unread, it may find the connection reset.
        let whole = stream.read_to_string(&mut answer).await;
        assert_eq!(whole.ok().and(answer.lines().next()), expected, "{answer}");
        server.state.shutdown.cancel();
        running.await.unwrap();
    }
}

/// D-7: an administrator's page that is closed at once has signed the operator out all the same, with all that follows. Its
/// connection counts until then: hanging up makes no room for more.
#[tokio::test]
async fn what_was_asked_for_is_done_also_when_nobody_waits_for_the_answer() {
    let server = TestServer::start().await;
    let company = server.company("acme").await;
    let (mut administrator, mut operator) =
        (server.administrator(&company).await, server.operator(&company).await);
    let mut rechecks = server.state.rechecks.listen(Account::Operator(company.operator));
    let path = format!("/api/manage/operators/{}/sign-out", company.operator);
    let place = Arc::new(Door::default().enter(IpAddr::from([192, 0, 2, 1]), false).unwrap());
    let is_kept = Arc::downgrade(&place);
    administrator.app = administrator.app.layer(Extension(place));

    let busy = server.state.store.write(company.id).await.unwrap();
    let asked = tokio::time::timeout(Duration::from_millis(200), administrator.post(&path, json!({}))).await;
    assert!(asked.is_err(), "the database is busy");
    drop(administrator);
    assert!(is_kept.upgrade().is_some());
    drop(busy);

    tokio::time::timeout(Duration::from_secs(20), rechecks.next()).await.unwrap();
    assert_eq!(operator.get("/api/console/me").await.status, 401);
    server.state.tasks.close();
    tokio::time::timeout(Duration::from_secs(20), server.state.tasks.wait()).await.unwrap();
    assert!(is_kept.upgrade().is_none());
}
