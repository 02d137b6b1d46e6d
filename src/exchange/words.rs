//! What people wrote, in plain words: no markup, and the mark of what this edition withholds.

use super::record::{Day, DueRecord, OwnerRecord};
use crate::edition::Shelf;
use crate::ledger;
use crate::model::Edition;
use crate::model::due;
use crate::model::exemption::{Exemption, ExemptionNames};
use crate::model::meeting::Meeting;
use crate::model::party::Party;
use crate::model::register::{Entry, Lookup, Register};
use crate::model::settings::Settings;
use crate::model::text::{Block, FootnoteId, Inline, Text};
use crate::model::withheld::Mark;
use crate::render::dates::{self, Printed};
use chrono::{Datelike, NaiveDate};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap, VecDeque};

/// Puts the texts, names and dates of one edition of a book in plain words.
pub struct Words<'b, E: Edition> {
    pub(super) settings: &'b Settings<E>,
    register: Register<'b, E>,
    exemptions: ExemptionNames,
    /// The titles of the series, on one line each.
    series: HashMap<&'b str, String>,
}

impl<'b, E: Edition> Words<'b, E> {
    /// The words of a shelf.
    pub fn new(shelf: &Shelf<'b, E>) -> Words<'b, E> {
        let mut words = Words {
            settings: shelf.settings,
            register: Register::new(shelf.settings),
            exemptions: ExemptionNames::of(shelf.settings),
            series: HashMap::new(),
        };
        let series = shelf.settings.series.iter();
        let series = series.map(|(key, one)| (key.name.as_str(), words.line(&one.title)));
        words.series = series.collect();
        words
    }

    /// The title of a series that the settings have.
    pub fn series_title(&self, key: &str) -> Option<&str> {
        self.series.get(key).map(String::as_str)
    }

    /// A text; its blocks and the items of its lists stand on lines of their own.
    pub fn text(&self, text: &Text<E>) -> String {
        let said = Said::of(text);
        if let [Block::Paragraph(inlines)] = text.blocks() {
            return self.inlines(&said, inlines);
        }
        let mut lines = Vec::new();
        self.blocks(&said, text.blocks(), "", &mut lines);
        lines.join("\n")
    }

    /// A text on one line.
    pub fn line(&self, text: &Text<E>) -> String {
        one_line(&self.text(text))
    }

    /// The mark of an entry that is withheld whole: "Withheld: section 31".
    pub fn mark(&self, mark: &Mark<E>) -> String {
        self.mark_words(&mark.exemptions)
    }

    fn mark_words(&self, exemptions: &[Exemption]) -> String {
        format!("Withheld: {}", self.exemptions.words(exemptions))
    }

    fn blocks(
        &self,
        said: &Said<'_, E>,
        blocks: &[Block<E>],
        indent: &str,
        lines: &mut Vec<String>,
    ) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) | Block::Code(inlines) => {
                    lines.push(format!("{indent}{}", self.inlines(said, inlines)));
                }
                Block::List { start, items, .. } => self.list(said, *start, items, indent, lines),
                Block::Quote(inner) => self.blocks(said, inner, indent, lines),
                Block::Table(_, rows) => {
                    for row in rows {
                        let cells: Vec<String> =
                            row.iter().map(|cell| self.inlines(said, cell)).collect();
                        lines.push(format!("{indent}{}", cells.join("; ")));
                    }
                }
                Block::Rule => {}
            }
        }
    }

    fn list(
        &self,
        said: &Said<'_, E>,
        start: Option<u64>,
        items: &[Vec<Block<E>>],
        indent: &str,
        lines: &mut Vec<String>,
    ) {
        for (at, item) in items.iter().enumerate() {
            let first = lines.len();
            self.blocks(said, item, &format!("{indent}  "), lines);
            let sign = match start {
                Some(start) => format!("{}.", start.saturating_add(at as u64)),
                None => "\u{2022}".to_owned(),
            };
            match lines.get_mut(first) {
                Some(line) => *line = format!("{indent}{sign} {}", line.trim_start()),
                None => lines.push(format!("{indent}{sign}")),
            }
        }
    }

    fn inlines(&self, said: &Said<'_, E>, inlines: &[Inline<E>]) -> String {
        let mut words = String::new();
        self.walk(said, inlines, &mut words);
        words
    }

    fn walk(&self, said: &Said<'_, E>, inlines: &[Inline<E>], words: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => words.push_str(text),
                Inline::SoftBreak | Inline::HardBreak => words.push(' '),
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Strike(inner)
                | Inline::Link(_, inner) => self.walk(said, inner, words),
                Inline::Footnote(id) => self.footnote(said, *id, words),
                Inline::Withheld {
                    exemptions,
                    first,
                    words: secret,
                } => self.withheld(said, exemptions, *first, E::open(secret), words),
            }
        }
    }

    /// A footnote, where it is referred to for the first time. Those to which it refers itself follow behind it.
    fn footnote(&self, said: &Said<'_, E>, id: FootnoteId, words: &mut String) {
        if !said.footnotes.borrow_mut().insert(id) {
            return words.push_str(" [Footnote as above]");
        }
        said.waiting.borrow_mut().push_back(id);
        if said.inside.replace(true) {
            return;
        }
        loop {
            let next = said.waiting.borrow_mut().pop_front();
            let Some(id) = next else { break };
            let mut lines = Vec::new();
            self.blocks(said, said.text.footnote(id), "", &mut lines);
            words.push_str(&format!(" [Footnote: {}]", one_line(&lines.join(" "))));
        }
        said.inside.set(false);
    }

    fn withheld(
        &self,
        said: &Said<'_, E>,
        exemptions: &[Exemption],
        first: bool,
        secret: Option<&Vec<Inline<E>>>,
        words: &mut String,
    ) {
        let label = match first {
            true => self.mark_words(exemptions),
            false => "Withheld".to_owned(),
        };
        match secret.filter(|secret| !secret.is_empty()) {
            Some(secret) => {
                words.push_str(&format!("[{label}: "));
                self.walk(said, secret, words);
                words.push(']');
            }
            None if first => words.push_str(&format!("[{label}]")),
            None => {}
        }
    }

    /// Somebody as on a day.
    pub fn owner(&self, party: &Party<E>, day: Option<NaiveDate>) -> OwnerRecord {
        let entry = |name: &Option<Text<E>>| name.as_ref().and_then(|name| self.entry(name, day));
        let named = entry(&party.name);
        let body = entry(&party.body);
        let body_name = party.body.as_ref().map(|body| self.full(body, day));
        OwnerRecord {
            label: self.short(party, day),
            key: named
                .or(body.filter(|_| party.name.is_none()))
                .filter(|one| E::INTERNAL || !is_hidden(one))
                .map(|one| one.key().to_owned()),
            name: party.name.as_ref().map(|name| self.full(name, day)),
            role: party.role.as_ref().map(|role| self.line(role)),
            // A body that is the owner itself is its own body.
            body: body_name.or_else(|| match (named, &party.name) {
                (Some(Entry::Body(..)), Some(name)) => Some(self.full(name, day)),
                _ => None,
            }),
        }
    }

    /// The entry of the register that a text names. A name of which a part is withheld names nobody.
    fn entry(&self, name: &Text<E>, day: Option<NaiveDate>) -> Option<&Entry<'b, E>> {
        match name.passages() {
            [] => self.register.find(name.source(), day).one(),
            _ => None,
        }
    }

    /// The name in full.
    pub(super) fn full(&self, name: &Text<E>, day: Option<NaiveDate>) -> String {
        let found = self.entry(name, day).and_then(Entry::name);
        self.line(found.unwrap_or(name))
    }

    /// As it stands beside an action: initials where the register has them, then role and body in brackets.
    fn short(&self, party: &Party<E>, day: Option<NaiveDate>) -> String {
        let name = party.name.as_ref().map(|name| self.short_name(name, day));
        let role = party.role.as_ref().map(|role| self.line(role));
        let body = party.body.as_ref().map(|body| self.short_name(body, day));
        let parts = match name {
            Some(name) => [Some(name), role, body],
            None => [body, role, None],
        };
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        match parts.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first, rest @ ..] => format!("{first} ({})", rest.join(", ")),
        }
    }

    fn short_name(&self, name: &Text<E>, day: Option<NaiveDate>) -> String {
        let Some(entry) = self.entry(name, day) else {
            return self.line(name);
        };
        let Some(initials) = entry.initials(day) else {
            return self.line(entry.name().unwrap_or(name));
        };
        let shared = matches!(
            self.register.find(initials.source(), day),
            Lookup::Several(_)
        );
        let portfolio = match entry {
            Entry::Person(_, person) if shared => person.post_on(day).portfolio,
            _ => None,
        };
        match portfolio {
            Some(portfolio) => format!("{} ({})", self.line(initials), self.line(portfolio)),
            None => self.line(initials),
        }
    }

    /// The title of a meeting: its own, or that of its series with the month.
    pub fn meeting_title(&self, meeting: &Meeting<E>) -> String {
        if let Some(title) = &meeting.title {
            return self.line(title);
        }
        let series = meeting.series.as_deref();
        let series = series.and_then(|series| self.series_title(series));
        let title = series.unwrap_or("Meeting");
        match meeting.date.day() {
            Some(day) => format!("{title}, {}", dates::month(day.year(), day.month())),
            None => title.to_owned(),
        }
    }

    /// A due date of the ledger.
    pub(super) fn due(&self, due: &ledger::Due<'_, E>) -> DueRecord {
        DueRecord {
            written: self.written(due.written),
            date: due.day.map(Day),
        }
    }

    /// A due date as it was written, in house style; without the day that it comes to.
    pub(super) fn written(&self, due: &due::Due<E>) -> String {
        let printed = dates::due(due, None);
        let words = match printed.words {
            Printed::Ours(words) => words,
            Printed::Theirs(text) => self.line(text),
        };
        format!("{}{words}", printed.before)
    }
}

