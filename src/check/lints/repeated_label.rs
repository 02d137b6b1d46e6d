//! Two parts of one action have the same label.

use crate::check::history::open_words;
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::outline::letters;
use crate::model::text::Text;
use crate::model::withheld::Row;
use crate::source::Span;
use std::collections::HashMap;

pub(super) const LINT: Lint = Lint {
    code: "repeated-label",
    severity: Severity::Error,
    summary: "Two parts of one action have the same label.",
    explanation: "Nobody can tell which of the two is meant by \"3/26 (a)\". Parts without a label are lettered, \
                  so that a label given by hand can also be the letter of another part. Correct the label, or \
                  leave it out.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for action in &subject.parts.actions {
        let mut seen: HashMap<String, Span> = HashMap::new();
        for (count, row) in (1..).zip(&action.whole().parts) {
            let label = match row {
                Row::Open(part) => part.label.as_ref(),
                Row::Withheld(row) => row.number.as_ref(),
            };
            let span = match row {
                Row::Open(part) => part.span,
                Row::Withheld(row) => row.span,
            };
            let name = label.map_or_else(|| letters(count), Text::words);
            let name = name.trim().trim_matches(['(', ')', '.']).to_lowercase();
            let place = label.map_or(span, |label| label.span);
            let Some(first) = seen.insert(name, place) else {
                continue;
            };
            let message = match label.and_then(|label| open_words(label, action.withheld)) {
                Some(words) => format!("the label `{words}` is given to a second part"),
                None => "this part has the label of another".to_owned(),
            };
            let diagnostic = found.at(place, message);
            diagnostic.help = Some("give each part its own label, or none".to_owned());
            let label = "the other part".to_owned();
            diagnostic.related.push((first, label));
        }
    }
}
