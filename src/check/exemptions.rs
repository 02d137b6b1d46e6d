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
        let passages = met.text.passages();
        if passages.is_empty() {
            continue;
        }
        let mut openings = openings(&book.sources, met.text.span);
        for exemptions in passages {
            let place = openings.next().unwrap_or(met.text.span);
            found.extend(exemptions.iter().map(|one| (place, one)));
        }
    }
}

/// The codes with which each passage of a text opens.
fn openings(sources: &Sources, span: Span) -> impl Iterator<Item = Span> {
    let raw = sources.text(span);
    raw.match_indices("<<")
        .filter(|(at, _)| !raw[..*at].ends_with('\\'))
        .map(move |(at, _)| {
            let inside = &raw[at + 2..];
            let codes = inside.find(['|', '>']).map_or("", |end| &inside[..end]);
            let start = span.start + at as u32;
            Span {
                start,
                end: start + 2 + codes.trim_end().len() as u32,
                ..span
            }
        })
}
