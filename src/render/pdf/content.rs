//! The content of a page as operators (ISO 32000-1, annex A).
//!
//! In: a page, the structure and the fonts. Out: the bytes of its content stream, and the slot of each marked-content
//! identifier in it. Every operator stands in marked content of the structure or in an artifact. Nothing is laid out here,
//! and nothing is said twice: a colour, a font or a place that still holds is not set again.

use super::drawing::{Drawing, Path};
use super::embed::{self, Font, Fonts};
use super::fonts::FaceId;
use super::operators::{Operators, hundredths};
use super::pages::{Artifact, Mark, Page, Placed, Shape, Text};
use super::picture::{Kind, Picture};
use super::structure::{Role, Structure};
use super::style::Colour;

/// The operators of a page, and the slot of each marked-content identifier.
pub(super) fn content(
    page: &Page,
    structure: &Structure,
    pictures: &[Picture],
    fonts: &Fonts,
) -> (Vec<u8>, Vec<u32>) {
    let mut pen = Pen {
        height: page.height,
        structure,
        fonts,
        fill: None,
        font: None,
        line: None,
        slots: Vec::new(),
        out: Operators(Vec::with_capacity(page.texts.len() * 96 + 1024)),
    };
    pen.texts(&page.ground);
    if !page.shapes.is_empty() {
        pen.out.put(b"/Artifact BMC\n");
        page.shapes.iter().for_each(|shape| pen.shape(shape));
        pen.out.put(b"EMC\n");
    }
    for placed in &page.pictures {
        match placed.slot {
            Some(slot) => pen.begin(slot),
            None => pen.out.put(b"/Artifact BMC\n"),
        }
        if let Some(picture) = pictures.get(placed.picture) {
            pen.picture(placed, picture);
        }
        pen.out.put(b"EMC\n");
    }
    pen.texts(&page.texts);
    (pen.out.0, pen.slots)
}

/// The name of a picture among the resources of the pages.
pub(super) fn picture_name(index: usize) -> String {
    format!("Picture{index}")
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

/// The beginning of an artifact of the page.
fn artifact(kind: Artifact) -> &'static [u8] {
    match kind {
        Artifact::Header => b"/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
        Artifact::Footer => b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
        Artifact::Watermark => b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n",
        Artifact::Repeated => b"/Artifact<</Type/Pagination>>BDC\n",
    }
}

struct Pen<'a> {
    height: f32,
    structure: &'a Structure,
    fonts: &'a Fonts,
    /// The colour of fills, where it is known.
    fill: Option<Colour>,
    /// The face and the size of text, in hundredths.
    font: Option<(FaceId, i64)>,
    /// Where the last words of the open text object began, in hundredths; none when they were turned.
    line: Option<(i64, i64)>,
    slots: Vec<u32>,
    out: Operators,
}

