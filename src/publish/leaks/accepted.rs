//! What a look into files came to: the leaks that nobody accepted, and accepted findings that accept nothing any more. Every
//! command that looks into files tells it in this way.

use super::{Leak, matches};
use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::model::settings::Accepted;

/// What was looked into.
pub struct Looked {
    /// The files that say all that can be said of what is accepted in them, below the output folder.
    pub files: Vec<String>,
    /// Whether these are all that a pattern such as `assurance/2026-08-25.*` can mean. Where they are not, only what is
    /// accepted in one of them by its name can be judged.
    pub is_whole: bool,
}

impl Looked {
    /// Files that say nothing of what is accepted: they were made of a part of the book.
    pub fn in_part() -> Looked {
        Looked {
            files: Vec::new(),
            is_whole: false,
        }
    }
}

/// The leaks that nobody accepted, as `tell` puts them, and a note for each accepted finding that was not met.
pub fn told<'l>(
    accepted: &[Accepted],
    leaks: impl IntoIterator<Item = &'l Leak>,
    looked: &Looked,
    tell: impl Fn(&Leak) -> Diagnostic,
) -> Vec<Diagnostic> {
    let (known, open): (Vec<&Leak>, Vec<&Leak>) = leaks
        .into_iter()
        .partition(|leak| leak.is_accepted(accepted));
    let is_stale = |one: &&Accepted| {
        let is_judged = looked.is_whole || !one.file.contains('*');
        let mut files = looked.files.iter();
        let is_met = |leak: &&Leak| leak.is_accepted(std::slice::from_ref(*one));
        is_judged && files.any(|file| matches(&one.file, file)) && !known.iter().any(is_met)
    };
    let stale = accepted.iter().filter(is_stale).map(stale);
    open.into_iter().map(tell).chain(stale).collect()
}

fn stale(one: &Accepted) -> Diagnostic {
    let message = format!(
        "nothing in {} matches this accepted finding any more",
        &*one.file
    );
    let target = Target::Place(one.file.span);
    Diagnostic::new("stale-acceptance", Severity::Note, target, message)
        .help("remove the entry from `accepted:`")
}
