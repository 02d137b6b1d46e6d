//! Somebody else approved the notes than they show in the chair.

use crate::check::wording::quoted_party;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "approved-by-another",
    severity: Severity::Warning,
    summary: "Notes show the chair that their series has now, and another approved them.",
    explanation: "Notes that name no chair show the chair of their series. When a series gets another chair, notes \
                  of earlier meetings would show the new one as well. Write `chair:` with who took it then into the \
                  earlier notes before you change the series.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let approval = subject.meeting.approved.as_ref();
    let by = approval.and_then(|approval| approval.by.as_ref());
    let of_series = subject.series.and_then(|series| series.chair.as_ref());
    let (Some(by), Some(chair), None) = (by, of_series, &subject.meeting.chair) else {
        return;
    };
    if subject.who(by).is(&subject.who(chair)) {
        return;
    }
    let (approver, chair_name) = (quoted_party(by), quoted_party(chair));
    let message =
        format!("{approver} approved these notes, and they show {chair_name} in the chair");
    let diagnostic = found.at(by.span, message);
    diagnostic.help = Some(format!(
        "where {approver} took the chair, add a line `chair: …` that says so"
    ));
    let label = "the series names its chair here".to_owned();
    diagnostic.related.push((chair.span, label));
}
