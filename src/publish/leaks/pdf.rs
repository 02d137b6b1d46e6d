//! Everything that can be read in a PDF: what is drawn, what stands for it, strings wherever they are (metadata, bookmarks,
//! structure, alternatives, addresses), and streams that hold text. In: the bytes of the file. Out: texts.

use super::read::{self, View, What};
use super::squash::{Reading, Squashed};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// How many pages are taken apart at the same time: their operations take much more memory than the file.
const TOGETHER: usize = 16;

/// The texts of a PDF; nothing when it cannot be read.
pub(super) fn views(bytes: &[u8]) -> Option<Vec<View>> {
    let document = Document::load_mem(bytes).ok()?;
    let mut reader = Reader::default();
    let pages: Vec<ObjectId> = document.page_iter().collect();
    for some in pages.chunks(TOGETHER) {
        let contents = some.par_iter().map(|page| operations(&document, *page));
        let contents: Vec<Option<Content>> = contents.collect();
        for (page, content) in some.iter().zip(contents) {
            reader.page(&document, *page, &content?)?;
        }
    }
    let mut strings = Squashed::default();
    let mut views = Vec::new();
    for object in document.objects.values() {
        each_string(object, &mut strings);
        if let Object::Stream(stream) = object {
            views.extend(metadata(stream));
        }
    }
    each_string(&Object::Dictionary(document.trailer.clone()), &mut strings);
    let starts = reader.starts;
    views.push(View::new(reader.shown, What::Pages, starts.clone()));
    views.push(View::new(reader.drawn, What::Pages, starts.clone()));
    views.push(View::new(reader.edges, What::Edges, starts));
    views.push(View::new(strings, What::Strings, vec![0]));
    Some(views)
}

fn operations(document: &Document, page: ObjectId) -> Option<Content> {
    Content::decode(&document.get_page_content(page)).ok()
}

/// What the pages say. A place is the number of a page, from 1.
#[derive(Default)]
struct Reader {
    /// What is drawn, or the words that were given in its stead.
    shown: Squashed,
    /// What is drawn.
    drawn: Squashed,
    /// What is drawn and no content: headers and footers.
    edges: Squashed,
    starts: Vec<u32>,
    fonts: HashMap<Vec<u8>, Font>,
}

type Font = HashMap<u16, String>;

impl Reader {
    fn page(&mut self, document: &Document, id: ObjectId, content: &Content) -> Option<()> {
        self.starts.push(self.starts.len() as u32 + 1);
        let page = self.starts.len() as u32;
        let fonts: BTreeMap<Vec<u8>, Font> = document
            .get_page_fonts(id)
            .ok()?
            .into_iter()
            .map(|(name, font)| (name, self.font(document, font)))
            .collect();
        let mut font = None;
        // For each open piece of marked content: whether it is none, and whether words were given in its stead.
        let mut open: Vec<(bool, bool)> = Vec::new();
        for operation in &content.operations {
            match operation.operator.as_str() {
                "BDC" | "BMC" => open.push(self.begin(operation, page)),
                "EMC" => drop(open.pop()),
                "Tf" => {
                    font = operation
                        .operands
                        .first()
                        .and_then(|name| fonts.get(name.as_name().ok()?))
                }
                "TJ" | "Tj" | "'" | "\"" => {
                    let text = drawn(operation, font);
                    let is_edge = open.iter().any(|(edge, _)| *edge);
                    let is_replaced = open.iter().any(|(_, given)| *given);
                    self.say(&text, page, is_edge, is_replaced);
                }
                _ => {}
            }
        }
        Some(())
    }

    fn begin(&mut self, operation: &Operation, page: u32) -> (bool, bool) {
        let kind = operation
            .operands
            .first()
            .and_then(|kind| kind.as_name().ok());
        let properties = operation
            .operands
            .get(1)
            .and_then(|given| given.as_dict().ok());
        let given = properties.and_then(|given| given.get(b"ActualText").ok()?.as_str().ok());
        if let Some(given) = given {
            push(&mut self.shown, &text_string(given), page);
        }
        if let Some(properties) = properties {
            let mut strings = std::mem::take(&mut self.edges);
            each_string(&Object::Dictionary(properties.clone()), &mut strings);
            self.edges = strings;
        }
        (kind == Some(b"Artifact"), given.is_some())
    }

    fn say(&mut self, text: &str, page: u32, is_edge: bool, is_replaced: bool) {
        if is_edge {
            return push(&mut self.edges, text, page);
        }
        push(&mut self.drawn, text, page);
        if !is_replaced {
            push(&mut self.shown, text, page);
        }
    }

    /// The characters of a font's glyphs; fonts are shared by the pages.
    fn font(&mut self, document: &Document, font: &Dictionary) -> Font {
        let key = font
            .get(b"ToUnicode")
            .map(|map| format!("{map:?}").into_bytes());
        let key = key.unwrap_or_default();
        if let Some(known) = self.fonts.get(&key) {
            return known.clone();
        }
        let map = font
            .get_deref(b"ToUnicode", document)
            .and_then(Object::as_stream);
        let map = map.map(content).unwrap_or_default();
        let read = characters(&String::from_utf8_lossy(&map));
        self.fonts.insert(key, read.clone());
        read
    }
}

