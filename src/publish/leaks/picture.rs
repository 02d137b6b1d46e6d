//! What people may read in a picture beside what it shows: comments, descriptions, the name of who took it. In: a PNG or a
//! JPEG. Out: everything in it that is no picture, as text.

use flate2::read::ZlibDecoder;
use std::io::Read;

/// No text in a picture that is embedded in each page has more bytes than this.
const LONGEST: u64 = 4 << 20;

/// The text of a picture. A file that is none of the two is all text.
pub(super) fn words(bytes: &[u8]) -> String {
    let parts = png(bytes).or_else(|| jpeg(bytes));
    let parts = parts.unwrap_or_else(|| vec![bytes.to_vec()]);
    let words: Vec<String> = parts
        .iter()
        .map(|part| String::from_utf8_lossy(part).into_owned())
        .collect();
    words.join("\n")
}

/// The chunks of a PNG that hold neither the picture nor its colours, and whatever stands behind the last
/// (ISO/IEC 15948, clauses 5.3 and 11.3.4).
fn png(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let mut parts = Vec::new();
    while let Some((head, after)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, kind @ ..] = *head;
        let length = u32::from_be_bytes([a, b, c, d]) as usize;
        let Some(data) = after.get(..length) else {
            break;
        };
        match &kind {
            b"IDAT" | b"PLTE" | b"IHDR" => {}
            _ => {
                parts.push(data.to_vec());
                parts.extend(inflated(data));
            }
        }
        rest = after.get(length + 4..).unwrap_or_default();
    }
    parts.push(rest.to_vec());
    Some(parts)
}

/// What is compressed in a chunk behind the NUL that ends its keyword, and in an iTXt behind three more of them.
fn inflated(data: &[u8]) -> Vec<Vec<u8>> {
    let nuls = data.iter().enumerate();
    let nuls = nuls.filter(|(_, byte)| **byte == 0).map(|(at, _)| at);
    let starts = nuls.take(6).flat_map(|at| [at + 1, at + 2]);
    let texts = starts.filter_map(|start| {
        let mut text = Vec::new();
        let data = data.get(start..)?;
        let read = ZlibDecoder::new(data).take(LONGEST).read_to_end(&mut text);
        // What was read before a fault counts as well.
        (read.is_ok() || !text.is_empty()).then_some(text)
    });
    texts.collect()
}

/// The segments of a JPEG before its picture, and whatever stands behind it (ITU-T T.81, annex B).
fn jpeg(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    const START_OF_SCAN: u8 = 0xDA;
    let mut rest = bytes.strip_prefix(b"\xFF\xD8")?;
    let mut parts = Vec::new();
    while let [0xFF, marker, high, low, ..] = *rest {
        if marker == START_OF_SCAN {
            break;
        }
        let length = usize::from(u16::from_be_bytes([high, low]));
        let Some(segment) = rest.get(4..2 + length) else {
            break;
        };
        // APPn and COM; the others are tables of numbers.
        if matches!(marker, 0xE0..=0xEF | 0xFE) {
            parts.push(segment.to_vec());
        }
        rest = &rest[2 + length..];
    }
    let end = rest.windows(2).rposition(|two| two == b"\xFF\xD9");
    parts.push(rest[end.map_or(0, |end| end + 2)..].to_vec());
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write;

    fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], kind, data, &[0; 4]].concat()
    }

    fn compressed(text: &str) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_a_png_says_is_read() {
        let png = [
            b"\x89PNG\r\n\x1a\n".to_vec(),
            chunk(b"IHDR", &[0; 13]),
            chunk(b"tEXt", b"Comment\0plain words"),
            chunk(
                b"zTXt",
                &[b"Title\0\0".to_vec(), compressed("small words")].concat(),
            ),
            chunk(
                b"iTXt",
                &[b"Author\0\x01\0en\0\0".to_vec(), compressed("other words")].concat(),
            ),
            chunk(b"IDAT", b"pixels"),
            chunk(b"IEND", b""),
            b"words behind".to_vec(),
        ]
        .concat();
        let words = words(&png);
        for text in ["plain words", "small words", "other words", "words behind"] {
            assert!(words.contains(text), "{text}");
        }
        assert!(!words.contains("pixels"));
    }

    #[test]
    fn what_a_jpeg_says_is_read() {
        let segment = |marker: u8, data: &[u8]| {
            let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
            [&[0xFF, marker], &length[..], data].concat()
        };
        let jpeg = [
            b"\xFF\xD8".to_vec(),
            segment(0xE1, b"Exif\0\0described"),
            segment(0xDB, b"table"),
            segment(0xFE, b"a comment"),
            segment(0xDA, b"scan"),
            b"pixels\xFF\xD9words behind".to_vec(),
        ]
        .concat();
        let words = words(&jpeg);
        for text in ["described", "a comment", "words behind"] {
            assert!(words.contains(text), "{text}");
        }
        assert!(!words.contains("pixels") && !words.contains("table"));
    }

    #[test]
    fn a_broken_picture_is_read_all_the_same() {
        for bytes in [
            &b"\x89PNG\r\n\x1a\n\xFF\xFF\xFF\xFFtEXtwords"[..],
            b"\xFF\xD8\xFF\xFE\xFF\xFFwords",
            b"\xFF\xD8\xFF\xFE\0\0words",
            b"words",
        ] {
            assert!(words(bytes).contains("words"), "{bytes:?}");
        }
    }
}
