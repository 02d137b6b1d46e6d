//! Colours that run into each other, as a PDF can paint them.
//!
//! In: a gradient of usvg, and how the shape that it paints comes to lie on the sheet. Out: a [`Gradient`], and how much of
//! what lies below each part of it covers.

use usvg::tiny_skia_path::Transform;
use usvg::{BaseGradient, LinearGradient, RadialGradient, SpreadMethod, Stop};

use super::Refusal;
use super::ink::{Ink, grey};

/// Colours that run into each other. The first and the last go on for ever.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Gradient {
    pub(crate) way: Way,
    /// From the plane of the [`Way`] to the sheet.
    pub(crate) matrix: [f32; 6],
    /// From 0 to 1, one after the other.
    pub(crate) spans: Vec<Span>,
}

/// Which way colours run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Way {
    /// From the line x = 0 to the line x = 1.
    Along,
    /// From a point to the circle of radius 1 around 0, 0.
    Around { from: (f32, f32) },
}

/// One colour becomes another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Span {
    /// Where it ends, above where the one before it ended.
    pub(crate) end: f32,
    pub(crate) from: [u8; 3],
    pub(crate) to: [u8; 3],
}

/// What a gradient of usvg comes to.
pub(super) enum Found {
    /// Nothing is painted: it is flattened into a line.
    Nothing,
    /// One colour, and how much it covers.
    Plain([u8; 3], f32),
    /// Colours that all cover so much.
    Even(Gradient, f32),
    /// Colours, and the greys that say how much each covers: white is all.
    Uneven(Gradient, Gradient),
}

/// No place on a sheet of a thousand units is so far away, nor is any step so long.
pub(super) const FAR: f32 = 1e6;

pub(super) fn linear(
    gradient: &LinearGradient,
    place: Transform,
    ink: Ink,
) -> Result<Found, Refusal> {
    let (dx, dy) = (gradient.x2() - gradient.x1(), gradient.y2() - gradient.y1());
    if dx == 0.0 && dy == 0.0 {
        return Ok(last(gradient, ink));
    }
    let unit = Transform::from_row(dx, dy, -dy, dx, gradient.x1(), gradient.y1());
    found(gradient, Way::Along, unit, place, ink)
}

pub(super) fn radial(
    gradient: &RadialGradient,
    place: Transform,
    ink: Ink,
) -> Result<Found, Refusal> {
    let (x, y, radius) = (gradient.cx(), gradient.cy(), gradient.r().get());
    if radius == 0.0 {
        return Ok(last(gradient, ink));
    }
    let unit = Transform::from_row(radius, 0.0, 0.0, radius, x, y);
    let from = ((gradient.fx() - x) / radius, (gradient.fy() - y) / radius);
    // From a point on the rim or beyond it, programs paint in different ways.
    if from.0.hypot(from.1) >= 1.0 {
        return Err(Refusal::NotForPaper(
            "a round gradient that begins at its rim or outside it (fx, fy)",
        ));
    }
    found(gradient, Way::Around { from }, unit, place, ink)
}

/// A gradient without length is its last colour (SVG 2, 14.2.2.1 and 14.2.3.1).
fn last(gradient: &BaseGradient, ink: Ink) -> Found {
    match gradient.stops().last() {
        Some(stop) => Found::Plain(ink.of(stop.color()), stop.opacity().get()),
        None => Found::Nothing,
    }
}

