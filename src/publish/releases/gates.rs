//! What a document must pass before it is approved, published or amended. Everything that stands in the way is reported at
//! once.

use super::paper::Paper;
use super::{Refusal, Subject};
use crate::diagnostic::{Severity, Target};
use crate::ledger;
use crate::load::{RELEASES_FILE, SETTINGS_FILE};
use crate::model::Book;
use crate::model::exemption::Exemption;
use crate::model::meeting::Status;
use crate::model::releases;
use crate::render::dates;
use crate::source::SourceId;
use chrono::NaiveDate;
use std::path::Path;

/// Lints that a release itself mends: they do not stand in its way.
pub const MENDED: [&str; 3] = [
    "changed-since-published",
    "published-without-release",
    "unfinished-release",
];

/// Collects what stands in the way of a document.
pub(super) struct Gates<'g, 'b> {
    pub(super) subject: &'g Subject<'b>,
    pub(super) source: SourceId,
    pub(super) refusals: Vec<Refusal>,
}

impl<'g, 'b> Gates<'g, 'b> {
    pub(super) fn new(subject: &'g Subject<'b>, source: SourceId) -> Gates<'g, 'b> {
        Gates {
            subject,
            source,
            refusals: Vec::new(),
        }
    }

    pub(super) fn refuse(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.refusals.push(Refusal::new(self.source, message, help));
    }

    /// No errors in the file, in the settings, or in the book as a whole.
    pub(super) fn errors(&mut self) {
        let sources = &self.subject.book.sources;
        let shared = [SETTINGS_FILE, RELEASES_FILE].map(|name| sources.find(Path::new(name)));
        let counts =
            |source: Option<SourceId>| source == Some(self.source) || shared.contains(&source);
        let errors = self.subject.diagnostics.iter().filter(|one| {
            one.severity == Severity::Error
                && (one.target == Target::Book || counts(one.source()))
                && !MENDED.contains(&one.code)
        });
        let count = errors.count();
        if count > 0 {
            let errors = if count == 1 { "an error" } else { "errors" };
            self.refuse(
                format!("it has {errors}, or {SETTINGS_FILE} or {RELEASES_FILE} has"),
                "run `minutebook check`, and mend what it reports",
            );
        }
    }

    /// No file is left out that may withhold an action of which something is said here.
    fn waits(&mut self) {
        let book: &Book = self.subject.book;
        if let Some(file) = ledger::waiting(book).get(&self.source) {
            let file = releases::written(&book.sources.get(*file).path);
            self.refuse(
                format!("it says something of an action that {file} may withhold, and that file has errors"),
                format!("run `minutebook check`, and mend {file} first"),
            );
        }
    }

    /// No file is left out that withholds anything: the leak check would not know what to look for.
    fn unread(&mut self) {
        let subject = self.subject;
        let book: &Book = subject.book;
        for file in &book.left_out {
            let file = book.sources.get(*file);
            if may_withhold(&file.text) {
                let file = releases::written(&file.path);
                self.refuse(
                    format!("{file} has errors, and what it withholds cannot be looked for in what is published"),
                    format!("run `minutebook check`, and mend {file} first"),
                );
            }
        }
    }

    /// Everything that both approving and publishing ask for.
    pub(super) fn common(&mut self, paper: &Paper<'_>) {
        self.errors();
        self.waits();
        if paper.is_extract {
            self.refuse(
                "this is an extract, and a part of the notes renders only as a draft",
                "complete the notes, and remove `extract: true`",
            );
        }
        self.attendance(paper);
    }

    fn attendance(&mut self, paper: &Paper<'_>) {
        let Some(attendance) = &paper.attendance else {
            self.refuse(
                "nobody has said who was there: `attendance:` is missing",
                "write `attendance:` with everybody who was present",
            );
            return;
        };
        if attendance.is_empty {
            self.refuse(
                "nobody is on the list of those present: `attendance:` is empty",
                "write everybody who was present",
            );
        }
        if let Some(name) = attendance.open {
            let line = self.subject.book.sources.place(name.span).line;
            self.refuse(
                format!("the attendance is not confirmed: line {line} stands for a name that is still to come"),
                "write who it was, or take the entry out",
            );
        }
        if is_unconfirmed(&self.subject.book.sources.get(self.source).text) {
            self.refuse(
                "the attendance of the draft was not confirmed: its list still stands there as a comment",
                "keep who came, and remove the comment",
            );
        }
    }

    /// What publishing asks for beyond that.
    pub(super) fn public(&mut self, paper: &Paper<'_>, date: NaiveDate) {
        self.common(paper);
        self.unread();
        self.name();
        self.codes();
        if paper.status == Status::Draft {
            let this = paper.this();
            let verb = if paper.what == "notes" { "are" } else { "is" };
            self.refuse(
                format!("{this} {verb} a draft, and a draft cannot be published"),
                "approve it first: `minutebook approve FILE --by KEY`",
            );
        } else {
            self.approved(paper, date);
        }
        self.marking(paper);
    }

