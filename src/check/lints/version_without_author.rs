//! A version of a document does not say who wrote it.

use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::releases;
use crate::model::tracker::Version;

pub(super) const LINT: Lint = Lint {
    code: "version-without-author",
    severity: Severity::Warning,
    summary: "A version of a document does not say who wrote it.",
    explanation: "The table of versions is the record of who changed what. Write `author:` with a key from the \
                  register or a name. Versions that `minutebook approve`, `publish` and `amend` wrote need none.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for version in subject.document.versions() {
        let is_ours = is_approval(version) || is_release(subject, version);
        if version.author.is_empty() && !is_ours {
            found.at(version.span, "this version has no author").help =
                Some("add `author: …`".to_owned());
        }
    }
}

fn is_approval(version: &Version) -> bool {
    let comment = version.comment.as_ref();
    comment.is_some_and(|comment| comment.source().trim() == releases::APPROVED)
}

/// Whether the record of what was published has the version.
fn is_release(subject: &DocumentSubject<'_>, version: &Version) -> bool {
    let record = subject.book.releases.as_ref().map(|record| &record.content);
    let path = releases::written(&subject.book.sources.get(version.span.source).path);
    let number = version.number.as_ref().map(|number| number.source().trim());
    record.zip(number).is_some_and(|(record, number)| {
        let mut releases = record.releases.iter();
        releases.any(|one| one.version.text == number && record.now(&one.file.text) == path)
    })
}
