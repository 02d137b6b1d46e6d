//! A text refers to a footnote that it does not hold.

use crate::check::{Check, Found, Lint, TextSubject};
use crate::diagnostic::Severity;
use std::collections::BTreeSet;

pub(super) const LINT: Lint = Lint {
    code: "missing-footnote",
    severity: Severity::Warning,
    summary: "A text refers to a footnote that it does not hold.",
    explanation: "`[^1]` refers to a footnote, and `[^1]: its words` is one. The two stand in the same text, the \
                  footnote on a line of its own at the end. Without it the reference is printed as it is written. \
                  Write the footnote, or `\\[^1]` for the characters themselves.",
    lowered_in_extracts: false,
    check: Check::Text(check),
};

/// How many labels of one text are reported.
const MOST: usize = 20;

fn check(subject: &TextSubject<'_>, found: &mut Found) {
    let Some(footnotes) = subject.text.footnotes() else {
        return;
    };
    let mut labels = BTreeSet::new();
    let missing = footnotes.missing.iter();
    for stray in missing
        .filter(|stray| labels.insert(&stray.label))
        .take(MOST)
    {
        if stray.withheld || subject.withheld {
            let message = "this text refers to a footnote that it does not hold";
            found.at(subject.text.span, message);
            continue;
        }
        let label = &stray.label;
        let message = format!("this text has no footnote `{label}`");
        let place = subject.nth_within(&format!("[^{label}]"), stray.before);
        found.at(place, message).help = Some(format!(
            "write it at the end of the text, on a line of its own: `[^{label}]: …`"
        ));
    }
}
