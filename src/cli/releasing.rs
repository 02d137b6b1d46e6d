//! What `approve`, `publish` and `amend` have in common: find the book and the documents, say what stands in the way, show
//! what would be written, write each file whole and in its order.

use super::making::own_templates;
use super::output::{self, Format};
use super::{Outcome, writing};
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::{self, SETTINGS_FILE};
use crate::model::Book;
use crate::model::date::DateReading;
use crate::model::mask;
use crate::publish::leaks::{self, Leak, Looked, Secrets};
use crate::publish::releases::{Prepared, Refusal, Subject, Written};
use crate::render::templates::{self, Templates};
use crate::source::{SourceId, Span};
use crate::{check, report};
use chrono::NaiveDate;
use similar::TextDiff;
use std::path::{Path, PathBuf};

/// A book that is released from.
pub(super) struct Releasing {
    root: PathBuf,
    book: Book,
    diagnostics: Vec<Diagnostic>,
    /// The documents that were named.
    pub(super) sources: Vec<SourceId>,
}

/// A day of the command line.
pub(super) fn day(text: &str) -> Result<NaiveDate, String> {
    let reading = DateReading::of(text);
    reading.day().ok_or_else(|| match reading {
        DateReading::NoSuchDay => "there is no such day".to_owned(),
        _ => "write it as 2026-09-29".to_owned(),
    })
}

/// The day that was given, or today's.
#[allow(
    clippy::disallowed_methods,
    reason = "the one place in which these commands read the clock"
)]
pub(super) fn or_today(date: Option<NaiveDate>) -> NaiveDate {
    date.unwrap_or_else(|| chrono::Local::now().date_naive())
}

impl Releasing {
    /// The book of files; an outcome when it or one of them cannot be read.
    pub(super) fn load(files: &[PathBuf]) -> Result<Releasing, Outcome> {
        let root = super::render::root_of(files).map_err(|message| {
            output::failure(&message);
            Outcome::Failed
        })?;
        let loaded = load::load(&root).map_err(|error| failed(&root, &error))?;
        let mut diagnostics = loaded.faults;
        diagnostics.extend(check::check(&loaded.book));
        let book = loaded.book;
        let mut sources = Vec::new();
        for file in files {
            match source(&root, &book, file) {
                Some(source) if !sources.contains(&source) => sources.push(source),
                Some(_) => {}
                None => {
                    output::failure(&format!("{} is no file of the book", file.display()));
                    return Err(Outcome::Failed);
                }
            }
        }
        Ok(Releasing {
            root,
            book,
            diagnostics,
            sources,
        })
    }

    /// Does what was prepared, or says why not.
    pub(super) fn run(
        mut self,
        dry_run: bool,
        prepare: impl FnOnce(
            &mut Subject<'_>,
            &[SourceId],
            &Templates,
        ) -> Result<Prepared, Vec<Refusal>>,
    ) -> Outcome {
        let overrides = match own_templates(&self.root) {
            Ok(overrides) => overrides,
            Err(error) => return failed(&self.root.join(templates::FOLDER), &error),
        };
        let templates = match Templates::parse(&overrides) {
            Ok(templates) => templates,
            Err(error) => {
                let broken = templates::broken(&error, &overrides, &mut self.book.sources);
                output::diagnostics(&[broken], &self.book.sources, &self.root, Format::Text);
                output::notice("nothing was written: a template is broken");
                return Outcome::Faults;
            }
        };
        // The public edition is made in place, so that what is withheld is gathered before.
        let secrets = Secrets::of(&self.book);
        let is_released = |text: Span| self.sources.contains(&text.source);
        let said = secrets.in_book(&self.book.sources, is_released);
        let mut subject = Subject {
            book: &mut self.book,
            diagnostics: &self.diagnostics,
        };
        let prepared = prepare(&mut subject, &self.sources, &templates);
        match prepared {
            Err(refusals) => self.refused(&refusals),
            Ok(prepared) if self.leaks(&secrets, said, &prepared) => Outcome::Faults,
            Ok(prepared) if dry_run => self.shown(&prepared),
            Ok(prepared) => self.written(&prepared),
        }
    }

