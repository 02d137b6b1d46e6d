//! What people write for the mark of withheld text and is none, so that it withholds nothing: `«s31 | …»`, `[[s31 | …]]`,
//! `(withheld: …)`, `<!-- … -->`. In: a text as it is written. Out: where such things stand, with the words that were to be
//! withheld.

use super::exemption::{Exemption, SECTIONS};
use std::ops::Range;

/// Brackets of every kind, and whether one alone says that it is no bracket of a sentence.
const BRACKETS: [(char, char, bool); 16] = [
    ('<', '>', true),
    ('＜', '＞', true),
    ('«', '»', true),
    ('‹', '›', true),
    ('≪', '≫', true),
    ('《', '》', true),
    ('〈', '〉', true),
    ('⟨', '⟩', true),
    ('⟪', '⟫', true),
    ('[', ']', false),
    ('［', '］', false),
    ('【', '】', false),
    ('{', '}', false),
    ('｛', '｝', false),
    ('(', ')', false),
    ('（', '）', false),
];

/// What the line between the codes and the words can look like.
const LINES: [char; 5] = ['|', '｜', '¦', '│', '‖'];

/// How a bracket begins that says in words that something is withheld.
const PHRASES: [&str; 8] = [
    "withheld",
    "witheld",
    "withhold",
    "redacted",
    "redact",
    "not for publication",
    "not to be published",
    "do not publish",
];

/// Words that name an exemption, and no withheld word.
const NAMES: [&str; 16] = [
    "section",
    "sections",
    "s",
    "ss",
    "and",
    "of",
    "the",
    "act",
    "foi",
    "foia",
    "under",
    "freedom",
    "information",
    "2000",
    "out-of-scope",
    "unstated",
];

/// How far behind a bracket is looked, in bytes, for what makes it a look-alike. It bounds the time that a text takes.
const NEAR: usize = 400;

/// Where look-alikes of the mark stand, in order. What stands in a mark itself is withheld, and is not looked at.
pub fn lookalikes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut past = 0;
    for (at, byte) in text.bytes().enumerate() {
        // The first bytes of brackets, and of `&lt;`.
        let may_open = matches!(
            byte,
            b'<' | b'[' | b'{' | b'(' | b'&' | 0xC2 | 0xE2 | 0xE3 | 0xEF
        );
        if !may_open || at < past {
            continue;
        }
        let rest = &text[at..];
        if rest.starts_with("<<") {
            past = at + rest.find(">>").map_or(rest.len(), |end| end + 2);
        } else if let Some(length) = length(rest) {
            found.push(at..at + length);
            past = at + length;
        }
    }
    found
}

/// The length of a look-alike with which a text begins.
fn length(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return Some(text.find("-->").map_or(text.len(), |end| end + 3));
    }
    let near = &text[..text.floor_char_boundary(NEAR)];
    let opening = Opening::of(near)?;
    let words = &near[opening.length..];
    let words = &words[..opening.end(words)];
    let is_mark = match codes(words) {
        Some((codes, are_known)) => {
            let has_line = words[codes..].trim_start().starts_with(LINES);
            match are_known {
                true => has_line || opening.is_strong,
                false => has_line && opening.is_strong && opening.is_angle,
            }
        }
        None => false,
    };
    (is_mark || says_withheld(words)).then(|| {
        let inside = &text[opening.length..];
        let behind = inside[opening.end(inside)..].trim_start_matches([opening.close, ' ']);
        text[..text.len() - behind.len()].trim_end().len()
    })
}

/// The brackets with which a look-alike begins.
struct Opening {
    length: usize,
    close: char,
    is_angle: bool,
    /// Whether they are several, or of a kind that begins no aside in a sentence.
    is_strong: bool,
}

impl Opening {
    fn of(text: &str) -> Option<Opening> {
        const ENTITY: &str = "&lt;";
        if text.starts_with(ENTITY) {
            let rest = text.trim_start_matches(ENTITY);
            return Some(Opening {
                length: text.len() - rest.len(),
                close: '&',
                is_angle: true,
                is_strong: true,
            });
        }
        let first = text.chars().next()?;
        let (open, close, is_angle) = *BRACKETS.iter().find(|(open, ..)| *open == first)?;
        let rest = text.trim_start_matches([open, ' ']);
        let run = &text[..text.len() - rest.len()];
        Some(Opening {
            length: run.len(),
            close,
            is_angle,
            is_strong: is_angle || run.matches(open).count() > 1,
        })
    }

    /// Where the brackets close; without closing ones, where the paragraph ends. Brackets of a code, as in `s40(2)`, close
    /// before the words begin.
    fn end(&self, inside: &str) -> usize {
        let paragraph = inside.find("\n\n").unwrap_or(inside.len());
        let mut depth = 0_usize;
        for (at, c) in inside[..paragraph].char_indices() {
            if c == '(' && self.close == ')' {
                depth += 1;
            } else if c == self.close {
                match depth {
                    0 => return at,
                    _ => depth -= 1,
                }
            }
        }
        paragraph
    }
}

