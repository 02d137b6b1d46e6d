//! From a run of text to lines of glyphs.
//!
//! In: an [`Inline`] and a measure. Out: [`Line`]s, each with its glyphs at their places and the text that each stands for.
//! Shaping, line breaking, bidirectional order and fallback fonts are parley's. A character that no bundled font has is
//! reported and set as its number, never as an empty box. This module knows nothing of pages.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use parley::{
    Alignment, AlignmentOptions, BaseDirection, Cluster, FontContext, FontStyle, FontWeight,
    InlineBox, InlineBoxKind, Layout, LayoutContext, LineHeight, OverflowWrap,
    PositionedLayoutItem, TextStyle, VerticalAlign,
};

use super::blocks::{Inline, Look, Span};
use super::composed;
use super::fonts::{Face, FaceId, Set, bundled};
use super::structure::Slot;
use super::style::{self, Colour, Type};

/// A line of text, to be placed anywhere.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) height: f32,
    /// From the top of the line.
    pub(super) baseline: f32,
    /// Where the text ends, white space at the end left out.
    pub(super) width: f32,
    pub(super) pieces: Vec<Piece>,
    pub(super) papers: Vec<Paper>,
}

impl Line {
    /// Make the type of the line larger or smaller.
    pub(super) fn scale(&mut self, by: f32) {
        self.height *= by;
        self.baseline *= by;
        self.width *= by;
        self.pieces.iter_mut().for_each(|piece| piece.scale(by));
    }
}

/// Glyphs of one face, size and colour, in one place of the structure.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece {
    /// From the left of the line.
    pub(super) x: f32,
    /// Below the baseline.
    pub(super) y: f32,
    pub(super) face: FaceId,
    pub(super) size: f32,
    pub(super) colour: Colour,
    pub(super) underline: bool,
    pub(super) struck: bool,
    pub(super) slot: Slot,
    pub(super) link: Option<u32>,
    /// In reading order.
    pub(super) glyphs: Vec<Glyph>,
    /// What the glyphs stand for.
    pub(super) text: String,
    /// From right to left: the first glyph stands at the right, each other one to the left of that before it.
    pub(super) leftwards: bool,
    /// The glyphs do not stand for the text one after the other.
    pub(super) reordered: bool,
    pub(super) width: f32,
    /// Without white space at the end; from right to left with it.
    pub(super) ink: f32,
    /// Where it begins in the text, for the reading order of a line with both directions.
    start: usize,
}

impl Piece {
    /// Make the type larger or smaller, and the place on the line with it.
    pub(super) fn scale(&mut self, by: f32) {
        for length in [
            &mut self.x,
            &mut self.y,
            &mut self.size,
            &mut self.width,
            &mut self.ink,
        ] {
            *length *= by;
        }
        for glyph in &mut self.glyphs {
            glyph.advance *= by;
            glyph.dx *= by;
            glyph.dy *= by;
        }
    }
}

/// A glyph and how much room it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) id: u16,
    pub(super) advance: f32,
    /// Bytes of the piece's text that it stands for; none where it does so together with the glyph before it.
    pub(super) bytes: u16,
    /// From its place on the line.
    pub(super) dx: f32,
    pub(super) dy: f32,
    /// It stands for a letter that is drawn as a part of the next glyph.
    pub(super) hidden: bool,
}

/// A coloured ground behind words; below the baseline is positive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paper {
    pub(super) x: f32,
    pub(super) top: f32,
    pub(super) width: f32,
    pub(super) height: f32,
    pub(super) colour: Colour,
}

/// A character that no bundled font has, and some of the text around it.
pub(super) type Missing = (char, String);

/// Shaped text, that can be broken into lines at any measure.
pub(super) struct Shaped {
    fonts: Arc<Set>,
    layout: Layout<()>,
    inline: Inline,
    base: Type,
    labels: Vec<Shaped>,
    /// Measured when they are asked for.
    widths: OnceCell<(f32, f32)>,
}

impl std::fmt::Debug for Shaped {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Shaped")
            .field("text", &self.inline.text)
            .finish_non_exhaustive()
    }
}

