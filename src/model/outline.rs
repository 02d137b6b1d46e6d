//! Numbers and addresses: how each item, question, action and note of a document is numbered, and the anchor by which a
//! link reaches it. In: a document. Out: a tree beside its items, and the list of everything that can be linked to.

use super::action::Action;
use super::edition::{Edition, Internal};
use super::meeting::{Item, Meeting, PostMeeting, Question};
use super::settings::{NumberStyle, QuestionNumbers, Series};
use super::tracker::{Objective, Plan, Tracker};
use super::withheld::Row;
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The numbers and anchors of a document.
#[derive(Debug, Default)]
pub struct Outline {
    /// Beside the meeting's items.
    pub items: Vec<ItemOutline>,
    /// Beside the meeting's own actions.
    pub actions: Vec<Entry>,
    /// Everything that can be linked to, in the order of the document.
    pub targets: Vec<Target>,
    /// The first target of each name, and of each anchor; gathered when a name is looked up.
    by_name: OnceLock<BTreeMap<String, usize>>,
}

/// The number and anchor of one thing.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// The number as it is printed; none where its level has no numbers.
    pub number: Option<String>,
    /// The anchor.
    pub anchor: String,
}

/// The numbers and anchors of an item and of what is in it.
#[derive(Debug, Default)]
pub struct ItemOutline {
    /// Its own.
    pub entry: Entry,
    /// The number with those of the items above it, by which links name it: `2.1.a`.
    pub full: String,
    /// How deep it is, from 0.
    pub level: usize,
    /// Beside its questions.
    pub questions: Vec<QuestionOutline>,
    /// Beside its actions.
    pub actions: Vec<Entry>,
    /// Beside its post-meeting notes.
    pub notes: Vec<Entry>,
    /// Beside the items below it.
    pub items: Vec<ItemOutline>,
}

/// The numbers and anchors of a question and of what is in it.
#[derive(Debug, Default)]
pub struct QuestionOutline {
    /// Its own.
    pub entry: Entry,
    /// Beside its actions.
    pub actions: Vec<Entry>,
    /// Beside its post-meeting notes.
    pub notes: Vec<Entry>,
}

/// Something that a link can lead to.
#[derive(Clone, Debug)]
pub struct Target {
    /// What it is: "item", "question", "action" or "note".
    pub what: &'static str,
    /// The names by which a link may call it, in lower case.
    pub names: Vec<String>,
    /// What it is and its number or ref, in words: "item 2.1"; without one, only what it is.
    pub label: String,
    /// Its anchor.
    pub anchor: String,
    /// Where it stands in the file.
    pub span: Span,
    /// Whether the name was given by hand: a number, a ref or an id.
    pub by_hand: bool,
}

impl Outline {
    /// Numbers a meeting by its own style or, without one, by that of its series.
    pub fn of<E: Edition>(meeting: &Meeting<E>, series: Option<&Series<E>>) -> Outline {
        let numbering = meeting
            .numbering
            .as_deref()
            .or_else(|| series.and_then(|series| series.numbering.as_deref()))
            .unwrap_or(&[NumberStyle::Plain, NumberStyle::Nested]);
        let question_numbers = meeting
            .question_numbers
            .or_else(|| series.and_then(|series| series.question_numbers))
            .unwrap_or(QuestionNumbers::Through);
        let mut counter = Counter::new(numbering, question_numbers);
        let items = counter.items(&meeting.items, "", "item", 0);
        let actions = counter.actions(&meeting.actions);
        counter.outline(items, actions)
    }

    /// The anchors of a tracker's actions.
    pub fn of_tracker<E: Edition>(tracker: &Tracker<E>) -> Outline {
        let mut counter = Counter::new(&[], QuestionNumbers::None);
        let actions = counter.actions(&tracker.actions);
        counter.outline(Vec::new(), actions)
    }

