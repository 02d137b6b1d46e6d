//! The limit for open actions cannot be understood.

use crate::check::limit::open_limit;
use crate::check::wording::quoted;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "unclear-limit",
    severity: Severity::Error,
    summary: "The limit for open actions cannot be understood.",
    explanation: "No action is then reported as open too long. Write a number and days, weeks, months or years: \
                  `open_limit: 12 months`.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let Some((text, None)) = open_limit(subject) else {
        return;
    };
    let message = match text.passages().is_empty() {
        true => format!("`{}` is not a span of time", quoted(text)),
        false => "this is not a span of time".to_owned(),
    };
    found.at(text.span, message).help = Some("write it as `open_limit: 12 months`".to_owned());
}
