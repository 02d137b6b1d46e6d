//! A document does not say how far it is.

use crate::check::{Check, Document, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "no-status",
    severity: Severity::Note,
    summary: "A document does not say how far it is.",
    explanation: "Without a status it is treated as a draft. Write `status: draft`, `approved` or `published`.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let message = match subject.document {
        Document::Meeting(_) => "the notes do not say how far they are",
        Document::Tracker(_) => "the tracker does not say how far it is",
        Document::Plan(_) => "the plan does not say how far it is",
        Document::Updates(_) => return,
    };
    if subject.document.status().is_none() {
        found.at(subject.document.span(), message).help =
            Some("add a line `status: draft`, or `approved` or `published`".to_owned());
    }
}
