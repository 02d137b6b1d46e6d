//! Pictures that are made of shapes, as form XObjects (ISO 32000-1, 8.10).
//!
//! In: a [`Vector`]. Out: the number of a form that fills a square of one unit, as an image does. Gradients are shading
//! patterns (8.7.4), what covers half is a graphics state (11.6.4.4), and a layer that is masked or half transparent as a
//! whole is a form inside the form (11.6.6). Every colour is DeviceRGB, which the output intent of the file defines.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::operators::Operators;
use crate::picture::{Area, Fill, Gradient, Layer, Part, Shape, Vector, Way};

/// Adds the form of a picture to a document.
pub(super) fn add(document: &mut Document, vector: &Vector) -> ObjectId {
    let (width, height) = vector.sheet;
    let mut form = Form::on(document, vector.sheet);
    form.parts(&vector.parts);
    let is_mixed = vector.parts.iter().any(is_mixed);
    let id = form.finish(is_mixed);
    if let Ok(form) = document.get_object_mut(id).and_then(Object::as_stream_mut) {
        let matrix = [1.0 / width, 0.0, 0.0, -1.0 / height, 0.0, 1.0];
        form.dict.set("Matrix", reals(&matrix));
    }
    id
}

/// Whether some colour is mixed with what lies below it.
fn is_mixed(part: &Part) -> bool {
    match part {
        Part::Area(area) => area.cover < 1.0,
        Part::Layer(layer) => {
            layer.cover < 1.0 || layer.mask.is_some() || layer.parts.iter().any(is_mixed)
        }
    }
}

/// A form that is being drawn.
struct Form<'a> {
    document: &'a mut Document,
    sheet: (f32, f32),
    out: Operators,
    patterns: Dictionary,
    states: Dictionary,
    forms: Dictionary,
}

impl Form<'_> {
    fn on(document: &mut Document, sheet: (f32, f32)) -> Form<'_> {
        Form {
            document,
            sheet,
            out: Operators(Vec::new()),
            patterns: Dictionary::new(),
            states: Dictionary::new(),
            forms: Dictionary::new(),
        }
    }

    /// Puts the form into the document: its parts are mixed with each other first, when it is a group.
    fn finish(self, is_group: bool) -> ObjectId {
        let mut resources = Dictionary::new();
        for (kind, own) in [
            ("Pattern", self.patterns),
            ("ExtGState", self.states),
            ("XObject", self.forms),
        ] {
            if !own.is_empty() {
                resources.set(kind, own);
            }
        }
        let mut form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => reals(&[0.0, 0.0, self.sheet.0, self.sheet.1]),
            "Resources" => resources,
        };
        if is_group {
            let group = dictionary! { "S" => "Transparency", "CS" => "DeviceRGB", "I" => true };
            form.set("Group", group);
        }
        self.document.add_object(Stream::new(form, self.out.0))
    }

    fn parts(&mut self, parts: &[Part]) {
        for part in parts {
            match part {
                Part::Area(area) => self.area(area),
                Part::Layer(layer) => self.layer(layer),
            }
        }
    }

    fn area(&mut self, area: &Area) {
        let is_mixed = area.cover < 1.0;
        if is_mixed {
            self.out.put(b"q\n");
            self.state(area.cover, None);
        }
        match &area.fill {
            Fill::Colour(colour) => {
                self.out.colour(*colour);
                self.out.put(b"rg\n");
            }
            Fill::Gradient(gradient) => {
                let name = format!("P{}", self.patterns.len());
                let pattern = self.document.add_object(pattern(gradient));
                self.patterns.set(name.as_str(), pattern);
                self.out.put(format!("/Pattern cs/{name} scn\n").as_bytes());
            }
        }
        self.outline(&area.shape, [b"f\n", b"f*\n"]);
        if is_mixed {
            self.out.put(b"Q\n");
        }
    }

    fn layer(&mut self, layer: &Layer) {
        self.out.put(b"q\n");
        for clip in &layer.clips {
            self.outline(clip, [b"W n\n", b"W* n\n"]);
        }
        if layer.mask.is_none() && layer.cover == 1.0 {
            self.parts(&layer.parts);
        } else {
            self.state(layer.cover, layer.mask.as_deref());
            match layer.parts.as_slice() {
                [Part::Area(area)] => self.area(area),
                parts => {
                    let name = format!("F{}", self.forms.len());
                    let form = self.group(parts);
                    self.forms.set(name.as_str(), form);
                    self.out.put(format!("/{name} Do\n").as_bytes());
                }
            }
        }
        self.out.put(b"Q\n");
    }

    /// An outline, and the operator that its rule asks for: for nonzero, for even and odd.
    fn outline(&mut self, shape: &Shape, operators: [&[u8]; 2]) {
        self.out.outline(&shape.steps);
        self.out.put(operators[usize::from(shape.even_odd)]);
    }

    /// What follows covers so much, and is seen where a mask is light.
    fn state(&mut self, cover: f32, mask: Option<&[Part]>) {
        let cover = (cover * 1000.0).round();
        let mut state = dictionary! { "ca" => cover / 1000.0 };
        let name = match mask {
            None => format!("A{cover}"),
            Some(mask) => {
                let group = self.group(mask);
                let mask = dictionary! { "S" => "Luminosity", "G" => group };
                state.set("SMask", mask);
                format!("M{}", self.states.len())
            }
        };
        self.states.set(name.as_str(), state);
        self.out.put(format!("/{name} gs\n").as_bytes());
    }

    /// Parts as a form of their own.
    fn group(&mut self, parts: &[Part]) -> ObjectId {
        let mut form = Form::on(self.document, self.sheet);
        form.parts(parts);
        form.finish(true)
    }
}