fn push(text: &mut Squashed, words: &str, place: u32) {
    text.part();
    if !words.contains('%') {
        return words.chars().for_each(|c| text.push(c, place));
    }
    let reading = Reading {
        percents: true,
        ..Reading::default()
    };
    for (word, _) in Squashed::of(words, reading).words() {
        text.part();
        word.chars().for_each(|c| text.push(c, place));
    }
}

fn drawn(operation: &Operation, font: Option<&Font>) -> String {
    let mut text = String::new();
    for operand in &operation.operands {
        let parts = operand
            .as_array()
            .map_or(std::slice::from_ref(operand), Vec::as_slice);
        for bytes in parts.iter().filter_map(|part| part.as_str().ok()) {
            match font.filter(|font| !font.is_empty()) {
                Some(font) => bytes.chunks_exact(2).for_each(|code| {
                    let code = u16::from_be_bytes([code[0], code[1]]);
                    text.push_str(font.get(&code).map_or("", String::as_str));
                }),
                None => text.push_str(&text_string(bytes)),
            }
        }
    }
    text
}

/// What each code of a font stands for (ISO 32000-1, 9.10.3).
fn characters(map: &str) -> Font {
    let mut font = Font::new();
    for block in map.split("beginbfchar").skip(1) {
        let block = block.split("endbfchar").next().unwrap_or_default();
        for pair in hexadecimals(block).chunks_exact(2) {
            if let [high, low] = pair[0][..] {
                font.insert(u16::from_be_bytes([high, low]), utf16(&pair[1]));
            }
        }
    }
    for block in map.split("beginbfrange").skip(1) {
        let block = block.split("endbfrange").next().unwrap_or_default();
        block.lines().for_each(|line| range(line, &mut font));
    }
    font
}

fn range(line: &str, font: &mut Font) {
    let numbers = hexadecimals(line);
    let [first, last, texts @ ..] = numbers.as_slice() else {
        return;
    };
    let code = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0u16, |all, byte| all << 8 | u16::from(*byte))
    };
    for (index, number) in (code(first)..=code(last)).enumerate() {
        let text = match (texts.get(index), texts.first()) {
            (Some(text), _) if line.contains('[') => utf16(text),
            (_, Some(text)) => {
                let mut text = text.clone();
                if let Some(low) = text.last_mut() {
                    *low = low.wrapping_add(index as u8);
                }
                utf16(&text)
            }
            _ => continue,
        };
        font.insert(number, text);
    }
}

fn hexadecimals(text: &str) -> Vec<Vec<u8>> {
    let numbers = text.split(['<', '>']).skip(1).step_by(2);
    let bytes = |digits: &str| {
        let digits: Vec<u8> = digits
            .bytes()
            .filter_map(|c| char::from(c).to_digit(16))
            .map(|d| d as u8)
            .collect();
        digits
            .chunks(2)
            .map(|two| two.iter().fold(0, |all, digit| all << 4 | digit))
            .collect()
    };
    numbers.map(bytes).collect()
}

/// Every string and name in an object, those of a stream's dictionary included.
fn each_string(object: &Object, all: &mut Squashed) {
    match object {
        Object::String(bytes, _) => {
            all.divide(0);
            push(all, &text_string(bytes), 0);
        }
        Object::Name(name) => {
            all.divide(0);
            String::from_utf8_lossy(name)
                .chars()
                .for_each(|c| all.push(c, 0));
        }
        Object::Array(objects) => objects.iter().for_each(|one| each_string(one, all)),
        Object::Dictionary(dictionary) => each_value(dictionary, all),
        Object::Stream(stream) => each_value(&stream.dict, all),
        _ => {}
    }
}

fn each_value(dictionary: &Dictionary, all: &mut Squashed) {
    dictionary
        .iter()
        .for_each(|(_, value)| each_string(value, all));
}

/// Streams that hold text by themselves. Pages are read as pages; fonts, pictures and profiles are none.
fn metadata(stream: &Stream) -> Vec<View> {
    let is = |name: &[u8]| stream.dict.has_type(name);
    let has = |key: &[u8]| stream.dict.has(key);
    let is_picture = stream
        .dict
        .get(b"Subtype")
        .and_then(Object::as_name)
        .is_ok_and(|kind| kind == b"Image");
    if has(b"Length1") || has(b"N") || is(b"XRef") || is_picture || is(b"ObjStm") {
        return Vec::new();
    }
    let bytes = content(stream);
    match std::str::from_utf8(&bytes) {
        Ok(text) if is(b"Metadata") || text.contains("<?x") => read::metadata(text).into(),
        Ok(text) if is(b"EmbeddedFile") => read::metadata(text).into(),
        _ => Vec::new(),
    }
}

fn content(stream: &Stream) -> Vec<u8> {
    let inflated = stream.decompressed_content();
    inflated.unwrap_or_else(|_| stream.content.clone())
}

/// A text string: UTF-16 with a mark at its start, or bytes of UTF-8 or Latin text.
fn text_string(bytes: &[u8]) -> String {
    match (
        bytes.strip_prefix(&[0xfe, 0xff]),
        std::str::from_utf8(bytes),
    ) {
        (Some(units), _) => utf16(units),
        (None, Ok(text)) => text.to_owned(),
        (None, Err(_)) => bytes.iter().copied().map(char::from).collect(),
    }
}

fn utf16(bytes: &[u8]) -> String {
    let pairs = bytes.chunks_exact(2);
    let units = pairs.map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    String::from_utf16_lossy(&units.collect::<Vec<u16>>())
}
