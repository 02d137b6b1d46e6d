//! The register of actions on a terminal: a table under each heading, fitted to the width, or blocks where it is narrow.
//! Colour only repeats what the words say.

use super::Colour;
use super::people::is_obeyed;
use crate::exchange::{ActionRecord, Actions, counted, overdue};
use crate::ledger::Attention;
use anstyle::{AnsiColor, Style};
use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width};

/// A line below the heads of the columns, and one between actions.
const LINES: TableStyle = TableStyle::new()
    .header_separator(LineStyle::none().fill('\u{2550}').junction('\u{2550}'))
    .row_separator(LineStyle::none().fill('\u{2500}').junction('\u{2500}'));

/// From how many columns on each fact has a column of its own.
const WIDE: usize = 140;

/// From how many columns on "updated 25 August 2026" has room on one line.
const SPACIOUS: usize = 100;

/// From how many columns on there is a table at all.
const NARROW: usize = 60;

/// The fewest columns that anything is fitted to.
const LEAST: usize = 24;

/// The longest text of an action that is shown, in characters.
const TEXT: usize = 400;

/// The longest text beside it, such as a condition, in characters.
const ASIDE: usize = 120;

/// The register as people read it on a terminal of so many columns; ends with a line of totals.
pub fn table(actions: &Actions, width: usize, colour: Colour) -> String {
    let width = fitted(width);
    let refs = actions
        .actions
        .iter()
        .map(|one| reference(one).concat().chars().count());
    let refs = refs.max().unwrap_or(0).clamp(4, 12);
    let mut blocks = vec![wrapped(&[title(actions)], width, 0)];
    for attention in needs() {
        let of_kind = actions
            .actions
            .iter()
            .filter(|one| one.attention == attention);
        let of_kind: Vec<&ActionRecord> = of_kind.collect();
        if of_kind.is_empty() {
            continue;
        }
        blocks.push(heading(attention, of_kind.len(), colour));
        let listed = match width {
            ..NARROW => narrow(&of_kind, width),
            NARROW..SPACIOUS => rows(&of_kind, &COMPACT, (width, refs)),
            SPACIOUS..WIDE => rows(&of_kind, &ROOMY, (width, refs)),
            WIDE.. => rows(&of_kind, &FULL, (width, refs)),
        };
        blocks.push(tinted(listed, colour));
    }
    blocks.push(wrapped(&[totals(actions)], width, 0));
    blocks.join("\n\n") + "\n"
}

/// The width that something is fitted to.
pub(super) fn fitted(width: usize) -> usize {
    width.clamp(LEAST, usize::from(u16::MAX))
}

/// A column: its heading, its width in columns (0 for one as wide as its refs, `None` for the rest), and its cells.
struct Column {
    heading: &'static str,
    width: Option<usize>,
    cell: fn(&ActionRecord) -> Vec<String>,
}

const FULL: [Column; 7] = [
    column("Ref", Some(0), reference),
    column("Action", None, text),
    column("Owner", Some(16), owner),
    column("Due", Some(17), due),
    column("Age", Some(16), age),
    column("State", Some(16), state),
    column("Last update", Some(17), updated),
];

const COMPACT: [Column; 4] = compact(20);
const ROOMY: [Column; 4] = compact(25);

const fn compact(history: usize) -> [Column; 4] {
    [
        column("Ref", Some(0), reference),
        column("Action", None, text),
        column("Owner and due", Some(17), owner_and_due),
        column("State and history", Some(history), state_and_history),
    ]
}

const fn column(
    heading: &'static str,
    width: Option<usize>,
    cell: fn(&ActionRecord) -> Vec<String>,
) -> Column {
    Column {
        heading,
        width,
        cell,
    }
}

/// The rows of one table. `refs` is how wide the longest ref of all tables is, so that their columns stand below each other.
fn rows(actions: &[&ActionRecord], columns: &[Column], (width, refs): (usize, usize)) -> String {
    let own = |column: &Column| {
        let width = column.width?;
        Some(if width == 0 { refs } else { width })
    };
    // A space at each side of a cell, and one between two; the text has what is left.
    let taken: usize = columns.iter().filter_map(own).sum();
    let rest = width.saturating_sub(taken + 3 * columns.len() - 1).max(10);
    let mut table = Table::new();
    table.load_style(LINES);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width as u16);
    table.set_header(columns.iter().map(|column| column.heading));
    for action in actions {
        table.add_row(
            columns
                .iter()
                .map(|column| (column.cell)(action).join("\n")),
        );
    }
    for (at, column) in columns.iter().enumerate() {
        let width = own(column).unwrap_or(rest) + 2;
        let constraint = ColumnConstraint::Absolute(Width::Fixed(width as u16));
        if let Some(column) = table.column_mut(at) {
            column.set_constraint(constraint);
        }
    }
    table.trim_fmt()
}

