//! From blocks to a column of items: lines, rows and spaces, each as high as it will be on the page.
//!
//! In: blocks and a measure. Out: a [`Flow`], in which every item says how much white it wants around it and whether it
//! may be the last on its page. `prepared` shapes the words and says how wide they want to be; `lists` and `frames` set what
//! has a mark or stands in a frame, this file all else; `column` is what comes out. Where pages end is decided later, by
//! `pages`; nothing here knows of PDF.

mod column;
mod frames;
mod lists;
mod prepared;

pub(super) use column::{Body, Decoration, Flow, Item, Lettering};
pub(super) use prepared::{Extent, Prepared, extent, figures, prepare, shrink, widths};

use super::blocks::{Figure, Hang, PairsKind, Side};
use super::drawing::{Anchor, Words};
use super::lines::{self, Line, Setter, Shaped};
use super::style::{self, Type};
use super::table;
use frames::set_frame;
use lists::{set_line_of_pairs, set_list, set_pairs};
use prepared::PreparedParagraph;

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
    /// A table that needs it may lie on a page of its own on its side: nothing is drawn around it.
    pub(super) turns: bool,
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
