//! Which parts of a file are withheld, so that no message that shows a line of it shows them. In: the text of a file, sound
//! or not. Out: ranges of bytes. It hides too much rather than too little: all of an entry that is withheld whole but its
//! ref, and where the file is no YAML, and has such an entry, every value.

use super::exemption::Exemption;
use super::lookalike::lookalikes;
use crate::diagnostic::nearest;
use crate::source::{SourceId, Sources, Span};
use crate::yaml::{self, Node, Value};
use std::ops::Range;

/// What stands in the place of withheld words.
pub const MASK: &str = "[withheld]";

/// What an entry that is withheld whole shows: what the public edition shows too, and what its records are about.
const OPEN: [&str; 6] = ["ref", "action", "number", "id", "exemption", "at"];

/// The names of fields. Another in an entry that is withheld whole may be a word of it.
const FIELDS: [&str; 59] = [
    "action",
    "actions",
    "apologies",
    "ask",
    "assurance",
    "at",
    "attendance",
    "body",
    "by",
    "challenge",
    "challenges",
    "classification",
    "closing",
    "condition",
    "context",
    "date",
    "decision",
    "decisions",
    "deferred",
    "due",
    "duplicate_of",
    "every",
    "exemption",
    "findings",
    "from",
    "gaps",
    "id",
    "items",
    "kind",
    "lead",
    "matters_arising",
    "meeting",
    "name",
    "next_action",
    "number",
    "objectives",
    "observation",
    "offer",
    "outcomes",
    "owner",
    "owners",
    "papers",
    "parts",
    "passages",
    "person",
    "public_interest",
    "purpose",
    "questions",
    "rag",
    "reason",
    "ref",
    "request",
    "role",
    "state",
    "text",
    "title",
    "to",
    "updates",
    "withheld",
];

/// The parts of a file that are withheld, in order, none touching another.
pub fn hidden(source: SourceId, text: &str) -> Vec<Range<usize>> {
    let whole = 0..text.len();
    let says_so = ["<<", "withheld", "passages"]
        .iter()
        .any(|word| text.contains(word));
    if !says_so && lookalikes(text).is_empty() {
        return Vec::new();
    }
    let mut hidden = match yaml::parse(source, text) {
        Ok(Some(root)) => {
            let mut found = Vec::new();
            of_node(text, &root, &mut found);
            found
        }
        Ok(None) => Vec::new(),
        Err(_) => of_lines(text),
    };
    // Behind `#` stands what nobody prints, and what was withheld may wait there.
    marks(text, whole, |at| is_in_comment(text, at), &mut hidden);
    joined(hidden)
}

/// A text without its withheld parts, line by line.
pub fn masked(text: &str) -> String {
    let mut sources = Sources::default();
    let source = sources.add("", text.to_owned());
    let hidden = hidden(source, text);
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let whole = at..at + line.trim_end_matches(['\n', '\r']).len();
        masked.push_str(&cut(text, whole.clone(), &hidden));
        masked.push_str(&text[whole.end..at + line.len()]);
        at += line.len();
    }
    masked
}

/// A part of a text with a mask in the place of each hidden range.
pub fn cut(text: &str, part: Range<usize>, hidden: &[Range<usize>]) -> String {
    let mut shown = String::with_capacity(part.len());
    let mut at = part.start;
    let first = hidden.partition_point(|range| range.end <= part.start);
    for range in hidden[first..]
        .iter()
        .take_while(|range| range.start < part.end)
    {
        let range = range.start.max(part.start)..range.end.min(part.end);
        // The white space around what is hidden stays, so that a line keeps its indent.
        let words = &text[range.clone()];
        let start = range.start + (words.len() - words.trim_start().len());
        let end = range.start + words.trim_end().len();
        shown.push_str(&text[at..start.min(end).max(at)]);
        if !words.trim().is_empty() {
            shown.push_str(MASK);
            at = end;
        }
    }
    shown.push_str(&text[at..part.end]);
    shown
}

