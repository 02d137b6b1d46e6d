//! A time of day cannot be understood.

use crate::check::wording::quoted;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "unclear-time",
    severity: Severity::Warning,
    summary: "A time of day cannot be understood.",
    explanation: "It is printed as it stands, and the notes carry no time that a calendar can read. Write 10:30, \
                  2pm or midday.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let series = subject.book.settings.series.iter();
    let of_series = series.filter_map(|(_, series)| series.time.as_ref());
    let meetings = subject.book.meetings.iter();
    let of_meetings = meetings.flat_map(|document| {
        let meeting = &document.meeting;
        let next = meeting.next_meeting.as_ref();
        let next = next.and_then(|next| next.time.as_ref());
        meeting.time.iter().chain(&meeting.ended).chain(next)
    });
    let versions = subject
        .documents
        .iter()
        .flat_map(|one| one.document.versions());
    let of_versions = versions.filter_map(|version| version.time.as_ref());
    for time in of_series.chain(of_meetings).chain(of_versions) {
        if time.value.is_none() {
            let message = match time.written.passages().is_empty() {
                true => format!("`{}` is not a time of day", quoted(&time.written)),
                false => "this is not a time of day".to_owned(),
            };
            found.at(time.written.span, message).help =
                Some("write it as 10:30, 2pm or midday".to_owned());
        }
    }
}
