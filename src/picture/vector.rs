//! Pictures that are made of shapes: SVG.
//!
//! In: the text of a file. Out: a [`Vector`]: areas with a colour or a gradient, inside what clips and masks them. Style
//! sheets, classes, names of colours, copies and strokes are usvg's. Half of a picture is never shown: what has no place
//! among such areas, as words and shadows, is refused.

use std::{io, thread};

use usvg::tiny_skia_path::{
    Path as Outline, PathBuilder, PathSegment, PathStroker, Point, Rect, Transform,
};
use usvg::{
    ClipPath, FillRule, Group, ImageHrefResolver, Mask, MaskType, Node, Options, Paint, PaintOrder,
    Path, Tree, roxmltree,
};

use super::Refusal;
use super::gradient::{self, FAR, Found, Gradient};
use super::ink::Ink;
use super::links;

/// Shapes on a sheet, y downwards.
#[derive(Debug)]
pub(crate) struct Vector {
    /// In CSS pixels.
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// The sheet in the units of the shapes: its longer side has a thousand.
    pub(crate) sheet: (f32, f32),
    /// In the order in which they are painted.
    pub(crate) parts: Vec<Part>,
}

/// What is painted at once.
#[derive(Debug)]
pub(crate) enum Part {
    Area(Area),
    Layer(Layer),
}

/// An area with what fills it.
#[derive(Debug)]
pub(crate) struct Area {
    pub(crate) shape: Shape,
    pub(crate) fill: Fill,
    /// How much it covers of what lies below: 1 is all.
    pub(crate) cover: f32,
}

/// The colour of an area, or its colours.
#[derive(Debug)]
pub(crate) enum Fill {
    Colour([u8; 3]),
    Gradient(Gradient),
}

/// Parts that are put on the sheet together.
#[derive(Debug)]
pub(crate) struct Layer {
    /// Only what lies inside all of them is seen.
    pub(crate) clips: Vec<Shape>,
    /// Parts on black: as light as they are is what is seen here.
    pub(crate) mask: Option<Vec<Part>>,
    /// How much all parts together cover of what lies below: 1 is all.
    pub(crate) cover: f32,
    pub(crate) parts: Vec<Part>,
}

/// An outline, and what lies inside it.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) steps: Vec<Step>,
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

/// Clips that came after SVG 1.1. What has such a clip would be seen whole.
const CLIPS: [&str; 7] = [
    "circle(", "ellipse(", "inset(", "path(", "polygon(", "rect(", "xywh(",
];

/// How many layers may lie inside each other: a page may save its state 28 times (ISO 19005-2, 6.1.13).
const DEEPEST: usize = 20;

/// How many shapes and steps of outlines a picture may have. A small file can copy its shapes and clips without end.
const MOST: usize = 1_000_000;

/// How many units the longer side of a sheet has: lengths in a PDF have two decimals.
const UNITS: f32 = 1000.0;

/// For what is read by functions that call themselves, an element in an element: 64 MiB, of which little is used.
const STACK: usize = 64 << 20;

/// Reads an SVG file.
pub(super) fn read(bytes: &[u8]) -> Result<Vector, Refusal> {
    let read = thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(STACK);
        reader.spawn_scoped(scope, || drawn(bytes))?.join().or_else(
            // In a build whose faults do not end the program at once.
            |_| Ok(Err(broken("it cannot be drawn".to_owned()))),
        )
    });
    read.unwrap_or_else(|error: io::Error| Err(broken(format!("it cannot be read now: {error}"))))
}

fn broken(why: String) -> Refusal {
    Refusal::Broken(why)
}