    /// The numbers and anchors of a plan: its objectives stand in the place of items.
    pub fn of_plan<E: Edition>(plan: &Plan<E>) -> Outline {
        let mut counter = Counter::new(&[], QuestionNumbers::None);
        let objectives = counter.objectives(&plan.objectives);
        counter.outline(objectives, Vec::new())
    }

    /// The anchor of what a link calls by this name.
    pub fn find(&self, name: &str) -> Option<&Target> {
        let name = name.trim().to_lowercase();
        let by_name = self.by_name.get_or_init(|| by_name(&self.targets));
        by_name.get(&name).map(|at| &self.targets[*at])
    }
}

struct Counter<'m> {
    numbering: &'m [NumberStyle],
    question_numbers: QuestionNumbers,
    question: u32,
    asked: u32,
    unnumbered: u32,
    note: u32,
    /// Every anchor, with how many wanted to be it.
    anchors: BTreeMap<String, u32>,
    targets: Vec<Target>,
}

fn by_name(targets: &[Target]) -> BTreeMap<String, usize> {
    let mut by_name = BTreeMap::new();
    for (at, target) in targets.iter().enumerate() {
        for name in target.names.iter().chain([&target.anchor]) {
            by_name.entry(name.clone()).or_insert(at);
        }
    }
    by_name
}

impl<'m> Counter<'m> {
    fn new(numbering: &'m [NumberStyle], question_numbers: QuestionNumbers) -> Counter<'m> {
        Counter {
            numbering,
            question_numbers,
            question: 0,
            asked: 0,
            unnumbered: 0,
            note: 0,
            anchors: BTreeMap::new(),
            targets: Vec::new(),
        }
    }

    fn outline(self, items: Vec<ItemOutline>, actions: Vec<Entry>) -> Outline {
        Outline {
            items,
            actions,
            targets: self.targets,
            by_name: OnceLock::new(),
        }
    }

    fn objectives<E: Edition>(&mut self, rows: &[Row<E, Objective<E>>]) -> Vec<ItemOutline> {
        let mut count: u32 = 0;
        let mut outlines = Vec::new();
        for row in rows {
            let (span, by_hand) = match row {
                Row::Open(objective) => (objective.span, objective.number.as_ref()),
                Row::Withheld(row) => (row.span, row.number.as_ref()),
            };
            let by_hand = by_hand
                .map(|number| number.words())
                .filter(|number| !number.is_empty());
            count = by_hand
                .as_deref()
                .and_then(last_count)
                .unwrap_or(count.saturating_add(1));
            let number = by_hand.clone().unwrap_or_else(|| count.to_string());
            let anchor = self.anchor(format!("objective-{}", slug(&number)));
            let lower = number.to_lowercase();
            self.targets.push(Target {
                what: "objective",
                names: vec![lower.clone(), format!("objective {lower}")],
                label: format!("objective {number}"),
                anchor: anchor.clone(),
                span,
                by_hand: by_hand.is_some(),
            });
            let actions = row
                .known()
                .map(|objective| self.actions(&objective.actions));
            outlines.push(ItemOutline {
                full: number.clone(),
                entry: Entry {
                    number: Some(number),
                    anchor,
                },
                actions: actions.unwrap_or_default(),
                ..ItemOutline::default()
            });
        }
        outlines
    }

    fn items<E: Edition>(
        &mut self,
        rows: &[Row<E, Item<E>>],
        above: &str,
        anchor_above: &str,
        level: usize,
    ) -> Vec<ItemOutline> {
        let style = self.style(level);
        let mut count: u32 = 0;
        let mut outlines = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let (span, by_hand, id) = match row {
                Row::Open(item) => (item.span, item.number.as_ref(), item.id.as_deref()),
                Row::Withheld(row) => (row.span, row.number.as_ref(), None),
            };
            let by_hand = by_hand
                .map(|number| number.words())
                .filter(|number| !number.is_empty());
            count = by_hand
                .as_deref()
                .and_then(last_count)
                .unwrap_or(count.saturating_add(1));
            let number = by_hand.clone().or_else(|| numbered(style, count, above));
            let full = full_number(number.as_deref(), above);
            let path = number.as_deref().map_or_else(
                || format!("{anchor_above}-{}", at + 1),
                |_| format!("item-{}", slug(&full)),
            );
            let anchor = self.anchor(id.map_or(path, slug));
            let mut names: Vec<String> = id.map(|id| id.to_lowercase()).into_iter().collect();
            if number.is_some() {
                names.extend([full.to_lowercase(), compact(&full)]);
            }
            self.targets.push(Target {
                what: "item",
                names,
                label: labelled("item", number.as_ref().map(|_| full.as_str())),
                anchor: anchor.clone(),
                span,
                by_hand: by_hand.is_some() || id.is_some(),
            });
            let entry = Entry { number, anchor };
            let outline = self.item(row.known(), entry, full, level);
            outlines.push(outline);
        }
        outlines
    }

