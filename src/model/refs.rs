//! The pattern by which the refs of new actions are numbered: `{n}/{yy}`, `{yyyy}-{mm}/{nn}`.

use chrono::{Datelike, NaiveDate};
use std::fmt::Write;

/// A ref as it is looked up: case and the spaces around it do not count.
pub fn folded(reference: &str) -> String {
    reference.trim().to_lowercase()
}

/// The pattern of a series or tracker that names none.
pub const USUAL: &str = "{n}/{yy}";

/// A pattern of refs: words, and places for a number, a year and a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    parts: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    /// The running number, filled up with zeros to so many digits.
    Number(usize),
    /// The year, in so many digits: two or four.
    Year(usize),
    Month,
}

/// What numbers run through: all refs of one pattern, those of a year, or those of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Run {
    /// The year, as far as the pattern has one; two digits count from 2000.
    pub year: Option<i32>,
    /// The month, where the pattern has one.
    pub month: Option<u32>,
}

impl Pattern {
    /// Reads a pattern. `None` when there is no place for the number, more than one, or a place that is not known.
    pub fn of(text: &str) -> Option<Pattern> {
        let mut parts = Vec::new();
        let mut rest = text.trim();
        while let Some((words, after)) = rest.split_once('{') {
            if !words.is_empty() {
                parts.push(Piece::Words(words.to_owned()));
            }
            let (place, after) = after.split_once('}')?;
            parts.push(match place {
                "yyyy" => Piece::Year(4),
                "yy" => Piece::Year(2),
                "mm" => Piece::Month,
                _ if !place.is_empty() && place.len() < 10 && place.bytes().all(|b| b == b'n') => {
                    Piece::Number(place.len())
                }
                _ => return None,
            });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Piece::Words(rest.to_owned()));
        }
        let numbers = parts.iter().filter(|part| matches!(part, Piece::Number(_)));
        (numbers.count() == 1 && !rest.contains('}')).then_some(Pattern { parts })
    }

    /// The ref with this number in a run.
    pub fn write(&self, number: u32, run: Run) -> String {
        let (year, month) = (run.year.unwrap_or(0), run.month.unwrap_or(0));
        let mut text = String::new();
        for part in &self.parts {
            // Writing to a string cannot fail.
            let _ = match part {
                Piece::Words(words) => write!(text, "{words}"),
                Piece::Number(width) => write!(text, "{number:0width$}"),
                Piece::Year(2) => write!(text, "{:02}", year.rem_euclid(100)),
                Piece::Year(_) => write!(text, "{year:04}"),
                Piece::Month => write!(text, "{month:02}"),
            };
        }
        text
    }

    /// The run to which an action that was set on this day belongs.
    pub fn run(&self, day: NaiveDate) -> Run {
        let has = |wanted: fn(&Piece) -> bool| self.parts.iter().any(wanted);
        Run {
            year: has(|part| matches!(part, Piece::Year(_))).then(|| day.year()),
            month: has(|part| *part == Piece::Month).then(|| day.month()),
        }
    }

    /// The number of a ref and the run that it belongs to; `None` for a ref of another pattern. Letters may be large or small.
    pub fn read(&self, reference: &str) -> Option<(u32, Run)> {
        let reference = reference.trim().to_lowercase();
        let mut rest = reference.as_str();
        let mut number = None;
        let mut run = Run {
            year: None,
            month: None,
        };
        for part in &self.parts {
            match part {
                Piece::Words(words) => rest = rest.strip_prefix(&words.to_lowercase())?,
                Piece::Number(_) => number = Some(digits(&mut rest, 1..=9)?),
                Piece::Year(2) => run.year = Some(2000 + digits(&mut rest, 2..=2)? as i32),
                Piece::Year(_) => run.year = Some(digits(&mut rest, 4..=4)? as i32),
                Piece::Month => run.month = Some(digits(&mut rest, 2..=2)?),
            }
        }
        rest.is_empty().then_some((number?, run))
    }
}

/// Takes a number of so many digits, or as many as there are up to that.
fn digits(rest: &mut &str, count: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let found = rest.bytes().take_while(u8::is_ascii_digit).count();
    let taken = found.min(*count.end());
    if !count.contains(&taken) {
        return None;
    }
    let (number, after) = rest.split_at(taken);
    *rest = after;
    number.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refs_are_written_and_read_back() {
        let day = NaiveDate::from_ymd_opt(2026, 8, 25).expect("a day");
        for (pattern, expected) in [
            ("{n}/{yy}", "7/26"),
            ("H{n}/{yy}", "H7/26"),
            ("{yyyy}-{mm}/{nn}", "2026-08/07"),
            ("A{nnn}", "A007"),
        ] {
            let pattern = Pattern::of(pattern).expect("a pattern");
            let reference = pattern.write(7, pattern.run(day));
            assert_eq!(reference, expected);
            assert_eq!(pattern.read(&reference), Some((7, pattern.run(day))));
            assert_eq!(
                pattern.read(&reference.to_lowercase()),
                Some((7, pattern.run(day)))
            );
            assert_eq!(pattern.read(&format!("{reference}x")), None);
        }
        assert_eq!(Pattern::of("{yy}"), None);
        assert_eq!(Pattern::of("{n}{n}"), None);
        assert_eq!(Pattern::of("{n}/{year}"), None);
        assert_eq!(Pattern::of("{n"), None);
    }
}
