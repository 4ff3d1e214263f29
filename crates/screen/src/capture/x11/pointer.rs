//! The pointer's picture, from XFixes' premultiplied pixels.

use x11rb::protocol::xfixes::GetCursorImageReply;

use crate::capture::PointerShape;

const MAX_SIDE: usize = tiles::limits::MAX_POINTER_PX as usize;

/// The shape for the wire, made smaller by whole factors where it is over 96 pixels.
pub(super) fn shape(image: &GetCursorImageReply) -> PointerShape {
    let (width, height) = (usize::from(image.width), usize::from(image.height));
    let step = width.max(height).div_ceil(MAX_SIDE).max(1);
    let (small_width, small_height) = (width / step, height / step);
    let mut rgba = Vec::with_capacity(small_width * small_height * 4);
    for row in image.cursor_image.chunks_exact(width.max(1)).step_by(step).take(small_height) {
        for pixel in row.iter().step_by(step).take(small_width) {
            rgba.extend(straight(*pixel));
        }
    }
    let compressed = tiles::compress_pointer(&rgba).filter(|_| rgba.len() == small_width * small_height * 4);
    let Some(rgba_zstd) = compressed.filter(|_| !rgba.is_empty()) else { return plain_arrow() };
    PointerShape {
        width: small(small_width),
        height: small(small_height),
        hot_x: small(usize::from(image.xhot) / step),
        hot_y: small(usize::from(image.yhot) / step),
        rgba_zstd,
    }
}

/// For the console to draw its own.
pub(super) fn plain_arrow() -> PointerShape {
    PointerShape { width: 0, height: 0, hot_x: 0, hot_y: 0, rgba_zstd: Vec::new() }
}

fn small(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(0)
}

/// Red, green, blue and straight alpha of a premultiplied ARGB pixel.
fn straight(pixel: u32) -> [u8; 4] {
    let [blue, green, red, alpha] = pixel.to_le_bytes();
    let divide = |value: u8| match alpha {
        0 => 0,
        _ => u8::try_from((u32::from(value) * 255 / u32::from(alpha)).min(255)).unwrap_or(255),
    };
    [divide(red), divide(green), divide(blue), alpha]
}
