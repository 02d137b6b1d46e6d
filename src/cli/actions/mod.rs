//! `minutebook actions`: the register, on the terminal, for readers, or for other programs.

mod choice;

use super::Outcome;
use super::making::Edition;
use super::output;
use super::pages::{self, Pages};
use super::target::{self, Shape, Target};
use crate::diagnostic::{Diagnostic, Severity};
use crate::edition::{self, Shelf};
use crate::exchange::{self, Actions, Words};
use crate::ledger::{self, Filter, Ledger, Owner};
use crate::model::outline::slug;
use crate::model::register::Register;
use crate::model::{self, Book};
use crate::publish::leaks::{self, Looked, Secrets};
use crate::render::{Problem, Renderer, Sheet, SheetKind};
use crate::source::{Sources, Span};
use crate::{check, load, report};
use choice::Choice;
pub(super) use choice::{date, known_series};
use chrono::NaiveDate;
use clap::ValueEnum;
use std::collections::HashSet;
use std::path::PathBuf;

/// List the actions of a book: what is overdue, due now, without an update, ready to close, open, new
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The book's folder: the one in which minutebook.yaml stands
    #[arg(default_value = ".")]
    book: PathBuf,
    /// The date for which everything is worked out [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_at: Option<NaiveDate>,
    /// What to make: table, csv, json, md, html, pdf, ics
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "table",
        hide_possible_values = true,
        value_name = "FORMATS"
    )]
    to: Vec<Shape>,
    /// For whom md, html and pdf are: register has everything, chair what to look at first, owner (with --owner) what
    /// one person is to do, figures (with --series) the numbers of a series over time
    #[arg(long, value_enum, default_value = "register", value_name = "SHEET")]
    sheet: SheetArgument,
    /// The file to write to, or a folder [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Who it is for: internal shows withheld text
    #[arg(long, value_enum, default_value = "public")]
    edition: Edition,
    /// How many columns wide the table is
    #[arg(long, hide = true, value_name = "COLUMNS")]
    width: Option<usize>,
    // Last, since its heading holds for whatever follows.
    #[command(flatten)]
    choice: Choice,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SheetArgument {
    Register,
    Chair,
    Owner,
    Figures,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    register(arguments).unwrap_or_else(|message| {
        output::failure(&message);
        Outcome::Failed
    })
}

fn register(arguments: &Arguments) -> Result<Outcome, String> {
    if arguments.sheet == SheetArgument::Owner && arguments.choice.owner.is_none() {
        return Err("`--sheet owner` needs `--owner NAME`".to_owned());
    }
    if arguments.sheet == SheetArgument::Figures && arguments.choice.series.len() != 1 {
        return Err("`--sheet figures` needs `--series KEY`, once".to_owned());
    }
    let name = |shape| file_name(shape, arguments);
    let targets = target::targets(&arguments.to, arguments.out.as_deref(), name)?;
    if arguments.edition == Edition::Internal {
        targets.iter().try_for_each(Target::is_internal)?;
    }
    targets.iter().try_for_each(Target::is_off_websites)?;
    let loaded =
        load::load(&arguments.book).map_err(|error| output::fault(&arguments.book, &error))?;
    let mut book = loaded.book;
    let mut found = loaded.faults;
    found.extend(check::check(&book));
    let pages = match targets.iter().any(|target| target.shape.output().is_some()) {
        false => None,
        true => match Pages::of(&arguments.book, &mut book.sources)? {
            Ok(pages) => Some(pages),
            Err(broken) => return Ok(stopped(*broken, &book, arguments)),
        },
    };
    let problems = match made(arguments, &mut book, &targets, pages.as_ref())? {
        Ok(problems) => problems,
        Err(outcome) => return Ok(outcome),
    };
    let overrides = pages.map_or_else(Vec::new, |pages| pages.overrides);
    let problems = pages::diagnostics(&problems, &overrides, &mut book.sources);
    show(&problems, &book, arguments);
    Ok(ended(&found, &problems))
}

