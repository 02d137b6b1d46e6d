//! `minutebook withheld`: the record of what a book withholds, for the office.

use super::{Outcome, output, writing};
use crate::diagnostic::{Severity, nearest};
use crate::exchange::withheld::{Wanted, WithheldList, csv, json};
use crate::load::{self, Loaded};
use crate::model::Book;
use crate::model::exemption::{Exemption, SECTIONS};
use crate::{check, report};
use clap::ValueEnum;
use std::path::PathBuf;

/// List everything that a book withholds, with why and who decided it: for the office, not for publication
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The book's folder: the one in which minutebook.yaml stands
    #[arg(default_value = ".")]
    book: PathBuf,
    /// What to make: table, csv, json
    #[arg(
        long,
        value_enum,
        default_value = "table",
        hide_possible_values = true,
        value_name = "FORMAT"
    )]
    to: Shape,
    /// The file to write to [default: standard output]
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

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// A list for people, on a terminal
    Table,
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    record(arguments).unwrap_or_else(|message| {
        output::failure(&message);
        Outcome::Failed
    })
}

fn record(arguments: &Arguments) -> Result<Outcome, String> {
    let root = &arguments.book;
    let Loaded { book, faults, .. } =
        load::load(root).map_err(|error| format!("{}: {error}", root.display()))?;
    let wanted = wanted(arguments, &book)?;
    let list = WithheldList::new(&book, &wanted, filters(arguments));
    let text = text(&list, arguments)?;
    match &arguments.out {
        Some(path) => {
            writing::write(path, text.as_bytes())
                .map_err(|error| format!("{}: {error}", path.display()))?;
            output::notice(list.notice);
        }
        None => output::whole(text.as_bytes()),
    }
    let mut found = faults;
    found.extend(check::check(&book));
    found.retain(|one| one.severity == Severity::Error);
    if found.is_empty() {
        return Ok(Outcome::Done);
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

fn text(list: &WithheldList, arguments: &Arguments) -> Result<String, String> {
    let text = match arguments.to {
        Shape::Csv => csv(list).map_err(|error| error.to_string())?,
        Shape::Json => json(list).map_err(|error| error.to_string())?,
        Shape::Table => {
            let width = arguments.width.unwrap_or_else(output::width);
            let colour = match arguments.out {
                None => output::colour(),
                Some(_) => report::Colour::No,
            };
            report::withheld(list, width, colour)
        }
    };
    Ok(text)
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
