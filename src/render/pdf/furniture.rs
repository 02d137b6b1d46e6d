//! What stands on every page and is no part of the document: header, footer, classification, watermark.
//!
//! All of it is marked as an artifact (ISO 14289-1, 7.8). What it says must also be in the words of the document.

use super::fonts::Typefaces;
use super::lines::{Line, Piece, Setter, words, wrapped};
use super::pages::{Artifact, Mark, Page, Shape, Sheets, Text};
use super::style::{self, Colour, Paper, Type};

/// What to print around the text of each page.
#[derive(Clone, Debug, Default)]
pub struct Furniture {
    /// At the top left of every page but the first.
    pub short_title: String,
    /// At the top right, such as "Appendix 3".
    pub appendix: Option<String>,
    /// Printed in capitals at the top and the bottom of every page.
    pub classification: Option<String>,
    /// At the bottom left, such as "Version 1.1, 14 September 2026".
    pub version: Option<String>,
    /// One word across each page, such as "DRAFT".
    pub watermark: Option<String>,
    /// Size of the sheets.
    pub paper: Paper,
    /// The book's colour, sRGB; none is the default blue.
    pub accent: Option<Colour>,
    /// The colour of a band along the upper edge of the first page, sRGB; none is no band.
    pub band: Option<Colour>,
    /// The fonts.
    pub typefaces: Typefaces,
    /// Size of running text in points, 12 to 18; everything else grows with it.
    pub text_size: Option<f32>,
    /// About how many characters a line of running text may have, 45 to 90.
    pub line_length: Option<u16>,
}

/// Put the furniture on the pages.
pub(super) fn furnish(
    pages: &mut [Page],
    sheets: Sheets,
    furniture: &Furniture,
    setter: &mut Setter<'_>,
) {
    let count = pages.len();
    // What is the same on every upright page, and on every landscape one.
    let mut same: [Option<Same>; 2] = [None, None];
    for (index, page) in pages.iter_mut().enumerate() {
        let wide = page.width > page.height;
        let same = same[usize::from(wide)]
            .get_or_insert_with(|| Same::new(page, sheets, furniture, setter));
        let side = sheets.side(wide);
        let (left, right, middle) = (side, page.width - side, page.width / 2.0);
        let (top, bottom) = (style::HEADER_BASELINE, page.height - style::FOOTER_BASELINE);
        for y in [top, bottom] {
            put(page, &same.marking, |width| middle - width / 2.0, y);
        }
        put(page, &same.appendix, |width| right - width, top);
        if index > 0 {
            put(page, &same.title, |_| left, top);
        }
        put(page, &same.version, |_| left, bottom);
        let number = format!("Page {} of {count}", index + 1);
        let number = [words(&number, style::FURNITURE, setter)];
        put(page, &number, |width| right - width, bottom);
        page.ground.extend(same.watermark.iter().cloned());
    }
    if let (Some(page), Some(colour)) = (pages.first_mut(), furniture.band) {
        let band = Shape::Fill {
            x: 0.0,
            y: 0.0,
            width: page.width,
            height: style::BAND,
            colour,
        };
        page.shapes.insert(0, band);
    }
    setter.missing.dedup();
}

/// Furniture that is set once for all pages of a shape.
struct Same {
    marking: Vec<Line>,
    appendix: Vec<Line>,
    title: Vec<Line>,
    version: Vec<Line>,
    watermark: Vec<Text>,
}

impl Same {
    fn new(page: &Page, sheets: Sheets, furniture: &Furniture, setter: &mut Setter<'_>) -> Self {
        let marking = furniture.classification.as_deref().unwrap_or_default();
        let side = sheets.side(page.width > page.height);
        let between = page.width - 2.0 * (side + style::BESIDE_MARKING);
        let marking = marked(&marking.to_uppercase(), between, setter);
        let width = marking.iter().map(|line| line.width).fold(0.0, f32::max);
        let room = if width > 0.0 {
            (page.width - width) / 2.0 - side - 12.0
        } else {
            (page.width - 2.0 * side) * 0.7
        };
        let mut some = |text: &Option<String>| match text {
            Some(text) => fitted(text, room, setter),
            None => Vec::new(),
        };
        let (appendix, version) = (some(&furniture.appendix), some(&furniture.version));
        let word = furniture.watermark.as_deref().unwrap_or_default();
        Same {
            marking,
            appendix,
            title: fitted(&furniture.short_title, room, setter),
            version,
            watermark: if word.trim().is_empty() {
                Vec::new()
            } else {
                watermark((page.width, page.height), word, setter)
            },
        }
    }
}

/// The marking of a page in lines that leave room beside them; smaller ones where there are many.
fn marked(text: &str, room: f32, setter: &mut Setter<'_>) -> Vec<Line> {
    let lines = wrapped(text, style::CLASSIFICATION, room, setter);
    match lines.len() {
        0..=2 => lines,
        _ => wrapped(
            text,
            style::CLASSIFICATION_SMALL,
            room,
            &mut setter.another(),
        ),
    }
}

