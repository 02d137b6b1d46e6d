//! What a template may see: plain data, every text of it ready for the format. Templates never see the model.
//!
//! `about`, `frame` and `filing` are what documents of every kind have around their content; `meeting` with `items` is the content
//! of notes, `listing` that of trackers and plans, `actions` that of
//! sheets of actions, `record` that of the office's record of withheld text; `document` and `people` write the parts of which all are made.

mod about;
pub mod actions;
mod document;
mod filing;
mod frame;
mod history;
mod items;
mod listing;
mod meeting;
mod people;
pub mod record;

pub(crate) use document::{rag_tint, tint};
pub(crate) use frame::data_address;
pub use listing::fields::*;

use super::Document;
use super::abbreviations::Abbreviations;
use super::colour::Theme;
use super::footnotes::{Bodies, Footnotes};
use super::format::{Format, Ready};
use super::library::Library;
use super::pdf::Furniture;
use super::prose::Writer;
use super::shared::SharedPassages;
use crate::model::Edition;
use crate::model::outline::Outline;
use about::About;
use document::Scribe;
use serde::Serialize;

/// The view of a document.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Page {
    /// The notes of a meeting.
    Meeting(Box<MeetingPage>),
    /// A tracker or a plan.
    Listing(Box<ListingPage>),
}

/// Makes the view of a document for a format.
pub(super) fn page<E: Edition>(
    document: Document<'_, '_, E>,
    library: &Library<'_, E>,
    format: Format,
) -> (Page, Bodies) {
    match document {
        Document::Meeting(shelved) => {
            let meeting = shelved.meeting;
            let outline = Outline::of(meeting, library.series(meeting));
            let about = About::meeting(meeting, &shelved.withheld);
            written(&about, &outline, library, format, |scribe| {
                Page::Meeting(Box::new(meeting::page(&scribe, meeting, &outline)))
            })
        }
        Document::Tracker(placed) => {
            let listing = listing::tracker(placed.content, &placed.withheld, library);
            listed(&listing, library, format)
        }
        Document::Plan(placed) => {
            let listing = listing::plan(placed.content, &placed.withheld, library);
            listed(&listing, library, format)
        }
    }
}

fn listed<E: Edition>(
    listing: &listing::Listing<'_, E>,
    library: &Library<'_, E>,
    format: Format,
) -> (Page, Bodies) {
    written(
        &listing.about,
        &listing.outline,
        library,
        format,
        |scribe| Page::Listing(Box::new(listing::page(scribe, listing))),
    )
}

/// What stands on every page of the PDF.
pub(super) fn furniture<E: Edition>(
    document: Document<'_, '_, E>,
    library: &Library<'_, E>,
) -> Furniture {
    let outline = Outline::default();
    let html = Format::Html;
    match document {
        Document::Meeting(shelved) => {
            let about = About::meeting(shelved.meeting, &shelved.withheld);
            let write = |scribe: Scribe<'_, '_, E>| {
                scribe.furniture(meeting::plain_title(&scribe, shelved.meeting))
            };
            written(&about, &outline, library, html, write).0
        }
        Document::Tracker(placed) => {
            let about = About::tracker(placed.content, None, placed.withheld.clone());
            let write = |scribe: Scribe<'_, '_, E>| {
                let (title, group) = (placed.content.title.as_ref(), placed.content.group.as_ref());
                scribe.furniture(listing::plain_title(&scribe, title, group))
            };
            written(&about, &outline, library, html, write).0
        }
        Document::Plan(placed) => {
            let about = About::plan(placed.content, None, placed.withheld.clone());
            let write = |scribe: Scribe<'_, '_, E>| {
                let title = Some(&placed.content.title);
                scribe.furniture(listing::plain_title(&scribe, title, None))
            };
            written(&about, &outline, library, html, write).0
        }
    }
}

/// What the document says to those who file it: a sentence, and keywords.
pub(super) fn filing<E: Edition>(
    document: Document<'_, '_, E>,
    library: &Library<'_, E>,
) -> (String, String) {
    let about = match document {
        Document::Meeting(shelved) => About::meeting(shelved.meeting, &shelved.withheld),
        Document::Tracker(placed) => {
            listing::tracker(placed.content, &placed.withheld, library).about
        }
        Document::Plan(placed) => listing::plan(placed.content, &placed.withheld, library).about,
    };
    let outline = Outline::default();
    let write = |scribe: Scribe<'_, '_, E>| (scribe.description(), scribe.keywords());
    written(&about, &outline, library, Format::Html, write).0
}

