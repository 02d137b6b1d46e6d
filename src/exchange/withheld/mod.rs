//! The record of what a book withholds, for the office: each passage and each entry with its place, its exemptions, why, who
//! decided, when, and the public interest test. In: a book. Out: plain records, as JSON and as CSV, and as pages through
//! `render`; a terminal shows them through `report`. The record holds reasons and names, so
//! every form of it says that it is internal. It repeats the withheld words only where they were asked for.
//!
//! What is said openly of an action that is withheld whole is in the record too (`with_actions`).

mod pages;
mod with_actions;
mod wording;

use super::csv;
use super::record::Day;
use super::shape::{self, shapes};
use super::words::Words;
use crate::check::{Document, Holding, holdings};
use crate::edition::{self, Shelf};
use crate::model::exemption::{Exemption, ExemptionNames};
use crate::model::held::{Ground, Held};
use crate::model::outline::{Outline, letters};
use crate::model::texts::Step;
use crate::model::{Book, Internal, Public, Redact};
use crate::source::{SourceId, Span};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use with_actions::WithActions;

pub use pages::pages;
pub use wording::missing_of;

/// What every form of the record says of itself.
pub const NOTICE: &str =
    "INTERNAL. This record holds reasons and names, and is not for publication.";

/// The same, where the withheld words are in it.
pub const NOTICE_WITH_WORDS: &str = "INTERNAL. This record holds the withheld words, reasons and names, and is not for publication.";

/// What the record is to hold. What is left out does not restrict it.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only what is withheld under one of these exemptions, or under a part of one.
    pub exemptions: Vec<Exemption>,
    /// Only documents of these series, by their keys.
    pub series: Vec<String>,
    /// Only what lacks a reason, who decided it, when, or a public interest test.
    pub incomplete: bool,
    /// The withheld words as well.
    pub words: bool,
}

shapes! {
    /// What a book withholds. It is internal.
    struct WithheldList {
        /// Says that the record is internal.
        notice: &'static str,
        /// Whose book it is.
        organisation: String,
        /// What the record was chosen by, in words; empty for everything.
        filters: Vec<String>,
        /// Every passage and every entry that is withheld, in the order of the book.
        withheld: Vec<WithheldRecord>,
        /// How much that is.
        totals: WithheldTotals,
    }

    /// How much is withheld.
    struct WithheldTotals {
        /// Passages and entries.
        total: usize,
        /// Those for which something is not recorded.
        incomplete: usize,
        /// How many for each exemption; one passage may count for several.
        by_exemption: Vec<ExemptionTotal>,
        /// How many in each file.
        by_document: Vec<DocumentTotal>,
    }

    /// How much is withheld under an exemption.
    struct ExemptionTotal {
        /// Its code; `null` for one that is not known.
        code: Option<String>,
        /// What it is called: "section 31".
        name: String,
        /// What it protects.
        meaning: Option<String>,
        /// Passages and entries.
        count: usize,
    }

    /// How much is withheld in a file.
    struct DocumentTotal {
        /// The file, from the root of the book.
        file: String,
        /// The title of the document.
        title: String,
        /// Passages and entries.
        count: usize,
    }

    /// A passage or an entry that is withheld.
    struct WithheldRecord {
        /// The file, from the root of the book.
        file: String,
        /// The line on which it begins.
        line: usize,
        /// The title of the document.
        title: String,
        /// The series of the document.
        series: Option<String>,
        /// Where in the document it stands: "item 2.1, question 3, findings".
        place as "where": String,
        /// Whether an entry is withheld whole, and not only a passage of a text.
        is_entry as "entry": bool,
        /// The action with which it is withheld, and whose record this is; `null` where it is withheld by itself.
        with_action: Option<String>,
        /// Under which exemptions, each with what is recorded of it.
        grounds: Vec<GroundRecord>,
        /// The withheld words, where they were asked for and kept.
        words: Option<String>,
    }

    /// An exemption that is claimed, and what is recorded of it.
    struct GroundRecord {
        /// Its code; `null` for one that is not known.
        code: Option<String>,
        /// What it is called: "section 31".
        name: String,
        /// What it protects.
        meaning: Option<String>,
        /// Whether it is qualified, so that the public interest must be weighed (section 2(2)(b) of the Act).
        qualified: bool,
        /// Why it applies.
        reason: Option<String>,
        /// Who decided.
        by: Option<String>,
        /// When it was decided: as ISO has it, else as written.
        date: Option<String>,
        /// The public interest test.
        public_interest: Option<String>,
        /// What is not recorded: `reason`, `by`, `date`, `public_interest`.
        missing: Vec<&'static str>,
    }
}

