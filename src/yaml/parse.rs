//! From the text of one file to its tree. Bounded: nesting, and the number and length of values after aliases are
//! expanded, so that no file can exhaust the machine. Never recursive while it reads. What YAML would silently swallow
//! or move (tags, merge keys) is a fault, so that no word is lost.

use super::advice::{advice, conflict, in_plain_words};
use super::node::{Entry, Node, Value};
use super::slips::slip;
use crate::diagnostic::Diagnostic;
use crate::source::{SourceId, Span};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};
use std::collections::BTreeMap;

/// How deep lists and fields may be nested.
pub const MAX_DEPTH: usize = 64;
/// How many values a file may hold once its aliases are expanded.
pub const MAX_NODES: usize = 500_000;
/// How many bytes of text a file may hold once its aliases are expanded.
pub const MAX_TEXT: usize = 16 * 1024 * 1024;

/// Parses one file. `Ok(None)` when it holds nothing but comments. Otherwise the one fault that stopped the parser:
/// past it nothing in the file can be trusted to mean what it seems to.
pub fn parse(source: SourceId, text: &str) -> Result<Option<Node>, Box<Diagnostic>> {
    let mut tree = Tree {
        source,
        places: Places::new(text),
        stack: Vec::new(),
        anchors: BTreeMap::new(),
        size: Size::default(),
        root: None,
    };
    let mut documents = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| Box::new(tree.not_yaml(text, &error)))?;
        let span = tree.span(span);
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    return Err(Box::new(
                        Diagnostic::error("not-yaml", span, "a second document begins here")
                            .help("keep one document in a file: move what follows `---` to a file of its own"),
                    ));
                }
            }
            Event::Scalar(value, style, anchor, tag) => {
                no_tag(tag.as_deref(), "str", span)?;
                if style == ScalarStyle::Plain && value == "<<" && tree.awaits_key() {
                    return Err(Box::new(merge_key(span)));
                }
                let value = scalar(value.into_owned(), style);
                tree.leaf(Node { span, value }, anchor)?;
            }
            Event::SequenceStart(anchor, tag) => {
                no_tag(tag.as_deref(), "seq", span)?;
                tree.open(Open::List(Vec::new()), span, anchor)?;
            }
            Event::MappingStart(anchor, tag) => {
                no_tag(tag.as_deref(), "map", span)?;
                tree.open(Open::Map(Vec::new(), None), span, anchor)?;
            }
            Event::SequenceEnd | Event::MappingEnd => tree.close(span)?,
            Event::Alias(anchor) => tree.alias(anchor, span)?,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
    }
    Ok(tree.root.filter(|root| !matches!(root.value, Value::Empty)))
}

fn scalar(text: String, style: ScalarStyle) -> Value {
    match style {
        ScalarStyle::Plain if text.is_empty() || text == "~" => Value::Empty,
        _ => Value::Scalar(text),
    }
}

/// A tag says how a value is to be understood, and here every value is text, a list or fields already. One that says
/// just that is let pass; any other is most often a text that begins with an exclamation mark.
fn no_tag(tag: Option<&Tag>, says_nothing: &str, span: Span) -> Result<(), Box<Diagnostic>> {
    let Some(tag) = tag else {
        return Ok(());
    };
    let is_core = tag.is_yaml_core_schema();
    if (is_core && tag.suffix == says_nothing) || (tag.handle.is_empty() && tag.suffix == "!") {
        return Ok(());
    }
    let handle = if is_core { "!!" } else { &tag.handle };
    let message = format!(
        "`{handle}{}` is a tag, and tags mean nothing here",
        tag.suffix
    );
    Err(Box::new(Diagnostic::error("not-yaml", span, message).help(
        "put text that begins with ! in quotes; remove a tag",
    )))
}

fn merge_key(span: Span) -> Diagnostic {
    let message = "merge keys (`<<`) are not understood";
    Diagnostic::error("unknown-field", span, message)
        .help("write the fields out; put `<<` in quotes when it is a name of your own")
}

enum Open {
    List(Vec<Node>),
    Map(Vec<Entry>, Option<(String, Span)>),
}

struct Frame {
    open: Open,
    span: Span,
    anchor: usize,
}

struct Tree {
    source: SourceId,
    places: Places,
    stack: Vec<Frame>,
    anchors: BTreeMap<usize, (Node, Size)>,
    size: Size,
    root: Option<Node>,
}