    /// No name under which another document was published: the history of the two would be one, and what is kept of the other
    /// would be written over.
    fn name(&mut self) {
        let book: &Book = self.subject.book;
        let file = releases::written(&book.sources.get(self.source).path);
        let record = book.releases.as_ref().map(|record| &record.content);
        if let Some(now) = record.and_then(|record| record.holder(&file)) {
            self.refuse(
                format!(
                    "under the name of {file} another document was published, which is {now} now"
                ),
                "give this file a name that no published file has had",
            );
        }
    }

    /// No code of an exemption that nobody knows, whatever the book makes of that lint: the words may stand where it belongs,
    /// and what is kept of a release holds the codes.
    fn codes(&mut self) {
        let book: &Book = self.subject.book;
        let own: Vec<Exemption> = book
            .settings
            .exemptions
            .keys()
            .map(Exemption::new)
            .collect();
        let is_unknown = |code: &Exemption| !(code.is_known() || own.contains(code));
        let withheld = Paper::withheld(book, self.source);
        if withheld.iter().flatten().any(is_unknown) {
            self.refuse(
                "something in it is withheld under a code that is not known",
                "run `minutebook check`, and mend what it reports as `unknown-exemption`",
            );
        }
    }

    fn approved(&mut self, paper: &Paper<'_>, date: NaiveDate) {
        let book: &Book = self.subject.book;
        let approval = paper.approved;
        let by = approval.and_then(|approval| approval.by.as_ref());
        let by = by.and_then(|by| by.name.as_ref().or(by.body.as_ref()));
        let help = "write `approved: { by: …, date: … }`, or set `status: draft` and run `minutebook approve`";
        match by.map(|by| by.source().trim().to_owned()) {
            None => self.refuse("nothing says who approved it", help),
            Some(by) if !paper.is_chair(book, &by) => self.not_chair(paper, &by),
            Some(_) => {}
        }
        let day = approval.and_then(|approval| approval.date.as_ref()?.day());
        match day {
            None => self.refuse("nothing says when it was approved", help),
            Some(day) if day > date => self.refuse(
                format!(
                    "it was approved on {}, after {}",
                    dates::day(day),
                    dates::day(date)
                ),
                "give the day on which it was published: `--date`",
            ),
            Some(_) => {}
        }
    }

    /// Says who must approve it.
    pub(super) fn not_chair(&mut self, paper: &Paper<'_>, by: &str) {
        let chairs = paper.chair_words();
        let (message, help) = match (chairs.as_str(), paper.needs_chair) {
            ("", true) => (
                "nothing says who took the chair".to_owned(),
                "write `chair:` in the notes, or in their series in minutebook.yaml".to_owned(),
            ),
            ("", false) => (
                format!("`{by}` is not in the register"),
                "give a key of minutebook.yaml".to_owned(),
            ),
            (chairs, _) => (
                format!("`{by}` did not take the chair: it is approved by {chairs}"),
                format!(
                    "have it approved by {chairs}; or, where `{by}` took the chair then, say so: `chair: {by}`"
                ),
            ),
        };
        self.refuse(message, help);
    }

    fn marking(&mut self, paper: &Paper<'_>) {
        let own = paper.classification;
        let marking = own.or(self.subject.book.settings.classification.as_ref());
        let words = marking.map(|text| text.words().to_uppercase());
        let words = words.unwrap_or_default();
        let is_secret = words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "SENSITIVE" | "SECRET" | "CONFIDENTIAL" | "RESTRICTED"));
        if is_secret {
            self.refuse(
                "its marking does not allow it to be published",
                "withhold what is sensitive, and write `classification: OFFICIAL`",
            );
        }
    }
}

/// Whether a file that is left out may withhold something: a passage, or a whole entry. Of one that could not be read at all
/// there is no text, and of one that is no text there is what comes before the first byte that is none.
fn may_withhold(text: &str) -> bool {
    let is_whole = !text.is_empty() && !text.ends_with(char::REPLACEMENT_CHARACTER);
    !is_whole || text.contains("<<") || text.contains("withheld")
}

/// Whether a draft still holds its list of members as a comment.
fn is_unconfirmed(text: &str) -> bool {
    text.lines().any(|line| {
        let comment = line.trim_start().strip_prefix('#').map(str::trim);
        comment.is_some_and(|comment| {
            matches!(comment, "attendance:" | "in_attendance:")
                || comment.starts_with("Nobody is shown as present until")
        })
    })
}
