//! A case for each lint: a book in which it speaks, and one in which it must stay silent, though it looks much the same.
//! A case for each fault of structure that can be kept as files. The severities that a book asks for, and JSON.

use minutebook::check::{self, LINTS, STRUCTURE};
use minutebook::diagnostic::{Diagnostic, Severity};
use minutebook::load::{self, Loaded};
use minutebook::model::Book;
use minutebook::report::{self, Colour};
use snapbox::Data;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Faults of structure that cannot be kept as files, and where they are tested instead.
const NOT_AS_FILES: [(&str, &str); 4] = [
    (
        "awkward-name",
        "nobody could keep such a file on Windows: see hostile.rs",
    ),
    (
        "link-circle",
        "git on some systems cannot keep a link: see hostile.rs",
    ),
    ("too-large", "a file of more than 4 MB: see hostile.rs"),
    (
        "unreadable",
        "git does not keep permissions: see hostile.rs",
    ),
];

fn cases(stage: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(stage)
}

/// The names of the folders in a folder.
fn folders(path: &Path) -> BTreeSet<String> {
    fs::read_dir(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect()
}

/// A whole report, as `minutebook check` prints it.
fn report<'d>(book: &Book, diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> String {
    diagnostics
        .into_iter()
        .map(|one| report::people(one, &book.sources, Path::new(""), Colour::No) + "\n\n")
        .collect()
}

fn assert_report(actual: String, path: &Path) {
    snapbox::assert_data_eq!(actual, Data::read_from(path, None).raw());
}

/// A book that has no fault of structure.
fn load(path: &Path) -> Book {
    let Loaded { book, faults, .. } = load::load(path).unwrap();
    assert!(
        faults.is_empty(),
        "{} does not load:\n{}",
        path.display(),
        report(&book, &faults)
    );
    book
}

