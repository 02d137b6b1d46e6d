//! `minutebook approve`: the chair has approved a document.

use super::Outcome;
use super::actions::{date, today};
use super::releasing::Releasing;
use crate::publish::releases::{self, Approval};
use chrono::NaiveDate;
use std::path::PathBuf;

/// Record that the chair has approved a document: by whom, and when
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The YAML file of the document
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Who approves it: whoever took the chair, by key, initials or name
    #[arg(long, value_name = "KEY")]
    by: String,
    /// The day of the approval [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<NaiveDate>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let files = std::slice::from_ref(&arguments.file);
    let releasing = match Releasing::load(files) {
        Ok(releasing) => releasing,
        Err(outcome) => return outcome,
    };
    let approval = Approval {
        by: &arguments.by,
        date: arguments.date.unwrap_or_else(today),
    };
    let source = releasing.sources[0];
    releasing.run(arguments.dry_run, |subject, _, _| {
        releases::approve(subject, source, &approval)
    })
}
