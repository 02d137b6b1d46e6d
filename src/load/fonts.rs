//! Reads the fonts that the settings name. They must lie within the book, have TrueType outlines, and allow themselves to
//! be part of a document.

use crate::diagnostic::Diagnostic;
use crate::model::settings::Settings;
use crate::model::word::Word;
use std::fs;
use std::path::{Component, Path};
use std::sync::Arc;
use subsetter::{GlyphRemapper, subset};

/// The largest font that is read, in bytes.
const MAX_FONT: u64 = 16 * 1024 * 1024;
/// More fonts than these are not read.
const MAX_FONTS: usize = 16;

/// The fonts of a book in the order of its settings. What is wrong with one goes to `faults`.
pub(super) fn fonts(
    root: &Path,
    settings: &Settings,
    faults: &mut Vec<Diagnostic>,
) -> Vec<Arc<Vec<u8>>> {
    let Some(look) = &settings.look else {
        return Vec::new();
    };
    if let Some(beyond) = look.fonts.get(MAX_FONTS) {
        let message = format!(
            "a book can have {MAX_FONTS} fonts, not {}",
            look.fonts.len()
        );
        let help = "keep those whose characters its documents use";
        faults.push(Diagnostic::error("font", beyond.span, message).help(help));
    }
    let named = look.fonts.iter().take(MAX_FONTS);
    named
        .filter_map(|name| match font(root, name) {
            Ok(bytes) => Some(Arc::new(bytes)),
            Err(fault) => {
                faults.push(*fault);
                None
            }
        })
        .collect()
}

/// The bytes of a font, or what is wrong with it.
fn font(root: &Path, name: &Word) -> Result<Vec<u8>, Box<Diagnostic>> {
    let fault = |message: String, help: &str| {
        Err(Box::new(
            Diagnostic::error("font", name.span, message).help(help),
        ))
    };
    let path = Path::new(&name.text);
    let is_within = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !is_within || name.text.is_empty() {
        return fault(
            format!("`{}` is not the name of a font in this book", name.text),
            "name a TrueType file from the book's root, such as `fonts/NotoSansArabic-Regular.ttf`",
        );
    }
    let path = root.join(path);
    if let Some(message) = super::not_in_book(root, &path) {
        return fault(
            format!("`{}` {message}", name.text),
            "copy the font into the book",
        );
    }
    if fs::metadata(&path).is_ok_and(|metadata| metadata.len() > MAX_FONT) {
        return fault(
            format!("the font has more than {} MB", MAX_FONT / 1024 / 1024),
            "name a font for fewer scripts",
        );
    }
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            return fault(
                format!("the font cannot be read: {error}"),
                "correct the name of the file, or remove it from `fonts:`",
            );
        }
    };
    if table(&bytes, b"glyf").is_none() || table(&bytes, b"cmap").is_none() {
        return fault(
            format!("`{}` is no font with TrueType outlines", name.text),
            "name a file that ends in .ttf; a font with other outlines can be had in this form from most makers",
        );
    }
    if is_damaged(&bytes) {
        return fault(
            format!("`{}` is damaged: no PDF can take glyphs from it", name.text),
            "get the file from its maker again",
        );
    }
    if is_restricted(&bytes) {
        return fault(
            format!(
                "`{}` does not allow itself to be part of a document",
                name.text
            ),
            "use a font with an open licence",
        );
    }
    Ok(bytes)
}

/// Whether a part is missing of which a PDF needs something, or its first glyph or its last cannot be taken from it. To try
/// them all would take too long for a large font; where another is damaged, a PDF is set without the font.
fn is_damaged(font: &[u8]) -> bool {
    let has_parts = [b"hhea", b"hmtx"].map(|tag| table(font, tag).is_some());
    let count = table(font, b"maxp").and_then(|table| number(table, 4));
    let mut glyphs = GlyphRemapper::new();
    glyphs.remap(count.unwrap_or_default().saturating_sub(1));
    has_parts.contains(&false) || count.is_none() || subset(font, 0, &glyphs).is_err()
}

/// Whether the licence in a font forbids embedding (ISO/IEC 14496-22, OS/2, fsType).
fn is_restricted(font: &[u8]) -> bool {
    let kind = table(font, b"OS/2").and_then(|table| number(table, 8));
    kind.is_some_and(|kind| kind & 0x000f == 0x0002)
}

/// A table of a font file.
fn table<'f>(font: &'f [u8], tag: &[u8; 4]) -> Option<&'f [u8]> {
    let is_font = font.starts_with(&[0, 1, 0, 0]) || font.starts_with(b"true");
    let count = number(font, 4).filter(|_| is_font)?;
    let mut records =
        (0..usize::from(count)).filter_map(|index| font.get(12 + 16 * index..)?.get(..16));
    let record = records.find(|record| record.starts_with(tag))?;
    let long =
        |at| Some(usize::from(number(record, at)?) << 16 | usize::from(number(record, at + 2)?));
    font.get(long(8)?..)?.get(..long(12)?)
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    static REGULAR: &[u8] = include_bytes!("../../templates/fonts/noto/NotoSans-Regular.ttf");

    #[test]
    fn a_font_that_must_not_be_embedded_is_known() {
        assert!(table(REGULAR, b"glyf").is_some() && !is_restricted(REGULAR));
        let kinds = table(REGULAR, b"OS/2").map(|table| table.as_ptr() as usize);
        let at = kinds.map_or(0, |at| at - REGULAR.as_ptr() as usize) + 8;
        let mut restricted = REGULAR.to_vec();
        restricted[at + 1] = 2;
        assert!(is_restricted(&restricted));
    }

    #[test]
    fn a_font_that_was_cut_off_or_lacks_a_needed_part_is_damaged() {
        assert!(!is_damaged(REGULAR));
        for tag in [b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp"] {
            let mut font = REGULAR.to_vec();
            let mut records = font.chunks_exact_mut(4).take(4 * 64);
            let name = records.find(|four| four == tag);
            name.unwrap().copy_from_slice(b"none");
            assert!(is_damaged(&font), "{tag:?}");
        }
        for part in [2, 4] {
            assert!(is_damaged(&REGULAR[..REGULAR.len() * (part - 1) / part]));
        }
    }

    #[test]
    fn what_is_no_font_has_no_tables() {
        for bytes in [&b""[..], b"OTTO\0\x01", b"\0\x01\0\0\xff\xff", b"wOF2"] {
            assert!(table(bytes, b"glyf").is_none());
        }
    }
}
