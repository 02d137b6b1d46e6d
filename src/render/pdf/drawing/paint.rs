//! Paint of drawings: colours, thickness and transforms as the attributes of SVG give them.
//!
//! In: an element and the paint around it. Out: the [`Paint`] of what it holds, or nothing when it asks for what is not
//! understood. `currentColor` is the ink of the text, `var(--accent)` and the class `accent` the colour of the book.

use super::super::style::{self, Colour};
use super::super::tree::Element;
use super::outline::{Point, Step, number, numbers};

/// How to get from the coordinates of an element to those of the sheet.
pub(super) type Matrix = [f32; 6];

/// What the elements that are open make of a shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    pub(super) fill: Option<Colour>,
    pub(super) stroke: Option<Colour>,
    pub(super) thickness: f32,
    /// Lengths of a dash and of the gap after it.
    pub(super) dash: Option<(f32, f32)>,
    pub(super) even_odd: bool,
    pub(super) matrix: Matrix,
    /// Of type, in the units of the drawing.
    pub(super) size: f32,
    pub(super) bold: bool,
    pub(super) anchor: Anchor,
    /// How much of the paper is covered: fill, stroke.
    pub(super) cover: (f32, f32),
    /// The colour of the book.
    pub(super) accent: Colour,
}

/// Which part of words stands at their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Anchor {
    Start,
    Middle,
    End,
}

/// What no drawing may have: half of it would be shown.
const REFUSED: [&str; 3] = ["clip-path", "mask", "filter"];

impl Paint {
    /// The paint at the root of a drawing whose top left corner lies at a point.
    pub(super) fn at(x: f32, y: f32, accent: Colour) -> Self {
        Paint {
            fill: Some([0, 0, 0]),
            stroke: None,
            thickness: 1.0,
            dash: None,
            even_odd: false,
            matrix: [1.0, 0.0, 0.0, 1.0, -x, -y],
            size: 16.0,
            bold: false,
            anchor: Anchor::Start,
            cover: (1.0, 1.0),
            accent,
        }
    }

    /// The paint inside an element.
    pub(super) fn inside(mut self, element: &Element) -> Option<Self> {
        if REFUSED.iter().any(|name| value(element, name).is_some()) {
            return None;
        }
        if let Some(fill) = value(element, "fill") {
            self.fill = colour(fill, self.accent)?;
        }
        if let Some(stroke) = value(element, "stroke") {
            self.stroke = colour(stroke, self.accent)?;
        }
        self.classes(element);
        self.lines(element);
        self.type_of(element);
        let share = |name| {
            value(element, name)
                .and_then(number)
                .unwrap_or(1.0)
                .clamp(0.0, 1.0)
        };
        let whole = share("opacity");
        self.cover.0 *= whole * share("fill-opacity");
        self.cover.1 *= whole * share("stroke-opacity");
        if let Some(transform) = element.attribute("transform") {
            self.matrix = transforms(transform, self.matrix)?;
        }
        Some(self)
    }

    fn classes(&mut self, element: &Element) {
        let named = [("accent", self.accent), ("quiet", style::QUIET)];
        for (_, colour) in named
            .into_iter()
            .filter(|(class, _)| element.has_class(class))
        {
            match element.name.as_str() {
                "line" | "polyline" => self.stroke = Some(colour),
                _ => self.fill = Some(colour),
            }
        }
    }

    fn lines(&mut self, element: &Element) {
        if let Some(thickness) = value(element, "stroke-width").and_then(number) {
            self.thickness = thickness;
        }
        if let Some(dash) = value(element, "stroke-dasharray") {
            let lengths = numbers(dash);
            let dash = lengths.first().filter(|length| **length > 0.0);
            self.dash = dash.map(|dash| (*dash, *lengths.get(1).unwrap_or(dash)));
        }
        if let Some(rule) = value(element, "fill-rule") {
            self.even_odd = rule == "evenodd";
        }
    }

    fn type_of(&mut self, element: &Element) {
        if let Some(size) = value(element, "font-size").and_then(number) {
            self.size = size.max(0.1);
        }
        if let Some(weight) = value(element, "font-weight") {
            self.bold = weight == "bold" || number(weight).is_some_and(|weight| weight >= 600.0);
        }
        match value(element, "text-anchor") {
            Some("start") => self.anchor = Anchor::Start,
            Some("middle") => self.anchor = Anchor::Middle,
            Some("end") => self.anchor = Anchor::End,
            _ => {}
        }
    }

    /// What is seen of the fill on white paper.
    pub(super) fn filled(&self) -> Option<Colour> {
        self.fill.map(|colour| covered(colour, self.cover.0))
    }

    /// What is seen of the stroke on white paper, and its thickness on the sheet.
    pub(super) fn stroked(&self) -> Option<(Colour, f32)> {
        let colour = covered(self.stroke?, self.cover.1);
        Some((colour, self.thickness * self.scale()))
    }

    /// How much larger things are on the sheet than where they are written.
    pub(super) fn scale(&self) -> f32 {
        let [a, b, c, d, ..] = self.matrix;
        (a * d - b * c).abs().sqrt()
    }
}

