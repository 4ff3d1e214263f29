//! The decoder for a page: plain exports over linear memory, one decoder per instance.
//!
//! Build (Debian's clang compiles libzstd, see `cargo xtask wasm`):
//! ```text
//! CC_wasm32_unknown_unknown=clang AR_wasm32_unknown_unknown=llvm-ar RUSTFLAGS="-C target-feature=+simd128" \
//!   cargo build -p tiles --lib --release --target wasm32-unknown-unknown
//! cp target/wasm32-unknown-unknown/release/tiles.wasm web/public/tiles.wasm
//! ```
//! The page writes a packet at `tiles_input()` (room for `limits::MAX_PACKET_BYTES`), calls `tiles_receive(length)`
//! and reads the rest by the other exports. Addresses are valid until the next `tiles_receive`.

use std::cell::RefCell;

use crate::{DecodeError, Decoder, Order, Progress, Rect, decompress_pointer, limits::MAX_PACKET_BYTES};

/// Everything that the page can ask for.
struct Page {
    decoder: Decoder,
    input: Vec<u8>,
    progress: Progress,
    changed: Vec<u16>,
    areas: Vec<u16>,
    pointer: Vec<u8>,
}

thread_local! {
    static PAGE: RefCell<Page> = RefCell::new(Page {
        decoder: Decoder::new(Order::Rgba),
        input: vec![0; MAX_PACKET_BYTES],
        progress: Progress { epoch: 0, update: 0, exact: false, mismatch: false },
        changed: Vec::new(),
        areas: Vec::new(),
        pointer: Vec::new(),
    });
}

fn read<T>(get: impl FnOnce(&Page) -> T) -> T {
    PAGE.with_borrow(get)
}

/// Where a packet is written; room for 16 KiB.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_input() -> *const u8 {
    read(|page| page.input.as_ptr())
}

/// Takes the packet of `length` bytes at `tiles_input`. 0: nothing new was drawn; 1: something was; negative: the
/// packet is not valid and the console asks for a new epoch (-1 length, -2 version, -3 limit, -4 order,
/// -5 outside, -6 unknown pixels, -7 compression).
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_receive(length: usize) -> i32 {
    PAGE.with_borrow_mut(|page| {
        let Some(packet) = page.input.get(..length) else { return code(DecodeError::Limit) };
        let drawn = page.decoder.receive(packet);
        page.changed.clear();
        for Rect { x, y, width, height } in page.decoder.changed() {
            page.changed.extend([x, y, width, height]);
        }
        page.areas.clear();
        for (id, Rect { x, y, width, height }) in page.decoder.areas() {
            page.areas.extend([u16::from(*id), *x, *y, *width, *height]);
        }
        match drawn {
            Ok(None) => 0,
            Ok(Some(progress)) => {
                page.progress = progress;
                1
            }
            Err(error) => code(error),
        }
    })
}

fn code(error: DecodeError) -> i32 {
    match error {
        DecodeError::Length => -1,
        DecodeError::Version => -2,
        DecodeError::Limit => -3,
        DecodeError::Order => -4,
        DecodeError::Outside => -5,
        DecodeError::Unknown => -6,
        DecodeError::Compression => -7,
    }
}

/// The epoch of the last drawn update.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_epoch() -> u32 {
    read(|page| page.progress.epoch)
}

/// The number of the last drawn update.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_update() -> u32 {
    read(|page| page.progress.update)
}

/// 1 where the picture is the sender's newest one, by checksum.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_exact() -> u32 {
    read(|page| u32::from(page.progress.exact))
}

/// 1 where the last checksum differed.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_mismatch() -> u32 {
    read(|page| u32::from(page.progress.mismatch))
}

/// Width of the picture, pixels; 0 before the first.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_width() -> usize {
    read(|page| page.decoder.picture().map_or(0, |picture| picture.width()))
}

/// Height of the picture, pixels; 0 before the first.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_height() -> usize {
    read(|page| page.decoder.picture().map_or(0, |picture| picture.height()))
}

/// The picture: `tiles_width` × `tiles_height` pixels of red, green, blue, 255; null before the first.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_pixels() -> *const u32 {
    read(|page| page.decoder.picture().map_or(std::ptr::null(), |picture| picture.pixels().as_ptr()))
}

/// How many rectangles a canvas must draw anew after the last packet; none of them lies in an open area.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_changed_count() -> usize {
    read(|page| page.changed.len() / 4)
}

/// Those rectangles: x, y, width, height of each.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_changed() -> *const u16 {
    read(|page| page.changed.as_ptr())
}

/// How many areas of motion are open.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_area_count() -> usize {
    read(|page| page.areas.len() / 5)
}

/// Those areas: id, x, y, width, height of each.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_areas() -> *const u16 {
    read(|page| page.areas.as_ptr())
}

/// What the last packet costs, drawn or refused, in pixels: see [`Decoder::work_px`].
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_work() -> u32 {
    read(|page| u32::try_from(page.decoder.work_px()).unwrap_or(u32::MAX))
}

/// 1 where the last packet began an epoch, drawn or refused.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_begun() -> u32 {
    read(|page| u32::from(page.decoder.begun()))
}

/// Decompresses the shape of a pointer: `length` bytes at `tiles_input` to `width` × `height` pixels of red, green, blue,
/// alpha, which lie at the address that is returned until the next call; null where they are not exactly that.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_pointer(length: usize, width: u16, height: u16) -> *const u8 {
    PAGE.with_borrow_mut(|page| {
        let packed = page.input.get(..length);
        match packed.map(|packed| decompress_pointer(packed, width, height)) {
            Some(Ok(rgba)) => {
                page.pointer = rgba;
                page.pointer.as_ptr()
            }
            _ => std::ptr::null(),
        }
    })
}

/// Forgets the picture: the next packet that begins an epoch, whatever its number, is taken.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_reset() {
    PAGE.with_borrow_mut(|page| {
        page.decoder = Decoder::new(Order::Rgba);
        page.areas.clear();
    });
}
