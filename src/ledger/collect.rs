//! Gathers every action and everything that was said of it, from meetings, trackers, plans and files of updates.

use super::{Calendar, Entry, Event, Home, Ledger, Place, Said, Stray, What, named};
use crate::edition::{Placed, Shelf, Shelved};
use crate::model::Edition;
use crate::model::action::{Action, Update};
use crate::model::date::Date;
use crate::model::meeting::{Arising, Item, MatterArising, Meeting};
use crate::model::outline::{self, ItemOutline, Outline};
use crate::model::refs::folded;
use crate::model::settings::Settings;
use crate::model::text::Text;
use crate::model::tracker::{Plan, Tracker, Updates};
use crate::model::withheld::Row;
use crate::source::{SourceId, Sources};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::HashMap;

/// What was said, before it is known of which entry.
struct Saying<'b, E: Edition> {
    reference: Option<&'b Text<E>>,
    event: Event<'b, E>,
}

/// What one file brings.
struct Harvest<'b, E: Edition> {
    source: SourceId,
    entries: Vec<Entry<'b, E>>,
    sayings: Vec<Saying<'b, E>>,
}

pub(super) fn ledger<'b, E: Edition>(shelf: &Shelf<'b, E>, sources: &Sources) -> Ledger<'b, E> {
    let calendar = Calendar::new(shelf);
    let settings = shelf.settings;
    let mut harvests: Vec<Harvest<'b, E>> = Vec::new();
    let meetings = shelf.meetings.par_iter();
    harvests.par_extend(meetings.map(|one| of_meeting(one, settings)));
    harvests.extend(shelf.trackers.iter().map(of_tracker));
    harvests.extend(shelf.plans.iter().map(of_plan));
    let (mut entries, mut sayings) = (Vec::new(), Vec::new());
    for harvest in harvests {
        entries.extend(harvest.entries);
        sayings.extend(harvest.sayings);
    }
    sayings.extend(shelf.updates.iter().flat_map(of_updates));
    set_earlier(&mut entries, &calendar);
    entries.par_sort_by_cached_key(|entry| {
        let file = sources.get(entry.home.source);
        (entry.set, &file.text, entry.home.span.start, &file.path)
    });
    let mut by_ref: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let words = entry.reference_words();
        if !words.is_empty() {
            by_ref.entry(folded(&words)).or_default().push(at);
        }
    }
    let mut strays = Vec::new();
    for Saying { reference, event } in sayings {
        let words = reference.map(|reference| folded(&reference.words()));
        let at = words.and_then(|words| by_ref.get(&words)?.first().copied());
        match at {
            Some(at) => entries[at].events.push(event),
            None => strays.push(Stray {
                reference,
                span: event.span,
                said: event.said,
            }),
        }
    }
    entries
        .par_iter_mut()
        .for_each(|entry| settle(entry, sources));
    let by_place = entries
        .iter()
        .enumerate()
        .map(|(at, entry)| (entry.home.span, at))
        .collect();
    Ledger {
        calendar,
        entries,
        by_ref,
        by_place,
        strays,
    }
}

/// The order of two files by what stands in them, so that nothing depends on what they are called.
fn by_words(sources: &Sources, a: SourceId, b: SourceId) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    let (a, b) = (sources.get(a), sources.get(b));
    (&a.text, &a.path).cmp(&(&b.text, &b.path))
}

/// Puts the history of an action in order, and finds since when there is one where nobody said so.
fn settle<E: Edition>(entry: &mut Entry<'_, E>, sources: &Sources) {
    entry.events.sort_by(|a, b| {
        (a.day, rank(&a.said))
            .cmp(&(b.day, rank(&b.said)))
            .then_with(|| by_words(sources, a.source, b.source))
            .then(a.span.start.cmp(&b.span.start))
    });
    if entry.set.is_none() && !matches!(entry.home.place, Place::Meeting { .. }) {
        entry.set = entry.events.iter().find_map(|event| event.day);
    }
}

fn rank<E: Edition>(said: &Said<'_, E>) -> u8 {
    match said {
        Said::Own(_) => 0,
        Said::Between(_) => 1,
        Said::Arising { .. } => 2,
    }
}

