//! The owner of an action is not in the register.

use crate::check::meant::suggestion;
use crate::check::parts::Role;
use crate::check::wording::quoted;
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;

pub(super) const LINT: Lint = Lint {
    code: "unknown-owner",
    severity: Severity::Warning,
    summary: "The owner of an action is not in the register.",
    explanation: "The register of actions is kept by owner: an owner that it does not know has a list of their \
                  own, and a slip in the name hides the action from the person who should do it. Use a key, the \
                  initials or an alias from minutebook.yaml, or add the owner there.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for named in &subject.parts.people {
        // Where a body is given too, `unknown-body` looks at it, and the person in it may be anybody.
        let (Role::Owner, Some(name), None) = (named.role, &named.party.name, &named.party.body)
        else {
            continue;
        };
        if name.is_empty() || !subject.named(named).keys.is_empty() {
            continue;
        }
        let is_open = !named.withheld && name.passages().is_empty();
        let message = match is_open {
            true => format!("the owner `{}` is not in the register", quoted(name)),
            false => "the owner is not in the register".to_owned(),
        };
        let meant = || suggestion(subject.register, name.source(), named.day);
        let help = is_open.then(meant).flatten();
        found.at(name.span, message).help = Some(help.unwrap_or_else(|| {
            "add the owner under `people:` or `bodies:` in minutebook.yaml".to_owned()
        }));
    }
}
