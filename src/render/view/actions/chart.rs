//! The figures of a series as a small chart: set as solid bars, closed as outlined bars, open as a line with dots. It can
//! be read without colour, and what it shows is said in its text alternative.

use super::numbers::name;
use crate::ledger::{Period, PeriodSpan};
use chrono::Datelike;

/// The sheet of the drawing, in its own units.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 216.0;
/// The field inside the axes.
const LEFT: f64 = 34.0;
const RIGHT: f64 = 592.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 174.0;
/// The widest that a bar is drawn.
const BAR: f64 = 18.0;
/// At most so many lines stand between the bottom and the top.
const STEPS: usize = 4;

/// The chart; `None` where one stretch of time is all there is, because nothing could be compared.
pub(super) fn svg(periods: &[Period]) -> Option<String> {
    if periods.len() < 2 {
        return None;
    }
    let most = periods
        .iter()
        .map(|one| one.set.max(one.closed).max(one.open));
    let step = step(most.clone().max().unwrap_or(0));
    let top = most.max().unwrap_or(0).div_ceil(step).max(1) * step;
    let field = Field { periods, top };
    let mut svg = format!(
        "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"chart-title\"><title id=\"chart-title\">{}</title>\n",
        alternative(periods)
    );
    svg.push_str(&key());
    svg.push_str(&field.axis(step));
    svg.push_str(&field.bars());
    svg.push_str(&field.line());
    svg.push_str(&field.names());
    svg.push_str("</svg>");
    Some(svg)
}

/// Where numbers and stretches of time stand in the drawing.
struct Field<'p> {
    periods: &'p [Period],
    top: usize,
}

impl Field<'_> {
    fn pitch(&self) -> f64 {
        (RIGHT - LEFT) / self.periods.len() as f64
    }

    fn x(&self, at: usize) -> f64 {
        LEFT + self.pitch() * (at as f64 + 0.5)
    }

    fn y(&self, count: usize) -> f64 {
        BOTTOM - (BOTTOM - TOP) * count as f64 / self.top as f64
    }

    /// The numbers at the left, each with its line.
    fn axis(&self, step: usize) -> String {
        let mut axis = String::new();
        for count in (step..=self.top).step_by(step) {
            let y = self.y(count);
            axis.push_str(&format!(
                "<line x1=\"{LEFT}\" y1=\"{y:.1}\" x2=\"{RIGHT}\" y2=\"{y:.1}\" stroke=\"var(--hairline)\"/>"
            ));
        }
        axis.push_str("<g font-size=\"12\" fill=\"currentColor\" text-anchor=\"end\">");
        for count in (0..=self.top).step_by(step) {
            let (x, y) = (LEFT - 7.0, self.y(count) + 4.0);
            axis.push_str(&format!("<text x=\"{x}\" y=\"{y:.1}\">{count}</text>"));
        }
        axis.push_str("</g>\n");
        axis
    }

    /// Set and closed, side by side, and the ground on which they stand.
    fn bars(&self) -> String {
        let width = (self.pitch() * 0.3).min(BAR);
        let mut bars = String::new();
        for (at, period) in self.periods.iter().enumerate() {
            let x = self.x(at);
            if period.set > 0 {
                bars.push_str(&solid(x - width - 1.0, self.y(period.set), width));
            }
            if period.closed > 0 {
                bars.push_str(&outlined(x + 1.0, self.y(period.closed), width));
            }
        }
        bars.push_str(&format!(
            "<line x1=\"{LEFT}\" y1=\"{BOTTOM}\" x2=\"{RIGHT}\" y2=\"{BOTTOM}\" stroke=\"currentColor\"/>\n"
        ));
        bars
    }

    fn line(&self) -> String {
        let points = self.periods.iter().enumerate();
        let points = points.map(|(at, one)| format!("{:.1},{:.1}", self.x(at), self.y(one.open)));
        let points: Vec<String> = points.collect();
        let points = points.join(" ");
        // A seam of paper keeps the line apart from the bars that it crosses.
        let stroke = |colour: &str, width: u8| {
            format!(
                "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"/>"
            )
        };
        let mut line = stroke("var(--paper)", 6) + &stroke("currentColor", 2);
        for (at, period) in self.periods.iter().enumerate() {
            line.push_str(&dot(self.x(at), self.y(period.open)));
        }
        line.push('\n');
        line
    }

    fn names(&self) -> String {
        let mut names =
            "<g font-size=\"12\" fill=\"currentColor\" text-anchor=\"middle\">".to_owned();
        let mut year_before = None;
        for (at, period) in self.periods.iter().enumerate() {
            let (x, y) = (self.x(at), BOTTOM + 17.0);
            let (short, year) = short(period.span);
            names.push_str(&format!("<text x=\"{x:.1}\" y=\"{y}\">{short}</text>"));
            if let Some(year) = year.filter(|_| year != year_before) {
                let y = y + 16.0;
                names.push_str(&format!("<text x=\"{x:.1}\" y=\"{y}\">{year}</text>"));
            }
            year_before = year.or(year_before);
        }
        names.push_str("</g>\n");
        names
    }
}

