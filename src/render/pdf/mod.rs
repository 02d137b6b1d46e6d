//! From rendered HTML to a tagged PDF.
//!
//! In: the HTML of a document, and what stands around the text of each page. Out: the bytes of a file that is fit to be
//! read aloud (PDF/UA-1, ISO 14289-1) and to be archived (PDF/A-2a, ISO 19005-2). The same input gives the same bytes,
//! however many threads work on it: there is no clock here, no random number, and no font but the bundled ones and the
//! book's. No HTML makes it panic, and none of its text is lost.
//!
//! ```text
//! HTML ──tree──▶ elements ──blocks──▶ styled blocks ──flow──▶ lines and rows ──pages──▶ pages ──write──▶ objects ──file──▶ bytes
//!               (picture, drawing)  │        (lines, table)        furniture ──┘  (embed … forms)  ▲
//!                                   └──────────────── structure ─────────────tags──────────────────┘
//! ```

mod structure;

mod style;

mod tree;

mod drawing;

mod picture;

mod blocks;

mod fonts;

mod composed;

mod lines;

mod flow;

mod table;

mod breaks;

mod pages;

mod furniture;

mod metadata;

mod tags;

mod file;

mod embed;

mod operators;

mod content;

mod forms;

mod write;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

pub use fonts::Typefaces;
pub use furniture::Furniture;
pub use style::{Colour, Paper};

/// A finished file.
#[derive(Clone, Debug)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Characters that no bundled font has; each stands as its number, such as `[U+1F600]`, in the text.
    pub missing: Vec<MissingCharacter>,
    /// How many pages it has.
    pub pages: usize,
}

/// A character that could not be set.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingCharacter {
    /// The character.
    pub character: char,
    /// Some of the text around it.
    pub context: String,
}

/// Turn a rendered document into a tagged PDF.
///
/// The content of `main` is set, or that of the body when there is no `main`; title, language, author, dates and keywords
/// are read from the head. Never panics, whatever the HTML. Where a font of the book turns out to be damaged, all is set
/// without it, so that its characters are reported and none of them is lost.
pub fn pdf(html: &str, furniture: &Furniture) -> Pdf {
    made(html, furniture).unwrap_or_else(|damaged| {
        let typefaces = furniture.typefaces.without(&damaged);
        pdf(
            html,
            &Furniture {
                typefaces,
                ..furniture.clone()
            },
        )
    })
}

/// # Errors
/// Fonts of the book that are damaged.
fn made(html: &str, furniture: &Furniture) -> Result<Pdf, Vec<fonts::FaceId>> {
    let sheets = pages::Sheets::new(furniture);
    let ((head, mut content), (identifier, fonts)) = rayon::join(
        || {
            let page = tree::read(html);
            (page.head, blocks::blocks(&page.content, sheets.accent))
        },
        || {
            let fonts = furniture.typefaces.set();
            lines::prepare(fonts);
            let furniture = format!("{furniture:?}");
            (
                metadata::identifier(&[html.as_bytes(), furniture.as_bytes()]),
                fonts,
            )
        },
    );
    let mut setter = lines::Setter::new(fonts);
    setter.missing = content.controls;
    let area = sheets.area(false);
    let measure = flow::Measure {
        x: 0.0,
        width: area.0,
        page: area.1,
        wide: sheets.area(true),
        cell: false,
        turns: true,
    };
    let column = set(content.blocks, measure, &mut setter);
    let (mut pages, mut places) = pages::paginate(column, sheets, content.targets);
    furniture::furnish(&mut pages, sheets, furniture, &mut setter);
    pages::enlarge(&mut pages, &mut places, furniture);
    for (slot, bounds) in pages.iter().flat_map(pages::Page::figures) {
        content.structure.bound(slot, bounds);
    }
    let bytes = write::write(&write::Finished {
        head: &head,
        pages: &pages,
        fonts,
        places: &places,
        structure: &content.structure,
        links: &content.links,
        pictures: &content.pictures,
        bookmarks: &content.bookmarks,
        identifier,
    })?;
    let mut missing: Vec<MissingCharacter> = setter
        .missing
        .into_iter()
        .map(|(character, context)| MissingCharacter { character, context })
        .collect();
    missing.sort();
    missing.dedup();
    Ok(Pdf {
        bytes,
        missing,
        pages: pages.len(),
    })
}

/// Set blocks one below the other, some of them at the same time. Each is forgotten once it is set: what is held beside
/// the lines does not grow with the document.
fn set(
    blocks: Vec<blocks::Block>,
    measure: flow::Measure,
    setter: &mut lines::Setter<'_>,
) -> flow::Flow {
    const TOGETHER: usize = 128;
    let mut column = flow::Flow::default();
    let mut blocks = alike(blocks, measure, setter).into_iter();
    loop {
        let some: Vec<Part> = blocks.by_ref().take(TOGETHER).collect();
        if some.is_empty() {
            return column;
        }
        let all = &*setter;
        let set: Vec<(flow::Flow, Vec<lines::Missing>)> = some
            .into_par_iter()
            .map(|block| {
                let (mut flow, mut setter) = (flow::Flow::default(), all.another());
                let block = match block {
                    Part::Block(block) => flow::prepare(vec![block], &mut setter),
                    Part::Table(table) => vec![flow::Prepared::Table(table)],
                };
                flow::set(block, measure, &mut flow);
                (flow, setter.missing)
            })
            .collect();
        for (flow, more) in set {
            column.append(flow);
            setter.missing.extend(more);
        }
    }
}

/// A block to be set, or a table that is shaped already.
enum Part {
    Block(blocks::Block),
    Table(table::PreparedTable),
}

/// Shape the tables that have the same head as another, and give them the same columns.
fn alike(
    blocks: Vec<blocks::Block>,
    measure: flow::Measure,
    setter: &mut lines::Setter<'_>,
) -> Vec<Part> {
    let mut families: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        if let blocks::Block::Table(table) = block
            && let Some(likeness) = table.likeness()
        {
            families.entry(likeness).or_default().push(index);
        }
    }
    families.retain(|_, members| members.len() > 1);
    let members: BTreeSet<usize> = families.values().flatten().copied().collect();
    let mut tables: BTreeMap<usize, table::PreparedTable> = BTreeMap::new();
    let mut parts: Vec<(usize, Part)> = Vec::new();
    for (index, block) in blocks.into_iter().enumerate() {
        match block {
            blocks::Block::Table(table) if members.contains(&index) => {
                tables.insert(index, table::prepare(table, setter));
            }
            block => parts.push((index, Part::Block(block))),
        }
    }
    for members in families.into_values() {
        let mut same: Vec<&mut table::PreparedTable> = tables
            .iter_mut()
            .filter(|(index, _)| members.contains(index))
            .map(|(_, table)| table)
            .collect();
        table::fit(&mut same, measure);
        let same: Vec<&table::PreparedTable> = members
            .iter()
            .filter_map(|index| tables.get(index))
            .collect();
        let widths = table::shared_columns(&same, measure);
        for index in members {
            if let Some(table) = tables.get_mut(&index) {
                table.shared = widths.clone();
            }
        }
    }
    parts.extend(
        tables
            .into_iter()
            .map(|(index, table)| (index, Part::Table(table))),
    );
    parts.sort_by_key(|(index, _)| *index);
    parts.into_iter().map(|(_, part)| part).collect()
}

#[cfg(test)]
mod tests;
