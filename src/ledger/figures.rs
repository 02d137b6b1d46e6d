//! Figures of a series over time: how many actions were set and closed, how many were open, and how long they took.
//!
//! An action counts for the series at whose meetings it is looked at. What this edition knows nothing of is not counted,
//! because its state is not known either.

use super::{Entry, Ledger, Standing};
use crate::model::Edition;
use chrono::{Datelike, NaiveDate};

/// The most stretches of time that one table and one chart have room for.
const MOST: usize = 12;

/// How often an action must have been carried forward to be named.
const OFTEN: usize = 3;

/// The figures of a series as at a day.
pub struct Figures<'s, 'b, E: Edition> {
    /// One for each stretch of time, the oldest first.
    pub periods: Vec<Period>,
    /// The median of the days from setting to closing; halves count. Recurring actions have no such number of days.
    pub median_days: Option<f64>,
    /// How many actions were closed by the due date that they were set with.
    pub in_time: usize,
    /// Of how many: those with such a date that are closed, or for which it has passed. Recurring actions are not among
    /// them.
    pub dated: usize,
    /// Actions that were carried forward three times or more, the most often carried first.
    pub carried: Vec<Carried<'s, 'b, E>>,
    /// How many actions are withheld from this edition, and not counted.
    pub unknown: usize,
}

/// What happened in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Which it is.
    pub span: PeriodSpan,
    /// Actions that were set in it.
    pub set: usize,
    /// Actions that were closed in it.
    pub closed: usize,
    /// Actions that were closed and came back in it: recurring ones on their day, and those that were reopened.
    pub returned: usize,
    /// Actions that were open at the end of it.
    pub open: usize,
}

/// A stretch of time, up to the end of a day and from the end of the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodSpan {
    /// Everything before the first meeting, on this day.
    Before(NaiveDate),
    /// Up to the meeting on a day.
    Meeting(NaiveDate),
    /// A quarter of a year, 1 to 4.
    Quarter(i32, u32),
    /// A year.
    Year(i32),
    /// Since the last meeting, on this day.
    Since(NaiveDate),
}

/// An action that was carried forward often.
pub struct Carried<'s, 'b, E: Edition> {
    /// The action.
    pub entry: &'s Entry<'b, E>,
    /// How often.
    pub times: usize,
    /// Whether it is closed by now.
    pub closed: bool,
}

/// A change of how many actions are open.
enum Change {
    Set,
    Closed,
    Returned,
}

