//! When somebody came to a meeting and when they left, and for which items they were there. In: what stands behind
//! `arrived:`, `left:` and `items:`. Out: times, and items by their place in the agenda.

use super::lint::MeetingSubject;
use crate::model::date::time;
use crate::model::text::Text;
use chrono::NaiveTime;
use std::collections::BTreeMap;

/// A moment of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// A time of day.
    At(NaiveTime),
    /// An item, by its place in the agenda.
    Item(usize),
}

impl Moment {
    /// The moment that a text names, where that is clear.
    pub(super) fn of(text: &Text, agenda: &Agenda<'_>) -> Option<Moment> {
        let words = text.source().trim();
        let bare = words.strip_prefix("at ").unwrap_or(words);
        if let Some(time) = time(bare) {
            return Some(Moment::At(time));
        }
        let item = items(words, true).first().copied()?;
        agenda.place(item).map(Moment::Item)
    }

    /// Whether it is earlier than another of its kind.
    pub(super) fn is_before(self, other: Moment) -> bool {
        match (self, other) {
            (Moment::At(one), Moment::At(other)) => one < other,
            (Moment::Item(one), Moment::Item(other)) => one < other,
            _ => false,
        }
    }
}

/// The items of a meeting, by number and by name.
pub(super) struct Agenda<'s>(BTreeMap<&'s str, usize>);

impl<'s> Agenda<'s> {
    /// That of a meeting.
    pub(super) fn of(subject: &'s MeetingSubject<'_>) -> Agenda<'s> {
        let targets = subject.outline.targets.iter();
        let items = targets.filter(|target| target.what == "item").enumerate();
        let names = items.flat_map(|(at, item)| item.names.iter().map(move |name| (name, at)));
        let mut places = BTreeMap::new();
        for (name, at) in names {
            places.entry(name.as_str()).or_insert(at);
        }
        Agenda(places)
    }

    /// Whether its items have numbers in figures.
    pub(super) fn is_numbered(&self) -> bool {
        self.0.keys().any(|name| is_number(name))
    }

    /// The place of an item in it.
    pub(super) fn place(&self, number: &str) -> Option<usize> {
        self.0.get(number.to_lowercase().as_str()).copied()
    }
}

/// The numbers of the items that words name: those behind "item", and bare ones where nothing else is named.
pub(super) fn items(words: &str, bare: bool) -> Vec<&str> {
    let words = words.split([' ', ',', ';', '-', '–', '\n']);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let joins = |word: &str| matches!(word, "and" | "to" | "or" | "&");
    let mut are_items = bare && words.iter().all(|word| joins(word) || is_number(word));
    let mut items = Vec::new();
    for word in words {
        if matches!(word.to_lowercase().as_str(), "item" | "items") {
            are_items = true;
        } else if is_number(word) {
            items.extend(are_items.then(|| word.trim_end_matches(['.', ')'])));
        } else if !joins(word) {
            are_items = false;
        }
    }
    items
}

/// Whether a word can be the number of an item: figures, and no time of day.
fn is_number(word: &str) -> bool {
    let is_time = word.contains(':') || word.ends_with("am") || word.ends_with("pm");
    word.starts_with(|c: char| c.is_ascii_digit()) && !is_time
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_told_from_times_and_counts() {
        for (words, expected) in [
            ("item 2", &["2"][..]),
            ("Items 2, 3.1 and 4a.", &["2", "3.1", "4a"]),
            ("2 to 4", &["2", "4"]),
            ("items 2–4", &["2", "4"]),
            ("item 2 until 11:30", &["2"]),
            ("11:30", &[]),
            ("2pm", &[]),
            ("for 30 minutes of item 3", &["3"]),
            ("after lunch", &[]),
        ] {
            assert_eq!(items(words, true), expected, "{words}");
        }
        assert_eq!(items("10", false), [""; 0]);
    }
}