#[test]
fn what_a_file_sets_that_is_left_out_is_not_called_unknown() {
    let notes = |date: &str, content: &str| {
        format!(
            "kind: meeting\nseries: board\ndate: {date}\nstatus: draft\nitems:\n  - {{ title: One, {content} }}\n"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let settings = "organisation: { name: Midshire PCC }\npeople: { cc: { name: Ann Lee, title: Chief } }\n\
                    series: { board: { title: Board, chair: cc } }\n";
    let sets = "actions: [{ ref: 1/26, text: Do it., owner: cc, due: 2026-04-01 }]";
    let says = "matters_arising: [{ action: 1/26, state: open }, { action: 2/26, state: open }]";
    let later = notes("2026-03-10", says);
    let later = later.replace("items:", "previous_notes: { meeting: 2026-02-10 }\nitems:");
    fs::write(folder.path().join("minutebook.yaml"), settings).unwrap();
    fs::write(
        folder.path().join("a.yaml"),
        notes("2026-01-10", "text: Said."),
    )
    .unwrap();
    fs::write(folder.path().join("c.yaml"), later).unwrap();
    let unknown = |february: &str| {
        fs::write(folder.path().join("b.yaml"), notes(february, sets)).unwrap();
        let Loaded { book, faults, .. } = load::load(folder.path()).unwrap();
        let found = check::check(&book);
        let unknown = found.iter().filter(|one| one.code.starts_with("unknown-"));
        let unknown: Vec<(&str, &str)> = unknown
            .map(|one| (one.code, one.message.as_str()))
            .collect();
        (faults.len(), format!("{unknown:?}"))
    };
    let other = r#"[("unknown-action", "nothing in this book set an action `2/26`")]"#;
    assert_eq!(unknown("2026-02-31"), (1, other.to_owned()));
    assert_eq!(unknown("2026-02-10"), (0, other.to_owned()));
}

/// A book of the files that are given, which has no fault of structure.
fn book(settings: &str, meetings: &[&str]) -> Book {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("minutebook.yaml"), settings).unwrap();
    for (at, meeting) in meetings.iter().enumerate() {
        fs::write(folder.path().join(format!("{at}.yaml")), meeting).unwrap();
    }
    load(folder.path())
}

fn of_code(book: &Book, code: &str) -> Vec<Diagnostic> {
    let mut diagnostics = check::check(book);
    diagnostics.retain(|diagnostic| diagnostic.code == code);
    diagnostics
}

#[test]
fn every_lint_speaks_where_it_should() {
    for code in folders(&cases("check")) {
        let path = cases("check").join(&code).join("fires");
        let book = load(&path);
        let found = of_code(&book, &code);
        assert!(!found.is_empty(), "{code} found nothing in its own case");
        assert_report(report(&book, &found), &path.join("expected.txt"));
    }
}

#[test]
fn every_lint_is_silent_where_nothing_is_wrong() {
    for code in folders(&cases("check")) {
        let book = load(&cases("check").join(&code).join("silent"));
        assert!(!book.meetings.is_empty(), "{code} has nothing to look at");
        let found = of_code(&book, &code);
        assert!(
            found.is_empty(),
            "{code} speaks without reason:\n{}",
            report(&book, &found)
        );
    }
}

#[test]
fn every_lint_has_both_cases_and_every_case_a_lint() {
    let codes: BTreeSet<String> = LINTS.iter().map(|lint| lint.code.to_owned()).collect();
    assert_eq!(codes.len(), LINTS.len(), "two lints share a code");
    assert_eq!(codes, folders(&cases("check")));
    for code in &codes {
        let both = folders(&cases("check").join(code));
        assert_eq!(
            both,
            ["fires", "silent"].map(str::to_owned).into(),
            "{code}"
        );
    }
}

#[test]
fn every_lint_is_explained() {
    for lint in LINTS {
        let text = check::explain(lint.code).unwrap();
        assert!(text.starts_with(lint.code), "{text}");
        assert!(lint.summary.ends_with('.'), "{}", lint.code);
        assert!(lint.explanation.ends_with('.'), "{}", lint.code);
        assert!(!lint.explanation.contains("  "), "{}", lint.code);
    }
    for fault in STRUCTURE {
        assert!(check::explain(fault.code).is_some());
    }
    assert_eq!(check::explain("weekdays"), None);
}

#[test]
fn every_fault_of_structure_has_its_report() {
    for code in folders(&cases("load")) {
        let path = cases("load").join(&code);
        let Loaded { book, faults, .. } = load::load(&path).unwrap();
        let settings = check::check(&book);
        let settings = settings.iter().filter(|one| is_structural(one.code));
        let all: Vec<&Diagnostic> = faults.iter().chain(settings).collect();
        assert!(
            all.iter().any(|one| one.code == code),
            "{code} is not found"
        );
        assert_report(report(&book, all), &path.join("expected.txt"));
    }
}

fn is_structural(code: &str) -> bool {
    STRUCTURE.iter().any(|fault| fault.code == code)
}

#[test]
fn every_fault_of_structure_has_a_case_or_a_reason() {
    let codes: BTreeSet<String> = STRUCTURE.iter().map(|one| one.code.to_owned()).collect();
    let mut covered = folders(&cases("load"));
    covered.extend(NOT_AS_FILES.map(|(code, _)| code.to_owned()));
    assert_eq!(codes, covered);
}

/// Settings with a series, and the `lints:` that are given.
fn settings(lints: &str) -> String {
    format!(
        "organisation: {{ name: Office of the Commissioner for Midshire }}
people: {{ pcc: {{ name: Ann Example, title: Police and Crime Commissioner, initials: PCC }} }}
series: {{ board: {{ title: Assurance board, chair: pcc, venue: Board room }} }}
lints: {lints}
"
    )
}

/// A meeting of that series whose weekday is wrong and whose headings are missing.
const MEETING: &str = "kind: meeting
series: board
date: Monday 25 August 2026
status: published
";

fn severities(book: &Book, code: &str) -> Vec<Severity> {
    of_code(book, code).iter().map(|one| one.severity).collect()
}

#[test]
fn a_book_changes_the_severity_of_a_lint() {
    for (lints, expected) in [
        ("{}", vec![Severity::Error]),
        (
            "{ weekday: { level: warning, reason: the office checks it } }",
            vec![Severity::Warning],
        ),
        (
            "{ weekday: { level: note, reason: the office checks it } }",
            vec![Severity::Note],
        ),
        (
            "{ weekday: { level: off, reason: the office checks it } }",
            vec![],
        ),
    ] {
        let book = book(&settings(lints), &[MEETING]);
        assert_eq!(severities(&book, "weekday"), expected, "{lints}");
    }
}

#[test]
fn a_severity_is_not_changed_without_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let text = settings("{ weekday: { level: off } }");
    fs::write(path.join("minutebook.yaml"), text).unwrap();
    let codes: Vec<_> = load::load(path).unwrap().faults;
    let codes: Vec<_> = codes.iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["missing-field"]);
}

