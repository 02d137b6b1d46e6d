//! From an edition of the book to what a reader sees. In: a shelf. Out: Markdown, HTML and PDF, as bytes; nothing here
//! reads or writes the disk.
//!
//! A document becomes a view (`view`), its texts become HTML or Markdown (`prose`), a template (`templates`) puts them
//! together, and the PDF (`pdf`) is set from the same HTML.

mod abbreviations;
pub(crate) mod colour;
pub(crate) mod dates;
mod footnotes;
mod format;
mod library;
mod needs;
pub mod pdf;
mod prose;
mod shared;
mod sheet;
pub mod templates;
pub mod view;

use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::edition::{Placed, Shelf, Shelved};
use crate::model::Edition;
use crate::model::tracker::{Plan, Tracker};
use crate::source::{SourceId, Sources, Span};
pub use colour::Theme;
use format::Format;
pub(crate) use format::Ready;
use library::Library;
use std::collections::BTreeSet;
use templates::{Override, Templates};
pub use view::actions::{Sheet, SheetKind};
pub(crate) use view::{data_address, rag_tint, tint};

/// What can be made of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    /// CommonMark.
    Markdown,
    /// One HTML file with its style inside.
    Html,
    /// A tagged PDF.
    Pdf,
}

impl Output {
    /// Every output, in the order in which they are listed.
    pub const ALL: [Output; 3] = [Output::Markdown, Output::Html, Output::Pdf];

    /// The ending of a file name.
    pub fn extension(self) -> &'static str {
        match self {
            Output::Markdown => "md",
            Output::Html => "html",
            Output::Pdf => "pdf",
        }
    }
}

/// What was made of one document.
#[derive(Debug, Default)]
pub struct Rendered {
    /// The bytes of each output that was asked for, in the order of [`Output::ALL`].
    pub outputs: Vec<(Output, Vec<u8>)>,
    /// What was wrong: a template, or characters that no font has.
    pub diagnostics: Vec<Problem>,
}

/// A problem of rendering. Where it is depends on files that are looked up only when it is reported.
#[derive(Debug)]
pub enum Problem {
    /// A template could not be rendered.
    Template(Box<tera::Error>),
    /// A character that no font has, with a little of the text around it; with none where that may be withheld.
    Character(char, String),
}

/// A document that can be rendered.
pub enum Document<'d, 'r, E: Edition> {
    /// The notes of a meeting.
    Meeting(&'d Shelved<'r, E>),
    /// A tracker.
    Tracker(&'d Placed<'r, Tracker<E>>),
    /// A plan.
    Plan(&'d Placed<'r, Plan<E>>),
}

impl<E: Edition> Clone for Document<'_, '_, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: Edition> Copy for Document<'_, '_, E> {}

impl<'d, 'r, E: Edition> From<&'d Shelved<'r, E>> for Document<'d, 'r, E> {
    fn from(meeting: &'d Shelved<'r, E>) -> Self {
        Document::Meeting(meeting)
    }
}

impl<'d, 'r, E: Edition> Document<'d, 'r, E> {
    /// Every document of a shelf: meetings, trackers, plans.
    pub fn all(shelf: &'d Shelf<'r, E>) -> Vec<Document<'d, 'r, E>> {
        let meetings = shelf.meetings.iter().map(Document::Meeting);
        let trackers = shelf.trackers.iter().map(Document::Tracker);
        let plans = shelf.plans.iter().map(Document::Plan);
        meetings.chain(trackers).chain(plans).collect()
    }

    /// Where it stands.
    pub fn span(self) -> Span {
        match self {
            Document::Meeting(one) => one.meeting.span,
            Document::Tracker(one) => one.content.span,
            Document::Plan(one) => one.content.span,
        }
    }

    /// The file that it was read from.
    pub fn source(self) -> SourceId {
        match self {
            Document::Meeting(one) => one.source,
            Document::Tracker(one) => one.source,
            Document::Plan(one) => one.source,
        }
    }

