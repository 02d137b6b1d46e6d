//! What `render` and `build` have in common: load, check, render in parallel, write each file whole or not at all.

use super::Outcome;
use super::left_over;
use super::output::{self, Format};
use super::target;
use super::writing::{Staged, Staging};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::{self, Shelf};
use crate::ledger;
use crate::model::meeting::Status;
use crate::model::{self, Book};
use crate::publish::leaks::{self, Leak, Looked, Secrets};
use crate::render::templates::{self, Override, Templates};
use crate::render::{Document, Output, Problem, Renderer};
use crate::source::{SourceId, Sources, Span};
use crate::{check, load, render, report};
use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, IsTerminal};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Edition {
    /// What may be published: withheld text is not in it
    Public,
    /// Everything, with withheld text marked
    Internal,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputArgument {
    Md,
    Html,
    Pdf,
}

/// What is to be made.
pub(super) struct Job<'j> {
    pub(super) root: &'j Path,
    /// The files to render; all when there are none named.
    pub(super) only: Option<&'j [PathBuf]>,
    pub(super) outputs: &'j [OutputArgument],
    pub(super) out: &'j Path,
    pub(super) edition: Edition,
    pub(super) format: Format,
}

/// How long a build may take before its progress is shown.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) fn run(job: &Job<'_>) -> Outcome {
    let ((loaded, found), templates) = rayon::join(
        || {
            let loaded = load::load(job.root);
            let found = loaded.as_ref().map(|loaded| check::check(&loaded.book));
            let found = found.unwrap_or_default();
            (loaded, found)
        },
        || own_templates(job.root).map(|overrides| (prepared(job, &overrides), overrides)),
    );
    let loaded = match loaded {
        Ok(loaded) => loaded,
        Err(error) => {
            output::failure(&output::fault(job.root, &error));
            return Outcome::Failed;
        }
    };
    // The program ends soon: to give memory back in small pieces takes longer than to end with it.
    let mut book = ManuallyDrop::new(loaded.book);
    let mut diagnostics = loaded.faults;
    diagnostics.extend(found);
    let (templates, overrides) = match templates {
        Ok(templates) => templates,
        Err(error) => {
            let folder = job.root.join(templates::FOLDER);
            output::failure(&output::fault(&folder, &error));
            return Outcome::Failed;
        }
    };
    let templates = match templates {
        Ok(templates) => ManuallyDrop::new(templates),
        Err(error) => {
            let broken = templates::broken(&error, &overrides, &mut book.sources);
            diagnostics.push(broken);
            output::diagnostics(&diagnostics, &book.sources, job.root, job.format);
            output::notice("nothing was built: a template is broken");
            return Outcome::Faults;
        }
    };
    let wanted = wanted(job, &book);
    no_documents(job, &book, &diagnostics);
    diagnostics.retain(|one| {
        one.source()
            .is_none_or(|source| wanted.contains(&source) || !is_document(&book, source))
    });
    let refused = refused(job, &book, &wanted, &diagnostics, loaded.settings_are_sound);
    let is_built = |source: &&SourceId| !refused.contains_key(source);
    let built: BTreeSet<SourceId> = wanted.iter().filter(is_built).copied().collect();
    if let Some(clash) = clash(job, &book, &built) {
        output::failure(&clash);
        return Outcome::Failed;
    }
    if let Err(why) = off_websites(job, &book, &built) {
        output::failure(&why);
        return Outcome::Failed;
    }
    let staging = match Staging::beside(job.out) {
        Ok(staging) => staging,
        Err(error) => {
            output::failure(&output::fault(job.out, &error));
            return Outcome::Failed;
        }
    };
    // The public edition takes the documents out of the book, so that their texts are told from the others before.
    let texts = texts(&book, &built);
    let published = published(&book, &built);
    let mut said = Vec::new();
    let mut made = match job.edition {
        Edition::Public => {
            let secrets = ManuallyDrop::new(Secrets::of(&book));
            said = secrets.in_book(&book.sources, |text| is_shown(job, &book, &built, text));
            let public = ManuallyDrop::new(edition::make_public(&mut book));
            let making = Making {
                job,
                secrets: Some(&secrets),
                staging: &staging,
            };
            let others: BTreeSet<SourceId> = built.difference(&published).copied().collect();
            let (shelf, sources) = (public.shelf(), &book.sources);
            let mut made = making.make(&shelf, &others, sources, &templates);
            made.extend(making.make(&shelf.published(), &published, sources, &templates));
            made
        }
        Edition::Internal => {
            let making = Making {
                job,
                secrets: None,
                staging: &staging,
            };
            making.make(&edition::internal(&book), &built, &book.sources, &templates)
        }
    };
    let found = made.iter().flat_map(|one| &one.leaks);
    let found: Vec<&Leak> = found.chain(&said).collect();
    let leaks = leaks(job, &book, &made, texts, found);
    let leaking = leaks.iter().any(|one| one.severity == Severity::Error);
    diagnostics.extend(leaks);
    if !leaking {
        put_in_place(&staging, &mut made);
    }
    diagnostics.extend(left_over::left_over(job, &book));
    let outcome = finish(
        job,
        &mut book,
        diagnostics,
        &wanted,
        &refused,
        &overrides,
        made,
    );
    match leaking {
        true => {
            output::notice("nothing was written: something withheld would have been published");
            Outcome::Faults
        }
        false => outcome,
    }
}

