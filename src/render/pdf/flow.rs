//! From blocks to a column of items: lines, rows and spaces, each as high as it will be on the page.
//!
//! In: blocks and a measure. Out: a [`Flow`], in which every item says how much white it wants around it and whether it
//! may be the last on its page. Where pages end is decided later, by `pages`; nothing here knows of PDF.

use std::ops::Range;

use super::blocks::{
    Block, Figure, Frame, FrameKind, Hang, Item as ListItem, Pairs, PairsKind, Paragraph, Side,
    TargetId,
};
use super::drawing::{Anchor, Words};
use super::lines::{self, Line, Setter, Shaped, shape};
use super::style::{self, Colour, Type};
use super::table::{self, PreparedTable, Row};

/// Items from top to bottom, and the decorations behind them.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) items: Vec<Item>,
    pub(super) decorations: Vec<Decoration>,
    /// The rows that begin each table, to be repeated on its later pages.
    pub(super) heads: Vec<Range<usize>>,
}

/// What stands on its own height.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) height: f32,
    /// Least white above and below; between two items the larger counts, at the top of a page none.
    pub(super) before: f32,
    pub(super) after: f32,
    /// Never the last on a page.
    pub(super) glue: bool,
    /// What part of a page may rather stay white than that this is the last on it.
    pub(super) hold: f32,
    pub(super) targets: Vec<TargetId>,
    /// The table that the item is a row of, an index into [`Flow::heads`].
    pub(super) table: Option<usize>,
    /// To be set on a landscape page.
    pub(super) wide: bool,
    pub(super) body: Body,
}

/// What an item shows.
#[derive(Debug)]
pub(super) enum Body {
    Line(f32, Line),
    Row(Row),
    Rule {
        x: f32,
        width: f32,
        thickness: f32,
        colour: Colour,
    },
    Space,
    Figure {
        x: f32,
        width: f32,
        figure: Figure,
        words: Vec<Lettering>,
    },
}

/// Words in a figure.
#[derive(Clone, Debug)]
pub(super) struct Lettering {
    pub(super) line: Line,
    /// Where the baseline begins, from the figure's top left corner.
    pub(super) at: (f32, f32),
    /// Counterclockwise, in degrees.
    pub(super) turn: f32,
}

/// A background or an edge behind a range of items.
#[derive(Clone, Debug)]
pub(super) struct Decoration {
    pub(super) kind: FrameKind,
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) items: Range<usize>,
}

impl Item {
    fn new(height: f32, body: Body) -> Self {
        Item {
            height,
            before: 0.0,
            after: 0.0,
            glue: false,
            hold: 0.0,
            targets: Vec::new(),
            table: None,
            wide: false,
            body,
        }
    }

    /// Height when white is made so much of itself.
    fn height_with(&self, white: f32) -> f32 {
        match &self.body {
            Body::Row(row) if row.is_simple() => self.height - 2.0 * row.ends * (1.0 - white),
            _ => self.height,
        }
    }

    /// An item that is a row of a table.
    pub(super) fn row(height: f32, row: Row) -> Self {
        Item::new(height, Body::Row(row))
    }
}

impl Flow {
    /// Put another flow below this one.
    pub(super) fn append(&mut self, mut other: Flow) {
        let (items, tables) = (self.items.len(), self.heads.len());
        for item in &mut other.items {
            item.table = item.table.map(|table| table + tables);
        }
        let moved = |range: Range<usize>| range.start + items..range.end + items;
        self.items.append(&mut other.items);
        self.heads.extend(other.heads.into_iter().map(moved));
        let decorations = other.decorations.into_iter().map(|decoration| Decoration {
            items: moved(decoration.items),
            ..decoration
        });
        self.decorations.extend(decorations);
    }

    /// Height of a range of items with the white between them.
    pub(super) fn height(&self, range: Range<usize>) -> f32 {
        self.height_with(range, 1.0)
    }

    /// The same when white is made so much of itself.
    pub(super) fn height_with(&self, range: Range<usize>, white: f32) -> f32 {
        let items = &self.items[range];
        let between = items
            .windows(2)
            .map(|pair| pair[0].after.max(pair[1].before))
            .sum::<f32>();
        let own = items.iter().map(|item| item.height_with(white));
        own.sum::<f32>() + between * white
    }

