//! Drawings: the shapes of a simple `svg` element as filled and stroked paths, and the words that label them.
//!
//! In: the element. Out: a [`Drawing`] with its paths and words in one coordinate system, y downwards. Shapes, groups,
//! transforms, plain colours and words in one type are understood; gradients, clips and style sheets are not: a drawing
//! that uses them is refused, so that its alternative text is set instead of half a picture. Words are painted above all
//! paths; what is half transparent is mixed with white paper.

mod outline;
mod paint;

use super::style::Colour;
use super::tree::{Element, Node, squeeze};
use outline::{Point, ellipse, number, numbers, path, polygon, rectangle};
use paint::{Paint, apply, moved, value};

pub(super) use outline::Step;
pub(super) use paint::Anchor;

/// Paths and words on a sheet.
#[derive(Debug)]
pub(super) struct Drawing {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) paths: Vec<Path>,
    pub(super) words: Vec<Words>,
}

/// An outline with its paint.
#[derive(Debug)]
pub(super) struct Path {
    pub(super) steps: Vec<Step>,
    pub(super) fill: Option<Colour>,
    /// Colour and thickness.
    pub(super) stroke: Option<(Colour, f32)>,
    /// Lengths of a dash and of the gap after it.
    pub(super) dash: Option<(f32, f32)>,
    pub(super) even_odd: bool,
}

/// Words at a place.
#[derive(Clone, Debug)]
pub(super) struct Words {
    pub(super) text: String,
    /// Where their anchor stands on the baseline.
    pub(super) at: Point,
    pub(super) anchor: Anchor,
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) colour: Colour,
    /// Counterclockwise, in degrees.
    pub(super) turn: f32,
}

/// Read an `svg` element of a document whose own colour is given.
pub(super) fn read(element: &Element, accent: Colour) -> Option<Drawing> {
    let length = |name| number(element.attribute(name)?);
    let view: Option<Vec<f32>> = element
        .attribute("viewbox")
        .or(element.attribute("viewBox"))
        .map(numbers);
    let (x, y, width, height) = match view.as_deref() {
        Some([x, y, width, height]) => (*x, *y, *width, *height),
        _ => (0.0, 0.0, length("width")?, length("height")?),
    };
    if !(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite()) {
        return None;
    }
    let mut drawing = Drawing {
        width,
        height,
        paths: Vec::new(),
        words: Vec::new(),
    };
    let paint = Paint::at(x, y, accent).inside(element)?;
    drawing.shapes(element, paint)?;
    (!drawing.paths.is_empty() || !drawing.words.is_empty()).then_some(drawing)
}

impl Drawing {
    fn shapes(&mut self, element: &Element, paint: Paint) -> Option<()> {
        for node in &element.children {
            let Node::Element(child) = node else { continue };
            let unseen = matches!(child.name.as_str(), "title" | "desc" | "metadata");
            if unseen || value(child, "display") == Some("none") {
                continue;
            }
            let paint = paint.inside(child)?;
            match child.name.as_str() {
                "g" | "a" => self.shapes(child, paint)?,
                "text" => self.text(child, paint)?,
                _ => self.shape(child, paint)?,
            }
        }
        Some(())
    }

    fn shape(&mut self, element: &Element, paint: Paint) -> Option<()> {
        let length = |name| element.attribute(name).and_then(number).unwrap_or(0.0);
        let points = || element.attribute("points").unwrap_or_default();
        let steps = match element.name.as_str() {
            "path" => path(element.attribute("d").unwrap_or_default())?,
            "rect" => {
                let (w, h) = (length("width"), length("height"));
                rectangle(length("x"), length("y"), w, h, length("rx"))
            }
            "circle" => ellipse(length("cx"), length("cy"), length("r"), length("r")),
            "ellipse" => ellipse(length("cx"), length("cy"), length("rx"), length("ry")),
            "line" => vec![
                Step::Move((length("x1"), length("y1"))),
                Step::Line((length("x2"), length("y2"))),
            ],
            "polygon" => polygon(points(), true),
            "polyline" => polygon(points(), false),
            _ => return None,
        };
        let scale = paint.scale();
        self.paths.push(Path {
            steps: steps
                .into_iter()
                .map(|step| moved(step, paint.matrix))
                .collect(),
            fill: paint.filled(),
            stroke: paint.stroked(),
            dash: paint.dash.map(|(dash, gap)| (dash * scale, gap * scale)),
            even_odd: paint.even_odd,
        });
        Some(())
    }