/// Gives a scribe for a document to `write`. What comes out goes together with the footnotes that it refers to.
fn written<E: Edition, T>(
    about: &About<'_, E>,
    outline: &Outline,
    library: &Library<'_, E>,
    format: Format,
    write: impl FnOnce(Scribe<'_, '_, E>) -> T,
) -> (T, Bodies) {
    let abbreviations = match about.explains {
        true => Abbreviations::of(library.settings, about.glossary, about.day),
        false => Abbreviations::none(),
    };
    let writer = Writer {
        format,
        language: library.settings.foreign_language(),
        abbreviations: &abbreviations,
        outline,
        exemptions: &library.exemptions,
        footnotes: Footnotes::default(),
        shared: SharedPassages::new(library.settings.span.source),
    };
    let written = write(Scribe {
        writer: &writer,
        library,
        about,
        day: about.day,
    });
    writer.footnotes.write(&writer);
    (written, writer.footnotes.bodies())
}

/// What stands around the content of a document of any kind.
#[derive(Debug, Serialize)]
pub struct Frame {
    /// The language, as BCP 47 has it.
    pub language: Ready,
    /// The title.
    pub title: Ready,
    /// The title without markup, for places that can hold none.
    pub title_plain: Ready,
    /// The organisation's name.
    pub organisation: Ready,
    /// The same without markup.
    pub organisation_plain: Ready,
    /// The organisation's website.
    pub website: Option<Ready>,
    /// The logo.
    pub logo: Option<LogoView>,
    /// The marking, in capitals.
    pub classification: Option<Ready>,
    /// The colours of the book, where it has its own.
    pub theme: Theme,
    /// Whether this is the internal edition.
    pub internal: bool,
    /// How far the document is.
    pub status: Label,
    /// The number of the version, and the approval.
    pub version: Option<Ready>,
    /// What a reader must know before anything else.
    pub notices: Vec<Notice>,
    /// Why passages are withheld; in the internal edition alone.
    pub reasons: Vec<Fact>,
    /// The place of the footnotes, where there are any.
    pub footnotes: Option<Ready>,
    /// Abbreviations and what they stand for.
    pub glossary: Vec<Fact>,
    /// The metadata of the page, by name.
    pub metadata: Vec<Fact>,
    /// The page for machines (schema.org), ready for a `script` element.
    pub json_ld: Ready,
}

/// The view of a meeting's notes. The fields of the frame stand beside its own.
#[derive(Debug, Serialize)]
pub struct MeetingPage {
    /// What stands around it.
    #[serde(flatten)]
    pub frame: Frame,
    /// Date, venue, chair and so on.
    pub facts: Vec<Fact>,
    /// Who was there and who was not.
    pub attendance: Vec<AttendanceRow>,
    /// What is said where nobody sent apologies or none were recorded.
    pub apologies: Option<Ready>,
    /// The approval of the previous notes, in sentences.
    pub previous_notes: Vec<Ready>,
    /// Declarations of interest, in sentences.
    pub interests: Vec<Ready>,
    /// Why the meeting was held.
    pub purpose: Option<Ready>,
    /// The agenda.
    pub items: Vec<ItemView>,
    /// The label above the collected actions.
    pub actions_label: Ready,
    /// Actions that belong to no item.
    pub own_actions: Vec<ActionView>,
    /// Every action of the meeting.
    pub actions: Vec<ActionView>,
    /// The label of the owner.
    pub owners_label: Ready,
    /// The label of the due date.
    pub due_label: Ready,
    /// Every decision of the meeting.
    pub decisions: Vec<DecisionView>,
    /// What was said at the close.
    pub closing: Option<Ready>,
    /// The next meeting.
    pub next_meeting: Vec<Fact>,
    /// Anything else about the next meeting.
    pub next_meeting_text: Option<Ready>,
    /// The versions of the notes, where they were published.
    pub versions: Vec<VersionView>,
}

/// A logo that travels inside the page.
#[derive(Debug, Serialize)]
pub struct LogoView {
    /// Its `data:` address.
    pub src: Ready,
    /// What it shows.
    pub alt: Ready,
}

/// A name and what belongs to it.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// The name.
    pub label: Ready,
    /// What belongs to it.
    pub value: Ready,
}

/// A word on a tint.
#[derive(Clone, Debug, Serialize)]
pub struct Label {
    /// The word.
    pub word: Ready,
    /// The tint: red, amber, yellow, green, blue, grey, black.
    pub tint: &'static str,
}

/// What a reader must know before anything else.
#[derive(Debug, Serialize)]
pub struct Notice {
    /// `draft`, `internal`, `extract`, `edited`.
    pub kind: &'static str,
    /// In a word or two.
    pub title: Ready,
    /// In a sentence.
    pub text: Ready,
}

