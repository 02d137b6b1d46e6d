//! The abbreviations in a text, and whether the text itself explains them.

use super::wording::{Token, public_words, tokens};
use crate::model::register::{Entry, Register};
use crate::model::settings::Settings;
use crate::model::text::Text;
use std::collections::BTreeSet;

/// An abbreviation where it stands.
pub(super) struct Abbreviation<'t> {
    /// As it is written: SNTs.
    pub(super) written: &'t str,
    /// Without the sign of a plural or of possession: SNT.
    pub(super) singular: &'t str,
    /// Whether the words beside it say what it stands for: "Serious and organised crime (SOC)".
    pub(super) explained: bool,
}

/// Capitals that everybody knows, and words that are set in capitals to stress them.
const COMMON: [&str; 47] = [
    "ALL",
    "AM",
    "AND",
    "ANY",
    "AOB",
    "BBC",
    "BUT",
    "CCTV",
    "DNA",
    "DO",
    "DRAFT",
    "EU",
    "FINAL",
    "FOR",
    "HQ",
    "HTML",
    "ID",
    "IN",
    "IT",
    "MP",
    "MUST",
    "NA",
    "NB",
    "NEW",
    "NHS",
    "NO",
    "NOT",
    "OFFICIAL",
    "OK",
    "ON",
    "ONLY",
    "OR",
    "PC",
    "PDF",
    "PM",
    "SENSITIVE",
    "THE",
    "TO",
    "TV",
    "UK",
    "URGENT",
    "US",
    "USA",
    "VAT",
    "VERY",
    "WILL",
    "YES",
];

/// How far from an abbreviation its explanation is looked for, in bytes.
const LONGEST: usize = 240;

/// The abbreviations that a book explains for all its documents: in its glossary, by the register and by the heading. In
/// small letters.
pub(super) fn explained(settings: &Settings, register: &Register<'_>) -> BTreeSet<String> {
    let glossary = settings.glossary.keys();
    let mut known: BTreeSet<String> = glossary.map(|key| singular(key).to_lowercase()).collect();
    for entry in register.entries() {
        known.insert(entry.key().to_lowercase());
        let mut add = |text: &Text| {
            known.insert(public_words(text).to_lowercase());
        };
        match entry {
            Entry::Person(_, person) => {
                let initials = person.all_posts().filter_map(|post| post.initials);
                initials.for_each(&mut add);
                person.aliases.iter().for_each(&mut add);
            }
            Entry::Body(_, body) => body.initials.iter().chain(&body.aliases).for_each(add),
        }
    }
    let short_name = settings.organisation.short_name.iter();
    known.extend(short_name.map(|text| public_words(text).to_lowercase()));
    known
}

/// Every abbreviation in a text.
pub(super) fn abbreviations(words: &str) -> Vec<Abbreviation<'_>> {
    if !words.contains(char::is_lowercase) {
        return Vec::new();
    }
    let tokens = tokens(words);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let run = run(words, &tokens[at..]);
        let is_stressed = run > 1 && tokens[at..at + run].iter().any(looks_like_a_word);
        for token in &tokens[at..at + run] {
            let short = singular(token.text);
            if !is_stressed && is_abbreviation(short) {
                found.push(Abbreviation {
                    written: token.text,
                    singular: short,
                    explained: is_explained(words, token, short),
                });
            }
        }
        at += run.max(1);
    }
    found
}

/// An abbreviation without the sign of a plural or of possession.
pub(super) fn singular(text: &str) -> &str {
    let text = text
        .strip_suffix("'s")
        .or_else(|| text.strip_suffix("’s"))
        .unwrap_or(text);
    match text.strip_suffix('s') {
        Some(short) if short.chars().filter(char::is_ascii_uppercase).count() > 1 => short,
        _ => text,
    }
}

fn is_abbreviation(text: &str) -> bool {
    (2..=12).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase())
        && !text.bytes().all(|byte| b"IVX".contains(&byte))
        && !COMMON.contains(&text)
}

