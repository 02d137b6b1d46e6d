//! Somebody came, left or was there for an item that the meeting does not have.

use crate::check::moments::{Agenda, items};
use crate::check::wording::quoted_party;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "attended-items",
    severity: Severity::Warning,
    summary: "Somebody came, left or was there for an item that the meeting does not have.",
    explanation: "Numbers change when an item is put in or taken out, and `arrived:`, `left:` and `items:` of those \
                  present do not change with them. Correct the number: it is the one that the notes print.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let agenda = Agenda::of(subject);
    if !agenda.is_numbered() {
        return;
    }
    for listed in &subject.presence.present {
        let attendee = listed.attendee;
        let fields = [
            (&attendee.arrived, "arrived", false),
            (&attendee.left, "left", false),
            (&attendee.items, "items", true),
        ];
        for (text, field, bare) in fields {
            let Some(text) = text.as_ref().filter(|text| text.passages().is_empty()) else {
                continue;
            };
            for number in items(text.source(), bare) {
                if agenda.place(number).is_some() {
                    continue;
                }
                let name = quoted_party(&attendee.party);
                let message = format!(
                    "`{field}:` of {name} names item {number}, which this meeting does not have"
                );
                let place = subject.within(text.span, number);
                found.at(place, message).help =
                    Some("write the number of an item as the notes print it".to_owned());
            }
        }
    }
}
