//! The structure tree as PDF objects: elements, parent tree, link annotations.
//!
//! In: the logical structure, and on which page with which number each piece of its content was marked. Out: objects in a
//! document (ISO 32000-1, 14.7). Elements that came to hold nothing are left out, cells excepted.

use std::collections::BTreeMap;
use std::fmt;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::blocks::{Destination, Link};
use super::file::{Written, put_entries, put_text};
use super::metadata::text_string;
use super::pages::{Page, Place};
use super::structure::{
    Attributes, DOCUMENT, Element, ElementId, Kid, Numbering, Role, Scope, Structure,
};

/// Where content was marked: for each page, the slot that each marked-content identifier belongs to.
pub(super) type Marks = Vec<Vec<u32>>;

/// The parts of the document that tags refer to.
pub(super) struct Tagged<'a> {
    pub(super) structure: &'a Structure,
    pub(super) links: &'a [Link],
    pub(super) pages: &'a [Page],
    pub(super) page_ids: &'a [ObjectId],
    pub(super) places: &'a [Option<Place>],
    pub(super) marks: &'a Marks,
}

/// Write the structure tree and the annotations; the tree's root is what the catalogue refers to. The elements, of which
/// there are thousands, are given as they stand in the file.
pub(super) fn write(document: &mut Document, tagged: &Tagged<'_>) -> (ObjectId, Written) {
    let Tagged {
        structure,
        page_ids,
        marks,
        ..
    } = tagged;
    // For each slot, its marked content in reading order.
    let mut content: Vec<Vec<(usize, usize)>> = vec![Vec::new(); structure.slots.len()];
    for (page, slots) in marks.iter().enumerate() {
        for (mcid, slot) in slots.iter().enumerate() {
            content[*slot as usize].push((page, mcid));
        }
    }
    let alive = alive(structure, &content);
    let root_id = document.new_object_id();
    let ids: Vec<Option<ObjectId>> = alive
        .iter()
        .map(|alive| alive.then(|| document.new_object_id()))
        .collect();

    let (annotations, mut parents) = annotate(document, tagged, &ids);

    let mut written = Written::default();
    for (index, element) in structure.elements.iter().enumerate() {
        let Some(id) = ids[index] else { continue };
        let parent = match index == DOCUMENT as usize {
            true => Some(root_id),
            false => ids[element.parent as usize],
        };
        // The page that the first of its content is on; content elsewhere names its page itself.
        let page = element.kids.iter().find_map(|kid| match kid {
            Kid::Content(slot) => content[*slot as usize].first().map(|(page, _)| *page),
            Kid::Element(_) => None,
        });
        let out = written.begin(id);
        let role = role_name(element.role);
        put_text(
            out,
            format_args!("<</S/{role}/P {}", At(parent.unwrap_or(root_id))),
        );
        if let Some(page) = page {
            put_text(out, format_args!("/Pg {}", At(page_ids[page])));
        }
        let kids = Kids::of(element, page, &content, tagged, &annotations, &ids);
        kids.finish(out);
        let attributes = describe(element.role, &element.attributes, index as ElementId, &ids);
        put_entries(out, &attributes);
        out.extend(b">>");
    }

    let mut numbers = Vec::new();
    for (page, slots) in marks.iter().enumerate() {
        let elements: Vec<Object> = slots
            .iter()
            .map(|slot| {
                ids[structure.slots[*slot as usize] as usize]
                    .map_or(Object::Null, Object::Reference)
            })
            .collect();
        numbers.push(Object::Integer(page as i64));
        numbers.push(Object::Reference(document.add_object(elements)));
    }
    let next = marks.len() + parents.len();
    for (index, parent) in parents.drain(..).enumerate() {
        numbers.push(Object::Integer((marks.len() + index) as i64));
        numbers.push(Object::Reference(parent));
    }
    let tree = document.add_object(dictionary! { "Nums" => numbers });
    let mut root = dictionary! { "Type" => "StructTreeRoot", "ParentTree" => tree, "ParentTreeNextKey" => next as i64 };
    if let Some(id) = ids[DOCUMENT as usize] {
        root.set("K", id);
    }
    let mut names = Vec::new();
    for (index, element) in structure.elements.iter().enumerate() {
        if let (true, Some(id)) = (element.attributes.named, ids[index]) {
            names.push(Object::string_literal(name(index as ElementId)));
            names.push(Object::Reference(id));
        }
    }
    if !names.is_empty() {
        root.set("IDTree", dictionary! { "Names" => names });
    }
    document.set_object(root_id, root);
    (root_id, written)
}

/// A reference to an object.
struct At(ObjectId);

impl fmt::Display for At {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} R", self.0.0, self.0.1)
    }
}

/// What an element holds, as it is being written.
#[derive(Default)]
struct Kids {
    text: Vec<u8>,
    count: usize,
}

