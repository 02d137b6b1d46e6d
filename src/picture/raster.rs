//! Pictures that are made of pixels: PNG and JPEG.
//!
//! In: the bytes of a file. Out: a [`Raster`] that can go into a PDF, or why it cannot.

use std::io::Read;

use super::Refusal;

/// Rows of pixels, or a file that holds them.
#[derive(Debug)]
pub(crate) struct Raster {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) colours: Colours,
    pub(crate) bits: u8,
    pub(crate) coding: Coding,
    pub(crate) data: Vec<u8>,
}

/// The colours of a raster.
#[derive(Debug)]
pub(crate) enum Colours {
    Grey,
    Rgb,
    /// Three bytes a colour.
    Palette(Vec<u8>),
}

/// How the data of a raster is coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Plain,
    /// Compressed, each row with the filter that PNG chose for it.
    Png,
    Jpeg,
}

/// Pictures with more pixels than this are not read.
const MOST_PIXELS: u64 = 40_000_000;

/// Reads a PNG or a JPEG file.
pub(super) fn read(bytes: &[u8]) -> Result<Raster, Refusal> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes)
    } else if bytes.starts_with(&[0xff, 0xd8]) {
        jpeg(bytes)
    } else {
        Err(broken("it is neither PNG nor JPEG"))
    }
}

fn broken(why: &str) -> Refusal {
    Refusal::Broken(why.to_owned())
}

fn bounded(width: u32, height: u32) -> Result<(), Refusal> {
    match u64::from(width) * u64::from(height) {
        0 => Err(broken("it has no pixels")),
        1..=MOST_PIXELS => Ok(()),
        _ => Err(Refusal::NotForPaper("more than 40 million pixels")),
    }
}

/// The name and the body of the part of a PNG that begins at a place.
fn chunk(bytes: &[u8], at: usize) -> Option<(&[u8], &[u8])> {
    let length = number(bytes, at)? as usize;
    let body = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
    Some((bytes.get(at + 4..at + 8)?, body))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A PNG file (ISO/IEC 15948): most kinds go into the PDF as they are, those with an alpha channel are laid on white.
fn png(bytes: &[u8]) -> Result<Raster, Refusal> {
    let mut at = 8;
    let mut head: Option<&[u8]> = None;
    let (mut palette, mut clear, mut data) = (Vec::new(), Vec::new(), Vec::new());
    while let Some((name, body)) = chunk(bytes, at) {
        match name {
            b"IHDR" => head = Some(body),
            b"PLTE" => palette = body.to_vec(),
            b"tRNS" => clear = body.to_vec(),
            b"IDAT" => data.extend_from_slice(body),
            b"IEND" => break,
            _ => {}
        }
        at += 12 + body.len();
    }
    let Some(&[_, _, _, _, _, _, _, _, bits, kind, _, _, interlaced]) = head else {
        return Err(broken("it has no head"));
    };
    let size = head.and_then(|head| Some((number(head, 0)?, number(head, 4)?)));
    let (width, height) = size.unwrap_or_default();
    bounded(width, height)?;
    if data.is_empty() || kind == 3 && palette.is_empty() {
        return Err(broken("it ends before its pixels"));
    }
    if interlaced != 0 {
        return Err(Refusal::NotForPaper("interlaced rows"));
    }
    let colours = match kind {
        0 if clear.is_empty() => Colours::Grey,
        2 if clear.is_empty() => Colours::Rgb,
        3 if clear.is_empty() => Colours::Palette(palette),
        _ => {
            if bits != 8 {
                return Err(Refusal::NotForPaper(
                    "transparency with other than eight bits a colour",
                ));
            }
            let white = pixels(&data, (width, height), kind)
                .and_then(|rows| on_white(&rows, kind, &palette, &clear));
            let data = white.ok_or_else(|| broken("its pixels cannot be read"))?;
            return Ok(Raster {
                width,
                height,
                colours: Colours::Rgb,
                bits: 8,
                coding: Coding::Plain,
                data,
            });
        }
    };
    Ok(Raster {
        width,
        height,
        colours,
        bits,
        coding: Coding::Png,
        data,
    })
}

/// The bytes of a PNG's pixels, without filters; only for eight bits a sample.
fn pixels(data: &[u8], (width, height): (u32, u32), kind: u8) -> Option<Vec<u8>> {
    let samples = match kind {
        0 | 3 => 1,
        2 => 3,
        4 => 2,
        6 => 4,
        _ => return None,
    };
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
fn on_white(rows: &[u8], kind: u8, palette: &[u8], clear: &[u8]) -> Option<Vec<u8>> {
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
fn jpeg(bytes: &[u8]) -> Result<Raster, Refusal> {
    let frame = frame(bytes).ok_or_else(|| broken("it is cut off, or no JPEG at all"))?;
    let [bits, tall, high, broad, wide, colours] = frame;
    let height = u32::from(u16::from_be_bytes([tall, high]));
    let width = u32::from(u16::from_be_bytes([broad, wide]));
    bounded(width, height)?;
    let colours = match colours {
        1 => Colours::Grey,
        3 => Colours::Rgb,
        _ => return Err(Refusal::NotForPaper("colours for print (CMYK)")),
    };
    if bits != 8 {
        return Err(Refusal::NotForPaper("other than eight bits a colour"));
    }
    Ok(Raster {
        width,
        height,
        colours,
        bits,
        coding: Coding::Jpeg,
        data: bytes.to_vec(),
    })
}

/// The head of the first frame: bits, height, width, number of colours.
fn frame(bytes: &[u8]) -> Option<[u8; 6]> {
    let mut at = 2;
    loop {
        while *bytes.get(at)? == 0xff && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let length = u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?);
        if *bytes.get(at)? != 0xff || length < 2 {
            return None;
        }
        if matches!(bytes.get(at + 1)?, 0xc0..=0xc2) {
            return bytes.get(at + 4..at + 10)?.try_into().ok();
        }
        at += 2 + usize::from(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_files_are_no_pictures() {
        for bytes in [
            &b""[..],
            b"GIF89a",
            b"\x89PNG\r\n\x1a\n",
            b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
            &[0xff, 0xd8, 0xff, 0xc0, 0, 9],
        ] {
            assert!(matches!(read(bytes), Err(Refusal::Broken(_))), "{bytes:?}");
        }
    }

    #[test]
    fn colours_for_print_are_refused() {
        let jpeg = |colours| [0xff, 0xd8, 0xff, 0xc0, 0, 20, 8, 0, 4, 0, 4, colours, 0];
        assert!(read(&jpeg(3)).is_ok());
        assert!(matches!(read(&jpeg(4)), Err(Refusal::NotForPaper(_))));
    }

    #[test]
    fn clear_pixels_are_white() {
        assert_eq!(
            on_white(&[10, 20, 30, 0, 10, 20, 30, 255], 6, &[], &[]),
            Some(vec![255, 255, 255, 10, 20, 30])
        );
    }
}
