//! The fingerprint of a release is none.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "damaged-release",
    severity: Severity::Error,
    summary: "The fingerprint of a release is damaged.",
    explanation: "releases.yaml is written by the program, and its fingerprints prove what was published. One that was \
                  changed by hand proves nothing. Put the file back from a copy of the book; the fingerprint is \
                  `sha256:` and 64 digits.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let record = subject.book.releases.iter();
    for release in record.flat_map(|record| &record.content.releases) {
        if !is_fingerprint(&release.fingerprint.text) {
            let message = format!(
                "this is not the fingerprint of version {}",
                release.version.text
            );
            found.at(release.fingerprint.span, message).help =
                Some("put releases.yaml back from a copy of the book".to_owned());
        }
    }
}

fn is_fingerprint(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let digits = text.strip_prefix("sha256:");
    digits.is_some_and(|digits| digits.len() == 64 && digits.bytes().all(is_digit))
}
