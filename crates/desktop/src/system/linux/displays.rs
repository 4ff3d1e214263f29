//! Displays as RANDR 1.5 knows them: what the desktop treats as one, with the mode of what shows it.

use x11rb::connection::Connection as _;
use x11rb::errors::ReplyError;
use x11rb::protocol::randr::{self, ConnectionExt as _, GetScreenResourcesCurrentReply, ModeFlag, ModeInfo};
use x11rb::protocol::xproto::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::system::{Display, PARTS_MAX, TEXT_MAX};
use crate::text;

/// `None`: there is no display, or it knows no RANDR 1.5.
pub(super) fn list(display: Option<&str>) -> Option<Vec<Display>> {
    let (connection, screen) = x11rb::connect(display).ok()?;
    let root = connection.setup().roots.get(screen)?.root;
    let version = connection.randr_query_version(1, 5).ok()?.reply().ok()?;
    if (version.major_version, version.minor_version) < (1, 5) {
        return None;
    }
    let monitors = connection.randr_get_monitors(root, true).ok()?.reply().ok()?.monitors;
    let modes = connection.randr_get_screen_resources_current(root).ok()?.reply().ok()?;
    let monitors = monitors.into_iter().take(PARTS_MAX);
    let mut displays: Vec<_> =
        monitors.filter_map(|monitor| described(&connection, &modes, &monitor).ok()).collect();
    displays.sort_by_key(|display| (!display.is_primary, display.x, display.y));
    Some(displays)
}

fn described(
    connection: &RustConnection,
    modes: &GetScreenResourcesCurrentReply,
    monitor: &randr::MonitorInfo,
) -> Result<Display, ReplyError> {
    let name = connection.get_atom_name(monitor.name)?.reply()?.name;
    let mut refreshes = monitor.outputs.iter().filter_map(|output| {
        let output = connection.randr_get_output_info(*output, modes.config_timestamp).ok()?.reply().ok()?;
        let crtc = connection.randr_get_crtc_info(output.crtc, modes.config_timestamp).ok()?.reply().ok()?;
        modes.modes.iter().find(|mode| mode.id == crtc.mode).map(refresh_millihertz)
    });
    Ok(Display {
        name: text::line(&String::from_utf8_lossy(&name), TEXT_MAX),
        x: monitor.x.into(),
        y: monitor.y.into(),
        width: monitor.width.into(),
        height: monitor.height.into(),
        is_primary: monitor.primary,
        width_mm: monitor.width_in_millimeters,
        height_mm: monitor.height_in_millimeters,
        refresh_millihertz: refreshes.next().unwrap_or_default(),
    })
}

/// As xrandr(1) counts it (`mode_refresh`): interlaced modes draw every second line, double scan draws each twice.
fn refresh_millihertz(mode: &ModeInfo) -> u32 {
    let mut lines = u64::from(mode.vtotal);
    let mut clock_millihertz = u64::from(mode.dot_clock) * 1000;
    if mode.mode_flags.contains(ModeFlag::DOUBLE_SCAN) {
        lines *= 2;
    }
    if mode.mode_flags.contains(ModeFlag::INTERLACE) {
        clock_millihertz *= 2;
    }
    let refresh = clock_millihertz.checked_div(u64::from(mode.htotal) * lines).unwrap_or_default();
    refresh.try_into().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{ModeFlag, ModeInfo, refresh_millihertz};

    #[test]
    fn refresh_is_what_xrandr_says() {
        let mode = |dot_clock, htotal, vtotal, mode_flags| ModeInfo {
            dot_clock,
            htotal,
            vtotal,
            mode_flags,
            ..ModeInfo::default()
        };
        // CEA-861: 1080p at 60, 1080i at 60 fields, and a mode that tells nothing.
        assert_eq!(refresh_millihertz(&mode(148_500_000, 2200, 1125, ModeFlag::from(0u32))), 60_000);
        assert_eq!(refresh_millihertz(&mode(74_250_000, 2200, 1125, ModeFlag::INTERLACE)), 60_000);
        assert_eq!(refresh_millihertz(&mode(25_175_000, 800, 525, ModeFlag::DOUBLE_SCAN)), 29_970);
        assert_eq!(refresh_millihertz(&mode(0, 0, 0, ModeFlag::from(0u32))), 0);
    }
}
