//! The code of an exemption is not known.

use crate::check::exemptions::exemptions;
use crate::check::wording::near;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::exemption::{Exemption, SECTIONS};

pub(super) const LINT: Lint = Lint {
    code: "unknown-exemption",
    severity: Severity::Error,
    summary: "The code of an exemption is not known.",
    explanation: "Readers are told which exemption applies, and this one names none. The codes are sections of \
                  the Freedom of Information Act 2000 such as `s31` or `s40(2)`, `out-of-scope` for what does not \
                  belong in the notes at all, and `unstated` while it is open. A book can add its own under \
                  `exemptions:` in minutebook.yaml.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let own: Vec<Exemption> = subject
        .book
        .settings
        .exemptions
        .keys()
        .map(Exemption::new)
        .collect();
    for (place, exemption) in exemptions(subject) {
        if exemption.is_known() || own.contains(exemption) {
            continue;
        }
        let known = SECTIONS
            .iter()
            .map(|section| format!("s{}", section.number));
        let known: Vec<String> = known
            .chain(["out-of-scope".to_owned(), "unstated".to_owned()])
            .collect();
        let code = exemption.code();
        let near = match code.bytes().all(|byte| byte.is_ascii_digit()) {
            true => known
                .iter()
                .map(String::as_str)
                .find(|known| known[1..] == *code),
            false => near(code, known.iter().map(String::as_str)),
        };
        // What stands there may be the secret itself, so it is not repeated.
        found.at(place, "this is not the code of an exemption").help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write a section such as `s31`, or add the code under `exemptions:` in minutebook.yaml".to_owned(),
        });
    }
}
