//! The body of an update: operations on the picture, one after the other, before compression.
//!
//! Integers are little-endian. A rectangle is `x u16, y u16, width u16, height u16` and lies inside the picture.
//! ```text
//! kind u8
//!   0 fill     rectangle, blue u8, green u8, red u8
//!   1 copy     rectangle (written), from_x u16, from_y u16; overlapping is as if read whole before written
//!   2 raw      rectangle, then width*height times blue u8, green u8, red u8
//!   3 palette  rectangle, colour_count u8 (1..=32), that many times blue u8, green u8, red u8,
//!              run_bytes u32, runs: index u8 with the high bit for "a length follows";
//!              the length is 2 + a LEB128 number of at most 4 bytes, else 1. Runs fill the rectangle exactly.
//!   4 open     id u8, rectangle: an area of motion; its pixels are unknown (and black here) until it is closed
//!   5 close    id u8
//! ```

use crate::{DecodeError, Rect, bytes::Reader, limits::MAX_COLOURS};

pub(crate) const KIND_FILL: u8 = 0;
pub(crate) const KIND_COPY: u8 = 1;
pub(crate) const KIND_RAW: u8 = 2;
pub(crate) const KIND_PALETTE: u8 = 3;
pub(crate) const KIND_OPEN: u8 = 4;
pub(crate) const KIND_CLOSE: u8 = 5;

/// Bit of a run's index that says that a length follows.
pub(crate) const RUN_LENGTH_FOLLOWS: u8 = 0x80;

/// One operation as read; pixels stay where they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation<'a> {
    Fill { rect: Rect, colour: u32 },
    Copy { from: Rect, to: Rect },
    Raw { rect: Rect, pixels: &'a [u8] },
    Palette { rect: Rect, colours: &'a [u8], runs: &'a [u8] },
    Open { id: u8, rect: Rect },
    Close { id: u8 },
}

/// Takes the next operation; `None` where the body has ended.
pub(crate) fn read_operation<'a>(reader: &mut Reader<'a>) -> Result<Option<Operation<'a>>, DecodeError> {
    if reader.is_empty() {
        return Ok(None);
    }
    let operation = match reader.u8().ok_or(DecodeError::Length)? {
        KIND_FILL => read_fill(reader),
        KIND_COPY => read_copy(reader),
        KIND_RAW => read_raw(reader),
        KIND_PALETTE => read_palette(reader)?,
        KIND_OPEN => read_open(reader),
        KIND_CLOSE => reader.u8().map(|id| Operation::Close { id }),
        _ => return Err(DecodeError::Version),
    };
    operation.map(Some).ok_or(DecodeError::Length)
}

fn read_fill<'a>(reader: &mut Reader<'a>) -> Option<Operation<'a>> {
    let rect = read_rect(reader)?;
    let colour = read_colour(reader.take(3)?)?;
    Some(Operation::Fill { rect, colour })
}

fn read_copy<'a>(reader: &mut Reader<'a>) -> Option<Operation<'a>> {
    let to = read_rect(reader)?;
    let from = Rect { x: reader.u16()?, y: reader.u16()?, ..to };
    Some(Operation::Copy { from, to })
}

fn read_raw<'a>(reader: &mut Reader<'a>) -> Option<Operation<'a>> {
    let rect = read_rect(reader)?;
    let pixels = reader.take(rect.area().checked_mul(3)?)?;
    Some(Operation::Raw { rect, pixels })
}

fn read_palette<'a>(reader: &mut Reader<'a>) -> Result<Option<Operation<'a>>, DecodeError> {
    let Some((rect, count)) = read_rect(reader).zip(reader.u8()) else { return Ok(None) };
    let count = usize::from(count);
    if count == 0 || MAX_COLOURS < count {
        return Err(DecodeError::Limit);
    }
    let Some((colours, length)) = reader.take(count * 3).zip(reader.u32()) else { return Ok(None) };
    let length = usize::try_from(length).map_err(|_| DecodeError::Limit)?;
    Ok(reader.take(length).map(|runs| Operation::Palette { rect, colours, runs }))
}

fn read_open<'a>(reader: &mut Reader<'a>) -> Option<Operation<'a>> {
    let id = reader.u8()?;
    Some(Operation::Open { id, rect: read_rect(reader)? })
}

fn read_rect(reader: &mut Reader<'_>) -> Option<Rect> {
    Some(Rect::new(reader.u16()?, reader.u16()?, reader.u16()?, reader.u16()?))
}

/// A colour from its three bytes on the wire.
pub(crate) fn read_colour(bytes: &[u8]) -> Option<u32> {
    let [blue, green, red] = *bytes.first_chunk::<3>()?;
    Some(u32::from_le_bytes([blue, green, red, 0]))
}

/// One run of a palette rectangle: index of the colour and number of pixels.
pub(crate) fn read_run(reader: &mut Reader<'_>) -> Option<(usize, usize)> {
    let head = reader.u8()?;
    let index = usize::from(head & !RUN_LENGTH_FOLLOWS);
    if head & RUN_LENGTH_FOLLOWS == 0 {
        return Some((index, 1));
    }
    let mut more = 0_usize;
    for step in 0..4 {
        let byte = reader.u8()?;
        more |= usize::from(byte & 0x7f) << (7 * step);
        if byte & 0x80 == 0 {
            return Some((index, more + 2));
        }
    }
    None
}

pub(crate) fn write_rect(out: &mut Vec<u8>, rect: &Rect) {
    for value in [rect.x, rect.y, rect.width, rect.height] {
        out.extend_from_slice(&value.to_le_bytes());
    }
}

pub(crate) fn write_colour(out: &mut Vec<u8>, colour: u32) {
    let [blue, green, red, _] = colour.to_le_bytes();
    out.extend_from_slice(&[blue, green, red]);
}

pub(crate) fn write_fill(out: &mut Vec<u8>, rect: &Rect, colour: u32) {
    out.push(KIND_FILL);
    write_rect(out, rect);
    write_colour(out, colour);
}

pub(crate) fn write_copy(out: &mut Vec<u8>, from: &Rect, to: &Rect) {
    out.push(KIND_COPY);
    write_rect(out, to);
    out.extend_from_slice(&from.x.to_le_bytes());
    out.extend_from_slice(&from.y.to_le_bytes());
}

pub(crate) fn write_open(out: &mut Vec<u8>, id: u8, rect: &Rect) {
    out.extend_from_slice(&[KIND_OPEN, id]);
    write_rect(out, rect);
}

pub(crate) fn write_close(out: &mut Vec<u8>, id: u8) {
    out.extend_from_slice(&[KIND_CLOSE, id]);
}

/// Appends a run: `index` below 128, `length` from 1 to 2^28.
pub(crate) fn write_run(out: &mut Vec<u8>, index: u8, length: usize) {
    if length < 2 {
        out.push(index);
        return;
    }
    out.push(index | RUN_LENGTH_FOLLOWS);
    let mut more = length - 2;
    loop {
        let low = u8::try_from(more & 0x7f).unwrap_or(0);
        more >>= 7;
        if more == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}
