//! Finds and reads the files of a book.

use super::{MAX_FILE, RESERVED_FOLDERS};
use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::source::{SourceId, Span};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file that may be part of the book, or a place that could not be looked at.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) problem: Option<Unread>,
}

/// Why a file is not read.
pub(super) enum Unread {
    Failed(String),
    Circle,
    TooLarge(u64),
    NotText { before: String },
}

/// Every YAML file below the root, in the order of the paths. Hidden files and folders and what the tool itself writes
/// are left out.
pub(super) fn find(root: &Path) -> io::Result<Vec<Found>> {
    fs::read_dir(root)?;
    let mut found = Vec::new();
    let walk = WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || is_wanted(entry));
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_file() && is_yaml(entry.path()) => {
                found.push(Found {
                    path: below(root, entry.path()),
                    problem: None,
                })
            }
            Ok(_) => {}
            Err(error) => {
                let path = error.path().unwrap_or(root);
                let problem = match error.loop_ancestor() {
                    Some(_) => Unread::Circle,
                    None => Unread::Failed(reason(error.io_error())),
                };
                let path = below(root, path);
                found.push(Found {
                    path,
                    problem: Some(problem),
                });
            }
        }
    }
    Ok(found)
}

fn below(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}

fn is_wanted(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let reserved = entry.depth() == 1
        && entry.file_type().is_dir()
        && RESERVED_FOLDERS.contains(&name.as_ref());
    !name.starts_with('.') && !reserved
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml")
}

fn reason(error: Option<&io::Error>) -> String {
    match error {
        Some(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            "permission is missing".to_owned()
        }
        Some(error) if error.kind() == io::ErrorKind::NotFound => "it is not there".to_owned(),
        Some(error) => error.to_string(),
        None => "it could not be followed".to_owned(),
    }
}

/// Reads a file as text. A byte order mark at its start is no part of the text.
pub(super) fn read(path: &Path) -> Result<String, Unread> {
    let failed = |error: io::Error| Unread::Failed(reason(Some(&error)));
    let file = fs::File::open(path).map_err(failed)?;
    let length = file.metadata().map_err(failed)?.len();
    if length > MAX_FILE {
        return Err(Unread::TooLarge(length));
    }
    let mut bytes = Vec::with_capacity(length as usize);
    file.take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(Unread::TooLarge(bytes.len() as u64));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text
            .strip_prefix('\u{FEFF}')
            .map(str::to_owned)
            .unwrap_or(text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let before = String::from_utf8_lossy(&bytes[..valid]).into_owned();
            Err(Unread::NotText { before })
        }
    }
}

impl Unread {
    /// Whether the machine refused, rather than the file being at fault.
    pub(super) fn is_failure(&self) -> bool {
        matches!(self, Unread::Failed(_))
    }

    /// What of the file can be shown.
    pub(super) fn text(&self) -> String {
        match self {
            Unread::NotText { before } => format!("{before}\u{FFFD}"),
            _ => String::new(),
        }
    }

    pub(super) fn diagnostic(&self, source: SourceId) -> Diagnostic {
        let whole = |code, message: String| {
            Diagnostic::new(code, Severity::Error, Target::File(source), message)
        };
        match self {
            Unread::Failed(reason) => whole("unreadable", format!("this cannot be read: {reason}"))
                .help("mend the permission or the link, or move it out of the book"),
            Unread::Circle => {
                let mut fault = whole(
                    "link-circle",
                    "this link leads back into a folder above it".to_owned(),
                )
                .help("remove the link: what it leads to is read anyway");
                fault.severity = Severity::Warning;
                fault
            }
            Unread::TooLarge(bytes) => whole(
                "too-large",
                format!(
                    "the file has {} MB; the limit is {} MB",
                    bytes.div_ceil(1_000_000),
                    MAX_FILE / 1_000_000
                ),
            )
            .help("a meeting has about 50 kB: is this the right file?"),
            Unread::NotText { before } => {
                let start = before.len() as u32;
                let span = Span {
                    source,
                    start,
                    end: start + 3,
                };
                Diagnostic::error("not-text", span, "the file is not UTF-8 text from here on")
                    .help("save the file again, choosing the encoding UTF-8")
            }
        }
    }
}