#[test]
fn several_people_in_one_text_were_there_all_the_same() {
    let settings = settings("{}").replace(
        " } }\nseries",
        " }, cc: { name: Bob Sample, initials: CC } }\nseries",
    );
    let settings = settings.replace("chair: pcc", "chair: pcc, members: [pcc, cc]");
    let meeting = "kind: meeting\nseries: board\ndate: 2026-08-25\nattendance: pcc, the CC\n";
    let book = book(&settings, &[meeting]);
    let found = check::check(&book);
    let of_people = ["absent-chair", "unaccounted-member", "unknown-person"];
    let found = found.iter().filter(|one| of_people.contains(&one.code));
    let expected = "warning[unknown-person]: the register has nobody called `pcc, the CC`
 --> 0.yaml:4:13
  |
4 | attendance: pcc, the CC
  |             ^^^^^^^^^^^
  |
  = help: write them as a list: `[pcc, cc]`

";
    snapbox::assert_data_eq!(report(&book, found), expected);
}

#[test]
fn an_extract_may_lack_headings() {
    let whole = book(&settings("{}"), &[MEETING]);
    assert_eq!(severities(&whole, "missing-heading"), [Severity::Error]);
    let text = MEETING.replace("status: published", "status: draft");
    let draft = book(&settings("{}"), &[&text]);
    assert_eq!(severities(&draft, "missing-heading"), [Severity::Warning]);
    let text = format!("{MEETING}extract: true\n");
    let extract = book(&settings("{}"), &[&text]);
    assert_eq!(severities(&extract, "missing-heading"), [Severity::Note]);
}

#[test]
fn a_diagnostic_is_one_line_of_json() {
    let text = "kind: meeting
series: board
date: 2026-08-25
chair: pcc
attendance: [pcc]
apologies: [PCC]
";
    let book = book(&settings("{}"), &[text]);
    let found = of_code(&book, "present-and-absent");
    let lines: Vec<String> = found
        .iter()
        .map(|one| report::json(one, &book.sources))
        .collect();
    let expected = cases("check").join("diagnostic.txt");
    assert_report(lines.join("\n") + "\n", &expected);
}

/// Strings that have broken other programs, in what a lint may cut, count or search.
const NASTY: [&str; 14] = [
    "",
    "•",
    "£0 – 07700 900123•",
    "+44•0",
    "(0",
    "é\u{301} ÀÉ (ÀÉ) AB (é",
    "İİİ İ (İI) ẞSS",
    "<<s31 | x>>",
    "\\<< <<s31>> \\<<",
    "[a](#%) [b](#%e2%80) [c](<#) [d](",
    "will be • will be deployed",
    "item 2. see 1.•",
    "\u{202e}\u{200b}\u{fdd0}",
    "The • will to will",
];

#[test]
fn no_text_makes_a_lint_stumble() {
    for nasty in NASTY {
        let text = serde_json::to_string(nasty).unwrap();
        let meeting = EVERYTHING.replace("~~", &text).replace("^^", &text);
        let plan = OTHERS[0].replace("~~", &text).replace("^^", &text);
        let tracker = OTHERS[1].replace("~~", &text).replace("^^", &text);
        let updates = OTHERS[2].replace("~~", &text).replace("^^", &text);
        let meeting = meeting.replace("ROW", "none: true");
        let plan = plan.replace("ROW", "number: 1");
        let (tracker, updates) = (
            tracker.replace("ROW", "ref: 1/26"),
            updates.replace("ROW", "stamp: Agreed"),
        );
        let book = book(&settings("{}"), &[&meeting, &plan, &tracker, &updates]);
        for diagnostic in check::check(&book) {
            report(&book, [&diagnostic]);
        }
    }
}

