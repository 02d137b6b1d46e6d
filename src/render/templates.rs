//! The templates: built in, or a book's own in their place. In: a view. Out: HTML or Markdown.
//!
//! A book's `templates/` folder replaces any built-in template of the same name; the built-in one stays in reach as
//! `builtin/NAME`, so that `{% extends "builtin/meeting.html" %}` can change a block and keep the rest. Nothing is
//! escaped here: a view holds only text that is ready for its format.

use super::needs;
use crate::diagnostic::{Diagnostic, Severity, Target};
use crate::source::{SourceId, Sources, Span};
use crate::yaml::write;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;
use tera::{Context, ErrorKind, Kwargs, State, Tera};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The folder of a book in which its own templates stand.
pub const FOLDER: &str = "templates";

/// Every template of a book.
pub struct Templates(Kept);

enum Kept {
    /// Parsed together: a template of the book may use any of the built-in ones, and each of its faults is to be found.
    Own(Box<Tera>),
    /// The built-in ones alone, which have no faults: each is parsed, with what it needs, when it is first asked for.
    BuiltIn(BTreeMap<String, OnceLock<Result<Tera, String>>>),
}

/// A template of a book's own.
pub struct Override {
    /// Its name: the path below `templates/`, with `/`.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Templates {
    /// The built-in templates, with a book's own in their place.
    ///
    /// # Errors
    /// A diagnostic for each template that is broken; its file is added to `sources`.
    pub fn new(
        overrides: &[Override],
        sources: &mut Sources,
    ) -> Result<Templates, Vec<Diagnostic>> {
        Templates::parse(overrides).map_err(|error| vec![broken(&error, overrides, sources)])
    }

    /// The same for a caller whose sources are not there yet; [`broken`] makes a diagnostic of the error.
    ///
    /// # Errors
    /// What is wrong with the first template that is broken.
    pub fn parse(overrides: &[Override]) -> Result<Templates, Box<tera::Error>> {
        if overrides.is_empty() {
            let names = built_in().into_iter().map(|(name, _)| name);
            let unparsed = names.map(|name| (name, OnceLock::new()));
            return Ok(Templates(Kept::BuiltIn(unparsed.collect())));
        }
        let mut texts: Vec<(String, String)> = Vec::new();
        for (name, text) in built_in() {
            let replaced = overrides.iter().any(|own| own.name == name);
            match replaced {
                true if has_components(&name) => {}
                true => texts.push((format!("builtin/{name}"), text.to_owned())),
                false => texts.push((name, text.to_owned())),
            }
        }
        let own = overrides
            .iter()
            .map(|own| (own.name.clone(), own.text.clone()));
        texts.extend(own);
        Ok(Templates(Kept::Own(Box::new(parsed(texts)?))))
    }

    /// Parses a template now, so that rendering need not wait for it.
    pub(crate) fn prepare(&self, name: &str) {
        // A fault shows when the template is rendered.
        let _ = self.tera(name);
    }

    fn tera(&self, name: &str) -> Result<&Tera, Box<tera::Error>> {
        let unparsed = match &self.0 {
            Kept::Own(tera) => return Ok(tera),
            Kept::BuiltIn(unparsed) => unparsed,
        };
        let unknown = || format!("no template is called `{name}`");
        let slot = unparsed
            .get(name)
            .ok_or_else(|| tera::Error::message(unknown()))?;
        let tera =
            slot.get_or_init(|| parsed(needs::needed(name)).map_err(|error| error.to_string()));
        tera.as_ref()
            .map_err(|fault| Box::new(tera::Error::message(fault)))
    }

    /// Renders a template.
    ///
    /// # Errors
    /// What the template asked for and did not get, with file and line.
    pub(crate) fn render(
        &self,
        name: &str,
        view: &impl serde::Serialize,
    ) -> Result<String, Box<tera::Error>> {
        let context = Context::from_serialize(view)?;
        Ok(self.tera(name)?.render(name, &context)?)
    }
}

/// Templates that are parsed together.
fn parsed(texts: Vec<(String, String)>) -> tera::TeraResult<Tera> {
    let mut tera = Tera::default();
    tera.autoescape_on(Vec::<&str>::new());
    tera.register_filter("prefix_lines", prefix_lines);
    tera.register_filter("yaml", yaml);
    tera.register_filter("comment", comment);
    tera.register_filter("block", block);
    tera.add_raw_templates(texts)?;
    Ok(tera)
}

