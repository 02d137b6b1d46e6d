//! `minutebook build`: every document of a book.

use super::actions::{date, today};
use super::making::{self, Edition, OutputArgument};
use super::output::Format;
use super::{Outcome, site};
use crate::load::OUTPUT_FOLDER;
use chrono::NaiveDate;
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
    /// Make a website of everything that is published, in place of single documents [default folder: out/site/]
    #[arg(long, conflicts_with_all = ["to", "edition"])]
    site: bool,
    /// The date as at which the website shows the actions [default: today]
    #[arg(long, value_name = "DATE", value_parser = date, requires = "site")]
    as_at: Option<NaiveDate>,
    /// Diagnostics as text for people, or as JSON lines for programs
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    if arguments.site {
        let usual = || arguments.book.join(OUTPUT_FOLDER).join("site");
        return site::run(&site::Job {
            root: &arguments.book,
            out: &arguments.out.clone().unwrap_or_else(usual),
            as_at: arguments.as_at.unwrap_or_else(today),
            format: arguments.format,
        });
    }
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
