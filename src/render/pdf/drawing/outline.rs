//! Outlines of drawings: the numbers and the path data of SVG as steps of lines and curves.
//!
//! In: the text of an attribute. Out: [`Step`]s in the coordinates that it is written in. Nothing here has a colour.

pub(in super::super) use crate::picture::Step;

pub(super) type Point = (f32, f32);

/// A length in the units of the drawing.
pub(super) fn number(text: &str) -> Option<f32> {
    text.trim()
        .trim_end_matches("px")
        .parse()
        .ok()
        .filter(|value: &f32| value.is_finite())
}

/// Every number of a list.
pub(super) fn numbers(text: &str) -> Vec<f32> {
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

/// How far the handles of a quarter of a circle are from its ends, of the radius.
const K: f32 = 0.552_284_8;

/// Four curves that come close enough to an ellipse.
pub(super) fn ellipse(x: f32, y: f32, rx: f32, ry: f32) -> Vec<Step> {
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
pub(super) fn path(data: &str) -> Option<Vec<Step>> {
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
            'A' => 7,
            'Z' => 0,
            _ => return None,
        };
        let mut values = [0.0; 7];
        for (index, value) in values.iter_mut().take(count).enumerate() {
            // The two flags of an arc may stand without white space.
            let is_flag = count == 7 && (index == 3 || index == 4);
            let (found, after) = if is_flag {
                flag(rest)?
            } else {
                next_number(rest)?
            };
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
            'A' => {
                let arc = Arc {
                    radii: (values[0], values[1]),
                    turn: values[2],
                    large: values[3] != 0.0,
                    sweep: values[4] != 0.0,
                };
                let end = point(5);
                arc.steps(at, end, &mut steps);
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

/// The 0 or 1 at the start of a text, after white space and commas.
fn flag(text: &str) -> Option<(f32, &str)> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
    match text.as_bytes().first()? {
        b'0' => Some((0.0, &text[1..])),
        b'1' => Some((1.0, &text[1..])),
        _ => None,
    }
}

/// A part of an ellipse between two points (SVG 2, 9.3.8).
struct Arc {
    radii: Point,
    /// Of the ellipse, in degrees.
    turn: f32,
    large: bool,
    sweep: bool,
}

impl Arc {
    fn steps(&self, from: Point, to: Point, out: &mut Vec<Step>) {
        let (mut rx, mut ry) = (self.radii.0.abs(), self.radii.1.abs());
        if from == to {
            return;
        }
        if rx == 0.0 || ry == 0.0 {
            return out.push(Step::Line(to));
        }
        let (sin, cos) = self.turn.to_radians().sin_cos();
        let (dx, dy) = ((from.0 - to.0) / 2.0, (from.1 - to.1) / 2.0);
        let (x, y) = (cos * dx + sin * dy, cos * dy - sin * dx);
        // Radii that are too small to reach are made larger.
        let reach = ((x / rx).powi(2) + (y / ry).powi(2)).sqrt();
        if reach > 1.0 {
            (rx, ry) = (rx * reach, ry * reach);
        }
        let (a, b) = ((x / rx).powi(2), (y / ry).powi(2));
        let side = if self.large == self.sweep { -1.0 } else { 1.0 };
        let factor = side * ((1.0 - a - b).max(0.0) / (a + b)).sqrt();
        let (cx, cy) = (factor * rx * y / ry, -factor * ry * x / rx);
        let middle = (
            cos * cx - sin * cy + (from.0 + to.0) / 2.0,
            sin * cx + cos * cy + (from.1 + to.1) / 2.0,
        );
        let start = ((y - cy) / ry).atan2((x - cx) / rx);
        let end = ((-y - cy) / ry).atan2((-x - cx) / rx);
        let full = std::f32::consts::TAU;
        let mut angle = end - start;
        if self.sweep && angle < 0.0 {
            angle += full;
        } else if !self.sweep && angle > 0.0 {
            angle -= full;
        }
        let place = |(x, y): Point| {
            let (x, y) = (x * rx, y * ry);
            (middle.0 + cos * x - sin * y, middle.1 + sin * x + cos * y)
        };
        let count = (angle.abs() / (full / 4.0)).ceil().max(1.0);
        let part = angle / count;
        let handle = 4.0 / 3.0 * (part / 4.0).tan();
        for index in 0..count as usize {
            let (s0, c0) = (start + part * index as f32).sin_cos();
            let (s1, c1) = (start + part * (index + 1) as f32).sin_cos();
            let last = index + 1 == count as usize;
            out.push(Step::Curve(
                place((c0 - handle * s0, s0 + handle * c0)),
                place((c1 + handle * s1, s1 - handle * c1)),
                if last { to } else { place((c1, s1)) },
            ));
        }
    }
}

/// A rectangle, its corners rounded by up to a radius.
pub(super) fn rectangle(x: f32, y: f32, w: f32, h: f32, radius: f32) -> Vec<Step> {
    let r = radius.min(w / 2.0).min(h / 2.0).max(0.0);
    if r == 0.0 {
        return vec![
            Step::Move((x, y)),
            Step::Line((x + w, y)),
            Step::Line((x + w, y + h)),
            Step::Line((x, y + h)),
            Step::Close,
        ];
    }
    let k = r * (1.0 - K);
    let (right, bottom) = (x + w, y + h);
    vec![
        Step::Move((x + r, y)),
        Step::Line((right - r, y)),
        Step::Curve((right - k, y), (right, y + k), (right, y + r)),
        Step::Line((right, bottom - r)),
        Step::Curve(
            (right, bottom - k),
            (right - k, bottom),
            (right - r, bottom),
        ),
        Step::Line((x + r, bottom)),
        Step::Curve((x + k, bottom), (x, bottom - k), (x, bottom - r)),
        Step::Line((x, y + r)),
        Step::Curve((x, y + k), (x + k, y), (x + r, y)),
        Step::Close,
    ]
}

/// The points of a `polygon` or `polyline`.
pub(super) fn polygon(points: &str, closed: bool) -> Vec<Step> {
    let mut steps: Vec<Step> = numbers(points)
        .chunks_exact(2)
        .map(|point| Step::Line((point[0], point[1])))
        .collect();
    if let Some(Step::Line(first)) = steps.first().copied() {
        steps[0] = Step::Move(first);
    }
    if closed {
        steps.push(Step::Close);
    }
    steps
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
        assert_eq!(path("garbage"), None);
    }

    #[test]
    fn an_arc_bends_the_way_it_is_told() {
        let half = |data| path(data).map(|steps| steps[1..].to_vec());
        for (data, top) in [("M0 0A5 5 0 0 1 10 0", -5.0), ("M0 0a5 5 0 0010 0", 5.0)] {
            let Some([Step::Curve(.., (x, y)), Step::Curve(.., end)]) = half(data)
                .as_deref()
                .and_then(|steps| steps.first_chunk().copied())
            else {
                panic!("{data}");
            };
            assert!(
                (x - 5.0).abs() < 0.01 && (y - top).abs() < 0.01,
                "{data}: {x} {y}"
            );
            assert_eq!(end, (10.0, 0.0));
        }
    }
}
