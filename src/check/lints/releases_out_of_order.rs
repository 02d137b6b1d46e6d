//! The releases of a document are not in order.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::releases::{self, number};

pub(super) const LINT: Lint = Lint {
    code: "releases-out-of-order",
    severity: Severity::Error,
    summary: "The releases of a document are not in order.",
    explanation: "releases.yaml is a history that is only added to: each release of a document has a higher number than \
                  the one before it, and is not of an earlier day. Put back what was changed or moved.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for standing in releases::standings(subject.book) {
        for pair in standing.releases.windows(2) {
            let (before, after) = (pair[0], pair[1]);
            let of = |text: &str| number(text);
            let (version, earlier) = (&after.version, &before.version);
            if of(version) <= of(earlier) {
                let message = format!(
                    "version {} stands behind version {}",
                    version.text, earlier.text
                );
                found
                    .at(version.span, message)
                    .related
                    .push((earlier.span, "this stands before it".to_owned()));
            } else if before.day() > after.day() {
                let message = format!(
                    "version {} is of an earlier day than version {}",
                    version.text, earlier.text
                );
                found
                    .at(after.date.written.span, message)
                    .related
                    .push((before.date.written.span, "this stands before it".to_owned()));
            }
        }
    }
}