/// The templates of a book. Most documents are notes of meetings: their template is parsed while the book is read.
fn prepared(job: &Job<'_>, overrides: &[Override]) -> Result<Templates, Box<tera::Error>> {
    let templates = Templates::parse(overrides)?;
    templates.prepare(match job.outputs {
        [OutputArgument::Md] => "meeting.md",
        _ => "meeting.html",
    });
    Ok(templates)
}

/// Those of the documents that are published. What they show the public says nothing that only a draft says.
fn published(book: &Book, built: &BTreeSet<SourceId>) -> BTreeSet<SourceId> {
    let all = documents(book).filter(|(source, _)| built.contains(source));
    let published = all.filter(|(_, status)| *status == Some(Status::Published));
    published.map(|(source, _)| source).collect()
}

/// Whether a text of the book shows in what is built: that of its documents, and in a build of everything what they share.
fn is_shown(job: &Job<'_>, book: &Book, built: &BTreeSet<SourceId>, text: Span) -> bool {
    let is_shared = job.only.is_none() && !is_document(book, text.source);
    is_shared || built.contains(&text.source)
}

/// What was found of what is withheld. Of files that were named only the names are kept, so that they are not those of a
/// build.
fn leaks(
    job: &Job<'_>,
    book: &Book,
    made: &[Made],
    texts: Vec<String>,
    found: Vec<&Leak>,
) -> Vec<Diagnostic> {
    let looked = match (job.only, job.edition) {
        (None, Edition::Public) => looked(job, made, texts),
        _ => Looked::in_part(),
    };
    let accepted = &book.settings.accepted;
    leaks::told(accepted, found, &looked, |leak| {
        leak.diagnostic(&book.sources)
    })
}

/// The files of the book whose texts are looked through: those of documents that are built, and those that all share.
fn texts(book: &Book, built: &BTreeSet<SourceId>) -> Vec<String> {
    let texts = book.sources.iter();
    let texts = texts.filter(|(id, _)| built.contains(id) || !is_document(book, *id));
    texts
        .map(|(_, source)| source.path.to_string_lossy().replace('\\', "/"))
        .collect()
}

fn looked(job: &Job<'_>, made: &[Made], texts: Vec<String>) -> Looked {
    let staged = made.iter().flat_map(|one| &one.staged);
    let below = staged.map(|(_, path)| path.strip_prefix(job.out).unwrap_or(path));
    let files: Vec<String> = below
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect();
    let mut all = Output::ALL.map(argument).into_iter();
    Looked {
        files: files.into_iter().chain(texts).collect(),
        is_whole: all.all(|one| job.outputs.contains(&one)),
    }
}

/// Puts what was made where it belongs, several files at the same time, each whole.
fn put_in_place(staging: &Staging, made: &mut [Made]) {
    made.par_iter_mut().for_each(|one| {
        for (staged, path) in std::mem::take(&mut one.staged) {
            match staging.put(staged, &path) {
                Ok(()) => one.written.push(path),
                Err(error) => one.failure = Some(output::fault(&path, &error)),
            }
        }
    });
}

