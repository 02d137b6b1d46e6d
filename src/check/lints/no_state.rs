//! A matter arising has no state.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "no-state",
    severity: Severity::Warning,
    summary: "A matter arising has no state.",
    explanation: "A reader cannot tell whether the action is done, and the register keeps it open. Write `state: \
                  discharged`, `retained` (with a condition), `proposed`, or a new `due:` with its reason.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for matter in &subject.parts.matters {
        if matter.state.is_none() && matter.due.is_none() {
            found
                .at(matter.span, "this matter arising has no state")
                .help = Some(
                "add `state: discharged` if it is done; otherwise `state: retained` with a `condition:`, or a new `due:`"
                    .to_owned(),
            );
        }
    }
}
