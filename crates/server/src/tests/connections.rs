//! Real connections: TLS by the server's own authority, what is no TLS, and the end.

use super::running::Running;
use crate::{address::Address, configuration::TlsMode, tls};

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
