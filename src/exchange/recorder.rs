//! Makes the plain records of actions from lines of the ledger.

use super::record::{
    ActionRecord, Actions, Counts, Day, HistoryRecord, NextRecord, OwnerRecord, PartRecord,
    PlaceRecord, RedatingRecord,
};
use super::words::Words;
use crate::ledger::{Attention, Entry, Event, Line, Place, Said, What};
use crate::model::Edition;
use crate::model::action::{NextAction, Part};
use crate::model::meeting::{EarlierAction, Item, Meeting};
use crate::model::outline::letters;
use crate::model::party::Party;
use crate::model::text::Text;
use crate::model::tracker::Objective;
use crate::render::dates;
use crate::source::{SourceId, Sources};
use chrono::NaiveDate;
use rayon::prelude::*;

impl Actions {
    /// The register of some lines of the ledger. `filters` says in words what they were chosen by.
    pub fn new<E: Edition>(
        lines: &[&Line<'_, '_, E>],
        words: &Words<'_, E>,
        sources: &Sources,
        as_at: NaiveDate,
        filters: Vec<String>,
    ) -> Actions {
        let recorder = Recorder { words, sources };
        Actions {
            organisation: words.line(&words.settings.organisation.name),
            edition: match E::INTERNAL {
                true => "internal",
                false => "public",
            },
            as_at: Day(as_at),
            filters,
            counts: Counts::of(lines),
            actions: lines
                .par_iter()
                .map(|line| recorder.action(line, as_at))
                .collect(),
        }
    }
}

impl Counts {
    fn of<E: Edition>(lines: &[&Line<'_, '_, E>]) -> Counts {
        let with = |attention| lines.iter().filter(|line| line.need() == attention).count();
        Counts {
            total: lines.len(),
            overdue: with(Some(Attention::Overdue)),
            due_now: with(Some(Attention::DueNow)),
            no_update: with(Some(Attention::NoUpdate)),
            proposed: with(Some(Attention::Proposed)),
            open: with(Some(Attention::Open)),
            new: with(Some(Attention::New)),
            closed: with(Some(Attention::Closed)),
            withheld: with(None),
        }
    }
}

/// Makes the records.
struct Recorder<'r, 'b, E: Edition> {
    words: &'r Words<'b, E>,
    sources: &'r Sources,
}

impl<E: Edition> Recorder<'_, '_, E> {
    fn action(&self, line: &Line<'_, '_, E>, as_at: NaiveDate) -> ActionRecord {
        let Line {
            entry, standing, ..
        } = line;
        let need = line.need();
        let words = self.words;
        let owned_since = line.owned_since();
        let events = &entry.events[..standing.folded];
        let redatings = standing.redatings.iter().map(|one| RedatingRecord {
            on: one.on.map(Day),
            from: one.from.as_ref().map(|due| words.due(due)),
            to: words.due(&one.to),
            reason: one.to.written.reason.as_ref().map(|why| words.text(why)),
        });
        ActionRecord {
            id: self.id(line),
            reference: entry.reference.map(|text| words.line(text)),
            attention: need,
            withheld: entry.mark().map(|mark| words.mark(mark)),
            text: entry.text().map(|text| words.text(text)),
            parts: self.parts(entry),
            state: need.map(|_| standing.state),
            since: need.and(standing.since).map(Day),
            condition: standing.condition.map(|text| words.text(text)),
            replaced_by: standing.replaced_by.map(|text| words.line(text)),
            closed_on: need.and(standing.closed()).map(Day),
            rag: standing.rag,
            owners: self.owners(standing.owners.iter().copied(), owned_since),
            set: entry.set.map(Day),
            source: self.home(entry),
            original_due: standing.original_due.as_ref().map(|due| words.due(due)),
            due: standing.due.as_ref().map(|due| words.due(due)),
            next_due: standing.due_day().map(Day),
            days_overdue: need.and(standing.days_overdue(as_at)),
            every: standing.every.map(|every| words.line(&every.rhythm)),
            returns: standing.returns().map(Day),
            redatings: redatings.collect(),
            times_carried: need.map(|_| standing.carried),
            age_days: need.and_then(|_| standing.age(as_at)),
            last_update: standing.last_update.map(|event| self.event(event, entry)),
            history: events
                .iter()
                .map(|event| self.event(event, entry))
                .collect(),
        }
    }

