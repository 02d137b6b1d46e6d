//! Somebody is on the list of those present twice.

use crate::check::presence::Presence;
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
            let (span, [key]) = (listed.attendee.party.span, listed.who.keys.as_slice()) else {
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