fn drawn(bytes: &[u8]) -> Result<Vector, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| broken("it is not UTF-8 text".to_owned()))?;
    if let Some(what) = links::unread(text) {
        return Err(Refusal::NotForPaper(what));
    }
    let parsing = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..roxmltree::ParsingOptions::default()
    };
    let document = roxmltree::Document::parse_with_options(text, parsing)
        .map_err(|error| broken(format!("it is no SVG: {error}")))?;
    let small = text.to_ascii_lowercase();
    let refused = refused(&document)
        .or_else(|| refused_style(&small))
        .or_else(|| links::refused(&document));
    if let Some(what) = refused {
        return Err(Refusal::NotForPaper(what));
    }
    let tree = Tree::from_xmltree(&document, &nothing_fetched())
        .map_err(|error| broken(format!("it is no SVG: {error}")))?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = UNITS / width.max(height);
    let place = Place {
        transform: Transform::from_scale(scale, scale),
        ink: Ink::Seen,
        depth: 0,
    };
    let parts = Reader::default().group(tree.root(), place)?;
    match parts.is_empty() {
        true => Err(broken("it shows nothing".to_owned())),
        false => Ok(Vector {
            width,
            height,
            sheet: (width * scale, height * scale),
            parts,
        }),
    }
}

/// What stands in a file that usvg would leave out.
fn refused(document: &roxmltree::Document<'_>) -> Option<&'static str> {
    let mut elements = document.descendants().filter(|node| node.is_element());
    elements.find_map(|element| {
        let name = element.tag_name().name();
        let first = element.attribute("fr").unwrap_or("0").trim();
        if name == "radialGradient" && !matches!(first, "0" | "0%") {
            return Some("a round gradient that begins with a circle (fr)");
        }
        let mut refused = REFUSED.iter().filter(|(refused, _)| *refused == name);
        refused.next().map(|(_, what)| *what)
    })
}

/// What stands in the styles of a file, in small letters, that usvg would leave out.
fn refused_style(text: &str) -> Option<&'static str> {
    if COLOURS.iter().any(|colour| text.contains(colour)) {
        return Some("a colour that only browsers know");
    }
    let mut clips = text.split("clip-path").skip(1).map(|after| {
        after.trim_start_matches(|c: char| c.is_ascii_whitespace() || ":='\"".contains(c))
    });
    clips
        .any(|value| CLIPS.iter().any(|clip| value.starts_with(clip)))
        .then_some("a clip path that only browsers know")
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

/// Where things are read.
#[derive(Clone, Copy)]
struct Place {
    /// To the sheet.
    transform: Transform,
    ink: Ink,
    /// How many layers lie around.
    depth: usize,
}

impl Place {
    fn moved(self, transform: Transform) -> Place {
        Place {
            transform: self.transform.pre_concat(transform),
            ..self
        }
    }

    fn deeper(self) -> Result<Place, Refusal> {
        let depth = self.depth + 1;
        match depth > DEEPEST {
            true => Err(Refusal::NotForPaper(
                "more than twenty groups inside each other that are clipped, masked or half transparent",
            )),
            false => Ok(Place { depth, ..self }),
        }
    }
}

/// What reading comes to so far.
#[derive(Default)]
struct Reader<'a> {
    /// Shapes and steps.
    count: usize,
    masks: Vec<&'a Mask>,
}

impl<'a> Reader<'a> {
    fn count(&mut self, more: usize) -> Result<(), Refusal> {
        self.count += more;
        match self.count > MOST {
            true => Err(Refusal::NotForPaper("more shapes than a page can hold")),
            false => Ok(()),
        }
    }

    fn group(&mut self, group: &'a Group, place: Place) -> Result<Vec<Part>, Refusal> {
        if !group.filters().is_empty() {
            return Err(Refusal::NotForPaper("a filter, such as a shadow"));
        }
        if group.blend_mode() != usvg::BlendMode::Normal {
            return Err(Refusal::NotForPaper(
                "colours that are mixed with those below",
            ));
        }
        let mut place = place.moved(group.transform());
        let cover = group.opacity().get();
        if cover < 1.0 || group.clip_path().is_some() || group.mask().is_some() {
            place = place.deeper()?;
        }
        let mut layer = Layer::of(self.parts(group, place)?, cover);
        let mut clip = group.clip_path();
        while let Some(one) = clip {
            self.clip(one, place, &mut layer)?;
            clip = one.clip_path();
        }
        if let Some(mask) = group.mask() {
            self.mask(mask, place, &mut layer)?;
        }
        Ok(layer.seen())
    }

