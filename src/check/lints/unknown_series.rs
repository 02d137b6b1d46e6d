//! A document names a series that the settings do not have.

use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::{Severity, nearest};

pub(super) const LINT: Lint = Lint {
    code: "unknown-series",
    severity: Severity::Error,
    summary: "A document belongs to a series that minutebook.yaml does not have.",
    explanation: "The series gives a meeting its title, chair, numbering and labels, and carries its actions forward. \
                  Correct the name, add the series to minutebook.yaml, or leave `series` out and give the meeting its \
                  own title and chair.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let (Some(key), None) = (subject.document.series(), subject.series) else {
        return;
    };
    let known: Vec<&str> = subject.book.settings.series.keys().collect();
    let diagnostic = found.at(key.span, format!("there is no series `{}`", key.text));
    diagnostic.help = Some(match nearest(key, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if known.is_empty() => "add it under `series:` in minutebook.yaml".to_owned(),
        None => format!("the series are {}", known.join(", ")),
    });
}
