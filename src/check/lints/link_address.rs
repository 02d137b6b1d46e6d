//! A link has an address that readers cannot follow.

use crate::check::links::{self, Address};
use crate::check::wording::{place, shortened};
use crate::check::{BookSubject, Check, Cue, Found, Gathered, Lint};
use crate::diagnostic::Severity;
use crate::model::language;
use crate::model::links::{OPENING, opened};
use crate::model::text::{Text, leads_on};
use crate::model::word::Word;
use crate::model::{Book, HasTexts, Redact};
use crate::source::Span;
use std::collections::BTreeSet;

pub(super) const LINT: Lint = Lint {
    code: "link-address",
    severity: Severity::Warning,
    summary: "A link has an address that readers cannot follow.",
    explanation: "Only addresses that begin with `https:`, `http:` or `mailto:` become links, and fragments of \
                  the same document (`#2.1`). Any other is printed as text. Write the whole address of the page: \
                  a file on a shared drive is no use to the public. `lang:cy` is no address, but says that the \
                  words are in another language, here Welsh.",
    lowered_in_extracts: false,
    check: Check::Book(check),
};

fn check(subject: &BookSubject<'_>, found: &mut Found) {
    let book = subject.book;
    let website = book.settings.organisation.website.as_ref();
    report(website.map(|word| whole(book, word)), found);
    for met in book.settings.all_texts() {
        report(addresses(book, met.text, met.withheld), found);
    }
    for Gathered {
        document,
        parts,
        texts,
    } in subject.documents
    {
        for shown in texts.iter().filter(|shown| shown.cues.has(Cue::Link)) {
            report(addresses(book, shown.text, shown.withheld), found);
        }
        let papers = parts.papers.iter().filter(|paper| !paper.withheld);
        let papers = papers.filter_map(|paper| paper.whole().link.as_ref());
        let sources = document.sources().into_iter().flat_map(|all| all.iter());
        let links = papers.chain(sources.filter_map(|(_, source)| source.link.as_ref()));
        report(links.map(|word| whole(book, word)), found);
    }
}

/// An address that stands alone.
fn whole(book: &Book, word: &Word) -> (Span, String) {
    let span = place(&book.sources, word.span, &word.text);
    (span, word.text.clone())
}

fn report(addresses: impl IntoIterator<Item = (Span, String)>, found: &mut Found) {
    for (span, address) in addresses {
        let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
        if language::named(&address).is_some() || leads_on(&address) {
            continue;
        }
        let (message, help) = advice(&address, scheme);
        found.at(span, message).help = Some(help);
    }
}

/// What is wrong with an address, and how to mend it.
fn advice(address: &str, scheme: &str) -> (String, String) {
    if scheme == "lang" {
        return (
            format!("`{}` names no language", shortened(address)),
            "write the tag of the language behind `lang:`, in small letters: `lang:cy` for Welsh"
                .to_owned(),
        );
    }
    let help = match address.starts_with("www.") {
        true => format!("write `https://{address}`"),
        false => "write the whole address, beginning with `https://`".to_owned(),
    };
    let shown = shortened(address);
    (
        format!("`{shown}` is not an address that readers can follow"),
        help,
    )
}

/// The addresses of the links in the public part of a text, also of those that the text shows as words.
fn addresses(book: &Book, text: &Text, withheld: bool) -> Vec<(Span, String)> {
    if withheld || !text.source().contains(OPENING) {
        return Vec::new();
    }
    // A footnote of withheld words is no passage, and is withheld all the same.
    let public = (!text.passages().is_empty()).then(|| text.redact());
    let public: Option<BTreeSet<&str>> = public.as_ref().map(|public| {
        opened(public.source())
            .iter()
            .map(|one| one.address)
            .collect()
    });
    let is_public = |one: &Address<'_>| {
        let is_there = |public: &BTreeSet<&str>| public.contains(one.written);
        !one.withheld && public.as_ref().is_none_or(is_there)
    };
    let all = links::addresses(&book.sources, text).into_iter();
    all.filter(is_public)
        .map(|one| (one.span, one.written.to_owned()))
        .collect()
}
