//! What `approve`, `publish` and `amend` have in common: find the book and the documents, say what stands in the way, show
//! what would be written, write each file whole and in its order.

use super::making::{own_templates, source_of};
use super::output::{self, Format, failed};
use super::{Outcome, writing};
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::{self, RELEASES_FILE, SETTINGS_FILE};
use crate::model::Book;
use crate::model::mask;
use crate::publish::leaks::{self, Leak, Looked, Secrets};
use crate::publish::releases::{self, Prepared, Refusal, Subject, Written};
use crate::render::templates::{self, Templates};
use crate::source::{SourceId, Span};
use crate::{check, report};
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
            match source_of(&root, &book, file) {
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
        // Preparing puts new versions into the book: what is withheld is gathered from its files as they are.
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
            Ok(prepared) if self.would_have_errors(&prepared) => Outcome::Faults,
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
            // Other files that a pattern names are not looked through here.
            is_whole: false,
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

    /// Reports the errors that the documents would have with what is to be written: a note or a day can bring some, and what
    /// is recorded once cannot be taken back.
    fn would_have_errors(&mut self, prepared: &Prepared) -> bool {
        let mut found = Vec::new();
        for file in &prepared.files {
            let source = self.book.sources.find(&file.path);
            if let Some(source) = source.filter(|source| self.sources.contains(source)) {
                found.extend(load::replace(&mut self.book, source, &file.after));
            }
        }
        found.extend(check::check(&self.book));
        found.retain(|one| {
            let is_here = one
                .source()
                .is_some_and(|source| self.sources.contains(&source));
            is_here && one.severity == Severity::Error && !releases::MENDED.contains(&one.code)
        });
        if found.is_empty() {
            return false;
        }
        output::diagnostics(&found, &self.book.sources, &self.root, Format::Text);
        output::notice(
            "nothing was written: with this day, note or name the file would have errors, shown as it would be",
        );
        true
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
        [SETTINGS_FILE, RELEASES_FILE]
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
        let mut files = prepared.files.iter();
        if let Some(file) = files.find(|file| !is_as_read(&self.root.join(&file.path), file)) {
            let path = self.below(&file.path);
            output::failure(&format!("{} was changed meanwhile", path.display()));
            output::notice("nothing was written: run this again");
            return Outcome::Failed;
        }
        for (at, file) in prepared.files.iter().enumerate() {
            let path = self.root.join(&file.path);
            if let Err(error) = write(&path, file) {
                let outcome = failed(&path, &error);
                self.stopped(prepared.files.split_at(at));
                return outcome;
            }
        }
        self.told(prepared);
        Outcome::Done
    }

    /// Says how far it came: what was written, and what was not.
    fn stopped(&self, (done, open): (&[Written], &[Written])) {
        let is_record = |file: &Written| file.path == Path::new(RELEASES_FILE);
        if done.is_empty() {
            output::notice("nothing was written: run this again");
        } else if open.iter().any(is_record) {
            output::notice("nothing is published yet: run this again");
        } else {
            for file in open {
                let path = self.below(&file.path);
                output::notice(&format!(
                    "{}: the release is recorded in {RELEASES_FILE}, and the file itself is not changed yet",
                    path.display()
                ));
            }
            output::notice("run this again to complete it, and change nothing before");
        }
    }

    fn told(&self, prepared: &Prepared) {
        for (source, done) in &prepared.done {
            output::line(&format!("{}: {done}", self.path(*source).display()));
        }
    }
}

/// Whether a file still is what was read. What is kept of a release is the program's own.
fn is_as_read(path: &Path, file: &Written) -> bool {
    match &file.before {
        Some(before) => std::fs::read_to_string(path)
            .is_ok_and(|text| text.trim_start_matches('\u{feff}') == before),
        None => file.path.starts_with(load::RELEASES_FOLDER) || !path.is_file(),
    }
}

fn write(path: &Path, file: &Written) -> std::io::Result<()> {
    match &file.before {
        Some(before) => writing::replace(path, before, &file.after),
        None => writing::write(path, file.after.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use std::fs;

    #[test]
    fn nothing_is_written_when_a_file_changes_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let settings = "organisation: { name: A }\npeople: { pcc: { name: Anna Starkey } }\nseries: { board: { title: Board, \
                        chair: pcc } }\n";
        let meeting = "\u{feff}kind: meeting\nseries: board\ndate: 2026-08-25\nstatus: approved\napproved: { by: pcc, date: \
                       2026-09-29 }\nattendance: [pcc]\nvenue: Hall\nnext_meeting: { date: 2026-09-29 }\n";
        fs::write(root.join("minutebook.yaml"), settings).unwrap();
        let file = root.join("august.yaml");
        fs::write(&file, meeting).unwrap();
        let changed = meeting.replace("[pcc]", "[pcc, Jo Marsh]");
        let publish = |change: &dyn Fn()| {
            let releasing = Releasing::load(std::slice::from_ref(&file));
            let releasing = releasing.unwrap_or_else(|_| panic!("the book does not load"));
            releasing.run(false, |subject, sources, templates| {
                change();
                let day = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
                releases::publish(subject, sources, day, templates)
            })
        };
        let outcome = publish(&|| fs::write(&file, &changed).unwrap());
        assert!(matches!(outcome, Outcome::Failed));
        assert_eq!(fs::read_to_string(&file).unwrap(), changed);
        // Somebody else has begun the record.
        let record = root.join(RELEASES_FILE);
        let outcome = publish(&|| fs::write(&record, "kind: releases\n").unwrap());
        assert!(matches!(outcome, Outcome::Failed));
        assert_eq!(fs::read_to_string(&record).unwrap(), "kind: releases\n");
        assert!(!root.join(load::RELEASES_FOLDER).exists());
        assert!(matches!(publish(&|| {}), Outcome::Done));
    }
}