impl WithheldList {
    /// The record of a book.
    pub fn new(book: &Book, wanted: &Wanted, filters: Vec<String>) -> WithheldList {
        let public = edition::public(book);
        let shelf = public.shelf();
        let internal = edition::internal(book);
        let recorder = Recorder {
            book,
            titles: titles(&shelf),
            words: Words::new(&internal),
            names: ExemptionNames::of(&book.settings),
        };
        let mut list = WithheldList {
            notice: match wanted.words {
                true => NOTICE_WITH_WORDS,
                false => NOTICE,
            },
            organisation: shelf.settings.organisation.name.words(),
            filters,
            withheld: Vec::new(),
            totals: WithheldTotals {
                total: 0,
                incomplete: 0,
                by_exemption: Vec::new(),
                by_document: Vec::new(),
            },
        };
        let all = holdings(book);
        let with_actions = WithActions::new(book, &all);
        let mut by_exemption: BTreeMap<&Exemption, usize> = BTreeMap::new();
        for holding in all.iter().filter(|holding| is_of_series(holding, wanted)) {
            let file = WithheldFile {
                holding,
                labels: recorder.outline(holding),
            };
            let held = holding.held.iter().filter(|held| is_wanted(held, wanted));
            let held = held.map(|held| (recorder.record(&file, held, wanted.words), held));
            let with_actions = with_actions.records(&recorder, &file, wanted);
            let mut records: Vec<(WithheldRecord, &Held<'_>)> = held.chain(with_actions).collect();
            records.sort_by_key(|(record, _)| record.line);
            for ground in records.iter().flat_map(|(_, held)| &held.grounds) {
                *by_exemption.entry(ground.exemption).or_default() += 1;
            }
            list.add(records.into_iter().map(|(record, _)| record).collect());
        }
        let total = |(exemption, count): (&Exemption, usize)| ExemptionTotal {
            code: recorder.code(exemption),
            name: recorder.names.words(std::slice::from_ref(exemption)),
            meaning: exemption.meaning().map(str::to_owned),
            count,
        };
        list.totals.by_exemption = by_exemption.into_iter().map(total).collect();
        list
    }

    /// Adds what is withheld in a file.
    fn add(&mut self, records: Vec<WithheldRecord>) {
        let Some(first) = records.first() else {
            return;
        };
        let lacks_something = |record: &&WithheldRecord| {
            let mut grounds = record.grounds.iter();
            grounds.any(|ground| !ground.missing.is_empty())
        };
        self.totals.total += records.len();
        self.totals.incomplete += records.iter().filter(lacks_something).count();
        self.totals.by_document.push(DocumentTotal {
            file: first.file.clone(),
            title: first.title.clone(),
            count: records.len(),
        });
        self.withheld.extend(records);
    }
}

/// A file that may withhold something, and what everything in it is called.
struct WithheldFile<'h, 'b> {
    holding: &'h Holding<'b>,
    labels: BTreeMap<Span, String>,
}

fn is_of_series(holding: &Holding<'_>, wanted: &Wanted) -> bool {
    let series = holding.document.and_then(Document::series);
    wanted.series.is_empty() || series.is_some_and(|series| wanted.series.contains(&series.text))
}

fn is_wanted(held: &Held<'_>, wanted: &Wanted) -> bool {
    let fits = |ground: &Ground<'_>| {
        wanted.exemptions.is_empty()
            || wanted.exemptions.iter().any(|one| {
                let code = ground.exemption.code();
                code == one.code() || code.starts_with(&format!("{}(", one.code()))
            })
    };
    held.grounds.iter().any(fits) && (!wanted.incomplete || is_incomplete(held))
}

