//! From nodes to types. Every fault of a file is collected, not only the first; a value with a fault is `None`.

use super::node::{Entry, Node, Value};
use super::schema::Definitions;
use super::write;
use crate::diagnostic::{Diagnostic, nearest, quoted};
use crate::source::Span;
use serde_json::json;
use std::collections::BTreeMap;

/// How many faults of a file come with advice. Finding it takes far longer than finding the fault, and nobody reads on.
const ADVISED: usize = 500;

/// Collects the faults found while the nodes of a file are read.
#[derive(Debug, Default)]
pub struct Reader<'t> {
    /// The file.
    text: &'t str,
    faults: Vec<Diagnostic>,
    /// Whether what is read now is withheld whole.
    is_withheld: bool,
    /// What `minutebook schema` calls the kind of the file.
    kind: &'static str,
}

impl<'t> Reader<'t> {
    /// A reader of a file with this text.
    pub fn of(text: &'t str) -> Reader<'t> {
        Reader {
            text,
            ..Reader::default()
        }
    }

    /// Says of which kind the file is.
    pub fn of_kind(&mut self, kind: &'static str) {
        self.kind = kind;
    }

    /// What stands at a place as it was written; empty where that is not known.
    pub fn written(&self, span: Span) -> &'t str {
        let range = span.start as usize..span.end as usize;
        self.text.get(range).unwrap_or("")
    }

    /// Records a fault.
    pub fn fault(&mut self, mut fault: Diagnostic) {
        if !self.gives_advice() {
            fault.help = None;
        }
        self.faults.push(fault);
    }

    /// Whether the next fault is still given advice.
    fn gives_advice(&self) -> bool {
        self.faults.len() < ADVISED
    }

    /// Reads something that is withheld whole: no message repeats a word of it.
    pub fn withheld<T>(&mut self, read: impl FnOnce(&mut Reader<'t>) -> T) -> T {
        let before = std::mem::replace(&mut self.is_withheld, true);
        let read = read(self);
        self.is_withheld = before;
        read
    }

    /// Something that was written, as a message may show it.
    pub fn quoted(&self, written: &str) -> String {
        match self.is_withheld {
            true => "`…`".to_owned(),
            false => quoted(written),
        }
    }

    /// Records that something else stands where `expected` should.
    pub fn wrong_type(&mut self, node: &Node, expected: &str) {
        self.fault(
            Diagnostic::error(
                "wrong-type",
                node.span,
                format!("{expected} should stand here, not {}", node.kind()),
            )
            .help(self.instead(node, expected)),
        );
    }

    /// How to mend something that stands where `expected` should.
    fn instead(&self, node: &Node, expected: &str) -> String {
        let help = match (&node.value, expected) {
            (Value::Map(_), "text") => {
                "put text that contains a colon and a space in quotes, or on the next line after `|`"
            }
            (Value::List(_), "text") => {
                "put text that begins with [ or - in quotes; a list inside a text goes on the next line after `|`"
            }
            (Value::Empty, _) => "write the value, or remove the field",
            (Value::Scalar(words), _) => return self.spelled_out(words, expected),
            _ => "compare with the example in the README",
        };
        help.to_owned()
    }

    /// How to write as fields what stands there as words.
    fn spelled_out(&self, words: &str, expected: &str) -> String {
        if words.trim().eq_ignore_ascii_case("none") && expected == "the previous notes" {
            return "remove the line; or name that meeting: `{ meeting: 2026-07-28 }`".to_owned();
        }
        if let Some(line) = example(words, expected).filter(|_| !self.is_withheld) {
            return match line.starts_with("- ") {
                true => format!("write `{line}`, on a line of its own"),
                false => format!("write `{line}`"),
            };
        }
        let schema = match self.kind {
            "" => String::new(),
            kind => format!("; `minutebook schema {kind}` lists them"),
        };
        format!(
            "write its fields, each with a colon behind its name, on lines of their own{schema}"
        )
    }

    /// Everything that was found.
    pub fn into_faults(self) -> Vec<Diagnostic> {
        self.faults
    }
}

/// The field for which words most likely stand that were written where fields belong.
fn example(words: &str, expected: &str) -> Option<String> {
    const LONGEST: usize = 60;
    let is_word = |c: char| c.is_alphanumeric() || " -/.,;:?!'’".contains(c);
    // A bracket of any kind may be meant as a mark of withheld words.
    if words.len() > LONGEST || !words.chars().all(is_word) {
        return None;
    }
    let starts_with_digit = words.starts_with(|c: char| c.is_ascii_digit());
    let is_calm = |c: char| c.is_alphanumeric() || " -/.:?!'’".contains(c);
    let is_plain = starts_with_digit || words.starts_with(char::is_alphabetic);
    let is_plain = is_plain && words.chars().all(is_calm) && !format!("{words} ").contains(": ");
    let field = |name: &str| match is_plain {
        true => format!("{name}: {words}"),
        false => format!("{name}: {}", write::quoted(words)),
    };
    Some(match expected {
        "a question" => format!("- {}", field("ask")),
        "a matter arising" => format!("- {}", field("action")),
        "an assurance" => format!("{{ {} }}", field("level")),
        "the previous notes" => format!("{{ {} }}", field("meeting")),
        "the next meeting" if starts_with_digit => format!("{{ {} }}", field("date")),
        "the next meeting" => format!("{{ {} }}", field("text")),
        _ => return None,
    })
}

/// A type that a node can be read into.
pub trait FromNode: Sized {
    /// Reads the node; what is wrong goes to the reader.
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self>;

