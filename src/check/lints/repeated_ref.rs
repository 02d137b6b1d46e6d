//! Two actions of one series have the same ref.

use crate::check::wording::public_words;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::meeting::Meeting;
use crate::model::outline::actions;
use crate::model::text::Text;
use crate::model::withheld::Row;
use crate::source::Span;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) const LINT: Lint = Lint {
    code: "repeated-ref",
    severity: Severity::Error,
    summary: "Two actions of one series have the same ref.",
    explanation: "Refs are never reused: an update to one of the two would be taken for the other's. Give the \
                  later one a new ref, or leave it out: a ref is then given when the notes are prepared. An \
                  earlier action belongs under `matters_arising:`.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let mut seen: BTreeMap<(String, String), Span> = BTreeMap::new();
    for (at, document) in subject.book.meetings.iter().enumerate() {
        // A meeting outside a series counts by itself.
        let series = match &document.meeting.series {
            Some(series) => series.text.clone(),
            None => format!("\n{at}"),
        };
        for (reference, is_open) in refs(&document.meeting) {
            let words = public_words(reference);
            if words.is_empty() {
                continue;
            }
            match seen.entry((series.clone(), words.to_lowercase())) {
                Entry::Vacant(place) => {
                    place.insert(reference.span);
                }
                Entry::Occupied(first) => {
                    let message = match is_open {
                        true => format!("the ref `{words}` is given to a second action"),
                        false => "this ref is given to a second action".to_owned(),
                    };
                    let diagnostic = found.at(reference.span, message);
                    diagnostic.help =
                        Some("give this action a ref of its own, or leave it out".to_owned());
                    let label = "the first stands here".to_owned();
                    diagnostic.related.push((*first.get(), label));
                }
            }
        }
    }
}

/// The refs of the actions that a meeting sets, and whether each may be quoted.
fn refs(meeting: &Meeting) -> Vec<(&Text, bool)> {
    actions(meeting)
        .into_iter()
        .filter_map(|row| match row {
            Row::Open(action) => action.reference.as_ref(),
            Row::Withheld(row) => row.number.as_ref(),
        })
        .map(|reference| (reference, reference.passages().is_empty()))
        .collect()
}
