//! Statistics [T-1 … T-8]: what the records add up to, kept beside them in the same write and read from sums.
//!
//! # What is counted
//! - A *support* is a record whose customer agreed and which has ended. Who only joined was not supported; what still runs
//!   counts when it ends, since its time is not known before. So every statistic of one period adds up to the same numbers.
//! - It belongs to the day and the hour of the clock at which the customer agreed ([R-2] shows the same moment), in the
//!   company's time zone; after a change of that zone it moves there in its turn ([`move_on`]). A clock that is put back shows an hour
//!   twice: both are that hour. One that is put forward leaves an hour, or in Apia in 2011 a day, without support.
//! - Its time runs from the consent to the end and belongs to that one hour and day whole; [`Bucket`] sorts it by length.
//! - Operator, department, customer's system, support type and rating are the record's own. What is written later moves it.
//! - A deleted operator, department or type keeps its support and its last name [D-6]; one that still exists shows its name of today.
//! - What retention deletes of the records stays here.
//!
//! # How it is kept
//! `statistics_cells` holds the finest sums, ordered by operator: one operator's share of anything is read there. Operators beside
//! each other stand in packed rows ([`operators`]). The other tables hold sums over everybody (of the company, and of each department) by
//! one thing each. All but the cells are over spans of days of several lengths ([`spans`]), so that three years are a few spans and not
//! a thousand days. All follow the same differences ([`sums`]), one record's as well as those of thousands at once ([`batch`]). A sum that
//! came back to nothing may stay as a row of zeros.

mod batch;
mod calendar;
mod changes;
mod count;
mod moving;
mod names;
mod operators;
mod places;
mod read;
mod spans;
mod sums;
mod zones;

pub use calendar::{day_before, days_between};
pub(crate) use changes::follow;
pub(crate) use count::{count, count_on};
pub use moving::move_on;
pub use names::{OperatorName, department_name, find_operators, operator_names, support_type_names};
pub use read::{Scope, by_day, by_duration, by_hour, by_operator, by_support_type, by_system, total};
pub(crate) use sums::tables;
pub use zones::{Clocks, clocks};

use sea_orm::{ConnectionTrait, Statement, Value};

/// Supports and their time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub supports: i64,
    /// How long together.
    pub duration_s: i64,
}

impl std::ops::AddAssign for Sum {
    fn add_assign(&mut self, other: Self) {
        self.supports += other.supports;
        self.duration_s += other.duration_s;
    }
}

impl std::iter::Sum for Sum {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::default(), |mut all, each| {
            all += each;
            all
        })
    }
}

/// 상담시간 [T-5]: from the first minute on, to below the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bucket(i64);

impl Bucket {
    /// Where each begins, in seconds.
    pub const STARTS_S: [i64; 6] = [0, 300, 600, 1_200, 1_800, 3_600];

    /// Every bucket, shortest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).map(Self).take(Self::STARTS_S.len())
    }

    /// The bucket of a length.
    #[must_use]
    pub fn of(duration_s: i64) -> Self {
        let found = (0..).zip(Self::STARTS_S).take_while(|(_, start)| *start <= duration_s.max(0)).last();
        Self(found.map_or(0, |(at, _)| at))
    }

    /// The minutes at which it begins and ends; no end: and more.
    #[must_use]
    pub fn minutes(self) -> (i64, Option<i64>) {
        let mut starts = Self::STARTS_S.iter().skip(usize::try_from(self.0).unwrap_or_default());
        (starts.next().copied().unwrap_or_default() / 60, starts.next().map(|end| end / 60))
    }
}

fn statement(
    on: &impl ConnectionTrait,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(on.get_database_backend(), sql, values)
}