impl Kids {
    /// Those of an element whose content is on a page.
    fn of(
        element: &Element,
        page: Option<usize>,
        content: &[Vec<(usize, usize)>],
        tagged: &Tagged<'_>,
        annotations: &Annotations,
        ids: &[Option<ObjectId>],
    ) -> Kids {
        let mut kids = Kids::default();
        let page_ids = tagged.page_ids;
        for kid in &element.kids {
            match kid {
                Kid::Element(child) => {
                    if let Some(id) = ids[*child as usize] {
                        kids.put(format_args!("{}", At(id)));
                    }
                }
                Kid::Content(slot) => {
                    for (on, mcid) in &content[*slot as usize] {
                        match Some(*on) == page {
                            true => kids.put(format_args!("{mcid}")),
                            false => {
                                let page = At(page_ids[*on]);
                                kids.put(format_args!("<</Type/MCR/Pg {page}/MCID {mcid}>>"));
                            }
                        }
                    }
                }
            }
        }
        if let Some(link) = element.attributes.link {
            for (annotation, page) in annotations.get(&link).into_iter().flatten() {
                let (page, annotation) = (At(page_ids[*page]), At(*annotation));
                kids.put(format_args!("<</Type/OBJR/Pg {page}/Obj {annotation}>>"));
            }
        }
        kids
    }

    fn put(&mut self, kid: fmt::Arguments<'_>) {
        if self.count > 0 {
            self.text.push(b' ');
        }
        put_text(&mut self.text, kid);
        self.count += 1;
    }

    /// One stands by itself, several as an array.
    fn finish(&self, out: &mut Vec<u8>) {
        let parts: [&[u8]; 3] = match (self.count, self.text.first()) {
            (0, _) => return,
            (1, Some(b'<')) => [b"/K", &self.text, b""],
            (1, _) => [b"/K ", &self.text, b""],
            _ => [b"/K[", &self.text, b"]"],
        };
        out.extend(parts.concat());
    }
}

/// Which elements hold anything; children come after their parents.
fn alive(structure: &Structure, content: &[Vec<(usize, usize)>]) -> Vec<bool> {
    let mut alive = vec![false; structure.elements.len()];
    for index in (0..structure.elements.len()).rev() {
        let element = &structure.elements[index];
        let holds = element.kids.iter().any(|kid| match kid {
            Kid::Element(child) => alive[*child as usize],
            Kid::Content(slot) => !content[*slot as usize].is_empty(),
        });
        alive[index] = holds || matches!(element.role, Role::TD | Role::TH | Role::Document);
    }
    // A table with nothing in any cell is not there at all.
    for index in 1..structure.elements.len() {
        let element = &structure.elements[index];
        if !alive[element.parent as usize] {
            alive[index] = false;
        }
    }
    alive
}

/// Names sort as their elements do.
fn name(element: ElementId) -> String {
    format!("e{element:08}")
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Sect => "Sect",
        Role::Div => "Div",
        Role::H(level) => ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(level.clamp(1, 6) - 1)],
        Role::P => "P",
        Role::L => "L",
        Role::LI => "LI",
        Role::Lbl => "Lbl",
        Role::LBody => "LBody",
        Role::Table => "Table",
        Role::THead => "THead",
        Role::TBody => "TBody",
        Role::TFoot => "TFoot",
        Role::TR => "TR",
        Role::TH => "TH",
        Role::TD => "TD",
        Role::Caption => "Caption",
        Role::BlockQuote => "BlockQuote",
        Role::Note => "Note",
        Role::Reference => "Reference",
        Role::Link => "Link",
        Role::Span => "Span",
        Role::Code => "Code",
        Role::Quote => "Quote",
        Role::Figure => "Figure",
    }
}

