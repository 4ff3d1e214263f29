//! The customer's pointer, which is no part of the recorded picture.

use prost::Message as _;
use protocol::wire::PointerShape;

/// What is drawn at the pointer's place: an arrow until a shape came.
pub(crate) struct Pointer {
    /// Where it is; `None`: beside what is shared.
    at: Option<(i32, i32)>,
    shape: Shape,
}

#[derive(PartialEq)]
struct Shape {
    width: usize,
    hot: (i32, i32),
    /// Red, green, blue, opacity; row after row.
    pixels: Vec<[u8; 4]>,
}

/// `#` black, `.` white.
const ARROW: [&str; 12] = [
    "#        ",
    "##       ",
    "#.#      ",
    "#..#     ",
    "#...#    ",
    "#....#   ",
    "#.....#  ",
    "#......# ",
    "#...#####",
    "#.##     ",
    "##       ",
    "#        ",
];

impl Pointer {
    pub(crate) fn new() -> Self {
        let pixel = |of: u8| match of {
            b'#' => [0, 0, 0, 255],
            b'.' => [255, 255, 255, 255],
            _ => [0; 4],
        };
        let pixels = ARROW.iter().flat_map(|row| row.bytes().map(pixel)).collect();
        Self { at: None, shape: Shape { width: 9, hot: (0, 0), pixels } }
    }

    /// Both -1: nowhere. Whether something changed.
    pub(crate) fn move_to(&mut self, x: i32, y: i32) -> bool {
        let at = (0 <= x || 0 <= y).then_some((x, y));
        let moved = at != self.at;
        self.at = at;
        moved
    }

    /// Takes a `PointerShape`; what is none changes nothing. Whether something changed.
    pub(crate) fn take_shape(&mut self, bytes: &[u8]) -> bool {
        let Some(shape) = PointerShape::decode(bytes).ok().and_then(read) else { return false };
        let changed = self.shape != shape;
        self.shape = shape;
        changed && self.at.is_some()
    }

    /// Every pixel of it that can be seen: where in the picture, and its colour.
    pub(crate) fn pixels(&self) -> impl Iterator<Item = (i32, i32, [u8; 4])> + '_ {
        let Shape { width, hot, pixels } = &self.shape;
        let at = self.at.map(|(x, y)| (x.saturating_sub(hot.0), y.saturating_sub(hot.1)));
        let rows = pixels.chunks((*width).max(1)).zip(0_i32..);
        at.into_iter().flat_map(move |(left, top)| {
            rows.clone().flat_map(move |(row, y)| {
                let seen = row.iter().zip(0_i32..).filter(|([.., opacity], _)| 0 < *opacity);
                seen.map(move |(pixel, x)| (left.saturating_add(x), top.saturating_add(y), *pixel))
            })
        })
    }
}

fn read(shape: PointerShape) -> Option<Shape> {
    let (width, height) = (u16::try_from(shape.width).ok()?, u16::try_from(shape.height).ok()?);
    let rgba = tiles::decompress_pointer(&shape.rgba_zstd, width, height).ok()?;
    let hot = (i32::try_from(shape.hot_x).ok()?, i32::try_from(shape.hot_y).ok()?);
    Some(Shape { width: width.into(), hot, pixels: rgba.as_chunks::<4>().0.to_vec() })
}
