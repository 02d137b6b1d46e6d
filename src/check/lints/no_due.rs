//! An action has no due date and no reason for having none.

use crate::check::history::{is_closed, is_elsewhere};
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::action::Action;
use crate::model::withheld::Row;

pub(super) const LINT: Lint = Lint {
    code: "no-due",
    severity: Severity::Warning,
    summary: "An action has no due date and no reason for having none.",
    explanation: "An action without a due date is never overdue, and so is seldom done. Write `due:` with a date, \
                  a month, \"in 2 weeks\", a meeting (`{ meeting: 2026-11 }`) or a condition (`{ when: … }`); or \
                  say why there is none: `due: { none: standing duty }`. An action that comes back by itself \
                  (`every: quarterly`) needs none, nor does one that is a duplicate of another or \
                  captured under it.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for action in &subject.parts.actions {
        if is_given_later(subject, action.whole()) {
            continue;
        }
        let mut parts = action.parts.iter().filter_map(Row::known).peekable();
        let all_parts_due = parts.peek().is_some() && parts.all(|part| part.due.is_some());
        if action.due.is_none() && action.every.is_none() && !all_parts_due {
            found.at(action.span, "this action has no due date").help = Some(
                "add a line `due: …`, or say why there is none: `due: { none: … }`".to_owned(),
            );
        }
    }
}

/// Whether an action of a tracker or a plan needs no due date of its own: it is closed, kept up under another, or got its
/// due date by an update.
fn is_given_later(subject: &DocumentSubject<'_>, action: &Action) -> bool {
    let dated = || {
        let entry = subject.ledger.at(action.span);
        entry.is_some_and(|entry| entry.events.iter().any(|event| event.said.due().is_some()))
    };
    subject.document.meeting().is_none() && (is_elsewhere(action) || is_closed(action) || dated())
}
