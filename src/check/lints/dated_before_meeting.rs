//! An approval or a post-meeting note is dated before the meeting.

use crate::check::calendar::{full, is_unlikely};
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "dated-before-meeting",
    severity: Severity::Error,
    summary: "An approval or a post-meeting note is dated before the meeting.",
    explanation: "Notes cannot be approved, nor information be supplied afterwards, before the meeting took \
                  place. Correct the date.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let Some(meeting) = subject.day() else { return };
    let approval = subject.meeting.approved.as_ref();
    let approval = approval.and_then(|approval| approval.date.as_ref());
    let notes = subject.parts.notes.iter();
    let notes = notes.filter_map(|note| note.whole().date.as_ref());
    let dates = approval
        .map(|date| ("the notes were approved", date))
        .into_iter()
        .chain(notes.map(|date| ("the note was supplied", date)));
    for (what, date) in dates {
        let is_before = date
            .day()
            .is_some_and(|day| day < meeting && !is_unlikely(day, meeting));
        if is_before {
            let message = format!("{what} before the meeting of {}", full(meeting));
            found.at(date.written.span, message).help = Some("correct the date".to_owned());
        }
    }
}
