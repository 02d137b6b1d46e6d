//! The bundled fonts, parsed once a process.
//!
//! Noto Sans carries the text; DejaVu Sans what it lacks: arrows, ticks and other symbols, Hebrew, Arabic. No font of the
//! machine is ever used, so that the same input gives the same bytes everywhere.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{FontContext, FontFamily, FontFamilyName};

/// A bundled font.
pub(super) struct Face {
    /// PostScript name.
    pub(super) name: &'static str,
    family: &'static str,
    pub(super) bytes: &'static [u8],
}

const TEXT: &str = "text";
const SYMBOLS: &str = "symbols";

macro_rules! face {
    ($name:literal, $family:expr, $path:literal) => {
        Face {
            name: $name,
            family: $family,
            bytes: include_bytes!(concat!("../../../templates/fonts/", $path)),
        }
    };
}

/// Every bundled font; a [`FaceId`] is an index into it.
pub(super) static FACES: [Face; 6] = [
    face!("NotoSans-Regular", TEXT, "noto/NotoSans-Regular.ttf"),
    face!("NotoSans-Bold", TEXT, "noto/NotoSans-Bold.ttf"),
    face!("NotoSans-Italic", TEXT, "noto/NotoSans-Italic.ttf"),
    face!("NotoSans-BoldItalic", TEXT, "noto/NotoSans-BoldItalic.ttf"),
    face!("DejaVuSans", SYMBOLS, "dejavu/DejaVuSans.ttf"),
    face!("DejaVuSans-Bold", SYMBOLS, "dejavu/DejaVuSans-Bold.ttf"),
];

/// Index of a bundled font.
pub(super) type FaceId = u8;

/// The bundled font whose bytes these are.
pub(super) fn face_of(bytes: &[u8]) -> Option<FaceId> {
    FACES
        .iter()
        .position(|face| std::ptr::eq(face.bytes.as_ptr(), bytes.as_ptr()))
        .map(|index| index as FaceId)
}

/// The families in the order in which a character is looked for.
pub(super) fn families() -> FontFamily<'static> {
    static FAMILIES: [FontFamilyName<'static>; 2] =
        [FontFamilyName::named(TEXT), FontFamilyName::named(SYMBOLS)];
    FontFamily::List(Cow::Borrowed(&FAMILIES))
}

static PARSED: LazyLock<FontContext> = LazyLock::new(|| {
    let mut collection = Collection::new(CollectionOptions {
        shared: false,
        system_fonts: false,
    });
    for face in &FACES {
        let named = FontInfoOverride {
            family_name: Some(face.family),
            ..FontInfoOverride::default()
        };
        collection.register_fonts(Blob::new(Arc::new(face.bytes)), Some(named));
    }
    FontContext {
        collection,
        source_cache: SourceCache::default(),
    }
});

/// A font context for one thread; the fonts themselves are shared.
pub(super) fn context() -> FontContext {
    PARSED.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_is_known_by_its_bytes() {
        for (index, face) in FACES.iter().enumerate() {
            assert_eq!(face_of(face.bytes), Some(index as FaceId));
        }
        assert_eq!(face_of(b"other"), None);
    }
}
