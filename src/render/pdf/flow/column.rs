//! What a flow is: items from top to bottom, each as high as it will be on the page, and the decorations behind them.

use super::super::blocks::{Figure, FrameKind, TargetId};
use super::super::lines::Line;
use super::super::style::Colour;
use super::super::table::Row;
use std::cmp::Reverse;
use std::ops::Range;

/// Items from top to bottom, and the decorations behind them.
#[derive(Debug, Default)]
pub(in crate::render::pdf) struct Flow {
    pub(in crate::render::pdf) items: Vec<Item>,
    pub(in crate::render::pdf) decorations: Vec<Decoration>,
    /// The rows that begin each table, to be repeated on its later pages.
    pub(in crate::render::pdf) heads: Vec<Range<usize>>,
}

/// What stands on its own height.
#[derive(Debug)]
pub(in crate::render::pdf) struct Item {
    pub(in crate::render::pdf) height: f32,
    /// Least white above and below; between two items the larger counts, at the top of a page none.
    pub(in crate::render::pdf) before: f32,
    pub(in crate::render::pdf) after: f32,
    /// Never the last on a page.
    pub(in crate::render::pdf) glue: bool,
    /// What part of a page may rather stay white than that this is the last on it.
    pub(in crate::render::pdf) hold: f32,
    pub(in crate::render::pdf) targets: Vec<TargetId>,
    /// The table that the item is a row of, an index into [`Flow::heads`].
    pub(in crate::render::pdf) table: Option<usize>,
    /// To be set on a landscape page.
    pub(in crate::render::pdf) wide: bool,
    pub(in crate::render::pdf) body: Body,
}

/// What an item shows.
#[derive(Debug)]
pub(in crate::render::pdf) enum Body {
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
pub(in crate::render::pdf) struct Lettering {
    pub(in crate::render::pdf) line: Line,
    /// Where the baseline begins, from the figure's top left corner.
    pub(in crate::render::pdf) at: (f32, f32),
    /// Counterclockwise, in degrees.
    pub(in crate::render::pdf) turn: f32,
}

/// A background or an edge behind a range of items.
#[derive(Clone, Debug)]
pub(in crate::render::pdf) struct Decoration {
    pub(in crate::render::pdf) kind: FrameKind,
    pub(in crate::render::pdf) x: f32,
    pub(in crate::render::pdf) width: f32,
    pub(in crate::render::pdf) items: Range<usize>,
}

impl Decoration {
    /// What lies behind another comes before it: where two begin together, the longer one.
    pub(in crate::render::pdf) fn order(&self) -> (usize, Reverse<usize>) {
        (self.items.start, Reverse(self.items.end))
    }
}

impl Item {
    pub(super) fn new(height: f32, body: Body) -> Self {
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
    pub(in crate::render::pdf) fn row(height: f32, row: Row) -> Self {
        Item::new(height, Body::Row(row))
    }
}

impl Flow {
    /// Put another flow below this one.
    pub(in crate::render::pdf) fn append(&mut self, mut other: Flow) {
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
    pub(in crate::render::pdf) fn height(&self, range: Range<usize>) -> f32 {
        self.height_with(range, 1.0)
    }

    /// The same when white is made so much of itself.
    pub(in crate::render::pdf) fn height_with(&self, range: Range<usize>, white: f32) -> f32 {
        let items = &self.items[range];
        let between = items
            .windows(2)
            .map(|pair| pair[0].after.max(pair[1].before))
            .sum::<f32>();
        let own = items.iter().map(|item| item.height_with(white));
        own.sum::<f32>() + between * white
    }

    /// Make the white between items, and in rows, so much of itself.
    pub(in crate::render::pdf) fn tighten(&mut self, range: Range<usize>, white: f32) {
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
    pub(in crate::render::pdf) fn hold(&mut self, range: Range<usize>, part: f32) {
        let end = range.end.saturating_sub(1);
        for item in self.items.get_mut(range.start..end).unwrap_or_default() {
            item.hold = item.hold.max(part);
        }
    }

    /// No page ends inside the range.
    pub(in crate::render::pdf) fn glue(&mut self, range: Range<usize>) {
        let end = range.end.saturating_sub(1);
        for item in self.items.get_mut(range.start..end).unwrap_or_default() {
            item.glue = true;
        }
    }

    pub(super) fn space(&mut self, height: f32) {
        self.items.push(Item::new(height, Body::Space));
    }
}
