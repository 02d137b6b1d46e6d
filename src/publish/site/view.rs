//! What stands around the content of every page: where it is, what leads on from it, whose it is.

use super::{Content, File, Published, Site, address};
use crate::render::dates;
use crate::render::{Ready, data_address, plain};
use crate::source::{SourceId, Sources};
use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;

/// A link.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Link {
    pub(super) href: Ready,
    pub(super) text: Ready,
}

/// What every page is given.
#[derive(Debug, Serialize)]
pub(super) struct Around {
    root: String,
    language: Ready,
    organisation: Ready,
    website: Option<Ready>,
    logo: Option<Link>,
    classification: Option<Ready>,
    /// The main pages, and which of them this one belongs to.
    nav: Vec<Entry>,
    /// The pages above this one.
    crumbs: Vec<Link>,
    /// The name of this page.
    here: Ready,
    /// What is on it.
    about: Option<Ready>,
    canonical: Option<Ready>,
    updated: Option<Ready>,
    /// Where the files of a document and its actions are listed, once they are known.
    files: Option<&'static str>,
    /// The earlier versions of a document: number, where each leads, in words.
    earlier: Vec<Value>,
    /// For machines, where the page does not say it itself.
    json_ld: Option<Ready>,
}

#[derive(Debug, Serialize)]
struct Entry {
    href: Ready,
    text: Ready,
    current: bool,
}

/// A page: where it stands, and what it is.
pub(super) struct Page<'p> {
    /// Its address without the ending.
    pub(super) address: &'p str,
    pub(super) title: &'p str,
    /// What is on it, in a sentence for search engines.
    pub(super) about: Option<String>,
    pub(super) crumbs: Vec<(String, String)>,
    pub(super) updated: Option<NaiveDate>,
    /// As schema.org has it: `WebPage`, `CollectionPage`.
    pub(super) kind: &'static str,
}

/// What the template of a page sees.
#[derive(Serialize)]
struct PageView<'v, C> {
    site: Around,
    title: Ready,
    page: &'v C,
}

/// The main pages.
const NAV: [(&str, &str); 5] = [
    ("index", "Home"),
    ("actions", "Actions"),
    ("decisions", "Decisions"),
    ("papers", "Papers"),
    ("search", "Search"),
];

