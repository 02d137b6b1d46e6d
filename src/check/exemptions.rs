//! Every exemption that a book names, with its place.

use super::document::Gathered;
use super::lint::BookSubject;
use crate::model::exemption::Exemption;
use crate::model::held::passage_places;
use crate::model::text::Text;
use crate::model::withheld::PassageRecord;
use crate::model::{Book, HasTexts};
use crate::source::Span;

/// Every exemption of a book's withheld passages and rows.
pub(super) fn exemptions<'b>(subject: &BookSubject<'b>) -> Vec<(Span, &'b Exemption)> {
    let book = subject.book;
    let mut found = Vec::new();
    for met in book.settings.all_texts() {
        passages(book, met.text, &mut found);
    }
    recorded(&book.settings.passages.records, &mut found);
    for Gathered {
        document, parts, ..
    } in subject.documents
    {
        recorded(document.passages(), &mut found);
        for shown in document.all_texts() {
            passages(book, shown.text, &mut found);
        }
        for mark in &parts.marks {
            found.extend(mark.exemptions.iter().map(|one| (mark.span, one)));
        }
    }
    found
}

fn recorded<'b>(records: &'b [PassageRecord], found: &mut Vec<(Span, &'b Exemption)>) {
    let all = records.iter();
    found.extend(all.flat_map(|one| one.exemption.iter().map(|exemption| (one.span, exemption))));
}

fn passages<'b>(book: &Book, text: &'b Text, found: &mut Vec<(Span, &'b Exemption)>) {
    let passages = text.passages();
    if passages.is_empty() {
        return;
    }
    for (exemptions, place) in passages.iter().zip(passage_places(text, &book.sources)) {
        found.extend(exemptions.iter().map(|one| (place, one)));
    }
}
