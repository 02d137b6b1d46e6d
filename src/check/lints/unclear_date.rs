//! A date cannot be understood.

use crate::check::calendar::with_year;
use crate::check::{Check, DateSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::date::{DateReading, month_number};

pub(super) const LINT: Lint = Lint {
    code: "unclear-date",
    severity: Severity::Error,
    summary: "A date cannot be understood.",
    explanation: "It is printed as it stands, but nothing can be computed from it: which meeting comes next, how \
                  old an action is. Write it as 2026-08-25, or in full as Tuesday 25 August 2026. Due dates have \
                  a lint of their own, `unclear-due`.",
    lowered_in_extracts: false,
    check: Check::Date(check),
};

fn check(subject: &DateSubject<'_>, found: &mut Found) {
    if subject.is_due {
        return;
    }
    let is_open = !subject.withheld && subject.written.passages().is_empty();
    let date = subject.quoted();
    let message = match subject.reading {
        DateReading::NoYear => format!("{date} has no year"),
        DateReading::Unclear if month_number(subject.written.source().trim()).is_some() => {
            format!("{date} has no day and no year")
        }
        DateReading::NoSuchDay => format!("{date} is not in the calendar"),
        DateReading::Unclear => format!("{date} is not a date"),
        _ => return,
    };
    let full = subject
        .meeting
        .and_then(|meeting| with_year(subject.written.source(), meeting))
        .filter(|_| is_open && subject.reading == DateReading::NoYear);
    found.at(subject.written.span, message).help = Some(match full {
        Some(full) => format!("write the year as well: `{full}`"),
        None => "write it as 2026-08-25, or in full as Tuesday 25 August 2026".to_owned(),
    });
}
