//! `minutebook build --site`: the website of everything published.

use super::Outcome;
use super::making;
use super::output::{self, Format};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::Book;
use crate::model::meeting::Status;
use crate::publish::leaks::Secrets;
use crate::publish::site::{self, Before, Earlier, Made};
use crate::render::templates::{self, Override, Templates};
use crate::source::SourceId;
use crate::{check, edition, load, render, report};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::path::Path;

/// What is to be made.
pub(super) struct Job<'j> {
    pub(super) root: &'j Path,
    pub(super) out: &'j Path,
    pub(super) as_at: NaiveDate,
    pub(super) format: Format,
}

pub(super) fn run(job: &Job<'_>) -> Outcome {
    make(job).unwrap_or_else(|message| {
        output::failure(&message);
        Outcome::Failed
    })
}

fn make(job: &Job<'_>) -> Result<Outcome, String> {
    let failed = |path: &Path, error: std::io::Error| output::fault(path, &error);
    let loaded = load::load(job.root).map_err(|error| failed(job.root, error))?;
    let mut book = loaded.book;
    let mut diagnostics = loaded.faults;
    // What stands now, and what must not be on it, is looked at meanwhile.
    let program = program();
    let (found, (before, earlier, secrets)) = rayon::join(
        || check::check(&book),
        || {
            let before = Before::read(job.root, job.out, &program);
            (before, Earlier::read(job.root, &book), Secrets::of(&book))
        },
    );
    diagnostics.extend(found);
    let overrides = making::own_templates(job.root)
        .map_err(|error| failed(&job.root.join(templates::FOLDER), error))?;
    let templates = match Templates::parse(&overrides) {
        Ok(templates) => templates,
        Err(error) => {
            diagnostics.push(templates::broken(&error, &overrides, &mut book.sources));
            show(job, &book, &mut diagnostics);
            return Ok(unchanged(job, "a template is broken"));
        }
    };
    if is_refused(&book, &diagnostics, loaded.settings_are_sound) {
        show(job, &book, &mut diagnostics);
        let why = "a published document, or minutebook.yaml, has errors";
        return Ok(unchanged(job, why));
    }
    // It is made in place: what is withheld was gathered before.
    let public = edition::make_public(&mut book);
    let before = before.map_err(|error| failed(job.out, error))?;
    let made = site::build(
        public.shelf(),
        &book.sources,
        &templates,
        &secrets,
        &earlier,
        job.as_at,
        (&overrides, &before),
    )
    .map_err(|error| failed(job.out, error))?;
    // The program ends soon: to give the memory of a large book back in small pieces takes longer than to print.
    std::mem::forget(public);
    Ok(finish(job, book, diagnostics, &overrides, made))
}

/// This program: its version, and the size and time of its file, since one that is being changed keeps its version.
fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let file = file.and_then(|file| Ok((file.len(), file.modified()?)));
    format!("{version} {file:?}")
}

/// Whether something that would be on the website has errors. A file that did not load may be a published document.
fn is_refused(book: &Book, diagnostics: &[Diagnostic], settings_are_sound: bool) -> bool {
    let errors = diagnostics
        .iter()
        .filter(|one| one.severity == Severity::Error);
    let with_errors: Vec<Option<SourceId>> = errors.map(Diagnostic::source).collect();
    let unpublished: BTreeSet<SourceId> = making::documents(book)
        .filter(|(_, status)| *status != Some(Status::Published))
        .map(|(source, _)| source)
        .collect();
    let concerns = |source: &Option<SourceId>| source.is_none_or(|one| !unpublished.contains(&one));
    !settings_are_sound || with_errors.iter().any(concerns)
}

fn unchanged(job: &Job<'_>, why: &str) -> Outcome {
    let place = job.out.display();
    output::notice(&format!("the website in {place} is as it was: {why}"));
    Outcome::Faults
}

fn show(job: &Job<'_>, book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.target, a.code).cmp(&(b.target, b.code)));
    diagnostics.dedup();
    output::diagnostics(diagnostics, &book.sources, job.root, job.format);
    if !diagnostics.is_empty() {
        output::notice(&report::summary(diagnostics));
    }
}

fn finish(
    job: &Job<'_>,
    mut book: Book,
    mut diagnostics: Vec<Diagnostic>,
    overrides: &[Override],
    made: Made,
) -> Outcome {
    diagnostics.extend(made.diagnostics);
    for (source, problem) in &made.problems {
        let found = render::diagnostic(problem, *source, overrides, &mut book.sources);
        diagnostics.push(found);
    }
    show(job, &book, &mut diagnostics);
    if made.written + made.kept == 0 {
        return unchanged(job, "it could not be made");
    }
    if job.format == Format::Text {
        output::line(&format!(
            "{} published, {} written, {} unchanged, in {}",
            output::counted(made.documents, "document"),
            output::counted(made.written, "file"),
            made.kept,
            job.out.display()
        ));
    }
    std::mem::forget(book);
    let is_error = |one: &Diagnostic| one.severity == Severity::Error;
    match diagnostics.iter().any(is_error) {
        true => Outcome::Faults,
        false => Outcome::Done,
    }
}