    fn parts(&mut self, group: &'a Group, place: Place) -> Result<Vec<Part>, Refusal> {
        let mut parts = Vec::new();
        for node in group.children() {
            self.count(1)?;
            match node {
                Node::Group(group) => parts.extend(self.group(group, place)?),
                Node::Path(path) if path.is_visible() => self.path(path, place, &mut parts)?,
                Node::Path(_) => {}
                Node::Image(_) | Node::Text(_) => {
                    return Err(Refusal::NotForPaper("another picture inside"));
                }
            }
        }
        Ok(parts)
    }

    /// One shape clips as an outline. Outlines of several would have to be one, so they are a mask.
    fn clip(&mut self, clip: &'a ClipPath, place: Place, layer: &mut Layer) -> Result<(), Refusal> {
        let place = Place {
            ink: Ink::There,
            ..place.moved(clip.transform())
        };
        let parts = self.parts(clip.root(), place)?;
        match outlines(&parts) {
            Some(shapes) => layer.clips.extend(shapes),
            None => layer.mask(parts),
        }
        Ok(())
    }

    fn mask(&mut self, mask: &'a Mask, place: Place, layer: &mut Layer) -> Result<(), Refusal> {
        if mask.mask().is_some() {
            return Err(Refusal::NotForPaper("a mask with a mask of its own"));
        }
        let ink = match mask.kind() {
            MaskType::Luminance => Ink::Light,
            MaskType::Alpha => Ink::There,
        };
        let place = Place {
            ink,
            ..place.deeper()?
        };
        let parts = self.parts(mask.root(), place)?;
        // usvg has the gradients of such a mask in the units of no shape in particular.
        let is_again = self.masks.iter().any(|other| std::ptr::eq(*other, mask));
        if is_again && parts.iter().any(Part::has_gradient) {
            return Err(Refusal::NotForPaper(
                "a mask with a gradient that several shapes share",
            ));
        }
        self.masks.push(mask);
        let mut masking = Layer::of(parts, 1.0);
        let frame = PathBuilder::from_rect(mask.rect().to_rect()).transform(place.transform);
        masking.clips.extend(frame.map(|frame| Shape {
            steps: steps(&frame),
            even_odd: false,
        }));
        layer.mask(masking.seen());
        Ok(())
    }

    fn path(&mut self, path: &Path, place: Place, parts: &mut Vec<Part>) -> Result<(), Refusal> {
        match path.paint_order() {
            PaintOrder::FillAndStroke => {
                self.fill(path, place, parts)?;
                self.stroke(path, place, parts)
            }
            PaintOrder::StrokeAndFill => {
                self.stroke(path, place, parts)?;
                self.fill(path, place, parts)
            }
        }
    }

    fn fill(&mut self, path: &Path, place: Place, parts: &mut Vec<Part>) -> Result<(), Refusal> {
        let Some(fill) = path.fill() else {
            return Ok(());
        };
        let bounds = path.data().bounds();
        if bounds.width() == 0.0 || bounds.height() == 0.0 {
            // A line has nothing inside; in a PDF, its fill would be a line.
            return Ok(());
        }
        let outline = path.data().clone().transform(place.transform);
        let even_odd = fill.rule() == FillRule::EvenOdd;
        let painted = (fill.paint(), fill.opacity().get());
        parts.extend(self.area(outline, even_odd, painted, place)?);
        Ok(())
    }

