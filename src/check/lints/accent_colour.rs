//! A colour of the look is not a colour.

use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "accent-colour",
    severity: Severity::Error,
    summary: "A colour of the look is not a colour.",
    explanation: "The style sheets take `accent` and `band` as six hexadecimal digits after a hash: `#1d3f72`. In YAML they need \
                  quotes, because a hash after a space begins a comment.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let Some(look) = &subject.book.settings.look else {
        return;
    };
    let colours = [("accent", &look.accent), ("band", &look.band)];
    for (field, colour) in colours {
        let Some(colour) = colour else {
            continue;
        };
        let digits = colour.strip_prefix('#');
        let is_colour = digits.is_some_and(|digits| {
            digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        if !is_colour {
            let message = format!("`{}` is not a colour", colour.text);
            found.at(colour.span, message).help = Some(format!(
                "write six hexadecimal digits after a hash, in quotes: `{field}: \"#1d3f72\"`"
            ));
        }
    }
}
