//! What the commands print: results to standard output, diagnostics and progress to standard error.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is where the program prints"
)]

use crate::diagnostic::Diagnostic;
use crate::report::{self, Colour};
use crate::source::Sources;
use clap::ValueEnum;
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

/// A line about the command itself.
pub(super) fn notice(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Why a command could not run.
pub(super) fn failure(text: &str) {
    notice(&format!("error: {text}"));
}

/// Diagnostics in the shape that was asked for, then, for people, how many there are.
pub(super) fn diagnostics(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    root: &Path,
    format: Format,
) {
    if format == Format::Json {
        let mut out = io::stdout().lock();
        for diagnostic in diagnostics {
            let _ = writeln!(out, "{}", report::json(diagnostic, sources));
        }
        return;
    }
    let colour = match io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        true => Colour::Yes,
        false => Colour::No,
    };
    let (shown, more) = report::bounded(diagnostics);
    let mut out = io::stderr().lock();
    for diagnostic in shown {
        let _ = writeln!(
            out,
            "{}\n",
            report::people(diagnostic, sources, root, colour)
        );
    }
    for more in more {
        let _ = writeln!(out, "{}\n", more.people(sources, root));
    }
}
