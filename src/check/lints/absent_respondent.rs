//! Somebody answers who was not at the meeting.

use crate::check::parts::Role;
use crate::check::presence::candidates;
use crate::check::wording::quoted_party;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::register::Entry;

pub(super) const LINT: Lint = Lint {
    code: "absent-respondent",
    severity: Severity::Warning,
    summary: "Somebody answers who was not at the meeting.",
    explanation: "Findings and assurance are given by people who were there. Add the person to `attendance:`, \
                  correct `by:`, or record what they supplied later as a `post_meeting:` note. A body may answer \
                  without being on the list.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    if subject.presence.present.is_empty() {
        return;
    }
    let people = subject.parts.people.iter();
    for named in people.filter(|named| named.role == Role::Respondent) {
        let who = subject.who(named.party);
        let entries = candidates(subject.register, named.party, subject.day());
        let is_body = entries.iter().any(|entry| matches!(entry, Entry::Body(..)));
        if is_body || subject.presence.find(&who).is_some() {
            continue;
        }
        let name = match named.withheld {
            true => "somebody".to_owned(),
            false => quoted_party(named.party),
        };
        match subject.presence.apology(&who) {
            Some(apology) => {
                let message = format!("{name} answers, and sent apologies");
                let diagnostic = found.at(named.party.span, message);
                diagnostic.help = Some("name who answered at the meeting".to_owned());
                let label = "the apology stands here".to_owned();
                diagnostic.related.push((apology.attendee.span, label));
            }
            None => {
                let message = format!("{name} answers, and is not among those present");
                found.at(named.party.span, message).help =
                    Some("add them to `attendance:`, or name who answered".to_owned());
            }
        }
    }
}
