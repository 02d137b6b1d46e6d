//! Earlier versions of documents: each stays at an address of its own, which never changes. In: the record of releases, and
//! what was kept of each. Out: for every version but the newest a page that says what took its place and what changed,
//! with its PDF and its Markdown; for one that was withdrawn a page that says that, and nothing else.
//!
//! What was kept may hold words that were withheld later. The leak check looks at these pages as at all others; where the
//! book no longer has such words, more marks in a later version tell that there were some.

mod changes;
mod prose;

use super::cache::{Cache, fingerprint};
use super::document::{self, MARK, Made};
use super::staging::Staging;
use super::view::Page;
use super::{Published, Site, address};
use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::edition::PublicLines;
use crate::load::{self, RELEASES_FILE, RELEASES_FOLDER};
use crate::model::meeting::Status;
use crate::model::releases::{self, Kept, Release, Renamed, Standing};
use crate::model::tracker::Version as Listed;
use crate::model::{Book, Public, transcript};
use crate::publish::leaks::{self, Leak};
use crate::render::{Document, Problem, dates, pdf, plain};
use crate::source::{SourceId, Span};
use chrono::NaiveDate;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The releases of a book of which an earlier version is to be shown.
pub struct Earlier {
    /// For each published document its releases, the oldest first, the newest last.
    documents: Vec<Vec<Version>>,
    /// The files that were renamed since they were released.
    pub(super) renamed: Vec<Renamed>,
    /// The path that each document had when it was first released.
    pub(super) first: BTreeMap<SourceId, String>,
}

/// A release, as the website needs it.
struct Version {
    source: SourceId,
    /// Where it stands in the record.
    span: Span,
    /// The path that the document had.
    file: String,
    number: String,
    day: Option<NaiveDate>,
    /// It was withdrawn, perhaps on a known day.
    withdrawn: Option<Option<NaiveDate>>,
    /// What was kept of it.
    markdown: Option<String>,
    /// Its public words; of the newest those of the book.
    lines: Option<String>,
}

impl Earlier {
    /// Reads what a book has kept below its root of the releases of its published documents.
    pub fn read(root: &Path, book: &Book) -> Earlier {
        let standings: Vec<Standing<'_>> = releases::standings(book);
        let standings = standings.par_iter();
        let public = PublicLines::new(book);
        let published = standings
            .clone()
            .filter(|one| one.status == Some(Status::Published));
        let documents = published.filter_map(|standing| {
            let last = standing.last()?;
            let all = &standing.releases;
            let end = all.iter().position(|one| std::ptr::eq(*one, last))?;
            let is_needed = end > 0 || last.withdrawn.is_some();
            let versions = all[..=end].iter();
            is_needed.then(|| {
                let versions = versions.map(|one| Version::read(root, standing.source, one));
                let mut versions: Vec<Version> = versions.collect();
                // The newest is what the book says.
                if let Some(newest) = versions.last_mut() {
                    newest.lines = public.of(standing.source);
                }
                versions
            })
        });
        let record = book.releases.as_ref().map(|record| &record.content);
        let first = standings.filter_map(|standing| {
            let first = standing.releases.first()?;
            Some((standing.source, first.file.text.clone()))
        });
        Earlier {
            first: first.collect(),
            documents: documents.collect(),
            renamed: record.map_or_else(Vec::new, |record| record.renamed.clone()),
        }
    }
}

impl Version {
    fn read(root: &Path, source: SourceId, release: &Release) -> Version {
        Version {
            source,
            span: release.version.span,
            file: release.file.text.clone(),
            number: release.version.text.clone(),
            day: release.day(),
            withdrawn: release.withdrawn.as_ref().map(|one| one.date.day()),
            markdown: load::kept(root, release, Kept::Markdown),
            lines: load::kept(root, release, Kept::Lines),
        }
    }

    /// Its number, and its day where that is known: "Version 1.0 of 3 July 2026".
    fn words(&self) -> String {
        let day = self.day.map(|day| format!(" of {}", dates::day(day)));
        format!("Version {}{}", self.number, day.unwrap_or_default())
    }