/// A text, and which of its footnotes have been said.
struct Said<'t, E: Edition> {
    text: &'t Text<E>,
    footnotes: RefCell<BTreeSet<FootnoteId>>,
    /// Footnotes that a footnote refers to.
    waiting: RefCell<VecDeque<FootnoteId>>,
    /// Whether a footnote is being said.
    inside: Cell<bool>,
}

impl<'t, E: Edition> Said<'t, E> {
    fn of(text: &'t Text<E>) -> Said<'t, E> {
        Said {
            text,
            footnotes: RefCell::default(),
            waiting: RefCell::default(),
            inside: Cell::new(false),
        }
    }
}

/// Whether a text of ASCII is on one line already, with single spaces between its words.
fn is_one_line(text: &str) -> bool {
    let mut before = b' ';
    let is_plain = text.bytes().all(|byte| {
        let is_plain = matches!(byte, b'!'..=b'~') || byte == b' ' && before != b' ';
        before = byte;
        is_plain
    });
    is_plain && before != b' '
}

/// A text with every run of spaces and line ends made one space.
pub(crate) fn one_line(text: &str) -> String {
    if is_one_line(text) {
        return text.to_owned();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Whether a part of the name of an entry is withheld. Its key is most often a word of that name.
fn is_hidden<E: Edition>(entry: &Entry<'_, E>) -> bool {
    entry.name().is_some_and(|name| !name.passages().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_spaces_and_line_ends_become_one_space() {
        for (text, line) in [
            ("", ""),
            ("a b c", "a b c"),
            (" a", "a"),
            ("a ", "a"),
            ("a  b", "a b"),
            ("a\n\tb", "a b"),
            ("a\u{a0}b – c", "a b – c"),
        ] {
            assert_eq!(one_line(text), line, "{text:?}");
        }
    }
}
