//! The view of the office's record of withheld text: what is withheld, why, who decided it and when. It exists in the
//! internal edition alone, and every page of it says so.

use super::about::About;
use super::document::Scribe;
use super::{Fact, Frame, Notice, written};
use crate::edition::Tally;
use crate::model::Internal;
use crate::model::meeting::Status;
use crate::model::outline::Outline;
use crate::render::footnotes::Bodies;
use crate::render::format::{Format, Ready};
use crate::render::library::Library;
use crate::render::pdf::Furniture;
use serde::Serialize;
use serde_json::json;

/// What the record is called.
const TITLE: &str = "Record of withheld text";

/// The page of the record. The fields of the frame and of the record stand beside each other.
#[derive(Debug, Serialize)]
pub struct RecordPage {
    /// What stands around it.
    #[serde(flatten)]
    pub frame: Frame,
    /// What it says.
    #[serde(flatten)]
    pub record: RecordView,
}

/// What the record says.
#[derive(Debug, Serialize)]
pub struct RecordView {
    /// That it is internal, in sentences.
    #[serde(skip)]
    pub notice: Ready,
    /// How much is withheld, how much of it is not wholly recorded, what the record was chosen by.
    pub facts: Vec<Fact>,
    /// How many passages and entries there are for each exemption.
    pub by_exemption: Vec<RecordCount>,
    /// The documents that withhold something.
    pub documents: Vec<RecordDocument>,
}

/// How many passages and entries are withheld under an exemption.
#[derive(Debug, Serialize)]
pub struct RecordCount {
    /// The exemption.
    pub label: Ready,
    /// How many.
    pub count: usize,
}

/// A document and what it withholds.
#[derive(Debug, Serialize)]
pub struct RecordDocument {
    /// The anchor.
    pub anchor: Ready,
    /// The title.
    pub title: Ready,
    /// The file, from the root of the book.
    pub file: Ready,
    /// How many passages and entries that is; one under several exemptions may have several rows.
    pub count: usize,
    /// What is withheld in it, in the order of the file.
    pub rows: Vec<RecordRow>,
}

/// A passage or an entry, with exemptions of which the same is recorded. Each text is a list of lines.
#[derive(Debug, Serialize)]
pub struct RecordRow {
    /// The line of the file on which it begins.
    pub line: usize,
    /// Where in the document it stands.
    pub place: Ready,
    /// "A passage", "The whole entry"; from its second row on "The same passage", "The same entry".
    pub what: Ready,
    /// The withheld words, where they were asked for and kept.
    pub words: Vec<Ready>,
    /// Under which exemptions.
    pub exemptions: Vec<Ready>,
    /// Why it applies.
    pub reason: Vec<Ready>,
    /// Who decided.
    pub by: Option<Ready>,
    /// When it was decided.
    pub date: Option<Ready>,
    /// The public interest test.
    pub public_interest: Vec<Ready>,
    /// Whether the exemption is qualified, so that there must be a test.
    pub qualified: bool,
    /// What is not recorded, in words; empty when all is.
    pub missing: Ready,
}

/// Makes the page for a format.
pub(in crate::render) fn page(
    write: impl Fn(&dyn Fn(&str) -> Ready) -> RecordView,
    library: &Library<'_, Internal>,
    format: Format,
) -> (RecordPage, Bodies) {
    let about = about(library);
    written(&about, &Outline::default(), library, format, |scribe| {
        let record = write(&|words| scribe.plain(words));
        let mut frame = scribe.frame(scribe.plain(TITLE), TITLE, json_ld(&scribe));
        frame.notices = vec![Notice {
            kind: "internal",
            title: scribe.plain("INTERNAL"),
            text: record.notice.clone(),
        }];
        RecordPage { frame, record }
    })
}

/// What stands on every page of the PDF.
pub(in crate::render) fn furniture(library: &Library<'_, Internal>) -> Furniture {
    let about = about(library);
    let write = |scribe: Scribe<'_, '_, Internal>| Furniture {
        version: None,
        ..scribe.furniture(TITLE.to_owned())
    };
    written(&about, &Outline::default(), library, Format::Html, write).0
}

fn about<'d>(library: &Library<'d, Internal>) -> About<'d, Internal> {
    About {
        kind: (TITLE, "of"),
        subjects: Vec::new(),
        this: "this record",
        is_plural: false,
        day: None,
        series: None,
        // It is made afresh whenever it is needed: there is nothing to approve.
        status: Status::Published,
        approved: None,
        classification: None,
        appendix: None,
        is_extract: false,
        labels: None,
        glossary: &library.settings.glossary,
        explains: false,
        versions: &[],
        withheld: Tally::default(),
        passages: None,
    }
}

fn json_ld(scribe: &Scribe<'_, '_, Internal>) -> serde_json::Value {
    json!({
        "@context": "https://schema.org",
        "@type": "DigitalDocument",
        "name": TITLE,
        "inLanguage": scribe.library.settings.language(),
        "publisher": scribe.organisation(),
    })
}
