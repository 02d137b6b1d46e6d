//! Adds to a draft that exists. In: its text, and a draft of what it lacks. Out: the same text with lines put in between;
//! no line of it is changed, moved or removed. Whether the result says what the file said and the additions, and nothing
//! else, is tried by reading it again: where that fails, nothing is added and the person is told what to add.

use super::points::{is_last, is_same};
use super::view::Matter;
use crate::model::meeting::{Arising, Item, Meeting};
use crate::model::text::Text;
use crate::model::withheld::Row;
use crate::model::{Book, Internal};
use crate::source::{SourceId, Sources};
use crate::yaml::{self, FromNode, Node, Reader, Value};
use std::collections::BTreeSet;

/// What became of a file.
#[derive(Debug)]
pub struct Extended {
    /// The text with what could be added.
    pub text: String,
    /// What could not be added, as YAML: the list that it belongs to is not written so that it can be extended safely.
    pub by_hand: Vec<String>,
}

/// What a meeting lists already.
pub(super) struct Listed {
    refs: BTreeSet<String>,
    titles: Vec<String>,
}

impl Listed {
    /// What the meeting of a file lists.
    pub(super) fn of(book: &Book, source: SourceId) -> Listed {
        let mut listed = Listed {
            refs: BTreeSet::new(),
            titles: Vec::new(),
        };
        let mut meetings = book.meetings.iter();
        if let Some(document) = meetings.find(|document| document.source == source) {
            listed.items(&document.meeting.items);
        }
        listed
    }

    fn items(&mut self, rows: &[Row<Internal, Item>]) {
        for item in rows.iter().filter_map(Row::known) {
            self.titles
                .extend(item.title.iter().map(super::wording::carried_inside));
            for row in &item.matters_arising {
                let reference = match row {
                    Row::Withheld(row) => row.number.as_ref(),
                    Row::Open(matter) => match &matter.action {
                        Arising::Ref(reference) => Some(reference),
                        Arising::Earlier(action) => action.reference.as_ref(),
                    },
                };
                self.refs.extend(reference.map(folded));
            }
            self.items(&item.items);
        }
    }

    pub(super) fn has_action(&self, matter: &Matter) -> bool {
        self.refs.contains(&matter.reference.to_lowercase())
    }

    pub(super) fn has_item(&self, title: &str) -> bool {
        self.titles.iter().any(|one| is_same(one, title))
    }
}

fn folded(reference: &Text) -> String {
    super::wording::flat(&reference.words()).to_lowercase()
}

/// Adds everything of a draft of what is lacking to the text of a file. `main` is the title of the matters arising.
pub fn extend(text: &str, lacking: &str, main: &str) -> Extended {
    let mut extended = Extended {
        text: text.to_owned(),
        by_hand: Vec::new(),
    };
    let Some(tree) = tree(lacking) else {
        extended.by_hand.push(lacking.to_owned());
        return extended;
    };
    let lines = Lines::of(lacking);
    for (at, item) in list(&tree, "items").iter().enumerate() {
        let matters = list(item, "matters_arising");
        let entries = matters.iter().enumerate();
        let entries: Vec<String> = entries
            .filter_map(|(at, _)| lines.entry(matters, at))
            .map(|block| lines.text(block))
            .collect();
        let whole = lines
            .entry(list(&tree, "items"), at)
            .map(|block| lines.text(block));
        let whole = whole.unwrap_or_default();
        extended.add(item, &entries, &whole, main);
    }
    extended
}

impl Extended {
    /// Adds an item, or its entries to the item that has them already.
    fn add(&mut self, item: &Node, entries: &[String], whole: &str, main: &str) {
        let title = item.get("title").and_then(Node::scalar).unwrap_or_default();
        let Some(old) = tree(&self.text) else {
            self.by_hand.push(whole.to_owned());
            return;
        };
        let same = find(&old, &|item| has_title(item, title));
        let with_matters = |item: &Node| !list(item, "matters_arising").is_empty();
        // Whoever gave the matters arising a title of their own still wants them in one list.
        let home = match (entries.is_empty(), is_same(title, main)) {
            (true, _) => None,
            (false, true) => same.or_else(|| find(&old, &with_matters)),
            (false, false) => same,
        };
        let lines = Lines::of(&self.text);
        let candidate = match home {
            Some(home) if with_matters(home) => {
                lines.after_last(list(home, "matters_arising"), entries)
            }
            Some(home) => lines.with_matters(&old, home, entries),
            None => {
                let items = list(&old, "items");
                let behind = items.iter().rposition(with_matters);
                lines.as_item(items, behind.filter(|_| !entries.is_empty()), whole)
            }
        };
        match candidate.filter(|new| is_faithful(&old, new, item)) {
            Some(new) => self.text = new,
            None if entries.is_empty() => self.by_hand.push(whole.to_owned()),
            None => self.by_hand.push(entries.join("\n")),
        }
    }
}

