//! A window of exactly the pixels that are painted.

use x11rb::connection::Connection as _;
use x11rb::protocol::shape::SK;
use x11rb::protocol::xfixes::{ConnectionExt as _, Region};
use x11rb::protocol::xproto::{
    ChangeGCAux, ChangeWindowAttributesAux, ConfigureWindowAux, ConnectionExt as _, CreateGCAux,
    CreateWindowAux, Gcontext, Pixmap, Rectangle, Window, WindowClass,
};

use super::display::Display;
use crate::overlay::OverlayError;
use crate::overlay::runs::{Area, Run};

/// Rectangles of one request: every server takes so many.
const PIECE: usize = 8_000;

/// A sheet. Its colours lie in a pixmap, so that the server draws them by itself wherever the window comes to be seen.
pub(super) struct Sheet {
    window: Window,
    colours: Pixmap,
    pen: Gcontext,
    /// What is painted.
    painted: Region,
    /// The same without the app's own windows: the window's form.
    form: Region,
    is_empty: bool,
    shown: bool,
}

impl Sheet {
    pub(super) fn new(display: &Display, area: Area) -> Result<Self, OverlayError> {
        let connection = &display.connection;
        let window = display.window(area, WindowClass::INPUT_OUTPUT, &CreateWindowAux::new())?;
        let colours = pixmap(display, area)?;
        let pen = connection.generate_id()?;
        connection.create_gc(pen, colours, &CreateGCAux::new().graphics_exposures(0))?;
        let (painted, form) = (connection.generate_id()?, connection.generate_id()?);
        for region in [painted, form] {
            connection.xfixes_create_region(region, &[])?;
        }
        // No click is ever its own, whatever is painted.
        connection.xfixes_set_window_shape_region(window, SK::INPUT, 0, 0, form)?;
        let sheet = Self { window, colours, pen, painted, form, is_empty: true, shown: false };
        sheet.show_colours(display)?;
        Ok(sheet)
    }

    /// Its window, while something is painted.
    pub(super) fn shown(&self) -> Option<Window> {
        self.shown.then_some(self.window)
    }

    /// Nothing is painted any more; seen with the next [`Self::show`].
    pub(super) fn empty(&mut self, display: &Display) -> Result<(), OverlayError> {
        display.connection.xfixes_set_region(self.painted, &[])?;
        self.is_empty = true;
        Ok(())
    }

    /// Paints pixels over what is there; seen with the next [`Self::show`].
    pub(super) fn paint(
        &mut self,
        display: &Display,
        rgb: [u8; 3],
        runs: &[Run],
    ) -> Result<(), OverlayError> {
        let connection = &display.connection;
        connection.change_gc(self.pen, &ChangeGCAux::new().foreground(display.pixel(rgb)))?;
        for piece in runs.chunks(PIECE) {
            let rectangles: Vec<Rectangle> = piece.iter().copied().map(rectangle).collect();
            connection.poly_fill_rectangle(self.colours, self.pen, &rectangles)?;
            let more = connection.generate_id()?;
            connection.xfixes_create_region(more, &rectangles)?;
            connection.xfixes_union_region(self.painted, more, self.painted)?;
            connection.xfixes_destroy_region(more)?;
            self.is_empty = false;
        }
        Ok(())
    }

    /// What is painted is seen from now on, and nothing else.
    pub(super) fn show(&mut self, display: &Display) -> Result<(), OverlayError> {
        let connection = &display.connection;
        if self.is_empty {
            if self.shown {
                connection.unmap_window(self.window)?;
                self.shown = false;
            }
            return Ok(());
        }
        connection.xfixes_subtract_region(self.painted, display.free_region, self.form)?;
        self.show_colours(display)?;
        connection.xfixes_set_window_shape_region(self.window, SK::BOUNDING, 0, 0, self.form)?;
        if self.shown {
            connection.clear_area(false, self.window, 0, 0, 0, 0)?;
        } else {
            connection.map_window(self.window)?;
            self.shown = true;
        }
        Ok(())
    }

    /// The screen has another size; nothing is painted after it.
    pub(super) fn resize(&mut self, display: &Display, area: Area) -> Result<(), OverlayError> {
        let connection = &display.connection;
        let (width, height) = (area.width.unsigned_abs(), area.height.unsigned_abs());
        let size = ConfigureWindowAux::new().width(u32::from(width)).height(u32::from(height));
        connection.configure_window(self.window, &size)?;
        connection.free_pixmap(self.colours)?;
        self.colours = pixmap(display, area)?;
        self.empty(display)?;
        self.show(display)
    }

    /// A server may keep a background as it was when it was set.
    fn show_colours(&self, display: &Display) -> Result<(), OverlayError> {
        let background = ChangeWindowAttributesAux::new().background_pixmap(self.colours);
        display.connection.change_window_attributes(self.window, &background)?;
        Ok(())
    }
}

fn pixmap(display: &Display, area: Area) -> Result<Pixmap, OverlayError> {
    let pixmap = display.connection.generate_id()?;
    let (width, height) = (area.width.unsigned_abs(), area.height.unsigned_abs());
    display.connection.create_pixmap(display.depth, pixmap, display.root, width, height)?;
    Ok(pixmap)
}

fn rectangle(run: Run) -> Rectangle {
    Rectangle { x: run.left, y: run.y, width: run.right.saturating_sub(run.left).unsigned_abs(), height: 1 }
}
