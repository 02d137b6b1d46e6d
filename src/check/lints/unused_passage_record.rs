//! A record under `passages:` explains no passage.

use crate::check::{BookSubject, Check, Found, Gathered, Lint};
use crate::diagnostic::Severity;
use crate::model::held::{Held, is_explained_by};
use crate::model::outline::Outline;
use crate::model::text::Text;
use crate::model::withheld::PassageRecord;

pub(super) const LINT: Lint = Lint {
    code: "unused-passage-record",
    severity: Severity::Warning,
    summary: "A record under `passages` explains no passage.",
    explanation: "It says why passages are withheld, and no passage of the document has its exemption, or stands in \
                  what `at:` names. Correct the code, or the number, ref or id under `at:`; or remove the record. In \
                  minutebook.yaml a record holds for the whole book, so that `at:` names nothing there.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for record in &subject.book.settings.passages.records {
        if !record.at.is_empty() {
            found.at(record.span, "`at:` names nothing here").help =
                Some("move the record into the document that it is about".to_owned());
        }
    }
    for Gathered { document, .. } in subject.documents {
        let records = document.passages();
        if records.is_empty() {
            continue;
        }
        let file = document.span().source;
        let mut holdings = subject.holdings.iter();
        let holding = holdings.find(|holding| holding.source == file);
        let held = holding.map_or(&[][..], |holding| &holding.held);
        let outline = document.outline(document.series_of(subject.book));
        for record in records.iter().filter(|one| !is_used(one, held, &outline)) {
            let nothing = |at: &&Text| outline.find(at.source()).is_none();
            let (place, message, help) = match record.at.iter().find(nothing) {
                Some(at) => (
                    at.span,
                    "`at:` names nothing in this document",
                    "write the number of an item, `question 3`, the ref of an action, or an id",
                ),
                None => (
                    record.span,
                    "this record explains no passage",
                    "correct its exemption or `at:`, or remove it",
                ),
            };
            found.at(place, message).help = Some(help.to_owned());
        }
    }
}

fn is_used(record: &PassageRecord, held: &[Held<'_>], outline: &Outline) -> bool {
    let passages = held.iter().filter(|one| !one.is_entry);
    passages
        .flat_map(|one| one.grounds.iter().map(move |ground| (one, ground)))
        .any(|(one, ground)| is_explained_by(record, ground.exemption, &one.path, outline))
}
