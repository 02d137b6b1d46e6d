//! The footnotes of a text: `[^label]` refers to one, and a paragraph that begins with `[^label]:` is one, as GitHub
//! writes them. In: a source in which passages are marked. Out: which definitions are footnotes, and what of them the
//! public edition may have.
//!
//! A definition that nothing refers to is no footnote: it stays a paragraph, as it is written. A footnote to which only
//! withheld words refer is withheld with them.

use super::exemption::Exemption;
use super::text::{ANGLES, APART, BEGIN, CLOSE, OPEN, OPTIONS};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, TextMergeWithOffset};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Markdown with footnotes in GitHub's manner: what belongs to one is indented by four spaces.
pub(super) const WITH_FOOTNOTES: Options = OPTIONS.union(Options::ENABLE_FOOTNOTES);

/// A label of a footnote that does not do what it was written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray {
    /// The label.
    pub label: String,
    /// How often the label stands before it in its brackets; for a definition, how many before it have the same label.
    pub before: usize,
    /// Whether it stands in a withheld passage.
    pub withheld: bool,
}

/// What a source says of footnotes.
#[derive(Debug, Default)]
pub(super) struct Survey {
    definitions: Vec<Definition>,
    references: Vec<Reference>,
    /// Whether nothing refers to a definition, so that it stays a paragraph.
    unused: Vec<bool>,
    /// Whether public words refer to a definition.
    public: Vec<bool>,
    /// References to a footnote that is not there.
    pub(super) missing: Vec<Stray>,
}

#[derive(Debug)]
struct Definition {
    /// In small letters; `None` where a passage begins or ends in it, so that nothing can refer to it.
    label: Option<String>,
    written: String,
    range: Range<usize>,
    /// The passage in which it begins.
    passage: Option<usize>,
}

#[derive(Debug)]
struct Reference {
    /// The definition in which it stands.
    from: Option<usize>,
    /// The definition that it names.
    to: usize,
    /// The passage in which it stands.
    passage: Option<usize>,
}

impl Survey {
    /// Looks at a source in which passages are marked.
    pub(super) fn of(source: &str) -> Survey {
        let mut survey = Survey::default();
        if !source.contains("[^") {
            return survey;
        }
        let passages = Passages::of(source);
        for (event, range) in events(source) {
            if let Event::Start(Tag::FootnoteDefinition(label)) = event {
                let is_label = !label.contains([OPEN, BEGIN, CLOSE]);
                survey.definitions.push(Definition {
                    label: is_label.then(|| label.to_lowercase()),
                    written: label.into_string(),
                    passage: passages.at(range.start),
                    range,
                });
            }
        }
        survey.refer(source, &passages);
        survey.unused = survey.find_unused();
        survey.public = survey.reached(|one| one.passage.is_none());
        survey
    }

