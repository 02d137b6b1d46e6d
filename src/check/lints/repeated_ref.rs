//! Two actions of the book have the same ref.

use crate::check::history::open_words;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::source::Span;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(super) const LINT: Lint = Lint {
    code: "repeated-ref",
    severity: Severity::Error,
    summary: "Two actions of the book have the same ref.",
    explanation: "Refs are unique in the whole book and never reused: an update to one of the two would be taken \
                  for the other's. Give the later one a new ref, or leave it out: a ref is then given when the \
                  notes are prepared. An action of an earlier meeting belongs under `matters_arising:`, and once \
                  it is in the book it is named there by its ref alone: `action: 14/25`.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let mut seen: HashMap<String, Span> = HashMap::new();
    for given in subject.documents.iter().flat_map(|one| &one.parts.given) {
        let key = given.reference.words().trim().to_lowercase();
        if key.is_empty() {
            continue;
        }
        let first = match seen.entry(key) {
            Entry::Vacant(place) => {
                place.insert(given.reference.span);
                continue;
            }
            Entry::Occupied(first) => *first.get(),
        };
        let words = open_words(given.reference, given.withheld);
        let called = words
            .as_ref()
            .map_or("this ref".to_owned(), |words| format!("the ref `{words}`"));
        let diagnostic = found.at(
            given.reference.span,
            format!("{called} is given to a second action"),
        );
        diagnostic.help = Some(match (given.earlier, words) {
            (true, Some(words)) => format!(
                "the book has it already: write `action: {words}`; another action needs a ref of its own"
            ),
            _ => "give this action a ref of its own, or leave it out".to_owned(),
        });
        let label = "the first stands here".to_owned();
        diagnostic.related.push((first, label));
    }
}
