//! Old addresses: a page that leads on for each document whose file was renamed, and for whatever else the settings name,
//! so that no address ever dies; and which pages of the website that stands there would be gone.

use super::staging::{Staging, Target as Place};
use super::view::Page;
use super::{Site, action, address};
use crate::diagnostic::{Diagnostic, Severity, Target, nearest};
use crate::load::SETTINGS_FILE;
use crate::model::releases::Renamed;
use crate::render::plain;
use crate::source::{Sources, Span};
use serde_json::json;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// A page that leads on.
pub(super) struct Redirect {
    /// The old address, without its ending.
    from: String,
    /// The address at which the thing stands now.
    to: String,
}

/// Every redirect of a book, and what is wrong with the others.
#[derive(Default)]
pub(super) struct Redirects {
    pub(super) pages: Vec<Redirect>,
    pub(super) faults: Vec<Diagnostic>,
}

/// A line that says what was renamed.
struct Line<'l> {
    old: (&'l str, Span),
    new: (&'l str, Span),
    /// Whether it stands in the settings; else in the record of releases, which also speaks of what is not on the website.
    is_setting: bool,
}

/// The redirects that the settings of a book and its record of releases ask for.
pub(super) fn all(site: &Site<'_, '_>, renamed: &[Renamed]) -> Redirects {
    let settings = site.shelf.settings.site.as_ref();
    let settings = settings.into_iter().flat_map(|site| site.renamed.iter());
    let settings = settings.map(|(old, new)| Line {
        old: (&old.name, old.span),
        new: (&new.text, new.span),
        is_setting: true,
    });
    let record = renamed.iter().map(|one| Line {
        old: (&one.from.text, one.from.span),
        new: (&one.to.text, one.to.span),
        is_setting: false,
    });
    let lines: Vec<Line<'_>> = settings.chain(record).collect();
    let next = lines.iter().rev();
    let next = next.map(|line| (old_address(line), new_address(site, line)));
    let next: BTreeMap<String, String> = next.collect();
    let mut known = BTreeMap::new();
    let mut faults = Vec::new();
    for line in &lines {
        match redirect(site, line, &next, &known) {
            Ok(Some(page)) => drop(known.insert(page.from, page.to)),
            Ok(None) => {}
            Err(fault) => faults.push(*fault),
        }
    }
    let pages = known.into_iter().map(|(from, to)| Redirect { from, to });
    Redirects {
        pages: pages.collect(),
        faults,
    }
}

/// What a line asks for; nothing where no page is needed, or there is one already.
fn redirect(
    site: &Site<'_, '_>,
    line: &Line<'_>,
    next: &BTreeMap<String, String>,
    known: &BTreeMap<String, String>,
) -> Result<Option<Redirect>, Box<Diagnostic>> {
    let fault = |span, message: String, help: String| {
        let place = Target::Place(span);
        let found = Diagnostic::new("renamed-address", Severity::Error, place, message);
        Err(Box::new(found.help(help)))
    };
    let (old, span) = line.old;
    if !address::is_below(old) {
        let help =
            "write the path that the file had from the root of the book: `assurance/june.yaml`";
        let message = format!("`{old}` is no path below the website");
        return fault(span, message, help.to_owned());
    }
    let from = old_address(line);
    let to = standing(site, new_address(site, line), next);
    // What was renamed and named back stands where it stood.
    let is_done = to.as_ref() == Some(&from) || to.is_some() && known.get(&from) == to.as_ref();
    if is_done && !line.is_setting {
        return Ok(None);
    }
    if site.addresses.is_taken(&from) || known.contains_key(&from) {
        let message = format!("something else stands at the old address `{old}`");
        let help = "an address is never given twice: take the line out, or rename the other file";
        return fault(span, message, help.to_owned());
    }
    match to {
        Some(to) => Ok(Some(Redirect { from, to })),
        None if !line.is_setting => Ok(None),
        None => {
            let (new, span) = line.new;
            let wanted = address::of_words(new);
            let all = site.documents.iter().map(|one| one.address.as_str());
            let help = match nearest(&wanted, all) {
                Some(meant) => format!("did you mean `{meant}.yaml`?"),
                None => "name the file of a document that is published".to_owned(),
            };
            let message = format!("no published document stands at `{new}`");
            fault(span, message, help)
        }
    }
}

/// The address that a line is about.
fn old_address(line: &Line<'_>) -> String {
    written(line.old.0, line.is_setting)
}

/// The address that a line leads to: that of a file, or one that is written out.
fn new_address(site: &Site<'_, '_>, line: &Line<'_>) -> String {
    let document = site.of_file(line.new.0).map(|one| one.address.clone());
    document.unwrap_or_else(|| written(line.new.0, line.is_setting))
}

/// An address as somebody wrote it. A file with the name of one of the website's own pages has a number behind it.
fn written(words: &str, is_setting: bool) -> String {
    let address = address::of_words(words);
    match !is_setting && address::is_own(&address) {
        true => format!("{address}-2"),
        false => address,
    }
}

/// The address at which something stands, where a name leads to it through all later ones.
fn standing(
    site: &Site<'_, '_>,
    wanted: String,
    next: &BTreeMap<String, String>,
) -> Option<String> {
    let mut at = wanted;
    // Names may have gone round in a circle.
    for _ in 0..=next.len() {
        if title(site, &at).is_some() {
            return Some(at);
        }
        at = next.get(&at)?.clone();
    }
    None
}

/// The title of what stands at an address: a document, a series, an action, the sheet of an owner, what was closed in
/// a year.
fn title(site: &Site<'_, '_>, at: &str) -> Option<String> {
    let mut documents = site.documents.iter();
    if let Some(one) = documents.find(|one| one.address == at) {
        return Some(one.title.clone());
    }
    for (key, address) in &site.series {
        let title = site.series_title(key);
        match at.strip_prefix(address.as_str()) {
            Some("") => return Some(title),
            Some("/chair") => return Some(format!("{title}: chair\u{2019}s sheet")),
            Some("/register") => return Some(format!("{title}: register and figures")),
            _ => {}
        }
    }
    let mut owners = site.owners.iter();
    if let Some(one) = owners.find(|one| one.address == at) {
        return Some(format!("Actions of {}", one.name));
    }
    let mut closed = site.closed.iter();
    if let Some(one) = closed.find(|one| one.address == at) {
        return Some(one.title());
    }
    let found = site.action_pages.iter().position(|page| page == at)?;
    Some(action::title(&site.actions.actions[found]))
}

/// Writes the page, and leaves the PDF, the Markdown and the data of a document at their old addresses, where no page could
/// lead on. What is wrong with the template of the page, or of what it leads to.
pub(super) fn write(
    site: &Site<'_, '_>,
    redirect: &Redirect,
    staging: &Staging,
) -> io::Result<Option<Box<tera::Error>>> {
    let (from, to) = (&redirect.from, &redirect.to);
    let mut documents = site.documents.iter();
    let document = documents.find(|one| one.address == *to);
    let is_made = match document {
        Some(document) => staging.has(&document.file("md")),
        None => staging.has(&format!("{to}.html")),
    };
    let Some(title) = title(site, to).filter(|_| is_made) else {
        return Ok(None);
    };
    let page = Page {
        address: from,
        title: &title,
        crumbs: site.crumbs(document.and_then(|one| one.series)),
        about: None,
        updated: None,
        kind: "WebPage",
    };
    let href = format!("{}{to}.html", address::root_of(from));
    let canonical = site.canonical(to).map(|address| plain(&address));
    let content = json!({ "href": href, "canonical": canonical });
    let broken = site.page("moved", &page, &content).put(staging)?;
    for ending in ["pdf", "md", "json"].iter().filter(|_| document.is_some()) {
        staging.same(&format!("{to}.{ending}"), &format!("{from}.{ending}"))?;
    }
    Ok(broken)
}

/// The pages of the website that stands there at whose addresses nothing stands any more.
pub(super) fn gone(sources: &Sources, place: &Place, staging: &Staging) -> Vec<Diagnostic> {
    let settings = sources.find(Path::new(SETTINGS_FILE));
    let target = settings.map_or(Target::Book, Target::File);
    let pages = place.stand.keys();
    let gone = pages.filter(|path| path.ends_with(".html") && !staging.has(path));
    let report = |path: &String| {
        let message = format!("`{path}` was on the website, and nothing stands there any more");
        let old = path.trim_end_matches(".html");
        Diagnostic::new("gone-address", Severity::Warning, target, message).help(format!(
            "where it has another address now, write both in minutebook.yaml, so that the old one leads on: \
             `site: {{ renamed: {{ {old}: … }} }}`; where it was taken off on purpose, nothing has to be done"
        ))
    };
    gone.map(report).collect()
}