fn stopped(broken: Diagnostic, book: &Book, arguments: &Arguments) -> Outcome {
    show(&[broken], book, arguments);
    output::notice("nothing was made: a template is broken");
    Outcome::Faults
}

fn show(diagnostics: &[Diagnostic], book: &Book, arguments: &Arguments) {
    let text = output::Format::Text;
    output::diagnostics(diagnostics, &book.sources, &arguments.book, text);
}

/// Says that the book has errors, and how many: the register was made of what could be read.
fn ended(found: &[Diagnostic], problems: &[Diagnostic]) -> Outcome {
    let is_error = |one: &&Diagnostic| one.severity == Severity::Error;
    let errors: Vec<Diagnostic> = found.iter().filter(is_error).cloned().collect();
    if !errors.is_empty() {
        output::notice(&format!(
            "the book has {}, so this may lack something; `minutebook check` shows them",
            report::summary(&errors)
        ));
    }
    match errors.is_empty() && !problems.iter().any(|one| is_error(&one)) {
        true => Outcome::Done,
        false => Outcome::Faults,
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the one place in which the clock is read for what stands of actions"
)]
pub(super) fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

fn made(
    arguments: &Arguments,
    book: &mut Book,
    targets: &[Target],
    pages: Option<&Pages>,
) -> Result<Result<Vec<Problem>, Outcome>, String> {
    let as_at = arguments.as_at.unwrap_or_else(today);
    let (made, secrets) = match arguments.edition {
        Edition::Public => {
            let secrets = Secrets::of(book);
            let public = edition::make_public(book);
            let shelf = public.shelf();
            let made = make(&shelf, &book.sources, arguments, as_at, targets, pages)?;
            (made, Some(secrets))
        }
        Edition::Internal => {
            let shelf = edition::internal(book);
            let made = make(&shelf, &book.sources, arguments, as_at, targets, pages)?;
            (made, None)
        }
    };
    let leaks = secrets.map(|secrets| leaks(&secrets, book, arguments, &made));
    let leaks = leaks.unwrap_or_default();
    let stops = leaks.iter().any(|one| one.severity == Severity::Error);
    show(&leaks, book, arguments);
    if stops {
        output::notice("nothing was written: something withheld would have been published");
        return Ok(Err(Outcome::Faults));
    }
    for (target, bytes) in &made.files {
        target.write(bytes)?;
    }
    Ok(Ok(made.problems))
}

/// What was made, before it is written.
struct Made<'t> {
    files: Vec<(&'t Target, Vec<u8>)>,
    /// Everything that the table says, in one piece: its cells stand beside one another and are broken into lines.
    in_full: String,
    /// The texts of the actions, as they were written.
    texts: HashSet<Span>,
    problems: Vec<Problem>,
}

/// What was found of what is withheld. What goes to standard output has the name that it would have as a file.
fn leaks(
    secrets: &Secrets,
    book: &Book,
    arguments: &Arguments,
    made: &Made<'_>,
) -> Vec<Diagnostic> {
    let mut files = Vec::new();
    let mut found = secrets.in_book(&book.sources, |text| made.texts.contains(&text));
    for (target, bytes) in &made.files {
        let own = target.path.as_ref().and_then(|path| path.file_name());
        let name = own.map_or_else(|| file_name(target.shape, arguments).into(), PathBuf::from);
        // It is read as what it is, whatever the ending of the name that somebody gave it.
        found.extend(match target.shape {
            Shape::Table => secrets.check_file_as("json", &name, made.in_full.as_bytes()),
            shape => secrets.check_file_as(shape.ending(), &name, bytes),
        });
        files.push(name.to_string_lossy().into_owned());
    }
    // Only a list of everything can say that something is in it no more.
    let is_register = arguments.sheet == SheetArgument::Register;
    let looked = match is_register && arguments.choice.is_everything() {
        true => Looked {
            is_whole: Shape::value_variants()
                .iter()
                .all(|shape| arguments.to.contains(shape)),
            files,
        },
        false => Looked::in_part(),
    };
    leaks::told(&book.settings.accepted, &found, &looked, |leak| {
        leak.diagnostic(&book.sources)
    })
}

