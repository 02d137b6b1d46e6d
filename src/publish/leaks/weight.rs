//! How much words say by themselves. In: words as the leak check compares them. Out: whether somebody would know a passage
//! again by them.

use std::collections::HashSet;
use std::sync::LazyLock;

/// So many words in a row are enough to know a passage again.
pub(super) const RUN: usize = 8;

/// So many words of any kind are a sentence of their own.
pub(super) const SENTENCE: usize = 4;

/// So many words that somebody marked stand nowhere by chance, however common they are.
pub(super) const MARKED: usize = 5;

/// The least digits that make a number telling.
const DIGITS: usize = 4;

/// The words that notes of meetings are made of, in the form in which a dictionary has them.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("common.txt").split_whitespace().collect());

/// Whether a word says something: no short number, no year, no day or month, no little word.
pub(super) fn is_heavy(word: &str) -> bool {
    match word.bytes().all(|byte| byte.is_ascii_digit()) {
        true => is_telling_number(word),
        false => (word.len() > 3 || !word.is_ascii()) && !is_of_the_calendar(word),
    }
}

/// Whether a word has enough digits to be a number that somebody would know again.
pub(super) fn is_telling_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits >= DIGITS && !is_year(word)
}

/// Whether a word is one that notes of meetings are full of, in any of its forms.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(word) || is_of_the_calendar(word) || stems(word).any(is_common_stem)
}

/// Whether a word stands out: a name, a rare word, a number of three digits or more that is no year, a code.
pub(super) fn is_uncommon(word: &str) -> bool {
    const LEAST: usize = 3;
    match word.bytes().all(|byte| byte.is_ascii_digit()) {
        true => word.len() >= LEAST && !is_year(word),
        false if word.bytes().any(|byte| byte.is_ascii_digit()) => word.len() >= LEAST,
        false => word.len() > 1 && !is_common(word),
    }
}

fn is_year(word: &str) -> bool {
    word.len() == DIGITS && (word.starts_with("19") || word.starts_with("20"))
}

/// What may be left of a word without its ending, and whether a letter of it may be gone or doubled.
fn stems(word: &str) -> impl Iterator<Item = (&str, &'static str)> {
    const ENDINGS: [(&str, &str); 8] = [
        ("ies", "y"),
        ("ied", "y"),
        ("es", ""),
        ("s", ""),
        ("ed", "e"),
        ("ing", "e"),
        ("er", "e"),
        ("ly", ""),
    ];
    const LEAST: usize = 3;
    let stems = ENDINGS
        .iter()
        .filter_map(|(ending, instead)| Some((word.strip_suffix(ending)?, *instead)));
    stems.filter(|(stem, _)| stem.len() >= LEAST)
}

fn is_common_stem((stem, instead): (&str, &str)) -> bool {
    let letters = stem.as_bytes();
    let doubled = letters[letters.len() - 1] == letters[letters.len() - 2];
    let single = stem.get(..stem.len() - 1).filter(|_| doubled);
    COMMON.contains(format!("{stem}{instead}").as_str())
        || (instead != "y" && COMMON.contains(stem))
        || single.is_some_and(|single| COMMON.contains(single))
}

fn is_of_the_calendar(word: &str) -> bool {
    const CALENDAR: [&str; 20] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "sept",
    ];
    CALENDAR.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_known_in_all_their_forms() {
        for word in [
            "the", "meetings", "planned", "moving", "moved", "agencies", "carried", "publicly",
            "passes", "march",
        ] {
            assert!(is_common(word) && !is_uncommon(word), "{word}");
        }
        for word in [
            "kestrel",
            "zabrowski",
            "ng",
            "4417",
            "950",
            "sw1a",
            "\u{142}ukasz",
        ] {
            assert!(is_uncommon(word), "{word}");
        }
        for word in ["2026", "12", "a", "x"] {
            assert!(!is_uncommon(word), "{word}");
        }
    }
}
