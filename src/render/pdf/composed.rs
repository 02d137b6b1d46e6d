//! Letters and signs with a mark, such as ŵ or ≠, that are one character or several.
//!
//! In: a text. Out: the parts of it that the font of the text would put together of a sign and a mark of its own, though
//! another font has them as they should look. Shaping looks for a font that has the parts; an equals sign with a stroke
//! beside it is not what was written.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use super::fonts::Set;

/// Characters before this one are no marks, and the font of the text has all of them.
const MARKS: char = '\u{300}';

/// Byte ranges of the characters that another font than that of the text must set.
pub(super) fn for_symbols(text: &str, fonts: &Set) -> Vec<Range<usize>> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let mut end = start + letter.len_utf8();
        let is_mark = |(_, next): &(usize, char)| *next >= MARKS && is_combining_mark(*next);
        while let Some((at, mark)) = letters.next_if(is_mark) {
            end = at + mark.len_utf8();
        }
        let is_whole = end == start + letter.len_utf8();
        let is_found = match is_whole {
            true => letter >= MARKS && has_parts(letter) && fonts.is_for_symbols(&text[start..end]),
            false => {
                let composed: String = text[start..end].nfc().collect();
                composed.chars().any(has_parts) && fonts.is_for_symbols(&composed)
            }
        };
        if is_found {
            found.push(start..end);
        }
    }
    found
}

/// Whether a character has a mark within itself.
fn has_parts(character: char) -> bool {
    let mut parts = std::iter::once(character).nfd().skip(1);
    parts.any(|part| canonical_combining_class(part) != 0)
}

#[cfg(test)]
mod tests {
    use super::super::fonts::bundled;
    use super::*;

    #[test]
    fn signs_that_the_font_of_the_text_lacks_are_found() {
        for text in ["a ≠ b", "a =\u{338} b", "a ≮ b", "∉"] {
            assert_eq!(for_symbols(text, bundled()).len(), 1, "{text}");
        }
        let range = for_symbols("a =\u{338} b", bundled());
        assert_eq!(range.first(), Some(&(2..5)));
    }

    #[test]
    fn letters_that_it_has_stay_with_it() {
        let letters = "ŵ w\u{302} ŷ y\u{302} ế e\u{302}\u{301} ł ą ș ț ğ İ é \u{301}";
        assert!(for_symbols(letters, bundled()).is_empty());
    }
}