/// An attribute of an element; what its `style` says counts more.
pub(super) fn value<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    let declared = element.attribute("style").and_then(|style| {
        style
            .split(';')
            .filter_map(|declaration| declaration.split_once(':'))
            .find(|(key, _)| key.trim() == name)
            .map(|(_, value)| value.trim())
    });
    declared.or_else(|| element.attribute(name).map(str::trim))
}

fn covered(colour: Colour, cover: f32) -> Colour {
    colour.map(|part| (255.0 - (255.0 - f32::from(part)) * cover).round() as u8)
}

/// A plain colour, or none; nothing for what is not understood.
fn colour(text: &str, accent: Colour) -> Option<Option<Colour>> {
    let plain = match text {
        "none" | "transparent" => return Some(None),
        "black" => [0, 0, 0],
        "white" | "var(--paper)" => [255, 255, 255],
        "currentColor" | "currentcolor" | "var(--ink)" | "var(--rule)" => style::INK,
        "var(--accent)" => accent,
        "var(--quiet)" => style::QUIET,
        "var(--hairline)" => style::HAIRLINE,
        "var(--card)" => style::CARD,
        _ => match text.strip_prefix("var(") {
            // A variable that is not known: what stands in for it.
            Some(rest) => {
                let (_, other) = rest.strip_suffix(')')?.split_once(',')?;
                return colour(other.trim(), accent);
            }
            None => hexadecimal(text.strip_prefix('#')?)?,
        },
    };
    Some(Some(plain))
}

fn hexadecimal(digits: &str) -> Option<Colour> {
    let value = u32::from_str_radix(digits, 16).ok()?;
    match digits.len() {
        3 => Some([8, 4, 0].map(|shift| ((value >> shift) as u8 & 15) * 17)),
        6 => Some([16, 8, 0].map(|shift| (value >> shift) as u8)),
        _ => None,
    }
}

fn transforms(text: &str, mut matrix: Matrix) -> Option<Matrix> {
    for part in text
        .split(')')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        let (name, values) = part.trim_start_matches(',').split_once('(')?;
        let values = numbers(values);
        let one = match (name.trim(), values.as_slice()) {
            ("translate", [x]) => [1.0, 0.0, 0.0, 1.0, *x, 0.0],
            ("translate", [x, y]) => [1.0, 0.0, 0.0, 1.0, *x, *y],
            ("scale", [s]) => [*s, 0.0, 0.0, *s, 0.0, 0.0],
            ("scale", [x, y]) => [*x, 0.0, 0.0, *y, 0.0, 0.0],
            ("rotate", [angle]) => rotation(*angle),
            ("rotate", [angle, x, y]) => {
                let there = multiply([1.0, 0.0, 0.0, 1.0, *x, *y], rotation(*angle));
                multiply(there, [1.0, 0.0, 0.0, 1.0, -x, -y])
            }
            ("matrix", [a, b, c, d, e, f]) => [*a, *b, *c, *d, *e, *f],
            _ => return None,
        };
        matrix = multiply(matrix, one);
    }
    Some(matrix)
}

fn rotation(angle: f32) -> Matrix {
    let (sin, cos) = angle.to_radians().sin_cos();
    [cos, sin, -sin, cos, 0.0, 0.0]
}

fn multiply(outer: Matrix, inner: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = outer;
    let [g, h, i, j, k, l] = inner;
    [
        a * g + c * h,
        b * g + d * h,
        a * i + c * j,
        b * i + d * j,
        a * k + c * l + e,
        b * k + d * l + f,
    ]
}

/// Where a point comes to lie.
pub(super) fn apply((x, y): Point, [a, b, c, d, e, f]: Matrix) -> Point {
    (a * x + c * y + e, b * x + d * y + f)
}

/// Where a step comes to lie.
pub(super) fn moved(step: Step, matrix: Matrix) -> Step {
    match step {
        Step::Move(point) => Step::Move(apply(point, matrix)),
        Step::Line(point) => Step::Line(apply(point, matrix)),
        Step::Curve(a, b, c) => Step::Curve(apply(a, matrix), apply(b, matrix), apply(c, matrix)),
        Step::Close => Step::Close,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transforms_apply_from_the_inside() {
        let none = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        let place = |text| transforms(text, none).map(|matrix| apply((1.0, 1.0), matrix));
        assert_eq!(place("translate(10,0) scale(2)"), Some((12.0, 2.0)));
        let turned = place("rotate(-90 1 0)");
        assert!(turned.is_some_and(|(x, y)| (x - 2.0).abs() < 1e-5 && y.abs() < 1e-5));
    }

    #[test]
    fn colours_are_those_of_the_document() {
        let accent = [1, 2, 3];
        assert_eq!(colour("currentColor", accent), Some(Some(style::INK)));
        assert_eq!(colour("var(--accent)", accent), Some(Some(accent)));
        assert_eq!(colour("var(--other, #fff)", accent), Some(Some([255; 3])));
        assert_eq!(colour("none", accent), Some(None));
        assert_eq!(colour("url(#gradient)", accent), None);
    }
}
