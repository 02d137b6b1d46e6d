//! The accent colour is not a colour.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "accent-colour",
    severity: Severity::Error,
    summary: "The accent colour is not a colour.",
    explanation: "The style sheets take it as six hexadecimal digits after a hash: `#1d3f72`. In YAML it needs \
                  quotes, because a hash after a space begins a comment.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let look = subject.book.settings.look.as_ref();
    let Some(accent) = look.and_then(|look| look.accent.as_ref()) else {
        return;
    };
    let digits = accent.strip_prefix('#');
    let is_colour = digits.is_some_and(|digits| {
        digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    if !is_colour {
        let message = format!("`{}` is not a colour", accent.text);
        found.at(accent.span, message).help = Some(
            "write six hexadecimal digits after a hash, in quotes: `accent: \"#1d3f72\"`"
                .to_owned(),
        );
    }
}
