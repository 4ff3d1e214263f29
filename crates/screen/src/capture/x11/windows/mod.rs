//! Where windows are: which cover a shared one, and which are the program's own.

mod list;

use std::collections::HashMap;

use tiles::Rect;
use x11rb::{
    connection::RequestConnection as _,
    errors::ReplyError,
    protocol::{
        Event,
        shape::{self, ConnectionExt as _, SK},
        xproto::{
            AtomEnum, ChangeWindowAttributesAux, ConnectionExt as _, EventMask, GetGeometryReply, MapState,
            Window, WindowClass,
        },
    },
    rust_connection::RustConnection,
};

use super::{lost, setup};
use crate::{
    Part, ScreenError,
    capture::{Look, Mask},
};
pub(in crate::capture) use list::{displays, windows};

/// A window of the program's own with this name and its class is part of what is seen: it shows what was drawn on the screen.
const OVERLAY: &[u8] = b"overlay";
/// A frame is one window, or one with a wrapper inside.
const FRAMES_DEEP: usize = 2;
/// Windows are nested at most so deep.
const DEPTH_MAX: usize = 64;
/// Of a class, in units of 4 bytes: its two names.
const CLASS_WORDS: u32 = 64;

/// Whose a window is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Other,
    /// Of this program: never seen.
    Own,
    /// Of this program, and seen as if it were part of what lies below.
    Overlay,
}

/// The part, and what is known of the windows around it.
pub(super) struct Windows {
    root: Window,
    own_class: Vec<u8>,
    part: Part,
    /// The shared window is closed. One that gets its number is another one.
    gone: bool,
    /// Something that matters has changed since the last look.
    stale: bool,
    bounds: Rect,
    kinds: HashMap<Window, Kind>,
    has_shapes: bool,
    /// The root's child whose shape is watched.
    framed: Option<Window>,
    /// `_GTK_FRAME_EXTENTS`: the shadow that a program draws around its window, through which others show.
    shadow: u32,
}

impl Windows {
    pub(super) fn new(
        connection: &RustConnection,
        root: Window,
        own_class: &str,
    ) -> Result<Self, ScreenError> {
        let has_shapes = connection.extension_information(shape::X11_EXTENSION_NAME).map_err(lost)?.is_some();
        let shadow = connection.intern_atom(false, b"_GTK_FRAME_EXTENTS").map_err(lost)?;
        Ok(Self {
            root,
            own_class: own_class.as_bytes().to_vec(),
            part: Part::Desktop,
            gone: false,
            stale: true,
            bounds: Rect::default(),
            kinds: HashMap::new(),
            has_shapes,
            framed: None,
            shadow: shadow.reply().map_err(lost)?.atom,
        })
    }

    pub(super) fn set_part(&mut self, connection: &RustConnection, part: Part) {
        if let Part::Window(window) = self.part {
            select(connection, window, EventMask::NO_EVENT);
        }
        if let Part::Window(window) = part {
            select(connection, window, EventMask::STRUCTURE_NOTIFY | EventMask::PROPERTY_CHANGE);
        }
        (self.part, self.gone, self.stale) = (part, false, true);
    }

    /// What an event says of windows; whether that matters now.
    pub(super) fn note(&mut self, event: &Event) -> bool {
        let matters = match event {
            // Not to be seen before it is mapped.
            Event::CreateNotify(created) => {
                self.kinds.remove(&created.window);
                false
            }
            Event::MapNotify(mapped) => {
                self.kinds.remove(&mapped.window);
                true
            }
            Event::ReparentNotify(moved) => {
                self.kinds.remove(&moved.window);
                self.kinds.remove(&moved.parent);
                true
            }
            Event::DestroyNotify(destroyed) => {
                self.gone |= self.part == Part::Window(destroyed.window);
                let matters = self.matters(destroyed.window);
                self.kinds.remove(&destroyed.window);
                matters
            }
            Event::UnmapNotify(unmapped) => self.matters(unmapped.window),
            Event::ConfigureNotify(configured) => {
                configured.window == self.root || self.matters(configured.window)
            }
            Event::GravityNotify(moved) => self.matters(moved.window),
            Event::CirculateNotify(moved) => self.matters(moved.window),
            Event::ShapeNotify(_) => true,
            Event::PropertyNotify(changed) => changed.atom == self.shadow,
            Event::RandrScreenChangeNotify(_) | Event::RandrNotify(_) => true,
            _ => false,
        };
        self.stale |= matters;
        matters
    }

    /// Whether anything about `window` can change what is seen: with one window shared every other may cover it.
    fn matters(&self, window: Window) -> bool {
        let is_other = self.kinds.get(&window).is_some_and(|kind| *kind == Kind::Other);
        matches!(self.part, Part::Window(_)) || !is_other
    }

    /// Whether a look is worth it; what is noted from here on makes it void.
    pub(super) fn begin_look(&mut self, bounds: &Rect) -> bool {
        std::mem::take(&mut self.stale) || self.bounds != *bounds
    }

    /// Whether a look would see something else.
    pub(super) fn is_stale(&self) -> bool {
        self.stale
    }

