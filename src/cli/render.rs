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
    let root = match root_of(&arguments.files) {
        Ok(root) => root,
        Err(message) => {
            output::failure(&message);
            return Outcome::Failed;
        }
    };
    making::run(&making::Job {
        root: &root,
        only: Some(&arguments.files),
        outputs: &arguments.to,
        out: &arguments.out,
        edition: arguments.edition,
        format: arguments.format,
    })
}

/// The book of files that were named.
///
/// # Errors
/// What is wrong with one of them, in words.
pub(super) fn root_of(files: &[PathBuf]) -> Result<PathBuf, String> {
    for file in files {
        if file.is_dir() {
            let file = file.display();
            return Err(format!(
                "{file} is a folder: name its files; `minutebook build {file}` makes every document of a book"
            ));
        }
        if !file.is_file() {
            return Err(format!("{}: there is no such file", file.display()));
        }
    }
    let first = files.first().map(PathBuf::as_path);
    first.and_then(root).ok_or_else(|| {
        let name = first.unwrap_or(Path::new("")).display();
        format!("no `{SETTINGS_FILE}` in the folder of {name} or in one above it")
    })
}

/// The book of a file: the nearest folder above it that has settings.
fn root(file: &Path) -> Option<PathBuf> {
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
