//! Approving, publishing and amending: what each asks for, what it writes, and that a program killed at any moment leaves
//! every file whole and a book that the same command completes.

use crate::book;
use minutebook::load::schema;
use snapbox::Data;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const SETTINGS: &str = "organisation: { name: Wenmoor Police and Crime Commissioner }
people:
  pcc: { name: Anna Starkey, title: Police and Crime Commissioner, initials: PCC }
  cex: { name: Ravi Menon, title: Chief Executive, initials: CEX }
series:
  board: { title: Board, chair: pcc, venue: The Old Chapel }
";

const DRAFT: &str = "# The notes of August
kind: meeting
series: board
date: 2026-08-25
status: draft      # until Anna has read them
attendance: [pcc, cex]
apologies: []
items:
  - title: Crime recording
    text: |
      The sample had 120 records. <<s31 | The next is on Monday.>>
next_meeting: { date: 2026-09-29 }
";

fn folder(meeting: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("minutebook.yaml"), SETTINGS).unwrap();
    fs::write(folder.path().join("august.yaml"), meeting).unwrap();
    folder
}

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    command.current_dir(folder).args(arguments);
    command
}

/// Runs it, expects an exit code, and gives what it printed, standard output first.
fn ran(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = program(folder, arguments).output().unwrap();
    let mut printed = String::from_utf8(output.stdout).unwrap();
    printed += &String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{printed}");
    printed
}

fn text(folder: &Path) -> String {
    fs::read_to_string(folder.join("august.yaml")).unwrap()
}

fn edit(folder: &Path, from: &str, to: &str) {
    let changed = text(folder).replace(from, to);
    fs::write(folder.join("august.yaml"), changed).unwrap();
}

const APPROVE: [&str; 6] = [
    "approve",
    "august.yaml",
    "--by",
    "PCC",
    "--date",
    "2026-09-29",
];
const PUBLISH: [&str; 4] = ["publish", "august.yaml", "--date", "2026-10-01"];
const NOTE: &str = "The number of records was corrected.";
const AMEND: [&str; 6] = [
    "amend",
    "august.yaml",
    "--date",
    "2026-10-06",
    "--note",
    NOTE,
];

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter();
    let is_hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()))
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn a_document_lives_from_draft_to_amended() {
    let folder = folder(DRAFT);
    let folder = folder.path();
    let mut story = ran(folder, &APPROVE, 0);
    let approved = DRAFT.replace(
        "status: draft      # until Anna has read them\n",
        "status: approved      # until Anna has read them\napproved: { by: pcc, date: 2026-09-29 }\n",
    ) + "\nversions:\n  - number: \"0.1\"\n    date: 2026-09-29\n    comment: Approved\n";
    assert_eq!(text(folder), approved);
    story += &ran(folder, &PUBLISH, 0);
    let first = "  - number: \"1.0\"\n    date: 2026-10-01\n    comment: First published\n";
    let published = approved.replace("status: approved", "status: published") + first;
    assert_eq!(text(folder), published);
    // White space, comments and withheld words do not count.
    edit(folder, "on Monday", "on Tuesday # not a comment");
    edit(folder, "# The notes of August", "# Ours");
    assert!(!ran(folder, &["check"], 0).contains("changed-since-published"));
    edit(folder, "120 records", "130 records");
    story += &ran(folder, &["check"], 1);
    story += &ran(folder, &PUBLISH, 1);
    story += &ran(folder, &AMEND, 0);
    story += &ran(folder, &AMEND, 0);
    story += &ran(folder, &["check"], 0);
    story += "\n";
    for (path, bytes) in files(folder) {
        let name = path.to_string_lossy().replace('\\', "/");
        assert!(
            name == "august.yaml" || !String::from_utf8_lossy(&bytes).contains("Tuesday # not"),
            "{name}"
        );
        story += &format!("{name}\n");
    }
    story += &fs::read_to_string(folder.join("releases.yaml")).unwrap();
    let markdown = folder.join("releases/august/1.1.md");
    story += &fs::read_to_string(markdown).unwrap();
    let golden = book::cases("releases").join("story.txt");
    snapbox::assert_data_eq!(story, Data::read_from(&golden, None).raw());
}

