//! An action is due before the meeting that sets it.

use crate::check::calendar::{full, is_unlikely, later_year};
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::date::last_day;
use crate::model::due::{DueRule, MeetingRef};
use crate::model::withheld::Row;
use chrono::NaiveDate;

pub(super) const LINT: Lint = Lint {
    code: "due-before-meeting",
    severity: Severity::Error,
    summary: "An action is due before the meeting that sets it.",
    explanation: "It would be overdue from its first day. Most often the year or the month is a slip.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let Some(meeting) = subject.day() else { return };
    for action in &subject.parts.actions {
        let parts = action.parts.iter().filter_map(Row::known);
        let dues = action
            .due
            .iter()
            .chain(parts.filter_map(|part| part.due.as_ref()));
        for due in dues {
            let day = due.rule.day(Some(meeting), meeting_day);
            let Some(day) = day.filter(|day| *day < meeting && !is_unlikely(*day, meeting)) else {
                continue;
            };
            let due_on = match action.withheld {
                true => "the action is due".to_owned(),
                false => format!("the action is due on {}", full(day)),
            };
            let message = format!("{due_on}, before the meeting of {}", full(meeting));
            let diagnostic = found.at(due.written.span, message);
            let later = later_year(day, meeting).filter(|_| !action.withheld);
            diagnostic.help = Some(match later {
                _ if matches!(due.rule, DueRule::Meeting(_)) => "name a later meeting".to_owned(),
                Some(later) => format!("was {} meant?", full(later)),
                None => "correct the due date".to_owned(),
            });
        }
    }
}

/// The last day that a named meeting can fall on.
fn meeting_day(reference: MeetingRef) -> Option<NaiveDate> {
    match reference {
        MeetingRef::Day(day) => Some(day),
        MeetingRef::Month(year, month) => last_day(year, month),
    }
}
