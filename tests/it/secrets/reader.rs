//! A reader that knows only what is withheld and a folder. It uses nothing of the program, so that the two cannot be blind in
//! the same place.

use super::words::Secret;
use aho_corasick::AhoCorasick;
use base64::Engine;
use flate2::read::{GzDecoder, ZlibDecoder};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// What is sought, as letters and digits alone.
pub(super) struct Reader {
    finder: AhoCorasick,
    /// For each pattern the secret and the word that it belongs to.
    of: Vec<(usize, usize)>,
}

/// A word of a secret in a file.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) file: PathBuf,
    /// How the file was read.
    pub(super) view: &'static str,
    /// The secret and the word in it.
    pub(super) word: (usize, usize),
}

impl Reader {
    pub(super) fn new(secrets: &[Secret]) -> Reader {
        let mut patterns = Vec::new();
        let mut of = Vec::new();
        for (number, secret) in secrets.iter().enumerate() {
            for (at, forms) in secret.words.iter().enumerate() {
                patterns.extend(forms.iter().map(|form| squashed(form)));
                of.extend(forms.iter().map(|_| (number, at)));
            }
        }
        assert!(patterns.iter().all(|pattern| pattern.len() > 7));
        let unlike: BTreeSet<&String> = patterns.iter().collect();
        assert_eq!(unlike.len(), patterns.len(), "two secrets are the same");
        Reader {
            finder: AhoCorasick::new(&patterns).unwrap(),
            of,
        }
    }

    /// Every word of a secret in a folder, once for each file.
    pub(super) fn find(&self, folder: &Path) -> Vec<Found> {
        let files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| entry.into_path())
            .collect();
        assert!(!files.is_empty(), "nothing is in {}", folder.display());
        let found = files.into_par_iter().map(|file| {
            let name = file
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            let mut views = views(&std::fs::read(&file).unwrap());
            views.push(("its name", name));
            self.in_views(&file, &views)
        });
        found.flatten_iter().collect()
    }

    fn in_views(&self, file: &Path, views: &[(&'static str, String)]) -> Vec<Found> {
        let mut found: BTreeMap<(usize, usize), &'static str> = BTreeMap::new();
        for (view, text) in views {
            for hit in self.finder.find_overlapping_iter(&squashed(text)) {
                found
                    .entry(self.of[hit.pattern().as_usize()])
                    .or_insert(view);
            }
        }
        let file = file.to_owned();
        let found = found.into_iter();
        found
            .map(|(word, view)| Found {
                file: file.clone(),
                view,
                word,
            })
            .collect()
    }
}

/// The letters and digits of a text: no case, no accent, no ligature, no space, nothing unseen.
pub(super) fn squashed(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = rest
            .bytes()
            .position(|byte| !byte.is_ascii())
            .unwrap_or(rest.len());
        let (plain, after) = rest.split_at(ascii);
        let plain = plain.bytes().filter(u8::is_ascii_alphanumeric);
        letters.extend(plain.map(|byte| char::from(byte.to_ascii_lowercase())));
        let other = after.find(|c: char| c.is_ascii()).unwrap_or(after.len());
        let other_letters = after[..other].nfkd().flat_map(char::to_lowercase);
        letters.extend(other_letters.filter(|c| c.is_alphanumeric()));
        rest = &after[other..];
    }
    letters
}

/// Every text that bytes hold, however they keep it.
fn views(bytes: &[u8]) -> Vec<(&'static str, String)> {
    let mut views = texts(bytes);
    if bytes.starts_with(b"\x1f\x8b") {
        let mut inflated = Vec::new();
        let _ = GzDecoder::new(bytes).read_to_end(&mut inflated);
        views.extend(texts(&inflated));
    }
    if bytes.starts_with(b"%PDF-") {
        of_pdf(bytes, &mut views);
    }
    views
}

fn texts(bytes: &[u8]) -> Vec<(&'static str, String)> {
    let ascii = ascii(bytes);
    // Of Latin letters in UTF-16 every second byte is nothing, and falls away with what is no letter.
    let mut views = vec![("bytes", ascii.clone())];
    for run in runs(&ascii, 16, |c| {
        c.is_ascii_alphanumeric() || "+/=".contains(c)
    }) {
        let bare = run.trim_end_matches('=');
        let bare = &bare[..bare.len() - usize::from(bare.len() % 4 == 1)];
        if let Ok(bytes) = base64::engine::general_purpose::STANDARD_NO_PAD.decode(bare) {
            views.push(("base64", string(&bytes)));
        }
    }
    for run in runs(&ascii, 12, |c| c.is_ascii_hexdigit()) {
        views.push(("hexadecimal", string(&from_hex(&run))));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let plain = unescaped(text);
        views.push(("tags", without_tags(&plain)));
        views.push(("text", text.to_owned()));
        views.push(("escapes", plain));
    }
    views
}

