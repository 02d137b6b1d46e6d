//! Which actions are looked at, and in which order.

use super::{Attention, Entry, Ledger, Standing};
use crate::model::Edition;
use crate::model::action::State;
use crate::model::party::Party;
use crate::model::register::Register;
use crate::model::text::Text;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::cmp::Reverse;

/// An action of a list, with what stands of it.
pub struct Line<'s, 'b, E: Edition> {
    /// The action.
    pub entry: &'s Entry<'b, E>,
    /// What stands of it.
    pub standing: Standing<'s, 'b, E>,
    /// Why it is on the list.
    pub attention: Attention,
}

/// What the actions of a list have in common. What is empty or `None` does not restrict the list.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// They are looked at by one of these series.
    pub series: Vec<String>,
    /// They, or a part of them, are owned by this person or body.
    pub owner: Option<Owner>,
    /// They, or a part of them, are owned by this body, or by somebody who acts for it.
    pub body: Option<Owner>,
    /// They have one of these states. Without one, closed actions are left out.
    pub states: Vec<State>,
    /// Closed actions are listed too.
    pub closed: bool,
    /// Of closed actions, those that were closed on this day or later, or nobody knows when.
    pub closed_since: Option<NaiveDate>,
    /// They are due before this day.
    pub due_before: Option<NaiveDate>,
    /// Their due date has passed.
    pub overdue: bool,
    /// Nothing was said of them since the last meeting of their series, nor at it.
    pub no_update: bool,
    /// They were set, or something has happened to them, on this day or later.
    pub since: Option<NaiveDate>,
}

/// Whose actions are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The entry of the register with this key.
    Key(String),
    /// Somebody whom the register does not have: the name as written, ignoring case.
    Name(String),
}

/// Every action that was set by a day, in the order in which a chair needs them: by what they need, then those that are
/// due first, then the oldest.
pub fn lines<'s, 'b, E: Edition>(
    ledger: &'s Ledger<'b, E>,
    as_at: NaiveDate,
) -> Vec<Line<'s, 'b, E>> {
    let set = ledger
        .entries()
        .par_iter()
        .filter(|entry| entry.is_set_by(as_at));
    let mut lines: Vec<Line<'s, 'b, E>> = set
        .map(|entry| {
            let standing = ledger.standing(entry, as_at);
            let attention = standing.attention(as_at);
            Line {
                entry,
                standing,
                attention,
            }
        })
        .collect();
    // The sort is stable, so that what is alike in all this stays in the order of the ledger.
    lines.par_sort_by_cached_key(|line| {
        let due = line.standing.due_day();
        let closed = line.standing.closed();
        (
            line.attention,
            Reverse(closed),
            due.is_none(),
            due,
            line.entry.set,
        )
    });
    lines
}

/// Those of them that a filter lets through; those of which this edition knows nothing but the mark come last.
pub fn selected<'l, 's, 'b, E: Edition>(
    lines: &'l [Line<'s, 'b, E>],
    filter: &Filter,
    register: &Register<'b, E>,
    as_at: NaiveDate,
) -> Vec<&'l Line<'s, 'b, E>> {
    let chosen = lines.iter();
    let chosen = chosen.filter(|line| filter.lets_through(line, register, as_at));
    let mut chosen: Vec<&Line<'s, 'b, E>> = chosen.collect();
    chosen.sort_by_key(|line| line.need().is_none());
    chosen
}

impl Filter {
    fn lets_through<E: Edition>(
        &self,
        line: &Line<'_, '_, E>,
        register: &Register<'_, E>,
        as_at: NaiveDate,
    ) -> bool {
        let standing = &line.standing;
        let is_of = |series: &str| self.series.iter().any(|one| one == series);
        let due_before = |day| standing.due_day().is_some_and(|due| due < day);
        let closed_since = |day| standing.closed().is_none_or(|closed| closed >= day);
        let owned = |owner: &Owner| line.is_owned(|party, day| owner.is(party, register, day));
        let of_body = |body: &Owner| line.is_owned(|party, day| body.has(party, register, day));
        (line.need().is_some() || !self.asks_what_stands())
            && self.lets_state(standing.state)
            && (self.series.is_empty() || line.entry.series().is_some_and(is_of))
            && self.owner.as_ref().is_none_or(owned)
            && self.body.as_ref().is_none_or(of_body)
            && self.due_before.is_none_or(due_before)
            && self.closed_since.is_none_or(closed_since)
            && (!self.overdue || standing.days_overdue(as_at).is_some())
            && (!self.no_update || standing.is_without_update(as_at))
            && self.since.is_none_or(|since| line.has_changed_since(since))
    }