/// Makes everything that was asked for.
fn make<'t, E: model::Edition>(
    shelf: &Shelf<'_, E>,
    sources: &Sources,
    arguments: &Arguments,
    as_at: NaiveDate,
    targets: &'t [Target],
    pages: Option<&Pages>,
) -> Result<Made<'t>, String> {
    let renderer = pages.map(|pages| Renderer::new(shelf, sources, &pages.templates));
    let own;
    let ledger = match &renderer {
        Some(renderer) => renderer.ledger(),
        None => {
            own = Ledger::new(shelf, sources);
            &own
        }
    };
    let register = Register::new(shelf.settings);
    let filter = choice::filter(&arguments.choice, shelf.settings, &register, ledger, as_at)?;
    let lines = ledger::lines(ledger, as_at);
    let lines = ledger::selected(&lines, &filter, &register, as_at);
    let said = |choice: &Choice, filter: &Filter| {
        choice::filter_words(choice, filter, shelf.settings, &register, as_at)
    };
    let sheet = sheet(arguments, &filter, as_at, said);
    let filters = said(&arguments.choice, &filter);
    let words = Words::new(shelf);
    let actions = Actions::new(&lines, &words, sources, as_at, filters);
    let mut problems = Vec::new();
    let mut files = Vec::new();
    for target in targets {
        let bytes = match (&renderer, target.shape.output()) {
            (Some(renderer), Some(output)) => {
                let rendered = renderer.sheet(&lines, &sheet, &[output]);
                problems.extend(rendered.diagnostics);
                rendered.outputs.into_iter().next().map(|(_, bytes)| bytes)
            }
            _ => Some(text(&actions, target, arguments.width)?.into_bytes()),
        };
        files.extend(bytes.map(|bytes| (target, bytes)));
    }
    let is_table = |target: &Target| target.shape == Shape::Table;
    let in_full = match targets.iter().any(is_table) {
        true => exchange::json::json(&actions).map_err(|error| error.to_string())?,
        false => String::new(),
    };
    let texts = lines.iter().flat_map(|line| line.entry.texts());
    Ok(Made {
        files,
        in_full,
        texts: texts.map(|text| text.span).collect(),
        problems,
    })
}

/// What is made of records rather than by templates.
fn text(actions: &Actions, target: &Target, width: Option<usize>) -> Result<String, String> {
    match target.shape {
        Shape::Csv => exchange::csv::csv(actions).map_err(|error| error.to_string()),
        Shape::Json => exchange::json::json(actions).map_err(|error| error.to_string()),
        Shape::Ics => Ok(exchange::ics::ics(actions)),
        Shape::Table | Shape::Md | Shape::Html | Shape::Pdf => {
            let width = width.unwrap_or_else(output::width);
            let colour = match target.path {
                None => output::colour(),
                Some(_) => report::Colour::No,
            };
            Ok(report::table(actions, width, colour))
        }
    }
}

/// What the templates are to make. A sheet is one series' when just one was asked for, and says so itself.
fn sheet(
    arguments: &Arguments,
    filter: &Filter,
    as_at: NaiveDate,
    said: impl Fn(&Choice, &Filter) -> Vec<String>,
) -> Sheet {
    let (mut choice, mut filter) = (arguments.choice.clone(), filter.clone());
    let series = match choice.series.as_slice() {
        [_] => choice.series.pop(),
        _ => None,
    };
    let kind = match arguments.sheet {
        SheetArgument::Register => SheetKind::Register,
        SheetArgument::Chair => SheetKind::Chair,
        SheetArgument::Figures => SheetKind::Figures,
        SheetArgument::Owner => match filter.owner.take() {
            Some(Owner::Key(owner) | Owner::Name(owner)) => SheetKind::Owner(owner),
            None => SheetKind::Register,
        },
    };
    Sheet {
        kind,
        as_at,
        series,
        filter_words: said(&choice, &filter),
    }
}

/// `actions.csv`, `chair.pdf`, `owner-dcc.html`. The internal edition says so in its name.
fn file_name(shape: Shape, arguments: &Arguments) -> String {
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
