//! The register for calendars: iCalendar (RFC 5545) with a to-do for each action.
//!
//! Nothing in it depends on the clock or on chance: the stamp of each to-do is midnight of the as-at date, and its UID is
//! the action's id in the book, so that a calendar that reads the file again changes its to-dos instead of adding to them.
//! The lines are written here rather than by a library, because those that there are take the time and the UID from the
//! machine where they are not given them, and fold long lines one byte too late.

use super::record::overdue;
use super::record::{ActionRecord, Actions, Day, PartRecord};
use super::words::one_line;
use crate::ledger::Attention;
use crate::model::action::State;
use crate::model::outline::slug;

/// The longest line, in bytes, without its end.
const LINE: usize = 75;

/// The longest title of a to-do, in characters; the whole text stands in its description.
const TITLE: usize = 120;

/// The register as iCalendar. An action of which this edition knows nothing is no to-do for anybody.
pub fn ics(actions: &Actions) -> String {
    ics_with(actions, |_| true)
}

/// The same with some of the actions.
pub(crate) fn ics_with(actions: &Actions, is_in: impl Fn(&ActionRecord) -> bool) -> String {
    let mut calendar = Calendar::default();
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("VERSION", "2.0");
    calendar.line("PRODID", "-//minutebook//Register of actions//EN");
    calendar.line("CALSCALE", "GREGORIAN");
    let title = format!("Actions, {}", actions.organisation);
    calendar.text("X-WR-CALNAME", &title);
    let book = slug(&actions.organisation);
    let known = actions.actions.iter();
    for action in known.filter(|action| action.attention.is_some() && is_in(action)) {
        calendar.todo(action, &book, actions.as_at);
    }
    calendar.line("END", "VCALENDAR");
    calendar.written
}

/// A calendar that is being written.
#[derive(Default)]
pub(crate) struct Calendar {
    pub(crate) written: String,
}

impl Calendar {
    fn todo(&mut self, action: &ActionRecord, book: &str, as_at: Day) {
        let title = title(action);
        self.line("BEGIN", "VTODO");
        self.text("UID", &format!("{}@{book}", one_line(&action.id)));
        self.line("DTSTAMP", &midnight(as_at));
        self.text("SUMMARY", &title);
        self.text("DESCRIPTION", &description(action));
        if let Some(day) = due_day(action) {
            self.line("DUE;VALUE=DATE", &compact(day));
        }
        self.line("STATUS", action.state.map_or("NEEDS-ACTION", status));
        if let Some(day) = action
            .closed_on
            .filter(|_| action.state == Some(State::Discharged))
        {
            self.line("COMPLETED", &midnight(day));
        }
        if action.attention == Some(Attention::Overdue) {
            self.line("PRIORITY", "1");
        }
        let categories = [Some(action.need_words()), action.source.series.as_deref()];
        let categories: Vec<String> = categories.into_iter().flatten().map(escaped).collect();
        self.line("CATEGORIES", &categories.join(","));
        self.line("END", "VTODO");
    }

    /// Writes a line with words.
    pub(crate) fn text(&mut self, name: &str, words: &str) {
        self.line(name, &escaped(words));
    }

    /// Writes a line, folded where it is too long, and never within a character.
    pub(crate) fn line(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut rest = line.as_str();
        let mut room = LINE;
        while rest.len() > room {
            let (first, others) = rest.split_at(rest.floor_char_boundary(room));
            self.written.push_str(first);
            self.written.push_str("\r\n ");
            rest = others;
            room = LINE - 1;
        }
        self.written.push_str(rest);
        self.written.push_str("\r\n");
    }
}

/// Words with what iCalendar would take for itself escaped, and without characters that it forbids.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | ',' | ';' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

fn title(action: &ActionRecord) -> String {
    let reference = action.reference.as_deref().unwrap_or("new action");
    let text = match (&action.text, &action.withheld) {
        (Some(text), _) => one_line(text),
        (None, Some(mark)) => mark.clone(),
        (None, None) => String::new(),
    };
    let text = match text.char_indices().nth(TITLE) {
        Some((at, _)) => format!("{}\u{2026}", text[..at].trim_end()),
        None => text,
    };
    format!("{reference}: {text}")
}

fn description(action: &ActionRecord) -> String {
    let mut lines = Vec::new();
    lines.extend(action.withheld.clone());
    lines.extend(action.text.clone());
    lines.extend(action.parts.iter().map(PartRecord::words));
    let mut add = |label: &str, words: String| {
        if !words.is_empty() {
            lines.push(format!("{label}: {words}"));
        }
    };
    add("Owner", action.owner_words());
    add("Due", due_words(action));
    add("State", action.state_words());
    add(
        "RAG",
        action
            .rag
            .map_or_else(String::new, |rag| rag.label().to_owned()),
    );
    add("Set", action.source.words());
    if let Some(update) = &action.last_update {
        let words = update.withheld.as_ref().or(update.text.as_ref());
        let words = words.cloned().unwrap_or_default();
        match update.date {
            Some(day) => add(&format!("Update of {}", day.words()), words),
            None => add("Update", words),
        }
    }
    lines.join("\n")
}

fn due_words(action: &ActionRecord) -> String {
    let due = action.due.as_ref();
    let mut words: Vec<String> = due.map(|due| due.written.clone()).into_iter().collect();
    if let Some(every) = &action.every {
        words.push(format!("comes back {every}"));
    }
    // The day itself where the words do not give it.
    let day = action.next_due.map(Day::words);
    words.extend(day.filter(|day| due.is_none_or(|due| due.written != *day)));
    words.extend(action.days_overdue.map(overdue));
    words.join(", ")
}

fn due_day(action: &ActionRecord) -> Option<Day> {
    action.returns.or(action.next_due)
}

fn status(state: State) -> &'static str {
    match state {
        State::Open | State::Retained => "NEEDS-ACTION",
        State::Proposed => "IN-PROCESS",
        State::Discharged => "COMPLETED",
        State::Superseded | State::Merged | State::Withdrawn => "CANCELLED",
    }
}

fn compact(day: Day) -> String {
    day.0.format("%Y%m%d").to_string()
}

fn midnight(day: Day) -> String {
    format!("{}T000000Z", compact(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_at_75_bytes_and_never_within_a_character() {
        for words in [
            "é".repeat(400),
            "x".repeat(149),
            "x".repeat(148),
            "\u{1F9ED} ".repeat(90),
        ] {
            let mut calendar = Calendar::default();
            calendar.text("SUMMARY", &words);
            let lines: Vec<&str> = calendar.written.split_terminator("\r\n").collect();
            assert!(lines.iter().all(|line| line.len() <= LINE), "{lines:?}");
            let unfolded = calendar.written.replace("\r\n ", "");
            assert_eq!(unfolded, format!("SUMMARY:{words}\r\n"));
        }
    }

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne\r\u{7}:"), "a\\, b\\; c\\\\d\\ne  :");
    }
}
