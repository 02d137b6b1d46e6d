//! A time of day cannot be understood.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::check::wording::quoted;

pub(super) const LINT: Lint = Lint {
    code: "unclear-time",
    severity: Severity::Warning,
    summary: "A time of day cannot be understood.",
    explanation: "It is printed as it stands, and the notes carry no time that a calendar can read. Write 10:30, \
                  2pm or midday.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for time in &subject.parts.times {
        if time.value.is_none() {
            let message = match time.written.passages().is_empty() {
                true => format!("`{}` is not a time of day", quoted(&time.written)),
                false => "this is not a time of day".to_owned(),
            };
            found.at(time.written.span, message).help =
                Some("write it as 10:30, 2pm or midday".to_owned());
        }
    }
}
