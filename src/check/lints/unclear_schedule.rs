//! A series meets on days that cannot be understood.

use crate::check::wording::quoted;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::schedule::Schedule;

pub(super) const LINT: Lint = Lint {
    code: "unclear-schedule",
    severity: Severity::Warning,
    summary: "The schedule of a series cannot be understood, so that no date follows from it.",
    explanation: "`minutebook next` finds the date of the next meeting from it, unless the notes announce one. It \
                  understands \"last Tuesday\", \"second and fourth Thursday\", \"every Tuesday\", \"15th\", \"last \
                  working day\", each perhaps \"of March and September\" or \"of each quarter\".",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for (_, series) in subject.book.settings.series.iter() {
        let Some(schedule) = &series.schedule else {
            continue;
        };
        if Schedule::of(schedule.source()).is_some() {
            continue;
        }
        let message = match schedule.passages().is_empty() {
            true => format!("`{}` is not a schedule", quoted(schedule)),
            false => "this is not a schedule".to_owned(),
        };
        found.at(schedule.span, message).help =
            Some("write \"last Tuesday\", \"second and fourth Thursday\" or \"15th\"".to_owned());
    }
}
