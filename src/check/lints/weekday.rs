//! The weekday does not fit the date.

use crate::check::{Check, DateSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::date::DateReading;
use chrono::Datelike;

pub(super) const LINT: Lint = Lint {
    code: "weekday",
    severity: Severity::Error,
    summary: "The weekday does not fit the date.",
    explanation: "One of the two is wrong, and a reader cannot tell which. Correct the day or the weekday, or \
                  write the date as 2026-08-25: the weekday is then printed by itself.",
    lowered_in_extracts: false,
    check: Check::Date(check),
};

fn check(subject: &DateSubject<'_>, found: &mut Found) {
    let DateReading::Full(day, Some(weekday)) = subject.reading else {
        return;
    };
    if day.weekday() == weekday {
        return;
    }
    let really = day.format("%A");
    let is_open = !subject.withheld && subject.written.passages().is_empty();
    let (message, help) = match is_open {
        true => (
            format!("{} is a {really}", subject.quoted()),
            format!("write {really}, or correct the day"),
        ),
        false => (
            "the weekday does not fit this date".to_owned(),
            "correct the weekday or the day".to_owned(),
        ),
    };
    found.at(subject.written.span, message).help = Some(help);
}
