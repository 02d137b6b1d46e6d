//! A version of a document does not say who wrote it.

use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "version-without-author",
    severity: Severity::Warning,
    summary: "A version of a document does not say who wrote it.",
    explanation: "The table of versions is the record of who changed what. Write `author:` with a key from the \
                  register or a name.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for version in subject.document.versions() {
        if version.author.is_empty() {
            found.at(version.span, "this version has no author").help =
                Some("add `author: …`".to_owned());
        }
    }
}
