//! The leak check: whether something withheld is in what is about to be published. In: a book, then files as they will be
//! published. Out: leaks, each with file and place, and never with the words.
//!
//! The public edition is made of types that cannot hold withheld text. This is the second lock: it knows nothing of how
//! documents are made, and reads their bytes. Secrets and files are compared as bare letters and digits (`squash`), so
//! that case, spaces, punctuation, markup, entities, accents and ligatures hide nothing; every passage, and every run of
//! eight of its words, is sought in one reading of each file. What the texts of the book say openly is looked through as
//! well, as it was written: rendering may put words between theirs.

mod accepted;
mod entities;
mod openly;
mod pdf;
mod picture;
mod read;
mod secrets;
mod sought;
mod squash;
mod weight;

pub use accepted::{Looked, told};

use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::model::Book;
use crate::model::exemption::Exemption;
use crate::model::settings::Accepted;
use crate::source::{SourceId, Sources, Span};
use aho_corasick::AhoCorasick;
use openly::{Open, Openly};
use read::{View, What};
use sha2::{Digest, Sha256};
use sought::Needle;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Everything that a book withholds, ready to be sought.
pub struct Secrets {
    secrets: Vec<Place>,
    needles: Vec<Needle>,
    /// For each needle, whether it is sought in files.
    is_sought: Vec<bool>,
    finder: Option<AhoCorasick>,
    /// A number for each needle that is sought in files, in order.
    numbers: Vec<u64>,
    /// What the texts of the book say openly.
    open: Vec<Open>,
    /// What the logo says, which stands in every page.
    in_logo: Vec<Leak>,
}

/// A secret of which only its place is still needed.
struct Place {
    place: Span,
    exemptions: Vec<Exemption>,
    letters: u64,
}

/// How much of a secret was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The whole passage.
    Whole,
    /// Eight of its words in a row.
    Run,
    /// The whole passage, which is so short that it may stand there by chance.
    Short,
    /// A telling word of it.
    Piece,
}

