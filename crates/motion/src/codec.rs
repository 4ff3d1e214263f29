//! libaom, from its C interface to ours: the only unsafe code of this crate.
//!
//! What each function of libaom wants and promises stands in its headers, `aom/aom_encoder.h`, `aom/aom_codec.h` and
//! `aom/aom_image.h` of libaom 3.11, which libaom-sys carries.

use std::ffi::{c_int, c_long, c_uint, c_ulong};
use std::mem::MaybeUninit;
use std::time::Duration;

use libaom_sys as aom;

use crate::planes::{Chroma, Planes};
use crate::{Coded, MotionError, Settings};

/// Times are told to libaom in parts of a second: those of RTP's clock for video.
const TICKS_PER_S: c_int = 90_000;

/// Most that libaom takes (`rc_target_bitrate`).
const MAX_KBITS_PER_S: u32 = 2_000_000;

/// How fast libaom works, of 5 to 11 (`AOME_SET_CPUUSED`).
const SPEED: c_int = 10;

/// Where a picture stands on rate control's clock.
#[derive(Clone, Copy)]
pub(crate) struct Pace {
    /// When it was captured; grows from picture to picture.
    pub(crate) at: Duration,
    /// How long it may be shown.
    pub(crate) longest: Duration,
}

/// An encoder of libaom with its settings.
pub(crate) struct Codec {
    context: Context,
    config: aom::aom_codec_enc_cfg_t,
    chroma: Chroma,
}

impl Codec {
    pub(crate) fn new(settings: Settings) -> Result<Self, MotionError> {
        let config = config(settings)?;
        let mut context = Context::new(&config)?;
        for (control, value) in CONTROLS {
            context.control(*control, *value)?;
        }
        Ok(Self { context, config, chroma: settings.chroma })
    }

    pub(crate) fn set_bits_per_s(&mut self, bits_per_s: u32) -> Result<(), MotionError> {
        self.config.rc_target_bitrate = kbits_per_s(bits_per_s);
        self.context.configure(&self.config)
    }

    /// `planes`: of the size and chroma that this encoder was made for.
    pub(crate) fn encode(
        &mut self,
        planes: &Planes,
        pace: Pace,
        key: bool,
    ) -> Result<Option<Coded>, MotionError> {
        let image = self.image(planes);
        self.context.encode(&image, pace, key)?;
        Ok(self.context.take_coded())
    }

    /// The planes as libaom wants them described. It reads them while it encodes, no longer.
    fn image(&self, planes: &Planes) -> aom::aom_image_t {
        // SAFETY: aom_image_t is plain C data (numbers and pointers), for which all zeros are values; libaom's own
        // aom_img_wrap starts from zeros as well (aom/src/aom_image.c, `img_alloc_helper`).
        let mut image: aom::aom_image_t = unsafe { MaybeUninit::zeroed().assume_init() };
        let shift = self.chroma.shift();
        (image.fmt, image.bps) = match self.chroma {
            Chroma::Full => (aom::AOM_IMG_FMT_I444, 24),
            Chroma::Half => (aom::AOM_IMG_FMT_I420, 12),
        };
        (image.w, image.h) = (self.config.g_w, self.config.g_h);
        (image.d_w, image.d_h) = (self.config.g_w, self.config.g_h);
        (image.x_chroma_shift, image.y_chroma_shift) = (shift, shift);
        image.bit_depth = aom::AOM_BITS_8;
        image.range = aom::AOM_CR_STUDIO_RANGE;
        image.planes = planes.all().map(|plane| plane.as_ptr().cast_mut());
        // A row is at most 65,535 bytes long, since widths are u16.
        image.stride = planes.strides_bytes().map(|bytes| c_int::try_from(bytes).unwrap_or(c_int::MAX));
        image
    }
}

