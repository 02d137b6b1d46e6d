//! The document of a release is gone.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use std::collections::BTreeSet;
use std::path::Path;

pub(super) const LINT: Lint = Lint {
    code: "lost-release",
    severity: Severity::Error,
    summary: "The document of a release is gone, or has another name.",
    explanation: "What was published stays on the website at its address. Where the file was renamed, say so at the top \
                  of releases.yaml: `renamed: [{ from: old.yaml, to: new.yaml }]`. Its history then goes on under the \
                  new name, and on the website the old address leads on to the new one. Otherwise put the file back.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let Some(record) = &subject.book.releases else {
        return;
    };
    let mut known = BTreeSet::new();
    for release in &record.content.releases {
        let now = record.content.now(&release.file.text);
        if subject.book.sources.find(Path::new(now)).is_some() || !known.insert(now) {
            continue;
        }
        let message = format!("`{now}` was published, and is not there any more");
        found.at(release.file.span, message).help = Some(format!(
            "put it back; or, where it was renamed, add `renamed: [{{ from: {now}, to: … }}]`: its history goes on, and its \
             old address leads on to the new one"
        ));
    }
}
