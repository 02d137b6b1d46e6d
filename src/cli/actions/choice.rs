//! Which actions `minutebook actions` lists: the flags, and the filter that they make.

use crate::diagnostic::nearest;
use crate::exchange::Day;
use crate::ledger::{self, Filter, Ledger, Owner};
use crate::model;
use crate::model::action::State;
use crate::model::date::DateReading;
use crate::model::register::{Entry, Lookup, Register};
use crate::model::settings::Settings;
use chrono::{Datelike, NaiveDate};
use clap::ValueEnum;

/// Which actions are listed. What is left out does not restrict the list.
#[derive(Clone, clap::Args)]
#[command(next_help_heading = "Which actions")]
pub(super) struct Choice {
    /// Only those that a series looks at; give it again for another
    #[arg(long, value_delimiter = ',', value_name = "KEY")]
    pub(super) series: Vec<String>,
    /// Only those of a person or body: key, initials, alias or name
    #[arg(long, value_name = "NAME")]
    pub(super) owner: Option<String>,
    /// Only those of a body, or of somebody who acts for it
    #[arg(long, value_name = "NAME")]
    pub(super) body: Option<String>,
    /// Only those in a state; give it again for another
    #[arg(long, value_enum, value_delimiter = ',', value_name = "STATE")]
    pub(super) state: Vec<StateArgument>,
    /// Only those that are due before a date
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) due_before: Option<NaiveDate>,
    /// Only those whose due date has passed
    #[arg(long)]
    pub(super) overdue: bool,
    /// Only those of which nothing was said since the last meeting
    #[arg(long)]
    pub(super) no_update: bool,
    /// Only those that were set or have changed on a date or later
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) since: Option<NaiveDate>,
    /// The closed ones too
    #[arg(long)]
    pub(super) all: bool,
}

impl Choice {
    /// Whether every action is chosen.
    pub(super) fn is_everything(&self) -> bool {
        let is_part = !self.series.is_empty()
            || self.owner.is_some()
            || self.body.is_some()
            || !self.state.is_empty()
            || self.due_before.is_some()
            || self.overdue
            || self.no_update
            || self.since.is_some();
        self.all && !is_part
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StateArgument {
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
pub(in crate::cli) fn date(text: &str) -> Result<NaiveDate, String> {
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

pub(super) fn filter<E: model::Edition>(
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
        closed_since: None,
        due_before: choice.due_before,
        overdue: choice.overdue,
        no_update: choice.no_update,
        since: choice.since,
    })
}

pub(in crate::cli) fn known_series<E: model::Edition>(
    key: &str,
    settings: &Settings<E>,
) -> Result<(), String> {
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
        .or_else(|| nearest(name, names.iter().map(String::as_str)).map(str::to_owned));
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
pub(super) fn filter_words<E: model::Edition>(
    choice: &Choice,
    filter: &Filter,
    settings: &Settings<E>,
    register: &Register<'_, E>,
    as_at: NaiveDate,
) -> Vec<String> {
    let mut words = Vec::new();
    for key in &choice.series {
        let series = settings.series.get(key);
        words.extend(series.map(|series| series.title.words()));
    }
    let who = |owner: &Owner| called(owner, register, as_at);
    words.extend(
        filter
            .owner
            .as_ref()
            .map(|owner| format!("owned by {}", who(owner))),
    );
    words.extend(
        filter
            .body
            .as_ref()
            .map(|body| format!("owned by or for {}", who(body))),
    );
    let states = choice.state.iter();
    let states = states.filter_map(|state| state.to_possible_value());
    words.extend(states.map(|state| format!("state {}", state.get_name())));
    let day =
        |what: &str, day: Option<NaiveDate>| day.map(|day| format!("{what} {}", Day(day).words()));
    words.extend(day("due before", filter.due_before));
    words.extend(filter.overdue.then(|| "overdue".to_owned()));
    let no_update = "without an update since the last meeting";
    words.extend(filter.no_update.then(|| no_update.to_owned()));
    words.extend(day("set or changed since", filter.since));
    words.extend(filter.closed.then(|| "with closed ones".to_owned()));
    words
}

/// The initials of somebody, or else the name.
fn called<E: model::Edition>(
    owner: &Owner,
    register: &Register<'_, E>,
    as_at: NaiveDate,
) -> String {
    let key = match owner {
        Owner::Name(name) => return name.clone(),
        Owner::Key(key) => key,
    };
    let Some(entry) = register.find(key, Some(as_at)).one() else {
        return key.clone();
    };
    // Where several share the initials, the name tells them apart.
    let initials = entry.initials(Some(as_at)).filter(|initials| {
        let found = register.find(initials.source(), Some(as_at));
        found.one().is_some_and(|one| one.key() == key)
    });
    initials
        .or(entry.name())
        .map_or_else(|| key.clone(), |text| text.words())
}
