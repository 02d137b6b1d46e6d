//! The note-taker is on no list of the meeting.

use crate::check::wording::quoted_party;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "absent-note-taker",
    severity: Severity::Warning,
    summary: "The note-taker is on no list of the meeting.",
    explanation: "Whoever takes the notes is at the meeting, and a reader who looks for their name should find \
                  it. Add the note-taker to `in_attendance:` (or `attendance:`), or name at `note_taker:` who \
                  took the notes of this meeting.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let of_series = subject.series.and_then(|series| series.note_taker.as_ref());
    let Some(taker) = subject.meeting.note_taker.as_ref().or(of_series) else {
        return;
    };
    let who = subject.who(taker);
    let Some(first) = subject.presence.present.first() else {
        return;
    };
    if subject.presence.find(&who).is_some() {
        return;
    }
    let apology = subject.presence.apology(&who);
    let name = quoted_party(taker);
    let message = match apology {
        Some(_) => format!("the note-taker {name} sent apologies"),
        None => format!("the note-taker {name} is not among those present"),
    };
    let at = match (&subject.meeting.note_taker, apology) {
        (Some(taker), _) => taker.span,
        (None, Some(apology)) => apology.attendee.span,
        (None, None) => first.attendee.span,
    };
    let diagnostic = found.at(at, message);
    diagnostic.help = Some(
        "add the note-taker to `in_attendance:`, or name who took the notes at `note_taker:`"
            .to_owned(),
    );
    match (&subject.meeting.note_taker, apology) {
        (None, _) => {
            let label = "the series names its note-taker here".to_owned();
            diagnostic.related.push((taker.span, label));
        }
        (Some(_), Some(apology)) => {
            let label = "the apology stands here".to_owned();
            diagnostic.related.push((apology.attendee.span, label));
        }
        (Some(_), None) => {}
    }
}