/// A row of the table of attendance.
#[derive(Debug, Serialize)]
pub struct AttendanceRow {
    /// Who.
    pub name: Ready,
    /// In what capacity, with the initials.
    pub capacity: Ready,
    /// Present, in attendance, apologies; and from when to when.
    pub status: Ready,
}

/// An item of the agenda.
#[derive(Debug, Serialize)]
pub struct ItemView {
    /// The anchor.
    pub anchor: Ready,
    /// The number, where it has one.
    pub number: Option<Ready>,
    /// The title; empty where it has none.
    pub title: Ready,
    /// The title without markup, for places that can hold none.
    pub title_plain: Ready,
    /// The same in the language of the texts, for the list of contents.
    pub title_spoken: Ready,
    /// The level of its heading, 2 to 6.
    pub level: usize,
    /// The mark, where it is withheld whole.
    pub withheld: Option<Ready>,
    /// Why, by whom and when it was withheld; never in the public edition.
    pub record: Option<Ready>,
    /// Who leads on it.
    pub lead: Option<Ready>,
    /// "None", where there was nothing to say.
    pub none: bool,
    /// Why it was deferred.
    pub deferred: Option<Ready>,
    /// The facts that it rests on.
    pub context: Option<Ready>,
    /// What was said.
    pub text: Option<Ready>,
    /// Papers.
    pub papers: Vec<PaperView>,
    /// Actions of earlier meetings.
    pub matters_arising: Vec<ArisingView>,
    /// Recommendations of an inspection.
    pub recommendations: Vec<RecommendationView>,
    /// Questions.
    pub questions: Vec<QuestionView>,
    /// Decisions.
    pub decisions: Vec<DecisionView>,
    /// Risks and opportunities, each in a line.
    pub risks: Vec<Ready>,
    /// Actions.
    pub actions: Vec<ActionView>,
    /// Information supplied after the meeting.
    pub post_meeting: Vec<NoteView>,
    /// Items below it.
    pub items: Vec<ItemView>,
}

/// A paper.
#[derive(Debug, Serialize)]
pub struct PaperView {
    /// The title.
    pub title: Ready,
    /// Where it can be read.
    pub link: Option<Ready>,
}

/// A matter arising.
#[derive(Debug, Serialize)]
pub struct ArisingView {
    /// The mark, where it is withheld whole.
    pub withheld: Option<Ready>,
    /// Why, by whom and when it was withheld; never in the public edition.
    pub record: Option<Ready>,
    /// The ref of the action.
    pub reference: Option<Ready>,
    /// Where it was set: meeting and item.
    pub source: Option<Ready>,
    /// What was to be done.
    pub text: Option<Ready>,
    /// Its parts.
    pub parts: Vec<PartView>,
    /// Who was to do it.
    pub owner: Option<Ready>,
    /// When it was due, as it was set.
    pub due: Option<Ready>,
    /// When it was due before this meeting, where earlier meetings changed that.
    pub due_now: Option<Ready>,
    /// How often it comes back.
    pub every: Option<Ready>,
    /// How often it was carried forward and re-dated, where that is worth a word.
    pub carried: Option<Ready>,
    /// What was said of it since the last meeting and before this one.
    pub between: Vec<BetweenView>,
    /// What has happened since.
    pub update: Option<Ready>,
    /// Who gave the update.
    pub by: Option<Ready>,
    /// The state that it has now.
    pub state: Option<Label>,
    /// How long it is retained.
    pub condition: Option<Ready>,
    /// The action that replaces it, or of which it has become a part.
    pub replaced_by: Option<Ready>,
    /// The rating that it has now.
    pub rag: Option<Label>,
    /// Why state or rating changed.
    pub reason: Option<Ready>,
    /// The new due date.
    pub new_due: Option<Ready>,
    /// Why it was changed.
    pub new_due_reason: Option<Ready>,
    /// Who is to do it from now on, where that has changed.
    pub new_owner: Option<Ready>,
    /// When a recurring action that is done comes back.
    pub returns: Option<Ready>,
}

/// What was said of an action between two meetings.
#[derive(Debug, Serialize)]
pub struct BetweenView {
    /// "Update of 10 April 2026, DCC".
    pub title: Ready,
    /// What was said, or the mark where it is withheld.
    pub text: Ready,
}

/// A recommendation of an inspection.
#[derive(Debug, Serialize)]
pub struct RecommendationView {
    /// Its words.
    pub text: Ready,
    /// The report that it stands in.
    pub source: Option<Ready>,
    /// The deadline.
    pub due: Option<Ready>,
}