fn found(
    gradient: &BaseGradient,
    way: Way,
    unit: Transform,
    place: Transform,
    ink: Ink,
) -> Result<Found, Refusal> {
    if gradient.spread_method() != SpreadMethod::Pad {
        return Err(Refusal::NotForPaper(
            "a gradient that begins again and again (spreadMethod)",
        ));
    }
    let matrix = place.pre_concat(gradient.transform()).pre_concat(unit);
    if !matrix.is_valid() || gradient.stops().is_empty() {
        return Ok(Found::Nothing);
    }
    let Transform {
        sx,
        ky,
        kx,
        sy,
        tx,
        ty,
    } = matrix;
    let matrix = [sx, ky, kx, sy, tx, ty];
    if matrix.iter().any(|number| number.abs() > FAR) {
        return Err(Refusal::NotForPaper(
            "a gradient far larger than the picture",
        ));
    }
    let of = |spans| Gradient { way, matrix, spans };
    let colours = of(spans(gradient.stops(), |stop| ink.of(stop.color())));
    let covers = gradient.stops().iter().map(|stop| stop.opacity().get());
    let (least, most) = covers.fold((1.0_f32, 0.0_f32), |(least, most), cover| {
        (least.min(cover), most.max(cover))
    });
    Ok(match least < most {
        false => Found::Even(colours, most),
        true => Found::Uneven(
            colours,
            of(spans(gradient.stops(), |stop| grey(stop.opacity().get()))),
        ),
    })
}

/// The spans between stops, from 0 to 1. Two stops at one place are a colour that changes at once; where they stand at an
/// end, what goes on from there has the outer one.
fn spans(stops: &[Stop], colour: impl Fn(&Stop) -> [u8; 3]) -> Vec<Span> {
    let (Some(first), Some(last)) = (stops.first(), stops.last()) else {
        return Vec::new();
    };
    let at_end = |is_there: fn(f32) -> bool| {
        let count = stops.iter().filter(|stop| is_there(stop.offset().get()));
        count.count() > 1
    };
    let low = if at_end(|at| at < SHORT) { EDGE } else { 0.0 };
    let high = if at_end(|at| at > 1.0 - SHORT) {
        1.0 - EDGE
    } else {
        1.0
    };
    let places = stops
        .iter()
        .map(|stop| (stop.offset().get().clamp(low, high), colour(stop)))
        .chain([(1.0, colour(last))]);
    let (mut at, mut from) = (0.0, colour(first));
    let mut spans = Vec::new();
    for (end, to) in places {
        if end - at > SHORT {
            spans.push(Span { end, from, to });
            at = end;
        }
        from = to;
    }
    if let Some(last) = spans.last_mut() {
        last.end = 1.0;
    }
    spans
}

/// What is shorter is not seen: usvg keeps stops at one place less than that apart.
const SHORT: f32 = 1e-5;

/// How long the outer of two colours at one end is: some readers know a gradient at 256 places only.
const EDGE: f32 = 0.005;

#[cfg(test)]
mod tests {
    use super::*;
    use usvg::{Options, Paint, Tree};

    /// What the gradient of a square of 100 units comes to.
    fn of(gradient: &str) -> Result<Found, Refusal> {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 100'>{gradient}\
             <path d='M0 0h100v100H0z' fill='url(#g)'/></svg>"
        );
        let tree = Tree::from_str(&svg, &Options::default()).expect("a picture");
        let [usvg::Node::Path(path)] = tree.root().children() else {
            panic!("{:?}", tree.root());
        };
        let place = Transform::from_scale(10.0, 10.0);
        match path.fill().map(|fill| fill.paint()) {
            Some(Paint::LinearGradient(gradient)) => linear(gradient, place, Ink::Seen),
            Some(Paint::RadialGradient(gradient)) => radial(gradient, place, Ink::Seen),
            other => panic!("{other:?}"),
        }
    }

    fn even(gradient: &str) -> Gradient {
        match of(gradient) {
            Ok(Found::Even(gradient, 1.0)) => gradient,
            _ => panic!("{gradient}"),
        }
    }

    fn span(end: f32, from: u8, to: u8) -> Span {
        let (from, to) = ([from; 3], [to; 3]);
        Span { end, from, to }
    }

