//! The leak check: whether something withheld is in what is about to be published. In: a book, then files as they will be
//! published. Out: leaks, each with file and place, and never with the words.
//!
//! The public edition is made of types that cannot hold withheld text. This is the second lock: it knows nothing of how
//! documents are made, and reads their bytes. Secrets and files are compared as bare letters and digits (`squash`), so
//! that case, spaces, punctuation, markup, entities, accents and ligatures hide nothing; every passage, and every run of
//! eight of its words, is sought in one reading of each file.

mod accepted;
mod entities;
mod pdf;
mod read;
mod secrets;
mod squash;
mod weight;

pub use accepted::{Looked, told};

use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::model::Book;
use crate::model::exemption::Exemption;
use crate::model::settings::Accepted;
use crate::source::{Sources, Span};
use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use read::{View, What};
use secrets::Secret;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Everything that a book withholds, ready to be sought.
pub struct Secrets {
    secrets: Vec<Place>,
    needles: Vec<Needle>,
    finder: Option<AhoCorasick>,
    /// A number for each needle, in order.
    numbers: Vec<u64>,
}

/// A secret of which only its place is still needed.
struct Place {
    place: Span,
    exemptions: Vec<Exemption>,
    letters: u64,
}

/// Something that is sought.
#[derive(Clone, Copy)]
struct Needle {
    secret: usize,
    kind: Kind,
    /// How many words it has.
    words: usize,
}

/// How much of a secret was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The whole passage.
    Whole,
    /// Eight of its words in a row.
    Run,
    /// A word that stands nowhere else in the book.
    Piece,
}

/// Something withheld that is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The file, below the output folder.
    pub file: PathBuf,
    /// Where in it: `line 12`, `page 3`.
    pub place: String,
    /// What was found there; nothing when the file could not be read, so that nobody knows.
    pub found: Option<Withheld>,
}

/// What was found in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// How much of it.
    pub kind: Kind,
    /// Why it is withheld.
    pub exemptions: Vec<Exemption>,
    /// Where it stands in the book.
    pub secret: Span,
    /// By which a person can accept this finding. It depends on the file as well, so it says nothing of the words.
    pub fingerprint: String,
}

impl Secrets {
    /// Gathers what a book withholds.
    pub fn of(book: &Book) -> Secrets {
        let found = secrets::find(book);
        let mut texts: HashMap<String, usize> = HashMap::new();
        let mut ordered = Vec::new();
        let mut needles: Vec<Needle> = Vec::new();
        for (number, secret) in found.secrets.iter().enumerate() {
            for (text, kind, words) in sought(secret, &found.own_words) {
                match texts.get(&text) {
                    Some(at) if kind < needles[*at].kind => {
                        needles[*at] = Needle {
                            secret: number,
                            kind,
                            words,
                        };
                    }
                    Some(_) => {}
                    None => {
                        texts.insert(text.clone(), needles.len());
                        ordered.push(text);
                        needles.push(Needle {
                            secret: number,
                            kind,
                            words,
                        });
                    }
                }
            }
        }
        let finder = match ordered.is_empty() {
            true => None,
            false => AhoCorasick::new(&ordered).ok(),
        };
        let mut numbers: Vec<u64> = ordered.iter().zip(&needles).map(number).collect();
        numbers.sort_unstable();
        let secrets = found.secrets.into_iter().map(|secret| Place {
            place: secret.place,
            letters: hash(&[secret.text.letters.as_bytes()]),
            exemptions: secret.exemptions,
        });
        Secrets {
            secrets: secrets.collect(),
            needles,
            finder,
            numbers,
        }
    }

    /// A number for everything that is sought, in order: files in which it was sought before need no other look for it.
    /// They are cut from SHA-256, yet a short word could be guessed from its number, so that they are no more public than
    /// the book itself.
    pub fn numbers(&self) -> &[u64] {
        &self.numbers
    }

    /// Whether the book withholds nothing.
    pub fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// Looks into files that are about to be published. Their paths are those below the output folder.
    pub fn check(&self, files: &[(PathBuf, Vec<u8>)]) -> Vec<Leak> {
        let leaks = files
            .par_iter()
            .map(|(path, bytes)| self.check_file(path, bytes));
        leaks.flatten_iter().collect()
    }

