//! What a book withholds, and what it says openly. In: a book. Out: passages that nothing published may hold, without those
//! that are no secret by themselves: a date, a number, an owner's name that stands openly elsewhere.

use super::squash::Squashed;
use super::weight;
use crate::model::exemption::Exemption;
use crate::model::held::passage_places;
use crate::model::text::Text;
use crate::model::texts::Met;
use crate::model::{Book, HasTexts, Redact};
use crate::render::templates;
use crate::source::{Sources, Span};
use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use std::collections::HashSet;

/// A withheld passage.
pub(super) struct Secret {
    /// Where it stands in the book.
    pub(super) place: Span,
    /// Why it is withheld.
    pub(super) exemptions: Vec<Exemption>,
    /// Its letters.
    pub(super) text: Squashed,
    /// As it was written, without markup.
    pub(super) written: String,
    /// Whether it is a passage of a text; else it is a whole text of an entry that is withheld, or of its record.
    is_passage: bool,
}

/// What a book keeps to itself, and which of its words it does not.
#[derive(Default)]
pub(super) struct Found {
    pub(super) secrets: Vec<Secret>,
    /// The words of the secrets that stand nowhere else.
    pub(super) own_words: HashSet<String>,
}

/// The withheld passages of a book.
pub(super) fn find(book: &Book) -> Found {
    let mut secrets: Vec<Secret> = each(book, |document| held(document, &book.sources))
        .into_iter()
        .flatten()
        .collect();
    if secrets.is_empty() {
        return Found::default();
    }
    let words = secrets.iter().flat_map(|secret| secret.text.words());
    let mut own_words: HashSet<String> = words.map(|(word, _)| word.to_owned()).collect();
    let phrases = Phrases::of(&secrets);
    let said = each(book, |document| said(document, &own_words, &phrases));
    for (_, text) in templates::built_in() {
        for (word, _) in Squashed::plain(text).words() {
            own_words.remove(word);
        }
    }
    let mut open = HashSet::new();
    for said in said {
        own_words.retain(|word| !said.words.contains(word));
        open.extend(said.phrases);
    }
    let mut number = 0..;
    secrets.retain(|secret| {
        let is_open = number.next().is_some_and(|number| open.contains(&number));
        !is_open && is_secret(secret, &own_words)
    });
    Found { secrets, own_words }
}

/// The same of each document of a book, its settings first.
fn each<T: Send>(book: &Book, of: impl Fn(&dyn Document) -> T + Send + Sync) -> Vec<T> {
    let mut all: Vec<&dyn Document> = vec![&book.settings];
    all.extend(
        book.meetings
            .iter()
            .map(|one| -> &dyn Document { &one.meeting }),
    );
    all.extend(
        book.trackers
            .iter()
            .map(|one| -> &dyn Document { &one.content }),
    );
    all.extend(
        book.plans
            .iter()
            .map(|one| -> &dyn Document { &one.content }),
    );
    all.extend(
        book.updates
            .iter()
            .map(|one| -> &dyn Document { &one.content }),
    );
    all.into_par_iter().map(of).collect()
}

/// What is needed of a document, whatever its kind.
trait Document: Sync {
    fn met(&self) -> Vec<Met<'_>>;
    fn shown(&self) -> Vec<&Text>;
}

impl<T: HasTexts + Sync> Document for T {
    fn met(&self) -> Vec<Met<'_>> {
        self.all_texts()
    }

    fn shown(&self) -> Vec<&Text> {
        self.all_shown()
    }
}

/// What a document withholds.
fn held(document: &dyn Document, sources: &Sources) -> Vec<Secret> {
    let mut secrets = Vec::new();
    for met in document.met() {
        match met.withheld {
            true => secrets.push(whole(met)),
            false => secrets.extend(passages(met, sources)),
        }
    }
    secrets
}

/// What a document says openly of what is withheld somewhere.
#[derive(Default)]
struct Said {
    words: HashSet<String>,
    phrases: HashSet<usize>,
}

fn said(document: &dyn Document, words: &HashSet<String>, phrases: &Phrases) -> Said {
    let mut said = Said::default();
    let open = document.met().into_iter().filter(|met| !met.withheld);
    let shown = document.shown().into_iter();
    let shown = shown.map(|number| number.redact().words());
    for text in open.map(public).chain(shown) {
        let text = Squashed::plain(&text);
        let known = text.words().filter(|(word, _)| words.contains(*word));
        said.words.extend(known.map(|(word, _)| word.to_owned()));
        said.phrases.extend(phrases.in_text(&text));
    }
    said
}

/// What the public edition shows of a text.
fn public(met: Met<'_>) -> String {
    match met.text.passages() {
        [] => met.text.words(),
        _ => met.text.redact().words(),
    }
}

/// Short texts of withheld entries, such as an owner or a date: what is open elsewhere is no secret by itself.
struct Phrases {
    secrets: Vec<usize>,
    finder: Option<AhoCorasick>,
}

impl Phrases {
    fn of(secrets: &[Secret]) -> Phrases {
        let is_short = |secret: &Secret| {
            let words = secret.text.words().count();
            !secret.is_passage && (1..weight::RUN).contains(&words)
        };
        let short = secrets.iter().enumerate().filter(|(_, one)| is_short(one));
        let secrets: Vec<(usize, &str)> = short
            .map(|(number, secret)| (number, secret.text.letters.as_str()))
            .collect();
        Phrases {
            finder: AhoCorasick::new(secrets.iter().map(|(_, letters)| letters)).ok(),
            secrets: secrets.into_iter().map(|(number, _)| number).collect(),
        }
    }

    fn in_text(&self, text: &Squashed) -> Vec<usize> {
        let Some(finder) = &self.finder else {
            return Vec::new();
        };
        let hits = finder.find_overlapping_iter(&text.letters);
        let whole = hits.filter(|hit| text.is_edge(hit.start()) && text.is_edge(hit.end()));
        whole
            .map(|hit| self.secrets[hit.pattern().as_usize()])
            .collect()
    }
}

fn whole(met: Met<'_>) -> Secret {
    let written = met.text.words();
    Secret {
        place: met.text.span,
        exemptions: met.exemptions.to_vec(),
        text: Squashed::plain(&written),
        written,
        is_passage: false,
    }
}

fn passages(met: Met<'_>, sources: &Sources) -> Vec<Secret> {
    let mut secrets = Vec::new();
    let places = passage_places(met.text, sources);
    for (number, passage) in met.text.withheld().into_iter().enumerate() {
        let words = std::iter::once(passage.words).chain(passage.addresses);
        secrets.extend(words.map(|written| Secret {
            place: places.get(number).copied().unwrap_or(met.text.span),
            exemptions: passage.exemptions.clone(),
            text: Squashed::plain(&written),
            written,
            is_passage: true,
        }));
    }
    secrets
}

/// Whether a passage says something by itself.
fn is_secret(secret: &Secret, own_words: &HashSet<String>) -> bool {
    let mut words = secret.text.words().map(|(word, _)| word);
    match secret.text.words().count() {
        0 => false,
        1 => words.all(|word| own_words.contains(word) && weight::is_heavy(word)),
        2..=3 => words.any(weight::is_heavy),
        _ => true,
    }
}
