//! Addresses, and TLS against real sockets with real certificates.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::{Authority, LinkError, Origin, discover, parse_hash, socket};

#[test]
fn addresses_are_https_alone() {
    let read = |text: &str| text.parse::<Origin>().map(|origin| origin.to_string());
    assert_eq!(read("https://Support.example").as_deref(), Ok("https://support.example"));
    assert_eq!(read("https://support.example:8443/").as_deref(), Ok("https://support.example:8443"));
    assert_eq!(read("https://[::1]:8443").as_deref(), Ok("https://[::1]:8443"));
    for text in [
        "http://a.example",
        "a.example",
        "https://",
        "https://a.example:port",
        "https://a.example/x",
        "https://a b",
    ] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn hashes_are_64_digits_with_blanks_or_colons() {
    assert_eq!(parse_hash(&"ab".repeat(32)), Some([0xab; 32]));
    assert_eq!(parse_hash(&"abababab ".repeat(8)), Some([0xab; 32]));
    for text in ["", "ab", &"zz".repeat(32), &"가".repeat(22)] {
        assert_eq!(parse_hash(text), None);
    }
}

/// A server whose certificate is for `name`, signed by an authority of its own that it presents.
async fn server(name: &str, answer: &'static str) -> (Origin, [u8; 32]) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let leaf = CertificateParams::new(vec![name.to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
    let root: CertificateDer<'static> = authority.der().clone();
    let hash = Sha256::digest(&root).into();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone(), root], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let mut request = [0; 1024];
                drop(stream.read(&mut request).await);
                drop(stream.write_all(answer.as_bytes()).await);
                drop(stream.shutdown().await);
            }
        }
    });
    (format!("https://localhost:{port}").parse().unwrap(), hash)
}

#[tokio::test]
async fn an_own_authority_vouches_by_its_hash_and_for_its_names_alone() {
    let (origin, hash) = server("localhost", "").await;
    let open = async |origin: &Origin, authority| {
        socket::open_tls(origin, authority).await.map(|(_, who)| who.get())
    };
    assert!(matches!(open(&origin, Authority::System).await, Err(LinkError::Certificate(_))));
    assert!(matches!(open(&origin, Authority::Known([1; 32])).await, Err(LinkError::Certificate(_))));
    assert_eq!(open(&origin, Authority::Known(hash)).await.unwrap(), Some(hash));
    assert_eq!(open(&origin, Authority::Presented).await.unwrap(), Some(hash));
    let (other, hash) = server("other.example", "").await;
    for authority in [Authority::Known(hash), Authority::Presented] {
        assert!(matches!(open(&other, authority).await, Err(LinkError::Certificate(_))));
    }
}

#[tokio::test]
async fn a_new_server_is_asked_who_it_is() {
    let check = async |answer| {
        let (origin, hash) = server("localhost", answer).await;
        (discover(&origin).await, hash)
    };
    let good = concat!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n",
        r#"{"identity_sha256":"abababababababababababababababababababababababababababababababab","#,
        r#""authority_sha256":null,"protocol":{"lowest":1,"highest":1},"version":"0"}"#
    );
    let (found, authority) = check(good).await;
    let found = found.unwrap();
    assert_eq!((found.identity.0, found.authority), ([0xab; 32], Some(authority)));
    let newer = concat!(
        "HTTP/1.1 200 OK\r\n\r\n",
        r#"{"identity_sha256":"ab","protocol":{"lowest":900,"highest":901}}"#
    );
    assert!(matches!(check(newer).await.0, Err(LinkError::TooOld)));
    for answer in ["", "HTTP/1.1 404 Not Found\r\n\r\n{}", "HTTP/1.1 200 OK\r\n\r\n<html>", "SSH-2.0-x\r\n"] {
        assert!(matches!(check(answer).await.0, Err(LinkError::NotOurs)), "{answer}");
    }
}

#[tokio::test]
async fn nobody_listening_is_unreachable_and_no_tls_is_not_ours() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let origin: Origin = format!("https://127.0.0.1:{port}").parse().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            drop(stream.write_all(b"HTTP/1.0 400 plain text\r\n\r\n").await);
        }
    });
    assert!(matches!(discover(&origin).await, Err(LinkError::NotOurs | LinkError::Unreachable(_))));
    let closed: Origin = "https://127.0.0.1:1".parse().unwrap();
    assert!(matches!(discover(&closed).await, Err(LinkError::Unreachable(_))));
}
