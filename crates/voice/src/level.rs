//! How loud it is, for people to see.

/// Below that nothing is shown: the noise of a quiet room, in decibels of full scale.
const FLOOR_DB: f32 = -60.0;
/// How much of the level before is left after each piece: it rises at once and falls so that an eye can follow.
const FALL: f32 = 0.8;

/// A level meter's value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Level(f32);

impl Level {
    /// Takes in the next samples, −1 to 1.
    pub fn take(&mut self, samples: &[f32]) {
        let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        self.0 = peak.max(self.0 * FALL);
    }

    /// 0 (silence, and all below −60 dB) to 100 (full scale).
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 … 100")]
    pub fn percent(self) -> u8 {
        if self.0 <= 0.0 {
            return 0;
        }
        let db = 20.0 * self.0.log10();
        (100.0 * (1.0 - db / FLOOR_DB)).clamp(0.0, 100.0) as u8
    }
}
