//! Whether everybody can read a page, as far as a program can tell. In: the HTML of a page as it was made. Out: what is
//! wrong with it, for the person who builds and for the accessibility statement.
//!
//! It looks for a title (WCAG 2.2, 2.4.2), a language (3.1.1), one main heading and an order of headings without gaps (1.3.1,
//! 2.4.6), an alternative text of each picture (1.1.1), and for anything that a browser would fetch from another host.

use super::Site;
use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::load::SETTINGS_FILE;
use crate::render::Document;
use crate::render::templates::{FOLDER, Override};
use aho_corasick::AhoCorasick;
use scraper::node::Element;
use scraper::{ElementRef, Html};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

/// What was found on the pages of a website.
#[derive(Default)]
pub(super) struct Seen {
    /// How many pages were looked at.
    pub(super) pages: usize,
    /// What is wrong, by the paths of pages.
    pub(super) faults: BTreeMap<String, Vec<String>>,
}

/// What is wrong with a page, each fault once. Most of a long page are rows and paragraphs that hold nothing which is looked
/// for: where all is well without them, all is well with them.
pub(super) fn faults(html: &str) -> Vec<String> {
    match without_plain(html) {
        Some(rest) if faults_of_all(&rest).is_empty() => Vec::new(),
        _ => faults_of_all(html),
    }
}

/// What stands in each element or attribute that is looked at, and in what such an element may lie in.
static LOOKED_AT: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = [
        "<!",
        "<h",
        "</h",
        "<title",
        "</title",
        "<svg",
        "</svg",
        "<style",
        "</style",
        "<script",
        "</script",
        "<textarea",
        "</textarea",
        "<img",
        "<image",
        "<use",
        "<link",
        "<object",
        "<form",
        "<template",
        "src",
        "style",
        "poster",
        "background",
        "lang",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .ok()
});

/// A page without the table rows and paragraphs that hold nothing which is looked for; nothing where that is all of it.
fn without_plain(html: &str) -> Option<String> {
    let looked_at = LOOKED_AT.as_ref()?;
    let mut rest = html;
    let mut kept = String::new();
    while let Some(start) = rest.find("\n<") {
        let (before, from) = rest.split_at(start + 1);
        kept.push_str(before);
        let end = ["tr", "p"].iter().find_map(|name| element(from, name));
        let (piece, after) = from.split_at(end.unwrap_or(1));
        if end.is_none() || looked_at.is_match(piece) {
            kept.push_str(piece);
        }
        rest = after;
    }
    kept.push_str(rest);
    (kept.len() < html.len()).then_some(kept)
}

/// Where an element of this name ends that a text begins with.
fn element(text: &str, name: &str) -> Option<usize> {
    let rest = text.strip_prefix('<')?.strip_prefix(name)?;
    let is_whole = rest.starts_with(['>', ' ']);
    let close = format!("</{name}>");
    let end = is_whole.then(|| rest.find(&close))??;
    Some(text.len() - rest.len() + end + close.len())
}

/// What is wrong with a page, each fault once, looking at all of it.
fn faults_of_all(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let mut faults = Vec::new();
    let mut headings: Vec<u8> = Vec::new();
    let mut has_title = false;
    let elements = page.tree.root().descendants().filter_map(ElementRef::wrap);
    for element in elements {
        let (name, has_text) = (element.value().name(), || !words(element).is_empty());
        match name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => {
                headings.push(level - b'0');
                if !has_text() {
                    faults.push(format!("a heading of level {} is empty", level - b'0'));
                }
            }
            // A drawing may have a title too.
            b"title" if !is_in(element, "svg") => has_title |= has_text(),
            b"img" if element.attr("alt").is_none() => {
                faults.push("a picture has no alternative text (`alt`)".to_owned());
            }
            b"style" => faults.extend(foreign_style(&words(element))),
            _ => {}
        }
        faults.extend(foreign(element.value()));
    }
    if !has_title {
        faults.push("it has no title".to_owned());
    }
    let language = page.root_element().attr("lang").unwrap_or_default();
    if language.trim().is_empty() {
        faults.push("it does not say in which language it is".to_owned());
    }
    faults.extend(out_of_order(&headings));
    let mut seen = BTreeSet::new();
    faults.retain(|fault| seen.insert(fault.clone()));
    faults
}

/// What a screen reader speaks of an element.
fn words(element: ElementRef<'_>) -> String {
    let images = element.descendants().filter_map(ElementRef::wrap);
    let images = images.filter_map(|one| one.attr("alt"));
    let words: String = element.text().chain(images).collect();
    words.trim().to_owned()
}

fn is_in(element: ElementRef<'_>, name: &str) -> bool {
    let mut above = element.ancestors().filter_map(ElementRef::wrap);
    above.any(|one| one.value().name() == name)
}

