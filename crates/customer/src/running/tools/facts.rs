//! What the machine told, as messages have it.

use desktop::processes::{Process, State};
use desktop::services::Service;
use desktop::system::{Disk, Display, Network, Program, System};
use protocol::wire;

pub(super) fn system(told: System) -> wire::SystemPart {
    wire::SystemPart {
        disks: told.disks.iter().cloned().map(disk).collect(),
        networks: told.networks.iter().cloned().map(network).collect(),
        displays: told.displays.iter().cloned().map(display).collect(),
        programs: told.programs.iter().cloned().map(program).collect(),
        about: Some(about(told)),
    }
}

/// Displays alone.
pub(super) fn displays(all: Vec<Display>) -> wire::SystemPart {
    wire::SystemPart { displays: all.into_iter().map(display).collect(), ..wire::SystemPart::default() }
}

fn about(told: System) -> wire::SystemAbout {
    wire::SystemAbout {
        os: told.os_name,
        os_version: told.os_version,
        kernel: told.kernel,
        host_name: told.host_name,
        architecture: told.architecture,
        user: told.user_name,
        language: told.locale,
        time_zone: told.time_zone,
        booted_at_ms: told.booted_at_ms,
        cpu: told.cpu.model,
        cpu_cores: told.cpu.physical_cores,
        cpu_threads: told.cpu.logical_cores,
        cpu_mhz: told.cpu.frequency_mhz,
        memory_bytes: told.memory.total_bytes,
        memory_available_bytes: told.memory.available_bytes,
        swap_bytes: told.memory.swap_total_bytes,
        swap_used_bytes: told.memory.swap_used_bytes,
        maker: told.maker,
        model: told.model,
        desktop: told.desktop,
        gateways: told.gateways.iter().map(ToString::to_string).collect(),
        name_servers: told.name_servers.iter().map(ToString::to_string).collect(),
    }
}

fn disk(told: Disk) -> wire::SystemDisk {
    wire::SystemDisk {
        mount_point: told.mount_point,
        device: told.device,
        file_system: told.file_system,
        total_bytes: told.total_bytes,
        available_bytes: told.available_bytes,
    }
}

fn network(told: Network) -> wire::SystemNetwork {
    wire::SystemNetwork {
        name: told.name,
        mac: told.mac,
        addresses: told.addresses.iter().map(ToString::to_string).collect(),
        received_bytes: told.received_bytes,
        sent_bytes: told.sent_bytes,
    }
}

fn display(told: Display) -> wire::SystemDisplay {
    wire::SystemDisplay {
        name: told.name,
        x: told.x,
        y: told.y,
        width_px: told.width,
        height_px: told.height,
        width_mm: told.width_mm,
        height_mm: told.height_mm,
        primary: told.is_primary,
        refresh_mhz: told.refresh_millihertz,
    }
}

fn program(told: Program) -> wire::SystemProgram {
    wire::SystemProgram { name: told.name, version: told.version }
}

pub(super) fn process(told: Process) -> wire::ProcessEntry {
    let state = match told.state {
        State::Running => "running",
        State::Sleeping => "sleeping",
        State::Blocked => "blocked",
        State::Stopped => "stopped",
        State::Zombie => "zombie",
        State::Other => "other",
    };
    wire::ProcessEntry {
        pid: told.pid,
        parent_pid: told.parent_pid,
        name: told.name,
        command: told.command_line,
        user: told.user,
        cpu_centipercent: centipercent(told.cpu_percent),
        memory_bytes: told.resident_bytes,
        started_at_ms: told.started_at_ms,
        state: state.to_owned(),
        own: told.is_own,
    }
}

/// Hundredths of a percent; a share that is no number is 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of a float saturates, and what is no number becomes 0"
)]
fn centipercent(percent: f32) -> u32 {
    (percent * 100.0).round() as u32
}

pub(super) fn service(told: Service) -> wire::ServiceEntry {
    wire::ServiceEntry {
        name: told.name,
        description: told.description,
        state: told.state.code().to_owned(),
        detail: told.sub_state,
        startup: told.startup,
    }
}