/// Furniture in at most two lines, or three smaller ones; only what is longer than that is cut.
fn fitted(text: &str, room: f32, setter: &mut Setter<'_>) -> Vec<Line> {
    let lines = wrapped(text, style::FURNITURE, room, setter);
    match lines.len() {
        0 | 1 => return lines,
        2 => return parted(text, room, setter).unwrap_or(lines),
        _ => {}
    }
    let small = |text: &str| wrapped(text, style::FURNITURE_SMALL, room, &mut setter.another());
    let mut lines = small(text);
    let mut kept = text.trim();
    while lines.len() > 3 {
        // A word less, or a letter where there is but one word.
        let cut = kept
            .rfind(char::is_whitespace)
            .or(kept.char_indices().next_back().map(|(at, _)| at));
        kept = kept[..cut.unwrap_or(0)].trim_end_matches(|c: char| !c.is_alphanumeric());
        lines = small(&format!("{kept} …"));
    }
    lines
}

/// Two lines that end where a reader would pause: after a comma; or else lines of about the same length.
fn parted(text: &str, room: f32, setter: &mut Setter<'_>) -> Option<Vec<Line>> {
    let pauses = text.match_indices(", ").map(|(at, _)| &text[..=at]);
    let widths = pauses.map(|part| words(part, style::FURNITURE, &mut setter.another()).width);
    let pause = widths.filter(|width| *width <= room).reduce(f32::max);
    let even = [0.55, 0.65, 0.75, 0.85].map(|part| room * part);
    let measures = pause.map(|width| width + 0.5).into_iter().chain(even);
    measures
        .map(|measure| wrapped(text, style::FURNITURE, measure, &mut setter.another()))
        .find(|lines| lines.len() == 2)
}

/// Lines around a baseline, each with its left edge at `x` of its width.
fn put(page: &mut Page, lines: &[Line], x: impl Fn(f32) -> f32, baseline: f32) {
    let leading = lines.first().map_or(0.0, |line| line.height);
    let first = baseline - leading * (lines.len().saturating_sub(1)) as f32 / 2.0;
    let kind = if baseline < page.height / 2.0 {
        Artifact::Header
    } else {
        Artifact::Footer
    };
    for (index, line) in lines.iter().enumerate() {
        let left = x(line.width);
        let y = first + leading * index as f32;
        page.texts.extend(line.pieces.iter().map(|piece| Text {
            x: left + piece.x,
            y: y + piece.y,
            piece: piece.clone(),
            mark: Mark::Artifact(kind),
            turn: 0.0,
        }));
    }
}

