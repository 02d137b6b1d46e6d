//! An action is owned by a body, and no person in it is named.

use crate::check::presence::candidates;
use crate::check::wording::quoted_party;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::party::Party;
use crate::model::register::Entry;

pub(super) const LINT: Lint = Lint {
    code: "owner-is-group",
    severity: Severity::Note,
    summary: "An action is owned by a body, and no person in it is named.",
    explanation: "A group cannot be asked at the next meeting: somebody in it can. Name the person as well: \
                  `owner: { body: rocu, person: … }`.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for action in &subject.parts.actions {
        let mut owners = action.whole().all_owners().peekable();
        let Some(first) = owners.peek().copied() else {
            continue;
        };
        // One person among several owners is enough to ask.
        if !owners.all(|owner| is_group(subject, owner)) {
            continue;
        }
        let key = subject.who(first).keys.first().copied();
        let key = key.filter(|_| !action.withheld).unwrap_or("…");
        let message = match action.withheld {
            true => "the owner is a body, not a person".to_owned(),
            false => format!("the owner {} is a body, not a person", quoted_party(first)),
        };
        found.at(first.span, message).help = Some(format!(
            "name somebody in it: `owner: {{ body: {key}, person: … }}`"
        ));
    }
}

fn is_group(subject: &MeetingSubject<'_>, owner: &Party) -> bool {
    match (&owner.name, &owner.body) {
        (None, Some(_)) => owner.role.is_none(),
        (Some(_), Some(_)) => false,
        _ => {
            let entries = candidates(subject.register, owner, subject.day());
            !entries.is_empty() && entries.iter().all(|entry| matches!(entry, Entry::Body(..)))
        }
    }
}