fn is_incomplete(held: &Held<'_>) -> bool {
    held.grounds
        .iter()
        .any(|ground| !missing(ground).is_empty())
}

fn missing(ground: &Ground<'_>) -> Vec<&'static str> {
    let fields = [
        ("reason", ground.reason.is_none()),
        ("by", ground.by.is_none()),
        ("date", ground.date.is_none()),
        ("public_interest", ground.lacks_public_interest()),
    ];
    let missing = fields.into_iter().filter(|(_, is_missing)| *is_missing);
    missing.map(|(field, _)| field).collect()
}

/// The titles of the documents, in their public words.
fn titles(shelf: &Shelf<'_, Public>) -> BTreeMap<SourceId, String> {
    let words = Words::new(shelf);
    let meetings = shelf.meetings.iter();
    let meetings = meetings.map(|one| (one.source, words.meeting_title(one.meeting)));
    let trackers = shelf.trackers.iter().map(|one| {
        let title = one.content.title.as_ref().or(one.content.group.as_ref());
        (
            one.source,
            title.map_or_else(|| "Tracker".to_owned(), |title| words.line(title)),
        )
    });
    let plans = shelf.plans.iter();
    let plans = plans.map(|one| (one.source, words.line(&one.content.title)));
    let updates = shelf.updates.iter();
    let updates = updates.map(|one| (one.source, "Updates between meetings".to_owned()));
    meetings
        .chain(trackers)
        .chain(plans)
        .chain(updates)
        .collect()
}

/// Makes the records.
struct Recorder<'b> {
    book: &'b Book,
    titles: BTreeMap<SourceId, String>,
    words: Words<'b, Internal>,
    names: ExemptionNames,
}

impl Recorder<'_> {
    fn file(&self, source: SourceId) -> String {
        let path = &self.book.sources.get(source).path;
        path.to_string_lossy().replace('\\', "/")
    }

    fn title(&self, holding: &Holding<'_>) -> String {
        let title = self.titles.get(&holding.source);
        title
            .cloned()
            .unwrap_or_else(|| "Settings of the book".to_owned())
    }

    /// The numbers of the public edition: an entry that is withheld keeps its own there.
    fn outline(&self, holding: &Holding<'_>) -> BTreeMap<Span, String> {
        let outline = holding.document.map(|document| {
            let series = document.series_of(self.book);
            document.public_outline(series)
        });
        let Outline { targets, .. } = outline.unwrap_or_default();
        let labels = targets
            .into_iter()
            .map(|target| (target.span, target.label));
        labels.collect()
    }

    fn record(
        &self,
        file: &WithheldFile<'_, '_>,
        held: &Held<'_>,
        with_words: bool,
    ) -> WithheldRecord {
        let grounds = held.grounds.iter().map(|ground| self.ground(ground));
        WithheldRecord {
            place: place(held, &file.labels),
            is_entry: held.is_entry,
            grounds: grounds.collect(),
            words: Some(held.words.clone()).filter(|words| with_words && !words.is_empty()),
            ..self.blank(file.holding, held.place)
        }
    }

    /// A record of which only the place is known.
    fn blank(&self, holding: &Holding<'_>, place: Span) -> WithheldRecord {
        let series = holding.document.and_then(Document::series);
        WithheldRecord {
            file: self.file(holding.source),
            line: self.book.sources.place(place).line,
            title: self.title(holding),
            series: series.map(|series| series.text.clone()),
            place: String::new(),
            is_entry: false,
            with_action: None,
            grounds: Vec::new(),
            words: None,
        }
    }

    fn ground(&self, ground: &Ground<'_>) -> GroundRecord {
        let day = ground.date.and_then(|date| date.day());
        let written = ground.date.map(|date| self.words.line(&date.written));
        GroundRecord {
            code: self.code(ground.exemption),
            name: self.names.words(std::slice::from_ref(ground.exemption)),
            meaning: ground.exemption.meaning().map(str::to_owned),
            qualified: ground.exemption.is_qualified(),
            reason: ground.reason.map(|text| self.words.text(text)),
            by: ground.by.map(|by| self.words.full(by, day)),
            date: day.map(|day| Day(day).iso()).or(written),
            public_interest: ground.public_interest.map(|text| self.words.text(text)),
            missing: missing(ground),
        }
    }

    /// A code that is not known may be the secret itself, written in the wrong place.
    fn code(&self, exemption: &Exemption) -> Option<String> {
        let own = self.book.settings.exemptions.keys();
        let is_known = exemption.is_known() || own.map(Exemption::new).any(|own| own == *exemption);
        is_known.then(|| exemption.code().to_owned())
    }
}

