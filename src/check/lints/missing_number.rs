//! A number is missing between the refs of actions.

use crate::check::history::place;
use crate::check::{BookSubject, Check, Document, Found, Lint};
use crate::diagnostic::Severity;
use crate::ledger::Place;
use crate::model::refs::{Pattern, Run as Period, USUAL};
use crate::model::text::Text;
use crate::model::tracker::Objective;
use crate::model::withheld::Row;
use crate::source::Span;
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint {
    code: "missing-number",
    severity: Severity::Warning,
    summary: "A number is missing between the refs of actions.",
    explanation: "A reader takes the gap for an action that was lost, or removed. The numbers of one pattern \
                  (`refs: \"{n}/{yy}\"`) run from 1 within a year, those of a plan within an objective. An action \
                  that must not be seen is withheld, and keeps its ref: `{ ref: 3/26, withheld: s31 }`. A tracker \
                  or an objective can declare what it leaves out: `omitted: { refs: [1.4], reason: … }`. In the \
                  first year of a series that has no tracker the numbers begin where the book does.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

/// The refs of one pattern in one period: by number, where each stands.
#[derive(Default)]
struct Run {
    numbers: BTreeMap<u32, Span>,
    is_whole: bool,
}

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let patterns = patterns(subject);
    let mut runs: BTreeMap<(usize, Period), Run> = BTreeMap::new();
    let mut add = |text: &Text, span: Span, is_tracker: bool| {
        let words = text.words();
        let read = |(at, pattern): (usize, &Pattern)| Some((at, pattern.read(&words)?));
        if let Some((at, (number, period))) = patterns.iter().enumerate().find_map(read) {
            let run = runs.entry((at, period)).or_default();
            run.numbers.entry(number).or_insert(span);
            run.is_whole |= is_tracker;
        }
    };
    for entry in subject.ledger.entries() {
        let is_tracker = match entry.home.place {
            Place::Meeting { .. } => false,
            Place::Tracker(_) => true,
            Place::Plan { .. } => continue,
        };
        if let Some(reference) = entry.reference {
            add(reference, place(entry), is_tracker);
        }
    }
    for gathered in subject.documents {
        if let Document::Tracker(tracker) = gathered.document {
            let refs = tracker.omitted.iter().flat_map(|omitted| &omitted.refs);
            refs.for_each(|text| add(text, text.span, true));
        }
    }
    let mut before = None;
    for ((at, period), run) in &runs {
        let is_first = before.replace(*at) != Some(*at);
        let write = |number| patterns[*at].write(number, *period);
        report(&run.numbers, !is_first || run.is_whole, write, found);
    }
    of_plans(subject, found);
}

/// The patterns of the series and the trackers, each once. A tracker without one counts within the year.
fn patterns(subject: &BookSubject<'_>) -> Vec<Pattern> {
    let series = subject.book.settings.series.iter();
    let series = series.filter_map(|(_, series)| series.refs.as_deref());
    let trackers = subject.book.trackers.iter();
    let trackers = trackers.map(|tracker| tracker.content.refs.as_deref().unwrap_or(USUAL));
    let mut patterns: Vec<Pattern> = Vec::new();
    for pattern in series.chain(trackers).filter_map(Pattern::of) {
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    patterns
}

fn of_plans(subject: &BookSubject<'_>, found: &mut Found) {
    for plan in &subject.book.plans {
        for row in &plan.content.objectives {
            // The numbers of an objective that is withheld whole are its own affair.
            let Row::Open(objective) = row else { continue };
            for (prefix, numbers) in of_objective(objective) {
                report(&numbers, true, |number| format!("{prefix}.{number}"), found);
            }
        }
    }
}

/// The refs of an objective, by what stands before their last point.
fn of_objective(objective: &Objective) -> BTreeMap<String, BTreeMap<u32, Span>> {
    let actions = objective.actions.iter().filter_map(|row| match row {
        Row::Open(action) => action.reference.as_ref(),
        Row::Withheld(row) => row.number.as_ref(),
    });
    let omitted = objective.omitted.iter().flat_map(|omitted| &omitted.refs);
    let mut runs: BTreeMap<String, BTreeMap<u32, Span>> = BTreeMap::new();
    let refs = actions.chain(omitted);
    for reference in refs.filter(|reference| reference.passages().is_empty()) {
        let words = reference.words();
        if let Some((prefix, number)) = words.trim().rsplit_once('.')
            && let Ok(number) = number.parse()
        {
            let run = runs.entry(prefix.to_owned()).or_default();
            run.entry(number).or_insert(reference.span);
        }
    }
    runs
}

/// Reports each gap on one line, at the ref that follows it.
fn report(
    numbers: &BTreeMap<u32, Span>,
    from_one: bool,
    write: impl Fn(u32) -> String,
    found: &mut Found,
) {
    let first = numbers.keys().next().copied().unwrap_or(1);
    let mut expected = if from_one { 1 } else { first };
    let mut before: Option<Span> = None;
    for (number, span) in numbers {
        if *number > expected {
            let message = match number - expected {
                1 => format!("the ref `{}` is missing", write(expected)),
                _ => format!(
                    "the refs `{}` to `{}` are missing",
                    write(expected),
                    write(number - 1)
                ),
            };
            let diagnostic = found.at(*span, message);
            diagnostic.help = Some(
                "correct the numbers; for an action that is not shown write `withheld:`, or declare what is left out: `omitted:`"
                    .to_owned(),
            );
            let label = |span| (span, "the number before stands here".to_owned());
            diagnostic.related.extend(before.map(label));
        }
        expected = number.saturating_add(1);
        before = Some(*span);
    }
}