    /// The path of what was kept of it, from the book's root.
    fn path(&self, what: Kept) -> String {
        let path = releases::kept(RELEASES_FOLDER, &self.file, &self.number, what);
        path.map_or_else(String::new, |path| releases::written(&path))
    }

    /// What was kept of it, unless it was withdrawn.
    fn shown(&self) -> Option<&str> {
        self.markdown
            .as_deref()
            .filter(|_| self.withdrawn.is_none())
    }
}

/// An earlier version with a page of its own.
pub(super) struct Superseded<'e> {
    /// The document, among those of the website.
    document: usize,
    /// Its address, without the ending.
    address: String,
    version: &'e Version,
    /// Those that came after it; the newest last.
    later: &'e [Version],
}

/// The earlier versions of the documents of a website, each with an address.
pub(super) fn place<'e>(
    earlier: &'e Earlier,
    documents: &[Published<'_, '_>],
    addresses: &mut address::Addresses,
) -> Vec<Superseded<'e>> {
    let mut placed = Vec::new();
    for versions in &earlier.documents {
        let of = |one: &Published<'_, '_>| one.document.source() == versions[0].source;
        let Some(document) = documents.iter().position(of) else {
            continue;
        };
        for (at, version) in versions.iter().enumerate() {
            let later = &versions[at + 1..];
            let has_page = version.withdrawn.is_some() || version.markdown.is_some();
            if has_page && !later.is_empty() {
                let folder = address::of_path(Path::new(&version.file));
                let number = address::of_number(&version.number);
                let what = format!("version {} of `{}`", version.number, version.file);
                let holder = address::Holder::new(what, version.span);
                let address = addresses.give(format!("{folder}/{number}"), &holder);
                placed.push(Superseded {
                    document,
                    address,
                    version,
                    later,
                });
            }
        }
    }
    placed
}

impl Superseded<'_> {
    /// The path of one of its files.
    pub(super) fn file(&self, ending: &str) -> String {
        format!("{}.{ending}", self.address)
    }

    /// Its document, among those of the website.
    pub(super) fn document(&self) -> usize {
        self.document
    }

    /// Its line in the table of versions of its document: number, where it leads, in words.
    pub(super) fn link(&self, document: &Published<'_, '_>) -> Value {
        let number = &self.version.number;
        let words = match self.version.withdrawn {
            Some(_) => format!("Version {number} was withdrawn"),
            None => format!("Read version {number}"),
        };
        let root = address::root_of(&document.address);
        json!({
            "number": plain(number),
            "href": plain(&format!("{root}{}.html", self.address)),
            "words": plain(&words),
        })
    }
}

/// What speaks against the earlier versions as they are.
pub(super) fn faults(site: &Site<'_, '_>, earlier: &Earlier) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for versions in &earlier.documents {
        let Some((newest, before)) = versions.split_last() else {
            continue;
        };
        if newest.withdrawn.is_some() {
            faults.push(withdrawn_newest(newest));
        }
        let missing = before
            .iter()
            .filter(|one| one.markdown.is_none() && one.withdrawn.is_none());
        faults.extend(missing.map(lost));
        let shown = versions.iter().position(|one| one.shown().is_some());
        let compared = versions.iter().skip(shown.unwrap_or(versions.len()));
        let silent = compared.filter(|one| one.lines.is_none() && one.withdrawn.is_none());
        faults.extend(silent.map(not_compared));
    }
    faults.extend(
        site.earlier
            .iter()
            .filter_map(|one| withheld_since(site, one)),
    );
    faults
}

fn withdrawn_newest(newest: &Version) -> Diagnostic {
    let number = &newest.number;
    let message = format!("version {number} is withdrawn, and it is the newest");
    let help = "amend the document, so that another version takes its place; or set its `status: approved`, so that it is not on \
                the website until it is `published` again and amended";
    Diagnostic::error("withdrawn-newest", newest.span, &message).help(help)
}

