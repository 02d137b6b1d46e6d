//! The chair is not on the list of those present.

use crate::check::wording::quoted_party;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "absent-chair",
    severity: Severity::Warning,
    summary: "The chair is not on the list of those present.",
    explanation: "Either the list is not complete, or somebody else took the chair. Add the chair to \
                  `attendance:`, or name at `chair:` who took it at this meeting.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let of_series = subject.series.and_then(|series| series.chair.as_ref());
    let Some(chair) = subject.meeting.chair.as_ref().or(of_series) else {
        return;
    };
    let who = subject.who(chair);
    let Some(first) = subject.presence.present.first() else {
        return;
    };
    if subject.presence.find(&who).is_some() {
        return;
    }
    let apology = subject.presence.apology(&who);
    let name = quoted_party(chair);
    match (&subject.meeting.chair, apology) {
        (Some(_), None) => {
            found
                .at(
                    chair.span,
                    format!("the chair {name} is not among those present"),
                )
                .help = Some("add the chair to `attendance:`, or correct `chair:`".to_owned());
        }
        (Some(_), Some(apology)) => {
            let diagnostic = found.at(chair.span, format!("the chair {name} sent apologies"));
            diagnostic.help = Some("name who took the chair instead".to_owned());
            let label = "the apology stands here".to_owned();
            diagnostic.related.push((apology.attendee.span, label));
        }
        (None, _) => {
            let at = apology.map_or(first.attendee.span, |apology| apology.attendee.span);
            let diagnostic = found.at(
                at,
                format!("the chair of the series, {name}, was not at this meeting"),
            );
            diagnostic.help = Some(
                "add a line `chair: …` with who took it, or add the chair to `attendance:`"
                    .to_owned(),
            );
            let label = "the series names its chair here".to_owned();
            diagnostic.related.push((chair.span, label));
        }
    }
}
