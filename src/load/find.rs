//! Finds and reads the files of a book.

use super::{MAX_FILE, RELEASES_FOLDER, RESERVED_FOLDERS, SETTINGS_FILE};
use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::source::{SourceId, Span};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

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
    TooMany(usize, &'static str),
    NotText { before: String, is_utf16: bool },
}

/// How many YAML files a book may have, and how many files of any kind its folder.
const MAX_FILES: usize = 20_000;
const MAX_ENTRIES: usize = 200_000;

/// Every YAML file below the root, in the order of the paths. Hidden files and folders and what the tool itself writes
/// are left out. A link to a folder outside the book is followed, once; what a link inside the book leads to is found
/// anyway.
pub(super) fn find(root: &Path) -> io::Result<Vec<Found>> {
    fs::read_dir(root).map_err(|error| no_folder(&error))?;
    let mut linked = Linked::new(root)?;
    let mut found = Vec::new();
    let walk = WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| {
            entry.depth() == 0
                || (is_wanted(entry.path(), entry.depth())
                    && !(entry.path_is_symlink()
                        && entry.file_type().is_dir()
                        && linked.is_known(entry.path())))
        });
    for (count, entry) in walk.enumerate() {
        if found.len() >= MAX_FILES || count >= MAX_ENTRIES {
            let problem = Some(match count >= MAX_ENTRIES {
                true => Unread::TooMany(MAX_ENTRIES, "files"),
                false => Unread::TooMany(MAX_FILES, "YAML files"),
            });
            let path = PathBuf::from(".");
            found.push(Found { path, problem });
            break;
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root);
                let problem = match error.loop_ancestor() {
                    Some(_) => Unread::Circle,
                    None => Unread::Failed(reason(error.io_error())),
                };
                if error.depth() == 0 || may_matter(path, error.depth()) {
                    let path = below(root, path);
                    let problem = Some(problem);
                    found.push(Found { path, problem });
                }
                continue;
            }
        };
        if !is_yaml(entry.path()) || entry.file_type().is_dir() {
            continue;
        }
        // A pipe or a device could be waited for without end.
        let problem = (!entry.file_type().is_file())
            .then(|| Unread::Failed("it is neither a file nor a folder".to_owned()));
        let path = below(root, entry.path());
        found.push(Found { path, problem });
    }
    Ok(found)
}

/// Documents in the folder of releases, below the root, in the order of the paths. Nobody reads them there, and somebody
/// may have taken its name for that of press releases.
pub(super) fn misplaced(root: &Path) -> Vec<PathBuf> {
    let walk = WalkDir::new(root.join(RELEASES_FOLDER)).sort_by_file_name();
    let entries = walk.into_iter().take(MAX_ENTRIES).flatten();
    let files = entries.filter(|entry| entry.file_type().is_file() && is_yaml(entry.path()));
    let is_document = |path: &Path| {
        let text = read(path).unwrap_or_default();
        text.lines().any(|line| line.starts_with("kind:"))
    };
    let documents = files.filter(|entry| is_document(entry.path()));
    documents.map(|entry| below(root, entry.path())).collect()
}

fn no_folder(error: &io::Error) -> io::Error {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".to_owned(),
        io::ErrorKind::NotADirectory => {
            format!("this is a file; give the folder in which {SETTINGS_FILE} stands")
        }
        _ => reason(Some(error)),
    };
    io::Error::new(error.kind(), message)
}

/// The folders that links have led to. Without it, folders full of links to one another would be read over and over,
/// though none of the links leads in a circle.
struct Linked {
    root: PathBuf,
    folders: BTreeSet<PathBuf>,
}

impl Linked {
    fn new(root: &Path) -> io::Result<Linked> {
        Ok(Linked {
            root: root.canonicalize()?,
            folders: BTreeSet::new(),
        })
    }

    /// Whether what is in the folder that a link leads to is read through another path.
    fn is_known(&mut self, link: &Path) -> bool {
        let Ok(folder) = link.canonicalize() else {
            return false;
        };
        let is_inside = folder.strip_prefix(&self.root).is_ok_and(|below| {
            let mut parts = below.iter().enumerate();
            parts.all(|(at, part)| is_wanted(Path::new(part), at + 1))
        });
        is_inside
            || self.folders.iter().any(|known| folder.starts_with(known))
            || !self.folders.insert(folder)
    }
}

fn below(root: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(root).unwrap_or(path).to_owned()
}

fn is_wanted(path: &Path, depth: usize) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_reserved = depth == 1 && RESERVED_FOLDERS.contains(&name.as_ref());
    !name.starts_with('.') && !is_reserved
}

/// Whether something that could not be looked at may be a document, or a folder with documents in it.
fn may_matter(path: &Path, depth: usize) -> bool {
    is_wanted(path, depth) && (path.extension().is_none() || is_yaml(path))
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
    })
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
    // A text of Latin letters in UTF-16 has a zero in every second byte, and may pass for UTF-8.
    let is_utf16 = bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
        || bytes.get(..2).is_some_and(|two| two.contains(&0));
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    let (valid, bytes) = match String::from_utf8(bytes) {
        Ok(text) if !is_utf16 => return Ok(text),
        Ok(text) => (0, text.into_bytes()),
        Err(error) => (error.utf8_error().valid_up_to(), error.into_bytes()),
    };
    let before = String::from_utf8_lossy(&bytes[..valid]).into_owned();
    Err(Unread::NotText { before, is_utf16 })
}

impl Unread {
    /// Whether the machine refused, rather than the file being at fault.
    pub(super) fn is_failure(&self) -> bool {
        matches!(self, Unread::Failed(_) | Unread::TooMany(..))
    }

    /// What of the file can be shown.
    pub(super) fn text(&self) -> String {
        match self {
            Unread::NotText { before, .. } => format!("{before}\u{FFFD}"),
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
            Unread::TooMany(limit, what) => whole(
                "too-large",
                format!("there are more than {limit} {what} below this folder"),
            )
            .help("is this the right folder? move what is no part of the book out of it"),
            Unread::NotText { before, is_utf16 } => {
                let start = before.len() as u32;
                let span = Span {
                    source,
                    start,
                    end: start + 3,
                };
                let message = match is_utf16 {
                    true => "the file is UTF-16, not UTF-8",
                    false => "the file is not UTF-8 text from here on",
                };
                Diagnostic::error("not-text", span, message)
                    .help("save the file again, choosing the encoding UTF-8")
            }
        }
    }
}
