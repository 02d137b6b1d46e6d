//! Where a text opens the addresses of its links. In: the source of a text. Out: each address as it is written, and which
//! of the brackets of the text opens it: brackets stand in the file as they stand in the text, however its lines are folded
//! or quoted, so that their count leads to the place. What is set as code opens nothing.

use super::footnotes::WITH_FOOTNOTES;
use super::text::is_escaped;
use pulldown_cmark::{Event, Parser, Tag};
use std::ops::Range;

/// What opens an address, behind the words of its link.
pub const OPENING: &str = "](";

/// An address of a link, whether readers can follow it or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened<'s> {
    /// The address as it is written; a part of it where it holds a space.
    pub address: &'s str,
    /// How many openings stand before it in the source, those that open nothing included.
    pub nth: usize,
    /// Whether it stands in a withheld passage.
    pub withheld: bool,
}

/// The addresses in a source, in order.
pub fn opened(source: &str) -> Vec<Opened<'_>> {
    let mut openings = source.match_indices(OPENING).enumerate().peekable();
    if openings.peek().is_none() {
        return Vec::new();
    }
    let (code, passages) = (code(source), passages(source));
    openings
        .filter(|(_, (at, _))| !is_escaped(&source[..*at]) && !is_within(&code, *at))
        .filter_map(|(nth, (at, _))| {
            let address = address(&source[at + OPENING.len()..])?;
            let withheld = is_within(&passages, at);
            Some(Opened {
                address,
                nth,
                withheld,
            })
        })
        .collect()
}

/// The address with which the words behind an opening begin.
fn address(behind: &str) -> Option<&str> {
    let behind = behind.trim_start();
    let address = match behind.strip_prefix('<') {
        Some(inside) => inside.split_once('>')?.0,
        None => &behind[..end(behind)],
    };
    (!address.is_empty()).then_some(address)
}

/// Where an address ends that is not between angles: at a space, or at the bracket that closes its link.
fn end(behind: &str) -> usize {
    let mut open = 0_usize;
    for (at, c) in behind.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return at,
            ')' => open -= 1,
            ' ' | '\n' => return at,
            _ => {}
        }
    }
    behind.len()
}

/// What is set as code.
fn code(source: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(source, WITH_FOOTNOTES).into_offset_iter();
    events
        .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
        .collect()
}

/// The passages that are withheld.
fn passages(source: &str) -> Vec<Range<usize>> {
    let mut passages: Vec<Range<usize>> = Vec::new();
    for (start, _) in source.match_indices("<<") {
        let is_inside = passages.last().is_some_and(|last| start < last.end);
        if is_inside || is_escaped(&source[..start]) {
            continue;
        }
        let end = source[start..].find(">>");
        passages.push(start..end.map_or(source.len(), |end| start + end + 2));
    }
    passages
}

/// Whether a place is in one of some ranges, which stand in order.
fn is_within(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.start <= at);
    next.checked_sub(1)
        .is_some_and(|last| ranges[last].contains(&at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_only_looks_like_one() {
        let found = |source: &'static str| -> Vec<(&str, usize, bool)> {
            let all = opened(source).into_iter();
            all.map(|one| (one.address, one.nth, one.withheld))
                .collect()
        };
        assert_eq!(
            found("`[a](b.pdf)`, [a](b.pdf) and [c]( <d e> )"),
            [("b.pdf", 1, false), ("d e", 2, false)]
        );
        assert_eq!(found("[a](b(1).pdf) [c]()"), [("b(1).pdf", 0, false)]);
        assert_eq!(found("[a\\](b)"), []);
        assert_eq!(
            found("<<s31 | [a](b)>> [a](b \"c\")"),
            [("b", 0, true), ("b", 1, false)]
        );
        assert_eq!(found("```\n[a](b)\n```\n\n[a](b"), [("b", 1, false)]);
    }
}