    #[test]
    fn a_gradient_lies_where_its_shape_and_its_own_transform_put_it() {
        let stops = "<stop stop-color='black'/><stop offset='1' stop-color='white'/>";
        let box_of_shape = even(&format!("<linearGradient id='g'>{stops}</linearGradient>"));
        assert_eq!(box_of_shape.way, Way::Along);
        assert_eq!(box_of_shape.matrix, [1000.0, 0.0, 0.0, 1000.0, 0.0, 0.0]);
        assert_eq!(box_of_shape.spans, [span(1.0, 0, 255)]);
        let turned = even(&format!(
            "<linearGradient id='s'>{stops}</linearGradient>\
             <linearGradient id='g' href='#s' gradientUnits='userSpaceOnUse' x1='0' x2='10' y1='5' y2='5' \
             gradientTransform='matrix(0 1 -1 0 50 0)'/>"
        ));
        assert_eq!(turned.matrix, [0.0, 100.0, -100.0, 0.0, 450.0, 0.0]);
        let round = even(&format!(
            "<radialGradient id='g' cx='.5' cy='.5' r='.4' fx='.3' fy='.5'>{stops}</radialGradient>"
        ));
        assert_eq!(round.matrix, [400.0, 0.0, 0.0, 400.0, 500.0, 500.0]);
        let Way::Around { from } = round.way else {
            panic!("{round:?}");
        };
        assert!((from.0 + 0.5).abs() < 1e-5 && from.1 == 0.0, "{from:?}");
    }

    #[test]
    fn stops_may_begin_late_end_early_and_stand_at_one_place() {
        let spans = |stops: &[(f32, u8)]| {
            let stop = |(at, grey): &(f32, u8)| {
                format!("<stop offset='{at}' stop-color='rgb({grey},{grey},{grey})'/>")
            };
            let stops: String = stops.iter().map(stop).collect();
            even(&format!("<linearGradient id='g'>{stops}</linearGradient>")).spans
        };
        assert_eq!(
            spans(&[(0.25, 1), (0.5, 2)]),
            [span(0.25, 1, 1), span(0.5, 1, 2), span(1.0, 2, 2)]
        );
        let jump = spans(&[(0.0, 1), (0.5, 2), (0.5, 3), (1.0, 4)]);
        let [before, after] = jump[..] else {
            panic!("{jump:?}");
        };
        assert_eq!((before.from, before.to), ([1; 3], [2; 3]));
        assert_eq!((after.from, after.to, after.end), ([3; 3], [4; 3], 1.0));
        let ends = spans(&[(0.0, 1), (0.0, 2), (1.0, 3), (1.0, 4)]);
        let colours: Vec<_> = ends.iter().map(|span| (span.from[0], span.to[0])).collect();
        assert_eq!(colours, [(1, 1), (2, 3), (4, 4)]);
        assert!(ends.is_sorted_by(|one, next| one.end < next.end));
        let back = spans(&[(0.9, 1), (0.2, 2), (0.1, 3)]);
        assert!(
            back.is_sorted_by(|one, next| one.end < next.end),
            "{back:?}"
        );
    }

    #[test]
    fn a_gradient_without_length_is_its_last_colour() {
        let stops =
            "<stop stop-color='red'/><stop offset='1' stop-color='blue' stop-opacity='.5'/>";
        let point = of(&format!(
            "<linearGradient id='g' x1='1' x2='1'>{stops}</linearGradient>"
        ));
        assert!(matches!(point, Ok(Found::Plain([0, 0, 255], 0.5))));
        let uneven = of(&format!("<linearGradient id='g'>{stops}</linearGradient>"));
        let Ok(Found::Uneven(_, covers)) = uneven else {
            panic!("as much as it covers");
        };
        assert_eq!(covers.spans, [span(1.0, 255, 128)]);
    }

    #[test]
    fn what_a_pdf_would_paint_otherwise_is_refused() {
        let stops = "<stop stop-color='red'/><stop offset='1'/>";
        for gradient in [
            format!("<linearGradient id='g' spreadMethod='reflect'>{stops}</linearGradient>"),
            format!("<radialGradient id='g' fx='2'>{stops}</radialGradient>"),
            format!("<linearGradient id='g' x2='1e9'>{stops}</linearGradient>"),
        ] {
            let found = of(&gradient).err();
            assert!(matches!(found, Some(Refusal::NotForPaper(_))), "{gradient}");
        }
    }
}
