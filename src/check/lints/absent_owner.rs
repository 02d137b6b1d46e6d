//! The owner of an action was not at the meeting.

use crate::check::presence::candidates;
use crate::check::wording::quoted_party;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::register::Entry;

pub(super) const LINT: Lint = Lint {
    code: "absent-owner",
    severity: Severity::Note,
    summary: "The owner of an action was not at the meeting.",
    explanation: "Nobody can accept an action in their absence: somebody has to tell them. Make sure that the \
                  owner knows of it, or name the person who accepted it.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    if subject.presence.present.is_empty() {
        return;
    }
    for action in &subject.parts.actions {
        for owner in action.whole().all_owners() {
            let entries = candidates(subject.register, owner, subject.day());
            let people: Vec<_> = entries
                .iter()
                .filter(|entry| matches!(entry, Entry::Person(..)))
                .collect();
            if people.is_empty() || subject.presence.find(&subject.who(owner)).is_some() {
                continue;
            }
            let message = match action.withheld {
                true => "the owner was not at the meeting".to_owned(),
                false => format!("{} was not at the meeting", quoted_party(owner)),
            };
            found.at(owner.span, message).help =
                Some("make sure that the owner is told of the action".to_owned());
        }
    }
}
