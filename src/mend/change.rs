//! Changes of single fields of a file: a value is replaced, a field is added, an entry is added to a list. Everything else
//! stays byte for byte. Whether it did is not assumed: the new text is parsed, and must say just what the old one would
//! say with the change made.

use super::insert::line_end;
use crate::source::Sources;
use crate::yaml::{self, Entry, Node, Value};
use std::ops::Range;

/// A change of a file. Values are YAML that fits on one line, in braces and brackets too.
pub enum Change<'c> {
    /// A field has a value; a text that stands there is replaced, never a list or fields.
    Set {
        /// The field.
        key: &'c str,
        /// Its value.
        value: String,
        /// Where it is not there: the fields behind which it belongs, the best first.
        behind: &'c [&'c str],
    },
    /// A list has one more entry; where it is not there, it is added.
    Append {
        /// The list.
        list: &'c str,
        /// The fields of the entry with their values.
        entry: Vec<(&'c str, String)>,
        /// Where the list is not there and cannot be put at the end: the fields behind which it may stand.
        behind: &'c [&'c str],
    },
}

/// A text to put in the place of a range.
type Edit = (Range<usize>, String);

/// The text of a file with changes made in their order; `None` when one of them cannot be made safely.
pub fn change(text: &str, changes: &[Change<'_>]) -> Option<String> {
    let mut text = text.to_owned();
    for change in changes {
        text = changed(&text, change)?;
    }
    Some(text)
}

fn changed(text: &str, change: &Change<'_>) -> Option<String> {
    let old = tree(text)?;
    let expected = expected(&old, change)?;
    let mut ways = ways(text, &old, change).into_iter();
    ways.find_map(|(range, words)| {
        let new = format!("{}{words}{}", &text[..range.start], &text[range.end..]);
        let says_so = tree(&new).is_some_and(|new| is_same(&new, &expected));
        says_so.then_some(new)
    })
}

fn tree(text: &str) -> Option<Node> {
    let source = Sources::default().add("", String::new());
    yaml::parse(source, text).ok().flatten()
}

/// A value as a tree.
fn value(yaml: &str) -> Option<Node> {
    tree(&format!("v: {yaml}\n"))?.get("v").cloned()
}

/// What the new text must say.
fn expected(old: &Node, change: &Change<'_>) -> Option<Node> {
    let mut new = old.clone();
    match change {
        Change::Set {
            key, value: yaml, ..
        } => set(&mut new, key, value(yaml)?)?,
        Change::Append { list, entry, .. } => {
            let entry = value(&flow(entry))?;
            match field(&mut new, list) {
                Some(node) => match &mut node.value {
                    Value::List(nodes) => nodes.push(entry),
                    _ => return None,
                },
                None => {
                    let mut list_node = entry.clone();
                    list_node.value = Value::List(vec![entry]);
                    add(&mut new, list, list_node)?;
                }
            }
        }
    }
    Some(new)
}

fn field<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    let Value::Map(entries) = &mut node.value else {
        return None;
    };
    let entry = entries.iter_mut().find(|entry| entry.key == key)?;
    Some(&mut entry.value)
}

fn set(node: &mut Node, key: &str, value: Node) -> Option<()> {
    match field(node, key) {
        Some(old) if matches!(old.value, Value::Scalar(_) | Value::Empty) => *old = value,
        Some(_) => return None,
        None => add(node, key, value)?,
    }
    Some(())
}

fn add(node: &mut Node, key: &str, value: Node) -> Option<()> {
    let key_span = node.span;
    let Value::Map(entries) = &mut node.value else {
        return None;
    };
    entries.push(Entry {
        key: key.to_owned(),
        key_span,
        value,
    });
    Some(())
}

