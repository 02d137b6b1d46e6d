//! Approving: `status: approved`, by whom, and when, with a line in the version record.

use super::gates::Gates;
use super::paper::{self, Paper};
use super::prepare::{next_number, yaml_value};
use super::{Prepared, Refusal, Subject, Written};
use crate::mend::{Change, change};
use crate::model::meeting::Status;
use crate::model::register::Register;
use crate::model::releases::APPROVED;
use crate::render::dates;
use crate::source::SourceId;
use crate::yaml::write;
use chrono::NaiveDate;

/// What the numbers of versions begin from that are not published.
const DRAFTS: &str = "0.0";

/// Who approves a document, and when.
pub struct Approval<'a> {
    /// A key, initials, an alias or a name from the register.
    pub by: &'a str,
    /// The day.
    pub date: NaiveDate,
}

/// What approving a document writes.
///
/// # Errors
/// When something stands in the way.
pub fn approve(
    subject: &Subject<'_>,
    source: SourceId,
    approval: &Approval<'_>,
) -> Result<Prepared, Vec<Refusal>> {
    let book = &*subject.book;
    let mut gates = Gates::new(subject, source);
    let Some(paper) = Paper::of(book, source) else {
        return Err(vec![super::prepare::no_document(source)]);
    };
    let by = paper::key(&Register::new(&book.settings), approval.by, paper.day);
    if paper.status != Status::Draft {
        let (this, verb) = (
            paper.this(),
            if paper.what == "notes" { "are" } else { "is" },
        );
        gates.refuse(
            format!("{this} {verb} approved already"),
            "nothing has to be done; `minutebook publish FILE` publishes",
        );
        return Err(gates.refusals);
    }
    gates.common(&paper);
    if paper.approved.is_some() {
        gates.refuse(
            "`approved:` stands there already, though the status is draft",
            "remove `approved:`, or correct `status:`",
        );
    }
    if !paper.is_chair(book, approval.by) {
        gates.not_chair(&paper, approval.by);
    }
    if paper.needs_chair && paper.day.is_some_and(|day| day > approval.date) {
        gates.refuse(
            format!("the meeting is after {}", dates::day(approval.date)),
            "give the day of the approval: `--date`",
        );
    }
    if !gates.refusals.is_empty() {
        return Err(gates.refusals);
    }
    let file = book.sources.get(source);
    let number = next_number(paper.versions, DRAFTS);
    let changes = [
        Change::Set {
            key: "status",
            value: Status::Approved.word().to_owned(),
            behind: &["date", "title", "series", "kind"],
        },
        Change::Set {
            key: "approved",
            value: format!("{{ by: {}, date: {} }}", yaml_value(&by), approval.date),
            behind: &["status"],
        },
        Change::Append {
            list: "versions",
            entry: vec![
                ("number", write::quoted(&number)),
                ("date", approval.date.to_string()),
                ("comment", APPROVED.to_owned()),
            ],
            behind: &["approved", "status"],
        },
    ];
    let Some(after) = change(&file.text, &changes) else {
        return Err(vec![super::prepare::not_safe(
            source,
            &format!(
                "`status: approved`, `approved: {{ by: {}, date: {} }}`, and in `versions:` \
                 {{ number: {number:?}, date: {}, comment: {APPROVED} }}",
                yaml_value(&by),
                approval.date,
                approval.date
            ),
        )]);
    };
    let done = format!("approved by {by} on {}", dates::day(approval.date));
    Ok(Prepared {
        files: vec![Written {
            path: file.path.clone(),
            before: Some(file.text.clone()),
            after,
        }],
        done: vec![(source, done)],
    })
}
