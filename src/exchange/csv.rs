//! The register for spreadsheets: UTF-8 with a byte order mark, lines that end in CR LF, every cell in quotes, a row of
//! headings, days as ISO has them.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end for a formula, and runs it; and it
//! turns refs such as 9/26 and 1.10 into a date or a number. Both kinds of cell get an apostrophe before them.

use super::record::{ActionRecord, Actions, Day, DueRecord, PartRecord};
use super::words::one_line;
use crate::model::action::Rag;
use csv::{QuoteStyle, Terminator, WriterBuilder};
use std::fmt::Display;
use std::io;

/// The headings, in the order of the columns.
pub const COLUMNS: [&str; 29] = [
    "Ref",
    "Attention",
    "State",
    "RAG",
    "Action",
    "Parts",
    "Owners",
    "Bodies",
    "Set",
    "Source",
    "Series",
    "Original due as written",
    "Original due date",
    "Due as written",
    "Due date",
    "Days overdue",
    "Times re-dated",
    "Reasons for re-dating",
    "Times carried forward",
    "Age in days",
    "Last update on",
    "Last update by",
    "Last update",
    "Next action",
    "Comes back",
    "Replaced by",
    "Closed on",
    "Withheld",
    "File",
];

/// The register as CSV.
///
/// # Errors
/// Never: it is written to memory.
pub fn csv(actions: &Actions) -> io::Result<String> {
    let rows = actions.actions.iter().map(|action| row(action).to_vec());
    text(&COLUMNS, rows)
}

/// Rows under their headings, as every sheet of ours is written.
///
/// # Errors
/// Never: it is written to memory.
pub(super) fn text(
    columns: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> io::Result<String> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Always)
        .from_writer(Vec::from("\u{FEFF}"));
    writer.write_record(columns)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| safe(cell)))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn row(action: &ActionRecord) -> [String; COLUMNS.len()] {
    let update = action.last_update.as_ref();
    let labels = |owners: &[super::OwnerRecord]| {
        let labels = owners.iter().map(|owner| owner.label.as_str());
        joined(labels)
    };
    let reasons = action.redatings.iter();
    let reasons = reasons.filter_map(|one| one.reason.as_deref());
    let next = update.map_or(&[][..], |update| &update.next_actions);
    [
        reference(action.reference.as_deref().unwrap_or("new")),
        action.need_words().to_owned(),
        one_line(&action.state_words()),
        action.rag.map_or("", Rag::label).to_owned(),
        or_empty(action.text.as_deref()),
        joined_lines(action.parts.iter().map(PartRecord::words)),
        labels(&action.owners),
        joined(
            action
                .owners
                .iter()
                .filter_map(|owner| owner.body.as_deref()),
        ),
        day(action.set),
        action.source.words(),
        or_empty(action.source.series.as_deref()),
        written(action.original_due.as_ref()),
        due_day(action.original_due.as_ref()),
        written(action.due.as_ref()),
        day(action.next_due),
        number(action.days_overdue),
        action.redatings.len().to_string(),
        joined(reasons),
        number(action.times_carried),
        number(action.age_days),
        day(update.and_then(|update| update.date)),
        update.map_or_else(String::new, |update| labels(&update.by)),
        update.map_or_else(String::new, |update| {
            or_empty(update.withheld.as_deref().or(update.text.as_deref()))
        }),
        joined_lines(next.iter().map(|next| next.text.clone())),
        or_empty(action.every.as_deref()),
        action
            .replaced_by
            .as_deref()
            .map_or_else(String::new, reference),
        day(action.closed_on),
        or_empty(action.withheld.as_deref()),
        action.source.file.clone(),
    ]
}

/// A cell that no spreadsheet takes for a formula.
pub(crate) fn safe(cell: &str) -> String {
    let is_formula = cell.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
    ]);
    match is_formula {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// A ref that no spreadsheet takes for a date or a number.
fn reference(reference: &str) -> String {
    let is_number = reference.starts_with(|c: char| c.is_ascii_digit())
        && reference
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | ':' | ',' | ' '));
    match is_number {
        true => format!("'{reference}"),
        false => reference.to_owned(),
    }
}

fn joined<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.collect::<Vec<&str>>().join("; ")
}

fn joined_lines(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<String>>().join("\n")
}

fn or_empty(words: Option<&str>) -> String {
    words.unwrap_or_default().to_owned()
}

fn number(number: Option<impl Display>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

fn day(day: Option<Day>) -> String {
    day.map_or_else(String::new, Day::iso)
}

fn written(due: Option<&DueRecord>) -> String {
    due.map_or_else(String::new, |due| due.written.clone())
}

fn due_day(due: Option<&DueRecord>) -> String {
    day(due.and_then(|due| due.date))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+44", "-5", "@SUM(A1)", "\tx", "\rx", "\u{FF1D}1"] {
            assert_eq!(safe(cell), format!("'{cell}"));
        }
        for cell in ["", "a=1", "12", "\u{2022} one", "'quoted"] {
            assert_eq!(safe(cell), cell);
        }
    }

    #[test]
    fn a_ref_stays_a_ref() {
        for text in ["9/26", "1.10", "2026-08", "7"] {
            assert_eq!(reference(text), format!("'{text}"));
        }
        for text in ["H4/26", "new", "A.1"] {
            assert_eq!(reference(text), text);
        }
    }
}
