//! Addresses, and TLS against real sockets with real certificates.

use std::sync::Arc;

use ed25519_dalek::{Signer, SigningKey};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::{Authority, LinkError, Origin, discover, parse_hash, send_json, socket};

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
async fn server(
    name: &str,
    answer: impl Fn(&str, [u8; 32]) -> String + Send + 'static,
) -> (Origin, [u8; 32]) {
    server_of((2000, 4000), name, answer).await
}

/// TLS by a certificate for `name` from one year to another, signed by an authority that is presented with it, and that
/// authority's SHA-256.
pub(crate) fn acceptor(years: (i32, i32), name: &str) -> (TlsAcceptor, [u8; 32]) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let mut leaf = CertificateParams::new(vec![name.to_owned()]).unwrap();
    (leaf.not_before, leaf.not_after) = (date_time_ymd(years.0, 1, 1), date_time_ymd(years.1, 1, 1));
    let leaf = leaf.signed_by(&key, &authority).unwrap();
    let root: CertificateDer<'static> = authority.der().clone();
    let hash = Sha256::digest(&root).into();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone(), root], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), hash)
}

/// The same with a certificate from one year to another.
async fn server_of(
    years: (i32, i32),
    name: &str,
    answer: impl Fn(&str, [u8; 32]) -> String + Send + 'static,
) -> (Origin, [u8; 32]) {
    let (acceptor, hash) = acceptor(years, name);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let mut request = [0; 1024];
                let length = stream.read(&mut request).await.unwrap_or_default();
                let answer = answer(&String::from_utf8_lossy(&request[..length]), hash);
                drop(stream.write_all(answer.as_bytes()).await);
                drop(stream.shutdown().await);
            }
        }
    });
    (format!("https://localhost:{port}").parse().unwrap(), hash)
}

#[tokio::test]
async fn an_own_authority_vouches_by_its_hash_and_for_its_names_alone() {
    let (origin, hash) = server("localhost", |_, _| String::new()).await;
    let open = async |origin: &Origin, authority| {
        socket::open_tls(origin, authority).await.map(|(_, who)| who.get().own)
    };
    assert!(matches!(open(&origin, Authority::System).await, Err(LinkError::Certificate(_))));
    assert!(matches!(open(&origin, Authority::Known([1; 32])).await, Err(LinkError::Certificate(_))));
    assert_eq!(open(&origin, Authority::Known(hash)).await.unwrap(), Some(hash));
    assert_eq!(open(&origin, Authority::Presented).await.unwrap(), Some(hash));
    let (other, hash) = server("other.example", |_, _| String::new()).await;
    for authority in [Authority::Known(hash), Authority::Presented] {
        assert!(matches!(open(&other, authority).await, Err(LinkError::Certificate(_))));
    }
}

