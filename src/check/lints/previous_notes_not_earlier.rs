//! The previous notes are those of a meeting that is not before this one.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::due::MeetingRef;
use chrono::NaiveDate;

pub(super) const LINT: Lint = Lint {
    code: "previous-notes-not-earlier",
    severity: Severity::Warning,
    summary: "The previous notes are those of a meeting that is not before this one.",
    explanation: "The notes that a meeting approves are those of the meeting before it. Most often the year or \
                  the month is a slip, or the date of this meeting was copied. Correct `previous_notes:`.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let previous = subject.meeting.previous_notes.as_ref();
    let (Some(name), Some(meeting)) = (
        previous.and_then(|previous| previous.meeting.as_ref()),
        subject.day(),
    ) else {
        return;
    };
    let Some(reference) = name.meeting.filter(|_| name.written.passages().is_empty()) else {
        return;
    };
    if is_before(reference, meeting) {
        return;
    }
    let message = match reference == MeetingRef::Day(meeting) {
        true => "the previous notes are those of this meeting itself",
        false => "the previous notes are those of a later meeting",
    };
    let diagnostic = found.at(name.written.span, message);
    let calendar = &subject.ledger.calendar;
    let series = subject.meeting.series.as_deref();
    let before = series.and_then(|series| calendar.last_before(series, meeting));
    diagnostic.help = Some(match before {
        Some(day) => format!("write the date of the meeting before this one: `{day}`"),
        None => "write the date of the meeting before this one".to_owned(),
    });
    let label = "the date of this meeting".to_owned();
    let date = subject.meeting.date.written.span;
    diagnostic.related.push((date, label));
}

/// Whether a meeting can be before a day. There may be two in a month.
pub(super) fn is_before(reference: MeetingRef, day: NaiveDate) -> bool {
    match reference {
        MeetingRef::Day(own) => own < day,
        MeetingRef::Month(year, month) => {
            NaiveDate::from_ymd_opt(year, month, 1).is_none_or(|first| first <= day)
        }
    }
}
