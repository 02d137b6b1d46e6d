//! When an action is due: as written, and the day that it comes to.

use super::date::{DateReading, last_day, month_number, number};
use super::edition::{Edition, Internal, Public, Redact};
use super::record::{record, same_in_public};
use super::text::Text;
use super::texts::{HasTexts, Texts};
use crate::source::Span;
use crate::yaml::{Definitions, FromNode, Node, Reader, Value};
use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::json;

/// When an action is due.
pub struct Due<E: Edition = Internal> {
    /// Where it stands.
    pub span: Span,
    /// What stands in the file: the due date, the condition, or why there is none.
    pub written: Text<E>,
    /// What it means.
    pub rule: DueRule,
    /// Why it was changed, where a new date replaces an older one.
    pub reason: Option<Text<E>>,
}

/// What a due date means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueRule {
    /// A day; the reading tells how it was written.
    Day(DateReading),
    /// A month or the end of one: its last day counts.
    Month(i32, u32),
    /// The end of a year.
    EndOfYear(i32),
    /// So long after the meeting, or after the day on which the action was set.
    After(u32, Unit),
    /// A meeting of the same series.
    Meeting(MeetingRef),
    /// When a condition is met.
    Condition,
    /// Never, with a reason.
    None,
    /// Not understood; printed as written.
    Unclear,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

/// A meeting named by its day, or by its month: then the first of its series in that month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingRef {
    /// The meeting on this day.
    Day(NaiveDate),
    /// The first meeting in this month.
    Month(i32, u32),
}

same_in_public!(DueRule, MeetingRef);

impl MeetingRef {
    /// Whether it is a month that had passed on a day.
    fn is_over(self, on: NaiveDate) -> bool {
        match self {
            MeetingRef::Day(_) => false,
            MeetingRef::Month(year, month) => last_day(year, month).is_some_and(|last| last < on),
        }
    }

    /// Whether a day lies in its month, or is it.
    fn is_on(self, day: NaiveDate) -> bool {
        match self {
            MeetingRef::Day(own) => own == day,
            MeetingRef::Month(year, month) => (day.year(), day.month()) == (year, month),
        }
    }

    /// Reads `2026-11`, `November 2026`, or a date.
    pub fn of(text: &str) -> Option<MeetingRef> {
        let text = text.trim();
        match DateReading::of(text).day() {
            Some(day) => Some(MeetingRef::Day(day)),
            None => month_of(text).map(|(year, month)| MeetingRef::Month(year, month)),
        }
    }
}

impl DueRule {
    /// Reads the text of a due date.
    pub fn of(text: &str) -> DueRule {
        let text = text.trim();
        let text = strip_word(text, "by").unwrap_or(text);
        let reading = DateReading::of(text);
        if reading != DateReading::Unclear {
            return DueRule::Day(reading);
        }
        if let Some((year, month)) = month_of(text) {
            return DueRule::Month(year, month);
        }
        end_of(text)
            .or_else(|| after(text))
            .unwrap_or(DueRule::Unclear)
    }

    /// The day that it comes to. `set` is the day from which "in 2 weeks" counts, `meeting` finds the day of a meeting
    /// of the same series.
    pub fn day(
        self,
        set: Option<NaiveDate>,
        meeting: impl FnOnce(MeetingRef) -> Option<NaiveDate>,
    ) -> Option<NaiveDate> {
        match self {
            DueRule::Day(reading) => reading.day(),
            DueRule::Month(year, month) => last_day(year, month),
            DueRule::EndOfYear(year) => last_day(year, 12),
            DueRule::After(count, unit) => later(set?, count, unit),
            DueRule::Meeting(reference) => {
                // A meeting that is moved moves on from its month; none moves on from one that was over already.
                let is_late = set.is_some_and(|set| reference.is_over(set));
                meeting(reference).filter(|day| !is_late || reference.is_on(*day))
            }
            DueRule::Condition | DueRule::None | DueRule::Unclear => None,
        }
    }
}

fn later(from: NaiveDate, count: u32, unit: Unit) -> Option<NaiveDate> {
    let day = match unit {
        Unit::Days => from.checked_add_days(Days::new(u64::from(count))),
        Unit::Weeks => from.checked_add_days(Days::new(u64::from(count) * 7)),
        Unit::Months => from.checked_add_months(Months::new(count)),
        Unit::Years => from.checked_add_months(Months::new(count.checked_mul(12)?)),
    };
    // A year has four digits wherever it is written.
    day.filter(|day| day.year() <= 9999)
}

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (first, rest) = text.split_once(' ')?;
    first.eq_ignore_ascii_case(word).then(|| rest.trim_start())
}

fn month_of(text: &str) -> Option<(i32, u32)> {
    if let Some((year, month)) = text.split_once('-') {
        let (year, month) = (year_number(year)?, number(month, 1..=2)?);
        return (1..=12).contains(&month).then_some((year, month));
    }
    let (month, year) = text.split_once(' ')?;
    Some((year_number(year)?, month_number(month)?))
}

