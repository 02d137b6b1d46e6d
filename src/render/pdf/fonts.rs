//! The fonts of a document: the bundled ones, parsed once a process, and after them those that a book brings.
//!
//! Noto Sans carries the text; DejaVu Sans what it lacks: arrows, ticks and other symbols, Hebrew, Arabic. What neither
//! has is looked for in the fonts of the book, in their order. No font of the machine is ever used, so that the same input
//! gives the same bytes everywhere.

use std::borrow::Cow;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, OnceLock};

use parley::fontique::{
    Blob, CharmapIndex, Collection, CollectionOptions, FontInfo, FontInfoOverride, SourceCache,
};
use parley::{FontContext, FontFamily, FontFamilyName};

/// The fonts that a document is set in; by default the bundled ones alone.
#[derive(Clone, Default)]
pub struct Typefaces {
    own: Vec<Arc<Vec<u8>>>,
    set: Arc<OnceLock<Arc<Set>>>,
}

impl Typefaces {
    /// The bundled fonts, and after them others: each the bytes of a font file with TrueType outlines.
    pub fn new(own: &[Arc<Vec<u8>>]) -> Self {
        Typefaces {
            own: own.to_vec(),
            set: Arc::default(),
        }
    }

    /// The same without some of those that a book brings.
    pub(super) fn without(&self, faces: &[FaceId]) -> Self {
        let is_kept = |index: usize| !faces.iter().any(|face| usize::from(*face) == index);
        let own = self.own.iter().enumerate();
        let kept = own.filter(|(index, _)| is_kept(FILES.len() + index));
        let kept: Vec<Arc<Vec<u8>>> = kept.map(|(_, font)| font.clone()).collect();
        Typefaces::new(&kept)
    }

    /// The fonts, parsed when they are first asked for.
    pub(super) fn set(&self) -> &Arc<Set> {
        match self.own.as_slice() {
            [] => &BUNDLED,
            own => self.set.get_or_init(|| Arc::new(Set::new(own))),
        }
    }
}

impl fmt::Debug for Typefaces {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes = self.own.iter().map(|font| font.len());
        out.debug_list().entries(sizes).finish()
    }
}

/// A font.
pub(super) struct Face {
    /// PostScript name.
    pub(super) name: String,
    data: Blob<u8>,
    /// Which characters it has.
    characters: Option<CharmapIndex>,
}

impl Face {
    /// The font file.
    pub(super) fn bytes(&self) -> &[u8] {
        self.data.data()
    }

    /// The glyph that a character has by itself.
    pub(super) fn glyph(&self, character: char) -> Option<u16> {
        let characters = self.characters?.charmap(self.bytes())?;
        let glyph = characters.map(character)?;
        u16::try_from(glyph).ok().filter(|glyph| *glyph != 0)
    }
}

/// Index of a font in its set.
pub(super) type FaceId = u8;

/// Fonts that are parsed.
pub(super) struct Set {
    /// Tells sets apart while the process lives.
    pub(super) number: u32,
    faces: Vec<Face>,
    /// In the order in which a character is looked for.
    families: Vec<FontFamilyName<'static>>,
    context: FontContext,
}

const TEXT: &str = "text";
const SYMBOLS: &str = "symbols";

/// More fonts than these are not used.
const MOST: usize = 200;

macro_rules! face {
    ($name:literal, $family:expr, $path:literal) => {
        (
            $name,
            $family,
            include_bytes!(concat!("../../../templates/fonts/", $path)),
        )
    };
}

/// Every bundled font: its name, its family here, its file.
static FILES: [(&str, &str, &[u8]); 6] = [
    face!("NotoSans-Regular", TEXT, "noto/NotoSans-Regular.ttf"),
    face!("NotoSans-Bold", TEXT, "noto/NotoSans-Bold.ttf"),
    face!("NotoSans-Italic", TEXT, "noto/NotoSans-Italic.ttf"),
    face!("NotoSans-BoldItalic", TEXT, "noto/NotoSans-BoldItalic.ttf"),
    face!("DejaVuSans", SYMBOLS, "dejavu/DejaVuSans.ttf"),
    face!("DejaVuSans-Bold", SYMBOLS, "dejavu/DejaVuSans-Bold.ttf"),
];

static BUNDLED: LazyLock<Arc<Set>> = LazyLock::new(|| Arc::new(Set::new(&[])));

/// The bundled fonts alone.
pub(super) fn bundled() -> &'static Arc<Set> {
    &BUNDLED
}

impl Set {
    fn new(own: &[Arc<Vec<u8>>]) -> Self {
        static NUMBERS: AtomicU32 = AtomicU32::new(0);
        let mut set = Set {
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
            faces: Vec::new(),
            families: Vec::new(),
            context: FontContext {
                collection: Collection::new(CollectionOptions {
                    shared: false,
                    system_fonts: false,
                }),
                source_cache: SourceCache::default(),
            },
        };
        for (name, family, bytes) in FILES {
            set.add(name.to_owned(), Some(family), Blob::new(Arc::new(bytes)));
        }
        for (index, bytes) in own.iter().take(MOST).enumerate() {
            let name = postscript_name(bytes).unwrap_or_else(|| format!("Fallback{index}"));
            set.add(name, None, Blob::new(bytes.clone()));
        }
        set
    }