/// What is hidden in a value that may be shown.
fn of_node(text: &str, node: &Node, hidden: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Empty => {}
        Value::Scalar(words) => {
            let written = range(text, node.span);
            // What was to be withheld is not shown either.
            hidden.extend(alike(text, written.clone()));
            let count = |text: &str| text.matches("<<").count();
            // Where the file spells a mark otherwise, nobody can tell where its words stand.
            match count(words) == count(&text[written.clone()]) {
                true => marks(text, written, |_| true, hidden),
                false => hidden.push(written),
            }
        }
        Value::List(nodes) => nodes.iter().for_each(|node| of_node(text, node, hidden)),
        Value::Map(entries) if node.get("withheld").is_some() => {
            for entry in entries {
                match entry.key == "withheld" {
                    true => of_record(text, &entry.value, hidden),
                    false => of_entry(text, entry, hidden),
                }
            }
        }
        Value::Map(entries) => {
            for entry in entries {
                marks(text, range(text, entry.key_span), |_| true, hidden);
                match (entry.key.as_str(), &entry.value.value) {
                    ("passages", Value::List(records)) => records
                        .iter()
                        .for_each(|record| of_record(text, record, hidden)),
                    _ => of_node(text, &entry.value, hidden),
                }
            }
        }
    }
}

/// What looks like a mark in a part of a text.
fn alike(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let found = lookalikes(&text[part.clone()]).into_iter();
    found
        .map(|one| part.start + one.start..part.start + one.end)
        .collect()
}

/// A field of something that is withheld whole.
fn of_entry(text: &str, entry: &yaml::Entry, hidden: &mut Vec<Range<usize>>) {
    let key = entry.key.as_str();
    if !FIELDS.contains(&key) {
        hidden.push(range(text, entry.key_span));
    }
    match (OPEN.contains(&key), &entry.value.value) {
        (true, Value::Scalar(_)) => of_node(text, &entry.value, hidden),
        _ => whole(text, &entry.value, hidden),
    }
}

/// Why something is withheld, who decided it and when: the exemption alone is public, where it is one that is known. What
/// is none may be the secret, written in the wrong place.
fn of_record(text: &str, record: &Node, hidden: &mut Vec<Range<usize>>) {
    match &record.value {
        Value::Empty => {}
        Value::Scalar(codes) if are_known(codes) => {}
        Value::Scalar(_) => hidden.push(range(text, record.span)),
        Value::List(nodes) => nodes.iter().for_each(|node| of_record(text, node, hidden)),
        Value::Map(entries) => {
            for entry in entries {
                match entry.key.as_str() {
                    "exemption" => of_record(text, &entry.value, hidden),
                    _ => of_entry(text, entry, hidden),
                }
            }
        }
    }
}

/// Every value of something that is withheld whole.
fn whole(text: &str, node: &Node, hidden: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Empty => {}
        Value::Scalar(_) => hidden.push(range(text, node.span)),
        Value::List(nodes) => nodes.iter().for_each(|node| whole(text, node, hidden)),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            if !FIELDS.contains(&entry.key.as_str()) {
                hidden.push(range(text, entry.key_span));
            }
            whole(text, &entry.value, hidden);
        }),
    }
}

/// Whether every code is one that is known, or all but one: a number, or a slip of the pen.
fn are_known(codes: &str) -> bool {
    codes.split(',').all(|code| {
        let code = Exemption::new(code);
        let number = code.code().trim_start_matches('s');
        let is_number = number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 8;
        code.is_known() || is_number || nearest(code.code(), ["out-of-scope", "unstated"]).is_some()
    })
}

/// The words of the passages in a part of a text, whether or not a passage is closed: up to `>>`, else to the end.
fn marks(
    text: &str,
    part: Range<usize>,
    is_wanted: impl Fn(usize) -> bool,
    hidden: &mut Vec<Range<usize>>,
) {
    let mut at = part.start;
    while let Some(found) = text[at..part.end].find("<<") {
        let opening = at + found;
        let angles = text[opening..part.end].bytes();
        let inside = opening + angles.take_while(|byte| *byte == b'<').count();
        if !is_wanted(opening) {
            at = inside;
            continue;
        }
        let rest = &text[inside..part.end];
        let end = inside + rest.find(">>").unwrap_or(rest.len());
        let words = &text[inside..end];
        let codes = words.find('|').filter(|line| are_known(&words[..*line]));
        let start = match codes {
            Some(line) => inside + line + 1,
            None if are_known(words) => end,
            None => inside,
        };
        hidden.push(start..end);
        at = end;
    }
}

/// Whether a place stands behind `#` on its line, as a comment does.
fn is_in_comment(text: &str, at: usize) -> bool {
    const NEAR: usize = 1_000;
    let near = &text[text.floor_char_boundary(at.saturating_sub(NEAR))..at];
    let before = near.rsplit('\n').next().unwrap_or(near);
    // Of a very long line nobody looks for the beginning.
    let is_long = before.len() == near.len() && at > near.len();
    is_long || before.trim_start().starts_with('#') || before.contains(" #")
}

