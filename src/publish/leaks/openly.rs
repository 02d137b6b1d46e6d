//! What a book says openly of what it withholds. In: a book, and what is sought. Out: the places of its texts at which a
//! needle stands openly, and how many documents say each. The texts are read as they were written, so that nothing that
//! rendering puts between their words can hide a passage, and the very line is known.

use super::Kind;
use super::secrets::{Document, each};
use super::sought::{self, Needle, Weight};
use super::squash::Squashed;
use crate::model::exemption::SECTIONS;
use crate::model::settings::Settings;
use crate::model::texts::{Met, Role};
use crate::model::{Book, Redact};
use crate::render::templates;
use crate::source::{Sources, Span};
use aho_corasick::AhoCorasick;
use std::collections::BTreeSet;
use std::ops::Range;

/// A place at which a needle stands openly.
pub(super) struct Open {
    /// The number of the needle.
    pub(super) needle: usize,
    /// The text.
    pub(super) text: Span,
    /// How it is written there.
    way: String,
}

/// What a book says openly of what is sought in it.
pub(super) struct Openly {
    /// The places that somebody should know, in the order of the book.
    pub(super) places: Vec<Open>,
    /// For each needle, whether it is sought in files that are about to be published.
    pub(super) is_sought: Vec<bool>,
}

/// So many words may be a name, which minutebook.yaml gives openly to be printed everywhere.
const NAME: usize = 3;

impl Openly {
    /// Reads everything that a book says openly.
    pub(super) fn of(book: &Book, finder: &AhoCorasick, needles: &[Needle]) -> Openly {
        let reading = Reading {
            finder,
            needles,
            settings: &book.settings,
        };
        let said = each(book, |document| reading.document(document));
        let printed = reading.printed();
        let mut documents = vec![0_usize; needles.len()];
        for needle in said.iter().flat_map(|said| &said.needles) {
            documents[*needle] += 1;
        }
        let is_known: Vec<bool> = (0..needles.len())
            .map(|needle| {
                let is_listed = said
                    .first()
                    .is_some_and(|one| one.needles.contains(&needle));
                is_listed && needles[needle].words <= NAME
            })
            .collect();
        let is_sought = |(number, needle): (usize, &Needle)| {
            let is_open = documents[number] > 0 || printed.contains(&number);
            match (needle.kind, needle.weight) {
                (Kind::Run, _) => true,
                (_, Weight::Heavy) => !is_known[number],
                (_, Weight::Name) => false,
                (_, Weight::Light | Weight::Plain) => !is_open && needle.is_said,
            }
        };
        let is_sought = needles.iter().enumerate().map(is_sought).collect();
        let is_told = |open: &Open| match needles[open.needle].kind {
            Kind::Run => true,
            Kind::Whole | Kind::Short => !is_known[open.needle],
            Kind::Piece => {
                let most = needles[open.needle].most;
                let is_rare = documents[open.needle] <= most && !is_known[open.needle];
                is_rare && !printed.contains(&open.needle)
            }
        };
        let places = said.into_iter().flat_map(|said| said.places);
        Openly {
            places: places.filter(is_told).collect(),
            is_sought,
        }
    }
}

/// What is needed to read what a book says.
struct Reading<'r> {
    finder: &'r AhoCorasick,
    needles: &'r [Needle],
    settings: &'r Settings,
}

/// What a document says openly.
#[derive(Default)]
struct Said {
    needles: BTreeSet<usize>,
    places: Vec<Open>,
}

