//! Reads a finished file as a screen reader does: the structure tree, and the text of its marked content.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

/// A structure element with its text.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) role: String,
    pub(super) text: Vec<Part>,
    pub(super) dictionary: Dictionary,
}

#[derive(Debug)]
pub(super) enum Part {
    Text(String),
    Child(Node),
    /// A link annotation.
    Annotation(Dictionary),
}

/// A file and what is marked on its pages.
pub(super) struct File {
    pub(super) document: Document,
    pub(super) pages: Vec<ObjectId>,
    /// Text of each marked-content identifier, page by page.
    pub(super) marked: Vec<BTreeMap<i64, String>>,
    /// Text of each page's artifacts.
    pub(super) artifacts: Vec<String>,
}

impl File {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).unwrap();
        let pages: Vec<ObjectId> = document.page_iter().collect();
        let mut file = File {
            document,
            pages,
            marked: Vec::new(),
            artifacts: Vec::new(),
        };
        for page in file.pages.clone() {
            let (marked, artifacts) = file.page(page);
            file.marked.push(marked);
            file.artifacts.push(artifacts);
        }
        file
    }

    fn page(&self, id: ObjectId) -> (BTreeMap<i64, String>, String) {
        let content = Content::decode(&self.document.get_page_content(id)).unwrap();
        let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = self
            .document
            .get_page_fonts(id)
            .unwrap()
            .into_iter()
            .map(|(name, font)| (name, self.to_unicode(font)))
            .collect();
        let mut marked: BTreeMap<i64, String> = BTreeMap::new();
        let mut artifacts = String::new();
        // For each open marked-content sequence: its number, and the text that stands for what is in it.
        let mut open: Vec<(Option<i64>, Option<String>, bool)> = Vec::new();
        let mut font = None;
        for operation in &content.operations {
            match operation.operator.as_str() {
                "BDC" | "BMC" => {
                    let properties = operation.operands.get(1).and_then(|p| p.as_dict().ok());
                    let mcid = properties.and_then(|p| p.get(b"MCID").ok()?.as_i64().ok());
                    let actual = properties
                        .and_then(|p| p.get(b"ActualText").ok()?.as_str().ok())
                        .map(utf16);
                    if let Some(mcid) = mcid {
                        assert!(
                            marked.insert(mcid, String::new()).is_none(),
                            "identifier {mcid} twice on a page"
                        );
                    }
                    let artifact = operation.operands[0].as_name().unwrap() == b"Artifact";
                    if let (Some(actual), Some(mcid)) =
                        (&actual, open.iter().find_map(|(mcid, ..)| *mcid))
                    {
                        marked.get_mut(&mcid).unwrap().push_str(actual);
                    }
                    open.push((mcid, actual, artifact));
                }
                "EMC" => {
                    open.pop().unwrap();
                }
                "Tf" => font = fonts.get(operation.operands[0].as_name().unwrap()),
                "TJ" | "Tj" => {
                    assert!(
                        !open.is_empty(),
                        "text that is neither content nor artifact"
                    );
                    let mut text = String::new();
                    for part in operation.operands[0]
                        .as_array()
                        .cloned()
                        .unwrap_or(operation.operands.clone())
                    {
                        if let Object::String(bytes, _) = part {
                            for code in bytes.chunks(2) {
                                let code = u16::from_be_bytes([code[0], code[1]]);
                                text.push_str(&font.unwrap()[&code]);
                            }
                        }
                    }
                    if open.iter().any(|(.., artifact)| *artifact) {
                        artifacts.push_str(&text);
                    } else if open.iter().all(|(_, actual, _)| actual.is_none()) {
                        let mcid = open.iter().find_map(|(mcid, ..)| *mcid).unwrap();
                        marked.get_mut(&mcid).unwrap().push_str(&text);
                    }
                }
                "re" | "l" | "m" | "Do" => assert!(!open.is_empty(), "a shape that is no artifact"),
                _ => {}
            }
        }
        assert!(open.is_empty());
        (marked, artifacts)
    }

    fn to_unicode(&self, font: &Dictionary) -> BTreeMap<u16, String> {
        let stream = font
            .get_deref(b"ToUnicode", &self.document)
            .unwrap()
            .as_stream()
            .unwrap();
        let text = String::from_utf8(stream.decompressed_content().unwrap()).unwrap();
        let mut out = BTreeMap::new();
        for block in text.split("beginbfchar").skip(1) {
            let block = block.split("endbfchar").next().unwrap();
            let hex: Vec<&str> = block.split(['<', '>']).skip(1).step_by(2).collect();
            for pair in hex.chunks(2) {
                let bytes: Vec<u8> = (0..pair[1].len())
                    .step_by(2)
                    .map(|i| u8::from_str_radix(&pair[1][i..i + 2], 16).unwrap())
                    .collect();
                out.insert(u16::from_str_radix(pair[0], 16).unwrap(), utf16(&bytes));
            }
        }
        out
    }

    /// The structure tree, below its root.
    pub(super) fn tree(&self) -> Node {
        let root = self
            .document
            .catalog()
            .unwrap()
            .get_deref(b"StructTreeRoot", &self.document)
            .unwrap();
        let mut out = Node::default();
        self.kids(root.as_dict().unwrap(), None, &mut out);
        out
    }

    fn kids(&self, element: &Dictionary, page: Option<ObjectId>, out: &mut Node) {
        let page = element
            .get(b"Pg")
            .and_then(Object::as_reference)
            .ok()
            .or(page);
        let Ok(kids) = element.get(b"K") else { return };
        let kids = kids
            .as_array()
            .cloned()
            .unwrap_or_else(|_| vec![kids.clone()]);
        for kid in kids {
            let (_, kid) = self.document.dereference(&kid).unwrap();
            match kid {
                Object::Integer(mcid) => out.text.push(Part::Text(self.text(page.unwrap(), *mcid))),
                Object::Dictionary(kid) if kid.has_type(b"MCR") => {
                    let page = kid.get(b"Pg").unwrap().as_reference().unwrap();
                    out.text.push(Part::Text(
                        self.text(page, kid.get(b"MCID").unwrap().as_i64().unwrap()),
                    ));
                }
                Object::Dictionary(kid) if kid.has_type(b"OBJR") => {
                    let annotation = kid
                        .get_deref(b"Obj", &self.document)
                        .unwrap()
                        .as_dict()
                        .unwrap();
                    out.text.push(Part::Annotation(annotation.clone()));
                }
                Object::Dictionary(kid) => {
                    let role =
                        String::from_utf8(kid.get(b"S").unwrap().as_name().unwrap().to_vec())
                            .unwrap();
                    let mut child = Node {
                        role,
                        dictionary: kid.clone(),
                        text: Vec::new(),
                    };
                    self.kids(kid, page, &mut child);
                    out.text.push(Part::Child(child));
                }
                other => panic!("{other:?}"),
            }
        }
    }

    fn text(&self, page: ObjectId, mcid: i64) -> String {
        let index = self.pages.iter().position(|id| *id == page).unwrap();
        self.marked[index][&mcid].clone()
    }
}

fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16(units.strip_prefix(&[0xfeff]).unwrap_or(&units)).unwrap()
}

/// The text of a string in the file.
pub(super) fn utf8(object: &Object) -> String {
    let bytes = object.as_str().unwrap();
    if bytes.starts_with(&[0xfe, 0xff]) {
        utf16(bytes)
    } else {
        String::from_utf8(bytes.to_vec()).unwrap()
    }
}

impl Node {
    /// All text in reading order; blocks are apart, and the markers of lists are left out.
    pub(super) fn words(&self) -> Vec<String> {
        let mut text = String::new();
        self.push_words(&mut text);
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn push_words(&self, out: &mut String) {
        let inline = matches!(
            self.role.as_str(),
            "Span" | "Link" | "Reference" | "Code" | "Quote"
        );
        let numbered = self.role == "L"
            && self
                .attribute("ListNumbering")
                .is_some_and(|name| name != "None");
        if !inline {
            out.push(' ');
        }
        for part in &self.text {
            match part {
                // What a figure shows is said by its alternative.
                Part::Text(_) if self.role == "Figure" => {}
                Part::Text(text) => out.push_str(text),
                Part::Child(child) if numbered => {
                    for part in &child.text {
                        if let Part::Child(inner) = part
                            && inner.role != "Lbl"
                        {
                            inner.push_words(out);
                        }
                    }
                }
                Part::Child(child) => child.push_words(out),
                Part::Annotation(_) => {}
            }
        }
        if !inline {
            out.push(' ');
        }
    }

    /// A name among the element's attributes.
    pub(super) fn attribute(&self, key: &str) -> Option<String> {
        let value = self
            .dictionary
            .get(b"A")
            .ok()?
            .as_dict()
            .ok()?
            .get(key.as_bytes())
            .ok()?;
        Some(match value {
            Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
            other => format!("{other:?}"),
        })
    }

    /// Numbers among the element's attributes.
    pub(super) fn numbers(&self, key: &str) -> Vec<f32> {
        let attributes = self.dictionary.get(b"A").unwrap().as_dict().unwrap();
        let numbers = attributes.get(key.as_bytes()).unwrap().as_array().unwrap();
        numbers
            .iter()
            .map(|number| number.as_float().unwrap())
            .collect()
    }

    /// Every element of a role, in reading order.
    pub(super) fn all<'a>(&'a self, role: &str, out: &mut Vec<&'a Node>) {
        for part in &self.text {
            if let Part::Child(child) = part {
                if child.role == role {
                    out.push(child);
                }
                child.all(role, out);
            }
        }
    }

    /// The elements of a role.
    pub(super) fn find(&self, role: &str) -> Vec<&Node> {
        let mut out = Vec::new();
        self.all(role, &mut out);
        out
    }
}
