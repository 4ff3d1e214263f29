//! What the customer's machine is, for the operator to read [F-06]: one look at it, nothing kept.

#[cfg(target_os = "linux")]
mod linux;

use std::net::IpAddr;

use crate::Unsupported;

/// Disks, and networks, and displays at most; what is beyond is left out.
pub const PARTS_MAX: usize = 64;
/// Addresses of one network, gateways and name servers at most.
pub const ADDRESSES_MAX: usize = 16;
/// Installed programs at most.
pub const PROGRAMS_MAX: usize = 10_000;
/// Every text's length at most, in characters.
pub const TEXT_MAX: usize = 256;

/// The machine and its system. A text that the system does not tell is empty, a number 0. Every text is one line of at most
/// [`TEXT_MAX`] characters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct System {
    /// "Debian GNU/Linux".
    pub os_name: String,
    /// "12".
    pub os_version: String,
    /// "6.1.0-18-amd64".
    pub kernel: String,
    /// "x86_64".
    pub architecture: String,
    /// The machine's name in its network.
    pub host_name: String,
    /// Who made the machine ("LENOVO"), from its firmware.
    pub maker: String,
    /// The machine's model, from its firmware.
    pub model: String,
    /// The account whose desktop this is.
    pub user_name: String,
    /// The desktop environment as it names itself in `XDG_CURRENT_DESKTOP`: "GNOME", "XFCE".
    pub desktop: String,
    /// Language, country and encoding as POSIX has them: "ko_KR.UTF-8".
    pub locale: String,
    /// Name in the time zone database: "Asia/Seoul".
    pub time_zone: String,
    /// When the system was started, milliseconds since 1970.
    pub booted_at_ms: u64,
    /// How long it has been running since.
    pub uptime_s: u64,
    /// The processor.
    pub cpu: Cpu,
    /// Main memory and swap.
    pub memory: Memory,
    /// File systems on disks, by where they are seen.
    pub disks: Vec<Disk>,
    /// Network interfaces but the loopback; those with an address first, then by name.
    pub networks: Vec<Network>,
    /// Where packets for elsewhere go.
    pub gateways: Vec<IpAddr>,
    /// Who is asked for names.
    pub name_servers: Vec<IpAddr>,
    /// Displays from the primary on, as they are arranged.
    pub displays: Vec<Display>,
    /// Installed programs by name.
    pub programs: Vec<Program>,
}

/// The processor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cpu {
    /// As its maker names it.
    pub model: String,
    /// Cores that are really there.
    pub physical_cores: u32,
    /// Cores that programs see.
    pub logical_cores: u32,
    /// Of the fastest core just now.
    pub frequency_mhz: u32,
}

/// Main memory and swap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// All of the main memory that the system may use.
    pub total_bytes: u64,
    /// What programs could take without swapping.
    pub available_bytes: u64,
    /// Swap space.
    pub swap_total_bytes: u64,
    /// Of it in use.
    pub swap_used_bytes: u64,
}

/// A file system on a disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disk {
    /// Where it is seen: "/", "/home".
    pub mount_point: String,
    /// "/dev/nvme0n1p2".
    pub device: String,
    /// "ext4".
    pub file_system: String,
    /// Its size.
    pub total_bytes: u64,
    /// What the account may still write.
    pub available_bytes: u64,
}

/// A network interface.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// "eth0".
    pub name: String,
    /// "52:54:00:12:34:56"; empty for one without.
    pub mac: String,
    /// IPv4 first.
    pub addresses: Vec<IpAddr>,
    /// Since the interface came up.
    pub received_bytes: u64,
    /// Since the interface came up.
    pub sent_bytes: u64,
}

/// A display.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Display {
    /// Of its connector: "HDMI-1".
    pub name: String,
    /// Pixels of the desktop from its left.
    pub x: i32,
    /// Pixels of the desktop from its top.
    pub y: i32,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Where the desktop's panel is.
    pub is_primary: bool,
    /// Of the picture; 0 if the display does not tell.
    pub width_mm: u32,
    /// Of the picture; 0 if the display does not tell.
    pub height_mm: u32,
    /// How often a second it is drawn, in thousandths: 59,940 for 59.94 Hz; 0 if unknown.
    pub refresh_millihertz: u32,
}

/// An installed program.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Program {
    /// Its package's name, or the name in its application entry.
    pub name: String,
    /// Empty for one without.
    pub version: String,
}

/// Displays as they are arranged now, from the primary on; none where the system does not tell.
#[cfg(target_os = "linux")]
#[must_use]
pub fn displays() -> Vec<Display> {
    linux::displays(None)
}

/// Displays as they are arranged now; this platform's are not told yet.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn displays() -> Vec<Display> {
    Vec::new()
}

/// Looks at the machine. Takes up to 20 seconds where the list of programs is slow, mostly less than one.
///
/// Errors: [`Unsupported`] `system-no-platform`.
#[cfg(target_os = "linux")]
pub fn describe() -> Result<System, Unsupported> {
    Ok(linux::describe(None))
}

/// Looks at the machine.
///
/// Errors: [`Unsupported`] `system-no-platform`; no implementation for this platform is built in.
#[cfg(not(target_os = "linux"))]
pub fn describe() -> Result<System, Unsupported> {
    Err(Unsupported { what: "system-no-platform" })
}
