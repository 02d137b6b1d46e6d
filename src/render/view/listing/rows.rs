//! An action of a tracker or a plan, as it stands as at the document's day.

use super::Sheet;
use super::fields::{CountView, ListedDecision, RowView};
use super::updates::told;
use crate::ledger::{Entry, Standing};
use crate::model::Edition;
use crate::model::action::{Action, Rag, State};
use crate::model::date::{DateReading, Since};
use crate::model::due::{Due, MeetingRef};
use crate::model::outline;
use crate::model::rhythm::Every;
use crate::model::text::Text;
use crate::model::withheld::Row;
use crate::render::dates;
use crate::render::format::Ready;
use crate::render::view::Label;
use crate::render::view::document::tint;
use crate::render::view::people::and;
use chrono::NaiveDate;

/// Up to this age, days are counted; after it, months.
const DAYS: i64 = 60;

/// An action with what stands of it.
pub(super) struct Known<'s, 'b, E: Edition> {
    pub(super) row: &'s Row<E, Action<E>>,
    pub(super) place: &'s outline::Entry,
    pub(super) entry: &'s Entry<'b, E>,
    pub(super) standing: Standing<'s, 'b, E>,
    /// Whether it was closed so long ago that it stands in the archive.
    pub(super) is_archived: bool,
}

impl<E: Edition> Known<'_, '_, E> {
    /// Adds it to a count.
    pub(super) fn count(&self, count: &mut CountView) {
        count.total += 1;
        let field = match (
            self.row.mark(),
            self.standing.state.is_closed(),
            self.standing.rag,
        ) {
            (Some(_), ..) => &mut count.withheld,
            (None, true, _) => &mut count.closed,
            (None, false, Some(Rag::Red)) => &mut count.red,
            (None, false, Some(Rag::Amber)) => &mut count.amber,
            (None, false, Some(Rag::Green)) => &mut count.green,
            (None, false, None) => &mut count.unrated,
        };
        *field += 1;
    }
}