/// Sets text in the fonts of a document, and notes what they lack.
pub(super) struct Setter<'f> {
    fonts: &'f Arc<Set>,
    pub(super) missing: Vec<Missing>,
}

impl<'f> Setter<'f> {
    /// One that has set nothing yet.
    pub(super) fn new(fonts: &'f Arc<Set>) -> Self {
        Setter {
            fonts,
            missing: Vec::new(),
        }
    }

    /// Another with the same fonts.
    pub(super) fn another(&self) -> Self {
        Setter::new(self.fonts)
    }
}

impl Setter<'static> {
    /// One for words of our own.
    pub(super) fn bundled() -> Self {
        Setter::new(bundled())
    }
}

/// What shaping needs; one a thread for the fonts that it used last, used again for each document.
struct Contexts {
    /// The number of the set of fonts.
    number: u32,
    fonts: FontContext,
    layouts: LayoutContext<()>,
}

thread_local! {
    static CONTEXTS: RefCell<Option<Contexts>> = const { RefCell::new(None) };
}

/// Use this thread's contexts for a set of fonts.
fn with_contexts<T>(fonts: &Set, work: impl FnOnce(&mut Contexts) -> T) -> T {
    CONTEXTS.with_borrow_mut(|slot| {
        let kept = slot.take().filter(|kept| kept.number == fonts.number);
        let contexts = slot.insert(kept.unwrap_or_else(|| Contexts {
            number: fonts.number,
            fonts: fonts.context(),
            layouts: LayoutContext::new(),
        }));
        work(contexts)
    })
}

/// Make this thread ready to shape text in these fonts: the first line of a process costs more than all others.
pub(super) fn prepare(fonts: &Arc<Set>) {
    for bold in [false, true] {
        let base = Type {
            bold,
            ..style::BODY
        };
        words("a", base, &mut Setter::new(fonts));
    }
}

/// Shape a run of text.
pub(super) fn shape(mut inline: Inline, setter: &mut Setter<'_>) -> Shaped {
    let base = inline.base.unwrap_or(style::BODY);
    let labels: Vec<Shaped> = inline
        .labels
        .iter_mut()
        .map(|label| shape(std::mem::take(&mut label.inline), setter))
        .collect();
    let mut layout = build(&inline, base, &labels, setter.fonts);
    if !inline.text.is_ascii() {
        let holes = holes(&mut layout, &inline.text);
        if !holes.is_empty() {
            spell_out(&mut inline, &holes, setter);
            layout = build(&inline, base, &labels, setter.fonts);
        }
    }
    Shaped {
        fonts: setter.fonts.clone(),
        layout,
        inline,
        base,
        labels,
        widths: OnceCell::new(),
    }
}

/// One line of words that are no part of the document.
pub(super) fn words(text: &str, base: Type, setter: &mut Setter<'_>) -> Line {
    let lines = wrapped(text, base, f32::MAX / 4.0, setter);
    lines.into_iter().next().unwrap_or_default()
}

/// Words that are no part of the document, in lines of at most `measure` points.
pub(super) fn wrapped(text: &str, base: Type, measure: f32, setter: &mut Setter<'_>) -> Vec<Line> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let span = Span {
        end: text.len(),
        look: plain(base),
        slot: 0,
        link: None,
    };
    let inline = Inline {
        base: Some(base),
        text,
        spans: vec![span],
        labels: Vec::new(),
        leftwards: false,
    };
    shape(inline, setter).lines(measure)
}

/// How text looks with no element around it.
fn plain(base: Type) -> Look {
    Look {
        bold: base.bold,
        italic: false,
        scale: 1.0,
        rise: 0.0,
        colour: base.colour,
        underline: false,
        struck: false,
        paper: None,
    }
}

