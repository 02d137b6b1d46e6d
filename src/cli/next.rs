//! `minutebook next`: the draft of the next meeting, with every open action of its series carried forward.

use super::actions::date;
use super::making::own_templates;
use super::output::{self, Format, counted, failed};
use super::target::off_websites;
use super::{Outcome, writing};
use crate::diagnostic::Severity;
use crate::forward::{self, Extended, Prepared, Refusal, Wanted};
use crate::load::{self, Loaded};
use crate::model::Book;
use crate::model::mask;
use crate::publish::leaks::{self, Looked, Secrets};
use crate::render::templates::{self, Templates};
use crate::source::Span;
use crate::{edition, report};
use chrono::NaiveDate;
use similar::TextDiff;
use std::path::{Path, PathBuf};

/// The file of the JSON Schema that editors use.
const SCHEMA: &str = "meeting.schema.json";

/// Write the next meeting's draft, with every open action carried forward; again, add what is new
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The key of the series in minutebook.yaml
    series: String,
    /// The book's folder: the one in which minutebook.yaml stands
    #[arg(default_value = ".")]
    book: PathBuf,
    /// The day of the meeting [default: that of the draft in which nobody is present yet; else the day that the last
    /// notes announce, or that follows from the schedule]
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<NaiveDate>,
    /// The file to write [default: beside the last meeting, named by the date]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// The day as at which actions are overdue [default: the day of the meeting]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_at: Option<NaiveDate>,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let root = &arguments.book;
    let loaded = match load::load(root) {
        Ok(loaded) => loaded,
        Err(error) => return failed(root, &error),
    };
    let Loaded {
        mut book, faults, ..
    } = loaded;
    let faults = forward::in_the_way(&book, &faults, &arguments.series);
    if !faults.is_empty() {
        output::diagnostics(&faults, &book.sources, root, Format::Text);
        output::notice(&report::summary(&faults));
        output::notice("nothing was written: a file that cannot be read may hold open actions");
        return Outcome::Faults;
    }
    let wanted = Wanted {
        series: &arguments.series,
        date: arguments.date,
        as_at: arguments.as_at,
    };
    let public = edition::public(&book);
    let mut prepared = match forward::prepare(&book, &public.shelf(), wanted) {
        Ok(prepared) => prepared,
        Err(refusal) => return refused(&refusal),
    };
    let target = match target(arguments, &book, &prepared) {
        Ok(target) => target,
        Err(refusal) => return refused(&refusal),
    };
    prepared.view.schema = schema(root, &target);
    let overrides = match own_templates(root) {
        Ok(overrides) => overrides,
        Err(error) => return failed(&root.join(templates::FOLDER), &error),
    };
    let text = Templates::parse(&overrides).and_then(|templates| prepared.yaml(&templates));
    let text = match text {
        Ok(text) => text,
        Err(error) => {
            let broken = templates::broken(&error, &overrides, &mut book.sources);
            output::diagnostics(&[broken], &book.sources, root, Format::Text);
            output::notice("nothing was written: a template is broken");
            return Outcome::Faults;
        }
    };
    let problems = prepared.problems(&text);
    if !problems.is_empty() {
        for problem in problems {
            output::failure(&format!(
                "the template `next.yaml` does not make a draft: {problem}"
            ));
        }
        output::notice("nothing was written: a template is broken");
        return Outcome::Faults;
    }
    if leaks(arguments, &book, &target, &text) {
        output::notice("nothing was written: something withheld would be in the draft");
        return Outcome::Faults;
    }
    let outcome = match prepared.existing {
        None => create(arguments, &prepared, &target, &text),
        Some(_) => extend(arguments, &book, &prepared, &target, &text),
    };
    loose_ends(arguments, &book, &prepared);
    outcome
}

/// Reports withheld words in what is to be added, since a draft is passed on. Whether they stop the command.
fn leaks(arguments: &Arguments, book: &Book, target: &Path, text: &str) -> bool {
    let name = target.strip_prefix(&arguments.book).unwrap_or(target);
    let leaks = Secrets::of(book).check_file(name, text.as_bytes());
    let accepted = &book.settings.accepted;
    let found = leaks::told(accepted, &leaks, &Looked::in_part(), |leak| {
        leak.diagnostic(&book.sources)
    });
    output::diagnostics(&found, &book.sources, &arguments.book, Format::Text);
    found.iter().any(|one| one.severity == Severity::Error)
}

fn refused(refusal: &Refusal) -> Outcome {
    output::failure(&refusal.message);
    output::notice(&format!("  = help: {}", refusal.help));
    Outcome::Failed
}

