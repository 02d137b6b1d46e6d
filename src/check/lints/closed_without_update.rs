//! An action is discharged without a word.

use crate::check::history::{called_by, place};
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::ledger::Said;
use crate::model::Internal;
use crate::model::action::State;
use crate::model::text::Text;

pub(super) const LINT: Lint = Lint {
    code: "closed-without-update",
    severity: Severity::Warning,
    summary: "An action is discharged without a word.",
    explanation: "A reader asks how it was done, and who says so. Write in `update:` (in a tracker, a plan or a \
                  file of updates `text:`) what was done, or at least who reported it: `by:`.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for entry in subject.ledger.entries() {
        let own = entry.action().and_then(|action| action.state);
        if own == Some(State::Discharged) && entry.events.is_empty() {
            let diagnostic = found.at(
                entry.home.span,
                "this action is discharged, and nothing says how",
            );
            diagnostic.help =
                Some("add an update: `updates: { date: …, by: …, text: … }`".to_owned());
        }
        for event in &entry.events {
            if event.said.state() != Some(State::Discharged) || !is_wordless(&event.said) {
                continue;
            }
            let name = called_by(subject, entry, event);
            let message = format!("{name} is discharged without a word");
            let diagnostic = found.at(event.span, message);
            diagnostic.help = Some("say what was done, or who reported it".to_owned());
            let label = "the action was set here".to_owned();
            diagnostic.related.push((place(entry), label));
        }
    }
}

/// Whether it says neither what was done nor who reported it.
fn is_wordless(said: &Said<'_, Internal>) -> bool {
    let has_words = |text: Option<&Text>| text.is_some_and(|text| !text.is_empty());
    !has_words(said.text())
        && !has_words(said.reason())
        && !has_words(said.stamp())
        && said.by().is_empty()
        && said.decision().is_none()
        && said.papers().is_empty()
}
