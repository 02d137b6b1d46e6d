//! Dates and times of day as people write them. What cannot be understood is kept as written.

use super::due::MeetingRef;
use super::edition::{Edition, Internal, Public, Redact};
use super::record::same_in_public;
use super::text::Text;
use super::texts::{HasTexts, Texts};
use crate::yaml::{Definitions, FromNode, Node, Reader};
use chrono::{Datelike, Month, NaiveDate, NaiveTime, Weekday};
use serde_json::json;

/// A date as it was written, and the day that it means.
pub struct Date<E: Edition = Internal> {
    /// What stands in the file.
    pub written: Text<E>,
    /// What it means.
    pub reading: DateReading,
}

/// How a date was understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateReading {
    /// `2026-08-25`.
    Iso(NaiveDate),
    /// `25 August 2026`, with the weekday that was written before it.
    Full(NaiveDate, Option<Weekday>),
    /// `25/8/2026`, read as day, month, year.
    Slashed(NaiveDate),
    /// A day and a month without a year.
    NoYear,
    /// A form of date, but no such day: 31 February.
    NoSuchDay,
    /// Not a date.
    Unclear,
}

impl DateReading {
    /// Reads a date.
    pub fn of(text: &str) -> DateReading {
        let text = text.trim();
        iso(text)
            .or_else(|| slashed(text))
            .or_else(|| full(text))
            .unwrap_or(DateReading::Unclear)
    }

    /// The day, when there is one.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            DateReading::Iso(day) | DateReading::Full(day, _) | DateReading::Slashed(day) => {
                Some(day)
            }
            DateReading::NoYear | DateReading::NoSuchDay | DateReading::Unclear => None,
        }
    }
}

same_in_public!(DateReading);

impl<E: Edition> Date<E> {
    /// The day that it means, when it is clear.
    pub fn day(&self) -> Option<NaiveDate> {
        self.reading.day()
    }
}

impl FromNode for Date<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let written = Text::from_node(node, reader)?;
        let reading = DateReading::of(written.source());
        Some(Date { written, reading })
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        json!({ "type": "string", "examples": ["2026-08-25", "Tuesday 25 August 2026"] })
    }
}

impl Redact for Date<Internal> {
    type Public = Date<Public>;

    fn redact(&self) -> Date<Public> {
        Date {
            written: self.written.redact(),
            reading: self.reading,
        }
    }
}

impl HasTexts for Date<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.written.texts(met);
    }
}

/// Since when something is so: a day, a month or a year, and the first day of it.
pub struct Since<E: Edition = Internal> {
    /// What stands in the file.
    pub written: Text<E>,
    /// The first day; `None` when it is not clear.
    pub first: Option<NaiveDate>,
}

fn first_day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if let Some(day) = DateReading::of(text).day() {
        return Some(day);
    }
    match (number(text, 4..=4), MeetingRef::of(text)) {
        (Some(year), _) => NaiveDate::from_ymd_opt(year as i32, 1, 1),
        (None, Some(MeetingRef::Month(year, month))) => NaiveDate::from_ymd_opt(year, month, 1),
        _ => None,
    }
}

impl FromNode for Since<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let written = Text::from_node(node, reader)?;
        let first = first_day(written.source());
        Some(Since { written, first })
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        json!({ "type": ["string", "number"], "examples": ["2026-08-25", "August 2026", "2026"] })
    }
}

impl Redact for Since<Internal> {
    type Public = Since<Public>;

    fn redact(&self) -> Since<Public> {
        Since {
            written: self.written.redact(),
            first: self.first,
        }
    }
}

impl HasTexts for Since<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.written.texts(met);
    }
}

fn made(year: i32, month: u32, day: u32, reading: fn(NaiveDate) -> DateReading) -> DateReading {
    NaiveDate::from_ymd_opt(year, month, day).map_or(DateReading::NoSuchDay, reading)
}

/// A number of so many digits, and of nothing else.
pub(super) fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let plain = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn iso(text: &str) -> Option<DateReading> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, month, day) = (
        number(year, 4..=4)?,
        number(month, 1..=2)?,
        number(day, 1..=2)?,
    );
    Some(made(year as i32, month, day, DateReading::Iso))
}

fn slashed(text: &str) -> Option<DateReading> {
    let parts: Vec<&str> = text.split(['/', '.']).collect();
    let [day, month, year] = parts.as_slice() else {
        return None;
    };
    let (day, month) = (number(day, 1..=2)?, number(month, 1..=2)?);
    let year = match number(year, 2..=4)? {
        short @ 0..=99 if year.len() == 2 => 2000 + short,
        year => year,
    };
    Some(made(year as i32, month, day, DateReading::Slashed))
}

