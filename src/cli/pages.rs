//! The templates of a book for the commands that make lists of it, and what can go wrong on the way to pages.

use super::{making, output};
use crate::diagnostic::Diagnostic;
use crate::render::templates::{self, Override, Templates};
use crate::render::{self, Problem};
use crate::source::{SourceId, Sources};
use std::path::Path;

/// The templates of a book, for what readers are given.
pub(super) struct Pages {
    pub(super) overrides: Vec<Override>,
    pub(super) templates: Templates,
}

impl Pages {
    /// The book's templates; a broken one is a diagnostic.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub(super) fn of(
        root: &Path,
        sources: &mut Sources,
    ) -> Result<Result<Pages, Box<Diagnostic>>, String> {
        let overrides = making::own_templates(root)
            .map_err(|error| output::fault(&root.join(templates::FOLDER), &error))?;
        Ok(match Templates::parse(&overrides) {
            Ok(templates) => Ok(Pages {
                overrides,
                templates,
            }),
            Err(error) => Err(Box::new(templates::broken(&error, &overrides, sources))),
        })
    }
}

/// What went wrong on the way to pages. A character that no font has is shown in the first file that has it.
pub(super) fn diagnostics(
    problems: &[Problem],
    overrides: &[Override],
    sources: &mut Sources,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for problem in problems {
        let first = match problem {
            Problem::Character(character, _) => with_character(*character, sources),
            Problem::Template(_) => sources.iter().next().map(|(source, _)| source),
        };
        if let Some(source) = first {
            diagnostics.push(render::diagnostic(problem, source, overrides, sources));
        }
    }
    diagnostics.dedup();
    diagnostics
}

fn with_character(character: char, sources: &Sources) -> Option<SourceId> {
    let mut with = sources
        .iter()
        .filter(|(_, one)| one.text.contains(character));
    with.next()
        .or_else(|| sources.iter().next())
        .map(|(source, _)| source)
}
