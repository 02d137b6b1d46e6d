//! Every action of a book, wherever it was set, with everything that has happened to it, wherever that was said; and what
//! stands as at a date. In: a shelf of either edition. Out: entries, each with its history in the order of the dates, and
//! the fold of that history. Nothing here depends on the order of files, and history is only ever added to.
//!
//! `calendar` knows the days on which series meet; `collect` gathers actions and updates; `fold` turns a history into a
//! standing; `attention` says what a chair must look at first; `figures` counts what a series has done over time.

mod attention;
mod calendar;
mod collect;
mod figures;
mod fold;
mod selection;

pub use attention::Attention;
pub use calendar::Calendar;
pub use figures::{Carried, Figures, Period, PeriodSpan, figures};
pub use fold::{Due, Redating, Rerating, Standing};
pub use selection::{Filter, Line, Owner, lines, owner_names, selected};

use crate::edition::{self, Shelf};
use crate::model::action::{Action, NextAction, Part, Rag, State, Update};
use crate::model::due;
use crate::model::meeting::{
    Arising, Decision, EarlierAction, Item, MatterArising, Meeting, Paper,
};
use crate::model::party::Party;
use crate::model::refs::folded;
use crate::model::rhythm::Every;
use crate::model::text::Text;
use crate::model::tracker::{Objective, Plan, Tracker};
use crate::model::withheld::{Mark, Row};
use crate::model::{Book, Edition, Internal};
use crate::source::{SourceId, Sources, Span};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// The actions of a book in one edition.
pub struct Ledger<'b, E: Edition> {
    /// The days on which the series meet.
    pub calendar: Calendar<'b>,
    entries: Vec<Entry<'b, E>>,
    by_ref: HashMap<String, Vec<usize>>,
    by_place: HashMap<Span, usize>,
    /// What was said of actions that nobody set.
    pub strays: Vec<Stray<'b, E>>,
}

/// An action with its history.
pub struct Entry<'b, E: Edition> {
    /// Its ref as it was written; without one it is printed as "new".
    pub reference: Option<&'b Text<E>>,
    /// What was set.
    pub what: What<'b, E>,
    /// Where it was set.
    pub home: Home<'b, E>,
    /// The day on which it was set; `None` when nothing says so.
    pub set: Option<NaiveDate>,
    /// What has happened to it, in the order of the days. Updates on one day stand in the order: its own document, files of
    /// updates, meetings.
    pub events: Vec<Event<'b, E>>,
}

/// What was set.
pub enum What<'b, E: Edition> {
    /// An action of a meeting, a tracker or a plan.
    Action(&'b Row<E, Action<E>>),
    /// An action that was set before the book began, and where a meeting lists it first.
    Earlier(&'b EarlierAction<E>),
}

/// Where an action was set.
pub struct Home<'b, E: Edition> {
    /// The file.
    pub source: SourceId,
    /// The place in the file.
    pub span: Span,
    /// The anchor of the action in its document.
    pub anchor: String,
    /// The document, and the place in it.
    pub place: Place<'b, E>,
}

/// The document that set an action.
pub enum Place<'b, E: Edition> {
    /// A meeting; for an action from before the book began, the one that lists it first.
    Meeting {
        /// The meeting.
        meeting: &'b Meeting<E>,
        /// The item: its number, with those above it, and the item itself where it is shown.
        item: Option<(String, Option<&'b Item<E>>)>,
    },
    /// A tracker.
    Tracker(&'b Tracker<E>),
    /// A plan.
    Plan {
        /// The plan.
        plan: &'b Plan<E>,
        /// The objective: its number, and the objective itself where it is shown.
        objective: (String, Option<&'b Objective<E>>),
    },
}

/// Something that has happened to an action.
pub struct Event<'b, E: Edition> {
    /// The day from which it counts: its own, or that of the update before it.
    pub day: Option<NaiveDate>,
    /// Whether the day is its own.
    pub is_dated: bool,
    /// The file.
    pub source: SourceId,
    /// The place in the file.
    pub span: Span,
    /// What was said.
    pub said: Said<'b, E>,
}

/// What was said of an action, and where.
pub enum Said<'b, E: Edition> {
    /// At a meeting, as a matter arising.
    Arising {
        /// The meeting.
        meeting: &'b Meeting<E>,
        /// The item's number, with those above it.
        item: String,
        /// The anchor of the item.
        anchor: String,
        /// The words.
        row: &'b Row<E, MatterArising<E>>,
    },
    /// With the action itself.
    Own(&'b Row<E, Update<E>>),
    /// In a file of updates.
    Between(&'b Row<E, Update<E>>),
}

/// Something that was said of an action that nobody set.
pub struct Stray<'b, E: Edition> {
    /// The ref that was written; `None` in a file of updates that names no action.
    pub reference: Option<&'b Text<E>>,
    /// The place in the file.
    pub span: Span,
    /// What was said.
    pub said: Said<'b, E>,
}

impl<'b, E: Edition> Ledger<'b, E> {
    /// The ledger of a shelf.
    pub fn new(shelf: &Shelf<'b, E>, sources: &Sources) -> Ledger<'b, E> {
        collect::ledger(shelf, sources)
    }

    /// Every action, in the order of the days on which they were set, then of their places in the book.
    pub fn entries(&self) -> &[Entry<'b, E>] {
        &self.entries
    }

    /// The action with this ref, ignoring case: the first, should several have it.
    pub fn find(&self, reference: &str) -> Option<&Entry<'b, E>> {
        let found = self.by_ref.get(&folded(reference))?;
        found.first().map(|at| &self.entries[*at])
    }

    /// Every action with this ref, ignoring case.
    pub fn all_with(&self, reference: &str) -> impl Iterator<Item = &Entry<'b, E>> {
        let found = self.by_ref.get(&folded(reference));
        found.into_iter().flatten().map(|at| &self.entries[*at])
    }

    /// The action that was set at a place of a file.
    pub fn at(&self, span: Span) -> Option<&Entry<'b, E>> {
        self.by_place.get(&span).map(|at| &self.entries[*at])
    }

    /// What stands of an action as at the end of a day.
    pub fn standing<'s>(
        &'s self,
        entry: &'s Entry<'b, E>,
        as_at: NaiveDate,
    ) -> Standing<'s, 'b, E> {
        let mut standing = Standing::new(self, entry);
        standing.advance(as_at);
        standing
    }

    /// What stood when it was set, before anything was said of it.
    pub fn at_first<'s>(&'s self, entry: &'s Entry<'b, E>) -> Standing<'s, 'b, E> {
        Standing::new(self, entry)
    }

    /// The same for the beginning of a day: what was said on that day, be it at a meeting, does not count yet.
    pub fn standing_before<'s>(
        &'s self,
        entry: &'s Entry<'b, E>,
        day: NaiveDate,
    ) -> Standing<'s, 'b, E> {
        self.standing(entry, day.pred_opt().unwrap_or(day))
    }
}

