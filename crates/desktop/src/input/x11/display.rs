//! The connection to the X server and what it must be able to do.

use x11rb::connection::{Connection, RequestConnection};
use x11rb::errors::{ConnectionError, ReplyError};
use x11rb::protocol::xproto::{Atom, ChangeWindowAttributesAux, ConnectionExt as _, EventMask, Window};
use x11rb::protocol::{xinput, xkb, xtest};
use x11rb::rust_connection::RustConnection;

use crate::input::{InputError, Options, Unsupported};

/// An open display.
pub(super) struct Display {
    pub(super) connection: RustConnection,
    pub(super) root: Window,
    /// Name without the screen's number: what a crash journal belongs to.
    pub(super) name: String,
    /// Borne by the windows that a window manager manages (ICCCM §4.1.3.1).
    pub(super) wm_state: Atom,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Display {
    /// Connects, asks for the extensions and selects the events.
    ///
    /// Errors: what is missing.
    pub(super) fn open(options: &Options) -> Result<Self, Unsupported> {
        let no_display = Unsupported { what: "input-no-display" };
        let (connection, screen) = x11rb::connect(options.display.as_deref()).map_err(|_| no_display)?;
        let screen = connection.setup().roots.get(screen).ok_or(no_display)?;
        let (root, width, height) =
            (screen.root, screen.width_in_pixels.into(), screen.height_in_pixels.into());
        let name = options.display.clone().or_else(|| std::env::var("DISPLAY").ok()).unwrap_or_default();
        let name = without_screen(&name).to_owned();
        let atom = connection.intern_atom(false, b"WM_STATE").ok().and_then(|cookie| cookie.reply().ok());
        let wm_state = atom.ok_or(no_display)?.atom;
        let display = Self { connection, root, name, wm_state, width, height };
        display.require_extensions()?;
        display.select_events().map_err(|_| no_display)?;
        Ok(display)
    }

    fn require_extensions(&self) -> Result<(), Unsupported> {
        let connection = &self.connection;
        let has = |name| connection.extension_information(name).ok().flatten().is_some();
        if !has(xtest::X11_EXTENSION_NAME) {
            return Err(Unsupported { what: "input-no-xtest" });
        }
        if !has(xinput::X11_EXTENSION_NAME) {
            return Err(Unsupported { what: "input-no-xinput" });
        }
        // 2.2: raw events name their source and arrive whoever grabs the pointer (inputproto XI2proto.txt, §2.1).
        let version = xinput::xi_query_version(connection, 2, 2).ok().and_then(|cookie| cookie.reply().ok());
        if version.is_none_or(|version| (version.major_version, version.minor_version) < (2, 2)) {
            return Err(Unsupported { what: "input-no-xinput" });
        }
        let keyboard = xkb::use_extension(connection, 1, 0).ok().and_then(|cookie| cookie.reply().ok());
        if keyboard.is_none_or(|reply| !reply.supported) {
            return Err(Unsupported { what: "input-no-xkb" });
        }
        Ok(())
    }

    fn select_events(&self) -> Result<(), InputError> {
        use xinput::XIEventMask as Raw;
        let mask = xinput::EventMask {
            deviceid: xinput::Device::ALL_MASTER.into(),
            mask: vec![
                Raw::RAW_KEY_PRESS
                    | Raw::RAW_KEY_RELEASE
                    | Raw::RAW_BUTTON_PRESS
                    | Raw::RAW_BUTTON_RELEASE
                    | Raw::RAW_MOTION
                    | Raw::RAW_TOUCH_BEGIN
                    | Raw::RAW_TOUCH_UPDATE,
            ],
        };
        xinput::xi_select_events(&self.connection, self.root, &[mask])?;
        let root = ChangeWindowAttributesAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
        self.connection.change_window_attributes(self.root, &root)?;
        let events = xkb::EventType::NEW_KEYBOARD_NOTIFY | xkb::EventType::MAP_NOTIFY;
        let parts = xkb::MapPart::KEY_SYMS;
        let details = xkb::SelectEventsAux::new();
        let keyboard = xkb::ID::USE_CORE_KBD.into();
        xkb::select_events(
            &self.connection,
            keyboard,
            xkb::EventType::default(),
            events,
            parts,
            parts,
            &details,
        )?;
        self.sync()
    }

    /// Waits until the server has done everything asked so far.
    pub(super) fn sync(&self) -> Result<(), InputError> {
        self.connection.get_input_focus()?.reply()?;
        Ok(())
    }

    pub(super) fn flush(&self) -> Result<(), InputError> {
        self.connection.flush()?;
        Ok(())
    }

    /// Does something while no other program's request is served, so that what was looked at still holds.
    pub(super) fn alone<T>(&self, act: impl FnOnce() -> Result<T, InputError>) -> Result<T, InputError> {
        self.connection.grab_server()?;
        let result = act();
        self.connection.ungrab_server()?;
        self.connection.flush()?;
        result
    }
}

/// `:5.0` and `:5` are the same display; a host name may hold dots.
pub(super) fn without_screen(name: &str) -> &str {
    let (host_end, _) = name.rmatch_indices(':').next().unwrap_or((0, ""));
    let dot = name.rfind('.').filter(|dot| host_end < *dot);
    dot.and_then(|dot| name.get(..dot)).unwrap_or(name)
}

impl From<ConnectionError> for InputError {
    fn from(error: ConnectionError) -> Self {
        Self::DisplayLost(Box::new(error))
    }
}

impl From<ReplyError> for InputError {
    fn from(error: ReplyError) -> Self {
        match error {
            ReplyError::ConnectionError(error) => error.into(),
            ReplyError::X11Error(_) => Self::DisplayRefused(Box::new(error)),
        }
    }
}
