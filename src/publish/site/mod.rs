//! The website: everything of a book that is published, as files for any web server.
//!
//! In: the public shelf, and the website that stands now. Out: a folder. Only documents whose status is `published` are on
//! it, and nothing that only others say: `published` says what is known of each. `address` says where everything stands;
//! `document` makes the pages of documents with their PDF and Markdown, `earlier` those of their earlier versions, `pages` and
//! `action` all others, `feeds` and `data` what programs read, `search` the index; `accessible` looks whether everybody can
//! read the pages. `staging` writes it all beside its target and then puts it in its place, with the help of `mirror`. What
//! did not change since the build before is not made again: `inputs` says what a page is made of, and `cache` remembers it.

mod accessible;
mod action;
mod address;
mod cache;
mod contrast;
mod data;
mod document;
mod earlier;
mod feeds;
mod inputs;
mod mirror;
mod pages;
mod published;
mod redirect;
mod search;
mod staging;
mod view;

use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::Shelf;
use crate::exchange::{ActionRecord, Actions, Words};
use crate::ledger;
use crate::model::Public;
use crate::model::settings::Key;
use crate::publish::leaks::{self, Looked, Secrets};
use crate::render::templates::{Override, Templates};
use crate::render::{self, Problem, Renderer};
use crate::source::{SourceId, Sources, Span};
use address::{Addresses, Holder};
use cache::Cache;
use chrono::NaiveDate;
use data::ActionData;
pub use earlier::Earlier;
use inputs::Inputs;
use published::{Published, published};
use rayon::prelude::*;
use serde_json::Value;
pub use staging::is_on_one;
use staging::{Staging, Target};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What was made.
#[derive(Default)]
pub struct Made {
    /// How many documents are published.
    pub documents: usize,
    /// How many files were written.
    pub written: usize,
    /// How many files are as they were.
    pub kept: usize,
    /// What went wrong while documents were rendered.
    pub problems: Vec<(SourceId, Problem)>,
    /// What is doubtful about the settings of the website.
    pub diagnostics: Vec<Diagnostic>,
}

/// The website that stands now, and what is remembered of it. As long as this lives, no other build changes it.
pub struct Before {
    /// Where it is remembered.
    place: PathBuf,
    /// The program that reads it. Another one may make other pages.
    program: String,
    target: Target,
    cache: Cache,
    _alone: Option<fs::File>,
}

impl Before {
    /// Looks at the website in a folder. A hidden folder at the root of the book keeps what the next build need not do again.
    /// `program` tells this very program from others.
    ///
    /// # Errors
    /// When it cannot be read, another build is changing it, or something else stands in its place.
    pub fn read(root: &Path, folder: &Path, program: &str) -> io::Result<Before> {
        let place = cache::place(root, folder)?;
        let alone = cache::alone(&place)?;
        let target = Target::new(folder, place.with_extension("mirror"))?;
        let cache = Cache::read(&place, program, &target.stand);
        Ok(Before {
            place,
            program: program.to_owned(),
            target,
            cache,
            _alone: alone,
        })
    }
}