/// The files that say something of an action which seems to be set in a file that is left out until its faults are mended,
/// each with that file. Where that action is withheld whole, so is what is said of it, and nobody can tell.
pub fn waiting(book: &Book) -> BTreeMap<SourceId, SourceId> {
    if book.left_out.is_empty() {
        return BTreeMap::new();
    }
    let left_out = book.left_out.iter();
    let left_out: Vec<(SourceId, String)> = left_out
        .map(|file| (*file, folded(&book.sources.get(*file).text)))
        .collect();
    let ledger = Ledger::new(&edition::internal(book), &book.sources);
    let set_in = |stray: &Stray<'_, Internal>| {
        let reference = stray
            .reference
            .map(|reference| folded(&reference.words()))?;
        let words = Some(reference).filter(|words| !words.is_empty())?;
        let mut files = left_out.iter();
        let (file, _) = files.find(|(_, text)| text.contains(&words))?;
        Some((stray.span.source, *file))
    };
    ledger.strays.iter().filter_map(set_in).collect()
}

impl<'b, E: Edition> Entry<'b, E> {
    /// The action, as far as this edition has it; `None` for one from before the book began.
    pub fn action(&self) -> Option<&'b Action<E>> {
        match self.what {
            What::Action(row) => row.known(),
            What::Earlier(_) => None,
        }
    }

    /// The mark, when it is withheld whole.
    pub fn mark(&self) -> Option<&'b Mark<E>> {
        match self.what {
            What::Action(row) => row.mark(),
            What::Earlier(_) => None,
        }
    }

    /// What is to be done, as far as this edition has it.
    pub fn text(&self) -> Option<&'b Text<E>> {
        match self.what {
            What::Action(row) => row.known().map(|action| &action.text),
            What::Earlier(action) => Some(&action.text),
        }
    }

    /// Its parts.
    pub fn parts(&self) -> &'b [Row<E, Part<E>>] {
        self.action().map_or(&[], |action| &action.parts)
    }

    /// Who was to do it when it was set.
    pub fn first_owners(&self) -> Vec<&'b Party<E>> {
        match self.what {
            What::Action(row) => row.known().map_or_else(Vec::new, |action| {
                action.owner.iter().chain(&action.owners).collect()
            }),
            What::Earlier(action) => action.owner.iter().collect(),
        }
    }

    /// The due date that it was set with.
    pub fn first_due(&self) -> Option<&'b due::Due<E>> {
        match self.what {
            What::Action(row) => row.known()?.due.as_ref(),
            What::Earlier(action) => action.due.as_ref(),
        }
    }

    /// Every text in which something is said of it, as far as this edition has it.
    pub fn texts(&self) -> Vec<&'b Text<E>> {
        let parts = self.parts().iter().filter_map(Row::known);
        let mut texts: Vec<&'b Text<E>> = self.text().into_iter().collect();
        texts.extend(parts.map(|part| &part.text));
        for said in self.events.iter().map(|event| &event.said) {
            texts.extend(said.text());
            texts.extend(said.stamp());
            texts.extend(said.reason());
            texts.extend(said.condition());
            texts.extend(said.decision().map(|decision| &decision.text));
            texts.extend(said.next_actions().iter().map(|next| &next.text));
        }
        texts
    }

    /// The ref in plain words; empty for an action without one.
    pub fn reference_words(&self) -> String {
        self.reference.map_or_else(String::new, Text::words)
    }

    /// The series at whose meetings it is looked at.
    pub fn series(&self) -> Option<&'b str> {
        match self.home.place {
            Place::Meeting { meeting, .. } => meeting.series.as_deref(),
            Place::Tracker(tracker) => tracker.series.as_deref(),
            Place::Plan { plan, .. } => plan.series.as_deref(),
        }
    }

    /// Whether it was set on this day or before; an action whose day nobody knows was.
    pub fn is_set_by(&self, day: NaiveDate) -> bool {
        self.set.is_none_or(|set| set <= day)
    }
}

