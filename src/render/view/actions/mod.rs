//! The view of a sheet of actions: the register, a chair's sheet, an owner's sheet.
//!
//! In: the actions that were chosen, in the order in which a chair needs them. `rows` says what stands of each of them,
//! `numbers` and `chart` what the series has done over time.

mod chart;
mod numbers;
mod rows;

pub use numbers::{FiguresView, PeriodView};
pub use rows::{RowView, UpdateView};

use super::about::About;
use super::document::Scribe;
use super::{Fact, Frame, written};
use crate::ledger::{Attention, Line};
use crate::model::Edition;
use crate::model::meeting::Status;
use crate::model::outline::Outline;
use crate::model::party::Party;
use crate::model::register::Entry;
use crate::render::dates;
use crate::render::footnotes::Bodies;
use crate::render::format::{Format, Ready};
use crate::render::library::Library;
use crate::render::pdf::Furniture;
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

/// What a sheet of actions is to be.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// For whom it is.
    pub kind: SheetKind,
    /// The day as at which it is printed.
    pub as_at: NaiveDate,
    /// The key of the series whose actions they are; `None` for those of the whole book.
    pub series: Option<String>,
    /// How the actions were chosen, in words: "owned by the DCC", "due before 1 January 2027".
    pub filter_words: Vec<String>,
}

/// For whom a sheet of actions is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetKind {
    /// For everybody: every action that was chosen, with what stands of it.
    Register,
    /// For the chair: what to look at first, in a page or two.
    Chair,
    /// For an owner, by the key in the register: what to do by when.
    Owner(String),
    /// For everybody: what the series has done over time.
    Figures,
}

/// The view of a sheet of actions. The fields of the frame stand beside its own.
#[derive(Debug, Serialize)]
pub struct SheetPage {
    /// What stands around it.
    #[serde(flatten)]
    pub frame: Frame,
    /// `register`, `chair`, `owner` or `figures`.
    pub kind: &'static str,
    /// What stands at the head: on a chair's sheet the series, elsewhere the title.
    pub heading: Ready,
    /// As at, series, owner, how the actions were chosen.
    pub facts: Vec<Fact>,
    /// How many actions need what.
    pub counts: Vec<CountView>,
    /// How many actions there are.
    pub total: usize,
    /// The actions, by what they need.
    pub groups: Vec<GroupView>,
    /// The label of the owner.
    pub owners_label: Ready,
    /// The label of the due date.
    pub due_label: Ready,
    /// What the series has done over time.
    pub figures: Option<FiguresView>,
}

/// How many actions need something.
#[derive(Debug, Serialize)]
pub struct CountView {
    /// What they need.
    pub label: Ready,
    /// How many they are.
    pub count: usize,
}

/// Actions that need the same.
#[derive(Debug, Serialize)]
pub struct GroupView {
    /// The anchor.
    pub anchor: &'static str,
    /// What they need.
    pub title: Ready,
    /// Whether a line is enough for each of them.
    pub short: bool,
    /// The actions.
    pub rows: Vec<RowView>,
}

/// Why an action is on a sheet. What this edition does not know needs nothing that it could say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Known(Attention),
    Withheld,
}

impl Group {
    fn of<E: Edition>(line: &Line<'_, '_, E>) -> Group {
        match line.entry.text() {
            Some(_) => Group::Known(line.attention),
            None => Group::Withheld,
        }
    }

    fn label(self) -> &'static str {
        match self {
            Group::Known(attention) => attention.label(),
            Group::Withheld => "Withheld",
        }
    }

    fn anchor(self) -> &'static str {
        match self {
            Group::Known(attention) => attention.word(),
            Group::Withheld => "withheld",
        }
    }
}

impl SheetKind {
    fn word(&self) -> &'static str {
        match self {
            SheetKind::Register => "register",
            SheetKind::Chair => "chair",
            SheetKind::Owner(_) => "owner",
            SheetKind::Figures => "figures",
        }
    }

    /// The groups of a sheet in its order. What is new comes before what can wait; what is closed is for the register.
    fn groups(&self) -> Vec<Group> {
        let known: Vec<Attention> = match self {
            SheetKind::Register => Attention::ALL.to_vec(),
            SheetKind::Chair | SheetKind::Owner(_) => vec![
                Attention::Overdue,
                Attention::DueNow,
                Attention::NoUpdate,
                Attention::Proposed,
                Attention::New,
                Attention::Open,
            ],
            SheetKind::Figures => return Vec::new(),
        };
        let known = known.into_iter().map(Group::Known);
        known.chain([Group::Withheld]).collect()
    }
}

