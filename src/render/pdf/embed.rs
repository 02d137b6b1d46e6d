//! Fonts in the file: only the glyphs that the pages use, with their widths and the text that they stand for.
//!
//! In: pages. Out: [`Fonts`], which tell how to write a glyph, and the objects of composite fonts with embedded TrueType
//! programs (ISO 32000-1, 9.7; ISO 14289-1, 7.21). Glyphs get new numbers, in the order of the old ones.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use rayon::prelude::*;
use subsetter::GlyphRemapper;

use super::fonts::{FaceId, Set, table, unsigned};
use super::metadata;
use super::pages::{Page, Text};

/// The fonts of a document.
pub(super) struct Fonts {
    faces: BTreeMap<FaceId, Font>,
}

/// A font as this document uses it.
pub(super) struct Font {
    /// PostScript name of the whole font.
    name: String,
    metrics: Metrics,
    program: Vec<u8>,
    remapper: GlyphRemapper,
    /// The text that each glyph stands for, by its number in the whole font.
    texts: BTreeMap<u16, String>,
    /// Advances in thousandths of the size, by the new numbers.
    widths: Vec<u16>,
}

/// The name of a font among the resources of the pages.
pub(super) fn name(face: FaceId) -> String {
    format!("T{face}")
}

impl Fonts {
    /// The fonts of the pages, cut down to the glyphs that are used.
    ///
    /// # Errors
    /// Those fonts from which the glyphs cannot be taken, since they are damaged.
    pub(super) fn of(pages: &[Page], set: &Set) -> Result<Self, Vec<FaceId>> {
        let mut used: BTreeMap<FaceId, BTreeMap<u16, String>> = BTreeMap::new();
        let all = || pages.iter().flat_map(Page::words);
        let rightwards = all().filter(|text| !text.piece.leftwards);
        // From right to left a bracket looks like its counterpart: which of them it stands for, the others say.
        let leftwards = all().filter(|text| text.piece.leftwards);
        for text in rightwards.chain(leftwards) {
            let glyphs = used.entry(text.piece.face).or_default();
            let mut at = 0;
            for glyph in &text.piece.glyphs {
                let end = at + usize::from(glyph.bytes);
                glyphs.entry(glyph.id).or_insert_with(|| {
                    let words = if text.piece.reordered {
                        ""
                    } else {
                        text.piece.text.get(at..end).unwrap_or_default()
                    };
                    words.to_owned()
                });
                at = end;
            }
        }
        let cut: Vec<(FaceId, Option<Font>)> = used
            .into_iter()
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|(face, texts)| (face, Font::of(set, face, texts)))
            .collect();
        let mut faces = BTreeMap::new();
        let mut damaged = Vec::new();
        for (face, font) in cut {
            match font {
                Some(font) => drop(faces.insert(face, font)),
                None => damaged.push(face),
            }
        }
        match damaged.is_empty() {
            true => Ok(Fonts { faces }),
            false => Err(damaged),
        }
    }

    /// A font, when the pages use it.
    pub(super) fn get(&self, face: FaceId) -> Option<&Font> {
        self.faces.get(&face)
    }

    /// Write the fonts; their names and objects.
    pub(super) fn write(&self, document: &mut Document) -> Dictionary {
        let mut out = Dictionary::new();
        for (face, font) in &self.faces {
            out.set(name(*face), font.write(document));
        }
        out
    }
}

impl Font {
    fn of(set: &Set, face: FaceId, mut texts: BTreeMap<u16, String>) -> Option<Self> {
        let file = set.face(face)?;
        let whole = file.bytes();
        // Every glyph stands for some text (ISO 14289-1, 7.21.7); where it is not its own, the text is given beside it.
        texts
            .values_mut()
            .filter(|text| text.is_empty())
            .for_each(|text| *text = "\u{fffd}".to_owned());
        let mut remapper = GlyphRemapper::new();
        for glyph in texts.keys() {
            remapper.remap(*glyph);
        }
        let program = subsetter::subset(whole, 0, &remapper).ok()?;
        let advances = Advances::read(whole)?;
        let widths = remapper
            .remapped_gids()
            .map(|glyph| advances.thousandths(glyph))
            .collect();
        Some(Font {
            name: file.name.clone(),
            metrics: Metrics::read(whole),
            program,
            remapper,
            texts,
            widths,
        })
    }

    /// The code of a glyph of the whole font, and its advance in thousandths of the size.
    pub(super) fn code(&self, glyph: u16) -> (u16, u16) {
        let code = self.remapper.get(glyph).unwrap_or(0);
        (
            code,
            self.widths.get(usize::from(code)).copied().unwrap_or(0),
        )
    }

    /// Whether the glyphs of a text stand for just that text.
    pub(super) fn says(&self, text: &Text) -> bool {
        let mut at = 0;
        text.piece.glyphs.iter().all(|glyph| {
            let end = at + usize::from(glyph.bytes);
            let own = text.piece.text.get(at..end);
            at = end;
            own.is_some_and(|own| self.stands_for(glyph.id, own))
        }) && at == text.piece.text.len()
    }

    /// Whether a glyph stands for just these words.
    pub(super) fn stands_for(&self, glyph: u16, words: &str) -> bool {
        self.texts.get(&glyph).is_some_and(|own| own == words)
    }

