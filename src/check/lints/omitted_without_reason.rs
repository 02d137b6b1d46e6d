//! Refs are left out on purpose, and nothing says why.

use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "omitted-without-reason",
    severity: Severity::Warning,
    summary: "Refs are left out on purpose, and nothing says why.",
    explanation: "The reason is printed where the actions would stand, so that a reader does not take the gap for \
                  a mistake. Write `omitted: { refs: [1.4], reason: … }`.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for (omitted, _) in subject.document.omitted() {
        if omitted
            .reason
            .as_ref()
            .is_none_or(|reason| reason.is_empty())
        {
            found
                .at(omitted.span, "nothing says why these refs are left out")
                .help = Some("add `reason: …`".to_owned());
        }
    }
}
