//! A document is marked as published, and the record of releases does not have it.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::meeting::Status;
use crate::model::releases;

pub(super) const LINT: Lint = Lint {
    code: "published-without-release",
    severity: Severity::Warning,
    summary: "A document is marked as published, and releases.yaml does not have it.",
    explanation: "Without a release nobody can tell whether what is on the website still is what stands here. Run \
                  `minutebook publish FILE`. A book without releases.yaml keeps no such record, and is not asked for \
                  one.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    if subject.book.releases.is_none() {
        return;
    }
    for standing in releases::standings(subject.book) {
        if standing.status == Some(Status::Published) && standing.releases.is_empty() {
            found
                .at(
                    standing.span,
                    "this is marked as published, and no release of it is recorded",
                )
                .help = Some("run `minutebook publish FILE`".to_owned());
        }
    }
}
