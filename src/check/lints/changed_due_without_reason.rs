//! A due date was changed, and nobody said why.

use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::due::DueRule;

pub(super) const LINT: Lint = Lint {
    code: "changed-due-without-reason",
    severity: Severity::Warning,
    summary: "A due date was changed, and nobody said why.",
    explanation: "The history of an action keeps the old date beside the new one, and a reader asks why. Write \
                  `due: { date: …, reason: … }`.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let matters = subject.parts.matters.iter();
    let updates = subject.parts.updates.iter();
    let dues = matters.filter_map(|matter| matter.whole().due.as_ref());
    for due in dues.chain(updates.filter_map(|update| update.whole().due.as_ref())) {
        if due.reason.is_none() && due.rule != DueRule::None {
            found
                .at(due.written.span, "the due date is changed without a reason")
                .help = Some("write `due: { date: …, reason: … }`".to_owned());
        }
    }
}
