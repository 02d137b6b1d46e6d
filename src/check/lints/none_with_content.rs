//! An item says that there was nothing to say, and has content.

use crate::check::item_content::content;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "none-with-content",
    severity: Severity::Error,
    summary: "An item says that there was nothing to say, and has content.",
    explanation: "It would print \"None\" above its content. Remove `none: true`, or the rest.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for item in subject.parts.items.iter().filter(|item| item.none) {
        let content = content(item.whole()).or(item.deferred.as_ref().map(|text| text.span));
        if let Some(span) = content {
            let diagnostic = found.at(item.span, "this item says `none: true`, and has content");
            diagnostic.help = Some("remove `none: true`, or the content".to_owned());
            diagnostic.related.push((span, "the content".to_owned()));
        }
    }
}
