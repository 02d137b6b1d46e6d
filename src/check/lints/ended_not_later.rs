//! The meeting ended no later than it began.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use chrono::NaiveTime;

pub(super) const LINT: Lint = Lint {
    code: "ended-not-later",
    severity: Severity::Warning,
    summary: "The meeting ended no later than it began.",
    explanation: "Most often an hour of the afternoon was written as one of the morning, `2:30` for `14:30`. Correct `time:` or `ended:`. A meeting may end at midnight.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let (Some(began), Some(ended)) = (&subject.meeting.time, &subject.meeting.ended) else {
        return;
    };
    let (Some(from), Some(to)) = (began.value, ended.value) else {
        return;
    };
    if to > from || to == NaiveTime::MIN {
        return;
    }
    let message = match to == from {
        true => "the meeting ended when it began",
        false => "the meeting ended before it began",
    };
    let diagnostic = found.at(ended.written.span, message);
    diagnostic.help =
        Some("correct one of the two; `14:30` is half past two in the afternoon".to_owned());
    let label = "it began at this time".to_owned();
    diagnostic.related.push((began.written.span, label));
}