/// Says of files that were named and are no documents why nothing is made of them. One of which a fault is told needs no
/// other words.
fn no_documents(job: &Job<'_>, book: &Book, faults: &[Diagnostic]) {
    let is_update = |source| book.updates.iter().any(|update| update.source == source);
    for file in job.only.unwrap_or_default() {
        let source = source_of(job.root, book, file);
        let why = match source {
            Some(source) if is_document(book, source) => continue,
            Some(source) if is_update(source) => {
                "is a file of updates: they show in the documents of their actions"
            }
            Some(source) if faults.iter().any(|one| one.source() == Some(source)) => continue,
            _ => "is no document of the book: nothing is made of it",
        };
        output::notice(&format!("{} {why}", file.display()));
    }
}

/// The file of a book that a path leads to.
pub(super) fn source_of(root: &Path, book: &Book, file: &Path) -> Option<SourceId> {
    let found = |place: fn(&Path) -> io::Result<PathBuf>| {
        let wanted = place(file).ok()?;
        let is_it = |path: &Path| place(&root.join(path)).is_ok_and(|path| path == wanted);
        let mut all = book.sources.iter();
        let (source, _) = all.find(|(_, source)| is_it(&source.path))?;
        Some(source)
    };
    // Only a path with `..` or a link in it needs a look at the disk.
    found(|path| std::path::absolute(path)).or_else(|| found(|path| path.canonicalize()))
}

/// The documents that were asked for: all when no files were named.
fn wanted(job: &Job<'_>, book: &Book) -> BTreeSet<SourceId> {
    let all = documents(book).map(|(source, _)| source);
    let Some(only) = job.only else {
        return all.collect();
    };
    let named = only.iter();
    let named: BTreeSet<SourceId> = named
        .filter_map(|file| source_of(job.root, book, file))
        .collect();
    all.filter(|source| named.contains(source)).collect()
}

/// Why a document is not built.
#[derive(Clone, Copy)]
enum Refusal {
    /// It has errors itself.
    Errors,
    /// It may have none, but what holds for all documents has.
    Settings,
    /// This other file may withhold what it says, and is left out until its faults are mended.
    Waits(SourceId),
}

/// Documents that must not be built: approved or published, and with errors. A draft is built with its faults. For the
/// public none is built that says of an action what a file may withhold that is left out.
fn refused(
    job: &Job<'_>,
    book: &Book,
    wanted: &BTreeSet<SourceId>,
    diagnostics: &[Diagnostic],
    settings_are_sound: bool,
) -> BTreeMap<SourceId, Refusal> {
    let with_errors: BTreeSet<SourceId> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .filter_map(Diagnostic::source)
        .collect();
    let waiting = match job.edition {
        Edition::Public => ledger::waiting(book),
        Edition::Internal => BTreeMap::new(),
    };
    let why = |source: &SourceId, status: Option<Status>| {
        let is_draft = matches!(status, None | Some(Status::Draft));
        if let Some(file) = waiting.get(source) {
            return Some(Refusal::Waits(*file));
        }
        match (with_errors.contains(source), settings_are_sound) {
            _ if is_draft => None,
            (true, _) => Some(Refusal::Errors),
            (false, false) => Some(Refusal::Settings),
            (false, true) => None,
        }
    };
    documents(book)
        .filter(|(source, _)| wanted.contains(source))
        .filter_map(|(source, status)| Some((source, why(&source, status)?)))
        .collect()
}

/// Two documents that would be written over one another: of a file that was named, only the name is kept.
fn clash(job: &Job<'_>, book: &Book, built: &BTreeSet<SourceId>) -> Option<String> {
    let mut taken = BTreeMap::new();
    built.iter().find_map(|source| {
        let path = &book.sources.get(*source).path;
        let target = target(job, path, Output::Html).with_extension("");
        let first = taken.insert(target.to_string_lossy().to_lowercase(), path)?;
        Some(format!(
            "{} and {} would both be written to {}.…: render them apart, each with an `--out` of its own",
            job.root.join(first).display(),
            job.root.join(path).display(),
            target.display(),
        ))
    })
}

/// That no document is written onto a website. Not only the output folder may be on one: that of a website may be below
/// it, where the documents of a folder of the same name would go.
fn off_websites(job: &Job<'_>, book: &Book, built: &BTreeSet<SourceId>) -> Result<(), String> {
    let mut outputs = Output::ALL.into_iter();
    let first = outputs.find(|output| job.outputs.contains(&argument(*output)));
    let mut folders = BTreeSet::new();
    for source in built {
        let path = &book.sources.get(*source).path;
        let path = target(job, path, first.unwrap_or(Output::Html));
        if folders.insert(path.parent().map(Path::to_owned)) {
            target::off_websites(&path)?;
        }
    }
    Ok(())
}