/// Makes the website of everything published on a shelf, as at a day, and puts it in its place. Nothing there changes when a
/// template is broken, an old address leads nowhere, or something that is withheld is in what was made.
///
/// # Errors
/// When files cannot be read or written.
pub fn build(
    shelf: Shelf<'_, Public>,
    sources: &Sources,
    templates: &Templates,
    secrets: &Secrets,
    earlier: &Earlier,
    as_at: NaiveDate,
    (own_templates, before): (&[Override], &Before),
) -> io::Result<Made> {
    let shelf = shelf.published();
    let Before {
        place,
        target,
        cache,
        ..
    } = before;
    let site = Site::new(
        &shelf,
        sources,
        templates,
        earlier,
        as_at,
        (cache, own_templates),
    );
    let mut made = Made {
        documents: site.documents.len(),
        diagnostics: contrast::diagnostics(shelf.settings),
        ..Made::default()
    };
    if !site.addresses.clashes.is_empty() {
        made.diagnostics.extend(site.addresses.clashes);
        return Ok(made);
    }
    let staging = Staging::new(target, cache, secrets)?;
    let mut next = Cache::new(&before.program, secrets.numbers());
    let (searched, gathered) = rayon::join(
        || {
            make_documents(&site, &staging, &mut next, &mut made)?;
            make_versions(&site, &staging, &mut next, &mut made)?;
            site.search(&search::Index::of(&site, &next), &staging)
        },
        || site.gathered(&staging),
    );
    let (gathered, unmade) = gathered?;
    next.insert_gathered(site.inputs.gathered.clone(), gathered);
    let mut broken = searched?.or(unmade);
    made.diagnostics.extend(earlier::faults(&site, earlier));
    let redirects = redirect::all(&site, &earlier.renamed);
    made.diagnostics.extend(redirects.faults);
    for redirect in &redirects.pages {
        broken = broken.or(redirect::write(&site, redirect, &staging)?);
    }
    staging.keep_others();
    let seen = staging.seen();
    broken = broken.or(pages::accessibility(&site, &seen).put(&staging)?);
    made.diagnostics.extend(accessible::diagnostics(
        &site,
        &staging.seen(),
        own_templates,
    ));
    made.diagnostics
        .extend(redirect::gone(sources, target, &staging));
    let is_broken = broken.is_some();
    // Where a template stands, it says itself.
    if let (Some((source, _)), Some(error)) = (sources.iter().next(), broken) {
        made.problems.push((source, Problem::Template(error)));
    }
    // In an earlier version more can be accepted than a leak, and `minutebook actions` has a register of the same name that
    // holds more than this one.
    let earlier_files = earlier::files(&site);
    let mut files = staging.paths();
    files.retain(|file| !earlier_files.contains(file) && !file.starts_with("actions."));
    let shown = shown(&shelf);
    files.extend(shown.iter().map(|source| view::path_of(sources, *source)));
    let looked = Looked {
        files,
        is_whole: true,
    };
    let mut found = staging.leaks();
    found.extend(secrets.in_book(sources, |text| shown.contains(&text.source)));
    let accepted = &shelf.settings.accepted;
    let told = leaks::told(accepted, &found, &looked, |leak| {
        earlier::advised(&site, leak, leak.diagnostic(sources))
    });
    made.diagnostics.extend(told);
    let is_template = |problem: &(_, Problem)| matches!(problem.1, Problem::Template(_));
    let has_errors = made
        .diagnostics
        .iter()
        .any(|one| one.severity == Severity::Error);
    if is_broken || has_errors || made.problems.iter().any(is_template) {
        return Ok(made);
    }
    let (finished, next) = rayon::join(|| staging.finish(), || next.body());
    let finished = finished?;
    (made.written, made.kept) = (finished.written, finished.kept);
    cache::write(place, next, &finished.files);
    // The program ends soon, and what is known of thousands of actions is in many small pieces.
    std::mem::forget(site);
    Ok(made)
}

/// Makes the files of every document.
fn make_documents(
    site: &Site<'_, '_>,
    staging: &Staging,
    next: &mut Cache,
    made: &mut Made,
) -> io::Result<()> {
    let documents = site.documents.par_iter();
    let documents = documents.map(|one| document::make(site, one, staging, site.cache));
    let documents: Vec<document::Made> = documents.collect::<io::Result<_>>()?;
    for (one, document) in site.documents.iter().zip(documents) {
        let source = one.document.source();
        let problems = document.problems.into_iter();
        made.problems
            .extend(problems.map(|problem| (source, problem)));
        next.insert(one.file("pdf"), document.key, document.pdf);
        next.insert_words(one.address.clone(), document.words);
        next.insert_own(one.address.clone(), document.own);
    }
    Ok(())
}

/// Makes the files of every earlier version.
fn make_versions(
    site: &Site<'_, '_>,
    staging: &Staging,
    next: &mut Cache,
    made: &mut Made,
) -> io::Result<()> {
    let versions = site.earlier.par_iter();
    let versions = versions.map(|one| earlier::make(site, one, staging, site.cache));
    let versions: Vec<document::Made> = versions.collect::<io::Result<_>>()?;
    for (one, version) in site.earlier.iter().zip(versions) {
        let source = site.documents[one.document()].document.source();
        let problems = version.problems.into_iter();
        made.problems
            .extend(problems.map(|problem| (source, problem)));
        next.insert(one.file("pdf"), version.key, version.pdf);
    }
    Ok(())
}

