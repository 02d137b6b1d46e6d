//! An update in a file of updates names no action.

use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "update-without-action",
    severity: Severity::Error,
    summary: "An update in a file of updates names no action.",
    explanation: "Nobody can tell of which action it speaks, so it is printed nowhere. Write `action:` with the \
                  ref of the action. An update that stands with its action, in a tracker or a plan, needs none.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for span in &subject.parts.nameless {
        found.at(*span, "this update names no action").help =
            Some("add a line `action: …` with the ref of the action".to_owned());
    }
}
