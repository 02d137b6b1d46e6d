//! `minutebook withheld`: the record of what a book withholds, for the office.

use super::pages::{self, Pages};
use super::target::{self, Shape, Target};
use super::{Outcome, output};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::edition;
use crate::exchange::withheld::{self, Wanted, WithheldList, csv, json};
use crate::load::{self, Loaded};
use crate::model::Book;
use crate::model::exemption::{Exemption, SECTIONS};
use crate::render::Renderer;
use crate::{check, report};
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// List everything that a book withholds, with why and who decided it: for the office, not for publication
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The book's folder: the one in which minutebook.yaml stands
    #[arg(default_value = ".")]
    book: PathBuf,
    /// What to make: table, csv, json, md, html, pdf
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "table",
        value_parser = shape,
        value_name = "FORMATS"
    )]
    to: Vec<Shape>,
    /// The file to write to, or a folder [default: standard output]; a file must be called `….internal.…`
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Only what is withheld under an exemption, such as s31; give it again for another
    #[arg(long, value_delimiter = ',', value_name = "CODE")]
    exemption: Vec<String>,
    /// Only the documents of a series; give it again for another
    #[arg(long, value_delimiter = ',', value_name = "KEY")]
    series: Vec<String>,
    /// Only what lacks a reason, who decided it, when, or a public interest test
    #[arg(long)]
    incomplete: bool,
    /// Show the withheld words as well
    #[arg(long)]
    words: bool,
    /// How many columns wide the table is
    #[arg(long, hide = true, value_name = "COLUMNS")]
    width: Option<usize>,
}

/// What a record can be made into: calendars are for actions.
fn shape(name: &str) -> Result<Shape, String> {
    let shapes = Shape::value_variants().iter();
    let mut shapes = shapes.filter(|shape| **shape != Shape::Ics);
    shapes
        .find(|shape| {
            ValueEnum::to_possible_value(*shape).is_some_and(|value| value.matches(name, false))
        })
        .copied()
        .ok_or_else(|| "it can be table, csv, json, md, html or pdf".to_owned())
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    record(arguments).unwrap_or_else(|message| {
        output::failure(&message);
        Outcome::Failed
    })
}

fn record(arguments: &Arguments) -> Result<Outcome, String> {
    let root = &arguments.book;
    let name = |shape: Shape| format!("withheld.internal.{}", shape.ending());
    let targets = target::targets(&arguments.to, arguments.out.as_deref(), name)?;
    targets.iter().try_for_each(Target::is_internal)?;
    targets.iter().try_for_each(Target::is_off_websites)?;
    let Loaded {
        mut book, faults, ..
    } = load::load(root).map_err(|error| output::fault(root, &error))?;
    let wanted = wanted(arguments, &book)?;
    let list = WithheldList::new(&book, &wanted, filters(arguments));
    let problems = match made(&list, &mut book, arguments, &targets)? {
        Ok(problems) => problems,
        Err(broken) => {
            show(&[*broken], &book, root);
            output::notice("nothing was made: a template is broken");
            return Ok(Outcome::Faults);
        }
    };
    if arguments.out.is_some() {
        output::notice(list.notice);
    }
    show(&problems, &book, root);
    let mut found = faults;
    found.extend(check::check(&book));
    found.retain(|one| one.severity == Severity::Error);
    if found.is_empty() {
        let is_error = |one: &Diagnostic| one.severity == Severity::Error;
        return Ok(match problems.iter().any(is_error) {
            true => Outcome::Faults,
            false => Outcome::Done,
        });
    }
    output::notice(&format!(
        "the book has {}, so this may lack something; `minutebook check` shows them",
        report::summary(&found)
    ));
    Ok(Outcome::Faults)
}