    /// Reports withheld words in what would be kept of the releases, and in what their texts say openly. Whether they stop
    /// the command.
    fn leaks(&self, secrets: &Secrets, said: Vec<Leak>, prepared: &Prepared) -> bool {
        let kept = prepared.files.iter();
        let kept: Vec<&Written> = kept
            .filter(|file| file.path.starts_with(load::RELEASES_FOLDER))
            .collect();
        let all = kept
            .iter()
            .flat_map(|file| secrets.check_file(&file.path, file.after.as_bytes()));
        let all: Vec<Leak> = all.chain(said).collect();
        let paths = kept.iter().map(|file| file.path.to_string_lossy());
        let looked = Looked {
            files: paths.map(|path| path.replace('\\', "/")).collect(),
            is_whole: true,
        };
        let found = leaks::told(&self.book.settings.accepted, &all, &looked, |leak| {
            leak.diagnostic(&self.book.sources)
        });
        output::diagnostics(&found, &self.book.sources, &self.root, Format::Text);
        let stops = found.iter().any(|one| one.severity == Severity::Error);
        if stops {
            output::notice("nothing was written: withheld words would have been published");
        }
        stops
    }

    fn path(&self, source: SourceId) -> PathBuf {
        self.below(&self.book.sources.get(source).path)
    }

    /// A path of the book as messages show it.
    fn below(&self, path: &Path) -> PathBuf {
        match self.root == Path::new(".") {
            true => path.to_owned(),
            false => self.root.join(path),
        }
    }

    /// Says what stands in the way, after the errors of the documents themselves.
    fn refused(&self, refusals: &[Refusal]) -> Outcome {
        let mut errors: Vec<Diagnostic> = self.diagnostics.clone();
        errors.retain(|one| {
            let source = one.source();
            one.severity == Severity::Error
                && source
                    .is_none_or(|source| self.sources.contains(&source) || self.is_shared(source))
        });
        output::diagnostics(&errors, &self.book.sources, &self.root, Format::Text);
        if !errors.is_empty() {
            output::notice(&report::summary(&errors));
        }
        for refusal in refusals {
            let path = self.path(refusal.source);
            output::failure(&format!("{}: {}", path.display(), refusal.message));
            output::notice(&format!("  = help: {}", refusal.help));
        }
        output::notice("nothing was written");
        Outcome::Faults
    }

    /// Whether a file holds what every document rests on.
    fn is_shared(&self, source: SourceId) -> bool {
        let path = &self.book.sources.get(source).path;
        [SETTINGS_FILE, load::RELEASES_FILE]
            .iter()
            .any(|name| path == Path::new(name))
    }

    /// Shows what would be written.
    fn shown(&self, prepared: &Prepared) -> Outcome {
        for file in &prepared.files {
            let name = self.below(&file.path).display().to_string();
            match (&file.before, file.path.starts_with(load::RELEASES_FOLDER)) {
                (None, true) => output::line(&format!("{name}: kept for `minutebook check`")),
                (before, _) => {
                    let before = mask::masked(before.as_deref().unwrap_or_default());
                    let after = mask::masked(&file.after);
                    let difference = TextDiff::from_lines(&before, &after);
                    output::line(&difference.unified_diff().header(&name, &name).to_string());
                }
            }
        }
        self.told(prepared);
        output::notice("nothing was written: this is what would be done");
        Outcome::Done
    }

    /// Writes the files in their order. Where that fails, the same command goes on from there.
    fn written(&self, prepared: &Prepared) -> Outcome {
        for file in &prepared.files {
            let path = self.root.join(&file.path);
            if let Err(error) = write(&path, file) {
                output::notice("run this again to complete it");
                return failed(&path, &error);
            }
        }
        self.told(prepared);
        Outcome::Done
    }

    fn told(&self, prepared: &Prepared) {
        for (source, done) in &prepared.done {
            output::line(&format!("{}: {done}", self.path(*source).display()));
        }
    }
}

fn write(path: &Path, file: &Written) -> std::io::Result<()> {
    match &file.before {
        Some(before) => writing::replace(path, before, &file.after),
        None => writing::write(path, file.after.as_bytes()),
    }
}

/// The file of a book that a path leads to.
fn source(root: &Path, book: &Book, file: &Path) -> Option<SourceId> {
    let wanted = std::path::absolute(file).ok()?;
    let mut files = book.sources.iter();
    let found = files.find(|(_, source)| {
        let path = std::path::absolute(root.join(&source.path)).ok();
        path.as_ref() == Some(&wanted)
    });
    found.map(|(source, _)| source)
}

fn failed(path: &Path, error: &std::io::Error) -> Outcome {
    output::failure(&output::fault(path, error));
    Outcome::Failed
}
