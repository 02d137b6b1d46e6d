//! A document is marked as published, and the record of releases does not have it.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::meeting::Status;
use crate::model::releases;

pub(super) const LINT: Lint = Lint {
    code: "published-without-release",
    severity: Severity::Error,
    summary: "A document is marked as published, and releases.yaml does not have it.",
    explanation: "A document is published by `minutebook publish FILE`, which asks for the approval and for all else \
                  that must be so. Where somebody writes `status: published` by hand, nothing was asked, and nobody can \
                  tell whether what is on the website still is what was approved. Put the status back and publish the \
                  file. In a book whose releases.yaml has no release yet this is a warning; a book without \
                  releases.yaml keeps no such record, and is not asked for one.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let Some(record) = &subject.book.releases else {
        return;
    };
    let is_first = record.content.releases.is_empty();
    for standing in releases::standings(subject.book) {
        if standing.status == Some(Status::Published) && standing.releases.is_empty() {
            let message = "this is marked as published, and no release of it is recorded";
            let fault = found.at(standing.span, message);
            let file = &standing.path;
            fault.help = Some(format!(
                "run `minutebook publish {file}`, which says what is still asked for"
            ));
            // The first release of a book is not to be stopped by what was published before there was a record.
            if is_first {
                fault.severity = Severity::Warning;
            }
        }
    }
}
