//! An item has a title and nothing in it.

use crate::check::item_content::content;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "empty-item",
    severity: Severity::Warning,
    summary: "An item has a title and nothing in it.",
    explanation: "A reader cannot tell whether there was nothing to say or whether it was forgotten. Write `none: \
                  true`, which prints \"None\", or `deferred:` with the reason.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for item in subject.parts.items.iter().filter(|item| !item.withheld) {
        if content(item.whole()).is_none() && !item.none && item.deferred.is_none() {
            found.at(item.span, "there is nothing in this item").help =
                Some("add `none: true` if there was nothing to say".to_owned());
        }
    }
}
