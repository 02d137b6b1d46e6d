//! Words are withheld without saying why.

use crate::check::exemptions::exemptions;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "unstated-exemption",
    severity: Severity::Warning,
    summary: "Words are withheld without saying why.",
    explanation: "A reader must be told which exemption applies, and `unstated` prints that nobody said. Write \
                  the code: `s31`, `s40(2)`, or `out-of-scope` for what does not belong in the notes at all.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for (place, exemption) in exemptions(subject) {
        if exemption.code() == "unstated" {
            found.at(place, "nothing says why this is withheld").help =
                Some("write the exemption: `s31`, `s40(2)`, `out-of-scope` …".to_owned());
        }
    }
}
