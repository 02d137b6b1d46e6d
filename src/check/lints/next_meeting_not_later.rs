//! The next meeting is not later than this one.

use crate::check::calendar::is_unlikely;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "next-meeting-not-later",
    severity: Severity::Error,
    summary: "The next meeting is not later than this one.",
    explanation: "Most often the date was copied with the file. Correct `next_meeting:`, or leave its date out \
                  and say in `text:` why there is none.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let next = subject.meeting.next_meeting.as_ref();
    let Some(date) = next.and_then(|next| next.date.as_ref()) else {
        return;
    };
    let (Some(day), Some(meeting)) = (date.day(), subject.day()) else {
        return;
    };
    if day > meeting || is_unlikely(day, meeting) {
        return;
    }
    let message = match day == meeting {
        true => "the next meeting is on the day of this one",
        false => "the next meeting is before this one",
    };
    let diagnostic = found.at(date.written.span, message);
    diagnostic.help = Some("correct the date of one of the two".to_owned());
    let label = "the date of this meeting".to_owned();
    diagnostic
        .related
        .push((subject.meeting.date.written.span, label));
}
