//! The previous notes are those of a meeting that the book does not have.

use super::previous_notes_not_earlier::is_before;
use crate::check::calendar::full;
use crate::check::wording::quoted;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::Document;
use crate::model::date::last_day;
use crate::model::due::MeetingRef;
use chrono::NaiveDate;

pub(super) const LINT: Lint = Lint {
    code: "unknown-meeting",
    severity: Severity::Warning,
    summary: "The previous notes are those of a meeting that the book does not have.",
    explanation: "Most often the date is a slip: the notes that were approved are those of the meeting before \
                  this one. Correct it. Where the series has no earlier meeting in the book, any date is taken as \
                  it stands.",
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
    let is_open = name.written.passages().is_empty();
    let Some(reference) = name.meeting.filter(|_| is_open) else {
        if is_open {
            let message = format!("`{}` is not the date of a meeting", quoted(&name.written));
            found.at(name.written.span, message).help =
                Some("write the date of that meeting: `meeting: 2026-07-28`".to_owned());
        }
        return;
    };
    if !is_before(reference, meeting) {
        return;
    }
    let (first, last) = match reference {
        MeetingRef::Day(day) => (Some(day), Some(day)),
        MeetingRef::Month(year, month) => (
            NaiveDate::from_ymd_opt(year, month, 1),
            last_day(year, month),
        ),
    };
    // The meetings stand in the order of their days.
    let meetings = &subject.book.meetings;
    let until = |day| meetings.partition_point(|document| document.meeting.date.day() < day);
    let series = subject.meeting.series.as_deref();
    let of_series = |document: &&Document| document.meeting.series.as_deref() == series;
    let after = last.and_then(|last| last.succ_opt());
    let Some(before) = meetings[..until(Some(meeting))]
        .iter()
        .rev()
        .find(of_series)
    else {
        return;
    };
    let is_known = meetings[until(first)..until(after)]
        .iter()
        .any(|document| of_series(&document));
    // It may be in a file that is left out until it is mended.
    if is_known || !subject.book.left_out.is_empty() {
        return;
    }
    let message = format!("this series has no meeting `{}`", quoted(&name.written));
    let date = &before.meeting.date;
    let diagnostic = found.at(name.written.span, message);
    if let Some(day) = date.day() {
        diagnostic.help = Some(format!(
            "the meeting before this one was on {}: write `{day}`",
            full(day)
        ));
    }
    diagnostic
        .related
        .push((date.written.span, "the meeting before this one".to_owned()));
}
