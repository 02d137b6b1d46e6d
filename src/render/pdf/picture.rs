//! Pictures: what an `img` or an `svg` holds, ready to be placed.
//!
//! In: the source of an image, which must be in the document itself (`data:` with PNG, JPEG or SVG), or an `svg` element. Out: a
//! [`Picture`], or nothing when it cannot be shown, so that its alternative text is set instead. Nothing is ever fetched.

use super::drawing::{self, Drawing};
use super::style::Colour;
use super::tree::{self, Element};
use crate::picture::{self, Picture as File, Raster, Vector};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Something to look at, with its size in points when shown at its own scale.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) kind: Kind,
}

/// What a picture is made of.
#[derive(Debug)]
pub(super) enum Kind {
    Raster(Raster),
    /// Shapes of a file.
    Vector(Vector),
    /// An `svg` element of the document, which may have words.
    Drawing(Drawing),
}

/// Points of a CSS pixel.
const PIXEL: f32 = 0.75;

/// The picture that an element shows, in a document whose own colour is given.
pub(super) fn read(element: &Element, accent: Colour) -> Option<Picture> {
    let (natural, kind) = match element.name.as_str() {
        "img" => match of_file(element.attribute("src")?)? {
            File::Raster(raster) => (
                (raster.width as f32 * PIXEL, raster.height as f32 * PIXEL),
                Kind::Raster(raster),
            ),
            File::Vector(vector) => (
                (vector.width * PIXEL, vector.height * PIXEL),
                Kind::Vector(vector),
            ),
        },
        "svg" => {
            let drawing = drawing::read(element, accent)?;
            (
                (drawing.width * PIXEL, drawing.height * PIXEL),
                Kind::Drawing(drawing),
            )
        }
        _ => return None,
    };
    let wanted = |name| {
        let text = element.attribute(name)?.trim().trim_end_matches("px");
        text.parse::<f32>()
            .ok()
            .filter(|size| size.is_finite() && *size > 0.0)
            .map(|size| size * PIXEL)
    };
    let (width, height) = match (wanted("width"), wanted("height")) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, width * natural.1 / natural.0),
        (None, Some(height)) => (height * natural.0 / natural.1, height),
        (None, None) => natural,
    };
    let sound = |size: f32| size.is_finite() && size > 0.0;
    (sound(width) && sound(height)).then_some(Picture {
        width,
        height,
        kind,
    })
}

/// The alternative text of a picture; none for one that only decorates. A drawing that says nothing of itself is said
/// in its own words.
pub(super) fn alternative(element: &Element) -> Option<String> {
    if element.attribute("aria-hidden") == Some("true") {
        return None;
    }
    let text = element
        .attribute("alt")
        .or(element.attribute("aria-label"))
        .map(str::to_owned)
        .or_else(|| title(element))
        .unwrap_or_else(|| words(element));
    let text = tree::squeeze(&text);
    (!text.is_empty()).then_some(text)
}

fn title(element: &Element) -> Option<String> {
    element.children.iter().find_map(|node| match node {
        tree::Node::Element(child) if child.name == "title" => Some(child.text()),
        _ => None,
    })
}

/// What the texts of a drawing say.
fn words(element: &Element) -> String {
    let mut out = String::new();
    for node in &element.children {
        if let tree::Node::Element(child) = node {
            match child.name.as_str() {
                "text" => out.push_str(&child.text()),
                _ => out.push_str(&words(child)),
            }
            out.push(' ');
        }
    }
    out
}

/// The picture of a `data:` address.
fn of_file(source: &str) -> Option<File> {
    let (kind, data) = source.trim().strip_prefix("data:")?.split_once(',')?;
    let media_type = kind.trim_end().strip_suffix(";base64")?;
    picture::read(media_type.trim(), &decoded(data)?).ok()
}

fn decoded(data: &str) -> Option<Vec<u8>> {
    let data: String = data.split_whitespace().collect();
    STANDARD.decode(data).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read() {
        assert_eq!(decoded("aGVs\nbG8="), Some(b"hello".to_vec()));
        assert_eq!(decoded("a!"), None);
        for nothing in [
            "https://example.org/a.png",
            "data:image/png,abc",
            "data:image/png;base64,",
        ] {
            assert!(of_file(nothing).is_none());
        }
    }
}
