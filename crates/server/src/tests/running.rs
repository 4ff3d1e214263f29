//! A server on a real port, and what reaches it from outside.

use crate::{
    address::Address, configuration::Configuration, router, serve, sessions::Keys, state::AppState, tls,
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName},
};
use std::{io, net::SocketAddr, sync::Arc};
use store::Store;
use tempfile::TempDir;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

/// A server that listens on this machine.
pub(super) struct Running {
    pub(super) address: SocketAddr,
    pub(super) state: AppState,
    pub(super) folder: TempDir,
    served: JoinHandle<()>,
}

impl Running {
    pub(super) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(super) async fn start_with(change: impl FnOnce(&mut Configuration)) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self::start_on(listener, tempfile::tempdir().unwrap(), change).await
    }

    /// With a port and data of its own.
    pub(super) async fn start_on(
        listener: TcpListener,
        folder: TempDir,
        change: impl FnOnce(&mut Configuration),
    ) -> Self {
        let address = listener.local_addr().unwrap();
        let mut configuration =
            Configuration { data: folder.path().to_owned(), listen: address, ..Configuration::default() };
        change(&mut configuration);
        let reached = Address::open(&configuration).unwrap();
        let tls::Tls { acceptor, authority, renewal } = tls::prepare(&configuration, &reached).unwrap();
        let store = Store::open(&configuration.database_url()).await.unwrap();
        let keys = Keys::open(&configuration.data.join("keys"), 0).unwrap();
        let state = AppState::new(store, configuration, reached, authority, keys).unwrap();
        if let Some(renewal) = renewal {
            state.tasks.spawn(renewal.run(state.shutdown.clone()));
        }
        let served = tokio::spawn(serve::run(listener, acceptor, state.clone(), router::app(state.clone())));
        Self { address, state, folder, served }
    }

    /// The answer to a request as a browser that trusts `root` alone reads it.
    pub(super) async fn ask(&self, root: &[u8], name: &str, path: &str) -> io::Result<String> {
        get(self.secure(root, name).await?, path).await
    }

    /// A connection after its handshake.
    pub(super) async fn secure(&self, root: &[u8], name: &str) -> io::Result<TlsStream<TcpStream>> {
        secure(self.address, root, name, &[]).await
    }

    pub(super) fn root(&self) -> Vec<u8> {
        self.state.authority.as_ref().unwrap().root_der.to_vec()
    }

    /// What comes back for raw bytes.
    pub(super) async fn send(&self, bytes: &[u8]) -> String {
        answer_on(TcpStream::connect(self.address).await.unwrap(), bytes).await
    }

    /// What comes back for raw bytes within TLS.
    pub(super) async fn send_secure(&self, bytes: &[u8]) -> String {
        answer_on(self.secure(&self.root(), "localhost").await.unwrap(), bytes).await
    }

    /// Leaves its data.
    pub(super) async fn end(self) -> TempDir {
        self.state.shutdown.cancel();
        self.served.await.unwrap();
        self.folder
    }
}

/// TLS to `name`, trusting `root` alone, DER, and offering these protocols.
pub(super) async fn secure(
    address: SocketAddr,
    root: &[u8],
    name: &str,
    protocols: &[&[u8]],
) -> io::Result<TlsStream<TcpStream>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(root.to_vec())).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    let stream = TcpStream::connect(address).await?;
    let name = ServerName::try_from(name.to_owned()).unwrap();
    TlsConnector::from(Arc::new(config)).connect(name, stream).await
}

/// Head and body of what is there.
pub(super) async fn get(mut stream: impl AsyncRead + AsyncWrite + Unpin, path: &str) -> io::Result<String> {
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

/// What comes back for raw bytes.
pub(super) async fn answer_on(mut stream: impl AsyncRead + AsyncWrite + Unpin, bytes: &[u8]) -> String {
    stream.write_all(bytes).await.unwrap();
    let mut answer = Vec::new();
    // A reset is an answer, too, and so is an end without a goodbye.
    stream.read_to_end(&mut answer).await.unwrap_or_default();
    String::from_utf8_lossy(&answer).into_owned()
}
