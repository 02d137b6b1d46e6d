//! Aliases for names that were mistyped: a name that the register lacks, and that is all but the same as just one that it
//! has, becomes an alias of that one. What a person wrote stays as it is, and prints the right name.

use super::{Wanted, Word};
use crate::check;
use crate::diagnostic::Target;
use crate::model::Book;
use crate::model::register::{self, Register};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The lints that find names which the register lacks.
const UNKNOWN: [&str; 3] = ["unknown-owner", "unknown-person", "unknown-body"];
/// From how many letters on a slip is told from another name. DCI and DCC are two people.
const SHORTEST: usize = 5;
/// How alike two names must be, from 0 to 1.
const ALIKE: f64 = 0.85;

/// The aliases that are to be written.
pub(super) fn wanted(book: &Book) -> Vec<Wanted> {
    let register = Register::new(&book.settings);
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for diagnostic in check::check(book) {
        let Target::Place(span) = diagnostic.target else {
            continue;
        };
        if UNKNOWN.contains(&diagnostic.code) {
            let name = book.sources.text(span).trim().trim_matches(['"', '\'']);
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            // A name that is withheld is not in the message, and must not reach the settings.
            if diagnostic.message.contains(&format!("`{name}`")) {
                names.entry(name.to_lowercase()).or_insert(name);
            }
        }
    }
    let found = names.into_values();
    let found = found.filter_map(|name| alias(book, &register, name));
    // One for each entry at a time, so that no entry is given the field twice; the next run finds the rest.
    let mut places = BTreeSet::new();
    found.filter(|one| places.insert(one.place)).collect()
}

fn alias(book: &Book, register: &Register<'_>, name: String) -> Option<Wanted> {
    if name.chars().count() < SHORTEST {
        return None;
    }
    let near = register
        .entries()
        .iter()
        .filter(|entry| is_near(entry, &name));
    let [entry] = near.collect::<Vec<_>>()[..] else {
        return None;
    };
    let place = first_key(book, entry)?;
    Some(Wanted {
        place,
        what: format!("made `{name}` an alias of `{}`", entry.key()),
        word: Word::Alias(name),
    })
}

/// Whether a name is all but the same as one of an entry. The first letter is seldom mistyped.
fn is_near(entry: &register::Entry<'_>, name: &str) -> bool {
    let name = name.to_lowercase();
    let aliases = match entry {
        register::Entry::Person(_, person) => &person.aliases,
        register::Entry::Body(_, body) => &body.aliases,
    };
    let texts = entry.name().into_iter().chain(aliases);
    let known = texts.map(|text| text.words().to_lowercase());
    let mut known = known.chain([entry.key().to_lowercase()]);
    known.any(|known| {
        known.chars().next() == name.chars().next()
            && strsim::normalized_damerau_levenshtein(&known, &name) >= ALIKE
    })
}

/// The first key of a person or body in the settings.
fn first_key(book: &Book, entry: &register::Entry<'_>) -> Option<Span> {
    let settings = &book.settings;
    match entry {
        register::Entry::Person(key, _) => settings.people.get(key).map(|person| person.span),
        register::Entry::Body(key, _) => settings.bodies.get(key).map(|body| body.span),
    }
}