#[test]
fn every_gate_says_what_stands_in_the_way() {
    let approved = "status: approved\napproved: { by: pcc, date: 2026-09-29 }";
    let with = |from: &str, to: &str| DRAFT.replace(from, to);
    let ready = with("status: draft", approved);
    let attendance = "attendance: [pcc, cex]\n";
    let cases: Vec<(&str, String, &[&str])> = vec![
        (
            "by somebody else",
            DRAFT.to_owned(),
            &[
                "approve",
                "august.yaml",
                "--by",
                "cex",
                "--date",
                "2026-09-29",
            ],
        ),
        (
            "before the meeting",
            DRAFT.to_owned(),
            &[
                "approve",
                "august.yaml",
                "--by",
                "pcc",
                "--date",
                "2026-08-01",
            ],
        ),
        ("nobody was there", with(attendance, ""), &APPROVE),
        (
            "attendance as a comment",
            with(
                attendance,
                "attendance: [pcc, cex]\n# attendance:\n#   - cex\n",
            ),
            &APPROVE,
        ),
        (
            "an empty attendance",
            with("[pcc, cex]", "[]"),
            &APPROVE,
        ),
        (
            "a name to come",
            with("apologies: []", "apologies: [TBC]"),
            &APPROVE,
        ),
        (
            "a name in doubt",
            with("[pcc, cex]", "[pcc, \"cex?\"]"),
            &APPROVE,
        ),
        (
            "no chair",
            with(
                "series: board\n",
                "title: A meeting\nvenue: The Old Chapel\n",
            ),
            &APPROVE,
        ),
        (
            "an extract",
            with("kind: meeting\n", "kind: meeting\nextract: true\n"),
            &APPROVE,
        ),
        ("approved twice", ready.clone(), &APPROVE),
        (
            "an error",
            with("2026-08-25", "Monday 25 August 2026"),
            &APPROVE,
        ),
        ("a draft", DRAFT.to_owned(), &PUBLISH),
        (
            "approved by nobody",
            with("status: draft", "status: approved"),
            &PUBLISH,
        ),
        (
            "approved by another",
            ready.replace("by: pcc", "by: cex"),
            &PUBLISH,
        ),
        (
            "published too early",
            ready.clone(),
            &["publish", "august.yaml", "--date", "2026-09-01"],
        ),
        (
            "sensitive",
            ready.replace(
                "kind: meeting\n",
                "kind: meeting\nclassification: OFFICIAL-SENSITIVE\n",
            ),
            &PUBLISH,
        ),
        (
            "restricted",
            ready.replace(
                "kind: meeting\n",
                "kind: meeting\nclassification: RESTRICTED\n",
            ),
            &PUBLISH,
        ),
        ("not published", ready.clone(), &AMEND),
        (
            "no document",
            ready.clone(),
            &["publish", "minutebook.yaml"],
        ),
        (
            "written so that it cannot be changed",
            "{ kind: meeting, series: board, date: 2026-08-25, status: draft, attendance: [pcc], apologies: [], items: [{ title: Work, text: Words }], next_meeting: { date: 2026-09-29 } }\n".to_owned(),
            &APPROVE,
        ),
    ];
    let mut printed = String::new();
    for (name, meeting, arguments) in cases {
        let folder = folder(&meeting);
        let before = files(folder.path());
        printed += &format!("## {name}\n{}\n", ran(folder.path(), arguments, 1));
        assert!(files(folder.path()) == before, "{name}");
    }
    let golden = book::cases("releases").join("gates.txt");
    snapbox::assert_data_eq!(printed, Data::read_from(&golden, None).raw());
}

#[test]
fn withheld_words_that_stand_openly_elsewhere_are_not_published() {
    let openly = "  - title: Dates\n    text: The next, is on monday, as we heard.\nnext_meeting:";
    let book = folder(DRAFT);
    ran(book.path(), &APPROVE, 0);
    edit(book.path(), "next_meeting:", openly);
    let draft = folder(&DRAFT.replace("next_meeting:", openly));
    for (book, arguments) in [(draft, &APPROVE[..]), (book, &PUBLISH[..])] {
        let before = files(book.path());
        let printed = ran(book.path(), arguments, 1);
        assert!(
            printed.contains("error[leak]: august.yaml, line"),
            "{printed}"
        );
        assert!(printed.contains("nothing was written"), "{printed}");
        assert!(!printed.to_lowercase().contains("monday"), "{printed}");
        assert_eq!(files(book.path()), before);
    }
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let folder = folder(DRAFT);
    let before = files(folder.path());
    let mut printed = ran(folder.path(), &[&APPROVE[..], &["--dry-run"]].concat(), 0);
    assert!(files(folder.path()) == before);
    ran(folder.path(), &APPROVE, 0);
    let before = files(folder.path());
    printed += &ran(folder.path(), &[&PUBLISH[..], &["--dry-run"]].concat(), 0);
    assert!(files(folder.path()) == before);
    let golden = book::cases("releases").join("dry-run.txt");
    snapbox::assert_data_eq!(printed, Data::read_from(&golden, None).raw());
}

