//! An action of a plan is not rated.

use crate::check::history::{is_closed, is_elsewhere};
use crate::check::{Check, Document, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::action::Action;
use crate::model::withheld::Row;

pub(super) const LINT: Lint = Lint {
    code: "no-rag",
    severity: Severity::Note,
    summary: "An action of a plan is not rated.",
    explanation: "It prints \"Not rated\", and the summary of its objective cannot count it. Write `rag: red`, \
                  `amber` or `green`, on the action, on each of its parts, or in an update. An action that is \
                  closed, a duplicate of another or captured under it needs none.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let Document::Plan(_) = subject.document else {
        return;
    };
    for action in subject.parts.actions.iter().filter(|one| !one.withheld) {
        let is_needless = is_elsewhere(action.whole()) || is_closed(action.whole());
        if is_needless || is_rated(subject, action.whole()) {
            continue;
        }
        found.at(action.span, "this action is not rated").help =
            Some("add `rag: red`, `amber` or `green`".to_owned());
    }
}

fn is_rated(subject: &DocumentSubject<'_>, action: &Action) -> bool {
    let mut parts = action.parts.iter().filter_map(Row::known).peekable();
    let all_parts = parts.peek().is_some() && parts.all(|part| part.rag.is_some());
    let entry = subject.ledger.at(action.span);
    let later = entry.is_some_and(|entry| {
        let mut said = entry.events.iter().map(|event| &event.said);
        said.any(|said| said.rag().is_some() || said.state().is_some_and(|state| state.is_closed()))
    });
    action.rag.is_some() || all_parts || later
}
