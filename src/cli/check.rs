//! `minutebook check`: everything that is wrong with a book.

use super::Outcome;
use super::output::{self, Format};
use crate::check;
use crate::diagnostic::Severity;
use crate::{load, report};
use clap::ValueEnum;
use std::path::PathBuf;

/// Show everything that is wrong with a book, with file, line and how to mend it
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The book's folder: the one in which minutebook.yaml stands
    #[arg(default_value = ".")]
    book: PathBuf,
    /// Exit with 1 for warnings (or notes) too
    #[arg(long, value_name = "SEVERITY")]
    deny: Option<Deny>,
    /// Text for people, or JSON lines for programs
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Deny {
    Warnings,
    Notes,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let loaded = match load::load(&arguments.book) {
        Ok(loaded) => loaded,
        Err(error) => {
            output::failure(&format!("{}: {error}", arguments.book.display()));
            return Outcome::Failed;
        }
    };
    let mut diagnostics = loaded.faults;
    diagnostics.extend(check::check(&loaded.book));
    diagnostics.sort_by_key(|diagnostic| diagnostic.target);
    output::diagnostics(
        &diagnostics,
        &loaded.book.sources,
        &arguments.book,
        arguments.format,
    );
    if arguments.format == Format::Text {
        output::line(&report::summary(&diagnostics));
    }
    let limit = match arguments.deny {
        None => Severity::Error,
        Some(Deny::Warnings) => Severity::Warning,
        Some(Deny::Notes) => Severity::Note,
    };
    let worst = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.severity)
        .max();
    match worst {
        Some(worst) if worst >= limit => Outcome::Faults,
        _ => Outcome::Done,
    }
}