/// A question or another contribution.
#[derive(Debug, Serialize)]
pub struct QuestionView {
    /// The anchor.
    pub anchor: Ready,
    /// The number, where it has one.
    pub number: Option<Ready>,
    /// The level of its heading, 3 to 6.
    pub level: usize,
    /// The mark, where it is withheld whole.
    pub withheld: Option<Ready>,
    /// Why, by whom and when it was withheld; never in the public edition.
    pub record: Option<Ready>,
    /// What kind of contribution it is; empty for a plain question.
    pub kind: Option<Ready>,
    /// Who asked, and whom.
    pub by: Option<Ready>,
    /// Its words in one line, for its heading.
    pub ask: Ready,
    /// The same without markup, for places that can hold none.
    pub ask_plain: Ready,
    /// Its words as blocks, where they are more than a paragraph.
    pub more: Option<Ready>,
    /// The facts that it rests on.
    pub context: Option<Ready>,
    /// The label above the answer.
    pub findings_label: Ready,
    /// The answers.
    pub findings: Vec<FindingView>,
    /// The assurance given.
    pub assurance: Option<AssuranceView>,
    /// Gaps that were recognised.
    pub gaps: Vec<Ready>,
    /// Challenges that were recognised.
    pub challenges: Vec<Ready>,
    /// Decisions.
    pub decisions: Vec<DecisionView>,
    /// Actions.
    pub actions: Vec<ActionView>,
    /// Information supplied after the meeting.
    pub post_meeting: Vec<NoteView>,
    /// Whether it wanted an answer and nothing followed.
    pub unanswered: bool,
}

/// An answer, or the part of one respondent.
#[derive(Debug, Serialize)]
pub struct FindingView {
    /// Who answered.
    pub by: Option<Ready>,
    /// The answer.
    pub text: Ready,
}

/// The assurance that was given.
#[derive(Debug, Serialize)]
pub struct AssuranceView {
    /// How sure.
    pub level: Label,
    /// Who gave it.
    pub by: Option<Ready>,
    /// In a sentence.
    pub text: Option<Ready>,
}

/// A decision.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionView {
    /// Its ref.
    pub reference: Option<Ready>,
    /// What was decided.
    pub text: Ready,
    /// The same in one line, for a table.
    pub line: Ready,
    /// Why.
    pub reason: Option<Ready>,
    /// Why, in one line.
    pub reason_line: Option<Ready>,
    /// Whether it is of significant public interest.
    pub significant: bool,
    /// Who took it.
    pub by: Option<Ready>,
    /// Proposer, seconder and votes, in a line.
    pub voting: Option<Ready>,
    /// The anchor of its item.
    pub item_anchor: Ready,
    /// The item: its number or its title.
    pub item: Ready,
}

/// An action.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    /// The anchor.
    pub anchor: Ready,
    /// "Action 9/26", or "New action".
    pub title: Ready,
    /// The ref, or "new".
    pub reference: Ready,
    /// The mark, where it is withheld whole.
    pub withheld: Option<Ready>,
    /// Why, by whom and when it was withheld; never in the public edition.
    pub record: Option<Ready>,
    /// What is to be done.
    pub text: Ready,
    /// The same in one line, for a table.
    pub line: Ready,
    /// Its parts.
    pub parts: Vec<PartView>,
    /// Who is to do it.
    pub owner: Ready,
    /// By when.
    pub due: Ready,
    /// How often it comes back.
    pub every: Option<Ready>,
    /// The group to which the result is reported.
    pub report_to: Option<Ready>,
}

/// A part of an action.
#[derive(Clone, Debug, Serialize)]
pub struct PartView {
    /// Its letter or label.
    pub label: Ready,
    /// The mark, where it is withheld whole.
    pub withheld: Option<Ready>,
    /// Why, by whom and when it was withheld; never in the public edition.
    pub record: Option<Ready>,
    /// What is to be done, in one line.
    pub line: Ready,
    /// Who is to do it, where that differs from the action.
    pub owner: Option<Ready>,
    /// By when, where that differs from the action.
    pub due: Option<Ready>,
    /// What is hoped for.
    pub outcomes: Vec<Ready>,
    /// What it rests on.
    pub sources: Vec<Ready>,
    /// Its rating, where that differs from the action.
    pub rag: Option<Label>,
}

/// Information supplied after the meeting.
#[derive(Debug, Serialize)]
pub struct NoteView {
    /// The anchor.
    pub anchor: Ready,
    /// "Added after the meeting, 2 September 2026, by the DCC".
    pub title: Ready,
    /// What was supplied.
    pub text: Ready,
}
