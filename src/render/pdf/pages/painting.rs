//! Paints what has its place: rows and their cells, lines, figures, and the frames behind them.

use super::super::blocks::FrameKind;
use super::super::flow::{Body, Decoration, Flow, Lettering};
use super::super::lines::Line;
use super::super::structure::Slot;
use super::super::style::{self, Colour};
use super::super::table::Row;
use super::{Artifact, Mark, Placed, Press, Shape, Text};
use std::ops::Range;

impl Press {
    /// Ranges of the cells of a row, at a top and with a height.
    pub(super) fn row(
        &mut self,
        flow: &mut Flow,
        index: usize,
        ranges: &[Range<usize>],
        (top, height): (f32, f32),
        done: bool,
    ) {
        let page = self.pages.len() - 1;
        let in_head = flow.items[index]
            .table
            .is_some_and(|table| flow.heads[table].contains(&index));
        let Body::Row(row) = &mut flow.items[index].body else {
            return;
        };
        let whole = ranges
            .iter()
            .zip(&row.cells)
            .all(|(range, cell)| *range == (0..cell.flow.items.len()));
        let mut reached = Vec::new();
        for (cell, range) in row.cells.iter_mut().zip(ranges) {
            for item in &mut cell.flow.items[range.clone()] {
                reached.append(&mut item.targets);
                if let Body::Row(inner) = &mut item.body {
                    reached.extend(
                        inner
                            .cells
                            .iter_mut()
                            .flat_map(|cell| &mut cell.flow.items)
                            .flat_map(|item| std::mem::take(&mut item.targets)),
                    );
                }
            }
        }
        for target in reached {
            self.reach(target, page, top);
        }
        if in_head || !whole {
            let Body::Row(row) = &flow.items[index].body else {
                return;
            };
            self.paint_row(row, ranges, (top, height), false, done);
            return;
        }
        let Body::Row(row) = &mut flow.items[index].body else {
            return;
        };
        let mut taken = Row {
            cells: std::mem::take(&mut row.cells),
            ..*row
        };
        self.paint_row(&taken, ranges, (top, height), false, done);
        taken.cells.clear();
    }

    pub(super) fn paint_row(
        &mut self,
        row: &Row,
        ranges: &[Range<usize>],
        (top, height): (f32, f32),
        artifact: bool,
        done: bool,
    ) {
        let (left, above) = self.origin();
        if let (true, Some((x, width))) = (row.heading, row.line_below) {
            self.page().shapes.push(Shape::Fill {
                x: x + left - style::CELL_SIDE,
                y: top + above,
                width: width + 2.0 * style::CELL_SIDE,
                height,
                colour: style::CARD,
            });
        }
        for (cell, range) in row.cells.iter().zip(ranges) {
            // The words of a head stand on one line above its rule.
            let slack = if row.head { cell.slack } else { 0.0 };
            let first = top + row.ends + cell.y + slack;
            self.paint_cell(&cell.flow, range.clone(), first, artifact);
            if let Some((x, width, y)) = cell.line {
                self.hairline(x + left, top + above + y, width);
            }
        }
        if let Some((x, width)) = row.line_below
            && done
        {
            if row.head {
                let shape = Shape::Fill {
                    x: x + left,
                    y: top + above + height - style::RULE_THICKNESS,
                    width,
                    height: style::RULE_THICKNESS,
                    colour: style::RULE,
                };
                self.page().shapes.push(shape);
            } else {
                self.hairline(x + left, top + above + height, width);
            }
        }
    }

    fn hairline(&mut self, x: f32, y: f32, width: f32) {
        let height = style::HAIRLINE_THICKNESS;
        self.page().shapes.push(Shape::Fill {
            x,
            y: y - height,
            width,
            height,
            colour: style::HAIRLINE,
        });
    }

