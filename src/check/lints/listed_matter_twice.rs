//! A meeting lists an action twice among its matters arising.

use crate::check::wording::public_words;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::model::meeting::Arising;
use crate::source::Span;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) const LINT: Lint = Lint {
    code: "listed-matter-twice",
    severity: Severity::Warning,
    summary: "A meeting lists an action twice among its matters arising.",
    explanation: "Two updates at one meeting contradict each other or say the same. Join the two entries.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let mut seen: BTreeMap<String, Span> = BTreeMap::new();
    for matter in &subject.parts.matters {
        let Arising::Ref(reference) = &matter.whole().action else {
            continue;
        };
        match seen.entry(public_words(reference).to_lowercase()) {
            Entry::Vacant(place) => {
                place.insert(reference.span);
            }
            Entry::Occupied(first) => {
                let diagnostic = found.at(reference.span, "this action is listed a second time");
                diagnostic.help = Some("join the two entries".to_owned());
                let label = "the first stands here".to_owned();
                diagnostic.related.push((*first.get(), label));
            }
        }
    }
}
