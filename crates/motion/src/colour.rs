//! From a screen's colours to those of video: BT.601, limited range.
//!
//! A browser has two ways to learn what a track's numbers mean: the sequence header, which we write, and RTP's colour
//! space extension, which we do not send. libwebrtc's own AV1 decoder reads the extension alone
//! (modules/video_coding/codecs/av1/dav1d_decoder.cc, `set_color_space(encoded_image.ColorSpace())`); without it
//! Chromium takes BT.601 (blink's media_stream_remote_video_source.cc, `CreateREC601`), and so does Firefox
//! (MediaPipeline.cpp, `yuvData.mYUVColorSpace`). Chromium's other decoders read the sequence header. With BT.601 in
//! the numbers and in the header both ways show the same; seen in Chromium 156, as a track and by WebCodecs.
//!
//! All sums fit 16 bits, so that the compiler works on 8 pixels at once; the coefficients are those of the standard
//! times 256, rounded so that grey has no colour and white is 235.
//! Source: ITU-R BT.601-7 §2.5.

/// Red, green and blue of a pixel, 16 bits wide for what follows.
#[derive(Clone, Copy)]
pub(crate) struct Rgb {
    pub(crate) red: u16,
    pub(crate) green: u16,
    pub(crate) blue: u16,
}

impl Rgb {
    /// A pixel as captured: blue, green, red, nothing.
    #[inline(always)]
    pub(crate) fn of(bgrx: [u8; 4]) -> Self {
        let [blue, green, red, _] = bgrx.map(u16::from);
        Self { red, green, blue }
    }

    /// 16 (black) to 235 (white).
    #[inline(always)]
    pub(crate) fn luma(self) -> u8 {
        ((66 * self.red + 129 * self.green + 25 * self.blue + (16 << 8) + 128) >> 8) as u8
    }

    /// 16 (yellow) to 240 (blue), 128 for grey.
    #[inline(always)]
    pub(crate) fn blueness(self) -> u8 {
        let level = (112 * self.blue).wrapping_sub(38 * self.red + 74 * self.green);
        (level.wrapping_add((128 << 8) + 128) >> 8) as u8
    }

    /// 16 (cyan) to 240 (red), 128 for grey.
    #[inline(always)]
    pub(crate) fn redness(self) -> u8 {
        let level = (112 * self.red).wrapping_sub(94 * self.green + 18 * self.blue);
        (level.wrapping_add((128 << 8) + 128) >> 8) as u8
    }
}