/// The length of the codes of exemptions with which words begin, and whether all are known.
fn codes(words: &str) -> Option<(usize, bool)> {
    let mut length = 0;
    let mut are_known = true;
    loop {
        let rest = &words[length..];
        let code = rest.trim_start();
        let begin = length + (rest.len() - code.len());
        let (size, is_known) = code_at(code)?;
        are_known &= is_known;
        length = begin + size;
        match words[length..].trim_start().strip_prefix(',') {
            Some(after) => length = words.len() - after.len(),
            None => return Some((length, are_known)),
        }
    }
}

/// The length of a code, and whether it is known: `s31`, `S40(2)`, `section 31`, `s 31`, `out-of-scope`.
fn code_at(words: &str) -> Option<(usize, bool)> {
    let is_code = |c: char| c.is_alphanumeric() || "()-_.".contains(c);
    let size = |words: &str| words.find(|c| !is_code(c)).unwrap_or(words.len());
    let first = size(words);
    let code = &words[..first];
    if ["section", "sections", "s", "s."].contains(&code.to_lowercase().as_str()) {
        let rest = words[first..].trim_start();
        let number = size(rest);
        let code = format!("s{}", &rest[..number]);
        let length = words.len() - rest.len() + number;
        return Some((length, Exemption::new(&code).is_known()));
    }
    let is_known = Exemption::new(code).is_known() || is_section(code);
    (!code.is_empty()).then_some((first, is_known))
}

/// "s.31", as lawyers write it.
fn is_section(code: &str) -> bool {
    let number = code.strip_prefix("s.").or(code.strip_prefix("S."));
    number.is_some_and(|number| Exemption::new(&format!("s{number}")).is_known())
}

/// Whether words say that they are withheld, and then say what: "withheld: the name", and not "withheld: section 31".
fn says_withheld(words: &str) -> bool {
    const NEAR: usize = 40;
    let lower = words.to_lowercase();
    let Some(phrase) = PHRASES.iter().find(|phrase| lower.starts_with(**phrase)) else {
        return false;
    };
    let behind = &lower[phrase.len()..];
    let separator = behind.char_indices().take(NEAR).find(|(at, c)| {
        let is_dash = matches!(c, '-' | '–' | '—') && behind[..*at].ends_with(' ');
        *c == ':' || is_dash || LINES.contains(c)
    });
    let Some((at, separator)) = separator else {
        return false;
    };
    if behind[..at]
        .chars()
        .next()
        .is_some_and(char::is_alphanumeric)
    {
        return false;
    }
    let said = behind[at + separator.len_utf8()..].trim();
    let is_meaning = |meaning: &str| said == meaning.to_lowercase();
    if SECTIONS.iter().any(|section| is_meaning(section.meaning)) {
        return false;
    }
    let is_name = |word: &str| {
        let code = word.trim_end_matches(['.', ';']);
        NAMES.contains(&code)
            || Exemption::new(code).is_known()
            || is_section(code)
            || code.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut said = said
        .split([' ', ',', '\n'])
        .filter(|word| !word.is_empty())
        .peekable();
    said.peek().is_some() && !said.all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let found = lookalikes(text).into_iter();
        found.map(|range| &text[range]).collect()
    }

    #[test]
    fn what_looks_like_the_mark_is_found_with_its_words() {
        for mark in [
            "«s31 | dark»",
            "‹s31|dark›",
            "＜＜s31 | dark＞＞",
            "＜＜s31｜dark＞＞",
            "≪s31 | dark≫",
            "《s40(2), S31 | dark》",
            "< <s31 | dark>>",
            "< < s31 | dark> >",
            "<s31 | dark>",
            "<s31 dark>",
            "<section 31 | dark>",
            "[[s31 | dark]]",
            "[[s31]]",
            "[[s31: dark]]",
            "[s31 | dark]",
            "{{s31 | dark}}",
            "(s40(2) | dark)",
            "(s.31 ¦ dark)",
            "&lt;&lt;s31 | dark",
            "«legal-hold | dark»",
            "(withheld: dark)",
            "(Withheld under s31: dark)",
            "[WITHHELD – dark]",
            "[REDACTED: dark]",
            "(not for publication: dark)",
            "<!-- dark -->",
        ] {
            let text = format!("Open {mark}\n\nopen.");
            assert_eq!(found(&text), [mark], "{text}");
        }
        assert_eq!(found("a «s31 | dark\n\nb"), ["«s31 | dark"]);
    }

    #[test]
    fn what_only_resembles_it_is_left_alone() {
        for text in [
            "a <<s31 | «s31 | dark»>> b <<s31>>",
            "under section 31 (s31) and [s40(2)], see [1.4](#1.4) and [^1]",
            "| code | words |\n| --- | --- |\n| s31 | law |",
            "(withheld) [redacted] (withheld under section 31) (withheld: section 31 and s40(2))",
            "(withheld: law enforcement) the report was withheld: nobody knows why",
            "«Guten Tag» <b>bold</b> a < b (b: c) {x} [[page|label]] (section 31: law)",
            "a -> b <https://example.org> <a@example.org> (withholding: a word)",
        ] {
            assert_eq!(found(text), Vec::<&str>::new());
        }
    }
}