fn out_of_order(headings: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    match headings.iter().filter(|level| **level == 1).count() {
        1 => {}
        0 => faults.push("it has no main heading (`h1`)".to_owned()),
        count => faults.push(format!("it has {count} main headings (`h1`)")),
    }
    let pairs = headings.windows(2);
    for pair in pairs.filter(|pair| pair[1] > pair[0] + 1) {
        let (before, after) = (pair[0], pair[1]);
        faults.push(format!(
            "a heading of level {after} follows one of level {before}"
        ));
    }
    faults
}

/// What a browser would fetch for an element from another host. Where a link leads is not fetched.
fn foreign(element: &Element) -> Vec<String> {
    let mut found = Vec::new();
    let is_fetched = |name: &str| match (element.name(), name) {
        (_, "src" | "poster" | "background") | ("object", "data") | ("form", "action") => true,
        ("link", "href") => {
            let links = [
                "canonical",
                "alternate",
                "author",
                "license",
                "help",
                "next",
                "prev",
            ];
            let relations = element.attr("rel").unwrap_or_default();
            let mut relations = relations.split_ascii_whitespace();
            !relations.all(|one| links.contains(&one.to_ascii_lowercase().as_str()))
        }
        ("image" | "use", "href" | "xlink:href") => true,
        _ => false,
    };
    for (name, value) in element.attrs() {
        match name {
            "srcset" => found.extend(value.split(',').filter_map(host)),
            "style" => found.extend(foreign_style(value)),
            _ if is_fetched(name) => found.extend(host(value)),
            _ => {}
        }
    }
    found
}

fn foreign_style(style: &str) -> Vec<String> {
    let addresses = style.split(['(', '"', '\'']);
    addresses.filter_map(host).collect()
}

/// What is wrong with an address that has a host of its own.
fn host(address: &str) -> Option<String> {
    let address = address.trim_start_matches(['"', '\'', ' ', '\n', '\t']);
    let rest = match address.split_once("//")? {
        ("", rest) => rest,
        (scheme, rest) => {
            let name = scheme.strip_suffix(':')?;
            name.chars()
                .all(|c| c.is_ascii_alphanumeric())
                .then_some(rest)?
        }
    };
    let end = rest.find(|c: char| "/?#\"') ".contains(c));
    let host = &rest[..end.unwrap_or(rest.len())];
    Some(format!("something is fetched from another host, {host}"))
}

/// Each fault with the pages that have it, by the template that made them.
pub(super) fn diagnostics(
    site: &Site<'_, '_>,
    seen: &Seen,
    templates: &[Override],
) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<(String, &str), Vec<&str>> = BTreeMap::new();
    for (path, faults) in &seen.faults {
        let template = template(site, path);
        for fault in faults {
            let group = groups.entry((template.clone(), fault)).or_default();
            group.push(path);
        }
    }
    let report = |((template, fault), pages): ((String, &str), Vec<&str>)| {
        let own = templates.iter().any(|one| one.name == template);
        diagnostic(site, &template, own, fault, &pages)
    };
    groups.into_iter().map(report).collect()
}

fn diagnostic(
    site: &Site<'_, '_>,
    template: &str,
    own: bool,
    fault: &str,
    pages: &[&str],
) -> Diagnostic {
    let document = site
        .documents
        .iter()
        .find(|one| pages == [one.file("html")]);
    let settings = || site.sources.find(Path::new(SETTINGS_FILE));
    let target = match document {
        Some(one) => Target::File(one.document.source()),
        None => settings().map_or(Target::Book, Target::File),
    };
    let first = pages.first().unwrap_or(&"");
    let whose = match pages.len() {
        1 => format!("on the page `{first}`"),
        2 => format!("on the page `{first}` and on another one"),
        count => format!("on the page `{first}` and on {} others", count - 1),
    };
    let message = format!("{whose}: {fault}");
    let help = match (own, document) {
        (true, _) => format!("mend it in the book's own template, `{FOLDER}/{template}`"),
        (false, Some(_)) => {
            "mend it in this document, or in a template that the book has of its own".to_owned()
        }
        (false, None) => format!(
            "mend it in the documents that these pages are made of, or in a template of the book's own; they are made with `{template}`"
        ),
    };
    Diagnostic::new("inaccessible-page", Severity::Warning, target, message).help(help)
}