    /// Items of a cell, one below the other.
    pub(super) fn paint_cell(
        &mut self,
        flow: &Flow,
        range: Range<usize>,
        top: f32,
        artifact: bool,
    ) {
        let (left, above) = self.origin();
        let mut y = top;
        let mut placed = Vec::new();
        for index in range.clone() {
            let item = &flow.items[index];
            if index > range.start {
                y += flow.items[index - 1].after.max(item.before);
            }
            placed.push((index, y, y + item.height));
            match &item.body {
                Body::Line(x, line) => {
                    self.line(
                        Line {
                            pieces: line.pieces.clone(),
                            papers: line.papers.clone(),
                            ..*line
                        },
                        *x + left,
                        y + above,
                        artifact,
                    );
                }
                Body::Row(row) => {
                    let ranges: Vec<Range<usize>> = row
                        .cells
                        .iter()
                        .map(|cell| 0..cell.flow.items.len())
                        .collect();
                    self.paint_row(row, &ranges, (y, item.height), artifact, true);
                }
                Body::Rule {
                    x,
                    width,
                    thickness,
                    colour,
                } => {
                    let shape = Shape::Fill {
                        x: *x + left,
                        y: y + above,
                        width: *width,
                        height: *thickness,
                        colour: *colour,
                    };
                    self.page().shapes.push(shape);
                }
                Body::Figure {
                    x,
                    width,
                    figure,
                    words,
                } => {
                    let slot = if artifact { None } else { figure.slot };
                    let link = if artifact { None } else { figure.link };
                    let area = (*x + left, y + above, *width, item.height);
                    self.figure((figure.picture, slot, link), area, words.clone());
                }
                Body::Space => {}
            }
            y += item.height;
        }
        let mut decorations: Vec<&Decoration> = flow.decorations.iter().collect();
        decorations.sort_by_key(|decoration| decoration.order());
        let mut shapes = Vec::new();
        for decoration in decorations {
            self.decoration(decoration, &placed, &mut shapes);
        }
        // Behind the papers of the words that were painted just now.
        self.page().shapes.splice(0..0, shapes);
    }

    /// A picture, its place in the structure and its link, in an area.
    pub(super) fn figure(
        &mut self,
        (picture, slot, link): (usize, Option<Slot>, Option<u32>),
        (x, y, width, height): (f32, f32, f32, f32),
        words: Vec<Lettering>,
    ) {
        let mark = slot.map_or(Mark::Artifact(Artifact::Repeated), Mark::Content);
        let texts = words
            .into_iter()
            .flat_map(|words| lettered(words, (x, y), mark))
            .collect();
        let page = self.page();
        page.pictures.push(Placed {
            texts,
            picture,
            x,
            y,
            width,
            height,
            slot,
        });
        if let Some(link) = link {
            page.links.push((link, [x, y, x + width, y + height]));
        }
    }

    /// A line of text at a place on the page.
    pub(super) fn line(&mut self, line: Line, x: f32, top: f32, artifact: bool) {
        let baseline = top + line.baseline;
        let page = self.page();
        for paper in line.papers {
            page.shapes.push(Shape::Fill {
                x: x + paper.x,
                y: baseline + paper.top,
                width: paper.width,
                height: paper.height,
                colour: paper.colour,
            });
        }
        for piece in line.pieces {
            let (x, y) = (x + piece.x, baseline + piece.y);
            let lines = [
                (piece.underline, style::UNDERLINE_BELOW),
                (piece.struck, -style::STRIKE_ABOVE),
            ];
            for (_, below) in lines.iter().filter(|(drawn, _)| *drawn && piece.ink > 0.0) {
                page.shapes.push(Shape::Fill {
                    x,
                    y: y + piece.size * below,
                    width: piece.ink,
                    height: piece.size * style::LINE_OF_WORDS,
                    colour: piece.colour,
                });
            }
            if let Some(link) = piece.link
                && !artifact
            {
                let area = [
                    x,
                    y - piece.size * 0.95,
                    x + piece.width,
                    y + piece.size * 0.3,
                ];
                match page.links.last_mut() {
                    Some((last, place))
                        if *last == link
                            && place[3] == area[3]
                            && (place[2] - area[0]).abs() < 1.0 =>
                    {
                        place[2] = area[2];
                    }
                    _ => page.links.push((link, area)),
                }
            }
            let mark = if artifact {
                Mark::Artifact(Artifact::Repeated)
            } else {
                Mark::Content(piece.slot)
            };
            page.texts.push(Text {
                x,
                y,
                piece,
                mark,
                turn: 0.0,
            });
        }
    }

