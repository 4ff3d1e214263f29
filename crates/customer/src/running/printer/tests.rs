//! The printer as the rest of the world sees it: `ipptool`'s suites, and CUPS itself.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use session::customer::{DocumentNo, PrinterInput, PrinterOrder};

use super::stand::Stand;
use super::{RemotePrinter, Spool};

/// What Debian's `cups-ipp-utils` brings.
const SUITES: &str = "/usr/share/cups/ipptool";

const PDF: &str = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n\
    3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// How many tests of a suite and of those that it includes pass, fail, and are skipped; and what it says of one that fails.
fn suite(uri: &str, name: &str, document: &Path) -> ([usize; 3], String) {
    let run = Command::new("ipptool")
        .args(["-V", "2.0", "-I", "-t", "-f"])
        .arg(document)
        .arg(uri)
        .arg(format!("{SUITES}/{name}"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&run.stdout).into_owned();
    let count = |mark: &str| told.lines().filter(|line| line.ends_with(mark)).count();
    let faults = told.lines().skip_while(|line| !line.ends_with("[FAIL]")).take(12);
    ([count("[PASS]"), count("[FAIL]"), count("[SKIP]")], faults.collect::<Vec<_>>().join("\n"))
}

/// S-12: the suites of IPP/1.1, IPP/2.0 and IPP Everywhere that CUPS brings. What they skip needs samples that Debian does not
/// pack, or is of what this printer does not say that it does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ipptools_suites_pass() {
    let (news, _told) = tokio::sync::mpsc::channel(4_096);
    let stand = Stand::open("Beside-test", "원격 프린터", Arc::default(), news).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let document = folder.path().join("a.pdf");
    std::fs::write(&document, PDF).unwrap();
    let uri = stand.uri().to_owned();
    let run = tokio::task::spawn_blocking(move || {
        ["ipp-1.1.test", "ipp-2.0.test", "ipp-everywhere.test"]
            .map(|name| (name, suite(&uri, name, &document)))
    });
    for (name, ([passed, failed, skipped], faults)) in run.await.unwrap() {
        println!("{name}: {passed} pass, {failed} fail, {skipped} skipped");
        assert_eq!(failed, 0, "{name}: {faults}");
        assert!(20 <= passed, "{name}: {passed}");
    }
}

/// A cupsd of the test's own.
struct Cupsd {
    folder: tempfile::TempDir,
    daemon: Child,
}

impl Cupsd {
    fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("cups").tempdir_in("/tmp").unwrap();
        let at = folder.path();
        // Filters run as another user where the daemon is root.
        std::fs::set_permissions(at, PermissionsExt::from_mode(0o755)).unwrap();
        let socket = at.join("cups.sock");
        std::fs::write(at.join("cupsd.conf"), format!("Listen {}\nLogLevel debug\nBrowsing Off\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n", socket.display())).unwrap();
        // What the daemon takes for temporary it deletes when it starts.
        let lines = ["ServerRoot", "StateDir", "CacheDir", "RequestRoot", "TempDir"].map(|name| {
            std::fs::create_dir(at.join(name)).unwrap();
            let mode = if name == "TempDir" { 0o1777 } else { 0o755 };
            std::fs::set_permissions(at.join(name), PermissionsExt::from_mode(mode)).unwrap();
            format!("{name} {}\n", at.join(name).display())
        });
        let logs =
            ["AccessLog", "ErrorLog", "PageLog"].map(|name| format!("{name} {}/{name}\n", at.display()));
        let group = String::from_utf8(Command::new("id").arg("-gn").output().unwrap().stdout).unwrap();
        let files = format!("{}{}SystemGroup {group}", lines.concat(), logs.concat());
        std::fs::write(at.join("cups-files.conf"), files).unwrap();
        let daemon = Command::new("/usr/sbin/cupsd")
            .arg("-f")
            .arg("-c")
            .arg(at.join("cupsd.conf"))
            .arg("-s")
            .arg(at.join("cups-files.conf"))
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let cupsd = Self { folder, daemon };
        cupsd.until("the socket", || socket.exists());
        cupsd
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("cups.sock")
    }

    /// What a program of CUPS says here.
    fn ask(&self, program: &str, arguments: &[&str]) -> String {
        let run = Command::new(program).args(arguments).env("CUPS_SERVER", self.socket()).output().unwrap();
        String::from_utf8_lossy(&[run.stdout, run.stderr].concat()).into_owned()
    }

    fn until(&self, what: &str, is_so: impl Fn() -> bool) {
        let until = Instant::now() + Duration::from_secs(30);
        while !is_so() {
            let log = || std::fs::read_to_string(self.folder.path().join("ErrorLog")).unwrap_or_default();
            assert!(Instant::now() < until, "{what}: {}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Cupsd {
    fn drop(&mut self) {
        self.daemon.kill().unwrap();
        self.daemon.wait().unwrap();
    }
}

fn next(told: &Receiver<PrinterInput>) -> PrinterInput {
    told.recv_timeout(Duration::from_secs(60)).unwrap()
}

/// S-12: CUPS has the printer for as long as it is offered, and what is printed there comes in as PDF.
#[test]
fn cups_prints_on_it_and_forgets_it() {
    let cupsd = Cupsd::start();
    let spool = Arc::<Spool>::default();
    let (tell, told) = channel();
    let info = "원격 프린터 – 회사".to_owned();
    let printer = RemotePrinter::start_with(Some(cupsd.socket()), info, Arc::clone(&spool), move |input| {
        drop(tell.send(input));
    });
    printer.order(PrinterOrder::Offer(1));
    let PrinterInput::Offered(1, name) = next(&told) else { panic!("not offered") };
    assert!(
        cupsd.ask("lpstat", &["-l", "-p"]).contains("원격 프린터 – 회사"),
        "{}",
        cupsd.ask("lpstat", &["-l", "-p"])
    );
    let text = cupsd.folder.path().join("보고서.txt");
    std::fs::write(&text, "Beside prints this line.\n").unwrap();
    let sent = cupsd.ask("lp", &["-d", &name, text.to_str().unwrap()]);
    assert!(sent.contains("request id"), "{sent}");
    let PrinterInput::Arriving { document: DocumentNo(1), name: called, size_bytes: 0 } = next(&told) else {
        panic!("nothing comes");
    };
    assert_eq!(called, "보고서.txt");
    let PrinterInput::Arrived { document, pages: 1, size_bytes } = next(&told) else {
        panic!("it is not whole")
    };
    let mut pdf = Vec::new();
    std::io::Read::read_to_end(&mut spool.open(document).unwrap(), &mut pdf).unwrap();
    assert_eq!((pdf.len() as u64, pdf.starts_with(b"%PDF-")), (size_bytes, true));
    cupsd.until("the job is done", || cupsd.ask("lpstat", &["-o"]).is_empty());
    printer.order(PrinterOrder::Forget(document));
    printer.order(PrinterOrder::Withdraw);
    cupsd.until("the queue is gone", || !cupsd.ask("lpstat", &["-a"]).contains(&name));
    assert!(spool.open(document).is_none());
}

/// Where there is no CUPS, that is said.
#[test]
fn without_cups_there_is_no_printer() {
    let folder = tempfile::tempdir().unwrap();
    let (tell, told) = channel();
    let socket = Some(folder.path().join("none"));
    let printer =
        RemotePrinter::start_with(socket, String::new(), Arc::default(), move |input| drop(tell.send(input)));
    printer.order(PrinterOrder::Offer(7));
    assert_eq!(next(&told), PrinterInput::Unavailable(7, "printer-no-cups"));
}
