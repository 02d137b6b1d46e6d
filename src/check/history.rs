//! What lints ask of the history of an action: until when the book knows of it, and what it says of a ref in a message.

use super::document::{Document, Gathered};
use super::lint::BookSubject;
use super::wording::public_words;
use crate::ledger::{Entry, Event, Place};
use crate::model::Internal;
use crate::model::action::Action;
use crate::model::text::Text;
use crate::model::withheld::Row;
use crate::source::{SourceId, Span};
use chrono::NaiveDate;
use std::collections::HashMap;

/// An action of the internal book.
pub(super) type Known<'b> = Entry<'b, Internal>;

/// The last day that the book knows of each of its parts. The clock is never asked.
pub(super) struct LastDays {
    of_file: HashMap<SourceId, NaiveDate>,
}

impl LastDays {
    /// Reads them: a tracker and a plan are known until their own date or, without one, until the newest update of an
    /// action in them, wherever it was given.
    pub(super) fn of(subject: &BookSubject<'_>) -> LastDays {
        let mut of_file: HashMap<SourceId, NaiveDate> = HashMap::new();
        for entry in subject.ledger.entries() {
            let updated = entry.events.iter().filter(|event| event.is_dated);
            if let Some(day) = updated.filter_map(|event| event.day).max() {
                let last = of_file.entry(entry.home.source).or_insert(day);
                *last = day.max(*last);
            }
        }
        for Gathered { document, .. } in subject.documents {
            let own = document.date().and_then(|date| date.day());
            if let Some(day) = own.filter(|_| !matches!(document, Document::Meeting(_))) {
                of_file.insert(document.span().source, day);
            }
        }
        LastDays { of_file }
    }

    /// The last day that is known of an action: of one that a meeting set, that of the last meeting of its series.
    pub(super) fn last(&self, subject: &BookSubject<'_>, entry: &Known<'_>) -> Option<NaiveDate> {
        match entry.home.place {
            Place::Meeting { meeting, .. } => {
                let days = entry
                    .series()
                    .map(|series| subject.ledger.calendar.days(series));
                let last = days.and_then(|days| days.last().copied());
                last.or(meeting.date.day())
            }
            Place::Tracker(_) | Place::Plan { .. } => self.of_file.get(&entry.home.source).copied(),
        }
    }
}

/// An action in a message: by its public ref, where it has one.
pub(super) fn called(subject: &BookSubject<'_>, entry: &Known<'_>) -> String {
    let reference = entry
        .reference
        .filter(|_| !subject.is_hidden(entry.home.span));
    match reference
        .map(public_words)
        .filter(|words| !words.is_empty())
    {
        Some(words) => format!("action `{words}`"),
        None => "an action".to_owned(),
    }
}

/// The same in a message on something that was said of it, which must not tell of which action it was when it is withheld.
pub(super) fn called_by(
    subject: &BookSubject<'_>,
    entry: &Known<'_>,
    event: &Event<'_, Internal>,
) -> String {
    match subject.is_hidden(event.span) {
        true => "an action".to_owned(),
        false => called(subject, entry),
    }
}

/// The words of a ref, where the public may read all of them.
pub(super) fn open_words(reference: &Text, withheld: bool) -> Option<String> {
    let is_open = !withheld && reference.passages().is_empty();
    is_open.then(|| public_words(reference))
}

/// The place to which a message points for an action: its ref, or where it begins.
pub(super) fn place(entry: &Known<'_>) -> Span {
    entry.reference.map_or(entry.home.span, |text| text.span)
}

/// Whether an action is kept up under another one, so that what it lacks is found there.
pub(super) fn is_elsewhere(action: &Action) -> bool {
    action.duplicate_of.is_some() || !action.captured_under.is_empty()
}

/// Whether an action, or the update that stands last with it, says that nothing more is to be done.
pub(super) fn is_closed(action: &Action) -> bool {
    let updates = action.updates.iter().filter_map(Row::known);
    let last = updates.filter_map(|update| update.state).next_back();
    last.or(action.state).is_some_and(|state| state.is_closed())
}
