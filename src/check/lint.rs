//! What a lint is, and what it gets to see.

use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::model::meeting::Meeting;
use crate::model::outline::Outline;
use crate::model::register::Register;
use crate::model::settings::Series;
use crate::model::{Book, Document};
use crate::source::Span;
use chrono::NaiveDate;

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
    /// Each meeting.
    Meeting(fn(&MeetingSubject<'_>, &mut Found)),
}

/// A book under check.
pub struct BookSubject<'b> {
    /// The book.
    pub book: &'b Book,
    /// Its register of people and bodies.
    pub register: &'b Register<'b>,
}

/// A meeting under check.
pub struct MeetingSubject<'b> {
    /// The book that it belongs to.
    pub book: &'b Book,
    /// The book's register of people and bodies.
    pub register: &'b Register<'b>,
    /// The meeting with its file.
    pub document: &'b Document,
    /// The meeting.
    pub meeting: &'b Meeting,
    /// Its series, when it has one that the book knows.
    pub series: Option<&'b Series>,
    /// Its numbers and anchors.
    pub outline: Outline,
}

impl MeetingSubject<'_> {
    /// The day of the meeting.
    pub fn day(&self) -> Option<NaiveDate> {
        self.meeting.date.day()
    }

    /// The place of words inside a text of the meeting.
    pub fn within(&self, span: Span, words: &str) -> Span {
        self.book.sources.within(span, words)
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