/// The files of which something is on the website: those of its documents, the updates of their actions, and the settings.
fn shown(shelf: &Shelf<'_, Public>) -> BTreeSet<SourceId> {
    let meetings = shelf.meetings.iter().map(|one| one.source);
    let trackers = shelf.trackers.iter().map(|one| one.source);
    let plans = shelf.plans.iter().map(|one| one.source);
    let updates = shelf.updates.iter().map(|one| one.source);
    let settings = std::iter::once(shelf.settings.span.source);
    let documents = meetings.chain(trackers).chain(plans);
    documents.chain(updates).chain(settings).collect()
}

/// Everything that pages are made of.
struct Site<'d, 's> {
    shelf: &'d Shelf<'s, Public>,
    sources: &'d Sources,
    templates: &'d Templates,
    renderer: Renderer<'s, Public>,
    words: Words<'s, Public>,
    as_at: NaiveDate,
    documents: Vec<Published<'d, 's>>,
    /// The public actions, with the address of the page of each.
    actions: Actions,
    action_pages: Vec<String>,
    /// The same as data; `None` where all that is gathered from documents is as it was.
    action_data: Option<Vec<ActionData>>,
    /// The page of each document, by its file.
    pages: BTreeMap<String, usize>,
    /// The actions that each file set.
    of_files: BTreeMap<String, Vec<usize>>,
    /// The address of the page of each series that has published something.
    series: Vec<(&'s str, String)>,
    /// The sheets of owners.
    owners: Vec<pages::OwnerSheet>,
    /// What was closed in earlier years.
    closed: Vec<pages::ClosedYear>,
    /// The earlier versions of the documents, and for the address of each document the ways to its own.
    earlier: Vec<earlier::Superseded<'d>>,
    versions: BTreeMap<String, Vec<Value>>,
    addresses: Addresses,
    /// What was made before, and what everything is made of now.
    cache: &'d Cache,
    inputs: Inputs,
}

impl<'d, 's: 'd> Site<'d, 's> {
    fn new(
        shelf: &'d Shelf<'s, Public>,
        sources: &'d Sources,
        templates: &'s Templates,
        earlier: &'d Earlier,
        as_at: NaiveDate,
        (cache, own_templates): (&'d Cache, &[Override]),
    ) -> Site<'d, 's> {
        let renderer = Renderer::new(shelf, sources, templates);
        let words = Words::new(shelf);
        let all = render::Document::all(shelf);
        let mut addresses = Addresses::new(&all, sources);
        let documents: Vec<Published<'d, 's>> = all
            .into_iter()
            .filter_map(|one| {
                let mut published = published(one, &words, &addresses)?;
                let first = earlier.first.get(&one.source()).map(Path::new);
                published.first_address = first.map(address::of_path);
                Some(published)
            })
            .collect();
        let shown: BTreeSet<&str> = documents.iter().filter_map(|one| one.series).collect();
        let series = shelf.settings.series.iter().map(|(key, _)| key);
        let series: Vec<(&'s str, String)> = series
            .filter(|key| shown.contains(key.name.as_str()))
            .map(|key| (key.name.as_str(), series_page(key, &mut addresses)))
            .collect();
        let ledger = renderer.ledger();
        let (inputs, (lines, actions)) = rayon::join(
            || Inputs::new(shelf, sources, own_templates, ledger, as_at),
            || {
                let lines = ledger::lines(ledger, as_at);
                let all: Vec<_> = lines.iter().collect();
                let actions = Actions::new(&all, &words, sources, as_at, Vec::new());
                (lines, actions)
            },
        );
        let is_as_it_was = cache.gathered(&inputs.gathered).is_some();
        let action_data = || (!is_as_it_was).then(|| ActionData::all(&actions));
        let placed = || {
            let places: Vec<Span> = lines.iter().map(|line| line.entry.home.span).collect();
            let action_pages = action_pages(&actions, &places, &mut addresses);
            let records = &actions.actions;
            let owners = pages::owners(&lines, records, &words, shelf.settings, &mut addresses);
            let closed = pages::closed_years(&actions, as_at, shelf.settings, &mut addresses);
            (action_pages, owners, closed)
        };
        let (action_data, (action_pages, owners, closed)) = rayon::join(action_data, placed);
        drop(lines);
        let earlier = earlier::place(earlier, &documents, &mut addresses);
        let mut versions: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for one in &earlier {
            let document = &documents[one.document()];
            let links = versions.entry(document.address.clone()).or_default();
            links.push(one.link(document));
        }
        let pages = documents.iter().enumerate();
        let file = |source| view::path_of(sources, source);
        let pages = pages
            .map(|(at, one)| (file(one.document.source()), at))
            .collect();
        let mut of_files: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, action) in actions.actions.iter().enumerate() {
            let file = action.source.file.clone();
            of_files.entry(file).or_default().push(at);
        }
        Site {
            shelf,
            sources,
            templates,
            renderer,
            words,
            as_at,
            documents,
            actions,
            action_pages,
            action_data,
            pages,
            of_files,
            series,
            owners,
            closed,
            earlier,
            versions,
            addresses,
            cache,
            inputs,
        }
    }

    /// The documents, the newest first.
    fn newest(&self) -> Vec<&Published<'d, 's>> {
        let mut all: Vec<&Published<'d, 's>> = self.documents.iter().collect();
        all.sort_by(|a, b| (b.day, &a.address).cmp(&(a.day, &b.address)));
        all
    }

    /// The notes of a series, the newest first.
    fn of_series(&self, series: &str) -> Vec<&Published<'d, 's>> {
        let mut all = self.newest();
        all.retain(|one| one.series == Some(series) && one.meeting().is_some());
        all
    }

    /// The actions that the meetings of a series look at, with the address of the page of each.
    fn actions_of<'a>(
        &'a self,
        series: &'a str,
    ) -> impl Iterator<Item = (&'a ActionRecord, &'a str)> {
        let pages = self.action_pages.iter().map(String::as_str);
        let actions = self.actions.actions.iter().zip(pages);
        actions.filter(move |(action, _)| action.source.series.as_deref() == Some(series))
    }

