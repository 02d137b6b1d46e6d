//! Every exemption that a book names, with its place.

use super::parts::Parts;
use crate::model::withheld::Exemption;
use crate::model::{Book, HasTexts};
use crate::source::{Sources, Span};

/// Every exemption of a book's withheld passages and rows.
pub(super) fn exemptions(book: &Book) -> Vec<(Span, &Exemption)> {
    let mut found = Vec::new();
    passages(book, &book.settings, &mut found);
    for document in &book.meetings {
        passages(book, &document.meeting, &mut found);
        for mark in Parts::of(&document.meeting).marks {
            found.extend(mark.exemptions.iter().map(|one| (mark.span, one)));
        }
    }
    found
}

fn passages<'b>(book: &'b Book, of: &'b impl HasTexts, found: &mut Vec<(Span, &'b Exemption)>) {
    for met in of.all_texts() {
        for (at, exemptions) in met.text.passages().iter().enumerate() {
            let place = opening(&book.sources, met.text.span, at);
            found.extend(exemptions.iter().map(|one| (place, one)));
        }
    }
}

/// The codes of a text's passage of that number.
fn opening(sources: &Sources, span: Span, number: usize) -> Span {
    let raw = sources.text(span);
    let mut openings = raw
        .match_indices("<<")
        .filter(|(at, _)| !raw[..*at].ends_with('\\'));
    let Some((at, _)) = openings.nth(number) else {
        return span;
    };
    let codes = raw[at + 2..].find(['|', '>']).unwrap_or(0);
    let trimmed = raw[at + 2..at + 2 + codes].trim_end().len();
    let start = span.start + at as u32;
    Span {
        start,
        end: start + 2 + trimmed as u32,
        ..span
    }
}
