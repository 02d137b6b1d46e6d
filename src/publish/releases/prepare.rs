//! What publishing and amending have in common: the version in the document, the record, and what is kept of a release.

use super::gates::Gates;
use super::{Prepared, Refusal, Subject, Written};
use crate::edition::{self, PublicLines};
use crate::load::{self, RELEASES_FILE, RELEASES_FOLDER};
use crate::mend::{Change, change};
use crate::model::Book;
use crate::model::meeting::Status;
use crate::model::releases::{self, Kept, Release, Standing, number};
use crate::model::tracker::Version;
use crate::model::transcript::fingerprint;
use crate::render::templates::Templates;
use crate::render::{Document, Renderer};
use crate::source::SourceId;
use crate::yaml::write;
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// The beginning of a record that the program begins.
const HEAD: &str = "# yaml-language-server: $schema=releases.schema.json
# What was published, and when. minutebook writes this file and only adds to it. Where a file was renamed, say so, so that
# its history goes on: `renamed: [{ from: old.yaml, to: new.yaml }]`.
kind: releases
";

/// A release to be made.
pub(super) struct Wanted {
    pub(super) source: SourceId,
    pub(super) number: String,
    pub(super) date: NaiveDate,
    /// What changed; `None` where the document lists the version already.
    pub(super) comment: Option<String>,
}

/// A value of YAML that can stand in braces too.
pub(super) fn yaml_value(text: &str) -> String {
    let plain = write::scalar(text);
    match plain == text && !text.contains([',', '#', '?']) {
        true => plain,
        false => write::quoted(text),
    }
}

pub(super) fn no_document(source: SourceId) -> Refusal {
    Refusal::new(
        source,
        "this is no document that could be approved or published",
        "name the file of a meeting, a tracker or a plan that loads: see `minutebook check`",
    )
}

pub(super) fn not_safe(source: SourceId, what: &str) -> Refusal {
    Refusal::new(
        source,
        "the file could not be changed safely, because of how it is written",
        format!("write this yourself: {what}"),
    )
}

/// The number of the first version that is published: 1.0, or the next where whole numbers were given before.
pub(super) fn first_number(versions: &[Version]) -> String {
    let numbers = versions.iter().filter_map(|one| one.number.as_ref());
    let highest = numbers.filter_map(|one| number(one.source())).max();
    match highest {
        Some((major, minor)) if major > 0 => format!("{major}.{}", minor.saturating_add(1)),
        _ => "1.0".to_owned(),
    }
}

/// The number of the next version.
pub(super) fn next_number(versions: &[Version], last: &str) -> String {
    let numbers = versions.iter().filter_map(|one| one.number.as_ref());
    let numbers = numbers.filter_map(|one| number(one.source()));
    match numbers.chain(number(last)).max() {
        Some((major, minor)) => format!("{major}.{}", minor.saturating_add(1)),
        None => format!("{last}.1"),
    }
}

