//! Apologies were left out, so that the notes say "None recorded".

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "no-apologies",
    severity: Severity::Note,
    summary: "Apologies were left out, so that the notes say \"None recorded\".",
    explanation: "Left out, nobody can tell whether there were none or whether they were forgotten. Write \
                  `apologies: []` when there were none, which prints \"None\".",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    if subject.meeting.apologies.is_none() && !subject.meeting.extract {
        found
            .at(
                subject.meeting.span,
                "the notes do not say who sent apologies",
            )
            .help = Some("add a line `apologies: []` if you know that nobody did".to_owned());
    }
}
