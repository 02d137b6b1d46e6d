//! `minutebook publish`: approved documents become the first version of what is public.

use super::Outcome;
use super::actions::{date, today};
use super::releasing::Releasing;
use crate::publish::releases;
use chrono::NaiveDate;
use std::path::PathBuf;

/// Publish approved documents: a version in each, and a record of its public words in releases.yaml
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The YAML files of the documents
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The day of publication [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<NaiveDate>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let date = arguments.date.unwrap_or_else(today);
    match Releasing::load(&arguments.files) {
        Ok(releasing) => releasing.run(arguments.dry_run, |subject, sources, templates| {
            releases::publish(subject, sources, date, templates)
        }),
        Err(outcome) => outcome,
    }
}