fn lost(version: &Version) -> Diagnostic {
    let number = &version.number;
    let path = version.path(Kept::Markdown);
    let message = format!(
        "version {number} of {} was not kept, so that it is not on the website",
        version.file
    );
    let place = Target::Place(version.span);
    Diagnostic::new("lost-version", Severity::Warning, place, message).help(format!(
        "put `{path}` back from a copy of the book, or mark the version as withdrawn"
    ))
}

/// Without the lines of a version nothing can tell whether it, or one before it, shows words that are withheld now.
fn not_compared(version: &Version) -> Diagnostic {
    let (number, file) = (&version.number, &version.file);
    let path = version.path(Kept::Lines);
    let message = format!(
        "`{path}` cannot be read, so that nothing can tell whether earlier versions of {file} show words that are withheld now"
    );
    Diagnostic::error("version-not-compared", version.span, &message).help(format!(
        "put it back from a copy of the book (if git leaves `*.txt` out, let it keep those in `{RELEASES_FOLDER}/`); or mark \
         version {number} as withdrawn in {RELEASES_FILE}: `withdrawn: {{ reason: …, by: …, date: … }}`"
    ))
}

/// Words were withheld after a version was published, and nobody has said what is to become of it.
fn withheld_since(site: &Site<'_, '_>, one: &Superseded<'_>) -> Option<Diagnostic> {
    let version = one.version;
    let lines = version.lines.as_deref()?;
    version.shown()?;
    let mut later = one.later.iter();
    let by = later.find(|later| {
        let later = later.lines.as_deref();
        later.is_some_and(|later| changes::withholds_more(lines, later))
    })?;
    let file = one.file("html");
    let words = format!("{file}\n{lines}\n{}", by.lines.as_deref().unwrap_or(""));
    let fingerprint = transcript::fingerprint(&words);
    let fingerprint = fingerprint.get(7..15).unwrap_or(&fingerprint);
    if leaks::is_accepted(&site.shelf.settings.accepted, &file, fingerprint) {
        return None;
    }
    let number = &version.number;
    let message = format!(
        "version {} withholds more than version {number}, so that {file} may show words that are withheld now",
        by.number
    );
    Some(Diagnostic::error("withheld-since", version.span, &message).help(advice(one, fingerprint)))
}

fn advice(one: &Superseded<'_>, fingerprint: &str) -> String {
    let (version, file) = (one.version, one.file("*"));
    format!(
        "mark version {} of {} as withdrawn in {RELEASES_FILE}: `withdrawn: {{ reason: …, by: …, date: … }}`; its address then \
         says only that. Or, when it may be published, accept it in minutebook.yaml: \
         `accepted: [{{ file: {file}, fingerprint: {fingerprint:?}, reason: …, by: …, date: … }}]`",
        version.number, version.file
    )
}

/// The files of all earlier versions.
pub(super) fn files(site: &Site<'_, '_>) -> BTreeSet<String> {
    let earlier = site.earlier.iter();
    let files = earlier.flat_map(|one| ["html", "md", "pdf"].map(|end| one.file(end)));
    files.collect()
}

/// The diagnostic of a leak. What was kept of an earlier version cannot be changed, so that the advice is another there.
pub(super) fn advised(site: &Site<'_, '_>, leak: &Leak, mut diagnostic: Diagnostic) -> Diagnostic {
    let file = leak.file.to_string_lossy().replace('\\', "/");
    let mut earlier = site.earlier.iter();
    let of = |one: &&Superseded<'_>| {
        ["html", "md", "pdf"]
            .iter()
            .any(|end| one.file(end) == file)
    };
    if let (Some(one), Some(found)) = (earlier.find(of), &leak.found) {
        diagnostic.help = Some(advice(one, &found.fingerprint));
    }
    diagnostic
}