#[test]
fn a_renamed_document_keeps_its_history() {
    let folder = folder(DRAFT);
    let folder = folder.path();
    ran(folder, &APPROVE, 0);
    ran(folder, &PUBLISH, 0);
    fs::rename(folder.join("august.yaml"), folder.join("new.yaml")).unwrap();
    assert!(ran(folder, &["check"], 1).contains("lost-release"));
    let record = folder.join("releases.yaml");
    let known = fs::read_to_string(&record).unwrap();
    let renamed = "kind: releases\nrenamed: [{ from: august.yaml, to: new.yaml }]";
    fs::write(&record, known.replace("kind: releases", renamed)).unwrap();
    ran(folder, &["check"], 0);
    let path = folder.join("new.yaml");
    let changed = fs::read_to_string(&path).unwrap().replace("120", "130");
    fs::write(&path, changed).unwrap();
    assert!(ran(folder, &["check"], 1).contains("+ "));
    let done = ran(
        folder,
        &["amend", "new.yaml", "--note", NOTE, "--date", "2026-10-06"],
        0,
    );
    assert!(done.contains("amended as version 1.1"), "{done}");
    ran(folder, &["check"], 0);
    assert!(folder.join("releases/new/1.1.md").is_file());
}

#[test]
fn a_name_in_the_record_cannot_lead_out_of_the_book() {
    let folder = folder(DRAFT);
    let outside = folder.path().join("outside.txt");
    fs::write(&outside, "secret of another book").unwrap();
    let book = folder.path().join("book");
    fs::create_dir(&book).unwrap();
    fs::write(book.join("minutebook.yaml"), SETTINGS).unwrap();
    let record = "kind: releases\nreleases:\n  - { file: ../outside.yaml, version: ../outside, date: 2026-10-01, fingerprint: x }\n";
    fs::write(book.join("releases.yaml"), record).unwrap();
    assert!(!ran(&book, &["check"], 1).contains("secret"));
}

#[test]
fn the_record_has_a_schema() {
    let schema = schema::schema("releases").unwrap().to_string();
    assert!(schema.contains("fingerprint") && schema.contains("renamed"));
    assert!(schema.contains("withdrawn"));
}

/// Kills a command sooner or later, again and again: each file is as it was or as it is to be, and another run completes.
fn killed(start: &Path, arguments: &[&str], times: u32) {
    let begin = |name: &str| {
        let folder = tempfile::Builder::new().prefix(name).tempdir().unwrap();
        for (path, bytes) in files(start) {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    };
    let whole = begin("whole");
    let began = Instant::now();
    ran(whole.path(), arguments, 0);
    let longest: Duration = began.elapsed() * 5 / 4;
    let (before, after) = (files(start), files(whole.path()));
    for time in 0..times {
        let folder = begin("killed");
        let mut command = program(folder.path(), arguments);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(longest * time / times);
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().unwrap();
        for (path, bytes) in files(folder.path()) {
            let is_old = before.get(&path) == Some(&bytes);
            assert!(
                is_old || after.get(&path) == Some(&bytes),
                "{}",
                path.display()
            );
        }
        ran(folder.path(), arguments, 0);
        assert!(files(folder.path()) == after);
    }
}

#[test]
fn a_killed_program_leaves_every_file_whole() {
    let folder = folder(DRAFT);
    let folder = folder.path();
    ran(folder, &APPROVE, 0);
    let second = text(folder).replace("2026-08-25", "2026-07-28");
    fs::write(folder.join("july.yaml"), second).unwrap();
    let both = [
        "publish",
        "august.yaml",
        "july.yaml",
        "--date",
        "2026-10-01",
    ];
    killed(folder, &both, 40);
    ran(folder, &both, 0);
    edit(folder, "120 records", "130 records");
    killed(folder, &AMEND, 40);
}

#[test]
fn a_killed_build_leaves_every_file_whole() {
    let folder = folder(DRAFT);
    let folder = folder.path();
    for month in 1..8 {
        let day = format!("2025-0{month}-25");
        let text = DRAFT.replace("2026-08-25", &day);
        fs::write(folder.join(format!("{day}.yaml")), text).unwrap();
    }
    let build = ["build", "--to", "md,html"];
    ran(folder, &build, 0);
    let settings = SETTINGS.replace("The Old Chapel", "The New Chapel");
    fs::write(folder.join("minutebook.yaml"), settings).unwrap();
    killed(folder, &build, 25);
}

/// Whatever a kill leaves between two files is completed by the same command: each state is made by hand.
#[test]
fn every_state_between_two_files_is_completed() {
    let folder = folder(DRAFT);
    ran(folder.path(), &APPROVE, 0);
    let before = files(folder.path());
    ran(folder.path(), &PUBLISH, 0);
    let after = files(folder.path());
    let order = [
        "releases/august/1.0.txt",
        "releases/august/1.0.md",
        "releases.yaml",
        "august.yaml",
    ];
    for count in 0..=order.len() {
        let half = tempfile::tempdir().unwrap();
        for (path, bytes) in &before {
            fs::write(half.path().join(path), bytes).unwrap();
        }
        for name in &order[..count] {
            let path = half.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &after[Path::new(name)]).unwrap();
        }
        let found = ran(half.path(), &["check"], if count == 3 { 1 } else { 0 });
        assert_eq!(found.contains("unfinished-release"), count == 3, "{found}");
        ran(half.path(), &PUBLISH, 0);
        assert!(files(half.path()) == after, "{count}");
    }
}

