//! The days on which series meet.

use crate::edition::Shelf;
use crate::model::Edition;
use crate::model::date::Date;
use crate::model::due::MeetingRef;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// The days of the meetings of a book, by series.
#[derive(Debug)]
pub struct Calendar<'b> {
    /// Meetings that the book has a file of, in the order of their days.
    held: BTreeMap<&'b str, Vec<NaiveDate>>,
    /// These, and the days that notes announce for the next meeting.
    known: BTreeMap<&'b str, Vec<NaiveDate>>,
}

impl<'b> Calendar<'b> {
    /// The days of a shelf's meetings.
    pub fn new<E: Edition>(shelf: &Shelf<'b, E>) -> Calendar<'b> {
        let mut calendar = Calendar {
            held: BTreeMap::new(),
            known: BTreeMap::new(),
        };
        for shelved in &shelf.meetings {
            let Some(series) = shelved.meeting.series.as_deref() else {
                continue;
            };
            let day = shelved.meeting.date.day();
            let next = shelved.meeting.next_meeting.as_ref();
            let next = next.and_then(|next| next.date.as_ref()).and_then(Date::day);
            calendar.held.entry(series).or_default().extend(day);
            calendar.known.entry(series).or_default().extend(day);
            calendar.known.entry(series).or_default().extend(next);
        }
        for days in calendar
            .held
            .values_mut()
            .chain(calendar.known.values_mut())
        {
            days.sort_unstable();
            days.dedup();
        }
        calendar
    }

    /// The days of a series' meetings that the book has a file of.
    pub fn days(&self, series: &str) -> &[NaiveDate] {
        self.held.get(series).map_or(&[], Vec::as_slice)
    }

    /// The day of a meeting that is named. Named by month it is the first in that month or, when that month passed
    /// without one, the first after it: what was due in November is due when the series meets again.
    pub fn day_of(&self, series: Option<&str>, reference: MeetingRef) -> Option<NaiveDate> {
        let (year, month) = match reference {
            MeetingRef::Day(day) => return Some(day),
            MeetingRef::Month(year, month) => (year, month),
        };
        let days = self.known.get(series?)?;
        let first = NaiveDate::from_ymd_opt(year, month, 1)?;
        let at = days.partition_point(|day| *day < first);
        days.get(at).copied()
    }

    /// Whether a named meeting was moved out of its month.
    pub fn is_moved(&self, series: Option<&str>, reference: MeetingRef) -> bool {
        match (reference, self.day_of(series, reference)) {
            (MeetingRef::Month(year, month), Some(day)) => {
                (day.year(), day.month()) != (year, month)
            }
            _ => false,
        }
    }

    /// How many meetings of a series there were after one day and up to another.
    pub(super) fn between(&self, series: &str, after: NaiveDate, up_to: NaiveDate) -> usize {
        let days = self.days(series);
        let from = days.partition_point(|day| *day <= after);
        let to = days.partition_point(|day| *day <= up_to);
        to.saturating_sub(from)
    }

    /// The last meeting of a series before a day.
    pub fn last_before(&self, series: &str, day: NaiveDate) -> Option<NaiveDate> {
        let days = self.days(series);
        let at = days.partition_point(|other| *other < day);
        at.checked_sub(1).map(|at| days[at])
    }

    /// The first meeting of a series after a day.
    pub fn first_after(&self, series: &str, day: NaiveDate) -> Option<NaiveDate> {
        let days = self.days(series);
        days.get(days.partition_point(|other| *other <= day))
            .copied()
    }
}
