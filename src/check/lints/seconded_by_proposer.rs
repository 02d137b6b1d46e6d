//! A decision is seconded by the person who proposed it.

use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "seconded-by-proposer",
    severity: Severity::Warning,
    summary: "A decision is seconded by the person who proposed it.",
    explanation: "A motion is seconded by somebody else. Correct one of the two.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    for decision in &subject.parts.decisions {
        let (Some(proposer), Some(seconder)) = (&decision.proposer, &decision.seconder) else {
            continue;
        };
        if subject.who(proposer).is(&subject.who(seconder)) {
            let diagnostic = found.at(seconder.span, "the proposer seconds the decision as well");
            diagnostic.help = Some("correct `proposer:` or `seconder:`".to_owned());
            diagnostic
                .related
                .push((proposer.span, "the proposer".to_owned()));
        }
    }
}
