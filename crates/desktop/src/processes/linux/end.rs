//! Ending a process, but not the app and what it runs in.

use std::collections::HashSet;
use std::os::unix::net::UnixStream;

use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open, pidfd_send_signal};

use super::stat::Stat;
use crate::processes::{EndError, How, State};

/// No chain of parents is longer; one that the system changes while it is read might seem to be.
const PARENTS_MAX: usize = 256;

/// `is_it`: whether it is the process that was meant, by its start.
pub(super) fn end(pid: u32, is_it: impl Fn(&Stat) -> bool, how: How) -> Result<(), EndError> {
    let id = i32::try_from(pid).ok().and_then(Pid::from_raw).ok_or(EndError::Gone)?;
    // From here on the descriptor names one process: what is read after it belongs to that, if the signal arrives.
    let target = Target::open(id)?;
    let stat = Stat::read(pid).filter(|stat| is_it(stat)).ok_or(EndError::Gone)?;
    if stat.state == State::Zombie {
        return Err(EndError::Gone);
    }
    if stat.is_kernel_thread {
        return Err(EndError::NotAllowed);
    }
    if Own::of(Stat::read).has(pid, Stat::read) {
        return Err(EndError::Own);
    }
    match how {
        How::Force => target.signal(Signal::KILL),
        How::Ask => {
            target.signal(Signal::TERM)?;
            if stat.state == State::Stopped {
                // It hears the question only when it goes on; that it is gone by now is no failure.
                let _gone = target.signal(Signal::CONT);
            }
            Ok(())
        }
    }
}

/// A process that is signalled.
enum Target {
    Held(OwnedFd),
    /// Before Linux 5.3 there is only its id; another process has it in the rarest case, between two calls.
    Id(Pid),
}

impl Target {
    fn open(id: Pid) -> Result<Self, EndError> {
        match pidfd_open(id, PidfdFlags::empty()) {
            Ok(held) => Ok(Self::Held(held)),
            Err(Errno::NOSYS) => Ok(Self::Id(id)),
            // INVAL: the id of a thread.
            Err(Errno::SRCH | Errno::INVAL) => Err(EndError::Gone),
            Err(_) => Err(EndError::Failed),
        }
    }

    fn signal(&self, signal: Signal) -> Result<(), EndError> {
        let sent = match self {
            Self::Held(held) => pidfd_send_signal(held, signal),
            Self::Id(id) => kill_process(*id, signal),
        };
        sent.map_err(|error| match error {
            Errno::SRCH => EndError::Gone,
            Errno::PERM | Errno::ACCESS => EndError::NotAllowed,
            _ => EndError::Failed,
        })
    }
}

/// The app and what it runs in: its display server, and its parents up to the system's first process.
pub(super) struct Own {
    app: u32,
    session: u32,
    parents: HashSet<u32>,
}

impl Own {
    pub(super) fn of(stat: impl Fn(u32) -> Option<Stat>) -> Self {
        let app = std::process::id();
        let session = stat(app).map(|stat| stat.session).unwrap_or_default();
        let parents = chain(app, &stat).map(|stat| stat.pid).chain([1]).chain(display_server());
        let parents = parents.filter(|pid| *pid != app).collect();
        Self { app, session, parents }
    }

    /// A program that the app opened for the user is the user's: it has a session of its own.
    pub(super) fn has(&self, pid: u32, stat: impl Fn(u32) -> Option<Stat>) -> bool {
        let is_below = || {
            chain(pid, &stat).take_while(|stat| stat.session == self.session).any(|stat| stat.pid == self.app)
        };
        self.parents.contains(&pid) || pid == self.app || is_below()
    }
}

/// The process behind the display: without it there is no desktop. It is no parent of its programs, and may be the user's own.
fn display_server() -> Option<u32> {
    let display = std::env::var("DISPLAY").ok()?;
    let number: String = display.strip_prefix(':')?.chars().take_while(char::is_ascii_digit).collect();
    let stream = UnixStream::connect(format!("/tmp/.X11-unix/X{number}")).ok()?;
    let peer = rustix::net::sockopt::socket_peercred(&stream).ok()?;
    u32::try_from(peer.pid.as_raw_nonzero().get()).ok()
}

/// A process, its parent, and so on.
fn chain(pid: u32, stat: &impl Fn(u32) -> Option<Stat>) -> impl Iterator<Item = Stat> {
    std::iter::successors(stat(pid), |child| stat(child.parent_pid)).take(PARENTS_MAX)
}