    /// A `text` element: its own words, and those of each `tspan` that has a place of its own.
    fn text(&mut self, element: &Element, paint: Paint) -> Option<()> {
        let mut at = place(element, (0.0, 0.0), paint.size);
        let mut own = String::new();
        let mut parts = Vec::new();
        for node in &element.children {
            match node {
                Node::Text(text) => own.push_str(text),
                Node::Element(part) if part.name == "tspan" => {
                    let moves = ["x", "y", "dx", "dy"].map(|name| part.attribute(name).is_some());
                    if !moves.contains(&true) {
                        own.push_str(&part.text());
                        continue;
                    }
                    let paint = paint.inside(part)?;
                    at = place(part, at, paint.size);
                    parts.push((part.text(), at, paint));
                }
                Node::Element(part) if matches!(part.name.as_str(), "title" | "desc") => {}
                Node::Element(_) => return None,
            }
        }
        let start = place(element, (0.0, 0.0), paint.size);
        for (text, at, paint) in std::iter::once((own, start, paint)).chain(parts) {
            self.words(&text, at, paint);
        }
        Some(())
    }

    fn words(&mut self, text: &str, at: Point, paint: Paint) {
        let text = squeeze(text);
        let (Some(colour), false) = (paint.filled(), text.is_empty()) else {
            return;
        };
        self.words.push(Words {
            text,
            at: apply(at, paint.matrix),
            anchor: paint.anchor,
            size: paint.size * paint.scale(),
            bold: paint.bold,
            colour,
            turn: -paint.matrix[1].atan2(paint.matrix[0]).to_degrees(),
        });
    }
}

/// Where the baseline of a text begins, after the words before it.
fn place(element: &Element, before: Point, size: f32) -> Point {
    let length = |name| {
        let text = element.attribute(name)?.trim();
        match text.strip_suffix("em") {
            Some(ems) => number(ems).map(|ems| ems * size),
            None => number(text),
        }
    };
    let x = length("x").unwrap_or(before.0) + length("dx").unwrap_or(0.0);
    let y = length("y").unwrap_or(before.1) + length("dy").unwrap_or(0.0);
    // Half the height of small letters, or all of that of capitals.
    let down = match value(element, "dominant-baseline") {
        Some("middle" | "central") => 0.34,
        Some("hanging" | "text-before-edge") => 0.71,
        _ => 0.0,
    };
    (x, y + down * size)
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    fn drawn(inside: &str) -> Option<Drawing> {
        let html = format!("<main><svg viewBox='10 0 100 50'>{inside}</svg></main>");
        match tree::read(&html).content.first() {
            Some(Node::Element(element)) => read(element, [1, 2, 3]),
            _ => None,
        }
    }

    #[test]
    fn words_stand_where_they_are_told() {
        let drawing = drawn(
            "<g font-size='9' transform='translate(5 5)'><text x='10' y='20' text-anchor='end' class='accent'> a  b </text></g>\
             <text transform='rotate(-90)' font-weight='bold'>up</text>",
        );
        let words = drawing.map(|drawing| drawing.words).unwrap_or_default();
        let [first, second] = words.as_slice() else {
            panic!("{words:?}");
        };
        assert_eq!((first.text.as_str(), first.at), ("a b", (5.0, 25.0)));
        assert_eq!((first.size, first.anchor), (9.0, Anchor::End));
        assert_eq!(first.colour, [1, 2, 3]);
        assert_eq!((second.turn, second.bold), (90.0, true));
    }

    #[test]
    fn lines_of_a_text_follow_each_other() {
        let drawing = drawn(
            "<text x='1' y='10' font-size='10'>one<tspan x='1' dy='1.2em'>two</tspan></text>",
        );
        let words = drawing.map(|drawing| drawing.words).unwrap_or_default();
        let places: Vec<_> = words.iter().map(|words| words.at).collect();
        assert_eq!(places, [(-9.0, 10.0), (-9.0, 22.0)]);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for inside in [
            "<image href='x'/>",
            "<rect width='9' height='9' fill='url(#g)'/>",
            "<rect width='9' height='9' mask='url(#m)'/>",
            "<text><textPath href='#p'>x</textPath></text>",
            "",
        ] {
            assert!(drawn(inside).is_none(), "{inside}");
        }
    }
}
