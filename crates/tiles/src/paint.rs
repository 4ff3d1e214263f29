//! Operations done to a picture by the receiving end.

use crate::{
    DecodeError, Picture, Rect,
    areas::Areas,
    body::{Operation, read_colour, read_operation, read_run},
    bytes::Reader,
    limits::{MAX_COLOURS, MAX_OPERATIONS, MAX_OVERDRAW, MAX_OVERDRAW_PX, OPERATION_WORK_PX},
    repaint::Repaint,
};

/// Does every operation of `body` to `picture`, tells `repaint` what was written, and adds to `work_px` what it cost,
/// also where a later operation is refused.
pub(crate) fn paint_body(
    body: &[u8],
    picture: &mut Picture,
    areas: &mut Areas,
    repaint: &mut Repaint,
    work_px: &mut u64,
) -> Result<(), DecodeError> {
    let mut reader = Reader::new(body);
    let whole_px = picture.width() * picture.height();
    let mut budget_px = (whole_px * MAX_OVERDRAW).min(whole_px + MAX_OVERDRAW_PX);
    let mut operations = 0_usize;
    while let Some(operation) = read_operation(&mut reader)? {
        operations += 1;
        if MAX_OPERATIONS < operations {
            return Err(DecodeError::Limit);
        }
        let cost_px = written_px(&operation);
        *work_px += (cost_px + OPERATION_WORK_PX) as u64;
        budget_px = budget_px.checked_sub(cost_px).ok_or(DecodeError::Limit)?;
        paint(operation, picture, areas, repaint)?;
    }
    Ok(())
}

/// How many pixels an operation writes; an area is black as long as it is open.
fn written_px(operation: &Operation<'_>) -> usize {
    match operation {
        Operation::Fill { rect, .. }
        | Operation::Raw { rect, .. }
        | Operation::Palette { rect, .. }
        | Operation::Open { rect, .. } => rect.area(),
        Operation::Copy { to, .. } => to.area(),
        Operation::Close { .. } => 0,
    }
}

/// Does one operation.
fn paint(
    operation: Operation<'_>,
    picture: &mut Picture,
    areas: &mut Areas,
    repaint: &mut Repaint,
) -> Result<(), DecodeError> {
    let written = match operation {
        Operation::Fill { rect, colour } => {
            picture.fill(&writable(rect, picture)?, colour);
            rect
        }
        Operation::Copy { from, to } => {
            writable(from, picture)?;
            if areas.meet(&from) {
                return Err(DecodeError::Unknown);
            }
            picture.copy(&from, &writable(to, picture)?);
            to
        }
        Operation::Raw { rect, pixels } => {
            paint_raw(&writable(rect, picture)?, pixels, picture);
            rect
        }
        Operation::Palette { rect, colours, runs } => {
            paint_palette(&writable(rect, picture)?, colours, runs, picture)?;
            rect
        }
        Operation::Open { id, rect } => {
            areas.open(id, writable(rect, picture)?)?;
            picture.fill(&rect, 0);
            return Ok(());
        }
        Operation::Close { id } => {
            repaint.close(areas.close(id)?);
            return Ok(());
        }
    };
    repaint.write(written);
    Ok(())
}

fn writable(rect: Rect, picture: &Picture) -> Result<Rect, DecodeError> {
    let inside = !rect.is_empty() && picture.bounds().holds(&rect);
    if inside { Ok(rect) } else { Err(DecodeError::Outside) }
}

fn paint_raw(rect: &Rect, pixels: &[u8], picture: &mut Picture) {
    let order = picture.order();
    let rows = pixels.chunks_exact(usize::from(rect.width) * 3);
    for (y, row) in (rect.top()..rect.bottom()).zip(rows) {
        let Some(span) = picture.span_mut(rect, y) else { return };
        for (pixel, bytes) in span.iter_mut().zip(row.as_chunks::<3>().0) {
            let [blue, green, red] = *bytes;
            *pixel = order.pack(u32::from_le_bytes([blue, green, red, 0]));
        }
    }
}

fn paint_palette(rect: &Rect, colours: &[u8], runs: &[u8], picture: &mut Picture) -> Result<(), DecodeError> {
    let order = picture.order();
    let mut table = [None; MAX_COLOURS];
    for (entry, bytes) in table.iter_mut().zip(colours.chunks_exact(3)) {
        *entry = read_colour(bytes).map(|colour| order.pack(colour));
    }
    let mut reader = Reader::new(runs);
    let (mut value, mut left) = (0, 0_usize);
    for y in rect.top()..rect.bottom() {
        let mut span = picture.span_mut(rect, y).ok_or(DecodeError::Outside)?;
        while !span.is_empty() {
            if left == 0 {
                let (index, length) = read_run(&mut reader).ok_or(DecodeError::Length)?;
                value = table.get(index).copied().flatten().ok_or(DecodeError::Limit)?;
                left = length;
            }
            let (now, later) = span.split_at_mut(left.min(span.len()));
            now.fill(value);
            left -= now.len();
            span = later;
        }
    }
    if left == 0 && reader.is_empty() { Ok(()) } else { Err(DecodeError::Length) }
}