    /// Make the white between items, and in rows, so much of itself.
    pub(super) fn tighten(&mut self, range: Range<usize>, white: f32) {
        for item in &mut self.items[range] {
            item.height = item.height_with(white);
            item.before *= white;
            item.after *= white;
            if let Body::Row(row) = &mut item.body
                && row.is_simple()
            {
                row.ends *= white;
            }
        }
    }

    /// A page ends inside the range only where more than a part of it would stay white.
    pub(super) fn hold(&mut self, range: Range<usize>, part: f32) {
        let end = range.end.saturating_sub(1);
        for item in self.items.get_mut(range.start..end).unwrap_or_default() {
            item.hold = item.hold.max(part);
        }
    }

    /// No page ends inside the range.
    pub(super) fn glue(&mut self, range: Range<usize>) {
        let end = range.end.saturating_sub(1);
        for item in self.items.get_mut(range.start..end).unwrap_or_default() {
            item.glue = true;
        }
    }

    fn space(&mut self, height: f32) {
        self.items.push(Item::new(height, Body::Space));
    }
}

/// A block whose text is shaped, to be measured and set.
#[derive(Debug)]
pub(super) enum Prepared {
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
pub(super) struct PreparedParagraph {
    number: Option<Shaped>,
    text: Shaped,
    side: Side,
    hang: Hang,
    before: f32,
    after: f32,
    rule_above: bool,
    even: bool,
    keep_with_next: bool,
    targets: Vec<TargetId>,
}

/// Shape the text of blocks.
pub(super) fn prepare(blocks: Vec<Block>, setter: &mut Setter<'_>) -> Vec<Prepared> {
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
pub(super) fn widths(blocks: &[Prepared]) -> (f32, f32) {
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

/// How much room blocks need, whatever the width: about `area / width` points of height, but at least `least`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Extent {
    pub(super) area: f32,
    pub(super) least: f32,
    /// How much narrower than the column its text is set, on the whole.
    pub(super) inset: f32,
}

/// At the end of a line about this much stays empty: half a word.
const RAGGED: f32 = 14.0;

impl Extent {
    /// About the height at a width: half a line of each paragraph stays empty too.
    pub(super) fn height(self, width: f32) -> f32 {
        let width = (width - self.inset - RAGGED).max(6.0);
        (self.area / width + self.least * 0.5).max(self.least)
    }

    /// The room of one above the other.
    pub(super) fn and(self, other: Extent) -> Extent {
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
pub(super) fn extent(blocks: &[Prepared]) -> Extent {
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

/// The column that blocks are set in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    pub(super) x: f32,
    pub(super) width: f32,
    /// Height of a page's text area: what is less high may be kept together.
    pub(super) page: f32,
    /// Width and height of the text area of a landscape page.
    pub(super) wide: (f32, f32),
    /// Inside a cell, where no table is set as one.
    pub(super) cell: bool,
}

impl Measure {
    /// The same column with its left and right edge moved in, but never too narrow for a word.
    pub(super) fn inset(self, left: f32, right: f32) -> Self {
        let least = if self.cell {
            style::LEAST_MEASURE_IN_CELL
        } else {
            style::LEAST_MEASURE
        };
        let right = right.min((self.width - least).max(0.0));
        let left = left.min((self.width - right - least).max(0.0));
        Measure {
            x: self.x + left,
            width: self.width - left - right,
            ..self
        }
    }
}

/// Set blocks one below the other.
pub(super) fn set(blocks: Vec<Prepared>, measure: Measure, flow: &mut Flow) {
    for block in blocks {
        set_one(block, measure, flow);
    }
}

/// Set one block.
pub(super) fn set_one(block: Prepared, measure: Measure, flow: &mut Flow) {
    match block {
        Prepared::Paragraph(paragraph) => set_paragraph(*paragraph, measure, flow),
        Prepared::List(items) => set_list(items, measure, flow),
        Prepared::Pairs(PairsKind::Line, groups) => set_line_of_pairs(groups, measure, flow),
        Prepared::Pairs(kind, groups) => set_pairs(kind, groups, measure, flow),
        Prepared::Table(table) => table::set(table, measure, flow),
        Prepared::Frame(kind, keep, blocks) => {
            let start = flow.items.len();
            set_frame(kind, blocks, measure, flow);
            if let (true, Some(last)) = (keep, flow.items[start..].last_mut()) {
                last.glue = true;
            }
        }
        Prepared::Figure(figure, lines) => set_figure(figure, lines, measure, flow),
        Prepared::Rule => {
            let body = Body::Rule {
                x: measure.x,
                width: measure.width,
                thickness: style::HAIRLINE_THICKNESS,
                colour: style::HAIRLINE,
            };
            let mut item = Item::new(style::HAIRLINE_THICKNESS, body);
            item.before = style::BLOCK_GAP;
            item.after = style::BLOCK_GAP;
            flow.items.push(item);
        }
    }
}

/// The words of a drawing in the units of the drawing.
fn lettered(words: &Words, setter: &mut Setter<'_>) -> Line {
    let base = Type {
        size: words.size,
        leading: words.size * 1.2,
        bold: words.bold,
        colour: words.colour,
    };
    lines::words(&words.text, base, setter)
}

/// A picture, made smaller until it fits the column and the page, or as wide as the column.
fn set_figure(mut figure: Figure, lines: Vec<Line>, measure: Measure, flow: &mut Flow) {
    let column = measure.width / figure.width;
    let scale = if figure.fill { column } else { column.min(1.0) };
    let scale = scale.min(measure.page * style::FIGURE_MOST / figure.height);
    let (x, width, height) = (measure.x, figure.width * scale, figure.height * scale);
    let by = (width / figure.units.0, height / figure.units.1);
    let words = std::mem::take(&mut figure.words);
    let words = words
        .iter()
        .zip(lines)
        .map(|(words, line)| lettering(words, line, by))
        .collect();
    let targets = std::mem::take(&mut figure.targets);
    let glue = figure.keep_with_next;
    let body = Body::Figure {
        x,
        width,
        figure,
        words,
    };
    let mut item = Item::new(height, body);
    item.after = if glue {
        style::FIGURE_GAP
    } else {
        style::PARAGRAPH_GAP
    };
    item.glue = glue;
    item.targets = targets;
    flow.items.push(item);
}

/// Words at their place in a figure that is so many points to a unit of its drawing.
fn lettering(words: &Words, mut line: Line, by: (f32, f32)) -> Lettering {
    line.scale(by.0);
    let back = match words.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => line.width / 2.0,
        Anchor::End => line.width,
    };
    let (sin, cos) = words.turn.to_radians().sin_cos();
    Lettering {
        line,
        at: (
            words.at.0 * by.0 - back * cos,
            words.at.1 * by.1 + back * sin,
        ),
        turn: words.turn,
    }
}

/// How far text hangs to the right of its number.
fn hang(hang: Hang, number: &Shaped) -> f32 {
    let width = number.widths().1;
    match hang {
        Hang::Number => width + 3.0,
        Hang::AtLeast(least) => least.max(width + 3.0),
    }
}

fn set_paragraph(paragraph: PreparedParagraph, measure: Measure, flow: &mut Flow) {
    let PreparedParagraph {
        number,
        mut text,
        side,
        hang: kind,
        before,
        after,
        rule_above,
        even,
        keep_with_next,
        targets,
    } = paragraph;
    let start = flow.items.len();
    let mut lines = match number {
        None => {
            let width = even_width(&mut text, measure.width, even);
            let mut lines = text.lines(width);
            for line in &mut lines {
                let left = (measure.width - line.width).max(0.0);
                match side {
                    Side::Left => {}
                    Side::Middle => shift(line, left / 2.0),
                    Side::Right => shift(line, left),
                }
            }
            lines
        }
        Some(mut number) => {
            let indent = hang(kind, &number).min(measure.width / 2.0);
            let width = even_width(&mut text, measure.width - indent, even);
            let mut lines = text.lines(width);
            for line in &mut lines {
                shift(line, indent);
            }
            let first = number.lines(measure.width);
            if let (Some(line), Some(number)) = (lines.first_mut(), first.into_iter().next()) {
                prepend(line, number, 0.0);
            }
            lines
        }
    };
    let count = lines.len();
    if count == 0 {
        return;
    }
    if rule_above {
        let body = Body::Rule {
            x: measure.x,
            width: measure.width,
            thickness: style::RULE_THICKNESS,
            colour: style::RULE,
        };
        let mut item = Item::new(style::RULE_THICKNESS, body);
        item.before = before;
        item.after = style::RULE_TO_HEADING;
        item.glue = true;
        flow.items.push(item);
    }
    for (index, line) in lines.drain(..).enumerate() {
        let mut item = Item::new(line.height, Body::Line(measure.x, line));
        // Two lines of a paragraph at least on each side of a page's end.
        item.glue =
            count <= 3 && index + 1 < count || index == 0 && count > 1 || index + 2 == count;
        item.hold = style::HOLD_LINES;
        if index + 1 == count {
            item.after = after;
            item.glue = keep_with_next;
            item.hold = 0.0;
        }
        if index == 0 && !rule_above {
            item.before = before;
        }
        flow.items.push(item);
    }
    if let Some(first) = flow.items.get_mut(start) {
        first.targets = targets;
    }
}

/// The measure that makes the lines of a heading about as long as each other, without another line.
fn even_width(text: &mut Shaped, measure: f32, even: bool) -> f32 {
    if !even || text.widths().1 <= measure {
        return measure;
    }
    let count = text.count(measure);
    if count > 4 {
        return measure;
    }
    let (mut narrow, mut wide) = (text.widths().0.max(measure / 3.0).min(measure), measure);
    for _ in 0..7 {
        let middle = (narrow + wide) / 2.0;
        if text.count(middle) > count {
            narrow = middle;
        } else {
            wide = middle;
        }
    }
    wide
}

/// Move a line's text to the right.
fn shift(line: &mut Line, by: f32) {
    line.pieces.iter_mut().for_each(|piece| piece.x += by);
    line.papers.iter_mut().for_each(|paper| paper.x += by);
    line.width += by;
}

/// Put other text before that of a line, on the same baseline.
fn prepend(line: &mut Line, mut other: Line, x: f32) {
    other.pieces.iter_mut().for_each(|piece| piece.x += x);
    other.papers.iter_mut().for_each(|paper| paper.x += x);
    other.pieces.append(&mut line.pieces);
    other.papers.append(&mut line.papers);
    line.pieces = other.pieces;
    line.papers = other.papers;
}

/// Where the text of a list begins, which is at least so far from its markers' left.
fn list_indent(items: &[(Option<Shaped>, Vec<Prepared>)], least: f32) -> f32 {
    least.max(widest_marker(items) + style::MARKER_GAP)
}

fn widest_marker(items: &[(Option<Shaped>, Vec<Prepared>)]) -> f32 {
    let markers = items.iter().filter_map(|(marker, _)| marker.as_ref());
    markers.map(|marker| marker.widths().1).fold(0.0, f32::max)
}

fn set_list(items: Vec<(Option<Shaped>, Vec<Prepared>)>, measure: Measure, flow: &mut Flow) {
    let widest = widest_marker(&items);
    let least = match measure.cell {
        true => style::LIST_INDENT_IN_CELL,
        false => style::LIST_INDENT,
    };
    let indent = list_indent(&items, least);
    let mut inner = measure.inset(indent, 0.0);
    // Where there is hardly any room, the text still does not touch its marker.
    let lacking = (widest + 2.0 - (inner.x - measure.x)).clamp(0.0, measure.width / 2.0);
    inner.x += lacking;
    inner.width -= lacking;
    let indent = inner.x - measure.x;
    let first = flow.items.len();
    for (marker, blocks) in items {
        let start = flow.items.len();
        let mut own = start;
        let mut leads = true;
        for block in blocks {
            leads &= !matches!(block, Prepared::List(_));
            set_one(block, inner, flow);
            if leads {
                own = flow.items.len();
            }
        }
        if let Some(mut marker) = marker {
            let width = marker.widths().1;
            if let Some(line) = marker.lines(measure.width).into_iter().next() {
                mark(
                    flow,
                    start,
                    line,
                    inner.x,
                    (indent - width - style::MARKER_GAP).max(0.0) - indent,
                );
            }
        }
        let end = flow.items.len();
        if let Some(item) = flow.items.last_mut() {
            item.after = item.after.max(style::ITEM_GAP);
        }
        // What stands before the first list inside an item stays on one page when it fits on one.
        let own = own.min(end);
        if flow.height(start..own) <= measure.page {
            flow.glue(start..own);
        }
    }
    if let Some(item) = flow.items.get_mut(first..).and_then(<[Item]>::last_mut) {
        item.after = item.after.max(if measure.cell {
            style::ITEM_GAP
        } else {
            style::PARAGRAPH_GAP
        });
    }
}

/// Put a marker beside the first line of what stands from `start` on.
fn mark(flow: &mut Flow, start: usize, marker: Line, text_x: f32, x: f32) {
    let line = flow.items[start..]
        .iter_mut()
        .take(2)
        .find_map(|item| match &mut item.body {
            Body::Line(at, line) => Some((*at, line)),
            _ => None,
        });
    match line {
        Some((at, line)) => prepend(line, marker, text_x + x - at),
        None => {
            let mut item = Item::new(marker.height, Body::Line(text_x + x, marker));
            item.glue = start < flow.items.len();
            flow.items.insert(start, item);
            for decoration in &mut flow.decorations {
                if decoration.items.start >= start {
                    decoration.items = decoration.items.start + 1..decoration.items.end + 1;
                }
            }
            for head in &mut flow.heads {
                if head.start >= start {
                    *head = head.start + 1..head.end + 1;
                }
            }
        }
    }
}

fn set_pairs(
    kind: PairsKind,
    groups: Vec<(Vec<Prepared>, Vec<Prepared>)>,
    measure: Measure,
    flow: &mut Flow,
) {
    let gutter = 14.0;
    let widest = groups
        .iter()
        .map(|(terms, _)| widths(terms).1)
        .fold(0.0, f32::max);
    let terms_width = widest.min(measure.width * 0.36) + gutter;
    let facts = kind == PairsKind::Facts;
    let ends = if facts { 5.5 } else { 0.0 };
    let start = flow.items.len();
    if facts {
        let body = Body::Rule {
            x: measure.x,
            width: measure.width,
            thickness: style::HAIRLINE_THICKNESS,
            colour: style::HAIRLINE,
        };
        let mut item = Item::new(style::HAIRLINE_THICKNESS, body);
        item.glue = true;
        flow.items.push(item);
    }
    for (terms, details) in groups {
        let columns = vec![
            (terms, measure.x, terms_width - gutter),
            (
                details,
                measure.x + terms_width,
                (measure.width - terms_width).max(style::LEAST_MEASURE),
            ),
        ];
        let mut row = Row::of(columns, ends, measure);
        row.line_below = facts.then_some((measure.x, measure.width));
        let mut item = Item::row(row.height(), row);
        item.after = if facts { 0.0 } else { style::ITEM_GAP };
        flow.items.push(item);
    }
    if flow.height(start..flow.items.len()) <= measure.page * style::HELD_PAIRS {
        flow.hold(start..flow.items.len(), style::HOLD_PAIRS);
    }
    let rows = start + usize::from(facts)..flow.items.len();
    leave_none_alone(flow, rows, measure.page);
    surround(flow, start, measure);
}

/// A page ends neither behind the first of several rows nor before the last, where they are not high.
fn leave_none_alone(flow: &mut Flow, rows: Range<usize>, page: f32) {
    if rows.len() < 3 {
        return;
    }
    for pair in [rows.start..rows.start + 2, rows.end - 2..rows.end] {
        if flow.height(pair.clone()) <= page * style::WHOLE_FRAME {
            flow.glue(pair);
        }
    }
}

/// White around what stands from `start` on.
fn surround(flow: &mut Flow, start: usize, measure: Measure) {
    let gap = if measure.cell {
        style::ITEM_GAP
    } else {
        style::BLOCK_GAP
    };
    if let Some(item) = flow.items.get_mut(start) {
        item.before = item.before.max(gap * 0.4);
    }
    if let Some(item) = flow.items.get_mut(start..).and_then(<[Item]>::last_mut) {
        item.after = item.after.max(gap);
    }
}

fn set_line_of_pairs(
    groups: Vec<(Vec<Prepared>, Vec<Prepared>)>,
    measure: Measure,
    flow: &mut Flow,
) {
    let start = flow.items.len();
    let (between, gap) = (5.0, 20.0);
    let mut columns: Vec<(Vec<Prepared>, f32, f32)> = Vec::new();
    let mut x = 0.0;
    for (terms, details) in groups {
        let term = widths(&terms).1 + 0.5;
        let detail = widths(&details).1 + 0.5;
        let needed = term + between + detail;
        if x > 0.0 && x + gap + needed > measure.width {
            push_row(std::mem::take(&mut columns), measure, flow);
            x = 0.0;
        }
        if x > 0.0 {
            x += gap;
        }
        let term = term.min(measure.width * 0.4);
        let detail = detail.min((measure.width - x - term - between).max(style::LEAST_MEASURE));
        columns.push((terms, measure.x + x, term));
        columns.push((details, measure.x + x + term + between, detail));
        x += term + between + detail;
    }
    push_row(columns, measure, flow);
    flow.glue(start..flow.items.len());
    if let Some(item) = flow.items.get_mut(start..).and_then(<[Item]>::last_mut) {
        item.after = item.after.max(style::PARAGRAPH_GAP);
        // In a cell, who said it and when stays with what was said.
        item.glue |= measure.cell;
    }
}

fn push_row(columns: Vec<(Vec<Prepared>, f32, f32)>, measure: Measure, flow: &mut Flow) {
    if !columns.is_empty() {
        let row = Row::of(columns, 0.0, measure);
        flow.items.push(Item::row(row.height(), row));
    }
}

/// White inside a frame.
struct Insets {
    left: f32,
    right: f32,
    ends: f32,
}

fn insets(kind: FrameKind) -> Insets {
    match kind {
        FrameKind::Context => Insets {
            left: style::CONTEXT_INSET + style::BAR,
            right: 0.0,
            ends: 1.0,
        },
        FrameKind::Action | FrameKind::Notice => Insets {
            left: style::FRAME_INSET + style::BAR,
            right: style::FRAME_INSET,
            ends: 7.0,
        },
        FrameKind::Note => Insets {
            left: style::FRAME_INSET,
            right: style::FRAME_INSET,
            ends: 7.0,
        },
        FrameKind::Kept => Insets {
            left: style::FRAME_INSET,
            right: style::FRAME_INSET,
            ends: 5.0,
        },
        FrameKind::Findings => Insets {
            left: style::HANG,
            right: 0.0,
            ends: 0.0,
        },
        FrameKind::Decision => Insets {
            left: style::CONTEXT_INSET + style::BAR,
            right: 0.0,
            ends: 1.0,
        },
        FrameKind::Entry => Insets {
            left: 0.0,
            right: 0.0,
            ends: 8.0,
        },
        FrameKind::Question => Insets {
            left: 0.0,
            right: 0.0,
            ends: 0.0,
        },
    }
}

fn set_frame(kind: FrameKind, blocks: Vec<Prepared>, measure: Measure, flow: &mut Flow) {
    let inset = insets(kind);
    let inner = measure.inset(inset.left, inset.right);
    let start = flow.items.len();
    if inset.ends > 0.0 {
        flow.space(inset.ends);
    }
    set(blocks, inner, flow);
    if kind == FrameKind::Question
        && let Some(item) = flow.items.get_mut(start..).and_then(<[Item]>::last_mut)
    {
        item.glue = true;
        item.after = item.after.min(4.0);
    }
    let last = flow.items.len();
    if inset.ends > 0.0 {
        if last <= start + 1 {
            flow.items.truncate(start);
            return;
        }
        flow.items[start].glue = true;
        flow.items[last - 1].glue = true;
        flow.items[last - 1].after = 0.0;
        flow.items[start + 1].before = 0.0;
        flow.space(inset.ends);
        let entry = kind == FrameKind::Entry;
        flow.items[start].before = if entry { 0.0 } else { style::BLOCK_GAP * 0.6 };
        flow.items[last].after = if entry { 0.0 } else { style::BLOCK_GAP };
        flow.decorations.push(Decoration {
            kind,
            x: measure.x,
            width: measure.width,
            items: start..last + 1,
        });
        keep_together(flow, start..last + 1, kind, measure.page);
    }
}

/// A page ends inside a frame only where the frame is high, and then not beside its first or its last lines.
fn keep_together(flow: &mut Flow, items: Range<usize>, kind: FrameKind, page: f32) {
    let whole = match kind {
        FrameKind::Action | FrameKind::Note | FrameKind::Notice | FrameKind::Kept => {
            style::WHOLE_FRAME
        }
        FrameKind::Decision | FrameKind::Entry => style::WHOLE_ENTRY,
        FrameKind::Context | FrameKind::Findings | FrameKind::Question => return,
    };
    let height = flow.height(items.clone()) / page;
    if height <= whole {
        flow.glue(items);
    } else {
        flow.hold(items.clone(), style::HOLD_FRAME);
        if height <= style::LEADS_ENTRY {
            for index in items.start..items.end - 1 {
                flow.items[index].glue |= flow.items[index + 1].before < style::LEAD_BEFORE;
            }
        }
        // The white at its ends, and two lines.
        flow.glue(items.start..items.start + 3);
        flow.glue(items.end.saturating_sub(3)..items.end);
    }
}
