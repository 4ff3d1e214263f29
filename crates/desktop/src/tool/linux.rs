//! Pipes and poll(2).

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process_group};

/// More than the longest list that we ask for: 10,000 programs with 256 characters for each name and version.
const OUTPUT_LIMIT_BYTES: usize = 8 << 20;
/// Of what a program complains, the beginning says it.
const COMPLAINT_LIMIT_BYTES: usize = 4 << 10;
const CHUNK_BYTES: usize = 64 << 10;
/// How often an ended output's program is looked at until it has ended as well.
const ENDING_LOOK: Duration = Duration::from_millis(2);

/// What a program said.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: ExitStatus,
    pub(crate) output: String,
    /// The beginning of its standard error.
    pub(crate) complaint: String,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ToolError {
    #[error("program is not installed")]
    Missing,
    #[error("program took longer than {limit:?}")]
    TooSlow { limit: Duration },
    #[error("program said more than {OUTPUT_LIMIT_BYTES} bytes")]
    TooLong,
    #[error("program cannot be run")]
    Failed(#[from] std::io::Error),
}

/// Runs a program in the language "C" and reads what it says. It does not outlive this call.
///
/// Errors: [`ToolError`]; a program that ends with a failure is an answer.
pub(crate) fn ask(program: &str, arguments: &[&str], limit: Duration) -> Result<Answer, ToolError> {
    let deadline = Instant::now() + limit;
    let child = Command::new(program)
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let child = child.map_err(|error| match error.kind() {
        ErrorKind::NotFound => ToolError::Missing,
        _ => ToolError::Failed(error),
    })?;
    let mut running = Running(child);
    let (Some(output), Some(complaint)) = (running.0.stdout.take(), running.0.stderr.take()) else {
        return Err(ToolError::Failed(ErrorKind::BrokenPipe.into()));
    };
    let mut pipes = [Pipe::of(output.into()), Pipe::of(complaint.into())];
    while pipes.iter().any(|pipe| pipe.is_open) {
        let Some(left) = time_left(deadline) else { return Err(ToolError::TooSlow { limit }) };
        read_ready(&mut pipes, left)?;
        let [output, complaint] = &mut pipes;
        if OUTPUT_LIMIT_BYTES < output.said.len() {
            return Err(ToolError::TooLong);
        }
        complaint.said.truncate(COMPLAINT_LIMIT_BYTES);
    }
    let status = running.end(deadline)?.ok_or(ToolError::TooSlow { limit })?;
    let [output, complaint] = pipes.map(|pipe| String::from_utf8_lossy(&pipe.said).into_owned());
    Ok(Answer { status, output, complaint })
}

/// A program that is ended when nobody waits for it any longer.
struct Running(Child);

impl Running {
    /// `None`: it still runs at the deadline.
    fn end(&mut self, deadline: Instant) -> Result<Option<ExitStatus>, ToolError> {
        loop {
            let status = self.0.try_wait()?;
            if status.is_some() || time_left(deadline).is_none() {
                return Ok(status);
            }
            std::thread::sleep(ENDING_LOOK);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Ok(Some(_)) = self.0.try_wait() {
            return;
        }
        // Its group is its own (`process_group`), so what it started goes with it.
        let group = self.0.id().try_into().ok().and_then(Pid::from_raw);
        let _gone = group.map(|group| kill_process_group(group, Signal::KILL));
        let _status = self.0.wait();
    }
}

struct Pipe {
    file: File,
    said: Vec<u8>,
    is_open: bool,
}

impl Pipe {
    fn of(end: OwnedFd) -> Self {
        Self { file: end.into(), said: Vec::new(), is_open: true }
    }

    fn read(&mut self) -> Result<(), ToolError> {
        let mut chunk = [0; CHUNK_BYTES];
        match self.file.read(&mut chunk) {
            Ok(0) => self.is_open = false,
            Ok(length) => self.said.extend_from_slice(chunk.get(..length).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }
}

/// Reads once from each pipe that has something, or waits for that.
fn read_ready(pipes: &mut [Pipe], left: Duration) -> Result<(), ToolError> {
    let mut open: Vec<_> = pipes.iter_mut().filter(|pipe| pipe.is_open).collect();
    let mut ends: Vec<_> = open.iter().map(|pipe| PollFd::new(&pipe.file, PollFlags::IN)).collect();
    // A limit that no Timespec holds is none.
    let left = Timespec::try_from(left).ok();
    match poll(&mut ends, left.as_ref()) {
        Ok(_) | Err(rustix::io::Errno::INTR) => {}
        Err(error) => return Err(ToolError::Failed(error.into())),
    }
    let ready: Vec<_> = ends.iter().map(|end| !end.revents().is_empty()).collect();
    for (pipe, _) in open.iter_mut().zip(ready).filter(|(_, is_ready)| *is_ready) {
        pipe.read()?;
    }
    Ok(())
}

fn time_left(deadline: Instant) -> Option<Duration> {
    Some(deadline.saturating_duration_since(Instant::now())).filter(|left| !left.is_zero())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{ToolError, ask};

    const LIMIT: Duration = Duration::from_secs(5);

    #[test]
    fn output_complaint_and_status_are_told_apart() {
        let answer = ask("sh", &["-c", "echo out; echo wrong >&2; exit 3"], LIMIT).expect("an answer");
        assert_eq!((answer.output.as_str(), answer.complaint.as_str()), ("out\n", "wrong\n"));
        assert_eq!(answer.status.code(), Some(3));
    }

    #[test]
    fn a_program_that_is_not_there_is_missing() {
        let answer = ask("no-such-program-at-all", &[], LIMIT);
        assert!(matches!(answer, Err(ToolError::Missing)), "{answer:?}");
    }

    #[test]
    fn a_program_that_takes_too_long_is_ended() {
        let began = Instant::now();
        for silent_or_busy in ["sleep 60", "exec >&- 2>&-; sleep 60", "while :; do echo y; sleep 0.01; done"]
        {
            let answer = ask("sh", &["-c", silent_or_busy], Duration::from_millis(200));
            assert!(matches!(answer, Err(ToolError::TooSlow { .. })), "{answer:?}");
        }
        assert!(began.elapsed() < Duration::from_secs(30), "none was waited for");
    }

    #[test]
    fn an_endless_answer_is_refused() {
        let answer = ask("cat", &["/dev/zero"], Duration::from_secs(60));
        assert!(matches!(answer, Err(ToolError::TooLong)), "{answer:?}");
    }
}