/// How libaom works beyond its configuration: what costs time and gives little in real time is off, as in libwebrtc's
/// `LibaomAv1Encoder::InitEncode` (modules/video_coding/codecs/av1/libaom_av1_encoder.cc).
const CONTROLS: &[(aom::aome_enc_control_id, c_int)] = &[
    (aom::AOME_SET_CPUUSED, SPEED),
    // Cyclic refresh: a few blocks of each picture are made better, so a quiet area sharpens.
    (aom::AV1E_SET_AQ_MODE, 3),
    (aom::AV1E_SET_DELTAQ_MODE, 0),
    (aom::AV1E_SET_ENABLE_CDEF, 1),
    (aom::AV1E_SET_ENABLE_TPL_MODEL, 0),
    (aom::AV1E_SET_ENABLE_ORDER_HINT, 0),
    (aom::AOME_SET_MAX_INTRA_BITRATE_PCT, 300),
    (aom::AV1E_SET_COEFF_COST_UPD_FREQ, 3),
    (aom::AV1E_SET_MODE_COST_UPD_FREQ, 3),
    (aom::AV1E_SET_MV_COST_UPD_FREQ, 3),
    (aom::AV1E_SET_ENABLE_OBMC, 0),
    (aom::AV1E_SET_NOISE_SENSITIVITY, 0),
    (aom::AV1E_SET_ENABLE_WARPED_MOTION, 0),
    (aom::AV1E_SET_ENABLE_GLOBAL_MOTION, 0),
    (aom::AV1E_SET_ENABLE_REF_FRAME_MVS, 0),
    (aom::AV1E_SET_ENABLE_CFL_INTRA, 0),
    (aom::AV1E_SET_ENABLE_SMOOTH_INTRA, 0),
    (aom::AV1E_SET_ENABLE_ANGLE_DELTA, 0),
    (aom::AV1E_SET_ENABLE_FILTER_INTRA, 0),
    (aom::AV1E_SET_INTRA_DEFAULT_TX_ONLY, 1),
    (aom::AV1E_SET_DISABLE_TRELLIS_QUANT, 1),
    (aom::AV1E_SET_ENABLE_DIST_WTD_COMP, 0),
    (aom::AV1E_SET_ENABLE_DIFF_WTD_COMP, 0),
    (aom::AV1E_SET_ENABLE_DUAL_FILTER, 0),
    (aom::AV1E_SET_ENABLE_INTERINTRA_COMP, 0),
    (aom::AV1E_SET_ENABLE_INTERINTRA_WEDGE, 0),
    (aom::AV1E_SET_ENABLE_INTRA_EDGE_FILTER, 0),
    (aom::AV1E_SET_ENABLE_INTRABC, 0),
    (aom::AV1E_SET_ENABLE_MASKED_COMP, 0),
    (aom::AV1E_SET_ENABLE_PAETH_INTRA, 0),
    (aom::AV1E_SET_ENABLE_QM, 0),
    (aom::AV1E_SET_ENABLE_RECT_PARTITIONS, 0),
    (aom::AV1E_SET_ENABLE_RESTORATION, 0),
    (aom::AV1E_SET_ENABLE_SMOOTH_INTERINTRA, 0),
    (aom::AV1E_SET_ENABLE_TX64, 0),
    (aom::AV1E_SET_MAX_REFERENCE_FRAMES, 3),
    // What the planes hold (`colour.rs`), said in the sequence header so that the browser shows it right.
    (aom::AV1E_SET_COLOR_PRIMARIES, cicp(aom::AOM_CICP_CP_BT_709)),
    (aom::AV1E_SET_TRANSFER_CHARACTERISTICS, cicp(aom::AOM_CICP_TC_SRGB)),
    (aom::AV1E_SET_MATRIX_COEFFICIENTS, cicp(aom::AOM_CICP_MC_BT_601)),
    (aom::AV1E_SET_COLOR_RANGE, cicp(aom::AOM_CR_STUDIO_RANGE)),
];

const fn cicp(code: c_uint) -> c_int {
    code.cast_signed()
}

fn config(settings: Settings) -> Result<aom::aom_codec_enc_cfg_t, MotionError> {
    let mut config = MaybeUninit::uninit();
    // SAFETY: takes nothing, returns the address of a constant.
    let interface = unsafe { aom::aom_codec_av1_cx() };
    // SAFETY: `interface` is libaom's own, `config` is room for one configuration.
    let code =
        unsafe { aom::aom_codec_enc_config_default(interface, config.as_mut_ptr(), aom::AOM_USAGE_REALTIME) };
    checked("give its defaults", code)?;
    // SAFETY: filled by the call above, which succeeded.
    let mut config: aom::aom_codec_enc_cfg_t = unsafe { config.assume_init() };
    config.g_w = settings.width.into();
    config.g_h = settings.height.into();
    config.g_profile = match settings.chroma {
        Chroma::Half => 0,
        Chroma::Full => 1,
    };
    config.g_threads = 1;
    config.g_timebase = aom::aom_rational { num: 1, den: TICKS_PER_S };
    config.g_lag_in_frames = 0;
    config.g_error_resilient = 0;
    config.g_pass = aom::AOM_RC_ONE_PASS;
    config.kf_mode = aom::AOM_KF_DISABLED;
    config.rc_end_usage = aom::AOM_CBR;
    config.rc_target_bitrate = kbits_per_s(settings.bits_per_s);
    // Quantizers, buffer (ms) and tolerances (%) of libwebrtc's encoder.
    config.rc_min_quantizer = 10;
    config.rc_max_quantizer = 56;
    config.rc_undershoot_pct = 50;
    config.rc_overshoot_pct = 50;
    config.rc_buf_initial_sz = 600;
    config.rc_buf_optimal_sz = 600;
    config.rc_buf_sz = 1000;
    config.rc_dropframe_thresh = 30;
    Ok(config)
}