/// The template that a page is made with.
fn template(site: &Site<'_, '_>, path: &str) -> String {
    let address = path.trim_end_matches(".html");
    let mut documents = site.documents.iter();
    if let Some(one) = documents.find(|one| one.address == address) {
        let name = match one.document {
            Document::Meeting(_) => "meeting.html",
            Document::Tracker(_) => "tracker.html",
            Document::Plan(_) => "plan.html",
        };
        return name.to_owned();
    }
    let is_sheet = site.owners.iter().any(|one| one.address == address)
        || site.series.iter().any(|(_, series)| {
            let below = address.strip_prefix(series.as_str());
            below.is_some_and(|below| below.starts_with("/"))
        });
    let name = match address {
        _ if is_sheet => return "actions.html".to_owned(),
        "index" => "home",
        _ if !address.contains('/') => address,
        _ if site.action_pages.iter().any(|page| page == address) => "action",
        _ if site.series.iter().any(|(_, series)| series == address) => "series",
        _ if site.earlier.iter().any(|one| one.file("html") == path) => "version",
        _ => "moved",
    };
    format!("site/{name}.html")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><html lang=en><head><title>Notes</title></head><body><h1>Notes</h1>\
        <h2>One</h2><h3>Two</h3><h2>Three</h2><img src=a.png alt=\"\"><a href=https://b.example>c</a>\
        <link rel=canonical href=https://d.example/></body></html>";

    #[test]
    fn a_sound_page_has_no_fault() {
        assert_eq!(faults(PAGE), Vec::<String>::new());
    }

    /// Rows and paragraphs, with what is found where they are left out and where they are not.
    #[test]
    fn rows_that_hold_nothing_are_not_read() {
        let with =
            |rows: &str| PAGE.replace("<h3>Two", &format!("<table>\n{rows}\n</table><h3>Two"));
        let plain = "<tr data-need=Open><td><a href=\"a.html\">Strategic &lt;h4&gt;</a></td></tr>\n<p class=a>Words\n</p>";
        let rest = without_plain(&with(plain)).unwrap();
        assert_eq!(rest, with("\n"));
        assert_eq!(faults(&with(plain)), Vec::<String>::new());
        for (row, expected) in [
            (
                "<p>a</p><tr><td><h4>a</h4></td></tr>",
                "a heading of level 4 follows one of level 2",
            ),
            (
                "<tr><td><IMG></td></tr>",
                "a picture has no alternative text (`alt`)",
            ),
            (
                "<p><embed src='//e.example/a'></p>",
                "something is fetched from another host, e.example",
            ),
            ("<h3><p>\n<p> </h3></p>", "a heading of level 3 is empty"),
        ] {
            let found = faults(&with(&format!("{plain}\n{row}\n{plain}")));
            assert_eq!(found, [expected], "{row}");
        }
        // A heading is not empty because what stands in it seems to be plain.
        let page = with(&format!("<h3>\n<p>a</p>\n</h3>\n{plain}"));
        assert_eq!(faults(&page), Vec::<String>::new());
    }

    #[test]
    fn each_fault_is_found_once() {
        let found = |from: &str, to: &str| {
            assert!(PAGE.contains(from), "{from}");
            faults(&PAGE.replace(from, to))
        };
        for (from, to, fault) in [
            (
                "<title>Notes</title>",
                "<title> </title>",
                "it has no title",
            ),
            (
                "<title>Notes</title>",
                "<svg><title>A</title></svg>",
                "it has no title",
            ),
            (" lang=en", "", "it does not say in which language it is"),
            ("<h1>Notes</h1>", "", "it has no main heading (`h1`)"),
            (
                "<h3>Two</h3>",
                "<h1>Two</h1>",
                "it has 2 main headings (`h1`)",
            ),
            (
                "<h3>Two</h3>",
                "<h4>Two</h4>",
                "a heading of level 4 follows one of level 2",
            ),
            (
                "<h3>Two</h3>",
                "<h3> <b></b></h3><h3></h3>",
                "a heading of level 3 is empty",
            ),
            ("alt=\"\"", "", "a picture has no alternative text (`alt`)"),
            (
                "a.png",
                "//e.example/a.png",
                "something is fetched from another host, e.example",
            ),
            (
                "<h3>Two",
                "<script src='HTTPS://e.example?a'></script><h3>Two",
                "something is fetched from another host, e.example",
            ),
            (
                "rel=canonical",
                "rel=stylesheet",
                "something is fetched from another host, d.example",
            ),
            (
                "<h3>Two",
                "<h3 style=\"background: url('https://e.example/a')\">Two",
                "something is fetched from another host, e.example",
            ),
            (
                "</body>",
                "<style>@import \"//e.example/a.css\"</style>",
                "something is fetched from another host, e.example",
            ),
        ] {
            assert_eq!(found(from, to), [fault], "{to}");
        }
        // What is spoken for a heading may be the words for a picture.
        let alt = "<h3><img src=\"data:image/png;base64,AA//BB\" alt=\"Two\"></h3>";
        assert_eq!(found("<h3>Two</h3>", alt), Vec::<String>::new());
    }
}