/// The day on which an action from before the book began was set, where its meeting is named.
fn set_earlier<E: Edition>(entries: &mut [Entry<'_, E>], calendar: &Calendar<'_>) {
    for entry in entries {
        let What::Earlier(action) = entry.what else {
            continue;
        };
        let name = action.from.as_ref().and_then(|from| from.meeting.as_ref());
        let reference = name.and_then(|name| name.meeting);
        let series = entry.series();
        entry.set = reference.and_then(|reference| match reference {
            crate::model::due::MeetingRef::Month(year, month) => calendar
                .day_of(series, reference)
                .filter(|_| !calendar.is_moved(series, reference))
                .or_else(|| NaiveDate::from_ymd_opt(year, month, 1)),
            crate::model::due::MeetingRef::Day(day) => Some(day),
        });
    }
}

fn of_meeting<'b, E: Edition>(
    shelved: &Shelved<'b, E>,
    settings: &'b Settings<E>,
) -> Harvest<'b, E> {
    let meeting = shelved.meeting;
    let series = meeting.series.as_deref();
    let series = series.and_then(|key| settings.series.get(key));
    let outline = Outline::of(meeting, series);
    let mut harvest = Harvest {
        source: shelved.source,
        entries: Vec::new(),
        sayings: Vec::new(),
    };
    harvest.items(&meeting.items, &outline.items, meeting);
    for (row, entry) in meeting.actions.iter().zip(&outline.actions) {
        let place = Place::Meeting {
            meeting,
            item: None,
        };
        harvest.action(row, &entry.anchor, place, meeting.date.day());
    }
    harvest
}

fn of_tracker<'b, E: Edition>(placed: &Placed<'b, Tracker<E>>) -> Harvest<'b, E> {
    let tracker = placed.content;
    let outline = Outline::of_tracker(tracker);
    let mut harvest = Harvest {
        source: placed.source,
        entries: Vec::new(),
        sayings: Vec::new(),
    };
    for (row, entry) in tracker.actions.iter().zip(&outline.actions) {
        harvest.action(row, &entry.anchor, Place::Tracker(tracker), None);
    }
    harvest
}

fn of_plan<'b, E: Edition>(placed: &Placed<'b, Plan<E>>) -> Harvest<'b, E> {
    let plan = placed.content;
    let outline = Outline::of_plan(plan);
    let mut harvest = Harvest {
        source: placed.source,
        entries: Vec::new(),
        sayings: Vec::new(),
    };
    for (row, of_objective) in plan.objectives.iter().zip(&outline.items) {
        let shown = match row {
            Row::Open(objective) => Some(objective),
            Row::Withheld(_) => None,
        };
        let Some(objective) = row.known() else {
            continue;
        };
        for (row, entry) in objective.actions.iter().zip(&of_objective.actions) {
            let objective = (of_objective.full.clone(), shown);
            harvest.action(row, &entry.anchor, Place::Plan { plan, objective }, None);
        }
    }
    harvest
}

fn of_updates<'b, E: Edition>(
    placed: &Placed<'b, Updates<E>>,
) -> impl Iterator<Item = Saying<'b, E>> + use<'b, E> {
    let source = placed.source;
    let mut before = None;
    placed.content.updates.iter().map(move |row| {
        let (reference, span) = match row {
            Row::Open(update) => (update.action.as_ref(), update.span),
            Row::Withheld(row) => (row.number.as_ref(), row.span),
        };
        let (day, is_dated) = day_of_update(row, before);
        before = day;
        Saying {
            reference,
            event: Event {
                day,
                is_dated,
                source,
                span,
                said: Said::Between(row),
            },
        }
    })
}

/// An update without a day counts right after the one before it.
fn day_of_update<E: Edition>(
    row: &Row<E, Update<E>>,
    before: Option<NaiveDate>,
) -> (Option<NaiveDate>, bool) {
    let own = row.known().and_then(|update| update.date.as_ref());
    match own.and_then(Date::day) {
        Some(day) => (Some(day), true),
        None => (before, false),
    }
}

