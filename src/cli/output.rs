//! What the commands print: results to standard output, diagnostics and progress to standard error.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is where the program prints"
)]

use super::Outcome;
use crate::diagnostic::Diagnostic;
use crate::report::{self, Colour};
use crate::source::Sources;
use clap::ValueEnum;
use rayon::prelude::*;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

/// The shape of diagnostics.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people: the line itself, the place underlined.
    Text,
    /// For programs: one JSON object a line, on standard output.
    Json,
}

/// A line of the result.
pub(super) fn line(text: &str) {
    // A reader that has gone away (`| head`) is no fault of ours.
    let _ = writeln!(io::stdout().lock(), "{}", text.trim_end_matches('\n'));
}

/// A whole result, byte for byte.
pub(super) fn whole(bytes: &[u8]) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(bytes).and_then(|()| out.flush());
}

/// Whether a result may be coloured.
pub(super) fn colour() -> Colour {
    allowed(io::stdout().is_terminal())
}

fn allowed(is_terminal: bool) -> Colour {
    match is_terminal && std::env::var_os("NO_COLOR").is_none() {
        true => Colour::Yes,
        false => Colour::No,
    }
}

/// How many columns a result may take: those of the terminal; else `COLUMNS`; else 80.
pub(super) fn width() -> usize {
    const USUAL: usize = 80;
    let terminal = terminal_size::terminal_size_of(io::stdout());
    if let Some((terminal_size::Width(columns), _)) = terminal {
        return usize::from(columns);
    }
    let columns = std::env::var("COLUMNS").ok();
    columns
        .and_then(|columns| columns.parse().ok())
        .unwrap_or(USUAL)
}

/// A line about the command itself.
pub(super) fn notice(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Why a command could not run.
pub(super) fn failure(text: &str) {
    notice(&format!("error: {text}"));
}

/// What went wrong with a file or a folder, in words.
pub(super) fn fault(path: &Path, error: &io::Error) -> String {
    use io::ErrorKind;
    let text = error.to_string();
    // What this program says itself needs no other words.
    let is_of_system = text.contains("os error");
    let words = match error.kind() {
        _ if !is_of_system => &text,
        ErrorKind::NotFound => "it is not there",
        ErrorKind::PermissionDenied => "permission is missing",
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => {
            "a file stands where a folder must be"
        }
        ErrorKind::IsADirectory => "a folder stands where a file must be",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full",
        ErrorKind::ReadOnlyFilesystem => "nothing can be written there",
        _ => &text,
    };
    format!("{}: {words}", path.display())
}

/// Says what went wrong with a file or a folder: then the command could not run.
pub(super) fn failed(path: &Path, error: &io::Error) -> Outcome {
    failure(&fault(path, error));
    Outcome::Failed
}

/// "1 file", "3 files".
pub(super) fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}

/// Diagnostics in the shape that was asked for. People are shown the gravest of a file, and how many more it has.
pub(super) fn diagnostics(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    root: &Path,
    format: Format,
) {
    if format == Format::Json {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for diagnostic in diagnostics {
            let _ = writeln!(out, "{}", report::json(diagnostic, sources));
        }
        return;
    }
    let colour = allowed(io::stderr().is_terminal());
    let (shown, more) = report::bounded(diagnostics);
    let shown = shown.into_par_iter();
    let shown: Vec<String> = shown
        .map(|diagnostic| report::people(diagnostic, sources, root, colour))
        .collect();
    let mut out = io::BufWriter::new(io::stderr().lock());
    for told in shown {
        let _ = writeln!(out, "{told}\n");
    }
    for more in more {
        let _ = writeln!(out, "{}\n", more.people(sources, root));
    }
}
