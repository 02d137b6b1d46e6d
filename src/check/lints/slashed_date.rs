//! A date is written day/month/year.

use crate::check::calendar::full;
use crate::check::{Check, DateSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::date::DateReading;
use chrono::Datelike;

pub(super) const LINT: Lint = Lint {
    code: "slashed-date",
    severity: Severity::Note,
    summary: "A date is written day/month/year.",
    explanation: "Readers from other countries take 5/3/2026 for 3 May, and where the day is 12 or less nobody \
                  can tell from the date itself. It is read as day, month, year. Write 2026-03-05 or 5 March \
                  2026.",
    lowered_in_extracts: false,
    check: Check::Date(check),
};

fn check(subject: &DateSubject<'_>, found: &mut Found) {
    let DateReading::Slashed(day) = subject.reading else {
        return;
    };
    let is_open = !subject.withheld && subject.written.passages().is_empty();
    let date = subject.quoted();
    let (message, help) = match (is_open, day.day() <= 12 && day.day() != day.month()) {
        (false, _) => (
            format!("{date} is read as day, month, year"),
            "write it as year-month-day".to_owned(),
        ),
        (true, true) => (
            format!(
                "{date} can be read in two ways, and is taken for {}",
                full(day)
            ),
            format!("write `{day}`"),
        ),
        (true, false) => (
            format!("{date} is read as {}", full(day)),
            format!("write `{day}`"),
        ),
    };
    found.at(subject.written.span, message).help = Some(help);
}