impl<'b, E: Edition> Sheet<'_, 'b, E> {
    pub(super) fn known_row<'s>(
        &'s self,
        row: &'s Row<E, Action<E>>,
        place: &'s outline::Entry,
        entry: &'s Entry<'b, E>,
    ) -> Known<'s, 'b, E> {
        let day = self.scribe.about.day.unwrap_or(NaiveDate::MIN);
        let standing = self.scribe.library.ledger.standing(entry, day);
        let is_archived = row.mark().is_none() && self.is_archived(&standing);
        Known {
            row,
            place,
            entry,
            standing,
            is_archived,
        }
    }

    /// A closed action is shown once: until the meeting after the one at which, or after which, it was closed. Where no
    /// series says when that is, only on the day itself.
    fn is_archived(&self, standing: &Standing<'_, '_, E>) -> bool {
        let about = self.scribe.about;
        if !standing.state.is_closed() || standing.returns().is_some() {
            return false;
        }
        let (Some(closed), Some(as_at)) = (standing.closed(), about.day) else {
            return true;
        };
        let calendar = &self.scribe.library.ledger.calendar;
        let shown_from = match about.series {
            Some(series) => calendar.last_before(series, as_at),
            None => Some(as_at),
        };
        shown_from.is_some_and(|day| closed < day)
    }

    pub(super) fn link_to(&self, known: &Known<'_, '_, E>) -> Ready {
        let words = self
            .scribe
            .plain(known.place.number.as_deref().unwrap_or("new"));
        self.scribe.link(&known.place.anchor, &words)
    }

    pub(super) fn row(
        &self,
        known: &Known<'_, '_, E>,
        decisions: &mut Vec<ListedDecision>,
    ) -> RowView {
        let scribe = &self.scribe;
        let mark = known.row.mark();
        let mut view = RowView {
            anchor: scribe.plain(&known.place.anchor),
            reference: scribe.plain(known.place.number.as_deref().unwrap_or("new")),
            withheld: mark.map(|mark| scribe.writer.mark(&mark.exemptions)),
            record: scribe.record(mark),
            ..RowView::default()
        };
        let Some(action) = known.row.known() else {
            return view;
        };
        view.known = true;
        // In the order of the page, so that an abbreviation is explained where a reader meets it first.
        view.text = scribe.writer.block(&action.text);
        view.parts = self.parts(action, known.entry.set);
        view.set = action.set.as_ref().map(|set| self.since(set));
        view.sources = self.citations(&action.sources);
        view.papers = scribe.papers(&action.papers);
        view.duplicate_of = self.references(&action.duplicate_of);
        view.captured_under = self.references(&action.captured_under);
        view.outcomes = scribe.lines(&action.outcomes);
        view.owner = scribe
            .parties(known.standing.owners.iter().copied())
            .unwrap_or_else(|| scribe.plain("Not given"));
        view.report_to = action.report_to.as_ref().map(|party| scribe.short(party));
        self.dates(known, action, &mut view);
        let told = told(known.entry, scribe.about.day);
        view.updates = self.in_order(told, known, decisions);
        self.state(known, &mut view);
        view
    }

    fn parts(
        &self,
        action: &Action<E>,
        set: Option<NaiveDate>,
    ) -> Vec<crate::render::view::PartView> {
        let series = self.scribe.about.series;
        let mut parts = self.scribe.part_views(&action.parts, set, series);
        for (view, row) in parts.iter_mut().zip(&action.parts) {
            if let Some(part) = row.known() {
                view.sources = self.citations(&part.sources);
            }
        }
        parts
    }

    /// A day, a month or a year.
    fn since(&self, set: &Since<E>) -> Ready {
        let scribe = &self.scribe;
        match (
            DateReading::of(set.written.source()).day(),
            MeetingRef::of(set.written.source()),
        ) {
            (Some(day), _) => scribe.plain(&dates::day(day)),
            (None, Some(month)) => scribe.plain(&dates::meeting(month)),
            (None, None) => scribe.writer.line(&set.written),
        }
    }

    /// Refs as links, in a row.
    fn references<'t>(&self, refs: impl IntoIterator<Item = &'t Text<E>>) -> Option<Ready>
    where
        E: 't,
    {
        let refs = refs
            .into_iter()
            .map(|text| self.reference(text).as_str().to_owned());
        let refs: Vec<String> = refs.collect();
        (!refs.is_empty()).then(|| Ready::made(and(&refs)))
    }

    /// A ref, as a link where the document has its action.
    pub(super) fn reference(&self, text: &Text<E>) -> Ready {
        let words = self.scribe.writer.title(text);
        match self.listing.outline.find(&text.words()) {
            Some(target) if text.passages().is_empty() => self.scribe.link(&target.anchor, &words),
            _ => words,
        }
    }

    fn dates(&self, known: &Known<'_, '_, E>, action: &Action<E>, view: &mut RowView) {
        let (scribe, standing) = (&self.scribe, &known.standing);
        let written = standing.due.as_ref();
        view.due = match written {
            Some(due) if standing.redatings.is_empty() => {
                Some(self.with_reason(due.written, due.day))
            }
            Some(due) => Some(scribe.due_on(due.written, due.day)),
            None if standing.every.is_some() => None,
            None => Some(scribe.plain("No due date")),
        };
        if !standing.redatings.is_empty() {
            let original = standing.original_due.as_ref();
            view.original_due = original.map(|due| self.with_reason(due.written, due.day));
        }
        view.every = standing
            .every
            .map(|every| self.every(every, known.entry.set));
        view.earlier_every = standing
            .earlier_rhythms
            .iter()
            .map(|every| self.every(every, known.entry.set))
            .collect();
        if standing.every.is_some() && (!standing.state.is_closed() || standing.returns().is_some())
        {
            view.next = standing.due_day().map(|day| scribe.plain(&dates::day(day)));
        }
        let set = known.entry.set;
        let review = action.review.as_ref();
        view.review = review.map(|due| scribe.due_from(due, set, scribe.about.series));
    }

    fn with_reason(&self, due: &Due<E>, day: Option<NaiveDate>) -> Ready {
        let words = self.scribe.due_on(due, day);
        match self.scribe.line(due.reason.as_ref()) {
            Some(reason) => Ready::made(format!("{}; {}", words.as_str(), reason.as_str())),
            None => words,
        }
    }

    /// "quarterly until end 2027 (31 December 2027)".
    pub(super) fn every(&self, every: &Every<E>, from: Option<NaiveDate>) -> Ready {
        let scribe = &self.scribe;
        let rhythm = scribe.writer.line(&every.rhythm);
        match &every.until {
            None => rhythm,
            Some(until) => {
                let until = scribe.due_from(until, from, scribe.about.series);
                Ready::made(format!("{} until {}", rhythm.as_str(), until.as_str()))
            }
        }
    }

    fn state(&self, known: &Known<'_, '_, E>, view: &mut RowView) {
        let (scribe, standing) = (&self.scribe, &known.standing);
        view.rag = self.columns().rag.then(|| scribe.rag(standing.rag));
        let state = standing.state;
        view.state = Some(scribe.label(state.label(), tint(state)));
        let by = standing.replaced_by;
        let is_said = matches!(state, State::Superseded | State::Merged);
        view.state_words = self.state_words(state, standing.condition, by.filter(|_| is_said));
        view.first_state = self.first_state(known);
        if let Some(closed) = standing.closed() {
            let day = scribe.plain(&dates::day(closed));
            let before = view
                .state_words
                .as_ref()
                .map(|words| format!("{}, ", words.as_str()));
            let words = format!("{}{}", before.unwrap_or_default(), day.as_str());
            view.state_words = Some(Ready::made(words));
        }
        let Some(as_at) = scribe.about.day.filter(|_| !state.is_closed()) else {
            return;
        };
        let overdue = standing.days_overdue(as_at);
        view.overdue = overdue.map(|_| Label {
            word: scribe.plain("Overdue"),
            tint: "red",
        });
        // Without the day on which it was set, the first update would make it look younger than it is.
        let action = known.row.known();
        let age = action
            .and_then(|action| action.set.as_ref())
            .and_then(|_| standing.age(as_at));
        view.age = open_for(age, standing.carried).map(|words| scribe.plain(&words));
    }

    /// The state with its condition that an action was set with, where that has changed.
    fn first_state(&self, known: &Known<'_, '_, E>) -> Option<Ready> {
        let action = known.row.known()?;
        let condition = action.condition.as_ref()?;
        if known
            .standing
            .condition
            .is_some_and(|now| now.span == condition.span)
        {
            return None;
        }
        let state = action.state.unwrap_or(State::Open);
        let condition = self.scribe.writer.line(condition);
        Some(Ready::made(format!(
            "{} {}",
            state.label(),
            condition.as_str()
        )))
    }

    /// What follows the word of a state: its condition, or what replaces the action.
    pub(super) fn state_words(
        &self,
        state: State,
        condition: Option<&Text<E>>,
        replaced_by: Option<&Text<E>>,
    ) -> Option<Ready> {
        let by = replaced_by.map(|text| {
            let joint = if state == State::Merged { "into" } else { "by" };
            format!("{joint} {}", self.reference(text).as_str())
        });
        let condition = self.scribe.line(condition);
        let condition = condition.map(|words| words.as_str().to_owned());
        let words: Vec<String> = [condition, by].into_iter().flatten().collect();
        (!words.is_empty()).then(|| Ready::made(words.join(", ")))
    }
}

/// "Open for 14 months, carried forward 3 times".
fn open_for(days: Option<i64>, carried: usize) -> Option<String> {
    let age = days.map(|days| match days {
        1 => "1 day".to_owned(),
        days if days <= DAYS => format!("{days} days"),
        // The average month has 30.44 days.
        days => format!("{} months", days * 100 / 3044),
    });
    let carried = match carried {
        0 => None,
        1 => Some("carried forward once".to_owned()),
        2 => Some("carried forward twice".to_owned()),
        times => Some(format!("carried forward {times} times")),
    };
    match (age, carried) {
        (Some(age), Some(carried)) => Some(format!("Open for {age}, {carried}")),
        (Some(age), None) => Some(format!("Open for {age}")),
        (None, Some(carried)) => Some(format!("Open, {carried}")),
        (None, None) => None,
    }
}
