//! The app's own windows, which the operator's input must not reach.

use x11rb::errors::ReplyError;
use x11rb::protocol::xproto::{Atom, AtomEnum, ConnectionExt as _, GetPropertyReply, InputFocus, Window};

use super::display::Display;
use crate::input::{InputError, OWN_CLASS, WindowId};

/// Windows are nested at most so deep; deeper ones are taken as ours, since nobody can tell.
const DEPTH_MAX: usize = 64;
/// A frame is one window, or one with a wrapper inside.
const FRAMES_DEEP: usize = 2;
/// Most parts of a frame; of one with more nobody can tell what it holds.
const FRAME_PARTS: usize = 256;
/// Of a property, in units of 4 bytes: the class's two names.
const PROPERTY_WORDS: u32 = 64;

/// Windows, all that bear the program's class, and, by looking anew each time, the window manager's frames around them.
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
        self.meets(display, &Chain::below(display, x, y)?)
    }

    /// Whether a key would reach one of them.
    pub(super) fn focused(&self, display: &Display) -> Result<bool, InputError> {
        let focus = display.connection.get_input_focus()?.reply()?.focus;
        if focus == Window::from(u8::from(InputFocus::NONE)) {
            return Ok(false);
        }
        let to_pointer = focus == Window::from(u8::from(InputFocus::POINTER_ROOT));
        if !to_pointer && self.meets(display, &Chain::above(display, focus)?)? {
            return Ok(true);
        }
        // X11 protocol, KeyPress: the window with the pointer gets the key if it lies inside of the focused one.
        let pointer = display.connection.query_pointer(display.root)?.reply()?;
        let below = Chain::below(display, pointer.root_x, pointer.root_y)?;
        if !to_pointer && focus != display.root && !below.windows.contains(&focus) {
            return Ok(false);
        }
        self.meets(display, &below)
    }

    fn meets(&self, display: &Display, chain: &Chain) -> Result<bool, InputError> {
        if DEPTH_MAX <= chain.windows.len() {
            return Ok(true);
        }
        for window in &self.windows {
            if chain.windows.contains(window) {
                return Ok(true);
            }
            let frame = Chain::above(display, *window)?.top();
            if frame.is_some_and(|frame| chain.windows.contains(&frame)) {
                return Ok(true);
            }
        }
        if bears_mark(display, &chain.windows)? {
            return Ok(true);
        }
        chain.top().map_or(Ok(false), |top| frames_mark(display, top))
    }
}

/// The root's child that a key would go into; `None`: into nothing.
pub(super) fn focus(display: &Display) -> Result<Option<Window>, InputError> {
    let focus = display.connection.get_input_focus()?.reply()?.focus;
    if focus == Window::from(u8::from(InputFocus::NONE)) {
        return Ok(None);
    }
    if focus != Window::from(u8::from(InputFocus::POINTER_ROOT)) && focus != display.root {
        return Ok(Chain::above(display, focus)?.top());
    }
    let pointer = display.connection.query_pointer(display.root)?.reply()?;
    Ok(Chain::below(display, pointer.root_x, pointer.root_y)?.top())
}

/// Windows that lie in each other, from the root's child down to the innermost.
pub(super) struct Chain {
    windows: Vec<Window>,
}

impl Chain {
    /// The windows under a point.
    pub(super) fn below(display: &Display, x: i16, y: i16) -> Result<Self, InputError> {
        let mut windows = Vec::new();
        let mut window = display.root;
        while windows.len() < DEPTH_MAX {
            let Some(reply) =
                known(display.connection.translate_coordinates(display.root, window, x, y)?.reply())?
            else {
                break;
            };
            if reply.child == x11rb::NONE {
                break;
            }
            windows.push(reply.child);
            window = reply.child;
        }
        Ok(Self { windows })
    }

    /// A window and its ancestors.
    pub(super) fn above(display: &Display, window: Window) -> Result<Self, InputError> {
        let mut windows = Vec::new();
        let mut window = window;
        while window != display.root && window != x11rb::NONE && windows.len() < DEPTH_MAX {
            windows.push(window);
            let Some(tree) = known(display.connection.query_tree(window)?.reply())? else { break };
            window = tree.parent;
        }
        windows.reverse();
        Ok(Self { windows })
    }

    /// The root's child, which is the frame if a window manager put one around.
    pub(super) fn top(&self) -> Option<Window> {
        self.windows.first().copied()
    }
}

/// Whether one of these windows bears the program's class.
fn bears_mark(display: &Display, windows: &[Window]) -> Result<bool, InputError> {
    let properties = properties(display, windows, AtomEnum::WM_CLASS.into())?;
    let is_ours = |value: &Vec<u8>| value.split(|byte| *byte == 0).any(|name| name == OWN_CLASS.as_bytes());
    Ok(properties.iter().any(is_ours))
}

/// Whether a window with the program's class lies inside of this one, which may be its frame. A frame holds the window
/// itself or a wrapper of it (KWin) with it inside, and neither is managed; what is managed is nobody's frame.
fn frames_mark(display: &Display, top: Window) -> Result<bool, InputError> {
    let mut frames = vec![top];
    for _ in 0..FRAMES_DEEP {
        let states = properties(display, &frames, display.wm_state)?;
        let empty = frames.iter().zip(states).filter(|(_, state)| state.is_empty());
        let asked: Vec<_> =
            empty.map(|(frame, _)| display.connection.query_tree(*frame)).collect::<Result<_, _>>()?;
        frames.clear();
        for tree in asked {
            frames.extend(known(tree.reply())?.map(|tree| tree.children).unwrap_or_default());
        }
        if FRAME_PARTS < frames.len() || bears_mark(display, &frames)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// This property of each of these windows, asked for all at once; empty where it is not there.
fn properties(display: &Display, windows: &[Window], property: Atom) -> Result<Vec<Vec<u8>>, InputError> {
    let ask = |window: &Window| {
        display.connection.get_property(false, *window, property, AtomEnum::ANY, 0, PROPERTY_WORDS)
    };
    let asked: Vec<_> = windows.iter().map(ask).collect::<Result<_, _>>()?;
    let read = |reply| Ok(known(reply)?.map(|reply: GetPropertyReply| reply.value).unwrap_or_default());
    asked.into_iter().map(|cookie| read(cookie.reply())).collect()
}

/// A window that is gone is under nothing.
pub(super) fn known<T>(reply: Result<T, ReplyError>) -> Result<Option<T>, InputError> {
    match reply {
        Ok(reply) => Ok(Some(reply)),
        Err(ReplyError::X11Error(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
