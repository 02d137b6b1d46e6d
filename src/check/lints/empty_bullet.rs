//! A bullet or a paragraph has no words in it.

use crate::check::{Check, Found, Lint, TextSubject};
use crate::diagnostic::Severity;
use crate::source::Span;

pub(super) const LINT: Lint = Lint {
    code: "empty-bullet",
    severity: Severity::Warning,
    summary: "A bullet or a paragraph has no words in it.",
    explanation: "It is most often left over from copying. It prints as nothing, or as a lone full stop. Remove \
                  the line.",
    lowered_in_extracts: false,
    check: Check::Text(check),
};

/// How many lines of one text are reported.
const MOST: usize = 20;

fn check(subject: &TextSubject<'_>, found: &mut Found) {
    let source = subject.text.source();
    let mut fenced = false;
    let mut stray: Vec<&str> = Vec::new();
    for line in source.lines().map(str::trim_start) {
        if line.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let line = line.trim_end();
        if line.starts_with("```") || line.starts_with("~~~") {
            fenced = !fenced;
        } else if stray.len() < MOST
            && !fenced
            && (is_stray(line) || is_empty_number(line) && source.trim().contains('\n'))
        {
            stray.push(line);
        }
    }
    for (at, line) in stray.iter().enumerate() {
        let same_before = stray[..at].iter().filter(|other| *other == line).count();
        let place = place(subject, line, same_before);
        let message = match *line {
            "-" | "*" | "+" | "•" => "this bullet is empty",
            _ if is_empty_number(line) => "this entry of the list is empty",
            _ => "there are no words on this line",
        };
        found.at(place, message).help = Some("remove the line".to_owned());
    }
}

/// Whether a line is made of punctuation alone, and is no rule, table or quotation of Markdown.
fn is_stray(line: &str) -> bool {
    let is_mark = |c: char| c.is_ascii_punctuation() || "•·–—…‘’“”".contains(c);
    if !line.chars().all(|c| c.is_whitespace() || is_mark(c)) {
        return false;
    }
    let characters: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
    let is_rule = characters.len() >= 3
        && "-*_=".contains(characters[0])
        && characters.iter().all(|c| *c == characters[0]);
    let is_structure = characters.iter().all(|c| ">=".contains(*c)) || line.contains(['|', '\\']);
    !characters.is_empty()
        && !is_rule
        && !is_structure
        && !line.contains("<<")
        && !line.contains(">>")
}

/// Whether a line is the number of an entry and nothing else.
fn is_empty_number(line: &str) -> bool {
    let number = line.strip_suffix(['.', ')']).unwrap_or("");
    (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// The place of the line in the file; `before` of its like stand above it.
fn place(subject: &TextSubject<'_>, line: &str, before: usize) -> Span {
    let span = subject.text.span;
    let raw = subject.book.sources.text(span);
    let mut start = 0;
    let mut met = 0;
    for part in raw.split_inclusive('\n') {
        if part.trim() == line {
            if met == before {
                let at = span.start + (start + part.find(line).unwrap_or(0)) as u32;
                return Span {
                    start: at,
                    end: at + line.len() as u32,
                    ..span
                };
            }
            met += 1;
        }
        start += part.len();
    }
    span
}
