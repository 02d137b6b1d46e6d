//! A text refers to something in the document, and is no link.

use crate::check::links::words_outside_links;
use crate::check::{Check, Cue, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const LINT: Lint = Lint {
    code: "unlinked-reference",
    severity: Severity::Note,
    summary: "A text refers to something in the document, and is no link.",
    explanation: "A link saves the reader the search, and is checked: `[item 2.1](#2.1)`, `[question \
                  5](#question-5)`, `[action 3/26](#3/26)`.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

/// Behind these words a text is about another meeting.
const OF_ANOTHER: &str = "of the meeting on ";

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let mut known: BTreeMap<(&str, &str), Vec<Span>> = BTreeMap::new();
    for target in &subject.outline.targets {
        for name in target.names.iter().chain([&target.anchor]) {
            let places = known.entry((name.as_str(), target.what)).or_default();
            // Two are enough to tell whether one of them is another.
            if places.len() < 2 {
                places.push(target.span);
            }
        }
    }
    let headings = headings(subject);
    let prose = subject
        .texts
        .iter()
        .filter(|shown| shown.cues.has(Cue::Digit) && shown.cues.has(Cue::Reference))
        .filter(|shown| !subject.parts.not_prose.contains(&shown.text.span));
    for shown in prose {
        let words = words_outside_links(shown.text);
        // The draft of `next` lists so the questions of the last meeting that still wait for an answer.
        let words = words.split(OF_ANOTHER).next().unwrap_or_default();
        let words: Vec<&str> = words.split_whitespace().collect();
        let heads = headings.get(&shown.text.span);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for (at, pair) in words.windows(2).enumerate() {
            // "item 2 of the July meeting" is another meeting's.
            let is_elsewhere = words
                .get(at + 2)
                .is_some_and(|next| matches!(*next, "of" | "at" | "from"));
            let Some(target) = target(pair[0], pair[1]).filter(|_| !is_elsewhere) else {
                continue;
            };
            let name = target.name.to_lowercase();
            // A heading need not lead to itself.
            let leads_away = |places: &Vec<Span>| places.iter().any(|place| heads != Some(place));
            let exists = target.what.iter().any(|what| {
                let places = known.get(&(name.as_str(), *what));
                places.is_some_and(leads_away)
            });
            if exists && seen.insert(target.written.clone()) {
                let place = subject.within(shown.text.span, &target.written);
                found
                    .at(place, format!("`{}` can be a link", target.written))
                    .help = Some(format!("write `[{}](#{})`", target.written, target.name));
            }
        }
    }
}

/// The places of the titles of items and objectives, and of what stands below each.
fn headings(subject: &DocumentSubject<'_>) -> BTreeMap<Span, Span> {
    let items = subject.parts.items.iter();
    let items = items.map(|item| (item.whole().title.as_ref(), item.whole().span));
    let objectives = subject.parts.objectives.iter();
    let objectives = objectives.map(|one| (one.whole().title.as_ref(), one.whole().span));
    let all = items.chain(objectives);
    all.filter_map(|(title, below)| Some((title?.span, below)))
        .collect()
}

struct Reference {
    /// What it can be.
    what: &'static [&'static str],
    name: String,
    written: String,
}

/// What two words refer to: "item 2.1", "question 5", "objective 4", "action 3/26", "see 1.4".
fn target(word: &str, number: &str) -> Option<Reference> {
    let word = word.trim_start_matches(['(', '[', '"', '‘', '“']);
    let number = number.trim_end_matches(|c: char| !c.is_alphanumeric());
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (what, name, written): (&'static [&'static str], _, _) = match word.to_lowercase().as_str()
    {
        "item" => (&["item"], number.to_owned(), format!("{word} {number}")),
        "question" => (
            &["question"],
            format!("question-{number}"),
            format!("{word} {number}"),
        ),
        "objective" => (
            &["objective"],
            format!("objective-{number}"),
            format!("{word} {number}"),
        ),
        "action" => (&["action"], number.to_owned(), format!("{word} {number}")),
        "see" if number.contains(['.', '/']) => {
            (&["item", "action"], number.to_owned(), number.to_owned())
        }
        _ => return None,
    };
    Some(Reference {
        what,
        name,
        written,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::cues::assert_cued;

    #[test]
    fn nothing_stands_there_without_its_cue() {
        let refers = |words: &str| {
            let words: Vec<&str> = words.split_whitespace().collect();
            let mut pairs = words.windows(2);
            pairs.any(|pair| target(pair[0], pair[1]).is_some())
        };
        assert_cued(refers, |cues| {
            cues.has(Cue::Digit) && cues.has(Cue::Reference)
        });
    }
}
