//! `minutebook render`: one document, or a few, in the formats that were asked for.

use super::Outcome;
use super::making::{self, Edition, OutputArgument};
use super::output::{self, Format};
use crate::load::SETTINGS_FILE;
use std::path::{Path, PathBuf};

/// Render one document as Markdown, HTML and PDF
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The YAML files of the documents
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What to make: md, html, pdf
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "md,html,pdf",
        value_name = "FORMATS"
    )]
    to: Vec<OutputArgument>,
    /// The folder to write to
    #[arg(long, default_value = ".", value_name = "DIR")]
    out: PathBuf,
    /// Who it is for: internal shows withheld text, and says INTERNAL on every page
    #[arg(long, value_enum, default_value = "public")]
    edition: Edition,
    /// Diagnostics as text for people, or as JSON lines for programs
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let Some(root) = arguments.files.first().and_then(|file| root(file)) else {
        output::failure(&format!(
            "no `{SETTINGS_FILE}` in the folder of {} or in one above it",
            arguments
                .files
                .first()
                .map(|file| file.display().to_string())
                .unwrap_or_default()
        ));
        return Outcome::Failed;
    };
    for file in &arguments.files {
        if !file.is_file() {
            output::failure(&format!("{} is not a file", file.display()));
            return Outcome::Failed;
        }
    }
    making::run(&making::Job {
        root: &root,
        only: Some(&arguments.files),
        outputs: &arguments.to,
        out: &arguments.out,
        edition: arguments.edition,
        format: arguments.format,
    })
}

/// The book of a file: the nearest folder above it that has settings.
pub(super) fn root(file: &Path) -> Option<PathBuf> {
    let file = std::path::absolute(file).ok()?;
    let found = file
        .ancestors()
        .skip(1)
        .find(|folder| folder.join(SETTINGS_FILE).is_file())?;
    let here = std::env::current_dir().ok()?;
    match found.strip_prefix(&here) {
        Ok(below) if below.as_os_str().is_empty() => Some(PathBuf::from(".")),
        Ok(below) => Some(below.to_owned()),
        Err(_) => Some(found.to_owned()),
    }
}
