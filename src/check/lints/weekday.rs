//! A weekday does not fit its date.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::date::DateReading;
use chrono::Datelike;

pub(super) const LINT: Lint = Lint {
    code: "weekday",
    severity: Severity::Error,
    summary: "The weekday does not fit the date.",
    explanation: "One of the two is wrong, and a reader cannot tell which. Correct the day or the weekday, or write the \
                  date as 2026-08-25: the weekday is then printed by itself.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let next = subject.meeting.next_meeting.as_ref();
    let dates = [Some(&subject.meeting.date), next.and_then(|next| next.date.as_ref())];
    for date in dates.into_iter().flatten() {
        if let DateReading::Full(day, Some(weekday)) = date.reading
            && day.weekday() != weekday
        {
            let really = day.format("%A");
            let written = date.written.source();
            found
                .at(date.written.span, format!("{written} is a {really}"))
                .help = Some(format!("write {really}, or correct the day"));
        }
    }
}
