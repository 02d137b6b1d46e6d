//! Diagnostics for people: the line itself, the place underlined, and how to mend it. Whatever stands in a file, what is
//! printed is bounded, holds no character that a terminal would obey, and no withheld word: a mask stands in its place.

use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::model::mask;
use crate::source::{Place, SourceId, Sources, Span};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

/// Whether the output may be coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// To a terminal.
    Yes,
    /// To anything else.
    No,
}

/// The longest part of a line that is shown, in bytes; a longer line is cut around the place.
const LINE: usize = 240;

/// The longest message or help that is shown, in characters; a longer one is cut in its middle.
const MESSAGE: usize = 1_200;

/// How many diagnostics of a file are shown.
const SHOWN: usize = 100;

/// Diagnostics of one file that are not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct More {
    /// How many there are.
    pub count: usize,
    /// The file.
    pub source: SourceId,
}

impl More {
    /// The line that says so.
    pub fn people(self, sources: &Sources, root: &Path) -> String {
        let path = root.join(&sources.get(self.source).path);
        let path = printable(&path.display().to_string());
        format!("{path}: and {} more", self.count)
    }
}

/// The diagnostics that people are shown: of each file the gravest hundred, in their order; and how many more there are.
/// Programs are given them all.
pub fn bounded(diagnostics: &[Diagnostic]) -> (Vec<&Diagnostic>, Vec<More>) {
    let mut by_file: BTreeMap<Option<SourceId>, Vec<usize>> = BTreeMap::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        by_file.entry(diagnostic.source()).or_default().push(at);
    }
    let (mut shown, mut more) = (Vec::new(), Vec::new());
    for (source, mut places) in by_file {
        if let Some(source) = source
            && places.len() > SHOWN
        {
            let count = places.len() - SHOWN;
            more.push(More { count, source });
            places.sort_by_key(|at| (Reverse(diagnostics[*at].severity), *at));
            places.truncate(SHOWN);
        }
        shown.extend(places);
    }
    shown.sort_unstable();
    (shown.into_iter().map(|at| &diagnostics[at]).collect(), more)
}

/// One diagnostic as people read it. `root` is put before each path, so that a terminal can open the file.
pub fn people(diagnostic: &Diagnostic, sources: &Sources, root: &Path, colour: Colour) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(
        level
            .primary_title(printable(&diagnostic.message))
            .id(diagnostic.code),
    );
    let mut shown = Vec::new();
    match diagnostic.target {
        Target::Book => {}
        Target::File(source) => {
            let path = root.join(&sources.get(source).path);
            group = group.element(Origin::path(printable(&path.display().to_string())));
        }
        Target::Place(span) => {
            let kind = AnnotationKind::Primary;
            let hides = diagnostic.is_withheld;
            group = group.element(snippet(sources, root, span, kind, None, hides));
            shown.push(span);
        }
    }
    for (span, label) in &diagnostic.related {
        let kind = AnnotationKind::Context;
        group = group.element(snippet(sources, root, *span, kind, Some(label), false));
        shown.push(*span);
    }
    if !diagnostic.difference.is_empty() {
        let lines = diagnostic.difference.iter().map(|line| printable(line));
        let lines: Vec<String> = lines.collect();
        group = group.element(Level::NOTE.message(format!("what changed\n{}", lines.join("\n"))));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    let renderer = match colour {
        Colour::Yes => Renderer::styled().decor_style(DecorStyle::Unicode),
        Colour::No => Renderer::plain().decor_style(DecorStyle::Ascii),
    };
    let mut told = renderer.render(&[group]);
    // The message stands before the places, in a line of its own.
    let mut from = told.find('\n').unwrap_or(0);
    for span in shown {
        from = set_column(
            &mut told,
            from,
            &path(sources, root, span),
            sources.place(span),
        );
    }
    told
}

