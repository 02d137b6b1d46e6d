//! A series names somebody whom the register does not have.

use crate::check::wording::quoted;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::register::Lookup;

pub(super) const LINT: Lint = Lint {
    code: "unknown-member",
    severity: Severity::Warning,
    summary: "A series names somebody whom the register does not have.",
    explanation: "The chair, the note-taker and the members of a series are named once, in minutebook.yaml, and \
                  every meeting of it relies on that. Correct the name, or add the person under `people:`.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for (_, series) in subject.book.settings.series.iter() {
        let officers = series.chair.iter().chain(&series.note_taker);
        for party in officers.chain(&series.members) {
            let Some(name) = party.name.as_ref().or(party.body.as_ref()) else {
                continue;
            };
            let is_unknown = matches!(subject.register.party(party, None), Lookup::Nobody);
            if !is_unknown || name.is_empty() || !name.passages().is_empty() {
                continue;
            }
            let message = format!("the register has nobody called `{}`", quoted(name));
            found.at(name.span, message).help =
                Some(match subject.register.nearest(name.source()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "add the person under `people:`".to_owned(),
                });
        }
    }
}
