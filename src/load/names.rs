//! Names of documents: what is made of a file is named as it is, so that two files must not have names that become one, and
//! no name may be that of something else. In: documents one by one, in the order of their paths. Out: what is wrong with
//! their names.

use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::source::{SourceId, Sources};
use std::collections::BTreeMap;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// The longest name, in bytes and without its ending: most systems have 255 for all of it, and `.internal.html` goes on it.
const LONGEST: usize = 240;

/// Names that Windows keeps for itself beside `com1` and `lpt1`, whatever follows behind a point (Naming Files, Paths, and Namespaces).
const RESERVED: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The names that documents have.
#[derive(Default)]
pub(super) struct Names {
    taken: BTreeMap<String, SourceId>,
}

impl Names {
    /// What is wrong with the name of a document.
    pub(super) fn fault(&mut self, source: SourceId, sources: &Sources) -> Option<Diagnostic> {
        let path = &sources.get(source).path;
        let stem = path.file_stem()?.to_string_lossy().into_owned();
        let fault = |code, severity, message: String, help: &str| {
            Some(Diagnostic::new(code, severity, Target::File(source), message).help(help))
        };
        if stem.to_lowercase().ends_with(".internal") {
            return fault(
                "file-name",
                Severity::Error,
                "names that end in `.internal` are those of the internal edition".to_owned(),
                "rename the file, so that nobody takes its public edition for an internal one",
            );
        }
        if stem.len() > LONGEST {
            return fault(
                "file-name",
                Severity::Error,
                format!("the name has {} bytes; the limit is {LONGEST}", stem.len()),
                "give the file a shorter name",
            );
        }
        if let Some(first) = self.taken.insert(folded(path), source) {
            let first = &sources.get(first).path;
            return fault(
                "same-name",
                Severity::Error,
                format!("`{}` has the same name", first.display()),
                "rename one of the two: both would be written to the same place; names that differ in small and capital letters only are the same on some systems",
            );
        }
        let is_awkward = path
            .with_extension("")
            .iter()
            .any(|part| is_awkward(&part.to_string_lossy()));
        match is_awkward {
            true => fault(
                "awkward-name",
                Severity::Warning,
                "on Windows nothing can have this name".to_owned(),
                "rename the file or its folder, so that what is made of it can be copied anywhere",
            ),
            false => None,
        }
    }
}

/// A name as systems see it that know neither small and capital letters nor how an accent is written.
fn folded(path: &Path) -> String {
    let path = path.with_extension("");
    path.to_string_lossy()
        .nfc()
        .collect::<String>()
        .to_lowercase()
}

fn is_awkward(part: &str) -> bool {
    let first = part.split('.').next().unwrap_or_default().to_lowercase();
    let device = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_reserved = match device {
        "com" | "lpt" => first.len() == 4 && !first.ends_with('0'),
        device => first == device && RESERVED.contains(&device),
    };
    is_reserved
        || part.ends_with(['.', ' '])
        || part
            .chars()
            .any(|c| c.is_control() || "<>:\"|?*\\".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_keeps_are_known() {
        for name in [
            "con", "AUX", "nul.old", "com1", "LPT9.a", "a:b", "a\\b", "end.", "a\u{1}",
        ] {
            assert!(is_awkward(name), "{name}");
        }
        for name in [
            "contract",
            "com",
            "com10",
            "com0",
            "2026-08-25",
            "Über uns",
            "a.b",
        ] {
            assert!(!is_awkward(name), "{name}");
        }
    }

    #[test]
    fn names_that_differ_in_how_they_are_written_are_one() {
        let folded = |name: &str| folded(Path::new(name));
        assert_eq!(folded("a/Sion.yaml"), folded("A/sion.yml"));
        assert_eq!(folded("Si\u{f4}n.yaml"), folded("sio\u{302}n.yaml"));
        assert_ne!(folded("a.yaml"), folded("b.yaml"));
    }
}
