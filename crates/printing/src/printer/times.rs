//! Time as the protocol writes it.

use crate::ipp::Value;

/// A moment. Both grow together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Since the printer began, seconds; at least 1 (RFC 8011 §5.4.29).
    pub up_s: i32,
    /// Since 1970, seconds.
    pub epoch_s: i64,
}

impl Clock {
    /// The moment at which `up_s` stood so.
    pub(super) fn at(self, up_s: i32) -> Self {
        Self { up_s, epoch_s: self.epoch_s - i64::from(self.up_s.saturating_sub(up_s)) }
    }

    /// RFC 2579's `DateAndTime`, in universal time: year 2, month, day, hour, minute, second, tenth, '+', 0, 0.
    pub(super) fn date_time(self) -> Value {
        let (days, seconds) = (self.epoch_s.div_euclid(86_400), self.epoch_s.rem_euclid(86_400));
        let (year, month, day) = civil(days);
        let byte = |number: i64| u8::try_from(number).unwrap_or(0);
        let [high, low] = u16::try_from(year).unwrap_or(0).to_be_bytes();
        Value::DateTime([
            high,
            low,
            byte(month),
            byte(day),
            byte(seconds / 3_600),
            byte(seconds / 60 % 60),
            byte(seconds % 60),
            0,
            b'+',
            0,
            0,
        ])
    }
}

/// Year, month and day of a day since 1970 (Hinnant, *chrono-Compatible Low-Level Date Algorithms*, `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use crate::ipp::Value;

    #[test]
    fn a_moment_is_written_as_the_rfc_has_it() {
        let at = |epoch_s| Clock { up_s: 1, epoch_s }.date_time();
        assert_eq!(at(0), Value::DateTime([7, 178, 1, 1, 0, 0, 0, 0, b'+', 0, 0]));
        // `date -u -d @1709210096`: 2024-02-29 12:34:56.
        assert_eq!(at(1_709_210_096), Value::DateTime([7, 232, 2, 29, 12, 34, 56, 0, b'+', 0, 0]));
    }
}
