//! Puts a word into the text of a YAML file so that everything else stays as it was, byte for byte. Whether it did is not
//! assumed: the new text is parsed, and must differ from the old in that word alone.

use super::{Wanted, Word};
use crate::source::{SourceId, Span};
use crate::yaml::{self, Entry, Node, Value, write};
use std::collections::{HashMap, HashSet};

/// A way to put a word in: text to insert, each with its place.
type Edits = Vec<(usize, String)>;

/// A word and the ways to put it in, the likeliest first.
struct Chosen<'w> {
    at: usize,
    word: &'w Word,
    ways: Vec<Edits>,
}

/// The text with the words in it, and for each of them whether it could be put in safely.
pub(super) fn insert(text: &str, source: SourceId, wanted: &[Wanted]) -> (String, Vec<bool>) {
    let mut done = vec![false; wanted.len()];
    let Ok(Some(old)) = yaml::parse(source, text) else {
        return (text.to_owned(), done);
    };
    let mut places = HashMap::new();
    collect(&old, &mut places);
    let chosen = wanted.iter().enumerate().filter_map(|(at, one)| {
        let node = places.get(&one.place)?;
        let ways = match &one.word {
            Word::Ref(word) => reference(text, node, &as_yaml(word)),
            Word::Alias(word) => alias(text, node, &as_yaml(word)),
        };
        let word = &one.word;
        Some(Chosen { at, word, ways })
    });
    let file = File {
        text,
        source,
        old: &old,
    };
    let mut edits: Edits = Vec::new();
    for (at, way) in file.safe(&chosen.collect::<Vec<_>>()) {
        done[at] = true;
        edits.extend(way);
    }
    (applied(text, &edits), done)
}

/// A file as it was.
struct File<'f> {
    text: &'f str,
    source: SourceId,
    old: &'f Node,
}

impl File<'_> {
    /// The ways that are safe. All are tried at once, and halves only where that fails.
    fn safe(&self, chosen: &[Chosen<'_>]) -> Vec<(usize, Edits)> {
        if let [one] = chosen {
            let mut ways = one.ways.iter();
            let safe = ways.find(|way| self.is_safe(way, std::slice::from_ref(&one.word)));
            return safe.map(|way| (one.at, way.clone())).into_iter().collect();
        }
        let firsts = chosen.iter().filter_map(|one| one.ways.first());
        let edits: Edits = firsts.flatten().cloned().collect();
        let words: Vec<&Word> = chosen.iter().map(|one| one.word).collect();
        if self.is_safe(&edits, &words) {
            let pairs = chosen.iter().map(|one| (one.at, one.ways[0].clone()));
            return pairs.collect();
        }
        let (before, after) = chosen.split_at(chosen.len() / 2);
        let mut safe = self.safe(before);
        safe.extend(self.safe(after));
        safe
    }

    /// Whether the new text says the same but for the words, each of which was added once.
    fn is_safe(&self, edits: &Edits, words: &[&Word]) -> bool {
        let text = applied(self.text, edits);
        let Ok(Some(new)) = yaml::parse(self.source, &text) else {
            return false;
        };
        let mut added = Added {
            words: words.iter().copied().collect(),
            count: 0,
        };
        added.explains(self.old, &new) && added.count == words.len()
    }
}

/// Everything that a word can belong to, by its place: fields by their first key, and texts.
fn collect<'n>(node: &'n Node, places: &mut HashMap<Span, &'n Node>) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                collect(&entry.value, places);
            }
            if let Some(first) = entries.first() {
                places.insert(first.key_span, node);
            }
        }
        Value::List(nodes) => nodes.iter().for_each(|node| collect(node, places)),
        Value::Scalar(_) => {
            places.insert(node.span, node);
        }
        Value::Empty => {}
    }
}

fn reference(text: &str, node: &Node, word: &str) -> Vec<Edits> {
    match &node.value {
        Value::Map(entries) => entries.first().map_or_else(Vec::new, |first| {
            field(text, first.key_span.start as usize, "ref", word)
        }),
        _ => {
            let (start, end) = (node.span.start as usize, node.span.end as usize);
            let before = |at: usize| {
                let below = below(text, at);
                vec![(at, format!("ref: {word}{below}text: "))]
            };
            let braces = vec![
                (start, format!("{{ ref: {word}, text: ")),
                (end, " }".to_owned()),
            ];
            // The text of a block stands below its sign.
            let sign = text[..start].rfind(['|', '>']);
            let ways = std::iter::once(before(start)).chain([braces]);
            likelier(text, start, ways.chain(sign.map(before)).collect())
        }
    }
}

