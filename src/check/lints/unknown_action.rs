//! A ref names an action that nothing in the book set.

use crate::check::history::open_words;
use crate::check::wording::{near, public_words};
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use std::cell::LazyCell;

pub(super) const LINT: Lint = Lint {
    code: "unknown-action",
    severity: Severity::Error,
    summary: "A ref names an action that nothing in the book set.",
    explanation: "What is said of it is lost, and its text, owner and due date cannot be shown. The refs of matters \
                  arising, of files of updates, and those at `replaced_by:`, `duplicate_of:` and \
                  `captured_under:` must be those of actions in the book. Correct the ref; or, for an action that \
                  was set before the book began, write it out where it is listed first: `action: { ref: …, text: \
                  …, owner: …, from: { meeting: …, item: … } }`.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

/// For how many actions a ref is looked for that was meant.
const MOST: usize = 50;

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let mentions = subject.documents.iter().flat_map(|one| &one.parts.mentions);
    let left_out: Vec<String> = subject
        .book
        .left_out
        .iter()
        .map(|file| subject.book.sources.get(*file).text.to_lowercase())
        .collect();
    // Where a file is left out until it is mended, an action that seems to be set there is not called unknown.
    let unknown = mentions.filter(|mention| {
        let words = mention.reference.words();
        let folded = words.trim().to_lowercase();
        subject.ledger.find(&words).is_none() && !left_out.iter().any(|text| text.contains(&folded))
    });
    let public = LazyCell::new(|| -> Vec<String> {
        let entries = subject.ledger.entries().iter();
        entries
            .filter(|entry| !subject.is_hidden(entry.home.span))
            .filter_map(|entry| Some(public_words(entry.reference?)))
            .collect()
    });
    for (count, mention) in unknown.enumerate() {
        let words = open_words(mention.reference, mention.withheld);
        let message = match &words {
            Some(words) => format!("nothing in this book set an action `{words}`"),
            None => "nothing in this book set this action".to_owned(),
        };
        let near = words
            .filter(|_| count < MOST)
            .and_then(|words| near(&words, public.iter().map(String::as_str)));
        found.at(mention.reference.span, message).help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "correct the ref, or write the action out: `action: { text: …, owner: … }`"
                .to_owned(),
        });
    }
}
