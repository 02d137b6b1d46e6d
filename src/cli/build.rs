//! `minutebook build`: every document of a book.

use super::Outcome;
use super::making::{self, Edition, OutputArgument};
use super::output::Format;
use crate::load::OUTPUT_FOLDER;
use std::path::PathBuf;

/// Render every document of a book
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The book's folder: the one in which minutebook.yaml stands
    #[arg(default_value = ".")]
    book: PathBuf,
    /// What to make: md, html, pdf
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "md,html,pdf",
        value_name = "FORMATS"
    )]
    to: Vec<OutputArgument>,
    /// The folder to write to [default: out/ beside minutebook.yaml]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Who it is for: internal shows withheld text, and says INTERNAL on every page
    #[arg(long, value_enum, default_value = "public")]
    edition: Edition,
    /// Diagnostics as text for people, or as JSON lines for programs
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| arguments.book.join(OUTPUT_FOLDER));
    making::run(&making::Job {
        root: &arguments.book,
        only: None,
        outputs: &arguments.to,
        out: &out,
        edition: arguments.edition,
        format: arguments.format,
    })
}
