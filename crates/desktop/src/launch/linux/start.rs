//! Starting a program that is not ours.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::{LaunchError, Session};

/// What fails, fails within this.
const WATCHED: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(10);
/// Programs that were started here and run, at most.
const RUNNING_MAX: usize = 64;
/// A thread that only waits needs no more.
const STACK_BYTES: usize = 64 << 10;

static RUNNING: AtomicUsize = AtomicUsize::new(0);

/// Starts a program in a session of its own, so that it neither ends with the app nor reads from its terminal, and looks
/// after it for 2 seconds. `command`: an absolute path and arguments.
///
/// `None`: it runs. Errors: it could not be started.
pub(super) fn start(
    session: &Session,
    command: &[&OsStr],
    folder: &Path,
) -> Result<Option<ExitStatus>, LaunchError> {
    let (program, arguments) = command.split_first().ok_or(LaunchError::Failed)?;
    let place = Place::take().ok_or(LaunchError::Failed)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .envs(&session.variables)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    // SAFETY: between fork and exec only setsid(2) is called, which is async-signal-safe (signal-safety(7)).
    unsafe { command.pre_exec(|| rustix::process::setsid().map(drop).map_err(Into::into)) };
    let mut child = command.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => LaunchError::NotFound,
        ErrorKind::PermissionDenied => LaunchError::NotAllowed,
        _ => LaunchError::Failed,
    })?;
    let until = Instant::now() + WATCHED;
    while Instant::now() < until {
        match child.try_wait() {
            Ok(None) => std::thread::sleep(LOOK),
            Ok(status) => return Ok(status),
            Err(_) => return Err(LaunchError::Failed),
        }
    }
    wait_elsewhere(child, place);
    Ok(None)
}

/// Somebody has to wait for it, or it stays in the system's table as a zombie for as long as the app runs.
fn wait_elsewhere(mut child: Child, place: Place) {
    let waiting = std::thread::Builder::new().name("launched".to_owned()).stack_size(STACK_BYTES);
    let spawned = waiting.spawn(move || {
        // How it ends is the user's affair.
        let _status = child.wait();
        drop(place);
    });
    if let Err(error) = spawned {
        tracing::warn!(%error, "Nobody waits for a program that was started");
    }
}

/// One of the programs that may run.
struct Place;

impl Place {
    fn take() -> Option<Self> {
        let more = |running| (running < RUNNING_MAX).then_some(running + 1);
        RUNNING.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok().map(|_| Self)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::Relaxed);
    }
}
