//! Actions lead round to one another, and none of them stands.

use crate::check::history::{Known, called, place};
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::text::Text;
use crate::source::Span;
use std::collections::HashMap;

pub(super) const LINT: Lint = Lint {
    code: "action-circle",
    severity: Severity::Error,
    summary: "Actions lead round to one another, and none of them stands.",
    explanation: "Each is replaced by, a duplicate of, or captured under the next, and the last leads back to the \
                  first, so that a reader never reaches the action that counts. Decide which one stands, and \
                  remove its `replaced_by:`, `duplicate_of:` or `captured_under:`. An action cannot replace \
                  itself either.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

/// A step from one action to another, and where it is written.
type Step = (usize, Span);

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let entries = subject.ledger.entries();
    let places: HashMap<Span, usize> = entries
        .iter()
        .enumerate()
        .map(|(at, entry)| (entry.home.span, at))
        .collect();
    let steps: Vec<Vec<Step>> = entries
        .iter()
        .map(|entry| {
            let others = others(subject, entry).into_iter();
            others
                .filter_map(|text| {
                    let other = subject.ledger.find(&text.words())?;
                    Some((*places.get(&other.home.span)?, text.span))
                })
                .collect()
        })
        .collect();
    let mut steps = steps;
    for (at, steps) in steps.iter_mut().enumerate() {
        for (_, span) in steps.iter().filter(|(to, _)| *to == at) {
            report(subject, &[(at, *span)], found);
        }
        steps.retain(|(to, _)| *to != at);
    }
    for circle in circles(&steps) {
        report(subject, &circle, found);
    }
}

/// The refs to which an action leads as the book stands.
fn others<'b>(subject: &BookSubject<'b>, entry: &Known<'b>) -> Vec<&'b Text> {
    let mut others: Vec<&Text> = Vec::new();
    if let Some(action) = entry.action() {
        others.extend(action.duplicate_of.iter().chain(&action.captured_under));
    }
    let is_replaced = entry
        .events
        .iter()
        .any(|one| one.said.replaced_by().is_some());
    if is_replaced {
        let mut standing = subject.ledger.at_first(entry);
        while standing.upcoming().is_some() {
            standing.fold_next();
        }
        others.extend(standing.replaced_by);
    }
    others
}

/// The circles, each as the actions on it with the step to the next. What leads to no circle is peeled off first.
fn circles(steps: &[Vec<Step>]) -> Vec<Vec<Step>> {
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); steps.len()];
    let mut left: Vec<usize> = steps.iter().map(Vec::len).collect();
    for (at, steps) in steps.iter().enumerate() {
        steps.iter().for_each(|(to, _)| before[*to].push(at));
    }
    let mut ends: Vec<usize> = (0..steps.len()).filter(|at| left[*at] == 0).collect();
    let mut peeled = vec![false; steps.len()];
    while let Some(end) = ends.pop() {
        peeled[end] = true;
        for from in &before[end] {
            left[*from] -= 1;
            if left[*from] == 0 {
                ends.push(*from);
            }
        }
    }
    // Every action that is left leads on to one that is left: following the first such step ends in a circle.
    let next = |at: usize| steps[at].iter().find(|(to, _)| !peeled[*to]).copied();
    let mut walk_of: Vec<Option<usize>> = vec![None; steps.len()];
    let mut circles = Vec::new();
    for start in (0..steps.len()).filter(|at| !peeled[*at]) {
        let mut at = start;
        while walk_of[at].is_none() {
            walk_of[at] = Some(start);
            let Some((to, _)) = next(at) else { break };
            at = to;
        }
        if walk_of[at] == Some(start) {
            circles.extend(circle(at, next));
        }
    }
    circles
}

/// The circle on which an action stands: each action with the place of the step onwards.
fn circle(first: usize, next: impl Fn(usize) -> Option<Step>) -> Option<Vec<Step>> {
    let mut circle = Vec::new();
    let mut at = first;
    loop {
        let (to, span) = next(at)?;
        circle.push((at, span));
        at = to;
        if at == first {
            return Some(circle);
        }
    }
}

/// How many actions of one circle are shown.
const MOST: usize = 10;

fn report(subject: &BookSubject<'_>, circle: &[Step], found: &mut Found) {
    let entries = subject.ledger.entries();
    let Some((first, span)) = circle.first() else {
        return;
    };
    let name = called(subject, &entries[*first]);
    let message = match circle.len() {
        1 => format!("{name} leads to itself"),
        many => format!(
            "{name} leads over {} back to itself",
            steps_in_words(many - 1)
        ),
    };
    let diagnostic = found.at(*span, message);
    diagnostic.help = Some("decide which action stands, and remove this line from it".to_owned());
    for (at, span) in circle.iter().skip(1).take(MOST) {
        let label = format!("{} leads on from here", called(subject, &entries[*at]));
        diagnostic.related.push((*span, label));
    }
    if circle.len() == 1 {
        let label = "the action stands here".to_owned();
        diagnostic.related.push((place(&entries[*first]), label));
    }
}

fn steps_in_words(count: usize) -> String {
    match count {
        1 => "another action".to_owned(),
        many => format!("{many} other actions"),
    }
}
