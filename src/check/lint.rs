//! What a lint is, and what it gets to see.

use super::cues::Cues;
use super::document::{Document, Gathered, Holding};
use super::parts::{Named, Parts};
use super::presence::{Presence, Who};
use super::wording;
use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::ledger::Ledger;
use crate::model::date::DateReading;
use crate::model::meeting::Meeting;
use crate::model::outline::Outline;
use crate::model::party::Party;
use crate::model::register::Register;
use crate::model::settings::Series;
use crate::model::text::Text;
use crate::model::texts::Met;
use crate::model::{Book, HasTexts, Internal};
use crate::source::Span;
use chrono::NaiveDate;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::ops::Deref;

/// One lint.
pub struct Lint {
    /// The code: the name of its file, with dashes.
    pub code: &'static str,
    /// How grave what it finds is, unless the book says otherwise.
    pub severity: Severity,
    /// One line for lists: what is wrong.
    pub summary: &'static str,
    /// Why it matters and how to mend it, for `minutebook explain`.
    pub explanation: &'static str,
    /// Whether it is about headings that a fragment (`extract: true`) may lack.
    pub lowered_in_extracts: bool,
    /// What it looks at.
    pub check: Check,
}

/// What a lint looks at.
pub enum Check {
    /// The book as a whole, once.
    Book(fn(&BookSubject<'_>, &mut Found)),
    /// Each document: meetings, trackers, plans, files of updates.
    Document(fn(&DocumentSubject<'_>, &mut Found)),
    /// Each meeting.
    Meeting(fn(&MeetingSubject<'_>, &mut Found)),
    /// Each text of the settings and of the documents.
    Text(fn(&TextSubject<'_>, &mut Found)),
    /// The same, and whatever else is printed: the addresses of papers, sources and the website, the words for a logo.
    Printed(fn(&TextSubject<'_>, &mut Found)),
    /// Each date of the settings and of the documents, due dates included.
    Date(fn(&DateSubject<'_>, &mut Found)),
}

/// A book under check.
pub struct BookSubject<'b> {
    /// The book.
    pub book: &'b Book,
    /// Its register of people and bodies.
    pub register: &'b Register<'b>,
    /// Its actions with their history.
    pub ledger: &'b Ledger<'b, Internal>,
    /// Its documents with their parts.
    pub documents: &'b [Gathered<'b>],
    /// What each of its files withholds.
    pub holdings: &'b [Holding<'b>],
    /// The places of actions and of what was said of them of which no word is public.
    pub hidden: &'b HashSet<Span>,
    /// The abbreviations that its settings explain, in small letters.
    pub explained: &'b BTreeSet<String>,
}

impl BookSubject<'_> {
    /// Whether no word of what stands at a place is public.
    pub fn is_hidden(&self, span: Span) -> bool {
        self.hidden.contains(&span)
    }
}

/// A meeting under check: a document, and more.
pub struct MeetingSubject<'b> {
    /// The document.
    pub whole: &'b DocumentSubject<'b>,
    /// The meeting.
    pub meeting: &'b Meeting,
}

/// A document under check.
pub struct DocumentSubject<'b> {
    /// The book that it belongs to.
    pub book: &'b Book,
    /// The book's register of people and bodies.
    pub register: &'b Register<'b>,
    /// The book's actions with their history.
    pub ledger: &'b Ledger<'b, Internal>,
    /// The document.
    pub document: Document<'b>,
    /// The abbreviations that the book's settings explain, in small letters.
    pub explained: &'b BTreeSet<String>,
    /// Its series, when it has one that the book knows.
    pub series: Option<&'b Series>,
    /// Its numbers and anchors.
    pub outline: Outline,
    /// Its items, questions, actions, dates and people.
    pub parts: &'b Parts<'b>,
    /// Who was there; nobody where it is no meeting.
    pub presence: Presence<'b>,
    /// Every text, in the order of the file.
    pub texts: &'b [Shown<'b>],
}

/// A text and what the public edition shows of it.
pub struct Shown<'b> {
    /// The text.
    pub text: &'b Text,
    /// Whether it stands in something that is withheld whole.
    pub withheld: bool,
    /// Its public words.
    pub words: Cow<'b, str>,
    /// What is in them at all.
    pub cues: Cues,
}

/// A text under check.
pub struct TextSubject<'b> {
    /// The book that it belongs to.
    pub book: &'b Book,
    /// The text.
    pub text: &'b Text,
    /// Whether it stands in something that is withheld whole.
    pub withheld: bool,
    /// Its public words; empty when it is withheld whole.
    pub words: &'b str,
    /// What is in them at all.
    pub cues: Cues,
}

/// A date under check.
pub struct DateSubject<'b> {
    /// What stands in the file.
    pub written: &'b Text,
    /// How it was understood.
    pub reading: DateReading,
    /// Whether it is a due date.
    pub is_due: bool,
    /// The day from which people count who read it: that of the meeting in whose notes it stands.
    pub meeting: Option<NaiveDate>,
    /// Whether no word of it is public.
    pub withheld: bool,
}

impl TextSubject<'_> {
    /// The place of words inside the text.
    pub fn within(&self, words: &str) -> Span {
        wording::place(&self.book.sources, self.text.span, words)
    }

    /// The same for words that stand in the text several times: `nth` of them stand before.
    pub fn nth_within(&self, words: &str, nth: usize) -> Span {
        wording::nth_place(&self.book.sources, self.text.span, words, nth)
    }
}

impl DateSubject<'_> {
    /// The date in a message.
    pub fn quoted(&self) -> String {
        match self.withheld || !self.written.passages().is_empty() {
            true => "this date".to_owned(),
            false => format!("`{}`", wording::quoted(self.written)),
        }
    }
}