    /// Finds every reference.
    fn refer(&mut self, source: &str, passages: &Passages) {
        let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, definition) in self.definitions.iter().enumerate() {
            // Of two with the same label the first is meant.
            if let Some(label) = &definition.label {
                labels.entry(label).or_insert(at);
            }
        }
        let mut open: Vec<usize> = Vec::new();
        let mut begun = 0;
        let mut is_code = false;
        let mut before = Before::of(source);
        for (event, range) in events(source) {
            match event {
                Event::Start(Tag::CodeBlock(_)) => is_code = true,
                Event::End(TagEnd::CodeBlock) => is_code = false,
                Event::Start(Tag::FootnoteDefinition(_)) => {
                    open.push(begun);
                    begun += 1;
                }
                Event::End(TagEnd::FootnoteDefinition) => {
                    open.pop();
                }
                Event::FootnoteReference(label) => {
                    let to = labels.get(label.to_lowercase().as_str());
                    self.references.extend(to.map(|to| Reference {
                        from: open.last().copied(),
                        to: *to,
                        passage: passages.at(range.start),
                    }));
                }
                Event::Text(_) if !is_code => {
                    for (at, label) in references(&source[range.clone()]) {
                        let at = range.start + at;
                        self.missing.push(Stray {
                            label: label.to_owned(),
                            before: before.count(label, at),
                            withheld: passages.at(at).is_some(),
                        });
                    }
                }
                _ => {}
            }
        }
    }

    /// For each definition those to which it refers; last those to which the text itself does.
    fn leads(&self, counts: impl Fn(&Reference) -> bool) -> Vec<Vec<usize>> {
        let mut leads = vec![Vec::new(); self.definitions.len() + 1];
        for reference in self.references.iter().filter(|one| counts(one)) {
            leads[reference.from.unwrap_or(self.definitions.len())].push(reference.to);
        }
        leads
    }

    /// The definitions to which nothing leads.
    fn find_unused(&self) -> Vec<bool> {
        let body = self.definitions.len();
        let leads = self.leads(|_| true);
        let mut reached = vec![false; body + 1];
        reach(body, &leads, &mut reached);
        // One that another of the rest refers to is a footnote of that one.
        let mut named = vec![false; body + 1];
        for from in (0..body).filter(|at| !reached[*at]) {
            leads[from]
                .iter()
                .filter(|to| **to != from)
                .for_each(|to| named[*to] = true);
        }
        let mut unused = vec![false; body];
        let rest = (0..body).filter(|at| !named[*at]).chain(0..body);
        for at in rest {
            if !reached[at] {
                unused[at] = true;
                reach(at, &leads, &mut reached);
            }
        }
        unused
    }

    /// The footnotes to which a reader gets by references that count.
    fn reached(&self, counts: impl Fn(&Reference) -> bool) -> Vec<bool> {
        let body = self.definitions.len();
        let leads = self.leads(counts);
        let mut reached = vec![false; body + 1];
        reach(body, &leads, &mut reached);
        for at in (0..body).filter(|at| self.unused[*at]) {
            reach(at, &leads, &mut reached);
        }
        reached
    }

    /// The definitions to which nothing refers.
    pub(super) fn strays(&self) -> Vec<Stray> {
        let mut strays = Vec::new();
        let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
        for (definition, unused) in self.definitions.iter().zip(&self.unused) {
            let before = labels.entry(&definition.written).or_default();
            if *unused {
                strays.push(Stray {
                    label: definition.written.clone(),
                    before: *before,
                    withheld: definition.passage.is_some() || definition.label.is_none(),
                });
            }
            *before += 1;
        }
        strays
    }

    /// The footnotes, in the order in which they are defined.
    fn footnotes(&self) -> impl Iterator<Item = (usize, &Definition)> {
        let all = self.definitions.iter().enumerate();
        all.filter(|(at, _)| !self.unused[*at])
    }

    /// Every definition: its label in small letters, and whether it is a footnote.
    pub(super) fn definitions(&self) -> impl Iterator<Item = (&str, bool)> {
        let all = self.definitions.iter().zip(&self.unused);
        all.map(|(one, unused)| (one.label.as_deref().unwrap_or(""), !unused))
    }

    /// Where the labels of the definitions end.
    pub(super) fn ends(&self, source: &str) -> impl Iterator<Item = usize> {
        let starts = self.definitions.iter().map(|one| one.range.start);
        starts.filter_map(|start| source[start..].find("]:").map(|end| start + end))
    }

    /// For each footnote the exemptions under which it is withheld, because only withheld words refer to it; none where
    /// the public edition has it.
    pub(super) fn withheld(&self, passages: &[Vec<Exemption>]) -> Vec<Vec<Exemption>> {
        let mut withheld: Vec<Vec<Exemption>> = vec![Vec::new(); self.definitions.len()];
        let of = |one: &Reference| one.passage.and_then(|number| passages.get(number)).cloned();
        let mut open: Vec<usize> = Vec::new();
        for reference in self.references.iter().filter(|one| !self.public[one.to]) {
            if let (true, Some(exemptions)) = (withheld[reference.to].is_empty(), of(reference)) {
                withheld[reference.to] = exemptions;
                open.push(reference.to);
            }
        }
        // A footnote of a withheld footnote is withheld as that is.
        let leads = self.leads(|_| true);
        while let Some(from) = open.pop() {
            for to in leads[from].iter().filter(|to| !self.public[**to]) {
                if withheld[*to].is_empty() {
                    withheld[*to] = withheld[from].clone();
                    open.push(*to);
                }
            }
        }
        self.footnotes()
            .map(|(at, _)| withheld[at].clone())
            .collect()
    }

    /// What the public edition cannot have.
    pub(super) fn cuts(&self, source: &str) -> Cuts {
        let mut cuts = Cuts::default();
        for (at, definition) in self.definitions.iter().enumerate() {
            let Range { start, end } = definition.range;
            let words = source[start..end]
                .find("]:")
                .map_or(start, |at| start + at + 2);
            let opens = source[words..end].starts_with(APART);
            match (self.unused[at], self.public[at]) {
                // The label stood in the passage.
                (true, _) if opens => cuts.add(start..words),
                (true, _) => {}
                // What follows it stays a paragraph of its own.
                (false, false) => cuts.add(start..start + source[start..end].trim_end().len()),
                // A footnote that is public, and its words are withheld.
                (false, true) => {
                    let passage = definition.passage.zip(definition.label.clone());
                    cuts.withheld.extend(passage);
                }
            }
        }
        cuts
    }
}

