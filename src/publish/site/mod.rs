//! The website: everything of a book that is published, as files for any web server.
//!
//! In: the public shelf, and the website that stands now. Out: a folder. Only documents whose status is `published` are on
//! it, and nothing that only others say. `address` says where everything stands; `document` makes the pages of documents
//! with their PDF and Markdown, `earlier` those of their earlier versions, `pages` and `action` all others, `feeds` and `data`
//! what programs read, `search` the index; `staging` writes it all beside its target and then puts it in its place. What did
//! not change since the build before is not made again: `inputs` says what a page is made of, and `cache` remembers it.

mod action;
mod address;
mod cache;
mod contrast;
mod data;
mod document;
mod earlier;
mod feeds;
mod inputs;
mod pages;
mod redirect;
mod search;
mod staging;
mod view;

use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::{Placed, Shelf};
use crate::exchange::{ActionRecord, Actions, Words};
use crate::ledger;
use crate::model::Public;
use crate::model::meeting::{Meeting, Status};
use crate::model::tracker::{Plan, Tracker};
use crate::publish::leaks::Secrets;
use crate::render::templates::{Override, Templates};
use crate::render::{self, Problem, Renderer};
use crate::source::{SourceId, Sources};
use address::Addresses;
use cache::Cache;
use chrono::NaiveDate;
pub use earlier::Earlier;
use inputs::Inputs;
use rayon::prelude::*;
use staging::{Staging, Target};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

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

/// Where a website goes, and what decides how it looks beside the book.
pub struct Goal<'g> {
    /// The folder of the website.
    pub target: &'g Path,
    /// The root of the book. A hidden folder there keeps what the next build need not do again.
    pub root: &'g Path,
    /// The book's own templates.
    pub templates: &'g [Override],
    /// This very program: another one may make other pages.
    pub program: &'g str,
}

/// Makes the website of everything published on a shelf, as at a day, and puts it in its place. Nothing there changes when a
/// template is broken, an old address leads nowhere, or something that is withheld is in what was made.
///
/// # Errors
/// When files cannot be read or written.
pub fn build(
    mut shelf: Shelf<'_, Public>,
    sources: &Sources,
    templates: &Templates,
    secrets: &Secrets,
    earlier: &Earlier,
    as_at: NaiveDate,
    goal: &Goal<'_>,
) -> io::Result<Made> {
    keep_published(&mut shelf);
    let target = Target::new(goal.target)?;
    let place = cache::place(goal.root, goal.target)?;
    let cache = Cache::read(&place, goal.program, &target.stand);
    let site = Site::new(
        &shelf,
        sources,
        templates,
        earlier,
        as_at,
        (&cache, goal.templates),
    );
    let staging = Staging::new(&target, &cache, secrets)?;
    let mut made = Made {
        documents: site.documents.len(),
        diagnostics: contrast::diagnostics(shelf.settings),
        ..Made::default()
    };
    let documents: io::Result<Vec<document::Made>> = site
        .documents
        .par_iter()
        .map(|one| document::make(&site, one, &staging, &cache))
        .collect();
    let documents = documents?;
    let mut next = Cache::new(goal.program, secrets.numbers());
    let mut index = search::Index::default();
    for (one, document) in site.documents.iter().zip(documents) {
        let source = one.document.source();
        let problems = document.problems.into_iter();
        made.problems
            .extend(problems.map(|problem| (source, problem)));
        next.insert(one.file("pdf"), document.key, document.pdf);
        index.document(&site, one, &document.words);
        next.insert_words(one.address.clone(), document.words);
    }
    for (at, action) in site.actions.actions.iter().enumerate() {
        index.action(&site, at, action);
    }
    let versions: io::Result<Vec<document::Made>> = site
        .earlier
        .par_iter()
        .map(|one| earlier::make(&site, one, &staging, &cache))
        .collect();
    for (one, version) in site.earlier.iter().zip(versions?) {
        let source = site.documents[one.document()].document.source();
        let problems = version.problems.into_iter();
        made.problems
            .extend(problems.map(|problem| (source, problem)));
        next.insert(one.file("pdf"), version.key, version.pdf);
    }
    made.diagnostics.extend(earlier::faults(&site, earlier));
    let redirects = redirect::all(&site);
    made.diagnostics.extend(redirects.faults);
    let mut broken = site.others(&index, &staging)?;
    for redirect in &redirects.pages {
        broken = broken.or(redirect::write(&site, redirect, &staging)?);
    }
    let is_broken = broken.is_some();
    // Where a template stands, it says itself.
    if let (Some((source, _)), Some(error)) = (sources.iter().next(), broken) {
        made.problems.push((source, Problem::Template(error)));
    }
    let shown = shown(&shelf);
    let said = secrets.in_book(sources, |text| shown.contains(&text.source));
    let leaks = staging.leaks().into_iter().chain(said);
    let leaks = leaks.filter(|leak| !leak.is_accepted(&shelf.settings.accepted));
    made.diagnostics
        .extend(leaks.map(|leak| earlier::advised(&site, &leak, leak.diagnostic(sources))));
    let is_template = |problem: &(_, Problem)| matches!(problem.1, Problem::Template(_));
    let has_errors = made
        .diagnostics
        .iter()
        .any(|one| one.severity == Severity::Error);
    if is_broken || has_errors || made.problems.iter().any(is_template) {
        return Ok(made);
    }
    let finished = staging.finish()?;
    (made.written, made.kept) = (finished.written, finished.kept);
    next.write(&place, finished.files);
    Ok(made)
}

