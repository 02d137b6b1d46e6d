//! From pages to the bytes of a PDF file.
//!
//! In: pages, structure, metadata. Out: PDF 1.7 that claims PDF/UA-1 and PDF/A-2a. printpdf writes the pages, lopdf what
//! it leaves out; fonts come from `embed`, tags from `tags`. Every operation of a page is either marked content of the
//! structure or an artifact. Nothing is laid out here.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use printpdf::{
    Color, CurTransMat, DictItem, FontId, LineDashPattern, Op, PaintMode, PdfDocument,
    PdfFontHandle, PdfPage, PdfSaveOptions, Pt, Rect, Rgb, TextMatrix,
};

use super::blocks::{Bookmark, Link};
use super::drawing::{Drawing, Step};
use super::embed::{self, Fonts};
use super::file;
use super::metadata;
use super::pages::{Artifact, Mark, Page, Place, Placed, Shape, Text};
use super::picture::{Coding, Colours, Kind, Picture, Raster};
use super::structure::{Role, Structure};
use super::style::Colour;
use super::tags::{self, Marks, Tagged, round, view};
use super::tree::Head;

/// A small sRGB profile for the output intent (ISO 19005-2, 6.2.3); its licence lies beside it.
const SRGB: &[u8] = include_bytes!("srgb/sRGB-v2-magic.icc");

/// Everything that goes into the file.
pub(super) struct Finished<'a> {
    pub(super) head: &'a Head,
    pub(super) pages: &'a [Page],
    pub(super) places: &'a [Option<Place>],
    pub(super) structure: &'a Structure,
    pub(super) links: &'a [Link],
    pub(super) pictures: &'a [Picture],
    pub(super) bookmarks: &'a [Bookmark],
    pub(super) identifier: Vec<u8>,
}

/// The bytes of the file.
pub(super) fn write(finished: &Finished<'_>) -> Vec<u8> {
    let fonts = Fonts::of(finished.pages);
    let mut marks = Marks::new();
    let mut printed = PdfDocument::new("");
    printed.pages = finished
        .pages
        .iter()
        .map(|page| {
            let mut slots = Vec::new();
            let ops = operations(page, finished, &fonts, &mut slots);
            marks.push(slots);
            let sheet = || Rect::from_wh(Pt(page.width), Pt(page.height));
            PdfPage {
                media_box: sheet(),
                trim_box: sheet(),
                crop_box: sheet(),
                ops,
            }
        })
        .collect();
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        // The operators of drawings are our own.
        secure: false,
        image_optimization: None,
    };
    let mut document = printed.to_lopdf_document(&options, &mut Vec::new());
    drop(printed);
    let resources = fonts.write(&mut document);
    share(&mut document, b"Font", resources);
    complete(&mut document, finished, &marks);
    file::bytes(document)
}

/// The operations of a page, and the slot of each marked-content identifier.
fn operations(
    page: &Page,
    finished: &Finished<'_>,
    fonts: &Fonts,
    slots: &mut Vec<u32>,
) -> Vec<Op> {
    let structure = finished.structure;
    let mut pen = Pen {
        height: page.height,
        fonts,
        colour: None,
        ops: Vec::new(),
    };
    pen.texts(&page.ground, structure, slots);
    if !page.shapes.is_empty() {
        pen.ops.push(Op::BeginMarkedContent {
            tag: "Artifact".to_owned(),
        });
        page.shapes.iter().for_each(|shape| pen.shape(shape));
        pen.ops.push(Op::EndMarkedContent);
    }
    for placed in &page.pictures {
        match placed.slot {
            Some(slot) => pen.ops.push(content(structure, slot, slots)),
            None => pen.ops.push(Op::BeginMarkedContent {
                tag: "Artifact".to_owned(),
            }),
        }
        if let Some(picture) = finished.pictures.get(placed.picture) {
            pen.picture(placed, picture);
        }
        pen.ops.push(Op::EndMarkedContent);
    }
    pen.texts(&page.texts, structure, slots);
    pen.ops
}

/// The operation that begins content of the structure.
fn content(structure: &Structure, slot: u32, slots: &mut Vec<u32>) -> Op {
    let role = structure.elements[structure.slots[slot as usize] as usize].role;
    let map = BTreeMap::from([("MCID".to_owned(), DictItem::Int(slots.len() as i64))]);
    slots.push(slot);
    Op::BeginMarkedContentWithProperties {
        tag: mark_name(role).to_owned(),
        properties: DictItem::Dict { map },
    }
}

