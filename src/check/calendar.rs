//! Dates in messages, and dates that were likely meant.

use crate::model::date::DateReading;
use chrono::{Datelike, NaiveDate};

/// How many years from the meeting a date may be before it is doubted.
const YEARS: i32 = 10;

/// A day as readers write it: 5 March 2026.
pub(super) fn full(day: NaiveDate) -> String {
    format!("{} {}", day.day(), day.format("%B %Y"))
}

/// Whether a day is so far from the meeting that its year must be a slip.
pub(super) fn is_unlikely(day: NaiveDate, meeting: NaiveDate) -> bool {
    (day.year() - meeting.year()).abs() > YEARS
}

/// The year that was likely meant: the written one with two digits swapped or one mistyped, nearest to the meeting's and
/// rather after it than before.
pub(super) fn likely_year(written: i32, meeting: i32) -> i32 {
    let digits = format!("{written:04}").into_bytes();
    (meeting - 2..=meeting + YEARS)
        .min_by_key(|year| {
            let candidate = format!("{year:04}").into_bytes();
            let mut sorted = (digits.clone(), candidate.clone());
            sorted.0.sort_unstable();
            sorted.1.sort_unstable();
            let differing = digits
                .iter()
                .zip(&candidate)
                .filter(|(a, b)| a != b)
                .count();
            let is_swap = sorted.0 == sorted.1 && differing == 2;
            let is_before = *year < meeting;
            (!is_swap, differing, is_before, (year - meeting).abs())
        })
        .unwrap_or(meeting)
}

/// The same day and month in the first year in which it is not before the meeting.
pub(super) fn later_year(day: NaiveDate, meeting: NaiveDate) -> Option<NaiveDate> {
    (meeting.year()..=meeting.year() + 1)
        .filter_map(|year| day.with_year(year))
        .find(|day| *day >= meeting)
}

/// A date that was written without its year, with the year in which it comes next after the meeting; the one in which
/// the weekday fits, if there is one.
pub(super) fn with_year(written: &str, meeting: NaiveDate) -> Option<String> {
    let written = written.trim();
    let candidates: Vec<(String, NaiveDate, bool)> = (meeting.year()..=meeting.year() + 1)
        .filter_map(|year| {
            let text = format!("{written} {year}");
            match DateReading::of(&text) {
                DateReading::Full(day, weekday) if day >= meeting => Some((
                    text,
                    day,
                    weekday.is_none_or(|weekday| weekday == day.weekday()),
                )),
                _ => None,
            }
        })
        .collect();
    let fitting = candidates.iter().find(|(_, _, fits)| *fits);
    fitting
        .or(candidates.first())
        .map(|(text, _, _)| text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likely_year_is_a_slip_of_the_keys_away() {
        assert_eq!(likely_year(2103, 2012), 2013);
        assert_eq!(likely_year(2206, 2026), 2026);
        assert_eq!(likely_year(2062, 2026), 2026);
        assert_eq!(likely_year(1926, 2026), 2026);
        assert_eq!(likely_year(3027, 2026), 2027);
    }

    #[test]
    fn a_missing_year_is_the_next_in_which_the_day_comes() {
        let meeting = NaiveDate::from_ymd_opt(2018, 8, 28).expect("a day");
        let full = |written| with_year(written, meeting);
        assert_eq!(
            full("Tuesday 25 September").as_deref(),
            Some("Tuesday 25 September 2018")
        );
        assert_eq!(full("3 January").as_deref(), Some("3 January 2019"));
        assert_eq!(full("soon"), None);
    }
}
