//! Where a draft belongs: beside the last meeting of its series, and named as that one is.

use super::occasion::Occasion;
use crate::model::Book;
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

/// The file of the meeting, from the book's root.
pub(super) fn path(book: &Book, occasion: &Occasion<'_, '_>, series: &str) -> PathBuf {
    let of = |source| book.sources.get(source).path.as_path();
    if let Some(existing) = occasion.existing {
        return of(existing.source).to_owned();
    }
    match (occasion.previous(), occasion.previous_day()) {
        (Some(previous), Some(day)) => beside(of(previous.source), day, occasion.date),
        _ => folder(series).join(format!("{}.yaml", occasion.date)),
    }
}

/// The folder of a series, within the book whatever its key is.
fn folder(series: &str) -> PathBuf {
    let parts = series.split(['/', '\\', ':']).map(|part| {
        let plain: String = part.chars().filter(|c| !c.is_control()).collect();
        plain.trim_matches([' ', '.']).to_owned()
    });
    parts.filter(|part| !part.is_empty()).collect()
}

/// The name of the file before with the new day in the place of its own; else the day alone. A name that holds the month
/// only would not tell two meetings apart, so that it too becomes the day.
fn beside(before: &Path, day: NaiveDate, date: NaiveDate) -> PathBuf {
    let stem = before.file_stem().unwrap_or_default().to_string_lossy();
    let name = ["%Y-%m-%d", "%Y%m%d", "%d-%m-%Y", "%Y_%m_%d"]
        .iter()
        .map(|form| (day.format(form).to_string(), date.format(form).to_string()))
        .find(|(old, _)| stem.contains(old.as_str()))
        .map(|(old, new)| stem.replacen(&old, &new, 1));
    let name = name.unwrap_or_else(|| date.to_string());
    let extension = before.extension().unwrap_or_default().to_string_lossy();
    before.with_file_name(format!("{name}.{extension}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_has_its_folder_in_the_book() {
        for (series, expected) in [
            ("assurance", "assurance"),
            ("force/north", "force/north"),
            ("../../up", "up"),
            ("/etc/", "etc"),
            ("C:\\x\\..\\y", "C/x/y"),
            (".hidden\0", "hidden"),
            ("..", ""),
        ] {
            assert_eq!(folder(series), Path::new(expected), "{series}");
        }
    }

    #[test]
    fn a_file_is_named_as_the_one_before() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        for (before, expected) in [
            ("assurance/2026-08-25.yaml", "assurance/2026-09-29.yaml"),
            ("a/notes 25-08-2026.yml", "a/notes 29-09-2026.yml"),
            ("20260825-board.yaml", "20260929-board.yaml"),
            ("a/2026-08.yaml", "a/2026-09-29.yaml"),
            ("a/august.yaml", "a/2026-09-29.yaml"),
        ] {
            let found = beside(Path::new(before), day("2026-08-25"), day("2026-09-29"));
            assert_eq!(found, Path::new(expected));
        }
    }
}
