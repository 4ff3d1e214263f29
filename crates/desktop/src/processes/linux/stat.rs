//! `/proc/<pid>/stat`.

use std::ffi::OsStr;
use std::path::Path;

use crate::processes::State;

/// `PF_KTHREAD` in the kernel's `include/linux/sched.h`.
const KERNEL_THREAD: u64 = 0x0020_0000;

/// What proc_pid_stat(5) tells of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stat {
    pub(super) pid: u32,
    /// At most 15 bytes of it.
    pub(super) name: String,
    pub(super) state: State,
    pub(super) parent_pid: u32,
    pub(super) session: u32,
    pub(super) is_kernel_thread: bool,
    /// In its own and in the kernel's code, by all its threads.
    pub(super) used_ticks: u64,
    /// Since the system's start.
    pub(super) started_ticks: u64,
    pub(super) resident_pages: u64,
}

impl Stat {
    /// `None`: there is no such process.
    pub(super) fn read(pid: u32) -> Option<Self> {
        let bytes = std::fs::read(format!("/proc/{pid}/stat")).ok()?;
        Self::parse(&String::from_utf8_lossy(&bytes))
    }

    /// The name stands in parentheses and may hold anything, parentheses too.
    fn parse(line: &str) -> Option<Self> {
        let (pid, rest) = line.split_once(" (")?;
        let (name, rest) = rest.rsplit_once(") ")?;
        let mut fields = rest.split_whitespace();
        let state = state(fields.next()?);
        // The fields' numbers are the manual's; the state is the third.
        let fields: Vec<_> = fields.collect();
        let number = |field: usize| fields.get(field.checked_sub(4)?)?.parse::<u64>().ok();
        Some(Self {
            pid: pid.parse().ok()?,
            name: name.to_owned(),
            state,
            parent_pid: number(4)?.try_into().ok()?,
            // A process of another namespace's session has -1 or 0.
            session: number(6).and_then(|session| session.try_into().ok()).unwrap_or_default(),
            is_kernel_thread: number(9)? & KERNEL_THREAD != 0,
            used_ticks: number(14)?.saturating_add(number(15)?),
            started_ticks: number(22)?,
            resident_pages: number(24)?,
        })
    }

    /// What tells a process from a later one with the same id.
    pub(super) fn identity(&self) -> (u32, u64) {
        (self.pid, self.started_ticks)
    }
}

fn state(letter: &str) -> State {
    match letter {
        "R" => State::Running,
        "S" | "I" => State::Sleeping,
        "D" => State::Blocked,
        "T" | "t" => State::Stopped,
        "Z" | "X" | "x" => State::Zombie,
        _ => State::Other,
    }
}

/// The kernel keeps 15 bytes of a name; the first argument has all of it, unless the program calls itself otherwise.
pub(super) fn full_name<'a>(name: &'a str, arguments: &'a [String]) -> &'a str {
    let program =
        arguments.first().and_then(|argument| Path::new(argument).file_name()).and_then(OsStr::to_str);
    program.filter(|program| program.starts_with(name)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::{Stat, State, full_name};

    #[test]
    fn a_line_is_read_whatever_the_name() {
        let rest =
            "S 7 8 9 0 -1 4194304 101 0 0 0 250 50 0 0 20 0 1 0 2705659 3133440 410 18446744073709551615 1";
        for name in ["cat", "a) R 1 (b", "", "(sd-pam)"] {
            let stat = Stat::parse(&format!("42 ({name}) {rest}\n")).expect("a process");
            let expected = Stat {
                pid: 42,
                name: name.to_owned(),
                state: State::Sleeping,
                parent_pid: 7,
                session: 9,
                is_kernel_thread: false,
                used_ticks: 300,
                started_ticks: 2_705_659,
                resident_pages: 410,
            };
            assert_eq!(stat, expected);
        }
        for wrong in ["", "42 (cat) S 7", "42 cat S 7 8 9", "x (cat) S"] {
            assert_eq!(Stat::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_name_is_completed_from_the_arguments() {
        let check = |name, argument: &str, expected| {
            assert_eq!(full_name(name, &[argument.to_owned()]), expected);
        };
        check("gnome-terminal-", "/usr/libexec/gnome-terminal-server", "gnome-terminal-server");
        check("python3", "my title", "python3");
        assert_eq!(full_name("kthreadd", &[]), "kthreadd");
    }
}