impl Reading<'_> {
    fn document(&self, document: &dyn Document) -> Said {
        let mut said = Said::default();
        for met in document.met().into_iter().filter(|met| !met.withheld) {
            self.text(met, &mut said);
        }
        for number in document.shown() {
            let hits = self.hits(&number.redact().words()).into_iter();
            said.needles.extend(hits.map(|(needle, _)| needle));
        }
        said
    }

    fn text(&self, met: Met<'_>, said: &mut Said) {
        if met.role == Role::Name && self.is_key(met.text.source()) {
            return;
        }
        let words = public(met);
        let hits = self.hits(&words);
        said.needles.extend(hits.iter().map(|(needle, _)| *needle));
        let mut hits: Vec<(usize, Range<usize>)> = hits
            .into_iter()
            .filter(|(needle, _)| self.is_told(*needle, met.role))
            .collect();
        if hits.is_empty() {
            return;
        }
        // A writer sees what stands in the same text: only a whole passage says too much there.
        let own = own_words(met);
        let whole: BTreeSet<usize> = hits
            .iter()
            .map(|(needle, _)| self.needles[*needle])
            .filter_map(|needle| (needle.kind != Kind::Piece).then_some(needle.secret))
            .collect();
        hits.sort_by_key(|(needle, _)| (self.needles[*needle].secret, self.needles[*needle].kind));
        let mut told = BTreeSet::new();
        for (number, way) in hits {
            let needle = self.needles[number];
            let is_new = match needle.kind {
                Kind::Piece => {
                    let word = Squashed::plain(&words[way.clone()]).letters;
                    !whole.contains(&needle.secret) && !own.contains(&word)
                }
                _ => told.insert(needle.secret),
            };
            if is_new {
                said.places.push(Open {
                    needle: number,
                    text: met.text.span,
                    way: words[way].to_owned(),
                });
            }
        }
    }

    /// Whether somebody should know that a needle stands in a text of this kind: numbers meet by chance.
    fn is_told(&self, needle: usize, role: Role) -> bool {
        let needle = self.needles[needle];
        match needle.weight {
            Weight::Heavy => true,
            Weight::Light | Weight::Name => role != Role::Number,
            Weight::Plain => false,
        }
    }

    /// Whether words are a key of the register: what is printed is the name that it has there.
    fn is_key(&self, words: &str) -> bool {
        let key = words.trim();
        self.settings.people.get(key).is_some() || self.settings.bodies.get(key).is_some()
    }

    /// What is printed wherever it is needed: the words of the templates, and what the exemptions mean.
    fn printed(&self) -> BTreeSet<usize> {
        let templates = templates::built_in().into_iter().map(|(_, text)| text);
        let meanings = SECTIONS.iter().map(|section| section.meaning);
        let hits = templates.chain(meanings).flat_map(|text| self.hits(text));
        hits.map(|(needle, _)| needle).collect()
    }

    /// The needles in a text, each once, with the place of the first.
    fn hits(&self, words: &str) -> Vec<(usize, Range<usize>)> {
        let text = Squashed::plain(words);
        let mut known = BTreeSet::new();
        let mut hits = Vec::new();
        for hit in self.finder.find_overlapping_iter(&text.letters) {
            let number = hit.pattern().as_usize();
            let needle = self.needles[number];
            if !needle.fits(&text, hit.start(), hit.end()) || known.contains(&number) {
                continue;
            }
            let last = text.place(hit.end() - 1) as usize;
            let length = words[last..].chars().next().map_or(0, char::len_utf8);
            let way = text.place(hit.start()) as usize..last + length;
            if needle.weight != Weight::Name || is_written_as_name(words, &way) {
                known.insert(number);
                hits.push((number, way));
            }
        }
        hits
    }
}

/// Whether words begin with capitals, and not because a sentence begins with them.
fn is_written_as_name(words: &str, way: &Range<usize>) -> bool {
    let mut parts = words[way.clone()].split_whitespace();
    !sought::begins_sentence(words, way.start)
        && parts.all(|part| part.starts_with(char::is_uppercase))
}

/// The words of the passages that a text itself withholds.
fn own_words(met: Met<'_>) -> BTreeSet<String> {
    let passages = match met.text.passages() {
        [] => Vec::new(),
        _ => met.text.withheld(),
    };
    let passages = passages
        .iter()
        .map(|passage| Squashed::plain(&passage.words));
    let words = passages.flat_map(|passage| {
        let words = passage.words().map(|(word, _)| word.to_owned());
        words.collect::<Vec<_>>()
    });
    words.collect()
}

/// What the public edition shows of a text.
fn public(met: Met<'_>) -> String {
    match met.text.passages() {
        [] => met.text.words(),
        _ => met.text.redact().words(),
    }
}

impl Open {
    /// The line of its file; where it is written otherwise there, that on which its first word or its text stands.
    pub(super) fn line(&self, sources: &Sources) -> usize {
        let written = sources.text(self.text);
        let first = self.way.split_whitespace().next().unwrap_or_default();
        let at = open_place(written, &self.way).or_else(|| open_place(written, first));
        let start = self.text.start + at.unwrap_or_default() as u32;
        let span = Span { start, ..self.text };
        sources.place(span).line
    }
}

/// The first place of words outside of the passages that are withheld.
fn open_place(written: &str, words: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let open = written[from..].find("<<");
        let open = open.map_or(written.len(), |at| from + at);
        if let Some(at) = written[from..open].find(words) {
            return Some(from + at);
        }
        from = open + written[open..].find(">>")? + 2;
    }
}
