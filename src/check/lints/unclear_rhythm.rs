//! How often something comes back cannot be understood.

use crate::check::wording::{near, quoted};
use crate::check::{BookSubject, Check, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::rhythm::Every;

pub(super) const LINT: Lint = Lint {
    code: "unclear-rhythm",
    severity: Severity::Warning,
    summary: "How often something comes back cannot be understood.",
    explanation: "It is printed as it stands, and the action or item never comes back by itself. Write `weekly`, \
                  `fortnightly`, `monthly`, `quarterly`, `yearly`, or `every 6 weeks`.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

/// The words of which one may have been meant.
const WORDS: [&str; 9] = [
    "daily",
    "weekly",
    "fortnightly",
    "monthly",
    "bimonthly",
    "quarterly",
    "half-yearly",
    "yearly",
    "annually",
];

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    for (_, series) in subject.book.settings.series.iter() {
        let rhythms = series.standing_items.iter();
        for every in rhythms.filter_map(|item| item.every.as_ref()) {
            report(every, false, found);
        }
    }
    for rhythm in subject.documents.iter().flat_map(|one| &one.parts.rhythms) {
        report(rhythm, rhythm.withheld, found);
    }
}

fn report(every: &Every, withheld: bool, found: &mut Found) {
    if every.rhythm().is_some() {
        return;
    }
    let is_open = !withheld && every.rhythm.passages().is_empty();
    let message = match is_open {
        true => format!("`{}` does not say how often", quoted(&every.rhythm)),
        false => "this does not say how often".to_owned(),
    };
    let meant = near(every.rhythm.source(), WORDS).filter(|_| is_open);
    found.at(every.rhythm.span, message).help = Some(match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "write `monthly`, `quarterly`, `every 6 weeks` or the like".to_owned(),
    });
}
