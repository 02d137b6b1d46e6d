//! Somebody is both present and on the list of apologies.

use crate::check::wording::quoted_party;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "present-and-absent",
    severity: Severity::Error,
    summary: "Somebody is both present and on the list of apologies.",
    explanation: "One of the two lists is wrong. Remove the person from `attendance:` or from `apologies:`. \
                  Somebody who came late or left early is present: say so with `arrived:` or `left:`.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for apology in &subject.presence.apologies {
        let Some(present) = subject.presence.find(&apology.who) else {
            continue;
        };
        let name = quoted_party(&apology.attendee.party);
        let message = format!("{name} is present and sends apologies");
        let diagnostic = found.at(apology.attendee.party.span, message);
        diagnostic.help = Some(
            "remove one of the two; for somebody who came late or left early keep the first, with `arrived:` or `left:`"
                .to_owned(),
        );
        let label = "here among those present".to_owned();
        diagnostic
            .related
            .push((present.attendee.party.span, label));
    }
}
