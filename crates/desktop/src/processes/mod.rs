//! The customer's processes, and ending one of them [F-07].
//!
//! A process is named by its id and its start, since the system gives an id to another process once the first is gone.

#[cfg(target_os = "linux")]
mod linux;

#[cfg(target_os = "linux")]
use linux::Watch;

use crate::Unsupported;

/// Processes in a sample at most; of more, those that use the most processor and memory are told.
pub const PROCESSES_MAX: usize = 4096;
/// A command line's length at most, in characters.
pub const COMMAND_LINE_MAX: usize = 512;
/// Length of a process's and a user's name at most, in characters.
pub const NAME_MAX: usize = 256;

/// A process. The threads of programs, and those of the kernel, are none.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    /// Its id.
    pub pid: u32,
    /// Its parent's id; 0 if it has none.
    pub parent_pid: u32,
    /// Of its program.
    pub name: String,
    /// With arguments, one space between; empty for one that is not told.
    pub command_line: String,
    /// The account as which it runs; its number for one without a name.
    pub user: String,
    /// Percent of one core, since the sample before: 250 for two and a half cores.
    pub cpu_percent: f32,
    /// Percent of all cores together, 0 to 100.
    pub machine_percent: f32,
    /// Of main memory, including what it shares with others.
    pub resident_bytes: u64,
    /// Milliseconds since 1970.
    pub started_at_ms: u64,
    /// What it does.
    pub state: State,
    /// The app itself, what the app runs for itself, or what the app runs in (its desktop): [`Processes::end`] refuses it.
    pub is_own: bool,
}

/// What a process does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It runs, or would if a core were free.
    Running,
    /// It waits for something to happen.
    Sleeping,
    /// It waits for a disk or the like, and hears no signal.
    Blocked,
    /// It was stopped, or is being debugged.
    Stopped,
    /// It has ended, and its parent has not looked.
    Zombie,
    /// None of these.
    Other,
}

/// How a process is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// It is asked to end, and may save its work, or not end.
    Ask,
    /// It ends, and what it had not saved is lost.
    Force,
}

/// Why a process was not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndError {
    /// It has ended, whether or not another has its id now.
    #[error("process has ended already")]
    Gone,
    /// It is another account's.
    #[error("user may not end this process")]
    NotAllowed,
    /// The app, or what it runs in.
    #[error("process belongs to the customer app or its desktop")]
    Own,
    /// The system refused for another reason.
    #[error("system does not end the process")]
    Failed,
}

impl EndError {
    /// Stable name for the wire and the record, kebab-case.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Gone => "process-gone",
            Self::NotAllowed => "process-not-allowed",
            Self::Own => "process-own",
            Self::Failed => "process-failed",
        }
    }
}

/// The machine's processes, looked at again and again.
#[derive(Debug)]
pub struct Processes(Watch);

impl Processes {
    /// Takes a first look, from which the use of the processor counts.
    ///
    /// Errors: [`Unsupported`] `processes-no-platform`.
    pub fn open() -> Result<Self, Unsupported> {
        Watch::open().map(Self)
    }

    /// All processes by id, at most [`PROCESSES_MAX`]. The use of the processor is that since the look before, if
    /// this lies half a second back or more; else since the last one that does.
    #[must_use]
    pub fn sample(&mut self) -> Vec<Process> {
        self.0.sample()
    }

    /// Ends a process, or asks it to end; does not wait for its end. `started_at_ms`: as sampled.
    ///
    /// Errors: [`EndError`].
    pub fn end(&self, pid: u32, started_at_ms: u64, how: How) -> Result<(), EndError> {
        self.0.end(pid, started_at_ms, how)
    }
}

/// No implementation for this platform is built in, so there is no value of it.
#[cfg(not(target_os = "linux"))]
#[derive(Debug)]
enum Watch {}

#[cfg(not(target_os = "linux"))]
impl Watch {
    fn open() -> Result<Self, Unsupported> {
        Err(Unsupported { what: "processes-no-platform" })
    }

    fn sample(&mut self) -> Vec<Process> {
        match *self {}
    }

    fn end(&self, _pid: u32, _started_at_ms: u64, _how: How) -> Result<(), EndError> {
        match *self {}
    }
}