/// A gradient as a shading pattern.
fn pattern(gradient: &Gradient) -> Dictionary {
    let (kind, places) = match gradient.way {
        Way::Along => (2, vec![0.0, 0.0, 1.0, 0.0]),
        Way::Around { from: (x, y) } => (3, vec![x, y, 0.0, 0.0, 0.0, 1.0]),
    };
    let shading = dictionary! {
        "ShadingType" => kind,
        "ColorSpace" => "DeviceRGB",
        "Coords" => reals(&places),
        "Extend" => vec![true.into(), true.into()],
        "Function" => function(gradient),
    };
    dictionary! {
        "Type" => "Pattern",
        "PatternType" => 2,
        "Matrix" => reals(&gradient.matrix),
        "Shading" => shading,
    }
}

/// The colour at each place from 0 to 1 (ISO 32000-1, 7.10.3 and 7.10.4).
fn function(gradient: &Gradient) -> Dictionary {
    let part = |part: u8| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0;
    let one = |from: [u8; 3], to: [u8; 3]| {
        dictionary! {
            "FunctionType" => 2,
            "Domain" => vec![0.into(), 1.into()],
            "N" => 1,
            "C0" => reals(&from.map(part)),
            "C1" => reals(&to.map(part)),
        }
    };
    if let [span] = gradient.spans.as_slice() {
        return one(span.from, span.to);
    }
    let functions = gradient.spans.iter().map(|span| one(span.from, span.to));
    let functions: Vec<Object> = functions.map(Object::from).collect();
    let inner = gradient.spans.len().saturating_sub(1);
    let bounds: Vec<f32> = gradient.spans[..inner]
        .iter()
        .map(|span| span.end)
        .collect();
    let each: Vec<f32> = functions.iter().flat_map(|_| [0.0, 1.0]).collect();
    dictionary! {
        "FunctionType" => 3,
        "Domain" => vec![0.into(), 1.into()],
        "Functions" => functions,
        "Bounds" => reals(&bounds),
        "Encode" => reals(&each),
    }
}