    /// The ways to the earlier versions of a document.
    fn versions_of(&self, one: &Published<'_, '_>) -> &[Value] {
        let versions = self.versions.get(&one.address);
        versions.map_or(&[], Vec::as_slice)
    }

    /// The document that was made of a file.
    fn of_file(&self, file: &str) -> Option<&Published<'d, 's>> {
        self.pages.get(file).map(|at| &self.documents[*at])
    }

    /// The actions that a file set, with the address of the page of each.
    fn actions_in(&self, file: &str) -> impl Iterator<Item = (&ActionRecord, &str)> {
        let own = self.of_files.get(file).into_iter().flatten();
        own.map(|at| (&self.actions.actions[*at], self.action_pages[*at].as_str()))
    }

    /// The search, and what stands on the website at all: both change with every word. What is wrong with a template.
    fn search(
        &self,
        index: &search::Index,
        staging: &Staging,
    ) -> io::Result<Option<Box<tera::Error>>> {
        let mut files = search::files(index)?;
        files.push(pages::glossary(self, index));
        put(files, staging)
    }

    /// Everything that is gathered from documents, as it was where nothing changed that it shows: the names of the files, and
    /// what is wrong with a template.
    fn gathered(&self, staging: &Staging) -> io::Result<(Vec<String>, Option<Box<tera::Error>>)> {
        let gathered = self.cache.gathered(&self.inputs.gathered);
        if let (Some(files), None) = (gathered, &self.action_data) {
            let keep = |path: &String| staging.keep_of(path, self.cache.made_of(path));
            files.par_iter().try_for_each(keep)?;
            return Ok((files.to_vec(), None));
        }
        let lines = ledger::lines(self.renderer.ledger(), self.as_at);
        let action_data = self.action_data.as_deref().unwrap_or_default();
        let mut files = data::all(self, action_data);
        files.extend(pages::all(self, &lines));
        files.extend(feeds::all(self));
        let make = |make: &Maker<'_>| {
            let file = make()?;
            Ok((file.path.clone(), file.put(staging)?))
        };
        let actions = self.actions.actions.par_iter().zip(&self.action_pages);
        let actions = actions.zip(action_data);
        let (files, actions) = rayon::join(
            // Each is a task of its own, since some take a hundred times as long as others.
            || files.par_iter().with_max_len(1).map(make).collect(),
            || {
                let pages =
                    actions.map(|((action, page), data)| action::page(self, action, page, data));
                pages.map(|page| page.put(staging)).collect()
            },
        );
        let files: io::Result<Vec<(String, Option<Box<tera::Error>>)>> = files;
        let actions: io::Result<Vec<Option<Box<tera::Error>>>> = actions;
        let (mut paths, broken): (Vec<String>, Vec<_>) = files?.into_iter().unzip();
        paths.extend(self.action_pages.iter().map(|page| format!("{page}.html")));
        Ok((paths, broken.into_iter().chain(actions?).flatten().next()))
    }

    /// By which the actions that a file set are known again; `None` where all that is gathered is as it was.
    fn data_in(&self, file: &str) -> Option<Vec<&str>> {
        let data = self.action_data.as_ref()?;
        let own = self.of_files.get(file).into_iter().flatten();
        Some(own.map(|at| data[*at].of.as_str()).collect())
    }
}