impl Tree {
    fn open(&mut self, open: Open, span: Span, anchor: usize) -> Result<(), Box<Diagnostic>> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(Box::new(too_deep(span)));
        }
        self.count(Size { nodes: 1, text: 0 }, span)?;
        self.stack.push(Frame { open, span, anchor });
        Ok(())
    }

    fn close(&mut self, end: Span) -> Result<(), Box<Diagnostic>> {
        let Some(frame) = self.stack.pop() else {
            return Ok(());
        };
        let value = match frame.open {
            Open::List(nodes) => Value::List(nodes),
            Open::Map(entries, _) => Value::Map(entries),
        };
        let last = match &value {
            Value::List(nodes) => nodes.last().map(|node| node.span.end),
            Value::Map(entries) => entries.last().map(|entry| entry.value.span.end),
            _ => None,
        };
        let span = Span {
            end: last.unwrap_or(end.end).max(frame.span.end),
            ..frame.span
        };
        self.add(Node { span, value }, frame.anchor)
    }

    fn leaf(&mut self, node: Node, anchor: usize) -> Result<(), Box<Diagnostic>> {
        self.count(Size::of(&node), node.span)?;
        self.add(node, anchor)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<(), Box<Diagnostic>> {
        let Some((node, size)) = self.anchors.get(&anchor) else {
            return Err(Box::new(
                Diagnostic::error(
                    "not-yaml",
                    span,
                    "this alias names an anchor that is not complete",
                )
                .help("write the text out again"),
            ));
        };
        let (mut node, size) = (node.clone(), *size);
        self.count(size, span)?;
        node.span = span;
        self.add(node, 0)
    }

    fn count(&mut self, more: Size, span: Span) -> Result<(), Box<Diagnostic>> {
        self.size = self.size.with(more);
        let much = match self.size {
            Size { nodes, .. } if nodes > MAX_NODES => format!("{MAX_NODES} values"),
            Size { text, .. } if text > MAX_TEXT => format!("{} MB of text", MAX_TEXT >> 20),
            _ => return Ok(()),
        };
        let message = format!("the file holds more than {much} once its aliases are expanded");
        Err(Box::new(
            Diagnostic::error("too-large", span, message)
                .help("write the text out instead of using aliases, or split the file"),
        ))
    }

    /// Whether the next value is the name of a field.
    fn awaits_key(&self) -> bool {
        matches!(
            self.stack.last().map(|frame| &frame.open),
            Some(Open::Map(_, None))
        )
    }

    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Box<Diagnostic>> {
        if anchor > 0 {
            // What an anchor keeps counts too: anchors inside each other would keep the innermost many times over.
            let size = Size::of(&node);
            self.count(size, node.span)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.stack.last_mut().map(|frame| &mut frame.open) {
            None => self.root = Some(node),
            Some(Open::List(nodes)) => nodes.push(node),
            Some(Open::Map(entries, key)) => match key.take() {
                Some((key, key_span)) => entries.push(Entry {
                    key,
                    key_span,
                    value: node,
                }),
                None => match node.value {
                    Value::Scalar(text) => *key = Some((text, node.span)),
                    Value::Empty => *key = Some((String::new(), node.span)),
                    _ => {
                        return Err(Box::new(
                            Diagnostic::error(
                                "not-yaml",
                                node.span,
                                "the name of a field must be text",
                            )
                            .help("put text that begins with [ or { in quotes"),
                        ));
                    }
                },
            },
        }
        Ok(())
    }

    fn span(&self, span: saphyr_parser::Span) -> Span {
        let start = self.places.byte(span.start);
        Span {
            source: self.source,
            start,
            end: self.places.byte(span.end).max(start),
        }
    }

    fn not_yaml(&self, text: &str, error: &ScanError) -> Diagnostic {
        let at = self.places.byte(*error.marker());
        let span = Span {
            source: self.source,
            start: at,
            end: at,
        };
        if error.info().contains("recursion limit") {
            return too_deep(span);
        }
        if let Some((start, end)) = conflict(text) {
            let span = Span { start, end, ..span };
            let message =
                "two versions of these lines stand here, and nobody has chosen between them";
            return Diagnostic::error("not-yaml", span, message).help(
                "keep what is right of what stands up to `=======` and from there to `>>>>>>>`, and remove these three lines",
            );
        }
        if let Some(slip) = slip(text, at as usize, error.info()) {
            let (start, end) = (slip.place.start as u32, slip.place.end as u32);
            let message = format!("this is not YAML: {}", slip.words);
            let place = Span { start, end, ..span };
            return Diagnostic::error("not-yaml", place, message).help(slip.help);
        }
        let message = match in_plain_words(error.info()) {
            Some(words) => format!("this is not YAML: {words}"),
            None => format!("this is not YAML: {}", error.info()),
        };
        Diagnostic::error("not-yaml", span, message).help(advice(text, at as usize, error.info()))
    }
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error("too-deep", span, "this is nested too deep").help(format!(
        "{MAX_DEPTH} levels are allowed, and a meeting needs about ten: look for a bracket or an indent that was never closed"
    ))
}

/// How much a value holds.
#[derive(Clone, Copy, Default)]
struct Size {
    nodes: usize,
    text: usize,
}

impl Size {
    fn of(node: &Node) -> Size {
        let (nodes, text) = (1, 0);
        let own = Size { nodes, text };
        match &node.value {
            Value::Empty => own,
            Value::Scalar(text) => Size {
                text: text.len(),
                ..own
            },
            Value::List(nodes) => nodes.iter().map(Size::of).fold(own, Size::with),
            Value::Map(entries) => entries.iter().fold(own, |size, entry| {
                let key = Size {
                    nodes: 1,
                    text: entry.key.len(),
                };
                size.with(key).with(Size::of(&entry.value))
            }),
        }
    }

    fn with(self, more: Size) -> Size {
        Size {
            nodes: self.nodes.saturating_add(more.nodes),
            text: self.text.saturating_add(more.text),
        }
    }
}

/// The parser counts characters; files are bytes. A checkpoint every so many characters keeps the way back short.
struct Places {
    text: String,
    checkpoints: Vec<u32>,
}

const STRIDE: usize = 16;

impl Places {
    fn new(text: &str) -> Places {
        if text.is_ascii() {
            return Places {
                text: String::new(),
                checkpoints: vec![text.len() as u32],
            };
        }
        Places {
            text: text.to_owned(),
            checkpoints: text
                .char_indices()
                .step_by(STRIDE)
                .map(|(at, _)| at as u32)
                .collect(),
        }
    }

    fn byte(&self, marker: Marker) -> u32 {
        let index = marker.index();
        if self.text.is_empty() {
            let end = self.checkpoints.first().copied().unwrap_or(0);
            return (index as u32).min(end);
        }
        let Some(&checkpoint) = self.checkpoints.get(index / STRIDE) else {
            return self.text.len() as u32;
        };
        let rest = self.text.get(checkpoint as usize..).unwrap_or("");
        let within = rest
            .char_indices()
            .nth(index % STRIDE)
            .map_or(rest.len(), |(at, _)| at);
        checkpoint + within as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn tree(text: &str) -> Result<Option<Node>, Box<Diagnostic>> {
        let mut sources = Sources::default();
        let source = sources.add("a.yaml", text.to_owned());
        parse(source, text)
    }

    fn code(text: &str) -> &'static str {
        tree(text).expect_err("a fault").code
    }

    #[test]
    fn scalars_keep_their_text() {
        let node = tree("a: 1.10\nb: No\nc: 10:30\nd: 1/20\ne: 2019\nf:\ng: '~'\nh: null\n")
            .expect("yaml")
            .expect("a map");
        for (key, text) in [
            ("a", "1.10"),
            ("b", "No"),
            ("c", "10:30"),
            ("d", "1/20"),
            ("e", "2019"),
            ("g", "~"),
            ("h", "null"),
        ] {
            assert_eq!(node.get(key).and_then(Node::scalar), Some(text), "{key}");
        }
        assert!(matches!(
            node.get("f").map(|f| &f.value),
            Some(Value::Empty)
        ));
    }

    #[test]
    fn spans_are_bytes() {
        let mut sources = Sources::default();
        let text = format!(
            "{}é: 'ü'\n",
            "# ä long comment that passes a stride ö\n".repeat(9)
        );
        let source = sources.add("a.yaml", text.clone());
        let node = parse(source, &text).expect("yaml").expect("a map");
        let entry = &node.entries().expect("fields")[0];
        assert_eq!(sources.text(entry.key_span), "é");
        assert_eq!(sources.text(entry.value.span), "'ü'");
    }

    #[test]
    fn nothing_explodes() {
        assert!(tree("").expect("nothing").is_none());
        assert!(tree("# only a comment\n").expect("nothing").is_none());
        let deep = tree(&"[".repeat(100_000)).expect_err("a fault");
        assert_eq!(
            (deep.code, deep.message.as_str()),
            ("too-deep", "this is nested too deep")
        );
        let block = format!("a: {}x", "- ".repeat(100_000));
        assert_eq!(code(&block), "not-yaml");
        assert_eq!(code(&format!("a:\n {}x", "- ".repeat(100_000))), "too-deep");
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let inner = vec![format!("*a{}", level - 1); 10].join(", ");
            bomb.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
        }
        assert_eq!(code(&bomb), "too-large");
        assert_eq!(code("a: &x [*x]"), "not-yaml");
        assert_eq!(code("a: b\n---\nc: d\n"), "not-yaml");
        assert_eq!(code("a:\n\t- b\n"), "not-yaml");
        assert_eq!(code("? [a]\n: b\n"), "not-yaml");
    }
}