fn wanted(arguments: &Arguments, book: &Book) -> Result<Wanted, String> {
    for key in &arguments.series {
        super::actions::known_series(key, &book.settings)?;
    }
    let own: Vec<Exemption> = book
        .settings
        .exemptions
        .keys()
        .map(Exemption::new)
        .collect();
    let mut exemptions = Vec::new();
    for code in &arguments.exemption {
        let exemption = Exemption::new(code);
        if !exemption.is_known() && !own.contains(&exemption) {
            return Err(unknown(code, &own));
        }
        exemptions.push(exemption);
    }
    Ok(Wanted {
        exemptions,
        series: arguments.series.clone(),
        incomplete: arguments.incomplete,
        words: arguments.words,
    })
}

/// Makes everything that was asked for and writes it. A broken template is a diagnostic; then nothing is written.
fn made(
    list: &WithheldList,
    book: &mut Book,
    arguments: &Arguments,
    targets: &[Target],
) -> Result<Result<Vec<Diagnostic>, Box<Diagnostic>>, String> {
    let mut overrides = Vec::new();
    let mut problems = Vec::new();
    let mut files = Vec::new();
    if targets.iter().any(|target| target.shape.output().is_some()) {
        let pages = match Pages::of(&arguments.book, &mut book.sources)? {
            Ok(pages) => pages,
            Err(broken) => return Ok(Err(broken)),
        };
        let shelf = edition::internal(book);
        let renderer = Renderer::new(&shelf, &book.sources, &pages.templates);
        for target in targets {
            let Some(output) = target.shape.output() else {
                continue;
            };
            let rendered = withheld::pages(list, &renderer, &[output]);
            problems.extend(rendered.diagnostics);
            let bytes = rendered.outputs.into_iter().map(|(_, bytes)| bytes);
            files.extend(bytes.map(|bytes| (target, bytes)));
        }
        overrides = pages.overrides;
    }
    for target in targets.iter().filter(|one| one.shape.output().is_none()) {
        files.push((target, text(list, target, arguments.width)?.into_bytes()));
    }
    for (target, bytes) in &files {
        target.write(bytes)?;
    }
    Ok(Ok(pages::diagnostics(
        &problems,
        &overrides,
        &mut book.sources,
    )))
}

/// What is made of records rather than by templates.
fn text(list: &WithheldList, target: &Target, width: Option<usize>) -> Result<String, String> {
    match target.shape {
        Shape::Csv => csv(list).map_err(|error| error.to_string()),
        Shape::Json => json(list).map_err(|error| error.to_string()),
        _ => {
            let width = width.unwrap_or_else(output::width);
            let colour = match target.path {
                None => output::colour(),
                Some(_) => report::Colour::No,
            };
            Ok(report::withheld(list, width, colour))
        }
    }
}

fn show(diagnostics: &[Diagnostic], book: &Book, root: &Path) {
    output::diagnostics(diagnostics, &book.sources, root, output::Format::Text);
}

fn unknown(code: &str, own: &[Exemption]) -> String {
    let sections = SECTIONS
        .iter()
        .map(|section| format!("s{}", section.number));
    let own = own.iter().map(|own| own.code().to_owned());
    let others = ["out-of-scope".to_owned(), "unstated".to_owned()];
    let all: Vec<String> = sections.chain(others).chain(own).collect();
    match nearest(code, all.iter().map(String::as_str)) {
        Some(meant) => format!("`{code}` is not an exemption; did you mean `{meant}`?"),
        None => format!(
            "`{code}` is not an exemption; the codes are {}",
            all.join(", ")
        ),
    }
}

/// What the record was chosen by, in words.
fn filters(arguments: &Arguments) -> Vec<String> {
    let exemptions = arguments.exemption.iter();
    let mut words: Vec<String> = exemptions.map(|code| format!("exemption {code}")).collect();
    words.extend(arguments.series.iter().map(|key| format!("series {key}")));
    words.extend(
        arguments
            .incomplete
            .then(|| "what is not wholly recorded".to_owned()),
    );
    words
}
