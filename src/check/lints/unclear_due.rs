//! A due date cannot be understood, so that nothing can be overdue.

use crate::check::calendar::with_year;
use crate::check::wording::quoted;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::date::{DateReading, month_number};
use crate::model::due::DueRule;
use chrono::Datelike;

pub(super) const LINT: Lint = Lint {
    code: "unclear-due",
    severity: Severity::Warning,
    summary: "A due date cannot be understood, so that nothing can be overdue.",
    explanation: "It is printed as it stands, and no day is computed from it. A month needs its year (\"April \
                  2026\"); what depends on something else is a condition (`{ when: … }`); and where there is no \
                  date, say why (`{ none: … }`).",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for due in &subject.parts.dues {
        let help = match due.rule {
            DueRule::Unclear => help(subject, due.written.source()),
            DueRule::Day(DateReading::NoYear) => year(subject, due.written.source()),
            DueRule::Day(DateReading::NoSuchDay) => "the calendar has no such day".to_owned(),
            DueRule::Day(DateReading::Unclear) => help(subject, due.written.source()),
            _ => continue,
        };
        let is_open = !due.withheld && due.written.passages().is_empty();
        let message = match is_open {
            true => format!("`{}` is not a due date", quoted(&due.written)),
            false => "this is not a due date".to_owned(),
        };
        let help = match is_open {
            true => help,
            false => "write a date, a month with its year, or `{ when: … }`".to_owned(),
        };
        found.at(due.written.span, message).help = Some(help);
    }
}

fn help(subject: &MeetingSubject<'_>, written: &str) -> String {
    let word = written.trim().trim_end_matches('.').to_lowercase();
    if let Some(month) = month_number(word.trim_start_matches("end ").trim_start_matches("of ")) {
        return match subject.day() {
            Some(day) => {
                let year = day.year() + i32::from(month < day.month());
                format!("write the year as well: `{} {year}`", written.trim())
            }
            None => "write the year as well".to_owned(),
        };
    }
    match word.as_str() {
        "n/a" | "none" | "na" | "-" | "no date" => {
            "say why there is none: `{ none: … }`".to_owned()
        }
        "ongoing" | "continuous" | "standing" | "on-going" => {
            format!("say so: `{{ none: {word} }}`")
        }
        "asap" | "tbc" | "tba" | "soon" | "immediately" => {
            "agree on a date, or on what it waits for: `{ when: … }`".to_owned()
        }
        _ => "write a date, a month with its year, \"in 2 weeks\", or what it waits for: `{ when: … }`"
            .to_owned(),
    }
}

fn year(subject: &MeetingSubject<'_>, written: &str) -> String {
    let meeting = subject.day();
    match meeting.and_then(|meeting| with_year(written, meeting)) {
        Some(full) => format!("write the year as well: `{full}`"),
        None => "write the year as well".to_owned(),
    }
}
