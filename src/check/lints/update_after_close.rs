//! Something is said of an action after it was closed.

use crate::check::calendar::full;
use crate::check::history::{Known, called};
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::ledger::{Event, Said};
use crate::model::Internal;

pub(super) const LINT: Lint = Lint {
    code: "update-after-close",
    severity: Severity::Warning,
    summary: "Something is said of an action after it was closed.",
    explanation: "A closed action is in the archive, where nobody looks for news. Reopen it with `state: open` (or \
                  `retained`, `proposed`) and a `reason:`; set a new action; or leave the entry out. A meeting may \
                  note once that an action was closed between meetings, and one that comes back by itself \
                  (`every: quarterly`) is closed only for now.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for entry in subject.ledger.entries() {
        of_action(subject, entry, found);
    }
}

fn of_action(subject: &BookSubject<'_>, entry: &Known<'_>, found: &mut Found) {
    let mut standing = subject.ledger.at_first(entry);
    let mut closing: Option<&Event<'_, Internal>> = None;
    let mut is_noted = false;
    while let Some(event) = standing.upcoming() {
        let was_closed = standing.state.is_closed();
        // What comes back is closed only for now, and may be done before its day.
        let comes_back = standing.returns().is_some();
        standing.fold_next();
        if !standing.state.is_closed() {
            closing = None;
        } else if !was_closed || comes_back {
            closing = Some(event);
            is_noted = false;
        } else if let Some(closing) = closing
            && !is_unknown(event)
        {
            let may_note = !is_noted && is_meeting(event) && !is_meeting(closing);
            is_noted |= is_meeting(event);
            if !may_note {
                report(subject, entry, closing, event, found);
            }
        }
    }
}

fn is_meeting(event: &Event<'_, Internal>) -> bool {
    matches!(event.said, Said::Arising { .. })
}

/// Whether it is withheld and not even kept, so that it may well reopen the action.
fn is_unknown(event: &Event<'_, Internal>) -> bool {
    event.said.mark().is_some() && event.said.state().is_none() && event.said.text().is_none()
}

fn report(
    subject: &BookSubject<'_>,
    entry: &Known<'_>,
    closing: &Event<'_, Internal>,
    event: &Event<'_, Internal>,
    found: &mut Found,
) {
    let places = [closing.span, event.span, entry.home.span];
    let is_hidden = places.iter().any(|place| subject.is_hidden(*place));
    let message = match closing.day.filter(|_| !is_hidden) {
        Some(day) => format!("{} was closed on {}", called(subject, entry), full(day)),
        None => "this action was closed before".to_owned(),
    };
    let diagnostic = found.at(event.span, message);
    diagnostic.help =
        Some("add `state: open` and a `reason:` to reopen it, or leave this entry out".to_owned());
    let label = "it was closed here".to_owned();
    diagnostic.related.push((closing.span, label));
}
