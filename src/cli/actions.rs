//! `minutebook actions`: the register, on the terminal or for other programs.

use super::Outcome;
use super::making::Edition;
use super::{output, writing};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::edition::{self, Shelf};
use crate::exchange::{self, Actions, Day, Words};
use crate::ledger::{self, Filter, Ledger, Owner};
use crate::model;
use crate::model::action::State;
use crate::model::date::DateReading;
use crate::model::register::{Entry, Lookup, Register};
use crate::model::settings::Settings;
use crate::source::Sources;
use crate::{check, load, report};
use chrono::{Datelike, NaiveDate};
use clap::ValueEnum;
use std::path::{Path, PathBuf};

/// List the actions of a book: what is overdue, due now, without an update, ready to close, open, new
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The book's folder: the one in which minutebook.yaml stands
    #[arg(default_value = ".")]
    book: PathBuf,
    #[command(flatten)]
    choice: Choice,
    /// The date for which everything is worked out [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_at: Option<NaiveDate>,
    /// What to make: table, csv, json, ics
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        default_value = "table",
        value_name = "FORMATS"
    )]
    to: Vec<Shape>,
    /// The file to write to, or a folder [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Who it is for: internal shows withheld text
    #[arg(long, value_enum, default_value = "public")]
    edition: Edition,
    /// How many columns wide the table is
    #[arg(long, hide = true, value_name = "COLUMNS")]
    width: Option<usize>,
}

/// Which actions are listed. What is left out does not restrict the list.
#[derive(clap::Args)]
#[command(next_help_heading = "Which actions")]
struct Choice {
    /// Only those that a series looks at; give it again for another
    #[arg(long, value_delimiter = ',', value_name = "KEY")]
    series: Vec<String>,
    /// Only those of a person or body: key, initials, alias or name
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Only those of a body, or of somebody who acts for it
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
    /// Only those in a state; give it again for another
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STATE")]
    state: Vec<StateArgument>,
    /// Only those that are due before a date
    #[arg(long, value_name = "DATE", value_parser = date)]
    due_before: Option<NaiveDate>,
    /// Only those whose due date has passed
    #[arg(long)]
    overdue: bool,
    /// Only those of which nothing was said since the last meeting
    #[arg(long)]
    no_update: bool,
    /// Only those that were set or have changed on a date or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<NaiveDate>,
    /// The closed ones too
    #[arg(long)]
    all: bool,
}

/// What the register can be made into.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// A table for people, on a terminal
    Table,
    /// For spreadsheets
    Csv,
    /// For programs, with the whole history
    Json,
    /// For calendars: a to-do for each action
    Ics,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StateArgument {
    Open,
    Retained,
    Proposed,
    Discharged,
    Superseded,
    Merged,
    Withdrawn,
    /// Discharged, superseded, merged or withdrawn
    Closed,
}

impl StateArgument {
    fn states(self) -> &'static [State] {
        match self {
            StateArgument::Open => &[State::Open],
            StateArgument::Retained => &[State::Retained],
            StateArgument::Proposed => &[State::Proposed],
            StateArgument::Discharged => &[State::Discharged],
            StateArgument::Superseded => &[State::Superseded],
            StateArgument::Merged => &[State::Merged],
            StateArgument::Withdrawn => &[State::Withdrawn],
            StateArgument::Closed => &[
                State::Discharged,
                State::Superseded,
                State::Merged,
                State::Withdrawn,
            ],
        }
    }
}

