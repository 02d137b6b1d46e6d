//! An update of an action does not say who gave it, or when.

use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "update-without-source",
    severity: Severity::Warning,
    summary: "An update of an action does not say who gave it, or when.",
    explanation: "The history of an action is read in the order of its dates, and a reader asks who says so. An \
                  update without a date counts right after the one before it. Write `date:` and `by:`; a \
                  `stamp:` can stand for `by:`, since it says who agreed. Matters arising have the date of their \
                  meeting.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for update in &subject.parts.updates {
        let has_author = !update.by.is_empty() || update.stamp.is_some();
        let (message, help) = match (has_author, update.date.is_some()) {
            (false, false) => ("who gave it and when", "add `date: …` and `by: …`"),
            (false, true) => ("who gave it", "add `by: …`"),
            (true, false) => ("when it was given", "add `date: …`"),
            (true, true) => continue,
        };
        found
            .at(update.span, format!("this update does not say {message}"))
            .help = Some(help.to_owned());
    }
}