impl<'b, E: Edition> Harvest<'b, E> {
    fn items(
        &mut self,
        rows: &'b [Row<E, Item<E>>],
        outlines: &[ItemOutline],
        meeting: &'b Meeting<E>,
    ) {
        for (row, outline) in rows.iter().zip(outlines) {
            // An item that is withheld whole keeps its title to itself, even where its action is known.
            let shown = match row {
                Row::Open(item) => Some(item),
                Row::Withheld(_) => None,
            };
            let Some(item) = row.known() else {
                continue;
            };
            let day = meeting.date.day();
            let place = || Place::Meeting {
                meeting,
                item: Some((outline.full.clone(), shown)),
            };
            for matter in &item.matters_arising {
                self.matter(matter, outline, meeting, place());
            }
            for (question, of_question) in item.questions.iter().zip(&outline.questions) {
                let Some(question) = question.known() else {
                    continue;
                };
                for (row, entry) in question.fields.actions.iter().zip(&of_question.actions) {
                    self.action(row, &entry.anchor, place(), day);
                }
            }
            for (row, entry) in item.actions.iter().zip(&outline.actions) {
                self.action(row, &entry.anchor, place(), day);
            }
            self.items(&item.items, &outline.items, meeting);
        }
    }

    fn matter(
        &mut self,
        row: &'b Row<E, MatterArising<E>>,
        outline: &ItemOutline,
        meeting: &'b Meeting<E>,
        place: Place<'b, E>,
    ) {
        let span = match row {
            Row::Open(arising) => arising.span,
            Row::Withheld(row) => row.span,
        };
        let day = meeting.date.day();
        let event = Event {
            day,
            is_dated: true,
            source: self.source,
            span,
            said: Said::Arising {
                meeting,
                item: outline.full.clone(),
                anchor: outline.entry.anchor.clone(),
                row,
            },
        };
        let reference = named(row);
        // A matter that is withheld whole but kept still brings its action into the internal book.
        if let Some(arising) = row.known()
            && let Arising::Earlier(action) = &arising.action
        {
            let reference = action.reference.as_ref();
            let is_known = reference.is_some_and(|reference| {
                let words = reference.words();
                let own = self
                    .entries
                    .iter()
                    .any(|entry| entry.reference_words() == words);
                !words.is_empty() && own
            });
            if !is_known {
                let anchor = match reference.map(Text::words) {
                    Some(words) => format!("matter-{}", outline::slug(&words)),
                    None => outline.entry.anchor.clone(),
                };
                let home = Home {
                    source: self.source,
                    span: action.span,
                    anchor,
                    place,
                };
                let events = match reference {
                    // Nothing else can name it, so that its history is what is said here.
                    None => vec![event],
                    Some(_) => {
                        self.sayings.push(Saying { reference, event });
                        Vec::new()
                    }
                };
                self.entries.push(Entry {
                    reference,
                    what: What::Earlier(action),
                    home,
                    set: None,
                    events,
                });
                return;
            }
        }
        self.sayings.push(Saying { reference, event });
    }

    fn action(
        &mut self,
        row: &'b Row<E, Action<E>>,
        anchor: &str,
        place: Place<'b, E>,
        set: Option<NaiveDate>,
    ) {
        let (reference, span) = match row {
            Row::Open(action) => (action.reference.as_ref(), action.span),
            Row::Withheld(row) => (row.number.as_ref(), row.span),
        };
        let known = row.known();
        let own = known
            .and_then(|action| action.set.as_ref())
            .and_then(|set| set.first);
        let set = own.or(set);
        let mut before = set;
        let updates = known.map_or(&[][..], |action| &action.updates);
        let events = updates.iter().map(|row| {
            let (day, is_dated) = day_of_update(row, before);
            before = day;
            let span = match row {
                Row::Open(update) => update.span,
                Row::Withheld(row) => row.span,
            };
            Event {
                day,
                is_dated,
                source: self.source,
                span,
                said: Said::Own(row),
            }
        });
        self.entries.push(Entry {
            reference,
            what: What::Action(row),
            home: Home {
                source: self.source,
                span,
                anchor: anchor.to_owned(),
                place,
            },
            set,
            events: events.collect(),
        });
    }
}