fn build(inline: &Inline, base: Type, labels: &[Shaped], fonts: &Set) -> Layout<()> {
    with_contexts(fonts, |contexts| {
        let mut builder =
            contexts
                .layouts
                .style_run_builder(&mut contexts.fonts, &inline.text, 1.0, false);
        builder.set_base_direction(match inline.leftwards {
            true => BaseDirection::Rtl,
            false => BaseDirection::Ltr,
        });
        // As many styles as there are different looks, not as many as there are spans.
        let mut styles: Vec<(Key, u16)> = Vec::new();
        let mut start = 0;
        let none = [Span {
            end: 0,
            look: plain(base),
            slot: 0,
            link: None,
        }];
        let spans: &[Span] = if inline.spans.is_empty() {
            &none
        } else {
            &inline.spans
        };
        let symbols = composed::for_symbols(&inline.text, fonts);
        for span in spans {
            for (range, symbol) in stretches(start..span.end, &symbols) {
                let key: Key = (
                    span.look.bold,
                    span.look.italic,
                    (span.look.scale * 1000.0) as u32,
                    symbol,
                );
                let index = match styles.iter().find(|(known, _)| *known == key) {
                    Some((_, index)) => *index,
                    None => {
                        let index = builder.push_style(text_style(span.look, base, symbol, fonts));
                        styles.push((key, index));
                        index
                    }
                };
                builder.push_style_run(index, range);
            }
            start = span.end;
        }
        for (id, (label, shaped)) in inline.labels.iter().zip(labels).enumerate() {
            let size = shaped.widths().1;
            builder.push_inline_box(InlineBox {
                id: id as u64,
                kind: InlineBoxKind::InFlow,
                index: label.at,
                width: size + 2.0 * style::LABEL_SIDE,
                height: shaped.base.leading + 2.0 * style::LABEL_ENDS,
                baseline: Some(first_baseline(shaped.base) + style::LABEL_ENDS),
                vertical_align: VerticalAlign::BASELINE,
            });
        }
        builder.build(&inline.text)
    })
}

type Key = (bool, bool, u32, bool);

/// A range in its parts: those that are for the font of symbols, and those between them.
fn stretches(range: Range<usize>, symbols: &[Range<usize>]) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let mut at = range.start;
    let first = symbols.partition_point(|symbol| symbol.end <= range.start);
    let inside = symbols[first..].iter();
    for symbol in inside.take_while(|symbol| symbol.start < range.end) {
        let (start, end) = (symbol.start.max(at), symbol.end.min(range.end));
        found.extend((at < start).then_some((at..start, false)));
        found.push((start..end, true));
        at = end;
    }
    if at < range.end || found.is_empty() {
        found.push((at..range.end, false));
    }
    found
}

fn text_style(look: Look, base: Type, symbol: bool, fonts: &Set) -> TextStyle<'_, 'static, ()> {
    TextStyle {
        font_family: match symbol {
            true => fonts.families_of_symbols(),
            false => fonts.families(),
        },
        font_size: base.size * look.scale,
        font_weight: if look.bold {
            FontWeight::BOLD
        } else {
            FontWeight::NORMAL
        },
        font_style: if look.italic {
            FontStyle::Italic
        } else {
            FontStyle::Normal
        },
        line_height: LineHeight::Absolute(base.leading),
        overflow_wrap: OverflowWrap::BreakWord,
        ..TextStyle::default()
    }
}

/// Where the first baseline of text lies, from its top: Noto Sans stands 1.069 em above and 0.293 em below the baseline.
fn first_baseline(base: Type) -> f32 {
    (base.leading + (1.069 - 0.293) * base.size) / 2.0
}

/// Byte ranges of the clusters that came out as the missing glyph.
fn holes(layout: &mut Layout<()>, text: &str) -> Vec<Range<usize>> {
    layout.break_all_lines(None);
    let mut out = Vec::new();
    for line in layout.lines() {
        for run in line.runs() {
            for cluster in run.clusters() {
                let range = cluster.text_range();
                if cluster.glyphs().any(|glyph| glyph.id == 0)
                    && !is_invisible(&text[range.clone()])
                {
                    out.push(range);
                }
            }
        }
    }
    out.sort_by_key(|range| range.start);
    out
}