fn reals(numbers: &[f32]) -> Vec<Object> {
    numbers.iter().map(|number| Object::Real(*number)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::picture::{self, Picture};

    /// The form of an SVG, twice as wide as it is high, and the document that it is in.
    fn drawn(shapes: &str) -> (Document, ObjectId) {
        let svg =
            format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 50'>{shapes}</svg>");
        let Ok(Picture::Vector(vector)) = picture::read(picture::SVG, svg.as_bytes()) else {
            panic!("{shapes}");
        };
        let mut document = Document::new();
        let id = add(&mut document, &vector);
        (document, id)
    }

    #[test]
    fn plain_shapes_need_no_resources_and_fill_a_square() {
        let (document, id) = drawn("<path d='M0 0h50v50z' fill='red' fill-rule='evenodd'/>");
        let form = document.get_object(id).unwrap().as_stream().unwrap();
        let expected = "1 0 0 rg\n0 0 m\n500 0 l\n500 500 l\nh\nf*\n";
        assert_eq!(String::from_utf8_lossy(&form.content), expected);
        assert!(!form.dict.has(b"Group"));
        assert!(
            form.dict
                .get(b"Resources")
                .unwrap()
                .as_dict()
                .unwrap()
                .is_empty()
        );
        let numbers = |key| {
            let numbers = form.dict.get(key).unwrap().as_array().unwrap().iter();
            numbers
                .map(|number| number.as_float().unwrap())
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers(b"BBox"), [0.0, 0.0, 1000.0, 500.0]);
        assert_eq!(numbers(b"Matrix"), [0.001, 0.0, 0.0, -0.002, 0.0, 1.0]);
    }

    #[test]
    fn a_state_ends_with_what_it_is_for() {
        let (document, id) = drawn(
            "<path d='M0 0h9v9z' opacity='.5'/><path d='M9 0h9v9z' fill-opacity='.5'/><path d='M0 0h9v9z'/>",
        );
        let form = document.get_object(id).unwrap().as_stream().unwrap();
        let content = String::from_utf8_lossy(&form.content);
        let states: Vec<&str> = content
            .lines()
            .filter(|line| matches!(*line, "q" | "Q" | "f") || line.ends_with("gs"))
            .collect();
        assert_eq!(
            states,
            ["q", "/A500 gs", "f", "Q", "q", "/A500 gs", "f", "Q", "f"]
        );
        assert!(form.dict.has(b"Group"));
        let resources = form.dict.get(b"Resources").unwrap().as_dict().unwrap();
        let states = resources.get(b"ExtGState").unwrap().as_dict().unwrap();
        assert_eq!(states.len(), 1);
    }

    #[test]
    fn colours_between_several_stops_are_stitched() {
        let stop = |at: &str, colour: &str| format!("<stop offset='{at}' stop-color='{colour}'/>");
        let stops =
            stop("0", "red") + &stop(".25", "lime") + &stop(".25", "blue") + &stop("1", "#fff");
        let (document, _) = drawn(&format!(
            "<linearGradient id='g'>{stops}</linearGradient><path d='M0 0h9v9z' fill='url(#g)'/>"
        ));
        let patterns = document
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok());
        let shadings: Vec<&Dictionary> = patterns
            .filter_map(|pattern| pattern.get(b"Shading").ok()?.as_dict().ok())
            .collect();
        let [shading] = shadings.as_slice() else {
            panic!("{shadings:?}");
        };
        let function = shading.get(b"Function").unwrap().as_dict().unwrap();
        let parts = function.get(b"Functions").unwrap().as_array().unwrap();
        let ends =
            |part: &Object, key: &[u8]| format!("{:?}", part.as_dict().unwrap().get(key).unwrap());
        assert_eq!(parts.len(), 2);
        assert_eq!(ends(&parts[0], b"C1"), "[0 1 0]");
        assert_eq!(ends(&parts[1], b"C0"), "[0 0 1]");
        let bound = function.get(b"Bounds").unwrap().as_array().unwrap()[0].as_float();
        assert!((bound.unwrap() - 0.25).abs() < 1e-5);
    }
}
