//! The two formats that templates write, and text that is ready for one of them.

use serde::Serialize;

/// A format that a template writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// HTML; the PDF is made of it.
    Html,
    /// CommonMark with the tables of GitHub Flavored Markdown.
    Markdown,
}

/// Text that can stand in its format as it is. Templates get nothing else, so that they never have to escape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Ready(String);

impl Ready {
    /// Text that was made for the format.
    pub(crate) fn made(text: impl Into<String>) -> Ready {
        Ready(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Format {
    /// Words that are not in any format yet.
    pub(super) fn plain(self, words: &str) -> Ready {
        Ready(match self {
            Format::Html => html(words),
            Format::Markdown => markdown(words),
        })
    }
}

/// Words for HTML: between tags and in attributes.
pub(super) fn html(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    let mut rest = words;
    let special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    while let Some(at) = rest.bytes().position(special) {
        escaped.push_str(&rest[..at]);
        escaped.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    escaped.push_str(rest);
    escaped
}

/// Words for Markdown: only what would otherwise be taken for markup is escaped, so that plain text stays readable.
/// What matters at the start of a line only is left to [`line_start`].
pub(super) fn markdown(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    let chars: Vec<char> = words.chars().collect();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| chars[at]);
        let after = chars.get(at + 1).copied();
        let inside_word = |one: Option<char>| one.is_some_and(char::is_alphanumeric);
        let markup = match c {
            '\\' => after.is_none_or(|after| after.is_ascii_punctuation()),
            '`' | '*' | '<' | '|' => true,
            // Brackets are markup only around a footnote, and before an address, a label or a definition.
            '[' => after == Some('^'),
            ']' => after.is_none_or(|after| matches!(after, '(' | '[' | ':')),
            '_' => !(inside_word(before) && inside_word(after)),
            '~' => before == Some('~') || after == Some('~'),
            '&' => is_entity(&chars[at + 1..]),
            '!' => after == Some('['),
            _ => false,
        };
        if markup {
            escaped.push('\\');
        }
        escaped.push(*c);
    }
    escaped
}

/// Whether what follows an ampersand makes it a character of another name: `amp;`, `#8364;`.
fn is_entity(after: &[char]) -> bool {
    let name = after
        .iter()
        .take_while(|c| c.is_ascii_alphanumeric() || **c == '#')
        .count();
    name > 0 && after.get(name) == Some(&';')
}

/// A line of Markdown text, kept from being taken for a heading, a list, a quotation or a rule.
pub(super) fn line_start(line: &str) -> String {
    let line = line.trim_start_matches([' ', '\t']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=9).contains(&digits) && matches!(line.as_bytes().get(digits), Some(b'.' | b')')) {
        let (number, rest) = line.split_at(digits);
        return format!("{number}\\{rest}");
    }
    if ["[ ]", "[x]", "[X]"]
        .iter()
        .any(|task| line.starts_with(task))
    {
        return format!("\\{line}");
    }
    // Two tildes that are no words of the text strike out what follows; three would begin a block of code.
    if line.starts_with("~~") && !line.starts_with("~~~") {
        return line.to_owned();
    }
    match line.as_bytes().first() {
        Some(b'#' | b'+' | b'-' | b'>' | b'=' | b'~' | b':') => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_stay_readable_in_markdown() {
        for words in [
            "snake_case",
            "R&D",
            "5 > 4",
            "50%",
            "a - b",
            "Is it 1.10?",
            "C:\\path",
        ] {
            assert_eq!(markdown(words), words);
        }
        assert_eq!(
            markdown("*a* [b] [c](d) <c> _d_ &amp; a\\"),
            "\\*a\\* [b] [c\\](d) \\<c> \\_d\\_ \\&amp; a\\\\"
        );
        assert_eq!(line_start("1. a"), "1\\. a");
        assert_eq!(line_start("- a"), "\\- a");
        assert_eq!(line_start("2019 was"), "2019 was");
        assert_eq!(line_start("~~No~~ yes"), "~~No~~ yes");
        assert_eq!(line_start(&markdown("~~No")), "\\~\\~No");
        assert_eq!(line_start("~~~"), "\\~~~");
    }
}
