//! X11.

use x11rb::connection::RequestConnection as _;
use x11rb::protocol::randr;

use crate::input::Unsupported;

/// winit (0.30, `xdisplay.rs`) takes RANDR for granted and breaks without.
pub(super) fn takes_windows() -> Result<(), Unsupported> {
    let Ok((connection, _)) = x11rb::connect(None) else { return Ok(()) };
    match connection.extension_information(randr::X11_EXTENSION_NAME) {
        Ok(None) => Err(Unsupported { what: "display-no-randr" }),
        _ => Ok(()),
    }
}
