//! A PostgreSQL for tests: given by `BESIDE_TEST_POSTGRES`, or a cluster of our own in a temporary folder.

use sea_orm::{ConnectionTrait, Database};
use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Mutex, OnceLock},
    time::{Duration, Instant},
};

/// Where Debian puts the programs.
const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";
/// In front of a program that root may not run.
const AS_POSTGRES: [&str; 5] = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"];
/// How long a cluster may take to come up.
const START_TIMEOUT: Duration = Duration::from_secs(30);

/// The address of a new, empty database; `None` where there is no PostgreSQL, which is said.
pub(super) async fn fresh_database() -> Option<String> {
    let base = server()?;
    let name = format!("beside_{}", uuid::Uuid::now_v7().simple());
    let admin = Database::connect(with_database(&base, "postgres")).await.expect("PostgreSQL answers");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database is made");
    admin.close().await.expect("closed");
    Some(with_database(&base, &name))
}

/// Whether there is a PostgreSQL. In CI there must be: a test that is not run there is run nowhere.
pub(super) fn is_there() -> bool {
    let is_there =
        std::env::var_os("BESIDE_TEST_POSTGRES").is_some() || Path::new(PROGRAMS).join("postgres").exists();
    assert!(is_there || std::env::var_os("CI").is_none(), "CI has no PostgreSQL 15: run `cargo xtask setup`");
    if !is_there {
        eprintln!("PostgreSQL 15 is not installed: checked on SQLite alone");
    }
    is_there
}

/// `base` holds `{database}` where the name goes.
fn with_database(base: &str, name: &str) -> String {
    base.replace("{database}", name)
}

fn server() -> Option<String> {
    if !is_there() {
        return None;
    }
    if let Ok(url) = std::env::var("BESIDE_TEST_POSTGRES") {
        let (server, query) = url.split_once('?').unwrap_or((&url, ""));
        let (scheme, rest) = server.split_once("://").expect("postgres://…");
        let host = rest.split('/').next().unwrap_or(rest);
        return Some(format!("{scheme}://{host}/{{database}}?{query}"));
    }
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    let cluster = CLUSTER.get_or_init(Cluster::start);
    let sockets = cluster.folder.display().to_string().replace('/', "%2F");
    Some(format!("postgres://beside@localhost:{}/{{database}}?host={sockets}", cluster.port))
}

/// A cluster that ends with the test program: the postmaster watches the pipe of its standard input's owner.
struct Cluster {
    folder: PathBuf,
    port: u16,
    _postmaster: Mutex<Child>,
}

impl Cluster {
    fn start() -> Self {
        let programs = Path::new(PROGRAMS);
        let folder = tempfile::Builder::new().prefix("beside-pg").tempdir().expect("a folder").keep();
        open_to_everyone(&folder);
        let data = folder.join("data");
        let made = as_postgres(&programs.join("initdb"))
            .args([
                "--auth=trust",
                "--username=beside",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "-D",
            ])
            .arg(&data)
            .stdout(Stdio::null())
            .status()
            .expect("initdb runs");
        assert!(made.success(), "initdb");
        // The port only names the socket: the cluster listens on no network.
        let port = 5432;
        let postmaster = watched(&programs.join("postgres"), &folder, &data, port);
        let started = Instant::now();
        while !folder.join(format!(".s.PGSQL.{port}")).exists() {
            assert!(started.elapsed() < START_TIMEOUT, "PostgreSQL does not come up");
            std::thread::sleep(Duration::from_millis(50));
        }
        Self { folder, port, _postmaster: Mutex::new(postmaster) }
    }
}

/// The postmaster beside a shell that waits for the end of its standard input, which is the end of this
/// program however it ends, and then stops the postmaster and removes the folder.
fn watched(postgres: &Path, folder: &Path, data: &Path, port: u16) -> Child {
    let script = r#"
        $5 "$1" -D "$3" -k "$2" -p "$4" -c listen_addresses= -c fsync=off >"$2/log" 2>&1 </dev/null &
        cat >/dev/null
        kill -INT $!
        wait $!
        rm -rf "$2"
    "#;
    let mut watcher = Command::new("/bin/sh");
    watcher.args(["-c", script, "sh"]).arg(postgres).arg(folder).arg(data).arg(port.to_string());
    watcher.arg(if is_root() { AS_POSTGRES.join(" ") } else { String::new() }).current_dir("/");
    watcher.stdin(Stdio::piped()).spawn().expect("the postmaster starts")
}

/// PostgreSQL refuses to run as root; Debian's package has made the account `postgres`.
fn as_postgres(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let [setpriv, arguments @ ..] = AS_POSTGRES;
    let mut command = Command::new(setpriv);
    command.args(arguments).arg(program).current_dir("/");
    command
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.starts_with(b"0\n"))
}

fn open_to_everyone(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777)).expect("permissions");
}
