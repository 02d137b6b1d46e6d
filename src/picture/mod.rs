//! What a picture file holds, as a PDF can show it.
//!
//! In: the bytes of a PNG, JPEG or SVG file. Out: a [`Picture`], or a [`Refusal`] that says why there is none. Nothing that
//! the file names is ever fetched.

mod gradient;
mod ink;
mod links;
mod raster;
mod vector;

pub(crate) use gradient::{Gradient, Way};
pub(crate) use raster::{Coding, Colours, Raster};
pub use vector::Step;
pub(crate) use vector::{Area, Fill, Layer, Part, Shape, Vector};

/// The media type of SVG.
pub const SVG: &str = "image/svg+xml";

/// A picture that was read.
#[derive(Debug)]
pub(crate) enum Picture {
    /// Made of pixels.
    Raster(Raster),
    /// Made of shapes.
    Vector(Vector),
}

/// Why a file cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// It is no picture: why, in words that end a sentence.
    Broken(String),
    /// It is a picture with something that does not go into a PDF: what that is.
    NotForPaper(&'static str),
}

/// Reads the file of a picture of a media type.
pub(crate) fn read(media_type: &str, bytes: &[u8]) -> Result<Picture, Refusal> {
    match media_type {
        SVG => vector::read(bytes).map(Picture::Vector),
        _ => raster::read(bytes).map(Picture::Raster),
    }
}
