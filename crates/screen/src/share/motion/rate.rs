//! How many bits a second the video gets.

use tiles::Rect;

use crate::Preference;

/// Bounds of the rate that the encoder is given.
const MIN_BITS_PER_S: u32 = 200_000;
const MAX_BITS_PER_S: u32 = 12_000_000;
/// Of the link's estimate, in 100: the exact layer and the pointer need the rest.
const LINK_PERCENT: u64 = 80;
/// What the rate is reckoned with.
const PICTURES_PER_S: u64 = 30;

/// What would be good for a film at `rect`.
pub(super) fn wanted_bits_per_s(preference: Preference, rect: &Rect) -> u32 {
    let bits_per_100_px: u64 = match preference {
        Preference::Balanced => 32,
        Preference::Quality => 80,
        Preference::Speed => 20,
    };
    let pixels = u64::try_from(rect.area()).unwrap_or(u64::MAX);
    let wanted = pixels.saturating_mul(bits_per_100_px * PICTURES_PER_S) / 100;
    u32::try_from(wanted).unwrap_or(u32::MAX).clamp(MIN_BITS_PER_S, MAX_BITS_PER_S)
}

/// What a link of this estimate leaves of it; `None`: nothing is known of the link.
pub(super) fn within(link_bits_per_s: Option<u32>, wanted_bits_per_s: u32) -> u32 {
    let link = link_bits_per_s.map_or(u64::MAX, |link| u64::from(link) * LINK_PERCENT / 100);
    let link = u32::try_from(link).unwrap_or(u32::MAX).max(MIN_BITS_PER_S);
    wanted_bits_per_s.min(link)
}
