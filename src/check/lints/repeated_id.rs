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
    let parts = &subject.parts;
    let items = parts.items.iter();
    let items = items.map(|item| (item.whole().id.as_ref(), item.withheld));
    let questions = parts.questions.iter();
    let questions = questions.map(|one| (one.whole().fields.id.as_ref(), one.withheld));
    let notes = parts.notes.iter();
    let notes = notes.map(|note| (note.whole().id.as_ref(), note.withheld));
    let mut ids: Vec<(&Word, bool)> = items
        .chain(questions)
        .chain(notes)
        .filter_map(|(id, withheld)| Some((id?, withheld)))
        .collect();
    ids.sort_by_key(|(id, _)| id.span);
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for (id, withheld) in ids {
        match seen.entry(id.to_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(id.span);
            }
            Entry::Occupied(first) => {
                let message = match withheld {
                    true => "this id is given a second time".to_owned(),
                    false => format!("the id `{}` is given a second time", id.text),
                };
                let diagnostic = found.at(id.span, message);
                diagnostic.help = Some("give each its own id".to_owned());
                let label = "the first stands here".to_owned();
                diagnostic.related.push((*first.get(), label));
            }
        }
    }
}