/// Whether a new text reads as the old one with something added, and is a meeting.
fn is_faithful(old: &Node, new: &str, added: &Node) -> bool {
    let Some(new) = tree(new) else {
        return false;
    };
    let mut reader = Reader::default();
    let is_meeting = <Meeting>::from_node(&new, &mut reader).is_some();
    let has_no_fault = reader.into_faults().is_empty();
    let has_all = list(added, "matters_arising").iter().all(|matter| {
        let reference = matter.get("action").and_then(Node::scalar);
        reference.is_some_and(|reference| names(&new, reference) == names(old, reference) + 1)
    });
    is_meeting && has_no_fault && has_all && holds(old, &new)
}

/// Why a text is no meeting.
pub(super) fn problems(text: &str) -> Vec<String> {
    let source = Sources::default().add("", String::new());
    let mut reader = Reader::default();
    match yaml::parse(source, text) {
        Err(fault) => vec![fault.message],
        Ok(None) => vec!["there is nothing in it".to_owned()],
        Ok(Some(node)) => {
            let _ = <Meeting>::from_node(&node, &mut reader);
            reader
                .into_faults()
                .into_iter()
                .map(|fault| fault.message)
                .collect()
        }
    }
}

/// The refs that a text lists.
pub(super) fn listed(text: &str) -> BTreeSet<String> {
    fn walk(node: &Node, refs: &mut BTreeSet<String>) {
        match &node.value {
            Value::List(nodes) => nodes.iter().for_each(|node| walk(node, refs)),
            Value::Map(entries) => {
                for entry in entries {
                    let own = entry.value.scalar().filter(|_| entry.key == "action");
                    refs.extend(own.map(str::to_owned));
                    walk(&entry.value, refs);
                }
            }
            Value::Empty | Value::Scalar(_) => {}
        }
    }
    let mut refs = BTreeSet::new();
    tree(text).iter().for_each(|tree| walk(tree, &mut refs));
    refs
}

/// How often a ref is listed.
fn names(node: &Node, reference: &str) -> usize {
    match &node.value {
        Value::List(nodes) => nodes.iter().map(|node| names(node, reference)).sum(),
        Value::Map(entries) => entries
            .iter()
            .map(|entry| {
                let own = entry.key == "action" && entry.value.scalar() == Some(reference);
                usize::from(own) + names(&entry.value, reference)
            })
            .sum(),
        Value::Empty | Value::Scalar(_) => 0,
    }
}

/// Whether everything of one tree is in another, in its order, and lists only are longer.
fn holds(old: &Node, new: &Node) -> bool {
    match (&old.value, &new.value) {
        (Value::Empty, Value::Empty) => true,
        (Value::Scalar(old), Value::Scalar(new)) => old == new,
        (Value::List(old), Value::List(new)) => {
            let mut new = new.iter();
            old.iter().all(|old| new.any(|new| holds(old, new)))
        }
        (Value::Map(old), Value::Map(new)) => {
            let (more, kept): (Vec<_>, Vec<_>) = new.iter().partition(|entry| {
                entry.key == "matters_arising" && !old.iter().any(|old| old.key == entry.key)
            });
            more.len() <= 1
                && old.len() == kept.len()
                && old
                    .iter()
                    .zip(kept)
                    .all(|(old, new)| old.key == new.key && holds(&old.value, &new.value))
        }
        _ => false,
    }
}

fn tree(text: &str) -> Option<Node> {
    let source = Sources::default().add("", String::new());
    yaml::parse(source, text).ok().flatten()
}

fn list<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    match node.get(key).map(|node| &node.value) {
        Some(Value::List(nodes)) => nodes,
        _ => &[],
    }
}

fn has_title(item: &Node, title: &str) -> bool {
    match (item.get("title"), item.scalar()) {
        (Some(own), _) => own.scalar().is_some_and(|own| is_same(own, title)),
        (None, Some(own)) => is_same(own, title),
        (None, None) => false,
    }
}

/// The first item, at any depth, of which something is true.
fn find<'n>(node: &'n Node, is_it: &dyn Fn(&Node) -> bool) -> Option<&'n Node> {
    list(node, "items")
        .iter()
        .find_map(|item| match is_it(item) {
            true => Some(item),
            false => find(item, is_it),
        })
}

