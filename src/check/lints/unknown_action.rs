//! A matter arising names an action that no meeting set.

use crate::check::parts::Parts;
use crate::check::wording::{near, public_words};
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::meeting::Arising;
use crate::model::outline::actions;
use crate::model::text::Text;
use crate::model::withheld::Row;
use std::collections::BTreeSet;

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

/// For how many actions a ref is looked for that was meant.
const MOST: usize = 50;

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut public: Vec<String> = Vec::new();
    let mut named: Vec<(&Text, bool)> = Vec::new();
    for document in &subject.book.meetings {
        for row in actions(&document.meeting) {
            let reference = match row {
                Row::Open(action) => action.reference.as_ref(),
                Row::Withheld(row) => row.number.as_ref(),
            };
            known.extend(reference.map(folded));
            public.extend(reference.map(public_words));
        }
        for matter in Parts::of(&document.meeting).matters {
            match &matter.whole().action {
                Arising::Ref(reference) => named.push((reference, matter.withheld)),
                Arising::Earlier(earlier) => known.extend(earlier.reference.as_ref().map(folded)),
            }
        }
    }
    let unknown = named
        .into_iter()
        .filter(|(reference, _)| !known.contains(&folded(reference)));
    for (count, (reference, withheld)) in unknown.enumerate() {
        let words = public_words(reference);
        let is_open = !withheld && reference.passages().is_empty();
        let message = match is_open {
            true => format!("no meeting of this book set an action `{words}`"),
            false => "no meeting of this book set this action".to_owned(),
        };
        let near = match is_open && count < MOST {
            true => near(&words, public.iter().map(String::as_str)),
            false => None,
        };
        found.at(reference.span, message).help = Some(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "correct the ref, or write the action out: `action: { text: …, owner: … }`"
                .to_owned(),
        });
    }
}

fn folded(reference: &Text) -> String {
    public_words(reference).to_lowercase()
}
