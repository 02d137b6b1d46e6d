//! Reads a PDF back, as text and as a structure tree. In: the bytes of a file. Out: what a screen reader would find in it.
//! This is a reader of its own: it knows lopdf and the standard, and nothing of how the program writes a PDF.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use crate::book::{self, Document as Made};
use crate::page::Page as Html;

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
    /// Width and height.
    size: (f32, f32),
    /// The baseline of the lowest line that is content, from the lower edge.
    lowest: f32,
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

    /// For each page, whether it lies on its side, and what part of the room for text is filled.
    pub(crate) fn filled(&self) -> Vec<(bool, f32)> {
        // Room for the header above, for the footer below.
        let (above, below) = (68.0, 66.0);
        let pages = self.pages.iter().map(|page| {
            let (width, height) = page.size;
            let used = height - above - page.lowest;
            (width > height, used / (height - above - below))
        });
        pages.collect()
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

    /// For each font, what its glyphs stand for, and how many glyphs its program has beside the one for what is missing.
    pub(crate) fn glyph_sets(&self) -> Vec<(BTreeSet<String>, usize)> {
        let fonts = self.document.objects.values().filter_map(|object| {
            let font = object.as_dict().ok()?;
            font.get(b"ToUnicode").ok()?;
            Some(font)
        });
        let sets = fonts.map(|font| {
            let texts = to_unicode(font, &self.document).into_values().collect();
            let inner = font.get(b"DescendantFonts").unwrap().as_array().unwrap();
            let inner = self.resolved(&inner[0]).as_dict().unwrap();
            let descriptor = inner.get_deref(b"FontDescriptor", &self.document).unwrap();
            let program = descriptor.as_dict().unwrap();
            let program = program.get_deref(b"FontFile2", &self.document).unwrap();
            let program = program.as_stream().unwrap().decompressed_content().unwrap();
            (texts, glyphs_with_shapes(&program))
        });
        sets.collect()
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
        let is_block = !["Span", "Link", "Reference", "Code", "Quote"].contains(&&*self.role);
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
    let (mut font, mut y, mut lowest) = (None, 0.0, f32::MAX);
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
            "BT" => y = 0.0,
            "Td" => y += operation.operands[1].as_float().unwrap(),
            "Tm" => y = operation.operands[5].as_float().unwrap(),
            "TJ" | "Tj" => {
                if runs.last().is_some_and(|(mcid, _)| mcid.is_some()) {
                    lowest = lowest.min(y);
                }
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
    let sheet = document.get_dictionary(id).unwrap().get(b"MediaBox");
    let sheet = sheet.unwrap().as_array().unwrap();
    let length = |at: usize| sheet[at].as_float().unwrap();
    Page {
        id,
        runs,
        size: (length(2), length(3)),
        lowest,
    }
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

/// How many glyphs of a TrueType program can be drawn, the first one left out (ISO/IEC 14496-22: loca, glyf).
fn glyphs_with_shapes(program: &[u8]) -> usize {
    let number = |at: usize, bytes: usize| {
        let bytes = &program[at..at + bytes];
        bytes
            .iter()
            .fold(0, |all, byte| all << 8 | usize::from(*byte))
    };
    let table = |tag: &[u8]| {
        let records = (0..number(4, 2)).map(|index| 12 + 16 * index);
        let mut records = records.filter(|at| &program[*at..at + 4] == tag);
        number(records.next().unwrap() + 8, 4)
    };
    let wide = number(table(b"head") + 50, 2) == 1;
    let bytes = if wide { 4 } else { 2 };
    let start = |glyph: usize| number(table(b"loca") + glyph * bytes, bytes);
    let count = number(table(b"maxp") + 4, 2);
    (1..count)
        .filter(|glyph| start(*glyph) < start(glyph + 1))
        .count()
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

/// The words of a text in lower case; short ones could be anything.
fn long_words(text: &str) -> BTreeSet<String> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric());
    let long = words.filter(|word| word.chars().count() > 4);
    long.map(str::to_owned).collect()
}

/// Words of the internal edition that the public one does not have.
fn secrets(internal: &Made, public: &Made) -> BTreeSet<String> {
    let words = |made: &Made| long_words(&Html::read(&made.html).everything());
    words(internal)
        .difference(&words(public))
        .cloned()
        .collect()
}

/// Withheld text is in no stream, no string and no font of a public file.
#[test]
fn no_public_pdf_of_the_example_book_holds_withheld_text() {
    let made = book::make(&book::notes());
    let mut count = 0;
    // Every file says some words of its own, in its metadata and its fonts' licence.
    let empty =
        minutebook::render::pdf::pdf("<h1>A</h1>", &minutebook::render::pdf::Furniture::default());
    let own = long_words(&Pdf::read(&empty.bytes).everything());
    for (public, internal) in made.public.iter().zip(&made.internal) {
        assert_eq!(format!("{}.internal", public.name), internal.name);
        let pdf = Pdf::read(&public.pdf);
        let found = long_words(&pdf.everything());
        for secret in secrets(internal, public).difference(&own) {
            assert!(!found.contains(secret), "{}: {secret}", public.name);
            count += 1;
        }
        assert_fonts_say_only(&pdf, &pdf.text());
    }
    assert!(count > 50, "the example book withholds only {count} words");
}

/// The fonts of a file have glyphs for no character that it does not show, and no glyph that stands for none.
#[track_caller]
fn assert_fonts_say_only(pdf: &Pdf, shown: &str) {
    for (texts, glyphs) in pdf.glyph_sets() {
        for text in &texts {
            // What a glyph stands for may be said beside it instead.
            let is_shown = text == "\u{fffd}" || shown.contains(text.as_str());
            assert!(is_shown, "a font has {text:?}");
        }
        // Accents are shapes of their own, which several letters share.
        assert!(
            glyphs <= texts.len() + texts.len() / 2 + 4,
            "{glyphs} glyphs for {texts:?}"
        );
    }
}

/// A letter that only a withheld passage has would tell of it, were it in a font.
#[test]
fn a_withheld_letter_is_in_no_font_of_the_public_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("minutebook.yaml", "organisation: { name: Office }\n");
    write(
        "meeting.yaml",
        "kind: meeting\ntitle: Board\ndate: 2026-08-25\nitems:\n  - title: Reports\n    text: \"Seen <<s31 | \u{416}\u{3a9}\u{2713} hushed>> by all\"\n",
    );
    let made = book::make(folder.path());
    let letters = |document: &Made| -> String {
        let sets = Pdf::read(&document.pdf).glyph_sets();
        sets.into_iter().flat_map(|(texts, _)| texts).collect()
    };
    let (public, internal) = (&made.public[0], &made.internal[0]);
    for letter in ['\u{416}', '\u{3a9}', '\u{2713}'] {
        assert!(letters(internal).contains(letter));
        assert!(!letters(public).contains(letter));
    }
    assert!(!Pdf::read(&public.pdf).everything().contains("hushed"));
}