fn record(folder: &Path) -> String {
    fs::read_to_string(folder.join("releases.yaml")).unwrap()
}

fn has_golden(told: String, name: &str) {
    let golden = book::cases("releases").join(name);
    snapbox::assert_data_eq!(told, Data::read_from(&golden, None).raw());
}

/// An older copy of a file comes back, as from a repository, or a release was begun: what was recorded stays as it was.
#[test]
fn a_recorded_version_never_gets_other_words() {
    let folder = folder(DRAFT);
    let folder = folder.path();
    let mut told = String::new();
    let mut say = |what: &str, arguments: &[&str], code: i32| {
        let before = files(folder);
        told += &format!("## {what}\n{}\n", ran(folder, arguments, code));
        assert!(code == 0 || files(folder) == before, "{what}");
    };
    ran(folder, &APPROVE, 0);
    let approved = text(folder);
    ran(folder, &PUBLISH, 0);
    let (published, first) = (text(folder), record(folder));
    let later = ["publish", "august.yaml", "--date", "2026-10-08"];
    fs::write(folder.join("august.yaml"), approved.replace("120", "150")).unwrap();
    say("an older copy with other words", &later, 1);
    fs::write(folder.join("august.yaml"), &approved).unwrap();
    say("an older copy with the same words", &later, 0);
    assert_eq!((text(folder), record(folder)), (published.clone(), first));

    edit(folder, "120 records", "130 records");
    let changed = text(folder);
    ran(folder, &AMEND, 0);
    let (amended, second) = (text(folder), record(folder));
    fs::write(folder.join("august.yaml"), &approved).unwrap();
    say("an older copy of a document that was amended", &later, 1);
    fs::write(folder.join("august.yaml"), changed.replace("130", "140")).unwrap();
    say("an amendment with other words", &AMEND, 1);
    fs::write(folder.join("august.yaml"), &changed).unwrap();
    let other = ["amend", "august.yaml", "--note", "Another note."];
    say("an amendment with another note", &other, 1);
    let later = ["amend", "august.yaml", "--note", NOTE];
    say("an amendment that was begun", &later, 0);
    assert_eq!((text(folder), record(folder)), (amended, second));
    has_golden(told, "again.txt");
}

#[test]
fn a_version_that_was_never_on_the_website_can_be_made_again() {
    let folder = folder(DRAFT);
    let folder = folder.path();
    ran(folder, &APPROVE, 0);
    let approved = text(folder);
    ran(folder, &PUBLISH, 0);
    fs::write(folder.join("august.yaml"), approved.replace("120", "150")).unwrap();
    assert!(ran(folder, &PUBLISH, 1).contains("remove its entry from releases.yaml"));
    let known = record(folder);
    let (head, _) = known.split_once("releases:\n").unwrap();
    fs::write(folder.join("releases.yaml"), head).unwrap();
    ran(folder, &PUBLISH, 0);
    let kept = fs::read_to_string(folder.join("releases/august/1.0.md")).unwrap();
    assert!(kept.contains("150 records"), "{kept}");
    ran(folder, &["check"], 0);
}