fn alias(text: &str, node: &Node, word: &str) -> Vec<Edits> {
    let entries = node.entries().unwrap_or_default();
    let aliases = entries.iter().find(|entry| entry.key == "aliases");
    match aliases.map(|entry| &entry.value) {
        // After the name reads better than before it.
        None => match entries.get(1).or(entries.first()) {
            Some(entry) => {
                let start = entry.key_span.start as usize;
                field(text, start, "aliases", &format!("[{word}]"))
            }
            None => Vec::new(),
        },
        Some(Node {
            value: Value::List(aliases),
            ..
        }) => aliases.first().map_or_else(Vec::new, |first| {
            let start = first.span.start as usize;
            let line = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
            let dash = line.rfind('-').map_or(0, |at| line[..at].chars().count());
            let indent = " ".repeat(dash);
            vec![
                vec![(start, format!("{word}{}{indent}- ", line_end(text)))],
                vec![(start, format!("{word}, "))],
            ]
        }),
        Some(Node {
            value: Value::Scalar(_),
            span,
        }) => vec![vec![
            (span.start as usize, "[".to_owned()),
            (span.end as usize, format!(", {word}]")),
        ]],
        Some(_) => Vec::new(),
    }
}

/// A field before the one that begins at `start`: on a line of its own, or between braces.
fn field(text: &str, start: usize, key: &str, value: &str) -> Vec<Edits> {
    let below = below(text, start);
    let ways = vec![
        vec![(start, format!("{key}: {value}{below}"))],
        vec![(start, format!("{key}: {value}, "))],
    ];
    likelier(text, start, ways)
}

/// The first two ways in the other order where the place is between braces or brackets on its line.
fn likelier(text: &str, start: usize, mut ways: Vec<Edits>) -> Vec<Edits> {
    let before = text[..start].trim_end_matches([' ', '\t']);
    if before.ends_with(['{', '[', ',']) {
        ways.swap(0, 1);
    }
    ways
}

/// The end of a line, and the space before what stands below the place.
fn below(text: &str, start: usize) -> String {
    let line = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    format!("{}{}", line_end(text), " ".repeat(line.chars().count()))
}

/// How the lines of a file end.
pub(super) fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

fn applied(text: &str, edits: &Edits) -> String {
    let mut edits: Vec<&(usize, String)> = edits.iter().collect();
    edits.sort_by_key(|(at, _)| *at);
    let mut new = String::with_capacity(text.len() + 64 * edits.len());
    let mut last = 0;
    for (at, words) in edits {
        new.push_str(&text[last..*at]);
        new.push_str(words);
        last = *at;
    }
    new.push_str(&text[last..]);
    new
}

/// A word as YAML. It may come to stand between braces, where a comma would end it.
fn as_yaml(word: &str) -> String {
    match word.contains(',') {
        true => write::quoted(word),
        false => write::scalar(word),
    }
}

/// Words that explain how a tree differs from what it was.
struct Added<'w> {
    words: HashSet<&'w Word>,
    count: usize,
}

