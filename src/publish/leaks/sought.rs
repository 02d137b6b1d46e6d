//! What is sought of what a book withholds. In: secrets. Out: needles: the letters of each passage, of each run of eight of
//! its words, and of each telling word, with how much each of them says by itself.

use super::Kind;
use super::secrets::{Form, Secret};
use super::squash::Squashed;
use super::weight;
use std::collections::HashMap;

/// A name or a number that more documents than this say openly tells nothing.
pub(super) const MOST_NAMED: usize = 5;

/// Something that is sought.
#[derive(Clone, Copy)]
pub(super) struct Needle {
    /// The secret that it is of: the first, should several have it.
    pub(super) secret: usize,
    pub(super) kind: Kind,
    pub(super) weight: Weight,
    /// How many words it has.
    pub(super) words: usize,
    /// Whether its words say enough to be sought in files, which hold much that is no prose.
    pub(super) is_said: bool,
    /// A word that more documents than this say openly tells nothing.
    pub(super) most: usize,
}

impl Needle {
    /// The gravest comes first.
    fn gravity(self) -> (bool, Kind, Weight) {
        (self.weight == Weight::Plain, self.kind, self.weight)
    }

    /// What it is where it stands in a text of the book.
    pub(super) fn kind_in_text(self) -> Kind {
        match (self.kind, self.weight) {
            (Kind::Whole, Weight::Light | Weight::Name) => Kind::Short,
            (kind, _) => kind,
        }
    }

    /// Whether its letters in a text are its words, and not a part of others.
    pub(super) fn fits(self, text: &Squashed, start: usize, end: usize) -> bool {
        /// A hit so long is none by chance, wherever words begin.
        const LONG: usize = 16;
        let is_long = self.words > 1 && end - start >= LONG;
        is_long || (text.is_edge(start) && text.is_edge(end))
    }
}

/// How much something says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// It can hardly stand anywhere by chance.
    Heavy,
    /// It may stand somewhere by chance: one name, one number, a few common words.
    Light,
    /// It is made of common words, and a name: only where it is written like one.
    Name,
    /// It is no secret where the book says it openly: an owner, a date, a title of one word.
    Plain,
}

/// Everything that is sought, each with its letters.
pub(super) fn needles(secrets: &[Secret]) -> (Vec<String>, Vec<Needle>) {
    let mut known: HashMap<String, usize> = HashMap::new();
    let (mut letters, mut needles) = (Vec::new(), Vec::<Needle>::new());
    for (number, secret) in secrets.iter().enumerate() {
        for (text, mut needle) in sought(secret) {
            needle.secret = number;
            match known.get(&text) {
                Some(at) if needle.gravity() < needles[*at].gravity() => needles[*at] = needle,
                Some(_) => {}
                None => {
                    known.insert(text.clone(), needles.len());
                    letters.push(text);
                    needles.push(needle);
                }
            }
        }
    }
    (letters, needles)
}

fn sought(secret: &Secret) -> Vec<(String, Needle)> {
    let words: Vec<(&str, u32)> = secret.text.words().collect();
    let needle = |kind, weight, words: &[(&str, u32)]| {
        let is_name = |(word, at): &(&str, u32)| {
            weight::is_telling_number(word) || is_capital(&secret.written, *at as usize)
        };
        let letters = words.iter().map(|(word, _)| *word).collect();
        let needle = Needle {
            secret: 0,
            kind,
            weight,
            words: words.len(),
            is_said: is_said(words),
            most: match words.iter().any(is_name) {
                true => MOST_NAMED,
                false => 1,
            },
        };
        (letters, needle)
    };
    let whole = weight(secret, &words).map(|weight| needle(Kind::Whole, weight, &words));
    let runs = words.windows(weight::RUN);
    let runs = runs.filter(|run| run.iter().any(|(word, _)| weight::is_heavy(word)));
    let runs = runs.map(|run| needle(Kind::Run, Weight::Heavy, run));
    let has_pieces = words.len() > 1 && secret.form != Form::Field;
    let pieces = words
        .iter()
        .filter(|(word, at)| has_pieces && is_telling(word, &secret.written, *at as usize));
    let pieces =
        pieces.map(|piece| needle(Kind::Piece, Weight::Light, std::slice::from_ref(piece)));
    whole.into_iter().chain(runs).chain(pieces).collect()
}

/// How much a passage says by itself, as a whole; `None` for one that says nothing: "the meeting", "12 May 2026".
fn weight(secret: &Secret, words: &[(&str, u32)]) -> Option<Weight> {
    let is_word = |word: &str| word.bytes().any(|byte| !byte.is_ascii_digit());
    let is_capital = |at: u32| is_capital(&secret.written, at as usize);
    let uncommon = words.iter().filter(|(word, _)| weight::is_uncommon(word));
    let names = uncommon.clone();
    let names = names.filter(|(word, at)| is_word(word) && is_capital(*at));
    let (uncommon, names) = (uncommon.count(), names.count());
    let is_number = !words.iter().any(|(word, _)| is_word(word));
    match (words.len(), secret.form) {
        (0, _) => None,
        (weight::RUN.., _) => Some(Weight::Heavy),
        (_, Form::Field) | (1, Form::Said) => is_said(words).then_some(Weight::Plain),
        (weight::SENTENCE.., _) if uncommon > 0 && !is_number => Some(Weight::Heavy),
        (weight::MARKED.., Form::Marked) if !is_number => Some(Weight::Heavy),
        (weight::SENTENCE.., _) => Some(Weight::Light),
        (2.., Form::Marked) if !is_number && (uncommon > 1 || names > 0) => Some(Weight::Heavy),
        (_, _) if uncommon > 0 => Some(Weight::Light),
        // Rose, Mark Young: days, months and little words are no names.
        (_, Form::Marked) if is_said(words) && words.iter().all(|(_, at)| is_capital(*at)) => {
            Some(Weight::Name)
        }
        _ => None,
    }
}

/// Whether a few words say anything: they are many, or one of them is no little word.
fn is_said(words: &[(&str, u32)]) -> bool {
    words.len() >= weight::SENTENCE || words.iter().any(|(word, _)| weight::is_heavy(word))
}

/// Whether a word of a passage would be known again: a number, a name, a rare word.
fn is_telling(word: &str, written: &str, at: usize) -> bool {
    const RARE: usize = 7;
    if !weight::is_uncommon(word) {
        return false;
    }
    let is_name_of_three = word.len() == 3 && word.bytes().any(|byte| !byte.is_ascii_digit());
    if !(weight::is_heavy(word) || is_name_of_three) {
        return false;
    }
    weight::is_telling_number(word)
        || (is_capital(written, at) && !begins_sentence(written, at))
        || (word.chars().count() >= RARE && weight::is_heavy(word))
}

/// Whether a word begins with a capital.
pub(super) fn is_capital(written: &str, at: usize) -> bool {
    let rest = written.get(at..).unwrap_or_default();
    rest.starts_with(char::is_uppercase)
}

/// Whether a word is the first of its sentence, so that its capital says nothing.
pub(super) fn begins_sentence(written: &str, at: usize) -> bool {
    let before = written.get(..at).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':'])
}