/// What became of one document.
struct Made {
    source: SourceId,
    problems: Vec<Problem>,
    /// What waits beside the output, and where it goes.
    staged: Vec<(Staged, PathBuf)>,
    leaks: Vec<Leak>,
    written: Vec<PathBuf>,
    failure: Option<String>,
}

/// What is needed to make documents.
struct Making<'m> {
    job: &'m Job<'m>,
    /// What must not be in them; nothing for an edition that may hold everything.
    secrets: Option<&'m Secrets>,
    staging: &'m Staging,
}

impl Making<'_> {
    fn make<'s, E: model::Edition>(
        &self,
        shelf: &Shelf<'s, E>,
        built: &BTreeSet<SourceId>,
        sources: &Sources,
        templates: &'s Templates,
    ) -> Vec<Made> {
        if built.is_empty() {
            return Vec::new();
        }
        let job = self.job;
        let renderer = ManuallyDrop::new(Renderer::new(shelf, sources, templates));
        let outputs: Vec<Output> = Output::ALL
            .into_iter()
            .filter(|output| job.outputs.contains(&argument(*output)))
            .collect();
        // Markdown needs no HTML, so it is made beside the formats that do.
        let (markdown, others): (Vec<Output>, Vec<Output>) = outputs
            .into_iter()
            .partition(|output| *output == Output::Markdown);
        let progress = progress(built.len());
        let made = Document::all(shelf)
            .into_par_iter()
            .filter(|document| built.contains(&document.source()))
            .map(|document| {
                let (mut rendered, pages) = rayon::join(
                    || renderer.render(document, &markdown),
                    || renderer.render(document, &others),
                );
                rendered.outputs.extend(pages.outputs);
                rendered.diagnostics.extend(pages.diagnostics);
                let mut made = Made {
                    source: document.source(),
                    problems: rendered.diagnostics,
                    staged: Vec::new(),
                    leaks: Vec::new(),
                    written: Vec::new(),
                    failure: None,
                };
                let staged: Vec<_> = rendered
                    .outputs
                    .par_iter()
                    .map(|(output, bytes)| {
                        let path = target(job, &sources.get(document.source()).path, *output);
                        (self.stage(&path, bytes), path)
                    })
                    .collect();
                for ((leaks, staged), path) in staged {
                    made.leaks.extend(leaks);
                    match staged {
                        Ok(staged) => made.staged.push((staged, path)),
                        Err(error) => {
                            made.failure = Some(output::fault(&path, &error));
                        }
                    }
                }
                progress.inc(1);
                made
            })
            .collect();
        progress.finish_and_clear();
        made
    }

    /// Looks into a file and lays it beside the output.
    fn stage(&self, path: &Path, bytes: &[u8]) -> (Vec<Leak>, io::Result<Staged>) {
        let below = path.strip_prefix(self.job.out).unwrap_or(path);
        let leaks = self.secrets.map(|secrets| secrets.check_file(below, bytes));
        (leaks.unwrap_or_default(), self.staging.add(path, bytes))
    }
}

fn argument(output: Output) -> OutputArgument {
    match output {
        Output::Markdown => OutputArgument::Md,
        Output::Html => OutputArgument::Html,
        Output::Pdf => OutputArgument::Pdf,
    }
}

fn progress(documents: usize) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(documents as u64), ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} documents") {
        bar.set_style(style);
    }
    let shown = bar.downgrade();
    std::thread::spawn(move || {
        std::thread::sleep(PATIENCE);
        if let Some(bar) = shown.upgrade().filter(|bar| !bar.is_finished()) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    });
    bar
}

/// Where an output goes: the document's own path below the output folder. The internal edition says so in its name, so
/// that it can never stand where the public one belongs.
fn target(job: &Job<'_>, path: &Path, output: Output) -> PathBuf {
    let path = match job.only {
        None => path.to_owned(),
        Some(_) => path.file_name().map(PathBuf::from).unwrap_or_default(),
    };
    let stem = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let name = match job.edition {
        Edition::Public => format!("{stem}.{}", output.extension()),
        Edition::Internal => format!("{stem}.internal.{}", output.extension()),
    };
    job.out.join(path.with_file_name(name))
}

