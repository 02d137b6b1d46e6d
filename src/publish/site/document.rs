//! The page of a document, with its PDF and its Markdown beside it.
//!
//! The HTML is made once, with a mark where its files will be listed. The PDF is made of it, unless it was made of the same
//! HTML before; then the mark gives way to the list, which says how large the files are. A document of which nothing changed
//! keeps its files as they are.

use super::cache::{Cache, Own, fingerprint};
use super::staging::Staging;
use super::view::{self, Page};
use super::{Published, Site, address, data, search};
use crate::render::{Problem, plain};
use std::fmt::Write;
use std::io;

/// Where the files of a document are listed. The PDF has no place for it.
pub(super) const MARK: &str = "<!-- files -->";

/// The endings of the files of a document.
const ALL: [&str; 4] = ["html", "md", "pdf", "json"];

/// What became of a document.
#[derive(Default)]
pub(super) struct Made {
    pub(super) problems: Vec<Problem>,
    /// What its PDF was made of.
    pub(super) key: String,
    /// What its PDF is.
    pub(super) pdf: String,
    /// What its files are made of; empty where it is to be made again.
    pub(super) own: Own,
    /// The words of it that can be searched for, with a space between them.
    pub(super) words: String,
}

/// Makes the files of a document.
pub(super) fn make(
    site: &Site<'_, '_>,
    one: &Published<'_, '_>,
    staging: &Staging,
    cache: &Cache,
) -> io::Result<Made> {
    let before = cache.own(&one.address, &ALL.map(|ending| one.file(ending)));
    let with_lists = site.inputs.of_own(one, site.versions_of(one));
    if let Some(own) = before.filter(|own| own.with_lists == with_lists)
        && let Some(made) = as_it_was(one, own.clone(), staging, cache)?
    {
        return Ok(made);
    }
    let page = Page {
        address: &one.address,
        title: &one.title,
        // The document says it itself.
        about: None,
        crumbs: site.crumbs(one.series),
        updated: one.updated,
        kind: "WebPage",
    };
    let around = site.around(&page, Some(MARK), None);
    let records = site.data_in(&view::path_of(site.sources, one.document.source()));
    let actions = actions(site, one);
    let own = Own {
        alone: site
            .inputs
            .of_all(one, &around, &actions, records.as_deref()),
        with_lists,
    };
    if before.is_some_and(|before| !own.alone.is_empty() && before.alone == own.alone)
        && let Some(made) = as_it_was(one, own.clone(), staging, cache)?
    {
        return Ok(made);
    }
    // What stands in the data depends on the day, and the page says how large they are.
    let data = data::of_document(site, one)?;
    staging.add(&one.file("json"), data.as_bytes())?;
    let beside = format!("{actions}{}", view::size(data.len()));
    let of = site.inputs.of_document(one, &around, &beside);
    if let Some(made) = kept(one, &of, staging, cache)? {
        return Ok(Made { own, ..made });
    }
    let rendered = site.renderer.page(one.document, &around);
    let (html, markdown) = match (rendered, site.renderer.markdown(one.document)) {
        (Ok(html), Ok(markdown)) => (html, markdown),
        (Err(error), _) | (_, Err(error)) => {
            return Ok(Made {
                problems: vec![Problem::Template(error)],
                ..Made::default()
            });
        }
    };
    let paper = site.on_paper(&html, &one.address);
    let mut made = Made {
        key: key(site, one, &paper),
        ..Made::default()
    };
    let set = || site.renderer.pdf_of(one.document, &paper);
    let pdf = pdf(&one.file("pdf"), staging, cache, &mut made, set)?;
    let html = with_url(html, site.canonical(&one.address));
    made.words = search::words_of(&html);
    let files = files(one, &actions, [pdf, markdown.len(), data.len()]);
    let html = html.replacen(MARK, &files, 1);
    // Where something is wrong, it is made again, so that the next build says so too.
    let of = if made.problems.is_empty() {
        made.own = own;
        &of
    } else {
        ""
    };
    staging.add_of(&one.file("html"), html.as_bytes(), of)?;
    staging.add_of(&one.file("md"), markdown.as_bytes(), of)?;
    Ok(made)
}

/// Keeps all files of a document, its data too, where they were made of just this.
fn as_it_was(
    one: &Published<'_, '_>,
    own: Own,
    staging: &Staging,
    cache: &Cache,
) -> io::Result<Option<Made>> {
    let pdf = cache.pdf(&one.file("pdf"));
    let (Some((key, made)), Some(words)) = (pdf, cache.words(&one.address)) else {
        return Ok(None);
    };
    for ending in ALL {
        let path = one.file(ending);
        staging.keep_of(&path, cache.made_of(&path))?;
    }
    Ok(Some(Made {
        problems: Vec::new(),
        key: key.clone(),
        pdf: made.clone(),
        own,
        words: words.to_owned(),
    }))
}

