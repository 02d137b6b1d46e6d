//! A text names a day that does not exist, or a weekday that does not fit its date.

use crate::check::wording::{Token, shortened, tokens};
use crate::check::{Check, Cue, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::date::DateReading;
use crate::model::due::DueRule;
use crate::source::Span;
use chrono::Datelike;
use std::collections::BTreeSet;

pub(super) const LINT: Lint = Lint {
    code: "date-in-text",
    severity: Severity::Warning,
    summary: "A text names a day that does not exist, or a weekday that does not fit its date.",
    explanation: "A reader cannot tell what was meant: `Monday 26 August 2026` was a Wednesday, and September has \
                  30 days. Correct the day, the month or the weekday. Only dates with a year of four figures are \
                  looked at.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let dues = subject.parts.dues.iter().chain(&subject.parts.reviews);
    let days = dues.filter(|due| matches!(due.rule, DueRule::Day(_)));
    // A due date that is a date is looked at as one.
    let days: BTreeSet<Span> = days.map(|due| due.written.span).collect();
    let prose = subject
        .texts
        .iter()
        .filter(|shown| shown.cues.has(Cue::Digit))
        .filter(|shown| !subject.parts.not_prose.contains(&shown.text.span))
        .filter(|shown| !days.contains(&shown.text.span));
    for shown in prose {
        let mut seen = BTreeSet::new();
        for (written, fault) in faults(&shown.words) {
            if !seen.insert(written) {
                continue;
            }
            let place = subject.within(shown.text.span, written);
            found.at(place, fault.message(written)).help = Some(fault.help());
        }
    }
}

/// What is wrong with a date.
enum Fault {
    NoSuchDay,
    /// The weekday that it is.
    Weekday(String),
}

impl Fault {
    fn message(&self, written: &str) -> String {
        let written = shortened(written);
        match self {
            Fault::NoSuchDay => format!("there is no such day as {written}"),
            Fault::Weekday(really) => format!("`{written}` is a {really}"),
        }
    }

    fn help(&self) -> String {
        match self {
            Fault::NoSuchDay => "correct the day or the month".to_owned(),
            Fault::Weekday(really) => format!("write {really}, or correct the day"),
        }
    }
}

/// The dates in words that cannot be, as they are written.
fn faults(words: &str) -> Vec<(&str, Fault)> {
    let mut four = words.as_bytes().windows(4);
    if !four.any(|four| four.iter().all(u8::is_ascii_digit)) {
        return Vec::new();
    }
    let tokens = tokens(words);
    let dates = tokens.windows(3).enumerate().filter_map(|(at, date)| {
        let [day, month, year] = date else {
            return None;
        };
        let is_date = day.text.starts_with(|c: char| c.is_ascii_digit())
            && is_year(year)
            && is_near(words, day, month)
            && is_near(words, month, year);
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        let weekday = before.filter(|before| is_weekday(before) && is_near(words, before, day));
        let first = weekday.unwrap_or(day);
        is_date.then(|| &words[first.start..year.end()])
    });
    dates
        .filter_map(|written| Some((written, fault(written)?)))
        .collect()
}

fn fault(written: &str) -> Option<Fault> {
    match DateReading::of(written) {
        DateReading::NoSuchDay => Some(Fault::NoSuchDay),
        DateReading::Full(day, Some(weekday)) if day.weekday() != weekday => {
            Some(Fault::Weekday(day.format("%A").to_string()))
        }
        _ => None,
    }
}

fn is_year(token: &Token<'_>) -> bool {
    token.text.len() == 4 && token.text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether it is a weekday in full: "sat" is a word too.
fn is_weekday(token: &Token<'_>) -> bool {
    token.is_one_of(&[
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ])
}

/// Whether nothing but spaces and a comma stands between two words.
fn is_near(words: &str, before: &Token<'_>, after: &Token<'_>) -> bool {
    let between = &words[before.end()..after.start];
    between.len() <= 2 && between.chars().all(|c| matches!(c, ' ' | ',' | '\n'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::cues::Cues;

    #[test]
    fn dates_that_cannot_be_are_found_and_no_others() {
        let found = |words: &'static str| -> Vec<String> {
            let all = faults(words).into_iter();
            all.map(|(written, fault)| fault.message(written)).collect()
        };
        assert_eq!(
            found("By Monday 26\nAugust 2026, or on 31st September 2026."),
            [
                "`Monday 26 August 2026` is a Wednesday",
                "there is no such day as 31st September 2026"
            ]
        );
        assert_eq!(
            found("On Wednesday, 26 August 2026 the court sat."),
            [""; 0]
        );
        assert_eq!(
            found("The court sat 26 August 2026; Monday 26 August."),
            [""; 0]
        );
        assert_eq!(found("On Monday. 26 August 2026; 45 cases 2026"), [""; 0]);
        let words = "31 September 2026";
        assert!(!faults(words).is_empty() && Cues::in_words(words).has(Cue::Digit));
    }
}
