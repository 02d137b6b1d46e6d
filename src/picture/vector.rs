//! Pictures that are made of shapes: SVG.
//!
//! In: the text of a file. Out: a [`Vector`], every shape of which is an area with one colour. Style sheets, classes, names of
//! colours, copies and strokes are usvg's. Half of a picture is never shown: what has no place in an area with a colour, as
//! words and colours that run into each other, is refused. What is half transparent is mixed with white paper.

use usvg::tiny_skia_path::{Path as Outline, PathSegment, Point};
use usvg::{
    FillRule, Group, ImageHrefResolver, Node, Options, Paint, PaintOrder, Path, Tree, roxmltree,
};

use super::Refusal;

/// Areas on a sheet, y downwards.
#[derive(Debug)]
pub(crate) struct Vector {
    /// In CSS pixels.
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// In the order in which they are painted.
    pub(crate) areas: Vec<Area>,
}

/// An area with its colour.
#[derive(Debug)]
pub(crate) struct Area {
    pub(crate) steps: Vec<Step>,
    pub(crate) colour: [u8; 3],
    pub(crate) even_odd: bool,
}

/// A step of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Begin at a point.
    Move((f32, f32)),
    /// A straight line to a point.
    Line((f32, f32)),
    /// A curve with two handles to a point.
    Curve((f32, f32), (f32, f32), (f32, f32)),
    /// Back to where it began.
    Close,
}

/// Elements that are no areas, and what they are.
const REFUSED: [(&str, &str); 3] = [
    ("text", "words that are not made into paths"),
    ("image", "another picture inside"),
    ("foreignObject", "HTML inside"),
];

/// Ways to give a colour that came after SVG 1.1. Shapes with such a colour would be black.
const COLOURS: [&str; 7] = [
    "rebeccapurple",
    "var(",
    "hwb(",
    "lab(",
    "lch(",
    "color(",
    "color-mix(",
];

/// Reads an SVG file.
pub(super) fn read(bytes: &[u8]) -> Result<Vector, Refusal> {
    let broken = |why: String| Refusal::Broken(why);
    let text = std::str::from_utf8(bytes).map_err(|_| broken("it is not UTF-8 text".to_owned()))?;
    let parsing = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(text, parsing)
        .map_err(|error| broken(format!("it is no SVG: {error}")))?;
    if let Some(what) = refused(&document) {
        return Err(Refusal::NotForPaper(what));
    }
    let small = text.to_ascii_lowercase();
    if COLOURS.iter().any(|colour| small.contains(colour)) {
        return Err(Refusal::NotForPaper("a colour that only browsers know"));
    }
    let tree = Tree::from_xmltree(&document, &nothing_fetched())
        .map_err(|error| broken(format!("it is no SVG: {error}")))?;
    let mut vector = Vector {
        width: tree.size().width(),
        height: tree.size().height(),
        areas: Vec::new(),
    };
    vector.group(tree.root(), 1.0)?;
    match vector.areas.is_empty() {
        true => Err(broken("it shows nothing".to_owned())),
        false => Ok(vector),
    }
}

/// What stands in a file that usvg would leave out.
fn refused(document: &roxmltree::Document<'_>) -> Option<&'static str> {
    let elements = document.descendants().filter(|node| node.is_element());
    let names = elements.map(|element| element.tag_name().name());
    names
        .filter_map(|name| REFUSED.iter().find(|(refused, _)| *refused == name))
        .map(|(_, what)| *what)
        .next()
}

/// Files that a file names are left alone.
fn nothing_fetched() -> Options<'static> {
    Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    }
}

