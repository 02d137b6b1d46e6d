//! A meeting falls on a Sunday.

use crate::check::calendar::full;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use chrono::{Datelike, Weekday};

pub(super) const LINT: Lint = Lint {
    code: "meeting-on-sunday",
    severity: Severity::Note,
    summary: "A meeting falls on a Sunday.",
    explanation: "Boards seldom meet on a Sunday: most often the day is a slip. If it is right, there is nothing \
                  to mend; the book can switch this off with a reason under `lints:`.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let next = subject.meeting.next_meeting.as_ref();
    let next = next.and_then(|next| next.date.as_ref());
    for date in [Some(&subject.meeting.date), next].into_iter().flatten() {
        let Some(day) = date.day().filter(|day| day.weekday() == Weekday::Sun) else {
            continue;
        };
        let message = match date.written.passages().is_empty() {
            true => format!("{} is a Sunday", full(day)),
            false => "this day is a Sunday".to_owned(),
        };
        found.at(date.written.span, message).help =
            Some("check the day; if the meeting was on a Sunday, leave it".to_owned());
    }
}
