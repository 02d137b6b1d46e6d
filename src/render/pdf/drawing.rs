//! Drawings: the shapes of a simple `svg` element as filled and stroked paths.
//!
//! In: the element. Out: a [`Drawing`] with its paths in one coordinate system, y downwards. Shapes, groups, transforms and
//! plain colours are understood; text, gradients, clips and style sheets are not: a drawing that uses them is refused, so
//! that its alternative text is set instead of half a picture.

use super::style::Colour;
use super::tree::{Element, Node};

/// Paths on a sheet.
#[derive(Debug)]
pub(super) struct Drawing {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) paths: Vec<Path>,
}

/// An outline with its paint.
#[derive(Debug)]
pub(super) struct Path {
    pub(super) steps: Vec<Step>,
    pub(super) fill: Option<Colour>,
    /// Colour and thickness.
    pub(super) stroke: Option<(Colour, f32)>,
    pub(super) even_odd: bool,
}

/// A step of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Step {
    Move(Point),
    Line(Point),
    Curve(Point, Point, Point),
    Close,
}

type Point = (f32, f32);
type Matrix = [f32; 6];

#[derive(Clone, Copy)]
struct Paint {
    fill: Option<Colour>,
    stroke: Option<Colour>,
    thickness: f32,
    even_odd: bool,
    matrix: Matrix,
}

/// Read an `svg` element.
pub(super) fn read(element: &Element) -> Option<Drawing> {
    let length = |name| number(element.attribute(name)?.trim_end_matches("px"));
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
    };
    let paint = Paint {
        fill: Some([0, 0, 0]),
        stroke: None,
        thickness: 1.0,
        even_odd: false,
        matrix: [1.0, 0.0, 0.0, 1.0, -x, -y],
    };
    let paint = painted(element, paint)?;
    shapes(element, paint, &mut drawing.paths)?;
    (!drawing.paths.is_empty()).then_some(drawing)
}

fn shapes(element: &Element, paint: Paint, out: &mut Vec<Path>) -> Option<()> {
    for node in &element.children {
        let Node::Element(child) = node else { continue };
        if matches!(child.name.as_str(), "title" | "desc" | "metadata") {
            continue;
        }
        let paint = painted(child, paint)?;
        let length = |name| child.attribute(name).and_then(number).unwrap_or(0.0);
        let steps = match child.name.as_str() {
            "g" | "a" => {
                shapes(child, paint, out)?;
                continue;
            }
            "path" => path(child.attribute("d").unwrap_or_default())?,
            "rect" => {
                let (x, y, w, h) = (length("x"), length("y"), length("width"), length("height"));
                vec![
                    Step::Move((x, y)),
                    Step::Line((x + w, y)),
                    Step::Line((x + w, y + h)),
                    Step::Line((x, y + h)),
                    Step::Close,
                ]
            }
            "circle" => ellipse(length("cx"), length("cy"), length("r"), length("r")),
            "ellipse" => ellipse(length("cx"), length("cy"), length("rx"), length("ry")),
            "line" => vec![
                Step::Move((length("x1"), length("y1"))),
                Step::Line((length("x2"), length("y2"))),
            ],
            "polygon" | "polyline" => {
                let points = numbers(child.attribute("points").unwrap_or_default());
                let mut steps: Vec<Step> = points
                    .chunks_exact(2)
                    .map(|point| Step::Line((point[0], point[1])))
                    .collect();
                if let Some(Step::Line(first)) = steps.first().copied() {
                    steps[0] = Step::Move(first);
                }
                if child.name == "polygon" {
                    steps.push(Step::Close);
                }
                steps
            }
            _ => return None,
        };
        let scale = (paint.matrix[0] * paint.matrix[3] - paint.matrix[1] * paint.matrix[2])
            .abs()
            .sqrt();
        out.push(Path {
            steps: steps
                .into_iter()
                .map(|step| moved(step, paint.matrix))
                .collect(),
            fill: paint.fill,
            stroke: paint.stroke.map(|colour| (colour, paint.thickness * scale)),
            even_odd: paint.even_odd,
        });
    }
    Some(())
}