    fn write(&self, document: &mut Document) -> ObjectId {
        let base = format!("{}+{}", self.tag(), self.name);
        let metrics = &self.metrics;
        let program = dictionary! { "Length1" => self.program.len() as i64 };
        let program = document.add_object(Stream::new(program, self.program.clone()));
        let descriptor = document.add_object(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => base.as_str(),
            "Flags" => if metrics.slant == 0 { 32 } else { 96 },
            "FontBBox" => metrics.bounds.map(Object::Integer).to_vec(),
            "ItalicAngle" => metrics.slant,
            "Ascent" => metrics.ascent,
            "Descent" => metrics.descent,
            "CapHeight" => metrics.capitals,
            "StemV" => metrics.stem,
            "FontFile2" => program,
        });
        let widths: Vec<Object> = self
            .widths
            .iter()
            .map(|width| i64::from(*width).into())
            .collect();
        let system = dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        };
        let descendant = document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType2",
            "BaseFont" => base.as_str(),
            "CIDSystemInfo" => system,
            "CIDToGIDMap" => "Identity",
            "FontDescriptor" => descriptor,
            "W" => vec![0.into(), widths.into()],
        });
        let says = document.add_object(Stream::new(
            Dictionary::new(),
            self.to_unicode().into_bytes(),
        ));
        document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => base.as_str(),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()],
            "ToUnicode" => says,
        })
    }

    /// Six letters that name the subset (ISO 32000-1, 9.6.4).
    fn tag(&self) -> String {
        let glyphs: Vec<u8> = self
            .texts
            .keys()
            .flat_map(|glyph| glyph.to_be_bytes())
            .collect();
        metadata::identifier(&[&glyphs])
            .iter()
            .take(6)
            .map(|byte| char::from(b'A' + byte % 26))
            .collect()
    }

    /// What the codes stand for (ISO 32000-1, 9.10.3).
    fn to_unicode(&self) -> String {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let mut entries: Vec<(u16, &str)> = self
            .texts
            .iter()
            .map(|(glyph, text)| (self.code(*glyph).0, text.as_str()))
            .collect();
        entries.sort_unstable();
        for block in entries.chunks(100) {
            out.push_str(&format!("{} beginbfchar\n", block.len()));
            for (code, text) in block {
                out.push_str(&format!("<{code:04X}> <"));
                text.encode_utf16()
                    .for_each(|unit| out.push_str(&format!("{unit:04X}")));
                out.push_str(">\n");
            }
            out.push_str("endbfchar\n");
        }
        out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        out
    }
}

fn signed(bytes: &[u8], at: usize) -> Option<i64> {
    Some(i64::from(i16::from_be_bytes(
        bytes.get(at..at + 2)?.try_into().ok()?,
    )))
}

/// The advances of a font's glyphs.
struct Advances<'a> {
    table: &'a [u8],
    long: u16,
    em: u32,
}

impl<'a> Advances<'a> {
    fn read(font: &'a [u8]) -> Option<Self> {
        let long = unsigned(table(font, b"hhea")?, 34)?;
        let em = u32::from(unsigned(table(font, b"head")?, 18)?).max(1);
        Some(Advances {
            table: table(font, b"hmtx")?,
            long,
            em,
        })
    }

    fn thousandths(&self, glyph: u16) -> u16 {
        let at = usize::from(glyph.min(self.long.saturating_sub(1))) * 4;
        let units = u32::from(unsigned(self.table, at).unwrap_or(0));
        ((units * 1000 + self.em / 2) / self.em) as u16
    }
}

/// What a descriptor says of a font, in thousandths of the size (ISO 32000-1, 9.8).
#[derive(Default)]
struct Metrics {
    bounds: [i64; 4],
    slant: i64,
    ascent: i64,
    descent: i64,
    capitals: i64,
    stem: i64,
}

impl Metrics {
    fn read(font: &[u8]) -> Self {
        let empty: &[u8] = &[];
        let [head, hhea, os2, post] =
            [b"head", b"hhea", b"OS/2", b"post"].map(|tag| table(font, tag).unwrap_or(empty));
        let em = signed(head, 18).filter(|em| *em > 0).unwrap_or(1000);
        let scaled = |table: &[u8], at| signed(table, at).unwrap_or(0) * 1000 / em;
        let weight = i64::from(unsigned(os2, 4).unwrap_or(400));
        Metrics {
            bounds: [36, 38, 40, 42].map(|at| scaled(head, at)),
            slant: signed(post, 4).unwrap_or(0),
            ascent: scaled(hhea, 4),
            descent: scaled(hhea, 6),
            capitals: scaled(os2, 88),
            stem: 50 + (weight / 65) * (weight / 65),
        }
    }
}

/// A string of bytes that are no text.
pub(super) fn hexadecimal(bytes: Vec<u8>) -> Object {
    Object::String(bytes, StringFormat::Hexadecimal)
}

#[cfg(test)]
mod tests {
    use super::super::fonts::{self, Face};
    use super::*;

    #[test]
    fn metrics_are_those_of_the_fonts() {
        let bytes = |face| fonts::bundled().face(face).map_or(&[][..], Face::bytes);
        let metrics = Metrics::read(bytes(0));
        assert_eq!(
            (
                metrics.ascent,
                metrics.descent,
                metrics.capitals,
                metrics.slant
            ),
            (1069, -293, 714, 0)
        );
        assert_eq!(Metrics::read(bytes(2)).slant, -12);
        let advances = Advances::read(bytes(4));
        assert!(
            advances.is_some_and(|advances| advances.em == 2048 && advances.thousandths(36) > 0)
        );
    }

    #[test]
    fn a_font_without_tables_is_survived() {
        assert!(Advances::read(b"").is_none());
        assert_eq!(Metrics::read(&[0; 40]).bounds, [0; 4]);
    }
}