impl<'b, E: Edition> Said<'b, E> {
    fn update(&self) -> Option<&'b Update<E>> {
        match self {
            Said::Own(row) | Said::Between(row) => row.known(),
            Said::Arising { .. } => None,
        }
    }

    fn arising(&self) -> Option<&'b MatterArising<E>> {
        match self {
            Said::Arising { row, .. } => row.known(),
            Said::Own(_) | Said::Between(_) => None,
        }
    }

    /// The mark, when it is withheld whole.
    pub fn mark(&self) -> Option<&'b Mark<E>> {
        match self {
            Said::Arising { row, .. } => row.mark(),
            Said::Own(row) | Said::Between(row) => row.mark(),
        }
    }

    /// What has happened.
    pub fn text(&self) -> Option<&'b Text<E>> {
        let own = self.update().and_then(|update| update.text.as_ref());
        own.or_else(|| self.arising()?.update.as_ref())
    }

    /// Who said it.
    pub fn by(&self) -> &'b [Party<E>] {
        match (self.update(), self.arising()) {
            (Some(update), _) => &update.by,
            (None, Some(arising)) => arising.by.as_slice(),
            (None, None) => &[],
        }
    }

    /// The new state.
    pub fn state(&self) -> Option<State> {
        let own = self.update().and_then(|update| update.state);
        own.or_else(|| self.arising()?.state)
    }

    /// How long a retained action is kept.
    pub fn condition(&self) -> Option<&'b Text<E>> {
        let own = self.update().and_then(|update| update.condition.as_ref());
        own.or_else(|| self.arising()?.condition.as_ref())
    }

    /// The action that replaces it, or of which it has become a part.
    pub fn replaced_by(&self) -> Option<&'b Text<E>> {
        let own = self.update().and_then(|update| update.replaced_by.as_ref());
        own.or_else(|| self.arising()?.replaced_by.as_ref())
    }

    /// The new rating.
    pub fn rag(&self) -> Option<Rag> {
        let own = self.update().and_then(|update| update.rag);
        own.or_else(|| self.arising()?.rag)
    }

    /// Why state or rating changed.
    pub fn reason(&self) -> Option<&'b Text<E>> {
        let own = self.update().and_then(|update| update.reason.as_ref());
        own.or_else(|| self.arising()?.reason.as_ref())
    }

    /// The new due date.
    pub fn due(&self) -> Option<&'b due::Due<E>> {
        let own = self.update().and_then(|update| update.due.as_ref());
        own.or_else(|| self.arising()?.due.as_ref())
    }

    /// Who is to do it now.
    pub fn owners(&self) -> &'b [Party<E>] {
        match (self.update(), self.arising()) {
            (Some(update), _) => &update.owner,
            (None, Some(arising)) => &arising.owner,
            (None, None) => &[],
        }
    }

    /// How often it comes back now.
    pub fn every(&self) -> Option<&'b Every<E>> {
        let own = self.update().and_then(|update| update.every.as_ref());
        own.or_else(|| self.arising()?.every.as_ref())
    }

    /// What comes next.
    pub fn next_actions(&self) -> &'b [NextAction<E>] {
        self.update().map_or(&[], |update| &update.next_action)
    }

    /// A decision that was taken.
    pub fn decision(&self) -> Option<&'b Decision<E>> {
        self.update()?.decision.as_ref()
    }

    /// Papers that were circulated.
    pub fn papers(&self) -> &'b [Paper<E>] {
        self.update().map_or(&[], |update| &update.papers)
    }

    /// What was agreed about it.
    pub fn stamp(&self) -> Option<&'b Text<E>> {
        self.update()?.stamp.as_ref()
    }

    /// Whether nothing at all was said: a matter that was listed and not spoken of.
    pub fn is_silent(&self) -> bool {
        self.text().is_none()
            && self.state().is_none()
            && self.due().is_none()
            && self.rag().is_none()
            && self.owners().is_empty()
            && self.every().is_none()
            && self.decision().is_none()
            && self.mark().is_none()
    }
}

/// The ref that a matter arising names, or brings with it.
fn named<E: Edition>(row: &Row<E, MatterArising<E>>) -> Option<&Text<E>> {
    match row {
        Row::Open(arising) => match &arising.action {
            Arising::Ref(reference) => Some(reference),
            Arising::Earlier(earlier) => earlier.reference.as_ref(),
        },
        Row::Withheld(row) => row.number.as_ref(),
    }
}
