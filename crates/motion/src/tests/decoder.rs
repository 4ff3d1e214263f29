//! A decoder to look at what the encoder made: libaom's own, which no product links.

use std::mem::MaybeUninit;

use libaom_sys as aom;

/// A decoded picture in its three planes, each row after row without gaps.
pub(super) struct Decoded {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) chroma_shift: usize,
    pub(super) planes: [Vec<u8>; 3],
    /// Colour primaries, transfer, matrix and range of the sequence header.
    pub(super) colour: [u32; 4],
}

impl Decoded {
    /// Red, green and blue at a place, by ITU-R BT.601 and limited range, in floating point.
    pub(super) fn rgb(&self, x: usize, y: usize) -> [f64; 3] {
        let colours = (self.width + self.chroma_shift) >> self.chroma_shift;
        let at = (y >> self.chroma_shift) * colours + (x >> self.chroma_shift);
        let luma = (f64::from(self.planes[0][y * self.width + x]) - 16.0) * 255.0 / 219.0;
        let blueness = (f64::from(self.planes[1][at]) - 128.0) * 255.0 / 224.0;
        let redness = (f64::from(self.planes[2][at]) - 128.0) * 255.0 / 224.0;
        let red = luma + 1.402 * redness;
        let blue = luma + 1.772 * blueness;
        let green = (luma - 0.299 * red - 0.114 * blue) / 0.587;
        [red, green, blue].map(|level| level.clamp(0.0, 255.0))
    }
}

pub(super) struct Decoder(Box<aom::aom_codec_ctx_t>);

impl Decoder {
    pub(super) fn new() -> Self {
        let mut context = Box::new(MaybeUninit::zeroed());
        // SAFETY: takes nothing, returns the address of a constant.
        let interface = unsafe { aom::aom_codec_av1_dx() };
        let version = aom::AOM_DECODER_ABI_VERSION.cast_signed();
        // SAFETY: `context` is room for one context, zeroed; without a configuration libaom takes its own.
        let code = unsafe {
            aom::aom_codec_dec_init_ver(context.as_mut_ptr(), interface, std::ptr::null(), 0, version)
        };
        assert_eq!(code, aom::AOM_CODEC_OK);
        // SAFETY: made by the call above, which succeeded.
        Self(unsafe { context.assume_init() })
    }

    /// Decodes one temporal unit of one picture.
    pub(super) fn decode(&mut self, unit: &[u8]) -> Decoded {
        // SAFETY: the context is a living decoder; `unit` is borrowed for the call.
        let code = unsafe {
            aom::aom_codec_decode(&raw mut *self.0, unit.as_ptr(), unit.len(), std::ptr::null_mut())
        };
        assert_eq!(code, aom::AOM_CODEC_OK);
        let mut place = std::ptr::null();
        // SAFETY: the context is a living decoder; `place` starts as null.
        let image = unsafe { aom::aom_codec_get_frame(&raw mut *self.0, &raw mut place) };
        // SAFETY: null, or a picture that lives until the context is used again.
        let image = unsafe { image.as_ref() }.expect("a picture for each unit");
        let (width, height) = (image.d_w as usize, image.d_h as usize);
        let shift = image.x_chroma_shift as usize;
        let plane = |index: usize, shift: usize| {
            let (width, height) = ((width + shift) >> shift, (height + shift) >> shift);
            let stride = usize::try_from(image.stride[index]).unwrap();
            let mut rows = Vec::new();
            for row in 0..height {
                // SAFETY: the plane has `height` rows, `stride` bytes apart.
                let start = unsafe { image.planes[index].add(row * stride) };
                // SAFETY: each row has `width` bytes.
                rows.extend_from_slice(unsafe { std::slice::from_raw_parts(start, width) });
            }
            rows
        };
        Decoded {
            width,
            height,
            chroma_shift: shift,
            planes: [plane(0, 0), plane(1, shift), plane(2, shift)],
            colour: [image.cp, image.tc, image.mc, image.range],
        }
    }
}

impl Drop for Decoder {
    fn drop(&mut self) {
        // SAFETY: the context is a living decoder and used no more.
        unsafe { aom::aom_codec_destroy(&raw mut *self.0) };
    }
}