/// Put the number of each missing character in its place.
fn spell_out(inline: &mut Inline, holes: &[Range<usize>], setter: &mut Setter<'_>) {
    let mut text = String::with_capacity(inline.text.len() + holes.len() * 8);
    let mut moved: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for hole in holes {
        text.push_str(&inline.text[at..hole.start]);
        for c in inline.text[hole.clone()].chars() {
            if is_invisible(c.encode_utf8(&mut [0; 4])) {
                continue;
            }
            text.push_str(&format!("[U+{:04X}]", c as u32));
            setter.missing.push((c, around(&inline.text, hole)));
        }
        moved.push((hole.end, text.len()));
        at = hole.end;
    }
    text.push_str(&inline.text[at..]);
    // An offset behind a hole moves with the end of the last hole before it.
    let shift = |offset: usize| match moved.partition_point(|(old, _)| *old <= offset) {
        0 => offset,
        index => {
            let (old, new) = moved[index - 1];
            offset - old + new
        }
    };
    inline
        .spans
        .iter_mut()
        .for_each(|span| span.end = shift(span.end));
    inline
        .labels
        .iter_mut()
        .for_each(|label| label.at = shift(label.at));
    if let Some(span) = inline.spans.last_mut() {
        span.end = text.len();
    }
    inline.text = text;
    // A span that ended inside a hole must not end inside a character, nor before its predecessor.
    let mut last = 0;
    for span in &mut inline.spans {
        while !inline.text.is_char_boundary(span.end) {
            span.end += 1;
        }
        span.end = span.end.max(last);
        last = span.end;
    }
    for label in &mut inline.labels {
        while !inline.text.is_char_boundary(label.at) {
            label.at += 1;
        }
    }
}

