//! A release was begun and not completed.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::releases;

pub(super) const LINT: Lint = Lint {
    code: "unfinished-release",
    severity: Severity::Error,
    summary: "A release is recorded that its document does not list.",
    explanation: "A release is recorded in releases.yaml before its document is changed. Where the program was stopped \
                  between the two, or `versions:` or `status:` was changed since, the document does not list the version \
                  as published. Run the same command again: it completes the release.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for standing in releases::standings(subject.book) {
        let Some(release) = standing.unfinished() else {
            continue;
        };
        let (path, version) = (&standing.path, &release.version.text);
        let message = format!("{path} does not list version {version} as published");
        let command = if standing.releases.len() > 1 {
            "amend"
        } else {
            "publish"
        };
        found.at(release.version.span, message).help = Some(format!(
            "run `minutebook {command}` for it again, which completes the release"
        ));
    }
}