/// A text by its lines.
struct Lines<'t> {
    lines: Vec<&'t str>,
    starts: Vec<usize>,
}

/// Some lines, and where the dash of the entry stands that they are.
#[derive(Clone, Copy)]
struct Block {
    first: usize,
    end: usize,
    dash: usize,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Lines<'t> {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let starts = lines.iter().scan(0, |start, line| {
            let own = *start;
            *start += line.len();
            Some(own)
        });
        Lines {
            starts: starts.collect(),
            lines,
        }
    }

    /// The line on which a value begins.
    fn line_of(&self, node: &Node) -> Option<usize> {
        let start = node.span.start as usize;
        self.starts
            .partition_point(|one| *one <= start)
            .checked_sub(1)
    }

    /// The lines of an entry of a list, with the comments that belong to it; nothing when the list is not written with a
    /// dash at the beginning of a line for each entry.
    fn entry(&self, list: &[Node], at: usize) -> Option<Block> {
        let node = list.get(at)?;
        let first = self.line_of(node)?;
        let before = self.lines[first].get(..node.span.start as usize - self.starts[first])?;
        let dash = before.find('-')?;
        let is_block =
            before[..dash].bytes().all(|byte| byte == b' ') && before[dash + 1..].trim().is_empty();
        if !is_block {
            return None;
        }
        let is_last = at + 1 == list.len();
        let mut end = first + 1;
        for (line, text) in self.lines.iter().enumerate().skip(first + 1) {
            let words = text.trim();
            let indent = text.len() - text.trim_start_matches(' ').len();
            let is_comment = words.starts_with('#');
            let belongs = indent > dash || (is_last && indent == dash && is_comment);
            // A comment further out may stand inside an entry too; it does not end it.
            match (words.is_empty() || is_comment, belongs) {
                (_, true) if !words.is_empty() => end = line + 1,
                (true, _) => {}
                (false, _) => break,
            }
        }
        Some(Block { first, end, dash })
    }

    fn text(&self, block: Block) -> String {
        let lines = self.lines[block.first..block.end].iter();
        let lines: Vec<String> = lines
            .map(|line| {
                let line = line.trim_end_matches(['\n', '\r']);
                let indent = line.len() - line.trim_start_matches(' ').len();
                line[indent.min(block.dash)..].to_owned()
            })
            .collect();
        lines.join("\n")
    }

    /// The text with entries behind the last one of a list.
    fn after_last(&self, list: &[Node], entries: &[String]) -> Option<String> {
        let last = self.entry(list, list.len().checked_sub(1)?)?;
        Some(self.with(last.end, last.dash, &entries.join("\n\n")))
    }

    /// The text with a list of matters arising in an item that has none.
    fn with_matters(&self, tree: &Node, item: &Node, entries: &[String]) -> Option<String> {
        let siblings = list(tree, "items");
        let at = siblings.iter().position(|one| one.span == item.span)?;
        let block = self.entry(siblings, at)?;
        let first = item.entries()?.first()?;
        let column = first.key_span.start as usize - self.starts[self.line_of(item)?];
        let entries = indented(&entries.join("\n\n"), 2);
        let last = self.lines[block.first..block.end]
            .iter()
            .rposition(|line| {
                let words = line.trim();
                !words.is_empty() && !words.starts_with('#')
            })?;
        let end = match at + 1 == siblings.len() {
            true => block.first + last + 1,
            false => block.end,
        };
        Some(self.with(end, column, &format!("matters_arising:\n{entries}")))
    }

    /// The text with an item behind another; else behind the last one, or before it where that is any other business.
    fn as_item(&self, items: &[Node], behind: Option<usize>, whole: &str) -> Option<String> {
        let last = items.len().checked_sub(1)?;
        let title = items[last].get("title").and_then(Node::scalar);
        let title = title.or(items[last].scalar()).unwrap_or_default();
        let at = match (behind, is_last(title), last.checked_sub(1)) {
            (Some(behind), ..) => behind,
            (None, true, Some(before)) => before,
            _ => last,
        };
        let block = self.entry(items, at)?;
        Some(self.with(block.end, block.dash, whole))
    }

    /// The text with a paragraph of lines before one of its lines, in the line ends of the text.
    fn with(&self, before: usize, indent: usize, lines: &str) -> String {
        let end = match self.lines.iter().any(|line| line.ends_with("\r\n")) {
            true => "\r\n",
            false => "\n",
        };
        let mut text = self.lines[..before].concat();
        if !text.ends_with('\n') {
            text.push_str(end);
        }
        text.push_str(end);
        for line in indented(lines, indent).lines() {
            text.push_str(line);
            text.push_str(end);
        }
        text + &self.lines[before..].concat()
    }
}

