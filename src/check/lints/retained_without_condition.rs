//! A retained action has no condition.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::action::State;

pub(super) const LINT: Lint = Lint {
    code: "retained-without-condition",
    severity: Severity::Note,
    summary: "A retained action has no condition.",
    explanation: "Without one it is retained for ever. Say until when: `condition: until the delivery groups are \
                  formed`.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for matter in &subject.parts.matters {
        if matter.state == Some(State::Retained)
            && matter.condition.is_none()
            && matter.due.is_none()
        {
            found
                .at(
                    matter.span,
                    "this action is retained, and nothing says until when",
                )
                .help = Some("add `condition: until …`, or a new `due:`".to_owned());
        }
    }
}
