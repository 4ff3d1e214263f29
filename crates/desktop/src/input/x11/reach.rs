//! What is shared, beyond which no input goes (F-01).

use super::display::Display;
use super::own_windows::{Chain, focus, known};
use crate::input::{InputError, Reach};
use x11rb::protocol::xproto::{ConnectionExt as _, Window};

impl Reach {
    /// Whether a press at this place of the root window stays within.
    pub(super) fn holds_place(self, display: &Display, x: i16, y: i16) -> Result<bool, InputError> {
        Ok(match self {
            Self::Everything => true,
            Self::Nothing => false,
            Self::Area { .. } => self.holds(x.into(), y.into()),
            Self::Window(window) => {
                let below = Chain::below(display, x, y)?;
                top(display, window.0)?.is_some_and(|top| below.top() == Some(top))
            }
        })
    }

    /// Whether a key would reach a window that is shared, or of which something is.
    pub(super) fn holds_focus(self, display: &Display) -> Result<bool, InputError> {
        let focused = match self {
            Self::Everything => return Ok(true),
            Self::Nothing => return Ok(false),
            Self::Area { .. } | Self::Window(_) => focus(display)?,
        };
        let Some(focused) = focused else { return Ok(false) };
        match self {
            Self::Window(window) => Ok(top(display, window.0)? == Some(focused)),
            _ => {
                let Some(at) = known(display.connection.get_geometry(focused)?.reply())? else {
                    return Ok(false);
                };
                Ok(self.meets((at.x.into(), at.y.into()), (at.width.into(), at.height.into())))
            }
        }
    }

    fn holds(self, x: i32, y: i32) -> bool {
        self.meets((x, y), (1, 1))
    }

    fn meets(self, at: (i32, i32), size: (i32, i32)) -> bool {
        let Self::Area { x, y, width, height } = self else { return false };
        let (width, height) =
            (i32::try_from(width).unwrap_or(i32::MAX), i32::try_from(height).unwrap_or(i32::MAX));
        at.0 < x.saturating_add(width)
            && x < at.0 + size.0
            && at.1 < y.saturating_add(height)
            && y < at.1 + size.1
    }
}

/// The root's child that holds the window; `None`: it is closed.
fn top(display: &Display, window: u64) -> Result<Option<Window>, InputError> {
    let Ok(window) = Window::try_from(window) else { return Ok(None) };
    if known(display.connection.get_geometry(window)?.reply())?.is_none() {
        return Ok(None);
    }
    Ok(Chain::above(display, window)?.top())
}
