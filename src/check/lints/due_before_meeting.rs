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
            let Some(deadline) = Deadline::of(subject, due.rule, meeting) else {
                continue;
            };
            let day = deadline.last();
            if day >= meeting || is_unlikely(day, meeting) {
                continue;
            }
            let due_on = match action.withheld {
                true => "the action is due".to_owned(),
                false => format!("the action is due {}", deadline.words()),
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

/// When an action is due at the latest.
enum Deadline {
    /// On a day.
    On(NaiveDate),
    /// At a meeting of a month that ends on a day, and of which the book knows no more.
    Until(NaiveDate),
}

impl Deadline {
    fn of(subject: &MeetingSubject<'_>, rule: DueRule, meeting: NaiveDate) -> Option<Deadline> {
        let series = subject.meeting.series.as_deref();
        let calendar = &subject.ledger.calendar;
        let day = rule.day(Some(meeting), |reference| {
            calendar.day_of(series, reference)
        });
        match (day, rule) {
            (Some(day), _) => Some(Deadline::On(day)),
            (None, DueRule::Meeting(MeetingRef::Month(year, month))) => {
                last_day(year, month).map(Deadline::Until)
            }
            _ => None,
        }
    }

    fn last(&self) -> NaiveDate {
        match self {
            Deadline::On(day) | Deadline::Until(day) => *day,
        }
    }

    fn words(&self) -> String {
        match self {
            Deadline::On(day) => format!("on {}", full(*day)),
            Deadline::Until(last) => format!("at the meeting of {}", last.format("%B %Y")),
        }
    }
}
