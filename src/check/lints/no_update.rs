//! A matter arising has no update.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::text::Text;

pub(super) const LINT: Lint = Lint {
    code: "no-update",
    severity: Severity::Note,
    summary: "A matter arising has no update.",
    explanation: "It prints \"No update recorded\". Write in `update:` what has happened since, even if it is \
                  nothing.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for matter in &subject.parts.matters {
        if matter.update.as_ref().is_none_or(Text::is_empty) {
            found
                .at(matter.span, "this matter arising has no update")
                .help = Some("add `update: …` with what has happened since".to_owned());
        }
    }
}
