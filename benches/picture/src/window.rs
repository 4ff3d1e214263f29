//! The window: pictures are drawn ahead into pixmaps, so that the workload's own processor time stays out of the figures.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use x11rb::COPY_DEPTH_FROM_PARENT;
use x11rb::connection::{Connection, RequestConnection};
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ConnectionExt as _, CreateGCAux, CreateWindowAux, EventMask, Gcontext, ImageFormat, Pixmap, Screen,
    Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::Workload;
use crate::canvas::Canvas;
use crate::scene::Scene;

/// How many pictures of a moving workload exist; longer runs go round.
const AHEAD: u32 = 60;

/// Reads `WIDTHxHEIGHT`.
pub(crate) fn parse_size(text: &str) -> anyhow::Result<(u32, u32)> {
    let (width, height) = text.split_once('x').context("a size is written as 1920x1080")?;
    Ok((width.parse()?, height.parse()?))
}

/// Shows the scene on `$DISPLAY` until it is killed. `pictures`: 0, or after how many the picture stays.
pub(crate) fn show(scene: &Scene, pictures: u32) -> anyhow::Result<()> {
    let (connection, number) = x11rb::connect(None)?;
    let screen = connection.setup().roots.get(number).context("no screen")?.clone();
    let mut stage = Stage::open(&connection, &screen)?;
    match scene.workload() {
        Workload::Click => stage.clicks(scene),
        Workload::Still => stage.still(scene),
        Workload::Typing => stage.typing(scene, pictures),
        Workload::Scroll | Workload::Video => stage.moving(scene, pictures),
    }
}

struct Stage<'a> {
    connection: &'a RustConnection,
    window: Window,
    gc: Gcontext,
    depth: u8,
    size: (u32, u32),
}

impl<'a> Stage<'a> {
    fn open(connection: &'a RustConnection, screen: &Screen) -> anyhow::Result<Stage<'a>> {
        let window = connection.generate_id()?;
        let values = CreateWindowAux::new()
            .override_redirect(1)
            .background_pixel(screen.white_pixel)
            .event_mask(EventMask::EXPOSURE | EventMask::BUTTON_PRESS);
        connection.create_window(
            COPY_DEPTH_FROM_PARENT,
            window,
            screen.root,
            0,
            0,
            screen.width_in_pixels,
            screen.height_in_pixels,
            0,
            WindowClass::INPUT_OUTPUT,
            0,
            &values,
        )?;
        connection.map_window(window)?;
        let gc = connection.generate_id()?;
        connection.create_gc(gc, window, &CreateGCAux::new().graphics_exposures(0))?;
        connection.sync()?;
        let size = (u32::from(screen.width_in_pixels), u32::from(screen.height_in_pixels));
        Ok(Stage { connection, window, gc, depth: screen.root_depth, size })
    }

    fn pixmap(&self, canvas: Canvas) -> anyhow::Result<Pixmap> {
        let pixmap = self.connection.generate_id()?;
        let (width, height) = (u16::try_from(canvas.width())?, u16::try_from(canvas.height())?);
        self.connection.create_pixmap(self.depth, pixmap, self.window, width, height)?;
        let row_bytes = usize::from(width) * 4;
        let rows = (self.connection.maximum_request_bytes() - 64) / row_bytes;
        for (index, chunk) in canvas.into_bytes().chunks(rows * row_bytes).enumerate() {
            self.connection.put_image(
                ImageFormat::Z_PIXMAP,
                pixmap,
                self.gc,
                width,
                u16::try_from(chunk.len() / row_bytes)?,
                0,
                i16::try_from(index * rows)?,
                0,
                self.depth,
                chunk,
            )?;
        }
        Ok(pixmap)
    }

    fn draw(&self, pixmap: Pixmap, (x, y, width, height): (u32, u32, u32, u32)) -> anyhow::Result<()> {
        let (left, top) = (i16::try_from(x)?, i16::try_from(y)?);
        let (width, height) = (u16::try_from(width)?, u16::try_from(height)?);
        self.connection.copy_area(pixmap, self.window, self.gc, left, top, left, top, width, height)?;
        Ok(self.connection.flush()?)
    }

    fn whole(&self) -> (u32, u32, u32, u32) {
        (0, 0, self.size.0, self.size.1)
    }

    fn show(&self, scene: &Scene, number: u32) -> anyhow::Result<()> {
        let pixmap = self.pixmap(scene.picture(number, self.size.0, self.size.1))?;
        self.draw(pixmap, self.whole())?;
        self.connection.free_pixmap(pixmap)?;
        Ok(self.connection.flush()?)
    }

    fn still(&mut self, scene: &Scene) -> anyhow::Result<()> {
        loop {
            self.show(scene, 0)?;
            while !matches!(self.connection.wait_for_event()?, Event::Expose(_)) {}
        }
    }

    fn clicks(&mut self, scene: &Scene) -> anyhow::Result<()> {
        let pictures = [0, 1].map(|number| self.pixmap(scene.picture(number, self.size.0, self.size.1)));
        let [Ok(even), Ok(odd)] = pictures else { bail!("cannot draw the square") };
        let mut odd_shown = false;
        self.draw(even, self.whole())?;
        loop {
            match self.connection.wait_for_event()? {
                Event::ButtonPress(_) => {
                    odd_shown = !odd_shown;
                    self.draw(if odd_shown { odd } else { even }, crate::scene::SQUARE)?;
                }
                Event::Expose(_) => self.draw(if odd_shown { odd } else { even }, self.whole())?,
                _ => {}
            }
        }
    }

    fn typing(&mut self, scene: &Scene, pictures: u32) -> anyhow::Result<()> {
        self.show(scene, 0)?;
        self.paced(Duration::from_millis(100), pictures, |stage, number| {
            let pixmap = stage.pixmap(scene.picture(number, stage.size.0, stage.size.1))?;
            let row = 60 + number.saturating_sub(1) / 80 * 24;
            stage.draw(pixmap, (0, row, stage.size.0, 30))?;
            stage.draw(pixmap, (0, 0, 128, 8))?;
            Ok(stage.connection.free_pixmap(pixmap).map(drop)?)
        })
    }

    fn moving(&mut self, scene: &Scene, pictures: u32) -> anyhow::Result<()> {
        let mut ahead = Vec::new();
        for number in 0..AHEAD {
            ahead.push(self.pixmap(scene.picture(number, self.size.0, self.size.1))?);
        }
        let video = scene.workload() == Workload::Video;
        if let Some(&first) = ahead.first() {
            self.draw(first, self.whole())?;
        }
        self.connection.sync()?;
        self.paced(Duration::from_nanos(33_333_333), pictures, |stage, number| {
            let Some(&pixmap) = ahead.get((number % AHEAD) as usize) else { return Ok(()) };
            stage.draw(pixmap, if video { crate::scene::VIDEO } else { stage.whole() })
        })
    }

    fn paced(
        &mut self,
        every: Duration,
        pictures: u32,
        mut draw: impl FnMut(&mut Self, u32) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut next = Instant::now();
        for number in 1.. {
            next += every;
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
            draw(self, number)?;
            while self.connection.poll_for_event()?.is_some() {}
            if pictures == number {
                break;
            }
        }
        loop {
            self.connection.wait_for_event()?;
        }
    }
}
