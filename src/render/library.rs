//! What a document needs to know of the rest of its book: who people are, where an action was set, when meetings are.

use crate::edition::Shelf;
use crate::model::action::Action;
use crate::model::due::MeetingRef;
use crate::model::exemption::ExemptionNames;
use crate::model::meeting::{Arising, EarlierAction, Item, Meeting};
use crate::model::outline::{Entry, ItemOutline, Outline};
use crate::model::register::Register;
use crate::model::settings::{Series, Settings};
use crate::model::withheld::Row;
use crate::model::{Edition, Logo, date::Date};
use crate::render::dates;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The book around a document, in one edition.
pub(super) struct Library<'b, E: Edition> {
    pub(super) settings: &'b Settings<E>,
    pub(super) register: Register<'b, E>,
    pub(super) exemptions: ExemptionNames,
    pub(super) logo: Option<&'b Logo>,
    actions: BTreeMap<String, Vec<Home<'b, E>>>,
    days: BTreeMap<&'b str, BTreeSet<NaiveDate>>,
}

/// Where an action was set.
pub(super) struct Home<'b, E: Edition> {
    /// The meeting; for an action from before the book began, the one that lists it first.
    pub(super) meeting: &'b Meeting<E>,
    pub(super) set: Set<'b, E>,
}

/// How an action came into the book.
pub(super) enum Set<'b, E: Edition> {
    /// A meeting set it.
    Here {
        action: &'b Row<E, Action<E>>,
        /// The item: its number, with those above it, and the item itself where it is shown.
        item: Option<(String, Option<&'b Item<E>>)>,
    },
    /// It was set before the book began.
    Earlier(&'b EarlierAction<E>),
}

impl<'b, E: Edition> Library<'b, E> {
    pub(super) fn new(shelf: &Shelf<'b, E>) -> Library<'b, E> {
        let own = shelf.settings.exemptions.iter();
        let own = own.map(|(key, words)| (key.name.as_str(), words.words()));
        let mut library = Library {
            settings: shelf.settings,
            register: Register::new(shelf.settings),
            exemptions: ExemptionNames::new(own),
            logo: shelf.logo,
            actions: BTreeMap::new(),
            days: BTreeMap::new(),
        };
        for shelved in &shelf.meetings {
            library.add_days(shelved.meeting);
            library.add_actions(shelved.meeting);
        }
        library
    }

    /// The series of a meeting.
    pub(super) fn series(&self, meeting: &Meeting<E>) -> Option<&'b Series<E>> {
        self.settings.series.get(meeting.series.as_deref()?)
    }

    /// Where the action with this ref was set: in the same series, or else anywhere.
    pub(super) fn home(&self, reference: &str, of: &Meeting<E>) -> Option<&Home<'b, E>> {
        let homes = self.actions.get(&folded(reference))?;
        let series =
            |meeting: &Meeting<E>| meeting.series.as_ref().map(|series| series.text.clone());
        let same = homes.iter().find(|home| series(home.meeting) == series(of));
        same.or(homes.first())
    }

    /// The day of a meeting of the same series: the first in its month, when it is named by month.
    pub(super) fn day_of(&self, series: Option<&str>, reference: MeetingRef) -> Option<NaiveDate> {
        match reference {
            MeetingRef::Day(day) => Some(day),
            MeetingRef::Month(year, month) => self
                .days
                .get(series?)?
                .iter()
                .find(|day| dates::same_month(**day, year, month))
                .copied(),
        }
    }

    fn add_days(&mut self, meeting: &'b Meeting<E>) {
        let Some(series) = meeting.series.as_deref() else {
            return;
        };
        let next = meeting
            .next_meeting
            .as_ref()
            .and_then(|next| next.date.as_ref());
        let days = [Some(&meeting.date), next]
            .into_iter()
            .flatten()
            .filter_map(Date::day);
        self.days.entry(series).or_default().extend(days);
    }

    fn add_actions(&mut self, meeting: &'b Meeting<E>) {
        let outline = Outline::of(meeting, self.series(meeting));
        for (row, entry) in meeting.actions.iter().zip(&outline.actions) {
            self.add_action(row, entry, meeting, None);
        }
        self.add_items(&meeting.items, &outline.items, meeting);
    }

    fn add_items(
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
            let home = Some((outline.full.clone(), shown));
            for (question, of_question) in item.questions.iter().zip(&outline.questions) {
                let Some(question) = question.known() else {
                    continue;
                };
                for (row, entry) in question.fields.actions.iter().zip(&of_question.actions) {
                    self.add_action(row, entry, meeting, home.clone());
                }
            }
            for (row, entry) in item.actions.iter().zip(&outline.actions) {
                self.add_action(row, entry, meeting, home.clone());
            }
            for arising in item.matters_arising.iter().filter_map(Row::known) {
                if let Arising::Earlier(action) = &arising.action
                    && let Some(reference) = &action.reference
                {
                    self.add(
                        reference.source(),
                        Home {
                            meeting,
                            set: Set::Earlier(action),
                        },
                    );
                }
            }
            self.add_items(&item.items, &outline.items, meeting);
        }
    }

    fn add_action(
        &mut self,
        action: &'b Row<E, Action<E>>,
        entry: &Entry,
        meeting: &'b Meeting<E>,
        item: Option<(String, Option<&'b Item<E>>)>,
    ) {
        if let Some(reference) = &entry.number {
            self.add(
                reference,
                Home {
                    meeting,
                    set: Set::Here { action, item },
                },
            );
        }
    }

    fn add(&mut self, reference: &str, home: Home<'b, E>) {
        self.actions
            .entry(folded(reference))
            .or_default()
            .push(home);
    }
}

fn folded(reference: &str) -> String {
    reference.trim().to_lowercase()
}