    /// Draw the decorations of what is on the page.
    pub(super) fn decorate(&mut self) {
        let placed = std::mem::take(&mut self.placed);
        let (Some((first, ..)), Some((last, ..))) = (placed.first(), placed.last()) else {
            return;
        };
        let (first, last) = (*first, *last);
        let begun = self
            .decorations
            .partition_point(|decoration| decoration.items.start <= last);
        let mut shapes = Vec::new();
        let decorations = std::mem::take(&mut self.decorations);
        for decoration in decorations[..begun]
            .iter()
            .filter(|decoration| decoration.items.end > first)
        {
            self.decoration(decoration, &placed, &mut shapes);
        }
        self.decorations = decorations;
        // What ended on this page is never drawn again.
        let mut index = 0;
        self.decorations.retain(|decoration| {
            index += 1;
            index > begun || decoration.items.end > last
        });
        let page = self.page();
        shapes.append(&mut page.shapes);
        page.shapes = shapes;
    }

    fn decoration(
        &self,
        decoration: &Decoration,
        placed: &[(usize, f32, f32)],
        shapes: &mut Vec<Shape>,
    ) {
        let mut inside = placed
            .iter()
            .filter(|(index, ..)| decoration.items.contains(index));
        let Some((_, top, bottom)) = inside.next().copied() else {
            return;
        };
        let bottom = inside.map(|(.., bottom)| *bottom).fold(bottom, f32::max);
        let (left, above) = self.origin();
        let (x, y, width, height) = (
            decoration.x + left,
            top + above,
            decoration.width,
            bottom - top,
        );
        let mut fill = |x: f32, y: f32, width: f32, height: f32, colour: Colour| {
            shapes.push(Shape::Fill {
                x,
                y,
                width,
                height,
                colour,
            });
        };
        let edge = style::HAIRLINE_THICKNESS;
        match decoration.kind {
            FrameKind::Context => fill(x, y, style::BAR * 0.8, height, style::CONTEXT_RULE),
            FrameKind::Action => {
                fill(x, y, width, height, style::CARD);
                fill(x, y, style::BAR, height, self.sheets.accent);
            }
            FrameKind::Notice => {
                fill(x, y, width, edge, style::INK);
                fill(x, y + height - edge, width, edge, style::INK);
                fill(x + width - edge, y, edge, height, style::INK);
                fill(x, y, style::BAR, height, style::INK);
            }
            FrameKind::Kept => {
                fill(x, y, width, height, style::KEPT);
                fill(x, y, 1.5, height, style::AMBER.ink);
                fill(x + width - 1.5, y, 1.5, height, style::AMBER.ink);
            }
            FrameKind::Note => shapes.push(Shape::Dashed {
                x,
                y,
                width,
                height,
                colour: style::QUIET,
            }),
            FrameKind::Decision => fill(x, y, style::BAR * 0.8, height, self.sheets.accent),
            FrameKind::Entry => fill(x, y, width, edge, style::HAIRLINE),
            FrameKind::Findings | FrameKind::Question => {}
        }
    }
}

/// The words of a figure whose top left corner lies at a point.
fn lettered(words: Lettering, (x, y): (f32, f32), mark: Mark) -> impl Iterator<Item = Text> {
    let Lettering { line, at, turn } = words;
    let (sin, cos) = turn.to_radians().sin_cos();
    line.pieces.into_iter().map(move |piece| Text {
        x: x + at.0 + piece.x * cos + piece.y * sin,
        y: y + at.1 - piece.x * sin + piece.y * cos,
        piece,
        mark,
        turn,
    })
}
