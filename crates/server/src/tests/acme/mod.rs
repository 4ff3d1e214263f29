//! Certificates from a real ACME server, got by a real server that answers its challenges.

mod logged;
mod pebble;

use super::running::{Running, get, secure};
use crate::configuration::{Configuration, TlsMode};
use logged::Logged;
use pebble::Pebble;
use std::{
    os::unix::fs::PermissionsExt as _,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::net::TcpListener;

const NAME: &str = "support.example";
const FORMER: &str = "former.example";
/// How long certificates are good, in seconds, where they need not be renewed.
const LONG: u32 = 86_400;
/// How long to wait for a certificate.
const TIMEOUT: Duration = Duration::from_secs(30);

/// A server whose certificates come from `pebble`.
async fn start(listener: TcpListener, folder: TempDir, pebble: &Pebble) -> Running {
    Running::start_on(listener, folder, |configuration| {
        *configuration = by_acme(configuration, &pebble.directory());
        configuration.acme_root = Some(pebble.own_root());
    })
    .await
}

fn by_acme(configuration: &Configuration, directory: &str) -> Configuration {
    Configuration {
        tls: TlsMode::Acme,
        public_url: Some(format!("https://{NAME}")),
        acme_directory: directory.to_owned(),
        acme_contact: Some("admin@support.example".to_owned()),
        ..configuration.clone()
    }
}

fn nobodys_root() -> Vec<u8> {
    rcgen::generate_simple_self_signed([NAME.to_owned()]).unwrap().cert.der().to_vec()
}

async fn listen() -> (TcpListener, u16) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

/// The certificate that the server shows for `name`, DER.
async fn certificate(server: &Running, root: &[u8], name: &str) -> std::io::Result<Vec<u8>> {
    let stream = server.secure(root, name).await?;
    Ok(stream.get_ref().1.peer_certificates().unwrap()[0].to_vec())
}

/// Asks until it is a certificate that will do.
async fn certificate_once(
    server: &Running,
    root: &[u8],
    name: &str,
    will_do: impl Fn(&[u8]) -> bool,
) -> Vec<u8> {
    let started = Instant::now();
    loop {
        match certificate(server, root, name).await {
            Ok(certificate) if will_do(&certificate) => return certificate,
            other => assert!(started.elapsed() < TIMEOUT, "{name}: {other:?}"),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// the certificate comes by itself, browsers are told to stay with TLS, and a restart asks for nothing.
#[tokio::test]
async fn a_certificate_comes_by_acme_and_outlives_a_restart() {
    let (listener, port) = listen().await;
    let Some(mut pebble) = Pebble::start(port, LONG).await else { return };
    let root = pebble.root().await;
    let server = start(listener, tempfile::tempdir().unwrap(), &pebble).await;
    let first = certificate_once(&server, &root, NAME, |_| true).await;
    let page = server.ask(&root, NAME, "/").await.unwrap();
    assert!(page.contains("strict-transport-security"), "{page}");
    assert!(server.ask(&root, NAME, "/healthz").await.unwrap().starts_with("HTTP/1.1 200"));
    assert!(server.ask(&root, NAME, "/ca").await.unwrap().starts_with("HTTP/1.1 404"));
    assert_eq!(
        certificate(&server, &root, "elsewhere.example").await.unwrap_err().kind(),
        std::io::ErrorKind::InvalidData
    );
    // Nobody ordered a challenge now, and who speaks HTTP as well is no authority.
    assert!(secure(server.address, &root, NAME, &[b"acme-tls/1"]).await.is_err());
    let both = secure(server.address, &root, NAME, &[b"acme-tls/1", b"http/1.1"]).await.unwrap();
    assert!(get(both, "/healthz").await.unwrap().starts_with("HTTP/1.1 200"));
    check_kept(&server.folder);
    pebble.end();
    let again = restart(server, |_| {}).await;
    assert_eq!(certificate(&again, &root, NAME).await.unwrap(), first, "there at once, with nobody to ask");
    again.end().await;
}

/// Account and certificate lie there, and nothing else.
fn check_kept(folder: &TempDir) {
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let acme = folder.path().join("acme");
    let authority = std::fs::read_dir(&acme).unwrap().next().unwrap().unwrap().path();
    assert_eq!((mode(&acme), mode(&authority)), (0o700, 0o700));
    let mut files: Vec<_> = std::fs::read_dir(authority).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let names: Vec<_> = files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(names, ["account.json", "support.example.pem"]);
    for file in &files {
        assert_eq!(mode(file), 0o600, "{}", file.display());
    }
}

/// the next certificate comes before the last one ends, and nobody's connection is cut.
#[tokio::test]
async fn a_certificate_near_its_end_is_renewed_without_a_restart() {
    let (listener, port) = listen().await;
    let Some(pebble) = Pebble::start(port, 9).await else { return };
    let root = pebble.root().await;
    let server = start(listener, tempfile::tempdir().unwrap(), &pebble).await;
    let first = certificate_once(&server, &root, NAME, |_| true).await;
    let open = server.secure(&root, NAME).await.unwrap();
    let second = certificate_once(&server, &root, NAME, |certificate| certificate != first).await;
    assert!(get(open, "/healthz").await.unwrap().starts_with("HTTP/1.1 200"));
    assert_ne!(second, first);
    server.end().await;
}

/// A-1, O-4: a changed address has its certificate without a restart, and the former one keeps its own.
#[tokio::test]
async fn a_changed_address_gets_a_certificate_of_its_own() {
    let (listener, port) = listen().await;
    let Some(pebble) = Pebble::start(port, LONG).await else { return };
    let root = pebble.root().await;
    let server = start(listener, tempfile::tempdir().unwrap(), &pebble).await;
    let former = certificate_once(&server, &root, NAME, |_| true).await;
    move_to(&server, "https://new.support.example:8443");
    let new = certificate_once(&server, &root, "new.support.example", |_| true).await;
    assert_ne!(new, former);
    assert_eq!(certificate(&server, &root, NAME).await.unwrap(), former);
    server.end().await;
}

/// another contact in the settings is told to the authority, by the account that is there.
#[tokio::test]
async fn a_changed_contact_is_told_by_the_same_account() {
    let (listener, port) = listen().await;
    let Some(pebble) = Pebble::start(port, LONG).await else { return };
    let root = pebble.root().await;
    let server = start(listener, tempfile::tempdir().unwrap(), &pebble).await;
    certificate_once(&server, &root, NAME, |_| true).await;
    let before = account(&server);
    assert_eq!(before["contact"], "mailto:admin@support.example");
    let server = restart(server, |again| again.acme_contact = Some("it@support.example".to_owned())).await;
    move_to(&server, "https://new.support.example");
    certificate_once(&server, &root, "new.support.example", |_| true).await;
    let after = account(&server);
    assert_eq!(after["contact"], "mailto:it@support.example");
    assert_eq!(after["credentials"], before["credentials"]);
    server.end().await;
}

/// an authority that was set up anew does not know the account any more.
#[tokio::test]
async fn an_account_that_was_lost_is_made_anew() {
    let (listener, port) = listen().await;
    let Some(mut pebble) = Pebble::start(port, LONG).await else { return };
    let root = pebble.root().await;
    let server = start(listener, tempfile::tempdir().unwrap(), &pebble).await;
    certificate_once(&server, &root, NAME, |_| true).await;
    let before = account(&server);
    pebble.restart().await;
    move_to(&server, "https://new.support.example");
    let root = pebble.root().await;
    certificate_once(&server, &root, "new.support.example", |_| true).await;
    assert_ne!(account(&server)["credentials"], before["credentials"]);
    server.end().await;
}

/// What is kept of the account.
fn account(server: &Running) -> serde_json::Value {
    let mut authorities = std::fs::read_dir(server.folder.path().join("acme")).unwrap();
    let file = authorities.next().unwrap().unwrap().path().join("account.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

fn move_to(server: &Running, url: &str) {
    let moved = Configuration { public_url: Some(url.to_owned()), ..server.state.configuration.clone() };
    assert!(server.state.address.move_to(&moved).unwrap());
}

/// Ends the server, and starts it again on its port and data.
async fn restart(server: Running, change: impl FnOnce(&mut Configuration)) -> Running {
    let (address, configuration) = (server.address, server.state.configuration.clone());
    let folder = server.end().await;
    let listener = TcpListener::bind(address).await.unwrap();
    Running::start_on(listener, folder, |again| {
        *again = configuration;
        change(again);
    })
    .await
}

/// without a certificate TLS fails at once, everything else goes on, and the log says once what is waited for and why
/// nothing came.
#[tokio::test]
async fn an_authority_that_is_away_is_said_once_and_the_server_runs() {
    let logged = Logged::start();
    let (listener, _) = listen().await;
    let (gone, port) = listen().await;
    drop(gone);
    let server = Running::start_on(listener, tempfile::tempdir().unwrap(), |configuration| {
        *configuration = by_acme(configuration, &format!("https://127.0.0.1:{port}/dir"));
    })
    .await;
    let waits = logged.line("Certificate not obtained").await;
    assert!(waits.contains(&format!("127.0.0.1:{port}: Connection refused")), "{waits}");
    assert!(waits.contains(NAME) && waits.contains("retry_s=60"), "{waits}");
    assert!(logged.line("Certificate is asked for").await.contains(&format!("127.0.0.1:{port}/dir")));
    let alert = certificate(&server, &nobodys_root(), NAME).await.unwrap_err();
    assert!(alert.to_string().contains("alert"), "{alert}");
    let plain = server.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await;
    assert!(plain.starts_with("HTTP/1.1 308"), "{plain}");
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(logged.count("Certificate not obtained"), 1);
    server.end().await;
}

/// the authority's own reason is in the log, and a former name that leads elsewhere does not hold up the present one.
#[tokio::test]
async fn a_refusal_is_logged_with_the_authoritys_reason() {
    let logged = Logged::start();
    let (listener, _) = listen().await;
    let (gone, nobodys_port) = listen().await;
    drop(gone);
    let Some(pebble) = Pebble::start(nobodys_port, LONG).await else { return };
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("addresses.json"), format!("{{\"origins\":[\"https://{FORMER}\"]}}"))
        .unwrap();
    let server = start(listener, folder, &pebble).await;
    for name in [NAME, FORMER] {
        let said = logged.line(&format!("Certificate not obtained name=\"{name}\"")).await;
        let reason = format!(
            "Failed to connect to 127.0.0.1:{nobodys_port} for the tls-alpn-01 challenge (unauthorized)"
        );
        assert!(said.contains(&reason), "{said}");
        assert!(said.contains("retry_s=60"), "{said}");
    }
    server.end().await;
}
