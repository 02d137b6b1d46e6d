//! Pictures: what an `img` or an `svg` holds, ready to be placed.
//!
//! In: the source of an image, which must be in the document itself (`data:` with PNG or JPEG), or an `svg` element. Out: a
//! [`Picture`], or nothing when it cannot be shown, so that its alternative text is set instead. Nothing is ever fetched.

use std::io::Read;

use super::drawing::{self, Drawing};
use super::style::Colour;
use super::tree::{self, Element};
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
    Drawing(Drawing),
}

/// Rows of pixels, or a file that holds them.
#[derive(Debug)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) colours: Colours,
    pub(super) bits: u8,
    pub(super) coding: Coding,
    pub(super) data: Vec<u8>,
}

/// The colours of a raster.
#[derive(Debug)]
pub(super) enum Colours {
    Grey,
    Rgb,
    /// Three bytes a colour.
    Palette(Vec<u8>),
}

/// How the data of a raster is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Plain,
    /// Compressed, each row with the filter that PNG chose for it.
    Png,
    Jpeg,
}

/// Points of a CSS pixel.
const PIXEL: f32 = 0.75;
/// Rasters with more pixels than this are not read.
const MOST_PIXELS: u64 = 40_000_000;

/// The picture that an element shows, in a document whose own colour is given.
pub(super) fn read(element: &Element, accent: Colour) -> Option<Picture> {
    let (natural, kind) = match element.name.as_str() {
        "img"
            if element
                .attribute("src")?
                .trim_start()
                .starts_with("data:image/svg+xml") =>
        {
            let bytes = data(element.attribute("src")?)?;
            let drawing = svg(&String::from_utf8(bytes).ok()?, accent)?;
            (
                (drawing.width * PIXEL, drawing.height * PIXEL),
                Kind::Drawing(drawing),
            )
        }
        "img" => {
            let raster = raster(&data(element.attribute("src")?)?)?;
            (
                (raster.width as f32 * PIXEL, raster.height as f32 * PIXEL),
                Kind::Raster(raster),
            )
        }
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

/// The bytes of a `data:` address.
fn data(source: &str) -> Option<Vec<u8>> {
    let (kind, data) = source.trim().strip_prefix("data:")?.split_once(',')?;
    let data: String = data.split_whitespace().collect();
    let is_encoded = kind.trim_end().ends_with(";base64");
    is_encoded.then(|| STANDARD.decode(data).ok())?
}

/// The drawing in a file of its own. Words in it would not have the type that they were drawn with: it is refused.
fn svg(text: &str, accent: Colour) -> Option<Drawing> {
    let nodes = tree::read(text).content;
    let drawing = nodes.iter().find_map(|node| match node {
        tree::Node::Element(element) if element.name == "svg" => drawing::read(element, accent),
        _ => None,
    })?;
    drawing.words.is_empty().then_some(drawing)
}

fn raster(bytes: &[u8]) -> Option<Raster> {
    let raster = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes)
    } else {
        jpeg(bytes)
    }?;
    let pixels = u64::from(raster.width) * u64::from(raster.height);
    (pixels > 0 && pixels <= MOST_PIXELS).then_some(raster)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A PNG file (ISO/IEC 15948): most kinds go into the PDF as they are, those with an alpha channel are laid on white.
fn png(bytes: &[u8]) -> Option<Raster> {
    let mut at = 8;
    let mut head: Option<&[u8]> = None;
    let (mut palette, mut clear, mut data) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(length) = number(bytes, at) {
        let body = bytes.get(at + 8..(at + 8).checked_add(length as usize)?)?;
        match bytes.get(at + 4..at + 8)? {
            b"IHDR" => head = Some(body),
            b"PLTE" => palette = body.to_vec(),
            b"tRNS" => clear = body.to_vec(),
            b"IDAT" => data.extend_from_slice(body),
            b"IEND" => break,
            _ => {}
        }
        at += 12 + length as usize;
    }
    let head = head?;
    let (width, height) = (number(head, 0)?, number(head, 4)?);
    let (bits, kind, interlaced) = (*head.get(8)?, *head.get(9)?, *head.get(12)? != 0);
    if interlaced || u64::from(width) * u64::from(height) > MOST_PIXELS || width == 0 || height == 0
    {
        return None;
    }
    let colours = match kind {
        0 if clear.is_empty() => Colours::Grey,
        2 if clear.is_empty() => Colours::Rgb,
        3 if clear.is_empty() => Colours::Palette(palette),
        _ => {
            let rows = pixels(&data, (width, height), bits, kind)?;
            let data = on_white(&rows, bits, kind, &palette, &clear)?;
            return Some(Raster {
                width,
                height,
                colours: Colours::Rgb,
                bits: 8,
                coding: Coding::Plain,
                data,
            });
        }
    };
    Some(Raster {
        width,
        height,
        colours,
        bits,
        coding: Coding::Png,
        data,
    })
}

/// The bytes of a PNG's pixels, without filters; only for eight bits a sample.
fn pixels(data: &[u8], (width, height): (u32, u32), bits: u8, kind: u8) -> Option<Vec<u8>> {
    let samples = match kind {
        0 | 3 => 1,
        2 => 3,
        4 => 2,
        6 => 4,
        _ => return None,
    };
    if bits != 8 {
        return None;
    }
    let row = width as usize * samples;
    let mut raw = Vec::new();
    let limit = (row as u64 + 1) * u64::from(height);
    flate2::read::ZlibDecoder::new(data)
        .take(limit)
        .read_to_end(&mut raw)
        .ok()?;
    if raw.len() as u64 != limit {
        return None;
    }
    let mut out: Vec<u8> = Vec::with_capacity(row * height as usize);
    for line in raw.chunks(row + 1) {
        let (filter, line) = line.split_first()?;
        let start = out.len();
        for (index, byte) in line.iter().enumerate() {
            let left = if index >= samples {
                out[start + index - samples]
            } else {
                0
            };
            let up = if start >= row {
                out[start + index - row]
            } else {
                0
            };
            let corner = if index >= samples && start >= row {
                out[start + index - row - samples]
            } else {
                0
            };
            let guess = match filter {
                0 => 0,
                1 => left,
                2 => up,
                3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
                4 => nearest(left, up, corner),
                _ => return None,
            };
            out.push(byte.wrapping_add(guess));
        }
    }
    Some(out)
}

/// Paeth's predictor.
fn nearest(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let guess = a + b - c;
    let (to_a, to_b, to_c) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if to_a <= to_b && to_a <= to_c {
        left
    } else if to_b <= to_c {
        up
    } else {
        corner
    }
}

/// Pixels with an alpha channel, or with clear colours, laid on white paper.
fn on_white(rows: &[u8], bits: u8, kind: u8, palette: &[u8], clear: &[u8]) -> Option<Vec<u8>> {
    if bits != 8 {
        return None;
    }
    let mix = |value: u8, alpha: u8| {
        ((u32::from(value) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255) as u8
    };
    let mut out = Vec::with_capacity(rows.len());
    match kind {
        0 => {
            let none = *clear.get(1)?;
            rows.iter()
                .for_each(|grey| out.extend([if *grey == none { 255 } else { *grey }; 3]));
        }
        2 => {
            let none = [*clear.get(1)?, *clear.get(3)?, *clear.get(5)?];
            rows.chunks_exact(3)
                .for_each(|pixel| out.extend(if pixel == none { &[255; 3] } else { pixel }));
        }
        3 => {
            for index in rows {
                let colour = palette.get(usize::from(*index) * 3..usize::from(*index) * 3 + 3)?;
                let alpha = clear.get(usize::from(*index)).copied().unwrap_or(255);
                out.extend(colour.iter().map(|value| mix(*value, alpha)));
            }
        }
        4 => rows
            .chunks_exact(2)
            .for_each(|pixel| out.extend([mix(pixel[0], pixel[1]); 3])),
        6 => rows
            .chunks_exact(4)
            .for_each(|pixel| out.extend(pixel[..3].iter().map(|value| mix(*value, pixel[3])))),
        _ => return None,
    }
    Some(out)
}

/// A JPEG file (ISO/IEC 10918-1) with one or three colours goes into the PDF as it is.
fn jpeg(bytes: &[u8]) -> Option<Raster> {
    let mut at = 2;
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    loop {
        while *bytes.get(at)? == 0xff && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let (mark, length) = (
            *bytes.get(at + 1)?,
            u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?),
        );
        if *bytes.get(at)? != 0xff || length < 2 {
            return None;
        }
        if matches!(mark, 0xc0..=0xc2) {
            let frame = bytes.get(at + 4..at + 10)?;
            let (height, width) = (
                u16::from_be_bytes([frame[1], frame[2]]),
                u16::from_be_bytes([frame[3], frame[4]]),
            );
            let colours = match frame[5] {
                1 => Colours::Grey,
                3 => Colours::Rgb,
                _ => return None,
            };
            return (frame[0] == 8).then(|| Raster {
                width: u32::from(width),
                height: u32::from(height),
                colours,
                bits: 8,
                coding: Coding::Jpeg,
                data: bytes.to_vec(),
            });
        }
        at += 2 + usize::from(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read() {
        assert_eq!(data("data:a/b;base64,aGVs\nbG8="), Some(b"hello".to_vec()));
        assert_eq!(data("data:a/b;base64,no!"), None);
    }

    #[test]
    fn broken_files_are_no_pictures() {
        for bytes in [
            &b""[..],
            b"\x89PNG\r\n\x1a\n",
            b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
            &[0xff, 0xd8, 0xff, 0xc0, 0, 9],
        ] {
            assert!(raster(bytes).is_none());
        }
    }

    #[test]
    fn clear_pixels_are_white() {
        assert_eq!(
            on_white(&[10, 20, 30, 0, 10, 20, 30, 255], 8, 6, &[], &[]),
            Some(vec![255, 255, 255, 10, 20, 30])
        );
    }
}
