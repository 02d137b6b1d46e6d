//! Blocks whose words are shaped, before it is known how wide they will be set: how wide they want to be, and how high that
//! makes them.

use super::super::blocks::{
    Block, Figure, Frame, FrameKind, Hang, Item as ListItem, Pairs, PairsKind, Paragraph, Side,
    TargetId,
};
use super::super::lines::{Line, Setter, Shaped, shape};
use super::super::style;
use super::super::table::{self, PreparedTable};
use super::frames::insets;
use super::lists::list_indent;
use super::{hang, lettered};

/// A block whose text is shaped, to be measured and set.
#[derive(Debug)]
pub(in crate::render::pdf) enum Prepared {
    Paragraph(Box<PreparedParagraph>),
    List(Vec<(Option<Shaped>, Vec<Prepared>)>),
    Pairs(PairsKind, Vec<(Vec<Prepared>, Vec<Prepared>)>),
    Table(PreparedTable),
    /// Its kind, whether it stays with what follows, what it holds.
    Frame(FrameKind, bool, Vec<Prepared>),
    Figure(Figure, Vec<Line>),
    Rule,
}

/// A paragraph whose text is shaped.
#[derive(Debug)]
pub(in crate::render::pdf) struct PreparedParagraph {
    pub(super) number: Option<Shaped>,
    pub(super) text: Shaped,
    pub(super) side: Side,
    pub(super) hang: Hang,
    pub(super) before: f32,
    pub(super) after: f32,
    pub(super) rule_above: bool,
    pub(super) even: bool,
    pub(super) keep_with_next: bool,
    pub(super) targets: Vec<TargetId>,
}

/// Shape the text of blocks.
pub(in crate::render::pdf) fn prepare(
    blocks: Vec<Block>,
    setter: &mut Setter<'_>,
) -> Vec<Prepared> {
    blocks
        .into_iter()
        .map(|block| prepare_one(block, setter))
        .collect()
}

fn prepare_one(block: Block, setter: &mut Setter<'_>) -> Prepared {
    match block {
        Block::Paragraph(Paragraph {
            number,
            hang,
            text,
            side,
            before,
            after,
            rule_above,
            even,
            keep_with_next,
            targets,
        }) => Prepared::Paragraph(Box::new(PreparedParagraph {
            number: number.map(|number| shape(number, setter)),
            text: shape(text, setter),
            side,
            hang,
            before,
            after,
            rule_above,
            even,
            keep_with_next,
            targets,
        })),
        Block::List(items) => Prepared::List(
            items
                .into_iter()
                .map(|ListItem { marker, blocks }| {
                    (
                        marker.map(|marker| shape(marker, setter)),
                        prepare(blocks, setter),
                    )
                })
                .collect(),
        ),
        Block::Pairs(Pairs { kind, groups }) => Prepared::Pairs(
            kind,
            groups
                .into_iter()
                .map(|group| (prepare(group.terms, setter), prepare(group.details, setter)))
                .collect(),
        ),
        Block::Table(table) => Prepared::Table(table::prepare(table, setter)),
        Block::Frame(Frame {
            kind,
            blocks,
            keep_with_next,
        }) => Prepared::Frame(kind, keep_with_next, prepare(blocks, setter)),
        Block::Figure(figure) => {
            let lines = figure.words.iter().map(|words| lettered(words, setter));
            let lines = lines.collect();
            Prepared::Figure(figure, lines)
        }
        Block::Rule => Prepared::Rule,
    }
}

/// The least width of blocks without breaking a word, and the width with no line broken.
pub(in crate::render::pdf) fn widths(blocks: &[Prepared]) -> (f32, f32) {
    blocks
        .iter()
        .map(width_of)
        .fold((0.0, 0.0), |(a, b): (f32, f32), (min, max)| {
            (a.max(min), b.max(max))
        })
}

fn width_of(block: &Prepared) -> (f32, f32) {
    match block {
        Prepared::Paragraph(paragraph) => {
            let hang = paragraph
                .number
                .as_ref()
                .map_or(0.0, |number| hang(paragraph.hang, number));
            let (min, max) = paragraph.text.widths();
            (min + hang, max + hang)
        }
        Prepared::List(items) => {
            let (min, max) = items
                .iter()
                .map(|(_, blocks)| widths(blocks))
                .fold((0.0, 0.0), larger);
            let indent = list_indent(items, style::LIST_INDENT_IN_CELL);
            (min + indent, max + indent)
        }
        Prepared::Pairs(_, groups) => {
            let terms = groups
                .iter()
                .map(|(terms, _)| widths(terms))
                .fold((0.0, 0.0), larger);
            let details = groups
                .iter()
                .map(|(_, details)| widths(details))
                .fold((0.0, 0.0), larger);
            (
                terms.0 + details.0 + 2.0 * style::CELL_SIDE,
                terms.1 + details.1 + 2.0 * style::CELL_SIDE,
            )
        }
        Prepared::Table(table) => table::linear_widths(table),
        Prepared::Frame(kind, _, blocks) => {
            let inset = insets(*kind);
            let (min, max) = widths(blocks);
            (
                min + inset.left + inset.right,
                max + inset.left + inset.right,
            )
        }
        Prepared::Figure(figure, _) => (figure.width.min(30.0), figure.width),
        Prepared::Rule => (0.0, 0.0),
    }
}

