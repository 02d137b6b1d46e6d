//! What has happened to an action: each update with what it changed and how that stood before.

use super::fields::{ListedDecision, NextActionView, UpdateView};
use super::rows::Known;
use super::{Sheet, printed};
use crate::ledger::{Entry, Event, Said};
use crate::model::Edition;
use crate::model::action::{NextAction, Rag, State};
use crate::model::due::Due;
use crate::model::meeting::Meeting;
use crate::model::party::Party;
use crate::model::rhythm::Every;
use crate::model::settings::UpdateOrder;
use crate::render::dates;
use crate::render::format::Ready;
use crate::render::view::document::{Scribe, tint};
use crate::render::view::meeting;
use chrono::NaiveDate;

/// An update with what stood before it.
pub(super) struct Told<'e, 'b, E: Edition> {
    event: &'e Event<'b, E>,
    /// The due date, and the day from which it counts.
    due: Option<(&'b Due<E>, Option<NaiveDate>)>,
    rag: Option<Rag>,
    every: Option<&'b Every<E>>,
    owners: Vec<&'b Party<E>>,
}

/// Tells a history: each update with what stood before it, the oldest first.
pub(super) fn told<'e, 'b, E: Edition>(
    entry: &'e Entry<'b, E>,
    day: Option<NaiveDate>,
) -> Vec<Told<'e, 'b, E>>
where
    'b: 'e,
{
    let action = entry.action();
    let mut due = entry.first_due().map(|due| (due, entry.set));
    let mut rag = action.and_then(|action| action.rag);
    let mut every = action.and_then(|action| action.every.as_ref());
    let mut owners = entry.first_owners();
    let mut told = Vec::new();
    for event in printed(entry, day) {
        told.push(Told {
            event,
            due,
            rag,
            every,
            owners: owners.clone(),
        });
        let said = &event.said;
        due = said.due().map(|new| (new, event.day)).or(due);
        rag = said.rag().or(rag);
        every = said.every().or(every);
        if !said.owners().is_empty() {
            owners = said.owners().iter().collect();
        }
    }
    told
}

impl<E: Edition> Sheet<'_, '_, E> {
    /// Updates as they are printed, in the order of the document. Their decisions are listed too.
    pub(super) fn in_order(
        &self,
        mut told: Vec<Told<'_, '_, E>>,
        known: &Known<'_, '_, E>,
        decisions: &mut Vec<ListedDecision>,
    ) -> Vec<UpdateView> {
        let own = self.listing.update_order;
        match own.or(self.scribe.library.settings.update_order) {
            Some(UpdateOrder::OldestFirst) => {}
            Some(UpdateOrder::NewestFirst) | None => told.reverse(),
        }
        let views = told.iter().map(|told| self.update(told, known));
        let views: Vec<UpdateView> = views.collect();
        for view in &views {
            decisions.extend(view.decision.iter().map(|decision| ListedDecision {
                decision: decision.clone(),
                date: view.date.clone(),
            }));
        }
        views
    }

    fn update(&self, told: &Told<'_, '_, E>, known: &Known<'_, '_, E>) -> UpdateView {
        let (event, said) = (told.event, &told.event.said);
        let scribe = self.scribe.on(event.day);
        let mark = said.mark();
        let mut view = UpdateView {
            withheld: mark.map(|mark| scribe.writer.mark(&mark.exemptions)),
            record: scribe.record(mark),
            ..UpdateView::default()
        };
        view.date = match event.day.filter(|_| event.is_dated) {
            Some(day) => scribe.plain(&dates::day(day)),
            None => match written_date(said) {
                Some(date) => scribe.date(date),
                // Whether a date is withheld too is nobody's business.
                None if mark.is_some() => scribe.plain("Update"),
                None => scribe.plain("No date"),
            },
        };
        view.by = self.by(&scribe, said);
        view.stamp = scribe.line(said.stamp());
        view.text = scribe.block(said.text());
        let series = self.scribe.about.series;
        let next = said.next_actions().iter();
        view.next_actions = next
            .map(|next: &NextAction<E>| NextActionView {
                line: scribe.writer.line(&next.text),
                owner: scribe.parties(&next.owner),
                due: next
                    .due
                    .as_ref()
                    .map(|due| scribe.due_from(due, event.day, series)),
            })
            .collect();
        self.changes(told, &scribe, &mut view);
        view.decision = said.decision().map(|decision| {
            let name = scribe.plain(known.place.number.as_deref().unwrap_or("new"));
            scribe.decision(decision, scribe.plain(&known.place.anchor), name)
        });
        view.papers = scribe.papers(said.papers());
        view
    }

