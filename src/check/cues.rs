//! What a text has in it at all, found in one walk over it, so that lints pass over texts of which they have nothing to
//! say. In: a text and its public words. Out: a set of cues. A cue may be there in vain; what a lint looks for is never there
//! without it.

use crate::model::text::Text;
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// Something that is easily found.
#[derive(Clone, Copy, Debug)]
pub enum Cue {
    /// The sign of an e-mail address.
    At,
    /// A digit.
    Digit,
    /// As many digits as the shortest telephone number has.
    TenDigits,
    /// A capital before a digit, as on number plates and in postcodes.
    CapitalBeforeDigit,
    /// Two capitals one after the other, as in abbreviations.
    TwoCapitals,
    /// A word of the markings above OFFICIAL.
    Marking,
    /// The word for what is out of scope.
    Irrelevant,
    /// A word of covert work, informants or deployments.
    Covert,
    /// The last word in the name of a street.
    Street,
    /// A word with which a text refers to a part of the document.
    Reference,
    /// A bracket with which a link of Markdown begins; also in what is withheld.
    Link,
    /// The first byte of a bracket of any kind, or of `&lt;`; also in what is withheld.
    Bracket,
    /// A character beyond the signs of ASCII that can be seen, spaces and line ends; also in what is withheld.
    Unusual,
}

/// Words, and what they are a cue for; large letters count as small ones.
const WORDS: [(&str, Cue); 22] = [
    ("official", Cue::Marking),
    ("irrelevant", Cue::Irrelevant),
    ("covert", Cue::Covert),
    ("undercover", Cue::Covert),
    ("informant", Cue::Covert),
    ("deployed", Cue::Covert),
    ("stationed", Cue::Covert),
    ("street", Cue::Street),
    ("road", Cue::Street),
    ("lane", Cue::Street),
    ("avenue", Cue::Street),
    ("close", Cue::Street),
    ("drive", Cue::Street),
    ("crescent", Cue::Street),
    ("gardens", Cue::Street),
    ("terrace", Cue::Street),
    ("grove", Cue::Street),
    ("item", Cue::Reference),
    ("question", Cue::Reference),
    ("objective", Cue::Reference),
    ("action", Cue::Reference),
    ("see", Cue::Reference),
];

const CAPITAL: u8 = 1;
const DIGIT: u8 = 2;
const AT: u8 = 4;
const LINK: u8 = 8;
const BRACKET: u8 = 16;
const UNUSUAL: u8 = 32;

/// What each byte is, of these.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < kinds.len() {
        kinds[byte] = match byte as u8 {
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            b'@' => AT,
            b'[' | b'<' => LINK | BRACKET,
            b'{' | b'(' | b'&' => BRACKET,
            0xC2 | 0xE2 | 0xE3 | 0xEF => BRACKET | UNUSUAL,
            b' '..=b'~' | b'\n' | b'\t' => 0,
            _ => UNUSUAL,
        };
        byte += 1;
    }
    kinds
};

/// Finds the words; without it, every word counts as found.
static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true);
    builder.build(WORDS.iter().map(|(word, _)| word)).ok()
});

/// The cues of a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cues(u16);

impl Cues {
    /// Those of a text whose public words are these.
    pub(super) fn of(text: &Text, words: &str) -> Cues {
        let mut cues = Cues::in_words(words);
        let source = text.source().bytes();
        let any = source.fold(0, |any, byte| any | KINDS[usize::from(byte)]);
        let kinds = [
            (LINK, Cue::Link),
            (BRACKET, Cue::Bracket),
            (UNUSUAL, Cue::Unusual),
        ];
        let there = kinds.into_iter().filter(|(kind, _)| any & kind != 0);
        there.for_each(|(_, cue)| cues.add(cue));
        cues
    }

