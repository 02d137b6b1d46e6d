//! The files of a book as text, and places in them. In: paths and their text. Out: spans, lines and columns.
//! Nothing here reads a disk or prints.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Which file of a [`Sources`] a place is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A span of no length at the start of this one.
    pub fn at_start(self) -> Span {
        Span {
            end: self.start,
            ..self
        }
    }

    /// Whether `other` lies within this span, in the same file.
    pub fn holds(self, other: Span) -> bool {
        self.source == other.source && self.start <= other.start && other.end <= self.end
    }
}

/// A line and a column as people count them: from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// One file: its path as messages show it, and its text.
#[derive(Debug)]
pub struct Source {
    /// The path relative to the book's root.
    pub path: PathBuf,
    /// The whole text; empty when the file could not be read as text.
    pub text: String,
    line_starts: Vec<u32>,
    /// How many characters begin before every so many bytes, so that columns of a very long line are found quickly.
    characters: Vec<u32>,
    /// The parts that are withheld, once somebody has asked.
    hidden: OnceLock<Vec<Range<usize>>>,
}

const STRIDE: usize = 1024;

impl Source {
    fn new(path: PathBuf, text: String) -> Source {
        let line_starts = std::iter::once(0).chain(line_ends(&text)).collect();
        let counts = text.as_bytes().chunks(STRIDE).scan(0, |count, chunk| {
            *count += beginnings(chunk);
            Some(*count)
        });
        let characters = std::iter::once(0).chain(counts).collect();
        Source {
            path,
            text,
            line_starts,
            characters,
            hidden: OnceLock::new(),
        }
    }

    /// The parts of the text that are withheld: `find` tells which, and is asked once.
    pub fn hidden(&self, find: impl FnOnce(&str) -> Vec<Range<usize>>) -> &[Range<usize>] {
        self.hidden.get_or_init(|| find(&self.text))
    }

    fn characters_before(&self, byte: usize) -> u32 {
        let byte = byte.min(self.text.len());
        let stride = byte / STRIDE;
        let rest = &self.text.as_bytes()[stride * STRIDE..byte];
        self.characters[stride] + beginnings(rest)
    }
}

/// The places behind each end of a line, in the ways of every system.
fn line_ends(text: &str) -> impl Iterator<Item = u32> {
    let bytes = text.as_bytes();
    let ends = text.match_indices(['\n', '\r']).map(|(at, _)| at);
    ends.filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'))
        .map(|at| at as u32 + 1)
}

/// How many characters begin in these bytes.
fn beginnings(bytes: &[u8]) -> u32 {
    let continues = |byte: u8| byte & 0b1100_0000 == 0b1000_0000;
    bytes.iter().filter(|byte| !continues(**byte)).count() as u32
}

/// All files of a book, in the order of their paths.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its id. `text` is at most 4 GiB; the loader's limit is far below that.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: String) -> SourceId {
        let id = SourceId(self.files.len() as u32);
        self.files.push(Source::new(path.into(), text));
        id
    }

    /// Gives a file another text, and returns the one that it had.
    pub fn set(&mut self, id: SourceId, text: String) -> String {
        let file = &mut self.files[id.0 as usize];
        let path = std::mem::take(&mut file.path);
        std::mem::replace(file, Source::new(path, text)).text
    }

    /// The file of an id that this collection gave out.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.files[id.0 as usize]
    }

    /// Every file with its id, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.files
            .iter()
            .enumerate()
            .map(|(at, source)| (SourceId(at as u32), source))
    }

    /// The file with this path, relative to the book's root.
    pub fn find(&self, path: &Path) -> Option<SourceId> {
        self.iter()
            .find(|(_, source)| source.path == path)
            .map(|(id, _)| id)
    }

    /// The text of a span; empty when the span does not fit the file.
    pub fn text(&self, span: Span) -> &str {
        let source = self.get(span.source);
        source
            .text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// Where a span begins.
    pub fn place(&self, span: Span) -> Place {
        let source = self.get(span.source);
        let line = source
            .line_starts
            .partition_point(|start| *start <= span.start);
        let line_start = source.line_starts[line - 1] as usize;
        let before = source.characters_before(span.start as usize);
        Place {
            line,
            column: (before - source.characters_before(line_start)) as usize + 1,
        }
    }

    /// The line on which a span begins, without its end, as bytes of the file.
    pub fn line(&self, span: Span) -> Range<usize> {
        let source = self.get(span.source);
        let next = source
            .line_starts
            .partition_point(|start| *start <= span.start);
        let start = source.line_starts[next - 1] as usize;
        let end = source.line_starts.get(next);
        let end = end.map_or(source.text.len(), |end| *end as usize);
        start..start + source.text[start..end].trim_end_matches(['\n', '\r']).len()
    }

    /// The place of `words` inside `span`: their first occurrence there, or the whole span when they are written
    /// otherwise in the file (folded over lines, escaped).
    pub fn within(&self, span: Span, words: &str) -> Span {
        match self.text(span).find(words) {
            Some(at) if !words.is_empty() => {
                let start = span.start + at as u32;
                Span {
                    start,
                    end: start + words.len() as u32,
                    ..span
                }
            }
            _ => span,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        let mut sources = Sources::default();
        let source = sources.add("a.yaml", "café: é\nb: c\n".to_owned());
        let span = |start, end| Span { source, start, end };
        assert_eq!(sources.place(span(7, 9)), Place { line: 1, column: 7 });
        assert_eq!(sources.place(span(10, 11)), Place { line: 2, column: 1 });
        assert_eq!(sources.place(span(14, 15)), Place { line: 2, column: 5 });
        assert_eq!(sources.text(span(13, 14)), "c");
        assert_eq!(sources.within(span(0, 9), "é"), span(3, 5));
        assert_eq!(sources.within(span(0, 9), "nowhere"), span(0, 9));
    }

    #[test]
    fn places_are_right_in_long_lines_and_behind_every_line_end() {
        let mut sources = Sources::default();
        let text = format!("a\r\nb\rc\n{}x", "é".repeat(STRIDE));
        let end = text.len() as u32;
        let source = sources.add("a.yaml", text);
        let place = |start| {
            let place = sources.place(Span {
                source,
                start,
                end: start,
            });
            (place.line, place.column)
        };
        assert_eq!((place(3), place(5), place(7)), ((2, 1), (3, 1), (4, 1)));
        let line = |start| sources.line(Span { source, start, end });
        assert_eq!((line(0), line(3), line(5)), (0..1, 3..4, 5..6));
        assert_eq!((line(7), line(end)), (7..end as usize, 7..end as usize));
        assert_eq!(place(end - 1), (4, STRIDE + 1));
        assert_eq!(place(end), (4, STRIDE + 2));
        let source = sources.add("b.yaml", "x".repeat(STRIDE * 2));
        let end = Span {
            source,
            start: STRIDE as u32 * 2,
            end: STRIDE as u32 * 2,
        };
        assert_eq!(sources.place(end).column, STRIDE * 2 + 1);
    }
}
