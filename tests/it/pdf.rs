//! Reads a PDF back, as text and as a structure tree. In: the bytes of a file. Out: what a screen reader would find in it.
//! This is a reader of its own: it knows lopdf and the standard, and nothing of how the program writes a PDF.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A PDF that was read.
pub(crate) struct Pdf {
    document: Document,
    pages: Vec<Page>,
    /// The structure tree, below its root.
    pub(crate) tree: Node,
}

struct Page {
    id: ObjectId,
    /// What is drawn, in order: the number of marked content, or nothing for an artifact; and its text.
    runs: Vec<(Option<i64>, String)>,
}

/// An element of the structure tree.
#[derive(Default)]
pub(crate) struct Node {
    /// Its role, such as `P` or `TH`.
    pub(crate) role: String,
    /// What it says of itself, such as `Scope=Row`.
    attributes: Vec<String>,
    /// Whether the label of each item of this list is made by whoever shows the list.
    generates_labels: bool,
    kids: Vec<Kid>,
}

enum Kid {
    Text(String),
    Element(Node),
}

impl Pdf {
    /// Reads a file.
    pub(crate) fn read(bytes: &[u8]) -> Pdf {
        let document = Document::load_mem(bytes).unwrap();
        let pages = document.page_iter().map(|id| page(&document, id)).collect();
        let mut pdf = Pdf {
            document,
            pages,
            tree: Node::default(),
        };
        let root = pdf.document.catalog().unwrap();
        let root = root.get_deref(b"StructTreeRoot", &pdf.document).unwrap();
        let mut tree = Node::default();
        pdf.kids(root.as_dict().unwrap(), None, &mut tree);
        pdf.tree = tree;
        pdf
    }

    /// Everything that is drawn, page by page. A block is a line; what is no content stands in square brackets.
    pub(crate) fn text(&self) -> String {
        let mut blocks = BTreeMap::new();
        let mut count = 0;
        let root = self.document.catalog().unwrap();
        let root = root.get_deref(b"StructTreeRoot", &self.document).unwrap();
        self.number(root.as_dict().unwrap(), None, 0, &mut count, &mut blocks);
        let mut text = String::new();
        for (at, page) in self.pages.iter().enumerate() {
            let _ = writeln!(text, "--- page {} ---", at + 1);
            let mut open = None;
            for (mcid, run) in &page.runs {
                let block = mcid.map(|mcid| blocks[&(page.id, mcid)]);
                if open.is_some() && (open != Some(block) || block.is_none()) {
                    text.push('\n');
                }
                open = Some(block);
                match block {
                    Some(_) => text.push_str(run),
                    None => {
                        let _ = write!(text, "[{run}]");
                    }
                }
            }
            text.push('\n');
        }
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        lines.join("\n") + "\n"
    }

    /// Every text of the file, drawn or not: of pages, metadata, bookmarks, alternatives; and every stream, inflated.
    pub(crate) fn everything(&self) -> String {
        let mut all = self.text();
        all.push_str(&self.tree.lines());
        for object in self.document.objects.values() {
            strings(object, &mut all);
            if let Object::Stream(stream) = object {
                let content = stream.decompressed_content();
                let content = content.unwrap_or_else(|_| stream.content.clone());
                all.push_str(&String::from_utf8_lossy(&content));
                all.push('\n');
            }
        }
        strings(&Object::Dictionary(self.document.trailer.clone()), &mut all);
        all
    }

    /// The block that each piece of marked content belongs to: the nearest element that is no part of a line.
    fn number(
        &self,
        element: &Dictionary,
        page: Option<ObjectId>,
        block: usize,
        count: &mut usize,
        blocks: &mut BTreeMap<(ObjectId, i64), usize>,
    ) {
        let page = own_page(element).or(page);
        for kid in kids_of(element) {
            match self.resolved(&kid) {
                Object::Integer(mcid) => {
                    blocks.insert((page.unwrap(), *mcid), block);
                }
                Object::Dictionary(kid) if kid.has_type(b"MCR") => {
                    let mcid = kid.get(b"MCID").unwrap().as_i64().unwrap();
                    blocks.insert((own_page(kid).or(page).unwrap(), mcid), block);
                }
                Object::Dictionary(kid) if kid.has_type(b"OBJR") => {}
                Object::Dictionary(kid) => {
                    let inline = ["Span", "Link", "Code", "Quote", "Lbl"].contains(&&*role(kid));
                    if !inline {
                        *count += 1;
                    }
                    let block = if inline { block } else { *count };
                    self.number(kid, page, block, count, blocks);
                }
                other => panic!("no element: {other:?}"),
            }
        }
    }

