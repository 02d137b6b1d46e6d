//! What a page is: its size, and the shapes, pictures and texts that lie on it.
//!
//! Coordinates are points from the top left corner of the page. Which sheets there are, and how large, comes from the
//! furniture.

use super::super::furniture::Furniture;
use super::super::lines::Piece;
use super::super::structure::Slot;
use super::super::style::{self, Colour};

/// One page.
#[derive(Debug)]
pub(in crate::render::pdf) struct Page {
    pub(in crate::render::pdf) width: f32,
    pub(in crate::render::pdf) height: f32,
    /// Painted before everything else; never content.
    pub(in crate::render::pdf) ground: Vec<Text>,
    /// Painted next, in order; never content.
    pub(in crate::render::pdf) shapes: Vec<Shape>,
    pub(in crate::render::pdf) pictures: Vec<Placed>,
    pub(in crate::render::pdf) texts: Vec<Text>,
    /// The link and the place of words that belong to one: left, top, right, bottom.
    pub(in crate::render::pdf) links: Vec<(u32, [f32; 4])>,
}

impl Page {
    /// Every text of the page.
    pub(in crate::render::pdf) fn words(&self) -> impl Iterator<Item = &Text> {
        let in_pictures = self.pictures.iter().flat_map(|placed| &placed.texts);
        self.ground.iter().chain(&self.texts).chain(in_pictures)
    }

    /// The figures of the page: place in the structure; left, bottom, right, top, from the bottom left corner.
    pub(in crate::render::pdf) fn figures(&self) -> impl Iterator<Item = (Slot, [f32; 4])> {
        self.pictures.iter().filter_map(|placed| {
            let (bottom, top) = (
                self.height - placed.y - placed.height,
                self.height - placed.y,
            );
            Some((
                placed.slot?,
                [placed.x, bottom, placed.x + placed.width, top],
            ))
        })
    }
}

/// A picture at its place.
#[derive(Debug)]
pub(in crate::render::pdf) struct Placed {
    pub(in crate::render::pdf) picture: usize,
    pub(in crate::render::pdf) x: f32,
    pub(in crate::render::pdf) y: f32,
    pub(in crate::render::pdf) width: f32,
    pub(in crate::render::pdf) height: f32,
    /// None when it is no content.
    pub(in crate::render::pdf) slot: Option<Slot>,
    /// Painted on the picture, and marked with it.
    pub(in crate::render::pdf) texts: Vec<Text>,
}

/// A filled or dashed shape.
#[derive(Debug)]
pub(in crate::render::pdf) enum Shape {
    Fill {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        colour: Colour,
    },
    Dashed {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        colour: Colour,
    },
}

/// Glyphs at a place.
#[derive(Clone, Debug)]
pub(in crate::render::pdf) struct Text {
    pub(in crate::render::pdf) x: f32,
    /// Of the baseline.
    pub(in crate::render::pdf) y: f32,
    pub(in crate::render::pdf) piece: Piece,
    pub(in crate::render::pdf) mark: Mark,
    /// Counterclockwise, in degrees.
    pub(in crate::render::pdf) turn: f32,
}

/// Whether text is part of the document or of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render::pdf) enum Mark {
    Content(Slot),
    Artifact(Artifact),
}

/// What an artifact is (ISO 32000-1, 14.8.2.2.2; ISO 14289-1, 7.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render::pdf) enum Artifact {
    Header,
    Footer,
    Watermark,
    /// The head of a table, repeated.
    Repeated,
}

/// The sheets that the document is set on. Text is set at one size, on sheets that are as much smaller as the book wants
/// it larger; [`enlarge`] makes them whole.
#[derive(Clone, Copy, Debug)]
pub(in crate::render::pdf) struct Sheets {
    /// Width and height, upright.
    size: (f32, f32),
    /// White at the left and the right of the text of an upright sheet.
    margin: f32,
    /// The bar beside an action.
    pub(in crate::render::pdf) accent: Colour,
}

impl Sheets {
    /// The sheets that a book asks for.
    pub(in crate::render::pdf) fn new(furniture: &Furniture) -> Self {
        let by = enlargement(furniture);
        let (width, height) = furniture.paper.size();
        let size = (width / by, height / by);
        let measure = furniture.line_length.map_or(f32::MAX, |characters| {
            f32::from(characters.clamp(45, 90)) * style::CHARACTER
        });
        Sheets {
            size,
            margin: ((size.0 - measure) / 2.0).max(style::MARGIN_SIDE),
            accent: furniture.accent.unwrap_or(style::BLUE.ink),
        }
    }

    /// Width and height of the text area.
    pub(in crate::render::pdf) fn area(self, wide: bool) -> (f32, f32) {
        let (width, height) = self.sheet(wide);
        (
            width - 2.0 * self.side(wide),
            height - style::MARGIN_TOP - style::MARGIN_BOTTOM,
        )
    }

    pub(super) fn sheet(self, wide: bool) -> (f32, f32) {
        if wide {
            (self.size.1, self.size.0)
        } else {
            self.size
        }
    }

    /// White at the left and the right of the text.
    pub(in crate::render::pdf) fn side(self, wide: bool) -> f32 {
        if wide {
            style::MARGIN_SIDE_WIDE
        } else {
            self.margin
        }
    }
}

/// How much larger than usual a book wants its text.
fn enlargement(furniture: &Furniture) -> f32 {
    let size = furniture.text_size.unwrap_or(style::BODY.size);
    size.clamp(12.0, 18.0) / style::BODY.size
}

/// Make pages and the places on them as large as the book wants them.
pub(in crate::render::pdf) fn enlarge(
    pages: &mut [Page],
    places: &mut [Option<Place>],
    furniture: &Furniture,
) {
    let by = enlargement(furniture);
    if by == 1.0 {
        return;
    }
    for (_, y) in places.iter_mut().flatten() {
        *y *= by;
    }
    for page in pages {
        let (width, height) = furniture.paper.size();
        let upright = page.width < page.height;
        (page.width, page.height) = if upright {
            (width, height)
        } else {
            (height, width)
        };
        page.shapes.iter_mut().for_each(|shape| shape.scale(by));
        for placed in &mut page.pictures {
            for length in [
                &mut placed.x,
                &mut placed.y,
                &mut placed.width,
                &mut placed.height,
            ] {
                *length *= by;
            }
        }
        let in_pictures = page
            .pictures
            .iter_mut()
            .flat_map(|placed| &mut placed.texts);
        for text in page
            .ground
            .iter_mut()
            .chain(&mut page.texts)
            .chain(in_pictures)
        {
            text.x *= by;
            text.y *= by;
            text.piece.scale(by);
        }
        let areas = page.links.iter_mut().flat_map(|(_, area)| area);
        areas.for_each(|length| *length *= by);
    }
}

impl Shape {
    fn scale(&mut self, by: f32) {
        let (Shape::Fill {
            x,
            y,
            width,
            height,
            ..
        }
        | Shape::Dashed {
            x,
            y,
            width,
            height,
            ..
        }) = self;
        for length in [x, y, width, height] {
            *length *= by;
        }
    }
}

/// Where a target came to lie: page, from the top.
pub(in crate::render::pdf) type Place = (usize, f32);