/// A clock that is years wrong meets certificates of another time: the customer is told to look at the clock.
#[tokio::test]
async fn a_certificate_of_another_time_tells_of_the_clock() {
    for years in [(2000, 2001), (3000, 3001)] {
        let (origin, hash) = server_of(years, "localhost", |_, _| String::new()).await;
        for authority in [Authority::Known(hash), Authority::Presented] {
            let told = socket::open_tls(&origin, authority).await.map(|_| ());
            assert!(matches!(told, Err(LinkError::Clock(_))), "{years:?}");
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What a server answers whose key signs this nonce and this authority, and who says that its key is `shown`.
fn proved(key: &SigningKey, shown: &SigningKey, nonce: &[u8], authority: [u8; 32]) -> String {
    let signed = [b"beside/identity/v1\0".as_slice(), nonce, &authority].concat();
    let (public, proof) = (shown.verifying_key().to_bytes(), key.sign(&signed).to_bytes());
    let (identity, public, proof) = (hex(&Sha256::digest(public)), hex(&public), hex(&proof));
    format!(
        "HTTP/1.1 200 OK\r\n\r\n{{\"identity_sha256\":\"{identity}\",\"identity_key\":\"{public}\",\
         \"proof\":\"{proof}\",\"protocol\":{{\"lowest\":1,\"highest\":1}}}}"
    )
}

fn nonce_in(request: &str) -> [u8; 32] {
    let (_, rest) = request.split_once("/.well-known/beside?nonce=").unwrap();
    parse_hash(rest.get(..64).unwrap()).unwrap()
}

#[tokio::test]
async fn a_new_server_proves_its_identity() {
    let (key, other) = (SigningKey::from_bytes(&[3; 32]), SigningKey::from_bytes(&[4; 32]));
    let identity: [u8; 32] = Sha256::digest(key.verifying_key().to_bytes()).into();
    let good = key.clone();
    let (origin, root) =
        server("localhost", move |asked, root| proved(&good, &good, &nonce_in(asked), root)).await;
    let found = discover(&origin).await.unwrap();
    assert_eq!((found.identity.0, found.authority), (identity, Some(root)));
    let real = key.clone();
    let copied = move |_: &str, _| {
        format!(
            "HTTP/1.1 200 OK\r\n\r\n{{\"identity_sha256\":\"{}\",\"protocol\":{{\"lowest\":1,\"highest\":1}}}}",
            hex(&Sha256::digest(real.verifying_key().to_bytes()))
        )
    };
    let (origin, _) = server("localhost", copied).await;
    assert!(matches!(discover(&origin).await, Err(LinkError::WrongServer)), "a copied hash");
    let real = key.clone();
    let (origin, _) =
        server("localhost", move |asked, _| proved(&real, &real, &nonce_in(asked), [9; 32])).await;
    assert!(matches!(discover(&origin).await, Err(LinkError::WrongServer)), "passed on: another authority");
    let real = key.clone();
    let (origin, _) =
        server("localhost", move |asked, _| proved(&real, &real, &nonce_in(asked), [0; 32])).await;
    assert!(matches!(discover(&origin).await, Err(LinkError::WrongServer)), "no authority of its own");
    let real = key.clone();
    let (origin, _) = server("localhost", move |_, root| proved(&real, &real, &[1; 32], root)).await;
    assert!(matches!(discover(&origin).await, Err(LinkError::WrongServer)), "an old answer");
    let (origin, _) =
        server("localhost", move |asked, root| proved(&other, &key, &nonce_in(asked), root)).await;
    assert!(matches!(discover(&origin).await, Err(LinkError::WrongServer)), "another key's signature");
}

#[tokio::test]
async fn what_is_no_server_of_ours_is_told() {
    let check = async |answer: &'static str| {
        let (origin, _) = server("localhost", move |_, _| answer.to_owned()).await;
        discover(&origin).await
    };
    let newer = concat!(
        "HTTP/1.1 200 OK\r\n\r\n",
        r#"{"identity_sha256":"ab","protocol":{"lowest":900,"highest":901}}"#
    );
    assert!(matches!(check(newer).await, Err(LinkError::TooOld)));
    for answer in ["", "HTTP/1.1 404 Not Found\r\n\r\n{}", "HTTP/1.1 200 OK\r\n\r\n<html>", "SSH-2.0-x\r\n"] {
        assert!(matches!(check(answer).await, Err(LinkError::NotOurs)), "{answer}");
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

/// RustDesk Server Pro: the password of an address book goes over the wire as it is (CWE-319). Here there is no way to say
/// anything without TLS: no address of it, and to whoever answers without it nothing but the greeting of TLS is sent.
#[tokio::test]
async fn cve_2026_30796_nothing_is_said_without_tls() {
    for plain in
        ["http://support.example", "ws://support.example", "HTTP://support.example", "//support.example"]
    {
        assert!(plain.parse::<Origin>().is_err(), "{plain}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let origin: Origin = format!("https://localhost:{port}").parse().unwrap();
    let heard = tokio::spawn(async move {
        let mut all = Vec::new();
        for _ in 0..4 {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut bytes = [0; 4_096];
            let length = stream.read(&mut bytes).await.unwrap_or_default();
            all.push(bytes[..length].to_vec());
            drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await);
        }
        all
    });
    assert!(discover(&origin).await.is_err());
    for authority in [Authority::System, Authority::Presented, Authority::Known([1; 32])] {
        let sent =
            send_json(std::slice::from_ref(&origin), authority, ("POST", "/secret-path"), "secret-body")
                .await;
        assert!(sent.is_err(), "{authority:?}");
    }
    for bytes in heard.await.unwrap() {
        assert!(bytes.starts_with(&[22, 3]), "a TLS handshake (RFC 8446, 5.1): {bytes:?}");
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("secret") && !text.contains("HTTP/"), "{text}");
    }
}