/// Leaves on a shelf what is published. Files of updates have no status of their own: what they say of an action shows where
/// the action is published.
fn keep_published(shelf: &mut Shelf<'_, Public>) {
    let is = |status: Option<Status>| status == Some(Status::Published);
    shelf.meetings.retain(|one| is(one.meeting.status));
    shelf.trackers.retain(|one| is(one.content.status));
    shelf.plans.retain(|one| is(one.content.status));
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

/// A document of the website.
struct Published<'d, 's> {
    document: render::Document<'d, 's, Public>,
    /// Its address without the ending.
    address: String,
    title: String,
    /// What it is: "Notes", "Tracker", "Plan".
    kind: &'static str,
    series: Option<&'s str>,
    /// The day of the meeting, or as at which it is printed.
    day: Option<NaiveDate>,
    /// The last day that it gives for a change of itself.
    updated: Option<NaiveDate>,
}

impl<'s> Published<'_, 's> {
    /// The path of one of its files.
    fn file(&self, ending: &str) -> String {
        format!("{}.{ending}", self.address)
    }

    fn meeting(&self) -> Option<&'s Meeting<Public>> {
        match self.document {
            render::Document::Meeting(one) => Some(one.meeting),
            _ => None,
        }
    }
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
    /// The page of each document, by its file.
    pages: BTreeMap<String, usize>,
    /// The actions that each file set.
    of_files: BTreeMap<String, Vec<usize>>,
    /// The address of the page of each series that has published something.
    series: Vec<(&'s str, String)>,
    /// The earlier versions of the documents.
    earlier: Vec<earlier::Superseded<'d>>,
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
        let mut addresses = Addresses::new(all.iter().map(|one| one.source()), sources);
        let documents: Vec<Published<'d, 's>> = all
            .into_iter()
            .filter_map(|one| published(one, &words, &addresses))
            .collect();
        let shown: BTreeSet<&str> = documents.iter().filter_map(|one| one.series).collect();
        let keys = shelf
            .settings
            .series
            .iter()
            .map(|(key, _)| key.name.as_str());
        let series: Vec<(&'s str, String)> = keys
            .filter(|key| shown.contains(key))
            .map(|key| {
                (
                    key,
                    addresses.give(format!("series/{}", address::slug(key))),
                )
            })
            .collect();
        let lines = ledger::lines(renderer.ledger(), as_at);
        let actions = Actions::new(&lines, &words, sources, as_at, Vec::new());
        drop(lines);
        let action_pages = action_pages(&actions, &mut addresses);
        let earlier = earlier::place(earlier, &documents, &mut addresses);
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
        let inputs = Inputs::new(shelf, sources, own_templates, renderer.ledger());
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
            pages,
            of_files,
            series,
            earlier,
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

    /// The document that was made of a file.
    fn of_file(&self, file: &str) -> Option<&Published<'d, 's>> {
        self.pages.get(file).map(|at| &self.documents[*at])
    }

    /// The actions that a file set, with the address of the page of each.
    fn actions_in(&self, file: &str) -> impl Iterator<Item = (&ActionRecord, &str)> {
        let own = self.of_files.get(file).into_iter().flatten();
        own.map(|at| (&self.actions.actions[*at], self.action_pages[*at].as_str()))
    }

    /// Every file but those of documents and redirects. What is wrong with a template.
    fn others(
        &self,
        index: &search::Index,
        staging: &Staging,
    ) -> io::Result<Option<Box<tera::Error>>> {
        let (pages, (feeds, (data, search))) = rayon::join(
            || pages::all(self, index),
            || {
                let feeds = || feeds::all(self);
                let data = || data::all(self);
                let search = || search::files(self, index);
                rayon::join(feeds, || rayon::join(data, search))
            },
        );
        let mut files = pages;
        files.extend(feeds);
        files.extend(data?);
        files.extend(search?);
        let files = files.into_par_iter().map(|file| file.put(staging));
        let actions = self.actions.actions.par_iter().zip(&self.action_pages);
        let actions = actions.map(|(action, page)| action::page(self, action, page).put(staging));
        let broken: io::Result<Vec<Option<Box<tera::Error>>>> = files.chain(actions).collect();
        Ok(broken?.into_iter().flatten().next())
    }
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

fn published<'d, 's>(
    document: render::Document<'d, 's, Public>,
    words: &Words<'s, Public>,
    addresses: &Addresses,
) -> Option<Published<'d, 's>> {
    let address = addresses.document(document.source())?.to_owned();
    Some(match document {
        render::Document::Meeting(one) => of_meeting(document, one.meeting, words, address),
        render::Document::Tracker(one) => of_tracker(document, one, words, address),
        render::Document::Plan(one) => of_plan(document, one, words, address),
    })
}

fn of_meeting<'d, 's>(
    document: render::Document<'d, 's, Public>,
    meeting: &'s Meeting<Public>,
    words: &Words<'s, Public>,
    address: String,
) -> Published<'d, 's> {
    let approved = meeting.approved.as_ref().and_then(|one| one.date.as_ref());
    let approved = approved.and_then(|date| date.day());
    let versions = meeting
        .versions
        .iter()
        .filter_map(|one| one.date.as_ref()?.day());
    let day = meeting.date.day();
    Published {
        document,
        address,
        title: words.meeting_title(meeting),
        kind: "Notes",
        series: meeting.series.as_deref(),
        day,
        updated: versions.chain(approved).chain(day).max(),
    }
}

fn of_tracker<'d, 's>(
    document: render::Document<'d, 's, Public>,
    placed: &Placed<'s, Tracker<Public>>,
    words: &Words<'s, Public>,
    address: String,
) -> Published<'d, 's> {
    let tracker = placed.content;
    let title = tracker.title.as_ref().or(tracker.group.as_ref());
    let day = tracker.date.as_ref().and_then(|date| date.day());
    let versions = tracker
        .versions
        .iter()
        .filter_map(|one| one.date.as_ref()?.day());
    Published {
        document,
        address,
        title: title.map_or_else(|| "Tracker".to_owned(), |title| words.line(title)),
        kind: "Tracker",
        series: tracker.series.as_deref(),
        day,
        updated: versions.chain(day).max(),
    }
}

fn of_plan<'d, 's>(
    document: render::Document<'d, 's, Public>,
    placed: &Placed<'s, Plan<Public>>,
    words: &Words<'s, Public>,
    address: String,
) -> Published<'d, 's> {
    let plan = placed.content;
    let day = plan.date.as_ref().and_then(|date| date.day());
    let versions = plan
        .versions
        .iter()
        .filter_map(|one| one.date.as_ref()?.day());
    Published {
        document,
        address,
        title: words.line(&plan.title),
        kind: "Plan",
        series: plan.series.as_deref(),
        day,
        updated: versions.chain(day).max(),
    }
}

/// The addresses of the pages of actions. They are given in the order in which the actions were set, so that a later one
/// never changes that of an earlier one.
fn action_pages(actions: &Actions, addresses: &mut Addresses) -> Vec<String> {
    let mut order: Vec<usize> = (0..actions.actions.len()).collect();
    order.sort_by_key(|at| {
        let action = &actions.actions[*at];
        (action.set, &action.source.file, &action.id)
    });
    let mut pages = vec![String::new(); order.len()];
    for at in order {
        let wanted = format!("actions/{}", address::slug(&actions.actions[at].id));
        pages[at] = addresses.give(wanted);
    }
    pages
}