#[test]
fn no_message_repeats_withheld_words() {
    let people = "people:
  quibble: { name: Quibble, title: Inspector, initials: QUI }
  quibbler: { name: Quibbler, title: Inspector, initials: QUI }
bodies: { quibble-unit: { name: Quibble unit } }
";
    let settings: String = settings("{}")
        .lines()
        .filter(|line| !line.starts_with("people:"))
        .map(|line| format!("{line}\n"))
        .collect();
    let settings = settings.replace("chair: pcc, ", "") + people;
    for secret in [
        "quibble",
        "QUI",
        "Quibble unit",
        "quibblerr",
        "[quibble](#quibble) [b](quibble.html) [c](#quibble-1)",
        "quibble will provide action 1",
        "Monday 25 quibble 2103",
        "Tuesday 25 August 2103, quibble",
        "QUIBBLE <b> quibble@example.org 01632 960983",
        "see[^quibble]",
        "see[^1] \\n\\n[^1]: 01632 960983 of quibble[^quibble]\\n\\n[^quibble]: quibble",
    ] {
        let passage = format!("\"<<unstated | {secret}>>\"");
        let passages = EVERYTHING
            .replace(['~', '^'], "~")
            .replace("~~", &passage)
            .replace("ROW", "none: true");
        let row = EVERYTHING
            .replace("^^", "Seen by all")
            .replace("~~", &format!("\"{secret}\""))
            .replace("ROW", "withheld: s31\n    id: quibble-1")
            .replace("- ask:", "- id: quibble-1\n        ask:")
            .replace("paper.pdf", "quibble.pdf");
        let others = |mark: &str, hidden: &str, shown: &str| {
            OTHERS.map(|text| {
                let text = text.replace("^^", shown).replace("~~", hidden);
                let shown = match text.lines().next() {
                    Some("kind: plan") => "number: 1",
                    Some("kind: tracker") => "ref: 1/26",
                    _ => "stamp: Agreed",
                };
                match mark {
                    "" => text.replace("ROW", shown),
                    _ => text
                        .replace("ROW", mark)
                        .replace("paper.pdf", "quibble.pdf"),
                }
            })
        };
        let of_passages = others("", &passage, &passage);
        let of_row = others("withheld: s31", &format!("\"{secret}\""), "Seen by all");
        for (meeting, [plan, tracker, updates]) in [(passages, of_passages), (row, of_row)] {
            let book = book(&settings, &[&meeting, &plan, &tracker, &updates]);
            let found = check::check(&book);
            assert!(found.len() > 5);
            for one in found {
                let related = one.related.iter().map(|(_, label)| label);
                let said = [&one.message].into_iter().chain(&one.help).chain(related);
                for words in said {
                    let repeats = words.to_lowercase().contains("quibble");
                    assert!(!repeats, "{} repeats withheld words: {words}", one.code);
                }
            }
        }
    }
}

/// Settings with something in every field that is printed.
const ALL_SETTINGS: &str = r##"organisation: { name: ^^, short_name: ^^ }
classification: ^^
people:
  pcc: { name: ^^, title: ^^, initials: ^^, portfolio: ^^, aliases: [ ^^ ], posts: [ { title: ^^, initials: ^^, portfolio: ^^, from: ^^ } ] }
bodies: { unit: { name: ^^, initials: ^^, aliases: [ ^^ ] } }
glossary: { ABC: ^^ }
series:
  board: { title: ^^, chair: ^^, note_taker: ^^, venue: ^^, time: ^^, members: [ ^^ ], quorum: ^^, schedule: ^^, standing_items: [ { title: ^^, every: ^^, type: ^^ } ], labels: { findings: ^^, actions: ^^, owners: ^^, due: ^^, outcomes: ^^, updates: ^^, note_taker: ^^ } }
exemptions: { own: ^^ }
look: { logo: { file: logo.svg, alt: ^^ } }
"##;

