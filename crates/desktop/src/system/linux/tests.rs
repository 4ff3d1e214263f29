//! Against what this machine says of itself by other ways, and on a real X server.

use std::collections::BTreeMap;
use std::process::{Child, Command};
use std::time::{SystemTime, UNIX_EPOCH};

use super::{displays, programs};
use crate::system::{Display, System, describe};
use crate::x_server;

fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).env("LC_ALL", "C.UTF-8").output().expect(program);
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}

/// A value of `/proc/meminfo`, in bytes.
fn memory(name: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/meminfo").unwrap();
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let value: u64 = value.unwrap().trim().trim_end_matches(" kB").parse().unwrap();
    value * 1024
}

fn near(a: u64, b: u64, within: u64) -> bool {
    a.abs_diff(b) <= within
}

/// F-06: each value is what the system's own tools say.
#[test]
fn the_machine_is_described_as_it_is() {
    let system = describe().expect("Linux");
    let release = std::fs::read_to_string("/etc/os-release").unwrap();
    assert!(release.contains(&format!("NAME=\"{}\"", system.os_name)), "{}", system.os_name);
    assert_eq!(system.kernel, said("uname", &["-r"]));
    assert_eq!(system.architecture, said("uname", &["-m"]));
    assert_eq!(system.host_name, said("uname", &["-n"]));
    assert_eq!(system.user_name, said("id", &["-un"]));
    let model = std::fs::read_to_string("/proc/cpuinfo").unwrap();
    assert!(model.contains(&system.cpu.model), "{:?}", system.cpu);
    assert_eq!(system.cpu.logical_cores.to_string(), said("getconf", &["_NPROCESSORS_ONLN"]));
    assert!((1..=system.cpu.logical_cores).contains(&system.cpu.physical_cores), "{:?}", system.cpu);
    assert_eq!(system.memory.total_bytes, memory("MemTotal"));
    assert!(near(system.memory.available_bytes, memory("MemAvailable"), 2 << 30), "{:?}", system.memory);
    assert_eq!(system.memory.swap_total_bytes, memory("SwapTotal"));
    let uptime = std::fs::read_to_string("/proc/uptime").unwrap();
    let uptime_s: u64 = uptime.split('.').next().unwrap().parse().unwrap();
    assert!(near(system.uptime_s, uptime_s, 5), "{} {uptime_s}", system.uptime_s);
    let now_s = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    assert!(near(system.booted_at_ms / 1000, now_s - uptime_s, 5), "{}", system.booted_at_ms);
    check_disks(&system);
    check_networks(&system);
    check_programs(&system);
}

/// `df` in bytes; local file systems only, as it knows them.
fn check_disks(system: &System) {
    let lines = said("df", &["--block-size=1", "--output=source,target,size,avail"]);
    let lines: Vec<Vec<_>> = lines.lines().map(|line| line.split_whitespace().collect()).collect();
    let on_disks = lines.iter().filter(|fields| fields[0].starts_with("/dev/"));
    let expected: BTreeMap<_, _> = on_disks.map(|fields| (fields[0], fields)).collect();
    let found: Vec<_> = system.disks.iter().map(|disk| disk.device.as_str()).collect();
    assert_eq!(found.len(), expected.len(), "{:?}", system.disks);
    for disk in &system.disks {
        let fields = expected[disk.device.as_str()];
        assert_eq!(
            (disk.mount_point.as_str(), disk.total_bytes.to_string().as_str()),
            (fields[1], fields[2])
        );
        // Others write meanwhile.
        assert!(near(disk.available_bytes, fields[3].parse().unwrap(), 8 << 30), "{disk:?}");
        let file_system = said("stat", &["--file-system", "--format=%T", &disk.mount_point]);
        assert!(file_system.starts_with(disk.file_system.get(..3).unwrap()), "{file_system} {disk:?}");
    }
}

/// The kernel's files for each interface.
fn check_networks(system: &System) {
    let mut names: Vec<_> = std::fs::read_dir("/sys/class/net").unwrap().flatten().collect();
    names.retain(|entry| entry.file_name() != "lo" && entry.path().is_dir());
    assert_eq!(system.networks.len(), names.len());
    let of_kernel = said("cat", &["/proc/net/fib_trie"]);
    for network in &system.networks {
        let folder = format!("/sys/class/net/{}", network.name);
        let read =
            |file: &str| std::fs::read_to_string(format!("{folder}/{file}")).unwrap().trim().to_owned();
        assert_eq!(network.mac.to_lowercase(), read("address").replace("00:00:00:00:00:00", ""));
        let received = read("statistics/rx_bytes").parse().unwrap();
        assert!(network.received_bytes <= received && near(network.received_bytes, received, 1 << 30));
        let sent = read("statistics/tx_bytes").parse().unwrap();
        assert!(network.sent_bytes <= sent && near(network.sent_bytes, sent, 1 << 30));
        for address in network.addresses.iter().filter(|address| address.is_ipv4()) {
            assert!(of_kernel.contains(&address.to_string()), "{network:?}");
        }
    }
}