fn kbits_per_s(bits_per_s: u32) -> u32 {
    (bits_per_s / 1000).clamp(1, MAX_KBITS_PER_S)
}

fn ticks(time: Duration) -> u128 {
    time.as_micros() * TICKS_PER_S.unsigned_abs() as u128 / 1_000_000
}

/// One encoder of libaom: created here, given back when dropped.
struct Context(Box<aom::aom_codec_ctx_t>);

// SAFETY: libaom keeps no state per thread; a context may be used by any thread, one at a time
// (aom/aom_codec.h: "the codec is thread safe as long as one instance is not used by two threads at once").
unsafe impl Send for Context {}

impl Context {
    fn new(config: &aom::aom_codec_enc_cfg_t) -> Result<Self, MotionError> {
        let mut context = Box::new(MaybeUninit::zeroed());
        // SAFETY: takes nothing, returns the address of a constant.
        let interface = unsafe { aom::aom_codec_av1_cx() };
        // SAFETY: `context` is room for one context, zeroed; libaom copies `config` (`encoder_init`).
        let code = unsafe {
            aom::aom_codec_enc_init_ver(
                context.as_mut_ptr(),
                interface,
                config,
                0,
                aom::AOM_ENCODER_ABI_VERSION.cast_signed(),
            )
        };
        // After a refusal there is nothing to give back: aom_codec_enc_init_ver has done so.
        checked("start", code)?;
        // SAFETY: made by the call above, which succeeded.
        Ok(Self(unsafe { context.assume_init() }))
    }

    fn control(&mut self, control: aom::aome_enc_control_id, value: c_int) -> Result<(), MotionError> {
        // SAFETY: the context is a living encoder; every control of `CONTROLS` takes one int (aom/aomcx.h).
        let code = unsafe { aom::aom_codec_control(&raw mut *self.0, control.cast_signed(), value) };
        checked("take a setting", code)
    }

    fn configure(&mut self, config: &aom::aom_codec_enc_cfg_t) -> Result<(), MotionError> {
        // SAFETY: the context is a living encoder; libaom copies `config`.
        let code = unsafe { aom::aom_codec_enc_config_set(&raw mut *self.0, config) };
        checked("take a bit rate", code)
    }

    fn encode(&mut self, image: &aom::aom_image_t, pace: Pace, key: bool) -> Result<(), MotionError> {
        let at = i64::try_from(ticks(pace.at)).unwrap_or(i64::MAX);
        let longest = c_ulong::try_from(ticks(pace.longest)).unwrap_or(c_ulong::MAX);
        let flags = if key { c_long::from(aom::AOM_EFLAG_FORCE_KF.cast_signed()) } else { 0 };
        // SAFETY: the context is a living encoder; `image` points to planes that are borrowed by the caller, and libaom
        // copies them before it returns (av1/encoder/lookahead.c, `av1_lookahead_push`).
        let code = unsafe { aom::aom_codec_encode(&raw mut *self.0, image, at, longest, flags) };
        checked("encode", code)
    }

    /// All that the last picture became; nothing if it was left out.
    fn take_coded(&mut self) -> Option<Coded> {
        let mut coded = Coded { bytes: Vec::new(), key: false };
        let mut place = std::ptr::null();
        loop {
            // SAFETY: the context is a living encoder; `place` is null or what the call before left.
            let packet = unsafe { aom::aom_codec_get_cx_data(&raw mut *self.0, &raw mut place) };
            // SAFETY: null, or a packet that lives until the context is used again.
            let Some(packet) = (unsafe { packet.as_ref() }) else { break };
            if packet.kind != aom::AOM_CODEC_CX_FRAME_PKT {
                continue;
            }
            // SAFETY: `kind` says that the union holds a frame.
            let frame = unsafe { packet.data.frame };
            if frame.buf.is_null() {
                continue;
            }
            // SAFETY: `buf` holds `sz` bytes, which live until the context is used again.
            let bytes = unsafe { std::slice::from_raw_parts(frame.buf.cast::<u8>(), frame.sz) };
            coded.bytes.extend_from_slice(bytes);
            coded.key |= frame.flags & aom::AOM_FRAME_IS_KEY != 0;
        }
        (!coded.bytes.is_empty()).then_some(coded)
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // SAFETY: the context is a living encoder and used no more. A refusal leaves nothing to do.
        unsafe { aom::aom_codec_destroy(&raw mut *self.0) };
    }
}

fn checked(what: &'static str, code: aom::aom_codec_err_t) -> Result<(), MotionError> {
    if code == aom::AOM_CODEC_OK { Ok(()) } else { Err(MotionError::Codec { what, code }) }
}
