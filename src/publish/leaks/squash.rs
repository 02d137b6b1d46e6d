//! A text as the leak check compares it: its letters and digits alone, in lower case, without accents, ligatures, spaces
//! and punctuation, each with its place in what was read. In: text in any of the formats. Out: letters and where words begin.

use super::entities;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of a text.
#[derive(Default)]
pub(super) struct Squashed {
    /// The letters and digits, one behind the other.
    pub(super) letters: String,
    /// For each byte of the letters, its place in the text.
    places: Vec<u32>,
    /// For each byte of the letters, whether a word begins with it.
    begins: Vec<bool>,
    apart: bool,
}

/// What in a text is no letter of it.
#[derive(Clone, Copy, Default)]
pub(super) struct Reading {
    /// `<…>` and comments are left out.
    pub(super) without_tags: bool,
    /// The addresses behind `](` are left out.
    pub(super) without_addresses: bool,
    /// `&eacute;` and `&#233;` stand for a letter.
    pub(super) entities: bool,
    /// `%C3%A9` stands for a letter.
    pub(super) percents: bool,
    /// `\u00e9` stands for a letter, and `\n` for none.
    pub(super) escapes: bool,
    /// A line that begins with a space goes on with the one before.
    pub(super) folded: bool,
}

impl Squashed {
    /// Plain text.
    pub(super) fn plain(text: &str) -> Squashed {
        Squashed::of(text, Reading::default())
    }

    /// A text in a format.
    pub(super) fn of(text: &str, reading: Reading) -> Squashed {
        let mut squashed = Squashed::with_capacity(text.len());
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at..];
            let taken = match c {
                'a'..='z' | 'A'..='Z' | '0'..='9' | ' ' => None,
                _ => squashed.special(rest, at as u32, reading),
            };
            at += taken.unwrap_or_else(|| {
                squashed.push(c, at as u32);
                c.len_utf8()
            });
        }
        squashed
    }

    fn with_capacity(bytes: usize) -> Squashed {
        Squashed {
            letters: String::with_capacity(bytes),
            places: Vec::with_capacity(bytes),
            begins: Vec::with_capacity(bytes),
            apart: true,
        }
    }

    /// How much of a text stands for something else here, which is then pushed.
    fn special(&mut self, rest: &str, at: u32, reading: Reading) -> Option<usize> {
        let taken = match rest.as_bytes().first()? {
            b'<' if reading.without_tags => tag(rest),
            b']' if reading.without_addresses => address(rest),
            b'&' if reading.entities => {
                let (letters, taken) = entities::entity(rest)?;
                match letters {
                    Some(letters) => letters.chars().for_each(|c| self.push(c, at)),
                    None => self.part(),
                }
                return Some(taken);
            }
            b'%' if reading.percents => {
                let (letters, taken) = percents(rest)?;
                letters.chars().for_each(|c| self.push(c, at));
                return Some(taken);
            }
            b'\\' if reading.escapes => {
                let (letter, taken) = escape(rest)?;
                self.push(letter, at);
                return Some(taken);
            }
            b';' => base64(rest),
            b'\r' | b'\n' if reading.folded => {
                let fold = ["\r\n ", "\r\n\t", "\n ", "\n\t"];
                return fold
                    .iter()
                    .find(|one| rest.starts_with(*one))
                    .map(|one| one.len());
            }
            _ => None,
        };
        taken.inspect(|_| self.part())
    }

    /// Adds a character of the text.
    pub(super) fn push(&mut self, c: char, at: u32) {
        if c.is_ascii_alphanumeric() {
            self.letter(c.to_ascii_lowercase(), at);
        } else if c.is_ascii() {
            self.apart = true;
        } else if !is_unseen(c) {
            for c in std::iter::once(c).nfkd() {
                self.strange(c, at);
            }
        }
    }

    fn strange(&mut self, c: char, at: u32) {
        if is_combining_mark(c) {
            return;
        }
        if !c.is_alphanumeric() {
            self.apart = true;
            return;
        }
        for lower in c.to_lowercase() {
            match entities::plain(lower) {
                Some(letters) => letters.chars().for_each(|c| self.letter(c, at)),
                None if is_combining_mark(lower) => {}
                None => self.letter(lower, at),
            }
        }
    }

    fn letter(&mut self, c: char, at: u32) {
        self.letters.push(c);
        for byte in 0..c.len_utf8() {
            self.places.push(at);
            self.begins.push(byte == 0 && self.apart);
        }
        self.apart = false;
    }

    /// A word ends here.
    pub(super) fn part(&mut self) {
        self.apart = true;
    }

    /// What comes now has nothing to do with what came before.
    pub(super) fn divide(&mut self, at: u32) {
        self.apart = true;
        self.letter('\0', at);
        self.apart = true;
    }

    /// The place in the text of a byte of the letters.
    pub(super) fn place(&self, byte: usize) -> u32 {
        self.places.get(byte).copied().unwrap_or_default()
    }

    /// Whether a word begins or ends at a byte of the letters.
    pub(super) fn is_edge(&self, byte: usize) -> bool {
        self.begins.get(byte).copied().unwrap_or(true)
    }

    /// The words, each with its place in the text.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, u32)> {
        let mut from = 0;
        std::iter::from_fn(move || {
            if from >= self.letters.len() {
                return None;
            }
            let next = self.begins[from + 1..].iter().position(|begins| *begins);
            let end = next.map_or(self.letters.len(), |next| from + 1 + next);
            let word = (&self.letters[from..end], self.places[from]);
            from = end;
            Some(word)
        })
    }
}

