//! The documents of a book, whatever their kind, as lints look at them.

use super::lint::Shown;
use super::parts::Parts;
use crate::model::date::Date;
use crate::model::held::{Held, Records, held};
use crate::model::meeting::{Meeting, Status};
use crate::model::outline::Outline;
use crate::model::settings::{Keyed, Series};
use crate::model::text::Text;
use crate::model::texts::Met;
use crate::model::tracker::{Omitted, Plan, Reference, Tracker, Updates, Version};
use crate::model::withheld::{PassageRecord, Row};
use crate::model::word::Word;
use crate::model::{Book, HasTexts, Redact};
use crate::source::{SourceId, Span};
use chrono::NaiveDate;
use rayon::prelude::*;

/// A document.
#[derive(Clone, Copy)]
pub enum Document<'b> {
    /// The notes of a meeting.
    Meeting(&'b Meeting),
    /// A tracker.
    Tracker(&'b Tracker),
    /// A plan.
    Plan(&'b Plan),
    /// A file of updates.
    Updates(&'b Updates),
}

/// What a file of the book withholds.
pub struct Holding<'b> {
    /// The file.
    pub source: SourceId,
    /// The document in it; `None` for `minutebook.yaml`.
    pub document: Option<Document<'b>>,
    /// What it withholds, in the order of the file.
    pub held: Vec<Held<'b>>,
}

/// What each file of a book withholds, `minutebook.yaml` first.
pub fn holdings(book: &Book) -> Vec<Holding<'_>> {
    let documents = all(book);
    let mut holdings: Vec<Holding<'_>> = documents
        .into_par_iter()
        .map(|document| Holding {
            source: document.span().source,
            document: Some(document),
            held: document.held(book),
        })
        .collect();
    let settings = &book.settings;
    let shared = &settings.passages.records;
    let records = Records { own: &[], shared };
    let outline = Outline::default();
    holdings.insert(
        0,
        Holding {
            source: settings.span.source,
            document: None,
            held: held(settings, &outline, records, &book.sources),
        },
    );
    holdings
}

/// A document with its parts and texts.
pub struct Gathered<'b> {
    /// The document.
    pub document: Document<'b>,
    /// Its items, questions, actions, dates and people.
    pub parts: Parts<'b>,
    /// Every text, in the order of the file.
    pub texts: Vec<Shown<'b>>,
}

/// Every document of a book with its parts and texts: meetings, trackers, plans, files of updates.
pub(super) fn gathered(book: &Book) -> Vec<Gathered<'_>> {
    all(book)
        .into_par_iter()
        .map(|document| Gathered {
            document,
            parts: Parts::of(document),
            texts: Shown::of(document.all_texts()),
        })
        .collect()
}

/// Every document of a book.
fn all(book: &Book) -> Vec<Document<'_>> {
    let meetings = book.meetings.iter();
    let meetings = meetings.map(|document| Document::Meeting(&document.meeting));
    let trackers = book.trackers.iter();
    let trackers = trackers.map(|filed| Document::Tracker(&filed.content));
    let plans = book.plans.iter();
    let plans = plans.map(|filed| Document::Plan(&filed.content));
    let updates = book.updates.iter();
    let updates = updates.map(|filed| Document::Updates(&filed.content));
    meetings
        .chain(trackers)
        .chain(plans)
        .chain(updates)
        .collect()
}