/// Marks everything to which a definition leads, and the definition itself.
fn reach(from: usize, leads: &[Vec<usize>], reached: &mut [bool]) {
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut reached[at], true) {
            open.extend(&leads[at]);
        }
    }
}

/// What the public edition cannot have of the footnotes of a source.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    /// Ranges that go, one behind the other. The marks of passages that only begin or only end in one stay.
    ranges: Vec<Range<usize>>,
    /// Footnotes that are defined in a passage, and to which public words refer: passage and label.
    withheld: Vec<(usize, String)>,
}

impl Cuts {
    fn add(&mut self, range: Range<usize>) {
        match self.ranges.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => self.ranges.push(range),
        }
    }

    /// Whether the source can stay as it is.
    pub(super) fn is_empty(&self) -> bool {
        self.ranges.is_empty() && self.withheld.is_empty()
    }

    fn around(&self, at: usize) -> Option<&Range<usize>> {
        let next = self.ranges.partition_point(|range| range.start <= at);
        let range = &self.ranges[next.checked_sub(1)?];
        range.contains(&at).then_some(range)
    }

    /// The passages that go with a range.
    pub(super) fn gone(&self, source: &str) -> BTreeSet<usize> {
        if self.ranges.is_empty() {
            return BTreeSet::new();
        }
        let passages = Passages::of(source).0.into_iter();
        passages
            .filter(|(_, range)| {
                self.around(range.start)
                    .is_some_and(|cut| range.end <= cut.end)
            })
            .map(|(number, _)| number)
            .collect()
    }

    /// The source of the public edition, in which every passage is its mark alone. A footnote of which all words are
    /// withheld gets a passage of its own.
    pub(super) fn apply(
        &self,
        source: &str,
        gone: &BTreeSet<usize>,
        passages: &mut Vec<Vec<Exemption>>,
    ) -> String {
        let mut kept = String::with_capacity(source.len());
        let mut from = 0;
        for (number, range) in Passages::of(source).0 {
            self.push(source, from..range.start, &mut kept);
            if !gone.contains(&number) {
                kept.push_str(&format!("{OPEN}{number}{BEGIN}{CLOSE}"));
            }
            from = range.end;
        }
        self.push(source, from..source.len(), &mut kept);
        for (passage, label) in &self.withheld {
            let number = passages.len();
            kept.push_str(&format!("\n\n[^{label}]: {OPEN}{number}{BEGIN}{CLOSE}"));
            passages.push(passages.get(*passage).cloned().unwrap_or_default());
        }
        kept
    }

    /// What of a range stays.
    fn push(&self, source: &str, range: Range<usize>, kept: &mut String) {
        let mut at = range.start;
        let first = self.ranges.partition_point(|cut| cut.end <= at);
        for cut in self.ranges[first..]
            .iter()
            .take_while(|cut| cut.start < range.end)
        {
            kept.push_str(&source[at..cut.start.max(at)]);
            at = cut.end.min(range.end);
        }
        kept.push_str(&source[at..range.end]);
    }
}

