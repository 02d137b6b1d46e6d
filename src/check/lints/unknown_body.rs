//! A body is named that the register does not have.

use crate::check::parts::Role;
use crate::check::wording::quoted;
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::register::Lookup;

pub(super) const LINT: Lint = Lint {
    code: "unknown-body",
    severity: Severity::Warning,
    summary: "A body is named that the register does not have.",
    explanation: "The name is printed as it stands, and the actions of that body are not brought together. Where \
                  the name is close to one of the register it is most likely a slip, and a warning; otherwise it \
                  is a note. Correct the name, or add the body under `bodies:` in minutebook.yaml, with its \
                  initials and aliases.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for named in &subject.parts.people {
        let body = match named.role {
            Role::ReportTo => named.party.body.as_ref().or(named.party.name.as_ref()),
            _ => named.party.body.as_ref(),
        };
        let Some(body) = body else { continue };
        let is_open = !named.withheld && body.passages().is_empty();
        let is_unknown = matches!(
            subject.register.find(body.source(), named.day),
            Lookup::Nobody
        );
        if !is_open || !is_unknown || body.is_empty() {
            continue;
        }
        let near = subject.register.nearest(body.source());
        let message = format!("the register has no body called `{}`", quoted(body));
        let diagnostic = found.at(body.span, message);
        diagnostic.help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                diagnostic.severity = Severity::Note;
                "add it under `bodies:` in minutebook.yaml".to_owned()
            }
        });
    }
}
