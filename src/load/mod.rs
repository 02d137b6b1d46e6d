//! From a folder to a book. In: the book's root. Out: the book, and every structural fault of every file. A file with
//! a fault is left out of the book; the others load. This module reads the disk and never writes it.

mod find;
mod fonts;
mod logo;
mod names;
pub mod schema;

use crate::diagnostic::{Diagnostic, Severity, Target, nearest, quoted};
use crate::model::date::DateReading;
use crate::model::meeting::Meeting;
use crate::model::releases::{self, Altered, Kept, Release, Releases};
use crate::model::settings::Settings;
use crate::model::tracker::{Plan, Tracker, Updates};
use crate::model::{Book, Document, Filed};
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, FromNode, Node, Reader, Value};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// The name of the file at a book's root.
pub const SETTINGS_FILE: &str = "minutebook.yaml";
/// The largest file that is read, in bytes.
pub const MAX_FILE: u64 = 4 * 1024 * 1024;
/// The folder at a book's root to which it is built, unless another is asked for.
pub const OUTPUT_FOLDER: &str = "out";
/// Folders of a book's root in which no documents are looked for.
pub const RESERVED_FOLDERS: [&str; 3] = [OUTPUT_FOLDER, RELEASES_FOLDER, "templates"];
/// The name of the file at a book's root that says what was published.
pub const RELEASES_FILE: &str = "releases.yaml";
/// The folder at a book's root in which what was published is kept.
pub const RELEASES_FOLDER: &str = "releases";

/// What was found in a book's folder.
pub struct Loaded {
    /// The book, as far as it could be read.
    pub book: Book,
    /// Every structural fault, in the order of files and places.
    pub faults: Vec<Diagnostic>,
    /// Whether `minutebook.yaml` is there and without a fault. Where it is not, nothing that is approved may be built:
    /// a marking or an exemption could be among what was not understood.
    pub settings_are_sound: bool,
    /// Whether a file or folder could not be read at all.
    pub unreadable: bool,
}

/// Loads a book.
///
/// # Errors
/// When `root` is no folder, or cannot be read.
pub fn load(root: &Path) -> io::Result<Loaded> {
    let found = find::find(root)?;
    let mut sources = Sources::default();
    let mut faults = Vec::new();
    let mut files = Vec::new();
    let read: Vec<(PathBuf, Result<String, find::Unread>)> = found
        .into_par_iter()
        .map(|file| {
            let text = file
                .problem
                .map_or_else(|| find::read(&root.join(&file.path)), Err);
            (file.path, text)
        })
        .collect();
    let mut unreadable = false;
    let mut left_out = Vec::new();
    for (path, text) in read {
        match text {
            Ok(text) => files.push(sources.add(path, text)),
            Err(unread) => {
                unreadable |= unread.is_failure();
                let source = sources.add(path, unread.text());
                left_out.push(source);
                faults.push(unread.diagnostic(source));
            }
        }
    }
    let parsed: Vec<(SourceId, Parsed, Vec<Diagnostic>)> = files
        .into_par_iter()
        .map(|source| {
            let mut reader = Reader::of(&sources.get(source).text);
            let parsed = file(source, &sources, &mut reader);
            (source, parsed, reader.into_faults())
        })
        .collect();
    let mut settings = None;
    let mut settings_are_sound = false;
    let mut meetings = Vec::new();
    let (mut trackers, mut plans, mut updates) = (Vec::new(), Vec::new(), Vec::new());
    let mut releases = None;
    let mut names = names::Names::default();
    for (source, parsed, mut found) in parsed {
        if parsed.is_rendered() {
            found.extend(names.fault(source, &sources));
        }
        let is_sound = found.iter().all(|fault| fault.severity < Severity::Error);
        faults.extend(found);
        match parsed {
            // Faulty settings are better than none while the rest of the book is looked at.
            Parsed::Settings(read) => {
                settings_are_sound = is_sound;
                settings = Some(*read);
            }
            Parsed::Meeting(meeting) if is_sound => meetings.push(Document {
                source,
                meeting: *meeting,
            }),
            Parsed::Tracker(content) if is_sound => trackers.push(filed(source, *content)),
            Parsed::Plan(content) if is_sound => plans.push(filed(source, *content)),
            Parsed::Updates(content) if is_sound => updates.push(filed(source, content)),
            Parsed::Releases(content) if is_sound => releases = Some(filed(source, content)),
            _ if !is_sound => left_out.push(source),
            _ => {}
        }
    }
    let has_file = sources.find(Path::new(SETTINGS_FILE)).is_some();
    if !has_file {
        faults.push(no_settings());
    }
    let settings = settings.unwrap_or_else(|| Settings::nameless(anywhere(&mut sources)));
    let logo = logo::logo(root, &settings, &mut faults);
    let fonts = fonts::fonts(root, &settings, &mut faults);
    meetings.sort_by_key(|document| (document.meeting.date.day(), document.source));
    faults.extend(misplaced(root));
    faults.sort_by_key(|fault| fault.target);
    let mut book = Book {
        sources,
        settings,
        logo,
        fonts,
        meetings,
        trackers,
        plans,
        updates,
        left_out,
        releases,
        released: BTreeMap::new(),
        altered: Vec::new(),
    };
    book.released = released(root, &book);
    book.altered = altered(root, &book);
    Ok(Loaded {
        book,
        faults,
        settings_are_sound,
        unreadable,
    })
}

