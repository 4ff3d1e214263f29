//! libaom, from its C interface to ours: the only unsafe code of this crate.
//!
//! What each function of libaom wants and promises stands in its headers, `aom/aom_encoder.h`, `aom/aom_codec.h` and
//! `aom/aom_image.h` of libaom 3.11, which libaom-sys carries.

mod context;
mod reader;
mod settings;

use std::ffi::c_int;
use std::mem::MaybeUninit;

use libaom_sys as aom;

use context::Context;
pub(crate) use reader::Reader;
use settings::{CONTROLS, FILE_CONTROLS, config, enumerated};

use crate::content::Content;
use crate::planes::{Chroma, Planes};
use crate::{Coded, MotionError, Settings};

/// Where pictures go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A track of a connection, which carries so many bits.
    Track,
    /// A file.
    File,
}

/// An encoder of libaom with its settings.
pub(crate) struct Codec {
    context: Context,
    settings: Settings,
    purpose: Purpose,
    content: Content,
}

impl Codec {
    pub(crate) fn new(settings: Settings, purpose: Purpose) -> Result<Self, MotionError> {
        let mut context = Context::new(&config(settings, purpose)?)?;
        let others = if purpose == Purpose::File { FILE_CONTROLS } else { &[] };
        for (control, value) in CONTROLS.iter().chain(others) {
            context.control(*control, *value)?;
        }
        Ok(Self { context, settings, purpose, content: Content::Filmed })
    }

    pub(crate) fn set_bits_per_s(&mut self, bits_per_s: u32) -> Result<(), MotionError> {
        self.settings.bits_per_s = bits_per_s;
        self.context.configure(&config(self.settings, self.purpose)?)
    }

    /// How the next key picture and those after it are coded.
    ///
    /// Text as drawn content: a key picture of 1920 x 1080 takes half of the bytes and of the time, scrolling a third of
    /// the bytes, sharper. A film as drawn content would take three times its bytes and twice the time.
    pub(crate) fn set_content(&mut self, content: Content) -> Result<(), MotionError> {
        if content == self.content {
            return Ok(());
        }
        let tuning = match content {
            Content::Filmed => aom::AOM_CONTENT_DEFAULT,
            Content::Drawn => aom::AOM_CONTENT_SCREEN,
        };
        self.context.control(aom::AV1E_SET_TUNE_CONTENT, enumerated(tuning))?;
        self.content = content;
        Ok(())
    }

    /// `planes`: of the size and chroma that this encoder was made for. `at_ms`: grows from picture to picture.
    pub(crate) fn encode(
        &mut self,
        planes: &Planes,
        at_ms: u32,
        key: bool,
    ) -> Result<Option<Coded>, MotionError> {
        let image = self.image(planes);
        self.context.encode(&image, at_ms, key)?;
        Ok(self.context.take_coded())
    }

    /// The planes as libaom wants them described. It reads them while it encodes, no longer.
    fn image(&self, planes: &Planes) -> aom::aom_image_t {
        // SAFETY: aom_image_t is plain C data (numbers and pointers), for which all zeros are values; libaom's own
        // aom_img_wrap starts from zeros as well (aom/src/aom_image.c, `img_alloc_helper`).
        let mut image: aom::aom_image_t = unsafe { MaybeUninit::zeroed().assume_init() };
        let shift = self.settings.chroma.shift();
        (image.fmt, image.bps) = match self.settings.chroma {
            Chroma::Full => (aom::AOM_IMG_FMT_I444, 24),
            Chroma::Half => (aom::AOM_IMG_FMT_I420, 12),
        };
        let size = (self.settings.width.into(), self.settings.height.into());
        ((image.w, image.h), (image.d_w, image.d_h)) = (size, size);
        (image.x_chroma_shift, image.y_chroma_shift) = (shift, shift);
        image.bit_depth = aom::AOM_BITS_8;
        image.range = aom::AOM_CR_STUDIO_RANGE;
        image.planes = planes.all().map(|plane| plane.as_ptr().cast_mut());
        // A row is at most 65,535 bytes long, since widths are u16.
        image.stride = planes.strides_bytes().map(|bytes| c_int::try_from(bytes).unwrap_or(c_int::MAX));
        image
    }
}
