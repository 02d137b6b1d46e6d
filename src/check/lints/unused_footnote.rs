//! Nothing refers to a footnote.

use crate::check::{Check, Found, Lint, TextSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "unused-footnote",
    severity: Severity::Warning,
    summary: "Nothing refers to a footnote.",
    explanation: "`[^1]: its words` is a footnote once `[^1]` stands in the same text. Until then it is printed as a \
                  paragraph, as it is written, so that no word is lost. It is the same with the second of two \
                  footnotes that have one label.",
    lowered_in_extracts: false,
    check: Check::Text(check),
};

/// How many footnotes of one text are reported.
const MOST: usize = 20;

fn check(subject: &TextSubject<'_>, found: &mut Found) {
    let Some(footnotes) = subject.text.footnotes() else {
        return;
    };
    for stray in footnotes.unused.iter().take(MOST) {
        if stray.withheld || subject.withheld {
            found.at(
                subject.text.span,
                "nothing refers to a footnote of this text",
            );
            continue;
        }
        let label = &stray.label;
        let message = format!("nothing refers to the footnote `{label}`");
        let place = subject.nth_within(&format!("[^{label}]:"), stray.before);
        found.at(place, message).help = Some(format!(
            "write `[^{label}]` where it belongs, or take the label away"
        ));
    }
}