/// Whether a file holds components for other templates, and is none itself.
pub(super) fn has_components(name: &str) -> bool {
    name.split('/')
        .next_back()
        .is_some_and(|file| file.starts_with("components"))
}

/// The built-in templates by name. Fonts and their like are no templates.
pub(crate) fn built_in() -> Vec<(String, &'static str)> {
    fn walk(dir: &'static Dir<'static>, found: &mut Vec<(String, &'static str)>) {
        for file in dir.files() {
            let name = file.path().to_string_lossy().replace('\\', "/");
            let is_template = [".html", ".md", ".css", ".yaml"]
                .iter()
                .any(|end| name.ends_with(end));
            if let Some(text) = file.contents_utf8().filter(|_| is_template) {
                found.push((name, text));
            }
        }
        dir.dirs().for_each(|dir| walk(dir, found));
    }
    let mut found = Vec::new();
    walk(&BUILT_IN, &mut found);
    found
}

/// A fault of a template as a diagnostic; the file of a book's own template is added to `sources`. A fault that shows only
/// while rendering is one of the template too.
pub fn broken(error: &tera::Error, overrides: &[Override], sources: &mut Sources) -> Diagnostic {
    let (message, place) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => (
            report.message().to_owned(),
            Some((report.filename().to_owned(), report.span().range.clone())),
        ),
        _ => (error.to_string(), None),
    };
    let own = place
        .as_ref()
        .and_then(|(name, _)| overrides.iter().find(|own| own.name == *name));
    let target = match (own, place.clone()) {
        (Some(own), Some((_, range))) => {
            let source = add(own, sources);
            Target::Place(Span {
                source,
                start: range.start as u32,
                end: range.end as u32,
            })
        }
        _ => match overrides.first() {
            // A fault of how templates belong together has no place of its own.
            Some(own) if overrides.len() == 1 => Target::File(add(own, sources)),
            _ => Target::Book,
        },
    };
    let message = match (&target, place) {
        (Target::Place(_), _) | (_, None) => format!("this template is broken: {message}"),
        (_, Some((name, _))) => format!("the template `{name}` is broken: {message}"),
    };
    Diagnostic::new("broken-template", Severity::Error, target, message).help(
        "mend it, or remove it from `templates/` to use the built-in one; to change one part of that, begin with {% extends \"builtin/meeting.html\" %} and write only the block that differs",
    )
}

fn add(own: &Override, sources: &mut Sources) -> SourceId {
    let path = Path::new(FOLDER).join(&own.name);
    sources
        .find(&path)
        .unwrap_or_else(|| sources.add(path, own.text.clone()))
}

/// Every line with something before it, as Markdown's quotations need it.
fn prefix_lines(text: &str, arguments: Kwargs, _: &State<'_>) -> tera::TeraResult<String> {
    let prefix: &str = arguments.must_get("with")?;
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| format!("{prefix}{line}").trim_end().to_owned())
        .collect();
    Ok(lines.join("\n"))
}

/// A text as a value of a YAML file.
fn yaml(text: &str, _: Kwargs, _: &State<'_>) -> tera::TeraResult<String> {
    Ok(write::scalar(text))
}

/// A text as a value over several lines of a YAML file.
fn block(text: &str, arguments: Kwargs, _: &State<'_>) -> tera::TeraResult<String> {
    Ok(write::block(
        text,
        arguments.must_get::<u64>("indent")? as usize,
    ))
}

/// A text as a comment of a YAML file.
fn comment(text: &str, arguments: Kwargs, _: &State<'_>) -> tera::TeraResult<String> {
    let indent = arguments.get::<u64>("indent")?.unwrap_or(0);
    Ok(write::comment(text, indent as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_template_is_sound_with_what_it_needs() {
        let faults = |name: &String| {
            parsed(needs::needed(name))
                .err()
                .map(|fault| fault.to_string())
        };
        let names = built_in().into_iter().map(|(name, _)| name);
        let names = names.filter(|name| !has_components(name));
        assert_eq!(
            names.filter_map(|name| faults(&name)).collect::<Vec<_>>(),
            Vec::<String>::new()
        );
    }
}
