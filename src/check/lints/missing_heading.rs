//! Notes lack a heading that a reader needs.

use crate::check::wording::listed;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::meeting::Status;

pub(super) const LINT: Lint = Lint {
    code: "missing-heading",
    severity: Severity::Error,
    summary: "Notes lack a heading that a reader needs.",
    explanation: "Published notes say which meeting it was, who took the chair, who was there, where it was held \
                  and when the next meeting is. The error stops approving and publishing; in a draft it is a \
                  warning, and in an extract (`extract: true`) a note. What the series says in minutebook.yaml \
                  (title, chair, venue) need not be repeated. A meeting outside a series needs no next meeting; \
                  where a series has none planned, say so: `next_meeting: { text: … }`.",
    lowered_in_extracts: true,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let (meeting, series) = (subject.meeting, subject.series);
    let has_next = meeting
        .next_meeting
        .as_ref()
        .is_some_and(|next| next.date.is_some() || next.text.is_some());
    let has_venue = meeting.venue.is_some() || series.is_some_and(|one| one.venue.is_some());
    let has_chair = meeting.chair.is_some() || series.is_some_and(|one| one.chair.is_some());
    let headings = [
        (
            meeting.title.is_some() || meeting.series.is_some(),
            "title",
            "`title: …`",
        ),
        (has_chair, "chair", "`chair: …`"),
        (
            !subject.presence.present.is_empty(),
            "attendance",
            "`attendance: […]`",
        ),
        (has_venue, "venue", "`venue: …`"),
        (
            has_next || meeting.series.is_none(),
            "next meeting",
            "`next_meeting: { date: … }`",
        ),
    ];
    let missing = || headings.iter().filter(|(is_there, ..)| !is_there);
    let names: Vec<String> = missing().map(|(_, name, _)| (*name).to_owned()).collect();
    let lines: Vec<String> = missing().map(|(.., line)| (*line).to_owned()).collect();
    if names.is_empty() {
        return;
    }
    let message = format!("the notes lack {}", listed(&names));
    let diagnostic = found.at(meeting.span, message);
    diagnostic.help = Some(format!("add {}", listed(&lines)));
    if !matches!(meeting.status, Some(Status::Approved | Status::Published)) {
        diagnostic.severity = Severity::Warning;
    }
}