    fn item<E: Edition>(
        &mut self,
        item: Option<&Item<E>>,
        entry: Entry,
        full: String,
        level: usize,
    ) -> ItemOutline {
        let Some(item) = item else {
            return ItemOutline {
                entry,
                full,
                level,
                ..ItemOutline::default()
            };
        };
        if self.question_numbers == QuestionNumbers::Restart {
            self.question = 0;
        }
        let questions = self.questions(&item.questions, &entry.anchor);
        let actions = self.actions(&item.actions);
        let notes = self.notes(&item.post_meeting);
        let above = shortened(&full);
        let items = self.items(&item.items, above, &entry.anchor, level + 1);
        ItemOutline {
            entry,
            full,
            level,
            questions,
            actions,
            notes,
            items,
        }
    }

    fn questions<E: Edition>(
        &mut self,
        rows: &[Row<E, Question<E>>],
        item: &str,
    ) -> Vec<QuestionOutline> {
        rows.iter().map(|row| self.question(row, item)).collect()
    }

    fn question<E: Edition>(&mut self, row: &Row<E, Question<E>>, item: &str) -> QuestionOutline {
        let (span, by_hand, id) = match row {
            Row::Open(question) => {
                let fields = &question.fields;
                (fields.span, fields.number.as_ref(), fields.id.as_deref())
            }
            Row::Withheld(row) => (row.span, row.number.as_ref(), None),
        };
        let by_hand = by_hand
            .map(|number| number.words())
            .filter(|number| !number.is_empty());
        self.asked += 1;
        self.question = by_hand
            .as_deref()
            .and_then(last_count)
            .unwrap_or(self.question.saturating_add(1));
        let number = by_hand.clone().or_else(|| match self.question_numbers {
            QuestionNumbers::None => None,
            _ => Some(self.question.to_string()),
        });
        let own = match (self.question_numbers, &number) {
            (QuestionNumbers::Restart, Some(number)) => format!("{item}-question-{}", slug(number)),
            (_, Some(number)) => format!("question-{}", slug(number)),
            (_, None) => format!("question-{}", self.asked),
        };
        let anchor = self.anchor(id.map_or(own, slug));
        let mut names: Vec<String> = id.map(|id| id.to_lowercase()).into_iter().collect();
        if let Some(number) = &number {
            let number = number.to_lowercase();
            names.extend([
                format!("question {number}"),
                format!("question-{number}"),
                format!("q{number}"),
            ]);
        }
        self.targets.push(Target {
            what: "question",
            names,
            label: labelled("question", number.as_deref()),
            anchor: anchor.clone(),
            span,
            by_hand: by_hand.is_some() || id.is_some(),
        });
        let entry = Entry { number, anchor };
        let Some(question) = row.known() else {
            return QuestionOutline {
                entry,
                ..QuestionOutline::default()
            };
        };
        QuestionOutline {
            entry,
            actions: self.actions(&question.fields.actions),
            notes: self.notes(&question.fields.post_meeting),
        }
    }