    /// The value when the field is left out; `None` when it must not be.
    fn absent() -> Option<Self> {
        None
    }

    /// The JSON Schema of what can be read.
    fn schema(definitions: &mut Definitions) -> serde_json::Value;
}

/// The fields of a map, after unknown and repeated ones were reported.
#[derive(Debug)]
pub struct Fields<'n> {
    what: &'static str,
    span: Span,
    entries: &'n [Entry],
}

impl<'n> Fields<'n> {
    /// Opens a map that is `what` ("an item") and may have these fields.
    pub fn open(
        node: &'n Node,
        what: &'static str,
        known: &[&'static str],
        reader: &mut Reader,
    ) -> Option<Fields<'n>> {
        let Some(entries) = node.entries() else {
            reader.wrong_type(node, what);
            return None;
        };
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for entry in entries {
            let first = *seen.entry(&entry.key).or_insert(entry.key_span);
            if first != entry.key_span {
                reader.fault(
                    Diagnostic::error(
                        "repeated-field",
                        entry.key_span,
                        format!("{} stands here a second time", reader.quoted(&entry.key)),
                    )
                    .help("keep one of the two, or join them in one list")
                    .related(first, "the first stands here"),
                );
            } else if !known.contains(&entry.key.as_str()) {
                let advice = if reader.gives_advice() { known } else { &[] };
                let name = reader.quoted(&entry.key);
                reader.fault(unknown_field(entry, &name, what, advice));
            }
        }
        Some(Fields {
            what,
            span: header(node),
            entries,
        })
    }

    /// Where the map begins: the name of its first field.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Reads one field.
    pub fn take<T: FromNode>(&self, key: &'static str, reader: &mut Reader) -> Option<T> {
        match self.entries.iter().find(|entry| entry.key == key) {
            Some(entry) if matches!(entry.value.value, Value::Empty) => T::absent().or_else(|| {
                reader.fault(
                    Diagnostic::error(
                        "missing-field",
                        entry.key_span,
                        format!("`{key}` has no value"),
                    )
                    .help(format!("write the value of `{key}`")),
                );
                None
            }),
            Some(entry) => T::from_node(&entry.value, reader),
            None => T::absent().or_else(|| {
                reader.fault(
                    Diagnostic::error(
                        "missing-field",
                        self.span,
                        format!("{} needs `{key}`", self.what),
                    )
                    .help(format!("add a line `{key}: …`")),
                );
                None
            }),
        }
    }
}