#[test]
fn what_is_kept_of_a_document_is_not_written_over_by_another_of_its_old_name() {
    let folder = folder(DRAFT);
    let folder = folder.path();
    ran(folder, &APPROVE, 0);
    let approved = text(folder);
    ran(folder, &PUBLISH, 0);
    fs::rename(folder.join("august.yaml"), folder.join("august-2026.yaml")).unwrap();
    let renamed = "kind: releases\nrenamed: [{ from: august.yaml, to: august-2026.yaml }]";
    let known = record(folder).replace("kind: releases", renamed);
    fs::write(folder.join("releases.yaml"), known).unwrap();
    let mut told = String::new();
    for name in ["august.yaml", "august.yml"] {
        let new = approved.replace("2026-08-25", "2026-08-04");
        fs::write(folder.join(name), new.replace("120", "150")).unwrap();
        let before = files(folder);
        told += &ran(folder, &["publish", name, "--date", "2026-10-01"], 1);
        assert!(files(folder) == before, "{name}");
        fs::rename(folder.join(name), folder.join("other.yaml")).unwrap();
    }
    ran(
        folder,
        &["publish", "other.yaml", "--date", "2026-10-01"],
        0,
    );
    ran(folder, &["check"], 0);
    has_golden(told, "old-name.txt");
}

#[test]
fn a_document_is_first_published_once() {
    let folder = folder(DRAFT);
    let folder = folder.path();
    ran(folder, &APPROVE, 0);
    ran(folder, &PUBLISH, 0);
    ran(folder, &["build", "--site"], 0);
    let page = folder.join("out/site/august.html");
    assert!(page.is_file());
    edit(folder, "status: published", "status: approved");
    let mut told = ran(folder, &["check"], 1);
    let withdrawn =
        "\"1.0\"\n    withdrawn: { reason: names a witness, by: cex, date: 2026-10-02 }";
    let known = record(folder).replace("\"1.0\"", withdrawn);
    fs::write(folder.join("releases.yaml"), known).unwrap();
    // It is off the website, and nothing else is wrong.
    ran(folder, &["check"], 0);
    ran(folder, &["build", "--site"], 0);
    assert!(!page.is_file());
    edit(folder, "120 records", "<<s40 | 120>> records");
    told += &ran(folder, &PUBLISH, 1);
    has_golden(told, "off.txt");
    edit(folder, "status: approved", "status: published");
    ran(folder, &AMEND, 0);
    ran(folder, &["build", "--site"], 0);
    let text = fs::read_to_string(page).unwrap();
    let first = "<td data-label=\"What changed\">First published";
    assert_eq!(text.matches(first).count(), 1, "{text}");
    assert!(text.contains("Version 1.0 was withdrawn"), "{text}");
}

#[test]
fn a_weekday_must_fit_the_day() {
    let folder = folder(DRAFT);
    let folder = folder.path();
    for (day, why) in [
        ("Monday 29 September 2026", "that day is a Tuesday"),
        ("29 September", "the year is missing"),
    ] {
        for arguments in [
            &["approve", "august.yaml", "--by", "pcc", "--date", day][..],
            &["publish", "august.yaml", "--date", day],
            &["amend", "august.yaml", "--note", NOTE, "--date", day],
        ] {
            let printed = ran(folder, arguments, 2);
            assert!(printed.contains(why), "{printed}");
        }
    }
    let day = "Tuesday 29 September 2026";
    let printed = ran(
        folder,
        &["approve", "august.yaml", "--by", "pcc", "--date", day],
        0,
    );
    assert!(printed.contains("on 29 September 2026"), "{printed}");
}

