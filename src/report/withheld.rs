//! The record of what a book withholds, on a terminal: a block for each passage, then the totals. It says in its first line
//! that it is internal.

use super::Colour;
use super::table::{fitted, printable, styled, wrapped};
use crate::exchange::withheld::{GroundRecord, WithheldList, WithheldRecord, missing_of};
use anstyle::{AnsiColor, Style};

/// The longest text that is shown, in characters.
const TEXT: usize = 1_200;

/// The record as people read it on a terminal of so many columns.
pub fn withheld(list: &WithheldList, width: usize, colour: Colour) -> String {
    let width = fitted(width);
    let mut head = vec![
        list.notice.to_owned(),
        format!("{} {}.", list.organisation, list.summary()),
    ];
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

fn block(one: &WithheldRecord, width: usize, colour: Colour) -> String {
    let place = printable(&one.place, TEXT);
    let what = printable(&one.what(), TEXT);
    let first = format!("line {}: {place}: {what}", one.line);
    let first = wrapped(&[first], width, 2);
    let mut blocks = vec![first];
    for alike in one.alike() {
        let exemptions = alike.iter();
        let exemptions =
            exemptions.map(|one| format!("Exemption: {}", printable(&one.called(), TEXT)));
        let facts: Vec<String> = exemptions.chain(facts(&alike[0])).collect();
        blocks.push(wrapped(&facts, width, 4));
        let missing = missing_of(alike);
        if !missing.is_empty() {
            let missing = format!("    Not recorded: {missing}");
            blocks.push(styled(&missing, AnsiColor::Red.on_default(), colour));
        }
    }
    if let Some(words) = &one.words {
        let words = format!("Words: {}", printable(words, TEXT));
        blocks.push(wrapped(&[words], width, 4));
    }
    blocks.join("\n")
}

fn facts(ground: &GroundRecord) -> Vec<String> {
    let mut facts = Vec::new();
    let fact = |name: &str, text: &Option<String>| {
        let text = text.as_deref();
        text.map(|text| format!("{name}: {}", printable(text, TEXT)))
    };
    facts.extend(fact("Reason", &ground.reason));
    let decided = [ground.by.clone(), ground.day()].into_iter().flatten();
    let decided: Vec<String> = decided.collect();
    if !decided.is_empty() {
        facts.push(format!("Decided: {}", printable(&decided.join(", "), TEXT)));
    }
    facts.extend(fact("Public interest test", &ground.public_interest));
    facts
}

fn totals(list: &WithheldList, width: usize) -> String {
    let by_exemption = list.totals.by_exemption.iter().map(|one| {
        let called = printable(&one.called(), TEXT);
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