    /// A stroke is an area as well: that which the pen covers.
    fn stroke(&mut self, path: &Path, place: Place, parts: &mut Vec<Part>) -> Result<(), Refusal> {
        let Some(stroke) = path.stroke() else {
            return Ok(());
        };
        let pen = stroke.to_tiny_skia();
        let fine = PathStroker::compute_resolution_scale(&place.transform);
        let dashed = pen
            .dash
            .as_ref()
            .and_then(|dash| path.data().dash(dash, fine));
        let line = dashed.as_ref().unwrap_or(path.data()).stroke(&pen, fine);
        let outline = line.and_then(|line| line.transform(place.transform));
        let painted = (stroke.paint(), stroke.opacity().get());
        parts.extend(self.area(outline, false, painted, place)?);
        Ok(())
    }

    /// An area of the sheet, painted, covering so much; none where nothing is seen.
    fn area(
        &mut self,
        outline: Option<Outline>,
        even_odd: bool,
        (paint, cover): (&Paint, f32),
        place: Place,
    ) -> Result<Option<Part>, Refusal> {
        let Some(outline) = outline else {
            return Ok(None);
        };
        self.count(outline.len())?;
        let found = match paint {
            Paint::Color(colour) => Found::Plain(place.ink.of(*colour), 1.0),
            Paint::LinearGradient(one) => gradient::linear(one, place.transform, place.ink)?,
            Paint::RadialGradient(one) => gradient::radial(one, place.transform, place.ink)?,
            Paint::Pattern(_) => return Err(Refusal::NotForPaper("a pattern")),
        };
        let (fill, share, mask) = match found {
            Found::Nothing => return Ok(None),
            Found::Plain(colour, share) => (Fill::Colour(colour), share, None),
            Found::Even(gradient, share) => (Fill::Gradient(gradient), share, None),
            Found::Uneven(gradient, covers) => (Fill::Gradient(gradient), 1.0, Some(covers)),
        };
        let cover = cover * share;
        let shape = Shape {
            steps: steps(&outline),
            even_odd,
        };
        let area = Part::Area(Area { shape, fill, cover });
        let part = match mask {
            None => area,
            Some(covers) => covered(area, around(outline.bounds()), covers),
        };
        Ok((cover > 0.0).then_some(part))
    }
}

/// An area that a gradient of greys masks.
fn covered(area: Part, around: Shape, covers: Gradient) -> Part {
    let mut layer = Layer::of(vec![area], 1.0);
    layer.mask(vec![Part::Area(Area {
        shape: around,
        fill: Fill::Gradient(covers),
        cover: 1.0,
    })]);
    Part::Layer(layer)
}

/// A box with some room around what it holds, so that its edges are not seen.
fn around(bounds: Rect) -> Shape {
    let at = |x: f32, y: f32| (x.clamp(-FAR, FAR), y.clamp(-FAR, FAR));
    let (left, top) = (bounds.left() - 1.0, bounds.top() - 1.0);
    let (right, bottom) = (bounds.right() + 1.0, bounds.bottom() + 1.0);
    Shape {
        steps: vec![
            Step::Move(at(left, top)),
            Step::Line(at(right, top)),
            Step::Line(at(right, bottom)),
            Step::Line(at(left, bottom)),
            Step::Close,
        ],
        even_odd: false,
    }
}

/// The outlines that clip as parts do; none where several shapes lie beside each other.
fn outlines(parts: &[Part]) -> Option<Vec<Shape>> {
    match parts {
        [Part::Area(area)] => Some(vec![area.shape.clone()]),
        [Part::Layer(layer)] if layer.mask.is_none() && layer.cover == 1.0 => {
            let mut shapes = outlines(&layer.parts)?;
            shapes.extend(layer.clips.iter().cloned());
            Some(shapes)
        }
        _ => None,
    }
}

