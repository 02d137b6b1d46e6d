//! Dates and times in the style of GOV.UK: 28 August 2018, 10:30am, midday.

use crate::model::date::{Date, Time};
use crate::model::due::{Due, DueRule, MeetingRef};
use crate::model::{Edition, text::Text};
use chrono::{NaiveDate, NaiveTime, Timelike};

/// A date: 28 August 2018.
pub(crate) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// A date with its weekday: Tuesday 28 August 2018.
pub(crate) fn weekday(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}

/// A month: August 2018.
pub(crate) fn month(year: i32, month: u32) -> String {
    NaiveDate::from_ymd_opt(year, month, 1).map_or_else(
        || format!("{year}-{month:02}"),
        |first| first.format("%B %Y").to_string(),
    )
}

/// A time of day: 10:30am, 2pm, midday, midnight.
pub(crate) fn time(time: NaiveTime) -> String {
    match (time.hour(), time.minute()) {
        (12, 0) => return "midday".to_owned(),
        (0, 0) => return "midnight".to_owned(),
        _ => {}
    }
    let (afternoon, hour) = time.hour12();
    let half = if afternoon { "pm" } else { "am" };
    match time.minute() {
        0 => format!("{hour}{half}"),
        minute => format!("{hour}:{minute:02}{half}"),
    }
}

/// What is printed of something that was written: words of our own, or the text as it stands.
pub(crate) enum Printed<'t, E: Edition> {
    /// Words in house style.
    Ours(String),
    /// What the person wrote.
    Theirs(&'t Text<E>),
}

/// A date as it is printed.
pub(crate) fn date<E: Edition>(date: &Date<E>, with_weekday: bool) -> Printed<'_, E> {
    match date.day() {
        Some(found) if with_weekday => Printed::Ours(weekday(found)),
        Some(found) => Printed::Ours(day(found)),
        None => Printed::Theirs(&date.written),
    }
}

/// A time as it is printed.
pub(crate) fn time_of_day<E: Edition>(written: &Time<E>) -> Printed<'_, E> {
    match written.value {
        Some(value) => Printed::Ours(time(value)),
        None => Printed::Theirs(&written.written),
    }
}

/// A meeting that another names: "28 July 2026", "July 2026".
pub(crate) fn meeting(reference: MeetingRef) -> String {
    match reference {
        MeetingRef::Day(found) => day(found),
        MeetingRef::Month(year, number) => month(year, number),
    }
}

/// The parts of a due date: what comes before the words, the words, and the day that they come to where they do not
/// say it themselves.
pub(crate) struct DuePrinted<'t, E: Edition> {
    pub(crate) before: &'static str,
    pub(crate) words: Printed<'t, E>,
    pub(crate) computed: Option<String>,
}

/// A due date as written, with the day that was computed.
pub(crate) fn due<E: Edition>(due: &Due<E>, computed: Option<NaiveDate>) -> DuePrinted<'_, E> {
    let theirs = || Printed::Theirs(&due.written);
    let (before, words, says_it) = match due.rule {
        DueRule::Day(reading) => match reading.day() {
            Some(found) => ("", Printed::Ours(day(found)), true),
            None => ("", theirs(), false),
        },
        DueRule::Month(year, number) => {
            let is_iso = due.written.source().contains('-');
            let words = if is_iso {
                Printed::Ours(month(year, number))
            } else {
                theirs()
            };
            ("", words, false)
        }
        DueRule::Meeting(reference) => {
            let words = Printed::Ours(format!("{} meeting", meeting(reference)));
            ("", words, matches!(reference, MeetingRef::Day(_)))
        }
        DueRule::Condition => ("When ", theirs(), false),
        DueRule::None => ("No due date: ", theirs(), false),
        DueRule::EndOfYear(_) | DueRule::After(..) | DueRule::Unclear => ("", theirs(), false),
    };
    DuePrinted {
        before,
        words,
        computed: computed.filter(|_| !says_it).map(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_follow_the_style() {
        for (hour, minute, words) in [
            (10, 30, "10:30am"),
            (10, 0, "10am"),
            (12, 0, "midday"),
            (0, 0, "midnight"),
            (13, 5, "1:05pm"),
            (12, 30, "12:30pm"),
        ] {
            assert_eq!(
                NaiveTime::from_hms_opt(hour, minute, 0)
                    .map(time)
                    .as_deref(),
                Some(words)
            );
        }
    }
}