/// Whether two trees say the same; the order of fields does not count.
fn is_same(a: &Node, b: &Node) -> bool {
    match (&a.value, &b.value) {
        (Value::Empty, Value::Empty) => true,
        (Value::Scalar(a), Value::Scalar(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let has = |entry: &Entry| {
                let mut others = b.iter().filter(|other| other.key == entry.key);
                let first = others.next();
                first.is_some_and(|other| is_same(&entry.value, &other.value))
                    && others.next().is_none()
            };
            a.len() == b.len() && a.iter().all(has)
        }
        _ => false,
    }
}

/// The ways to make a change, the likeliest first.
fn ways(text: &str, old: &Node, change: &Change<'_>) -> Vec<Edit> {
    match change {
        Change::Set { key, value, behind } => match entry(old, key) {
            Some(entry) => replaced(entry, value),
            None => {
                let line = format!("{key}: {value}");
                new_lines(text, old, behind, &[line], false)
            }
        },
        Change::Append {
            list,
            entry,
            behind,
        } => appended(text, old, list, entry, behind),
    }
}

fn entry<'n>(node: &'n Node, key: &str) -> Option<&'n Entry> {
    node.entries()?.iter().find(|entry| entry.key == key)
}

fn range(node: &Node) -> Range<usize> {
    node.span.start as usize..node.span.end as usize
}

fn replaced(entry: &Entry, value: &str) -> Vec<Edit> {
    let colon = entry.key_span.end as usize + 1;
    match entry.value.value {
        Value::Empty => vec![(colon..colon, format!(" {value}"))],
        _ => vec![(range(&entry.value), value.to_owned())],
    }
}

/// The ways to add lines to the fields of a file: at its end, or behind one of these fields.
fn new_lines(text: &str, old: &Node, behind: &[&str], lines: &[String], at_end: bool) -> Vec<Edit> {
    let end = line_end(text);
    let lines: String = lines.iter().map(|line| format!("{line}{end}")).collect();
    let fields = behind.iter().filter_map(|key| entry(old, key));
    let behind = fields.map(|entry| {
        let at = line_after(
            text,
            range(&entry.value).end.max(entry.key_span.end as usize),
        );
        (at..at, with_end_before(text, at, &lines))
    });
    let last = text.len();
    let after = |blank: &str| {
        (
            last..last,
            with_end_before(text, last, &format!("{blank}{lines}")),
        )
    };
    match at_end {
        true => [after(end), after("")].into_iter().chain(behind).collect(),
        false => behind.chain([after("")]).collect(),
    }
}

fn appended(
    text: &str,
    old: &Node,
    list: &str,
    fields: &[(&str, String)],
    behind: &[&str],
) -> Vec<Edit> {
    let Some(entry) = entry(old, list) else {
        let mut lines = vec![format!("{list}:")];
        lines.extend(block(fields, "  "));
        return new_lines(text, old, behind, &lines, true);
    };
    let Value::List(nodes) = &entry.value.value else {
        return Vec::new();
    };
    let Some(last) = nodes.last() else {
        return vec![(range(&entry.value), format!("[{}]", flow(fields)))];
    };
    let end = range(last).end;
    let line = &text[line_before(text, range(last).start)..range(last).start];
    let indent = line.rfind('-').map_or("", |dash| &line[..dash]);
    let lines = block(fields, indent);
    let lines: String = lines
        .iter()
        .map(|line| format!("{line}{}", line_end(text)))
        .collect();
    let inside = [(end..end, format!(", {}", flow(fields)))];
    let below =
        [line_after(text, end), text.len()].map(|at| (at..at, with_end_before(text, at, &lines)));
    let behind_brace = text[end..].find('}').map(|brace| {
        let at = end + brace + 1;
        (at..at, format!(", {}", flow(fields)))
    });
    below
        .into_iter()
        .chain(inside)
        .chain(behind_brace)
        .collect()
}

/// An entry as lines of a list.
fn block(fields: &[(&str, String)], indent: &str) -> Vec<String> {
    let lines = fields.iter().enumerate();
    let lines = lines.map(|(at, (key, value))| {
        let mark = if at == 0 { "- " } else { "  " };
        format!("{indent}{mark}{key}: {value}")
    });
    lines.collect()
}

/// Fields as they stand in braces.
fn flow(fields: &[(&str, String)]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|(key, value)| format!("{key}: {value}"))
        .collect();
    format!("{{ {} }}", fields.join(", "))
}

