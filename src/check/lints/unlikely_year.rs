//! A year cannot be meant.

use crate::check::calendar::{is_unlikely, likely_year};
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::date::last_day;
use crate::model::due::{DueRule, MeetingRef};
use crate::model::text::Text;
use chrono::{Datelike, NaiveDate};

pub(super) const LINT: Lint = Lint {
    code: "unlikely-year",
    severity: Severity::Error,
    summary: "A year cannot be meant.",
    explanation: "A date is more than ten years away from the meeting, which is most often a slip of the keys: \
                  2103 for 2013. The help names the year that is likely meant.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let Some(meeting) = subject.day() else { return };
    let dates = subject.parts.dates.iter().skip(1);
    let dates = dates.map(|date| (&date.whole().written, date.day(), date.withheld));
    let dues = subject
        .parts
        .dues
        .iter()
        .map(|due| (&due.whole().written, due_day(due.rule), due.withheld));
    let others: Vec<(&Text, NaiveDate, bool)> = dates
        .chain(dues)
        .filter_map(|(written, day, withheld)| Some((written, day?, withheld)))
        .collect();
    let far: Vec<_> = others
        .iter()
        .filter(|(_, day, _)| is_unlikely(*day, meeting))
        .collect();
    // Where most dates of the notes are far from the meeting's, or every other meeting is, it is the meeting's that slipped.
    if far.len() > 1 && far.len() * 2 > others.len() {
        let years = years(others.iter().map(|(_, day, _)| day.year()).collect());
        report(
            subject,
            &subject.meeting.date.written,
            meeting,
            years,
            false,
            found,
        );
    } else if let Some(year) = lonely(subject, meeting) {
        report(
            subject,
            &subject.meeting.date.written,
            meeting,
            year,
            false,
            found,
        );
    } else {
        for (written, day, withheld) in far {
            report(subject, written, *day, meeting.year(), *withheld, found);
        }
    }
}

fn due_day(rule: DueRule) -> Option<NaiveDate> {
    match rule {
        DueRule::Day(reading) => reading.day(),
        DueRule::Month(year, month) => last_day(year, month),
        DueRule::EndOfYear(year) => last_day(year, 12),
        DueRule::Meeting(MeetingRef::Day(day)) => Some(day),
        DueRule::Meeting(MeetingRef::Month(year, month)) => last_day(year, month),
        // "in 20 years" is what somebody meant.
        DueRule::After(..) | DueRule::Condition | DueRule::None | DueRule::Unclear => None,
    }
}

/// The year in the middle.
fn years(mut years: Vec<i32>) -> i32 {
    years.sort_unstable();
    years[years.len() / 2]
}

/// The year of the nearest other meeting, when this one is far from all the others of a book that has several.
fn lonely(subject: &MeetingSubject<'_>, meeting: NaiveDate) -> Option<i32> {
    let meetings = &subject.book.meetings;
    let day = |at: usize| meetings.get(at)?.meeting.date.day();
    let at = meetings.partition_point(|document| document.meeting.date.day() < Some(meeting));
    let before = at.checked_sub(1).and_then(day);
    let nearest = [before, day(at + 1)]
        .into_iter()
        .flatten()
        .min_by_key(|other| (other.year() - meeting.year()).abs())?;
    (meetings.len() > 2 && is_unlikely(nearest, meeting)).then(|| nearest.year())
}

fn report(
    subject: &MeetingSubject<'_>,
    written: &Text,
    day: NaiveDate,
    beside: i32,
    withheld: bool,
    found: &mut Found,
) {
    let likely = likely_year(day.year(), beside);
    let (message, help) = match withheld || !written.passages().is_empty() {
        true => (
            "this year cannot be meant".to_owned(),
            "correct the year".to_owned(),
        ),
        false => (
            format!("the year {} cannot be meant", day.year()),
            format!("was {likely} meant?"),
        ),
    };
    let year = format!("{:04}", day.year());
    found.at(subject.within(written.span, &year), message).help = Some(help);
}
