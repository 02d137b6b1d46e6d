//! What was kept of an earlier version was changed since.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "altered-release",
    severity: Severity::Error,
    summary: "What was kept of an earlier version is not what was published.",
    explanation: "The website shows earlier versions as they were published, made of what stands in the folder releases. \
                  A file there differs from the fingerprint that releases.yaml has of it. Put it back from a copy of the \
                  book. Where words of an earlier version must no longer be read, mark the version as withdrawn in \
                  releases.yaml.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for altered in &subject.book.altered {
        let (path, version) = (&altered.path, &altered.version);
        let message = format!("`{path}` was changed since version {version} was published");
        found.at(altered.span, message).help = Some(
            "put the file back from a copy of the book; or, where its words must no longer be read, mark the version as \
             withdrawn: `withdrawn: { reason: …, by: …, date: … }`"
                .to_owned(),
        );
    }
}
