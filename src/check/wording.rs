//! Words inside texts: where they stand in a file, and how a message may quote them. No withheld word gets out of here.

use crate::diagnostic::nearest;
use crate::model::Redact;
use crate::model::party::Party;
use crate::model::text::Text;
use crate::source::{Sources, Span};
use std::borrow::Cow;

/// The words of a text that the public edition shows.
pub(super) fn public_words(text: &Text) -> String {
    match text.passages().is_empty() {
        true => text.words(),
        false => text.redact().words(),
    }
}

/// The same, and borrowed where the text is one run of words.
pub(super) fn shown_words(text: &Text) -> Cow<'_, str> {
    match text.as_words() {
        Some(words) if text.passages().is_empty() => Cow::Borrowed(words),
        _ => Cow::Owned(public_words(text)),
    }
}

/// A text in a message: its public words on one line, cut when they are many.
pub(super) fn quoted(text: &Text) -> String {
    shortened(&public_words(text))
}

/// Somebody in a message: the public words of the name, or of the body.
pub(super) fn quoted_party(party: &Party) -> String {
    let name = party.name.as_ref().or(party.body.as_ref());
    match name.map(quoted).filter(|words| !words.is_empty()) {
        Some(words) => format!("`{words}`"),
        None => "somebody".to_owned(),
    }
}

/// The candidate nearest to what was written. Nothing is near to a name that no person would write.
pub(super) fn near<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    const LONGEST: usize = 100;
    match written.len() > LONGEST {
        true => None,
        false => nearest(written, candidates),
    }
}

/// Words on one line, cut when they are many.
pub(super) fn shortened(words: &str) -> String {
    const LONGEST: usize = 60;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= LONGEST {
        return words;
    }
    let cut: String = words.chars().take(LONGEST).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(cut, _)| cut);
    format!("{cut} …")
}

/// A run of letters and digits, with the apostrophes inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// The run.
    pub(super) text: &'t str,
    /// Its first byte in the text.
    pub(super) start: usize,
}

impl Token<'_> {
    /// The byte after its last.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this word, in small letters or large.
    pub(super) fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }

    /// Whether it is one of these words.
    pub(super) fn is_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }
}

/// The runs of letters and digits in a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        let next_is_letter = characters.peek().is_some_and(|(_, c)| c.is_alphanumeric());
        let inside =
            c.is_alphanumeric() || (start.is_some() && matches!(c, '\'' | '’') && next_is_letter);
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                tokens.push(Token {
                    text: &text[from..at],
                    start: from,
                });
                start = None;
            }
            _ => {}
        }
    }
    if let Some(start) = start {
        tokens.push(Token {
            text: &text[start..],
            start,
        });
    }
    tokens
}

/// The place of words inside a span: where they first stand as whole words, though the file may have folded the line
/// between them or stressed some; the whole span when they are written otherwise.
pub(super) fn place(sources: &Sources, span: Span, words: &str) -> Span {
    nth_place(sources, span, words, 0)
}

/// The same for words that stand in the text several times: `nth` of them stand before.
pub(super) fn nth_place(sources: &Sources, span: Span, words: &str, nth: usize) -> Span {
    let raw = sources.text(span);
    let mut parts = words.split_whitespace();
    let Some(first) = parts.next() else {
        return span;
    };
    let rest: Vec<&str> = parts.collect();
    let mut found = raw.match_indices(first).filter_map(|(start, _)| {
        let end = matched(raw, start + first.len(), &rest)?;
        let before = raw[..start].chars().next_back();
        let after = raw[end..].chars().next();
        (divided(before, words.chars().next()) && divided(words.chars().next_back(), after))
            .then_some((start, end))
    });
    match found.nth(nth) {
        Some((start, end)) => Span {
            start: span.start + start as u32,
            end: span.start + end as u32,
            ..span
        },
        None => span,
    }
}

fn matched(raw: &str, mut at: usize, rest: &[&str]) -> Option<usize> {
    for word in rest {
        let gap = raw[at..].trim_start_matches(|c: char| c.is_whitespace() || c == '*' || c == '_');
        if gap.len() == raw.len() - at {
            return None;
        }
        at = raw.len() - gap.strip_prefix(word)?.len();
    }
    Some(at)
}

fn divided(before: Option<char>, after: Option<char>) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(is_letter(before) && is_letter(after))
}

/// Items in a sentence: "a", "a and b", "a, b and c".
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole_and_over_line_ends() {
        let mut sources = Sources::default();
        let text = "a: The DCC met the CC and\n  will **bring** back more".to_owned();
        let source = sources.add("a.yaml", text);
        let span = Span {
            source,
            start: 3,
            end: 52,
        };
        let found = |words| sources.text(place(&sources, span, words)).to_owned();
        assert_eq!(place(&sources, span, "CC").start, 19);
        assert_eq!(found("and will bring"), "and\n  will **bring");
        assert_eq!(place(&sources, span, "elsewhere"), span);
    }

    #[test]
    fn tokens_keep_apostrophes_inside() {
        let words: Vec<&str> = tokens("The PCC's 'plan' – isn’t 1,324.")
            .iter()
            .map(|token| token.text)
            .collect();
        assert_eq!(words, ["The", "PCC's", "plan", "isn’t", "1", "324"]);
    }
}