fn narrow(actions: &[&ActionRecord], width: usize) -> String {
    let blocks = actions.iter().map(|action| {
        let text = text(action).join(" ");
        let first = format!("{}: {text}", reference(action).concat());
        let facts = [
            prefixed("Owner: ", owner(action)),
            prefixed("Due: ", due(action)),
            prefixed("State: ", state(action)),
            prefixed("", age(action)),
            updated_on(action),
        ];
        let facts = wrapped(&facts.concat(), width, 2);
        format!("{}\n{facts}", wrapped(&[first], width, 0))
    });
    blocks.collect::<Vec<String>>().join("\n\n")
}

fn prefixed(before: &str, words: Vec<String>) -> Vec<String> {
    match words.is_empty() {
        true => Vec::new(),
        false => vec![format!("{before}{}", words.join(", "))],
    }
}

/// Lines fitted to the width.
pub(super) fn wrapped(lines: &[String], width: usize, indent: u16) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width as u16);
    table.add_rows(lines.iter().map(|line| [line]));
    if let Some(column) = table.column_mut(0) {
        column.set_padding((indent, 0));
    }
    table.trim_fmt()
}

fn reference(action: &ActionRecord) -> Vec<String> {
    vec![printable(
        action.reference.as_deref().unwrap_or("new"),
        ASIDE,
    )]
}

fn text(action: &ActionRecord) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(
        action
            .withheld
            .as_deref()
            .map(|mark| printable(mark, ASIDE)),
    );
    lines.extend(action.text.as_deref().map(|text| printable(text, TEXT)));
    if !action.parts.is_empty() {
        let parts = counted(action.parts.len() as i64, "part");
        lines.push(format!("({parts})"));
    }
    lines
}

fn owner_and_due(action: &ActionRecord) -> Vec<String> {
    [owner(action), due(action)].concat()
}

fn state_and_history(action: &ActionRecord) -> Vec<String> {
    [state(action), age(action), updated_on(action)].concat()
}

/// Whether nothing but its ref and its mark is in this edition.
fn is_unknown(action: &ActionRecord) -> bool {
    action.attention.is_none()
}

fn owner(action: &ActionRecord) -> Vec<String> {
    match action.owners.is_empty() {
        true if is_unknown(action) => Vec::new(),
        true => vec!["no owner".to_owned()],
        false => vec![printable(&action.owner_words(), ASIDE)],
    }
}

fn due(action: &ActionRecord) -> Vec<String> {
    if is_unknown(action) {
        return Vec::new();
    }
    if let Some(day) = action.returns {
        return vec![format!("comes back {}", day.words())];
    }
    let written = action.due.as_ref().map(|due| due.written.as_str());
    let words = match (action.next_due, written) {
        (Some(day), _) => day.words(),
        (None, Some(written)) => printable(written, ASIDE),
        (None, None) => "no due date".to_owned(),
    };
    let mut lines = vec![words];
    lines.extend(action.days_overdue.map(overdue));
    lines
}

fn age(action: &ActionRecord) -> Vec<String> {
    let mut lines = Vec::new();
    let days = action.age_days.map(|days| counted(days, "day"));
    lines.extend(days.map(|days| match action.closed_on {
        Some(_) => format!("open for {days}"),
        None => format!("{days} old"),
    }));
    lines.extend(times("carried", action.times_carried.unwrap_or(0)));
    lines.extend(times("re-dated", action.redatings.len()));
    lines
}

fn times(what: &str, count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("{what} once")),
        2 => Some(format!("{what} twice")),
        _ => Some(format!("{what} {count} times")),
    }
}

fn state(action: &ActionRecord) -> Vec<String> {
    if is_unknown(action) {
        return Vec::new();
    }
    let mut lines = vec![printable(&action.state_words(), ASIDE)];
    lines.extend(action.rag.map(|rag| format!("RAG {}", rag.word())));
    lines.extend(action.closed_on.map(|day| format!("on {}", day.words())));
    lines
}