/// How many words in capitals follow one another with nothing but spaces between them; 1 for any other word.
fn run(words: &str, tokens: &[Token<'_>]) -> usize {
    let is_capital = |token: &Token<'_>| {
        token.text.chars().all(|c| c.is_ascii_uppercase()) && token.text.len() > 1
    };
    let mut run = 1;
    while run < tokens.len()
        && is_capital(&tokens[run - 1])
        && is_capital(&tokens[run])
        && words[tokens[run - 1].end()..tokens[run].start]
            .trim()
            .is_empty()
    {
        run += 1;
    }
    run
}

/// Whether capitals read like a word rather than letters: long, with vowels in it.
fn looks_like_a_word(token: &Token<'_>) -> bool {
    let vowels = token
        .text
        .bytes()
        .filter(|byte| b"AEIOUY".contains(byte))
        .count();
    token.text.len() >= 5 && vowels * 4 >= token.text.len()
}

/// Whether what it stands for is beside it: in front of its brackets, or in brackets after it.
fn is_explained(words: &str, token: &Token<'_>, short: &str) -> bool {
    let before = words[..token.start].trim_end_matches(['"', '“', '‘', '\'']);
    let after = &words[token.end()..];
    if let Some(before) = before.strip_suffix('(')
        && after
            .trim_start_matches(['"', '”', '’', '\''])
            .starts_with([')', ',', ';'])
    {
        return stands_for(last_words(before, short.len() * 2 + 2), short);
    }
    let in_brackets = after.trim_start().strip_prefix('(');
    let near = |inside: &'_ str| floor(inside, inside.len().min(LONGEST));
    let inside = in_brackets.and_then(|inside| inside[..near(inside)].split_once(')'));
    inside.is_some_and(|(inside, _)| inside.contains(' ') && stands_for(inside, short))
}

/// The last words of a text.
fn last_words(text: &str, count: usize) -> &str {
    let from = floor(text, text.len().saturating_sub(LONGEST));
    let mut start = text.len();
    for token in tokens(&text[from..]).iter().rev().take(count) {
        start = from + token.start;
    }
    &text[start..]
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether the letters of an abbreviation come one after the other in the words, the first at the start of one.
fn stands_for(words: &str, short: &str) -> bool {
    let words = words.to_lowercase();
    let letters = short.to_lowercase();
    let first = letters.chars().next();
    tokens(&words)
        .iter()
        .filter(|token| token.text.chars().next() == first)
        .any(|token| {
            let mut rest = words[token.start..].chars();
            letters.chars().all(|letter| rest.any(|c| c == letter))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::cues::{Cue, assert_cued};

    #[test]
    fn none_stands_without_its_cue() {
        assert_cued(
            |words| !abbreviations(words).is_empty(),
            |cues| cues.has(Cue::TwoCapitals),
        );
    }

    fn found(words: &str) -> Vec<(&str, bool)> {
        abbreviations(words)
            .iter()
            .map(|one| (one.singular, one.explained))
            .collect()
    }

    #[test]
    fn capitals_are_told_from_words_in_capitals() {
        assert_eq!(
            found("The SNTs met LAs' leads and HMICFRS's PEEL team in 2026."),
            [
                ("SNT", false),
                ("LA", false),
                ("HMICFRS", false),
                ("PEEL", false)
            ]
        );
        assert_eq!(found("It is NOT done. Part II, World War II"), []);
        assert_eq!(
            found("OUTSTANDING MATTERS arising from the ICT plan"),
            [("ICT", false)]
        );
        assert_eq!(found("HOLDING TO ACCOUNT"), []);
        assert_eq!(found("CO2 and the A44"), []);
    }

    #[test]
    fn an_explanation_stands_beside_the_abbreviation() {
        for words in [
            "Serious and organised crime (SOC) fell.",
            "Local Safeguarding Children Boards (LSCBs) met.",
            "The Integrated Victim Management (“IVM”) team",
            "An SOC (serious and organised crime) board",
            "Domestic abuse, stalking and harassment (DASH, revised)",
        ] {
            assert!(
                abbreviations(words).iter().all(|one| one.explained),
                "{words}"
            );
        }
        assert_eq!(found("He left early (CC)."), [("CC", false)]);
    }
}
