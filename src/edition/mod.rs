//! From the internal edition to the public one. In: a book. Out: everything that documents are made of, in one edition,
//! borrowed or made. A public shelf is built from types that have no place for withheld text. What is said later of an action that is
//! withheld whole is withheld with it (`later`). `lines` has the public words of a document, as they are kept of a release.

mod later;
mod lines;

pub use later::{SaidLater, WithheldActions};
pub use lines::PublicLines;

use crate::model::exemption::Exemption;
use crate::model::meeting::{Meeting, Status};
use crate::model::settings::Settings;
use crate::model::tracker::{Plan, Tracker, Updates};
use crate::model::{Book, Document, Edition, Filed, HasTexts, Internal, Logo, Public, Redact};
use crate::source::SourceId;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a book has, in one edition.
pub struct Shelf<'b, E: Edition> {
    /// The settings.
    pub settings: &'b Settings<E>,
    /// The logo.
    pub logo: Option<&'b Logo>,
    /// Fonts for characters that the built-in ones lack.
    pub fonts: &'b [Arc<Vec<u8>>],
    /// The meetings, in the order of the book.
    pub meetings: Vec<Shelved<'b, E>>,
    /// The trackers.
    pub trackers: Vec<Placed<'b, Tracker<E>>>,
    /// The plans.
    pub plans: Vec<Placed<'b, Plan<E>>>,
    /// The files of updates.
    pub updates: Vec<Placed<'b, Updates<E>>>,
    /// The actions of the whole book of which nothing more is said on this shelf; none in the internal edition.
    pub withheld_actions: Arc<WithheldActions>,
}

impl Shelf<'_, Public> {
    /// What is published of it: nobody outside has read a draft, nor what a draft says of an action. Files of updates have
    /// no status of their own: what they say of an action shows where the action is published.
    #[must_use]
    pub fn published(mut self) -> Self {
        let is = |status: Option<Status>| status == Some(Status::Published);
        self.meetings.retain(|one| is(one.meeting.status));
        self.trackers.retain(|one| is(one.content.status));
        self.plans.retain(|one| is(one.content.status));
        self
    }
}

/// Anything of a shelf but a meeting.
pub struct Placed<'b, T> {
    /// The file that it was read from.
    pub source: SourceId,
    /// What stands in it.
    pub content: &'b T,
    /// How often each exemption was used in it.
    pub withheld: Tally,
}

/// A meeting of a shelf.
pub struct Shelved<'b, E: Edition> {
    /// The file that it was read from.
    pub source: SourceId,
    /// The meeting.
    pub meeting: &'b Meeting<E>,
    /// How often each exemption was used in it. The public edition says so too.
    pub withheld: Tally,
}

/// How often each exemption was used, and how many passages and entries that makes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passages and entries that are withheld.
    pub total: usize,
    /// The number for each exemption. One passage may count for several.
    pub by_exemption: BTreeMap<Exemption, usize>,
}

impl Tally {
    /// Counts what is withheld in a document.
    pub fn of(document: &impl HasTexts) -> Tally {
        let mut tally = Tally::default();
        for exemptions in document.all_withheld() {
            tally.add(&exemptions);
        }
        tally
    }

    /// Counts one more passage or entry.
    pub fn add(&mut self, exemptions: &[Exemption]) {
        self.total += 1;
        for exemption in exemptions {
            *self.by_exemption.entry(exemption.clone()).or_default() += 1;
        }
    }
}

/// A book in its public edition.
pub struct PublicBook {
    settings: Settings<Public>,
    logo: Option<Logo>,
    fonts: Vec<Arc<Vec<u8>>>,
    meetings: Vec<(SourceId, Meeting<Public>, Tally)>,
    trackers: Vec<(SourceId, Tracker<Public>, Tally)>,
    plans: Vec<(SourceId, Plan<Public>, Tally)>,
    updates: Vec<(SourceId, Updates<Public>, Tally)>,
    withheld_actions: Arc<WithheldActions>,
}

