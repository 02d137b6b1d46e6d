//! A post-meeting note does not say who supplied it, or when.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "note-without-source",
    severity: Severity::Warning,
    summary: "A post-meeting note does not say who supplied it, or when.",
    explanation: "It is no part of the proceedings, so a reader must be able to see where it comes from. Write \
                  `by:` and `date:`.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for note in &subject.parts.notes {
        let (message, help) = match (note.by.is_empty(), note.date.is_none()) {
            (true, true) => ("who supplied it and when", "add `by: …` and `date: …`"),
            (true, false) => ("who supplied it", "add `by: …`"),
            (false, true) => ("when it was supplied", "add `date: …`"),
            (false, false) => continue,
        };
        found
            .at(note.span, format!("this note does not say {message}"))
            .help = Some(help.to_owned());
    }
}
