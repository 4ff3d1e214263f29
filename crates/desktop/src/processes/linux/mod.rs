//! `/proc`, and signals by process file descriptors.

mod end;
mod stat;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs::File;
use std::io::Read as _;
use std::time::{Duration, Instant};

use nix::unistd::{Uid, User};

use self::stat::Stat;
use super::{COMMAND_LINE_MAX, EndError, How, NAME_MAX, PROCESSES_MAX, Process};
use crate::{Unsupported, text};

/// Processor time is counted in ticks of 10 ms: over less than this, one tick more or less would say too much.
const BASE_AGE: Duration = Duration::from_millis(500);
/// Over less than this it would say nothing.
const MEASURED: Duration = Duration::from_millis(50);
/// Of a command line this much is read, in bytes: enough for 512 characters of any language.
const COMMAND_LINE_MAX_BYTES: u64 = 4 << 10;
/// Names of accounts that are remembered.
const USERS_MAX: usize = 1024;

/// What is remembered between two looks.
#[derive(Debug)]
pub(super) struct Watch {
    /// When the system started, in whole seconds, as the kernel says: it stays the same from one `Watch` to the next.
    booted_at_ms: u64,
    ticks_per_second: u64,
    cores: f32,
    base: Base,
    users: HashMap<u32, String>,
}

/// The look since which the use of the processor counts.
#[derive(Debug)]
struct Base {
    at: Instant,
    /// Ticks that each process had used, by id and start.
    used: HashMap<(u32, u64), u64>,
}

impl Watch {
    pub(super) fn open() -> Result<Self, Unsupported> {
        let unsupported = Unsupported { what: "processes-no-platform" };
        let kernel = std::fs::read_to_string("/proc/stat").map_err(|_| unsupported)?;
        let booted_at_s =
            kernel.lines().find_map(|line| line.strip_prefix("btime ")?.trim().parse::<u64>().ok());
        let cores =
            kernel.lines().filter(|line| line.starts_with("cpu") && !line.starts_with("cpu ")).count();
        let at = Instant::now();
        let used = look().iter().map(|stat| (stat.identity(), stat.used_ticks)).collect();
        Ok(Self {
            booted_at_ms: booted_at_s.ok_or(unsupported)?.saturating_mul(1000),
            ticks_per_second: rustix::param::clock_ticks_per_second().max(1),
            cores: u16::try_from(cores.max(1)).unwrap_or(u16::MAX).into(),
            base: Base { at, used },
            users: HashMap::new(),
        })
    }

    pub(super) fn sample(&mut self) -> Vec<Process> {
        let now = Instant::now();
        let since = now.saturating_duration_since(self.base.at);
        let stats = look();
        let by_pid: HashMap<_, _> = stats.iter().map(|stat| (stat.pid, stat)).collect();
        let own = end::Own::of(|pid| by_pid.get(&pid).map(|stat| (*stat).clone()));
        let mut found: Vec<_> = stats.iter().map(|stat| (self.cpu_percent(stat, since), stat)).collect();
        if PROCESSES_MAX < found.len() {
            found.sort_by(|(a, a_stat), (b, b_stat)| {
                b.total_cmp(a).then(b_stat.resident_pages.cmp(&a_stat.resident_pages))
            });
            found.truncate(PROCESSES_MAX);
        }
        let mut processes: Vec<_> = found
            .into_iter()
            .filter_map(|(percent, stat)| {
                let is_own = own.has(stat.pid, |pid| by_pid.get(&pid).map(|stat| (*stat).clone()));
                self.described(stat, percent, is_own)
            })
            .collect();
        processes.sort_by_key(|process| process.pid);
        if BASE_AGE <= since {
            let used = stats.iter().map(|stat| (stat.identity(), stat.used_ticks)).collect();
            self.base = Base { at: now, used };
        }
        processes
    }

    pub(super) fn end(&self, pid: u32, started_at_ms: u64, how: How) -> Result<(), EndError> {
        end::end(pid, |stat| self.started_at_ms(stat) == started_at_ms, how)
    }

    fn cpu_percent(&self, stat: &Stat, since: Duration) -> f32 {
        if since < MEASURED {
            return 0.0;
        }
        let before = self.base.used.get(&stat.identity()).copied().unwrap_or_default();
        let used_ms = stat.used_ticks.saturating_sub(before).saturating_mul(1000) / self.ticks_per_second;
        let percent = 100.0 * Duration::from_millis(used_ms).as_secs_f32() / since.as_secs_f32();
        // Ticks come late now and then; nobody uses more than there is.
        percent.clamp(0.0, 100.0 * self.cores)
    }

    fn started_at_ms(&self, stat: &Stat) -> u64 {
        let since_boot_ms = u128::from(stat.started_ticks) * 1000 / u128::from(self.ticks_per_second);
        self.booted_at_ms.saturating_add(since_boot_ms.try_into().unwrap_or(u64::MAX))
    }

    /// `None`: it is gone meanwhile.
    fn described(&mut self, stat: &Stat, cpu_percent: f32, is_own: bool) -> Option<Process> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", stat.pid)).ok()?;
        let arguments = arguments(stat.pid);
        Some(Process {
            pid: stat.pid,
            parent_pid: stat.parent_pid,
            name: text::line(stat::full_name(&stat.name, &arguments), NAME_MAX),
            command_line: text::line(&arguments.join(" "), COMMAND_LINE_MAX),
            user: self.user(effective_uid(&status)?),
            cpu_percent,
            machine_percent: cpu_percent / self.cores,
            resident_bytes: resident_bytes(&status),
            started_at_ms: self.started_at_ms(stat),
            state: stat.state,
            is_own,
        })
    }

    /// The name may come from a directory service, so it is the C library that is asked, once each.
    fn user(&mut self, uid: u32) -> String {
        if USERS_MAX <= self.users.len() {
            self.users.clear();
        }
        let name = self.users.entry(uid).or_insert_with(|| {
            let user = User::from_uid(Uid::from_raw(uid)).ok().flatten();
            user.map_or_else(|| uid.to_string(), |user| text::line(&user.name, NAME_MAX))
        });
        name.clone()
    }
}

/// All processes but the kernel's threads. Those that end meanwhile are left out.
fn look() -> Vec<Stat> {
    let Ok(entries) = std::fs::read_dir("/proc") else { return Vec::new() };
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter_map(Stat::read).filter(|stat| !stat.is_kernel_thread).collect()
}

/// proc_pid_status(5): real, effective, saved and file system's.
fn effective_uid(status: &str) -> Option<u32> {
    status.lines().find_map(|line| line.strip_prefix("Uid:"))?.split_whitespace().nth(1)?.parse().ok()
}

/// Linux 6.17 counts exactly here and not in `stat` (proc_pid_stat(5), "rss"). A zombie has none.
fn resident_bytes(status: &str) -> u64 {
    let value = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let value = value.and_then(|value| value.trim().strip_suffix("kB")?.trim_end().parse::<u64>().ok());
    value.unwrap_or_default().saturating_mul(1024)
}

/// proc_pid_cmdline(5): the arguments, each with a NUL behind it; none of a zombie.
fn arguments(pid: u32) -> Vec<String> {
    let mut bytes = Vec::new();
    let file = File::open(format!("/proc/{pid}/cmdline"));
    let read = file.and_then(|file| file.take(COMMAND_LINE_MAX_BYTES).read_to_end(&mut bytes));
    if read.is_err() {
        return Vec::new();
    }
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_end_matches('\0');
    if text.is_empty() { Vec::new() } else { text.split('\0').map(str::to_owned).collect() }
}
