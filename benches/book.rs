//! Writes a book to measure with. In: a folder and a number of meetings. Out: `minutebook.yaml` and a file for each
//! meeting, always the same ones. The first meeting fills six pages; the later ones begin with matters arising as well.

use chrono::{Days, NaiveDate};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Actions that a meeting sets.
const ACTIONS: usize = 5;
/// Questions that are asked at a meeting.
const QUESTIONS: usize = 2;

const SUBJECTS: [&str; 5] = [
    "Answering calls",
    "Rural crime",
    "Safer roads",
    "Victims' satisfaction",
    "Recruitment",
];

const STATIONS: [&str; 12] = [
    "Ashford",
    "Birchley",
    "Coldwell",
    "Denby",
    "Elmsett",
    "Fordham",
    "Gosling",
    "Harrow Hill",
    "Inkley",
    "Jarvis Cross",
    "Kelsey",
    "Lowmoor",
];

const SENTENCES: [&str; 14] = [
    "The average wait fell from nineteen seconds to twelve, and fewer callers gave up.",
    "Two neighbourhood teams now patrol the lanes at night, with the farmers' own watch beside them.",
    "Satisfaction rose among victims who were called back within a week.",
    "The figures for the second quarter are *provisional* until the audit in the autumn.",
    "Staff told the survey that the new rota leaves them **better rested**.",
    "The panel read forty files and agreed with the outcome of thirty-six.",
    "Speeds on the valley road dropped after the cameras were moved.",
    "The café by the market has become a place where residents bring their worries.",
    "Searches begin sooner, since the control room sees the risk at once.",
    "The contract was let for three years; the price is held for two.",
    "Parish councils asked for a named officer, and each has one since May.",
    "Half of the vans are electric now – chargers stand at seven stations.",
    "The force publishes the [quarterly figures](https://example.org/figures) on its website.",
    "Nobody was turned away for want of an interpreter.",
];

const DEEDS: [&str; 9] = [
    "Publish the waiting times by district",
    "Write to the parish councils about the night patrols",
    "Bring the survey of victims to the next meeting",
    "Agree a target for return interviews with the county",
    "List the junctions at which speeds are still too high",
    "Show how repeat callers are told apart",
    "Report on the visits that custody visitors could not make",
    "Set out the places that remain open in each intake",
    "Compare the cost of the vans over five years",
];

const OWNERS: [&str; 4] = ["dcc", "acc", "cfo", "cex"];

/// Writes a book of so many meetings into a folder; the files of the meetings are returned.
pub(crate) fn write(folder: &Path, meetings: usize) -> io::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder.join("assurance"))?;
    fs::write(folder.join("minutebook.yaml"), SETTINGS)?;
    let mut files = Vec::with_capacity(meetings);
    for number in 0..meetings {
        let file = folder.join(format!("assurance/{}.yaml", day(number)));
        fs::write(&file, meeting(number))?;
        files.push(file);
    }
    Ok(files)
}

const SETTINGS: &str = "\
organisation: { name: Police and Crime Commissioner for Brackenshire, short_name: Brackenshire OPCC, website: https://example.org }
language: en-GB
classification: OFFICIAL
people:
  pcc: { name: Morgan Hale, title: Police and Crime Commissioner, initials: PCC }
  dpcc: { name: Ines Okafor, title: Deputy Police and Crime Commissioner, initials: DPCC }
  cc: { name: Alun Price, title: Chief Constable, initials: CC }
  dcc: { name: Zofia Nowak, title: Deputy Chief Constable, initials: DCC }
  acc: { name: Bryn Carter, title: Assistant Chief Constable, initials: ACC, portfolio: local policing }
  cex: { name: Ruth Adeyemi, title: Chief Executive, initials: CEX }
  cfo: { name: Tomás Reid, title: Chief Finance Officer, initials: CFO }
  policy-officer: { name: Sam Whitlock, title: Policy Officer }
bodies:
  council: { name: Brackenshire County Council, initials: BCC }
glossary: { OPCC: Office of the Police and Crime Commissioner }
series:
  assurance:
    title: Monthly assurance meeting
    chair: pcc
    note_taker: policy-officer
    venue: County Hall, Brackenford
    members: [pcc, dpcc, cc, dcc, acc, cex, cfo]
    numbering: [\"1\", \"1.1\", \"a\"]
    question_numbers: through
";

/// The day of a meeting: a Tuesday, two weeks after the one before it.
fn day(number: usize) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 1, 6).unwrap_or_default();
    first + Days::new(14 * number as u64)
}