    /// Those that stand in public words.
    pub(super) fn in_words(words: &str) -> Cues {
        let mut cues = Cues::default();
        let (mut any, mut behind_capital, mut digits) = (0, 0, 0_usize);
        let mut before = 0;
        for byte in words.bytes() {
            let kind = KINDS[usize::from(byte)];
            any |= kind;
            // All bits are set behind a capital, and none elsewhere: this loop reads every word of a book.
            behind_capital |= kind & (before & CAPITAL).wrapping_neg();
            digits += usize::from(kind == DIGIT);
            before = kind;
        }
        let there = [
            (any & AT != 0, Cue::At),
            (digits > 0, Cue::Digit),
            (digits >= 10, Cue::TenDigits),
            (behind_capital & DIGIT != 0, Cue::CapitalBeforeDigit),
            (behind_capital & CAPITAL != 0, Cue::TwoCapitals),
        ];
        let there = there.into_iter().filter(|(is_there, _)| *is_there);
        there.for_each(|(_, cue)| cues.add(cue));
        match FINDER.as_ref() {
            Some(finder) => finder
                .find_overlapping_iter(words)
                .for_each(|hit| cues.add(WORDS[hit.pattern().as_usize()].1)),
            None => WORDS.iter().for_each(|(_, cue)| cues.add(*cue)),
        }
        cues
    }

    /// Whether it is there.
    pub fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u16) != 0
    }

    fn add(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u16;
    }
}

/// Asserts for many sentences that something which is found in one never stands there without its cue.
#[cfg(test)]
pub(super) fn assert_cued(is_found: impl Fn(&str) -> bool, is_cued: impl Fn(Cues) -> bool) {
    let mut count = 0;
    for words in sentences().iter().filter(|words| is_found(words)) {
        assert!(is_cued(Cues::in_words(words)), "{words}");
        count += 1;
    }
    assert!(count > 0, "nothing is found in any sentence");
}

/// Sentences of three pieces, among which is what lints look for in every form.
#[cfg(test)]
fn sentences() -> Vec<String> {
    const PIECES: [&str; 40] = [
        "the",
        "It was",
        "covert",
        "Covertly,",
        "UNDERCOVER",
        "surveillance",
        "informants",
        "will be",
        "deployed",
        "stationed at",
        "AB12",
        "AB12CDE",
        "CDE",
        "NE1",
        "4ST",
        "12",
        "High",
        "Old Mill",
        "Street",
        "Lane.",
        "OFFICIAL",
        "–",
        "SENSITIVE",
        "official-sensitive",
        "Secret",
        "sensitive and",
        "irrelevant",
        "Irrelevant and sensitive",
        "someone@example.org",
        "a@b.c",
        "01632 960 960",
        "(+44) 1632",
        "960960",
        "item",
        "(Question",
        "see",
        "2.1",
        "3/26",
        "DCC",
        "Serious crime (SC)",
    ];
    let three = |a: &'static str| {
        let pairs = PIECES
            .iter()
            .flat_map(|b| PIECES.iter().map(move |c| (b, c)));
        pairs.map(move |(b, c)| format!("{a} {b} {c}"))
    };
    PIECES.into_iter().flat_map(three).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_text_leaves_its_cue() {
        let has = |words: &str, cue| Cues::in_words(words).has(cue);
        assert!(has("a@b.example", Cue::At));
        assert!(has("in 2026", Cue::Digit) && !has("in 2026", Cue::TenDigits));
        assert!(has("01632 960 960", Cue::TenDigits));
        assert!(has("at NE1", Cue::CapitalBeforeDigit) && !has("at NE", Cue::CapitalBeforeDigit));
        assert!(has("the DCC", Cue::TwoCapitals) && !has("The Dcc", Cue::TwoCapitals));
        assert!(has("Official – Sensitive", Cue::Marking));
        assert!(has("undercover", Cue::Covert) && has("Informants", Cue::Covert));
        assert!(has("12 High STREET", Cue::Street));
        assert!(has("Item 2", Cue::Reference) && !has("It emerged", Cue::Reference));
        let nothing = Cues::in_words("");
        assert!(!nothing.has(Cue::Digit) && !nothing.has(Cue::Reference));
    }
}
