//! Folds the history of an action into what stands as at a date. Folding up to a day and then on gives the same as folding
//! at once.

use super::{Attention, Entry, Event, Ledger};
use crate::model::Edition;
use crate::model::action::{Rag, State};
use crate::model::due;
use crate::model::party::Party;
use crate::model::rhythm::{Every, Rhythm};
use crate::model::text::Text;
use chrono::NaiveDate;

/// What stands of an action as at a date.
pub struct Standing<'s, 'b, E: Edition> {
    ledger: &'s Ledger<'b, E>,
    entry: &'s Entry<'b, E>,
    /// The day up to which history was folded, with everything of that day; `None` while nobody knows when it began.
    as_at: Option<NaiveDate>,
    /// How many events were folded.
    pub folded: usize,
    /// Its state.
    pub state: State,
    /// Since when it has had that state; `None` when it has had it from the start.
    pub since: Option<NaiveDate>,
    /// How long a retained action is kept.
    pub condition: Option<&'b Text<E>>,
    /// The action that replaces it, or of which it has become a part.
    pub replaced_by: Option<&'b Text<E>>,
    /// Its rating.
    pub rag: Option<Rag>,
    /// Every change of the rating.
    pub reratings: Vec<Rerating<'b, E>>,
    /// Who is to do it.
    pub owners: Vec<&'b Party<E>>,
    /// The due date that it was set with.
    pub original_due: Option<Due<'b, E>>,
    /// The due date that it has now.
    pub due: Option<Due<'b, E>>,
    /// Every change of the due date. Their number is how often it was re-dated.
    pub redatings: Vec<Redating<'b, E>>,
    /// How often it comes back.
    pub every: Option<&'b Every<E>>,
    /// How often it came back before that was changed, the oldest first.
    pub earlier_rhythms: Vec<&'b Every<E>>,
    /// At how many meetings of its series it was still open, after the one that set it.
    pub carried: usize,
    /// The day of the last update that says something.
    pub updated: Option<NaiveDate>,
    /// The last update that says something.
    pub last_update: Option<&'s Event<'b, E>>,
    cycle: Option<Cycle>,
    /// Whether retaining it has put off its due date.
    is_put_off: bool,
}

/// A due date: as written, and the day that it comes to.
pub struct Due<'b, E: Edition> {
    /// As written.
    pub written: &'b due::Due<E>,
    /// The day, when it is known.
    pub day: Option<NaiveDate>,
}

/// A change of a due date.
pub struct Redating<'b, E: Edition> {
    /// When it was changed.
    pub on: Option<NaiveDate>,
    /// The due date that it had.
    pub from: Option<Due<'b, E>>,
    /// The due date that it got.
    pub to: Due<'b, E>,
}

/// A change of a rating.
pub struct Rerating<'b, E: Edition> {
    /// When it was changed.
    pub on: Option<NaiveDate>,
    /// The rating that it got.
    pub to: Rag,
    /// Why.
    pub reason: Option<&'b Text<E>>,
}

/// The days on which an action comes back.
#[derive(Clone, Copy)]
struct Cycle {
    rhythm: Rhythm,
    /// The day from which they are counted.
    start: NaiveDate,
    /// The day that is to be met next.
    next: NaiveDate,
    until: Option<NaiveDate>,
}

impl<E: Edition> Clone for Due<'_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: Edition> Copy for Due<'_, E> {}