    fn actions<E: Edition>(&mut self, rows: &[Row<E, Action<E>>]) -> Vec<Entry> {
        rows.iter().map(|row| self.action(row)).collect()
    }

    fn action<E: Edition>(&mut self, row: &Row<E, Action<E>>) -> Entry {
        let (span, reference) = match row {
            Row::Open(action) => (action.span, action.reference.as_ref()),
            Row::Withheld(row) => (row.span, row.number.as_ref()),
        };
        let number = reference
            .map(|reference| reference.words())
            .filter(|words| !words.is_empty());
        let own = number.as_deref().map_or_else(
            || {
                self.unnumbered += 1;
                format!("action-new-{}", self.unnumbered)
            },
            |number| format!("action-{}", slug(number)),
        );
        let anchor = self.anchor(own);
        self.targets.push(Target {
            what: "action",
            label: labelled("action", number.as_deref()),
            names: number
                .as_deref()
                .map(str::to_lowercase)
                .into_iter()
                .collect(),
            anchor: anchor.clone(),
            span,
            by_hand: number.is_some(),
        });
        Entry { number, anchor }
    }

    fn notes<E: Edition>(&mut self, notes: &[PostMeeting<E>]) -> Vec<Entry> {
        notes.iter().map(|note| self.note(note)).collect()
    }

    fn note<E: Edition>(&mut self, note: &PostMeeting<E>) -> Entry {
        self.note += 1;
        let own = format!("note-{}", self.note);
        let anchor = self.anchor(note.id.as_deref().map_or(own.clone(), slug));
        let id = note.id.as_deref().map(str::to_lowercase);
        self.targets.push(Target {
            what: "note",
            label: labelled("post-meeting note", note.id.as_deref()),
            names: id.into_iter().chain([own]).collect(),
            anchor: anchor.clone(),
            span: note.span,
            by_hand: note.id.is_some(),
        });
        Entry {
            number: None,
            anchor,
        }
    }

    /// An anchor that nothing else has.
    fn anchor(&mut self, wanted: String) -> String {
        let mut anchor = wanted.clone();
        while self.anchors.contains_key(&anchor) {
            let again = self.anchors.entry(wanted.clone()).or_insert(1);
            *again = again.saturating_add(1);
            anchor = format!("{wanted}-{again}");
        }
        self.anchors.insert(anchor.clone(), 1);
        anchor
    }

    /// The style of a level. Below the last one that is named, numbers go on in the way that fits it.
    fn style(&self, level: usize) -> NumberStyle {
        match (self.numbering.get(level), self.numbering.last()) {
            (Some(style), _) => *style,
            (None, Some(NumberStyle::Letter)) => NumberStyle::Roman,
            (None, Some(NumberStyle::None)) => NumberStyle::None,
            (None, _) => NumberStyle::Nested,
        }
    }
}

fn labelled(what: &str, number: Option<&str>) -> String {
    number.map_or_else(|| what.to_owned(), |number| format!("{what} {number}"))
}

fn numbered(style: NumberStyle, count: u32, above: &str) -> Option<String> {
    match style {
        NumberStyle::Plain => Some(count.to_string()),
        NumberStyle::Nested if above.is_empty() => Some(count.to_string()),
        NumberStyle::Nested => Some(format!("{above}.{count}")),
        NumberStyle::Letter => Some(letters(count)),
        NumberStyle::Roman => Some(roman(count)),
        NumberStyle::None => None,
    }
}

/// The number with those above it. One that already begins with them, or has points of its own, is whole.
fn full_number(number: Option<&str>, above: &str) -> String {
    match number {
        None => above.to_owned(),
        Some(number) if above.is_empty() || number.contains('.') => {
            number.trim_end_matches('.').to_owned()
        }
        Some(number) => format!("{above}.{number}"),
    }
}