/// Makes the files of an earlier version.
pub(super) fn make(
    site: &Site<'_, '_>,
    one: &Superseded<'_>,
    staging: &Staging,
    cache: &Cache,
) -> std::io::Result<Made> {
    let document = &site.documents[one.document];
    let Some(markdown) = one.version.shown() else {
        return make_withdrawn(site, one, staging, cache);
    };
    let body = prose::body(markdown);
    let title = body.title.as_deref().unwrap_or(&document.title);
    let mut content = superseded(site, one);
    content["body"] = json!(body.html);
    let (about, keywords) = site.renderer.filing(document.document);
    let about = format!("{}, superseded. {about}", one.version.words());
    content["about"] = json!(plain(&about));
    content["keywords"] = json!(plain(&format!("{keywords}, superseded")));
    let html = match page(site, one, title, Some(MARK), &content) {
        Ok(html) => html,
        Err(error) => return Ok(broken(error)),
    };
    let furniture = furniture(site, one, title, "superseded");
    let paper = site.on_paper(&html, &one.address);
    let mut made = Made {
        key: key(site, &paper, &furniture),
        ..Made::default()
    };
    let set = || set(&paper, &furniture);
    let pdf = document::pdf(&one.file("pdf"), staging, cache, &mut made, set)?;
    let markdown = marked(markdown, one);
    let files = document::formats(&one.address, pdf, markdown.len(), None);
    let files = document::aside(&files);
    staging.add(&one.file("html"), html.replacen(MARK, &files, 1).as_bytes())?;
    staging.add(&one.file("md"), markdown.as_bytes())?;
    Ok(made)
}

/// Sets a PDF: its bytes, and what is wrong with it.
fn set(html: &str, furniture: &pdf::Furniture) -> (Vec<u8>, Vec<Problem>) {
    let pdf = pdf::pdf(html, furniture);
    let missing = pdf.missing.into_iter();
    let missing = missing.map(|one| Problem::Character(one.character, one.context));
    (pdf.bytes, missing.collect())
}

/// Makes the files of a version that was withdrawn: each of its addresses says so, and nothing else.
fn make_withdrawn(
    site: &Site<'_, '_>,
    one: &Superseded<'_>,
    staging: &Staging,
    cache: &Cache,
) -> std::io::Result<Made> {
    let title = &site.documents[one.document].title;
    let html = match page(site, one, title, None, &withdrawn(site, one)) {
        Ok(html) => html,
        Err(error) => return Ok(broken(error)),
    };
    let furniture = furniture(site, one, title, "withdrawn");
    let paper = site.on_paper(&html, &one.address);
    let mut made = Made {
        key: key(site, &paper, &furniture),
        ..Made::default()
    };
    let set = || set(&paper, &furniture);
    document::pdf(&one.file("pdf"), staging, cache, &mut made, set)?;
    let version = &one.version;
    let day = version.withdrawn.flatten().map(dates::day);
    let day = day.map_or_else(String::new, |day| format!(" on {day}"));
    let newest = &site.documents[one.document].address;
    let markdown = format!(
        "# Version {} was withdrawn\n\nThis version was withdrawn{day}. [Read the newest version]({}{newest}.html)\n",
        version.number,
        address::root_of(&one.address),
    );
    staging.add(&one.file("html"), html.as_bytes())?;
    staging.add(&one.file("md"), markdown.as_bytes())?;
    Ok(made)
}

/// What stands on every page of the PDF of a version that is `state`.
fn furniture(
    site: &Site<'_, '_>,
    one: &Superseded<'_>,
    title: &str,
    state: &str,
) -> pdf::Furniture {
    let document = site.documents[one.document].document;
    let mut furniture = site.renderer.furniture(document);
    furniture.short_title = title.to_owned();
    furniture.version = Some(format!("{}, {state}", one.version.words()));
    furniture.watermark = Some(state.to_uppercase());
    furniture
}

fn broken(error: Box<tera::Error>) -> Made {
    Made {
        problems: vec![Problem::Template(error)],
        ..Made::default()
    }
}