    fn kids(&self, element: &Dictionary, page: Option<ObjectId>, node: &mut Node) {
        let page = own_page(element).or(page);
        for kid in kids_of(element) {
            match self.resolved(&kid) {
                Object::Integer(mcid) => node.text(self.run(page.unwrap(), *mcid)),
                Object::Dictionary(kid) if kid.has_type(b"MCR") => {
                    let mcid = kid.get(b"MCID").unwrap().as_i64().unwrap();
                    node.text(self.run(own_page(kid).or(page).unwrap(), mcid));
                }
                Object::Dictionary(kid) if kid.has_type(b"OBJR") => {
                    let link = kid.get_deref(b"Obj", &self.document).unwrap();
                    let target = self.target(link.as_dict().unwrap());
                    if !node.attributes.contains(&target) {
                        node.attributes.push(target);
                    }
                }
                Object::Dictionary(kid) => {
                    let mut child = self.node(kid);
                    self.kids(kid, page, &mut child);
                    node.kids.push(Kid::Element(child));
                }
                other => panic!("no element: {other:?}"),
            }
        }
    }

    fn node(&self, element: &Dictionary) -> Node {
        let mut node = Node {
            role: role(element),
            ..Node::default()
        };
        for key in ["Lang", "E", "Alt", "ActualText"] {
            if let Ok(text) = element.get(key.as_bytes()).and_then(|value| value.as_str()) {
                node.attributes.push(format!("{key}={}", text_string(text)));
            }
        }
        let attributes = element.get_deref(b"A", &self.document);
        for (key, value) in attributes.and_then(Object::as_dict).into_iter().flatten() {
            let value = match value {
                Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
                Object::Integer(number) => number.to_string(),
                _ => continue,
            };
            match key.as_slice() {
                b"ListNumbering" => {
                    node.generates_labels = value != "None";
                    node.attributes.push(format!("ListNumbering={value}"));
                }
                b"Scope" | b"ColSpan" | b"RowSpan" => {
                    let key = String::from_utf8_lossy(key);
                    node.attributes.push(format!("{key}={value}"));
                }
                _ => {}
            }
        }
        node
    }

    /// Where a link goes: an address, or the first words of the content nearest to a place in the file.
    fn target(&self, link: &Dictionary) -> String {
        if let Ok(action) = link.get_deref(b"A", &self.document) {
            let address = action.as_dict().unwrap().get(b"URI").unwrap();
            return format!("to={}", String::from_utf8_lossy(address.as_str().unwrap()));
        }
        let place = link.get_deref(b"Dest", &self.document).unwrap();
        let page = place.as_array().unwrap()[0].as_reference().unwrap();
        assert!(
            self.pages.iter().any(|known| known.id == page),
            "a link to a page that is not there"
        );
        "to=here".to_owned()
    }

    fn run(&self, page: ObjectId, mcid: i64) -> &str {
        let page = self.pages.iter().find(|known| known.id == page).unwrap();
        let run = page.runs.iter().find(|(number, _)| *number == Some(mcid));
        &run.unwrap_or_else(|| panic!("nothing is marked {mcid}")).1
    }

    fn resolved<'d>(&'d self, object: &'d Object) -> &'d Object {
        self.document.dereference(object).unwrap().1
    }
}

impl Node {
    fn text(&mut self, text: &str) {
        match self.kids.last_mut() {
            Some(Kid::Text(before)) => before.push_str(text),
            _ => self.kids.push(Kid::Text(text.to_owned())),
        }
    }

    /// The tree as lines: role, attributes, text; what is inside stands further in.
    pub(crate) fn lines(&self) -> String {
        let mut lines = String::new();
        self.push_lines(0, &mut lines);
        lines
    }

    fn push_lines(&self, depth: usize, lines: &mut String) {
        for kid in &self.kids {
            let indent = "  ".repeat(depth);
            match kid {
                Kid::Text(text) => {
                    let _ = writeln!(lines, "{indent}{text:?}");
                }
                Kid::Element(node) => {
                    let _ = write!(lines, "{indent}{}", node.role);
                    for attribute in &node.attributes {
                        let _ = write!(lines, " [{attribute}]");
                    }
                    match node.kids.as_slice() {
                        [Kid::Text(text)] => {
                            let _ = writeln!(lines, " {text:?}");
                        }
                        _ => {
                            lines.push('\n');
                            node.push_lines(depth + 1, lines);
                        }
                    }
                }
            }
        }
    }

    /// Every word in reading order, without the labels that lists make by themselves.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut text = String::new();
        self.push_words(&mut text);
        named(&text).split_whitespace().map(str::to_owned).collect()
    }

    fn push_words(&self, text: &mut String) {
        let is_block = !["Span", "Link", "Code", "Quote"].contains(&&*self.role);
        if is_block {
            text.push(' ');
        }
        for kid in &self.kids {
            match kid {
                // What a figure shows is said by its alternative.
                Kid::Text(_) if self.role == "Figure" => {}
                Kid::Text(words) => text.push_str(words),
                Kid::Element(item) if self.generates_labels => {
                    let parts = item.kids.iter().filter_map(|kid| match kid {
                        Kid::Element(part) if part.role != "Lbl" => Some(part),
                        _ => None,
                    });
                    parts.for_each(|part| part.push_words(text));
                }
                Kid::Element(node) => node.push_words(text),
            }
        }
        if is_block {
            text.push(' ');
        }
    }
}

