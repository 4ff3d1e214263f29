//! The one video track: what was agreed of it, which pictures get through, what the way carries.

mod gate;
mod obus;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use bytes::Bytes;
use str0m::bwe::Bitrate;
use str0m::change::SdpOffer;
use str0m::format::{Codec, CodecSpec, FormatParams, PayloadParams};
use str0m::media::{Direction, Frequency, MediaAdded, MediaKind, MediaTime, Mid, Pt};
use str0m::rtp::Extension;
use str0m::{Rtc, RtcConfig, RtcError};

use self::gate::{Gate, Queued};
use crate::description;

/// Chromium's own numbers, in the order of preference; the answer takes over whichever the offer names.
const PAYLOADS: [(u8, u8, u8); 2] = [(1, 47, 48), (0, 45, 46)];
/// Level 3.1 and the main tier, which stand for "any" in practice: browsers name them whatever the size.
const LEVEL: u8 = 5;
const PLAYOUT_DELAY_ID: u8 = 5;
/// Where congestion control begins. It finds out within a second or two what the way really carries.
const FIRST_ESTIMATE: Bitrate = Bitrate::mbps(3);

/// A picture on its way out.
pub(crate) struct Picture {
    pub(crate) full_chroma: bool,
    pub(crate) rtp_time: u32,
    pub(crate) key: bool,
    pub(crate) bytes: Bytes,
}

/// The video line of a connection, if there is one.
#[derive(Debug)]
pub(crate) struct Video {
    /// The offer that holds.
    offer: String,
    resting: bool,
    track: Option<Track>,
    ready_told: bool,
    gate: Gate,
    demand_bits_per_s: u32,
    estimate_bits_per_s: u32,
    told_bits_per_s: u32,
}

#[derive(Clone, Copy, Debug)]
struct Track {
    mid: Mid,
    full: Option<Pt>,
    half: Option<Pt>,
}

/// Prepares a connection for AV1 in both profiles and for pictures that are shown at once; for congestion control, which
/// costs some forty looks at the clock a second, only where the offer has a line for video.
pub(crate) fn prepare(mut config: RtcConfig, offered: bool) -> RtcConfig {
    for (profile, pt, resend) in PAYLOADS {
        let format = FormatParams {
            profile: Some(profile),
            level_idx: Some(LEVEL),
            tier: Some(0),
            ..FormatParams::default()
        };
        let (pt, resend) = (Pt::from(pt), Some(Pt::from(resend)));
        config.codec_config().add_config(pt, resend, Codec::Av1, Frequency::NINETY_KHZ, None, format);
    }
    config
        .set_extension(PLAYOUT_DELAY_ID, Extension::PlayoutDelay)
        .enable_bwe(offered.then_some(FIRST_ESTIMATE))
}

impl Video {
    /// Nothing is known yet of the video in the offer.
    pub(crate) fn new(offer: String) -> Self {
        Self {
            offer,
            resting: false,
            track: None,
            ready_told: false,
            gate: Gate::default(),
            demand_bits_per_s: 0,
            estimate_bits_per_s: 0,
            told_bits_per_s: 0,
        }
    }

    /// Another offer was accepted on the same connection.
    pub(crate) fn renewed(&mut self, rtc: &mut Rtc, offer: &str) {
        offer.clone_into(&mut self.offer);
        if std::mem::take(&mut self.resting) {
            self.rest(rtc, true);
        }
    }

    /// A media line is new. The first that takes AV1 from us counts.
    pub(crate) fn added(&mut self, rtc: &mut Rtc, media: &MediaAdded) {
        if self.track.is_none() && media.kind == MediaKind::Video && media.direction == Direction::SendOnly {
            self.track = Track::agreed(rtc, media.mid);
        }
    }

    /// Once: whether the agreed video is 4:4:4.
    pub(crate) fn ready(&mut self) -> Option<bool> {
        let track = self.track.filter(|_| !self.ready_told)?;
        self.ready_told = true;
        Some(track.full.is_some())
    }

