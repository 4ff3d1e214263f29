//! The connection to the X server, its colours, and the windows that are there beside ours.

use std::collections::HashMap;

use x11rb::connection::{Connection as _, RequestConnection as _};
use x11rb::errors::ReplyError;
use x11rb::protocol::shape;
use x11rb::protocol::xfixes::{self, ConnectionExt as _, Region};
use x11rb::protocol::xproto::{
    AtomEnum, ChangeWindowAttributesAux, ConfigureWindowAux, ConnectionExt as _, CreateWindowAux, EventMask,
    MapState, PropMode, Rectangle, StackMode, Visualtype, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::input::OWN_CLASS;
use crate::overlay::runs::Area;
use crate::overlay::{OverlayError, Unsupported, WindowId};

/// Windows are nested at most so deep.
const DEPTH_MAX: usize = 64;
/// Extended Window Manager Hints, `_NET_WM_BYPASS_COMPOSITOR`: a window as large as the screen is no reason to stop blending.
const KEEP_COMPOSITING: u32 = 2;

/// Of a window: left, top, width, height.
type Frame = (i16, i16, u16, u16);

/// An open display.
pub(super) struct Display {
    pub(super) connection: RustConnection,
    pub(super) root: Window,
    pub(super) depth: u8,
    visual: Visualtype,
    /// Where the app's own windows are, on the screen.
    free: Vec<Frame>,
    pub(super) free_region: Region,
}

impl Display {
    /// Connects and asks for the extensions.
    ///
    /// Errors: what is missing.
    pub(super) fn open(name: Option<&str>) -> Result<Self, Unsupported> {
        let no_display = Unsupported { what: "overlay-no-display" };
        let (connection, screen) = x11rb::connect(name).map_err(|_| no_display)?;
        let screen = connection.setup().roots.get(screen).ok_or(no_display)?;
        let (root, depth, visual) = (screen.root, screen.root_depth, screen.root_visual);
        let mut visuals = screen.allowed_depths.iter().flat_map(|depth| &depth.visuals);
        let visual = *visuals.find(|each| each.visual_id == visual).ok_or(no_display)?;
        let has = |name| connection.extension_information(name).ok().flatten().is_some();
        let version = || connection.xfixes_query_version(5, 0).ok().and_then(|cookie| cookie.reply().ok());
        let has_regions =
            has(xfixes::X11_EXTENSION_NAME) && version().is_some_and(|told| 2 <= told.major_version);
        if !has_regions || !has(shape::X11_EXTENSION_NAME) {
            return Err(Unsupported { what: "overlay-no-shape" });
        }
        let free_region = connection.generate_id().map_err(|_| no_display)?;
        let display = Self { connection, root, depth, visual, free: Vec::new(), free_region };
        display.begin().map_err(|_| no_display)?;
        Ok(display)
    }

    fn begin(&self) -> Result<(), OverlayError> {
        self.connection.xfixes_create_region(self.free_region, &[])?;
        let events = EventMask::SUBSTRUCTURE_NOTIFY | EventMask::STRUCTURE_NOTIFY;
        let events = ChangeWindowAttributesAux::new().event_mask(events);
        self.connection.change_window_attributes(self.root, &events)?;
        Ok(())
    }

    /// The screen's size now.
    pub(super) fn area(&self) -> Result<Area, OverlayError> {
        let root = self.connection.get_geometry(self.root)?.reply()?;
        let side = |px: u16| i16::try_from(px).unwrap_or(i16::MAX);
        Ok(Area { width: side(root.width), height: side(root.height) })
    }

    /// A colour as the screen has it.
    pub(super) fn pixel(&self, rgb: [u8; 3]) -> u32 {
        let masks = [self.visual.red_mask, self.visual.green_mask, self.visual.blue_mask];
        masks.into_iter().zip(rgb).fold(0, |pixel, (mask, value)| {
            let bits = mask.count_ones().min(8);
            let scaled = u32::from(value) >> 8_u32.saturating_sub(bits);
            pixel | (scaled << mask.trailing_zeros().min(31)) & mask
        })
    }

    /// A window over the whole screen that no window manager touches, with the program's class.
    pub(super) fn window(
        &self,
        area: Area,
        class: WindowClass,
        aux: &CreateWindowAux,
    ) -> Result<Window, OverlayError> {
        let connection = &self.connection;
        let window = connection.generate_id()?;
        let (width, height) = (area.width.unsigned_abs(), area.height.unsigned_abs());
        let depth = if class == WindowClass::INPUT_ONLY { 0 } else { self.depth };
        let (visual, aux) = (x11rb::COPY_FROM_PARENT, aux.override_redirect(1));
        connection.create_window(depth, window, self.root, 0, 0, width, height, 0, class, visual, &aux)?;
        // By this instance the picture knows that what is drawn is to be seen, unlike the app's other windows.
        let class = format!("overlay\0{OWN_CLASS}\0");
        let (property, kind) = (AtomEnum::WM_CLASS, AtomEnum::STRING);
        connection.change_property8(PropMode::REPLACE, window, property, kind, class.as_bytes())?;
        let bypass = connection.intern_atom(false, b"_NET_WM_BYPASS_COMPOSITOR")?.reply()?.atom;
        let kind = AtomEnum::CARDINAL;
        connection.change_property32(PropMode::REPLACE, window, bypass, kind, &[KEEP_COMPOSITING])?;
        Ok(window)
    }

    /// Keeps where the app's own windows are; whether that is somewhere else now.
    pub(super) fn set_free(&mut self, own: &[WindowId]) -> Result<bool, OverlayError> {
        let ids = own.iter().filter_map(|window| Window::try_from(window.0).ok());
        let mut free = Vec::new();
        for window in ids {
            free.extend(self.frame(window)?);
        }
        if free == self.free {
            return Ok(false);
        }
        let rectangle =
            |(x, y, width, height): &Frame| Rectangle { x: *x, y: *y, width: *width, height: *height };
        let rectangles: Vec<Rectangle> = free.iter().map(rectangle).collect();
        self.connection.xfixes_set_region(self.free_region, &rectangles)?;
        self.free = free;
        Ok(true)
    }

    /// Where a window is on the screen with its frame; none where it is not seen.
    fn frame(&self, window: Window) -> Result<Option<Frame>, OverlayError> {
        let mut top = window;
        for _ in 0..DEPTH_MAX {
            let Some(tree) = known(self.connection.query_tree(top)?.reply())? else { return Ok(None) };
            if tree.parent == self.root || tree.parent == x11rb::NONE {
                break;
            }
            top = tree.parent;
        }
        let state = known(self.connection.get_window_attributes(top)?.reply())?;
        if state.is_none_or(|state| state.map_state != MapState::VIEWABLE) {
            return Ok(None);
        }
        let Some(place) = known(self.connection.get_geometry(top)?.reply())? else { return Ok(None) };
        let border = place.border_width.saturating_mul(2);
        let (width, height) = (place.width.saturating_add(border), place.height.saturating_add(border));
        Ok(Some((place.x, place.y, width, height)))
    }

    /// Brings these windows to the top, the last one highest; whether they were not there.
    pub(super) fn raise(&self, windows: &[Window]) -> Result<bool, OverlayError> {
        if windows.is_empty() {
            return Ok(false);
        }
        let children = self.connection.query_tree(self.root)?.reply()?.children;
        // Windows that are not shown cover nothing.
        let at: HashMap<Window, usize> = children.iter().copied().zip(0..).collect();
        let lowest = windows.iter().filter_map(|window| at.get(window)).min().copied().unwrap_or_default();
        let above: Vec<_> = children
            .get(lowest..)
            .unwrap_or_default()
            .iter()
            .filter(|each| !windows.contains(each))
            .collect();
        let in_order = windows.iter().filter_map(|window| at.get(window)).is_sorted();
        let asked: Vec<_> = above
            .iter()
            .map(|each| self.connection.get_window_attributes(**each))
            .collect::<Result<_, _>>()?;
        let mut covers = false;
        for reply in asked {
            let state = known(reply.reply())?;
            covers |= state.is_some_and(|state| state.map_state == MapState::VIEWABLE);
        }
        if !covers && in_order {
            return Ok(false);
        }
        for window in windows {
            let above = ConfigureWindowAux::new().stack_mode(StackMode::ABOVE);
            self.connection.configure_window(*window, &above)?;
        }
        Ok(true)
    }

    /// Until the server has done what was asked.
    pub(super) fn sync(&self) -> Result<(), OverlayError> {
        self.connection.get_input_focus()?.reply()?;
        Ok(())
    }
}

/// A window that is gone is nowhere.
fn known<T>(reply: Result<T, ReplyError>) -> Result<Option<T>, OverlayError> {
    match reply {
        Ok(reply) => Ok(Some(reply)),
        Err(ReplyError::X11Error(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