/// The file to write. A meeting that the book has already is never written a second time, and no other file is touched.
fn target(arguments: &Arguments, book: &Book, prepared: &Prepared) -> Result<PathBuf, Refusal> {
    let own = arguments.book.join(&prepared.path);
    let target = arguments.out.clone().unwrap_or_else(|| own.clone());
    if let Err(message) = off_websites(&target) {
        let help = "a draft is no part of a website".to_owned();
        return Err(Refusal { message, help });
    }
    let is_own = std::path::absolute(&target).ok() == std::path::absolute(&own).ok();
    if prepared.existing.is_some() && !is_own {
        return Err(Refusal {
            message: format!("the book has this meeting already, in {}", own.display()),
            help: "leave `--out` away to add to that file".to_owned(),
        });
    }
    if prepared.existing.is_none() && target.symlink_metadata().is_ok() {
        let relative = target.strip_prefix(&arguments.book).unwrap_or(&target);
        let what = match book.sources.find(relative) {
            Some(_) => "it is no meeting of this series on this day",
            None => "it is no file of the book",
        };
        return Err(Refusal {
            message: format!("{} is there already, and {what}", target.display()),
            help: "nothing is overwritten: name another file with `--out`".to_owned(),
        });
    }
    Ok(target)
}

/// Where the schema is, seen from the file: the nearest above it in the book, else at the book's root.
fn schema(root: &Path, target: &Path) -> String {
    let (Ok(root), Ok(target)) = (std::path::absolute(root), std::path::absolute(target)) else {
        return SCHEMA.to_owned();
    };
    let folders = target.ancestors().skip(1);
    let folders: Vec<&Path> = folders
        .take_while(|folder| folder.starts_with(&root))
        .collect();
    let found = folders
        .iter()
        .position(|folder| folder.join(SCHEMA).is_file());
    let up = found.unwrap_or(folders.len().saturating_sub(1));
    format!("{}{SCHEMA}", "../".repeat(up))
}

fn create(arguments: &Arguments, prepared: &Prepared, target: &Path, text: &str) -> Outcome {
    if arguments.dry_run {
        output::line(text);
        return Outcome::Done;
    }
    if let Err(error) = writing::create(target, text.as_bytes()) {
        return failed(target, &error);
    }
    output::line(&format!(
        "{}: a draft for {}, {} carried forward",
        target.display(),
        prepared.view.date.words,
        counted(prepared.actions(), "action")
    ));
    Outcome::Done
}

fn extend(
    arguments: &Arguments,
    book: &Book,
    prepared: &Prepared,
    target: &Path,
    lacking: &str,
) -> Outcome {
    if prepared.is_empty() {
        output::line(&format!("{}: nothing is new", target.display()));
        return Outcome::Done;
    }
    let known = prepared
        .existing
        .map_or("", |source| &book.sources.get(source).text);
    let extended = forward::extend(known, lacking, &prepared.main);
    if arguments.dry_run {
        let name = target.display().to_string();
        let (before, after) = (mask::masked(known), mask::masked(&extended.text));
        let difference = TextDiff::from_lines(&before, &after);
        output::line(&difference.unified_diff().header(&name, &name).to_string());
    } else if extended.text != *known {
        if let Err(error) = writing::replace(target, known, &extended.text) {
            return failed(target, &error);
        }
        output::line(&format!(
            "{}: {}",
            target.display(),
            added(prepared, &extended)
        ));
    }
    if extended.by_hand.is_empty() {
        return Outcome::Done;
    }
    let message =
        "could not be extended safely, because of how its lists are written; add this yourself:";
    output::failure(&format!("{} {message}", target.display()));
    extended
        .by_hand
        .iter()
        .for_each(|text| output::notice(text));
    Outcome::Faults
}

/// What was added, in words.
fn added(prepared: &Prepared, extended: &Extended) -> String {
    if !extended.by_hand.is_empty() {
        return "added what could be added".to_owned();
    }
    let all = [
        (prepared.actions(), "action"),
        (prepared.view.items.len(), "item"),
    ];
    let some = all.iter().filter(|(count, _)| *count > 0);
    let some: Vec<String> = some.map(|(count, what)| counted(*count, what)).collect();
    format!("{} added", some.join(" and "))
}

/// What the person should know: above all the open actions that the draft cannot list, each with its place.
fn loose_ends(arguments: &Arguments, book: &Book, prepared: &Prepared) {
    let root = &arguments.book;
    let place = |span: &Span| {
        let path = root.join(&book.sources.get(span.source).path);
        format!("{}:{}", path.display(), book.sources.place(*span).line)
    };
    if prepared.existing.is_some() && arguments.date.is_none() {
        output::notice(
            "nobody is present in this draft yet, so that it is the next meeting; `--date` prepares another",
        );
    }
    if let Some(source) = prepared.awaited {
        output::notice(&format!(
            "{}: nobody is present in this draft yet; if the meeting is the same and was moved, change its `date:` instead",
            root.join(&book.sources.get(source).path).display()
        ));
    }
    for span in &prepared.without_ref {
        output::notice(&format!(
            "{}: this open action has no ref of its own, so that the draft cannot list it; `minutebook check --fix` gives it one",
            place(span)
        ));
    }
    for span in &prepared.unknown {
        output::notice(&format!(
            "{}: nothing in the book set this action, so that the draft does not list it; write it out here: `action: {{ ref: …, text: … }}`",
            place(span)
        ));
    }
    for span in &prepared.hidden {
        output::notice(&format!(
            "{}: this open action stands in something that is withheld, so that the draft does not list it",
            place(span)
        ));
    }
}
