//! With real processes.

use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::processes::{EndError, How, Process, Processes, State};

/// A program in a session of its own, as one that is not the app's has.
struct Program(Child);

impl Program {
    fn start(program: &str, arguments: &[&str]) -> Self {
        Self::of(Command::new("setsid").arg(program).args(arguments))
    }

    fn of(command: &mut Command) -> Self {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("it starts");
        Self(child)
    }

    fn pid(&self) -> u32 {
        self.0.id()
    }

    /// The process, once it is seen to be what it is to be.
    fn once(&self, processes: &mut Processes, what: &str, holds: impl Fn(&Process) -> bool) -> Process {
        let end = Instant::now() + Duration::from_secs(5);
        loop {
            let found = find(processes, self.pid());
            if let Some(found) = found.as_ref().filter(|found| holds(found)) {
                return found.clone();
            }
            assert!(Instant::now() < end, "{what}: {found:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn sleeping(&self, processes: &mut Processes) -> Process {
        self.once(processes, "it sleeps", |process| {
            process.name == "sleep" && process.state == State::Sleeping
        })
    }

    /// The signal that ended it, within 5 seconds.
    fn ended_by(&mut self) -> Option<i32> {
        let end = Instant::now() + Duration::from_secs(5);
        loop {
            if let Some(status) = self.0.try_wait().expect("our child") {
                return status.signal();
            }
            assert!(Instant::now() < end, "it still runs");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _gone_already = self.0.kill();
        let _status = self.0.wait();
    }
}

fn find(processes: &mut Processes, pid: u32) -> Option<Process> {
    processes.sample().into_iter().find(|process| process.pid == pid)
}

fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// F-07: what is told of a process is what ps(1) and the kernel say.
#[test]
fn a_process_is_told_as_it_is() {
    let mut processes = Processes::open().expect("Linux");
    let program = Program::start("sleep", &["3600.25"]);
    let found = program.sleeping(&mut processes);
    let ps = |column: &str| {
        let pid = program.pid().to_string();
        let output = Command::new("ps").args(["-o", &format!("{column}="), "-p", &pid]).output().expect("ps");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    assert_eq!((found.command_line.as_str(), found.parent_pid), ("sleep 3600.25", std::process::id()));
    assert_eq!(found.user, ps("user"));
    // It has just been started: its last pages may come between two looks.
    program.once(&mut processes, "ps says the same", |process| {
        ps("rss").parse::<u64>().unwrap() * 1024 == process.resident_bytes
    });
    let started_s: u64 = {
        let output = Command::new("date").args(["--date", &ps("lstart"), "+%s"]).output().expect("date");
        String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
    };
    assert!(started_s.abs_diff(found.started_at_ms / 1000) <= 1, "{started_s} {found:?}");
    assert!(!found.is_own);
    let status = std::fs::read_to_string(format!("/proc/{}/status", std::process::id())).unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    let resident: u64 = resident.trim().trim_end_matches(" kB").parse().unwrap();
    let own = find(&mut processes, std::process::id()).expect("this program");
    assert!((own.resident_bytes / 1024).abs_diff(resident) < 16 << 10, "{resident} {own:?}");
    assert!(own.is_own);
}

/// F-07: a loop takes a core; its threads are no processes, and neither are the kernel's.
#[test]
fn the_use_of_the_processor_is_measured() {
    let mut processes = Processes::open().expect("Linux");
    let program = Program::start("sh", &["-c", "while :; do :; done"]);
    program.once(&mut processes, "it runs", |process| process.state == State::Running);
    // Other tests want the cores as well: what it really got is in the kernel's own books.
    let used = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", program.pid())).unwrap();
        let fields: Vec<_> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    };
    std::thread::sleep(Duration::from_millis(600));
    let around = (Instant::now(), used());
    let _base = processes.sample();
    let within = (Instant::now(), used());
    std::thread::sleep(Duration::from_millis(1000));
    let within = (within.0.elapsed(), used() - within.1);
    let found = find(&mut processes, program.pid()).expect("it runs");
    let around = (around.0.elapsed(), used() - around.1);
    // However long others keep the looks apart, the truth lies between the two; a tick is 10 ms.
    let percent = |ticks: u64, time: Duration| {
        100.0 * Duration::from_millis(ticks * 1000 / rustix::param::clock_ticks_per_second()).as_secs_f32()
            / time.as_secs_f32()
    };
    let (least, most) = (percent(within.1.saturating_sub(1), around.0), percent(around.1 + 1, within.0));
    assert!((least..=most).contains(&found.cpu_percent), "{least} to {most}: {found:?}");
    assert!(1.0 < found.cpu_percent, "a loop gets its share: {found:?}");
    let cores = std::thread::available_parallelism().unwrap().get() as f32;
    assert!((found.machine_percent * cores - found.cpu_percent).abs() < 0.1 * cores, "{found:?}");
    let all = processes.sample();
    assert!(all.is_sorted_by(|a, b| a.pid < b.pid), "each once");
    assert!(all.iter().all(|process| process.pid != 2), "the kernel's threads are left out");
}

/// F-07: asked, a process ends by SIGTERM, also one that is stopped; forced, by SIGKILL.
#[test]
fn a_process_is_ended() {
    let mut processes = Processes::open().expect("Linux");
    for (how, signal) in [(How::Ask, 15), (How::Force, 9)] {
        let mut program = Program::start("sleep", &["3600"]);
        let found = program.sleeping(&mut processes);
        assert_eq!(processes.end(found.pid, found.started_at_ms, how), Ok(()));
        assert_eq!(program.ended_by(), Some(signal));
        assert_eq!(processes.end(found.pid, found.started_at_ms, how), Err(EndError::Gone));
    }
    let mut program = Program::start("sleep", &["3600"]);
    program.sleeping(&mut processes);
    let pid = rustix::process::Pid::from_raw(program.pid().try_into().unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::STOP).unwrap();
    let found = program.once(&mut processes, "it stops", |process| process.state == State::Stopped);
    assert_eq!(processes.end(found.pid, found.started_at_ms, How::Ask), Ok(()));
    assert_eq!(program.ended_by(), Some(15));
}

/// F-07: what has another start is another process; it is left alone, also by another sample's value.
#[test]
fn another_process_of_the_same_id_is_left_alone() {
    let mut processes = Processes::open().expect("Linux");
    let mut program = Program::start("sleep", &["3600"]);
    let found = program.sleeping(&mut processes);
    for wrong in [0, found.started_at_ms - 10, found.started_at_ms + 10, u64::MAX] {
        assert_eq!(processes.end(found.pid, wrong, How::Force), Err(EndError::Gone));
    }
    assert!(program.0.try_wait().unwrap().is_none(), "it runs");
    let elsewhere = Processes::open().expect("Linux");
    assert_eq!(elsewhere.end(found.pid, found.started_at_ms, How::Force), Ok(()));
    assert_eq!(program.ended_by(), Some(9));
    for nobodys in [0, u32::MAX, 4_000_000_000] {
        assert_eq!(processes.end(nobodys, 0, How::Force), Err(EndError::Gone));
    }
}

/// F-07: the app, its parents and what it runs for itself are refused, also in the list.
#[test]
fn the_app_does_not_end_itself() {
    let mut processes = Processes::open().expect("Linux");
    let program = Program::of(Command::new("sleep").arg("3600"));
    program.sleeping(&mut processes);
    let all = processes.sample();
    let by_pid = |pid: u32| all.iter().find(|process| process.pid == pid);
    let parent = by_pid(std::process::id()).expect("this program").parent_pid;
    let mut refused = 0;
    for pid in [std::process::id(), parent, 1, program.pid()] {
        let Some(process) = by_pid(pid) else { continue };
        assert!(process.is_own, "{process:?}");
        assert_eq!(processes.end(pid, process.started_at_ms, How::Force), Err(EndError::Own));
        refused += 1;
    }
    assert!(3 <= refused, "this program, its parent and its child at least");
}

/// F-07: another account's process is refused. As root this runs itself again as `nobody`; the outer run starts the process.
#[test]
fn another_accounts_process_is_refused() {
    const VICTIM: &str = "BESIDE_TEST_VICTIM";
    if let Ok(victim) = std::env::var(VICTIM) {
        let (pid, started_at_ms) = victim.split_once(' ').unwrap();
        let processes = Processes::open().expect("Linux");
        let refused = processes.end(pid.parse().unwrap(), started_at_ms.parse().unwrap(), How::Force);
        assert_eq!(refused, Err(EndError::NotAllowed));
        return;
    }
    let mut processes = Processes::open().expect("Linux");
    if !is_root() {
        // Some account other than ours runs the system, unless this is a namespace of our own.
        let foreign =
            processes.sample().into_iter().find(|process| process.user == "root" && !process.is_own);
        let Some(foreign) = foreign else { return println!("skipped: no other account's process is seen") };
        assert_eq!(processes.end(foreign.pid, foreign.started_at_ms, How::Ask), Err(EndError::NotAllowed));
        return;
    }
    let mut program = Program::start("sleep", &["3600"]);
    let found = program.sleeping(&mut processes);
    let nobody = nix::unistd::User::from_name("nobody").unwrap().expect("nobody");
    // The test's own file may lie where nobody may not look.
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("test");
    std::fs::copy(std::env::current_exe().unwrap(), &copy).unwrap();
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).unwrap();
    let again = Command::new(&copy)
        .args(["--exact", "processes::linux::tests::another_accounts_process_is_refused"])
        .env(VICTIM, format!("{} {}", found.pid, found.started_at_ms))
        .current_dir("/")
        .uid(nobody.uid.as_raw())
        .gid(nobody.gid.as_raw())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(again.status.success() && said.contains("1 passed"), "{said}");
    assert!(program.0.try_wait().unwrap().is_none(), "it runs");
}
