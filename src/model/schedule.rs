//! On which days a series meets, as people write it: `last Tuesday`, `second and fourth Thursday`, `15th`, `last working
//! day`, `every Tuesday`, each perhaps `of March and September` or `of each quarter`. Public holidays are not known here.

use super::date::{last_day, month_number};
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// On which days a series meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    days: DayRule,
    months: Months,
}

/// Which days of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
enum DayRule {
    /// Each of these weekdays.
    Every(Vec<Weekday>),
    /// The first, second or last of a weekday.
    Nth(Vec<Nth>, Weekday),
    /// The first or last day from Monday to Friday.
    Working(Vec<Nth>),
    /// Days by their number.
    Numbered(Vec<u32>),
    /// The last day.
    Last,
}

/// Which of several days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nth {
    FromStart(usize),
    Last,
}

/// In which months.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Months {
    All,
    Named(Vec<u32>),
    /// The first days of a quarter are in its first month, the last ones in its last.
    Quarters,
}

/// For how many months a day is looked for: a fifth Friday of February can be 40 years away.
const PATIENCE: u32 = 41 * 12;

impl Schedule {
    /// Reads a schedule; `None` when it is not understood.
    pub fn of(text: &str) -> Option<Schedule> {
        let text = text.trim().trim_end_matches('.').to_lowercase();
        let text = text.strip_prefix("the ").unwrap_or(&text);
        let (days, months) = match text.split_once(" of ").or_else(|| text.split_once(" in ")) {
            Some((days, months)) => (days, months_of(months)?),
            None => match text
                .strip_suffix(" monthly")
                .or(text.strip_prefix("monthly "))
            {
                Some(days) => (days, Months::All),
                None => (text, Months::All),
            },
        };
        let days = days_of(days)?;
        let is_vague = matches!(days, DayRule::Every(_) | DayRule::Numbered(_));
        (!(is_vague && months == Months::Quarters)).then_some(Schedule { days, months })
    }

    /// The first such day after a day.
    pub fn first_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        let (mut year, mut month) = (day.year(), day.month());
        for _ in 0..PATIENCE {
            let found = self.days_in(year, month).into_iter();
            if let Some(found) = found.filter(|found| *found > day).min() {
                return (found.year() <= 9999).then_some(found);
            }
            (year, month) = match month {
                12 => (year + 1, 1),
                _ => (year, month + 1),
            };
        }
        None
    }

    fn days_in(&self, year: i32, month: u32) -> Vec<NaiveDate> {
        let is_meant = |nth: &Nth| match (&self.months, nth) {
            (Months::All, _) => true,
            (Months::Named(months), _) => months.contains(&month),
            (Months::Quarters, Nth::FromStart(_)) => month % 3 == 1,
            (Months::Quarters, Nth::Last) => month.is_multiple_of(3),
        };
        let all: Vec<NaiveDate> = all_days(year, month);
        let chosen = |nths: &[Nth], is_one: &dyn Fn(&NaiveDate) -> bool| {
            let candidates: Vec<NaiveDate> = all.iter().copied().filter(is_one).collect();
            let meant = nths.iter().filter(|nth| is_meant(nth));
            meant.filter_map(|nth| nth.of(&candidates)).collect()
        };
        match &self.days {
            DayRule::Nth(nths, weekday) => chosen(nths, &|day| day.weekday() == *weekday),
            DayRule::Working(nths) => chosen(nths, &|day| day.weekday().number_from_monday() <= 5),
            DayRule::Last => chosen(&[Nth::Last], &|_| true),
            DayRule::Every(weekdays) => {
                let is_one = |day: &NaiveDate| weekdays.contains(&day.weekday());
                all.iter()
                    .copied()
                    .filter(is_one)
                    .filter(|_| is_meant(&Nth::Last))
                    .collect()
            }
            DayRule::Numbered(numbers) => {
                let is_one = |day: &NaiveDate| numbers.contains(&day.day());
                all.iter()
                    .copied()
                    .filter(is_one)
                    .filter(|_| is_meant(&Nth::Last))
                    .collect()
            }
        }
    }
}

impl Nth {
    fn of(self, days: &[NaiveDate]) -> Option<NaiveDate> {
        match self {
            Nth::FromStart(number) => days.get(number.checked_sub(1)?).copied(),
            Nth::Last => days.last().copied(),
        }
    }

    fn read(word: &str) -> Option<Nth> {
        const WORDS: [[&str; 2]; 5] = [
            ["first", "1st"],
            ["second", "2nd"],
            ["third", "3rd"],
            ["fourth", "4th"],
            ["fifth", "5th"],
        ];
        if word == "last" {
            return Some(Nth::Last);
        }
        let at = WORDS.iter().position(|words| words.contains(&word))?;
        Some(Nth::FromStart(at + 1))
    }
}

fn all_days(year: i32, month: u32) -> Vec<NaiveDate> {
    let (first, last) = (
        NaiveDate::from_ymd_opt(year, month, 1),
        last_day(year, month),
    );
    let (Some(first), Some(last)) = (first, last) else {
        return Vec::new();
    };
    (0..u64::from(last.day()))
        .filter_map(|days| first.checked_add_days(Days::new(days)))
        .collect()
}

/// The parts of a list: `March, June and September`.
fn listed(text: &str) -> Vec<&str> {
    let parts = text.split([',', '&']).flat_map(|part| part.split(" and "));
    let parts = parts.map(|part| {
        let part = part.trim();
        part.strip_prefix("and ").unwrap_or(part).trim()
    });
    parts.filter(|part| !part.is_empty()).collect()
}

