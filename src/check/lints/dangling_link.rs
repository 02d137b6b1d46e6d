//! A link leads to nothing in the document.

use crate::check::links::{addresses, links};
use crate::check::wording::near;
use crate::check::{Check, Cue, Document, DocumentSubject, Found, Lint};
use crate::diagnostic::Severity;
use crate::model::outline::Target;
use crate::model::text::Text;
use crate::source::Span;
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const LINT: Lint = Lint {
    code: "dangling-link",
    severity: Severity::Error,
    summary: "A link leads to nothing in the document.",
    explanation: "A reader who follows it stays where they are. A link names an item by its number (`#2.1`), a \
                  question (`#question-5`), an action by its ref (`#3/26`), or anything by its `id:`.",
    lowered_in_extracts: false,
    check: Check::Document(check),
};

fn check(subject: &DocumentSubject<'_>, found: &mut Found) {
    let targets = &subject.outline.targets;
    let anchors = targets.iter().map(|target| target.anchor.as_str());
    let known = LazyCell::new(|| names(targets).chain(anchors).collect::<BTreeSet<&str>>());
    // A suggestion must not name what is withheld.
    let public = LazyCell::new(|| subject.document.public_outline(subject.series));
    if let Document::Updates(_) = subject.document {
        // Its texts are printed in other documents, and lead to places there.
        return;
    }
    for shown in subject.texts {
        if !shown.cues.has(Cue::Link) || !shown.text.source().contains('#') {
            continue;
        }
        let places = LazyCell::new(|| places(subject, shown.text));
        let mut met: BTreeMap<String, usize> = BTreeMap::new();
        for link in links(shown.text) {
            let Some(written) = link.address.strip_prefix('#') else {
                continue;
            };
            let name = decoded(written);
            if known.contains(name.trim().to_lowercase().as_str()) {
                continue;
            }
            if shown.withheld || link.withheld {
                found.at(shown.text.span, "a link in this text leads to nothing here");
                continue;
            }
            let near = near(&name, names(&public.targets));
            let nth = met.entry(link.address.clone()).or_default();
            let place = places.get(&link.address).and_then(|all| all.get(*nth));
            *nth += 1;
            let place = place.copied();
            let place = place.unwrap_or_else(|| defined(subject, shown.text, &link.address));
            let message = format!("nothing in this document is called `{name}`");
            found.at(place, message).help = Some(match near {
                Some(near) => format!("did you mean `#{}`?", near.replace(' ', "-")),
                None => "link to the number of an item, `#question-5`, the ref of an action, or an `id:`".to_owned(),
            });
        }
    }
}

/// Where each address stands in a text, once for each link that has it.
fn places(subject: &DocumentSubject<'_>, text: &Text) -> BTreeMap<String, Vec<Span>> {
    let mut places: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let public = addresses(&subject.book.sources, text).into_iter();
    for address in public.filter(|address| !address.withheld) {
        let written = address.written.to_owned();
        places.entry(written).or_default().push(address.span);
    }
    places
}

/// Where an address stands that a link has from a definition, `[report]: #2.1`; else the whole text.
fn defined(subject: &DocumentSubject<'_>, text: &Text, address: &str) -> Span {
    let place = subject.within(text.span, &format!("]: {address}"));
    let start = place.end.saturating_sub(address.len() as u32);
    match place == text.span {
        true => place,
        false => Span { start, ..place },
    }
}

fn names(targets: &[Target]) -> impl Iterator<Item = &str> {
    targets
        .iter()
        .flat_map(|target| target.names.iter().map(String::as_str))
}

/// An address without its percent signs: `%20` is a space.
fn decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = address.get(at + 1..at + 3);
        let code = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match (bytes[at], code) {
            (b'%', Some(byte)) => {
                decoded.push(byte);
                at += 3;
            }
            (byte, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}