impl Vector {
    /// The shapes of a group, so much of the paper covered.
    fn group(&mut self, group: &Group, cover: f32) -> Result<(), Refusal> {
        let wanted = [
            (
                group.clip_path().is_some(),
                "shapes that are cut out of others (clip-path)",
            ),
            (group.mask().is_some(), "a mask"),
            (!group.filters().is_empty(), "a filter, such as a shadow"),
            (
                group.blend_mode() != usvg::BlendMode::Normal,
                "colours that are mixed with those below",
            ),
        ];
        if let Some((_, what)) = wanted.into_iter().find(|(is_wanted, _)| *is_wanted) {
            return Err(Refusal::NotForPaper(what));
        }
        let cover = cover * group.opacity().get();
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group, cover)?,
                Node::Path(path) if path.is_visible() => self.path(path, cover)?,
                Node::Path(_) => {}
                Node::Image(_) | Node::Text(_) => {
                    return Err(Refusal::NotForPaper("another picture inside"));
                }
            }
        }
        Ok(())
    }

    fn path(&mut self, path: &Path, cover: f32) -> Result<(), Refusal> {
        match path.paint_order() {
            PaintOrder::FillAndStroke => {
                self.fill(path, cover)?;
                self.stroke(path, cover)
            }
            PaintOrder::StrokeAndFill => {
                self.stroke(path, cover)?;
                self.fill(path, cover)
            }
        }
    }

    fn fill(&mut self, path: &Path, cover: f32) -> Result<(), Refusal> {
        let Some(fill) = path.fill() else {
            return Ok(());
        };
        let colour = colour(fill.paint(), cover * fill.opacity().get())?;
        let even_odd = fill.rule() == FillRule::EvenOdd;
        self.area(Some(path.data().clone()), path, colour, even_odd);
        Ok(())
    }

    /// A stroke is an area as well: that which the pen covers.
    fn stroke(&mut self, path: &Path, cover: f32) -> Result<(), Refusal> {
        let Some(stroke) = path.stroke() else {
            return Ok(());
        };
        let colour = colour(stroke.paint(), cover * stroke.opacity().get())?;
        let pen = stroke.to_tiny_skia();
        let dashed = pen
            .dash
            .as_ref()
            .and_then(|dash| path.data().dash(dash, FINE));
        let line = dashed.as_ref().unwrap_or(path.data());
        self.area(line.stroke(&pen, FINE), path, colour, false);
        Ok(())
    }

    fn area(&mut self, outline: Option<Outline>, path: &Path, colour: [u8; 3], even_odd: bool) {
        let outline = outline.and_then(|outline| outline.transform(path.abs_transform()));
        if let Some(outline) = outline {
            self.areas.push(Area {
                steps: steps(&outline),
                colour,
                even_odd,
            });
        }
    }
}

/// How much larger a stroke may be shown than it is drawn, and still be round.
const FINE: f32 = 4.0;

/// What is seen of a paint on white paper.
fn colour(paint: &Paint, cover: f32) -> Result<[u8; 3], Refusal> {
    let Paint::Color(colour) = paint else {
        return Err(Refusal::NotForPaper(
            "colours that run into each other (a gradient), or a pattern",
        ));
    };
    let mixed = |part: u8| (255.0 - (255.0 - f32::from(part)) * cover).round() as u8;
    Ok([colour.red, colour.green, colour.blue].map(mixed))
}

fn steps(outline: &Outline) -> Vec<Step> {
    let at = |point: Point| (point.x, point.y);
    let mut last = Point::zero();
    let mut steps = Vec::new();
    for segment in outline.segments() {
        let (step, end) = match segment {
            PathSegment::MoveTo(to) => (Step::Move(at(to)), to),
            PathSegment::LineTo(to) => (Step::Line(at(to)), to),
            PathSegment::QuadTo(by, to) => (quadratic(at(last), at(by), at(to)), to),
            PathSegment::CubicTo(a, b, to) => (Step::Curve(at(a), at(b), at(to)), to),
            PathSegment::Close => (Step::Close, last),
        };
        steps.push(step);
        last = end;
    }
    steps
}