impl<'s, 'b, E: Edition> Standing<'s, 'b, E> {
    /// An action as it was set.
    pub(super) fn new(ledger: &'s Ledger<'b, E>, entry: &'s Entry<'b, E>) -> Self {
        let action = entry.action();
        let mut standing = Standing {
            ledger,
            entry,
            as_at: entry.set.or_else(|| entry.events.first()?.day),
            folded: 0,
            state: action
                .and_then(|action| action.state)
                .unwrap_or(State::Open),
            since: None,
            condition: action.and_then(|action| action.condition.as_ref()),
            replaced_by: None,
            rag: action.and_then(|action| action.rag),
            reratings: Vec::new(),
            owners: entry.first_owners(),
            original_due: None,
            due: None,
            redatings: Vec::new(),
            every: None,
            earlier_rhythms: Vec::new(),
            carried: 0,
            updated: None,
            last_update: None,
            cycle: None,
            is_put_off: false,
        };
        standing.due = entry
            .first_due()
            .map(|due| standing.resolved(due, entry.set));
        standing.original_due = standing.due;
        if let Some(every) = action.and_then(|action| action.every.as_ref()) {
            standing.comes_back(every, entry.set);
        }
        standing
    }

    /// Folds on, up to the end of a day.
    pub fn advance(&mut self, to: NaiveDate) {
        let events = &self.entry.events;
        while let Some(event) = events.get(self.folded) {
            if event.day.is_some_and(|day| day > to) {
                break;
            }
            if let Some(day) = event.day {
                self.pass(day);
            }
            self.apply(event);
            self.folded += 1;
        }
        self.pass(to);
    }

    /// Lets time pass up to the next thing that was said, and returns that: what stands now is what stood before it.
    pub fn upcoming(&mut self) -> Option<&'s Event<'b, E>> {
        let event = self.entry.events.get(self.folded)?;
        if let Some(day) = event.day {
            self.pass(day);
        }
        Some(event)
    }

    /// Folds the next thing that was said.
    pub fn fold_next(&mut self) {
        if let Some(event) = self.upcoming() {
            self.apply(event);
            self.folded += 1;
        }
    }

    /// The day on which it is due, while it is to be done and nothing puts that off.
    pub fn chased_day(&self) -> Option<NaiveDate> {
        match self.state {
            State::Open => self.due_day(),
            State::Retained if !self.is_put_off => self.due_day(),
            _ => None,
        }
    }

    /// The day on which it is due, whatever its state.
    pub fn due_day(&self) -> Option<NaiveDate> {
        match self.cycle {
            Some(cycle) => Some(cycle.next),
            None => self.due.as_ref().and_then(|due| due.day),
        }
    }

    /// The day on which a recurring action comes back, while it is done for now.
    pub fn returns(&self) -> Option<NaiveDate> {
        let cycle = self.cycle.filter(|_| self.state == State::Discharged)?;
        cycle.is_running().then_some(cycle.next)
    }

    /// For how many days it has been overdue.
    pub fn days_overdue(&self, as_at: NaiveDate) -> Option<i64> {
        let days = (as_at - self.chased_day()?).num_days();
        (days > 0).then_some(days)
    }

    /// Its age in days: until it was closed, or as at the day.
    pub fn age(&self, as_at: NaiveDate) -> Option<i64> {
        let end = self.closed().unwrap_or(as_at);
        Some((end - self.entry.set?).num_days().max(0))
    }

    /// The day on which it was closed.
    pub fn closed(&self) -> Option<NaiveDate> {
        match self.state.is_closed() {
            true => self.since,
            false => None,
        }
    }

    /// Whether it is to be done, was set before the last meeting of its series, and nobody has said anything of it at that
    /// meeting or since.
    pub fn is_without_update(&self, as_at: NaiveDate) -> bool {
        let calendar = &self.ledger.calendar;
        let series = self.entry.series().filter(|_| !self.state.is_closed());
        let last = series.and_then(|series| calendar.last_before(series, as_at));
        last.is_some_and(|last| {
            self.entry.set.is_none_or(|set| set < last) && self.updated.is_none_or(|day| day < last)
        })
    }

    /// Whether no other action of the book has its ref.
    pub fn is_alone_with_its_ref(&self) -> bool {
        let words = self.entry.reference_words();
        !words.is_empty() && self.ledger.all_with(&words).count() == 1
    }

    /// What a chair must look at first.
    pub fn attention(&self, as_at: NaiveDate) -> Attention {
        Attention::of(self.entry, self, &self.ledger.calendar, as_at)
    }