    /// How many passages and entries of it are withheld.
    pub fn withheld(self) -> usize {
        match self {
            Document::Meeting(one) => one.withheld.total,
            Document::Tracker(one) => one.withheld.total,
            Document::Plan(one) => one.withheld.total,
        }
    }

    /// The name of its templates, without the ending.
    fn template(self) -> &'static str {
        match self {
            Document::Meeting(_) => "meeting",
            Document::Tracker(_) => "tracker",
            Document::Plan(_) => "plan",
        }
    }
}

/// The view of a document, and what a website puts around it.
#[derive(serde::Serialize)]
struct OnSite<'s, V, S> {
    #[serde(flatten)]
    view: V,
    site: &'s S,
}

/// Renders the documents of one edition.
pub struct Renderer<'r, E: Edition> {
    library: Library<'r, E>,
    templates: &'r Templates,
}

impl<'r, E: Edition> Renderer<'r, E> {
    /// A renderer for the documents of a shelf.
    pub fn new(
        shelf: &Shelf<'r, E>,
        sources: &Sources,
        templates: &'r Templates,
    ) -> Renderer<'r, E> {
        Renderer {
            library: Library::new(shelf, sources),
            templates,
        }
    }

    /// Renders one document.
    pub fn render<'d>(
        &self,
        document: impl Into<Document<'d, 'r, E>>,
        outputs: &[Output],
    ) -> Rendered
    where
        'r: 'd,
    {
        let document = document.into();
        let mut rendered = Rendered::default();
        let wants = |output| outputs.contains(&output);
        if wants(Output::Markdown) {
            match self.markdown(document) {
                Ok(text) => rendered.outputs.push((Output::Markdown, text.into_bytes())),
                Err(error) => rendered.diagnostics.push(Problem::Template(error)),
            }
        }
        if !wants(Output::Html) && !wants(Output::Pdf) {
            return rendered;
        }
        let html = match self.html(document) {
            Ok(html) => html,
            Err(error) => {
                rendered.diagnostics.push(Problem::Template(error));
                return rendered;
            }
        };
        if wants(Output::Pdf) {
            let pdf = pdf::pdf(&html, &view::furniture(document, &self.library));
            rendered.diagnostics.extend(lacking::<E>(pdf.missing));
            rendered.outputs.push((Output::Pdf, pdf.bytes));
        }
        if wants(Output::Html) {
            rendered.outputs.push((Output::Html, html.into_bytes()));
        }
        rendered.outputs.sort_by_key(|(output, _)| *output);
        rendered
    }

    /// A document as HTML.
    ///
    /// # Errors
    /// When a template is at fault.
    pub fn html<'d>(
        &self,
        document: impl Into<Document<'d, 'r, E>>,
    ) -> Result<String, Box<tera::Error>>
    where
        'r: 'd,
    {
        let document = document.into();
        let (view, footnotes) = view::page(document, &self.library, Format::Html);
        let name = format!("{}.html", document.template());
        let html = self.templates.render(&name, &view)?;
        Ok(footnotes.set(html, Format::Html))
    }

    /// A document as a page of a website: the same, with what `site` says around it.
    ///
    /// # Errors
    /// When a template is at fault.
    pub(crate) fn page<'d>(
        &self,
        document: Document<'d, 'r, E>,
        site: &impl serde::Serialize,
    ) -> Result<String, Box<tera::Error>>
    where
        'r: 'd,
    {
        let (view, footnotes) = view::page(document, &self.library, Format::Html);
        let name = format!("{}.html", document.template());
        let html = self.templates.render(&name, &OnSite { view, site })?;
        Ok(footnotes.set(html, Format::Html))
    }

    /// The PDF of a document, of the HTML that was made of it.
    pub(crate) fn pdf_of(
        &self,
        document: Document<'_, 'r, E>,
        html: &str,
    ) -> (Vec<u8>, Vec<Problem>) {
        let pdf = pdf::pdf(html, &view::furniture(document, &self.library));
        (pdf.bytes, lacking::<E>(pdf.missing))
    }

    /// What stands on every page of the PDF of a document.
    pub(crate) fn furniture(&self, document: Document<'_, 'r, E>) -> pdf::Furniture {
        view::furniture(document, &self.library)
    }

    /// What a document says to those who file it: a sentence, and keywords.
    pub(crate) fn filing(&self, document: Document<'_, 'r, E>) -> (String, String) {
        view::filing(document, &self.library)
    }

    /// What decides how the PDF of a document looks, beside its HTML and the fonts of the book.
    pub(crate) fn furniture_words(&self, document: Document<'_, 'r, E>) -> String {
        let furniture = pdf::Furniture {
            typefaces: pdf::Typefaces::default(),
            ..view::furniture(document, &self.library)
        };
        format!("{furniture:?}")
    }

    /// A document as Markdown.
    ///
    /// # Errors
    /// When a template is at fault.
    pub fn markdown<'d>(
        &self,
        document: impl Into<Document<'d, 'r, E>>,
    ) -> Result<String, Box<tera::Error>>
    where
        'r: 'd,
    {
        let document = document.into();
        let (view, footnotes) = view::page(document, &self.library, Format::Markdown);
        let name = format!("{}.md", document.template());
        let text = self.templates.render(&name, &view)?;
        Ok(tidy(&footnotes.set(text, Format::Markdown)))
    }
}

