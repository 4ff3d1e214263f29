//! How libaom is set up.

use std::ffi::{c_int, c_uint};
use std::mem::MaybeUninit;

use libaom_sys as aom;

use super::{Purpose, context::checked};
use crate::planes::Chroma;
use crate::{MotionError, Settings};

/// Most that libaom takes (`rc_target_bitrate`).
const MAX_KBITS_PER_S: u32 = 2_000_000;

/// How fast libaom works, of 5 to 11 (`AOME_SET_CPUUSED`). 11 differs for films below 1280 x 720 alone: 640 x 360 at a
/// given rate takes two thirds of the time that 10 takes and is a third of a dB worse.
const SPEED: c_int = 11;

/// How libaom works beyond its configuration: what costs time and gives little in real time is off, as in libwebrtc's
/// `LibaomAv1Encoder::InitEncode` (modules/video_coding/codecs/av1/libaom_av1_encoder.cc).
pub(super) const CONTROLS: &[(aom::aome_enc_control_id, c_int)] = &[
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
    // However thin the link, the area does not stand still for longer than this.
    (aom::AV1E_SET_MAX_CONSEC_FRAME_DROP_MS_CBR, 250),
    // Otherwise it hangs on the content, which changes, while the sequence header says it once.
    (aom::AV1E_SET_SUPERBLOCK_SIZE, enumerated(aom::AOM_SUPERBLOCK_SIZE_64X64)),
    // What the planes hold (`colour.rs`), said in the sequence header so that the browser shows it right.
    (aom::AV1E_SET_COLOR_PRIMARIES, enumerated(aom::AOM_CICP_CP_BT_709)),
    (aom::AV1E_SET_TRANSFER_CHARACTERISTICS, enumerated(aom::AOM_CICP_TC_SRGB)),
    (aom::AV1E_SET_MATRIX_COEFFICIENTS, enumerated(aom::AOM_CICP_MC_BT_601)),
    (aom::AV1E_SET_COLOR_RANGE, enumerated(aom::AOM_CR_STUDIO_RANGE)),
];

pub(super) const fn enumerated(code: c_uint) -> c_int {
    code.cast_signed()
}

/// What is other for a file: nobody waits for its pictures, so none is left out, and each is as good at once as it will be.
pub(super) const FILE_CONTROLS: &[(aom::aome_enc_control_id, c_int)] =
    &[(aom::AV1E_SET_AQ_MODE, 0), (aom::AOME_SET_MAX_INTRA_BITRATE_PCT, 0)];

/// How coarse pictures of a file are, of 0 (finest) to 63: small text stays sharp.
const FILE_QUANTIZER: c_uint = 20;

/// Real time, constant bit rate or constant quality, one thread, no picture held back, key pictures on request alone.
pub(super) fn config(settings: Settings, purpose: Purpose) -> Result<aom::aom_codec_enc_cfg_t, MotionError> {
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
    // Milliseconds: libaom refuses times beyond 32 bits, which those of RTP's clock would reach within 14 hours.
    config.g_timebase = aom::aom_rational { num: 1, den: 1000 };
    config.g_lag_in_frames = 0;
    config.g_error_resilient = 0;
    config.g_pass = aom::AOM_RC_ONE_PASS;
    config.kf_mode = aom::AOM_KF_DISABLED;
    config.rc_end_usage = aom::AOM_CBR;
    config.rc_target_bitrate = kbits_per_s(settings.bits_per_s);
    // Buffer (ms), tolerances (%) and best quantizer of libwebrtc's encoder; the worst is worse than its 56, for a page of
    // text fits a thin link only so.
    config.rc_min_quantizer = 10;
    config.rc_max_quantizer = 63;
    config.rc_undershoot_pct = 50;
    config.rc_overshoot_pct = 50;
    config.rc_buf_initial_sz = 600;
    config.rc_buf_optimal_sz = 600;
    config.rc_buf_sz = 1000;
    config.rc_dropframe_thresh = 30;
    if purpose == Purpose::File {
        (config.rc_min_quantizer, config.rc_max_quantizer) = (FILE_QUANTIZER, FILE_QUANTIZER);
        config.rc_dropframe_thresh = 0;
    }
    Ok(config)
}

fn kbits_per_s(bits_per_s: u32) -> u32 {
    (bits_per_s / 1000).clamp(1, MAX_KBITS_PER_S)
}
