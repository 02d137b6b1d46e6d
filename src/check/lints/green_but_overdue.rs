//! An action is rated green, and its due date has passed.

use crate::check::calendar::full;
use crate::check::history::{Known, LastDays, called};
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::ledger::Standing;
use crate::model::Internal;
use crate::model::action::{Part, Rag};
use crate::model::withheld::Row;
use crate::source::Span;
use chrono::NaiveDate;

pub(super) const LINT: Lint = Lint {
    code: "green-but-overdue",
    severity: Severity::Warning,
    summary: "An action is rated green, and its due date has passed.",
    explanation: "\"Green, closed\" is two facts: a rating and a state. An action that is done is discharged \
                  (`state: discharged`), and stays green; one that is not done by its date is not on track: rate \
                  it anew, or agree a new due date with its reason. What counts is the last day that the book \
                  knows: the date of the plan or its newest update, or the last meeting of the series.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let days = LastDays::of(subject);
    for entry in subject.ledger.entries() {
        let Some(last) = days.last(subject, entry) else {
            continue;
        };
        let parts = entry.parts().iter().filter_map(Row::known);
        let parts: Vec<&Part> = parts
            .filter(|part| part.rag.is_some() || part.due.is_some())
            .collect();
        let standing = subject.ledger.standing(entry, last);
        if standing.state.is_closed() {
            continue;
        }
        if standing.rag == Some(Rag::Green) && standing.days_overdue(last).is_some() {
            of_action(subject, &standing, entry, last, found);
        }
        for part in parts {
            of_part(subject, &standing, entry, part, last, found);
        }
    }
}

fn of_action(
    subject: &BookSubject<'_>,
    standing: &Standing<'_, '_, Internal>,
    entry: &Known<'_>,
    last: NaiveDate,
    found: &mut Found,
) {
    let (place, day) = match (&standing.due, standing.chased_day()) {
        (Some(due), Some(day)) => (due.written.written.span, day),
        (None, Some(day)) => (entry.home.span, day),
        (_, None) => return,
    };
    let is_hidden = subject.is_hidden(entry.home.span) || subject.is_hidden(rated(standing, entry));
    let message = match is_hidden {
        true => "this action is green, and its due date has passed".to_owned(),
        false => format!(
            "{} is green, was due on {}, and was still open on {}",
            called(subject, entry),
            full(day),
            full(last)
        ),
    };
    report(place, message, rated(standing, entry), found);
}

/// A part is looked at where it has a rating or a due date of its own.
fn of_part(
    subject: &BookSubject<'_>,
    standing: &Standing<'_, '_, Internal>,
    entry: &Known<'_>,
    part: &Part,
    last: NaiveDate,
    found: &mut Found,
) {
    let own = part.due.as_ref();
    let day = match own {
        Some(due) => due.rule.day(entry.set, |_| None),
        None => standing.chased_day(),
    };
    let is_green = part.rag.or(standing.rag) == Some(Rag::Green);
    if !is_green || day.is_none_or(|day| day >= last) {
        return;
    }
    let place = own.map_or(part.span, |due| due.written.span);
    let message = match (day, subject.is_hidden(entry.home.span)) {
        (Some(day), false) => format!(
            "this part is green, was due on {}, and was still open on {}",
            full(day),
            full(last)
        ),
        _ => "this part is green, and its due date has passed".to_owned(),
    };
    let rated = match part.rag {
        Some(_) => part.span,
        None => rated(standing, entry),
    };
    report(place, message, rated, found);
}

/// Where it was rated last.
fn rated(standing: &Standing<'_, '_, Internal>, entry: &Known<'_>) -> Span {
    let folded = entry.events.iter().take(standing.folded).rev();
    let mut rating = folded.filter(|event| event.said.rag().is_some());
    rating.next().map_or(entry.home.span, |event| event.span)
}

fn report(place: Span, message: String, rated: Span, found: &mut Found) {
    let diagnostic = found.at(place, message);
    diagnostic.help = Some(
        "if it is done write `state: discharged`; otherwise rate it anew, or agree a new due date"
            .to_owned(),
    );
    diagnostic
        .related
        .push((rated, "it was rated here".to_owned()));
}
