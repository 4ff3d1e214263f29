//! Reading of pixels: MIT-SHM where the X server shares memory with us, plain GetImage where it does not.

use tiles::{Patch, Rect};
use x11rb::{
    connection::Connection as _,
    protocol::{
        shm::{self, ConnectionExt as _},
        xproto::{ConnectionExt as _, ImageFormat, Window},
    },
    rust_connection::RustConnection,
};

use super::{lost, shared_memory::SharedMemory};
use crate::{
    ScreenError,
    capture::{Mask, count_capture},
};

pub(super) const ALL_PLANES: u32 = !0;
/// What one capture holds at most: a picture of 2560×1440, 14 MiB. Larger screens are read in turns, so that memory
/// does not grow with them.
pub(super) const MAX_CAPTURE_PX: usize = 2560 * 1440;
pub(super) const PIXEL_BYTES: usize = 4;

/// How pixels come over.
pub(super) enum Reader {
    /// The server writes into memory that both see.
    Shared { segment: shm::Seg, memory: SharedMemory },
    /// Pixels come as replies.
    Plain { buffer: Vec<u8>, capacity_px: usize },
}

impl Reader {
    /// The best way for a screen of `screen_px` pixels.
    pub(super) fn new(connection: &RustConnection, screen_px: usize) -> Self {
        let capacity_px = screen_px.min(MAX_CAPTURE_PX);
        Self::shared(connection, capacity_px)
            .unwrap_or_else(|| Self::Plain { buffer: Vec::new(), capacity_px })
    }

    /// `None` where the server has no MIT-SHM 1.2 or runs on another machine.
    fn shared(connection: &RustConnection, capacity_px: usize) -> Option<Self> {
        let version = connection.shm_query_version().ok()?.reply().ok()?;
        if (version.major_version, version.minor_version) < (1, 2) {
            return None;
        }
        let (memory, file) = SharedMemory::new(capacity_px * PIXEL_BYTES).ok()?;
        let segment = connection.generate_id().ok()?;
        connection.shm_attach_fd(segment, file, false).ok()?.check().ok()?;
        Some(Self::Shared { segment, memory })
    }

    /// Tells the server that the memory is no longer needed.
    pub(super) fn close(&self, connection: &RustConnection) {
        if let Self::Shared { segment, .. } = self {
            // A lost connection has freed it already.
            drop(connection.shm_detach(*segment));
        }
    }

    /// Whether the server writes into memory of ours.
    pub(super) fn shares_memory(&self) -> bool {
        matches!(self, Self::Shared { .. })
    }

    /// Gives the memory of earlier captures back to the system.
    pub(super) fn release(&mut self) {
        match self {
            Self::Shared { memory, .. } => memory.release(),
            Self::Plain { buffer, .. } => *buffer = Vec::new(),
        }
    }

    pub(super) fn capacity_px(&self) -> usize {
        match self {
            Self::Shared { memory, .. } => memory.length() / PIXEL_BYTES,
            Self::Plain { capacity_px, .. } => *capacity_px,
        }
    }

    /// Reads `areas` of `root`, one after the other.
    pub(super) fn read(
        &mut self,
        connection: &RustConnection,
        root: Window,
        areas: &[Rect],
    ) -> Result<(), ScreenError> {
        count_capture();
        match self {
            Self::Shared { segment, .. } => read_shared(connection, root, areas, *segment),
            Self::Plain { buffer, .. } => read_plain(connection, root, areas, buffer),
        }
    }

    /// What was read of `areas`, painted over where `mask` says so.
    pub(super) fn masked(&mut self, areas: &[Rect], mask: &Mask) -> Vec<Patch<'_>> {
        let bytes = match self {
            Self::Shared { memory, .. } => memory.bytes_mut(),
            Self::Plain { buffer, .. } => buffer.as_mut_slice(),
        };
        masked(areas, mask, bytes)
    }
}

/// The areas as they lie one after the other in `bytes`, painted over where `mask` says so.
pub(super) fn masked<'a>(areas: &[Rect], mask: &Mask, bytes: &'a mut [u8]) -> Vec<Patch<'a>> {
    let mut rest = &mut *bytes;
    for area in areas {
        let Some((own, others)) = rest.split_at_mut_checked(area.area() * PIXEL_BYTES) else { break };
        mask.apply(area, own);
        rest = others;
    }
    patches(areas, bytes)
}

/// Asks for all areas before the first reply is waited for.
fn read_shared(
    connection: &RustConnection,
    root: Window,
    areas: &[Rect],
    segment: shm::Seg,
) -> Result<(), ScreenError> {
    let mut offset = 0_u32;
    let mut cookies = Vec::with_capacity(areas.len());
    for area in areas {
        let cookie = connection
            .shm_get_image(
                root,
                coordinate(area.x),
                coordinate(area.y),
                area.width,
                area.height,
                ALL_PLANES,
                ImageFormat::Z_PIXMAP.into(),
                segment,
                offset,
            )
            .map_err(lost)?;
        cookies.push(cookie);
        offset += u32::try_from(area.area() * PIXEL_BYTES).unwrap_or(u32::MAX);
    }
    for cookie in cookies {
        cookie.reply().map_err(lost)?;
    }
    Ok(())
}

fn read_plain(
    connection: &RustConnection,
    root: Window,
    areas: &[Rect],
    buffer: &mut Vec<u8>,
) -> Result<(), ScreenError> {
    buffer.clear();
    for area in areas {
        let reply = connection
            .get_image(
                ImageFormat::Z_PIXMAP,
                root,
                coordinate(area.x),
                coordinate(area.y),
                area.width,
                area.height,
                ALL_PLANES,
            )
            .map_err(lost)?
            .reply()
            .map_err(lost)?;
        buffer.extend_from_slice(&reply.data);
    }
    Ok(())
}

/// The areas as they lie one after the other in `bytes`, without space between rows.
fn patches<'a>(areas: &[Rect], bytes: &'a [u8]) -> Vec<Patch<'a>> {
    let mut rest = bytes;
    let mut patches = Vec::with_capacity(areas.len());
    for area in areas {
        let Some((own, others)) = rest.split_at_checked(area.area() * PIXEL_BYTES) else { break };
        patches.extend(Patch::new(*area, usize::from(area.width) * PIXEL_BYTES, own));
        rest = others;
    }
    patches
}

pub(super) fn coordinate(value: u16) -> i16 {
    i16::try_from(value).unwrap_or(i16::MAX)
}
