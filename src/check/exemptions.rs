//! Every exemption that a book names, with its place.

use super::document::Gathered;
use super::lint::BookSubject;
use crate::model::exemption::Exemption;
use crate::model::text::Text;
use crate::model::{Book, HasTexts};
use crate::source::{Sources, Span};

/// Every exemption of a book's withheld passages and rows.
pub(super) fn exemptions<'b>(subject: &BookSubject<'b>) -> Vec<(Span, &'b Exemption)> {
    let book = subject.book;
    let mut found = Vec::new();
    for met in book.settings.all_texts() {
        passages(book, met.text, &mut found);
    }
    for Gathered { document, parts } in subject.documents {
        for shown in document.all_texts() {
            passages(book, shown.text, &mut found);
        }
        for mark in &parts.marks {
            found.extend(mark.exemptions.iter().map(|one| (mark.span, one)));
        }
    }
    found
}

fn passages<'b>(book: &Book, text: &'b Text, found: &mut Vec<(Span, &'b Exemption)>) {
    let passages = text.passages();
    if passages.is_empty() {
        return;
    }
    let mut openings = openings(&book.sources, text.span);
    for exemptions in passages {
        let place = openings.next().unwrap_or(text.span);
        found.extend(exemptions.iter().map(|one| (place, one)));
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