    /// Looks into one file.
    pub fn check_file(&self, path: &Path, bytes: &[u8]) -> Vec<Leak> {
        if self.is_empty() {
            return Vec::new();
        }
        let (Some(views), Some(finder)) = (read::views(path, bytes), &self.finder) else {
            return vec![Leak {
                file: path.to_owned(),
                place: "the whole file".to_owned(),
                found: None,
            }];
        };
        // The gravest finding of each secret, the first of its kind.
        let mut found: BTreeMap<usize, (Kind, String)> = BTreeMap::new();
        for view in &views {
            for (needle, at) in self.hits(finder, view) {
                let known = found.get(&needle.secret);
                if known.is_none_or(|(kind, _)| needle.kind < *kind) {
                    found.insert(needle.secret, (needle.kind, view.place(at)));
                }
            }
        }
        let leak = |(secret, (kind, place))| self.leak(path, secret, kind, place);
        found.into_iter().map(leak).collect()
    }

    fn hits<'v>(
        &'v self,
        finder: &'v AhoCorasick,
        view: &'v View,
    ) -> impl Iterator<Item = (Needle, usize)> + 'v {
        /// A hit so long is none by chance, wherever words begin.
        const LONG: usize = 16;
        let text = &view.text;
        let hits = finder.find_overlapping_iter(&text.letters);
        hits.filter_map(move |hit| {
            let needle = self.needles[hit.pattern().as_usize()];
            let is_long = needle.words > 1 && hit.len() >= LONG;
            let is_whole = text.is_edge(hit.start()) && text.is_edge(hit.end());
            // Names of fields and elements are words too.
            let is_read = needle.kind != Kind::Piece || view.what != What::Written;
            ((is_long || is_whole) && is_read).then_some((needle, hit.start()))
        })
    }

    fn leak(&self, path: &Path, secret: usize, kind: Kind, place: String) -> Leak {
        let secret = &self.secrets[secret];
        let file = path.with_extension("");
        let codes: Vec<&str> = secret.exemptions.iter().map(Exemption::code).collect();
        let fingerprint = hash(&[
            &secret.letters.to_le_bytes(),
            codes.join(",").as_bytes(),
            file.to_string_lossy().as_bytes(),
        ]);
        Leak {
            file: path.to_owned(),
            place,
            found: Some(Withheld {
                kind,
                exemptions: secret.exemptions.clone(),
                secret: secret.place,
                fingerprint: format!("{:08x}", fingerprint as u32),
            }),
        }
    }
}

