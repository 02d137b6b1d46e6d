//! A matter arising names an action that no meeting set.

use crate::check::parts::Parts;
use crate::check::wording::{near, public_words};
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::meeting::Arising;
use crate::model::outline::actions;
use crate::model::text::Text;
use crate::model::withheld::Row;
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint {
    code: "unknown-action",
    severity: Severity::Error,
    summary: "A matter arising names an action that no meeting set.",
    explanation: "Its text, owner and due date cannot be shown. Correct the ref; or, for an action that was set \
                  before the book began, write it out: `action: { ref: …, text: …, owner: …, from: { meeting: …, \
                  item: … } }`.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut named: Vec<(&Text, bool)> = Vec::new();
    for document in &subject.book.meetings {
        let parts = Parts::of(&document.meeting);
        for row in actions(&document.meeting) {
            let reference = match row {
                Row::Open(action) => action.reference.as_ref(),
                Row::Withheld(row) => row.number.as_ref(),
            };
            known.extend(reference.map(entry));
        }
        for matter in &parts.matters {
            match &matter.whole().action {
                Arising::Ref(reference) => named.push((reference, matter.withheld)),
                Arising::Earlier(earlier) => known.extend(earlier.reference.as_ref().map(entry)),
            }
        }
    }
    for (reference, withheld) in named {
        let (folded, words) = entry(reference);
        if known.contains_key(&folded) {
            continue;
        }
        let is_open = !withheld && reference.passages().is_empty();
        let message = match is_open {
            true => format!("no meeting of this book set an action `{words}`"),
            false => "no meeting of this book set this action".to_owned(),
        };
        let near = near(&words, known.values().map(String::as_str)).filter(|_| is_open);
        found.at(reference.span, message).help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "correct the ref, or write the action out: `action: { text: …, owner: … }`"
                .to_owned(),
        });
    }
}

fn entry(reference: &Text) -> (String, String) {
    let words = public_words(reference);
    (words.to_lowercase(), words)
}
