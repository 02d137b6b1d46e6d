//! An action has been open for longer than the book allows.

use crate::check::calendar::full;
use crate::check::history::{Known, LastDays, called, place};
use crate::check::limit::open_limit;
use crate::check::wording::quoted;
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::due::DueRule;
use chrono::NaiveDate;

pub(super) const LINT: Lint = Lint {
    code: "open-too-long",
    severity: Severity::Note,
    summary: "An action has been open for longer than the book allows.",
    explanation: "The book sets the limit itself: `open_limit: 12 months` in minutebook.yaml. What counts is the \
                  last day that the book knows: the last meeting of the series, or the newest update of the \
                  tracker or plan. Close the action, replace it by one that can be done, or agree that it is a \
                  standing duty that comes back: `every: quarterly`, which counts from the day on which it was to \
                  be done last.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let Some((limit, Some(rule))) = open_limit(subject) else {
        return;
    };
    let days = LastDays::of(subject);
    for entry in subject.ledger.entries() {
        let Some((since, last)) = open_beyond(subject, &days, rule, entry) else {
            continue;
        };
        let message = match subject.is_hidden(entry.home.span) {
            true => "this action has been open for too long".to_owned(),
            false => format!(
                "{} has been open since {}, and still was on {}",
                called(subject, entry),
                full(since),
                full(last)
            ),
        };
        let diagnostic = found.at(place(entry), message);
        diagnostic.help =
            Some("close it, replace it by one that can be done, or withdraw it".to_owned());
        let label = match limit.passages().is_empty() {
            true => format!("the limit is {}", quoted(limit)),
            false => "the limit stands here".to_owned(),
        };
        diagnostic.related.push((limit.span, label));
    }
}

/// Since when an action has been open, and the last day on which it is known to be, where that is too long.
fn open_beyond(
    subject: &BookSubject<'_>,
    days: &LastDays,
    limit: DueRule,
    entry: &Known<'_>,
) -> Option<(NaiveDate, NaiveDate)> {
    let (set, last) = (entry.set?, days.last(subject, entry)?);
    if limit.day(Some(set), |_| None)? >= last {
        return None;
    }
    let standing = subject.ledger.standing(entry, last);
    // What comes back is open since the day on which it was to be done last.
    let since = match standing.every {
        Some(_) => standing.due_day().unwrap_or(set),
        None => set,
    };
    let is_beyond = limit.day(Some(since), |_| None)? < last;
    (!standing.state.is_closed() && is_beyond).then_some((since, last))
}
