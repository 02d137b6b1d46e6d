//! Which meeting is to be prepared: its day, the file that may hold it already, and the meeting before it.

use super::{Refusal, Wanted, wording};
use crate::edition::{Shelf, Shelved};
use crate::model::Public;
use crate::model::meeting::{Meeting, NextMeeting, Status};
use crate::model::schedule::Schedule;
use crate::model::settings::Series;
use crate::model::text::Text;
use chrono::NaiveDate;

/// The meeting that is to be prepared.
pub(super) struct Occasion<'s, 'b> {
    /// Its day.
    pub(super) date: NaiveDate,
    /// The meeting, where the book has a file of it.
    pub(super) existing: Option<&'s Shelved<'b, Public>>,
    /// The meetings of the series before it, in the order of their days.
    pub(super) earlier: Vec<&'s Shelved<'b, Public>>,
}

impl<'s, 'b> Occasion<'s, 'b> {
    /// The meeting of the day that is asked for; else the draft in which nobody is present yet; else the one after the
    /// last.
    pub(super) fn find(
        public: &'s Shelf<'b, Public>,
        series: &Series<Public>,
        wanted: Wanted<'_>,
    ) -> Result<Occasion<'s, 'b>, Refusal> {
        let all: Vec<&Shelved<'b, Public>> = public
            .meetings
            .iter()
            .filter(|shelved| shelved.meeting.series.as_deref() == Some(wanted.series))
            .collect();
        let date = match wanted.date {
            Some(date) => date,
            None => found_day(&all, series, wanted.series)?,
        };
        let later = all
            .iter()
            .find(|one| day(one) > Some(date) && !is_awaited(one.meeting));
        if let Some(held) = later.and_then(|one| day(one)) {
            return Err(Refusal {
                message: format!(
                    "`{}` has met since {}: on {}",
                    wanted.series,
                    wording::day(date).words,
                    wording::day(held).words
                ),
                help: "give a day after that with `--date`".to_owned(),
            });
        }
        let existing = all.iter().copied().find(|one| day(one) == Some(date));
        if let Some(status) = existing.and_then(|one| one.meeting.status)
            && status != Status::Draft
        {
            let words = wording::day(date).words;
            return Err(Refusal {
                message: format!("the notes of {words} are {}", status.word()),
                help: "nothing is added to notes that are no longer a draft; give another day with `--date`"
                    .to_owned(),
            });
        }
        Ok(Occasion {
            date,
            existing,
            earlier: all
                .into_iter()
                .filter(|one| day(one) < Some(date))
                .collect(),
        })
    }

    /// The last meeting before it that is still to be held.
    pub(super) fn awaited(&self) -> Option<&'s Shelved<'b, Public>> {
        self.previous().filter(|one| is_awaited(one.meeting))
    }

    /// The meeting before it.
    pub(super) fn previous(&self) -> Option<&'s Shelved<'b, Public>> {
        self.earlier.last().copied()
    }

    /// The day of the meeting before it.
    pub(super) fn previous_day(&self) -> Option<NaiveDate> {
        self.previous().and_then(day)
    }

    /// Something that the meeting before it announced of it.
    pub(super) fn announced<T>(
        &self,
        of: impl FnOnce(&'b NextMeeting<Public>) -> Option<&'b T>,
    ) -> Option<&'b T> {
        of(self.previous()?.meeting.next_meeting.as_ref()?)
    }

    /// Its type: its own, or the one that was announced.
    pub(super) fn meeting_type(&self) -> Option<&'b Text<Public>> {
        let own = self
            .existing
            .and_then(|one| one.meeting.meeting_type.as_ref());
        own.or_else(|| self.announced(|next| next.meeting_type.as_ref()))
    }

    /// The day that was announced, where it is another.
    pub(super) fn other_day(&self) -> Option<NaiveDate> {
        let announced = self.announced(|next| next.date.as_ref())?;
        announced.day().filter(|day| *day != self.date)
    }
}

fn day(shelved: &Shelved<'_, Public>) -> Option<NaiveDate> {
    shelved.meeting.date.day()
}

/// Whether a meeting is still to be held: a draft in which nobody is present.
fn is_awaited(meeting: &Meeting<Public>) -> bool {
    let nobody = meeting.attendance.as_ref().is_none_or(Vec::is_empty);
    matches!(meeting.status, None | Some(Status::Draft)) && nobody && !meeting.extract
}

fn found_day(
    all: &[&Shelved<'_, Public>],
    series: &Series<Public>,
    key: &str,
) -> Result<NaiveDate, Refusal> {
    let Some(last) = all.last() else {
        return Err(Refusal {
            message: format!("`{key}` has not met yet, so that no date follows"),
            help: "give the day of the meeting: `--date 2026-09-29`".to_owned(),
        });
    };
    let Some(held) = day(last) else {
        return Err(no_day(key, series));
    };
    if is_awaited(last.meeting) {
        return Ok(held);
    }
    let announced = last.meeting.next_meeting.as_ref();
    let announced = announced.and_then(|next| next.date.as_ref()?.day());
    if let Some(announced) = announced.filter(|day| *day > held) {
        return Ok(announced);
    }
    let schedule = series.schedule.as_ref();
    let schedule = schedule.and_then(|schedule| Schedule::of(schedule.source()));
    let next = schedule.and_then(|schedule| schedule.first_after(held));
    next.ok_or_else(|| no_day(key, series))
}

fn no_day(key: &str, series: &Series<Public>) -> Refusal {
    let schedule = match &series.schedule {
        Some(_) => "its schedule cannot be understood",
        None => "it has no schedule",
    };
    Refusal {
        message: format!(
            "the last notes of `{key}` announce no next meeting, and {schedule}, so that no date follows"
        ),
        help: "give the day of the meeting: `--date 2026-09-29`".to_owned(),
    }
}
