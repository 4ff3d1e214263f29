//! Periods of whole days, and the one before.

use super::api::StatisticsKind;
use crate::problem::{FieldProblem, Problem, field_code};
use jiff::{ToSpan as _, civil::Date};
use store::statistics::{day_before, days_between};

/// The longest period, in days: ten years.
pub(super) const LONGEST_DAYS: i64 = 3_653;

/// From one day to another, both with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) from: Date,
    pub(super) to: Date,
}

impl Period {
    /// As asked for. Where no end is given, it ends today; where no beginning is, it is a month, or by month a year.
    /// Errors: what is wrong with either field.
    pub(super) fn read(
        kind: StatisticsKind,
        from: Option<&str>,
        to: Option<&str>,
        today: Date,
    ) -> Result<Self, Problem> {
        let mut errors = Vec::new();
        let mut date = |field: &'static str, given: Option<&str>| {
            let read = given.filter(|text| !text.is_empty()).map(read_date);
            if read == Some(None) {
                errors.push(FieldProblem::new(field, field_code::DATE));
            }
            read.flatten()
        };
        let (from, to) = (date("from", from), date("to", to));
        if !errors.is_empty() {
            return Err(Problem::of_fields(errors));
        }
        let to = to.unwrap_or(today);
        let period = Self { from: from.unwrap_or_else(|| first_of(kind, to)), to };
        if period.days() <= 0 {
            return Err(Problem::of_field("to", field_code::PERIOD_REVERSED));
        }
        if LONGEST_DAYS < period.days() {
            let error = FieldProblem::new("from", field_code::PERIOD_TOO_LONG).with("days", LONGEST_DAYS);
            return Err(Problem::of_fields(vec![error]));
        }
        Ok(period)
    }

    /// How many days it has.
    pub(super) fn days(self) -> i64 {
        days_between(self.from, self.to) + 1
    }

    /// Before a period of whole months: as many months; before another: as many days.
    pub(super) fn before(self) -> Self {
        let to = day_before(self.from, 1);
        if self.is_of_whole_months() {
            let months = self.months().len();
            let span = jiff::Span::new().try_months(i64::try_from(months).unwrap_or_default());
            if let Some(from) = span.ok().and_then(|span| self.from.checked_sub(span).ok()) {
                return Self { from, to };
            }
        }
        Self { from: day_before(self.from, self.days()), to }
    }

    fn is_of_whole_months(self) -> bool {
        self.from == self.from.first_of_month() && self.to == self.to.last_of_month()
    }

    /// Every day of it.
    pub(super) fn every_day(self) -> Vec<Self> {
        let days = self.from.series(1.day()).take_while(|day| *day <= self.to);
        days.map(|day| Self { from: day, to: day }).collect()
    }

    /// Its months, the first and the last as far as they are in it.
    pub(super) fn months(self) -> Vec<Self> {
        let months = self.from.first_of_month().series(1.month()).take_while(|month| *month <= self.to);
        months
            .map(|month| Self { from: month.max(self.from), to: month.last_of_month().min(self.to) })
            .collect()
    }

    /// What of the period before stands beside each of its months. Beside whole months these are months. Beside others they are as many
    /// days as the month has here: by the calendar the days before 1 to 30 March are of two months, January with two of them, and
    /// March would stand beside those two alone.
    pub(super) fn months_before(self) -> Vec<Self> {
        if self.is_of_whole_months() {
            return self.before().months();
        }
        let days = self.days();
        let back = |month: Self| Self { from: day_before(month.from, days), to: day_before(month.to, days) };
        self.months().into_iter().map(back).collect()
    }
}

/// `2026-11-28`, and nothing else that could be read as a day.
fn read_date(text: &str) -> Option<Date> {
    let read: Date = text.parse().ok()?;
    (read.to_string() == text && (1970..=2999).contains(&read.year())).then_some(read)
}

fn first_of(kind: StatisticsKind, to: Date) -> Date {
    let (back, month) = match kind {
        StatisticsKind::Month => (11.months(), true),
        _ => (1.month(), false),
    };
    let from = to.checked_sub(back).unwrap_or(to);
    if month { from.first_of_month() } else { from.tomorrow().unwrap_or(from).min(to) }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_DAYS, Period, StatisticsKind};
    use jiff::civil::date;

    fn period(from: &str, to: &str) -> Period {
        Period { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn the_period_before_is_as_long_in_months_or_in_days() {
        let check = |given: (&str, &str), before: (&str, &str)| {
            assert_eq!(period(given.0, given.1).before(), period(before.0, before.1), "{given:?}");
        };
        check(("2026-11-28", "2026-11-28"), ("2026-11-27", "2026-11-27"));
        check(("2026-11-22", "2026-11-28"), ("2026-11-15", "2026-11-21"));
        check(("2026-03-01", "2026-03-31"), ("2026-02-01", "2026-02-28"));
        check(("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31"));
        check(("2026-03-01", "2026-03-30"), ("2026-01-30", "2026-02-28"));
    }

    #[test]
    fn months_stand_beside_months_or_as_many_days() {
        let check = |given: (&str, &str), before: &[(&str, &str)]| {
            let of = period(given.0, given.1);
            let expected: Vec<Period> = before.iter().map(|(from, to)| period(from, to)).collect();
            assert_eq!(of.months_before(), expected, "{given:?}");
            assert_eq!(of.months().len(), expected.len(), "{given:?}");
            let whole = Period { from: expected[0].from, to: expected[expected.len() - 1].to };
            assert_eq!(whole, of.before(), "{given:?}");
        };
        check(("2026-02-01", "2026-03-31"), &[("2025-12-01", "2025-12-31"), ("2026-01-01", "2026-01-31")]);
        check(("2026-03-01", "2026-03-30"), &[("2026-01-30", "2026-02-28")]);
        check(("2026-02-10", "2026-03-08"), &[("2026-01-14", "2026-02-01"), ("2026-02-02", "2026-02-09")]);
        check(("2026-03-05", "2026-03-05"), &[("2026-03-04", "2026-03-04")]);
    }

    #[test]
    fn what_is_not_given_is_a_month_or_a_year_until_today() {
        let read = |kind, from, to| Period::read(kind, from, to, date(2026, 3, 31));
        let month = read(StatisticsKind::Day, None, None).unwrap();
        assert_eq!(month, period("2026-03-01", "2026-03-31"));
        let year = read(StatisticsKind::Month, Some(""), None).unwrap();
        assert_eq!(year, period("2025-04-01", "2026-03-31"));
        let ends = read(StatisticsKind::Hour, None, Some("2026-02-15")).unwrap();
        assert_eq!(ends, period("2026-01-16", "2026-02-15"));
        assert_eq!(period("2024-01-01", "2033-12-31").days(), LONGEST_DAYS);
    }
}