/// Up to 20 characters on each side.
fn around(text: &str, hole: &Range<usize>) -> String {
    let before: Vec<char> = text[..hole.start].chars().rev().take(20).collect();
    let after = text[hole.start..].chars().take(21);
    before
        .into_iter()
        .rev()
        .chain(after)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Characters that steer the text and have no shape of their own.
fn is_invisible(text: &str) -> bool {
    text.chars().all(|c| {
        matches!(c,
            '\n' | '\r' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}')
    })
}

impl Shaped {
    /// The least width without breaking a word, and the width of the text on one line.
    pub(super) fn widths(&self) -> (f32, f32) {
        *self.widths.get_or_init(|| self.measure())
    }

    /// Whether it is a number and signs around it.
    pub(super) fn is_figures(&self) -> bool {
        let text = &self.inline.text;
        text.contains(|c: char| c.is_ascii_digit()) && !text.contains(char::is_alphabetic)
    }

    /// Make the type smaller.
    pub(super) fn shrink(&mut self, by: f32) {
        self.labels.iter_mut().for_each(|label| label.shrink(by));
        self.base.size *= by;
        self.base.leading *= by;
        self.layout = build(&self.inline, self.base, &self.labels, &self.fonts);
        self.widths = OnceCell::new();
    }

    /// Whether its lines begin at the right.
    pub(super) fn is_leftwards(&self) -> bool {
        self.inline.leftwards
    }

    /// From one baseline to the next.
    pub(super) fn leading(&self) -> f32 {
        self.base.leading
    }

    fn measure(&self) -> (f32, f32) {
        let mut layout_min: f32 = 0.0;
        let widths = self.layout.calculate_content_widths();
        if self.labels.is_empty() {
            return (widths.min, widths.max);
        }
        for label in &self.labels {
            layout_min = layout_min.max(label.widths().0 + 2.0 * style::LABEL_SIDE);
        }
        if self.inline.text.trim_ascii().is_empty() {
            return (layout_min, widths.max);
        }
        let words = self
            .inline
            .text
            .split_whitespace()
            .map(|word| word.chars().count())
            .max()
            .unwrap_or(0);
        (
            layout_min.max((words as f32 * self.base.size * 0.6).min(widths.min)),
            widths.max,
        )
    }

    /// Whether there is anything to see.
    pub(super) fn is_empty(&self) -> bool {
        self.inline.text.is_empty() && self.labels.is_empty()
    }

    /// How many lines the text has at a measure.
    pub(super) fn count(&mut self, measure: f32) -> usize {
        self.layout.break_all_lines(Some(measure + 0.01));
        self.layout.len()
    }

    /// Break the text into lines of at most `measure` points.
    pub(super) fn lines(&mut self, measure: f32) -> Vec<Line> {
        if self.is_empty() {
            return Vec::new();
        }
        let mut blocks: Vec<Vec<Line>> = Vec::new();
        let inside = (measure - 2.0 * style::LABEL_SIDE).max(8.0);
        for (label, space) in self.labels.iter_mut().zip(self.layout.inline_boxes_mut()) {
            let lines = label.lines(inside.min(label.widths().1 + 0.1));
            let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
            let height: f32 = lines.iter().map(|line| line.height).sum();
            space.width = width + 2.0 * style::LABEL_SIDE;
            space.height = height + 2.0 * style::LABEL_ENDS;
            space.baseline =
                Some(lines.first().map_or(0.0, |line| line.baseline) + style::LABEL_ENDS);
            blocks.push(lines);
        }
        // A hair of tolerance: the measure of a cell is often just what its text needs.
        self.layout.break_all_lines(Some(measure + 0.01));
        self.layout
            .align(Alignment::Start, AlignmentOptions::default());
        let mut out = Vec::with_capacity(self.layout.len());
        for line in self.layout.lines() {
            let metrics = line.metrics();
            let mut set = Line {
                height: metrics.block_max_coord - metrics.block_min_coord,
                baseline: metrics.baseline - metrics.block_min_coord,
                width: metrics.advance - metrics.hanging_advance + metrics.offset.max(0.0),
                ..Line::default()
            };
            let mut run_index = None;
            let mut mixed = false;
            for item in line.items() {
                match item {
                    PositionedLayoutItem::GlyphRun(glyphs) => {
                        let run = glyphs.run();
                        if run_index == Some(run.index()) {
                            continue;
                        }
                        run_index = Some(run.index());
                        mixed |= run.is_rtl();
                        let face = self.fonts.face_of(run.font().data.data()).unwrap_or(0);
                        let leftwards = run.is_rtl();
                        let left = glyphs.offset();
                        let start = Start {
                            font: self.fonts.face(face),
                            x: if leftwards {
                                left + run.advance()
                            } else {
                                left
                            },
                            face,
                            size: run.font_size(),
                            leftwards,
                        };
                        pieces(run.clusters(), start, &self.inline, self.base, &mut set);
                    }
                    PositionedLayoutItem::InlineBox(space) => {
                        let index = space.id as usize;
                        let Some(lines) = blocks.get_mut(index).map(std::mem::take) else {
                            continue;
                        };
                        let top = space.y - metrics.baseline;
                        set.papers.push(Paper {
                            x: space.x,
                            top,
                            width: space.width,
                            height: space.height,
                            colour: self.inline.labels[index].paper,
                        });
                        place(
                            lines,
                            space.x + style::LABEL_SIDE,
                            top + style::LABEL_ENDS,
                            self.inline.labels[index].at,
                            &mut set,
                        );
                    }
                }
            }
            if mixed {
                set.pieces.sort_by_key(|piece| piece.start);
            }
            out.push(set);
        }
        out
    }
}

/// Put the lines of a label into the line that it stands in.
fn place(lines: Vec<Line>, x: f32, mut top: f32, at: usize, into: &mut Line) {
    for line in lines {
        for mut piece in line.pieces {
            piece.x += x;
            piece.y += top + line.baseline;
            piece.start = at;
            into.pieces.push(piece);
        }
        top += line.height;
    }
}

struct Start<'f> {
    font: Option<&'f Face>,
    /// The edge at which reading begins.
    x: f32,
    face: FaceId,
    size: f32,
    leftwards: bool,
}

