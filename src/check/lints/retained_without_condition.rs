//! A retained action has no condition.

use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::action::State;

pub(super) const LINT: Lint = Lint {
    code: "retained-without-condition",
    severity: Severity::Note,
    summary: "A retained action has no condition.",
    explanation: "Without one it is retained for ever. Say until when: `condition: until the delivery groups are \
                  formed`.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let parts = subject.parts;
    let matters = parts.matters.iter();
    let matters = matters.map(|one| {
        (
            one.span,
            one.state,
            &one.whole().condition,
            &one.whole().due,
        )
    });
    let updates = parts.updates.iter();
    let updates = updates.map(|one| {
        (
            one.span,
            one.state,
            &one.whole().condition,
            &one.whole().due,
        )
    });
    let actions = parts.actions.iter();
    let actions = actions.map(|one| {
        (
            one.span,
            one.state,
            &one.whole().condition,
            &one.whole().due,
        )
    });
    for (span, state, condition, due) in matters.chain(updates).chain(actions) {
        if state == Some(State::Retained) && condition.is_none() && due.is_none() {
            found
                .at(span, "this action is retained, and nothing says until when")
                .help = Some("add `condition: until …`, or a new `due:`".to_owned());
        }
    }
}
