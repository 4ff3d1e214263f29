//! The encoder for a page that shows its own screen (F-09): plain exports over linear memory, one encoder per instance.
//!
//! The page begins an epoch of the size of its pictures, writes each picture at `tiles_encoder_pixels()`, calls
//! `tiles_encoder_take()`, and then `tiles_encoder_encode(target)` until nothing is left: each call makes one update, whose packets
//! it reads by the other exports. Addresses are valid until the next `tiles_encoder_begin`, those of packets until the next
//! `tiles_encoder_encode`.

use std::cell::RefCell;

use crate::{EncodeError, Encoded, Encoder, Finish, Patch, Rect};

/// An epoch that runs.
struct Source {
    encoder: Encoder,
    width: u16,
    height: u16,
    /// The newest picture: as the page writes it red first, and after `tiles_encoder_take` blue first, as patches are.
    pixels: Vec<u8>,
    /// What of it is not encoded yet.
    dirty: Vec<Rect>,
    encoded: Option<Encoded>,
}

thread_local! {
    static SOURCE: RefCell<Option<Source>> = const { RefCell::new(None) };
}

fn read<T>(get: impl FnOnce(&Source) -> T) -> Option<T> {
    SOURCE.with_borrow(|source| source.as_ref().map(get))
}

/// Begins the epoch of this number with pictures of this size. 0, or -1 where there can be none.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_encoder_begin(epoch: u32, width: u16, height: u16) -> i32 {
    SOURCE.with_borrow_mut(|source| {
        // Never two pictures at a time.
        *source = None;
        let Ok(encoder) = Encoder::new(epoch, width, height) else { return -1 };
        let pixels = vec![0; usize::from(width) * usize::from(height) * 4];
        *source = Some(Source { encoder, width, height, pixels, dirty: Vec::new(), encoded: None });
        0
    })
}

/// Forgets the picture and everything of it.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_encoder_end() {
    SOURCE.with_borrow_mut(|source| *source = None);
}

/// Where a picture is written: width × height pixels of red, green, blue and a byte that nobody reads; null before an epoch.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_encoder_pixels() -> *const u8 {
    read(|source| source.pixels.as_ptr()).unwrap_or(std::ptr::null())
}

/// The page has written a whole picture.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_encoder_take() {
    SOURCE.with_borrow_mut(|source| {
        let Some(source) = source else { return };
        source.pixels.as_chunks_mut::<4>().0.iter_mut().for_each(|pixel| pixel.swap(0, 2));
        source.dirty = vec![Rect::new(0, 0, source.width, source.height)];
    });
}

/// Makes the next update of the picture that was taken, of about `target` bytes at most. How many packets it has; 0: there is
/// nothing to tell; -1: the epoch cannot go on.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_encoder_encode(target: usize) -> i32 {
    SOURCE.with_borrow_mut(|source| {
        let Some(source) = source else { return -1 };
        match source.encode(target) {
            Ok(packets) => i32::try_from(packets).unwrap_or(-1),
            Err(_) => -1,
        }
    })
}

/// 1 where the last update left something of the picture for the next one.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_encoder_rest() -> u32 {
    read(|source| u32::from(!source.dirty.is_empty())).unwrap_or(0)
}

/// The number of the last update within its epoch.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_encoder_update() -> u32 {
    read(|source| source.encoded.as_ref().map_or(0, |encoded| encoded.update)).unwrap_or(0)
}

/// How long this packet of the last update is, bytes; 0: there is no such packet.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_encoder_packet_length(index: usize) -> usize {
    read(|source| source.packet(index).map_or(0, <[u8]>::len)).unwrap_or(0)
}

/// Where it is; null: there is no such packet.
// SAFETY: the name is ours alone in this module of WebAssembly.
#[unsafe(no_mangle)]
pub(crate) extern "C" fn tiles_encoder_packet(index: usize) -> *const u8 {
    read(|source| source.packet(index).map_or(std::ptr::null(), <[u8]>::as_ptr)).unwrap_or(std::ptr::null())
}

impl Source {
    fn encode(&mut self, target_bytes: usize) -> Result<usize, EncodeError> {
        let stride = usize::from(self.width) * 4;
        let dirty = std::mem::take(&mut self.dirty);
        let patch_of = |rect: &Rect| {
            let start = rect.top() * stride + rect.left() * 4;
            self.pixels.get(start..).and_then(|bytes| Patch::new(*rect, stride, bytes))
        };
        let patches: Vec<Patch<'_>> = dirty.iter().filter_map(patch_of).collect();
        let finish = Finish { more_dirty: false, check_every_row: false, target_bytes };
        self.encoded = self.encoder.encode(&patches, finish)?;
        self.dirty =
            self.encoded.as_mut().map(|encoded| std::mem::take(&mut encoded.rest)).unwrap_or_default();
        Ok(self.encoded.as_ref().map_or(0, |encoded| encoded.packets.len()))
    }

    fn packet(&self, index: usize) -> Option<&[u8]> {
        self.encoded.as_ref()?.packets.get(index).map(Vec::as_slice)
    }
}
