//! A member of the series is neither present nor apologising.

use crate::check::wording::{listed as listed_words, quoted_party};
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "unaccounted-member",
    severity: Severity::Note,
    summary: "A member of the series is neither present nor apologising.",
    explanation: "A reader cannot tell whether the member was there. Add the member to `attendance:` or to \
                  `apologies:`, or to the entry of the deputy: `deputises: …`.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let (Some(series), Some(attendance)) = (subject.series, &subject.meeting.attendance) else {
        return;
    };
    let Some(first) = attendance.first() else {
        return;
    };
    let listed = || {
        subject
            .presence
            .present
            .iter()
            .chain(&subject.presence.apologies)
    };
    let missing: Vec<String> = series
        .members
        .iter()
        .filter(|member| {
            let who = subject.who(member);
            let has_deputy = listed().any(|listed| {
                let represented = listed.attendee.deputises.as_ref();
                represented.is_some_and(|party| subject.who(party).is(&who))
            });
            !subject.presence.knows(&who) && !has_deputy
        })
        .map(quoted_party)
        .collect();
    if missing.is_empty() {
        return;
    }
    let message = format!(
        "{} belongs to the series and is on no list",
        listed_words(&missing)
    );
    let message = match missing.len() {
        1 => message,
        _ => message
            .replace("belongs", "belong")
            .replace("is on", "are on"),
    };
    found.at(first.span, message).help =
        Some("add each member to `attendance:` or to `apologies:`".to_owned());
}
