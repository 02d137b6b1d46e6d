//! The record of what a book withholds, on a terminal: a block for each passage, then the totals. It says in its first line
//! that it is internal.

use super::Colour;
use super::table::{fitted, printable, styled, wrapped};
use crate::exchange::withheld::{GroundRecord, WithheldList, WithheldRecord};
use anstyle::{AnsiColor, Style};

/// The longest text that is shown, in characters.
const TEXT: usize = 1_200;

/// The record as people read it on a terminal of so many columns.
pub fn withheld(list: &WithheldList, width: usize, colour: Colour) -> String {
    let width = fitted(width);
    let mut head = vec![list.notice.to_owned(), title(list)];
    if !list.filters.is_empty() {
        head.push(format!("Only: {}.", list.filters.join(", ")));
    }
    let head: Vec<String> = head.iter().map(|line| printable(line, TEXT)).collect();
    let mut blocks = vec![wrapped(&head, width, 0)];
    let mut file = "";
    for one in &list.withheld {
        if one.file != file {
            let heading = format!("{}: {}", one.file, one.title);
            blocks.push(styled(
                &printable(&heading, TEXT),
                Style::new().bold(),
                colour,
            ));
            file = &one.file;
        }
        blocks.push(block(one, width, colour));
    }
    if list.totals.total > 0 {
        blocks.push(totals(list, width));
    }
    blocks.join("\n\n") + "\n"
}

/// "Northmere Police and Crime Commissioner withholds 24 passages and entries; of 3 something is not recorded."
fn title(list: &WithheldList) -> String {
    let totals = &list.totals;
    let what = match totals.total {
        0 if list.filters.is_empty() => "withholds nothing".to_owned(),
        0 => "withholds nothing of this kind".to_owned(),
        1 => "withholds 1 passage or entry".to_owned(),
        count => format!("withholds {count} passages and entries"),
    };
    let incomplete = match totals.incomplete {
        0 => String::new(),
        count => format!("; of {count} something is not recorded"),
    };
    format!("{} {what}{incomplete}.", list.organisation)
}

fn block(one: &WithheldRecord, width: usize, colour: Colour) -> String {
    let what = match one.is_entry {
        true => "the whole entry",
        false => "a passage",
    };
    let place = printable(&one.place, TEXT);
    let first = wrapped(&[format!("line {}: {place}: {what}", one.line)], width, 2);
    let mut blocks = vec![first];
    for alike in one.grounds.chunk_by(is_same_record) {
        let exemptions = alike.iter().map(exemption);
        let facts: Vec<String> = exemptions.chain(facts(&alike[0])).collect();
        blocks.push(wrapped(&facts, width, 4));
        let missing = alike.iter().max_by_key(|ground| ground.missing.len());
        if let Some(ground) = missing.filter(|ground| !ground.missing.is_empty()) {
            let missing = format!("    Not recorded: {}", ground.missing_words());
            blocks.push(styled(&missing, AnsiColor::Red.on_default(), colour));
        }
    }
    if let Some(words) = &one.words {
        let words = format!("Words: {}", printable(words, TEXT));
        blocks.push(wrapped(&[words], width, 4));
    }
    blocks.join("\n")
}

/// Whether the same is recorded of two exemptions, so that it is said once.
fn is_same_record(one: &GroundRecord, other: &GroundRecord) -> bool {
    let facts = |ground: &GroundRecord| {
        let facts = [
            &ground.reason,
            &ground.by,
            &ground.date,
            &ground.public_interest,
        ];
        facts.map(Clone::clone)
    };
    facts(one) == facts(other)
}

fn exemption(ground: &GroundRecord) -> String {
    let called = called(&ground.name, ground.meaning.as_deref());
    match ground.qualified {
        true => format!("Exemption: {called} (qualified)"),
        false => format!("Exemption: {called}"),
    }
}

fn facts(ground: &GroundRecord) -> Vec<String> {
    let mut facts = Vec::new();
    let fact = |name: &str, text: &Option<String>| {
        let text = text.as_deref();
        text.map(|text| format!("{name}: {}", printable(text, TEXT)))
    };
    facts.extend(fact("Reason", &ground.reason));
    let decided: Vec<&str> = [&ground.by, &ground.date]
        .into_iter()
        .filter_map(Option::as_deref)
        .collect();
    if !decided.is_empty() {
        facts.push(format!("Decided: {}", printable(&decided.join(", "), TEXT)));
    }
    facts.extend(fact("Public interest test", &ground.public_interest));
    facts
}

/// "section 31, law enforcement".
fn called(name: &str, meaning: Option<&str>) -> String {
    let name = printable(name, TEXT);
    match meaning {
        Some(meaning) => format!("{name}, {meaning}"),
        None => name,
    }
}

fn totals(list: &WithheldList, width: usize) -> String {
    let by_exemption = list.totals.by_exemption.iter().map(|one| {
        let called = called(&one.name, one.meaning.as_deref());
        format!("{called}: {}", one.count)
    });
    let by_document = list.totals.by_document.iter().map(|one| {
        let called = printable(&format!("{}, {}", one.file, one.title), TEXT);
        format!("{called}: {}", one.count)
    });
    let part =
        |heading: &str, lines: Vec<String>| format!("{heading}\n{}", wrapped(&lines, width, 2));
    [
        part("By exemption", by_exemption.collect()),
        part("By document", by_document.collect()),
    ]
    .join("\n\n")
}