/// The attributes of an element, each where the standard puts it.
fn describe(
    role: Role,
    attributes: &Attributes,
    id: ElementId,
    ids: &[Option<ObjectId>],
) -> Dictionary {
    let mut dictionary = Dictionary::new();
    if let Some(language) = &attributes.language {
        dictionary.set("Lang", text_string(language));
    }
    if let Some(expansion) = &attributes.expansion {
        dictionary.set("E", text_string(expansion));
    }
    if attributes.struck {
        dictionary.set(
            "A",
            dictionary! { "O" => "Layout", "TextDecorationType" => "LineThrough" },
        );
    }
    if let Some(alternative) = &attributes.alternative {
        dictionary.set("Alt", text_string(alternative));
    }
    if attributes.named {
        dictionary.set("ID", Object::string_literal(name(id)));
    }
    if let Some(numbering) = attributes.numbering {
        let name = match numbering {
            Numbering::None => "None",
            Numbering::Disc => "Disc",
            Numbering::Decimal => "Decimal",
            Numbering::LowerAlpha => "LowerAlpha",
            Numbering::UpperAlpha => "UpperAlpha",
            Numbering::LowerRoman => "LowerRoman",
            Numbering::UpperRoman => "UpperRoman",
        };
        dictionary.set("A", dictionary! { "O" => "List", "ListNumbering" => name });
    }
    if matches!(role, Role::TH | Role::TD) {
        let mut table = Dictionary::new();
        if let Some(scope) = attributes.scope {
            let name = match scope {
                Scope::Row => "Row",
                Scope::Column => "Column",
            };
            table.set("Scope", name);
        }
        for (key, span) in [
            ("ColSpan", attributes.column_span),
            ("RowSpan", attributes.row_span),
        ] {
            if span > 1 {
                table.set(key, i64::from(span));
            }
        }
        let headers: Vec<Object> = attributes
            .headers
            .iter()
            .filter(|header| ids[**header as usize].is_some())
            .map(|header| Object::string_literal(name(*header)))
            .collect();
        if !headers.is_empty() {
            table.set("Headers", headers);
        }
        if !table.is_empty() {
            table.set("O", "Table");
            dictionary.set("A", table);
        }
    }
    if let Some(bounds) = attributes.bounds {
        let numbers: Vec<Object> = bounds.iter().map(|number| Object::Real(*number)).collect();
        dictionary.set(
            "A",
            dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => numbers },
        );
    }
    dictionary
}

type Annotations = BTreeMap<u32, Vec<(ObjectId, usize)>>;

/// Link annotations: one for each link on each page, over all its lines (ISO 14289-1, 7.18.5).
fn annotate(
    document: &mut Document,
    tagged: &Tagged<'_>,
    ids: &[Option<ObjectId>],
) -> (Annotations, Vec<ObjectId>) {
    let mut annotations = Annotations::new();
    let mut parents = Vec::new();
    for (index, page) in tagged.pages.iter().enumerate() {
        let mut on_page: Vec<(u32, Vec<[f32; 4]>)> = Vec::new();
        for (link, area) in &page.links {
            match on_page.iter_mut().find(|(known, _)| known == link) {
                Some((_, areas)) => areas.push(*area),
                None => on_page.push((*link, vec![*area])),
            }
        }
        let mut objects = Vec::new();
        for (number, areas) in on_page {
            let Some(link) = tagged.links.get(number as usize) else {
                continue;
            };
            let (Some(element), Some(target)) = (
                ids[link.element as usize],
                target(&link.destination, tagged),
            ) else {
                continue;
            };
            let flip = |y: f32| round(page.height - y);
            let mut bounds = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
            let mut quads = Vec::new();
            for [left, top, right, bottom] in &areas {
                let (left, top, right, bottom) =
                    (round(*left), flip(*top), round(*right), flip(*bottom));
                bounds = [
                    bounds[0].min(left),
                    bounds[1].min(bottom),
                    bounds[2].max(right),
                    bounds[3].max(top),
                ];
                quads
                    .extend([left, top, right, top, left, bottom, right, bottom].map(Object::Real));
            }
            let mut annotation = dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => bounds.map(Object::Real).to_vec(),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                // Printed (ISO 19005-2, 6.3.2).
                "F" => 4,
                "Contents" => text_string(&link.contents),
                "StructParent" => (tagged.marks.len() + parents.len()) as i64,
            };
            if areas.len() > 1 {
                annotation.set("QuadPoints", quads);
            }
            annotation.set(target.0, target.1);
            let id = document.add_object(annotation);
            objects.push(Object::Reference(id));
            annotations.entry(number).or_default().push((id, index));
            parents.push(element);
        }
        if let Ok(dictionary) = document.get_dictionary_mut(tagged.page_ids[index]) {
            if objects.is_empty() {
                dictionary.remove(b"Annots");
            } else {
                dictionary.set("Annots", objects);
            }
        }
    }
    (annotations, parents)
}

/// The entry of an annotation that leads somewhere.
fn target(destination: &Destination, tagged: &Tagged<'_>) -> Option<(&'static str, Object)> {
    match destination {
        Destination::Address(address) => Some((
            "A",
            dictionary! { "S" => "URI", "URI" => Object::string_literal(address.as_str()) }.into(),
        )),
        Destination::Target(target) => {
            let (page, y) = (*tagged.places.get(*target as usize)?)?;
            Some((
                "Dest",
                view(tagged.page_ids[page], tagged.pages[page].height, y),
            ))
        }
    }
}

/// A view of a page from a little above a place on.
pub(super) fn view(page: ObjectId, height: f32, y: f32) -> Object {
    let top = round((height - y + 8.0).clamp(0.0, height));
    Object::Array(vec![
        page.into(),
        "XYZ".into(),
        0.into(),
        Object::Real(top),
        Object::Null,
    ])
}

/// To a hundredth of a point.
pub(super) fn round(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}
