//! A due date was changed, and nobody said why.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::due::DueRule;

pub(super) const LINT: Lint = Lint {
    code: "changed-due-without-reason",
    severity: Severity::Warning,
    summary: "A due date was changed, and nobody said why.",
    explanation: "The history of an action keeps the old date beside the new one, and a reader asks why. Write \
                  `due: { date: …, reason: … }`.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for matter in &subject.parts.matters {
        let Some(due) = &matter.due else { continue };
        if due.reason.is_none() && due.rule != DueRule::None {
            found
                .at(due.written.span, "the due date is changed without a reason")
                .help = Some("write `due: { date: …, reason: … }`".to_owned());
        }
    }
}
