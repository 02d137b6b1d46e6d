//! Two things in one document have the same id.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::word::Word;
use crate::source::Span;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) const LINT: Lint = Lint {
    code: "repeated-id",
    severity: Severity::Error,
    summary: "Two things in one document have the same id.",
    explanation: "A link to the id reaches only the first of them. Give each its own.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let items = subject
        .parts
        .items
        .iter()
        .filter_map(|item| item.whole().id.as_ref());
    let questions = subject.parts.questions.iter();
    let questions = questions.filter_map(|question| question.whole().fields.id.as_ref());
    let notes = subject
        .parts
        .notes
        .iter()
        .filter_map(|note| note.whole().id.as_ref());
    let mut ids: Vec<&Word> = items.chain(questions).chain(notes).collect();
    ids.sort_by_key(|id| id.span);
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for id in ids {
        match seen.entry(id.to_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(id.span);
            }
            Entry::Occupied(first) => {
                let message = format!("the id `{}` is given a second time", id.text);
                let diagnostic = found.at(id.span, message);
                diagnostic.help = Some("give each its own id".to_owned());
                let label = "the first stands here".to_owned();
                diagnostic.related.push((*first.get(), label));
            }
        }
    }
}
