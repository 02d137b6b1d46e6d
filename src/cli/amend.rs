//! `minutebook amend`: another version of a published document, with a note that says what changed.

use super::Outcome;
use super::actions::{date, today};
use super::releasing::Releasing;
use crate::publish::releases;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Publish a document again that has changed since, with a note that says what changed
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The YAML file of the document
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What changed and why, as readers are to see it
    #[arg(long, value_name = "TEXT")]
    note: String,
    /// The day of the amendment [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<NaiveDate>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let date = arguments.date.unwrap_or_else(today);
    let files = std::slice::from_ref(&arguments.file);
    let releasing = match Releasing::load(files) {
        Ok(releasing) => releasing,
        Err(outcome) => return outcome,
    };
    let source = releasing.sources[0];
    releasing.run(arguments.dry_run, |subject, _, templates| {
        releases::amend(subject, source, &arguments.note, date, templates)
    })
}