    /// Who said it; and where, when it was not said beside the action.
    fn by(&self, scribe: &Scribe<'_, '_, E>, said: &Said<'_, E>) -> Option<Ready> {
        let by = scribe.parties(said.by());
        let place = match said {
            Said::Arising { meeting, item, .. } => Some(self.place(scribe, meeting, item)),
            Said::Own(_) | Said::Between(_) => None,
        };
        let parts: Vec<Ready> = [by, place].into_iter().flatten().collect();
        let parts: Vec<&str> = parts.iter().map(Ready::as_str).collect();
        (!parts.is_empty()).then(|| Ready::made(parts.join(", ")))
    }

    /// "Monthly assurance meeting, July 2026, item 1".
    fn place(&self, scribe: &Scribe<'_, '_, E>, meeting: &Meeting<E>, item: &str) -> Ready {
        let mut words = meeting::plain_title(scribe, meeting);
        if !item.is_empty() {
            words.push_str(&format!(", item {item}"));
        }
        scribe.plain(&words)
    }

    fn changes(&self, told: &Told<'_, '_, E>, scribe: &Scribe<'_, '_, E>, view: &mut UpdateView) {
        let (event, said) = (told.event, &told.event.said);
        view.state = said
            .state()
            .map(|state| scribe.label(state.label(), tint(state)));
        view.state_words = match said.state() {
            Some(state @ (State::Superseded | State::Merged)) => {
                self.state_words(state, said.condition(), said.replaced_by())
            }
            Some(state) => self.state_words(state, said.condition(), None),
            None => scribe.line(said.condition()),
        };
        view.rag = said.rag().map(|rag| scribe.rag(Some(rag)));
        view.rag_before = told
            .rag
            .filter(|before| said.rag().is_some_and(|now| now != *before))
            .map(|before| scribe.rag(Some(before)));
        let series = scribe.about.series;
        let mut add = |label: &str, value: Ready| view.changes.push(scribe.fact(label, value));
        if let Some(due) = said.due() {
            let before = told.due;
            let before = before.map(|(due, from)| scribe.due_words(due, from, series));
            let new = scribe.due_words(due, event.day, series);
            let reason = scribe.line(due.reason.as_ref());
            add("New due date", changed(new, before, reason));
        }
        if let Some(owners) = scribe.parties(said.owners()) {
            let before = scribe.parties(told.owners.iter().copied());
            add("New owner", changed(owners, before, None));
        }
        if let Some(every) = said.every() {
            let before = told.every.map(|before| self.every(before, None));
            add(
                "Repeats",
                changed(self.every(every, event.day), before, None),
            );
        }
        let is_said = matches!(said.state(), Some(State::Superseded | State::Merged));
        if let Some(other) = said.replaced_by().filter(|_| !is_said) {
            add("Replaced by", self.reference(other));
        }
        if let Some(reason) = scribe.line(said.reason()) {
            add("Reason", reason);
        }
    }
}

/// "27 November 2026; before that: 30 September 2026. The audit ends in October."
fn changed(new: Ready, before: Option<Ready>, reason: Option<Ready>) -> Ready {
    let mut words = new.as_str().to_owned();
    if let Some(before) = before {
        words.push_str(&format!("; before that: {}", before.as_str()));
    }
    if let Some(reason) = reason {
        words.push_str(&format!(". {}", reason.as_str()));
    }
    Ready::made(words)
}

/// A date that could not be understood, as it was written.
fn written_date<'b, E: Edition>(said: &Said<'b, E>) -> Option<&'b crate::model::date::Date<E>> {
    match said {
        Said::Own(row) | Said::Between(row) => row.known()?.date.as_ref(),
        Said::Arising { .. } => None,
    }
}
