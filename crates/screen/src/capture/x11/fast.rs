//! The fast way: XDamage says where something was drawn, and only that is read, through shared memory where there is some.

use tiles::Rect;
use x11rb::{
    connection::Connection as _,
    protocol::{
        damage::{self, ConnectionExt as _},
        xfixes::{self, ConnectionExt as _},
        xproto::{Rectangle, Window},
    },
    rust_connection::RustConnection,
};

use super::{lost, pixels::Reader};
use crate::ScreenError;

/// What the display server keeps for us, and memory for what is read.
pub(super) struct Fast {
    damage: damage::Damage,
    region: xfixes::Region,
    pub(super) reader: Reader,
}

impl Fast {
    /// Asks to be told of damage; what the screen shows already counts as such.
    pub(super) fn open(
        connection: &RustConnection,
        root: Window,
        screen_px: usize,
    ) -> Result<Self, ScreenError> {
        let damage = connection.generate_id().map_err(lost)?;
        let region = connection.generate_id().map_err(lost)?;
        // "Non-empty" rings once until the damage is taken: a busy screen costs no events while there is no room.
        connection.damage_create(damage, root, damage::ReportLevel::NON_EMPTY).map_err(lost)?;
        connection.xfixes_create_region(region, &[]).map_err(lost)?;
        Ok(Self { damage, region, reader: Reader::new(connection, screen_px) })
    }

    /// Tells the server that nothing of it is needed any more.
    pub(super) fn close(&self, connection: &RustConnection) -> Result<(), ScreenError> {
        self.reader.close(connection);
        connection.damage_destroy(self.damage).map_err(lost)?;
        connection.xfixes_destroy_region(self.region).map_err(lost)?;
        Ok(())
    }

    pub(super) fn resize(&mut self, connection: &RustConnection, screen_px: usize) {
        self.reader.close(connection);
        self.reader = Reader::new(connection, screen_px);
    }

    pub(super) fn take_damage(
        &self,
        connection: &RustConnection,
        bounds: &Rect,
    ) -> Result<Vec<Rect>, ScreenError> {
        connection.damage_subtract(self.damage, x11rb::NONE, self.region).map_err(lost)?;
        let region = connection.xfixes_fetch_region(self.region).map_err(lost)?.reply().map_err(lost)?;
        let rects = region.rectangles.iter().map(|rect| inside(rect, bounds));
        Ok(rects.filter(|rect| !rect.is_empty()).collect())
    }
}

fn inside(rect: &Rectangle, bounds: &Rect) -> Rect {
    let edge = |start: i16, length: u16| usize::try_from(i32::from(start) + i32::from(length)).unwrap_or(0);
    let start = |value: i16| usize::try_from(value).unwrap_or(0);
    Rect::from_edges(start(rect.x), start(rect.y), edge(rect.x, rect.width), edge(rect.y, rect.height))
        .intersection(bounds)
}