    /// The ref, or for an action that has none or shares it, the place where it was set.
    fn id(&self, line: &Line<'_, '_, E>) -> String {
        let home = &line.entry.home;
        match line.standing.is_alone_with_its_ref() {
            true => line.entry.reference_words(),
            false => format!("{}#{}", self.file(home.source), home.anchor),
        }
    }

    fn file(&self, source: SourceId) -> String {
        let path = &self.sources.get(source).path;
        path.to_string_lossy().replace('\\', "/")
    }

    fn owners<'p>(
        &self,
        parties: impl IntoIterator<Item = &'p Party<E>>,
        day: Option<NaiveDate>,
    ) -> Vec<OwnerRecord>
    where
        E: 'p,
    {
        let parties = parties.into_iter();
        parties.map(|party| self.words.owner(party, day)).collect()
    }

    fn parts(&self, entry: &Entry<'_, E>) -> Vec<PartRecord> {
        let parts = entry.parts().iter().enumerate();
        parts
            .map(|(at, row)| {
                let part = row.known();
                let label = part.and_then(|part| part.label.as_ref());
                PartRecord {
                    label: label
                        .map_or_else(|| letters(at as u32 + 1), |label| self.words.line(label)),
                    withheld: row.mark().map(|mark| self.words.mark(mark)),
                    text: part.map(|part| self.words.text(&part.text)),
                    owners: part.map_or_else(Vec::new, |part| self.owners(&part.owner, entry.set)),
                    due: part.and_then(|part| self.part_due(part)),
                    rag: part.and_then(|part| part.rag),
                }
            })
            .collect()
    }

    fn part_due(&self, part: &Part<E>) -> Option<String> {
        part.due.as_ref().map(|due| self.words.written(due))
    }

    fn event(&self, event: &Event<'_, E>, entry: &Entry<'_, E>) -> HistoryRecord {
        let said = &event.said;
        let words = self.words;
        let text = |text: &Text<E>| words.text(text);
        let due = said.due();
        let reason = said.reason().or_else(|| due?.reason.as_ref());
        let decision = said.decision().map(|decision| &decision.text);
        HistoryRecord {
            date: event.day.map(Day),
            dated: event.is_dated,
            withheld: said.mark().map(|mark| words.mark(mark)),
            by: self.owners(said.by(), event.day),
            place: self.said_at(event, entry),
            text: said.text().map(text),
            stamp: said.stamp().map(text),
            state: said.state(),
            condition: said.condition().map(text),
            replaced_by: said.replaced_by().map(|text| words.line(text)),
            rag: said.rag(),
            due: due.map(|due| words.written(due)),
            reason: reason.map(text),
            owners: self.owners(said.owners(), event.day),
            every: said.every().map(|every| words.line(&every.rhythm)),
            next_actions: self.next_actions(said.next_actions(), event.day),
            decision: decision.map(text),
            papers: said
                .papers()
                .iter()
                .map(|paper| words.line(&paper.title))
                .collect(),
        }
    }

    fn next_actions(&self, next: &[NextAction<E>], day: Option<NaiveDate>) -> Vec<NextRecord> {
        let records = next.iter().map(|next| NextRecord {
            text: self.words.text(&next.text),
            owners: self.owners(&next.owner, day),
            due: next.due.as_ref().map(|due| self.words.written(due)),
        });
        records.collect()
    }

    fn home(&self, entry: &Entry<'_, E>) -> PlaceRecord {
        if let What::Earlier(action) = entry.what {
            return self.earlier(action, entry);
        }
        let home = &entry.home;
        let anchor = Some(home.anchor.clone());
        match &home.place {
            Place::Meeting { meeting, item } => {
                let (number, item) = match item {
                    Some((number, item)) => (Some(number.as_str()), *item),
                    None => (None, None),
                };
                self.meeting(meeting, number, item, home.source, anchor)
            }
            Place::Tracker(tracker) => {
                let title = tracker.title.as_ref().or(tracker.group.as_ref());
                let title =
                    title.map_or_else(|| "Tracker".to_owned(), |title| self.words.line(title));
                let place = self.document("tracker", title, home.source, anchor);
                with_series(place, tracker.series.as_deref())
            }
            Place::Plan { plan, objective } => {
                let title = self.words.line(&plan.title);
                let place = self.document("plan", title, home.source, anchor);
                let place = with_series(place, plan.series.as_deref());
                self.with_objective(place, &objective.0, objective.1)
            }
        }
    }

    /// An action from before the book began: the meeting that it names, else the one that lists it first.
    fn earlier(&self, action: &EarlierAction<E>, entry: &Entry<'_, E>) -> PlaceRecord {
        let from = action.from.as_ref();
        let meeting = from.and_then(|from| from.meeting.as_ref());
        let title = meeting.map(|meeting| match meeting.meeting {
            Some(reference) => format!("{} meeting", dates::meeting(reference)),
            None => self.words.line(&meeting.written),
        });
        let title = title.unwrap_or_else(|| "Before the book began".to_owned());
        let anchor = Some(entry.home.anchor.clone());
        let mut place = self.document("earlier", title, entry.home.source, anchor);
        place.date = entry.set.map(Day);
        place.item = from
            .and_then(|from| from.item.as_ref())
            .map(|item| self.words.line(item));
        with_series(place, entry.series())
    }

    fn said_at(&self, event: &Event<'_, E>, entry: &Entry<'_, E>) -> PlaceRecord {
        match &event.said {
            Said::Arising {
                meeting,
                item,
                anchor,
                ..
            } => {
                let anchor = Some(anchor.clone());
                self.meeting(meeting, Some(item), None, event.source, anchor)
            }
            Said::Own(_) => self.home(entry),
            Said::Between(_) => {
                let title = "Update between meetings".to_owned();
                self.document("updates", title, event.source, None)
            }
        }
    }

    fn meeting(
        &self,
        meeting: &Meeting<E>,
        number: Option<&str>,
        item: Option<&Item<E>>,
        source: SourceId,
        anchor: Option<String>,
    ) -> PlaceRecord {
        let mut place = self.document("meeting", self.words.meeting_title(meeting), source, anchor);
        place.date = meeting.date.day().map(Day);
        place.item = number
            .filter(|number| !number.is_empty())
            .map(str::to_owned);
        let title = item.and_then(|item| item.title.as_ref());
        place.item_title = title.map(|title| self.words.line(title));
        with_series(place, meeting.series.as_deref())
    }

    fn with_objective(
        &self,
        mut place: PlaceRecord,
        number: &str,
        objective: Option<&Objective<E>>,
    ) -> PlaceRecord {
        let title = objective.and_then(|objective| objective.title.as_ref());
        place.item = Some(number.to_owned()).filter(|number| !number.is_empty());
        place.item_title = title.map(|title| self.words.line(title));
        place
    }

    fn document(
        &self,
        kind: &'static str,
        title: String,
        source: SourceId,
        anchor: Option<String>,
    ) -> PlaceRecord {
        PlaceRecord {
            kind,
            title,
            series: None,
            date: None,
            item: None,
            item_title: None,
            file: self.file(source),
            anchor,
        }
    }
}

fn with_series(mut place: PlaceRecord, series: Option<&str>) -> PlaceRecord {
    place.series = series.map(str::to_owned);
    place
}