/// No file can be larger than a few kilobytes: the document cannot be written, and all others can.
#[cfg(unix)]
#[test]
fn a_release_that_stopped_halfway_says_what_is_recorded() {
    let large = format!("{DRAFT}# {}\n", "A long comment. ".repeat(2000));
    let folder = folder(&large);
    let folder = folder.path();
    let limited = |arguments: &[&str]| {
        let mut shell = Command::new("sh");
        let program = env!("CARGO_BIN_EXE_minutebook");
        shell.current_dir(folder).args([
            "-c",
            "trap '' XFSZ; ulimit -f 16; exec \"$@\"",
            "sh",
            program,
        ]);
        let output = shell.args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let before = files(folder);
    let told = limited(&APPROVE);
    assert!(
        told.ends_with("nothing was written: run this again\n"),
        "{told}"
    );
    assert!(files(folder) == before);
    ran(folder, &APPROVE, 0);
    let before = text(folder);
    let told = limited(&PUBLISH);
    let expected = "august.yaml: the release is recorded in releases.yaml, and the file itself is not changed yet\n\
        run this again to complete it, and change nothing before\n";
    assert!(told.ends_with(expected), "{told}");
    assert_eq!(text(folder), before);
    assert!(ran(folder, &["check"], 1).contains("error[unfinished-release]"));
    ran(folder, &PUBLISH, 0);
    ran(folder, &["check"], 0);
}

/// A draft sets an action of which published notes speak.
const SET_IN_DRAFT: &str = "kind: meeting
series: board
date: 2026-07-28
status: draft
attendance: [pcc, cex]
apologies: []
items:
  - title: Stations
    actions: [ { ref: 1/26, text: Close Brixby station., owner: cex, due: 2026-09-30 } ]
next_meeting: { date: 2026-08-25 }
";

#[test]
fn nothing_that_only_a_draft_says_is_published_with_a_release() {
    let said =
        "    matters_arising: [ { action: 1/26, update: It was said., by: cex, state: open } ]\n";
    let draft = DRAFT.replace(" <<s31 | The next is on Monday.>>", "");
    let folder = folder(&draft.replace("next_meeting", &format!("{said}next_meeting")));
    let folder = folder.path();
    fs::write(folder.join("july.yaml"), SET_IN_DRAFT).unwrap();
    ran(folder, &APPROVE, 0);
    ran(folder, &PUBLISH, 0);
    let kept = fs::read_to_string(folder.join("releases/august/1.0.md")).unwrap();
    assert!(
        kept.contains("It was said.") && !kept.contains("Brixby"),
        "{kept}"
    );
    ran(
        folder,
        &["render", "august.yaml", "--to", "md", "--out", "out"],
        0,
    );
    let shown = fs::read_to_string(folder.join("out/august.md")).unwrap();
    assert!(!shown.contains("Brixby"), "{shown}");
    ran(
        folder,
        &["render", "july.yaml", "--to", "md", "--out", "out"],
        0,
    );
    let draft = fs::read_to_string(folder.join("out/july.md")).unwrap();
    assert!(draft.contains("Brixby"), "{draft}");
    edit(folder, "120 records", "130 records");
    ran(folder, &AMEND, 0);
    let site = ["build", "--site", "--out", "site", "--as-at", "2026-12-01"];
    ran(folder, &site, 0);
    for (path, bytes) in files(&folder.join("site")) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Brixby"), "{}", path.display());
    }
}

#[test]
fn what_would_be_an_error_once_it_is_written_is_refused() {
    let folder = folder(DRAFT);
    let folder = folder.path();
    let refused = |arguments: &[&str], code: &str| {
        let before = files(folder);
        let printed = ran(folder, arguments, 1);
        assert!(printed.contains(&format!("error[{code}]")), "{printed}");
        assert!(
            printed.contains("nothing was written: with this day"),
            "{printed}"
        );
        assert!(before == files(folder), "{arguments:?}");
    };
    let approve = [
        "approve",
        "august.yaml",
        "--by",
        "PCC",
        "--date",
        "2206-09-29",
    ];
    refused(&approve, "unlikely-year");
    ran(folder, &APPROVE, 0);
    refused(
        &["publish", "august.yaml", "--date", "2099-10-01"],
        "unlikely-year",
    );
    ran(folder, &PUBLISH, 0);
    edit(folder, "120 records", "130 records");
    let notes = [
        ("Ring 01632 960123.", "contact-details"),
        ("See [it](#nothing).", "dangling-link"),
        ("Was (redacted: the name).", "mistyped-mark"),
        ("This was OFFICIAL-SENSITIVE.", "sensitive-marking"),
        ("Not <<s99 | that>>.", "unknown-exemption"),
    ];
    for (note, code) in notes {
        refused(
            &[
                "amend",
                "august.yaml",
                "--date",
                "2026-10-06",
                "--note",
                note,
            ],
            code,
        );
    }
    let dry = ["amend", "august.yaml", "--dry-run", "--note", notes[0].0];
    refused(&dry, notes[0].1);
    ran(folder, &AMEND, 0);
    assert!(!ran(folder, &["check"], 0).contains("error["));
}

#[test]
fn a_file_is_found_by_any_path_that_leads_to_it() {
    let folder = folder(DRAFT);
    let folder = folder.path();
    fs::create_dir(folder.join("below")).unwrap();
    let mut approve = APPROVE;
    approve[1] = "below/../august.yaml";
    ran(folder, &approve, 0);
}
