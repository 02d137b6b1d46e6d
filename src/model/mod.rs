//! What a book is made of. In: nodes. Out: types that say what a file can say, each with its place, in two editions.
//! The types are declared once (`record`); reading, JSON Schema and the public edition follow from the declaration.

pub mod action;
pub mod date;
pub mod due;
pub mod edition;
pub mod exemption;
pub mod footnotes;
pub mod held;
pub mod language;
pub mod links;
pub mod lookalike;
pub mod mask;
pub mod meeting;
pub mod outline;
pub mod party;
pub(crate) mod record;
pub mod refs;
pub mod register;
pub mod releases;
pub mod rhythm;
pub mod schedule;
pub mod settings;
pub mod text;
pub mod texts;
pub mod tracker;
pub mod transcript;
pub mod withheld;
pub mod word;

pub use edition::{Edition, Gone, Internal, Public, Redact};
pub use texts::HasTexts;

use crate::source::{SourceId, Sources};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A book: its settings and its documents.
pub struct Book {
    /// The files that it was read from.
    pub sources: Sources,
    /// `minutebook.yaml`.
    pub settings: settings::Settings,
    /// The logo that the settings name.
    pub logo: Option<Logo>,
    /// The fonts that the settings name: the bytes of each file.
    pub fonts: Vec<Arc<Vec<u8>>>,
    /// The meetings, in the order of their dates, then of their files.
    pub meetings: Vec<Document>,
    /// The trackers, in the order of their files.
    pub trackers: Vec<Filed<tracker::Tracker>>,
    /// The plans, in the order of their files.
    pub plans: Vec<Filed<tracker::Plan>>,
    /// The files of updates, in the order of their paths.
    pub updates: Vec<Filed<tracker::Updates>>,
    /// The files that could not be read as what they are, so that nothing of them is in the book.
    pub left_out: Vec<SourceId>,
    /// `releases.yaml`: what was published, and when.
    pub releases: Option<Filed<releases::Releases>>,
    /// The lines of what was published last, for each document that was, as far as they were kept.
    pub released: BTreeMap<SourceId, String>,
    /// What was kept of earlier versions and was changed since, in the order of the record.
    pub altered: Vec<releases::Altered>,
}

/// A logo, read from its file.
#[derive(Clone, Debug)]
pub struct Logo {
    /// Its media type, such as `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// What it shows.
    pub alt: String,
}

/// A meeting and the file that it was read from.
pub struct Document {
    /// The file.
    pub source: SourceId,
    /// What stands in it.
    pub meeting: meeting::Meeting,
}

/// Anything else that a file holds, and that file.
pub struct Filed<T> {
    /// The file.
    pub source: SourceId,
    /// What stands in it.
    pub content: T,
}
