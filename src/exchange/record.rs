//! An action and its history as plain data: the shape of the JSON, and what every other format is written from.

use super::shape::shapes;
use super::words::{Words, one_line};
use crate::ledger::{Attention, Entry, Event, Line, Place, Said, What};
use crate::model::Edition;
use crate::model::action::{NextAction, Part, Rag, State};
use crate::model::meeting::{EarlierAction, Item, Meeting};
use crate::model::outline::letters;
use crate::model::party::Party;
use crate::model::text::Text;
use crate::model::tracker::Objective;
use crate::render::dates;
use crate::source::{SourceId, Sources};
use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

shapes! {
    /// The register of actions as at a date.
    struct Actions {
        /// Whose book it is.
        organisation: String,
        /// `public` or `internal`.
        edition: &'static str,
        /// The date for which everything is worked out.
        as_at: Day,
        /// What the actions were chosen by, in words; empty for every open action.
        filters: Vec<String>,
        /// How many of the actions below need what.
        counts: Counts,
        /// The actions, in the order in which a chair needs them.
        actions: Vec<ActionRecord>,
    }

    /// How many actions of a list need what.
    struct Counts {
        /// All of them.
        total: usize,
        /// Their due date has passed.
        overdue: usize,
        /// Due on the day or in the fourteen days after it.
        due_now: usize,
        /// Nothing was said of them since the last meeting.
        no_update: usize,
        /// Their owners think that they are done.
        proposed: usize,
        /// Open and not yet due.
        open: usize,
        /// Set at the last meeting, or since.
        new: usize,
        /// Nothing more is to be done.
        closed: usize,
    }

    /// One action: what was set, what stands, and everything that has happened.
    struct ActionRecord {
        /// An id that stays the same in every register of the book.
        id: String,
        /// Its ref; `null` for an action that has none yet.
        reference as "ref": Option<String>,
        /// Why it is on the list: `overdue`, `due-now`, `no-update`, `proposed`, `open`, `new` or `closed`.
        attention: Attention,
        /// The mark, where the action is withheld whole: "Withheld: section 31".
        withheld: Option<String>,
        /// What is to be done; `null` where that is withheld.
        text: Option<String>,
        /// Its parts.
        parts: Vec<PartRecord>,
        /// `open`, `retained`, `proposed`, `discharged`, `superseded`, `merged` or `withdrawn`.
        state: State,
        /// Since when it has had that state, where that has changed.
        since: Option<Day>,
        /// How long a retained action is kept.
        condition: Option<String>,
        /// The ref of the action that replaces it, or of which it has become a part.
        replaced_by: Option<String>,
        /// The day on which it was closed.
        closed_on: Option<Day>,
        /// `red`, `amber` or `green`, where it has a rating.
        rag: Option<Rag>,
        /// Who is to do it now.
        owners: Vec<OwnerRecord>,
        /// The day on which it was set.
        set: Option<Day>,
        /// Where it was set.
        source: PlaceRecord,
        /// The due date that it was set with.
        original_due: Option<DueRecord>,
        /// The due date that it has now.
        due: Option<DueRecord>,
        /// The day on which it is due next: that of the due date, or of a recurring action the next of its days.
        next_due: Option<Day>,
        /// For how many days it has been overdue; `null` when it is not.
        days_overdue: Option<i64>,
        /// How often it comes back, where it does.
        every: Option<String>,
        /// The day on which it comes back, while it is done for now.
        returns: Option<Day>,
        /// Every change of its due date.
        redatings: Vec<RedatingRecord>,
        /// At how many meetings it was still open, after the one that set it.
        times_carried: usize,
        /// Its age in days, until it was closed.
        age_days: Option<i64>,
        /// The last update that says something.
        last_update: Option<HistoryRecord>,
        /// Everything that has happened to it, the oldest first.
        history: Vec<HistoryRecord>,
    }

    /// A part of an action.
    struct PartRecord {
        /// Its label or letter.
        label: String,
        /// The mark, where the part is withheld whole.
        withheld: Option<String>,
        /// What is to be done.
        text: Option<String>,
        /// Who is to do it, where that differs from the action.
        owners: Vec<OwnerRecord>,
        /// By when, as written, where that differs from the action.
        due: Option<String>,
        /// Its rating, where that differs from the action.
        rag: Option<Rag>,
    }

    /// Somebody who is to do something, or who said it.
    struct OwnerRecord {
        /// As it is printed beside an action: "DCC", "ACC (crime)".
        label: String,
        /// The key in the book's register, where there is one.
        key: Option<String>,
        /// The name of the person or body in full.
        name: Option<String>,
        /// The role in which they act.
        role: Option<String>,
        /// The body in full.
        body: Option<String>,
    }

    /// A place in the book: where an action was set, or where something was said of it.
    struct PlaceRecord {
        /// `meeting`, `tracker`, `plan`, `updates`; `earlier` for an action that was set before the book began.
        kind: &'static str,
        /// The title of the document.
        title: String,
        /// The series that looks at it.
        series: Option<String>,
        /// The day of the meeting.
        date: Option<Day>,
        /// The number of the item or the objective.
        item: Option<String>,
        /// The title of the item or the objective.
        item_title: Option<String>,
        /// The file, from the root of the book.
        file: String,
        /// The anchor in the document that is made of the file.
        anchor: Option<String>,
    }

    /// A due date.
    struct DueRecord {
        /// As written: "November 2026 meeting".
        written: String,
        /// The day that it comes to, where one can be worked out.
        date: Option<Day>,
    }

    /// A change of a due date.
    struct RedatingRecord {
        /// When it was changed.
        on: Option<Day>,
        /// The due date before.
        from: Option<DueRecord>,
        /// The due date after.
        to: DueRecord,
        /// Why.
        reason: Option<String>,
    }

    /// Something that has happened to an action.
    struct HistoryRecord {
        /// The day from which it counts.
        date: Option<Day>,
        /// Whether that day was written; otherwise it is the one of the update before it.
        dated: bool,
        /// The mark, where it is withheld whole.
        withheld: Option<String>,
        /// Who said it.
        by: Vec<OwnerRecord>,
        /// Where it was said.
        place as "where": PlaceRecord,
        /// What has happened.
        text: Option<String>,
        /// What was agreed about it.
        stamp: Option<String>,
        /// The new state.
        state: Option<State>,
        /// How long a retained action is kept.
        condition: Option<String>,
        /// The action that replaces it, or of which it has become a part.
        replaced_by: Option<String>,
        /// The new rating.
        rag: Option<Rag>,
        /// The new due date, as written.
        due: Option<String>,
        /// Why state, rating or due date changed.
        reason: Option<String>,
        /// Who is to do it from then on.
        owners: Vec<OwnerRecord>,
        /// How often it comes back from then on.
        every: Option<String>,
        /// What comes next.
        next_actions: Vec<NextRecord>,
        /// A decision that was taken.
        decision: Option<String>,
        /// The titles of papers that were circulated.
        papers: Vec<String>,
    }

    /// What comes next.
    struct NextRecord {
        /// What is to be done.
        text: String,
        /// Who is to do it.
        owners: Vec<OwnerRecord>,
        /// By when, as written.
        due: Option<String>,
    }
}