    /// Whether pixels read since the last look may be of something that the look does not know. Where a window is not what
    /// is shared, the worst is a moment of one of the program's own in the picture.
    pub(super) fn has_moved(&self) -> bool {
        self.stale && matches!(self.part, Part::Window(_))
    }

    /// What may be seen now.
    pub(super) fn look(&mut self, connection: &RustConnection, bounds: &Rect) -> Result<Look, ScreenError> {
        self.bounds = *bounds;
        let stack = self.stack(connection)?;
        let own: Vec<Rect> =
            stack.iter().filter(|window| window.kind == Kind::Own).map(|window| window.rect).collect();
        let mut over = Vec::new();
        let (rects, gone) = match self.part {
            Part::Desktop => (vec![*bounds], false),
            Part::Area(area) => (vec![area], false),
            Part::Monitor(id) => {
                let all = setup::displays(connection, self.root, bounds.width, bounds.height);
                let found: Vec<Rect> = all
                    .iter()
                    .filter(|display| display.id == id)
                    .map(|display| on_screen(display.x, display.y, display.width, display.height))
                    .collect();
                let gone = found.is_empty();
                (found, gone)
            }
            Part::Window(window) => {
                let found = if self.gone { None } else { self.shared(connection, window)? };
                self.gone |= found.is_none();
                let (top, part) = found.unwrap_or_default();
                let above = stack.iter().skip_while(|each| each.window != top).skip(1);
                over.extend(above.filter(|each| each.kind == Kind::Other).map(|each| each.rect));
                (part, self.gone)
            }
        };
        let mask = Mask::new(*bounds, &rects, &over, &own);
        Ok(Look { shown: mask.shown(self.part, gone), mask })
    }

    /// Every window that can be seen, from the bottom to the top.
    fn stack(&mut self, connection: &RustConnection) -> Result<Vec<Stacked>, ScreenError> {
        let children = connection.query_tree(self.root).map_err(lost)?.reply().map_err(lost)?.children;
        let mut asked = Vec::with_capacity(children.len());
        for window in children {
            let attributes = connection.get_window_attributes(window).map_err(lost)?;
            asked.push((window, attributes, connection.get_geometry(window).map_err(lost)?));
        }
        let mut stack = Vec::with_capacity(asked.len());
        for (window, attributes, geometry) in asked {
            let (attributes, geometry) = (known(attributes.reply())?, known(geometry.reply())?);
            let (Some(attributes), Some(geometry)) = (attributes, geometry) else { continue };
            let is_seen =
                attributes.map_state == MapState::VIEWABLE && attributes.class == WindowClass::INPUT_OUTPUT;
            if is_seen {
                let kind = self.kind(connection, window)?;
                stack.push(Stacked { window, kind, rect: outer(&geometry) });
            }
        }
        Ok(stack)
    }

    fn kind(&mut self, connection: &RustConnection, window: Window) -> Result<Kind, ScreenError> {
        if let Some(kind) = self.kinds.get(&window) {
            return Ok(*kind);
        }
        let kind = kind_of(connection, window, &self.own_class)?;
        self.kinds.insert(window, kind);
        Ok(kind)
    }

    /// The root's child that holds the shared window, and where it can be seen if nothing covers it; `None`: it is closed.
    fn shared(
        &mut self,
        connection: &RustConnection,
        window: Window,
    ) -> Result<Option<(Window, Vec<Rect>)>, ScreenError> {
        let Some(top) = top_of(connection, self.root, window)? else { return Ok(None) };
        self.watch_shape(connection, top)?;
        let attributes = known(connection.get_window_attributes(window).map_err(lost)?.reply())?;
        let geometry = known(connection.get_geometry(top).map_err(lost)?.reply())?;
        let (Some(attributes), Some(geometry)) = (attributes, geometry) else { return Ok(None) };
        if attributes.map_state != MapState::VIEWABLE {
            return Ok(Some((top, Vec::new())));
        }
        let shape = self.shape(connection, top, &geometry)?;
        let Some(without_shadow) = self.without_shadow(connection, window)? else {
            return Ok(Some((top, shape)));
        };
        Ok(Some((top, shape.iter().map(|rect| rect.intersection(&without_shadow)).collect())))
    }

    fn watch_shape(&mut self, connection: &RustConnection, top: Window) -> Result<(), ScreenError> {
        if self.has_shapes && self.framed != Some(top) {
            self.framed = Some(top);
            connection.shape_select_input(top, true).map_err(lost)?;
        }
        Ok(())
    }

    /// The rectangles of a window that is none, or the whole.
    fn shape(
        &self,
        connection: &RustConnection,
        top: Window,
        geometry: &GetGeometryReply,
    ) -> Result<Vec<Rect>, ScreenError> {
        if !self.has_shapes {
            return Ok(vec![outer(geometry)]);
        }
        let shape = known(connection.shape_get_rectangles(top, SK::BOUNDING).map_err(lost)?.reply())?;
        let border = i32::from(geometry.border_width);
        let (left, top) = (i32::from(geometry.x) + border, i32::from(geometry.y) + border);
        let whole = outer(geometry);
        let rects = shape.map(|shape| shape.rectangles).unwrap_or_default();
        Ok(rects
            .iter()
            .map(|rect| {
                let (x, y) = (left + i32::from(rect.x), top + i32::from(rect.y));
                on_screen(x, y, rect.width.into(), rect.height.into()).intersection(&whole)
            })
            .collect())
    }

