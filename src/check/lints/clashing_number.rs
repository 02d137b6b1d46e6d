//! A number given by hand is that of another item, question or objective.

use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::outline::Target;
use crate::model::settings::QuestionNumbers;
use crate::source::Span;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) const LINT: Lint = Lint {
    code: "clashing-number",
    severity: Severity::Error,
    summary: "A number given by hand is that of another item, question or objective.",
    explanation: "Two things with one number cannot be told apart in a reference. Numbers given by hand are kept, \
                  and counting goes on from them: correct it, or leave it out and let the program count.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let parts = subject.parts;
    let objectives = parts.objectives.iter();
    let objectives = objectives.map(|one| (one.span, one.whole().number.as_ref()));
    let items = parts.items.iter();
    let items = items.map(|item| (item.span, item.whole().number.as_ref()));
    let questions = parts.questions.iter();
    let questions = questions.map(|one| (one.fields.span, one.whole().fields.number.as_ref()));
    let by_hand: BTreeMap<Span, Span> = items
        .chain(questions)
        .chain(objectives)
        .filter_map(|(span, number)| Some((span, number?.span)))
        .collect();
    if by_hand.is_empty() {
        return;
    }
    let scopes = scopes(subject);
    let mut seen: BTreeMap<(&str, &str, Option<Span>), &Target> = BTreeMap::new();
    for target in &subject.outline.targets {
        let Some(number) = numbered(target) else {
            continue;
        };
        let scope = scopes.get(&target.span).copied();
        let first = match seen.entry((target.what, number, scope)) {
            Entry::Vacant(place) => {
                place.insert(target);
                continue;
            }
            Entry::Occupied(first) => *first.get(),
        };
        // The one whose number was given by hand is the one to correct.
        let (at, number, other) = match (by_hand.get(&target.span), by_hand.get(&first.span)) {
            (Some(number), _) => (target, *number, first),
            (None, Some(number)) => (first, *number, target),
            (None, None) => continue,
        };
        let message = format!("another {} has this number as well", at.what);
        let diagnostic = found.at(number, message);
        diagnostic.help =
            Some("correct the number, or leave it out and let the program count".to_owned());
        let label = format!("the other {}", at.what);
        let other = by_hand.get(&other.span).copied().unwrap_or(other.span);
        diagnostic.related.push((other, label));
    }
}

/// The item of each question, where questions are counted from 1 in each.
fn scopes(subject: &DocumentSubject<'_>) -> BTreeMap<Span, Span> {
    let own = subject.document.meeting();
    let own = own.and_then(|meeting| meeting.question_numbers);
    let of_series = subject.series.and_then(|series| series.question_numbers);
    if own.or(of_series) != Some(QuestionNumbers::Restart) {
        return BTreeMap::new();
    }
    let questions = subject.parts.questions.iter();
    questions
        .filter_map(|question| Some((question.fields.span, question.item?.span)))
        .collect()
}

/// The number by which links name a target: "2.1" of an item, "question 5" of a question. An id stands before it.
fn numbered(target: &Target) -> Option<&str> {
    let names = match target.what {
        "item" | "objective" => 2,
        "question" => 3,
        _ => return None,
    };
    let at = target.names.len().checked_sub(names)?;
    target.names.get(at).map(String::as_str)
}
