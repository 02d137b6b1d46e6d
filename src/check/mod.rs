//! What is doubtful in a book that loads. In: a book. Out: diagnostics. Each lint is one file in `lints/`, with its code,
//! its severity and its documentation; nothing else has to be told of it but the list below, which declares it.

mod lint;
mod lints;

pub use lint::{BookSubject, Check, Found, Lint, MeetingSubject};
pub use lints::{LINTS, STRUCTURE, Structural};

use crate::diagnostic::{Diagnostic, Severity, Target, nearest};
use crate::model::outline::Outline;
use crate::model::register::Register;
use crate::model::settings::Level;
use crate::model::{Book, Document};
use rayon::prelude::*;

/// Runs every lint over a book. The severities are those that the book's settings ask for; `extract` documents have the
/// lints on missing headings lowered to notes. The result is in the order of files and places.
pub fn check(book: &Book) -> Vec<Diagnostic> {
    let register = Register::new(&book.settings);
    let subject = BookSubject {
        book,
        register: &register,
    };
    let mut diagnostics: Vec<Diagnostic> = settings(book);
    for lint in LINTS {
        if let Check::Book(run) = lint.check {
            diagnostics.extend(lint.run(|found| run(&subject, found)));
        }
    }
    let of_meetings: Vec<Vec<Diagnostic>> = book
        .meetings
        .par_iter()
        .map(|document| meeting(&subject, document))
        .collect();
    diagnostics.extend(of_meetings.into_iter().flatten());
    let mut diagnostics: Vec<Diagnostic> = diagnostics
        .into_iter()
        .filter_map(|diagnostic| levelled(book, diagnostic))
        .collect();
    diagnostics.sort_by_key(|diagnostic| (diagnostic.target, diagnostic.code));
    diagnostics
}

fn meeting(subject: &BookSubject<'_>, document: &Document) -> Vec<Diagnostic> {
    let meeting = &document.meeting;
    let series = meeting
        .series
        .as_deref()
        .and_then(|key| subject.book.settings.series.get(key));
    let subject = MeetingSubject {
        book: subject.book,
        register: subject.register,
        document,
        meeting,
        series,
        outline: Outline::of(meeting, series),
    };
    let mut diagnostics = Vec::new();
    for lint in LINTS {
        if let Check::Meeting(run) = lint.check {
            let mut found = lint.run(|found| run(&subject, found));
            if meeting.extract && lint.lowered_in_extracts {
                found
                    .iter_mut()
                    .for_each(|one| one.severity = Severity::Note);
            }
            diagnostics.extend(found);
        }
    }
    diagnostics
}

/// The severity that the book asks for, or nothing when it switches the lint off.
fn levelled(book: &Book, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
    if let Some(setting) = book.settings.lints.get(diagnostic.code) {
        diagnostic.severity = match setting.level {
            Level::Off => return None,
            Level::Note => Severity::Note,
            Level::Warning => Severity::Warning,
            Level::Error => Severity::Error,
        };
    }
    Some(diagnostic)
}

/// Settings of lints that do not exist, or that cannot be switched off because the file would not load.
fn settings(book: &Book) -> Vec<Diagnostic> {
    let codes: Vec<&str> = LINTS.iter().map(|lint| lint.code).collect();
    let mut diagnostics = Vec::new();
    for (key, _) in book.settings.lints.iter() {
        if codes.contains(&key.name.as_str()) {
            continue;
        }
        let message = match STRUCTURE.iter().any(|fault| fault.code == key.name) {
            true => format!(
                "`{}` is a fault of structure: its severity cannot be changed",
                key.name
            ),
            false => format!("there is no lint `{}`", key.name),
        };
        let help = match nearest(&key.name, codes.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`minutebook explain` lists every code".to_owned(),
        };
        diagnostics.push(
            Diagnostic::new(
                "unknown-lint",
                Severity::Error,
                Target::Place(key.span),
                message,
            )
            .help(help),
        );
    }
    diagnostics
}

/// The documentation of a code: what it means, why it matters, how to mend it. `None` for a code that does not exist.
pub fn explain(code: &str) -> Option<String> {
    if let Some(lint) = LINTS.iter().find(|lint| lint.code == code) {
        let severity = lint.severity.word();
        return Some(format!(
            "{code} ({severity}): {}\n\n{}\n",
            lint.summary, lint.explanation
        ));
    }
    let fault = STRUCTURE.iter().find(|fault| fault.code == code)?;
    Some(format!(
        "{code} (error): {}\n\nThis is a fault of structure: the file that has it is left out until it is mended.\n",
        fault.summary
    ))
}
