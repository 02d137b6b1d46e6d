//! What publishing and amending have in common: the version in the document, the record, and what is kept of a release.

use super::{Prepared, Refusal, Subject, Written};
use crate::edition::{self, PublicLines};
use crate::load::{self, RELEASES_FILE, RELEASES_FOLDER};
use crate::mend::{Change, change};
use crate::model::Book;
use crate::model::meeting::Status;
use crate::model::releases::{self, Kept, number};
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
    let kept = kept(subject.book, wanted, templates)?;
    let record = record(subject.book, wanted, &kept)?;
    prepared.files = kept.into_iter().flatten().collect();
    prepared.files.extend(record);
    prepared.files.extend(changed.into_iter().flatten());
    Ok(prepared)
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

/// The record with the releases in it, given what is kept of each.
fn record(
    book: &Book,
    wanted: &[Wanted],
    kept: &[Vec<Written>],
) -> Result<Option<Written>, Vec<Refusal>> {
    let known = book.sources.find(Path::new(RELEASES_FILE));
    let before = known.map(|source| book.sources.get(source).text.clone());
    let mut after = before.clone().unwrap_or_else(|| HEAD.to_owned());
    let lines = PublicLines::new(book);
    for (one, kept) in wanted.iter().zip(kept) {
        let file = releases::written(&book.sources.get(one.source).path);
        let lines = lines.of(one.source).unwrap_or_default();
        let markdown = kept
            .iter()
            .find(|one| one.path.extension() == Some("md".as_ref()));
        let markdown = markdown.map(|one| ("markdown", fingerprint(&one.after)));
        let values = [
            ("date", one.date.to_string()),
            ("fingerprint", fingerprint(&lines)),
        ];
        let values = values.into_iter().chain(markdown);
        let changes: Vec<Change<'_>> = match begun(book, &file, &one.number) {
            Some(at) => values
                .filter(|(key, _)| *key != "markdown" || has_markdown(book, at))
                .map(|(key, value)| Change::SetIn {
                    list: "releases",
                    at,
                    key,
                    value,
                })
                .collect(),
            None => {
                let first = [
                    ("file", yaml_value(&file)),
                    ("version", write::quoted(&one.number)),
                ];
                vec![Change::Append {
                    list: "releases",
                    entry: first.into_iter().chain(values).collect(),
                    behind: &["kind"],
                }]
            }
        };
        after = change(&after, &changes).ok_or_else(|| {
            let what = format!("the release of {file} in {RELEASES_FILE}");
            vec![not_safe(one.source, &what)]
        })?;
    }
    let path = PathBuf::from(RELEASES_FILE);
    let is_new = before.as_ref() != Some(&after);
    Ok(is_new.then_some(Written {
        path,
        before,
        after,
    }))
}

/// Whether a release that the record has says what its Markdown is.
fn has_markdown(book: &Book, at: usize) -> bool {
    let record = book.releases.as_ref();
    let release = record.and_then(|record| record.content.releases.get(at));
    release.is_some_and(|release| release.markdown.is_some())
}

/// Where the record has a release that was begun and not completed.
fn begun(book: &Book, file: &str, version: &str) -> Option<usize> {
    let record = &book.releases.as_ref()?.content;
    record.releases.iter().position(|release| {
        release.version.text == version && record.now(&release.file.text) == file
    })
}

/// What is kept of each release: its public words as lines, and as Markdown.
fn kept(
    book: &Book,
    wanted: &[Wanted],
    templates: &Templates,
) -> Result<Vec<Vec<Written>>, Vec<Refusal>> {
    let public = edition::public(book);
    let shelf = public.shelf();
    let lines = PublicLines::new(book);
    let renderer = Renderer::new(&shelf, &book.sources, templates);
    let documents = Document::all(&shelf);
    let mut files = Vec::new();
    for one in wanted {
        let file = name(book, one);
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
        let lines = lines.of(one.source).unwrap_or_default();
        let both = [(Kept::Lines, lines), (Kept::Markdown, markdown)].into_iter();
        let both = both.filter_map(|(what, after)| {
            let path = releases::kept(RELEASES_FOLDER, &file, &one.number, what)?;
            let before = None;
            Some(Written {
                path,
                before,
                after,
            })
        });
        files.push(both.collect());
    }
    Ok(files)
}

/// The path under which a release is kept: that of the record, which may be older than the file's name.
fn name(book: &Book, one: &Wanted) -> String {
    let path = releases::written(&book.sources.get(one.source).path);
    let record = book.releases.as_ref().map(|record| &record.content);
    let begun = begun(book, &path, &one.number).zip(record);
    begun.map_or(path, |(at, record)| record.releases[at].file.text.clone())
}
