//! Days and hours of a zone's clocks, as numbers: days since 1970-01-01, hours 0 to 23.

use crate::StoreError;
use jiff::{Timestamp, civil::Date, tz::TimeZone};

pub(super) const DAY_MS: i64 = 86_400_000;
pub(super) const HOUR_MS: i64 = 3_600_000;
/// 1970-01-01.
const EPOCH: Date = Date::constant(1970, 1, 1);

/// The zone of this name. Names are checked where they are set; one that this server does not know is read as UTC, since
/// a session must be able to end.
pub(super) fn zone_of(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// Day and hour that the zone's clocks show at a moment.
pub(super) fn place(zone: &TimeZone, at_ms: i64) -> (i64, i64) {
    let offset_s = Timestamp::from_millisecond(at_ms).map_or(0, |at| zone.to_offset(at).seconds());
    let local_ms = at_ms + i64::from(offset_s) * 1000;
    (local_ms.div_euclid(DAY_MS), local_ms.rem_euclid(DAY_MS) / HOUR_MS)
}

/// What must be added to a moment from which on, within a stretch of time: pairs of the first moment and milliseconds.
pub(super) fn offsets(zone: &TimeZone, from_ms: i64, to_ms: i64) -> Vec<(i64, i64)> {
    let Ok(from) = Timestamp::from_millisecond(from_ms) else { return vec![(from_ms, 0)] };
    let first = (from_ms, i64::from(zone.to_offset(from).seconds()) * 1000);
    let later = zone
        .following(from)
        .map(|change| (change.timestamp().as_millisecond(), i64::from(change.offset().seconds()) * 1000))
        .take_while(|(at_ms, _)| *at_ms <= to_ms);
    std::iter::once(first).chain(later).collect()
}

/// The number of a day.
pub(super) fn number(day: Date) -> i64 {
    days_between(EPOCH, day)
}

/// The day of a number. Errors: [`StoreError::Unreadable`].
pub(super) fn date(number: i64) -> Result<Date, StoreError> {
    let unreadable = StoreError::Unreadable { column: "statistics.day" };
    EPOCH
        .checked_add(
            jiff::Span::new()
                .try_days(number)
                .map_err(|_| StoreError::Unreadable { column: "statistics.day" })?,
        )
        .map_err(|_| unreadable)
}

/// From one day to the other, in days of the calendar.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

/// The day this many days before another; the first day of all where there is none.
#[must_use]
pub fn day_before(day: Date, days: i64) -> Date {
    let span = jiff::Span::new().try_days(days);
    span.ok().and_then(|span| day.checked_sub(span).ok()).unwrap_or(Date::MIN)
}