fn page(document: &Document, id: ObjectId) -> Page {
    let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = document
        .get_page_fonts(id)
        .unwrap()
        .into_iter()
        .map(|(name, font)| (name, to_unicode(font, document)))
        .collect();
    let content = Content::decode(&document.get_page_content(id)).unwrap();
    let mut runs: Vec<(Option<i64>, String)> = Vec::new();
    let mut font = None;
    // For each open sequence: whether the text that stands for it was given.
    let mut open: Vec<bool> = Vec::new();
    for operation in &content.operations {
        match operation.operator.as_str() {
            "BDC" | "BMC" => {
                let properties = operation.operands.get(1).and_then(|p| p.as_dict().ok());
                let property = |key: &[u8]| properties.and_then(|p| p.get(key).ok());
                if let Some(mcid) = property(b"MCID") {
                    runs.push((Some(mcid.as_i64().unwrap()), String::new()));
                } else if operation.operands[0].as_name().unwrap() == b"Artifact" {
                    runs.push((None, String::new()));
                }
                let actual = property(b"ActualText").and_then(|text| text.as_str().ok());
                if let Some(actual) = actual {
                    runs.last_mut().unwrap().1.push_str(&text_string(actual));
                }
                open.push(actual.is_some());
            }
            "EMC" => assert!(open.pop().is_some(), "a sequence that was never opened"),
            "Tf" => font = fonts.get(operation.operands[0].as_name().unwrap()),
            "TJ" | "Tj" => {
                assert!(!open.is_empty(), "text that is no marked content");
                if !open.contains(&true) {
                    let shown = shown(operation, font.unwrap());
                    runs.last_mut().unwrap().1.push_str(&shown);
                }
            }
            _ => {}
        }
    }
    // An artifact without text is a line or a shade.
    runs.retain(|(mcid, text)| mcid.is_some() || !text.is_empty());
    Page { id, runs }
}

fn shown(operation: &Operation, font: &BTreeMap<u16, String>) -> String {
    let parts = match &operation.operands[0] {
        Object::Array(parts) => parts.clone(),
        part => vec![part.clone()],
    };
    let codes = parts.iter().filter_map(|part| part.as_str().ok());
    codes
        .flat_map(|bytes| bytes.chunks_exact(2))
        .map(|code| font[&u16::from_be_bytes([code[0], code[1]])].as_str())
        .collect()
}

/// The characters that no font has, for the numbers that stand in their place: `[U+8B66]`.
fn named(text: &str) -> String {
    let mut named = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[U+") {
        named.push_str(before);
        let number = after.split_once(']');
        let character = number.and_then(|(number, _)| u32::from_str_radix(number, 16).ok());
        match (character.and_then(char::from_u32), number) {
            (Some(character), Some((_, behind))) => {
                named.push(character);
                rest = behind;
            }
            _ => {
                named.push_str("[U+");
                rest = after;
            }
        }
    }
    named.push_str(rest);
    named
}

/// What the glyphs of a font stand for.
fn to_unicode(font: &Dictionary, document: &Document) -> BTreeMap<u16, String> {
    let map = font.get_deref(b"ToUnicode", document).unwrap();
    let map = map.as_stream().unwrap().decompressed_content().unwrap();
    let map = String::from_utf8(map).unwrap();
    assert!(
        !map.contains("bfrange"),
        "ranges of characters are not read"
    );
    let mut texts = BTreeMap::new();
    for block in map.split("beginbfchar").skip(1) {
        let block = block.split("endbfchar").next().unwrap();
        let hex: Vec<&str> = block.split(['<', '>']).skip(1).step_by(2).collect();
        for pair in hex.chunks_exact(2) {
            let bytes: Vec<u8> = (0..pair[1].len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&pair[1][at..at + 2], 16).unwrap())
                .collect();
            texts.insert(u16::from_str_radix(pair[0], 16).unwrap(), utf16(&bytes));
        }
    }
    texts
}

/// A text string: UTF-16 with a mark at its start, or bytes of Latin text.
fn text_string(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(units) => utf16(units),
        None => bytes.iter().copied().map(char::from).collect(),
    }
}

fn utf16(bytes: &[u8]) -> String {
    let units = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    String::from_utf16_lossy(&units.collect::<Vec<u16>>())
}

fn strings(object: &Object, all: &mut String) {
    match object {
        Object::String(bytes, _) => {
            all.push_str(&text_string(bytes));
            all.push('\n');
        }
        Object::Name(name) => {
            all.push_str(&String::from_utf8_lossy(name));
            all.push('\n');
        }
        Object::Array(objects) => objects.iter().for_each(|object| strings(object, all)),
        Object::Dictionary(dictionary) => {
            dictionary.iter().for_each(|(_, value)| strings(value, all));
        }
        Object::Stream(stream) => stream
            .dict
            .iter()
            .for_each(|(_, value)| strings(value, all)),
        _ => {}
    }
}

fn role(element: &Dictionary) -> String {
    let role = element.get(b"S").unwrap().as_name().unwrap();
    String::from_utf8(role.to_vec()).unwrap()
}

fn own_page(element: &Dictionary) -> Option<ObjectId> {
    element.get(b"Pg").and_then(Object::as_reference).ok()
}

fn kids_of(element: &Dictionary) -> Vec<Object> {
    match element.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    }
}