fn finish(
    job: &Job<'_>,
    book: &mut Book,
    mut diagnostics: Vec<Diagnostic>,
    wanted: &BTreeSet<SourceId>,
    refused: &BTreeMap<SourceId, Refusal>,
    overrides: &[Override],
    made: Vec<Made>,
) -> Outcome {
    let mut files = 0;
    let mut failed = false;
    for one in made {
        files += one.written.len();
        for problem in &one.problems {
            diagnostics.push(render::diagnostic(
                problem,
                one.source,
                overrides,
                &mut book.sources,
            ));
        }
        if let Some(failure) = one.failure {
            output::failure(&failure);
            failed = true;
        }
    }
    diagnostics.sort_by(|a, b| (a.target, a.code).cmp(&(b.target, b.code)));
    diagnostics.dedup();
    output::diagnostics(&diagnostics, &book.sources, job.root, job.format);
    for (source, refusal) in refused {
        let path = job.root.join(&book.sources.get(*source).path);
        let why = match refusal {
            Refusal::Errors => "it has errors",
            Refusal::Settings => "minutebook.yaml has errors",
            Refusal::Waits(file) => {
                let file = job.root.join(&book.sources.get(*file).path);
                output::notice(&format!(
                    "not built: {}: it says something of an action that {file} may withhold, and that file has errors: \
                     mend {file} first",
                    path.display(),
                    file = file.display(),
                ));
                continue;
            }
        };
        output::notice(&format!(
            "not built: {}: {why}, and what is approved or published is built only without any",
            path.display()
        ));
    }
    let errors = diagnostics
        .iter()
        .any(|one| one.severity == Severity::Error);
    if !diagnostics.is_empty() {
        output::notice(&report::summary(&diagnostics));
    }
    let documents = wanted.len() - refused.len();
    if job.format == Format::Text {
        output::line(&format!(
            "{} of {}, {}, in {}",
            output::counted(files, "file"),
            output::counted(documents, "document"),
            match job.edition {
                Edition::Public => "public edition",
                Edition::Internal => "INTERNAL edition",
            },
            job.out.display()
        ));
    }
    match (failed, errors) {
        (true, _) => Outcome::Failed,
        (_, true) => Outcome::Faults,
        _ => Outcome::Done,
    }
}

/// The documents of a book that can be rendered, with how far each is.
pub(super) fn documents(book: &Book) -> impl Iterator<Item = (SourceId, Option<Status>)> {
    let meetings = book.meetings.iter();
    let meetings = meetings.map(|one| (one.source, one.meeting.status));
    let trackers = book.trackers.iter();
    let trackers = trackers.map(|one| (one.source, one.content.status));
    let plans = book.plans.iter();
    let plans = plans.map(|one| (one.source, one.content.status));
    meetings.chain(trackers).chain(plans)
}

fn is_document(book: &Book, source: SourceId) -> bool {
    documents(book).any(|(found, _)| found == source)
}

/// The templates of a book's own.
pub(super) fn own_templates(root: &Path) -> io::Result<Vec<Override>> {
    let folder = root.join(templates::FOLDER);
    let mut overrides = Vec::new();
    if !folder.is_dir() {
        return Ok(overrides);
    }
    for entry in walkdir::WalkDir::new(&folder)
        .follow_links(true)
        .sort_by_file_name()
    {
        let entry = entry.map_err(io::Error::from)?;
        let is_template = entry
            .path()
            .extension()
            .is_some_and(|end| end == "html" || end == "md" || end == "css" || end == "yaml");
        if entry.file_type().is_dir() || !is_template {
            continue;
        }
        let name = entry.path().strip_prefix(&folder).unwrap_or(entry.path());
        let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        let name = name.join("/");
        let refused = |why: &str| io::Error::other(format!("{name} {why}"));
        if let Some(why) = load::not_in_book(root, entry.path()) {
            return Err(refused(&format!(
                "{why}; copy the template into this folder"
            )));
        }
        let text = std::fs::read_to_string(entry.path())
            .map_err(|error| refused(&format!("cannot be read: {error}")))?;
        overrides.push(Override { name, text });
    }
    Ok(overrides)
}
