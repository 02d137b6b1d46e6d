//! Where everything stands on the website. In: paths and refs as people wrote them. Out: addresses of small letters, digits,
//! dashes and slashes, so that none can leave the folder of the website, and no two are the same.

use crate::diagnostic::Diagnostic;
use crate::model::Public;
use crate::model::releases;
use crate::render::Document;
use crate::source::{SourceId, Sources, Span};
use std::collections::BTreeMap;
use std::path::Path;

/// The longest part of an address between two slashes, in bytes.
const LONGEST: usize = 100;

/// Addresses that the website needs for itself, without their endings.
const OWN: [&str; 19] = [
    "404",
    "accessibility",
    "actions",
    "actions.schema",
    "data",
    "decisions",
    "document.schema",
    "feed",
    "glossary",
    "index",
    "logo",
    "meetings",
    "meetings.schema",
    "papers",
    "people",
    "robots",
    "search",
    "search-index",
    "site",
];

/// Whether the website needs an address for itself.
pub(super) fn is_own(address: &str) -> bool {
    OWN.contains(&address)
}

/// What has an address: what it is, in words, and where it stands in the book.
#[derive(Clone)]
pub(super) struct Holder {
    what: String,
    span: Span,
}

impl Holder {
    pub(super) fn new(what: impl Into<String>, span: Span) -> Holder {
        Holder {
            what: what.into(),
            span,
        }
    }
}

/// Gives every thing an address of its own.
pub(super) struct Addresses {
    /// What is given, and to what; the website's own have no holder.
    taken: BTreeMap<String, Option<Holder>>,
    documents: BTreeMap<SourceId, String>,
    /// What would have the address of something else.
    pub(super) clashes: Vec<Diagnostic>,
}

impl Addresses {
    /// The addresses of documents.
    pub(super) fn new(documents: &[Document<'_, '_, Public>], sources: &Sources) -> Addresses {
        let own = OWN.into_iter().map(|address| (address.to_owned(), None));
        let mut addresses = Addresses {
            taken: own.collect(),
            documents: BTreeMap::new(),
            clashes: Vec::new(),
        };
        let mut all: Vec<(&Path, &Document<'_, '_, Public>)> = documents
            .iter()
            .map(|one| (sources.get(one.source()).path.as_path(), one))
            .collect();
        all.sort_by_key(|(path, _)| *path);
        for (path, one) in all {
            let holder = Holder::new(format!("`{}`", releases::written(path)), one.span());
            let given = addresses.give(of_path(path), &holder);
            addresses.documents.insert(one.source(), given);
        }
        addresses
    }

    /// The address of a document, without its ending.
    pub(super) fn document(&self, source: SourceId) -> Option<&str> {
        self.documents.get(&source).map(String::as_str)
    }

    /// Whether something stands at an address.
    pub(super) fn is_taken(&self, address: &str) -> bool {
        self.taken.contains_key(address)
    }

    /// The address that is wanted, or the next that is free. An address is never given twice: where something else of the
    /// book has it, which of the two stood there first would depend on the order of files.
    pub(super) fn give(&mut self, wanted: String, holder: &Holder) -> String {
        if let Some(Some(first)) = self.taken.get(&wanted) {
            self.clashes.push(clash(&wanted, first, holder));
        }
        let mut given = wanted.clone();
        let mut count = 2;
        while self.taken.contains_key(&given) {
            given = format!("{wanted}-{count}");
            count += 1;
        }
        self.taken.insert(given.clone(), Some(holder.clone()));
        given
    }
}

fn clash(address: &str, first: &Holder, second: &Holder) -> Diagnostic {
    let message = format!(
        "{} would stand at the address of {}: {address}.html",
        second.what, first.what
    );
    Diagnostic::error("same-address", second.span, message)
        .help(format!(
            "give the one that is not on the website yet another name: of each name an address keeps small letters, \
             digits and dashes, and no more than {LONGEST} of them"
        ))
        .related(first.span, "this has the same address")
}

/// The address of a file of the book: its path, without the ending.
pub(super) fn of_path(path: &Path) -> String {
    let path = path.with_extension("");
    let parts: Vec<String> = path
        .components()
        .filter_map(|part| match part {
            std::path::Component::Normal(part) => Some(slug(&part.to_string_lossy())),
            _ => None,
        })
        .collect();
    match parts.is_empty() {
        true => slug(""),
        false => parts.join("/"),
    }
}

/// An address as somebody wrote it, with or without an ending and a slash before it.
pub(super) fn of_words(words: &str) -> String {
    let words = words.trim().replace('\\', "/");
    let endings = [".yaml", ".yml", ".html", ".pdf", ".md"];
    let stem = endings.iter().find_map(|end| words.strip_suffix(end));
    let parts = stem.unwrap_or(&words).split('/');
    let parts: Vec<String> = parts
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .map(slug)
        .collect();
    parts.join("/")
}

