//! An action has no owner.

use crate::check::history::is_elsewhere;
use crate::check::owner_in_text::named_owner;
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::withheld::Row;

pub(super) const LINT: Lint = Lint {
    code: "no-owner",
    severity: Severity::Warning,
    summary: "An action has no owner.",
    explanation: "An action that nobody owns is done by nobody, and the register of actions cannot list it under \
                  a name. Write `owner:` with a key from minutebook.yaml. Parts without an owner have that of the \
                  action.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    for action in &subject.parts.actions {
        let mut parts = action.parts.iter().filter_map(Row::known).peekable();
        let all_parts_owned = parts.peek().is_some() && parts.all(|part| !part.owner.is_empty());
        if action.whole().all_owners().next().is_some()
            || all_parts_owned
            || is_elsewhere(action.whole())
        {
            continue;
        }
        let named = named_owner(subject, action.whole()).filter(|_| !action.withheld);
        let diagnostic = found.at(action.span, "this action has no owner");
        diagnostic.help = Some(match named {
            Some(named) => format!("add a line `owner: {}`: the text names them", named.key),
            None => "add a line `owner: …` with a key from the register".to_owned(),
        });
    }
}
