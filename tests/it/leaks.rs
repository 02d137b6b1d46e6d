//! What is withheld cannot be published: the leak check refuses it and leaves what was there as it was.

use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

use crate::book;

const SETTINGS: &str = "organisation: { name: Wenmoor Police and Crime Commissioner }\n";
const MEETING: &str = "\
kind: meeting
title: Board
date: 2026-08-25
status: draft
items:
  - title: Cameras
    text: 'The office reported. <<s31 | The cameras at Kestrel Point look north until the end of the long summer>>'
    actions:
      - ref: 7/26
        text: Move the second camera of Alder Wharf behind the new fence of the yard
        owner: Chief
        withheld: { exemption: s30, reason: Nobody may learn of the harbour inquiry, by: Chief, date: 2026-08-25 }
";

fn on_disk(meeting: &str, settings: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("minutebook.yaml"), settings).unwrap();
    fs::write(folder.path().join("board.yaml"), meeting).unwrap();
    folder
}

fn build(folder: &Path) -> (Option<i32>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    let run = program.current_dir(folder).env("COLUMNS", "100");
    let output = run.arg("build").output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// What is said of leaks, without the other messages.
fn leaks(messages: &str) -> String {
    let leaks = messages.split("\n\n");
    let leaks = leaks.filter(|one| one.contains("[leak") || one.contains("nothing was written"));
    leaks.collect::<Vec<_>>().join("\n\n")
}

fn with(open: &str) -> String {
    MEETING.replace("The office reported.", open)
}

#[test]
fn a_book_that_keeps_its_secrets_is_built() {
    let folder = on_disk(MEETING, SETTINGS);
    let (code, messages) = build(folder.path());
    assert_eq!(
        (code, leaks(&messages)),
        (Some(0), String::new()),
        "{messages}"
    );
    assert!(folder.path().join("out/board.pdf").is_file());
}

#[test]
fn a_leak_stops_the_build_and_leaves_what_was_there() {
    let folder = on_disk(MEETING, SETTINGS);
    assert_eq!(build(folder.path()).0, Some(0));
    let before = fs::read(folder.path().join("out/board.html")).unwrap();
    let open = "In *the* long-summer: move the second **cam**era of Alder Wharf behind it; KESTREL";
    fs::write(folder.path().join("board.yaml"), with(open)).unwrap();
    let (code, messages) = build(folder.path());
    assert_eq!(code, Some(1), "{messages}");
    let golden = book::cases("leaks").join("stopped.txt");
    snapbox::Assert::new()
        .action_env("SNAPSHOTS")
        .eq(leaks(&messages), snapbox::Data::read_from(&golden, None));
    for secret in ["Kestrel", "Alder", "harbour", "camera"] {
        assert!(!leaks(&messages).contains(secret), "{messages}");
    }
    assert_eq!(
        fs::read(folder.path().join("out/board.html")).unwrap(),
        before
    );
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().flatten().collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn every_form_of_a_passage_is_found_in_every_format() {
    for open in [
        "the CAMERAS at kestrel   point look north until the end of the long summer",
        "the cam\u{AD}eras at K\u{E9}strel Point&shy; look **no**rth until, the end of the long summer.",
        "[the cameras at Kestrel](https://wenmoor.example/) Point look north `until` the end of the long summer",
        "\"\u{201C}The\u{201D} cameras\u{2014}at Kestrel\u{A0}Point\u{2014}look north until the end of the long summer\"",
        "at kestrel point look north until the end",
        "see https://wenmoor.example/the%20cameras%20at%20Kestrel-Point-look-north-until-the-end",
    ] {
        let folder = on_disk(&with(open), SETTINGS);
        let (code, messages) = build(folder.path());
        assert_eq!(code, Some(1), "{open}\n{messages}");
        for file in ["board.md", "board.html", "board.pdf"] {
            assert!(
                messages.contains(&format!(": {file}, ")),
                "{file}: {open}\n{messages}"
            );
        }
    }
}

#[test]
fn a_template_that_says_it_is_stopped() {
    let folder = on_disk(MEETING, SETTINGS);
    fs::create_dir(folder.path().join("templates")).unwrap();
    let page = "{% extends \"builtin/meeting.html\" %}\n{% block items %}<!-- Nobody may learn of the harbour inquiry -->{{ super() }}{% endblock %}";
    fs::write(folder.path().join("templates/meeting.html"), page).unwrap();
    let (code, messages) = build(folder.path());
    assert_eq!(code, Some(1), "{messages}");
    assert!(messages.contains("board.html, line"), "{messages}");
    assert!(!folder.path().join("out").exists());
}

#[test]
fn a_person_can_accept_a_finding_with_a_reason() {
    let meeting = with("the cameras at Kestrel Point look north until the end of the long summer");
    let folder = on_disk(&meeting, SETTINGS);
    let (_, messages) = build(folder.path());
    let fingerprint = messages.split("fingerprint: \"").nth(1).unwrap();
    let fingerprint = &fingerprint[..8];
    let accepted = format!(
        "{SETTINGS}accepted: [{{ file: board.*, fingerprint: \"{fingerprint}\", reason: the press had it, by: Chief, date: 2026-08-26 }}]\n"
    );
    fs::write(folder.path().join("minutebook.yaml"), accepted).unwrap();
    let (code, messages) = build(folder.path());
    assert_eq!(code, Some(0), "{messages}");
    let page = fs::read_to_string(folder.path().join("out/board.html")).unwrap();
    assert!(!page.contains("the press had it"));
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    let run = program.current_dir(folder).env("COLUMNS", "60");
    let output = run.args(arguments).output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

/// Settings in which a finding is accepted.
fn accepting(file: &str, fingerprint: &str) -> String {
    format!(
        "{SETTINGS}accepted: [{{ file: {file}, fingerprint: \"{fingerprint}\", reason: the press had it }}]\n"
    )
}

#[test]
fn an_acceptance_that_accepts_nothing_is_reported() {
    let folder = on_disk(MEETING, &accepting("board.*", "0badcafe"));
    let (code, _, messages) = run(folder.path(), &["build"]);
    assert_eq!(code, Some(0), "{messages}");
    let golden = book::cases("leaks").join("stale.txt");
    let stale = messages
        .split("\n\n")
        .find(|one| one.contains("stale-acceptance"));
    snapbox::Assert::new().action_env("SNAPSHOTS").eq(
        stale.unwrap_or_default(),
        snapbox::Data::read_from(&golden, None),
    );
    // A build of less than everything cannot know, and neither can one that did not make the file.
    for arguments in [
        &["build", "--to", "md"][..],
        &["build", "--edition", "internal"],
    ] {
        let (_, _, messages) = run(folder.path(), arguments);
        assert!(!messages.contains("stale-acceptance"), "{messages}");
    }
    // A file that is named by itself is judged when it is made, whatever else is not.
    let folder = on_disk(MEETING, &accepting("board.md", "0badcafe"));
    for (arguments, is_told) in [
        (&["build", "--to", "md"][..], true),
        (&["build", "--to", "html"], false),
    ] {
        let (_, _, messages) = run(folder.path(), arguments);
        assert_eq!(messages.contains("stale-acceptance"), is_told, "{messages}");
    }
    let folder = on_disk(MEETING, &accepting("actions.csv", "0badcafe"));
    let (_, _, messages) = run(folder.path(), &["build"]);
    assert!(!messages.contains("stale-acceptance"), "{messages}");
}

#[test]
fn the_register_and_the_website_report_what_accepts_nothing() {
    let actions = ["actions", "--as-at", "2026-12-01", "--to", "csv"];
    let folder = on_disk(MEETING, &accepting("actions.csv", "0badcafe"));
    for (more, is_told) in [
        (&["--all"][..], true),
        // A part of the register says nothing of the rest of it.
        (&[], false),
        (&["--all", "--overdue"], false),
        (&["--all", "--edition", "internal"], false),
    ] {
        let (code, _, messages) = run(folder.path(), &[&actions, more].concat());
        assert_eq!(code, Some(0), "{messages}");
        assert_eq!(
            messages.contains("stale-acceptance"),
            is_told,
            "{more:?} {messages}"
        );
    }
    let published = MEETING.replace(
        "status: draft",
        "status: published\nchair: Chief\nvenue: Room 2\nattendance: [Chief]",
    );
    for (file, is_told) in [
        ("board.*", true),
        ("decisions.html", true),
        ("actions.html", false),
        ("nowhere.*", false),
    ] {
        let folder = on_disk(&published, &accepting(file, "0badcafe"));
        for _ in 0..2 {
            let site = ["build", "--site", "--as-at", "2026-12-01"];
            let (_, _, messages) = run(folder.path(), &site);
            assert_eq!(
                messages.contains("stale-acceptance"),
                is_told,
                "{file} {messages}"
            );
        }
    }
}

#[test]
fn a_register_that_leaks_is_not_shown() {
    let open = "      - { ref: 6/26, text: Move the second camera of Alder Wharf behind the new fence, owner: Chief }\n";
    let leaking = MEETING.replace("    actions:\n", &format!("    actions:\n{open}"));
    for format in ["table", "csv", "json", "ics", "md", "html"] {
        let arguments = ["actions", "--as-at", "2026-12-01", "--to", format];
        let folder = on_disk(MEETING, SETTINGS);
        let (code, shown, messages) = run(folder.path(), &arguments);
        assert_eq!(code, Some(0), "{messages}");
        assert!(!shown.is_empty());
        let folder = on_disk(&leaking, SETTINGS);
        let (code, shown, messages) = run(folder.path(), &arguments);
        assert_eq!((code, shown), (Some(1), String::new()), "{messages}");
        assert!(messages.contains("[leak]: actions."), "{messages}");
        assert!(!messages.contains("Alder"), "{messages}");
    }
}

#[test]
fn a_draft_that_leaks_is_not_written() {
    let series = "series: { board: { title: Board, chair: Chief } }\n";
    let settings = format!("{SETTINGS}{series}");
    let meeting = MEETING.replace("title: Board", "series: board");
    let next = ["next", "board", "--date", "2026-09-29"];
    let folder = on_disk(&meeting, &settings);
    let (code, _, messages) = run(folder.path(), &next);
    assert_eq!(code, Some(0), "{messages}");
    let draft = folder.path().join("2026-09-29.yaml");
    assert!(draft.is_file());

    fs::remove_file(&draft).unwrap();
    fs::create_dir(folder.path().join("templates")).unwrap();
    let builtin = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/next.yaml");
    let template = fs::read_to_string(builtin).unwrap();
    let template = format!("{template}\n# Nobody may learn of the harbour inquiry\n");
    fs::write(folder.path().join("templates/next.yaml"), template).unwrap();
    for more in [&[][..], &["--dry-run"]] {
        let (code, shown, messages) = run(folder.path(), &[&next[..], more].concat());
        assert_eq!((code, shown), (Some(1), String::new()), "{messages}");
        assert!(
            messages.contains("[leak]: 2026-09-29.yaml, line"),
            "{messages}"
        );
        assert!(!messages.contains("harbour"), "{messages}");
        assert!(!draft.exists());
    }
}

#[test]
fn a_register_that_leaks_is_not_written() {
    let leaking = MEETING.replace(
        "    actions:\n",
        "    actions:\n      - { ref: 6/26, text: Move the second camera of Alder Wharf behind the new fence, owner: Chief }\n",
    );
    for (meeting, expected) in [(MEETING, 0), (&leaking, 1)] {
        let folder = on_disk(meeting, SETTINGS);
        let mut program = Command::new(env!("CARGO_BIN_EXE_minutebook"));
        let formats = ["--to", "csv,json,md,html,pdf,ics", "--out", "out"];
        let run = program
            .current_dir(folder.path())
            .arg("actions")
            .args(formats);
        let output = run.args(["--as-at", "2026-12-01"]).output().unwrap();
        let messages = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(expected), "{messages}");
        assert_eq!(folder.path().join("out").exists(), expected == 0);
        for format in ["csv", "json", "md", "html", "pdf", "ics"] {
            let is_named = messages.contains(&format!("actions.{format}, "));
            assert_eq!(is_named, expected == 1, "{format}: {messages}");
        }
    }
}