impl<'d, 's: 'd> Site<'d, 's> {
    /// Renders a page.
    pub(super) fn page(&self, template: &str, page: &Page<'_>, content: &impl Serialize) -> File {
        let json_ld = self.json_ld(page);
        let view = PageView {
            site: self.around(page, None, Some(&json_ld)),
            title: plain(page.title),
            page: content,
        };
        let template = format!("site/{template}.html");
        let path = format!("{}.html", page.address);
        // A template sees its view and nothing else.
        let seen = serde_json::to_vec(&view);
        self.made_of(path, &template, seen, || {
            self.templates.render(&template, &view)
        })
    }

    /// A page that a template makes of what it sees, unless it stands there already.
    pub(super) fn made_of(
        &self,
        path: String,
        template: &str,
        seen: serde_json::Result<Vec<u8>>,
        make: impl FnOnce() -> Result<String, Box<tera::Error>>,
    ) -> File {
        let of = seen.map_or_else(
            |_| String::new(),
            |seen| self.inputs.of_page(template, &seen),
        );
        self.unless_made_of(path.clone(), of, || File::rendered(path, make()))
    }

    /// A file, unless one that was made of just this stands there already.
    pub(super) fn unless_made_of(
        &self,
        path: String,
        of: String,
        make: impl FnOnce() -> File,
    ) -> File {
        match self.cache.is_made_of(&path, &of) {
            true => File {
                path,
                bytes: Ok(Content::Kept),
                of,
            },
            false => File { of, ..make() },
        }
    }

    /// What stands around a page.
    pub(super) fn around(
        &self,
        page: &Page<'_>,
        files: Option<&'static str>,
        json_ld: Option<&Value>,
    ) -> Around {
        let settings = self.shelf.settings;
        let root = self.root_of(page.address);
        let to = |address: &str| plain(&format!("{root}{address}.html"));
        let classification = settings.classification.as_ref();
        let nav = NAV.iter().map(|(address, text)| Entry {
            href: to(address),
            text: plain(text),
            current: page.address == *address,
        });
        let crumbs = page.crumbs.iter().map(|(address, text)| Link {
            href: to(address),
            text: plain(text),
        });
        let logo = self.shelf.logo.map(|logo| Link {
            href: plain(&format!("{root}{}", logo_file(logo.media_type))),
            text: plain(&logo.alt),
        });
        Around {
            language: plain(settings.language_of_labels()),
            organisation: plain(&self.organisation()),
            website: settings.organisation.website.as_deref().map(plain),
            logo,
            classification: classification.map(|text| plain(&self.words.line(text).to_uppercase())),
            nav: nav.collect(),
            crumbs: crumbs.collect(),
            here: plain(page.title),
            about: page.about.as_deref().map(plain),
            canonical: self.canonical(page.address).map(|address| plain(&address)),
            updated: page.updated.map(|day| plain(&dates::day(day))),
            files,
            earlier: self.versions.get(page.address).cloned().unwrap_or_default(),
            json_ld: json_ld.map(|value| Ready::made(in_script(value))),
            root,
        }
    }

    /// A page as its PDF is made of it: that fetches nothing, so that the logo travels inside.
    pub(super) fn on_paper<'h>(&self, html: &'h str, address: &str) -> Cow<'h, str> {
        let Some(logo) = self.shelf.logo else {
            return Cow::Borrowed(html);
        };
        let file = format!("{}{}", self.root_of(address), logo_file(logo.media_type));
        let file = format!("src=\"{}\"", plain(&file).as_str());
        let inside = format!("src=\"{}\"", data_address(logo));
        Cow::Owned(html.replacen(&file, &inside, 1))
    }

    /// The way from a page to the root of the website. What a server shows when there is no such page can stand anywhere, so
    /// that it begins at the root of the server.
    fn root_of(&self, address: &str) -> String {
        match (address, self.base()) {
            ("404", Some(base)) => {
                let host = base.split_once("://").map_or("", |(_, host)| host);
                host.split_once('/')
                    .map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}"))
            }
            _ => address::root_of(address),
        }
    }

    /// The name of the organisation.
    pub(super) fn organisation(&self) -> String {
        self.words.line(&self.shelf.settings.organisation.name)
    }

    /// The address at which the website will stand, with a slash at its end.
    pub(super) fn base(&self) -> Option<String> {
        let address = self.shelf.settings.site.as_ref()?.address.as_deref()?;
        Some(format!("{}/", address.trim_end_matches('/')))
    }

    /// The whole address of a page; the home page has that of its folder.
    pub(super) fn canonical(&self, address: &str) -> Option<String> {
        let base = self.base()?;
        Some(match address {
            "index" => base,
            address => format!("{base}{address}.html"),
        })
    }

    fn json_ld(&self, page: &Page<'_>) -> Value {
        let organisation = self.organisation();
        let crumbs = page.crumbs.iter().enumerate().map(|(at, (address, text))| {
            json!({ "@type": "ListItem", "position": at + 1, "name": text, "item": self.canonical(address) })
        });
        let crumbs: Vec<Value> = crumbs.collect();
        let mut value = json!({
            "@context": "https://schema.org",
            "@type": page.kind,
            "name": page.title,
            "inLanguage": self.shelf.settings.language(),
            "publisher": { "@type": "GovernmentOrganization", "name": organisation },
        });
        if let Some(object) = value.as_object_mut() {
            if let Some(address) = self.canonical(page.address) {
                object.insert("url".to_owned(), address.into());
            }
            if let Some(day) = page.updated {
                object.insert("dateModified".to_owned(), day.to_string().into());
            }
            if !crumbs.is_empty() && self.base().is_some() {
                let list = json!({ "@type": "BreadcrumbList", "itemListElement": crumbs });
                object.insert("breadcrumb".to_owned(), list);
            }
        }
        value
    }

    /// The pages above a page of a series.
    pub(super) fn crumbs(&self, series: Option<&str>) -> Vec<(String, String)> {
        let mut crumbs = vec![("index".to_owned(), "Home".to_owned())];
        let found = series.and_then(|series| self.series.iter().find(|(key, _)| *key == series));
        if let Some((key, address)) = found {
            crumbs.push((address.clone(), self.series_title(key)));
        }
        crumbs
    }

    /// The title of a series.
    pub(super) fn series_title(&self, key: &str) -> String {
        self.words.series_title(key).unwrap_or(key).to_owned()
    }

    /// A document in a list: what it is, and its formats.
    pub(super) fn listed(&self, one: &Published<'_, '_>, root: &str) -> Value {
        let series = one.series.map(|series| plain(&self.series_title(series)));
        json!({
            "href": format!("{root}{}.html", one.address),
            "title": plain(&one.title),
            "kind": one.kind,
            "date": one.day.map(dates::day),
            "iso": one.day.map(|day| day.to_string()),
            "series": series,
            "pdf": format!("{root}{}.pdf", one.address),
            "markdown": format!("{root}{}.md", one.address),
        })
    }

    /// The last day on which anything changed.
    pub(super) fn updated(&self) -> Option<NaiveDate> {
        self.documents.iter().filter_map(|one| one.updated).max()
    }
}

/// A file of the book, as records name it.
pub(super) fn path_of(sources: &Sources, source: SourceId) -> String {
    let path = &sources.get(source).path;
    path.to_string_lossy().replace('\\', "/")
}

/// The file of the logo.
pub(super) fn logo_file(media_type: &str) -> &'static str {
    match media_type {
        "image/png" => "logo.png",
        "image/jpeg" => "logo.jpg",
        _ => "logo.svg",
    }
}

/// JSON that can stand in a `script` element.
pub(super) fn in_script(value: &Value) -> String {
    let text = value.to_string();
    let text = text.replace('<', "\\u003c").replace('>', "\\u003e");
    text.replace('&', "\\u0026")
}

/// A text as paragraphs, one for each of its lines.
pub(super) fn paragraphs(text: &str) -> Vec<Ready> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(plain).collect()
}

/// "84 kB".
pub(super) fn size(bytes: usize) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{} kB", (bytes + 500) / 1000),
        _ => format!("{:.1} MB", bytes as f64 / 1_000_000.0),
    }
}