/// A date as ISO has it, or as people write it.
fn date(text: &str) -> Result<NaiveDate, String> {
    const HELP: &str = "write it as 2026-08-25 or 25 August 2026";
    match DateReading::of(text) {
        DateReading::Full(day, Some(weekday)) if day.weekday() != weekday => {
            Err(format!("that day is a {}", day.format("%A")))
        }
        DateReading::NoYear => Err(format!("the year is missing; {HELP}")),
        DateReading::NoSuchDay => Err("there is no such day".to_owned()),
        reading => reading
            .day()
            .ok_or_else(|| format!("this is not a date; {HELP}")),
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let targets = match targets(arguments) {
        Ok(targets) => targets,
        Err(message) => return failed(&message),
    };
    let loaded = match load::load(&arguments.book) {
        Ok(loaded) => loaded,
        Err(error) => return failed(&format!("{}: {error}", arguments.book.display())),
    };
    let mut book = loaded.book;
    let mut found = loaded.faults;
    found.extend(check::check(&book));
    let as_at = arguments.as_at.unwrap_or_else(today);
    let made = match arguments.edition {
        Edition::Public => {
            let public = edition::make_public(&mut book);
            make(&public.shelf(), &book.sources, arguments, as_at, &targets)
        }
        Edition::Internal => {
            let shelf = edition::internal(&book);
            make(&shelf, &book.sources, arguments, as_at, &targets)
        }
    };
    match made {
        Err(message) => failed(&message),
        Ok(()) => errors(&found),
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "the one place in which this command reads the clock"
)]
fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

fn failed(message: &str) -> Outcome {
    output::failure(message);
    Outcome::Failed
}

/// Says that the book has errors, and how many; the register was made of what could be read.
fn errors(found: &[Diagnostic]) -> Outcome {
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    let errors: Vec<Diagnostic> = errors.cloned().collect();
    if errors.is_empty() {
        return Outcome::Done;
    }
    output::notice(&format!(
        "the book has {}, so this may lack something; `minutebook check` shows them",
        report::summary(&errors)
    ));
    Outcome::Faults
}

/// Where each shape goes: to a file, or to standard output.
fn targets(arguments: &Arguments) -> Result<Vec<(Shape, Option<PathBuf>)>, String> {
    let mut shapes = arguments.to.clone();
    shapes.dedup();
    let Some(out) = &arguments.out else {
        return match shapes.as_slice() {
            [one] => Ok(vec![(*one, None)]),
            _ => Err("several formats need a folder: `--out DIR`".to_owned()),
        };
    };
    let is_folder =
        shapes.len() > 1 || out.is_dir() || out.as_os_str().to_string_lossy().ends_with('/');
    let target = |shape| match is_folder {
        true => out.join(file_name(shape, arguments.edition)),
        false => out.clone(),
    };
    Ok(shapes
        .iter()
        .map(|shape| (*shape, Some(target(*shape))))
        .collect())
}

/// The internal edition says so in its name.
fn file_name(shape: Shape, edition: Edition) -> String {
    let ending = match shape {
        Shape::Table => "txt",
        Shape::Csv => "csv",
        Shape::Json => "json",
        Shape::Ics => "ics",
    };
    match edition {
        Edition::Public => format!("actions.{ending}"),
        Edition::Internal => format!("actions.internal.{ending}"),
    }
}

fn make<E: model::Edition>(
    shelf: &Shelf<'_, E>,
    sources: &Sources,
    arguments: &Arguments,
    as_at: NaiveDate,
    targets: &[(Shape, Option<PathBuf>)],
) -> Result<(), String> {
    let ledger = Ledger::new(shelf, sources);
    let register = Register::new(shelf.settings);
    let words = Words::new(shelf);
    let filter = filter(&arguments.choice, shelf.settings, &register, &ledger, as_at)?;
    let lines = ledger::selected(&ledger, &filter, &register, as_at);
    let filters = filter_words(&arguments.choice, shelf.settings);
    let actions = Actions::new(&lines, &words, sources, as_at, filters);
    for (shape, target) in targets {
        let text = shaped(&actions, *shape, arguments.width, target.is_none())?;
        match target {
            None => output::whole(text.as_bytes()),
            Some(path) => write(path, text.as_bytes())?,
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    writing::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

fn shaped(
    actions: &Actions,
    shape: Shape,
    width: Option<usize>,
    to_terminal: bool,
) -> Result<String, String> {
    match shape {
        Shape::Table => {
            let width = width.unwrap_or_else(output::width);
            let colour = match to_terminal {
                true => output::colour(),
                false => report::Colour::No,
            };
            Ok(report::table(actions, width, colour))
        }
        Shape::Csv => exchange::csv::csv(actions).map_err(|error| error.to_string()),
        Shape::Json => exchange::json::json(actions).map_err(|error| error.to_string()),
        Shape::Ics => Ok(exchange::ics::ics(actions)),
    }
}

fn filter<E: model::Edition>(
    choice: &Choice,
    settings: &Settings<E>,
    register: &Register<'_, E>,
    ledger: &Ledger<'_, E>,
    as_at: NaiveDate,
) -> Result<Filter, String> {
    for key in &choice.series {
        known_series(key, settings)?;
    }
    let find = |name: &str| owner(name, register, ledger, as_at);
    let states = choice.state.iter().flat_map(|state| state.states());
    Ok(Filter {
        series: choice.series.clone(),
        owner: choice.owner.as_deref().map(find).transpose()?,
        body: choice
            .body
            .as_deref()
            .map(|name| body(name, register, ledger, as_at))
            .transpose()?,
        states: states.copied().collect(),
        closed: choice.all,
        due_before: choice.due_before,
        overdue: choice.overdue,
        no_update: choice.no_update,
        since: choice.since,
    })
}

fn known_series<E: model::Edition>(key: &str, settings: &Settings<E>) -> Result<(), String> {
    if settings.series.get(key).is_some() {
        return Ok(());
    }
    let all: Vec<&str> = settings.series.keys().collect();
    Err(match (nearest(key, all.iter().copied()), all.as_slice()) {
        (Some(meant), _) => format!("there is no series `{key}`; did you mean `{meant}`?"),
        (None, []) => format!("there is no series `{key}`; the book has none"),
        (None, all) => format!("there is no series `{key}`; the book has {}", quoted(all)),
    })
}

fn owner<E: model::Edition>(
    name: &str,
    register: &Register<'_, E>,
    ledger: &Ledger<'_, E>,
    as_at: NaiveDate,
) -> Result<Owner, String> {
    match register.find(name, Some(as_at)) {
        Lookup::One(entry) => Ok(Owner::Key(entry.key().to_owned())),
        Lookup::Several(entries) => {
            let keys: Vec<&str> = entries.iter().map(|entry| entry.key()).collect();
            Err(format!(
                "`{name}` fits several; write the key of one: {}",
                quoted(&keys)
            ))
        }
        Lookup::Nobody => unregistered(name, register, ledger),
    }
}

fn body<E: model::Edition>(
    name: &str,
    register: &Register<'_, E>,
    ledger: &Ledger<'_, E>,
    as_at: NaiveDate,
) -> Result<Owner, String> {
    match register.find(name, Some(as_at)) {
        Lookup::One(Entry::Person(..)) => Err(format!(
            "`{name}` is a person; `--owner {name}` lists what that person is to do"
        )),
        _ => owner(name, register, ledger, as_at),
    }
}

/// Somebody whom the register lacks, as long as an action has that owner.
fn unregistered<E: model::Edition>(
    name: &str,
    register: &Register<'_, E>,
    ledger: &Ledger<'_, E>,
) -> Result<Owner, String> {
    let names = ledger::owner_names(ledger);
    let wanted = name.trim().to_lowercase();
    if names.iter().any(|one| one.trim().to_lowercase() == wanted) {
        return Ok(Owner::Name(name.to_owned()));
    }
    let meant = register
        .nearest(name)
        .or_else(|| nearest(name, names.iter().map(String::as_str)));
    Err(match meant {
        Some(meant) => format!("nobody is called `{name}`; did you mean `{meant}`?"),
        None => format!(
            "nobody is called `{name}`: it is neither in the register nor the owner of an action"
        ),
    })
}

fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// The filter in words, for readers of the list.
fn filter_words<E: model::Edition>(choice: &Choice, settings: &Settings<E>) -> Vec<String> {
    let mut words = Vec::new();
    for key in &choice.series {
        let series = settings.series.get(key);
        words.extend(series.map(|series| series.title.words()));
    }
    words.extend(choice.owner.as_ref().map(|name| format!("owner {name}")));
    words.extend(choice.body.as_ref().map(|name| format!("body {name}")));
    let states = choice
        .state
        .iter()
        .filter_map(|state| state.to_possible_value());
    words.extend(states.map(|state| format!("state {}", state.get_name())));
    let day =
        |what: &str, day: Option<NaiveDate>| day.map(|day| format!("{what} {}", Day(day).words()));
    words.extend(day("due before", choice.due_before));
    words.extend(choice.overdue.then(|| "overdue".to_owned()));
    let no_update = "no update since the last meeting";
    words.extend(choice.no_update.then(|| no_update.to_owned()));
    words.extend(day("set or changed since", choice.since));
    words.extend(choice.all.then(|| "closed ones too".to_owned()));
    words
}