    /// Writes a picture, if it gets through.
    pub(crate) fn write(&mut self, rtc: &mut Rtc, picture: Picture) {
        let Some(track) = self.track else { return };
        let Some(pt) = track.payload(picture.full_chroma) else { return };
        if !obus::well_formed(&picture.bytes) {
            tracing::warn!(size_bytes = picture.bytes.len(), "Picture that is no AV1 not sent");
            return;
        }
        let now = Instant::now();
        if !self.gate.admit(picture.key, &track.queued(rtc, now)) {
            return;
        }
        let Some(writer) = rtc.writer(track.mid) else { return };
        let writer = writer.playout_delay(MediaTime::ZERO, MediaTime::ZERO);
        let time = MediaTime::from_90khz(u64::from(picture.rtp_time));
        if let Err(error) = writer.write(pt, now, time, picture.bytes.as_ref()) {
            tracing::debug!(%error, "Picture not sent");
            self.gate.lost();
        }
    }

    /// Whether there are pictures to send.
    pub(crate) fn is_wanted(&self) -> bool {
        self.demand_bits_per_s != 0
    }

    /// How much there could be.
    pub(crate) fn demand(&mut self, rtc: &mut Rtc, bits_per_s: u32) {
        if self.track.is_none() {
            return;
        }
        if self.demand_bits_per_s == 0 {
            self.told_bits_per_s = 0;
        }
        self.rest(rtc, bits_per_s == 0);
        self.demand_bits_per_s = bits_per_s;
        rtc.bwe().set_desired_bitrate(Bitrate::bps(u64::from(bits_per_s)));
    }

    /// Lets the line rest, or wakes it. The core sends padding for as long as a line may send, 160 packets a second, and
    /// there is no switch for that; so it hears, it alone, that the console wants the line inactive. Nothing of this goes
    /// to the console.
    fn rest(&mut self, rtc: &mut Rtc, rest: bool) {
        if self.resting == rest {
            return;
        }
        let text = if rest { description::inactive(&self.offer) } else { self.offer.clone() };
        let accepted = SdpOffer::from_sdp_string(&text)
            .map_err(RtcError::from)
            .and_then(|offer| rtc.sdp_api().accept_offer(offer));
        match accepted {
            Ok(_) => self.resting = rest,
            Err(error) => tracing::debug!(%error, rest, "Video line stays as it is"),
        }
    }

    /// Whether a picture was lost here and the way is free for a key picture again.
    pub(crate) fn key_wanted(&mut self, rtc: &mut Rtc) -> bool {
        match self.track {
            Some(track) if self.gate.is_draining() => self.gate.drained(&track.queued(rtc, Instant::now())),
            _ => false,
        }
    }

    /// Congestion control has a new estimate.
    pub(crate) fn estimated(&mut self, estimate: Bitrate) {
        self.estimate_bits_per_s = u32::try_from(estimate.as_u64()).unwrap_or(u32::MAX);
    }

    /// The estimate, if there is a demand and it differs by a tenth from what was told.
    pub(crate) fn bandwidth_news(&mut self) -> Option<u32> {
        let (now, told) = (self.estimate_bits_per_s, self.told_bits_per_s);
        if self.demand_bits_per_s == 0 || now == 0 || now.abs_diff(told) < told.div_ceil(10).max(1) {
            return None;
        }
        self.told_bits_per_s = now;
        Some(now)
    }
}

impl Track {
    fn agreed(rtc: &mut Rtc, mid: Mid) -> Option<Self> {
        let writer = rtc.writer(mid)?;
        let payload = |profile| {
            let agreed = |spec: CodecSpec| {
                spec.codec == Codec::Av1 && spec.format.profile.unwrap_or_default() == profile
            };
            writer.payload_params().find(|payload| agreed(payload.spec())).map(PayloadParams::pt)
        };
        let track = Self { mid, full: payload(1), half: payload(0) };
        (track.full.is_some() || track.half.is_some()).then_some(track)
    }

    fn payload(self, full_chroma: bool) -> Option<Pt> {
        if full_chroma { self.full } else { self.half }
    }

    /// What waits to be sent, as the core last saw it.
    fn queued(self, rtc: &mut Rtc, now: Instant) -> Queued {
        let mut api = rtc.direct_api();
        let info = api.stream_tx_by_mid(self.mid, None).and_then(|stream| stream.queue_info());
        info.map_or_else(Queued::default, |info| Queued {
            bytes: info.byte_size(),
            age: info.first_unsent().map_or(Duration::ZERO, |since| now.saturating_duration_since(since)),
        })
    }
}
