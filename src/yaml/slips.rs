//! Slips behind which the YAML parser stumbles only later, or says something that helps nobody: a space that is missing
//! behind a dash or a colon, a tab, a quote that ends too soon, the marks of a word processor. In: the text of a file, where
//! the parser stopped and what it said. Out: where the slip is, what it is and how to mend it. Never a word of the file.

use std::ops::Range;

/// A slip.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// Where it stands.
    pub(super) place: Range<usize>,
    /// What is wrong.
    pub(super) words: &'static str,
    /// How to mend it.
    pub(super) help: &'static str,
}

/// The slip behind a fault at a place, where it is one of these.
pub(super) fn slip(text: &str, at: usize, info: &str) -> Option<Slip> {
    let at = text.floor_char_boundary(at);
    let line = Line::around(text, at);
    if info.contains("valid YAML whitespace") {
        return tab_behind_colon(&line);
    }
    if info.contains("tab") {
        return tab_of_indent(&line).or_else(|| tab_of_indent(&line.below(text)?));
    }
    if info.contains("trailing content") {
        return ended_by_quote(text, at);
    }
    if info.contains("block sequence entries are not allowed") {
        return list_behind_colon(text, at);
    }
    let is_structure = [
        "mapping values",
        "simple key",
        "block mapping",
        "block coll",
    ];
    if !is_structure.iter().any(|words| info.contains(words)) {
        return None;
    }
    // What is wrong with a line often shows only in the next.
    let lines = [Some(line), line.above(text)];
    lines.into_iter().flatten().find_map(|line| {
        word_processor(&line)
            .or_else(|| no_space_behind_dash(&line))
            .or_else(|| no_space_behind_colon(&line))
    })
}

/// A line of a text, without its end.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    words: &'t str,
}

impl<'t> Line<'t> {
    fn around(text: &'t str, at: usize) -> Line<'t> {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        Line::from(text, start)
    }

    fn from(text: &'t str, start: usize) -> Line<'t> {
        let words = text[start..].lines().next().unwrap_or("");
        Line { start, words }
    }

    /// The next line.
    fn below(&self, text: &'t str) -> Option<Line<'t>> {
        let end = text[self.start..].find('\n')?;
        Some(Line::from(text, self.start + end + 1))
    }

    /// The nearest line above with something other than a comment in it.
    fn above(&self, text: &'t str) -> Option<Line<'t>> {
        let mut line = *self;
        loop {
            line = Line::around(text, line.start.checked_sub(1)?);
            let words = line.words.trim_start();
            if !words.is_empty() && !words.starts_with('#') {
                return Some(line);
            }
        }
    }

    /// A slip in so many bytes of the line.
    fn slip(&self, at: usize, length: usize, words: &'static str, help: &'static str) -> Slip {
        let start = self.start + at;
        Slip {
            place: start..start + length,
            words,
            help,
        }
    }

    /// The line behind its indent, and how long that is.
    fn unindented(&self) -> (usize, &'t str) {
        let words = self.words.trim_start_matches(' ');
        (self.words.len() - words.len(), words)
    }
}

fn tab_of_indent(line: &Line<'_>) -> Option<Slip> {
    let (at, words) = line.unindented();
    words.starts_with('\t').then(|| {
        line.slip(
            at,
            1,
            "a tab stands where only spaces can",
            "indent with spaces: YAML does not allow tabs there",
        )
    })
}

fn tab_behind_colon(line: &Line<'_>) -> Option<Slip> {
    let at = line.words.find(":\t")?;
    Some(line.slip(
        at + 1,
        1,
        "a tab stands behind the colon",
        "put a space in its place",
    ))
}

/// A quote that ends a text before its last word: an apostrophe, or a quotation at its beginning.
fn ended_by_quote(text: &str, at: usize) -> Option<Slip> {
    let before = text.get(..at)?;
    let until = before.trim_end_matches([' ', '\t']);
    let quote = until.chars().next_back()?;
    let is_inside = until.len() == at;
    let (words, help) = match quote {
        '\'' if is_inside => (
            "this apostrophe ends the text that a single quote began",
            "write two apostrophes (`''`) for one, or leave the quotes around the text out",
        ),
        '"' if is_inside => (
            "this quote ends the text that the first one began",
            "write `\\\"` for a quote inside double quotes, or put the text on the next line after `|`",
        ),
        '\'' | '"' => (
            "the quoted text ends here, and more follows it",
            "put the whole text in quotes, or on the next line after `|`",
        ),
        _ => return None,
    };
    let place = until.len() - 1..until.len();
    Some(Slip { place, words, help })
}

fn list_behind_colon(text: &str, at: usize) -> Option<Slip> {
    let is_dash = text.get(at..)?.starts_with('-');
    let behind_colon = text[..at].trim_end_matches(' ').ends_with(':');
    (is_dash && behind_colon).then(|| Slip {
        place: at..at + 1,
        words: "a list begins on the line of its field",
        help: "begin the list on the next line; where it is part of a text, write `|` behind the colon",
    })
}

/// Dashes and quotes of a word processor, which mean nothing here.
fn word_processor(line: &Line<'_>) -> Option<Slip> {
    let (at, words) = line.unindented();
    let first = words.chars().next()?;
    let is_mark = matches!(first, '–' | '—' | '•') && words[first.len_utf8()..].starts_with(' ');
    if is_mark {
        return Some(line.slip(
            at,
            first.len_utf8(),
            "this mark of a word processor begins no entry",
            "write `-` in its place",
        ));
    }
    let value = field(words)?;
    let inside = words[value..].trim_start();
    let quote = inside.chars().next()?;
    matches!(quote, '“' | '”' | '„' | '‘' | '’').then(|| {
        line.slip(
            line.words.len() - inside.len(),
            quote.len_utf8(),
            "curly quotes do not hold a text together",
            "use straight quotes",
        )
    })
}

/// Where the value begins of a field in a line: behind its colon.
fn field(words: &str) -> Option<usize> {
    let bare = words.strip_prefix("- ").unwrap_or(words);
    let name = bare.find(':')?;
    is_name(bare[..name].trim_start()).then_some(words.len() - bare.len() + name + 1)
}

fn is_name(word: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    !word.is_empty() && word.bytes().all(is_letter)
}

fn no_space_behind_dash(line: &Line<'_>) -> Option<Slip> {
    let (at, words) = line.unindented();
    let rest = words.strip_prefix('-')?;
    field(rest)?;
    rest.starts_with(|c: char| c.is_ascii_lowercase()).then(|| {
        line.slip(
            at,
            1,
            "a space is missing behind this dash",
            "put a space behind `-`",
        )
    })
}

fn no_space_behind_colon(line: &Line<'_>) -> Option<Slip> {
    let (at, words) = line.unindented();
    let value = field(words)?;
    let behind = words[value..].chars().next()?;
    (!behind.is_whitespace() && behind != '/').then(|| {
        line.slip(
            at + value - 1,
            1,
            "a space is missing behind this colon",
            "put a space behind the colon",
        )
    })
}