    /// Lets time pass: meetings to which it is carried, days on which it comes back.
    fn pass(&mut self, to: NaiveDate) {
        if let Some(day) = self.returns().filter(|day| *day <= to) {
            self.carry(day.pred_opt().unwrap_or(day));
            self.state = State::Open;
            self.since = Some(day);
        }
        self.carry(to);
    }

    fn carry(&mut self, to: NaiveDate) {
        let Some(from) = self.as_at.filter(|from| *from < to) else {
            return;
        };
        if !self.state.is_closed()
            && let Some(series) = self.entry.series()
        {
            self.carried += self.ledger.calendar.between(series, from, to);
        }
        self.as_at = Some(to);
    }

    fn apply(&mut self, event: &'s Event<'b, E>) {
        let said = &event.said;
        if let Some(due) = said.due() {
            self.redate(due, event.day);
        }
        if let Some(every) = said.every() {
            self.comes_back(every, event.day);
        }
        if let Some(state) = said.state() {
            if state != self.state {
                self.since = event.day;
            }
            self.is_put_off = state == State::Retained && said.due().is_none();
            self.state = state;
            self.condition = said.condition().filter(|_| state == State::Retained);
            self.replaced_by = said
                .replaced_by()
                .filter(|_| matches!(state, State::Superseded | State::Merged));
        }
        if let Some(rag) = said.rag() {
            self.rag = Some(rag);
            self.reratings.push(Rerating {
                on: event.day,
                to: rag,
                reason: said.reason(),
            });
        }
        if !said.owners().is_empty() {
            self.owners = said.owners().iter().collect();
        }
        if !said.is_silent() {
            self.updated = event.day.or(self.updated);
            self.last_update = Some(event);
            self.meet(event.day);
        }
    }

    fn redate(&mut self, due: &'b due::Due<E>, on: Option<NaiveDate>) {
        let to = self.resolved(due, on);
        if let (Some(cycle), Some(day)) = (&mut self.cycle, to.day) {
            cycle.start = day;
            cycle.next = day;
        }
        self.is_put_off = false;
        self.redatings.push(Redating {
            on,
            from: self.due,
            to,
        });
        self.due = Some(to);
    }

    /// A day on which it was to come back is met by what is said on that day or after it, and by its being discharged.
    fn meet(&mut self, day: Option<NaiveDate>) {
        let (Some(cycle), Some(day)) = (&mut self.cycle, day) else {
            return;
        };
        let met = match self.state.is_closed() {
            true => day.max(cycle.next),
            false if day >= cycle.next => day,
            false => return,
        };
        if let Some(next) = cycle.rhythm.next(cycle.start, met) {
            cycle.next = next;
        }
    }

    fn comes_back(&mut self, every: &'b Every<E>, from: Option<NaiveDate>) {
        let before = self.due_day();
        self.earlier_rhythms.extend(self.every);
        let is_first = self.every.is_none();
        self.every = Some(every);
        let until = every.until.as_ref();
        let until = until.and_then(|until| self.resolved(until, from).day);
        let Some(rhythm) = every.rhythm() else {
            self.cycle = None;
            return;
        };
        // A new rhythm counts from the day on which it was given; the first one from the due date, where there is one.
        let days = match (is_first, before, from) {
            (true, Some(day), _) | (false, Some(day), None) => Some((day, day)),
            (_, _, Some(from)) => rhythm.next(from, from).map(|next| (from, next)),
            (_, None, None) => None,
        };
        self.cycle = days.map(|(start, next)| Cycle {
            rhythm,
            start,
            next,
            until,
        });
    }

    fn resolved(&self, written: &'b due::Due<E>, from: Option<NaiveDate>) -> Due<'b, E> {
        let series = self.entry.series();
        let calendar = &self.ledger.calendar;
        let day = written
            .rule
            .day(from, |reference| calendar.day_of(series, reference));
        Due { written, day }
    }
}

impl Cycle {
    fn is_running(&self) -> bool {
        self.until.is_none_or(|until| self.next <= until)
    }
}