/// A day; in JSON and CSV as ISO has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

impl Day {
    /// In house style: 28 August 2018.
    pub fn words(self) -> String {
        dates::day(self.0)
    }

    /// As ISO has it: 2018-08-28.
    pub fn iso(self) -> String {
        self.0.to_string()
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl Actions {
    /// The register of some lines of the ledger. `filters` says in words what they were chosen by.
    pub fn new<E: Edition>(
        lines: &[Line<'_, '_, E>],
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
                .iter()
                .map(|line| recorder.action(line, as_at))
                .collect(),
        }
    }
}

impl Counts {
    fn of<E: Edition>(lines: &[Line<'_, '_, E>]) -> Counts {
        let with = |attention| {
            lines
                .iter()
                .filter(|line| line.attention == attention)
                .count()
        };
        Counts {
            total: lines.len(),
            overdue: with(Attention::Overdue),
            due_now: with(Attention::DueNow),
            no_update: with(Attention::NoUpdate),
            proposed: with(Attention::Proposed),
            open: with(Attention::Open),
            new: with(Attention::New),
            closed: with(Attention::Closed),
        }
    }

    /// How many need this.
    pub fn with(&self, attention: Attention) -> usize {
        match attention {
            Attention::Overdue => self.overdue,
            Attention::DueNow => self.due_now,
            Attention::NoUpdate => self.no_update,
            Attention::Proposed => self.proposed,
            Attention::Open => self.open,
            Attention::New => self.new,
            Attention::Closed => self.closed,
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
            entry,
            standing,
            attention,
        } = line;
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
            attention: *attention,
            withheld: entry.mark().map(|mark| words.mark(mark)),
            text: entry.text().map(|text| words.text(text)),
            parts: self.parts(entry),
            state: standing.state,
            since: standing.since.map(Day),
            condition: standing.condition.map(|text| words.text(text)),
            replaced_by: standing.replaced_by.map(|text| words.line(text)),
            closed_on: standing.closed().map(Day),
            rag: standing.rag,
            owners: self.owners(standing.owners.iter().copied(), owned_since),
            set: entry.set.map(Day),
            source: self.home(entry),
            original_due: standing.original_due.as_ref().map(|due| words.due(due)),
            due: standing.due.as_ref().map(|due| words.due(due)),
            next_due: standing.due_day().map(Day),
            days_overdue: standing.days_overdue(as_at),
            every: standing.every.map(|every| words.line(&every.rhythm)),
            returns: standing.returns().map(Day),
            redatings: redatings.collect(),
            times_carried: standing.carried,
            age_days: standing.age(as_at),
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
        let mut place = self.document("meeting", self.title(meeting), source, anchor);
        place.date = meeting.date.day().map(Day);
        place.item = number
            .filter(|number| !number.is_empty())
            .map(str::to_owned);
        let title = item.and_then(|item| item.title.as_ref());
        place.item_title = title.map(|title| self.words.line(title));
        with_series(place, meeting.series.as_deref())
    }