impl Added<'_> {
    /// Whether two trees are the same but for the words. Counts those that were met.
    fn explains(&mut self, old: &Node, new: &Node) -> bool {
        match (&old.value, &new.value) {
            (Value::Empty, Value::Empty) => true,
            (Value::Scalar(old), Value::Scalar(new)) => old == new,
            (Value::List(old), Value::List(new)) => self.list(old, new),
            (Value::Map(old), Value::Map(new)) => self.map(old, new),
            (Value::Scalar(alone), Value::List(new)) => match new.as_slice() {
                [first, second] => first.scalar() == Some(alone) && self.is_alias(second),
                _ => false,
            },
            (Value::Scalar(text), Value::Map(new)) => match new.as_slice() {
                [first, second] => {
                    let is_text = second.key == "text" && second.value.scalar() == Some(text);
                    is_text && self.is_field(first)
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn list(&mut self, old: &[Node], mut new: &[Node]) -> bool {
        while new.len() > old.len()
            && let [first, rest @ ..] = new
            && self.is_alias(first)
        {
            new = rest;
        }
        old.len() == new.len()
            && old
                .iter()
                .zip(new)
                .all(|(old, new)| self.explains(old, new))
    }

    fn map(&mut self, old: &[Entry], new: &[Entry]) -> bool {
        let mut rest = old.iter();
        let mut next = rest.next();
        for entry in new {
            match next {
                Some(old) if old.key == entry.key => {
                    if !self.explains(&old.value, &entry.value) {
                        return false;
                    }
                    next = rest.next();
                }
                _ if self.is_field(entry) => {}
                _ => return false,
            }
        }
        next.is_none()
    }

    fn is_field(&mut self, entry: &Entry) -> bool {
        match (entry.key.as_str(), &entry.value.value) {
            ("ref", Value::Scalar(word)) => self.is_one(Word::Ref(word.clone())),
            ("aliases", Value::List(aliases)) => {
                !aliases.is_empty() && aliases.iter().all(|alias| self.is_alias(alias))
            }
            _ => false,
        }
    }

    fn is_alias(&mut self, node: &Node) -> bool {
        let alias = node.scalar().map(str::to_owned);
        alias.is_some_and(|alias| self.is_one(Word::Alias(alias)))
    }

    fn is_one(&mut self, word: Word) -> bool {
        let is_one = self.words.contains(&word);
        self.count += usize::from(is_one);
        is_one
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    /// Puts a ref into the action that begins with these words.
    fn with_ref(text: &str, begins: &str) -> Option<String> {
        let mut sources = Sources::default();
        let source = sources.add("a.yaml", text.to_owned());
        let start = text.find(begins).expect("the place");
        let node = yaml::parse(source, text).expect("yaml").expect("a map");
        let mut places = HashMap::new();
        collect(&node, &mut places);
        let place = places
            .into_keys()
            .find(|place| place.start as usize == start);
        let wanted = Wanted {
            place: place.expect("something begins there"),
            word: Word::Ref("9/26".to_owned()),
            what: String::new(),
        };
        let (new, done) = insert(text, source, &[wanted]);
        done[0].then_some(new)
    }

    #[test]
    fn a_ref_is_put_into_every_form_of_an_action() {
        for (text, begins, expected) in [
            (
                "actions:\n  # why\n  - text: Do it   # now\n\n    owner: cc\n",
                "text",
                "actions:\n  # why\n  - ref: 9/26\n    text: Do it   # now\n\n    owner: cc\n",
            ),
            (
                "actions: [ { text: Do it, owner: cc } ]\n",
                "text",
                "actions: [ { ref: 9/26, text: Do it, owner: cc } ]\n",
            ),
            (
                "actions:\n  - {\n    text: Do it }\n",
                "text",
                "actions:\n  - {\n    ref: 9/26, text: Do it }\n",
            ),
            (
                "actions:\n- Do it\n- Then that\n",
                "Do it",
                "actions:\n- ref: 9/26\n  text: Do it\n- Then that\n",
            ),
            (
                "actions: [Do it, \"and, that\"]\n",
                "\"and",
                "actions: [Do it, { ref: 9/26, text: \"and, that\" }]\n",
            ),
            (
                "actions:\r\n  - text: Do it\r\n    owner: cc\r\n",
                "text",
                "actions:\r\n  - ref: 9/26\r\n    text: Do it\r\n    owner: cc\r\n",
            ),
            (
                "actions:\n  -\n    text: |\n      Do it\n\n      well\n",
                "text",
                "actions:\n  -\n    ref: 9/26\n    text: |\n      Do it\n\n      well\n",
            ),
        ] {
            assert_eq!(with_ref(text, begins).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_written_safely_is_left_alone() {
        // The block would no longer be deep enough.
        let block = "actions:\n  - |\n   Do it\n";
        assert_eq!(with_ref(block, "Do it"), None);
        let deeper = "actions:\n  - |\n      Do it\n\n      at once\n";
        let expected = "actions:\n  - ref: 9/26\n    text: |\n      Do it\n\n      at once\n";
        assert_eq!(with_ref(deeper, "Do it").as_deref(), Some(expected));
    }
}
