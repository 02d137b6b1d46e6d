//! What `minutebook actions` makes, and where each goes: to a file, into a folder, or to standard output.

use super::{Arguments, SheetArgument};
use crate::cli::making::Edition;
use crate::model::outline::slug;
use crate::render::Output;
use clap::ValueEnum;
use std::path::PathBuf;

/// What the register can be made into.
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

    fn ending(self) -> &'static str {
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

/// Where everything goes that was asked for.
pub(super) fn targets(arguments: &Arguments) -> Result<Vec<Target>, String> {
    let mut shapes: Vec<Shape> = Vec::new();
    for shape in &arguments.to {
        if !shapes.contains(shape) {
            shapes.push(*shape);
        }
    }
    let Some(out) = &arguments.out else {
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
        true => out.join(file_name(shape, arguments)),
        false => out.clone(),
    };
    let targets = shapes.iter().map(|shape| Target {
        shape: *shape,
        path: Some(path(*shape)),
    });
    Ok(targets.collect())
}

/// `actions.csv`, `chair.pdf`, `owner-dcc.html`. The internal edition says so in its name.
pub(super) fn file_name(shape: Shape, arguments: &Arguments) -> String {
    let stem = match (arguments.sheet, &arguments.choice.owner) {
        (SheetArgument::Chair, _) if shape.output().is_some() => "chair".to_owned(),
        (SheetArgument::Figures, _) if shape.output().is_some() => "figures".to_owned(),
        (SheetArgument::Owner, Some(owner)) if shape.output().is_some() => {
            format!("owner-{}", slug(owner))
        }
        _ => "actions".to_owned(),
    };
    match arguments.edition {
        Edition::Public => format!("{stem}.{}", shape.ending()),
        Edition::Internal => format!("{stem}.internal.{}", shape.ending()),
    }
}