impl<'b> Deref for MeetingSubject<'b> {
    type Target = DocumentSubject<'b>;

    fn deref(&self) -> &DocumentSubject<'b> {
        self.whole
    }
}

impl<'b> DocumentSubject<'b> {
    /// Everything that lints look at in a document.
    pub(super) fn new(
        subject: &BookSubject<'b>,
        gathered: &'b Gathered<'b>,
    ) -> DocumentSubject<'b> {
        let document = gathered.document;
        let series = document.series();
        let series = series.and_then(|key| subject.book.settings.series.get(key));
        let presence = document
            .meeting()
            .map(|meeting| Presence::of(subject.register, meeting));
        DocumentSubject {
            book: subject.book,
            register: subject.register,
            ledger: subject.ledger,
            explained: subject.explained,
            document,
            series,
            outline: document.outline(series),
            parts: &gathered.parts,
            presence: presence.unwrap_or_default(),
            texts: &gathered.texts,
        }
    }

    /// The day as at which the document is read: for a meeting, its own.
    pub fn day(&self) -> Option<NaiveDate> {
        self.parts.document_day
    }

    /// Who a party is.
    pub fn who(&self, party: &Party) -> Who<'b> {
        Who::of(self.register, party, self.day())
    }

    /// Who somebody is who is named in the document.
    pub fn named(&self, named: &Named<'_>) -> Who<'b> {
        Who::of(self.register, named.party, named.day)
    }

    /// The place of words inside a text of the document.
    pub fn within(&self, span: Span, words: &str) -> Span {
        wording::place(&self.book.sources, span, words)
    }
}

impl<'b> Shown<'b> {
    /// The texts of something, in the order of the file.
    pub(super) fn all(of: &'b impl HasTexts) -> Vec<Shown<'b>> {
        Shown::of(of.all_texts())
    }

    /// These texts, in the order of the file.
    pub(super) fn of(met: Vec<Met<'b>>) -> Vec<Shown<'b>> {
        let mut texts: Vec<Shown<'b>> = met
            .into_iter()
            .map(|met| {
                let words = match met.withheld {
                    true => Cow::Borrowed(""),
                    false => wording::shown_words(met.text),
                };
                Shown {
                    text: met.text,
                    withheld: met.withheld,
                    cues: Cues::of(met.text, &words),
                    words,
                }
            })
            .collect();
        texts.sort_by_key(|shown| shown.text.span);
        texts
    }
}

/// Collects what one lint finds.
pub struct Found {
    code: &'static str,
    severity: Severity,
    diagnostics: Vec<Diagnostic>,
}

impl Found {
    /// Reports something at a place; the returned diagnostic takes help and related places.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        let diagnostic = Diagnostic::new(self.code, self.severity, Target::Place(span), message);
        self.diagnostics.push(diagnostic);
        let last = self.diagnostics.len() - 1;
        &mut self.diagnostics[last]
    }
}

impl Lint {
    /// Runs it and returns what it found.
    pub(super) fn run(&self, look: impl FnOnce(&mut Found)) -> Vec<Diagnostic> {
        let mut found = Found {
            code: self.code,
            severity: self.severity,
            diagnostics: Vec::new(),
        };
        look(&mut found);
        found.diagnostics
    }
}
