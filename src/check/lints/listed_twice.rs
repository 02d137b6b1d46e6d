//! Somebody is on the list of those present twice.

use crate::check::presence::{Listed, Presence};
use crate::check::wording::quoted_party;
use crate::check::{Check, Found, Lint, MeetingSubject};
use crate::diagnostic::Severity;
use crate::source::Span;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) const LINT: Lint = Lint {
    code: "listed-twice",
    severity: Severity::Warning,
    summary: "Somebody is on the list of those present twice.",
    explanation: "A reader would count one person too many. Remove one of the two entries.",
    lowered_in_extracts: false,
    check: Check::Meeting(check),
};

fn check(subject: &MeetingSubject<'_>, found: &mut Found) {
    let Presence { present, apologies } = &subject.presence;
    for list in [present, apologies] {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for listed in list {
            let span = listed.attendee.party.span;
            let Some(key) = known_as(listed) else {
                continue;
            };
            match seen.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(span);
                }
                Entry::Occupied(first) => {
                    let name = quoted_party(&listed.attendee.party);
                    let diagnostic = found.at(span, format!("{name} is listed a second time"));
                    diagnostic.help = Some("remove one of the two".to_owned());
                    let label = "the first stands here".to_owned();
                    diagnostic.related.push((*first.get(), label));
                }
            }
        }
    }
}

/// What tells somebody from everybody else: the key of the register, or the name of a guest.
fn known_as<'l>(listed: &'l Listed<'_>) -> Option<&'l str> {
    let name = listed.attendee.party.name.as_ref();
    match listed.who.keys.as_slice() {
        [key] => Some(key),
        [] if name.is_some_and(|name| name.passages().is_empty()) => {
            Some(listed.who.name()).filter(|name| is_of_one(name))
        }
        _ => None,
    }
}

/// Whether only one person can be called so: "a member of the public" can be several.
fn is_of_one(name: &str) -> bool {
    const SEVERAL: [&str; 8] = [
        "a",
        "an",
        "one",
        "another",
        "member",
        "members",
        "representative",
        "observer",
    ];
    let mut words = name.split(' ');
    let first = words.next().unwrap_or_default();
    words.next().is_some() && !SEVERAL.contains(&first)
}
