//! Pebble, the ACME server that Let's Encrypt tests clients with, and its companion that answers every name with this machine.

use crate::tests::running::{get, secure};
use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use serde_json::json;
use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::net::TcpStream;

/// Where Debian puts it.
const PROGRAM: &str = "/usr/bin/pebble";
/// How long it may take to come up; it makes RSA keys first.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// An authority of this test alone.
pub(super) struct Pebble {
    folder: TempDir,
    directory: SocketAddr,
    management: SocketAddr,
    /// What answers every name.
    names: SocketAddr,
    /// What its HTTPS is vouched for by, DER.
    own_root: Vec<u8>,
    programs: Vec<Ended>,
}

/// A program that ends with its test, and with the test program however that ends.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Pebble {
    /// `tls_port`: where it looks for challenges; `validity_s`: of its certificates. `None`: it is not installed, which is said.
    pub(super) async fn start(tls_port: u16, validity_s: u32) -> Option<Self> {
        if !is_there() {
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let own_root = write_pair(folder.path());
        let [directory, management, names, unused] = std::array::from_fn(|_| free_port());
        let path = |name: &str| folder.path().join(name).display().to_string();
        let configuration = json!({ "pebble": {
            "listenAddress": directory.to_string(),
            "managementListenAddress": management.to_string(),
            "certificate": path("certificate.pem"),
            "privateKey": path("key.pem"),
            "httpPort": 1,
            "tlsPort": tls_port,
            "certificateValidityPeriod": validity_s,
        } });
        std::fs::write(path("pebble.json"), configuration.to_string()).unwrap();
        let mut pebble = Self { folder, directory, management, names, own_root, programs: Vec::new() };
        let mut resolver = watched("/usr/bin/pebble-challtestsrv");
        resolver
            .args(["-dns01", &names.to_string(), "-defaultIPv6", "", "-management", &unused.to_string()])
            .args(["-http01", "", "-https01", "", "-tlsalpn01", ""]);
        pebble.programs.push(run(&mut resolver));
        pebble.restart().await;
        Some(pebble)
    }

    /// Forgets every account and certificate, and makes a new root.
    pub(super) async fn restart(&mut self) {
        self.programs.truncate(1);
        let configuration = self.folder.path().join("pebble.json");
        let mut program = watched(PROGRAM);
        program
            .arg("-config")
            .arg(configuration)
            .args(["-dnsserver", &self.names.to_string(), "-strict"])
            .env("PEBBLE_VA_NOSLEEP", "1")
            .env("PEBBLE_WFE_NONCEREJECT", "0");
        self.programs.push(run(&mut program));
        for address in [self.names, self.directory, self.management] {
            let started = Instant::now();
            while TcpStream::connect(address).await.is_err() {
                assert!(started.elapsed() < START_TIMEOUT, "pebble does not come up");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }

    /// Nothing answers any more; its files stay.
    pub(super) fn end(&mut self) {
        self.programs.clear();
    }

    /// As `acme_directory` has it.
    pub(super) fn directory(&self) -> String {
        format!("https://{}/dir", self.directory)
    }

    /// As `acme_root` has it.
    pub(super) fn own_root(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    /// The root of the certificates that it gives, DER.
    pub(super) async fn root(&self) -> Vec<u8> {
        let stream = secure(self.management, &self.own_root, "127.0.0.1", &[]).await.unwrap();
        let answer = get(stream, "/roots/0").await.unwrap();
        CertificateDer::from_pem_slice(answer.as_bytes()).unwrap().to_vec()
    }
}

/// In CI it must be there: a test that is not run there is run nowhere.
fn is_there() -> bool {
    let is_there = Path::new(PROGRAM).exists();
    assert!(is_there || std::env::var_os("CI").is_none(), "CI has no pebble: run `cargo xtask setup`");
    if !is_there {
        eprintln!("pebble is not installed: certificates by ACME are not checked");
    }
    is_there
}

/// A program that is killed when the thread of its test ends.
fn watched(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--", program]);
    command
}

fn run(command: &mut Command) -> Ended {
    Ended(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
}

fn free_port() -> SocketAddr {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap()
}

/// A certificate that vouches for itself, and its key.
fn write_pair(folder: &Path) -> Vec<u8> {
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate =
        rcgen::CertificateParams::new(["127.0.0.1".to_owned()]).unwrap().self_signed(&key).unwrap();
    std::fs::write(folder.join("key.pem"), key.serialize_pem()).unwrap();
    std::fs::write(folder.join("certificate.pem"), certificate.pem()).unwrap();
    certificate.der().to_vec()
}
