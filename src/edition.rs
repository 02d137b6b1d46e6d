//! From the internal edition to the public one. In: a book. Out: its settings and meetings in one edition, borrowed or
//! made. A public shelf is built from types that have no place for withheld text.

use crate::model::exemption::Exemption;
use crate::model::meeting::Meeting;
use crate::model::settings::Settings;
use crate::model::{Book, Document, Edition, HasTexts, Internal, Logo, Public, Redact};
use crate::source::SourceId;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The settings and meetings of a book in one edition.
pub struct Shelf<'b, E: Edition> {
    /// The settings.
    pub settings: &'b Settings<E>,
    /// The logo.
    pub logo: Option<&'b Logo>,
    /// The meetings, in the order of the book.
    pub meetings: Vec<Shelved<'b, E>>,
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
    /// Counts what is withheld in a meeting.
    pub fn of(meeting: &Meeting<Internal>) -> Tally {
        let mut tally = Tally::default();
        for exemptions in meeting.all_withheld() {
            tally.total += 1;
            for exemption in exemptions {
                *tally.by_exemption.entry(exemption).or_default() += 1;
            }
        }
        tally
    }
}

/// A book in its public edition.
pub struct PublicBook {
    settings: Settings<Public>,
    logo: Option<Logo>,
    meetings: Vec<(SourceId, Meeting<Public>, Tally)>,
}

/// Makes the public edition of a book.
pub fn public(book: &Book) -> PublicBook {
    PublicBook {
        settings: book.settings.redact(),
        logo: book.logo.clone(),
        meetings: book.meetings.par_iter().map(redacted).collect(),
    }
}

/// Makes the public edition of a book in place of its meetings, so that a large book is not held twice.
pub fn make_public(book: &mut Book) -> PublicBook {
    let meetings = std::mem::take(&mut book.meetings).into_par_iter();
    PublicBook {
        settings: book.settings.redact(),
        logo: book.logo.clone(),
        meetings: meetings.map(|document| redacted(&document)).collect(),
    }
}

fn redacted(document: &Document) -> (SourceId, Meeting<Public>, Tally) {
    let meeting = &document.meeting;
    (document.source, meeting.redact(), Tally::of(meeting))
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
            meetings: meetings.collect(),
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
        meetings: meetings.collect(),
    }
}
