//! What is doubtful in a book that loads. In: a book. Out: diagnostics. Each lint is one file in `lints/`, with its code,
//! its severity and its documentation; nothing else has to be told of it but the list that declares it. What several
//! lints look at is gathered once for each document: its parts, who was there, its public words and what is in them at all
//! (`cues`). No message repeats a withheld word, and every lint takes a time that grows with the size of the book and no faster.

mod abbreviations;
mod calendar;
mod cues;
mod difference;
mod document;
mod exemptions;
mod history;
mod item_content;
mod limit;
mod links;
mod lint;
mod lints;
mod meant;
mod moments;
mod names;
mod owner_in_text;
mod parts;
mod presence;
mod wording;

pub use cues::{Cue, Cues};
pub use document::{Document, Gathered, Holding, holdings};
pub use lint::{
    BookSubject, Check, DateSubject, DocumentSubject, Found, Lint, MeetingSubject, Shown,
    TextSubject,
};
pub use lints::{LINTS, RENDERING, STRUCTURE, Structural};
pub use parts::{Named, Part, Parts, Role};
pub use presence::{Listed, Presence, Who};

use crate::diagnostic::{Diagnostic, Severity, Target, nearest};
use crate::edition;
use crate::ledger::Ledger;
use crate::model::Book;
use crate::model::due::DueRule;
use crate::model::register::Register;
use crate::model::settings::{Level, Settings};
use crate::model::text::Text;
use crate::model::word::Word;
use rayon::prelude::*;

/// Runs every lint over a book. The severities are those that the book's settings ask for; `extract` documents have the
/// lints on missing headings lowered to notes. The result is in the order of files and places.
pub fn check(book: &Book) -> Vec<Diagnostic> {
    let register = Register::new(&book.settings);
    let ledger = Ledger::new(&edition::internal(book), &book.sources);
    let documents = document::gathered(book);
    let holdings = holdings(book);
    let hidden = documents
        .iter()
        .flat_map(|one| one.parts.hidden.iter().copied())
        .collect();
    let explained = abbreviations::explained(&book.settings, &register);
    let subject = BookSubject {
        book,
        register: &register,
        ledger: &ledger,
        documents: &documents,
        holdings: &holdings,
        hidden: &hidden,
        explained: &explained,
    };
    let mut diagnostics: Vec<Diagnostic> = settings(book);
    diagnostics.extend(whole(&subject));
    let of_documents: Vec<Vec<Diagnostic>> = documents
        .par_iter()
        .map(|gathered| of_document(&subject, gathered))
        .collect();
    diagnostics.extend(of_documents.into_iter().flatten());
    let mut diagnostics: Vec<Diagnostic> = diagnostics
        .into_iter()
        .filter_map(|diagnostic| levelled(book, diagnostic))
        .collect();
    diagnostics.sort_by_key(|diagnostic| (diagnostic.target, diagnostic.code));
    diagnostics
}

/// Runs the lints over what belongs to no single document: the settings, and the book as a whole.
fn whole(subject: &BookSubject<'_>) -> Vec<Diagnostic> {
    let book = subject.book;
    let texts = Shown::all(&book.settings);
    let printed = printed(&book.settings);
    let printed = Shown::all(&printed);
    let posts = book.settings.people.iter().flat_map(|(_, one)| &one.posts);
    let dates: Vec<DateSubject<'_>> = posts
        .flat_map(|post| post.from.iter().chain(&post.until))
        .map(|date| DateSubject {
            written: &date.written,
            reading: date.reading,
            is_due: false,
            meeting: None,
            withheld: false,
        })
        .collect();
    let of_lint = |lint: &Lint| match lint.check {
        Check::Book(run) => lint.run(|found| run(subject, found)),
        Check::Text(run) => lint.run(|found| of_texts(book, &texts, run, found)),
        Check::Printed(run) => lint.run(|found| {
            of_texts(book, &texts, run, found);
            of_texts(book, &printed, run, found);
        }),
        Check::Date(run) => lint.run(|found| dates.iter().for_each(|date| run(date, found))),
        Check::Document(_) | Check::Meeting(_) => Vec::new(),
    };
    // Each is a task of its own: some lints walk over the whole book.
    let lints = LINTS.par_iter().with_max_len(1);
    let found: Vec<Vec<Diagnostic>> = lints.map(of_lint).collect();
    found.into_iter().flatten().collect()
}