/// dpkg's own file, which dpkg-query reads as well.
fn check_programs(system: &System) {
    assert!(system.programs.is_sorted());
    let Ok(status) = std::fs::read_to_string("/var/lib/dpkg/status") else { return };
    let installed = status.split("\n\n").filter(|block| block.contains("Status: install ok installed"));
    let field = |block: &str, name: &str| {
        block.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned()
    };
    let mut expected: Vec<_> =
        installed.map(|block| (field(block, "Package: "), field(block, "Version: "))).collect();
    expected.sort_unstable();
    // A package that is there for several architectures bears its own.
    let short = |name: &str| name.split(':').next().unwrap().to_owned();
    let mut found: Vec<_> =
        system.programs.iter().map(|program| (short(&program.name), program.version.clone())).collect();
    found.sort_unstable();
    assert_eq!(found, expected);
}

/// F-06: where there is no package manager, the desktop's applications are listed.
#[test]
fn applications_are_listed_by_their_names() {
    let programs = programs::of_applications();
    let files = std::fs::read_dir("/usr/share/applications").map(|files| files.flatten().count());
    if files.is_ok_and(|count| 0 < count) {
        assert!(programs.iter().any(|program| !program.name.is_empty()), "{programs:?}");
    }
}

struct Screen {
    name: String,
    server: Child,
}

impl Screen {
    fn start(size: &str) -> Self {
        let (server, name) = x_server::serve(&mut x_server::xvfb(size));
        Self { name, server }
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _gone_already = self.server.kill();
        let _status = self.server.wait();
    }
}

/// F-06: displays are those that xrandr lists, with its own figures.
#[test]
fn displays_are_as_xrandr_says() {
    let screen = Screen::start("1024x768x24");
    let xrandr = |arguments: &[&str]| {
        let shown =
            Command::new("xrandr").arg("--display").arg(&screen.name).args(arguments).output().unwrap();
        assert!(shown.status.success(), "{shown:?}");
        String::from_utf8(shown.stdout).unwrap()
    };
    check_displays(&displays::list(Some(&screen.name)).expect("RANDR"), &xrandr(&["--listmonitors"]));
    assert!(xrandr(&["--listmonitors"]).contains("1024/"));
    xrandr(&["--setmonitor", "Left", "512/130x768/200+0+0", "screen"]);
    xrandr(&["--setmonitor", "*Right", "512/131x768/201+512+0", "none"]);
    let found = displays::list(Some(&screen.name)).expect("RANDR");
    check_displays(&found, &xrandr(&["--listmonitors"]));
    assert_eq!(found.iter().map(|display| display.name.as_str()).collect::<Vec<_>>(), ["Right", "Left"]);
}

/// `listed`: ` 0: +*screen 1024/271x768/203+0+0  screen`, a line a monitor.
fn check_displays(displays: &[Display], listed: &str) {
    let lines: Vec<_> = listed
        .lines()
        .skip(1)
        .map(|line| line.split_whitespace().nth(1).zip(line.split_whitespace().nth(2)).unwrap())
        .collect();
    assert_eq!(displays.len(), lines.len(), "{listed}");
    for display in displays {
        let Display { x, y, width, height, width_mm, height_mm, .. } = display;
        let place = format!("{width}/{width_mm}x{height}/{height_mm}+{x}+{y}");
        let line = lines.iter().find(|(_, listed)| *listed == place);
        let (name, _) = line.unwrap_or_else(|| panic!("{display:?} is not in {listed}"));
        assert!(name.ends_with(&display.name), "{name} {display:?}");
        assert_eq!(name.contains('*'), display.is_primary, "{name} {display:?}");
    }
}

/// F-06: without a display the rest is told.
#[test]
fn no_display_is_no_failure() {
    assert_eq!(displays::list(Some(":4711")), None);
    let system = super::describe(Some(":4711"));
    assert!(system.displays.is_empty() && !system.kernel.is_empty());
}
