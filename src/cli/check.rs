//! `minutebook check`: everything that is wrong with a book.

use super::Outcome;
use super::output::{self, Format};
use super::writing;
use crate::check;
use crate::diagnostic::Severity;
use crate::load::{self, Loaded};
use crate::mend::{self, Written};
use crate::report;
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
    /// Write into the book what needs nobody's judgement: refs that were left out, aliases for mistyped names
    #[arg(long)]
    fix: bool,
    /// With --fix: say what would be written, and write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
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
    let Some(mut loaded) = loaded(arguments) else {
        return Outcome::Failed;
    };
    if arguments.fix {
        if !fixed(arguments, &loaded) {
            return Outcome::Failed;
        }
        loaded = match self::loaded(arguments) {
            Some(loaded) => loaded,
            None => return Outcome::Failed,
        };
    }
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

fn loaded(arguments: &Arguments) -> Option<Loaded> {
    match load::load(&arguments.book) {
        Ok(loaded) => Some(loaded),
        Err(error) => {
            output::failure(&output::fault(&arguments.book, &error));
            None
        }
    }
}

/// Writes what the program can know by itself. Whether every file could be written.
fn fixed(arguments: &Arguments, loaded: &Loaded) -> bool {
    if !loaded.faults.is_empty() {
        // A ref that stands in a file that does not load could be given a second time.
        output::notice("nothing was written: mend first what keeps files from loading");
        return true;
    }
    let sources = &loaded.book.sources;
    let line = |written: &Written| {
        let place = sources.place(written.place);
        let path = arguments.book.join(&sources.get(written.place.source).path);
        format!("{}:{}", path.display(), place.line)
    };
    let mending = mend::mend(&loaded.book);
    let mut is_sound = true;
    for file in &mending.files {
        let source = sources.get(file.source);
        let path = arguments.book.join(&source.path);
        if !arguments.dry_run
            && let Err(error) = writing::replace(&path, &source.text, &file.text)
        {
            output::failure(&output::fault(&path, &error));
            is_sound = false;
            continue;
        }
        for written in &file.written {
            tell(arguments, &format!("{}: {}", line(written), written.what));
        }
    }
    for left in &mending.left {
        tell(
            arguments,
            &format!(
                "{}: not written, since it would change other words: {}",
                line(left),
                left.what
            ),
        );
    }
    if mending.files.is_empty() && mending.left.is_empty() {
        tell(arguments, "there was nothing to fix");
    } else if arguments.dry_run {
        tell(
            arguments,
            "nothing was written: this is what --fix would do",
        );
    }
    is_sound
}

fn tell(arguments: &Arguments, text: &str) {
    match arguments.format {
        Format::Text => output::line(text),
        Format::Json => output::notice(text),
    }
}
