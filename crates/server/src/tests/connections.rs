//! Real connections: TLS by the server's own authority, what is no TLS, and the end.

use crate::{
    address::Address,
    configuration::{Configuration, TlsMode},
    router, serve,
    sessions::Keys,
    state::AppState,
    tls,
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName},
};
use std::{net::SocketAddr, sync::Arc};
use store::Store;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

struct Running {
    address: SocketAddr,
    state: AppState,
    served: JoinHandle<()>,
    folder: tempfile::TempDir,
}

async fn start() -> Running {
    start_with(|_| {}).await
}

async fn start_with(change: impl FnOnce(&mut Configuration)) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut configuration =
        Configuration { data: folder.path().to_owned(), listen: address, ..Configuration::default() };
    change(&mut configuration);
    let reached = Address::open(&configuration).unwrap();
    let secured = tls::prepare(&configuration, &reached).unwrap();
    let (acceptor, authority) = secured.map(|tls| (tls.acceptor, tls.authority)).unzip();
    let store = Store::open(&configuration.database_url()).await.unwrap();
    let keys = Keys::open(&configuration.data.join("keys"), 0).unwrap();
    let state = AppState::new(store, configuration, reached, authority.flatten(), keys).unwrap();
    let served = tokio::spawn(serve::run(listener, acceptor, state.clone(), router::app(state.clone())));
    Running { address, state, served, folder }
}

impl Running {
    /// The answer to a request as a browser that trusts `root` alone reads it.
    async fn ask(&self, root: &[u8], name: &str, path: &str) -> Result<String, std::io::Error> {
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        let mut stream = self.secure(root, name).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }

    /// A connection after its handshake.
    async fn secure(&self, root: &[u8], name: &str) -> Result<TlsStream<TcpStream>, std::io::Error> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(root.to_vec())).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_root_certificates(roots).with_no_client_auth();
        let stream = TcpStream::connect(self.address).await?;
        let name = ServerName::try_from(name.to_owned()).unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, stream).await
    }

    fn root(&self) -> Vec<u8> {
        self.state.authority.as_ref().unwrap().root_der.to_vec()
    }

    /// What comes back for raw bytes.
    async fn send(&self, bytes: &[u8]) -> String {
        answer_on(TcpStream::connect(self.address).await.unwrap(), bytes).await
    }

    /// What comes back for raw bytes within TLS.
    async fn send_secure(&self, bytes: &[u8]) -> String {
        answer_on(self.secure(&self.root(), "localhost").await.unwrap(), bytes).await
    }

    async fn end(self) {
        self.state.shutdown.cancel();
        self.served.await.unwrap();
    }
}

async fn answer_on(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> String {
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    // A reset is an answer, too, and so is an end without a goodbye.
    stream.read_to_end(&mut answer).await.unwrap_or_default();
    String::from_utf8_lossy(&answer).into_owned()
}

/// who trusts the authority reaches the server by name and address; who does not, does not.
#[tokio::test]
async fn the_servers_own_authority_vouches_for_it() {
    let server = start().await;
    for name in ["localhost", "127.0.0.1"] {
        let answer = server.ask(&server.root(), name, "/healthz").await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
    let wrong_name = server.ask(&server.root(), "elsewhere.example", "/healthz").await;
    assert!(wrong_name.is_err());
    let other = start().await;
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
    let server = start().await;
    let configuration = server.state.configuration.clone();
    let again = tls::prepare(&configuration, &Address::open(&configuration).unwrap())
        .unwrap()
        .unwrap()
        .authority
        .unwrap();
    assert_eq!(again.root_der.to_vec(), server.root());
    let key = server.folder.path().join("authority/root-key.pem");
    assert_eq!(std::fs::metadata(key).unwrap().permissions().mode() & 0o777, 0o600);
    server.end().await;
}

#[tokio::test]
async fn what_is_no_tls_is_sent_on_or_closed() {
    let server = start().await;
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
    let server = start().await;
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
    let server = start().await;
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
    let server = start_with(|configuration| configuration.tls = TlsMode::Off).await;
    let answer = server.send(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    server.end().await;
}
