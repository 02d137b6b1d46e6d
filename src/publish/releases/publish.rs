//! Publishing: the first release of documents that were approved.

use super::gates::Gates;
use super::paper::Paper;
use super::prepare::{self, Wanted};
use super::{Prepared, Refusal, Subject};
use crate::edition::PublicLines;
use crate::model::meeting::Status;
use crate::model::releases::{self, FIRST, Release, number};
use crate::model::transcript::fingerprint;
use crate::render::dates;
use crate::render::templates::Templates;
use crate::source::SourceId;
use chrono::NaiveDate;

/// What publishing documents writes.
///
/// # Errors
/// When something stands in the way of any of them: then none is published.
pub fn publish(
    subject: &mut Subject<'_>,
    sources: &[SourceId],
    date: NaiveDate,
    templates: &Templates,
) -> Result<Prepared, Vec<Refusal>> {
    let (mut wanted, mut done, mut refusals) = (Vec::new(), Vec::new(), Vec::new());
    for source in sources {
        match one(subject, *source, date) {
            Ok(One::New(new)) => {
                done.push((new.source, published(&new)));
                wanted.push(new);
            }
            Ok(One::Done(words)) => done.push((*source, words)),
            Err(some) => refusals.extend(some),
        }
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    if wanted.is_empty() {
        let files = Vec::new();
        return Ok(Prepared { files, done });
    }
    let mut prepared = prepare::files(subject, &wanted, templates)?;
    prepared.done = done;
    Ok(prepared)
}

enum One {
    New(Wanted),
    Done(String),
}

fn published(new: &Wanted) -> String {
    format!(
        "published as version {} on {}",
        new.number,
        dates::day(new.date)
    )
}

fn one(subject: &Subject<'_>, source: SourceId, date: NaiveDate) -> Result<One, Vec<Refusal>> {
    let book = &*subject.book;
    let mut standings = releases::standings(book).into_iter();
    let standing = standings.find(|standing| standing.source == source);
    let (Some(paper), Some(standing)) = (Paper::of(book, source), standing) else {
        return Err(vec![prepare::no_document(source)]);
    };
    let mut gates = Gates::new(subject, source);
    if let Some(last) = standing.last() {
        return again(gates, &paper, last);
    }
    gates.public(&paper, date);
    let wanted = prepare::completing(&mut gates, &standing, wanted(&paper, date, source));
    match gates.refusals.is_empty() {
        true => Ok(One::New(wanted)),
        false => Err(gates.refusals),
    }
}

/// What becomes of a document that lists a release already: nothing, or it has to be amended.
fn again(mut gates: Gates<'_, '_>, paper: &Paper<'_>, last: &Release) -> Result<One, Vec<Refusal>> {
    let lines = PublicLines::new(gates.subject.book).of(gates.source);
    let is_same = last.fingerprint.text == fingerprint(&lines.unwrap_or_default());
    let version = &last.version.text;
    match (paper.status, is_same) {
        (Status::Published, true) => {
            return Ok(One::Done(format!(
                "published already, as version {version}"
            )));
        }
        (Status::Published, false) => gates.refuse(
            format!("it was changed since version {version} was published"),
            "run `minutebook amend FILE --note \"what changed\"`",
        ),
        _ => gates.refuse(
            format!("version {version} of it was published before"),
            "set `status: published` again; where its words have changed, run `minutebook amend FILE --note \"what changed\"`",
        ),
    }
    Err(gates.refusals)
}

fn wanted(paper: &Paper<'_>, date: NaiveDate, source: SourceId) -> Wanted {
    // Published before there was a record of it: the version that it lists is recorded.
    let listed = paper.versions.iter().rev().find_map(|version| {
        let written = version.number.as_ref()?.source().trim();
        let is_whole = number(written).is_some_and(|(major, _)| major > 0);
        let day = version.date.as_ref()?.day()?;
        is_whole.then(|| (written.to_owned(), day))
    });
    match listed.filter(|_| paper.status == Status::Published) {
        Some((number, date)) => Wanted {
            source,
            number,
            date,
            comment: None,
        },
        None => Wanted {
            source,
            number: prepare::first_number(paper.versions),
            date,
            comment: Some(FIRST.to_owned()),
        },
    }
}