fn of_texts(
    book: &Book,
    texts: &[Shown<'_>],
    run: fn(&TextSubject<'_>, &mut Found),
    found: &mut Found,
) {
    for shown in texts {
        let subject = TextSubject {
            book,
            text: shown.text,
            withheld: shown.withheld,
            words: &shown.words,
            cues: shown.cues,
        };
        run(&subject, found);
    }
}

/// What the settings print that is no text: the address of the website, and the words for the logo.
fn printed(settings: &Settings) -> Vec<Text> {
    let logo = settings.look.as_ref().and_then(|look| look.logo.as_ref());
    let words = settings.organisation.website.iter();
    let words = words.chain(logo.map(|logo| &logo.alt));
    words.map(as_text).collect()
}

/// The addresses of the papers and the sources of a document.
fn addresses(gathered: &Gathered<'_>) -> Vec<Text> {
    let papers = gathered.parts.papers.iter();
    let papers = papers.filter(|paper| !paper.withheld);
    let papers = papers.filter_map(|paper| paper.whole().link.as_ref());
    let sources = gathered.document.sources().into_iter();
    let sources = sources.flat_map(|all| all.iter());
    let sources = sources.filter_map(|(_, source)| source.link.as_ref());
    papers.chain(sources).map(as_text).collect()
}

fn as_text(word: &Word) -> Text {
    Text::generated(word.span, word.text.as_str())
}

/// Every date in a document, due dates included.
fn dates<'b>(subject: &DocumentSubject<'b>) -> Vec<DateSubject<'b>> {
    // Where nobody met, the days of a document are past ones, and nothing tells which comes next.
    let meeting = subject.document.meeting().and(subject.day());
    let dates = subject.parts.dates.iter().map(|date| DateSubject {
        written: &date.whole().written,
        reading: date.reading,
        is_due: false,
        meeting,
        withheld: date.withheld,
    });
    let dues = subject.parts.dues.iter().chain(&subject.parts.reviews);
    let dues = dues.filter_map(|due| match due.rule {
        DueRule::Day(reading) => Some(DateSubject {
            written: &due.whole().written,
            reading,
            is_due: true,
            meeting: due.day,
            withheld: due.withheld,
        }),
        _ => None,
    });
    dates.chain(dues).collect()
}

fn of_document(subject: &BookSubject<'_>, gathered: &Gathered<'_>) -> Vec<Diagnostic> {
    let subject = DocumentSubject::new(subject, gathered);
    let meeting = gathered.document.meeting();
    let dates = dates(&subject);
    let addresses = addresses(gathered);
    let addresses = Shown::all(&addresses);
    let mut diagnostics = Vec::new();
    for lint in LINTS {
        let mut found = match lint.check {
            Check::Book(_) => Vec::new(),
            Check::Document(run) => lint.run(|found| run(&subject, found)),
            Check::Meeting(run) => lint.run(|found| of_meeting(&subject, run, found)),
            Check::Text(run) => lint.run(|found| of_texts(subject.book, subject.texts, run, found)),
            Check::Printed(run) => lint.run(|found| {
                of_texts(subject.book, subject.texts, run, found);
                of_texts(subject.book, &addresses, run, found);
            }),
            Check::Date(run) => lint.run(|found| dates.iter().for_each(|date| run(date, found))),
        };
        if lint.lowered_in_extracts && meeting.is_some_and(|meeting| meeting.extract) {
            found
                .iter_mut()
                .for_each(|one| one.severity = Severity::Note);
        }
        diagnostics.extend(found);
    }
    diagnostics
}

fn of_meeting(
    subject: &DocumentSubject<'_>,
    run: fn(&MeetingSubject<'_>, &mut Found),
    found: &mut Found,
) {
    if let Some(meeting) = subject.document.meeting() {
        let subject = MeetingSubject {
            whole: subject,
            meeting,
        };
        run(&subject, found);
    }
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
        let (message, help) = match STRUCTURE.iter().any(|fault| fault.code == key.name) {
            true => (
                format!(
                    "`{}` is a fault of structure: its severity cannot be changed",
                    key.name
                ),
                "remove this setting, and mend the fault where it is reported".to_owned(),
            ),
            false => (
                format!("there is no lint `{}`", key.name),
                match nearest(&key.name, codes.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "`minutebook explain` lists every code".to_owned(),
                },
            ),
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
    let told = |fault: &Structural, more: &str| {
        let severity = fault.severity.word();
        format!("{code} ({severity}): {}\n\n{more}\n", fault.summary)
    };
    let of = |faults: &'static [Structural]| faults.iter().find(|fault| fault.code == code);
    match (of(STRUCTURE), of(RENDERING)) {
        (Some(fault), _) if fault.severity == Severity::Error => Some(told(
            fault,
            "This is a fault of structure: the file that has it is left out until it is mended.",
        )),
        (Some(fault), _) => Some(told(fault, "The rest of the book is read all the same.")),
        (None, Some(fault)) => Some(told(fault, "This shows while documents are rendered.")),
        (None, None) => None,
    }
}

/// Every code with its severity and what it means in a line: lints, then the faults of structure and of rendering.
pub fn codes() -> impl Iterator<Item = (&'static str, Severity, &'static str)> {
    let lints = LINTS
        .iter()
        .map(|lint| (lint.code, lint.severity, lint.summary));
    let faults = STRUCTURE.iter().chain(RENDERING);
    lints.chain(faults.map(|fault| (fault.code, fault.severity, fault.summary)))
}
