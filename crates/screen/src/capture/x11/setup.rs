//! What a display must be and have before anything is captured.

use tiles::limits::{MAX_PICTURE_PX, MAX_SIDE_PX};
use x11rb::{
    connection::{Connection as _, RequestConnection as _},
    protocol::{
        damage::{self, ConnectionExt as _},
        randr::{self, ConnectionExt as _},
        xfixes::{self, ConnectionExt as _},
        xinput::{self, ConnectionExt as _},
        xproto::{
            ChangeWindowAttributesAux, ConnectionExt as _, EventMask, ImageOrder, Screen, VisualClass, Window,
        },
    },
    rust_connection::RustConnection,
};

use super::lost;
use crate::{Display, ScreenError};

/// The parts of a display that are used.
pub(super) struct UsableScreen {
    pub(super) root: Window,
    pub(super) width: u16,
    pub(super) height: u16,
}

/// Checks that pixels are 32 bits of blue, green, red. Errors: [`ScreenError::Depth`], [`ScreenError::Size`].
pub(super) fn usable_screen(connection: &RustConnection, number: usize) -> Result<UsableScreen, ScreenError> {
    let setup = connection.setup();
    let missing = || ScreenError::NoDisplay { reason: "display has no screen".to_owned() };
    let screen = setup.roots.get(number).ok_or_else(missing)?;
    let depth = screen.root_depth;
    let format = setup.pixmap_formats.iter().find(|format| format.depth == depth);
    let whole_words = format.is_some_and(|format| format.bits_per_pixel == 32);
    let little_endian = setup.image_byte_order == ImageOrder::LSB_FIRST;
    if !matches!(depth, 24 | 32) || !whole_words || !little_endian || !is_bgrx(screen) {
        return Err(ScreenError::Depth { depth });
    }
    check_size(screen.width_in_pixels, screen.height_in_pixels)?;
    Ok(UsableScreen { root: screen.root, width: screen.width_in_pixels, height: screen.height_in_pixels })
}

fn is_bgrx(screen: &Screen) -> bool {
    screen.allowed_depths.iter().flat_map(|depth| &depth.visuals).any(|visual| {
        visual.visual_id == screen.root_visual
            && matches!(visual.class, VisualClass::TRUE_COLOR | VisualClass::DIRECT_COLOR)
            && (visual.red_mask, visual.green_mask, visual.blue_mask) == (0xff_0000, 0xff00, 0xff)
    })
}

/// Errors: [`ScreenError::Size`].
pub(super) fn check_size(width: u16, height: u16) -> Result<(), ScreenError> {
    let fits = width <= MAX_SIDE_PX
        && height <= MAX_SIDE_PX
        && usize::from(width) * usize::from(height) <= MAX_PICTURE_PX
        && width != 0
        && height != 0;
    if fits { Ok(()) } else { Err(ScreenError::Size { width, height }) }
}

/// The extensions that a display has of those that are used; each is optional.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extensions {
    /// The pointer's shape.
    pub(super) xfixes: bool,
    /// What was drawn on, which is asked for by XFixes' regions.
    pub(super) damage: bool,
}

pub(super) fn extensions(connection: &RustConnection) -> Result<Extensions, ScreenError> {
    let has = |name| Ok(connection.extension_information(name).map_err(lost)?.is_some());
    let xfixes = has(xfixes::X11_EXTENSION_NAME)?;
    let damage = xfixes && has(damage::X11_EXTENSION_NAME)?;
    if xfixes {
        connection.xfixes_query_version(5, 0).map_err(lost)?.reply().map_err(lost)?;
    }
    if damage {
        connection.damage_query_version(1, 1).map_err(lost)?.reply().map_err(lost)?;
    }
    Ok(Extensions { xfixes, damage })
}

/// Asks to be told of sizes and the pointer. RandR and XInput are optional: without them a size change is noticed by the root
/// window's own event, and the pointer's place when it is looked at again.
pub(super) fn watch(
    connection: &RustConnection,
    root: Window,
    extensions: Extensions,
) -> Result<(), ScreenError> {
    if extensions.xfixes {
        connection
            .xfixes_select_cursor_input(root, xfixes::CursorNotifyMask::DISPLAY_CURSOR)
            .map_err(lost)?;
    }
    // The second: where the windows are, which cover each other.
    let mask = EventMask::STRUCTURE_NOTIFY | EventMask::SUBSTRUCTURE_NOTIFY;
    let structure = ChangeWindowAttributesAux::new().event_mask(mask);
    connection.change_window_attributes(root, &structure).map_err(lost)?;
    if connection.extension_information(randr::X11_EXTENSION_NAME).map_err(lost)?.is_some() {
        connection.randr_query_version(1, 5).map_err(lost)?.reply().map_err(lost)?;
        connection.randr_select_input(root, randr::NotifyMask::SCREEN_CHANGE).map_err(lost)?;
    }
    if connection.extension_information(xinput::X11_EXTENSION_NAME).map_err(lost)?.is_some() {
        connection.xinput_xi_query_version(2, 2).map_err(lost)?.reply().map_err(lost)?;
        let mask = xinput::EventMask {
            deviceid: u16::from(xinput::Device::ALL_MASTER),
            mask: vec![xinput::XIEventMask::RAW_MOTION],
        };
        connection.xinput_xi_select_events(root, &[mask]).map_err(lost)?;
    }
    connection.flush().map_err(lost)?;
    Ok(())
}

/// The screens, by RandR's monitors; without them the whole picture is one.
pub(super) fn displays(connection: &RustConnection, root: Window, width: u16, height: u16) -> Vec<Display> {
    let found = monitors(connection, root).unwrap_or_default();
    if !found.is_empty() {
        return found;
    }
    let (width, height) = (u32::from(width), u32::from(height));
    vec![Display { id: 0, name: "screen".to_owned(), x: 0, y: 0, width, height, primary: true }]
}

fn monitors(connection: &RustConnection, root: Window) -> Option<Vec<Display>> {
    connection.extension_information(randr::X11_EXTENSION_NAME).ok()??;
    let reply = connection.randr_get_monitors(root, true).ok()?.reply().ok()?;
    reply.monitors.iter().map(|monitor| display_of(connection, monitor)).collect()
}

fn display_of(connection: &RustConnection, monitor: &randr::MonitorInfo) -> Option<Display> {
    let name = connection.get_atom_name(monitor.name).ok()?.reply().ok()?.name;
    Some(Display {
        id: monitor.name,
        name: String::from_utf8_lossy(&name).into_owned(),
        x: i32::from(monitor.x),
        y: i32::from(monitor.y),
        width: u32::from(monitor.width),
        height: u32::from(monitor.height),
        primary: monitor.primary,
    })
}
