//! Linux: `/proc`, `/sys`, the environment, the display, and the package manager.

mod disks;
mod displays;
mod networks;
mod programs;
#[cfg(test)]
mod tests;

use std::path::Path;

use sysinfo::{CpuRefreshKind, MemoryRefreshKind, Product, RefreshKind};

use super::{Cpu, Memory, System, TEXT_MAX};
use crate::text;

/// `display`: the X display's name; `None` takes `DISPLAY`.
pub(super) fn displays(display: Option<&str>) -> Vec<super::Display> {
    displays::list(display).unwrap_or_default()
}

/// `display`: the X display's name; `None` takes `DISPLAY`.
pub(super) fn describe(display: Option<&str>) -> System {
    let (cpu, memory) = processor_and_memory();
    System {
        os_name: told(sysinfo::System::name()),
        os_version: told(sysinfo::System::os_version()),
        kernel: told(sysinfo::System::kernel_version()),
        architecture: text::line(&sysinfo::System::cpu_arch(), TEXT_MAX),
        host_name: told(sysinfo::System::host_name()),
        maker: told(Product::vendor_name()),
        model: told(Product::name()),
        user_name: user_name(),
        desktop: first_variable(&["XDG_CURRENT_DESKTOP"]),
        // The order in which setlocale(3) looks for the language of messages.
        locale: first_variable(&["LC_ALL", "LC_MESSAGES", "LANG"]),
        time_zone: time_zone(),
        booted_at_ms: sysinfo::System::boot_time().unwrap_or_default().saturating_mul(1000),
        uptime_s: sysinfo::System::uptime().unwrap_or_default(),
        cpu,
        memory,
        disks: disks::list(),
        networks: networks::list(),
        gateways: networks::gateways(),
        name_servers: networks::name_servers(),
        displays: displays(display),
        programs: programs::list(),
    }
}

fn told(text: Result<String, sysinfo::Error>) -> String {
    text::line(&text.unwrap_or_default(), TEXT_MAX)
}

fn processor_and_memory() -> (Cpu, Memory) {
    let parts = RefreshKind::nothing()
        .with_cpu(CpuRefreshKind::nothing().with_frequency())
        .with_memory(MemoryRefreshKind::everything());
    let Ok(system) = sysinfo::System::new_with_specifics(parts) else { return Default::default() };
    let cores = system.cpus();
    let cpu = Cpu {
        model: text::line(cores.first().map(|core| core.brand()).unwrap_or_default(), TEXT_MAX),
        physical_cores: count(sysinfo::System::physical_core_count().unwrap_or_default()),
        logical_cores: count(cores.len()),
        frequency_mhz: cores
            .iter()
            .map(|core| u32::try_from(core.frequency()).unwrap_or_default())
            .max()
            .unwrap_or_default(),
    };
    let memory = Memory {
        total_bytes: system.total_memory(),
        available_bytes: system.available_memory(),
        swap_total_bytes: system.total_swap(),
        swap_used_bytes: system.used_swap(),
    };
    (cpu, memory)
}

fn count(number: usize) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}

/// The name may come from a directory service, so it is the C library that is asked.
fn user_name() -> String {
    let user = nix::unistd::User::from_uid(nix::unistd::geteuid()).ok().flatten();
    text::line(&user.map(|user| user.name).unwrap_or_default(), TEXT_MAX)
}

/// The first that is set and not empty.
fn first_variable(names: &[&str]) -> String {
    let mut values = names.iter().filter_map(std::env::var_os);
    let value = values.find(|value| !value.is_empty()).unwrap_or_default();
    text::line(&value.to_string_lossy(), TEXT_MAX)
}

/// From `TZ`, else from where `/etc/localtime` points to (tzfile(5), localtime(5)), else from `/etc/timezone` (Debian).
fn time_zone() -> String {
    let variable = std::env::var("TZ").unwrap_or_default();
    let variable = variable.trim_start_matches(':');
    let path = if variable.is_empty() {
        std::fs::read_link("/etc/localtime").unwrap_or_default()
    } else {
        Path::new(variable).to_owned()
    };
    let path = path.to_string_lossy();
    let name = path.split_once("zoneinfo/").map_or(variable, |(_, name)| name);
    if name.is_empty() {
        return text::line(&std::fs::read_to_string("/etc/timezone").unwrap_or_default(), TEXT_MAX);
    }
    text::line(name, TEXT_MAX)
}