    /// Add a font to a family, or to that which it names itself.
    fn add(&mut self, name: String, family: Option<&'static str>, data: Blob<u8>) {
        let named = family.map(|family| FontInfoOverride {
            family_name: Some(family),
            ..FontInfoOverride::default()
        });
        let collection = &mut self.context.collection;
        let mut characters = None;
        for (id, fonts) in collection.register_fonts(data.clone(), named) {
            characters = characters.or(fonts.first().map(FontInfo::charmap_index));
            let family = collection.family_name(id).unwrap_or_default().to_owned();
            let family = FontFamilyName::Named(Cow::Owned(family));
            if !self.families.contains(&family) {
                self.families.push(family);
            }
        }
        self.faces.push(Face {
            name,
            data,
            characters,
        });
    }

    /// A font of the set.
    pub(super) fn face(&self, face: FaceId) -> Option<&Face> {
        self.faces.get(usize::from(face))
    }

    /// The font whose bytes these are.
    pub(super) fn face_of(&self, bytes: &[u8]) -> Option<FaceId> {
        let same = |face: &Face| std::ptr::eq(face.bytes().as_ptr(), bytes.as_ptr());
        self.faces
            .iter()
            .position(same)
            .map(|index| index as FaceId)
    }

    /// The families in the order in which a character is looked for.
    pub(super) fn families(&self) -> FontFamily<'_> {
        FontFamily::List(Cow::Borrowed(&self.families))
    }

    /// The same with the font of the text as the last.
    pub(super) fn families_of_symbols(&self) -> FontFamily<'_> {
        let mut families = self.families.clone();
        families.rotate_left(1);
        FontFamily::List(Cow::Owned(families))
    }

    /// Whether another font than that of the text must set some characters: it has all of them, and that of the text has
    /// not.
    pub(super) fn is_for_symbols(&self, characters: &str) -> bool {
        let has_all = |face: &Face| {
            characters
                .chars()
                .all(|character| face.glyph(character).is_some())
        };
        let mut faces = self.faces.iter();
        !faces.next().is_some_and(has_all) && faces.any(has_all)
    }

    /// A font context for one thread; the fonts themselves are shared.
    pub(super) fn context(&self) -> FontContext {
        self.context.clone()
    }
}

/// A table of a font file.
pub(super) fn table<'a>(font: &'a [u8], tag: &[u8; 4]) -> Option<&'a [u8]> {
    let count = usize::from(unsigned(font, 4)?);
    let record = (0..count)
        .map(|index| 12 + index * 16)
        .find(|at| font.get(*at..at + 4) == Some(tag))?;
    let number =
        |at: usize| Some(u32::from_be_bytes(font.get(at..at + 4)?.try_into().ok()?) as usize);
    font.get(number(record + 8)?..)?.get(..number(record + 12)?)
}

/// Two bytes of a table as a number.
pub(super) fn unsigned(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

/// The name by which a font is called in a file: letters, digits and hyphens.
fn postscript_name(font: &[u8]) -> Option<String> {
    let names = table(font, b"name")?;
    let storage = usize::from(unsigned(names, 4)?);
    let count = usize::from(unsigned(names, 2)?);
    let name = (0..count).map(|index| 6 + 12 * index).find_map(|record| {
        // The sixth name is the PostScript name.
        (unsigned(names, record + 6)? == 6).then_some(())?;
        let start = storage + usize::from(unsigned(names, record + 10)?);
        let bytes = names.get(start..start + usize::from(unsigned(names, record + 8)?))?;
        let kept = bytes.iter().map(|byte| char::from(*byte));
        let kept = kept.filter(|c| c.is_ascii_alphanumeric() || *c == '-');
        Some(kept.take(60).collect::<String>())
    })?;
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_is_known_by_its_bytes() {
        for (index, face) in bundled().faces.iter().enumerate() {
            assert_eq!(bundled().face_of(face.bytes()), Some(index as FaceId));
            let name = postscript_name(face.bytes());
            assert_eq!(name.as_deref(), Some(face.name.as_str()));
        }
        assert_eq!(bundled().face_of(b"other"), None);
    }

    #[test]
    fn fonts_of_a_book_come_after_the_bundled_ones() {
        let own = Arc::new(FILES[4].2.to_vec());
        let set = Typefaces::new(std::slice::from_ref(&own)).set().clone();
        assert_eq!(set.families.len(), 3);
        assert_eq!(set.face_of(&own), Some(6));
        assert_eq!(
            set.face(6).map(|face| face.name.as_str()),
            Some("DejaVuSans")
        );
    }

    #[test]
    fn what_is_no_font_is_survived() {
        let set = Typefaces::new(&[Arc::new(b"no font".to_vec())])
            .set()
            .clone();
        assert_eq!(set.families.len(), 2);
        assert_eq!(
            set.face(6).map(|face| face.name.as_str()),
            Some("Fallback0")
        );
    }
}
