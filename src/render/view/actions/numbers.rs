//! The figures of a series in words, for a table and for those who cannot see the chart.

use super::super::people::and;
use super::rows::counted;
use super::{SheetKind, Sheets, chart};
use crate::ledger::{Carried, Figures, Period, PeriodSpan, figures};
use crate::model::Edition;
use crate::render::dates;
use crate::render::format::{Format, Ready};
use crate::render::view::Fact;
use serde::Serialize;

/// What a series has done over time.
#[derive(Debug, Serialize)]
pub struct FiguresView {
    /// What each row of the table is: "Meeting", "Quarter", "Year".
    pub span_label: Ready,
    /// The table: set, closed, open.
    pub periods: Vec<PeriodView>,
    /// Whether actions came back, so that the table has a column for them.
    pub returned: bool,
    /// The chart: an `svg` element with its words; none where one stretch of time is all there is.
    pub chart: Option<Ready>,
    /// Median days to close, share closed in time.
    pub facts: Vec<Fact>,
    /// What is not counted.
    pub unknown: Option<Ready>,
}

/// What happened in a stretch of time.
#[derive(Debug, Serialize)]
pub struct PeriodView {
    /// Which it is: "27 October 2026", "July to September 2026".
    pub name: Ready,
    /// Actions set.
    pub set: usize,
    /// Actions closed.
    pub closed: usize,
    /// Actions that came back or were reopened.
    pub returned: usize,
    /// Actions open at the end.
    pub open: usize,
}

impl<E: Edition> Sheets<'_, '_, E> {
    /// The figures of the series of a sheet, where it has one that has met.
    pub(super) fn figures(&self) -> Option<FiguresView> {
        let series = self.sheet.series.as_deref()?;
        match self.sheet.kind {
            SheetKind::Register | SheetKind::Figures => {}
            SheetKind::Chair | SheetKind::Owner(_) => return None,
        }
        let ledger = &self.scribe.library.ledger;
        let figures = figures(ledger, series, self.sheet.as_at);
        let scribe = &self.scribe;
        let first = figures.periods.iter().find_map(|one| match one.span {
            PeriodSpan::Meeting(_) => Some("After the meeting of"),
            PeriodSpan::Quarter(..) => Some("Quarter"),
            PeriodSpan::Year(_) => Some("Year"),
            PeriodSpan::Before(_) | PeriodSpan::Since(_) => None,
        })?;
        let is_html = scribe.writer.format == Format::Html;
        let chart = is_html.then(|| chart::svg(&figures.periods)).flatten();
        Some(FiguresView {
            span_label: scribe.plain(first),
            periods: figures.periods.iter().map(|one| self.period(one)).collect(),
            returned: figures.periods.iter().any(|one| one.returned > 0),
            chart: chart.map(Ready::made),
            facts: self.overall(&figures),
            unknown: unknown(figures.unknown).map(|words| scribe.plain(&words)),
        })
    }

    fn period(&self, period: &Period) -> PeriodView {
        PeriodView {
            name: self.scribe.plain(&name(period.span)),
            set: period.set,
            closed: period.closed,
            returned: period.returned,
            open: period.open,
        }
    }

    fn overall(&self, figures: &Figures<'_, '_, E>) -> Vec<Fact> {
        let scribe = &self.scribe;
        let median = match figures.median_days {
            Some(days) => half(days),
            None => "No action has been closed".to_owned(),
        };
        let share = match figures.in_time_percent() {
            Some(percent) => format!("{} of {} ({percent}%)", figures.in_time, figures.dated),
            None => "No due date has come yet".to_owned(),
        };
        let carried = self.carried(&figures.carried);
        vec![
            scribe.fact("Median time to close", scribe.plain(&median)),
            scribe.fact("Closed by the original due date", scribe.plain(&share)),
            scribe.fact("Carried forward 3 times or more", carried),
        ]
    }

    /// "3 actions. Open: 3/26 (4 times) and 5/26 (3 times). Closed: 1/26".
    fn carried(&self, carried: &[Carried<'_, '_, E>]) -> Ready {
        if carried.is_empty() {
            return self.scribe.plain("None");
        }
        let refs = |closed: bool| -> Vec<String> {
            let some = carried.iter().filter(|one| one.closed == closed);
            some.map(|one| self.carried_ref(one)).collect()
        };
        let mut words = counted(carried.len() as i64, "action");
        for (label, refs) in [("Open", refs(false)), ("Closed", refs(true))] {
            if !refs.is_empty() {
                words.push_str(&format!(". {label}: {}", and(&refs)));
            }
        }
        Ready::made(words)
    }

    /// The ref of an action, with how often it was carried forward while it is open.
    fn carried_ref(&self, carried: &Carried<'_, '_, E>) -> String {
        let scribe = &self.scribe;
        let reference = carried.entry.reference;
        let reference = reference.map(|text| scribe.writer.title(text));
        let reference = reference.unwrap_or_else(|| scribe.plain("new"));
        match carried.closed {
            true => reference.as_str().to_owned(),
            false => format!("{} ({} times)", reference.as_str(), carried.times),
        }
    }
}

/// A stretch of time in words.
pub(super) fn name(span: PeriodSpan) -> String {
    match span {
        PeriodSpan::Before(day) => format!("Before {}", dates::day(day)),
        PeriodSpan::Meeting(day) => dates::day(day),
        PeriodSpan::Quarter(year, quarter) => {
            let months = ["January to March", "April to June", "July to September"];
            let months = months.get(quarter as usize - 1);
            format!("{} {year}", months.unwrap_or(&"October to December"))
        }
        PeriodSpan::Year(year) => year.to_string(),
        PeriodSpan::Since(_) => "Since then".to_owned(),
    }
}

/// "42 days", "42.5 days".
fn half(days: f64) -> String {
    match days {
        1.0 => "1 day".to_owned(),
        days if days.fract() == 0.0 => format!("{days:.0} days"),
        days => format!("{days:.1} days"),
    }
}

fn unknown(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 action that is withheld is not counted.".to_owned()),
        count => Some(format!(
            "{count} actions that are withheld are not counted."
        )),
    }
}