/// Says in which column of the file a place begins: the line that is shown has others, where it was cut or something in it
/// is hidden. A place on the line of the one before is shown with it. Behind what of the text the next can stand.
fn set_column(told: &mut String, from: usize, path: &str, place: Place) -> usize {
    let place_of = format!(" {path}:{}:", place.line);
    let Some(at) = told[from..].find(&place_of) else {
        return from;
    };
    let start = from + at + place_of.len();
    let digits = told[start..].bytes().take_while(u8::is_ascii_digit).count();
    told.replace_range(start..start + digits, &place.column.to_string());
    start
}

fn path(sources: &Sources, root: &Path, span: Span) -> String {
    let path = root.join(&sources.get(span.source).path);
    printable(&path.display().to_string())
}

fn snippet<'s>(
    sources: &'s Sources,
    root: &Path,
    span: Span,
    kind: AnnotationKind,
    label: Option<&str>,
    hides: bool,
) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
    let source = sources.get(span.source);
    let text = source.text.as_str();
    let shown = shown(sources, span);
    let within = |at: u32| {
        text.floor_char_boundary(at as usize)
            .clamp(shown.start, shown.end)
    };
    let (start, end) = (within(span.start), within(span.end).max(within(span.start)));
    let hidden = source.hidden(|text| mask::hidden(span.source, text));
    let own = hides.then_some(start..end);
    let hidden = mask::joined(hidden.iter().cloned().chain(own).collect());
    // A place inside something hidden is the mask of all of it.
    let of = |at: usize| {
        hidden
            .iter()
            .find(|range| range.start < at && at < range.end)
    };
    let start = of(start).map_or(start, |range| range.start.max(shown.start));
    let end = of(end)
        .map_or(end, |range| range.end.min(shown.end))
        .max(start);
    // What is hidden, and each character that a terminal would obey, becomes another, so the place is counted anew.
    let [before, marked, after] = [shown.start..start, start..end, end..shown.end]
        .map(|part| mask::cut(text, part, &hidden).replace(is_obeyed, "\u{FFFD}"));
    let mark = before.len()..before.len() + marked.len();
    let annotation = kind.span(mark);
    Snippet::source(before + &marked + &after)
        .line_start(sources.place(span).line)
        .path(path(sources, root, span))
        .fold(false)
        .annotation(match label {
            Some(label) => annotation.label(printable(label)),
            None => annotation,
        })
}

/// The line on which a span begins, cut around the span when it is very long.
fn shown(sources: &Sources, span: Span) -> Range<usize> {
    let text = &sources.get(span.source).text;
    let line = sources.line(span);
    if line.len() <= LINE {
        return line;
    }
    let start = (span.start as usize).saturating_sub(LINE / 2);
    let from = text.floor_char_boundary(start.max(line.start));
    from..text.floor_char_boundary((from + LINE).min(line.end))
}

/// A text of which a terminal obeys nothing, no longer than can be read.
fn printable(text: &str) -> String {
    let cut = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(at, _)| at);
    let text = match text[cut(MESSAGE)..].is_empty() {
        true => text.to_owned(),
        false => {
            let from = text.floor_char_boundary(text.len() - MESSAGE / 2);
            format!("{} … {}", &text[..cut(MESSAGE / 2)], &text[from..])
        }
    };
    text.replace(is_obeyed, "\u{FFFD}")
}

/// Characters that move a terminal's cursor, change its colours, or turn the direction of the line. A tab is harmless.
pub(super) fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{FEFF}')
}

/// The last line of a report: how many of each severity, in how many files.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let count = |severity| {
        diagnostics
            .iter()
            .filter(|one| one.severity == severity)
            .count()
    };
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (count(severity), severity.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| plural(count, word))
        .collect();
    let mut files: Vec<_> = diagnostics.iter().filter_map(Diagnostic::source).collect();
    files.sort();
    files.dedup();
    match (parts.as_slice(), files.len()) {
        ([], _) => "nothing to report".to_owned(),
        (parts, 0) => parts.join(", "),
        (parts, files) => format!("{} in {}", parts.join(", "), plural(files, "file")),
    }
}

fn plural(count: usize, word: &str) -> String {
    match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}
