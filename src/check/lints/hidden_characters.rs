//! A text holds characters that nobody can see.

use crate::check::{Check, Cue, Found, Lint, TextSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "hidden-characters",
    severity: Severity::Warning,
    summary: "A text holds characters that nobody can see.",
    explanation: "They come with copied text: control characters, marks that turn the direction of writing, \
                  spaces of no width. They break searching and reading aloud, and can make a text say something \
                  else than it seems to. Delete the words around them and type them again.",
    lowered_in_extracts: false,
    check: Check::Text(check),
};

fn check(subject: &TextSubject<'_>, found: &mut Found) {
    if !subject.cues.has(Cue::Unusual) {
        return;
    }
    let mut seen: Vec<char> = Vec::new();
    for c in subject.text.source().chars().filter(|c| is_hidden(*c)) {
        if seen.contains(&c) {
            continue;
        }
        seen.push(c);
        let code = format!("U+{:04X}", u32::from(c));
        let name = match unicode_names2::name(c) {
            Some(name) => format!("{code} {name}"),
            None => format!("the control character {code}"),
        };
        let message = match c {
            '\u{fffd}' => "a character was lost here when the file was saved or copied".to_owned(),
            _ => format!("the text holds {name}, which nobody can see"),
        };
        found.at(subject.within(&c.to_string()), message).help =
            Some("delete the words around it and type them again".to_owned());
    }
}

fn is_hidden(c: char) -> bool {
    let is_control = c.is_control() && c != '\n' && c != '\t';
    is_control
        || matches!(
            c,
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
                | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffd}' | '\u{fdd0}'..='\u{fdef}'
                | '\u{e0000}'..='\u{e007f}'
        )
}