/// The lines of what was published last, for each document that was.
fn released(root: &Path, book: &Book) -> BTreeMap<SourceId, String> {
    let standings = releases::standings(book);
    let lines = standings.into_par_iter().filter_map(|standing| {
        let last = standing.last()?;
        Some((standing.source, kept(root, last, Kept::Lines)?))
    });
    lines.collect()
}

/// What was kept of earlier versions and is not as it was when they were published. Of the newest nothing is shown, and of
/// one that was withdrawn nothing need be kept.
fn altered(root: &Path, book: &Book) -> Vec<Altered> {
    let standings = releases::standings(book);
    let earlier = standings.into_par_iter().flat_map_iter(|standing| {
        let end = standing.releases.len().saturating_sub(1);
        standing.releases.into_iter().take(end)
    });
    let shown = earlier.filter(|release| release.withdrawn.is_none());
    let altered = shown.flat_map_iter(|release| {
        let both = [Kept::Lines, Kept::Markdown].into_iter();
        both.filter_map(|what| {
            let text = kept(root, release, what)?;
            let (file, version) = (&release.file.text, &release.version);
            let path = releases::kept(RELEASES_FOLDER, file, &version.text, what)?;
            (!release.is_kept(what, &text)).then(|| Altered {
                span: version.span,
                version: version.text.clone(),
                path: releases::written(&path),
            })
        })
    });
    let mut altered: Vec<Altered> = altered.collect();
    altered.sort_by(|a, b| (a.span, &a.path).cmp(&(b.span, &b.path)));
    altered
}

/// What was kept of a release; nothing when the file is gone or is no text.
pub fn kept(root: &Path, release: &Release, what: Kept) -> Option<String> {
    let (file, version) = (&release.file.text, &release.version.text);
    let path = releases::kept(RELEASES_FOLDER, file, version, what)?;
    find::read(&root.join(path)).ok()
}

/// Puts another text in the place of the one that a document was read from. The faults of the new text, when it has any:
/// then the book stays as it was.
pub fn replace(book: &mut Book, source: SourceId, text: &str) -> Vec<Diagnostic> {
    let before = book.sources.set(source, text.to_owned());
    let mut reader = Reader::of(&book.sources.get(source).text);
    let parsed = file(source, &book.sources, &mut reader);
    let faults = reader.into_faults();
    if !faults.is_empty() {
        book.sources.set(source, before);
        return faults;
    }
    match parsed {
        Parsed::Meeting(meeting) => {
            let mut all = book.meetings.iter_mut();
            if let Some(one) = all.find(|one| one.source == source) {
                one.meeting = *meeting;
            }
        }
        Parsed::Tracker(content) => put(&mut book.trackers, source, *content),
        Parsed::Plan(content) => put(&mut book.plans, source, *content),
        _ => {}
    }
    Vec::new()
}

fn put<T>(files: &mut [Filed<T>], source: SourceId, content: T) {
    if let Some(one) = files.iter_mut().find(|one| one.source == source) {
        one.content = content;
    }
}

/// A place to stand on for settings that no file holds.
fn anywhere(sources: &mut Sources) -> Span {
    let source = sources.add("", String::new());
    Span {
        source,
        start: 0,
        end: 0,
    }
}