impl Layer {
    /// Parts that cover so much together; one area alone covers that much less.
    fn of(mut parts: Vec<Part>, mut cover: f32) -> Layer {
        if let [Part::Area(area)] = parts.as_mut_slice() {
            area.cover *= cover;
            cover = 1.0;
        }
        Layer {
            clips: Vec::new(),
            mask: None,
            cover,
            parts,
        }
    }

    /// Only where parts are light is something seen.
    fn mask(&mut self, parts: Vec<Part>) {
        if parts.is_empty() {
            self.parts.clear();
        }
        if self.mask.is_some() {
            let inner = Layer {
                clips: Vec::new(),
                mask: self.mask.take(),
                cover: 1.0,
                parts: std::mem::take(&mut self.parts),
            };
            self.parts = inner.seen();
        }
        self.mask = Some(parts);
    }

    /// The layer, or what is in it where it is as good as none.
    fn seen(self) -> Vec<Part> {
        let is_plain = self.clips.is_empty() && self.mask.is_none() && self.cover == 1.0;
        match is_plain || self.parts.is_empty() {
            true => self.parts,
            false => vec![Part::Layer(self)],
        }
    }
}

impl Part {
    fn has_gradient(&self) -> bool {
        match self {
            Part::Area(area) => matches!(area.fill, Fill::Gradient(_)),
            Part::Layer(layer) => layer
                .parts
                .iter()
                .chain(layer.mask.iter().flatten())
                .any(Part::has_gradient),
        }
    }
}