/// "item 2.1, question 3, findings".
fn place(held: &Held<'_>, labels: &BTreeMap<Span, String>) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut field = "";
    for (at, step) in held.path.iter().enumerate() {
        let label = match labels.get(&step.span) {
            Some(label) => Some(label.clone()),
            None => own_label(step),
        };
        match label {
            Some(label) => words.push(label),
            None if at == 0 => {}
            None => continue,
        }
        field = step.field;
    }
    words.dedup();
    // The number of an item begins with those of the items above it.
    let is_item = |word: &String| word.split(' ').next() == Some("item");
    let above = words
        .iter()
        .filter(|word| is_item(word))
        .count()
        .saturating_sub(1);
    words.drain(..above);
    if !field.is_empty() {
        words.push(field.replace('_', " "));
    }
    words.join(", ")
}

/// What a record is called that has no number in the document's outline; nothing for those that need no name.
fn own_label(step: &Step<'_>) -> Option<String> {
    let own = step.label.map(|label| label.redact().words());
    let own = own.filter(|label| !label.is_empty());
    let with = |what: &str| match &own {
        Some(own) => format!("{what} {own}"),
        None => what.to_owned(),
    };
    match step.what {
        "a part" => Some(own.unwrap_or_else(|| letters(step.nth as u32 + 1)))
            .map(|own| format!("part {own}")),
        "an update" if own.is_some() => Some(with("update of")),
        "an update" => Some("update".to_owned()),
        "a matter arising" => Some(with("matter arising")),
        "an item" | "a question" | "an action" | "an objective" => Some(with(
            step.what
                .split_once(' ')
                .map_or(step.what, |(_, what)| what),
        )),
        _ => None,
    }
}

/// The record as JSON, indented, with a line end at its end.
///
/// # Errors
/// Never for records that this program makes.
pub fn json(list: &WithheldList) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(list)? + "\n")
}

/// The JSON Schema of the record as JSON.
pub fn schema() -> Value {
    shape::document::<WithheldList>("What a book withholds")
}

/// The headings of the CSV, in the order of the columns.
const COLUMNS: [&str; 16] = [
    "Marking",
    "File",
    "Line",
    "Document",
    "Series",
    "Where",
    "Withheld",
    "Exemption",
    "Meaning",
    "Qualified",
    "Reason",
    "Decided by",
    "Decided on",
    "Public interest test",
    "Missing",
    "Words",
];

/// The record for spreadsheets: a row for each exemption of each passage and entry. Every row says that it is internal.
///
/// # Errors
/// Never: it is written to memory.
pub fn csv(list: &WithheldList) -> io::Result<String> {
    let rows = list.withheld.iter().flat_map(|one| {
        let grounds = one.grounds.iter();
        grounds.map(move |ground| row(one, ground))
    });
    csv::text(&COLUMNS, rows)
}

fn row(one: &WithheldRecord, ground: &GroundRecord) -> Vec<String> {
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        "INTERNAL: not for publication".to_owned(),
        one.file.clone(),
        one.line.to_string(),
        one.title.clone(),
        or_empty(&one.series),
        one.place.clone(),
        match (one.is_entry, &one.with_action) {
            (_, Some(action)) => format!("whole entry, with action {action}"),
            (true, None) => "whole entry".to_owned(),
            (false, None) => "passage".to_owned(),
        },
        ground.name.clone(),
        or_empty(&ground.meaning),
        match ground.qualified {
            true => "yes".to_owned(),
            false => "no".to_owned(),
        },
        or_empty(&ground.reason),
        or_empty(&ground.by),
        or_empty(&ground.date),
        or_empty(&ground.public_interest),
        ground.missing_words(),
        or_empty(&one.words),
    ]
}