/// Characters that no reader sees and that divide no word.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// How long a tag or comment is.
fn tag(rest: &str) -> Option<usize> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return Some(comment.find("-->").map_or(rest.len(), |end| end + 7));
    }
    let second = rest.as_bytes().get(1)?;
    if !second.is_ascii_alphabetic() && !b"/!?".contains(second) {
        return None;
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            (b'>', None) => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// How long the address of a Markdown link is, with the bracket before it.
fn address(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("](")?;
    let end = inside.find([')', '\n'])?;
    inside[end..].starts_with(')').then_some(end + 3)
}

/// How long a picture is that travels inside the page.
fn base64(rest: &str) -> Option<usize> {
    let data = rest.strip_prefix(";base64,")?;
    let is_data = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
    let end = data.find(|c| !is_data(c)).unwrap_or(data.len());
    Some(end + 8)
}

fn percents(rest: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    let mut left = rest;
    while let Some(byte) = left.strip_prefix('%').and_then(|hex| hex.get(..2)) {
        let Ok(byte) = u8::from_str_radix(byte, 16) else {
            break;
        };
        bytes.push(byte);
        left = &left[3..];
    }
    let letters = String::from_utf8_lossy(&bytes).into_owned();
    (!bytes.is_empty()).then(|| (letters, rest.len() - left.len()))
}

fn escape(rest: &str) -> Option<(char, usize)> {
    let kind = rest[1..].chars().next()?;
    if kind != 'u' {
        let stands_for = if kind.is_alphanumeric() { ' ' } else { kind };
        return Some((stands_for, 1 + kind.len_utf8()));
    }
    let unit = |rest: &str| u16::from_str_radix(rest.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let first = unit(rest)?;
    let second = rest.get(6..).and_then(unit);
    let pair = [first, second.unwrap_or_default()];
    match char::decode_utf16(pair).next()? {
        Ok(letter) => Some((letter, 6 * letter.len_utf16())),
        Err(_) => Some((' ', 6)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str, reading: Reading) -> String {
        Squashed::of(text, reading).letters
    }

    #[test]
    fn case_spaces_punctuation_and_forms_do_not_count() {
        let plain = |text| Squashed::plain(text).letters;
        assert_eq!(
            plain("The “Kestrel” \u{FB01}le,\nNo. 5"),
            "thekestrelfileno5"
        );
        assert_eq!(
            plain("Ke\u{AD}strel Caf\u{E9} cafe\u{301} Stra\u{DF}e"),
            "kestrelcafecafestrasse"
        );
        assert_eq!(plain("Ｋｅｓｔｒｅｌ ④"), "kestrel4");
    }

    #[test]
    fn each_format_is_read_as_it_is_written() {
        let html = Reading {
            without_tags: true,
            entities: true,
            ..Reading::default()
        };
        assert_eq!(
            letters(
                "<p title='a>b'>Ke<b>str</b>el<!-- x --> &eacute;&#x41;&amp;B",
                html
            ),
            "kestreleab"
        );
        let data = Reading {
            percents: true,
            escapes: true,
            ..Reading::default()
        };
        assert_eq!(letters("a%20%C3%A9b\\u00e9\\nc 5 %\\\"d", data), "aebec5d");
        let sheet = Reading {
            folded: true,
            ..Reading::default()
        };
        let folded = Squashed::of("Kes\r\n trel", sheet);
        assert_eq!(
            folded.words().map(|(word, _)| word).collect::<Vec<_>>(),
            ["kestrel"]
        );
        let link = Reading {
            without_addresses: true,
            ..Reading::default()
        };
        assert_eq!(
            letters("[Kestrel](https://x.example) Point", link),
            "kestrelpoint"
        );
    }

    #[test]
    fn words_keep_their_places() {
        let squashed = Squashed::plain("Ab, \u{E9}c 1");
        let words: Vec<(&str, u32)> = squashed.words().collect();
        assert_eq!(words, [("ab", 0), ("ec", 4), ("1", 8)]);
        assert!(squashed.is_edge(0) && squashed.is_edge(2) && !squashed.is_edge(1));
    }
}
