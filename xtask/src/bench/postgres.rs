//! A PostgreSQL of our own, for a bench that was given none: Debian's programs over a folder that is kept between runs, listening
//! on a socket alone.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::project::run as run_program;

/// Where Debian puts the programs.
const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";
/// In front of a program that root may not run.
const AS_POSTGRES: [&str; 5] = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"];
/// It only names the socket.
const PORT: u16 = 5432;
/// A database of ten million records may have to be brought in order first.
const START_TIMEOUT: Duration = Duration::from_secs(120);
/// As an administrator of a server with such a company sets them; the rest is Debian's.
const SETTINGS: [&str; 5] = [
    "shared_buffers=4GB",
    "effective_cache_size=12GB",
    "maintenance_work_mem=1GB",
    "max_wal_size=4GB",
    "random_page_cost=1.1",
];

/// Beside those while it is filled at once, as PostgreSQL's manual advises (14.4, "Populating a Database"): a power cut may take the
/// files anyway, and what is not cleaned meanwhile is at the end.
const FILLING: [&str; 6] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
];

/// What the server is started for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To fill an empty database.
    Fill,
    /// To use what is in it.
    Use,
}

/// The server, which ends with this value.
pub(super) struct Cluster {
    folder: PathBuf,
    postmaster: Child,
}

impl Cluster {
    /// Starts it over a folder.
    pub(super) fn start(data: &Path, purpose: Purpose) -> Result<Self> {
        let folder = std::path::absolute(data)?.join("postgres");
        let cluster = folder.join("data");
        std::fs::create_dir_all(&folder)?;
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777))?;
        if !cluster.join("PG_VERSION").exists() {
            let mut made = as_postgres("initdb");
            made.args(["--auth=trust", "--username=beside", "--encoding=UTF8", "--locale=C.UTF-8", "-D"]);
            run_program("initdb", made.arg(&cluster).stdout(Stdio::null()))?;
        }
        let mut command = as_postgres("postgres");
        command.arg("-D").arg(&cluster).arg("-k").arg(&folder).args(["-p", &PORT.to_string()]);
        command.args(["-c", "listen_addresses="]);
        command.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
        if purpose == Purpose::Fill {
            command.args(FILLING.iter().flat_map(|setting| ["-c", setting]));
        }
        let log = std::fs::File::create(folder.join("log"))?;
        let postmaster =
            command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn().context(PROGRAMS)?;
        let mut started = Self { folder, postmaster };
        started.wait()?;
        if purpose == Purpose::Fill {
            for command in [&["dropdb", "--if-exists"][..], &["createdb"]] {
                let [program, options @ ..] = command else { continue };
                let mut command = as_postgres(program);
                command.args(options).arg("-h").arg(&started.folder).args(["-U", "beside", "beside"]);
                run_program(program, &mut command)?;
            }
        }
        Ok(started)
    }

    pub(super) fn url(&self) -> String {
        let sockets = self.folder.display().to_string().replace('/', "%2F");
        format!("postgres://beside@localhost:{PORT}/beside?host={sockets}")
    }

    fn wait(&mut self) -> Result<()> {
        let until = Instant::now() + START_TIMEOUT;
        loop {
            let mut asked = as_postgres("pg_isready");
            asked.args(["-q", "-h"]).arg(&self.folder);
            if asked.status()?.success() {
                return Ok(());
            }
            let log = self.folder.join("log");
            ensure!(self.postmaster.try_wait()?.is_none(), "PostgreSQL ended: {}", log.display());
            ensure!(Instant::now() < until, "PostgreSQL does not come up: {}", log.display());
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut command = as_postgres("pg_ctl");
        command.args(["stop", "--silent", "--mode=fast", "-D"]).arg(self.folder.join("data"));
        if let Err(error) =
            run_program("pg_ctl stop", &mut command).and_then(|()| Ok(self.postmaster.wait()?))
        {
            eprintln!("PostgreSQL was not ended: {error}");
        }
    }
}

/// Whether PostgreSQL needs another account than ours: it refuses to run as root.
pub(super) fn needs_account() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// One of its programs, under the account that Debian's package has made where we are root.
fn as_postgres(program: &str) -> Command {
    let program = Path::new(PROGRAMS).join(program);
    let mut command = if needs_account() {
        let [setpriv, arguments @ ..] = AS_POSTGRES;
        let mut command = Command::new(setpriv);
        command.args(arguments).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/");
    command
}
