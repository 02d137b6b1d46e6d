//! Somebody left before they arrived.

use crate::check::moments::{Agenda, Moment};
use crate::check::wording::quoted_party;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "left-before-arrived",
    severity: Severity::Warning,
    summary: "Somebody left before they arrived.",
    explanation: "Most often the two were swapped, or an hour of the afternoon was written as one of the morning. \
                  Correct `arrived:` or `left:`. Times are compared with times, and items with items.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let agenda = Agenda::of(subject);
    for listed in &subject.presence.present {
        let attendee = listed.attendee;
        let (Some(arrived), Some(left)) = (&attendee.arrived, &attendee.left) else {
            continue;
        };
        if !arrived.passages().is_empty() || !left.passages().is_empty() {
            continue;
        }
        let moments = (Moment::of(arrived, &agenda), Moment::of(left, &agenda));
        let (Some(came), Some(went)) = moments else {
            continue;
        };
        if went.is_before(came) {
            let message = format!("{} left before arriving", quoted_party(&attendee.party));
            let diagnostic = found.at(left.span, message);
            diagnostic.help = Some("correct one of the two, or swap them".to_owned());
            let label = "the arrival stands here".to_owned();
            diagnostic.related.push((arrived.span, label));
        }
    }
}
