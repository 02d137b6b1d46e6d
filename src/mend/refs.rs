//! Refs for actions that have none: the next numbers of their series' pattern. Numbers that any action of the book has, or
//! that anything in it names, are never given again.

use super::{Wanted, Word};
use crate::edition;
use crate::ledger::{Entry, Ledger, Place, What};
use crate::model::refs::{Pattern, Run, USUAL};
use crate::model::{Book, Internal};
use std::collections::{BTreeMap, BTreeSet};

/// The refs that are to be written.
pub(super) fn wanted(book: &Book) -> Vec<Wanted> {
    let shelf = edition::internal(book);
    let ledger = Ledger::new(&shelf, &book.sources);
    let taken = taken(&ledger);
    let mut highest: BTreeMap<(String, Run), u32> = BTreeMap::new();
    let mut wanted = Vec::new();
    for entry in ledger.entries() {
        let has_ref = !entry.reference_words().is_empty();
        if has_ref || matches!(entry.what, What::Earlier(_)) || entry.reference.is_some() {
            continue;
        }
        let Some(name) = pattern(book, entry) else {
            continue;
        };
        let (Some(pattern), Some(day)) = (Pattern::of(&name), day(entry)) else {
            continue;
        };
        let run = pattern.run(day);
        let last = highest.entry((name, run)).or_insert_with(|| {
            let numbers = taken.iter().filter_map(|reference| pattern.read(reference));
            let of_run = numbers.filter(|(_, other)| *other == run);
            of_run.map(|(number, _)| number).max().unwrap_or(0)
        });
        *last = last.saturating_add(1);
        let mut reference = pattern.write(*last, run);
        // Two patterns can write the same ref.
        while taken.contains(&reference.to_lowercase()) {
            *last = last.saturating_add(1);
            reference = pattern.write(*last, run);
        }
        wanted.push(Wanted {
            place: entry.home.span,
            what: match &entry.home.place {
                // Its number is withheld with the objective.
                Place::Plan {
                    objective: (_, None),
                    ..
                } => "gave the action a ref".to_owned(),
                _ => format!("gave the action the ref {reference}"),
            },
            word: Word::Ref(reference),
        });
    }
    wanted
}

/// Every ref that stands anywhere in the book.
fn taken(ledger: &Ledger<'_, Internal>) -> BTreeSet<String> {
    let set = ledger.entries().iter().map(Entry::reference_words);
    let named = ledger.strays.iter().filter_map(|stray| stray.reference);
    let all = set.chain(named.map(|reference| reference.words()));
    all.map(|reference| reference.trim().to_lowercase())
        .collect()
}

/// The pattern of the series or tracker; an action of a plan is numbered below its objective.
fn pattern(book: &Book, entry: &Entry<'_, Internal>) -> Option<String> {
    let of_series = |key: Option<&str>| {
        let series = key.and_then(|key| book.settings.series.get(key));
        series.and_then(|series| series.refs.as_deref())
    };
    let own = match &entry.home.place {
        Place::Meeting { .. } => of_series(entry.series()),
        Place::Tracker(tracker) => tracker.refs.as_deref(),
        // A ref is public, and a number that is withheld must not become a part of one.
        Place::Plan {
            objective: (number, Some(objective)),
            ..
        } => {
            let own = objective.number.as_ref();
            let is_public = own.is_none_or(|own| own.passages().is_empty());
            return is_public.then(|| format!("{number}.{{n}}"));
        }
        Place::Plan { objective, .. } => return Some(format!("{}.{{n}}", objective.0)),
    };
    Some(own.unwrap_or(USUAL).to_owned())
}

/// The day that says to which year a ref belongs.
fn day(entry: &Entry<'_, Internal>) -> Option<chrono::NaiveDate> {
    let of_document = match &entry.home.place {
        Place::Meeting { meeting, .. } => meeting.date.day(),
        Place::Tracker(tracker) => tracker.date.as_ref().and_then(|date| date.day()),
        // Refs of a plan have no year, so that any day will do.
        Place::Plan { .. } => Some(chrono::NaiveDate::default()),
    };
    entry.set.or(of_document)
}