/// Makes a file of the website when it is its turn.
type Maker<'m> = Box<dyn Fn() -> io::Result<File> + Send + Sync + 'm>;

/// A file that can always be read and written.
fn maker<'m>(make: impl Fn() -> File + Send + Sync + 'm) -> Maker<'m> {
    Box::new(move || Ok(make()))
}

/// Puts files into the new website. What is wrong with a template.
fn put(files: Vec<File>, staging: &Staging) -> io::Result<Option<Box<tera::Error>>> {
    let files = files.into_par_iter().map(|file| file.put(staging));
    let broken: io::Result<Vec<Option<Box<tera::Error>>>> = files.collect();
    Ok(broken?.into_iter().flatten().next())
}

/// A file of the website, or why there is none.
struct File {
    path: String,
    bytes: Result<Content, Box<tera::Error>>,
    /// What it was made of; empty where that is not known.
    of: String,
}

/// What is in a file.
enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The same as before.
    Kept,
}

impl File {
    fn new(path: &str, text: impl Into<Vec<u8>>) -> File {
        File::rendered(path.to_owned(), Ok(text.into()))
    }

    /// A file that a template made.
    fn rendered(path: String, bytes: Result<impl Into<Vec<u8>>, Box<tera::Error>>) -> File {
        File {
            path,
            bytes: bytes.map(|bytes| Content::Bytes(bytes.into())),
            of: String::new(),
        }
    }

    /// Puts it into the new website. What is wrong with its template.
    fn put(self, staging: &Staging) -> io::Result<Option<Box<tera::Error>>> {
        match self.bytes {
            Ok(Content::Bytes(bytes)) => staging.add_of(&self.path, &bytes, &self.of)?,
            Ok(Content::Kept) => staging.keep_of(&self.path, &self.of)?,
            Err(error) => return Ok(Some(error)),
        }
        Ok(None)
    }
}

/// The address of the page of a series. Those of its register and of the sheet of its chair stand below it.
fn series_page(key: &Key, addresses: &mut Addresses) -> String {
    let holder = Holder::new(format!("the series `{}`", key.name), key.span);
    let address = addresses.give(format!("series/{}", address::slug(&key.name)), &holder);
    for below in [
        pages::register_address(&address),
        pages::chair_address(&address),
    ] {
        addresses.give(below, &holder);
    }
    address
}

/// The addresses of the pages of actions. They are given in the order in which the actions were set, so that a later one
/// never changes that of an earlier one.
fn action_pages(actions: &Actions, places: &[Span], addresses: &mut Addresses) -> Vec<String> {
    let mut order: Vec<usize> = (0..actions.actions.len()).collect();
    order.sort_by_key(|at| {
        let action = &actions.actions[*at];
        (action.set, &action.source.file, &action.id)
    });
    let mut pages = vec![String::new(); order.len()];
    for at in order {
        let id = &actions.actions[at].id;
        let holder = Holder::new(format!("action {id}"), places[at]);
        let wanted = format!("actions/{}", address::slug(id));
        pages[at] = addresses.give(wanted, &holder);
    }
    pages
}
