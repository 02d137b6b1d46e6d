//! A ref is declared as left out, and an action has it.

use crate::check::history::{open_words, place};
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "omitted-but-there",
    severity: Severity::Error,
    summary: "A ref is declared as left out, and an action has it.",
    explanation: "The document would say that the action does not exist. Remove the ref from `omitted:`, or \
                  correct that of the action.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let omitted = subject.document.omitted().into_iter();
    let refs =
        omitted.flat_map(|(one, withheld)| one.refs.iter().map(move |text| (text, withheld)));
    for (reference, withheld) in refs {
        let Some(entry) = subject.ledger.find(&reference.words()) else {
            continue;
        };
        let message = match open_words(reference, withheld) {
            Some(words) => format!("`{words}` is declared as left out, and an action has it"),
            None => "this ref is declared as left out, and an action has it".to_owned(),
        };
        let diagnostic = found.at(reference.span, message);
        diagnostic.help =
            Some("remove it from `omitted:`, or correct the ref of the action".to_owned());
        let label = "the action stands here".to_owned();
        diagnostic.related.push((place(entry), label));
    }
}
