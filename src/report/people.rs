//! Diagnostics for people: the line itself, the place underlined, and how to mend it.

use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::source::{Sources, Span};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
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

/// One diagnostic as people read it. `root` is put before each path, so that a terminal can open the file.
pub fn people(diagnostic: &Diagnostic, sources: &Sources, root: &Path, colour: Colour) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group = Group::with_title(
        level
            .primary_title(diagnostic.message.as_str())
            .id(diagnostic.code),
    );
    match diagnostic.target {
        Target::Book => {}
        Target::File(source) => {
            let path = root.join(&sources.get(source).path);
            group = group.element(Origin::path(path.display().to_string()));
        }
        Target::Place(span) => {
            group = group.element(snippet(sources, root, span, AnnotationKind::Primary, None));
        }
    }
    for (span, label) in &diagnostic.related {
        group = group.element(snippet(
            sources,
            root,
            *span,
            AnnotationKind::Context,
            Some(label),
        ));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = match colour {
        Colour::Yes => Renderer::styled().decor_style(DecorStyle::Unicode),
        Colour::No => Renderer::plain().decor_style(DecorStyle::Ascii),
    };
    renderer.render(&[group])
}

fn snippet<'s>(
    sources: &'s Sources,
    root: &Path,
    span: Span,
    kind: AnnotationKind,
    label: Option<&'s str>,
) -> Snippet<'s, annotate_snippets::Annotation<'s>> {
    let source = sources.get(span.source);
    let text = source.text.as_str();
    let shown = shown(text, span);
    let mark = (span.start as usize).clamp(shown.start, shown.end) - shown.start;
    let end = (span.end as usize).clamp(shown.start, shown.end) - shown.start;
    let path = root.join(&source.path).display().to_string();
    let annotation = kind.span(mark..end.max(mark));
    Snippet::source(&text[shown])
        .line_start(sources.place(span).line)
        .path(path)
        .fold(false)
        .annotation(match label {
            Some(label) => annotation.label(label),
            None => annotation,
        })
}

/// The line on which a span begins, cut around the span when it is very long.
fn shown(text: &str, span: Span) -> Range<usize> {
    let start = (span.start as usize).min(text.len());
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    if line_end - line_start <= LINE {
        return line_start..line_end;
    }
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = boundary(start.saturating_sub(LINE / 2).max(line_start));
    from..boundary((from + LINE).min(line_end))
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
