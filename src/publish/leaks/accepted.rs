//! Accepted findings that accept nothing any more. In: the settings, the files that were looked into, and what was found in
//! them. Out: a note for each.

use super::{Leak, matches};
use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::model::settings::Accepted;

/// The accepted findings whose files were looked into and do not hold what was accepted.
pub fn stale(accepted: &[Accepted], files: &[String], leaks: &[&Leak]) -> Vec<Diagnostic> {
    let is_stale = |one: &&Accepted| {
        files.iter().any(|file| matches(&one.file, file))
            && !leaks
                .iter()
                .any(|leak| leak.is_accepted(std::slice::from_ref(*one)))
    };
    let stale = accepted.iter().filter(is_stale);
    stale.map(note).collect()
}

fn note(one: &Accepted) -> Diagnostic {
    let message = format!(
        "nothing in {} matches this accepted finding any more",
        &*one.file
    );
    let target = Target::Place(one.file.span);
    Diagnostic::new("stale-acceptance", Severity::Note, target, message)
        .help("remove the entry from `accepted:`")
}
