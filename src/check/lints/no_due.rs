//! An action has no due date and no reason for having none.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::withheld::Row;

pub(super) const LINT: Lint = Lint {
    code: "no-due",
    severity: Severity::Warning,
    summary: "An action has no due date and no reason for having none.",
    explanation: "An action without a due date is never overdue, and so is seldom done. Write `due:` with a date, \
                  a month, \"in 2 weeks\", a meeting (`{ meeting: 2026-11 }`) or a condition (`{ when: … }`); or \
                  say why there is none: `due: { none: standing duty }`. An action that comes back by itself \
                  (`every: quarterly`) needs none.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for action in &subject.parts.actions {
        let mut parts = action.parts.iter().filter_map(Row::known).peekable();
        let all_parts_due = parts.peek().is_some() && parts.all(|part| part.due.is_some());
        if action.due.is_none() && action.every.is_none() && !all_parts_due {
            found.at(action.span, "this action has no due date").help = Some(
                "add a line `due: …`, or say why there is none: `due: { none: … }`".to_owned(),
            );
        }
    }
}
