//! An update is dated before its action was set.

use crate::check::calendar::full;
use crate::check::history::{called_by, place};
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "update-before-action",
    severity: Severity::Error,
    summary: "An update is dated before its action was set.",
    explanation: "Nothing can have happened to an action that did not exist. Most often a date or a ref is a slip. \
                  Correct it; where a tracker says `set: 2026`, the first day of that year counts.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for entry in subject.ledger.entries() {
        let Some(set) = entry.set else { continue };
        for event in entry.events.iter().filter(|event| event.is_dated) {
            if event.day.is_none_or(|day| day >= set) {
                continue;
            }
            let name = called_by(subject, entry, event);
            let message = match subject.is_hidden(event.span) || subject.is_hidden(entry.home.span)
            {
                true => "this is said before the action was set".to_owned(),
                false => format!("this is said of {name}, which was set on {}", full(set)),
            };
            let diagnostic = found.at(event.span, message);
            diagnostic.help = Some("correct the date or the ref".to_owned());
            let label = "the action was set here".to_owned();
            diagnostic.related.push((place(entry), label));
        }
    }
}