/// What is what, with a sample of each.
fn key() -> String {
    let word = |x: f64, words: &str| format!("<text x=\"{x}\" y=\"14\">{words}</text>");
    let line = "<line x1=\"182\" y1=\"10\" x2=\"206\" y2=\"10\" stroke=\"currentColor\" stroke-width=\"2\"/>";
    format!(
        "<rect x=\"{LEFT}\" y=\"4\" width=\"12\" height=\"12\" fill=\"var(--accent)\" stroke=\"currentColor\"/><rect x=\"102\" y=\"4\" width=\"12\" height=\"12\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>{line}{}<g font-size=\"12\" fill=\"currentColor\">{}{}{}</g>\n",
        dot(194.0, 10.0),
        word(52.0, "Set"),
        word(120.0, "Closed"),
        word(212.0, "Open")
    )
}

fn solid(x: f64, y: f64, width: f64) -> String {
    let height = BOTTOM - y;
    format!(
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"var(--accent)\" stroke=\"currentColor\"/>"
    )
}

fn outlined(x: f64, y: f64, width: f64) -> String {
    let height = BOTTOM - y;
    format!(
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"
    )
}

fn dot(x: f64, y: f64) -> String {
    format!(
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"currentColor\" stroke=\"var(--paper)\" stroke-width=\"1.5\"/>"
    )
}

/// A stretch of time as short as a chart needs it, and its year where a second line says it.
fn short(span: PeriodSpan) -> (String, Option<i32>) {
    match span {
        PeriodSpan::Before(_) => ("Before".to_owned(), None),
        PeriodSpan::Meeting(day) => (day.format("%-d %b").to_string(), Some(day.year())),
        PeriodSpan::Quarter(year, quarter) => (format!("Q{quarter}"), Some(year)),
        PeriodSpan::Year(year) => (year.to_string(), None),
        PeriodSpan::Since(_) => ("Since".to_owned(), None),
    }
}

/// The least of 1, 2, 5, 10, 20, 50 and so on that takes few steps to a number.
fn step(most: usize) -> usize {
    let mut ten = 1;
    loop {
        for next in [ten, ten * 2, ten * 5] {
            if most <= next * STEPS {
                return next;
            }
        }
        ten *= 10;
    }
}

/// The chart in words.
fn alternative(periods: &[Period]) -> String {
    let of = |one: &Period| {
        format!(
            "{}: {} set, {} closed, {} open",
            name(one.span),
            one.set,
            one.closed,
            one.open
        )
    };
    let all: Vec<String> = periods.iter().map(of).collect();
    format!("Actions set, closed and open. {}.", all.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_takes_few_round_steps() {
        for (most, expected) in [
            (0, 1),
            (4, 1),
            (5, 2),
            (9, 5),
            (20, 5),
            (21, 10),
            (4000, 1000),
        ] {
            assert_eq!(step(most), expected, "{most}");
        }
    }

    #[test]
    fn one_stretch_of_time_is_no_chart() {
        let period = Period {
            span: PeriodSpan::Year(2026),
            set: 3,
            closed: 1,
            returned: 0,
            open: 2,
        };
        assert_eq!(svg(&[period]), None);
        let chart = svg(&[period, period]).expect("a chart");
        assert!(chart.contains("2026: 3 set, 1 closed, 2 open; 2026: 3 set"));
    }
}
