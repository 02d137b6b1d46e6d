//! An abbreviation is explained nowhere.

use crate::check::abbreviations::{Abbreviation, abbreviations, singular};
use crate::check::wording::public_words;
use crate::check::{Check, Cue, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::text::Text;
use std::collections::BTreeSet;

pub(super) const LINT: Lint = Lint {
    code: "unexplained-abbreviation",
    severity: Severity::Note,
    summary: "An abbreviation is explained nowhere.",
    explanation: "Readers outside the office do not know it, and the accessibility rules ask for an explanation \
                  at first use. Add it to `glossary:` in minutebook.yaml or in the document, and it is expanded by \
                  itself; or write it out where it first stands: \"Serious and organised crime (SOC)\". The \
                  initials of people and bodies in the register are explained by it, and the labels of sources \
                  by their titles.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let prose = subject
        .texts
        .iter()
        .filter(|shown| shown.cues.has(Cue::TwoCapitals))
        .filter(|shown| !subject.parts.not_prose.contains(&shown.text.span));
    let uses: Vec<(&Text, Abbreviation<'_>)> = prose
        .flat_map(|shown| {
            let all = abbreviations(&shown.words).into_iter();
            all.map(|one| (shown.text, one))
        })
        .collect();
    let own = known(subject);
    let is_known = |short: &str| {
        let short = short.to_lowercase();
        subject.explained.contains(&short) || own.contains(&short)
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let explained: BTreeSet<&str> = uses
        .iter()
        .filter(|(_, one)| one.explained)
        .map(|(_, one)| one.singular)
        .collect();
    for (text, one) in &uses {
        let short = one.singular;
        if explained.contains(short) || is_known(short) || !seen.insert(short) {
            continue;
        }
        let place = subject.within(text.span, one.written);
        found
            .at(place, format!("`{}` is explained nowhere", one.written))
            .help = Some(format!(
            "add `{short}: …` under `glossary:`, or write it out here with the abbreviation in brackets: … ({short})"
        ));
    }
}

/// What the document itself explains: in its glossary, by its sources and in its lists of people. In small letters.
fn known(subject: &DocumentSubject<'_>) -> BTreeSet<String> {
    let glossary = subject.document.glossary();
    let sources = subject.document.sources();
    let keys = glossary
        .into_iter()
        .flat_map(|own| own.keys())
        .chain(sources.into_iter().flat_map(|sources| sources.keys()));
    let mut known: BTreeSet<String> = keys.map(|key| singular(key).to_lowercase()).collect();
    let listed = subject
        .presence
        .present
        .iter()
        .chain(&subject.presence.apologies);
    let initials = listed.filter_map(|listed| listed.attendee.initials.as_ref());
    known.extend(initials.map(|text| public_words(text).to_lowercase()));
    known
}
