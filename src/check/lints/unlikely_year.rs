//! A year cannot be meant.

use crate::check::calendar::{is_unlikely, likely_year};
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::date::last_day;
use crate::model::due::{DueRule, MeetingRef};
use crate::model::meeting::Meeting;
use crate::model::text::Text;
use chrono::{Datelike, NaiveDate};

pub(super) const LINT: Lint = Lint {
    code: "unlikely-year",
    severity: Severity::Error,
    summary: "A year cannot be meant.",
    explanation: "A date is more than ten years away from the meeting, or more than twenty from most dates of a \
                  tracker or a plan, which is most often a slip of the keys: 2103 for 2013. The help names the year that is likely meant.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

/// A date in a document: as written, the day, and whether it is withheld.
type Dated<'m> = (&'m Text, NaiveDate, bool);

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    match subject.document.meeting() {
        Some(meeting) => of_meeting(subject, meeting, found),
        None => of_others(subject, found),
    }
}

fn of_meeting(subject: &DocumentSubject<'_>, meeting: &Meeting, found: &mut Found) {
    let Some(day) = meeting.date.day() else {
        return;
    };
    let others = dated(subject, 1);
    let far: Vec<&Dated<'_>> = others
        .iter()
        .filter(|(_, other, _)| is_unlikely(*other, day))
        .collect();
    let own = (&meeting.date.written, day, false);
    // Where most dates of the notes are far from the meeting's, or every other meeting is, it is the meeting's that slipped.
    if far.len() > 1 && far.len() * 2 > others.len() {
        let years = years(others.iter().map(|(_, day, _)| day.year()).collect());
        report(subject, own, years, found);
    } else if let Some(year) = lonely(subject, day) {
        report(subject, own, year, found);
    } else {
        far.iter()
            .for_each(|far| report(subject, **far, day.year(), found));
    }
}

/// Where nobody met, the year in the middle is the one beside which the others are looked at.
fn of_others(subject: &DocumentSubject<'_>, found: &mut Found) {
    let all = dated(subject, 0);
    let set = subject.parts.actions.iter();
    let set = set.filter_map(|action| Some(action.set.as_ref()?.first?.year()));
    let mut known: Vec<i32> = all
        .iter()
        .map(|(_, day, _)| day.year())
        .chain(set)
        .collect();
    // Of a single date nobody could tell; the meetings of the book say when it was written.
    if known.len() < FEW {
        let meetings = &subject.book.meetings;
        let days = meetings.first().into_iter().chain(meetings.last());
        known.extend(days.filter_map(|one| Some(one.meeting.date.day()?.year())));
    }
    known.sort_unstable();
    // Of two years the earlier one is believed: slips lie in the future.
    let Some(middle) = known.get(known.len().saturating_sub(1) / 2).copied() else {
        return;
    };
    for dated in all {
        if (dated.1.year() - middle).abs() > YEARS {
            report(subject, dated, middle, found);
        }
    }
}

/// How far a date may be from the others of a document that is kept for years.
const YEARS: i32 = 20;
/// With fewer dates than this, the other dates of a document say too little.
const FEW: usize = 3;

/// Every date of a document, due dates and review dates included, but for the first ones.
fn dated<'b>(subject: &DocumentSubject<'b>, skipped: usize) -> Vec<Dated<'b>> {
    let dates = subject.parts.dates.iter().skip(skipped);
    let dates = dates.map(|date| (&date.whole().written, date.day(), date.withheld));
    let dues = subject.parts.dues.iter().chain(&subject.parts.reviews);
    let dues = dues.map(|due| (&due.whole().written, due_day(due.rule), due.withheld));
    dates
        .chain(dues)
        .filter_map(|(written, day, withheld)| Some((written, day?, withheld)))
        .collect()
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
fn lonely(subject: &DocumentSubject<'_>, meeting: NaiveDate) -> Option<i32> {
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
    subject: &DocumentSubject<'_>,
    (written, day, withheld): Dated<'_>,
    beside: i32,
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
