//! The app's own windows, which the operator's input must not reach.

use x11rb::errors::ReplyError;
use x11rb::protocol::xproto::{ConnectionExt as _, InputFocus, Window};

use super::display::Display;
use crate::input::{InputError, WindowId};

/// Windows are nested at most so deep; deeper ones are taken as ours, since nobody can tell.
const DEPTH_MAX: usize = 64;

/// Windows and, by looking anew each time, the window manager's frames around them.
///
/// Until it is told any, nobody can tell what an input would reach: then none may go out.
#[derive(Default)]
pub(super) struct OwnWindows {
    windows: Vec<Window>,
}

impl OwnWindows {
    pub(super) fn new(windows: &[WindowId]) -> Self {
        Self { windows: windows.iter().filter_map(|window| Window::try_from(window.0).ok()).collect() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.windows.is_empty()
    }

    /// Whether a press at this place of the root window would reach one of them.
    pub(super) fn under(&self, display: &Display, x: i16, y: i16) -> Result<bool, InputError> {
        let below = chain_below(display, x, y)?;
        self.meets(display, &below)
    }

    /// Whether a key would reach one of them.
    pub(super) fn focused(&self, display: &Display) -> Result<bool, InputError> {
        let focus = display.connection.get_input_focus()?.reply()?.focus;
        if focus == Window::from(u8::from(InputFocus::NONE)) {
            return Ok(false);
        }
        let to_pointer = focus == Window::from(u8::from(InputFocus::POINTER_ROOT));
        if !to_pointer && self.meets(display, &chain_above(display, focus)?)? {
            return Ok(true);
        }
        // X11 protocol, KeyPress: the window with the pointer gets the key if it lies inside of the focused one.
        let pointer = display.connection.query_pointer(display.root)?.reply()?;
        let mut below = chain_below(display, pointer.root_x, pointer.root_y)?;
        below.insert(0, display.root);
        if !to_pointer && !below.contains(&focus) {
            return Ok(false);
        }
        self.meets(display, &below)
    }

    fn meets(&self, display: &Display, chain: &[Window]) -> Result<bool, InputError> {
        if DEPTH_MAX <= chain.len() {
            return Ok(true);
        }
        for window in &self.windows {
            if chain.contains(window) {
                return Ok(true);
            }
            let frame = chain_above(display, *window)?.last().copied();
            if frame.is_some_and(|frame| chain.contains(&frame)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The windows under a point, from the root's child down to the innermost.
fn chain_below(display: &Display, x: i16, y: i16) -> Result<Vec<Window>, InputError> {
    let mut chain = Vec::new();
    let mut window = display.root;
    while chain.len() < DEPTH_MAX {
        let Some(reply) =
            known(display.connection.translate_coordinates(display.root, window, x, y)?.reply())?
        else {
            break;
        };
        if reply.child == x11rb::NONE {
            break;
        }
        chain.push(reply.child);
        window = reply.child;
    }
    Ok(chain)
}

/// A window and its ancestors up to the root's child, which is the frame if a window manager put one around it.
fn chain_above(display: &Display, window: Window) -> Result<Vec<Window>, InputError> {
    let mut chain = Vec::new();
    let mut window = window;
    while window != display.root && window != x11rb::NONE && chain.len() < DEPTH_MAX {
        chain.push(window);
        let Some(tree) = known(display.connection.query_tree(window)?.reply())? else { break };
        window = tree.parent;
    }
    Ok(chain)
}

/// A window that is gone is under nothing.
fn known<T>(reply: Result<T, ReplyError>) -> Result<Option<T>, InputError> {
    match reply {
        Ok(reply) => Ok(Some(reply)),
        Err(ReplyError::X11Error(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