    /// A window that draws its own shadow, without it; `None`: it draws none.
    fn without_shadow(
        &self,
        connection: &RustConnection,
        window: Window,
    ) -> Result<Option<Rect>, ScreenError> {
        let property =
            connection.get_property(false, window, self.shadow, AtomEnum::CARDINAL, 0, 4).map_err(lost)?;
        let geometry = connection.get_geometry(window).map_err(lost)?;
        let place = connection.translate_coordinates(window, self.root, 0, 0).map_err(lost)?;
        let (property, geometry, place) =
            (known(property.reply())?, known(geometry.reply())?, known(place.reply())?);
        let (Some(property), Some(geometry), Some(place)) = (property, geometry, place) else {
            return Ok(Some(Rect::default()));
        };
        let extents: Vec<u32> = property.value32().map(Iterator::collect).unwrap_or_default();
        let [left, right, top, bottom] = *extents.as_slice() else { return Ok(None) };
        let side =
            |length: u16, one: u32, other: u32| u32::from(length).saturating_sub(one.saturating_add(other));
        let at = |place: i16, extent: u32| {
            i32::from(place).saturating_add(i32::try_from(extent).unwrap_or(i32::MAX))
        };
        Ok(Some(on_screen(
            at(place.dst_x, left),
            at(place.dst_y, top),
            side(geometry.width, left, right),
            side(geometry.height, top, bottom),
        )))
    }
}

/// A window of the stack.
struct Stacked {
    window: Window,
    kind: Kind,
    rect: Rect,
}

fn select(connection: &RustConnection, window: Window, events: EventMask) {
    let attributes = ChangeWindowAttributesAux::new().event_mask(events);
    // A window that is gone answers by an error of its own, and the look finds it gone.
    drop(connection.change_window_attributes(window, &attributes));
}

/// The root's child that holds `window`; `None`: it is closed.
fn top_of(connection: &RustConnection, root: Window, window: Window) -> Result<Option<Window>, ScreenError> {
    let mut top = window;
    for _ in 0..DEPTH_MAX {
        let Some(tree) = known(connection.query_tree(top).map_err(lost)?.reply())? else { return Ok(None) };
        if tree.parent == root {
            return Ok(Some(top));
        }
        if tree.parent == x11rb::NONE {
            return Ok(None);
        }
        top = tree.parent;
    }
    Ok(None)
}

/// Whether a window, or one that it is the frame of, is of the program with this class.
fn kind_of(connection: &RustConnection, window: Window, own_class: &[u8]) -> Result<Kind, ScreenError> {
    if own_class.is_empty() {
        return Ok(Kind::Other);
    }
    let mut level = vec![window];
    for depth in 0..=FRAMES_DEEP {
        let mut asked = Vec::with_capacity(level.len());
        for window in &level {
            let class = AtomEnum::WM_CLASS;
            let class = connection.get_property(false, *window, class, AtomEnum::ANY, 0, CLASS_WORDS);
            asked.push((class.map_err(lost)?, connection.query_tree(*window).map_err(lost)?));
        }
        level.clear();
        for (class, tree) in asked {
            let class = known(class.reply())?.map(|class| class.value).unwrap_or_default();
            let mut names = class.split(|byte| *byte == 0);
            let (name, class) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
            if name == own_class || class == own_class {
                return Ok(if name == OVERLAY { Kind::Overlay } else { Kind::Own });
            }
            let children = known(tree.reply())?.map(|tree| tree.children).unwrap_or_default();
            if depth < FRAMES_DEEP {
                level.extend(children);
            }
        }
    }
    Ok(Kind::Other)
}

/// With its border.
fn outer(geometry: &GetGeometryReply) -> Rect {
    let side = |length: u16| u32::from(length) + 2 * u32::from(geometry.border_width);
    on_screen(geometry.x.into(), geometry.y.into(), side(geometry.width), side(geometry.height))
}

/// What of a rectangle lies right of and below the origin.
fn on_screen(x: i32, y: i32, width: u32, height: u32) -> Rect {
    let start = |value: i32| usize::try_from(value).unwrap_or(0);
    let end = |value: i32, length: u32| usize::try_from(i64::from(value) + i64::from(length)).unwrap_or(0);
    Rect::from_edges(start(x), start(y), end(x, width), end(y, height))
}

/// A window that is gone is nowhere.
fn known<T>(reply: Result<T, ReplyError>) -> Result<Option<T>, ScreenError> {
    match reply {
        Ok(reply) => Ok(Some(reply)),
        Err(ReplyError::X11Error(_)) => Ok(None),
        Err(error) => Err(lost(error)),
    }
}
