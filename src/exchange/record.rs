//! An action and its history as plain data: the shape of the JSON, and what every other format is written from. `recorder`
//! makes it from lines of the ledger.

use super::shape::shapes;
use super::words::one_line;
use crate::ledger::Attention;
use crate::model::action::{Rag, State};
use crate::render::dates;
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
        /// Nothing is known of them in this edition.
        withheld: usize,
    }

    /// One action: what was set, what stands, and everything that has happened.
    struct ActionRecord {
        /// An id that stays the same in every register of the book.
        id: String,
        /// Its ref; `null` for an action that has none yet.
        reference as "ref": Option<String>,
        /// Why it is on the list: `overdue`, `due-now`, `no-update`, `proposed`, `open`, `new` or `closed`;
        /// `null` where nothing is known of it in this edition.
        attention: Option<Attention>,
        /// The mark, where the action is withheld whole: "Withheld: section 31".
        withheld: Option<String>,
        /// What is to be done; `null` where that is withheld.
        text: Option<String>,
        /// Its parts.
        parts: Vec<PartRecord>,
        /// `open`, `retained`, `proposed`, `discharged`, `superseded`, `merged` or `withdrawn`;
        /// `null` where nothing is known of it in this edition.
        state: Option<State>,
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
        times_carried: Option<usize>,
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
        let day = self.0;
        let Some(year) = u32::try_from(day.year()).ok().filter(|year| *year < 10_000) else {
            return day.to_string();
        };
        // A website has tens of thousands of days, and the ways of the library take ten times as long.
        let digit = |number: u32| char::from(b'0' + (number % 10) as u8);
        let two = |number: u32| [digit(number / 10), digit(number)];
        let parts = [two(year / 100), two(year), two(day.month()), two(day.day())];
        let mut text = String::with_capacity(10);
        for (at, part) in parts.iter().enumerate() {
            if at > 1 {
                text.push('-');
            }
            text.extend(part);
        }
        text
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

impl Actions {
    /// What is said of all of them together.
    pub(super) fn without_actions(&self) -> Actions {
        Actions {
            organisation: self.organisation.clone(),
            edition: self.edition,
            as_at: self.as_at,
            filters: self.filters.clone(),
            counts: self.counts.clone(),
            actions: Vec::new(),
        }
    }
}

impl Counts {
    /// How many need this; how many are withheld for `None`.
    pub fn with(&self, attention: Option<Attention>) -> usize {
        match attention {
            Some(Attention::Overdue) => self.overdue,
            Some(Attention::DueNow) => self.due_now,
            Some(Attention::NoUpdate) => self.no_update,
            Some(Attention::Proposed) => self.proposed,
            Some(Attention::Open) => self.open,
            Some(Attention::New) => self.new,
            Some(Attention::Closed) => self.closed,
            None => self.withheld,
        }
    }
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

    /// What it needs in words: the heading under which it stands.
    pub fn need_words(&self) -> &'static str {
        self.attention.map_or("Withheld", Attention::label)
    }

    /// The state in words, with what belongs to it.
    pub fn state_words(&self) -> String {
        let label = self.state.map_or("", State::label);
        match (&self.condition, &self.replaced_by) {
            (Some(condition), _) => format!("{label}: {condition}"),
            (None, Some(other)) if self.state == Some(State::Merged) => {
                format!("{label} into {other}")
            }
            (None, Some(other)) => format!("{label} by {other}"),
            (None, None) => label.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_as_iso_has_them() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        assert_eq!(Day(day(2018, 8, 28)).iso(), "2018-08-28");
        for day in [
            day(1, 2, 3),
            day(999, 12, 31),
            day(2026, 11, 9),
            day(9999, 1, 1),
            day(10_000, 1, 1),
            day(-5, 6, 7),
        ] {
            assert_eq!(Day(day).iso(), day.to_string());
        }
    }
}