/// The operation that begins an artifact of the page.
fn artifact(kind: Artifact) -> Op {
    let subtype = match kind {
        Artifact::Header => Some("Header"),
        Artifact::Footer => Some("Footer"),
        Artifact::Watermark => Some("Watermark"),
        Artifact::Repeated => None,
    };
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let mut map = BTreeMap::from([("Type".to_owned(), name("Pagination"))]);
    if let Some(subtype) = subtype {
        map.insert("Subtype".to_owned(), name(subtype));
    }
    Op::BeginMarkedContentWithProperties {
        tag: "Artifact".to_owned(),
        properties: DictItem::Dict { map },
    }
}

fn mark_name(role: Role) -> &'static str {
    match role {
        Role::P => "P",
        Role::H(_) => "H",
        Role::Lbl => "Lbl",
        Role::LBody => "LBody",
        Role::TD => "TD",
        Role::TH => "TH",
        Role::Link => "Link",
        Role::Figure => "Figure",
        _ => "Span",
    }
}

struct Pen<'a> {
    height: f32,
    fonts: &'a Fonts,
    colour: Option<Colour>,
    ops: Vec<Op>,
}

impl Pen<'_> {
    /// Texts in their order; those that follow each other in one place of the structure are marked together.
    fn texts(&mut self, texts: &[Text], structure: &Structure, slots: &mut Vec<u32>) {
        let mut open = None;
        for text in texts {
            if open != Some(text.mark) {
                if open.is_some() {
                    self.ops.push(Op::EndTextSection);
                    self.ops.push(Op::EndMarkedContent);
                }
                open = Some(text.mark);
                match text.mark {
                    Mark::Artifact(kind) => self.ops.push(artifact(kind)),
                    Mark::Content(slot) => self.ops.push(content(structure, slot, slots)),
                }
                self.ops.push(Op::StartTextSection);
            }
            self.text(text);
        }
        if open.is_some() {
            self.ops.push(Op::EndTextSection);
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn shape(&mut self, shape: &Shape) {
        match *shape {
            Shape::Fill {
                x,
                y,
                width,
                height,
                colour,
            } => {
                self.fill(colour);
                let rectangle = self.rectangle(x, y, width, height, PaintMode::Fill);
                self.ops.push(Op::DrawRectangle { rectangle });
            }
            Shape::Dashed {
                x,
                y,
                width,
                height,
                colour,
            } => {
                self.ops.push(Op::SetOutlineColor { col: color(colour) });
                self.ops.push(Op::SetOutlineThickness { pt: Pt(0.7) });
                self.ops.push(Op::SetLineDashPattern {
                    dash: LineDashPattern::new(0.0, &[2.5, 2.0]),
                });
                let rectangle = self.rectangle(x, y, width, height, PaintMode::Stroke);
                self.ops.push(Op::DrawRectangle { rectangle });
            }
        }
    }

    fn fill(&mut self, colour: Colour) {
        if self.colour != Some(colour) {
            self.colour = Some(colour);
            self.ops.push(Op::SetFillColor { col: color(colour) });
        }
    }

    fn rectangle(&self, x: f32, y: f32, width: f32, height: f32, mode: PaintMode) -> Rect {
        Rect {
            x: Pt(round(x)),
            y: Pt(round(self.height - y - height)),
            width: Pt(round(width)),
            height: Pt(round(height)),
            mode: Some(mode),
            winding_order: None,
        }
    }

    /// A picture in its area.
    fn picture(&mut self, placed: &Placed, picture: &Picture) {
        let bottom = self.height - placed.y - placed.height;
        self.ops.push(Op::SaveGraphicsState);
        let matrix = match &picture.kind {
            Kind::Raster(_) => [placed.width, 0.0, 0.0, placed.height, placed.x, bottom],
            Kind::Drawing(drawing) => {
                let (x, y) = (placed.width / drawing.width, placed.height / drawing.height);
                [x, 0.0, 0.0, -y, placed.x, bottom + placed.height]
            }
        };
        self.ops.push(Op::SetTransformationMatrix {
            matrix: CurTransMat::Raw(matrix),
        });
        match &picture.kind {
            Kind::Raster(_) => {
                let name = DictItem::Name(picture_name(placed.picture).into_bytes());
                self.ops.push(Op::Unknown {
                    key: "Do".to_owned(),
                    value: vec![name],
                });
            }
            Kind::Drawing(drawing) => self.drawing(drawing),
        }
        self.ops.push(Op::RestoreGraphicsState);
        self.colour = None;
        if !placed.texts.is_empty() {
            self.ops.push(Op::StartTextSection);
            placed.texts.iter().for_each(|text| self.text(text));
            self.ops.push(Op::EndTextSection);
        }
    }

    fn drawing(&mut self, drawing: &Drawing) {
        for path in &drawing.paths {
            if let Some(colour) = path.fill {
                self.ops.push(Op::SetFillColor { col: color(colour) });
            }
            if let Some((colour, thickness)) = path.stroke {
                self.ops.push(Op::SetOutlineColor { col: color(colour) });
                self.ops.push(Op::SetOutlineThickness {
                    pt: Pt(round(thickness)),
                });
                let (dash, gap) = path.dash.unwrap_or_default();
                let lengths: &[f32] = if dash > 0.0 { &[dash, gap] } else { &[] };
                self.ops.push(Op::SetLineDashPattern {
                    dash: LineDashPattern::new(0.0, lengths),
                });
            }
            for step in &path.steps {
                let (key, points): (&str, Vec<(f32, f32)>) = match *step {
                    Step::Move(point) => ("m", vec![point]),
                    Step::Line(point) => ("l", vec![point]),
                    Step::Curve(a, b, c) => ("c", vec![a, b, c]),
                    Step::Close => ("h", Vec::new()),
                };
                let value = points
                    .into_iter()
                    .flat_map(|(x, y)| [DictItem::Real(round(x)), DictItem::Real(round(y))])
                    .collect();
                self.ops.push(Op::Unknown {
                    key: key.to_owned(),
                    value,
                });
            }
            let key = match (path.fill.is_some(), path.stroke.is_some(), path.even_odd) {
                (true, true, false) => "B",
                (true, true, true) => "B*",
                (true, false, false) => "f",
                (true, false, true) => "f*",
                (false, true, _) => "S",
                (false, false, _) => "n",
            };
            self.ops.push(Op::Unknown {
                key: key.to_owned(),
                value: Vec::new(),
            });
        }
    }

    fn text(&mut self, text: &Text) {
        let piece = &text.piece;
        let Some(font) = self.fonts.get(piece.face) else {
            return;
        };
        self.fill(piece.colour);
        let handle = PdfFontHandle::External(FontId(embed::name(piece.face)));
        self.ops.push(Op::SetFont {
            font: handle,
            size: Pt(round(piece.size)),
        });
        // The glyphs do not say the text: say it beside them (ISO 32000-1, 14.9.4).
        let actual = piece.reordered || !font.says(text);
        if actual {
            let text = DictItem::String {
                data: utf16(&piece.text),
                literal: false,
            };
            let properties = DictItem::Dict {
                map: BTreeMap::from([("ActualText".to_owned(), text)]),
            };
            self.ops.push(Op::BeginMarkedContentWithProperties {
                tag: "Span".to_owned(),
                properties,
            });
        }
        let mut x = text.x;
        let mut run = Vec::new();
        let mut codes = Vec::new();
        let mut run_x = x;
        let mut carried = 0.0;
        for glyph in &piece.glyphs {
            let moved = glyph.dx.abs() > 0.001 || glyph.dy.abs() > 0.001;
            if moved {
                self.show((&mut run, &mut codes), run_x, text.y, text.turn);
                run_x = x + glyph.dx;
                carried = 0.0;
            }
            let (code, width) = font.code(glyph.id);
            // Kerning, in thousandths of the size; what rounding leaves goes to the next glyph.
            let wanted = f32::from(width) - glyph.advance * 1000.0 / piece.size + carried;
            let offset = wanted.round();
            carried = wanted - offset;
            codes.extend(code.to_be_bytes());
            if offset != 0.0 {
                run.push(embed::codes(std::mem::take(&mut codes)));
                run.push(DictItem::Int(offset as i64));
            }
            x += glyph.advance;
            if moved {
                self.show((&mut run, &mut codes), run_x, text.y + glyph.dy, text.turn);
                run_x = x;
                carried = 0.0;
            }
        }
        self.show((&mut run, &mut codes), run_x, text.y, text.turn);
        if actual {
            self.ops.push(Op::EndMarkedContentWithProperties);
        }
    }

    fn show(
        &mut self,
        (run, codes): (&mut Vec<DictItem>, &mut Vec<u8>),
        x: f32,
        y: f32,
        turn: f32,
    ) {
        if !codes.is_empty() {
            run.push(embed::codes(std::mem::take(codes)));
        }
        if run.is_empty() {
            return;
        }
        let shown = DictItem::Array(std::mem::take(run));
        let (x, y) = (round(x), round(self.height - y));
        let matrix = if turn == 0.0 {
            TextMatrix::Raw([1.0, 0.0, 0.0, 1.0, x, y])
        } else {
            let (sin, cos) = turn.to_radians().sin_cos();
            TextMatrix::Raw([round(cos), round(sin), round(-sin), round(cos), x, y])
        };
        self.ops.push(Op::SetTextMatrix { matrix });
        self.ops.push(Op::Unknown {
            key: "TJ".to_owned(),
            value: vec![shown],
        });
    }
}

/// The name of a picture among the resources of the pages.
fn picture_name(index: usize) -> String {
    format!("Picture{index}")
}

/// A raster as an image (ISO 32000-1, 8.9.5).
fn image(raster: &Raster) -> Stream {
    let mut dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(raster.width),
        "Height" => i64::from(raster.height),
        "BitsPerComponent" => i64::from(raster.bits),
    };
    let mut components = 1;
    match &raster.colours {
        Colours::Grey => dictionary.set("ColorSpace", "DeviceGray"),
        Colours::Rgb => {
            components = 3;
            dictionary.set("ColorSpace", "DeviceRGB");
        }
        Colours::Palette(colours) => {
            let last = (colours.len() / 3).clamp(1, 256) as i64 - 1;
            let colours = embed::hexadecimal(colours.clone());
            let space = vec!["Indexed".into(), "DeviceRGB".into(), last.into(), colours];
            dictionary.set("ColorSpace", space);
        }
    }
    match raster.coding {
        Coding::Plain => {}
        Coding::Png => {
            dictionary.set("Filter", "FlateDecode");
            let parameters = dictionary! {
                "Predictor" => 15,
                "Colors" => components,
                "BitsPerComponent" => i64::from(raster.bits),
                "Columns" => i64::from(raster.width),
            };
            dictionary.set("DecodeParms", parameters);
        }
        Coding::Jpeg => dictionary.set("Filter", "DCTDecode"),
    }
    Stream::new(dictionary, raster.data.clone())
}

