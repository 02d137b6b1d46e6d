//! A meeting neither lists nor closes an action of its series that is open.

use crate::check::history::{Known, called, place};
use crate::check::{BookSubject, Check, Found, Gathered, Lint};
use crate::diagnostic::Severity;
use crate::ledger::{Place, Said};
use crate::model::meeting::Meeting;
use crate::source::Span;
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashSet};

pub(super) const LINT: Lint = Lint {
    code: "not-followed-up",
    severity: Severity::Warning,
    summary: "A meeting neither lists nor closes an action of its series that is open.",
    explanation: "An action that the next meeting does not look at is lost. List every open action of the series \
                  under `matters_arising:`, those that are not yet due or retained included, or close it in a \
                  file of updates before the meeting; `minutebook next` writes the list. It is reported at the \
                  first meeting that passes over it. A meeting that lists no matters arising at all, such as a \
                  special one, is told once how many it passes over. Extracts are not looked at.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

/// A meeting of a series that is no extract.
struct Held<'b> {
    meeting: &'b Meeting,
    day: NaiveDate,
    /// Whether it lists any matter arising.
    lists: bool,
}

/// The meetings of a series in the order of their days, a day each.
#[derive(Default)]
struct Series<'b> {
    meetings: Vec<Held<'b>>,
    /// For each meeting, the first from it on that lists any matter arising.
    next_listing: Vec<usize>,
    /// For each meeting, how many more open actions it passes over than the one before it.
    passed: Vec<i64>,
    /// For each meeting, of the actions that are passed over from it on the one that is so for longest: the meeting that
    /// ends that, and the action.
    longest: Vec<Option<(usize, Span)>>,
}

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let mut all = series(subject);
    for entry in subject.ledger.entries() {
        let Place::Meeting { meeting, .. } = entry.home.place else {
            continue;
        };
        let series = entry.series().and_then(|key| all.get_mut(key));
        if let (Some(series), Some(day)) = (series, meeting.date.day())
            && is_first(subject, entry)
        {
            follow(subject, entry, day, series, found);
        }
    }
    for series in all.values() {
        report_silent(series, found);
    }
}

fn series<'b>(subject: &BookSubject<'b>) -> BTreeMap<&'b str, Series<'b>> {
    let mut all: BTreeMap<&str, Series<'b>> = BTreeMap::new();
    for Gathered {
        document, parts, ..
    } in subject.documents
    {
        let Some(meeting) = document.meeting().filter(|meeting| !meeting.extract) else {
            continue;
        };
        let (Some(key), Some(day)) = (meeting.series.as_deref(), meeting.date.day()) else {
            continue;
        };
        // The meetings of a book stand in the order of their days.
        let lists = parts.lists_matters;
        let held = &mut all.entry(key).or_default().meetings;
        match held.last_mut().filter(|last| last.day == day) {
            Some(last) => last.lists |= lists,
            None => held.push(Held {
                meeting,
                day,
                lists,
            }),
        }
    }
    for series in all.values_mut() {
        let count = series.meetings.len();
        series.next_listing = vec![count; count + 1];
        for at in (0..count).rev() {
            series.next_listing[at] = match series.meetings[at].lists {
                true => at,
                false => series.next_listing[at + 1],
            };
        }
        series.passed = vec![0; count + 1];
        series.longest = vec![None; count + 1];
    }
    all
}

/// Whether what is said of its ref is said of this action, and not of another that has the ref as well.
fn is_first(subject: &BookSubject<'_>, entry: &Known<'_>) -> bool {
    let Some(reference) = entry.reference else {
        return true;
    };
    let first = subject.ledger.find(&reference.words());
    first.is_none_or(|first| first.home.span == entry.home.span)
}

/// Follows an action from meeting to meeting. Where nothing happens for long, the meetings between are not looked at one by
/// one.
fn follow(
    subject: &BookSubject<'_>,
    entry: &Known<'_>,
    set: NaiveDate,
    series: &mut Series<'_>,
    found: &mut Found,
) {
    let listed: HashSet<NaiveDate> = entry
        .events
        .iter()
        .filter(|event| matches!(event.said, Said::Arising { .. }))
        .filter_map(|event| event.day)
        .collect();
    let count = series.meetings.len();
    let mut standing = subject.ledger.at_first(entry);
    let mut is_reported = false;
    let mut at = series.meetings.partition_point(|held| held.day <= set);
    while at < count {
        let day = series.meetings[at].day;
        let Some(eve) = day.pred_opt() else { return };
        standing.advance(eve);
        let next = entry
            .events
            .get(standing.folded)
            .and_then(|event| event.day);
        if standing.state.is_closed() {
            let Some(wakes) = [next, standing.returns()].into_iter().flatten().min() else {
                return;
            };
            let after = series.meetings.partition_point(|held| held.day <= wakes);
            at = after.max(at + 1);
        } else if listed.contains(&day) {
            is_reported = false;
            at += 1;
        } else {
            let end = next.map_or(count, |next| {
                series.meetings.partition_point(|held| held.day < next)
            });
            let end = end.max(at + 1);
            series.passed[at] += 1;
            series.passed[end] -= 1;
            let until = series.longest[at].map_or(0, |(until, _)| until);
            if end > until {
                series.longest[at] = Some((end, place(entry)));
            }
            let listing = series.next_listing[at];
            if listing < end && !is_reported {
                report(subject, entry, &series.meetings[listing], found);
                is_reported = true;
            }
            at = end;
        }
    }
}

fn report(subject: &BookSubject<'_>, entry: &Known<'_>, held: &Held<'_>, found: &mut Found) {
    let name = called(subject, entry);
    let message = format!("{name} is open, and this meeting neither lists nor closes it");
    let diagnostic = found.at(held.meeting.date.written.span, message);
    diagnostic.help = Some(match entry.reference {
        Some(_) => "list it under `matters_arising:` with what has happened since".to_owned(),
        None => "give the action a ref, and list it under `matters_arising:`".to_owned(),
    });
    let label = "the action was set here".to_owned();
    diagnostic.related.push((place(entry), label));
}

/// Tells the meetings that list no matters arising at all how many open actions they pass over.
fn report_silent(series: &Series<'_>, found: &mut Found) {
    let mut open = 0;
    let mut longest: Option<(usize, Span)> = None;
    for (at, held) in series.meetings.iter().enumerate() {
        open += series.passed[at];
        longest = [longest, series.longest[at]]
            .into_iter()
            .flatten()
            .max_by_key(|one| one.0);
        if held.lists || open <= 0 {
            continue;
        }
        let message = match open {
            1 => "this meeting lists no matters arising, and an action of its series is open"
                .to_owned(),
            many => format!(
                "this meeting lists no matters arising, and {many} actions of its series are open"
            ),
        };
        let diagnostic = found.at(held.meeting.date.written.span, message);
        diagnostic.help =
            Some("list them under `matters_arising:` with what has happened since".to_owned());
        let label = |(_, span)| (span, "one of them was set here".to_owned());
        diagnostic.related.extend(longest.map(label));
    }
}