/// The figures of a series, up to the end of a day.
pub fn figures<'s, 'b, E: Edition>(
    ledger: &'s Ledger<'b, E>,
    series: &str,
    as_at: NaiveDate,
) -> Figures<'s, 'b, E> {
    let of_series =
        |entry: &&Entry<'b, E>| entry.series() == Some(series) && entry.is_set_by(as_at);
    let all = ledger.entries().iter().filter(of_series);
    let (known, unknown): (Vec<&Entry<'b, E>>, Vec<_>) = all.partition(|entry| is_known(entry));
    let changes: Vec<(NaiveDate, Change)> = known
        .iter()
        .flat_map(|entry| changes(ledger, entry, as_at))
        .collect();
    let standings: Vec<(&'s Entry<'b, E>, Standing<'s, 'b, E>)> = known
        .iter()
        .map(|entry| (*entry, ledger.standing(entry, as_at)))
        .collect();
    let once = || standings.iter().filter(|(_, one)| one.every.is_none());
    let days = once().filter(|(_, one)| one.closed().is_some());
    let (in_time, dated) = punctual(once().map(|(_, one)| one), as_at);
    Figures {
        periods: periods(spans(ledger.calendar.days(series), as_at), &changes),
        median_days: median(days.filter_map(|(_, one)| one.age(as_at)).collect()),
        in_time,
        dated,
        carried: carried(&standings),
        unknown: unknown.len(),
    }
}

impl<E: Edition> Figures<'_, '_, E> {
    /// The share that was closed by the due date that it was set with, in whole per cent.
    pub fn in_time_percent(&self) -> Option<usize> {
        (self.dated > 0).then(|| (self.in_time * 200 + self.dated) / (self.dated * 2))
    }
}

impl PeriodSpan {
    /// The last day of it; `None` for the one that is not over.
    fn end(self) -> Option<NaiveDate> {
        match self {
            PeriodSpan::Before(first) => first.pred_opt(),
            PeriodSpan::Meeting(day) => Some(day),
            PeriodSpan::Quarter(year, 4) | PeriodSpan::Year(year) => {
                NaiveDate::from_ymd_opt(year, 12, 31)
            }
            PeriodSpan::Quarter(year, quarter) => {
                NaiveDate::from_ymd_opt(year, quarter * 3 + 1, 1)?.pred_opt()
            }
            PeriodSpan::Since(_) => None,
        }
    }
}

/// Whether this edition knows what is to be done, so that it knows its history too.
fn is_known<E: Edition>(entry: &Entry<'_, E>) -> bool {
    entry.text().is_some()
}

/// The stretches of time: meetings while they are few, or else quarters, or else years.
fn spans(meetings: &[NaiveDate], as_at: NaiveDate) -> Vec<PeriodSpan> {
    let held: Vec<NaiveDate> = meetings
        .iter()
        .copied()
        .filter(|day| *day <= as_at)
        .collect();
    let (Some(first), Some(last)) = (held.first(), held.last()) else {
        return Vec::new();
    };
    if held.len() <= MOST {
        let mut spans = vec![PeriodSpan::Before(*first)];
        spans.extend(held.iter().map(|day| PeriodSpan::Meeting(*day)));
        spans.push(PeriodSpan::Since(*last));
        return spans;
    }
    let quarters = quarters(*first, as_at);
    let (start, rest) = match quarters.len() <= MOST {
        true => (first.month0() / 3 * 3 + 1, quarters),
        false => {
            let years = first.year()..=as_at.year();
            (1, years.map(PeriodSpan::Year).collect())
        }
    };
    let start = NaiveDate::from_ymd_opt(first.year(), start, 1).unwrap_or(*first);
    let mut spans = vec![PeriodSpan::Before(start)];
    spans.extend(rest);
    spans
}

/// The quarters from one day to another; no more than show that they are too many.
fn quarters(first: NaiveDate, last: NaiveDate) -> Vec<PeriodSpan> {
    let quarter = |day: NaiveDate| (day.year(), day.month0() / 3 + 1);
    let mut quarters = Vec::new();
    let (mut year, mut number) = quarter(first);
    while (year, number) <= quarter(last) && quarters.len() <= MOST {
        quarters.push(PeriodSpan::Quarter(year, number));
        (year, number) = match number {
            4 => (year + 1, 1),
            _ => (year, number + 1),
        };
    }
    quarters
}

/// Counts the changes of each stretch of time, and keeps the last of them that there is room for.
fn periods(spans: Vec<PeriodSpan>, changes: &[(NaiveDate, Change)]) -> Vec<Period> {
    let mut periods: Vec<Period> = spans.into_iter().map(Period::empty).collect();
    let ends: Vec<Option<NaiveDate>> = periods.iter().map(|one| one.span.end()).collect();
    for (day, change) in changes {
        let at = ends.partition_point(|end| end.is_some_and(|end| end < *day));
        let Some(period) = periods.get_mut(at) else {
            continue;
        };
        match change {
            Change::Set => period.set += 1,
            Change::Closed => period.closed += 1,
            Change::Returned => period.returned += 1,
        }
    }
    let mut open = 0;
    for period in &mut periods {
        open = (open + period.set + period.returned).saturating_sub(period.closed);
        period.open = open;
    }
    let is_between = |span| matches!(span, PeriodSpan::Before(_) | PeriodSpan::Since(_));
    periods.retain(|one| !is_between(one.span) || one.set + one.closed + one.returned > 0);
    let regular = periods.iter().filter(|one| !is_between(one.span)).count();
    match regular > MOST {
        true => periods.split_off(periods.len() - MOST),
        false => periods,
    }
}

impl Period {
    fn empty(span: PeriodSpan) -> Period {
        Period {
            span,
            set: 0,
            closed: 0,
            returned: 0,
            open: 0,
        }
    }
}

/// Every change that an action makes to the number of open ones, up to the end of a day. An action of which nobody knows
/// when it was set counts from the beginning of time.
fn changes<'b, E: Edition>(
    ledger: &Ledger<'b, E>,
    entry: &Entry<'b, E>,
    as_at: NaiveDate,
) -> Vec<(NaiveDate, Change)> {
    let first = entry.events.iter().find_map(|event| event.day);
    let set = entry.set.or(first).unwrap_or(NaiveDate::MIN).min(as_at);
    let mut standing = ledger.standing(entry, set);
    let mut changes = vec![(set, Change::Set)];
    if standing.state.is_closed() {
        changes.push((set, Change::Closed));
    }
    while let Some(day) = next_day(entry, &standing).filter(|day| *day <= as_at) {
        let was_closed = standing.state.is_closed();
        standing.advance(day);
        match (was_closed, standing.state.is_closed()) {
            (false, true) => changes.push((day, Change::Closed)),
            (true, false) => changes.push((day, Change::Returned)),
            _ => {}
        }
    }
    changes
}

/// The next day on which an action can change.
fn next_day<E: Edition>(entry: &Entry<'_, E>, standing: &Standing<'_, '_, E>) -> Option<NaiveDate> {
    let rest = entry.events.get(standing.folded..).unwrap_or_default();
    let event = rest.iter().find_map(|event| event.day);
    [event, standing.returns()].into_iter().flatten().min()
}