fn page(
    site: &Site<'_, '_>,
    one: &Superseded<'_>,
    title: &str,
    files: Option<&'static str>,
    content: &Value,
) -> Result<String, Box<tera::Error>> {
    let document = &site.documents[one.document];
    let mut crumbs = site.crumbs(document.series);
    crumbs.push((document.address.clone(), document.title.clone()));
    let here = format!("Version {}", one.version.number);
    let page = Page {
        address: &one.address,
        title: &here,
        about: None,
        crumbs,
        updated: None,
        kind: "WebPage",
    };
    let view = json!({
        "site": site.around(&page, files, None),
        "title": plain(title),
        "page": content,
    });
    site.templates.render("site/version.html", &view)
}

/// What the page of a version says that was withdrawn.
fn withdrawn(site: &Site<'_, '_>, one: &Superseded<'_>) -> Value {
    let day = one.version.withdrawn.flatten().map(dates::day);
    json!({
        "number": plain(&one.version.number),
        "withdrawn": true,
        "withdrawn_on": day,
        "newest": newest(site, one),
    })
}

/// What the page of a version says before what was kept of it.
fn superseded(site: &Site<'_, '_>, one: &Superseded<'_>) -> Value {
    let Some(by) = one.later.first() else {
        return Value::Null;
    };
    let compared = one.later.iter().find_map(|one| Some((one, one.shown()?)));
    let changes = compared.zip(one.version.shown());
    let changes = changes.map(|((to, after), before)| {
        json!({ "to": plain(&to.number), "changes": changes::changes(before, after) })
    });
    json!({
        "number": plain(&one.version.number),
        "date": one.version.day.map(dates::day),
        "iso": one.version.day.map(|day| day.to_string()),
        "by": plain(&by.words()),
        "note": note(site, one, by),
        "newest": newest(site, one),
        "changed": changes,
    })
}

/// The newest version: where it stands, and its number.
fn newest(site: &Site<'_, '_>, one: &Superseded<'_>) -> Value {
    let address = &site.documents[one.document].address;
    let number = one.later.last().map(|newest| plain(&newest.number));
    json!({
        "href": plain(&format!("{}{address}.html", address::root_of(&one.address))),
        "canonical": site.canonical(address).map(|address| plain(&address)),
        "number": number,
    })
}

/// What the document says of a version: the note of the amendment.
fn note(site: &Site<'_, '_>, one: &Superseded<'_>, of: &Version) -> Option<Value> {
    let listed: &[Listed<Public>] = match site.documents[one.document].document {
        Document::Meeting(one) => &one.meeting.versions,
        Document::Tracker(one) => &one.content.versions,
        Document::Plan(one) => &one.content.versions,
    };
    let is_it = |listed: &&Listed<Public>| {
        let number = listed.number.as_ref();
        number.is_some_and(|number| number.source().trim() == of.number)
    };
    let comment = listed.iter().find(is_it)?.comment.as_ref()?;
    Some(json!(plain(&site.words.line(comment))))
}

/// What decides how the PDF looks: what it is made of, the fonts, and this program.
fn key(site: &Site<'_, '_>, html: &str, furniture: &pdf::Furniture) -> String {
    let furniture = pdf::Furniture {
        typefaces: pdf::Typefaces::default(),
        ..furniture.clone()
    };
    let furniture = format!("{furniture:?}");
    let fonts = site.shelf.fonts.iter().map(|font| font.as_slice());
    let own = [env!("CARGO_PKG_VERSION"), html, &furniture];
    fingerprint(own.map(str::as_bytes).into_iter().chain(fonts))
}

/// The Markdown that was kept, with words at its top that it is superseded.
fn marked(markdown: &str, one: &Superseded<'_>) -> String {
    let by = one.later.first().map_or_else(String::new, Version::words);
    let words = format!("> **Superseded** {by} took the place of this version.");
    match markdown.split_once('\n') {
        Some((title, rest)) if title.starts_with("# ") => format!("{title}\n\n{words}\n{rest}"),
        _ => format!("{words}\n\n{markdown}"),
    }
}