/// Every meeting draws its words from the same lists, each from another place in them.
struct Words(usize);

impl Words {
    fn next<'w>(&mut self, list: &[&'w str]) -> &'w str {
        self.0 += 1;
        list[self.0 * 5 % list.len()]
    }

    fn sentences(&mut self, count: usize) -> String {
        let sentences: Vec<&str> = (0..count).map(|_| self.next(&SENTENCES)).collect();
        sentences.join(" ")
    }
}

fn meeting(number: usize) -> String {
    let words = &mut Words(number);
    let mut yaml = String::new();
    head(&mut yaml, number);
    let mut question = 0;
    let mut action = 0;
    for (at, subject) in SUBJECTS.iter().enumerate() {
        line(&mut yaml, 0, &format!("  - title: {subject}"));
        match at {
            0 => matters_arising(&mut yaml, number, words),
            1 => text(&mut yaml, "context", &words.sentences(1)),
            2 => table(&mut yaml, 18, words),
            4 => table(&mut yaml, 24, words),
            _ => text(&mut yaml, "text", &words.sentences(1)),
        }
        if at > 0 && question < QUESTIONS {
            questions(&mut yaml, question, words);
            question += 1;
        }
        line(&mut yaml, 4, "actions:");
        let until = ACTIONS * (at + 1) / SUBJECTS.len();
        while action < until {
            one_action(&mut yaml, number, action, words);
            action += 1;
        }
    }
    yaml.push_str("closing: The Commissioner thanked everybody and closed the meeting at 12:15.\n");
    let next = day(number + 1);
    let _ = writeln!(yaml, "next_meeting: {{ date: {next}, time: \"10:30\" }}");
    yaml
}

fn head(yaml: &mut String, number: usize) {
    let day = day(number);
    let _ = write!(
        yaml,
        "kind: meeting
series: assurance
type: performance
date: {day}
time: \"10:30\"
status: approved
approved: {{ by: pcc, date: {approved} }}
attendance:
  - pcc
  - dpcc
  - cc
  - dcc
  - {{ person: acc, arrived: item 2 }}
  - cex
  - cfo
  - policy-officer
  - {{ name: Dr Elin Rhys, capacity: county public health }}
  - {{ name: Peter Marsh, capacity: chair of the audit panel, left: item 5 }}
apologies: []
interests: none
purpose: To hold the force to account for its performance in the quarter.
items:
",
        approved = day + Days::new(7),
    );
}

fn matters_arising(yaml: &mut String, number: usize, words: &mut Words) {
    let Some(before) = number.checked_sub(1) else {
        text(yaml, "text", &words.sentences(1));
        return;
    };
    line(yaml, 4, "matters_arising:");
    for action in 0..2 {
        line(yaml, 6, &format!("- action: {}", reference(before, action)));
        text_at(yaml, 8, "update", &words.sentences(1));
        line(yaml, 8, "state: discharged");
    }
}

fn questions(yaml: &mut String, question: usize, words: &mut Words) {
    line(yaml, 4, "questions:");
    let (deed, station) = (words.next(&DEEDS), words.next(&STATIONS));
    line(
        yaml,
        6,
        &format!(
            "- ask: \"What has been done to {} at {station}?\"",
            lower(deed)
        ),
    );
    line(yaml, 8, "by: pcc");
    line(yaml, 8, "to: cc");
    line(yaml, 8, "findings: |");
    line(yaml, 10, &words.sentences(2));
    line(yaml, 0, "");
    if question.is_multiple_of(3) {
        line(
            yaml,
            10,
            "The team met <<s31 | at the depot on the ring road>> and named <<s40(2) | one officer>> to lead.",
        );
        line(yaml, 0, "");
    }
    if question.is_multiple_of(2) {
        for outer in 0..2 {
            line(yaml, 10, &format!("- {}: steady", words.next(&STATIONS)));
            line(
                yaml,
                12,
                &format!("- by day: {} calls", 40 + question + outer),
            );
            line(yaml, 14, &format!("- answered at once: {}", 30 + question));
        }
    } else {
        line(yaml, 10, &words.sentences(1));
    }
}

