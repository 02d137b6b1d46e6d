//! A due date cannot be understood, so that nothing can be overdue.

use crate::check::calendar::with_year;
use crate::check::wording::quoted;
use crate::check::{Check, DocumentSubject, Found, Lint, Part};
use crate::diagnostic::Severity;
use crate::model::date::{DateReading, month_number};
use crate::model::due::{Due, DueRule};
use chrono::{Datelike, NaiveDate};

pub(super) const LINT: Lint = Lint {
    code: "unclear-due",
    severity: Severity::Warning,
    summary: "A due date cannot be understood, so that nothing can be overdue.",
    explanation: "It is printed as it stands, and no day is computed from it. A month needs its year (\"April \
                  2026\"); what depends on something else is a condition (`{ when: … }`); and where there is no \
                  date, say why (`{ none: … }`): \"N/A\" is no reason. The same holds for review dates.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for due in &subject.parts.dues {
        report(due, "due date", found);
    }
    for review in &subject.parts.reviews {
        report(review, "review date", found);
    }
}

fn report(due: &Part<'_, Due>, what: &str, found: &mut Found) {
    let written = due.written.source();
    let (wrong, help) = match due.rule {
        DueRule::Unclear | DueRule::Day(DateReading::Unclear) => unclear(written, due.day),
        DueRule::Day(DateReading::NoYear) => (Lack::Year, year(written, due.day)),
        DueRule::Day(DateReading::NoSuchDay) => {
            (Lack::Date, "the calendar has no such day".to_owned())
        }
        DueRule::None if is_nothing(written) => (
            Lack::Reason,
            "write the reason itself: `{ none: standing duty }`".to_owned(),
        ),
        _ => return,
    };
    let is_open = !due.withheld && due.written.passages().is_empty();
    let called = match is_open {
        true => format!("`{}`", quoted(&due.written)),
        false => "this".to_owned(),
    };
    let message = match wrong {
        Lack::Date => format!("{called} is not a {what}"),
        Lack::Year => format!("{called} has no year"),
        Lack::Reason => format!("{called} does not say why there is no {what}"),
    };
    let help = match is_open {
        true => help,
        false => "write a date, a month with its year, or `{ when: … }`".to_owned(),
    };
    found.at(due.written.span, message).help = Some(help);
}

/// What a due date lacks: it is none, it has no year, or it says without a reason that there is none.
enum Lack {
    Date,
    Year,
    Reason,
}

/// Whether words that stand in the place of a date say nothing.
fn is_nothing(written: &str) -> bool {
    let word = written.trim().trim_end_matches('.').to_lowercase();
    matches!(
        word.as_str(),
        "" | "n/a" | "none" | "na" | "-" | "–" | "no date" | "no due date" | "not applicable"
    )
}

fn unclear(written: &str, day: Option<NaiveDate>) -> (Lack, String) {
    let word = written.trim().trim_end_matches('.').to_lowercase();
    if let Some(month) = month_number(word.trim_start_matches("end ").trim_start_matches("of ")) {
        let help = match day {
            Some(day) => {
                let year = day.year() + i32::from(month < day.month());
                format!("write the year as well: `{} {year}`", written.trim())
            }
            None => "write the year as well".to_owned(),
        };
        return (Lack::Year, help);
    }
    if is_nothing(written) {
        let help = "say why there is none: `{ none: … }`".to_owned();
        return (Lack::Reason, help);
    }
    (Lack::Date, help(&word))
}

fn help(word: &str) -> String {
    match word {
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

fn year(written: &str, day: Option<NaiveDate>) -> String {
    match day.and_then(|day| with_year(written, day)) {
        Some(full) => format!("write the year as well: `{full}`"),
        None => "write the year as well".to_owned(),
    }
}