/// The least width of blocks without breaking a number.
pub(in crate::render::pdf) fn figures(blocks: &[Prepared]) -> f32 {
    let paragraphs = blocks.iter().filter(
        |block| matches!(block, Prepared::Paragraph(paragraph) if paragraph.text.is_figures()),
    );
    paragraphs
        .map(|block| width_of(block).0)
        .fold(0.0, f32::max)
}

/// Make the type of blocks smaller.
pub(in crate::render::pdf) fn shrink(blocks: &mut [Prepared], by: f32) {
    for block in blocks {
        match block {
            Prepared::Paragraph(paragraph) => {
                paragraph.text.shrink(by);
                if let Some(number) = &mut paragraph.number {
                    number.shrink(by);
                }
            }
            Prepared::List(items) => {
                for (marker, blocks) in items {
                    if let Some(marker) = marker {
                        marker.shrink(by);
                    }
                    shrink(blocks, by);
                }
            }
            Prepared::Pairs(_, groups) => {
                for (terms, details) in groups {
                    shrink(terms, by);
                    shrink(details, by);
                }
            }
            Prepared::Table(table) => table.shrink(by),
            Prepared::Frame(_, _, blocks) => shrink(blocks, by),
            Prepared::Figure(..) | Prepared::Rule => {}
        }
    }
}

/// How much room blocks need, whatever the width: about `area / width` points of height, but at least `least`.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::render::pdf) struct Extent {
    pub(in crate::render::pdf) area: f32,
    pub(in crate::render::pdf) least: f32,
    /// How much narrower than the column its text is set, on the whole.
    pub(in crate::render::pdf) inset: f32,
}

/// At the end of a line about this much stays empty: half a word.
const RAGGED: f32 = 14.0;

impl Extent {
    /// About the height at a width: half a line of each paragraph stays empty too.
    pub(in crate::render::pdf) fn height(self, width: f32) -> f32 {
        let width = (width - self.inset - RAGGED).max(6.0);
        (self.area / width + self.least * 0.5).max(self.least)
    }

    /// The room of one above the other.
    pub(in crate::render::pdf) fn and(self, other: Extent) -> Extent {
        let area = self.area + other.area;
        Extent {
            area,
            least: self.least + other.least,
            inset: (self.inset * self.area + other.inset * other.area) / area.max(1.0),
        }
    }

    /// In a column that is narrower.
    fn indented(self, by: f32) -> Extent {
        Extent {
            inset: self.inset + by,
            ..self
        }
    }
}

/// How much room blocks need.
pub(in crate::render::pdf) fn extent(blocks: &[Prepared]) -> Extent {
    blocks
        .iter()
        .map(extent_of)
        .fold(Extent::default(), Extent::and)
}

fn extent_of(block: &Prepared) -> Extent {
    match block {
        Prepared::Paragraph(paragraph) => {
            let leading = paragraph.text.leading();
            Extent {
                area: width_of(block).1 * leading,
                least: leading,
                inset: 0.0,
            }
        }
        Prepared::List(items) => items
            .iter()
            .map(|(_, blocks)| extent(blocks))
            .fold(Extent::default(), Extent::and)
            .indented(list_indent(items, style::LIST_INDENT_IN_CELL)),
        Prepared::Pairs(_, groups) => groups
            .iter()
            .map(|(terms, details)| Extent {
                area: extent(terms).area + extent(details).area,
                least: extent(terms).least.max(extent(details).least),
                inset: 0.0,
            })
            .fold(Extent::default(), Extent::and)
            .indented(style::LIST_INDENT_IN_CELL),
        Prepared::Table(table) => table::linear_extent(table),
        Prepared::Frame(kind, _, blocks) => {
            let inset = insets(*kind);
            extent(blocks).indented(inset.left + inset.right)
        }
        Prepared::Figure(figure, _) => Extent {
            least: figure.height,
            ..Extent::default()
        },
        Prepared::Rule => Extent::default(),
    }
}

fn larger(a: (f32, f32), b: (f32, f32)) -> (f32, f32) {
    (a.0.max(b.0), a.1.max(b.1))
}