/// Something withheld that is in a file, or stands openly in the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The file, below the output folder; or that of the book, below its root.
    pub file: PathBuf,
    /// Whether it is the file of the book in which it stands openly.
    pub is_source: bool,
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
        let secrets = secrets::of(book);
        let (letters, needles) = sought::needles(&secrets);
        let finder = match letters.is_empty() {
            true => None,
            false => AhoCorasick::new(&letters).ok(),
        };
        let openly = finder
            .as_ref()
            .map(|finder| Openly::of(book, finder, &needles));
        let (open, is_sought) =
            openly.map_or_else(Default::default, |openly| (openly.places, openly.is_sought));
        let sought = letters.iter().zip(&needles).zip(&is_sought);
        let sought = sought.filter_map(|(needle, is_sought)| is_sought.then_some(needle));
        let mut numbers: Vec<u64> = sought.map(number).collect();
        numbers.sort_unstable();
        let secrets = secrets.into_iter().map(|secret| Place {
            place: secret.place,
            letters: hash(&[secret.text.letters.as_bytes()]),
            exemptions: secret.exemptions,
        });
        let mut secrets = Secrets {
            secrets: secrets.collect(),
            needles,
            is_sought,
            finder,
            numbers,
            open,
            in_logo: Vec::new(),
        };
        secrets.in_logo = secrets.check_logo(book);
        secrets
    }

    /// Looks into the logo: pages hold it in a form in which nothing can be found.
    fn check_logo(&self, book: &Book) -> Vec<Leak> {
        let setting = book.settings.look.as_ref();
        let setting = setting.and_then(|look| look.logo.as_ref());
        let (Some(logo), Some(setting)) = (&book.logo, setting) else {
            return Vec::new();
        };
        let leaks = self.check_file(Path::new(&setting.file.text), &logo.bytes);
        let of_book = leaks.into_iter().map(|leak| Leak {
            is_source: true,
            ..leak
        });
        of_book.collect()
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

    /// What the book itself says openly of what it withholds, in its logo and in the texts that are shown: for each secret
    /// the gravest finding of each file, and where it may be chance and stands in many files, the first alone.
    pub fn in_book(&self, sources: &Sources, is_shown: impl Fn(Span) -> bool) -> Vec<Leak> {
        let mut found: BTreeMap<(usize, SourceId), (Kind, &Open, usize)> = BTreeMap::new();
        for open in self.open.iter().filter(|open| is_shown(open.text)) {
            let kind = self.needles[open.needle].kind_in_text();
            let place = (self.needles[open.needle].secret, open.text.source);
            let known = found.entry(place).or_insert((kind, open, 0));
            known.2 += 1;
            if kind < known.0 {
                (known.0, known.1) = (kind, open);
            }
        }
        let mut files: HashMap<usize, usize> = HashMap::new();
        for (secret, _) in found.keys() {
            *files.entry(*secret).or_default() += 1;
        }
        let mut leaks = self.in_logo.clone();
        let mut told = HashSet::new();
        for ((secret, source), (kind, open, texts)) in found {
            let is_many = kind >= Kind::Short && files[&secret] > sought::MOST_NAMED;
            if is_many && !told.insert(secret) {
                continue;
            }
            let more = match is_many {
                true => and_others(files[&secret], "file"),
                false => and_others(texts, "place"),
            };
            let place = format!("line {}{more}", open.line(sources));
            let mut leak = self.leak(&sources.get(source).path, secret, kind, place);
            leak.is_source = true;
            leaks.push(leak);
        }
        leaks
    }

    /// Looks into one file. The ending of its name says how it is read.
    pub fn check_file(&self, path: &Path, bytes: &[u8]) -> Vec<Leak> {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        self.check_file_as(&ending, path, bytes)
    }

    /// Looks into one file that is read as those with this ending are, whatever its own name ends in.
    pub fn check_file_as(&self, ending: &str, path: &Path, bytes: &[u8]) -> Vec<Leak> {
        if self.is_empty() {
            return Vec::new();
        }
        let views = read::views(ending, path, bytes);
        let (Some(views), Some(finder)) = (views, &self.finder) else {
            return vec![Leak {
                file: path.to_owned(),
                is_source: false,
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
        let text = &view.text;
        let hits = finder.find_overlapping_iter(&text.letters);
        hits.filter_map(move |hit| {
            let number = hit.pattern().as_usize();
            let needle = self.needles[number];
            // Names of fields and elements are words too.
            let is_read = needle.kind != Kind::Piece || view.what != What::Written;
            let is_hit = self.is_sought[number] && is_read;
            (is_hit && needle.fits(text, hit.start(), hit.end())).then_some((needle, hit.start()))
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
            is_source: false,
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

/// How many more there are than one, in words.
fn and_others(count: usize, what: &str) -> String {
    match count {
        0 | 1 => String::new(),
        2 => format!(" and another {what}"),
        count => format!(" and {} other {what}s", count - 1),
    }
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
            Some(found) if found.kind >= Kind::Short => Severity::Warning,
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
            Kind::Short => ("leak-piece", "a short passage that is withheld"),
            Kind::Piece => ("leak-piece", "a telling word of a passage that is withheld"),
        };
        let (is, accepted) = match self.is_source {
            // What is made of a file has its name.
            true => ("stands there openly", self.file.with_extension("*")),
            false => ("is in it", self.file.clone()),
        };
        let message = format!(
            "{file}, {}: {what} at line {} of this file{} {is}",
            self.place,
            secret.line,
            exempted(&codes),
        );
        let help = format!(
            "take it out where it stands openly; or, when it may be published, accept it in minutebook.yaml: \
             `accepted: [{{ file: {}, fingerprint: {:?}, reason: …, by: …, date: … }}]`",
            accepted.to_string_lossy().replace('\\', "/"),
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