/// What an element changes of the paint around it; nothing when it asks for what is not understood.
fn painted(element: &Element, mut paint: Paint) -> Option<Paint> {
    if element.attribute("style").is_some()
        || element.attribute("clip-path").is_some()
        || element.attribute("mask").is_some()
    {
        return None;
    }
    if let Some(fill) = element.attribute("fill") {
        paint.fill = colour(fill)?;
    }
    if let Some(stroke) = element.attribute("stroke") {
        paint.stroke = colour(stroke)?;
    }
    if let Some(thickness) = element.attribute("stroke-width").and_then(number) {
        paint.thickness = thickness;
    }
    if let Some(rule) = element.attribute("fill-rule") {
        paint.even_odd = rule == "evenodd";
    }
    if let Some(transform) = element.attribute("transform") {
        paint.matrix = transforms(transform, paint.matrix)?;
    }
    Some(paint)
}

/// A plain colour, or none; nothing for what is not understood.
fn colour(text: &str) -> Option<Option<Colour>> {
    let text = text.trim();
    let plain = match text {
        "none" | "transparent" => return Some(None),
        "black" | "currentColor" | "currentcolor" => [0, 0, 0],
        "white" => [255, 255, 255],
        _ => {
            let hex = text.strip_prefix('#')?;
            let value = u32::from_str_radix(hex, 16).ok()?;
            match hex.len() {
                3 => [
                    (value >> 8) as u8 & 15,
                    (value >> 4) as u8 & 15,
                    value as u8 & 15,
                ]
                .map(|digit| digit * 17),
                6 => [(value >> 16) as u8, (value >> 8) as u8, value as u8],
                _ => return None,
            }
        }
    };
    Some(Some(plain))
}

fn number(text: &str) -> Option<f32> {
    text.trim()
        .trim_end_matches("px")
        .parse()
        .ok()
        .filter(|value: &f32| value.is_finite())
}

fn numbers(text: &str) -> Vec<f32> {
    let mut rest = text;
    let mut out = Vec::new();
    while let Some((value, after)) = next_number(rest) {
        out.push(value);
        rest = after;
    }
    out
}

/// The number at the start of a text, after white space and commas.
fn next_number(text: &str) -> Option<(f32, &str)> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    let bytes = text.as_bytes();
    let (mut end, mut dot, mut digits) = (0, false, false);
    while let Some(byte) = bytes.get(end) {
        match byte {
            b'+' | b'-' if end == 0 => {}
            b'.' if !dot => dot = true,
            b'0'..=b'9' => digits = true,
            b'e' | b'E'
                if digits
                    && bytes
                        .get(end + 1)
                        .is_some_and(|next| next.is_ascii_digit() || *next == b'-') =>
            {
                end += 2;
                while bytes.get(end).is_some_and(u8::is_ascii_digit) {
                    end += 1;
                }
                break;
            }
            _ => break,
        }
        end += 1;
    }
    let value = text[..end]
        .parse::<f32>()
        .ok()
        .filter(|value| value.is_finite())?;
    Some((value, &text[end..]))
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
            ("rotate", [angle]) => {
                let (sin, cos) = angle.to_radians().sin_cos();
                [cos, sin, -sin, cos, 0.0, 0.0]
            }
            ("matrix", [a, b, c, d, e, f]) => [*a, *b, *c, *d, *e, *f],
            _ => return None,
        };
        matrix = multiply(matrix, one);
    }
    Some(matrix)
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

fn apply((x, y): Point, [a, b, c, d, e, f]: Matrix) -> Point {
    (a * x + c * y + e, b * x + d * y + f)
}

fn moved(step: Step, matrix: Matrix) -> Step {
    match step {
        Step::Move(point) => Step::Move(apply(point, matrix)),
        Step::Line(point) => Step::Line(apply(point, matrix)),
        Step::Curve(a, b, c) => Step::Curve(apply(a, matrix), apply(b, matrix), apply(c, matrix)),
        Step::Close => Step::Close,
    }
}

/// Four curves that come close enough to an ellipse.
fn ellipse(x: f32, y: f32, rx: f32, ry: f32) -> Vec<Step> {
    const K: f32 = 0.552_284_8;
    let (kx, ky) = (rx * K, ry * K);
    vec![
        Step::Move((x + rx, y)),
        Step::Curve((x + rx, y + ky), (x + kx, y + ry), (x, y + ry)),
        Step::Curve((x - kx, y + ry), (x - rx, y + ky), (x - rx, y)),
        Step::Curve((x - rx, y - ky), (x - kx, y - ry), (x, y - ry)),
        Step::Curve((x + kx, y - ry), (x + rx, y - ky), (x + rx, y)),
        Step::Close,
    ]
}