/// Words of our own, ready for HTML.
pub(crate) fn plain(words: &str) -> Ready {
    Format::Html.plain(words)
}

/// Markdown with one blank line where a template left several, and one line end at the end.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines() {
        let is_blank = line.trim().is_empty();
        if !(is_blank && blank) {
            tidy.push_str(if is_blank { "" } else { line.trim_end() });
            tidy.push('\n');
        }
        blank = is_blank;
    }
    let end = tidy.trim_end().len();
    tidy.truncate(end);
    tidy.push('\n');
    tidy
}

/// The characters that a PDF lacks, as problems. A message of the internal edition must not show what stands around one.
fn lacking<E: Edition>(missing: Vec<pdf::MissingCharacter>) -> Vec<Problem> {
    let around = |one: &pdf::MissingCharacter| match E::INTERNAL {
        true => String::new(),
        false => one.context.clone(),
    };
    let all: BTreeSet<(char, String)> = missing
        .iter()
        .map(|one| (one.character, around(one)))
        .collect();
    all.into_iter()
        .map(|(character, around)| Problem::Character(character, around))
        .collect()
}

/// A problem as a diagnostic.
pub fn diagnostic(
    problem: &Problem,
    document: SourceId,
    overrides: &[Override],
    sources: &mut Sources,
) -> Diagnostic {
    match problem {
        Problem::Template(error) => templates::broken(error, overrides, sources),
        Problem::Character(character, around) => missing(*character, around, document, sources),
    }
}

fn missing(character: char, around: &str, source: SourceId, sources: &Sources) -> Diagnostic {
    let code = u32::from(character);
    let name = unicode_names2::name(character)
        .map_or_else(|| "without a name".to_owned(), |name| name.to_string());
    let text = &sources.get(source).text;
    let target = match text.find(character) {
        Some(at) => Target::Place(crate::source::Span {
            source,
            start: at as u32,
            end: (at + character.len_utf8()) as u32,
        }),
        None => Target::File(source),
    };
    let message = format!("no font has the character {character} (U+{code:04X}, {name})");
    let around = match around {
        "" => String::new(),
        around => format!(" (\u{201C}{around}\u{201D})"),
    };
    let help =
        format!("the PDF shows [U+{code:04X}] in its place{around}; write it in other characters");
    Diagnostic::new("missing-character", Severity::Warning, target, message).help(help)
}
