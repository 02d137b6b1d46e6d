//! An extract is marked as published.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::meeting::Status;

pub(super) const LINT: Lint = Lint {
    code: "published-extract",
    severity: Severity::Error,
    summary: "An extract is marked as published.",
    explanation: "A fragment may lack the headings that published notes need, so it renders only as a draft, with \
                  a notice that it is an extract. Publish the whole notes, or leave the status at draft.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let meeting = subject.meeting;
    if meeting.extract && meeting.status == Some(Status::Published) {
        found
            .at(
                meeting.span,
                "a fragment renders only as a draft, and this one is marked as published",
            )
            .help = Some(
            "write `status: draft`, or complete the notes and remove `extract: true`".to_owned(),
        );
    }
}