/// Where the line begins in which a place is.
fn line_before(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line begins that follows a place.
fn line_after(text: &str, at: usize) -> usize {
    if text[..at].ends_with('\n') {
        return at;
    }
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// Lines that begin on a line of their own, whatever stands before them.
fn with_end_before(text: &str, at: usize, lines: &str) -> String {
    match at == 0 || text[..at].ends_with('\n') {
        true => lines.to_owned(),
        false => format!("{}{lines}", line_end(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(text: &str) -> Option<String> {
        let changes = [
            Change::Set {
                key: "status",
                value: "approved".to_owned(),
                behind: &["date", "kind"],
            },
            Change::Set {
                key: "approved",
                value: "{ by: pcc, date: 2026-08-25 }".to_owned(),
                behind: &["status"],
            },
        ];
        change(text, &changes)
    }

    fn version(text: &str) -> Option<String> {
        let entry = vec![
            ("number", "\"1.0\"".to_owned()),
            ("comment", "\"a: b\"".to_owned()),
        ];
        let append = Change::Append {
            list: "versions",
            entry,
            behind: &["status"],
        };
        change(text, &[append])
    }

    #[test]
    fn a_value_is_replaced_and_a_field_added_behind_its_neighbour() {
        for (text, expected) in [
            (
                "kind: meeting\nstatus: draft   # not yet\n\n# more\nitems: []\n",
                "kind: meeting\nstatus: approved   # not yet\napproved: { by: pcc, date: 2026-08-25 }\n\n# more\nitems: []\n",
            ),
            (
                "kind: meeting\ndate: 1 June 2026 # a\nitems: []",
                "kind: meeting\ndate: 1 June 2026 # a\nstatus: approved\napproved: { by: pcc, date: 2026-08-25 }\nitems: []",
            ),
            (
                "kind: meeting\r\nstatus: 'draft'\r\n",
                "kind: meeting\r\nstatus: approved\r\napproved: { by: pcc, date: 2026-08-25 }\r\n",
            ),
            (
                "kind: meeting\nstatus:\n",
                "kind: meeting\nstatus: approved\napproved: { by: pcc, date: 2026-08-25 }\n",
            ),
            (
                "status: draft",
                "status: approved\napproved: { by: pcc, date: 2026-08-25 }\n",
            ),
        ] {
            assert_eq!(status(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn an_entry_is_added_to_every_form_of_a_list() {
        for (text, expected) in [
            (
                "status: draft\nclosing: |\n  Thanks.\n",
                "status: draft\nclosing: |\n  Thanks.\n\nversions:\n  - number: \"1.0\"\n    comment: \"a: b\"\n",
            ),
            (
                "status: draft\nclosing: |+\n  Thanks.\n\n",
                "status: draft\nclosing: |+\n  Thanks.\n\nversions:\n  - number: \"1.0\"\n    comment: \"a: b\"\n",
            ),
            (
                "versions:\n- number: \"0.1\"   # first\nitems: []\n",
                "versions:\n- number: \"0.1\"   # first\n- number: \"1.0\"\n  comment: \"a: b\"\nitems: []\n",
            ),
            (
                "versions:\n  - number: \"0.1\"\n    comment: |\n      More\n\n      words",
                "versions:\n  - number: \"0.1\"\n    comment: |\n      More\n\n      words\n  - number: \"1.0\"\n    comment: \"a: b\"\n",
            ),
            (
                "versions: []\n",
                "versions: [{ number: \"1.0\", comment: \"a: b\" }]\n",
            ),
            (
                "versions: [0.1, 0.2] # x\n",
                "versions: [0.1, 0.2, { number: \"1.0\", comment: \"a: b\" }] # x\n",
            ),
            (
                "versions: [{ number: 0.1 }]\n",
                "versions: [{ number: 0.1 }, { number: \"1.0\", comment: \"a: b\" }]\n",
            ),
        ] {
            assert_eq!(version(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_changed_safely_is_left_alone() {
        assert_eq!(status("{ kind: meeting }"), None);
        assert_eq!(status("status: [draft]\n"), None);
        assert_eq!(version("versions: none\n"), None);
        assert_eq!(version("a: &a [1]\nversions: *a\n"), None);
        assert_eq!(version("- a\n"), None);
    }
}