fn ascii(bytes: &[u8]) -> String {
    let ascii = bytes.iter().filter(|byte| byte.is_ascii());
    ascii.map(|byte| char::from(*byte)).collect()
}

/// Runs of such characters, over the ends of lines.
fn runs(text: &str, least: usize, is_part: impl Fn(char) -> bool + Copy) -> Vec<String> {
    let joined = text.replace("\r\n ", "").replace(['\r', '\n'], "");
    let runs = joined.split(|c| !is_part(c));
    runs.filter(|run| run.len() >= least)
        .map(str::to_owned)
        .collect()
}

fn from_hex(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    let pair = |two: &[u8]| u8::from_str_radix(std::str::from_utf8(two).unwrap_or("0"), 16);
    pairs.filter_map(|two| pair(two).ok()).collect()
}

/// Without what stands for another character in HTML, in addresses, in JSON and in a style.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let (number, used) = match c {
            '&' if after.starts_with("#x") || after.starts_with("#X") => {
                number(&after[2..], 16, 6, 2)
            }
            '&' if after.starts_with('#') => number(&after[1..], 10, 7, 1),
            '\\' if after.starts_with("u{") => number(&after[2..], 16, 6, 2),
            '\\' if after.starts_with(['u', 'x']) => number(
                &after[1..],
                16,
                if after.starts_with('u') { 4 } else { 2 },
                1,
            ),
            '\\' => number(after, 16, 6, 0),
            '%' => number(after, 16, 2, 0),
            _ => (None, 0),
        };
        match number {
            // The bytes of an address are those of UTF-8.
            Some(number) if c == '%' => bytes.push(number as u8),
            Some(number) => bytes.extend(char::from_u32(number).unwrap_or(' ').to_string().bytes()),
            None => bytes.extend(c.to_string().bytes()),
        }
        rest = &after[if number.is_some() { used } else { 0 }..];
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&shy;", ""),
        ("&nbsp;", " "),
    ]
    .iter()
    .fold(text, |text, (name, character)| {
        text.replace(name, character)
    })
}

fn number(text: &str, radix: u32, most: usize, before: usize) -> (Option<u32>, usize) {
    let digits: String = text
        .chars()
        .take(most)
        .take_while(|c| c.is_digit(radix))
        .collect();
    (
        u32::from_str_radix(&digits, radix).ok(),
        before + digits.len(),
    )
}

fn without_tags(text: &str) -> String {
    let mut kept = String::new();
    for part in text.split('<') {
        kept.push_str(part.split_once('>').map_or(part, |(_, rest)| rest));
    }
    kept
}