/// Makes the public edition of a book.
pub fn public(book: &Book) -> PublicBook {
    let actions = WithheldActions::of(book);
    let meetings = book.meetings.par_iter();
    let meetings = meetings.map(|document| redacted(document, &actions));
    let meetings = meetings.collect();
    without_meetings(book, actions, meetings)
}

/// Makes the public edition of a book in place of its meetings, so that a large book is not held twice.
pub fn make_public(book: &mut Book) -> PublicBook {
    let actions = WithheldActions::of(book);
    let meetings = std::mem::take(&mut book.meetings).into_par_iter();
    let meetings = meetings.map(|document| redacted(&document, &actions));
    let meetings = meetings.collect();
    without_meetings(book, actions, meetings)
}

fn without_meetings(
    book: &Book,
    actions: WithheldActions,
    meetings: Vec<(SourceId, Meeting<Public>, Tally)>,
) -> PublicBook {
    let mut updates: Vec<_> = book.updates.iter().map(redacted_file).collect();
    for (_, updates, tally) in &mut updates {
        actions.withhold_in_updates(updates, tally);
    }
    PublicBook {
        settings: book.settings.redact(),
        logo: book.logo.clone(),
        fonts: book.fonts.clone(),
        meetings,
        trackers: book.trackers.iter().map(redacted_file).collect(),
        plans: book.plans.iter().map(redacted_file).collect(),
        updates,
        withheld_actions: Arc::new(actions),
    }
}

fn redacted(document: &Document, actions: &WithheldActions) -> (SourceId, Meeting<Public>, Tally) {
    let mut meeting = document.meeting.redact();
    let mut tally = Tally::of(&document.meeting);
    actions.withhold_in_meeting(&mut meeting, &mut tally);
    (document.source, meeting, tally)
}

fn redacted_file<T: Redact + HasTexts>(filed: &Filed<T>) -> (SourceId, T::Public, Tally) {
    let tally = Tally::of(&filed.content);
    (filed.source, filed.content.redact(), tally)
}

fn placed<T>((source, content, withheld): &(SourceId, T, Tally)) -> Placed<'_, T> {
    Placed {
        source: *source,
        content,
        withheld: withheld.clone(),
    }
}

impl PublicBook {
    /// The shelf to render from.
    pub fn shelf(&self) -> Shelf<'_, Public> {
        let meetings = self
            .meetings
            .iter()
            .map(|(source, meeting, withheld)| Shelved {
                source: *source,
                meeting,
                withheld: withheld.clone(),
            });
        Shelf {
            settings: &self.settings,
            logo: self.logo.as_ref(),
            fonts: &self.fonts,
            meetings: meetings.collect(),
            trackers: self.trackers.iter().map(placed).collect(),
            plans: self.plans.iter().map(placed).collect(),
            updates: self.updates.iter().map(placed).collect(),
            withheld_actions: self.withheld_actions.clone(),
        }
    }
}

/// The shelf of a book's internal edition.
pub fn internal(book: &Book) -> Shelf<'_, Internal> {
    let meetings = book.meetings.iter().map(|document| Shelved {
        source: document.source,
        meeting: &document.meeting,
        withheld: Tally::of(&document.meeting),
    });
    Shelf {
        settings: &book.settings,
        logo: book.logo.as_ref(),
        fonts: &book.fonts,
        meetings: meetings.collect(),
        trackers: book.trackers.iter().map(kept).collect(),
        plans: book.plans.iter().map(kept).collect(),
        updates: book.updates.iter().map(kept).collect(),
        withheld_actions: Arc::default(),
    }
}

fn kept<T: HasTexts>(filed: &Filed<T>) -> Placed<'_, T> {
    Placed {
        source: filed.source,
        content: &filed.content,
        withheld: Tally::of(&filed.content),
    }
}