/// A source in which passages are their marks alone, as people write it: `<<s31>>`.
pub(super) fn written(source: &str, passages: &[Vec<Exemption>]) -> String {
    let mut written = String::with_capacity(source.len());
    let mut from = 0;
    for (number, range) in Passages::of(source).0 {
        written.push_str(&source[from..range.start]);
        let codes: Vec<&str> = passages
            .get(number)
            .into_iter()
            .flatten()
            .map(Exemption::code)
            .collect();
        written.push_str(&format!("<<{}>>", codes.join(", ")));
        from = range.end;
    }
    written.push_str(&source[from..]);
    written.replace(ANGLES, "\\<<").replace(APART, "")
}

/// The labels to which a source seems to refer, in small letters.
pub(super) fn named(source: &str) -> BTreeSet<String> {
    let labels = references(source);
    labels
        .filter(|(at, label)| !source[at + 2 + label.len()..].starts_with("]:"))
        .map(|(_, label)| label.to_lowercase())
        .collect()
}

/// The label with which withheld words begin, `[^label]:`, and what stands behind it.
pub(super) fn leading(words: &str) -> Option<(&str, &str)> {
    let (label, rest) = words.strip_prefix("[^")?.split_once("]:")?;
    let is_label = !label.is_empty() && !label.contains(['[', ']', '\n', '\\']);
    is_label.then_some((label, rest))
}

fn events(source: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    TextMergeWithOffset::new(Parser::new_ext(source, WITH_FOOTNOTES).into_offset_iter())
}

/// The passages of a source with their places, from mark to mark.
struct Passages(Vec<(usize, Range<usize>)>);

impl Passages {
    fn of(source: &str) -> Passages {
        let mut passages = Vec::new();
        for (start, _) in source.match_indices(OPEN) {
            let inside = &source[start + OPEN.len_utf8()..];
            let number = inside
                .split_once(BEGIN)
                .and_then(|(number, _)| number.parse().ok());
            let end = source[start..]
                .find(CLOSE)
                .map(|at| start + at + CLOSE.len_utf8());
            passages.extend(number.map(|number| (number, start..end.unwrap_or(source.len()))));
        }
        Passages(passages)
    }

    /// The passage in which a place is.
    fn at(&self, place: usize) -> Option<usize> {
        let next = self.0.partition_point(|(_, range)| range.start <= place);
        let (number, range) = &self.0[next.checked_sub(1)?];
        range.contains(&place).then_some(*number)
    }
}

/// Counts the labels of a source, from its beginning to its end.
struct Before<'s> {
    rest: Box<dyn Iterator<Item = (usize, &'s str)> + 's>,
    next: Option<(usize, &'s str)>,
    met: BTreeMap<&'s str, usize>,
}

impl<'s> Before<'s> {
    fn of(source: &'s str) -> Before<'s> {
        let mut rest = Box::new(labels(source));
        Before {
            next: rest.next(),
            rest,
            met: BTreeMap::new(),
        }
    }

    /// How often a label stands in its brackets before a place, which is behind every place that was asked for.
    fn count(&mut self, label: &str, place: usize) -> usize {
        while let Some((_, label)) = self.next.filter(|(at, _)| *at < place) {
            *self.met.entry(label).or_default() += 1;
            self.next = self.rest.next();
        }
        self.met.get(label).copied().unwrap_or_default()
    }
}

/// What looks like a reference in words that hold none: its place and its label.
fn references(words: &str) -> impl Iterator<Item = (usize, &str)> {
    labels(words).filter(|(at, _)| !words[..*at].ends_with('\\'))
}

/// Whatever stands in the brackets of a label, be it a reference or not: its place and the label.
fn labels(words: &str) -> impl Iterator<Item = (usize, &str)> {
    const LONGEST: usize = 100;
    words.match_indices("[^").filter_map(|(at, _)| {
        let rest = &words[at + 2..];
        let mut inside = rest.char_indices().take(LONGEST);
        let (end, last) =
            inside.find(|(_, c)| c.is_whitespace() || "[]^".contains(*c) || is_mark(*c))?;
        (last == ']' && end > 0).then_some((at, &rest[..end]))
    })
}

fn is_mark(c: char) -> bool {
    [OPEN, BEGIN, CLOSE, APART, ANGLES].contains(&c)
}