/// The lines of a file that is no YAML in which something withheld may stand.
fn of_lines(text: &str) -> Vec<Range<usize>> {
    let mut hidden = alike(text, 0..text.len());
    marks(
        text,
        0..text.len(),
        |at| !is_conflict(text, at),
        &mut hidden,
    );
    let mut entries = text.match_indices("withheld");
    if !entries.any(|(at, _)| is_key(&text[at..])) {
        return hidden;
    }
    // Nobody can tell which lines belong to the entry, so that each shows its field at most.
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        hidden.push(at + field(line)..at + line.len());
        at += line.len();
    }
    hidden
}

/// The length of the name of a field with which a line begins, with the colon, and of what stands before it.
fn field(line: &str) -> usize {
    let words = line.trim_start_matches([' ', '\t', '-']);
    let name = words.split(':').next().unwrap_or_default();
    match FIELDS.contains(&name) && words.len() > name.len() {
        true => line.len() - words.len() + name.len() + 1,
        false => line.len() - words.len(),
    }
}

fn is_key(words: &str) -> bool {
    let behind = words["withheld".len()..].trim_start_matches(['"', '\'', ' ', '\t']);
    behind.starts_with(':')
}

/// `<<<<<<< HEAD`: where two people changed the same lines, and nobody has decided yet.
fn is_conflict(text: &str, at: usize) -> bool {
    let begins_line = at == 0 || text[..at].ends_with('\n');
    begins_line && text[at..].starts_with("<<<<<<<")
}

fn range(text: &str, span: Span) -> Range<usize> {
    let within = |at: u32| text.floor_char_boundary((at as usize).min(text.len()));
    within(span.start)..within(span.end).max(within(span.start))
}

/// The ranges in order, with those joined that touch.
pub fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| range.start < range.end);
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shows(text: &str, shown: &str) {
        assert_eq!(masked(text), shown);
    }

    #[test]
    fn words_of_passages_are_hidden_and_their_codes_are_not() {
        shows(
            "a: b <<s31 | dark>> c <<s40(2), s31|dark\n  dark>> d <<s31>>\n",
            "a: b <<s31 | [withheld]>> c <<s40(2), s31|[withheld]\n  [withheld]>> d <<s31>>\n",
        );
        shows("a: b <<dark | dark>>\n", "a: b <<[withheld]>>\n");
        shows(
            "a: b <<s31 | dark\nc: d\n",
            "a: b <<s31 | [withheld]\nc: d\n",
        );
        shows("a: b \\<<s31 | dark\n", "a: b \\<<s31 | [withheld]\n");
        shows("a: b # <<s31 | dark>>\n", "a: b # <<s31 | [withheld]>>\n");
    }

    #[test]
    fn an_entry_that_is_withheld_whole_shows_its_ref_and_the_exemption() {
        shows(
            "- ref: 1/26\n  withheld: { exemption: s31, reason: dark, by: dark }\n  text: |\n    dark\n    dark\n  parts:\n    - dark\n    - text: dark\n  Dark: dark\n",
            "- ref: 1/26\n  withheld: { exemption: s31, reason: [withheld], by: [withheld] }\n  text: |\n    [withheld]\n    [withheld]\n  parts:\n    - [withheld]\n    - text: [withheld]\n  [withheld]: [withheld]\n",
        );
        shows(
            "{ withheld: dark name, text: b, dark: b }",
            "{ withheld: [withheld], text: [withheld], [withheld]: [withheld] }",
        );
        shows(
            "passages:\n  - { exemption: s31, at: question 4, reason: dark }\n",
            "passages:\n  - { exemption: s31, at: question 4, reason: [withheld] }\n",
        );
    }

    #[test]
    fn where_a_file_is_no_yaml_more_is_hidden() {
        shows(
            "a: [\nb:\n  - ref: 1/26\n    withheld: s31\n   text: dark\n     dark: dark\n\t- dark\n",
            "[withheld]\n[withheld]\n  - ref: [withheld]\n    withheld: [withheld]\n   text: [withheld]\n     [withheld]\n\t- [withheld]\n",
        );
        shows(
            "a: [\n<<<<<<< HEAD\nb: c\n=======\nb: <<s31 | dark\ndark\n>>>>>>> other\n",
            "a: [\n<<<<<<< HEAD\nb: c\n=======\nb: <<s31 | [withheld]\n[withheld]\n>>>>>>> other\n",
        );
    }
}