fn months_of(text: &str) -> Option<Months> {
    let text = text.trim();
    match text {
        "the month" | "each month" | "every month" | "a month" => return Some(Months::All),
        "the quarter" | "each quarter" | "every quarter" | "a quarter" => {
            return Some(Months::Quarters);
        }
        _ => {}
    }
    let months: Option<Vec<u32>> = listed(text).into_iter().map(month_number).collect();
    months
        .filter(|months| !months.is_empty())
        .map(Months::Named)
}

fn days_of(text: &str) -> Option<DayRule> {
    let text = text.trim();
    if text == "last day" {
        return Some(DayRule::Last);
    }
    let every = text
        .strip_prefix("every ")
        .or_else(|| text.strip_prefix("each "));
    if let Some(weekdays) = every {
        let weekdays: Option<Vec<Weekday>> = listed(weekdays).into_iter().map(weekday).collect();
        return weekdays.filter(|days| !days.is_empty()).map(DayRule::Every);
    }
    if let Some(rest) = text
        .strip_suffix("working day")
        .or(text.strip_suffix("weekday"))
    {
        return nths(rest).map(DayRule::Working);
    }
    if let Some(numbers) = numbers(text) {
        return Some(DayRule::Numbered(numbers));
    }
    let (rest, last) = text.rsplit_once(' ')?;
    let weekday = weekday(last)?;
    nths(rest).map(|nths| DayRule::Nth(nths, weekday))
}

fn nths(text: &str) -> Option<Vec<Nth>> {
    let nths: Option<Vec<Nth>> = listed(text).into_iter().map(Nth::read).collect();
    nths.filter(|nths| !nths.is_empty())
}

fn weekday(word: &str) -> Option<Weekday> {
    // "Tuesdays" is said of "every".
    let word = word.trim();
    word.strip_suffix('s')
        .and_then(|one| one.parse().ok())
        .or_else(|| word.parse().ok())
}

fn numbers(text: &str) -> Option<Vec<u32>> {
    let numbers: Option<Vec<u32>> = listed(text)
        .into_iter()
        .map(|part| {
            let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let ending = &part[digits.len()..];
            let is_ending = ["st", "nd", "rd", "th", ""].contains(&ending);
            let number: u32 = digits.parse().ok().filter(|_| is_ending)?;
            (1..=31).contains(&number).then_some(number)
        })
        .collect();
    numbers.filter(|numbers| !numbers.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn after(schedule: &str, from: &str) -> String {
        let schedule = Schedule::of(schedule).unwrap_or_else(|| panic!("{schedule}"));
        let found = schedule.first_after(day(from)).expect("a day");
        found.to_string()
    }

    #[test]
    fn the_first_day_after_the_last_meeting_is_found() {
        for (schedule, from, expected) in [
            ("last Tuesday", "2026-08-25", "2026-09-29"),
            ("last Tuesday", "2026-08-24", "2026-08-25"),
            ("The last Tuesday of the month.", "2026-12-29", "2027-01-26"),
            ("first Monday", "2026-08-03", "2026-09-07"),
            ("1st Monday of each month", "2026-07-31", "2026-08-03"),
            ("second and fourth Thursday", "2026-08-13", "2026-08-27"),
            ("second and fourth Thursday", "2026-08-27", "2026-09-10"),
            ("first, third and fifth Friday", "2026-01-16", "2026-01-30"),
            ("every Tuesday", "2026-08-25", "2026-09-01"),
            ("every Tuesday and Thursday", "2026-08-25", "2026-08-27"),
            ("15th", "2026-08-15", "2026-09-15"),
            ("15th", "2026-08-14", "2026-08-15"),
            ("1st and 15th", "2026-08-01", "2026-08-15"),
            ("31st", "2026-01-31", "2026-03-31"),
            ("last working day", "2026-01-01", "2026-01-30"),
            ("last working day", "2026-01-30", "2026-02-27"),
            ("first working day", "2026-08-01", "2026-08-03"),
            ("last day", "2026-02-01", "2026-02-28"),
            ("last day of the month", "2028-02-01", "2028-02-29"),
            ("29th of February", "2026-08-25", "2028-02-29"),
            ("29th of February", "2096-03-01", "2104-02-29"),
            (
                "last Tuesday of March, June, September and December",
                "2026-06-30",
                "2026-09-29",
            ),
            ("first Monday of Mar and Sep", "2026-09-07", "2027-03-01"),
            ("last Friday of each quarter", "2026-09-25", "2026-12-25"),
            ("first Monday of every quarter", "2026-01-05", "2026-04-06"),
            ("fifth Friday of February", "2026-01-01", "2036-02-29"),
        ] {
            assert_eq!(after(schedule, from), expected, "{schedule} after {from}");
        }
    }

    #[test]
    fn every_day_found_is_later_and_of_its_kind() {
        let schedule = Schedule::of("last Tuesday").expect("a schedule");
        let mut found = day("2023-01-01");
        for _ in 0..120 {
            let next = schedule.first_after(found).expect("a day");
            assert!(next > found);
            assert_eq!(next.weekday(), Weekday::Tue);
            assert_ne!((next + Days::new(7)).month(), next.month());
            found = next;
        }
        assert_eq!(found, day("2032-12-28"));
    }

    #[test]
    fn what_is_not_understood_is_not_guessed() {
        for text in [
            "",
            "last",
            "Tuesday",
            "when needed",
            "every other Tuesday",
            "sixth Monday",
            "32nd",
            "0th",
            "last Tuesday of Smarch",
            "15th of each quarter",
            "every Tuesday of the quarter",
            "five Mondays",
            "last Tuesday of",
            "quarterly",
        ] {
            assert_eq!(Schedule::of(text), None, "{text}");
        }
    }
}