/// A curve with one handle as one with two.
fn quadratic(from: (f32, f32), by: (f32, f32), to: (f32, f32)) -> Step {
    let toward = |end: (f32, f32)| {
        let part = |end: f32, by: f32| end + (by - end) * 2.0 / 3.0;
        (part(end.0, by.0), part(end.1, by.1))
    };
    Step::Curve(toward(from), toward(to), to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(content: &str) -> Result<Vector, Refusal> {
        let svg = "xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'";
        read(format!("<svg {svg} viewBox='0 0 200 80'>{content}</svg>").as_bytes())
    }

    fn colours(content: &str) -> Vec<[u8; 3]> {
        let vector = svg(content).unwrap_or_else(|refusal| panic!("{content}: {refusal:?}"));
        vector.areas.iter().map(|area| area.colour).collect()
    }

    #[test]
    fn a_colour_may_be_given_in_every_way_that_programs_write() {
        for shape in [
            "<rect width='9' height='9' fill='green'/>",
            "<rect width='9' height='9' fill='#008000'/>",
            "<rect width='9' height='9' fill='rgb(0, 128, 0)'/>",
            "<rect width='9' height='9' style='fill:#008000;fill-opacity:1'/>",
            "<style>.k{fill:#008000}</style><rect class='k' width='9' height='9'/>",
            "<style>rect{fill:green}</style><rect width='9' height='9'/>",
            "<defs><circle id='c' r='20'/></defs><use href='#c' fill='green'/>",
            "<defs><circle id='c' r='20'/></defs><use xlink:href='#c' fill='green'/>",
            "<g fill='green'><path d='M0 0q5 5 10 0z'/></g>",
            "<path d='M0 0h10' fill='none' stroke='green' stroke-dasharray='2 20'/>",
        ] {
            assert_eq!(colours(shape), [[0, 128, 0]], "{shape}");
        }
        for (name, colour) in [
            ("lightgoldenrodyellow", [250, 250, 210]),
            ("tomato", [255, 99, 71]),
        ] {
            let shape = format!("<rect width='9' height='9' fill='{name}'/>");
            assert_eq!(colours(&shape), [colour]);
        }
        let half = "<g opacity='.5'><rect width='9' height='9'/></g>";
        assert_eq!(colours(half), [[128; 3]]);
    }

    #[test]
    fn what_drawing_programs_add_is_passed_over() {
        let shape = "<rect width='9' height='9' fill='red'/>";
        for more in [
            "<sodipodi:namedview xmlns:sodipodi='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd' id='b'/>",
            "<metadata>x</metadata><title>t</title><desc>d</desc>",
            "<defs/>",
            "<defs><linearGradient id='g'><stop/></linearGradient></defs>",
        ] {
            assert_eq!(colours(&format!("{more}{shape}")), [[255, 0, 0]], "{more}");
        }
        let bare = "<svg xmlns='http://www.w3.org/2000/svg'><rect width='20' height='10'/></svg>";
        assert!(read(bare.as_bytes()).is_ok_and(|one| (one.width, one.height) == (20.0, 10.0)));
    }

    #[test]
    fn half_a_picture_is_refused() {
        for shapes in [
            "<rect width='9' height='9' fill='rebeccapurple'/>",
            "<style>rect{fill:var(--accent)}</style><rect width='9' height='9'/>",
            "<rect width='9' height='9'/><text x='1' y='9'>Logo</text>",
            "<rect width='9' height='9'/><image href='/etc/passwd' width='9' height='9'/>",
            "<clipPath id='a'><circle r='4'/></clipPath><rect clip-path='url(#a)' width='9' height='9'/>",
            "<linearGradient id='g'><stop stop-color='red'/><stop offset='1'/></linearGradient>\
             <rect width='9' height='9' fill='url(#g)'/>",
        ] {
            let refusal = svg(shapes).err();
            assert!(
                matches!(refusal, Some(Refusal::NotForPaper(_))),
                "{shapes}: {refusal:?}"
            );
        }
        for nothing in [
            "",
            "not svg",
            "<svg/>",
            "<svg xmlns='http://www.w3.org/2000/svg'><g",
        ] {
            assert!(
                matches!(read(nothing.as_bytes()), Err(Refusal::Broken(_))),
                "{nothing}"
            );
        }
    }
}