/// A text with something telling at one of its places, the first being 0; nothing where there are fewer. What is withheld
/// is left out.
fn with_one(text: &str, nth: usize, telling: &str) -> Option<String> {
    let mut seen = 0;
    let mut found = false;
    let mut filled = String::new();
    for line in text.lines() {
        let is_withheld = line.contains("withheld:") || line.starts_with("passages:");
        for (at, part) in line
            .split("~~")
            .flat_map(|part| part.split("^^"))
            .enumerate()
        {
            if at > 0 {
                let is_here = !is_withheld && seen == nth;
                seen += usize::from(!is_withheld);
                found |= is_here;
                filled.push_str(if is_here { telling } else { "Seen" });
            }
            filled.push_str(part);
        }
        filled.push('\n');
    }
    found.then_some(filled)
}

#[test]
fn contact_details_and_markings_are_found_in_every_text() {
    const TELLING: &str = "\"Ring 01632 960983 or a.b@midshire.example, OFFICIAL-SENSITIVE\"";
    let logo = "<svg xmlns='http://www.w3.org/2000/svg'><rect width='1' height='1'/></svg>";
    let files = [EVERYTHING, OTHERS[0], OTHERS[1], OTHERS[2], ALL_SETTINGS];
    for text in files {
        let text = match text.lines().next() {
            Some("kind: plan") => text.replace("ROW", "number: 1"),
            Some("kind: tracker") => text.replace("ROW", "ref: 1/26"),
            Some("kind: updates") => text.replace("ROW", "stamp: Agreed"),
            _ => text.replace("ROW", "none: true"),
        };
        let mut count = 0;
        while let Some(filled) = with_one(&text, count, TELLING) {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("logo.svg"), logo).unwrap();
            let is_settings = text.starts_with("organisation");
            let name = if is_settings {
                "minutebook.yaml"
            } else {
                "0.yaml"
            };
            fs::write(folder.path().join("minutebook.yaml"), settings("{}")).unwrap();
            fs::write(folder.path().join(name), &filled).unwrap();
            let book = load(folder.path());
            let place = filled.lines().find(|line| line.contains("01632")).unwrap();
            assert_eq!(of_code(&book, "contact-details").len(), 2, "{place}");
            assert_eq!(of_code(&book, "sensitive-marking").len(), 1, "{place}");
            count += 1;
        }
        assert!(count > 4, "{count}");
    }
}

/// A meeting with something in every field; `~~` stands for a text within an item, `^^` for one outside, `ROW` for a mark.
const EVERYTHING: &str = r#"kind: meeting
series: board
type: ^^
theme: ^^
title: ^^
date: 2026-08-25
time: ^^
status: approved
approved: { by: ^^, date: ^^ }
classification: ^^
chair: ^^
note_taker: ^^
venue: ^^
attendance: [ pcc, ^^, { name: ^^, capacity: ^^, initials: ^^, deputises: ^^, arrived: ^^ }, { person: ^^, body: ^^ } ]
apologies: [ ^^, { person: ^^ } ]
previous_notes: { meeting: ^^, approved: true, by: ^^, amendments: ^^ }
interests: [ { by: ^^, text: ^^ } ]
purpose: ^^
closing: ^^
next_meeting: { date: ^^, time: ^^, venue: ^^, text: ^^ }
glossary: { ABC: ^^ }
passages: [ { exemption: s99, at: ^^, reason: ^^, by: ^^, date: ^^, public_interest: ^^ } ]
actions:
  - { ref: ^^, text: ^^, owner: [ ^^, { body: ^^ }, { person: ^^, role: ^^ } ], due: ^^, report_to: ^^, parts: [ { label: ^^, text: ^^, due: { meeting: ^^ } } ] }
items:
  - ROW
    title: ~~
    number: ~~
    lead: ~~
    context: ~~
    text: ~~
    deferred: ~~
    papers: [ ~~, { title: ~~, link: paper.pdf } ]
    risks: [ ~~ ]
    decisions: [ { ref: ~~, text: ~~, reason: ~~, by: ~~, proposer: ~~, seconder: ~~ } ]
    recommendations: [ { text: ~~, source: ~~, due: ~~ } ]
    matters_arising:
      - { action: ~~, update: ~~, by: ~~, condition: ~~, due: { date: ~~ } }
      - { action: { ref: ~~, text: ~~, owner: ~~, due: ~~, from: { meeting: ~~, item: ~~ } } }
    questions:
      - ask: ~~
        number: ~~
        by: ~~
        to: ~~
        findings: [ { by: ~~, text: ~~ } ]
        assurance: { level: partial, by: ~~, text: ~~ }
        gaps: [ ~~ ]
        post_meeting: { by: ~~, date: ~~, text: ~~ }
    actions:
      - { ref: ~~, text: ~~, owner: [ ~~, { body: ~~ }, { person: ~~, role: ~~ } ], due: ~~, report_to: ~~ }
      - { text: ~~, due: { meeting: ~~ } }
      - { text: ~~, due: { when: ~~ } }
