//! Amending: another release of a document that was published and has changed, with a note that says what changed.

use super::gates::Gates;
use super::paper::Paper;
use super::prepare::{self, Wanted};
use super::{Prepared, Refusal, Subject};
use crate::edition::PublicLines;
use crate::model::meeting::Status;
use crate::model::releases;
use crate::model::transcript::fingerprint;
use crate::render::dates;
use crate::render::templates::Templates;
use crate::source::SourceId;
use chrono::NaiveDate;

/// What amending a document writes.
///
/// # Errors
/// When something stands in the way.
pub fn amend(
    subject: &mut Subject<'_>,
    source: SourceId,
    note: &str,
    date: NaiveDate,
    templates: &Templates,
) -> Result<Prepared, Vec<Refusal>> {
    let wanted = match wanted(subject, source, note, date)? {
        Some(wanted) => wanted,
        None => {
            let done = "amended already, with this note".to_owned();
            return Ok(Prepared {
                files: Vec::new(),
                done: vec![(source, done)],
            });
        }
    };
    let done = format!(
        "amended as version {} on {}",
        wanted.number,
        dates::day(wanted.date)
    );
    let mut prepared = prepare::files(subject, &[wanted], templates)?;
    prepared.done.push((source, done));
    Ok(prepared)
}

/// The release to be made; `None` when it was made before.
fn wanted(
    subject: &Subject<'_>,
    source: SourceId,
    note: &str,
    date: NaiveDate,
) -> Result<Option<Wanted>, Vec<Refusal>> {
    let book = &*subject.book;
    let mut standings = releases::standings(book).into_iter();
    let standing = standings.find(|standing| standing.source == source);
    let (Some(paper), Some(standing)) = (Paper::of(book, source), standing) else {
        return Err(vec![prepare::no_document(source)]);
    };
    let mut gates = Gates::new(subject, source);
    let last = standing
        .last()
        .filter(|_| paper.status == Status::Published);
    let Some(last) = last else {
        gates.refuse(
            "it was not published yet, so that there is nothing to amend",
            "change it as you like, then run `minutebook publish FILE`",
        );
        return Err(gates.refusals);
    };
    let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    let version = &last.version.text;
    let lines = PublicLines::new(book).of(source).unwrap_or_default();
    if last.fingerprint.text == fingerprint(&lines) {
        let comment = paper.versions.last().and_then(|one| one.comment.as_ref());
        if comment.is_some_and(|comment| comment.source().trim() == note) {
            return Ok(None);
        }
        gates.refuse(
            format!("no public word of it has changed since version {version}"),
            "change the file first; comments, white space and withheld words do not count",
        );
        return Err(gates.refusals);
    }
    if note.is_empty() {
        gates.refuse(
            "the note is empty",
            "say what changed and why: `--note \"…\"`",
        );
    }
    if let Some(day) = last.day().filter(|day| *day > date) {
        gates.refuse(
            format!(
                "version {version} is of {}, after {}",
                dates::day(day),
                dates::day(date)
            ),
            "give the day of the amendment: `--date`",
        );
    }
    gates.public(&paper, date);
    let wanted = Wanted {
        source,
        number: prepare::next_number(paper.versions, version),
        date,
        comment: Some(note),
    };
    let wanted = prepare::completing(&mut gates, &standing, wanted);
    match gates.refusals.is_empty() {
        true => Ok(Some(wanted)),
        false => Err(gates.refusals),
    }
}
