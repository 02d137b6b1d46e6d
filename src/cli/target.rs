//! What a list (the register, the record of withheld text) is made into, and where each goes: to a file, into a folder, or to
//! standard output.

use super::{output, writing};
use crate::publish::site;
use crate::render::Output;
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// What a list can be made into.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Shape {
    /// A table for people, on a terminal
    Table,
    /// For spreadsheets
    Csv,
    /// For programs, with the whole history
    Json,
    /// Markdown
    Md,
    /// One HTML page
    Html,
    /// A tagged PDF
    Pdf,
    /// For calendars: a to-do for each action
    Ics,
}

impl Shape {
    /// What a template makes of it, if one does.
    pub(super) fn output(self) -> Option<Output> {
        match self {
            Shape::Md => Some(Output::Markdown),
            Shape::Html => Some(Output::Html),
            Shape::Pdf => Some(Output::Pdf),
            Shape::Table | Shape::Csv | Shape::Json | Shape::Ics => None,
        }
    }

    /// The ending of a file name.
    pub(super) fn ending(self) -> &'static str {
        match self {
            Shape::Table => "txt",
            Shape::Csv => "csv",
            Shape::Json => "json",
            Shape::Md => "md",
            Shape::Html => "html",
            Shape::Pdf => "pdf",
            Shape::Ics => "ics",
        }
    }
}

/// A shape, and the file to write it to; to standard output without one.
pub(super) struct Target {
    pub(super) shape: Shape,
    pub(super) path: Option<PathBuf>,
}

impl Target {
    /// That it goes onto no website.
    pub(super) fn is_off_websites(&self) -> Result<(), String> {
        self.path.as_deref().map_or(Ok(()), off_websites)
    }

    /// That what is internal goes to no file whose name could be that of a public one.
    pub(super) fn is_internal(&self) -> Result<(), String> {
        let Some(path) = &self.path else {
            return Ok(());
        };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        // A device or a pipe (`/dev/stdout`) has the name that it has.
        if !writing::is_device(path) && !stem.ends_with(".internal") {
            let marked = path.with_file_name(format!("{stem}.internal.{}", self.shape.ending()));
            return Err(format!(
                "{}: this is internal, and so must be the name of its file: `--out {}`",
                path.display(),
                marked.display()
            ));
        }
        Ok(())
    }

    /// Writes what was made to where it goes.
    pub(super) fn write(&self, bytes: &[u8]) -> Result<(), String> {
        match &self.path {
            Some(path) => writing::write(path, bytes).map_err(|error| output::fault(path, &error)),
            None => {
                output::whole(bytes);
                Ok(())
            }
        }
    }
}

/// That nothing is written onto a website: whatever stands there is published, and made by a build of the website alone.
pub(super) fn off_websites(path: &Path) -> Result<(), String> {
    match site::is_on_one(path) {
        true => Err(format!(
            "{}: this is on a website, where only `build --site` writes: name another folder with `--out`",
            path.display()
        )),
        false => Ok(()),
    }
}

/// Where everything goes that was asked for; `name` gives the name of a file that goes into a folder.
pub(super) fn targets(
    wanted: &[Shape],
    out: Option<&Path>,
    name: impl Fn(Shape) -> String,
) -> Result<Vec<Target>, String> {
    let mut shapes: Vec<Shape> = Vec::new();
    for shape in wanted {
        if !shapes.contains(shape) {
            shapes.push(*shape);
        }
    }
    let Some(out) = out else {
        return match shapes.as_slice() {
            [Shape::Pdf] => Err("a PDF needs a file: `--out FILE`".to_owned()),
            [shape] => Ok(vec![Target {
                shape: *shape,
                path: None,
            }]),
            _ => Err("several formats need a folder: `--out DIR`".to_owned()),
        };
    };
    let is_folder = shapes.len() > 1
        || out.is_dir()
        || out.to_string_lossy().ends_with(std::path::is_separator);
    let path = |shape| match is_folder {
        true => out.join(name(shape)),
        false => out.to_owned(),
    };
    let targets = shapes.iter().map(|shape| Target {
        shape: *shape,
        path: Some(path(*shape)),
    });
    Ok(targets.collect())
}
