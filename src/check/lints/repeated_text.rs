//! The same text stands with two actions, or in two updates.

use crate::check::history::is_elsewhere;
use crate::check::{Check, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::text::Text;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(super) const LINT: Lint = Lint {
    code: "repeated-text",
    severity: Severity::Warning,
    summary: "The same text stands with two actions, or in two updates.",
    explanation: "Text that is copied across rows is corrected in one and forgotten in the other, and most often \
                  hides that nothing was said of the second. Say what is so there; where two actions are one, \
                  write `duplicate_of:` or `captured_under:` with the ref of the other. Texts of fewer than \
                  eight words are not looked at.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

/// The least words that nobody writes twice by chance.
const LEAST: usize = 8;

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let parts = subject.parts;
    let actions = parts.actions.iter().filter(|one| !one.withheld);
    let actions = actions.filter(|one| !is_elsewhere(one.whole()));
    let of_parts = parts.action_parts.iter().filter(|one| !one.withheld);
    let actions = actions.map(|one| &one.whole().text);
    report(
        actions.chain(of_parts.map(|one| &one.whole().text)),
        "an action",
        found,
    );
    let updates = parts.updates.iter().filter(|one| !one.withheld);
    let updates = updates.filter_map(|one| one.whole().text.as_ref());
    let matters = parts.matters.iter().filter(|one| !one.withheld);
    let matters = matters.filter_map(|one| one.whole().update.as_ref());
    report(updates.chain(matters), "an update", found);
}

fn report<'m>(texts: impl Iterator<Item = &'m Text>, what: &str, found: &mut Found) {
    let mut seen: HashMap<String, &Text> = HashMap::new();
    for text in texts.filter(|text| text.passages().is_empty()) {
        let words = text.words().to_lowercase();
        let words: Vec<&str> = words.split_whitespace().collect();
        if words.len() < LEAST {
            continue;
        }
        match seen.entry(words.join(" ")) {
            Entry::Vacant(place) => {
                place.insert(text);
            }
            Entry::Occupied(first) => {
                let message = format!("the text of {what} stands here a second time");
                let diagnostic = found.at(text.span, message);
                diagnostic.help = Some(
                    "say what is so here; where two actions are one, write `duplicate_of:`"
                        .to_owned(),
                );
                let label = "the first stands here".to_owned();
                diagnostic.related.push((first.get().span, label));
            }
        }
    }
}
