//! What a build before made of files that are not in the book any more: it is neither made nor looked through again, and
//! still stands in the output folder, where somebody may publish it. In: the folder. Out: a warning that names the files.

use super::making::Job;
use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::model::Book;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// How many files are named.
const NAMED: usize = 5;

/// What stands in each document as HTML and in no other page.
const MARKS: [&str; 3] = ["notes", "tracker", "plan"];

/// A warning of what is left in the output folder of documents that the book no longer has.
pub(super) fn left_over(job: &Job<'_>, book: &Book) -> Option<Diagnostic> {
    if job.only.is_some() {
        return None;
    }
    let known: BTreeSet<PathBuf> = book
        .sources
        .iter()
        .map(|(_, source)| source.path.with_extension(""))
        .collect();
    let walk = WalkDir::new(job.out).sort_by_file_name().into_iter();
    let pages = walk
        .filter_entry(|entry| !is_elsewhere(entry.path(), entry.depth()))
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "html"));
    let stems = pages.filter_map(|entry| {
        let stem = entry.path().with_extension("");
        let below = stem.strip_prefix(job.out).ok()?;
        // The edition is a part of the name.
        let name = below.to_string_lossy();
        let document = name.strip_suffix(".internal").unwrap_or(&name);
        let is_left = !known.contains(Path::new(document)) && is_document(entry.path());
        is_left.then_some(stem)
    });
    let files: Vec<String> = stems
        .flat_map(|stem| ["html", "md", "pdf"].map(|end| named(&stem, end)))
        .filter(|path| path.is_file())
        .map(|path| path.display().to_string())
        .collect();
    let more = match files.len().saturating_sub(NAMED) {
        0 => String::new(),
        count => format!(" and {count} more"),
    };
    let names = files.iter().take(NAMED).map(|one| format!("`{one}`"));
    let names: Vec<String> = names.collect();
    let message = format!(
        "{}{more}: made of documents that the book no longer has",
        names.join(", ")
    );
    let warning = Diagnostic::new("left-over", Severity::Warning, Target::Book, message);
    (!files.is_empty()).then(|| {
        warning
            .help("remove what nobody needs: it is not looked through for withheld words any more")
    })
}

fn named(stem: &Path, ending: &str) -> PathBuf {
    let mut name = stem.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Whether a folder is no part of what was built: a website, or hidden.
fn is_elsewhere(path: &Path, depth: usize) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    depth > 0 && (name.starts_with('.') || path.join(".minutebook-site.json").is_file())
}

fn is_document(path: &Path) -> bool {
    let html = fs::read_to_string(path).unwrap_or_default();
    let link = "<a class=\"skip-link\" href=\"#main\">Skip to the ";
    let what = html.split_once(link).map_or("", |(_, what)| what);
    MARKS.iter().any(|mark| what.starts_with(mark))
}