/// The number of something that is sought, and of how it is sought.
fn number((text, needle): (&String, &Needle)) -> u64 {
    let mut hash = Sha256::new();
    hash.update([needle.kind as u8, u8::from(needle.words > 1)]);
    hash.update(text);
    let hash = hash.finalize();
    hash.iter()
        .take(8)
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// What is sought of a secret: its letters, those of each run of its words, and each word of its own.
fn sought(secret: &Secret, own_words: &HashSet<String>) -> Vec<(String, Kind, usize)> {
    let words: Vec<(&str, u32)> = secret.text.words().collect();
    let mut sought = vec![(secret.text.letters.clone(), Kind::Whole, words.len())];
    for run in words.windows(weight::RUN) {
        if run.iter().any(|(word, _)| weight::is_heavy(word)) {
            let letters = run.iter().map(|(word, _)| *word).collect();
            sought.push((letters, Kind::Run, run.len()));
        }
    }
    let own = words.iter().filter(|(word, at)| {
        own_words.contains(*word) && is_telling(word, &secret.written, *at as usize)
    });
    sought.extend(own.map(|(word, _)| ((*word).to_owned(), Kind::Piece, 1)));
    sought
}

/// Whether a word of a passage would be known again: a number, a name, a rare word.
fn is_telling(word: &str, written: &str, at: usize) -> bool {
    const RARE: usize = 7;
    let is_name_of_three = word.len() == 3 && word.bytes().any(|byte| !byte.is_ascii_digit());
    if !(weight::is_heavy(word) || is_name_of_three) {
        return false;
    }
    let is_capital = written
        .get(at..)
        .is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let before = written.get(..at).unwrap_or_default().trim_end();
    let begins_sentence = before.is_empty() || before.ends_with(['.', '!', '?', ':']);
    weight::is_telling_number(word)
        || (is_capital && !begins_sentence)
        || (word.chars().count() >= RARE && weight::is_heavy(word))
}

/// FNV-1a, 64 bits: the same on every machine and in every version.
fn hash(parts: &[&[u8]]) -> u64 {
    let bytes = parts
        .iter()
        .flat_map(|part| part.iter().copied().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

impl Leak {
    /// How grave it is: a piece of a passage may be chance, the rest is none.
    pub fn severity(&self) -> Severity {
        match &self.found {
            Some(found) if found.kind == Kind::Piece => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// Whether a person has accepted it.
    pub fn is_accepted(&self, accepted: &[Accepted]) -> bool {
        let file = self.file.to_string_lossy().replace('\\', "/");
        let found = self.found.as_ref();
        found.is_some_and(|found| is_accepted(accepted, &file, &found.fingerprint))
    }

    /// The leak as a diagnostic. It points to a file as a whole, since a message that shows the line shows the words.
    pub fn diagnostic(&self, sources: &Sources) -> Diagnostic {
        let file = self.file.to_string_lossy().replace('\\', "/");
        let Some(found) = &self.found else {
            let message = format!("{file} cannot be read back, so nobody knows what is in it");
            return Diagnostic::new("leak", Severity::Error, Target::Book, message);
        };
        let codes: Vec<&str> = found.exemptions.iter().map(Exemption::code).collect();
        let secret = sources.place(found.secret);
        let (code, what) = match found.kind {
            Kind::Whole => ("leak", "a passage that is withheld"),
            Kind::Run => ("leak", "eight words in a row of a passage that is withheld"),
            Kind::Piece => ("leak-piece", "a telling word of a passage that is withheld"),
        };
        let message = format!(
            "{file}, {}: {what} at line {} of this file{} is in it",
            self.place,
            secret.line,
            exempted(&codes),
        );
        let help = format!(
            "take it out where it stands openly; or, when it may be published, accept it in minutebook.yaml: \
             `accepted: [{{ file: {file}, fingerprint: {:?}, reason: …, by: …, date: … }}]`",
            found.fingerprint,
        );
        let target = Target::File(found.secret.source);
        Diagnostic::new(code, self.severity(), target, message).help(help)
    }
}

/// Whether a person has accepted a finding in a file.
pub fn is_accepted(accepted: &[Accepted], file: &str, fingerprint: &str) -> bool {
    let mut accepted = accepted.iter();
    accepted.any(|one| *one.fingerprint == *fingerprint && matches(&one.file, file))
}

/// A code that is not known may be the secret itself, written in the wrong place.
fn exempted(codes: &[&str]) -> String {
    let known = codes.iter().filter(|code| Exemption::new(code).is_known());
    let known: Vec<&str> = known.copied().collect();
    match known.is_empty() {
        true => String::new(),
        false => format!(" under {}", known.join(", ")),
    }
}

/// Whether a path fits a pattern in which `*` stands for any characters.
fn matches(pattern: &str, path: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == path;
    };
    let Some(after) = path.strip_prefix(first) else {
        return false;
    };
    after.is_empty() && rest.is_empty()
        || after
            .char_indices()
            .any(|(at, _)| matches(rest, &after[at..]))
        || matches(rest, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_paths() {
        for (pattern, path, fits) in [
            ("a/b.html", "a/b.html", true),
            ("a/*.html", "a/b.html", true),
            ("a/*.html", "a/b.md", false),
            ("a/b.*", "a/b.pdf", true),
            ("*", "a/b.pdf", true),
            ("a*c*e", "abcde", true),
            ("a*c*f", "abcde", false),
        ] {
            assert_eq!(matches(pattern, path), fits, "{pattern} {path}");
        }
    }
}
