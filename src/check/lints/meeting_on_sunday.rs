//! A meeting, or the stamp of an update, is dated on a Sunday.

use crate::check::calendar::full;
use crate::check::wording::public_words;
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::date::DateReading;
use crate::source::Span;
use chrono::{Datelike, NaiveDate, Weekday};

pub(super) const LINT: Lint = Lint {
    code: "meeting-on-sunday",
    severity: Severity::Note,
    summary: "A meeting, or the stamp of an update, is dated on a Sunday.",
    explanation: "Boards seldom meet on a Sunday: most often the day is a slip. If it is right, there is nothing \
                  to mend; the book can switch this off with a reason under `lints:`.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    if let Some(meeting) = subject.document.meeting() {
        let next = meeting.next_meeting.as_ref();
        let next = next.and_then(|next| next.date.as_ref());
        for date in [Some(&meeting.date), next].into_iter().flatten() {
            let is_open = date.written.passages().is_empty();
            report(date.day(), date.written.span, is_open, found);
        }
    }
    for update in &subject.parts.updates {
        let Some(stamp) = &update.whole().stamp else {
            continue;
        };
        if let Some((words, day)) = date_in(&public_words(stamp)) {
            let place = subject.within(stamp.span, &words);
            report(Some(day), place, !update.withheld, found);
        } else if let Some(date) = &update.whole().date {
            let is_open = !update.withheld && date.written.passages().is_empty();
            report(date.day(), date.written.span, is_open, found);
        }
    }
}

fn report(day: Option<NaiveDate>, place: Span, is_open: bool, found: &mut Found) {
    let Some(day) = day.filter(|day| day.weekday() == Weekday::Sun) else {
        return;
    };
    let message = match is_open {
        true => format!("{} is a Sunday", full(day)),
        false => "this day is a Sunday".to_owned(),
    };
    found.at(place, message).help =
        Some("check the day; if the meeting was on a Sunday, leave it".to_owned());
}

/// The date that stands in the words of a stamp: "Agreed, strategic group, 10 February 2027".
fn date_in(words: &str) -> Option<(String, NaiveDate)> {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.windows(3).find_map(|three| {
        let written = three.join(" ");
        let written = written.trim_matches(|c: char| !c.is_alphanumeric());
        match DateReading::of(written) {
            DateReading::Full(day, _) => Some((written.to_owned(), day)),
            _ => None,
        }
    })
}
