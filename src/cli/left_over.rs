//! What a build before made of files that are not in the book any more: it is neither made nor looked through again, and
//! still stands in the output folder, where somebody may publish it. In: the folder. Out: a warning that names the files.
//!
//! A document is known by what it says of itself, in any of its formats, so that no file of somebody else's is named. One
//! of which a template of the book's own left all that out is known no more.

use super::making::Job;
use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::model::Book;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// How many files are named.
const NAMED: usize = 5;

/// The endings of what is made of a document.
const ENDINGS: [&str; 3] = ["html", "md", "pdf"];

/// How much of a file is looked at, in bytes.
const MOST: u64 = 16 * 1024 * 1024;

/// Where the way past the head of a page leads to, in each document and in no other page.
const MAIN: [&str; 3] = ["notes", "tracker", "plan"];

/// The first of the keywords of each document, in HTML and PDF.
const KINDS: [&str; 3] = ["Notes", "Tracker", "Plan"];

/// What stands in the head of each document as Markdown.
const STATUSES: [&str; 3] = ["**Draft**", "**Approved**", "**Published**"];

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
    let files: Vec<String> = stems(job, &known)
        .iter()
        .flat_map(|stem| ENDINGS.map(|end| named(stem, end)))
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

/// The paths, without their endings, of documents in the output folder that are not among those that are known.
fn stems(job: &Job<'_>, known: &BTreeSet<PathBuf>) -> Vec<PathBuf> {
    let mut stems = Vec::new();
    let mut seen = BTreeSet::new();
    let walk = WalkDir::new(job.out).sort_by_file_name().into_iter();
    let entries = walk
        .filter_entry(|entry| !is_elsewhere(entry.path(), entry.depth()))
        .flatten()
        .filter(|entry| entry.file_type().is_file());
    for entry in entries {
        let stem = entry.path().with_extension("");
        let below = stem.strip_prefix(job.out).unwrap_or(&stem);
        // The edition is a part of the name.
        let name = below.to_string_lossy();
        let document = name.strip_suffix(".internal").unwrap_or(&name);
        let is_known = known.contains(Path::new(document)) || seen.contains(&stem);
        if !is_known && is_document(entry.path()) {
            seen.insert(stem.clone());
            stems.push(stem);
        }
    }
    stems
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
    let says: fn(&str) -> bool = match path.extension().and_then(|end| end.to_str()) {
        Some("html") => is_page,
        Some("md") => is_markdown,
        Some("pdf") => is_pdf,
        _ => return false,
    };
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes));
    read.is_ok() && says(&String::from_utf8_lossy(&bytes))
}

fn is_page(html: &str) -> bool {
    let link = "<a class=\"skip-link\" href=\"#main\">Skip to the ";
    let main = html.split_once(link).map_or("", |(_, main)| main);
    MAIN.iter().any(|one| main.starts_with(one))
        || has_kind(html, "<meta name=\"keywords\" content=\"")
}

/// The metadata of a PDF can be read as they are.
fn is_pdf(file: &str) -> bool {
    file.contains("<pdf:Producer>minutebook ") && has_kind(file, "<pdf:Keywords>")
}

/// Whether the first of the keywords behind `before` is the kind of a document.
fn has_kind(text: &str, before: &str) -> bool {
    let keywords = text.split_once(before).map_or("", |(_, keywords)| keywords);
    let first = keywords.split([',', '"', '<']).next();
    first.is_some_and(|first| KINDS.contains(&first))
}

/// Below its title and the organisation stands how far it is.
fn is_markdown(text: &str) -> bool {
    let mut head = text.lines().take(8);
    let is_titled = head.any(|line| line.starts_with("# "));
    is_titled && head.any(|line| STATUSES.iter().any(|status| line.starts_with(status)))
}
