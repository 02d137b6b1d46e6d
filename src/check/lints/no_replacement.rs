//! An action is superseded or merged, and nothing says by what.

use crate::check::history::{called_by, place};
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::action::State;

pub(super) const LINT: Lint = Lint {
    code: "no-replacement",
    severity: Severity::Warning,
    summary: "An action is superseded or merged, and nothing says by what.",
    explanation: "A reader who looks for it must be led to the action that goes on with its work. Write \
                  `replaced_by:` with the ref of that action; where there is none, the action is `withdrawn`.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for entry in subject.ledger.entries() {
        let action = entry.action();
        let own = action.and_then(|action| action.state);
        if own.is_some_and(is_replaced)
            && action.is_some_and(|action| action.duplicate_of.is_none())
        {
            let message = "this action is replaced, and nothing says by what";
            found.at(entry.home.span, message).help = Some(
                "say it in an update: `updates: { date: …, by: …, state: superseded, replaced_by: … }`"
                    .to_owned(),
            );
        }
        for event in &entry.events {
            let state = event.said.state().filter(|state| is_replaced(*state));
            let Some(state) = state.filter(|_| event.said.replaced_by().is_none()) else {
                continue;
            };
            let name = called_by(subject, entry, event);
            let message = format!("{name} is {}, and nothing says by what", state.word());
            let diagnostic = found.at(event.span, message);
            diagnostic.help =
                Some("add `replaced_by: …` with a ref, or write `state: withdrawn`".to_owned());
            let label = "the action was set here".to_owned();
            diagnostic.related.push((place(entry), label));
        }
    }
}

fn is_replaced(state: State) -> bool {
    matches!(state, State::Superseded | State::Merged)
}