    /// Whether it asks for what nobody can tell of an action that is withheld whole.
    fn asks_what_stands(&self) -> bool {
        self.overdue || self.no_update || self.due_before.is_some() || !self.states.is_empty()
    }

    fn lets_state(&self, state: State) -> bool {
        match self.states.as_slice() {
            [] => self.closed || !state.is_closed(),
            states => states.contains(&state),
        }
    }
}

impl Owner {
    /// Whether a party is this owner.
    fn is<E: Edition>(
        &self,
        party: &Party<E>,
        register: &Register<'_, E>,
        day: Option<NaiveDate>,
    ) -> bool {
        let name = party.name.as_ref().or(party.body.as_ref());
        name.is_some_and(|name| self.is_named(name, register, day))
    }

    /// Whether a party is this body, or acts for it.
    fn has<E: Edition>(
        &self,
        party: &Party<E>,
        register: &Register<'_, E>,
        day: Option<NaiveDate>,
    ) -> bool {
        let mut names = party.name.iter().chain(&party.body);
        names.any(|name| self.is_named(name, register, day))
    }

    /// A name of which a part is withheld names nobody.
    fn is_named<E: Edition>(
        &self,
        name: &Text<E>,
        register: &Register<'_, E>,
        day: Option<NaiveDate>,
    ) -> bool {
        if !name.passages().is_empty() {
            return false;
        }
        match self {
            Owner::Key(key) => {
                let found = register.find(name.source(), day).one();
                found.is_some_and(|entry| entry.key() == key)
            }
            Owner::Name(written) => {
                name.words().trim().to_lowercase() == written.trim().to_lowercase()
            }
        }
    }
}

impl<E: Edition> Line<'_, '_, E> {
    /// Why it is on the list; `None` where this edition knows nothing of the action but that it is withheld.
    pub fn need(&self) -> Option<Attention> {
        self.entry.text().map(|_| self.attention)
    }

    /// Whether its owners are those whom it was set with.
    pub fn is_owned_as_set(&self) -> bool {
        let mut events = self.entry.events[..self.standing.folded].iter();
        events.all(|event| event.said.owners().is_empty())
    }

    /// Since when it has had its owners; names are understood as on that day.
    pub fn owned_since(&self) -> Option<NaiveDate> {
        let events = &self.entry.events[..self.standing.folded];
        let changed = events.iter().rfind(|event| !event.said.owners().is_empty());
        changed.map_or(self.entry.set, |event| event.day)
    }

    /// Whether one of those who are to do it, or a part of it, is somebody.
    fn is_owned(&self, is: impl Fn(&Party<E>, Option<NaiveDate>) -> bool) -> bool {
        let since = self.owned_since();
        let parts = self.entry.parts().iter().filter_map(|row| row.known());
        let mut of_parts = parts.flat_map(|part| &part.owner);
        self.standing.owners.iter().any(|party| is(party, since))
            || of_parts.any(|party| is(party, self.entry.set))
    }

    fn has_changed_since(&self, since: NaiveDate) -> bool {
        let events = &self.entry.events[..self.standing.folded];
        let is_later = |day: Option<NaiveDate>| day.is_some_and(|day| day >= since);
        is_later(self.entry.set) || events.iter().any(|event| is_later(event.day))
    }
}

/// Everybody who owns an action or a part of one, as written: for "did you mean" and for names that the register lacks.
pub fn owner_names<E: Edition>(ledger: &Ledger<'_, E>) -> Vec<String> {
    let mut names = Vec::new();
    for entry in ledger.entries() {
        let later = entry.events.iter().flat_map(|event| event.said.owners());
        let parts = entry.parts().iter().filter_map(|row| row.known());
        let of_parts = parts.flat_map(|part| &part.owner);
        let parties = entry
            .first_owners()
            .into_iter()
            .chain(later)
            .chain(of_parts);
        for party in parties {
            let shown = party.name.iter().chain(&party.body);
            let shown = shown.filter(|name| name.passages().is_empty());
            names.extend(shown.map(|name| name.words()));
        }
    }
    names.sort();
    names.dedup();
    names
}
