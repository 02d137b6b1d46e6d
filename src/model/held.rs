//! Everything that a document withholds: where it stands, under which exemption, why, and who decided. In: a document with
//! its numbers, and the records that explain passages. Out: an entry for each passage and for each row, in the order of
//! the file.

use super::date::Date;
use super::exemption::Exemption;
use super::outline::Outline;
use super::text::{Text, is_escaped};
use super::texts::{HasTexts, Step, What};
use super::withheld::{Mark, PassageRecord};
use crate::source::{Sources, Span};

/// A passage or an entry that is withheld.
pub struct Held<'b> {
    /// Where it stands: the codes of a passage, or the mark of an entry.
    pub place: Span,
    /// The records in which it stands, the document first.
    pub path: Vec<Step<'b>>,
    /// Why it is withheld: at least one exemption, each with what is recorded of it.
    pub grounds: Vec<Ground<'b>>,
    /// Its words, without markup; internal. Empty when they were not kept.
    pub words: String,
    /// Whether it is an entry that is withheld whole.
    pub is_entry: bool,
}

/// An exemption that is claimed for something, and what is recorded of it.
#[derive(Clone, Copy)]
pub struct Ground<'b> {
    /// The exemption.
    pub exemption: &'b Exemption,
    /// Why it applies.
    pub reason: Option<&'b Text>,
    /// Who decided.
    pub by: Option<&'b Text>,
    /// When it was decided.
    pub date: Option<&'b Date>,
    /// The public interest test.
    pub public_interest: Option<&'b Text>,
}

impl Ground<'_> {
    /// Whether the exemption is qualified and no public interest test is recorded (Freedom of Information Act 2000,
    /// section 2(2)(b)).
    pub fn lacks_public_interest(&self) -> bool {
        self.exemption.is_qualified() && self.public_interest.is_none()
    }
}

/// The records that explain the passages of a document: its own, and those of the book.
#[derive(Clone, Copy)]
pub struct Records<'b> {
    /// Those of the document.
    pub own: &'b [PassageRecord],
    /// Those of `minutebook.yaml`.
    pub shared: &'b [PassageRecord],
}

/// What a document withholds.
pub fn held<'b>(
    document: &'b impl HasTexts,
    outline: &Outline,
    records: Records<'b>,
    sources: &Sources,
) -> Vec<Held<'b>> {
    let mut held = Vec::new();
    for kept in document.all_kept() {
        match kept.what {
            What::Entry(mark, texts) => held.push(Held {
                place: mark.span,
                path: kept.path,
                grounds: of_entry(mark),
                words: joined(texts.iter().map(|text| text.words())),
                is_entry: true,
            }),
            What::Passages(text) => {
                let places = passage_places(text, sources);
                let mut words = text.withheld().into_iter().map(|passage| passage.words);
                for (exemptions, place) in text.passages().iter().zip(places) {
                    let ground = |exemption| explained(exemption, &kept.path, outline, records);
                    held.push(Held {
                        place,
                        grounds: exemptions.iter().map(ground).collect(),
                        words: words.next().unwrap_or_default(),
                        path: kept.path.clone(),
                        is_entry: false,
                    });
                }
            }
        }
    }
    held.sort_by_key(|one| one.place);
    held
}

/// Where each passage of a text opens: its `<<` with the codes. The text itself where the file spells it otherwise.
pub fn passage_places(text: &Text, sources: &Sources) -> Vec<Span> {
    let span = text.span;
    let raw = sources.text(span);
    let openings = raw.match_indices("<<");
    let openings = openings.filter(|(at, _)| !is_escaped(&raw[..*at]));
    let mut places = openings.map(|(at, _)| {
        let inside = &raw[at + 2..];
        let codes = inside.find(['|', '>']).map_or("", |end| &inside[..end]);
        let start = span.start + at as u32;
        Span {
            start,
            end: start + 2 + codes.trim_end().len() as u32,
            ..span
        }
    });
    let passages = text.passages().iter();
    passages.map(|_| places.next().unwrap_or(span)).collect()
}

fn joined(words: impl Iterator<Item = String>) -> String {
    let words = words.filter(|words| !words.is_empty());
    words.collect::<Vec<String>>().join("; ")
}

fn of_entry(mark: &Mark) -> Vec<Ground<'_>> {
    let record = mark.record.as_ref();
    let ground = |exemption| Ground {
        exemption,
        reason: record.and_then(|record| record.reason.as_ref()),
        by: record.and_then(|record| record.by.as_ref()),
        date: record.and_then(|record| record.date.as_ref()),
        public_interest: record.and_then(|record| record.public_interest.as_ref()),
    };
    mark.exemptions.iter().map(ground).collect()
}

/// What the records say of an exemption at a place. Each field comes from the record that is nearest to the place: one that
/// names what the passage stands in, else one for the whole document, else one of the book.
fn explained<'b>(
    exemption: &'b Exemption,
    path: &[Step<'_>],
    outline: &Outline,
    records: Records<'b>,
) -> Ground<'b> {
    let own = records.own.iter();
    let own = own.filter(|record| is_explained_by(record, exemption, path, outline));
    let near = own.clone().filter(|record| !record.at.is_empty());
    let wide = own.filter(|record| record.at.is_empty());
    let shared = records.shared.iter();
    let shared = shared.filter(|record| record.at.is_empty() && covers(record, exemption));
    let all: Vec<&PassageRecord> = near.chain(wide).chain(shared).collect();
    Ground {
        exemption,
        reason: all.iter().find_map(|record| record.reason.as_ref()),
        by: all.iter().find_map(|record| record.by.as_ref()),
        date: all.iter().find_map(|record| record.date.as_ref()),
        public_interest: all
            .iter()
            .find_map(|record| record.public_interest.as_ref()),
    }
}

/// Whether a record of a document is about a passage of it: it covers the exemption, and names what the passage stands in
/// or nothing.
pub fn is_explained_by(
    record: &PassageRecord,
    exemption: &Exemption,
    path: &[Step<'_>],
    outline: &Outline,
) -> bool {
    let is_there = |at: &Text| {
        let target = outline.find(at.source());
        target.is_some_and(|target| path.iter().any(|step| step.span == target.span))
    };
    covers(record, exemption) && (record.at.is_empty() || record.at.iter().any(is_there))
}

fn covers(record: &PassageRecord, exemption: &Exemption) -> bool {
    record.exemption.is_empty() || record.exemption.contains(exemption)
}
