//! How often something comes back: an action, or an item of the agenda.

use super::due::{Due, Unit, count_of};
use super::edition::Edition;
use super::record::record;
use super::text::Text;
use chrono::{Days, Months, NaiveDate};

record! {
    /// How often something comes back.
    "a rhythm" struct Every<E> or "rhythm" {
        /// `weekly`, `monthly`, `quarterly`, `yearly`, `every 2 weeks`.
        rhythm: Text<E>,
        /// The last day on which it can come back.
        until: Option<Due<E>>,
    }
}

impl<E: Edition> Every<E> {
    /// What the words mean; `None` when they are not understood.
    pub fn rhythm(&self) -> Option<Rhythm> {
        Rhythm::of(self.rhythm.source())
    }
}

/// A span of time after which something comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// How many units.
    pub count: u32,
    /// Days, weeks, months or years.
    pub unit: Unit,
}

impl Rhythm {
    /// Reads `quarterly`, `every 2 weeks`, `twice a year` and their like.
    pub fn of(text: &str) -> Option<Rhythm> {
        let text = text.trim().to_lowercase().replace('-', " ");
        let (count, unit) = match text.as_str() {
            "daily" => (1, Unit::Days),
            "weekly" => (1, Unit::Weeks),
            "fortnightly" => (2, Unit::Weeks),
            "monthly" => (1, Unit::Months),
            "bimonthly" => (2, Unit::Months),
            "quarterly" => (3, Unit::Months),
            "termly" => (4, Unit::Months),
            "half yearly" | "six monthly" | "biannually" | "twice a year" => (6, Unit::Months),
            "yearly" | "annually" | "annual" | "once a year" => (1, Unit::Years),
            other => counted(other)?,
        };
        (count > 0).then_some(Rhythm { count, unit })
    }

    /// The day so many times this span after a day.
    pub fn after(self, day: NaiveDate, times: u32) -> Option<NaiveDate> {
        let count = self.count.checked_mul(times)?;
        match self.unit {
            Unit::Days => day.checked_add_days(Days::new(u64::from(count))),
            Unit::Weeks => day.checked_add_days(Days::new(u64::from(count) * 7)),
            Unit::Months => day.checked_add_months(Months::new(count)),
            Unit::Years => day.checked_add_months(Months::new(count.checked_mul(12)?)),
        }
    }

    /// The first day after `day` of those that come at this span from `start` on; `start` itself when it is later.
    pub fn next(self, start: NaiveDate, day: NaiveDate) -> Option<NaiveDate> {
        if start > day {
            return Some(start);
        }
        // Counting from the start keeps the 31st: a month after 31 January is 28 February, and two are 31 March.
        let days = (day - start).num_days().unsigned_abs();
        let longest = match self.unit {
            Unit::Days => 1,
            Unit::Weeks => 7,
            Unit::Months => 31,
            Unit::Years => 366,
        };
        let mut times = u32::try_from(days / (longest * u64::from(self.count))).ok()?;
        loop {
            let next = self.after(start, times)?;
            if next > day {
                return Some(next);
            }
            times = times.checked_add(1)?;
        }
    }
}

fn counted(text: &str) -> Option<(u32, Unit)> {
    let rest = text
        .strip_prefix("every ")
        .or_else(|| text.strip_prefix("each "))?;
    let (count, unit) = match rest.split_once(' ') {
        Some((count, unit)) => (count_of(count)?, unit),
        None => (1, rest),
    };
    let unit = match unit.trim().trim_end_matches('s') {
        "day" => Unit::Days,
        "week" => Unit::Weeks,
        "month" => Unit::Months,
        "quarter" => return Some((count.checked_mul(3)?, Unit::Months)),
        "year" => Unit::Years,
        _ => return None,
    };
    Some((count, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn rhythms_are_understood_as_people_write_them() {
        let months = |count| {
            Some(Rhythm {
                count,
                unit: Unit::Months,
            })
        };
        for (text, expected) in [
            ("quarterly", months(3)),
            ("Every quarter", months(3)),
            ("every two months", months(2)),
            ("six-monthly", months(6)),
            ("now and then", None),
            ("every 0 weeks", None),
        ] {
            assert_eq!(Rhythm::of(text), expected, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_month_is_not_worn_away() {
        let monthly = Rhythm {
            count: 1,
            unit: Unit::Months,
        };
        let start = day(2026, 1, 31);
        assert_eq!(monthly.next(start, day(2025, 12, 1)), Some(start));
        assert_eq!(monthly.next(start, start), Some(day(2026, 2, 28)));
        assert_eq!(
            monthly.next(start, day(2026, 2, 28)),
            Some(day(2026, 3, 31))
        );
        assert_eq!(
            monthly.next(start, day(2036, 3, 30)),
            Some(day(2036, 3, 31))
        );
    }
}