fn updated(action: &ActionRecord) -> Vec<String> {
    if is_unknown(action) {
        return Vec::new();
    }
    let update = action.last_update.as_ref();
    let day = update.map(|update| update.date);
    vec![match day {
        Some(Some(day)) => day.words(),
        Some(None) => "without a date".to_owned(),
        None => "none".to_owned(),
    }]
}

fn updated_on(action: &ActionRecord) -> Vec<String> {
    match &action.last_update {
        Some(_) => vec![format!("updated {}", updated(action).concat())],
        None if is_unknown(action) => Vec::new(),
        None => vec!["no update".to_owned()],
    }
}

/// "Actions of Northmere PCC as at 25 August 2026".
fn title(actions: &Actions) -> String {
    let mut title = format!(
        "Actions of {} as at {}",
        printable(&actions.organisation, ASIDE),
        actions.as_at.words()
    );
    if actions.edition == "internal" {
        title.insert_str(0, "INTERNAL. ");
    }
    if !actions.filters.is_empty() {
        title.push_str(&format!(
            ": {}",
            printable(&actions.filters.join(", "), TEXT)
        ));
    }
    title
}

fn totals(actions: &Actions) -> String {
    let counts = &actions.counts;
    if counts.total == 0 {
        return match actions.filters.is_empty() {
            true => "There are no open actions.".to_owned(),
            false => "There are no such actions.".to_owned(),
        };
    }
    let parts = needs().filter_map(|attention| {
        let count = counts.with(attention);
        (count > 0).then(|| format!("{count} {}", label(attention).to_lowercase()))
    });
    let parts: Vec<String> = parts.collect();
    let total = counted(counts.total as i64, "action");
    format!("{total}: {}.", parts.join(", "))
}

/// The headings in their order; `None` is that of actions of which this edition knows nothing.
fn needs() -> impl Iterator<Item = Option<Attention>> {
    Attention::ALL.into_iter().map(Some).chain([None])
}

fn label(attention: Option<Attention>) -> &'static str {
    attention.map_or("Withheld", Attention::label)
}

fn heading(attention: Option<Attention>, count: usize, colour: Colour) -> String {
    let words = format!("{} ({count})", label(attention));
    let style = attention.map_or(Style::new(), style);
    styled(&words, style.bold(), colour)
}

fn style(attention: Attention) -> Style {
    let colour = match attention {
        Attention::Overdue => AnsiColor::Red,
        Attention::DueNow => AnsiColor::Yellow,
        Attention::NoUpdate => AnsiColor::Magenta,
        Attention::Proposed => AnsiColor::Green,
        Attention::New => AnsiColor::Cyan,
        Attention::Open | Attention::Closed => return Style::new(),
    };
    colour.on_default()
}

pub(super) fn styled(words: &str, style: Style, colour: Colour) -> String {
    match colour {
        Colour::Yes => format!("{style}{words}{style:#}"),
        Colour::No => words.to_owned(),
    }
}

/// A table with "12 days overdue" in colour; after it was laid out, so that the colour takes no room.
fn tinted(table: String, colour: Colour) -> String {
    const END: &str = " overdue";
    if colour == Colour::No {
        return table;
    }
    let mut tinted = String::with_capacity(table.len());
    let mut rest = table.as_str();
    while let Some(at) = rest.find(END) {
        let (before, after) = rest.split_at(at + END.len());
        let days = before[..at]
            .trim_end_matches(" day")
            .trim_end_matches(" days");
        let plain = days.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        tinted.push_str(&before[..plain]);
        let style = style(Attention::Overdue);
        tinted.push_str(&styled(&before[plain..], style, colour));
        rest = after;
    }
    tinted + rest
}

/// One line of which a terminal obeys nothing, cut where it is longer than anybody reads in a table.
pub(super) fn printable(text: &str, longest: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ").replace(is_obeyed, "\u{FFFD}");
    match line.char_indices().nth(longest) {
        Some((at, _)) => format!("{}\u{2026}", line[..at].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_overdue_is_coloured_without_a_change_of_words() {
        let table = "a 12 days overdue\n b 1 day overdue, long overdue".to_owned();
        assert_eq!(tinted(table.clone(), Colour::No), table);
        let coloured = tinted(table.clone(), Colour::Yes);
        assert!(coloured.contains("a \u{1b}[31m12 days overdue\u{1b}[0m\n b \u{1b}[31m1 day"));
        assert_eq!(
            coloured.replace("\u{1b}[31m", "").replace("\u{1b}[0m", ""),
            table
        );
    }
}