/// Makes the view of a sheet for a format.
pub(in crate::render) fn page<E: Edition>(
    lines: &[&Line<'_, '_, E>],
    sheet: &Sheet,
    library: &Library<'_, E>,
    format: Format,
) -> (SheetPage, Bodies) {
    let about = about(lines, sheet, library);
    let outline = Outline::default();
    written(&about, &outline, library, format, |scribe| {
        Sheets { scribe, sheet }.page(lines)
    })
}

/// What stands on every page of the PDF.
pub(in crate::render) fn furniture<E: Edition>(
    sheet: &Sheet,
    library: &Library<'_, E>,
) -> Furniture {
    let about = about(&[], sheet, library);
    let outline = Outline::default();
    let write = |scribe: Scribe<'_, '_, E>| {
        let title = Sheets { scribe, sheet }.plain_title();
        Furniture {
            version: Some(format!("As at {}", dates::day(sheet.as_at))),
            ..scribe.furniture(title)
        }
    };
    written(&about, &outline, library, Format::Html, write).0
}

fn about<'d, E: Edition>(
    lines: &[&Line<'_, '_, E>],
    sheet: &'d Sheet,
    library: &Library<'d, E>,
) -> About<'d, E> {
    let kind = match sheet.kind {
        SheetKind::Register => "Register of actions",
        SheetKind::Chair => "Chair\u{2019}s sheet of actions",
        SheetKind::Owner(_) => "Owner\u{2019}s sheet of actions",
        SheetKind::Figures => "Figures on actions",
    };
    About {
        kind: (kind, "as at"),
        subjects: Vec::new(),
        this: match sheet.kind {
            SheetKind::Register => "this register",
            SheetKind::Chair | SheetKind::Owner(_) | SheetKind::Figures => "this sheet",
        },
        is_plural: false,
        day: Some(sheet.as_at),
        series: sheet.series.as_deref(),
        // A sheet is made afresh whenever it is needed: there is nothing to approve.
        status: Status::Published,
        approved: None,
        classification: None,
        appendix: None,
        is_extract: false,
        labels: None,
        glossary: &library.settings.glossary,
        // Whoever takes the chair knows them, and has two pages to read.
        explains: sheet.kind != SheetKind::Chair,
        versions: &[],
        withheld: rows::withheld(lines),
        passages: None,
    }
}

/// Writes one sheet.
struct Sheets<'s, 'b, E: Edition> {
    scribe: Scribe<'s, 'b, E>,
    sheet: &'s Sheet,
}

impl<E: Edition> Sheets<'_, '_, E> {
    fn page(&self, lines: &[&Line<'_, '_, E>]) -> SheetPage {
        let scribe = &self.scribe;
        let groups = self.sheet.kind.groups();
        let shown = |group: Group| lines.iter().filter(move |line| Group::of(line) == group);
        let counts = groups.iter().map(|group| CountView {
            label: scribe.plain(group.label()),
            count: shown(*group).count(),
        });
        let counts: Vec<CountView> = counts.collect();
        let owners_label = scribe.labels(|labels| labels.owners.as_ref(), "Owner");
        let due_label = scribe.labels(|labels| labels.due.as_ref(), "Due");
        // In the order of the page, so that an abbreviation is explained where a reader meets it first.
        let mut facts = self.facts();
        if self.sheet.kind == SheetKind::Chair {
            facts.push(self.in_words(&counts));
        }
        let groups = groups.iter().map(|group| GroupView {
            anchor: group.anchor(),
            title: scribe.plain(group.label()),
            short: self.is_short(*group),
            rows: shown(*group)
                .map(|line| self.row(line, self.is_short(*group)))
                .collect(),
        });
        let groups: Vec<GroupView> = groups.filter(|group| !group.rows.is_empty()).collect();
        let figures = self.figures();
        let title = self.plain_title();
        SheetPage {
            frame: scribe.frame(scribe.plain(&title), &title, self.json_ld(&title)),
            kind: self.sheet.kind.word(),
            heading: match (self.sheet.kind == SheetKind::Chair, self.series_title()) {
                (true, Some(series)) => scribe.plain(&series),
                _ => scribe.plain(&title),
            },
            facts,
            total: counts.iter().map(|count| count.count).sum(),
            counts: counts
                .into_iter()
                .filter(|count| count.count > 0 || count.label.as_str() != "Withheld")
                .collect(),
            groups,
            owners_label,
            due_label,
            figures,
        }
    }

    /// How many actions need what, in a line.
    fn in_words(&self, counts: &[CountView]) -> Fact {
        let total: usize = counts.iter().map(|count| count.count).sum();
        let needed = counts.iter().filter(|count| count.count > 0);
        let needed = needed.map(|count| {
            let label = match count.label.as_str() {
                label if label == Attention::Open.label() => "not yet due",
                label => label,
            };
            format!("{} {}", count.count, label.to_lowercase())
        });
        let needed: Vec<String> = needed.collect();
        let words = match total {
            0 => "None".to_owned(),
            total => format!("{total}: {}", needed.join(", ")),
        };
        self.scribe.fact("Actions", self.scribe.plain(&words))
    }