/// Everything in a PDF: what its objects hold, and, without trust in its tables, all that can be inflated.
fn of_pdf(bytes: &[u8], views: &mut Vec<(&'static str, String)>) {
    let mut streams: BTreeSet<Vec<u8>> = [bytes.to_vec()].into();
    for at in positions(bytes, b"stream") {
        let data = &bytes[at + 6..];
        let ends = data
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let mut inflated = Vec::new();
        let _ = ZlibDecoder::new(&data[ends..]).read_to_end(&mut inflated);
        if !inflated.is_empty() {
            streams.insert(inflated);
        }
    }
    if let Ok(document) = lopdf::Document::load_mem(bytes) {
        for object in document.objects.values() {
            of_object(object, views, &mut streams);
        }
    }
    let maps: Vec<BTreeMap<u16, String>> =
        streams.iter().filter_map(|stream| map(stream)).collect();
    for stream in &streams {
        views.push(("stream", ascii(stream)));
        views.extend(String::from_utf8(stream.clone()).map(|text| ("stream", text)));
        let strings = strings(stream);
        if strings.is_empty() {
            continue;
        }
        views.push(("strings", strings.iter().map(|one| string(one)).collect()));
        let codes: Vec<u16> = strings
            .concat()
            .chunks(2)
            .map(|two| u16::from(two[0]) << 8 | u16::from(*two.get(1).unwrap_or(&0)))
            .collect();
        // Which map belongs to which font is not asked: the wrong ones make no words.
        for map in &maps {
            views.push((
                "glyphs",
                codes
                    .iter()
                    .filter_map(|code| map.get(code))
                    .map(String::as_str)
                    .collect(),
            ));
        }
    }
}

fn positions<'b>(bytes: &'b [u8], sought: &'b [u8]) -> impl Iterator<Item = usize> + 'b {
    let windows = bytes.windows(sought.len()).enumerate();
    windows
        .filter(move |(_, window)| *window == sought)
        .map(|(at, _)| at)
}

fn of_object(
    object: &lopdf::Object,
    views: &mut Vec<(&'static str, String)>,
    streams: &mut BTreeSet<Vec<u8>>,
) {
    use lopdf::Object::{Array, Dictionary, Name, Stream, String};
    match object {
        String(bytes, _) | Name(bytes) => views.push(("object", string(bytes))),
        Array(values) => values
            .iter()
            .for_each(|value| of_object(value, views, streams)),
        Dictionary(entries) => of_entries(entries, views, streams),
        Stream(stream) => {
            of_entries(&stream.dict, views, streams);
            let content = stream.decompressed_content();
            streams.insert(content.unwrap_or_else(|_| stream.content.clone()));
        }
        _ => {}
    }
}

fn of_entries(
    entries: &lopdf::Dictionary,
    views: &mut Vec<(&'static str, String)>,
    streams: &mut BTreeSet<Vec<u8>>,
) {
    for (name, value) in entries {
        views.push(("object", latin(name)));
        of_object(value, views, streams);
    }
}

/// The strings of a stream in their order.
fn strings(stream: &[u8]) -> Vec<Vec<u8>> {
    let mut strings = Vec::new();
    let mut at = 0;
    while at < stream.len() {
        let rest = &stream[at + 1..];
        match stream[at] {
            b'<' if rest.first() != Some(&b'<') => {
                let end = rest
                    .iter()
                    .position(|byte| !(byte.is_ascii_hexdigit() || byte.is_ascii_whitespace()));
                if let Some(end) = end.filter(|end| rest[*end] == b'>') {
                    let digits: Vec<u8> = rest[..end]
                        .iter()
                        .copied()
                        .filter(u8::is_ascii_hexdigit)
                        .collect();
                    strings.push(from_hex(&latin(&digits)));
                    at += end;
                }
            }
            b'(' => {
                let end = (0..rest.len())
                    .find(|end| rest[*end] == b')' && (*end == 0 || rest[*end - 1] != b'\\'));
                if let Some(end) = end {
                    strings.push(literal(&rest[..end]));
                    at += end;
                }
            }
            _ => {}
        }
        at += 1;
    }
    strings
}

/// A string in brackets, with its octal numbers read.
fn literal(bytes: &[u8]) -> Vec<u8> {
    let mut read = Vec::new();
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        let digits = after
            .iter()
            .take(3)
            .take_while(|byte| matches!(byte, b'0'..=b'7'))
            .count();
        if *first == b'\\' && digits > 0 {
            read.push(u32::from_str_radix(&latin(&after[..digits]), 8).unwrap_or(0) as u8);
            rest = &after[digits..];
        } else {
            read.push(*first);
            rest = after;
        }
    }
    read
}

/// What the codes of a font stand for (ISO 32000-1, 9.10.3).
fn map(stream: &[u8]) -> Option<BTreeMap<u16, String>> {
    let text = latin(stream);
    let mut map = BTreeMap::new();
    for (name, step) in [("bfchar", 2), ("bfrange", 3)] {
        for part in text.split(&format!("begin{name}")).skip(1) {
            let part = part.split(&format!("end{name}")).next()?;
            let values = strings(part.replace(['[', ']'], " ").as_bytes());
            for entry in values.chunks_exact(step) {
                let code = |at: usize| {
                    entry[at]
                        .iter()
                        .fold(0u16, |code, byte| code << 8 | u16::from(*byte))
                };
                let last = if step == 2 { 0 } else { 1 };
                for code_of in code(0)..=code(last) {
                    let mut units: Vec<u16> = entry[step - 1]
                        .chunks_exact(2)
                        .map(|two| u16::from_be_bytes([two[0], two[1]]))
                        .collect();
                    if let Some(unit) = units.last_mut() {
                        *unit = unit.wrapping_add(code_of - code(0));
                    }
                    map.insert(code_of, String::from_utf16_lossy(&units));
                }
            }
        }
    }
    (!map.is_empty()).then_some(map)
}

fn string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units: Vec<u16> = rest
                .chunks_exact(2)
                .map(|two| u16::from_be_bytes([two[0], two[1]]))
                .collect();
            String::from_utf16_lossy(&units)
        }
        bytes => std::str::from_utf8(bytes).map_or_else(|_| latin(bytes), str::to_owned),
    }
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
