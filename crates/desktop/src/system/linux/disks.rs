//! File systems that lie on disks, from `/proc/self/mountinfo`.
//!
//! Only these are asked for their size: a network share or a FUSE program that does not answer would hold us for ever.

use std::collections::HashSet;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;

use crate::system::{Disk, PARTS_MAX, TEXT_MAX};
use crate::text;

pub(super) fn list() -> Vec<Disk> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let mut disks: Vec<_> = on_disks(&mounts).into_iter().filter_map(measured).take(PARTS_MAX).collect();
    disks.sort_by(|a, b| a.mount_point.cmp(&b.mount_point));
    disks
}

/// A file system that is seen at a place.
#[derive(Debug, PartialEq, Eq)]
struct Mount {
    mount_point: OsString,
    device: String,
    file_system: String,
}

/// Each file system once: at its first place, which is the one that was mounted and not bound there later. `mounts`: lines
/// of proc_pid_mountinfo(5).
fn on_disks(mounts: &str) -> Vec<Mount> {
    let mut seen = HashSet::new();
    let mounts = mounts.lines().filter_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        let mut after = after.split(' ');
        let (file_system, device) = (after.next()?, unescaped(after.next()?));
        let device = device.to_string_lossy().into_owned();
        let mount_point = unescaped(before.split(' ').nth(4)?);
        // A loop device under squashfs is a package of snapd's; ZFS names a pool in place of a device.
        let is_disk = device.starts_with("/dev/") && file_system != "squashfs" || file_system == "zfs";
        (is_disk && seen.insert(device.clone())).then(|| Mount {
            mount_point,
            device,
            file_system: file_system.to_owned(),
        })
    });
    mounts.collect()
}

fn measured(mount: Mount) -> Option<Disk> {
    let size = rustix::fs::statvfs(mount.mount_point.as_os_str()).ok()?;
    (size.f_blocks != 0).then(|| Disk {
        mount_point: text::line(&mount.mount_point.to_string_lossy(), TEXT_MAX),
        device: text::line(&mount.device, TEXT_MAX),
        file_system: text::line(&mount.file_system, TEXT_MAX),
        total_bytes: size.f_frsize.saturating_mul(size.f_blocks),
        available_bytes: size.f_frsize.saturating_mul(size.f_bavail),
    })
}

/// The kernel writes space, tab, line feed and backslash as `\` and three octal digits.
fn unescaped(field: &str) -> OsString {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..3).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.filter(|_| first == b'\\').and_then(|digits| u8::from_str_radix(digits, 8).ok());
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { after.get(3..).unwrap_or_default() } else { after };
    }
    OsString::from_vec(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Mount, on_disks, unescaped};

    #[test]
    fn only_disks_are_listed_and_each_once() {
        let mounts = "\
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 0:21 / /proc rw shared:14 - proc proc rw
24 22 0:5 / /dev rw shared:2 - devtmpfs udev rw
30 22 8:2 /srv /var/bound rw,relatime shared:1 - ext4 /dev/sda2 rw
31 22 7:1 / /snap/core/1 ro,nodev shared:30 - squashfs /dev/loop1 ro
32 22 0:40 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw,lowerdir=/a
33 22 8:17 / /media/kim/USB\\040disk\\134 rw - fuseblk /dev/sdb1 rw
34 22 0:50 / /mnt/nas rw shared:9 master:2 - nfs4 nas:/share rw
35 22 0:51 / /home rw - zfs tank/home rw
broken line
36 22";
        let mount = |mount_point: &str, device: &str, file_system: &str| Mount {
            mount_point: mount_point.into(),
            device: device.to_owned(),
            file_system: file_system.to_owned(),
        };
        let expected = [
            mount("/", "/dev/sda2", "ext4"),
            mount("/media/kim/USB disk\\", "/dev/sdb1", "fuseblk"),
            mount("/home", "tank/home", "zfs"),
        ];
        assert_eq!(on_disks(mounts), expected);
        assert_eq!(unescaped("\\12\\477é\\"), "\\12\\477é\\");
    }
}