/// A number or an address as far as it is repeated by what stands below it. Nobody writes longer ones on purpose.
fn shortened(text: &str) -> &str {
    let end = text.char_indices().nth(80).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// `2.1.a` as people also write it: `2.1a`.
fn compact(full: &str) -> String {
    let full = full.to_lowercase();
    match full.rsplit_once('.') {
        Some((above, last)) if last.starts_with(|c: char| c.is_alphabetic()) => {
            format!("{above}{last}")
        }
        _ => full,
    }
}

/// The count that a number given by hand stands for: its last part.
fn last_count(number: &str) -> Option<u32> {
    let last = number
        .trim()
        .trim_end_matches(['.', ')'])
        .rsplit(['.', ' ', '(', '/', '-'])
        .next()?;
    if let Ok(count) = last.parse() {
        return Some(count);
    }
    // In "Annex A" the letter belongs to a name, so it says nothing of the number that comes next.
    if number.trim().contains(' ') {
        return None;
    }
    let mut letters = last.chars();
    match (letters.next()?.to_ascii_lowercase(), letters.next()) {
        (letter @ 'a'..='z', None) => Some(u32::from(letter) - u32::from('a') + 1),
        _ => None,
    }
}

/// 1 is a, 26 is z, 27 is aa.
pub fn letters(mut count: u32) -> String {
    let mut letters = Vec::new();
    while count > 0 {
        count -= 1;
        letters.push(char::from(b'a' + (count % 26) as u8));
        count /= 26;
    }
    letters.iter().rev().collect()
}

fn roman(mut count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while count >= value && text.len() < 40 {
            text.push_str(sign);
            count -= value;
        }
    }
    text
}

/// A text as part of an address: letters and digits, everything else a dash.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    let slug = shortened(&slug).trim_end_matches('-');
    if slug.is_empty() {
        "x".to_owned()
    } else {
        slug.to_owned()
    }
}

/// Every action of an item or question list, wherever it was set, for callers that need them all.
pub fn actions<E: Edition>(meeting: &Meeting<E>) -> Vec<&Row<E, Action<E>>> {
    fn of_items<'m, E: Edition>(
        rows: &'m [Row<E, Item<E>>],
        found: &mut Vec<&'m Row<E, Action<E>>>,
    ) {
        for item in rows.iter().filter_map(Row::known) {
            for question in item.questions.iter().filter_map(Row::known) {
                found.extend(&question.fields.actions);
            }
            found.extend(&item.actions);
            of_items(&item.items, found);
        }
    }
    let mut found = Vec::new();
    of_items(&meeting.items, &mut found);
    found.extend(&meeting.actions);
    found
}

/// Every item of a meeting, at every level, in the order of the document.
pub fn items(meeting: &Meeting<Internal>) -> Vec<&Item<Internal>> {
    fn below<'m>(rows: &'m [Row<Internal, Item>], found: &mut Vec<&'m Item>) {
        for item in rows.iter().filter_map(Row::known) {
            found.push(item);
            below(&item.items, found);
        }
    }
    let mut found = Vec::new();
    below(&meeting.items, &mut found);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_their_style() {
        assert_eq!(letters(1), "a");
        assert_eq!(letters(27), "aa");
        assert_eq!(roman(14), "xiv");
        assert_eq!(last_count("1.10"), Some(10));
        assert_eq!(last_count("(c)"), Some(3));
        assert_eq!(last_count("Annex"), None);
        assert_eq!(last_count("Annex A"), None);
        assert_eq!(full_number(Some("a"), "2.1"), "2.1.a");
        assert_eq!(full_number(Some("2.2"), "2"), "2.2");
        assert_eq!(compact("2.1.a"), "2.1a");
        assert_eq!(slug("9/26 – Über"), "9-26-über");
    }
}
