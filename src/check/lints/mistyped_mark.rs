//! Something looks like the mark of withheld text and withholds nothing.

use crate::check::{Check, Cue, Found, Lint, TextSubject};
use crate::diagnostic::Severity;
use crate::model::Redact;
use crate::model::lookalike::lookalikes;
use crate::source::Span;

pub(super) const LINT: Lint = Lint {
    code: "mistyped-mark",
    severity: Severity::Error,
    summary: "Something looks like the mark of withheld text and withholds nothing.",
    explanation: "Words are withheld only by two plain angle brackets, the code of an exemption and a line: \
                  `<<s31 | the words>>`, or by the field `withheld:` of a whole entry. Other brackets, and words such \
                  as \"withheld:\", are printed with all that follows them, and so is what stands in `<!-- -->`. Write \
                  the mark; or, where the words may be known, write them without brackets.",
    lowered_in_extracts: false,
    check: Check::Printed(check),
};

fn check(subject: &TextSubject<'_>, found: &mut Found) {
    if subject.withheld || !subject.cues.has(Cue::Bracket) {
        return;
    }
    let text = subject.text;
    let count = match text.passages().is_empty() {
        true => lookalikes(text.source()).len(),
        false => lookalikes(text.redact().source()).len(),
    };
    if count == 0 {
        return;
    }
    let whole = text.span;
    let mut places = lookalikes(subject.book.sources.text(whole)).into_iter();
    for _ in 0..count {
        let place = places.next().map_or(whole, |place| Span {
            start: whole.start + place.start as u32,
            end: whole.start + place.end as u32,
            ..whole
        });
        let message = "this looks like the mark of withheld text, and withholds nothing";
        let diagnostic = found.at(place, message);
        diagnostic.is_withheld = true;
        diagnostic.help = Some(
            "write `<<s31 | the words>>`, with the exemption that applies; or, where the words may be known, without \
             these brackets"
                .to_owned(),
        );
    }
}