fn year_number(text: &str) -> Option<i32> {
    let text = text.trim();
    let plain = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn end_of(text: &str) -> Option<DueRule> {
    let rest = strip_word(text, "end")?;
    let rest = strip_word(rest, "of").unwrap_or(rest);
    match year_number(rest) {
        Some(year) => Some(DueRule::EndOfYear(year)),
        None => month_of(rest).map(|(year, month)| DueRule::Month(year, month)),
    }
}

fn after(text: &str) -> Option<DueRule> {
    let rest = strip_word(text, "within").or_else(|| strip_word(text, "in"))?;
    let (count, unit) = rest.split_once(' ')?;
    let unit = match unit.trim().trim_end_matches('s').to_lowercase().as_str() {
        "day" => Unit::Days,
        "week" => Unit::Weeks,
        "month" => Unit::Months,
        "year" => Unit::Years,
        _ => return None,
    };
    Some(DueRule::After(count_of(count)?, unit))
}

/// A count in figures or, up to twelve, in words.
pub(super) fn count_of(text: &str) -> Option<u32> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let text = text.to_lowercase();
    if text == "a" {
        return Some(1);
    }
    match WORDS.iter().position(|word| *word == text) {
        Some(count) => Some(count as u32),
        None => number(&text, 1..=4).filter(|count| *count <= 5000),
    }
}

record! {
    /// A due date that is more than a text.
    "a due date" struct DueFields<E> {
        /// A date, or anything that can stand as a due date in one line.
        date: Option<Text<E>>,
        /// A meeting of this series: `2026-11`, or its date.
        meeting: Option<Text<E>>,
        /// The condition on which it becomes due.
        when: Option<Text<E>>,
        /// Why there is no due date.
        none: Option<Text<E>>,
        /// Why an earlier due date was changed.
        reason: Option<Text<E>>,
    }
}

impl FromNode for Due<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            let written = Text::from_node(node, reader)?;
            let rule = DueRule::of(written.source());
            return Some(Due {
                span: node.span,
                written,
                rule,
                reason: None,
            });
        }
        let fields: DueFields = DueFields::from_node(node, reader)?;
        let (written, rule) = match (fields.date, fields.meeting, fields.when, fields.none) {
            (Some(date), None, None, None) => {
                let rule = DueRule::of(date.source());
                (date, rule)
            }
            (None, Some(meeting), None, None) => {
                let rule =
                    MeetingRef::of(meeting.source()).map_or(DueRule::Unclear, DueRule::Meeting);
                (meeting, rule)
            }
            (None, None, Some(condition), None) => (condition, DueRule::Condition),
            (None, None, None, Some(why)) => (why, DueRule::None),
            _ => {
                reader.fault(
                    crate::diagnostic::Diagnostic::error(
                        "wrong-type",
                        fields.span,
                        "a due date needs exactly one of `date`, `meeting`, `when` and `none`",
                    )
                    .help(
                        "for example `due: { meeting: 2026-11 }` or `due: { none: standing duty }`",
                    ),
                );
                return None;
            }
        };
        Some(Due {
            span: fields.span,
            written,
            rule,
            reason: fields.reason,
        })
    }

    fn schema(definitions: &mut Definitions) -> serde_json::Value {
        json!({ "anyOf": [
            { "type": "string", "examples": ["2026-11-24", "April 2026", "end 2026", "in 2 weeks"] },
            DueFields::schema(definitions),
        ] })
    }
}

impl Redact for Due<Internal> {
    type Public = Due<Public>;

    fn redact(&self) -> Due<Public> {
        Due {
            span: self.span,
            written: self.written.redact(),
            rule: self.rule,
            reason: self.reason.redact(),
        }
    }
}

impl HasTexts for Due<Internal> {
    fn texts<'t>(&'t self, met: &mut Texts<'t>) {
        self.written.texts(met);
        met.field("reason");
        self.reason.texts(met);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn due_dates_come_to_a_day() {
        let set = day(2019, 2, 26);
        for (text, expected) in [
            ("2026-11-24", day(2026, 11, 24)),
            ("by 30 September 2018", day(2018, 9, 30)),
            ("April 2026", day(2026, 4, 30)),
            ("2026-02", day(2026, 2, 28)),
            ("end 2012", day(2012, 12, 31)),
            ("end of February 2028", day(2028, 2, 29)),
            ("within two weeks", day(2019, 3, 12)),
            ("in 2 weeks", day(2019, 3, 12)),
            ("in 3 months", day(2019, 5, 26)),
            ("in a year", day(2020, 2, 26)),
        ] {
            assert_eq!(DueRule::of(text).day(set, |_| None), expected, "{text}");
        }
        for text in [
            "October",
            "N/A",
            "ongoing",
            "1.10",
            "in many weeks",
            "in 99999999999 days",
            "",
        ] {
            assert_eq!(DueRule::of(text), DueRule::Unclear, "{text}");
        }
    }

    #[test]
    fn a_meeting_is_not_moved_out_of_a_month_that_was_over() {
        let due = |month, held| {
            let rule = DueRule::Meeting(MeetingRef::Month(2026, month));
            rule.day(day(2026, 8, 25), |_| held)
        };
        assert_eq!(due(9, day(2026, 10, 27)), day(2026, 10, 27));
        assert_eq!(due(8, day(2026, 8, 25)), day(2026, 8, 25));
        assert_eq!(due(7, day(2026, 7, 28)), day(2026, 7, 28));
        assert_eq!(due(7, day(2026, 8, 25)), None);
    }

    #[test]
    fn a_meeting_is_named_by_month_or_day() {
        assert_eq!(MeetingRef::of("2026-11"), Some(MeetingRef::Month(2026, 11)));
        assert_eq!(
            MeetingRef::of("November 2026"),
            Some(MeetingRef::Month(2026, 11))
        );
        assert_eq!(
            MeetingRef::of("2026-11-24"),
            day(2026, 11, 24).map(MeetingRef::Day)
        );
        assert_eq!(MeetingRef::of("next"), None);
    }
}