    /// The title of a meeting: its own, or that of its series with the month.
    fn title(&self, meeting: &Meeting<E>) -> String {
        if let Some(title) = &meeting.title {
            return self.words.line(title);
        }
        let series = meeting.series.as_deref();
        let series = series.and_then(|series| self.words.settings.series.get(series));
        let title = series.map_or_else(
            || "Meeting".to_owned(),
            |series| self.words.line(&series.title),
        );
        match meeting.date.day() {
            Some(day) => format!("{title}, {}", dates::month(day.year(), day.month())),
            None => title,
        }
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

/// "12 days overdue".
pub fn overdue(days: i64) -> String {
    format!("{} overdue", counted(days, "day"))
}

/// "1 day", "12 days".
pub fn counted(count: i64, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

impl PlaceRecord {
    /// In a line: "Monthly assurance meeting, July 2026, item 2.1: Repeat victims".
    pub fn words(&self) -> String {
        let mut words = self.title.clone();
        if let Some(item) = &self.item {
            let what = match self.kind {
                "plan" => "objective ",
                _ if item.starts_with(|c: char| c.is_ascii_digit()) => "item ",
                _ => "",
            };
            words.push_str(&format!(", {what}{item}"));
        }
        if let Some(title) = &self.item_title {
            words.push_str(&format!(": {title}"));
        }
        words
    }
}

impl PartRecord {
    /// In a line: "(b) the south; owner ACC (crime), due 31 July 2026, RAG red".
    pub fn words(&self) -> String {
        let said = [&self.withheld, &self.text].into_iter().flatten();
        let said: Vec<String> = said.map(|words| one_line(words)).collect();
        let owners: Vec<&str> = self.owners.iter().map(|one| one.label.as_str()).collect();
        let mut facts = Vec::new();
        if !owners.is_empty() {
            facts.push(format!("owner {}", owners.join(" and ")));
        }
        facts.extend(self.due.as_ref().map(|due| format!("due {due}")));
        facts.extend(self.rag.map(|rag| format!("RAG {}", rag.word())));
        let mut words = format!("({}) {}", self.label, said.join(": "));
        if !facts.is_empty() {
            words.push_str(&format!("; {}", facts.join(", ")));
        }
        words
    }
}

impl ActionRecord {
    /// Everybody who is to do it, as printed.
    pub fn owner_words(&self) -> String {
        let labels: Vec<&str> = self.owners.iter().map(|one| one.label.as_str()).collect();
        labels.join("; ")
    }

    /// The state in words, with what belongs to it.
    pub fn state_words(&self) -> String {
        let label = self.state.label();
        match (&self.condition, &self.replaced_by) {
            (Some(condition), _) => format!("{label}: {condition}"),
            (None, Some(other)) => match self.state {
                State::Merged => format!("{label} into {other}"),
                _ => format!("{label} by {other}"),
            },
            (None, None) => label.to_owned(),
        }
    }
}