fn steps(outline: &Outline) -> Vec<Step> {
    let at = |point: Point| (point.x.clamp(-FAR, FAR), point.y.clamp(-FAR, FAR));
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

    fn parts(content: &str) -> Vec<Part> {
        let vector = svg(content).unwrap_or_else(|refusal| panic!("{content}: {refusal:?}"));
        vector.parts
    }

    fn colours(content: &str) -> Vec<[u8; 3]> {
        let colour = |part: &Part| match part {
            Part::Area(Area {
                fill: Fill::Colour(colour),
                ..
            }) => *colour,
            other => panic!("{content}: {other:?}"),
        };
        parts(content).iter().map(colour).collect()
    }

    /// Parts in few words: `#` a colour, `~` a gradient, then how much it covers in hundredths where that is not all; a
    /// layer in brackets, with the steps of each clip (`e` for even and odd) and what masks it before it.
    fn in_short(parts: &[Part]) -> String {
        let percent = |cover: f32| match cover == 1.0 {
            true => String::new(),
            false => format!("{:.0}", cover * 100.0),
        };
        let one = |part: &Part| match part {
            Part::Area(area) => {
                let sign = match area.fill {
                    Fill::Colour(_) => "#",
                    Fill::Gradient(_) => "~",
                };
                format!("{sign}{}", percent(area.cover))
            }
            Part::Layer(layer) => {
                let rule = |shape: &Shape| if shape.even_odd { "e" } else { "" };
                let clip = |shape: &Shape| format!("{}{} ", shape.steps.len(), rule(shape));
                let clips: String = layer.clips.iter().map(clip).collect();
                let mask = layer.mask.as_deref().map(in_short);
                let mask = mask.map(|mask| format!("mask{mask} ")).unwrap_or_default();
                let inside = in_short(&layer.parts);
                format!("[{clips}{mask}{inside}{}]", percent(layer.cover))
            }
        };
        let all: Vec<String> = parts.iter().map(one).collect();
        format!("({})", all.join(" "))
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
    }

    #[test]
    fn what_drawing_programs_add_is_passed_over() {
        let shape = "<rect width='9' height='9' fill='red'/>";
        for more in [
            "<sodipodi:namedview xmlns:sodipodi='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd' id='b'/>",
            "<metadata>x</metadata><title>t</title><desc>d</desc>",
            "<defs/>",
            "<defs><linearGradient id='g'><stop/></linearGradient></defs>",
            "<defs><filter id='f'><feFlood/></filter><pattern id='p' width='1' height='1'><path d='M0 0h1'/></pattern></defs>",
        ] {
            assert_eq!(colours(&format!("{more}{shape}")), [[255, 0, 0]], "{more}");
        }
        let bare = "<svg xmlns='http://www.w3.org/2000/svg'><rect width='20' height='10'/></svg>";
        assert!(read(bare.as_bytes()).is_ok_and(|one| (one.width, one.height) == (20.0, 10.0)));
    }

    const STOPS: &str = "<stop stop-color='red'/><stop offset='1'/>";

    #[test]
    fn what_covers_half_is_one_area_or_one_layer() {
        let two = "<rect width='9' height='9'/><rect x='5' width='9' height='9'/>";
        for (shapes, short) in [
            (
                "<rect width='9' height='9' opacity='.5'/>".to_owned(),
                "(#50)",
            ),
            (
                "<rect width='9' height='9' fill='rgba(0,0,0,.5)' opacity='.5'/>".to_owned(),
                "(#25)",
            ),
            (
                "<rect width='9' height='9' stroke='red' fill-opacity='.3' stroke-opacity='.4'/>"
                    .to_owned(),
                "(#30 #40)",
            ),
            (format!("<g opacity='.5'>{two}</g>"), "([(# #)50])"),
            (format!("<g opacity='1'>{two}</g>"), "(# #)"),
            (
                format!("<rect width='9' height='9' fill='none'/>{two}"),
                "(# #)",
            ),
        ] {
            assert_eq!(in_short(&parts(&shapes)), short, "{shapes}");
        }
    }

    #[test]
    fn gradients_fill_areas_and_strokes() {
        let half = "<stop stop-color='red' stop-opacity='.5'/><stop offset='1'/>";
        for (stops, shape, short) in [
            (STOPS, "<rect width='9' height='9' fill='url(#g)'/>", "(~)"),
            (
                STOPS,
                "<path d='M0 0h9v9' fill='none' stroke='url(#g)'/>",
                "(~)",
            ),
            (
                STOPS,
                "<rect width='9' height='9' fill='url(#g)' fill-opacity='.5'/>",
                "(~50)",
            ),
            // A line has no box that the gradient could fill (SVG 2, 14.2.2): it is not painted.
            (
                STOPS,
                "<rect width='9' height='9'/><path d='M0 0h9' stroke='url(#g)'/>",
                "(#)",
            ),
            (
                "<stop stop-color='red'/>",
                "<rect width='9' height='9' fill='url(#g)'/>",
                "(#)",
            ),
            (
                half,
                "<rect width='9' height='9' fill='url(#g)' fill-opacity='.5'/>",
                "([mask(~) (~50)])",
            ),
        ] {
            let shapes = format!("<linearGradient id='g'>{stops}</linearGradient>{shape}");
            assert_eq!(in_short(&parts(&shapes)), short, "{shapes}");
        }
    }

    #[test]
    fn clips_are_outlines_or_masks() {
        let clip = |attributes: &str, inside: &str| {
            format!(
                "<clipPath id='o'><path d='M0 0h9v9z'/></clipPath><clipPath id='c' {attributes}>{inside}</clipPath>\
                 <g clip-path='url(#c)'><path d='M0 0h9v9H0z'/><path d='M3 3h9v9z'/></g>"
            )
        };
        for (attributes, inside, short) in [
            ("", "<path d='M0 0h5v5H0z'/>", "([5 (# #)])"),
            (
                "",
                "<path d='M0 0h5v5H0z' clip-rule='evenodd'/>",
                "([5e (# #)])",
            ),
            (
                "clip-path='url(#o)'",
                "<path d='M0 0h5v5H0z'/>",
                "([5 4 (# #)])",
            ),
            (
                "",
                "<path d='M0 0h5v5H0z' clip-path='url(#o)'/>",
                "([5 4 (# #)])",
            ),
            (
                "",
                "<path d='M0 0h5v5H0z' fill='none' stroke='red'/>",
                "([5 (# #)])",
            ),
            // Two outlines that overlap the wrong way round would cut a hole into each other.
            (
                "",
                "<path d='M0 0h5v5H0z'/><path d='M2 2v5h5z'/>",
                "([mask(# #) (# #)])",
            ),
        ] {
            let shapes = clip(attributes, inside);
            assert_eq!(in_short(&parts(&shapes)), short, "{shapes}");
        }
        let nothing = clip("", "");
        assert!(matches!(svg(&nothing), Err(Refusal::Broken(_))));
        let units = clip(
            "clipPathUnits='objectBoundingBox'",
            "<path d='M0 0h.5v1z'/>",
        );
        let [Part::Layer(layer)] = &parts(&units)[..] else {
            panic!("{units}");
        };
        // Half of the twelve pixels that both shapes take, of which 200 are a thousand units.
        assert_eq!(layer.clips[0].steps[1], Step::Line((30.0, 0.0)));
    }

    #[test]
    fn masks_are_as_light_as_what_is_in_them() {
        let masked = |attributes: &str, inside: &str| {
            format!(
                "<linearGradient id='g'>{STOPS}</linearGradient><mask id='m' {attributes}>{inside}</mask>\
                 <path d='M0 0h9v9H0z' mask='url(#m)'/>"
            )
        };
        let colour = |shapes: &str| {
            let parts = parts(shapes);
            let [
                Part::Layer(Layer {
                    mask: Some(mask), ..
                }),
            ] = &parts[..]
            else {
                panic!("{parts:?}");
            };
            assert_eq!(in_short(mask), "([5 (#)])");
            let [Part::Layer(frame)] = &mask[..] else {
                panic!("{mask:?}");
            };
            match &frame.parts[..] {
                [
                    Part::Area(Area {
                        fill: Fill::Colour(colour),
                        ..
                    }),
                ] => *colour,
                other => panic!("{other:?}"),
            }
        };
        let red = "<path d='M0 0h5v5z' fill='red'/>";
        assert_eq!(colour(&masked("", red)), [54; 3]);
        assert_eq!(colour(&masked("style='mask-type:alpha'", red)), [255; 3]);
        let gradient = masked("", "<path d='M0 0h5v5z' fill='url(#g)'/>");
        assert_eq!(in_short(&parts(&gradient)), "([mask([5 (~)]) (#)])");
    }

    #[test]
    fn a_picture_is_as_large_as_its_file_says_whatever_its_units() {
        for unit in [1.0, 0.001, 1e6] {
            let (w, h) = (200.0 * unit, 100.0 * unit);
            let file = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20' viewBox='0 0 {w} {h}'>\
                 <path d='M0 0H{w}V{h}z'/></svg>"
            );
            let vector = read(file.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal:?}"));
            assert_eq!((vector.width, vector.height), (40.0, 20.0));
            assert_eq!(vector.sheet, (1000.0, 500.0));
            let [Part::Area(area)] = &vector.parts[..] else {
                panic!("{vector:?}");
            };
            let Step::Line((x, y)) = area.shape.steps[2] else {
                panic!("{area:?}");
            };
            assert!((x - 1000.0).abs() < 0.01 && (y - 500.0).abs() < 0.01);
        }
    }

    #[test]
    fn no_file_leads_the_reader_astray() {
        let last = "<path d='M0 0h9v9z' fill='#fff'/>";
        let chain = |of: &str, attribute: &str, count: usize, each: usize| {
            let one = |at: usize| {
                let next = format!("{attribute}='url(#c{})'", at + 1);
                let inside = format!("<path d='M0 0h9v9z' {next}/>").repeat(each);
                let more = "width='9' height='9'";
                format!("<{of} id='c{at}' {more}>{inside}</{of}>")
            };
            let links: String = (0..count).map(one).collect();
            format!(
                "{links}<{of} id='c{count}'>{last}</{of}><path d='M0 0h9v9z' {attribute}='url(#c0)'/>"
            )
        };
        let deep = |count: usize| "<g opacity='.9'>".repeat(count) + last + &"</g>".repeat(count);
        let circle = "<clipPath id='a' clip-path='url(#b)'/><clipPath id='b' clip-path='url(#c)'/>\
                      <clipPath id='c' clip-path='url(#a)'/><path d='M0 0h9v9z' clip-path='url(#a)'/>";
        let mut files = vec![circle.to_owned(), deep(200), deep(900), deep(100_000)];
        for (of, attribute) in [
            ("clipPath", "clip-path"),
            ("mask", "mask"),
            ("pattern", "fill"),
        ] {
            for count in [12, 140, 5000] {
                files.push(chain(of, attribute, count, 1));
                files.push(chain(of, attribute, count, 2));
            }
        }
        for file in files {
            // A mask in a mask, each half as deep as a page allows, is drawn; everything else is refused in words.
            let fault =
                matches!(svg(&file), Err(Refusal::Broken(why)) if why.contains("cannot be"));
            assert!(!fault, "{}", &file[..file.len().min(200)]);
        }
    }

    #[test]
    fn a_small_file_cannot_hold_endless_shapes() {
        let path = format!("<path d='M0 0{}z'/>", "h1v1".repeat(5000));
        let clipped = "<path d='M0 0h9v9z' clip-path='url(#c)'/>".repeat(500);
        let many = format!("<clipPath id='c'>{path}</clipPath>{clipped}");
        let deep = "<g opacity='.9'>".repeat(30) + &clipped + &"</g>".repeat(30);
        for shapes in [many, deep] {
            let refusal = svg(&shapes).err();
            assert!(
                matches!(refusal, Some(Refusal::NotForPaper(_))),
                "{refusal:?}"
            );
        }
        let shallow =
            "<g opacity='.9'>".repeat(20) + &"<path d='M0 0h9v9z'/>".repeat(2) + &"</g>".repeat(20);
        assert!(svg(&shallow).is_ok());
    }

    #[test]
    fn half_a_picture_is_refused() {
        for shapes in [
            "<rect width='9' height='9' fill='rebeccapurple'/>",
            "<style>rect{fill:var(--accent)}</style><rect width='9' height='9'/>",
            "<rect width='9' height='9'/><text x='1' y='9'>Logo</text>",
            "<rect width='9' height='9'/><image href='/etc/passwd' width='9' height='9'/>",
            "<rect width='9' height='9' style='clip-path: circle(50%)'/>",
            "<filter id='f'><feGaussianBlur stdDeviation='2'/></filter><rect filter='url(#f)' width='9' height='9'/>",
            "<rect width='9' height='9' style='mix-blend-mode:multiply'/>",
            "<pattern id='g' width='1' height='1'><path d='M0 0h1v1z'/></pattern>\
             <rect width='9' height='9' fill='url(#g)'/>",
            "<radialGradient id='g' fr='.2'><stop stop-color='red'/><stop offset='1'/></radialGradient>\
             <rect width='9' height='9' fill='url(#g)'/>",
            "<mask id='n'><circle r='4' fill='#fff'/></mask><mask id='m' mask='url(#n)'><circle r='4' fill='#fff'/></mask>\
             <rect mask='url(#m)' width='9' height='9'/>",
            "<linearGradient id='g'><stop stop-color='red'/><stop offset='1'/></linearGradient>\
             <mask id='m' maskUnits='userSpaceOnUse' x='0' y='0' width='9' height='9'><circle r='4' fill='url(#g)'/></mask>\
             <g mask='url(#m)'><path d='M0 0h9v9'/></g><g mask='url(#m)'><path d='M0 0h9v9'/></g>",
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
