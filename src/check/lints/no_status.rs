//! Notes do not say how far they are.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "no-status",
    severity: Severity::Note,
    summary: "Notes do not say how far they are.",
    explanation: "Without a status they are treated as a draft. Write `status: draft`, `approved` or `published`.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    if subject.meeting.status.is_none() {
        found
            .at(
                subject.meeting.span,
                "the notes do not say how far they are",
            )
            .help = Some("add a line `status: draft`, or `approved` or `published`".to_owned());
    }
}