    /// Whether a line is enough for each action of a group.
    fn is_short(&self, group: Group) -> bool {
        let can_wait = matches!(
            group,
            Group::Known(Attention::New | Attention::Open | Attention::NoUpdate)
        );
        self.sheet.kind == SheetKind::Chair && can_wait
    }

    fn plain_title(&self) -> String {
        let day = dates::day(self.sheet.as_at);
        match &self.sheet.kind {
            SheetKind::Register => format!("Register of actions, {day}"),
            SheetKind::Chair => match self.series_title() {
                Some(series) => format!("Chair\u{2019}s sheet: {series}, {day}"),
                None => format!("Chair\u{2019}s sheet, {day}"),
            },
            SheetKind::Figures => match self.series_title() {
                Some(series) => format!("Figures: {series}, {day}"),
                None => format!("Figures, {day}"),
            },
            SheetKind::Owner(key) => format!("Actions of {}, {day}", self.owner_name(key)),
        }
    }

    fn series_title(&self) -> Option<String> {
        let key = self.sheet.series.as_deref()?;
        let series = self.scribe.library.settings.series.get(key)?;
        Some(self.scribe.writer.words(&series.title))
    }

    /// The owner's initials or name, without markup.
    fn owner_name(&self, key: &str) -> String {
        let register = &self.scribe.library.register;
        let entry = register.find(key, self.scribe.day).one();
        let name = entry.and_then(|entry| {
            let initials = entry.initials(self.scribe.day);
            let title = match entry {
                Entry::Person(_, person) => person.post_on(self.scribe.day).title,
                Entry::Body(..) => None,
            };
            entry.name().or(title).or(initials)
        });
        name.map_or_else(|| key.to_owned(), |name| self.scribe.writer.words(name))
    }

    fn facts(&self) -> Vec<Fact> {
        let scribe = &self.scribe;
        let mut facts = vec![scribe.fact("As at", scribe.plain(&dates::weekday(self.sheet.as_at)))];
        let series = self.sheet.series.as_deref();
        if let Some(series) = series.and_then(|key| scribe.library.settings.series.get(key)) {
            // The title of a chair's sheet names the series.
            if matches!(self.sheet.kind, SheetKind::Chair | SheetKind::Figures) {
                facts.extend(self.chair(series.chair.as_ref()));
            } else {
                facts.push(scribe.fact("Series", scribe.writer.title(&series.title)));
            }
            facts.extend(self.last_meeting());
        }
        if let SheetKind::Owner(key) = &self.sheet.kind {
            facts.extend(self.owner(key));
        }
        if !self.sheet.filter_words.is_empty() {
            let words = self.sheet.filter_words.join("; ");
            facts.push(scribe.fact("Selection", scribe.plain(&words)));
        }
        facts
    }

    fn chair(&self, chair: Option<&Party<E>>) -> Option<Fact> {
        let scribe = &self.scribe;
        Some(scribe.fact("Chair", scribe.long(chair?)))
    }

    fn last_meeting(&self) -> Option<Fact> {
        let scribe = &self.scribe;
        let calendar = &scribe.library.ledger.calendar;
        let day = calendar.last_before(self.sheet.series.as_deref()?, self.sheet.as_at)?;
        Some(scribe.fact("Last meeting", scribe.plain(&dates::weekday(day))))
    }

    /// Who the owner is, as the register has it.
    fn owner(&self, key: &str) -> Option<Fact> {
        let scribe = &self.scribe;
        let entry = scribe.library.register.find(key, scribe.day).one()?;
        let post = match entry {
            Entry::Person(_, person) => person.post_on(scribe.day).title,
            Entry::Body(..) => None,
        };
        let words = |text| scribe.writer.title(text).as_str().to_owned();
        let parts: Vec<String> = [entry.name(), post]
            .into_iter()
            .flatten()
            .map(words)
            .collect();
        let initials = entry.initials(scribe.day).map(words);
        let owner = match (parts.is_empty(), initials) {
            (false, Some(initials)) => format!("{} ({initials})", parts.join(", ")),
            (false, None) => parts.join(", "),
            (true, initials) => initials.unwrap_or_else(|| key.to_owned()),
        };
        Some(scribe.fact("Owner", Ready::made(owner)))
    }

    fn json_ld(&self, title: &str) -> serde_json::Value {
        json!({
            "@context": "https://schema.org",
            "@type": "DigitalDocument",
            "name": title,
            "inLanguage": self.scribe.library.settings.language(),
            "publisher": self.scribe.organisation(),
            "temporalCoverage": super::frame::iso(self.sheet.as_at),
        })
    }
}