/// The number of a version as a part of an address: `1.0` stays as it is.
pub(super) fn of_number(number: &str) -> String {
    let parts: Vec<String> = number.trim().split('.').map(slug).collect();
    parts.join(".")
}

/// Whether an address as somebody wrote it stays below the root of the website.
pub(super) fn is_below(words: &str) -> bool {
    let words = words.trim();
    let climbs = words.split(['/', '\\']).any(|part| part.trim() == "..");
    !(climbs || words.contains(':') || words.starts_with("//") || of_words(words).is_empty())
}

/// One part of an address. Letters with accents lose them, and other letters become their number, so that the same name has
/// the same address on every machine.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if c.is_alphabetic() || c.is_numeric() {
            slug.push_str(&plain_letter(c));
        } else if is_separator(c) && !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    // Everything in it is ASCII.
    slug.truncate(LONGEST);
    match slug.trim_end_matches('-') {
        "" => "x".to_owned(),
        slug => slug.to_owned(),
    }
}

/// Marks that belong to the letter before them part nothing.
fn is_separator(c: char) -> bool {
    !('\u{300}'..='\u{36F}').contains(&c)
}

/// `é` is `e`; `я` is its number.
fn plain_letter(c: char) -> String {
    let name = unicode_names2::name(c).map(|name| name.to_string());
    let letter = name.as_deref().and_then(|name| {
        let rest = name.strip_prefix("LATIN SMALL LETTER ")?;
        let first = rest.split(' ').next()?;
        (first.len() == 1 && rest.contains(" WITH ")).then(|| first.to_lowercase())
    });
    letter.unwrap_or_else(|| format!("{:x}", u32::from(c)))
}

/// The way from a page to the root of the website.
pub(super) fn root_of(address: &str) -> String {
    "../".repeat(address.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_small_letters_digits_and_dashes() {
        for (text, expected) in [
            ("2026-06-30", "2026-06-30"),
            ("Über uns_2", "uber-uns-2"),
            ("Sio\u{302}n", "sion"),
            ("..", "x"),
            ("a/../../b", "a-b"),
            ("\u{202E}cod.exe\0", "cod-exe"),
            ("я", "44f"),
            ("9/26", "9-26"),
            ("", "x"),
        ] {
            assert_eq!(slug(text), expected);
        }
        assert_eq!(slug(&"я".repeat(200)).len(), LONGEST);
    }

    #[test]
    fn no_path_leads_out() {
        for (path, expected) in [
            ("assurance/2026-06-30.yaml", "assurance/2026-06-30"),
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd.yaml", "etc/passwd"),
            ("a/./b/..", "a/b"),
            ("", "x"),
        ] {
            assert_eq!(of_path(Path::new(path)), expected);
        }
    }

    #[test]
    fn an_old_address_must_stay_below_the_root() {
        for good in ["a/b.html", "/a/b.yaml", "notes old", "a/b"] {
            assert!(is_below(good), "{good}");
        }
        for bad in [
            "../a",
            "a/../../b",
            "..\\a",
            "C:\\a",
            "//host/a",
            "https://a.b/c",
            "",
            "/",
        ] {
            assert!(!is_below(bad), "{bad}");
        }
        assert_eq!(of_words("/Old notes/June.yaml"), "old-notes/june");
    }

    #[test]
    fn what_would_share_an_address_gets_a_number_and_is_reported() {
        let mut sources = Sources::default();
        let source = sources.add("a.yaml", String::new());
        let span = Span {
            source,
            start: 0,
            end: 0,
        };
        let mut addresses = Addresses::new(&[], &sources);
        let mut give = |wanted: &str| {
            let holder = Holder::new(wanted, span);
            let given = addresses.give(wanted.to_owned(), &holder);
            (given, addresses.clashes.len())
        };
        // The website's own pages were always there.
        assert_eq!(give("index"), ("index-2".to_owned(), 0));
        assert_eq!(give("a"), ("a".to_owned(), 0));
        assert_eq!(give("a"), ("a-2".to_owned(), 1));
    }

    #[test]
    fn a_number_keeps_its_points_and_leads_nowhere() {
        for (number, expected) in [
            ("1.0", "1.0"),
            ("2", "2"),
            ("..", "x.x.x"),
            ("1/../2", "1.x.2"),
        ] {
            assert_eq!(of_number(number), expected);
        }
    }

    #[test]
    fn a_page_finds_the_root() {
        assert_eq!(root_of("index"), "");
        assert_eq!(root_of("a/b/c"), "../../");
    }
}