/// The clusters of one run, in reading order, as pieces that each have one look and one place in the structure.
fn pieces<'a>(
    clusters: impl Iterator<Item = Cluster<'a, ()>>,
    run: Start<'_>,
    inline: &Inline,
    base: Type,
    line: &mut Line,
) {
    let mut next = run.x;
    let mut open: Option<(usize, Piece)> = None;
    for cluster in clusters {
        let range = cluster.text_range();
        let text = &inline.text[range.clone()];
        let advance = cluster.advance();
        let span = span_at(
            &inline.spans,
            range.start,
            open.as_ref().map(|(span, _)| *span),
        );
        let Some(looks) = inline.spans.get(span) else {
            continue;
        };
        let x = if run.leftwards { next - advance } else { next };
        next = if run.leftwards { x } else { x + advance };
        if text == "\n" || is_invisible(text) {
            continue;
        }
        // A ligature belongs to the place of its first letter.
        let continues = cluster.is_ligature_continuation();
        if !continues && open.as_ref().is_some_and(|(index, _)| *index != span) {
            close(open.take(), line);
        }
        let (_, piece) = open.get_or_insert_with(|| {
            (
                span,
                Piece {
                    x: if run.leftwards { x + advance } else { x },
                    y: -looks.look.rise * base.size,
                    face: run.face,
                    size: run.size,
                    colour: looks.look.colour,
                    underline: looks.look.underline,
                    struck: looks.look.struck,
                    slot: looks.slot,
                    link: looks.link,
                    leftwards: run.leftwards,
                    start: range.start,
                    ..Piece::default()
                },
            )
        });
        if let Some(colour) = looks.look.paper {
            let (top, height) = (-0.95 * run.size, 1.25 * run.size);
            match line.papers.last_mut() {
                Some(paper)
                    if paper.colour == colour
                        && paper.top == top
                        && (paper.x + paper.width - x).abs() < 0.05 =>
                {
                    paper.width += advance;
                }
                Some(paper)
                    if paper.colour == colour
                        && paper.top == top
                        && (x + advance - paper.x).abs() < 0.05 =>
                {
                    paper.x = x;
                    paper.width += advance;
                }
                _ => line.papers.push(Paper {
                    x,
                    top,
                    width: advance,
                    height,
                    colour,
                }),
            }
        }
        piece.text.push_str(text);
        let mut glyphs = cluster.glyphs();
        match (glyphs.next(), glyphs.next()) {
            (Some(glyph), None) if !continues => piece.glyphs.push(convert(&glyph, text.len())),
            (Some(_), Some(_)) if !continues => several(&cluster, text, piece),
            _ if run.leftwards => divide(piece, text, run.font),
            _ => {
                if let Some(glyph) = piece.glyphs.last_mut() {
                    glyph.bytes = glyph.bytes.saturating_add(text.len() as u16);
                }
            }
        }
        if run.leftwards {
            piece.width += piece.x - x;
            piece.x = x;
        } else {
            piece.width = next - piece.x;
        }
        if run.leftwards || !text.trim().is_empty() {
            piece.ink = piece.width;
        }
    }
    close(open, line);
}

/// The glyphs of a cluster that has more than one: of a letter each, or of them all together.
fn several(cluster: &Cluster<'_, ()>, text: &str, piece: &mut Piece) {
    let mut glyphs: Vec<parley::Glyph> = cluster.glyphs().collect();
    if piece.leftwards {
        glyphs.reverse();
    }
    if glyphs.len() == text.chars().count() {
        let letters = glyphs.iter().zip(text.chars());
        let glyphs = letters.map(|(glyph, c)| convert(glyph, c.len_utf8()));
        return piece.glyphs.extend(glyphs);
    }
    piece.reordered = true;
    let bytes = |index| if index == 0 { text.len() } else { 0 };
    let glyphs = glyphs.iter().enumerate();
    let glyphs = glyphs.map(|(index, glyph)| convert(glyph, bytes(index)));
    piece.glyphs.extend(glyphs);
}

/// One more letter of a ligature from right to left. Readers that find words by their places divide a glyph for several
/// letters from left to right; so the letter before has a place of its own, where its glyph is not seen.
fn divide(piece: &mut Piece, letter: &str, face: Option<&Face>) {
    let Some(mut ligature) = piece.glyphs.pop() else {
        return;
    };
    let end = piece.text.len() - letter.len();
    let before = &piece.text[end - usize::from(ligature.bytes).min(end)..end];
    let mut letters = before.chars();
    let nominal = match (letters.next(), letters.next()) {
        (Some(only), None) => face.and_then(|face| face.glyph(only)),
        _ => None,
    };
    match nominal {
        Some(id) => {
            piece.glyphs.push(Glyph {
                id,
                advance: ligature.advance / 2.0,
                bytes: ligature.bytes,
                dx: 0.0,
                dy: 0.0,
                hidden: true,
            });
            ligature.advance /= 2.0;
            ligature.bytes = letter.len() as u16;
        }
        None => ligature.bytes = ligature.bytes.saturating_add(letter.len() as u16),
    }
    piece.glyphs.push(ligature);
}

