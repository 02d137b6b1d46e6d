//! Two meetings of one series are on the same day.

use crate::check::calendar::full;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::Document;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) const LINT: Lint = Lint {
    code: "same-day",
    severity: Severity::Error,
    summary: "Two meetings of one series are on the same day.",
    explanation: "Most often a file was copied for the next meeting and its date left as it was. Correct the date \
                  of one of them, or remove the copy.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let mut seen: BTreeMap<(&str, NaiveDate), &Document> = BTreeMap::new();
    for document in &subject.book.meetings {
        let meeting = &document.meeting;
        let (Some(series), Some(day)) = (&meeting.series, meeting.date.day()) else {
            continue;
        };
        match seen.entry((series, day)) {
            Entry::Vacant(place) => {
                place.insert(document);
            }
            Entry::Occupied(first) => {
                let message = format!(
                    "the series `{}` has a second meeting on {}",
                    series.text,
                    full(day)
                );
                let diagnostic = found.at(meeting.date.written.span, message);
                diagnostic.help =
                    Some("correct the date of one of the two, or remove the copy".to_owned());
                let first = first.get().meeting.date.written.span;
                diagnostic
                    .related
                    .push((first, "the first meeting".to_owned()));
            }
        }
    }
}