/// How many were closed by the due date that they were set with, and of how many.
fn punctual<'a, 's: 'a, 'b: 's, E: Edition>(
    standings: impl Iterator<Item = &'a Standing<'s, 'b, E>>,
    as_at: NaiveDate,
) -> (usize, usize) {
    let (mut in_time, mut dated) = (0, 0);
    for standing in standings {
        let Some(due) = standing.original_due.and_then(|due| due.day) else {
            continue;
        };
        match standing.closed() {
            Some(closed) => {
                dated += 1;
                in_time += usize::from(closed <= due);
            }
            None => dated += usize::from(!standing.state.is_closed() && due < as_at),
        }
    }
    (in_time, dated)
}

fn carried<'s, 'b, E: Edition>(
    standings: &[(&'s Entry<'b, E>, Standing<'s, 'b, E>)],
) -> Vec<Carried<'s, 'b, E>> {
    let often = standings.iter().filter(|(_, one)| one.carried >= OFTEN);
    let mut carried: Vec<Carried<'s, 'b, E>> = often
        .map(|(entry, standing)| Carried {
            entry,
            times: standing.carried,
            closed: standing.state.is_closed(),
        })
        .collect();
    carried.sort_by_key(|one| (one.closed, std::cmp::Reverse(one.times)));
    carried
}

fn median(mut days: Vec<i64>) -> Option<f64> {
    days.sort_unstable();
    let middle = days.len() / 2;
    let upper = *days.get(middle)?;
    let lower = match days.len() % 2 {
        0 => *days.get(middle - 1)?,
        _ => upper,
    };
    Some((lower + upper) as f64 / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    fn monthly(count: u32) -> Vec<NaiveDate> {
        let month = |at: u32| day(2025 + (at / 12) as i32, at % 12 + 1, 20);
        (0..count).map(month).collect()
    }

    #[test]
    fn up_to_twelve_meetings_are_shown_one_by_one() {
        let spans = spans(&monthly(12), day(2025, 12, 31));
        assert_eq!(spans.len(), 14);
        assert_eq!(spans[0], PeriodSpan::Before(day(2025, 1, 20)));
        assert_eq!(spans[12], PeriodSpan::Meeting(day(2025, 12, 20)));
        assert_eq!(spans[13], PeriodSpan::Since(day(2025, 12, 20)));
    }

    #[test]
    fn more_meetings_are_shown_by_quarter() {
        let spans = spans(&monthly(14), day(2026, 4, 2));
        let quarters = [
            (2025, 1),
            (2025, 2),
            (2025, 3),
            (2025, 4),
            (2026, 1),
            (2026, 2),
        ];
        let mut expected = vec![PeriodSpan::Before(day(2025, 1, 1))];
        expected.extend(quarters.map(|(year, number)| PeriodSpan::Quarter(year, number)));
        assert_eq!(spans, expected);
        assert_eq!(PeriodSpan::Quarter(2026, 1).end(), Some(day(2026, 3, 31)));
        assert_eq!(PeriodSpan::Quarter(2026, 4).end(), Some(day(2026, 12, 31)));
    }

    #[test]
    fn many_years_are_shown_by_year_and_the_oldest_are_counted_as_open() {
        let meetings: Vec<NaiveDate> = (2001..=2026).map(|year| day(year, 6, 1)).collect();
        let changes = [
            (day(2003, 1, 1), Change::Set),
            (day(2020, 5, 5), Change::Set),
        ];
        let periods = periods(spans(&meetings, day(2026, 12, 1)), &changes);
        assert_eq!(periods.len(), MOST);
        assert_eq!(periods[0].span, PeriodSpan::Year(2015));
        assert_eq!((periods[0].set, periods[0].open), (0, 1));
        assert_eq!(periods.last().map(|one| one.open), Some(2));
    }

    #[test]
    fn a_series_that_has_not_met_has_no_stretches_of_time() {
        assert!(spans(&monthly(3), day(2024, 1, 1)).is_empty());
    }

    #[test]
    fn a_meeting_counts_what_was_said_at_it_and_since_the_one_before() {
        let changes = [
            (NaiveDate::MIN, Change::Set),
            (day(2025, 1, 20), Change::Set),
            (day(2025, 1, 21), Change::Closed),
            (day(2025, 2, 20), Change::Returned),
            (day(2025, 2, 21), Change::Closed),
        ];
        let periods = periods(spans(&monthly(2), day(2025, 3, 1)), &changes);
        let counts: Vec<[usize; 4]> = periods
            .iter()
            .map(|one| [one.set, one.closed, one.returned, one.open])
            .collect();
        assert_eq!(
            counts,
            [[1, 0, 0, 1], [1, 0, 0, 2], [0, 1, 1, 2], [0, 1, 0, 1]]
        );
    }

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![7]), Some(7.0));
        assert_eq!(median(vec![30, 1, 4, 3]), Some(3.5));
        assert_eq!(median(vec![9, 1, 4]), Some(4.0));
    }
}