/// The page with its whole address in what it says to machines, which the document does not know.
fn with_url(html: String, address: Option<String>) -> String {
    const BEGIN: &str = "<script type=\"application/ld+json\">{";
    let Some(address) = address else {
        return html;
    };
    let url = view::in_script(&address.into());
    html.replacen(BEGIN, &format!("{BEGIN}\"url\":{url},"), 1)
}

/// Keeps the files of a document, where all of them stand there and were made of just this.
fn kept(
    one: &Published<'_, '_>,
    of: &str,
    staging: &Staging,
    cache: &Cache,
) -> io::Result<Option<Made>> {
    let (html, markdown, pdf) = (one.file("html"), one.file("md"), one.file("pdf"));
    let (Some((key, made)), Some(words)) = (cache.pdf(&pdf), cache.words(&one.address)) else {
        return Ok(None);
    };
    let is_made = [&html, &markdown]
        .iter()
        .all(|path| cache.is_made_of(path, of));
    if !(is_made && cache.is_made_of(&pdf, key)) {
        return Ok(None);
    }
    staging.keep_of(&html, of)?;
    staging.keep_of(&markdown, of)?;
    staging.keep_of(&pdf, key)?;
    Ok(Some(Made {
        problems: Vec::new(),
        key: key.clone(),
        pdf: made.clone(),
        own: Own::default(),
        words: words.to_owned(),
    }))
}

/// What decides how the PDF looks: what it is made of, the fonts, and this program.
fn key(site: &Site<'_, '_>, one: &Published<'_, '_>, html: &str) -> String {
    let furniture = site.renderer.furniture_words(one.document);
    let fonts = site.shelf.fonts.iter().map(|font| font.as_slice());
    let own = [env!("CARGO_PKG_VERSION"), html, &furniture];
    fingerprint(own.map(str::as_bytes).into_iter().chain(fonts))
}

/// The PDF of a page: that of the website that stands now, where it was made of the same. How large it is.
pub(super) fn pdf(
    path: &str,
    staging: &Staging,
    cache: &Cache,
    made: &mut Made,
    set: impl FnOnce() -> (Vec<u8>, Vec<Problem>),
) -> io::Result<usize> {
    if let Some(before) = staging.before(path)
        && cache.holds(path, &made.key, &before)
    {
        made.pdf = fingerprint([before.as_slice()]);
        staging.keep_of(path, &made.key)?;
        return Ok(before.len());
    }
    let (bytes, problems) = set();
    // A PDF with something wrong is made again, so that the next build says so too.
    if problems.is_empty() {
        made.pdf = fingerprint([bytes.as_slice()]);
    }
    let of = if problems.is_empty() { &made.key } else { "" };
    staging.add_of(path, &bytes, of)?;
    made.problems.extend(problems);
    Ok(bytes.len())
}

/// The list of the files of a document, and of the pages of its actions.
fn files(one: &Published<'_, '_>, actions: &str, [pdf, markdown, data]: [usize; 3]) -> String {
    aside(&(formats(&one.address, pdf, markdown, Some(data)) + actions))
}

/// The list of the pages of the actions of a document.
fn actions(site: &Site<'_, '_>, one: &Published<'_, '_>) -> String {
    let root = address::root_of(&one.address);
    let file = view::path_of(site.sources, one.document.source());
    let links: Vec<String> = site
        .actions_in(&file)
        .map(|(action, page)| {
            let name = plain(action.reference.as_deref().unwrap_or("New action"));
            format!(
                "<li><a href=\"{root}{page}.html\">{}</a></li>",
                name.as_str()
            )
        })
        .collect();
    match links.is_empty() {
        true => String::new(),
        false => format!(
            "<details><summary>What has become of its actions</summary>\n<ul class=\"inline\">\n{}\n</ul>\n</details>\n",
            links.join("\n")
        ),
    }
}

/// The list of the formats in which a page is offered beside itself, with the size of each in bytes.
pub(super) fn formats(address: &str, pdf: usize, markdown: usize, data: Option<usize>) -> String {
    let name = address.rsplit('/').next().unwrap_or(address);
    let mut list = String::from("<ul>\n");
    let mut add = |ending: &str, words: &str| {
        let _ = writeln!(list, "<li><a href=\"{name}.{ending}\">{words}</a></li>");
    };
    add("pdf", &format!("PDF, {}, tagged", view::size(pdf)));
    add("md", &format!("Markdown, {}", view::size(markdown)));
    if let Some(data) = data {
        add("json", &format!("Data (JSON), {}", view::size(data)));
    }
    list.push_str("</ul>\n");
    list
}

/// What stands beside the words of a page, and is not in its PDF.
pub(super) fn aside(content: &str) -> String {
    format!(
        "<aside class=\"files screen-only\" aria-label=\"Other formats and related pages\">\n{content}</aside>"
    )
}