/// Lines further in by so many columns; empty ones stay empty.
fn indented(lines: &str, indent: usize) -> String {
    let space = " ".repeat(indent);
    let lines = lines.lines().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!("{space}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LACKING: &str = "kind: meeting
date: 2026-09-29
items:
  - title: Outstanding matters
    matters_arising:
      - action: 8/26
        # Text of eight
        # update:

      - action: 9/26
        # Text of nine
  - title: Crime recording
    # Standing item
";

    fn meeting(items: &str) -> String {
        format!("kind: meeting\ndate: 2026-09-29\n{items}")
    }

    fn is_extension(old: &str, new: &str) {
        let mut new = new.lines();
        for line in old.lines() {
            assert!(new.any(|one| one == line), "{line}");
        }
    }

    #[test]
    fn what_is_new_stands_behind_what_is_there() {
        let old = meeting(
            "items:
- title: Outstanding matters   # a person's own
  matters_arising:
  - action: 1/26
    update: |
      Two lines

      # and no comment
    # a comment

  # another

- title: Any other business
  # none: true
next_meeting: { text: None }
",
        );
        let extended = extend(&old, LACKING, "Outstanding matters");
        assert_eq!(extended.by_hand, [""; 0]);
        is_extension(&old, &extended.text);
        let expected = meeting(
            "items:
- title: Outstanding matters   # a person's own
  matters_arising:
  - action: 1/26
    update: |
      Two lines

      # and no comment
    # a comment

  # another

  - action: 8/26
    # Text of eight
    # update:

  - action: 9/26
    # Text of nine

- title: Crime recording
  # Standing item

- title: Any other business
  # none: true
next_meeting: { text: None }
",
        );
        assert_eq!(extended.text, expected);
    }

    #[test]
    fn a_comment_further_out_does_not_end_an_entry() {
        let old = meeting(
            "items:
  - title: Outstanding matters
    matters_arising:
      - action: 1/26
# a note to myself

        update: |
          Words
  # another
  - title: Any other business
",
        );
        let extended = extend(&old, LACKING, "Outstanding matters");
        assert_eq!(extended.by_hand, [""; 0]);
        is_extension(&old, &extended.text);
        let after = "          Words\n\n      - action: 8/26\n";
        assert!(extended.text.contains(after), "{}", extended.text);
    }

    #[test]
    fn line_ends_stay_and_a_missing_one_is_given() {
        let old = meeting("items:\r\n  - title: A\r\n    matters_arising:\r\n      - action: 1/26");
        let extended = extend(&old, LACKING, "Outstanding matters");
        assert_eq!(extended.by_hand, [""; 0]);
        assert!(
            extended
                .text
                .starts_with(&format!("{old}\r\n\r\n      - action: 8/26\r\n"))
        );
    }

    #[test]
    fn a_list_in_brackets_is_left_alone() {
        for items in [
            "items: [ { title: Outstanding matters, matters_arising: [ { action: 1/26 } ] } ]\n",
            "items: []\n",
            "items:\n  - { title: Outstanding matters, matters_arising: [ { action: 1/26 } ] }\n",
            "",
        ] {
            let old = meeting(items);
            let extended = extend(&old, LACKING, "Outstanding matters");
            assert!(
                extended.by_hand.iter().any(|one| one.contains("8/26")),
                "{items}"
            );
            assert!(
                extended.by_hand.iter().any(|one| one.contains("9/26")),
                "{items}"
            );
            assert!(!extended.text.contains("8/26"), "{items}");
            is_extension(&old, &extended.text);
        }
    }

    #[test]
    fn a_list_that_stands_in_two_places_is_left_alone() {
        let old = meeting(
            "items:
  - title: Outstanding matters
    matters_arising: &all
      - action: 1/26
  - title: Again
    matters_arising: *all
",
        );
        let extended = extend(&old, LACKING, "Outstanding matters");
        assert!(!extended.text.contains("8/26"));
        assert!(extended.by_hand[0].contains("8/26"));
    }

    #[test]
    fn an_item_without_actions_gets_them() {
        let old = meeting(
            "items:
  - title: Outstanding matters
    # nothing yet

  - title: Any other business
    none: true
",
        );
        let extended = extend(&old, LACKING, "Outstanding matters");
        assert_eq!(extended.by_hand, [""; 0]);
        is_extension(&old, &extended.text);
        let item = "    # nothing yet\n\n    matters_arising:\n      - action: 8/26\n";
        assert!(extended.text.contains(item), "{}", extended.text);
    }
}
