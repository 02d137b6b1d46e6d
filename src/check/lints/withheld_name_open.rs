//! A name is withheld in one place and stands openly in another.

use crate::check::names::HiddenNames;
use crate::check::wording::place;
use crate::check::{BookSubject, Check, Found, Gathered, Lint};
use crate::diagnostic::Severity;
use crate::source::Span;
use std::collections::BTreeMap;

pub(super) const LINT: Lint = Lint {
    code: "withheld-name-open",
    severity: Severity::Warning,
    summary: "A name is withheld in one place and stands openly in another.",
    explanation: "What is withheld as personal information (section 40) is known to whoever reads the other place. \
                  Withhold the name there as well: `<<s40(2) | …>>`; or, when it may be known, open it in both. Names \
                  are known by their form: a title or a rank and a word, or two or three words with capitals. Somebody \
                  whom the register has counts only where the whole passage is the name.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let names = HiddenNames::of(subject);
    if names.is_empty() {
        return;
    }
    for gathered in subject.documents {
        for (name, open) in open(subject, gathered, &names) {
            let file = gathered.document.span().source;
            let more = match open.len() {
                1 => String::new(),
                2 => ", and in another text of this file".to_owned(),
                count => format!(", and in {} other texts of this file", count - 1),
            };
            let there = names.place_words(name, file, &subject.book.sources);
            let message = format!("a name that is withheld{there} stands here openly{more}");
            let diagnostic = found.at(open[0], message);
            diagnostic.is_withheld = true;
            diagnostic.help = Some(
                "withhold it here too: `<<s40(2) | …>>`; or, when it may be known, open it there"
                    .to_owned(),
            );
        }
    }
}

/// Where the prose of a document says withheld names, for each of them.
fn open(
    subject: &BookSubject<'_>,
    gathered: &Gathered<'_>,
    names: &HiddenNames<'_>,
) -> BTreeMap<usize, Vec<Span>> {
    let mut open: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    let Gathered { texts, parts, .. } = gathered;
    let prose = texts
        .iter()
        .filter(|shown| !shown.withheld && !parts.not_prose.contains(&shown.text.span));
    for shown in prose {
        let span = shown.text.span;
        for (name, way) in names.within(&shown.words, span.source) {
            let place = place(&subject.book.sources, span, way);
            open.entry(name).or_default().push(place);
        }
    }
    open
}
