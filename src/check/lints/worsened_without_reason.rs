//! A rating or a state changes for the worse, and nothing says why.

use crate::check::history::called_by;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::ledger::Said;
use crate::model::Internal;
use crate::model::action::{Rag, State};
use crate::model::text::Text;
use crate::source::Span;

pub(super) const LINT: Lint = Lint {
    code: "worsened-without-reason",
    severity: Severity::Note,
    summary: "A rating or a state changes for the worse, and nothing says why.",
    explanation: "A reader asks what happened. Write `reason:` beside the new rating; an action that is reopened, \
                  or whose closure is not agreed, needs a reason or at least an update in words.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for entry in subject.ledger.entries() {
        let mut standing = subject.ledger.at_first(entry);
        let mut rated_at: Span = entry.home.span;
        while let Some(event) = standing.upcoming() {
            let (rag, state) = (standing.rag, standing.state);
            standing.fold_next();
            let said = &event.said;
            let name = called_by(subject, entry, event);
            let message = if is_worse_rating(rag, said) {
                format!("{name} is rated worse without a reason")
            } else if is_worse_state(state, said) {
                format!("{name} is open again without a reason")
            } else {
                String::new()
            };
            if !message.is_empty() {
                let diagnostic = found.at(event.span, message);
                diagnostic.help = Some("add `reason: …`".to_owned());
                let label = "it stood otherwise from here on".to_owned();
                diagnostic.related.push((rated_at, label));
            }
            if said.rag().is_some() || said.state().is_some() {
                rated_at = event.span;
            }
        }
    }
}

fn has_words(text: Option<&Text>) -> bool {
    text.is_some_and(|text| !text.is_empty())
}

fn is_worse_rating(before: Option<Rag>, said: &Said<'_, Internal>) -> bool {
    let (Some(before), Some(now)) = (before, said.rag()) else {
        return false;
    };
    rank(now) > rank(before) && !has_words(said.reason())
}

fn rank(rag: Rag) -> u8 {
    match rag {
        Rag::Green => 0,
        Rag::Amber => 1,
        Rag::Red => 2,
    }
}

/// Whether what was closed, or said to be done, is to be done again.
fn is_worse_state(before: State, said: &Said<'_, Internal>) -> bool {
    let Some(now) = said.state() else {
        return false;
    };
    let is_worse = before.is_closed() && !now.is_closed()
        || before == State::Proposed && matches!(now, State::Open | State::Retained);
    is_worse && !has_words(said.reason()) && !has_words(said.text())
}