fn full(text: &str) -> Option<DateReading> {
    let text = text.replace(',', " ");
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let weekday = words.first().and_then(|word| word.parse::<Weekday>().ok());
    if weekday.is_some() {
        words.remove(0);
    }
    let (day, month, year) = match words.as_slice() {
        [day, month, year] => (*day, *month, Some(*year)),
        [day, month] => (*day, *month, None),
        _ => return None,
    };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (day, month) = (number(day, 1..=2)?, month_number(month)?);
    let Some(year) = year else {
        return Some(DateReading::NoYear);
    };
    let year = number(year, 4..=4)? as i32;
    Some(match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => DateReading::Full(day, weekday),
        None => DateReading::NoSuchDay,
    })
}

/// The number of a month, from 1, by its name or the first three letters of it.
pub fn month_number(name: &str) -> Option<u32> {
    name.trim_end_matches('.')
        .parse::<Month>()
        .ok()
        .map(|month| month.number_from_month())
}

/// The last day of a month.
pub fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    first.with_day(u32::from(first.num_days_in_month()))
}

/// A time of day as it was written, and what it means.
pub struct Time<E: Edition = Internal> {
    /// What stands in the file.
    pub written: Text<E>,
    /// The time, when it is clear.
    pub value: Option<NaiveTime>,
}

impl FromNode for Time<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let written = Text::from_node(node, reader)?;
        let value = time(written.source());
        Some(Time { written, value })
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        json!({ "type": "string", "examples": ["10:30", "2pm"] })
    }
}

impl Redact for Time<Internal> {
    type Public = Time<Public>;

    fn redact(&self) -> Time<Public> {
        Time {
            written: self.written.redact(),
            value: self.value,
        }
    }
}

impl HasTexts for Time<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.written.texts(met);
    }
}

same_in_public!(NaiveDate);

/// Reads a time of day.
pub fn time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase().replace(' ', "");
    match text.as_str() {
        "midday" | "noon" => return NaiveTime::from_hms_opt(12, 0, 0),
        "midnight" => return NaiveTime::from_hms_opt(0, 0, 0),
        _ => {}
    }
    let (clock, half) = match text.strip_suffix("am").or_else(|| text.strip_suffix("pm")) {
        Some(clock) => (clock, Some(text.ends_with("pm"))),
        None => (text.as_str(), None),
    };
    let (hour, minute) = match clock.split_once([':', '.']) {
        Some((hour, minute)) => (number(hour, 1..=2)?, number(minute, 2..=2)?),
        None if half.is_some() => (number(clock, 1..=2)?, 0),
        None => return None,
    };
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_ways_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 8, 25).expect("a day");
        assert_eq!(DateReading::of("2026-08-25"), DateReading::Iso(day));
        for text in ["25 August 2026", "25th Aug 2026"] {
            assert_eq!(
                DateReading::of(text),
                DateReading::Full(day, None),
                "{text}"
            );
        }
        for text in ["Tuesday 25 August 2026", "Tue, 25 August 2026"] {
            assert_eq!(
                DateReading::of(text),
                DateReading::Full(day, Some(Weekday::Tue)),
                "{text}"
            );
        }
        assert_eq!(DateReading::of("25/8/2026"), DateReading::Slashed(day));
        assert_eq!(DateReading::of("25/8/26"), DateReading::Slashed(day));
        assert_eq!(DateReading::of("25 August"), DateReading::NoYear);
        assert_eq!(DateReading::of("31 February 2026"), DateReading::NoSuchDay);
        assert_eq!(DateReading::of("2026-02-31"), DateReading::NoSuchDay);
        for text in ["", "soon", "August 2026", "2026", "1.10", "٢٥ August 2026"] {
            assert_eq!(DateReading::of(text), DateReading::Unclear, "{text}");
        }
    }

    #[test]
    fn times_are_read_in_the_ways_people_write_them() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        for (text, value) in [
            ("10:30", at(10, 30)),
            ("10.30", at(10, 30)),
            ("10:00 am", at(10, 0)),
            ("2pm", at(14, 0)),
            ("12pm", at(12, 0)),
            ("12:15am", at(0, 15)),
            ("midday", at(12, 0)),
            ("25:00", None),
            ("after lunch", None),
            ("10", None),
        ] {
            assert_eq!(time(text), value, "{text}");
        }
    }
}
