//! Which faults of structure forbid a draft. A file with a fault is not in the book, and with it an action could be lost.

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::SETTINGS_FILE;
use crate::model::Book;
use crate::source::Source;
use std::path::Path;

/// The faults behind which something of a series may be hidden: all but those in files that clearly are of another.
pub fn in_the_way(book: &Book, faults: &[Diagnostic], series: &str) -> Vec<Diagnostic> {
    let folders: Vec<&Path> = book
        .meetings
        .iter()
        .filter(|document| document.meeting.series.as_deref() == Some(series))
        .filter_map(|document| book.sources.get(document.source).path.parent())
        .collect();
    let is_hiding = |fault: &&Diagnostic| {
        // A logo that cannot be read says nothing of actions.
        if fault.severity != Severity::Error || fault.code == "logo" {
            return false;
        }
        let Some(source) = fault.source() else {
            return true;
        };
        !is_of_another(book, book.sources.get(source), series, &folders)
    };
    faults.iter().filter(is_hiding).cloned().collect()
}

/// Whether a file is a meeting of another series, or of none.
fn is_of_another(book: &Book, file: &Source, series: &str, folders: &[&Path]) -> bool {
    if file.path == Path::new(SETTINGS_FILE) {
        return false;
    }
    match field(&file.text, "series") {
        Some(named) => named != series && book.settings.series.get(named).is_some(),
        None => {
            let is_elsewhere = !file
                .path
                .parent()
                .is_some_and(|folder| folders.contains(&folder));
            let is_one_off = field(&file.text, "title").is_some();
            is_elsewhere && is_one_off && field(&file.text, "kind") == Some("meeting")
        }
    }
}

/// What stands behind a field at the beginning of a line: the file itself cannot be read.
fn field<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut lines = text
        .lines()
        .filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let value = lines.next()?;
    let value = value.split(" #").next().unwrap_or(value);
    Some(value.trim().trim_matches(['"', '\'']))
}
