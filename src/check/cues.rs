//! What a text has in it at all, found in one walk over it, so that lints pass over texts of which they have nothing to
//! say. In: public words. Out: a set of cues. A cue may be there in vain; what a lint looks for is never there without it.

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
}

/// Words, and what they are a cue for; large letters count as small ones.
const WORDS: [(&str, Cue); 21] = [
    ("official", Cue::Marking),
    ("irrelevant", Cue::Irrelevant),
    ("covert", Cue::Covert),
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

/// What each byte is, of these; 0 for any other.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < kinds.len() {
        kinds[byte] = match byte as u8 {
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            b'@' => AT,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true);
    builder.build(WORDS.iter().map(|(word, _)| word)).ok()
});

/// The cues of a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cues(u16);

impl Cues {
    /// Those that stand in these words.
    pub(super) fn of(words: &str) -> Cues {
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
        let found = FINDER.iter();
        for hit in found.flat_map(|finder| finder.find_overlapping_iter(words)) {
            cues.add(WORDS[hit.pattern().as_usize()].1);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_text_leaves_its_cue() {
        let has = |words: &str, cue| Cues::of(words).has(cue);
        assert!(has("a@b.example", Cue::At));
        assert!(has("in 2026", Cue::Digit) && !has("in 2026", Cue::TenDigits));
        assert!(has("01632 960 960", Cue::TenDigits));
        assert!(has("at NE1", Cue::CapitalBeforeDigit) && !has("at NE", Cue::CapitalBeforeDigit));
        assert!(has("the DCC", Cue::TwoCapitals) && !has("The Dcc", Cue::TwoCapitals));
        assert!(has("Official – Sensitive", Cue::Marking));
        assert!(has("undercover", Cue::Covert) && has("Informants", Cue::Covert));
        assert!(has("12 High STREET", Cue::Street));
        assert!(has("Item 2", Cue::Reference) && !has("It emerged", Cue::Reference));
        let nothing = Cues::of("");
        assert!(!nothing.has(Cue::Digit) && !nothing.has(Cue::Reference));
    }
}
