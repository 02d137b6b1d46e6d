//! A release was begun and not completed.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::releases::{self, Standing};

pub(super) const LINT: Lint = Lint {
    code: "unfinished-release",
    severity: Severity::Error,
    summary: "A release is recorded that its document does not show as published.",
    explanation: "A release is recorded in releases.yaml before its document is changed. Where the program was stopped \
                  between the two, run the same command again: it completes the release, as long as the words are those \
                  that were recorded. It never records other words for a version that is there: where an older copy of \
                  the file came back, put the newer one back. Where `status:` was changed by hand, set it to `published` \
                  again; a document comes off the website by `withdrawn:` with its newest version and another `status:`.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for standing in releases::standings(subject.book) {
        let Some(release) = standing.unfinished() else {
            continue;
        };
        let (path, version) = (&standing.path, &release.version.text);
        let (message, help) = match standing.begun() {
            Some(_) => (
                format!("{path} does not list version {version} as published"),
                begun(&standing),
            ),
            None => (
                format!("{path} lists version {version} and is not marked as published"),
                "set `status: published` again; or, to take it off the website, mark the version as withdrawn: \
                 `withdrawn: { reason: …, by: …, date: … }`"
                    .to_owned(),
            ),
        };
        found.at(release.version.span, message).help = Some(help);
    }
}

fn begun(standing: &Standing<'_>) -> String {
    let command = match standing.releases.len() {
        1 => "publish",
        _ => "amend",
    };
    format!(
        "run `minutebook {command}` for it again, which completes the release; or, where an older copy of the file came back, \
         put the newer one back"
    )
}
