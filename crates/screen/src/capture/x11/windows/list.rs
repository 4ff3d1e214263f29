//! What there is to choose from: windows by their titles, and screens.

use x11rb::{
    connection::Connection as _,
    protocol::xproto::{Atom, AtomEnum, ConnectionExt as _, MapState, Window},
    rust_connection::RustConnection,
};

use super::{Kind, kind_of, known};
use crate::{
    Display, OpenWindow, ScreenError,
    capture::x11::{lost, setup},
};

/// So many windows are listed.
const MAX_WINDOWS: usize = 64;
/// Of a title.
const MAX_CHARS: usize = 128;
/// Of a property, in units of 4 bytes.
const MAX_WORDS: u32 = 1024;

/// A connection for one question.
struct Asker {
    connection: RustConnection,
    root: Window,
}

impl Asker {
    fn new(display: Option<&str>) -> Result<(Self, usize), ScreenError> {
        let (connection, number) = RustConnection::connect(display)
            .map_err(|error| ScreenError::NoDisplay { reason: error.to_string() })?;
        let missing = || ScreenError::NoDisplay { reason: "display has no screen".to_owned() };
        let root = connection.setup().roots.get(number).ok_or_else(missing)?.root;
        Ok((Self { connection, root }, number))
    }

    fn atom(&self, name: &str) -> Result<Atom, ScreenError> {
        Ok(self.connection.intern_atom(false, name.as_bytes()).map_err(lost)?.reply().map_err(lost)?.atom)
    }

    fn bytes(&self, window: Window, property: Atom) -> Result<Vec<u8>, ScreenError> {
        let asked = self.connection.get_property(false, window, property, AtomEnum::ANY, 0, MAX_WORDS);
        Ok(known(asked.map_err(lost)?.reply())?.map(|property| property.value).unwrap_or_default())
    }

    fn numbers(&self, window: Window, property: Atom) -> Result<Vec<u32>, ScreenError> {
        let bytes = self.bytes(window, property)?;
        Ok(bytes.as_chunks::<4>().0.iter().map(|number| u32::from_ne_bytes(*number)).collect())
    }

    /// The window manager's list; without a manager all that a program has opened for itself. From the bottom to the top.
    fn stack(&self) -> Result<Vec<Window>, ScreenError> {
        let managed = self.numbers(self.root, self.atom("_NET_CLIENT_LIST_STACKING")?)?;
        if !managed.is_empty() {
            return Ok(managed);
        }
        let children = self.connection.query_tree(self.root).map_err(lost)?.reply().map_err(lost)?.children;
        let mut found = Vec::new();
        for window in children {
            let asked = self.connection.get_window_attributes(window).map_err(lost)?;
            let Some(attributes) = known(asked.reply())? else { continue };
            if attributes.map_state == MapState::VIEWABLE && !attributes.override_redirect {
                found.push(window);
            }
        }
        Ok(found)
    }

    fn title(&self, window: Window, utf8_name: Atom) -> Result<String, ScreenError> {
        let mut title = self.bytes(window, utf8_name)?;
        if title.is_empty() {
            title = self.bytes(window, AtomEnum::WM_NAME.into())?;
        }
        Ok(bounded(&String::from_utf8_lossy(&title)))
    }
}

/// The windows that can be shared, the uppermost first. Those of `own_class`, panels and the desktop's own are not among them.
pub(in crate::capture) fn windows(
    display: Option<&str>,
    own_class: &str,
) -> Result<Vec<OpenWindow>, ScreenError> {
    let (asker, _) = Asker::new(display)?;
    let (name, kinds) = (asker.atom("_NET_WM_NAME")?, asker.atom("_NET_WM_WINDOW_TYPE")?);
    let furniture = [asker.atom("_NET_WM_WINDOW_TYPE_DESKTOP")?, asker.atom("_NET_WM_WINDOW_TYPE_DOCK")?];
    let mut found = Vec::new();
    for id in asker.stack()?.into_iter().rev().take(MAX_WINDOWS) {
        let is_furniture = asker.numbers(id, kinds)?.iter().any(|kind| furniture.contains(kind));
        let title = asker.title(id, name)?;
        if title.is_empty() || is_furniture {
            continue;
        }
        if kind_of(&asker.connection, id, own_class.as_bytes())? == Kind::Other {
            found.push(OpenWindow { id, title });
        }
    }
    Ok(found)
}

/// The screens.
pub(in crate::capture) fn displays(display: Option<&str>) -> Result<Vec<Display>, ScreenError> {
    let (asker, number) = Asker::new(display)?;
    let screen = asker.connection.setup().roots.get(number);
    let (width, height) =
        screen.map(|screen| (screen.width_in_pixels, screen.height_in_pixels)).unwrap_or_default();
    Ok(setup::displays(&asker.connection, asker.root, width, height))
}

fn bounded(title: &str) -> String {
    title.chars().filter(|c| !c.is_control()).take(MAX_CHARS).collect::<String>().trim().to_owned()
}