/// A pale word from corner to corner, painted before everything else.
fn watermark((width, height): (f32, f32), word: &str, setter: &mut Setter<'_>) -> Vec<Text> {
    let base = Type {
        size: 100.0,
        leading: 120.0,
        bold: true,
        colour: style::WATERMARK,
    };
    let natural = words(word, base, &mut setter.another()).width.max(1.0);
    let diagonal = (width * width + height * height).sqrt();
    let size = (100.0 * diagonal * 0.62 / natural).min(150.0);
    let line = words(
        word,
        Type {
            size,
            leading: size * 1.2,
            ..base
        },
        setter,
    );
    let angle = (height / width).atan();
    let middle = (width / 2.0, height / 2.0);
    // The middle of the word's capitals lies on the middle of the page.
    let (half, rise) = (line.width / 2.0, size * 0.357);
    let turned = |piece: Piece| {
        let (dx, dy) = (piece.x - half, rise);
        let x = middle.0 + dx * angle.cos() + dy * angle.sin();
        let y = middle.1 - dx * angle.sin() + dy * angle.cos();
        Text {
            x,
            y,
            piece,
            mark: Mark::Artifact(Artifact::Watermark),
            turn: angle.to_degrees(),
        }
    };
    line.pieces.into_iter().map(turned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(count: usize) -> Vec<Page> {
        (0..count)
            .map(|_| Page {
                width: 595.0,
                height: 842.0,
                ground: Vec::new(),
                shapes: Vec::new(),
                pictures: Vec::new(),
                texts: Vec::new(),
                links: Vec::new(),
            })
            .collect()
    }

    fn sheets() -> Sheets {
        Sheets::new(&Furniture::default())
    }

    /// The lines of the header of the second page: left edge, right edge, baseline, words.
    fn header(title: &str) -> Vec<(f32, f32, f32, String)> {
        let mut pages = pages(2);
        let furniture = Furniture {
            short_title: title.to_owned(),
            appendix: Some("Appendix 12 of the papers of the meeting of the board".to_owned()),
            classification: Some("official".to_owned()),
            ..Furniture::default()
        };
        furnish(&mut pages, sheets(), &furniture, &mut Setter::bundled());
        pages[1]
            .texts
            .iter()
            .filter(|text| text.y < 100.0)
            .map(|text| {
                let right = text.x + text.piece.ink;
                (text.x, right, text.y, text.piece.text.clone())
            })
            .collect()
    }

    #[test]
    fn a_long_marking_leaves_room_beside_it() {
        let marking = "Official: for the members of the board and its advisers only, not to be copied or passed on";
        let mut pages = pages(12);
        let furniture = Furniture {
            classification: Some(marking.to_owned()),
            version: Some("Draft".to_owned()),
            ..Furniture::default()
        };
        furnish(&mut pages, sheets(), &furniture, &mut Setter::bundled());
        let foot = pages[11].texts.iter().filter(|text| text.y > 700.0);
        let mut foot: Vec<&Text> = foot.collect();
        foot.sort_by(|a, b| a.x.total_cmp(&b.x));
        let words: Vec<&str> = foot.iter().map(|text| text.piece.text.trim()).collect();
        assert_eq!(
            (words[0], words[words.len() - 1]),
            ("Draft", "Page 12 of 12")
        );
        let marking_in = &foot[1..foot.len() - 1];
        assert!(marking_in.len() > 1);
        for line in marking_in {
            assert!(line.x > foot[0].x + foot[0].piece.ink + 6.0);
            assert!(line.x + line.piece.ink + 6.0 < foot[foot.len() - 1].x);
            assert!(line.y < 842.0 - 15.0);
        }
    }

    fn title_of(header: &[(f32, f32, f32, String)]) -> String {
        let left = header.iter().filter(|(x, ..)| *x < 63.0);
        left.map(|(.., text)| text.as_str()).collect()
    }

    #[test]
    fn a_long_title_is_broken_into_lines() {
        let title = "Special assurance meeting: calls to 101 and rural response times";
        assert_eq!(title_of(&header(title)), title);
    }

    #[test]
    fn two_lines_end_after_a_comma_or_are_about_as_long_as_each_other() {
        let lines = |text: &str| -> Vec<String> {
            let lines = fitted(text, 190.0, &mut Setter::bundled()).into_iter();
            let words = |line: Line| line.pieces.iter().map(|piece| &*piece.text).collect();
            lines.map(words).collect()
        };
        for (text, first) in [
            (
                "Published, approved 18 September 2026, version 1.0",
                "Published, approved 18 September 2026, ",
            ),
            (
                "Chair’s sheet: Monthly assurance meeting, 1 December 2026",
                "Chair’s sheet: Monthly assurance meeting, ",
            ),
            (
                "Partnership plan against doorstep crime and fraud",
                "Partnership plan against ",
            ),
        ] {
            let lines = lines(text);
            assert_eq!((lines.len(), lines.concat().as_str()), (2, text));
            assert_eq!(lines[0], first);
        }
    }

    #[test]
    fn what_is_much_too_long_is_cut_and_touches_nothing() {
        for title in [&"A very long title ".repeat(20), &"x".repeat(500)] {
            let header = header(title);
            assert!(title_of(&header).ends_with('…'));
            for (index, (left, right, y, words)) in header.iter().enumerate() {
                assert!(*y < style::MARGIN_TOP - 12.0 && *y > 20.0, "{words} {y}");
                let touched = header[index + 1..].iter().filter(|(x, end, below, _)| {
                    (y - below).abs() < 8.0 && right.min(*end) > left.max(*x)
                });
                assert_eq!(touched.count(), 0, "{words}");
            }
        }
    }

    #[test]
    fn the_band_is_on_the_first_page_and_above_its_header() {
        let mut pages = pages(2);
        let furniture = Furniture {
            band: Some([1, 2, 3]),
            ..Furniture::default()
        };
        furnish(&mut pages, sheets(), &furniture, &mut Setter::bundled());
        let bands = |page: &Page| {
            let is_band = |shape: &&Shape| {
                matches!(shape, Shape::Fill { x: 0.0, y: 0.0, width: 595.0, height, colour: [1, 2, 3] }
                    if *height < style::HEADER_BASELINE - 12.0)
            };
            page.shapes.iter().filter(is_band).count()
        };
        assert_eq!(pages.iter().map(bands).collect::<Vec<_>>(), [1, 0]);
    }

    #[test]
    fn the_watermark_is_below_everything() {
        let mut pages = pages(1);
        let furniture = Furniture {
            watermark: Some("DRAFT".to_owned()),
            ..Furniture::default()
        };
        furnish(&mut pages, sheets(), &furniture, &mut Setter::bundled());
        assert_eq!(
            pages[0]
                .ground
                .iter()
                .map(|text| text.piece.text.as_str())
                .collect::<String>(),
            "DRAFT"
        );
    }
}
