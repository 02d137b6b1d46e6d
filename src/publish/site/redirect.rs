//! Old addresses: a page that leads on for each document whose file was renamed, so that no address ever dies.

use super::staging::Staging;
use super::view::Page;
use super::{Site, address};
use crate::diagnostic::{Diagnostic, Severity, Target, nearest};
use crate::model::settings::Key;
use crate::model::word::Word;
use crate::render::plain;
use serde_json::json;
use std::collections::BTreeSet;
use std::io;

/// A page that leads on.
pub(super) struct Redirect {
    /// The old address, without its ending.
    from: String,
    /// The document that stands elsewhere now.
    to: usize,
}

/// Every redirect of a book, and what is wrong with the others.
#[derive(Default)]
pub(super) struct Redirects {
    pub(super) pages: Vec<Redirect>,
    pub(super) faults: Vec<Diagnostic>,
}

/// The redirects that the settings of a book ask for.
pub(super) fn all(site: &Site<'_, '_>) -> Redirects {
    let mut redirects = Redirects::default();
    let mut seen = BTreeSet::new();
    let settings = site.shelf.settings.site.as_ref();
    for (old, new) in settings.into_iter().flat_map(|site| site.renamed.iter()) {
        match redirect(site, old, new, &mut seen) {
            Ok(page) => redirects.pages.push(page),
            Err(fault) => redirects.faults.push(*fault),
        }
    }
    redirects
}

fn redirect(
    site: &Site<'_, '_>,
    old: &Key,
    new: &Word,
    seen: &mut BTreeSet<String>,
) -> Result<Redirect, Box<Diagnostic>> {
    let fault = |span, message: String| {
        Diagnostic::new(
            "renamed-address",
            Severity::Error,
            Target::Place(span),
            message,
        )
    };
    if !address::is_below(&old.name) {
        let found = fault(
            old.span,
            format!("`{}` is no path below the website", old.name),
        );
        let help =
            "write the path that the file had from the root of the book: `assurance/june.yaml`";
        return Err(Box::new(found.help(help)));
    }
    let from = address::of_words(&old.name);
    if site.addresses.is_taken(&from) || !seen.insert(from.clone()) {
        let message = format!("something else stands at the old address `{}`", old.name);
        let help = "an address is never given twice: take the line out, or rename the other file";
        return Err(Box::new(fault(old.span, message).help(help)));
    }
    let wanted = address::of_words(&new.text);
    match site.documents.iter().position(|one| one.address == wanted) {
        Some(to) => Ok(Redirect { from, to }),
        None => {
            let all = site.documents.iter().map(|one| one.address.as_str());
            let help = match nearest(&wanted, all) {
                Some(meant) => format!("did you mean `{meant}.yaml`?"),
                None => "name the file of a document that is published".to_owned(),
            };
            let message = format!("no published document stands at `{}`", new.text);
            Err(Box::new(fault(new.span, message).help(help)))
        }
    }
}

/// Writes the page, and leaves the PDF, the Markdown and the data at their old addresses, where no page could lead on. What is wrong
/// with the template of the page, or of the document.
pub(super) fn write(
    site: &Site<'_, '_>,
    redirect: &Redirect,
    staging: &Staging,
) -> io::Result<Option<Box<tera::Error>>> {
    let document = site.documents.get(redirect.to);
    let Some(document) = document.filter(|one| staging.has(&one.file("md"))) else {
        return Ok(None);
    };
    let page = Page {
        address: &redirect.from,
        title: &document.title,
        crumbs: site.crumbs(document.series),
        about: None,
        updated: None,
        kind: "WebPage",
    };
    let root = address::root_of(&redirect.from);
    let href = format!("{root}{}.html", document.address);
    let canonical = site
        .canonical(&document.address)
        .map(|address| plain(&address));
    let content = json!({ "href": href, "canonical": canonical });
    let broken = site.page("moved", &page, &content).put(staging)?;
    for ending in ["pdf", "md", "json"] {
        staging.same(
            &document.file(ending),
            &format!("{}.{ending}", redirect.from),
        )?;
    }
    Ok(broken)
}
