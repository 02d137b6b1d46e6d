//! Somebody is named whom the register does not have.

use crate::check::meant::suggestion;
use crate::check::parts::Role;
use crate::check::wording::quoted;
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "unknown-person",
    severity: Severity::Warning,
    summary: "Somebody is named whom the register does not have.",
    explanation: "The name is printed as it stands, without a title, and what the person does in one meeting is \
                  not brought together with what they do in the next. Where the name is close to one of the \
                  register it is most likely a slip, and a warning; otherwise it is a note. Correct the name, add \
                  the person under `people:` in minutebook.yaml, or, for a guest, put them on the list of those \
                  present with `name:` and `capacity:`. The owners of actions have a lint of their own, \
                  `unknown-owner`.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for named in &subject.parts.people {
        let Some(name) = &named.party.name else {
            continue;
        };
        if matches!(named.role, Role::Owner | Role::ReportTo | Role::Outsider)
            || !subject.named(named).keys.is_empty()
            || name.is_empty()
            || named.role != Role::Listed && subject.presence.knows(&subject.named(named))
        {
            continue;
        }
        if named.withheld || !name.passages().is_empty() {
            continue;
        }
        let near = suggestion(subject.register, name.source(), named.day);
        let message = format!("the register has nobody called `{}`", quoted(name));
        let diagnostic = found.at(name.span, message);
        match near {
            Some(near) => diagnostic.help = Some(near),
            None => {
                diagnostic.severity = Severity::Note;
                diagnostic.help = Some(match named.role {
                    Role::Listed => "write `name:` and `capacity:` for a guest, or add the person under `people:` in minutebook.yaml".to_owned(),
                    _ => "add the person under `people:` in minutebook.yaml, or list them as present with `name:` and `initials:`".to_owned(),
                });
            }
        }
    }
}