/// Put the rasters among the resources that all pages share.
fn add_images(document: &mut Document, pictures: &[Picture]) {
    let mut images = Dictionary::new();
    for (index, picture) in pictures.iter().enumerate() {
        if let Kind::Raster(raster) = &picture.kind {
            images.set(picture_name(index), document.add_object(image(raster)));
        }
    }
    if !images.is_empty() {
        share(document, b"XObject", images);
    }
}

/// Fill one of the dictionaries of resources that all pages share.
fn share(document: &mut Document, kind: &[u8], resources: Dictionary) {
    let shared = document.page_iter().next().and_then(|page| {
        let page = document.get_dictionary(page).ok()?;
        let own = page
            .get_deref(b"Resources", document)
            .and_then(Object::as_dict)
            .ok()?;
        own.get(kind).and_then(Object::as_reference).ok()
    });
    if let Some(shared) = shared {
        document.set_object(shared, resources);
    }
}

fn color(colour: Colour) -> Color {
    let part = |byte: u8| (f32::from(byte) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb::new(
        part(colour[0]),
        part(colour[1]),
        part(colour[2]),
        None,
    ))
}

fn utf16(text: &str) -> Vec<u8> {
    [0xfe, 0xff]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
        .collect()
}

/// What printpdf leaves out: tags, metadata, output intent, bookmarks, identifier.
fn complete(document: &mut Document, finished: &Finished<'_>, marks: &Marks) {
    document.version = "1.7".to_owned();
    let page_ids: Vec<ObjectId> = document.page_iter().collect();
    let tagged = Tagged {
        structure: finished.structure,
        links: finished.links,
        pages: finished.pages,
        page_ids: &page_ids,
        places: finished.places,
        marks,
    };
    let tree = tags::write(document, &tagged);
    add_images(document, finished.pictures);
    for (index, id) in page_ids.iter().enumerate() {
        if let Ok(page) = document.get_dictionary_mut(*id) {
            page.set("StructParents", index as i64);
            // The tab order follows the structure (ISO 14289-1, 7.18.3).
            page.set("Tabs", "S");
        }
    }
    let outlines = bookmarks(document, finished, &page_ids);
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let packet = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let packet = document.add_object(file::plain(
        packet,
        metadata::xmp(finished.head).into_bytes(),
    ));
    let pages = document
        .catalog()
        .ok()
        .and_then(|catalog| catalog.get(b"Pages").ok().cloned());
    let mut catalog = dictionary! {
        "Type" => "Catalog",
        "Lang" => metadata::text_string(metadata::language(finished.head)),
        "MarkInfo" => dictionary! { "Marked" => true },
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        "StructTreeRoot" => tree,
        "Metadata" => packet,
        "OutputIntents" => vec![intent.into()],
    };
    if let Some(pages) = pages {
        catalog.set("Pages", pages);
    }
    if let Some(outlines) = outlines {
        catalog.set("Outlines", outlines);
        catalog.set("PageMode", "UseOutlines");
    }
    replace(document, b"Root", catalog);
    replace(document, b"Info", metadata::information(finished.head));
    let id = embed::hexadecimal(finished.identifier.clone());
    document.trailer.set("ID", vec![id.clone(), id]);
}