/// The part of a node that stands for it in a message: a map's first key, a list's dash, a text itself.
fn header(node: &Node) -> Span {
    match &node.value {
        Value::Map(entries) => entries.first().map_or(node.span, |entry| entry.key_span),
        _ => node.span,
    }
}

fn unknown_field(entry: &Entry, name: &str, what: &str, known: &[&'static str]) -> Diagnostic {
    let message = format!("{what} has no field {name}");
    let fault = Diagnostic::error("unknown-field", entry.key_span, message);
    if matches!(entry.value.value, Value::Empty) && entry.key.contains(' ') {
        return fault
            .help("put the text before it in quotes: between { and }, a comma begins a new field");
    }
    let bare = entry.key.trim_start_matches(['-', '–', '—', '•', ' ']);
    if bare != entry.key && known.contains(&bare) {
        return fault.help(format!("write `- {bare}: …`, with a space behind `-`"));
    }
    match nearest(&entry.key, known.iter().copied()) {
        Some(meant) => fault.help(format!("did you mean `{meant}`?")),
        None => fault.help(format!("the fields of {what} are {}", known.join(", "))),
    }
}

impl<T: FromNode> FromNode for Option<T> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::from_node(node, reader).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        T::schema(definitions)
    }
}

impl<T: FromNode> FromNode for Box<T> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::from_node(node, reader).map(Box::new)
    }

    fn absent() -> Option<Self> {
        T::absent().map(Box::new)
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        T::schema(definitions)
    }
}

/// A list; where one value stands alone it is a list of that one.
impl<T: FromNode> FromNode for Vec<T> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let nodes = match &node.value {
            Value::List(nodes) => nodes.as_slice(),
            Value::Empty => &[],
            _ => std::slice::from_ref(node),
        };
        let read: Vec<Option<T>> = nodes
            .iter()
            .map(|node| T::from_node(node, reader))
            .collect();
        read.into_iter().collect()
    }

    fn absent() -> Option<Self> {
        Some(Vec::new())
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        let one = T::schema(definitions);
        json!({ "anyOf": [{ "type": "array", "items": one }, one] })
    }
}

/// A word as it stands, for keys and names of files; never printed in a document.
impl FromNode for String {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        if let Value::Scalar(text) = &node.value {
            return Some(text.clone());
        }
        reader.wrong_type(node, "text");
        None
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        json!({ "type": ["string", "number", "boolean"] })
    }
}

/// Yes or no, in the spellings that YAML has had.
impl FromNode for bool {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let word = node.scalar().map(str::to_lowercase);
        match word.as_deref() {
            Some("true" | "yes" | "on") => Some(true),
            Some("false" | "no" | "off") => Some(false),
            _ => {
                reader.wrong_type(node, "true or false");
                None
            }
        }
    }

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        json!({ "type": "boolean" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn every_fault_is_reported() {
        let text = "a: [x]\nb: maybe\nc: 1\nc: 2\nqestion: x\n";
        let mut sources = Sources::default();
        let source = sources.add("a.yaml", text.to_owned());
        let node = super::super::parse(source, text)
            .expect("yaml")
            .expect("a map");
        let mut reader = Reader::default();
        let fields = Fields::open(&node, "a test", &["a", "b", "c", "question"], &mut reader)
            .expect("fields");
        let _: Option<String> = fields.take("a", &mut reader);
        let _: Option<bool> = fields.take("b", &mut reader);
        let _: Option<String> = fields.take("question", &mut reader);
        let codes: Vec<_> = reader
            .into_faults()
            .iter()
            .map(|fault| fault.code)
            .collect();
        assert_eq!(
            codes,
            [
                "repeated-field",
                "unknown-field",
                "wrong-type",
                "wrong-type",
                "missing-field"
            ]
        );
    }
}