"#;

/// A plan, a tracker and a file of updates with something in every field. In the last two all that stands for `~~` is in
/// rows that can be withheld by `ROW`.
const OTHERS: [&str; 3] = [
    r#"kind: plan
title: ^^
group: ^^
provided_by: ^^
provided_to: { body: ^^, person: ^^, role: ^^ }
series: board
date: 2026-09-01
status: draft
approved: { by: ^^, date: ^^ }
classification: ^^
appendix: ^^
text: ^^
sources: { NCP: { title: ^^, date: ^^ } }
versions: [ { number: ^^, date: ^^, time: ^^, author: ^^, circulation: ^^, comment: ^^ }, { number: ^^ } ]
glossary: { ABC: ^^ }
labels: { owners: ^^ }
objectives:
  - ROW
    title: ~~
    must: ~~
    qualifier: ~~
    omitted: [ { refs: [ ~~, "1.1" ], reason: ~~ }, ~~ ]
    actions:
      - ref: ~~
        set: ~~
        text: ~~
        parts: [ { label: ~~, text: ~~, outcomes: ~~, owner: ~~, due: ~~, sources: ~~, rag: green }, { label: ~~, text: ~~ } ]
        outcomes: [ ~~ ]
        owners: [ ~~, { body: ~~ } ]
        due: ~~
        review: ~~
        every: { rhythm: ~~, until: ~~ }
        sources: [ ~~ ]
        state: retained
        duplicate_of: ~~
        captured_under: [ ~~, "1.1" ]
        papers: [ ~~, { title: ~~, link: paper.pdf } ]
        updates:
          - { date: ~~, by: ~~, stamp: ~~, text: ~~, next_action: [ ~~, { text: ~~, owner: ~~, due: ~~ } ], rag: red }
          - { date: 2026-02-03, state: superseded, replaced_by: ~~, reason: ~~, due: { date: ~~ }, owner: ~~, every: ~~ }
          - { date: 2026-02-04, text: ~~, decision: { ref: ~~, text: ~~, by: ~~ }, papers: ~~ }
      - { ref: ~~, set: 2024, text: ~~, due: end 2024, rag: green, updates: { date: 2023-01-01, state: discharged } }
      - { ref: "1.9", set: 2024, text: ~~, due: ~~, rag: green, updates: { text: ~~, state: open } }
"#,
    r#"kind: tracker
group: Group
refs: "{n}/{yy}"
status: draft
actions:
  - ROW
    set: 2026
    text: ~~
    owner: ~~
    updates: { date: 2025-01-01, text: ~~, by: ~~, state: merged, replaced_by: ~~ }
  - { ref: 7/26, set: 2026, text: Seen by all and said in no more than eight words, owner: Somebody, updates: { date: 2026-01-01, withheld: s31, text: ~~, state: discharged } }
  - { ref: 7/26, set: 2026, text: Seen by all and said in no more than eight words, owner: Somebody }
"#,
    r#"kind: updates
updates:
  - ROW
    action: 7/26
    date: 2026-03-03
    text: ~~
    by: ~~
    rag: red
    replaced_by: ~~
    owner: ~~
    due: ~~
    next_action: ~~
  - { action: ^^, date: ^^, text: ^^, by: ^^, stamp: ^^ }
  - { text: ^^ }
"#,
];

#[test]
fn empty_settings_are_told_what_they_begin_with() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("minutebook.yaml"), "# to come\n").unwrap();
    let Loaded { book, faults, .. } = load::load(folder.path()).unwrap();
    assert_eq!(
        report(&book, &faults),
        "error[empty-file]: the file is empty\n--> minutebook.yaml\n \
         = help: begin it with whose book it is: `organisation: { name: … }`\n\n"
    );
}
