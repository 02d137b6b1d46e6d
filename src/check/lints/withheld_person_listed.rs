//! Somebody whose name is withheld is listed openly.

use crate::check::names::HiddenNames;
use crate::check::{BookSubject, Check, Found, Gathered, Lint, Named, Role};
use crate::diagnostic::Severity;
use crate::model::Redact;
use crate::model::register::Lookup;
use crate::source::SourceId;
use std::collections::BTreeSet;

pub(super) const LINT: Lint = Lint {
    code: "withheld-person-listed",
    severity: Severity::Warning,
    summary: "Somebody whose name is withheld is listed openly, as present or as an owner.",
    explanation: "The name is withheld as personal information (section 40) in one place, and a list names the \
                  person openly: those present, those who sent apologies, the owner of an action, who asked or \
                  answered. Withhold it there as well: `<<s40(2) | …>>`; or open it in both places.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let names = HiddenNames::of(subject);
    if names.is_empty() {
        return;
    }
    for Gathered {
        document, parts, ..
    } in subject.documents
    {
        let file = document.span().source;
        let mut told = BTreeSet::new();
        for named in parts.people.iter().filter(|named| !named.withheld) {
            for name in hidden(subject, named, &names, file) {
                if !told.insert(name) {
                    continue;
                }
                let there = names.place_words(name, file, &subject.book.sources);
                let message = format!(
                    "somebody whose name is withheld{there} {}",
                    as_what(named.role)
                );
                let diagnostic = found.at(named.party.span, message);
                diagnostic.is_withheld = true;
                diagnostic.help = Some(
                    "withhold the name here too: `<<s40(2) | …>>`; or, when it may be known, open it there"
                        .to_owned(),
                );
            }
        }
    }
}

/// The withheld names that a list shows with somebody.
fn hidden(
    subject: &BookSubject<'_>,
    named: &Named<'_>,
    names: &HiddenNames<'_>,
    file: SourceId,
) -> Vec<usize> {
    let Some(name) = &named.party.name else {
        return Vec::new();
    };
    if let (Lookup::One(entry), []) = (
        subject.register.party(named.party, named.day),
        name.passages(),
    ) {
        let is_same = |one: &usize| names.all[*one].key == Some(entry.key());
        let same = (0..names.all.len()).filter(is_same);
        return same.filter(|one| names.all[*one].counts_in(file)).collect();
    }
    let words = name.redact().words();
    let found = names.within(&words, file).into_iter();
    found.map(|(name, _)| name).collect()
}

fn as_what(role: Role) -> &'static str {
    match role {
        Role::Chair => "is named here openly as the chair",
        Role::NoteTaker => "is named here openly as the note-taker",
        Role::Listed | Role::Outsider => "is listed here openly",
        Role::Respondent => "is named here openly as who answered",
        Role::Owner => "is named here openly as an owner",
        Role::ReportTo | Role::Other => "is named here openly",
    }
}