impl Pen<'_> {
    /// Begin content of the structure.
    fn begin(&mut self, slot: u32) {
        let element = self.structure.slots[slot as usize];
        let role = self.structure.elements[element as usize].role;
        self.out.put(b"/");
        self.out.put(mark_name(role).as_bytes());
        self.out.put(b"<</MCID ");
        self.out.integer(self.slots.len() as i64);
        self.out.put(b">>BDC\n");
        self.slots.push(slot);
    }

    /// Texts in their order; those that follow each other in one place of the structure are marked together.
    fn texts(&mut self, texts: &[Text]) {
        let mut open = None;
        for text in texts {
            if open != Some(text.mark) {
                if open.is_some() {
                    self.out.put(b"ET EMC\n");
                }
                open = Some(text.mark);
                match text.mark {
                    Mark::Artifact(kind) => self.out.put(artifact(kind)),
                    Mark::Content(slot) => self.begin(slot),
                }
                self.out.put(b"BT\n");
                self.line = Some((0, 0));
            }
            self.text(text);
        }
        if open.is_some() {
            self.out.put(b"ET EMC\n");
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
                self.rectangle(x, y, width, height);
                self.out.put(b"f\n");
            }
            Shape::Dashed {
                x,
                y,
                width,
                height,
                colour,
            } => {
                self.out.colour(colour);
                self.out.put(b"RG .7 w[2.5 2]0 d\n");
                self.rectangle(x, y, width, height);
                self.out.put(b"S\n");
            }
        }
    }

    fn fill(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.fill = Some(colour);
            self.out.colour(colour);
            self.out.put(b"rg\n");
        }
    }

    fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32) {
        for number in [x, self.height - y - height, width, height] {
            self.out.number(number);
        }
        self.out.put(b"re ");
    }

    /// A picture in its area.
    fn picture(&mut self, placed: &Placed, picture: &Picture) {
        let bottom = self.height - placed.y - placed.height;
        self.out.put(b"q ");
        match &picture.kind {
            Kind::Raster(_) | Kind::Vector(_) => {
                self.out
                    .matrix([placed.width, 0.0, 0.0, placed.height], placed.x, bottom);
                self.out.put(b"cm/");
                self.out.put(picture_name(placed.picture).as_bytes());
                self.out.put(b" Do\n");
            }
            Kind::Drawing(drawing) => {
                let (x, y) = (placed.width / drawing.width, placed.height / drawing.height);
                self.out
                    .matrix([x, 0.0, 0.0, -y], placed.x, bottom + placed.height);
                self.out.put(b"cm\n");
                self.drawing(drawing);
            }
        }
        self.out.put(b"Q\n");
        self.fill = None;
        if !placed.texts.is_empty() {
            self.out.put(b"BT\n");
            self.line = Some((0, 0));
            placed.texts.iter().for_each(|text| self.text(text));
            self.out.put(b"ET\n");
        }
    }

    fn drawing(&mut self, drawing: &Drawing) {
        for path in &drawing.paths {
            if let Some(colour) = path.fill {
                self.out.colour(colour);
                self.out.put(b"rg\n");
            }
            self.stroke(path);
            self.out.outline(&path.steps);
            self.out.put(
                match (path.fill.is_some(), path.stroke.is_some(), path.even_odd) {
                    (true, true, false) => b"B\n",
                    (true, true, true) => b"B*\n",
                    (true, false, false) => b"f\n",
                    (true, false, true) => b"f*\n",
                    (false, true, _) => b"S\n",
                    (false, false, _) => b"n\n",
                },
            );
        }
    }

    fn stroke(&mut self, path: &Path) {
        let Some((colour, thickness)) = path.stroke else {
            return;
        };
        self.out.colour(colour);
        self.out.put(b"RG ");
        self.out.number(thickness);
        self.out.put(b"w[");
        if let Some((dash, gap)) = path.dash {
            self.out.number(dash);
            self.out.number(gap);
        }
        self.out.put(b"]0 d\n");
    }

    fn text(&mut self, text: &Text) {
        let piece = &text.piece;
        let Some(font) = self.fonts.get(piece.face) else {
            return;
        };
        self.fill(piece.colour);
        let size = hundredths(piece.size);
        if self.font != Some((piece.face, size)) {
            self.font = Some((piece.face, size));
            self.out.put(b"/");
            self.out.put(embed::name(piece.face).as_bytes());
            self.out.put(b" ");
            self.out.decimal(size, 100);
            self.out.put(b"Tf\n");
        }
        if piece.leftwards {
            return self.leftwards(text, font);
        }
        let actual = piece.reordered || !font.says(text);
        if actual {
            self.say(&piece.text);
        }
        let mut x = text.x;
        let mut carried = 0.0;
        let mut open = false;
        for glyph in &piece.glyphs {
            let moved = glyph.dx.abs() > 0.001 || glyph.dy.abs() > 0.001;
            if moved || !open {
                self.close(open);
                let (dx, dy) = if moved {
                    (glyph.dx, glyph.dy)
                } else {
                    (0.0, 0.0)
                };
                self.at(x + dx, text.y + dy, text.turn);
                self.out.put(b"[(");
                carried = 0.0;
            }
            let (code, width) = font.code(glyph.id);
            self.out.code(code);
            open = !moved;
            if moved {
                self.close(true);
            } else {
                // Kerning, in thousandths of the size; what rounding leaves goes to the next glyph.
                let wanted = f32::from(width) - glyph.advance * 1000.0 / piece.size + carried;
                let offset = wanted.round();
                carried = wanted - offset;
                if offset != 0.0 {
                    self.out.put(b")");
                    self.out.integer(offset as i64);
                    self.out.put(b"(");
                }
            }
            x += glyph.advance;
        }
        self.close(open);
        if actual {
            self.out.put(b"EMC\n");
        }
    }

    /// Words from right to left: each glyph at its own place, in reading order. Where glyphs stand for other words than
    /// their own, they alone have words beside them: whole words beside a line would be turned round by readers that
    /// expect the order in which such words are seen.
    fn leftwards(&mut self, text: &Text, font: &Font) {
        let piece = &text.piece;
        let (sin, cos) = text.turn.to_radians().sin_cos();
        let (mut along, mut at) = (piece.width, 0);
        for cluster in piece.glyphs.chunk_by(|_, next| next.bytes == 0) {
            let Some(first) = cluster.first() else {
                continue;
            };
            let end = at + usize::from(first.bytes);
            let words = piece.text.get(at..end).unwrap_or_default();
            at = end;
            let actual = cluster.len() > 1 || !font.stands_for(first.id, words);
            if actual {
                self.say(words);
            }
            for glyph in cluster {
                along -= glyph.advance;
                let (x, y) = (along + glyph.dx, glyph.dy);
                self.at(
                    text.x + x * cos + y * sin,
                    text.y - x * sin + y * cos,
                    text.turn,
                );
                let begin: &[u8] = if glyph.hidden { b" 3 Tr[(" } else { b"[(" };
                self.out.put(begin);
                self.out.code(font.code(glyph.id).0);
                self.close(true);
                if glyph.hidden {
                    self.out.put(b"0 Tr\n");
                }
            }
            if actual {
                self.out.put(b"EMC\n");
            }
        }
    }

    /// The glyphs that follow do not say their text: say it beside them (ISO 32000-1, 14.9.4).
    fn say(&mut self, words: &str) {
        self.out.put(b"/Span<</ActualText<FEFF");
        for unit in words.encode_utf16() {
            self.out.hexadecimal(unit);
        }
        self.out.put(b">>>BDC\n");
    }

    fn close(&mut self, open: bool) {
        if open {
            self.out.put(b")]TJ\n");
        }
    }

    /// Words begin at a place: from where the last began, when neither is turned.
    fn at(&mut self, x: f32, y: f32, turn: f32) {
        let place = (hundredths(x), hundredths(self.height - y));
        match self.line {
            Some((left, base)) if turn == 0.0 => {
                self.out.decimal(place.0 - left, 100);
                self.out.decimal(place.1 - base, 100);
                self.out.put(b"Td");
                self.line = Some(place);
            }
            _ => {
                let (sin, cos) = turn.to_radians().sin_cos();
                self.out.matrix([cos, sin, -sin, cos], x, self.height - y);
                self.out.put(b"Tm");
                self.line = (turn == 0.0).then_some(place);
            }
        }
    }
}