/// A warning of documents that lie where none are looked for.
fn misplaced(root: &Path) -> Option<Diagnostic> {
    let documents = find::misplaced(root);
    let first = releases::written(documents.first()?);
    let more = match documents.len() - 1 {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    let message = format!("`{first}`{more}: no document is read in this folder");
    let warning = Diagnostic::new("reserved-folder", Severity::Warning, Target::Book, message);
    Some(warning.help(format!(
        "move it into a folder of another name: `{RELEASES_FOLDER}/` is for what is kept of published versions"
    )))
}

fn no_settings() -> Diagnostic {
    let message = format!("there is no `{SETTINGS_FILE}` at the root of this folder");
    Diagnostic::new("no-book", Severity::Error, Target::Book, message).help(format!(
        "give the folder in which `{SETTINGS_FILE}` stands, or begin one with a line `organisation: {{ name: … }}`"
    ))
}

enum Parsed {
    Settings(Box<Settings>),
    Meeting(Box<Meeting>),
    Tracker(Box<Tracker>),
    Plan(Box<Plan>),
    Updates(Updates),
    Releases(Releases),
    Nothing,
}

impl Parsed {
    /// Whether files are made of it that have its name.
    fn is_rendered(&self) -> bool {
        matches!(
            self,
            Parsed::Meeting(_) | Parsed::Tracker(_) | Parsed::Plan(_)
        )
    }
}

fn filed<T>(source: SourceId, content: T) -> Filed<T> {
    Filed { source, content }
}

fn file(source: SourceId, sources: &Sources, reader: &mut Reader) -> Parsed {
    let file = sources.get(source);
    let node = match yaml::parse(source, &file.text) {
        Ok(Some(node)) => node,
        Ok(None) => {
            reader.fault(empty(source, file.path == Path::new(SETTINGS_FILE)));
            return Parsed::Nothing;
        }
        Err(fault) => {
            reader.fault(*fault);
            return Parsed::Nothing;
        }
    };
    if node.entries().is_none() {
        reader.wrong_type(&node, "a document of fields");
        return Parsed::Nothing;
    }
    if file.path == Path::new(SETTINGS_FILE) {
        reader.of_kind("book");
        return Settings::from_node(&node, reader).map_or(Parsed::Nothing, |settings| {
            Parsed::Settings(Box::new(settings))
        });
    }
    if file.path == Path::new(RELEASES_FILE) {
        reader.of_kind("releases");
        return read(&node, reader, Parsed::Releases);
    }
    let kind = kind(&node, reader);
    let known = KINDS.into_iter().find(|known| kind == Some(*known));
    known.into_iter().for_each(|known| reader.of_kind(known));
    match kind {
        Some("meeting") => meeting(&node, reader),
        Some("tracker") => read(&node, reader, |tracker| Parsed::Tracker(Box::new(tracker))),
        Some("plan") => read(&node, reader, |plan| Parsed::Plan(Box::new(plan))),
        Some("updates") => read(&node, reader, Parsed::Updates),
        _ => Parsed::Nothing,
    }
}

fn read<T: FromNode>(node: &Node, reader: &mut Reader, into: impl Fn(T) -> Parsed) -> Parsed {
    T::from_node(node, reader).map_or(Parsed::Nothing, into)
}

fn empty(source: SourceId, is_settings: bool) -> Diagnostic {
    let help = match is_settings {
        true => "begin it with whose book it is: `organisation: { name: … }`",
        false => "remove it, or begin it with `kind: meeting`",
    };
    Diagnostic::new(
        "empty-file",
        Severity::Error,
        Target::File(source),
        "the file is empty",
    )
    .help(help)
}

/// The kinds of documents that a file can hold.
pub const KINDS: [&str; 4] = ["meeting", "tracker", "plan", "updates"];

fn kind<'n>(node: &'n Node, reader: &mut Reader) -> Option<&'n str> {
    let first = node.entries().and_then(<[_]>::first);
    let start = first.map_or(node.span, |entry| entry.key_span);
    let kind = node.get("kind");
    let Some(kind) = kind.filter(|kind| !matches!(kind.value, Value::Empty)) else {
        let is_kind = |entry: &yaml::Entry| entry.key.eq_ignore_ascii_case("kind");
        let help = match node.entries().is_some_and(|all| all.iter().any(is_kind)) {
            true => "write `kind:` in small letters",
            false => "begin it with a line `kind: meeting`, or `tracker`, `plan`, `updates`",
        };
        reader.fault(
            Diagnostic::error("no-kind", start, "the file does not say what it is").help(help),
        );
        return None;
    };
    let Some(word) = kind.scalar() else {
        reader.wrong_type(kind, "text");
        return None;
    };
    if !KINDS.contains(&word) {
        let message = format!("{} is not a kind of document", quoted(word));
        let help = match nearest(word, KINDS) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write one of {}", KINDS.join(", ")),
        };
        reader.fault(Diagnostic::error("unknown-kind", kind.span, message).help(help));
        return None;
    }
    Some(word)
}

fn meeting(node: &Node, reader: &mut Reader) -> Parsed {
    let Some(meeting) = Meeting::from_node(node, reader) else {
        return Parsed::Nothing;
    };
    if meeting.date.day().is_none() {
        let written = &meeting.date.written;
        let day = written.source();
        let message = match meeting.date.reading {
            DateReading::NoSuchDay => format!("there is no such day as {day}"),
            DateReading::NoYear => format!("`{day}` lacks the year"),
            _ => format!("{} is not the day of a meeting", quoted(day)),
        };
        reader.fault(
            Diagnostic::error("no-date", written.span, message)
                .help("write the date as 2026-08-25, or in full as Tuesday 25 August 2026"),
        );
        return Parsed::Nothing;
    }
    Parsed::Meeting(Box::new(meeting))
}

/// Why what a path of the book leads to is not read: it is no file, or a link leads out of the book. Nothing when it may be
/// read, and when it is not there, which shows when it is read.
pub fn not_in_book(root: &Path, path: &Path) -> Option<&'static str> {
    let (root, path) = (root.canonicalize().ok()?, path.canonicalize().ok()?);
    // A pipe or a device could be waited for without end.
    if !path.is_file() {
        return Some("is no file");
    }
    (!path.starts_with(root)).then_some("is a link that leads out of the book")
}