/// Put a dictionary where the trailer refers to.
fn replace(document: &mut Document, key: &[u8], dictionary: Dictionary) {
    match document.trailer.get(key).and_then(Object::as_reference) {
        Ok(id) => document.set_object(id, dictionary),
        Err(_) => {
            let id = document.add_object(dictionary);
            document.trailer.set(key, id);
        }
    }
}

/// The outline: headings inside headings (ISO 32000-1, 12.3.3).
fn bookmarks(
    document: &mut Document,
    finished: &Finished<'_>,
    page_ids: &[ObjectId],
) -> Option<ObjectId> {
    let entries: Vec<(&Bookmark, Place)> = finished
        .bookmarks
        .iter()
        .filter_map(|bookmark| Some((bookmark, (*finished.places.get(bookmark.target as usize)?)?)))
        .collect();
    if entries.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = entries.iter().map(|_| document.new_object_id()).collect();
    // The entry that each lies in, and the children of each; the last list is that of the root.
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); entries.len() + 1];
    let mut parents = vec![entries.len(); entries.len()];
    let mut path: Vec<usize> = Vec::new();
    for (index, (bookmark, _)) in entries.iter().enumerate() {
        while path
            .last()
            .is_some_and(|last| entries[*last].0.level >= bookmark.level)
        {
            path.pop();
        }
        let parent = path.last().copied().unwrap_or(entries.len());
        parents[index] = parent;
        children[parent].push(index);
        path.push(index);
    }
    let id_of = |index: usize| {
        if index == entries.len() {
            root
        } else {
            ids[index]
        }
    };
    for (index, (bookmark, (page, y))) in entries.iter().enumerate() {
        let siblings = &children[parents[index]];
        let position = siblings
            .iter()
            .position(|sibling| *sibling == index)
            .unwrap_or(0);
        let mut entry = dictionary! {
            "Title" => metadata::text_string(&bookmark.title),
            "Parent" => id_of(parents[index]),
            "Dest" => view(page_ids[*page], finished.pages[*page].height, *y),
        };
        if let Some(previous) = position
            .checked_sub(1)
            .and_then(|position| siblings.get(position))
        {
            entry.set("Prev", id_of(*previous));
        }
        if let Some(next) = siblings.get(position + 1) {
            entry.set("Next", id_of(*next));
        }
        if let (Some(first), Some(last)) = (children[index].first(), children[index].last()) {
            entry.set("First", id_of(*first));
            entry.set("Last", id_of(*last));
            // Closed below the first two levels.
            let count = children[index].len() as i64;
            entry.set("Count", if bookmark.level < 2 { count } else { -count });
        }
        document.set_object(ids[index], entry);
    }
    let top = children.last().cloned().unwrap_or_default();
    let mut outline = dictionary! { "Type" => "Outlines", "Count" => top.len() as i64 };
    if let (Some(first), Some(last)) = (top.first(), top.last()) {
        outline.set("First", id_of(*first));
        outline.set("Last", id_of(*last));
    }
    document.set_object(root, outline);
    Some(root)
}