fn convert(glyph: &parley::Glyph, bytes: usize) -> Glyph {
    Glyph {
        id: glyph.id as u16,
        advance: glyph.advance,
        bytes: bytes as u16,
        dx: glyph.x,
        dy: glyph.y,
        hidden: false,
    }
}

/// The span that an offset lies in; mostly that of the offset before.
fn span_at(spans: &[Span], offset: usize, last: Option<usize>) -> usize {
    if let Some(last) = last
        && spans[last].end > offset
        && (last == 0 || spans[last - 1].end <= offset)
    {
        return last;
    }
    spans
        .partition_point(|span| span.end <= offset)
        .min(spans.len().saturating_sub(1))
}

/// Finish a piece.
fn close(open: Option<(usize, Piece)>, line: &mut Line) {
    if let Some((_, piece)) = open
        && !piece.glyphs.is_empty()
    {
        line.pieces.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline(text: &str) -> Inline {
        let span = Span {
            end: text.len(),
            look: plain(style::BODY),
            slot: 0,
            link: None,
        };
        Inline {
            base: Some(style::BODY),
            text: text.to_owned(),
            spans: vec![span],
            labels: Vec::new(),
            leftwards: false,
        }
    }

    fn text(lines: &[Line]) -> String {
        lines
            .iter()
            .flat_map(|line| &line.pieces)
            .map(|piece| piece.text.as_str())
            .collect()
    }

    #[test]
    fn lines_keep_the_measure_and_the_text() {
        let words = "the effective office offers confident figures ".repeat(20);
        let mut shaped = shape(inline(words.trim_end()), &mut Setter::bundled());
        for measure in [80.0, 200.0, 480.0] {
            let lines = shaped.lines(measure);
            assert!(lines.iter().all(|line| line.width <= measure + 0.1));
            assert_eq!(text(&lines), words.trim_end());
            assert_eq!(lines.len(), shaped.count(measure));
        }
    }

    #[test]
    fn a_word_that_is_too_long_is_broken() {
        let lines = shape(inline(&"x".repeat(300)), &mut Setter::bundled()).lines(100.0);
        assert!(lines.len() > 10);
        assert!(lines.iter().all(|line| line.width <= 100.1));
    }

    #[test]
    fn a_ligature_stands_for_all_its_letters() {
        let lines = shape(inline("affluent"), &mut Setter::bundled()).lines(400.0);
        let piece = &lines[0].pieces[0];
        let bytes: usize = piece
            .glyphs
            .iter()
            .map(|glyph| usize::from(glyph.bytes))
            .sum();
        assert_eq!(bytes, "affluent".len());
    }

    #[test]
    fn text_from_right_to_left_is_said_in_reading_order() {
        let word = "\u{5e9}\u{5dc}\u{5d5}\u{5dd}";
        let leftwards = Inline {
            leftwards: true,
            ..inline(word)
        };
        let lines = shape(leftwards, &mut Setter::bundled()).lines(400.0);
        let piece = &lines[0].pieces[0];
        assert!(piece.leftwards && !piece.reordered);
        assert_eq!((piece.glyphs.len(), text(&lines).as_str()), (4, word));
        let room: f32 = piece.glyphs.iter().map(|glyph| glyph.advance).sum();
        assert!((piece.width - room).abs() < 0.01);
        assert!((piece.x + piece.width - 400.0).abs() < 0.1);
    }

    #[test]
    fn a_missing_character_is_spelt_out() {
        let mut setter = Setter::bundled();
        let lines = shape(inline("a \u{4e2d}\u{6587} b"), &mut setter).lines(400.0);
        assert_eq!(text(&lines), "a [U+4E2D][U+6587] b");
        assert_eq!(
            setter.missing.iter().map(|(c, _)| *c).collect::<String>(),
            "\u{4e2d}\u{6587}"
        );
    }
}