/// The files of releases, in the order in which they are written.
pub(super) fn files(
    subject: &mut Subject<'_>,
    wanted: &[Wanted],
    templates: &Templates,
) -> Result<Prepared, Vec<Refusal>> {
    let mut prepared = Prepared::default();
    let changed = changed(subject.book, wanted)?;
    for (one, new) in wanted.iter().zip(&changed) {
        let faults = match new {
            Some(new) => load::replace(subject.book, one.source, &new.after),
            None => Vec::new(),
        };
        if let Some(fault) = faults.first() {
            return Err(vec![Refusal::new(
                one.source,
                format!("the version cannot be written: {}", fault.message),
                "write the note in plain words",
            )]);
        }
    }
    let kept = keepsakes(subject.book, wanted, templates)?;
    let (mut made, mut refusals) = (Vec::new(), Vec::new());
    for (one, kept) in wanted.iter().zip(&kept) {
        match begun(subject.book, one) {
            Some(release) => refusals.extend(differs(one, release, kept)),
            None => made.push((one, kept)),
        }
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let book = &*subject.book;
    let record = record(book, &made)?;
    prepared.files = made
        .iter()
        .flat_map(|(one, kept)| kept.files(book, one))
        .collect();
    prepared.files.extend(record);
    prepared.files.extend(changed.into_iter().flatten());
    Ok(prepared)
}

/// A release as it is to be made. Where one was recorded that the document does not list, only that one can be: it is
/// completed, with the day that it has.
pub(super) fn completing(
    gates: &mut Gates<'_, '_>,
    standing: &Standing<'_>,
    wanted: Wanted,
) -> Wanted {
    let Some(begun) = standing.begun() else {
        return wanted;
    };
    if begun.version.text != wanted.number {
        gates.refusals.push(recorded(
            wanted.source,
            begun,
            "and the file does not list it",
            "put the newer copy of the file back, and amend that",
        ));
    }
    Wanted {
        date: begun.day().unwrap_or(wanted.date),
        ..wanted
    }
}

/// Why a release that was recorded cannot be completed: what would be kept of it is not what was kept, and that is never
/// written again.
fn differs(one: &Wanted, release: &Release, kept: &Keepsake) -> Option<Refusal> {
    let (what, help) = if !release.is_kept(Kept::Lines, &kept.lines) {
        (
            "with other words",
            "put its words back as they were then, and run this again; what is to be changed is then amended",
        )
    } else if !release.is_kept(Kept::Markdown, &kept.markdown) {
        (
            "with another note, or minutebook.yaml or a template was changed since",
            "put that back as it was then, and run this again",
        )
    } else {
        return None;
    };
    Some(recorded(one.source, release, what, help))
}

fn recorded(source: SourceId, release: &Release, what: &str, help: &str) -> Refusal {
    let version = &release.version.text;
    Refusal::new(
        source,
        format!("version {version} of it is recorded in {RELEASES_FILE}, {what}"),
        format!(
            "{help}. Or, where version {version} was never on the website, remove its entry from {RELEASES_FILE}, and run this \
             again"
        ),
    )
}

/// The documents with their new versions.
fn changed(book: &Book, wanted: &[Wanted]) -> Result<Vec<Option<Written>>, Vec<Refusal>> {
    let one = |one: &Wanted| {
        let Some(comment) = &one.comment else {
            return Ok(None);
        };
        let file = book.sources.get(one.source);
        let entry = vec![
            ("number", write::quoted(&one.number)),
            ("date", one.date.to_string()),
            ("comment", yaml_value(comment)),
        ];
        let words: Vec<String> = entry
            .iter()
            .map(|(key, value)| format!("{key}: {value}"))
            .collect();
        let changes = [
            Change::Set {
                key: "status",
                value: Status::Published.word().to_owned(),
                behind: &["date", "kind"],
            },
            Change::Append {
                list: "versions",
                entry,
                behind: &["approved", "status"],
            },
        ];
        match change(&file.text, &changes) {
            Some(after) => Ok(Some(Written {
                path: file.path.clone(),
                before: Some(file.text.clone()),
                after,
            })),
            None => Err(vec![not_safe(
                one.source,
                &format!(
                    "`status: published`, and in `versions:` {{ {} }}",
                    words.join(", ")
                ),
            )]),
        }
    };
    wanted.iter().map(one).collect()
}

/// The record with the releases in it that it does not have yet.
fn record(book: &Book, made: &[(&Wanted, &Keepsake)]) -> Result<Option<Written>, Vec<Refusal>> {
    let known = book.sources.find(Path::new(RELEASES_FILE));
    let before = known.map(|source| book.sources.get(source).text.clone());
    let mut after = before.clone().unwrap_or_else(|| HEAD.to_owned());
    for (one, kept) in made {
        let file = releases::written(&book.sources.get(one.source).path);
        let entry = Change::Append {
            list: "releases",
            entry: vec![
                ("file", yaml_value(&file)),
                ("version", write::quoted(&one.number)),
                ("date", one.date.to_string()),
                ("fingerprint", fingerprint(&kept.lines)),
                ("markdown", fingerprint(&kept.markdown)),
            ],
            behind: &["kind"],
        };
        after = change(&after, &[entry]).ok_or_else(|| {
            let what = format!("the release of {file} in {RELEASES_FILE}");
            vec![not_safe(one.source, &what)]
        })?;
    }
    let path = PathBuf::from(RELEASES_FILE);
    Ok((!made.is_empty()).then_some(Written {
        path,
        before,
        after,
    }))
}

/// The release, where the record has it already: it was begun and not completed.
fn begun<'b>(book: &'b Book, one: &Wanted) -> Option<&'b Release> {
    let file = releases::written(&book.sources.get(one.source).path);
    let record = &book.releases.as_ref()?.content;
    record.releases.iter().find(|release| {
        release.version.text == one.number && record.now(&release.file.text) == file
    })
}

/// What is kept of a release.
struct Keepsake {
    /// Its public words as lines.
    lines: String,
    markdown: String,
}

impl Keepsake {
    /// The files in which it is kept.
    fn files(&self, book: &Book, one: &Wanted) -> Vec<Written> {
        let file = releases::written(&book.sources.get(one.source).path);
        let both = [(Kept::Lines, &self.lines), (Kept::Markdown, &self.markdown)];
        let files = both.into_iter().filter_map(|(what, text)| {
            Some(Written {
                path: releases::kept(RELEASES_FOLDER, &file, &one.number, what)?,
                before: None,
                after: text.clone(),
            })
        });
        files.collect()
    }
}

/// What is kept of each release. Readers get it as an earlier version, so that it is made of what is published, this release
/// with it, and of nothing else.
fn keepsakes(
    book: &Book,
    wanted: &[Wanted],
    templates: &Templates,
) -> Result<Vec<Keepsake>, Vec<Refusal>> {
    let public = edition::public(book);
    let shelf = public.shelf().published();
    let lines = PublicLines::new(book);
    let renderer = Renderer::new(&shelf, &book.sources, templates);
    let documents = Document::all(&shelf);
    let one = |one: &Wanted| {
        let mut found = documents.iter();
        let Some(document) = found.find(|document| document.source() == one.source) else {
            return Err(vec![no_document(one.source)]);
        };
        let markdown = renderer.markdown(*document).map_err(|error| {
            let message = format!("a template is broken: {error}");
            vec![Refusal::new(
                one.source,
                message,
                "run `minutebook build`, which says where",
            )]
        })?;
        Ok(Keepsake {
            lines: lines.of(one.source).unwrap_or_default(),
            markdown,
        })
    };
    wanted.iter().map(one).collect()
}