/// The data of a `path`; nothing when it has a command that is not understood.
fn path(data: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = data.trim_start();
    let (mut at, mut start) = ((0.0, 0.0), (0.0, 0.0));
    // The control point that a smooth curve mirrors.
    let mut mirror: Option<(char, Point)> = None;
    let mut command = None;
    while !rest.is_empty() {
        let first = rest.chars().next()?;
        if first.is_ascii_alphabetic() {
            command = Some(first);
            rest = &rest[1..];
        }
        let letter = command?;
        let relative = letter.is_ascii_lowercase();
        let count = match letter.to_ascii_uppercase() {
            'M' | 'L' | 'T' => 2,
            'H' | 'V' => 1,
            'C' => 6,
            'S' | 'Q' => 4,
            'Z' => 0,
            _ => return None,
        };
        let mut values = [0.0; 6];
        for value in values.iter_mut().take(count) {
            let (found, after) = next_number(rest)?;
            *value = found;
            rest = after;
        }
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        let point = |index: usize| {
            let (x, y) = (values[index], values[index + 1]);
            if relative {
                (at.0 + x, at.1 + y)
            } else {
                (x, y)
            }
        };
        let mirrored = |kind: char| match mirror {
            Some((last, (x, y))) if last == kind => (2.0 * at.0 - x, 2.0 * at.1 - y),
            _ => at,
        };
        let mut control = None;
        match letter.to_ascii_uppercase() {
            'M' => {
                at = point(0);
                start = at;
                steps.push(Step::Move(at));
                command = Some(if relative { 'l' } else { 'L' });
            }
            'L' => {
                at = point(0);
                steps.push(Step::Line(at));
            }
            'H' => {
                at.0 = if relative {
                    at.0 + values[0]
                } else {
                    values[0]
                };
                steps.push(Step::Line(at));
            }
            'V' => {
                at.1 = if relative {
                    at.1 + values[0]
                } else {
                    values[0]
                };
                steps.push(Step::Line(at));
            }
            'C' => {
                let (a, b, end) = (point(0), point(2), point(4));
                steps.push(Step::Curve(a, b, end));
                control = Some(('C', b));
                at = end;
            }
            'S' => {
                let (a, b, end) = (mirrored('C'), point(0), point(2));
                steps.push(Step::Curve(a, b, end));
                control = Some(('C', b));
                at = end;
            }
            'Q' | 'T' => {
                let (middle, end) = if letter.eq_ignore_ascii_case(&'Q') {
                    (point(0), point(2))
                } else {
                    (mirrored('Q'), point(0))
                };
                let toward = |from: Point| {
                    (
                        from.0 + (middle.0 - from.0) * 2.0 / 3.0,
                        from.1 + (middle.1 - from.1) * 2.0 / 3.0,
                    )
                };
                steps.push(Step::Curve(toward(at), toward(end), end));
                control = Some(('Q', middle));
                at = end;
            }
            _ => {
                steps.push(Step::Close);
                at = start;
                command = None;
            }
        }
        mirror = control;
    }
    (steps.is_empty() || matches!(steps[0], Step::Move(_))).then_some(steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read() {
        let line = [
            Step::Move((1.0, 2.0)),
            Step::Line((4.0, -2.5)),
            Step::Line((4.5, -1.5)),
        ];
        assert_eq!(path("M1,2l3-4.5.5 1"), Some(line.to_vec()));
        assert_eq!(path("M0 0h10v5z").map(|steps| steps.len()), Some(4));
        assert_eq!(path("M0 0q5 5 10 0t10 0").map(|steps| steps.len()), Some(3));
        assert_eq!(path("M0 0 A1 1 0 0 0 5 5"), None);
        assert_eq!(path("garbage"), None);
    }

    #[test]
    fn transforms_apply_from_the_inside() {
        let matrix = transforms("translate(10,0) scale(2)", [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        assert_eq!(
            matrix.map(|matrix| apply((1.0, 1.0), matrix)),
            Some((12.0, 2.0))
        );
    }
}
