//! One encoder of libaom, owned.

use std::ffi::{c_int, c_long, c_ulong};
use std::mem::MaybeUninit;

use libaom_sys as aom;

use crate::{Coded, MotionError};

/// How long libaom is told that a picture lasts. Nobody knows, and this is so long that it believes it neither for the
/// first picture, where it takes 1/30 s (`av1_new_framerate`), nor for those after, where it then counts with each
/// step as it was instead of their mean over a second (`adjust_frame_rate`): pictures after a pause stayed three
/// times too large for half a second.
const PICTURE_MS: c_ulong = 11_000;

/// One encoder of libaom: created here, given back when dropped.
pub(super) struct Context(Box<aom::aom_codec_ctx_t>);

// SAFETY: all that an encoder has hangs on its context; libaom 3.11 has no thread-local data (searched its source), and
// what encoders share is set up under a lock (aom_encoder.h on aom_codec_enc_init_ver: not thread safe only when built
// without CONFIG_MULTITHREAD, which libaom.cmake leaves on). `&mut self` lets one thread in at a time.
unsafe impl Send for Context {}

impl Context {
    pub(super) fn new(config: &aom::aom_codec_enc_cfg_t) -> Result<Self, MotionError> {
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

    pub(super) fn control(
        &mut self,
        control: aom::aome_enc_control_id,
        value: c_int,
    ) -> Result<(), MotionError> {
        // SAFETY: the context is a living encoder; every control that `settings` and `Codec` name takes
        // one int (aom/aomcx.h).
        let code = unsafe { aom::aom_codec_control(&raw mut *self.0, control.cast_signed(), value) };
        checked("take a setting", code)
    }

    pub(super) fn configure(&mut self, config: &aom::aom_codec_enc_cfg_t) -> Result<(), MotionError> {
        // SAFETY: the context is a living encoder; libaom copies `config`.
        let code = unsafe { aom::aom_codec_enc_config_set(&raw mut *self.0, config) };
        checked("take a bit rate", code)
    }

    pub(super) fn encode(
        &mut self,
        image: &aom::aom_image_t,
        at_ms: u32,
        key: bool,
    ) -> Result<(), MotionError> {
        let flags = if key { c_long::from(aom::AOM_EFLAG_FORCE_KF.cast_signed()) } else { 0 };
        // SAFETY: the context is a living encoder; `image` points to planes that are borrowed by the caller, and libaom
        // copies them before it returns (av1/encoder/lookahead.c, `av1_lookahead_push`).
        let code = unsafe { aom::aom_codec_encode(&raw mut *self.0, image, at_ms.into(), PICTURE_MS, flags) };
        checked("encode", code)
    }

    /// All that the last picture became; nothing if it was left out.
    pub(super) fn take_coded(&mut self) -> Option<Coded> {
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

/// `what`: what libaom was asked for, as it stands in the error.
pub(super) fn checked(what: &'static str, code: aom::aom_codec_err_t) -> Result<(), MotionError> {
    if code == aom::AOM_CODEC_OK { Ok(()) } else { Err(MotionError::Codec { what, code }) }
}
