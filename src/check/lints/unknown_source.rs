//! An action rests on a source that the document does not list.

use crate::check::history::open_words;
use crate::check::wording::near;
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::text::Text;

pub(super) const LINT: Lint = Lint {
    code: "unknown-source",
    severity: Severity::Warning,
    summary: "An action rests on a source that the document does not list.",
    explanation: "The list of references cannot show its title, and no link leads to it. An action cites a \
                  source by its label, perhaps with a number: `sources: [NCP 2.4]`. Add the label under \
                  `sources:` of the document, or correct it.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let Some(sources) = subject.document.sources() else {
        return;
    };
    let actions = subject.parts.actions.iter();
    let actions = actions.map(|action| (&action.whole().sources, action.withheld));
    let parts = subject.parts.action_parts.iter();
    let parts = parts.map(|part| (&part.whole().sources, part.withheld));
    let labels: Vec<&str> = sources.keys().collect();
    for (cited, withheld) in actions.chain(parts) {
        for text in cited {
            if !is_known(&labels, &text.words()) {
                report(text, withheld, &labels, found);
            }
        }
    }
}

/// Whether a label stands there, alone or before a number.
fn is_known(labels: &[&str], cited: &str) -> bool {
    let is = |words: &str| {
        let words = words.trim();
        labels.iter().any(|label| label.eq_ignore_ascii_case(words))
    };
    is(cited) || is(label(cited))
}

/// What stands before the last number.
fn label(cited: &str) -> &str {
    match cited.trim().rsplit_once(char::is_whitespace) {
        Some((label, number)) if number.contains(|c: char| c.is_ascii_digit()) => label.trim_end(),
        _ => cited.trim(),
    }
}

/// The label that was likely meant: the nearest, or one of the same letters in another order.
fn meant<'l>(written: &str, labels: &[&'l str]) -> Option<&'l str> {
    let letters = |label: &str| {
        let mut letters: Vec<char> = label.to_lowercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    let own = letters(written);
    let turned = labels.iter().find(|label| letters(label) == own).copied();
    turned.or_else(|| near(written, labels.iter().copied()))
}

fn report(text: &Text, withheld: bool, labels: &[&str], found: &mut Found) {
    let words = open_words(text, withheld);
    let message = match &words {
        Some(words) => format!("the document has no source `{}`", label(words)),
        None => "the document has no such source".to_owned(),
    };
    let near = words.and_then(|words| meant(label(&words), labels));
    found.at(text.span, message).help = Some(match (near, labels) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => {
            "add it: `sources: { NCP: { title: … } }` at the head of the document".to_owned()
        }
        (None, _) => format!(
            "add it under `sources:`; the labels are {}",
            labels.join(", ")
        ),
    });
}