fn table(yaml: &mut String, rows: usize, words: &mut Words) {
    line(yaml, 4, "text: |");
    line(yaml, 6, "The table shows the figures of each station.");
    line(yaml, 0, "");
    line(
        yaml,
        6,
        "| Station | Calls | Waited over a minute | Remarks |",
    );
    line(yaml, 6, "|---|---:|---:|---|");
    for row in 0..rows {
        let (station, calls) = (STATIONS[row % STATIONS.len()], 180 + row * 37 % 90);
        let remark = [
            "steady",
            "fewer than last year",
            "one post is open",
            "new rota",
        ][words.0 % 4];
        words.0 += 1;
        line(
            yaml,
            6,
            &format!("| {station} | {calls} | {} | {remark} |", calls / 11),
        );
    }
}

fn one_action(yaml: &mut String, number: usize, action: usize, words: &mut Words) {
    line(yaml, 6, &format!("- ref: {}", reference(number, action)));
    line(yaml, 8, &format!("text: {}", words.next(&DEEDS)));
    line(
        yaml,
        8,
        &format!("owner: {}", OWNERS[action % OWNERS.len()]),
    );
    let due = match action % 3 {
        0 => (day(number) + Days::new(60)).to_string(),
        1 => "in 6 weeks".to_owned(),
        _ => "{ when: the audit has been published }".to_owned(),
    };
    line(yaml, 8, &format!("due: {due}"));
}

/// Refs count on through the year.
fn reference(number: usize, action: usize) -> String {
    let day = day(number);
    let earlier = (0..number)
        .rev()
        .take_while(|one| same_year(*one, number))
        .count();
    format!("{}/{}", earlier * ACTIONS + action + 1, day.format("%y"))
}

fn same_year(one: usize, other: usize) -> bool {
    day(one).format("%Y").to_string() == day(other).format("%Y").to_string()
}

fn text(yaml: &mut String, key: &str, words: &str) {
    text_at(yaml, 4, key, words);
}

fn text_at(yaml: &mut String, indent: usize, key: &str, words: &str) {
    line(yaml, indent, &format!("{key}: |"));
    line(yaml, indent + 2, words);
}

fn line(yaml: &mut String, indent: usize, words: &str) {
    let _ = writeln!(yaml, "{:indent$}{words}", "");
}

fn lower(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}

/// Writes a book of meetings with nothing in them but actions: each meeting sets three and says something of ten that
/// earlier ones set. Ten thousand meetings make thirty thousand actions and a hundred thousand updates.
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn write_actions(root: &Path, meetings: usize) -> io::Result<()> {
    const SET: usize = 3;
    const SAID: usize = 10;
    let mut settings =
        "organisation: { name: Example }\npeople:\n  cc: { name: A B }\nseries:\n".to_owned();
    for series in 0..10 {
        let _ = writeln!(settings, "  s{series}: {{ title: Series {series} }}");
    }
    fs::write(root.join("minutebook.yaml"), settings)?;
    let first = NaiveDate::from_ymd_opt(2001, 1, 1).unwrap_or_default();
    for meeting in 0..meetings {
        let day = first + Days::new(meeting as u64 / 2);
        let mut text = format!(
            "kind: meeting\nseries: s{}\ndate: {day}\nitems:\n  - title: Actions\n    matters_arising:\n",
            meeting % 10
        );
        for said in 0..SAID {
            // Ten meetings make a round of the series; each looks at what its own series set in the last rounds.
            let Some(source) = meeting.checked_sub(10 * (1 + said / SET)) else {
                break;
            };
            let action = source * SET + said % SET;
            let state = if said + 1 == SAID {
                "discharged"
            } else {
                "open"
            };
            let _ = writeln!(
                text,
                "      - action: A{action}\n        update: Work went on.\n        state: {state}"
            );
        }
        text.push_str("    actions:\n");
        for set in 0..SET {
            let action = meeting * SET + set;
            let _ = writeln!(
                text,
                "      - {{ ref: A{action}, text: Do it, owner: cc, due: in 3 months }}"
            );
        }
        let folder = root.join(format!("{:03}", meeting / 100));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("{meeting:05}.yaml")), text)?;
    }
    Ok(())
}
