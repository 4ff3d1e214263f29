//! One decoder of libaom, owned.

use std::mem::MaybeUninit;

use libaom_sys as aom;

use super::context::checked;
use crate::{Decoded, MotionError, decoder::Plane};

/// Longest side of a picture that is read.
const MAX_SIDE_PX: u32 = 16_384;

/// One decoder of libaom: created here, given back when dropped.
pub(crate) struct Reader(Box<aom::aom_codec_ctx_t>);

// SAFETY: as for `Context`: all that a decoder has hangs on its context, and `&mut self` lets one thread in at a time.
unsafe impl Send for Reader {}

impl Reader {
    pub(crate) fn new() -> Result<Self, MotionError> {
        let mut context = Box::new(MaybeUninit::zeroed());
        // SAFETY: takes nothing, returns the address of a constant.
        let interface = unsafe { aom::aom_codec_av1_dx() };
        let version = aom::AOM_DECODER_ABI_VERSION.cast_signed();
        let config = aom::aom_codec_dec_cfg_t { threads: 1, w: 0, h: 0, allow_lowbitdepth: 1 };
        // SAFETY: `context` is room for one context, zeroed; libaom copies `config` (`decoder_init`).
        let code = unsafe {
            aom::aom_codec_dec_init_ver(context.as_mut_ptr(), interface, &raw const config, 0, version)
        };
        checked("start a decoder", code)?;
        // SAFETY: made by the call above, which succeeded.
        Ok(Self(unsafe { context.assume_init() }))
    }

    /// Decodes one temporal unit. `None`: it shows no picture, or one that is not of 8 bits in planes.
    pub(crate) fn decode(&mut self, unit: &[u8]) -> Result<Option<Decoded>, MotionError> {
        // SAFETY: the context is a living decoder; `unit` is borrowed for the call.
        let code = unsafe {
            aom::aom_codec_decode(&raw mut *self.0, unit.as_ptr(), unit.len(), std::ptr::null_mut())
        };
        checked("decode", code)?;
        let (mut place, mut last) = (std::ptr::null(), None);
        loop {
            // SAFETY: the context is a living decoder; `place` is null or what the call before left.
            let image = unsafe { aom::aom_codec_get_frame(&raw mut *self.0, &raw mut place) };
            // SAFETY: null, or a picture that lives until the context is used again.
            let Some(image) = (unsafe { image.as_ref() }) else { return Ok(last) };
            last = copied(image);
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // SAFETY: the context is a living decoder and used no more. A refusal leaves nothing to do.
        unsafe { aom::aom_codec_destroy(&raw mut *self.0) };
    }
}

fn copied(image: &aom::aom_image_t) -> Option<Decoded> {
    let shift = match image.fmt {
        aom::AOM_IMG_FMT_I420 => 1,
        aom::AOM_IMG_FMT_I444 => 0,
        _ => return None,
    };
    if MAX_SIDE_PX < image.d_w.max(image.d_h) || image.bit_depth != 8 {
        return None;
    }
    let (width, height) = (usize::try_from(image.d_w).ok()?, usize::try_from(image.d_h).ok()?);
    let of = |index: usize, shift: u32| {
        let (width, height) = ((width + shift as usize) >> shift, (height + shift as usize) >> shift);
        plane(image, index, width, height)
    };
    let planes = [of(0, 0)?, of(1, shift)?, of(2, shift)?];
    let colour = [image.cp, image.tc, image.mc, image.range];
    Some(Decoded { width, height, shift, planes, colour })
}

fn plane(image: &aom::aom_image_t, index: usize, width: usize, height: usize) -> Option<Plane> {
    let (start, stride) = (*image.planes.get(index)?, usize::try_from(*image.stride.get(index)?).ok()?);
    if start.is_null() || stride < width {
        return None;
    }
    let mut rows = Vec::with_capacity(width * height);
    for row in 0..height {
        // SAFETY: the plane has at least `height` rows, `stride` bytes apart (aom_image.h, aom_image_t).
        let row = unsafe { start.add(row * stride) };
        // SAFETY: each row has at least `width` bytes.
        rows.extend_from_slice(unsafe { std::slice::from_raw_parts(row, width) });
    }
    Some(rows)
}