impl<'b> Document<'b> {
    /// What it is, in a message.
    pub fn what(self) -> &'static str {
        match self {
            Document::Meeting(_) => "meeting",
            Document::Tracker(_) => "tracker",
            Document::Plan(_) => "plan",
            Document::Updates(_) => "file of updates",
        }
    }

    /// The meeting, where it is one.
    pub fn meeting(self) -> Option<&'b Meeting> {
        match self {
            Document::Meeting(meeting) => Some(meeting),
            _ => None,
        }
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        match self {
            Document::Meeting(meeting) => meeting.span,
            Document::Tracker(tracker) => tracker.span,
            Document::Plan(plan) => plan.span,
            Document::Updates(updates) => updates.span,
        }
    }

    /// The series that it belongs to.
    pub fn series(self) -> Option<&'b Word> {
        match self {
            Document::Meeting(meeting) => meeting.series.as_ref(),
            Document::Tracker(tracker) => tracker.series.as_ref(),
            Document::Plan(plan) => plan.series.as_ref(),
            Document::Updates(_) => None,
        }
    }

    /// How far it is, where it says so. A file of updates is no document for readers.
    pub fn status(self) -> Option<Status> {
        match self {
            Document::Meeting(meeting) => meeting.status,
            Document::Tracker(tracker) => tracker.status,
            Document::Plan(plan) => plan.status,
            Document::Updates(_) => None,
        }
    }

    /// Its own abbreviations.
    pub fn glossary(self) -> Option<&'b Keyed<Text>> {
        match self {
            Document::Meeting(meeting) => Some(&meeting.glossary),
            Document::Tracker(tracker) => Some(&tracker.glossary),
            Document::Plan(plan) => Some(&plan.glossary),
            Document::Updates(_) => None,
        }
    }

    /// The publications that its actions rest on.
    pub fn sources(self) -> Option<&'b Keyed<Reference>> {
        match self {
            Document::Tracker(tracker) => Some(&tracker.sources),
            Document::Plan(plan) => Some(&plan.sources),
            Document::Meeting(_) | Document::Updates(_) => None,
        }
    }

    /// Its versions.
    pub fn versions(self) -> &'b [Version] {
        match self {
            Document::Tracker(tracker) => &tracker.versions,
            Document::Plan(plan) => &plan.versions,
            Document::Meeting(meeting) => &meeting.versions,
            Document::Updates(_) => &[],
        }
    }

    /// The refs that it leaves out on purpose, and whether no word of them is public.
    pub fn omitted(self) -> Vec<(&'b Omitted, bool)> {
        match self {
            Document::Tracker(tracker) => tracker.omitted.iter().map(|one| (one, false)).collect(),
            Document::Plan(plan) => plan
                .objectives
                .iter()
                .filter_map(|row| Some((row.known()?, row.mark().is_some())))
                .flat_map(|(objective, withheld)| {
                    objective.omitted.iter().map(move |one| (one, withheld))
                })
                .collect(),
            Document::Meeting(_) | Document::Updates(_) => Vec::new(),
        }
    }

    /// The date that it gives itself.
    pub fn date(self) -> Option<&'b Date> {
        match self {
            Document::Meeting(meeting) => Some(&meeting.date),
            Document::Tracker(tracker) => tracker.date.as_ref(),
            Document::Plan(plan) => plan.date.as_ref(),
            Document::Updates(_) => None,
        }
    }

    /// The day as at which it is read: that of the meeting; else its own, or that of the last update in it.
    pub fn day(self) -> Option<NaiveDate> {
        let own = self.date().and_then(Date::day);
        let updated = || match self {
            Document::Meeting(_) => None,
            Document::Tracker(tracker) => last_update(&tracker.actions),
            Document::Plan(plan) => {
                let objectives = plan.objectives.iter().filter_map(Row::known);
                objectives
                    .filter_map(|objective| last_update(&objective.actions))
                    .max()
            }
            Document::Updates(updates) => {
                let updates = updates.updates.iter().filter_map(Row::known);
                updates.filter_map(|one| one.date.as_ref()?.day()).max()
            }
        };
        own.or_else(updated)
    }

    /// The records that explain its passages.
    pub fn passages(self) -> &'b [PassageRecord] {
        match self {
            Document::Meeting(meeting) => &meeting.passages.records,
            Document::Tracker(tracker) => &tracker.passages.records,
            Document::Plan(plan) => &plan.passages.records,
            Document::Updates(updates) => &updates.passages.records,
        }
    }

    /// What it withholds, in the order of the file.
    fn held(self, book: &'b Book) -> Vec<Held<'b>> {
        let records = Records {
            own: self.passages(),
            shared: &book.settings.passages.records,
        };
        // Numbers are needed only where a record names one.
        let outline = match records.own.iter().any(|record| !record.at.is_empty()) {
            true => self.outline(self.series_of(book)),
            false => Outline::default(),
        };
        let sources = &book.sources;
        match self {
            Document::Meeting(meeting) => held(meeting, &outline, records, sources),
            Document::Tracker(tracker) => held(tracker, &outline, records, sources),
            Document::Plan(plan) => held(plan, &outline, records, sources),
            Document::Updates(updates) => held(updates, &outline, records, sources),
        }
    }

    /// The series that it belongs to, as far as the book has it.
    pub fn series_of(self, book: &'b Book) -> Option<&'b Series> {
        self.series().and_then(|key| book.settings.series.get(key))
    }

    /// Every text of it, as the walk meets them.
    pub(super) fn all_texts(self) -> Vec<Met<'b>> {
        match self {
            Document::Meeting(meeting) => meeting.all_texts(),
            Document::Tracker(tracker) => tracker.all_texts(),
            Document::Plan(plan) => plan.all_texts(),
            Document::Updates(updates) => updates.all_texts(),
        }
    }

    /// Its numbers and anchors.
    pub(super) fn outline(self, series: Option<&Series>) -> Outline {
        match self {
            Document::Meeting(meeting) => Outline::of(meeting, series),
            Document::Tracker(tracker) => Outline::of_tracker(tracker),
            Document::Plan(plan) => Outline::of_plan(plan),
            Document::Updates(_) => Outline::default(),
        }
    }

    /// The numbers and anchors of its public edition.
    pub fn public_outline(self, series: Option<&Series>) -> Outline {
        match self {
            Document::Meeting(meeting) => {
                Outline::of(&meeting.redact(), series.map(Redact::redact).as_ref())
            }
            Document::Tracker(tracker) => Outline::of_tracker(&tracker.redact()),
            Document::Plan(plan) => Outline::of_plan(&plan.redact()),
            Document::Updates(_) => Outline::default(),
        }
    }
}

fn last_update(
    actions: &[Row<crate::model::Internal, crate::model::action::Action>],
) -> Option<NaiveDate> {
    let actions = actions.iter().filter_map(Row::known);
    let updates = actions.flat_map(|action| action.updates.iter().filter_map(Row::known));
    updates
        .filter_map(|update| update.date.as_ref()?.day())
        .max()
}
