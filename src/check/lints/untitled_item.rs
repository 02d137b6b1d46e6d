//! An item has neither a title nor a number of its own.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::text::Text;

pub(super) const LINT: Lint = Lint {
    code: "untitled-item",
    severity: Severity::Warning,
    summary: "An item has neither a title nor a number of its own.",
    explanation: "It has no heading, so that nobody can find it in the contents or link to it. Write `title:`.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for item in &subject.parts.items {
        if item.title.as_ref().is_none_or(Text::is_empty) && item.number.is_none() {
            found.at(item.span, "this item has no title").help =
                Some("add a line `title: …`".to_owned());
        }
    }
}
