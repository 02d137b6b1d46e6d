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
fn an_acceptance_is_kept_while_its_document_is_not_built() {
    let open = "the cameras at Kestrel Point look north until the end of the long summer";
    let approved = with(open).replace("status: draft", "status: approved");
    // It is approved, and has an error.
    let faulty = approved.replace(
        "date: 2026-08-25\nstatus",
        "date: Monday 25 August 2026\nstatus",
    );
    let folder = on_disk(&faulty, &accepting("board.*", "0badcafe"));
    let (code, _, messages) = run(folder.path(), &["build"]);
    assert_eq!(code, Some(1), "{messages}");
    assert!(messages.contains("not built: ./board.yaml"), "{messages}");
    assert!(!messages.contains("stale-acceptance"), "{messages}");
}

/// A character that no font has is told with its place, and in the internal edition without the words around it.
#[test]
fn a_missing_character_shows_no_withheld_words() {
    let plain = MEETING.replace("Kestrel Point", "Kestrel \u{4e2d} Point");
    let escaped = MEETING.replace("Kestrel Point", "Kestrel &#x4e2d; Point");
    let other = MEETING.replace("The office reported.", "The office \u{4e2d} reported.");
    let record = [
        "withheld",
        "--words",
        "--to",
        "pdf",
        "--out",
        "a.internal.pdf",
    ];
    let internal = ["build", "--edition", "internal"];
    let json = ["build", "--edition", "internal", "--format", "json"];
    for meeting in [&plain, &escaped, &other] {
        for arguments in [&record[..], &internal, &json] {
            let folder = on_disk(meeting, SETTINGS);
            let (code, shown, messages) = run(folder.path(), arguments);
            assert_eq!(code, Some(0), "{messages}");
            let said = format!("{shown}{messages}");
            let is_record = arguments == record && meeting == &other;
            assert_eq!(said.contains("missing-character"), !is_record, "{said}");
            for secret in ["Kestrel", "cameras"] {
                assert!(!said.contains(secret), "{said}");
            }
        }
    }
    let folder = on_disk(&other, SETTINGS);
    let (_, _, messages) = run(folder.path(), &["build"]);
    assert!(
        messages.contains("(\u{201C}The office \u{4e2d} reported."),
        "{messages}"
    );
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

/// The name that somebody gave a file does not say what is in it.
#[test]
fn a_register_that_leaks_is_not_written_whatever_its_file_is_called() {
    let open = "      - { ref: 6/26, text: \"Move the *second* camera of Alder Wharf behind the new fence\", owner: Chief }\n";
    let leaking = MEETING.replace("    actions:\n", &format!("    actions:\n{open}"));
    let names = ["sheet", "sheet.2026", "sheet.png", "sheet.woff", "sheet.md"];
    for name in names {
        for format in ["pdf", "html", "csv", "table"] {
            let arguments = ["actions", "--to", format, "--out", name];
            let folder = on_disk(MEETING, SETTINGS);
            let (code, _, messages) = run(folder.path(), &arguments);
            assert_eq!(code, Some(0), "{messages}");
            let folder = on_disk(&leaking, SETTINGS);
            let (code, _, messages) = run(folder.path(), &arguments);
            assert_eq!(code, Some(1), "{name} {format}: {messages}");
            let said = format!("[leak]: {name}, ");
            assert!(messages.contains(&said), "{name} {format}: {messages}");
            assert!(!folder.path().join(name).exists());
        }
    }
}

/// In a spreadsheet a backslash is a backslash, and so it is in YAML that has no quotes.
#[test]
fn letters_behind_a_backslash_are_read() {
    let secret = r"\\server\nightshare\teams\rotas\northern\quayside\spring";
    let plain = MEETING.replace(
        "The cameras at Kestrel Point look north until the end of the long summer",
        secret,
    );
    let open = format!("      - {{ ref: 6/26, text: 'See {secret}', owner: Chief }}\n");
    let leaking = plain.replace("    actions:\n", &format!("    actions:\n{open}"));
    for format in ["csv", "table", "json", "ics", "md", "html"] {
        for (meeting, expected) in [(&plain, 0), (&leaking, 1)] {
            let folder = on_disk(meeting, SETTINGS);
            let arguments = ["actions", "--as-at", "2026-12-01", "--to", format];
            let (code, _, messages) = run(folder.path(), &arguments);
            assert_eq!(code, Some(expected), "{format}: {messages}");
            let is_told = messages.contains("[leak]: actions.");
            assert_eq!(is_told, expected == 1, "{format}: {messages}");
        }
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
    // What stands in no quotes in YAML has no escapes.
    let secret = r"\\server\nightshare\teams\rotas\northern\quayside\spring";
    let cameras = "The cameras at Kestrel Point look north until the end of the long summer";
    let backslashes = on_disk(&meeting.replace(cameras, secret), &settings);
    fs::create_dir(backslashes.path().join("templates")).unwrap();
    let with_secret = format!("{template}\n# See {secret}\n");
    fs::write(backslashes.path().join("templates/next.yaml"), with_secret).unwrap();
    let (code, _, messages) = run(backslashes.path(), &next);
    assert_eq!(code, Some(1), "{messages}");
    assert!(
        messages.contains("[leak]: 2026-09-29.yaml, line"),
        "{messages}"
    );

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

/// A meeting that withholds something in one text and says something openly in another.
fn withholding(withheld: &str, open: &str) -> String {
    format!(
        "kind: meeting\ntitle: Board\ndate: 2026-08-25\nstatus: draft\nitems:\n  - title: One\n    text: \"They spoke of \
         {withheld} there.\"\n  - title: Two\n    text: \"{open}\"\n"
    )
}

const REGISTER: &str = "\
organisation: { name: Wenmoor Police and Crime Commissioner }
people: { dcc: { name: Nasreen Baig, title: Deputy Chief Constable, initials: DCC } }
bodies: { rcu: { name: North Moors Regional Crime Unit, initials: RCU } }
glossary: { SOC: serious and organised crime }
";

/// The codes of the leaks that a build tells of, with the file and the place of each.
fn told(meeting: &str) -> (Option<i32>, Vec<String>) {
    let folder = on_disk(meeting, REGISTER);
    let (code, _, messages) = run(folder.path(), &["build", "--to", "md"]);
    let lines = messages.lines().filter(|line| line.contains("[leak"));
    let first = |line: &str| line.split(": a ").next().unwrap().to_owned();
    (code, lines.map(first).collect())
}

#[test]
fn a_short_passage_that_stands_openly_elsewhere_is_a_warning() {
    for (withheld, open) in [
        ("<<s40(2) | Zabrowski>>", "Then Mr Zabrowski came."),
        ("<<s31 | Kestrel>>", "Operation Kestrel began."),
        ("<<s40(2) | Bob>>", "Then Bob came."),
        ("<<s43 | 1,250,000>>", "It cost £1,250,000."),
        ("<<s31 | 4417>>", "Use 4417."),
        ("<<s43 | £950>>", "It cost £950."),
        ("<<s40(2) | Rose>>", "Crime rose, said Rose."),
        ("<<s31 | the code is 88123 for the gate>>", "Use 88123."),
        (
            "<<s40(2) | Jane Featherstonehaugh was the informant>>",
            "Then Featherstonehaugh came.",
        ),
    ] {
        let warning = "warning[leak-piece]: board.yaml, line 9".to_owned();
        assert_eq!(
            told(&withholding(withheld, open)),
            (Some(0), vec![warning]),
            "{withheld}"
        );
    }
}

#[test]
fn a_short_passage_of_several_words_stops_the_build() {
    for (withheld, open) in [
        ("<<s40(2) | Li Wu>>", "Then Li Wu came."),
        ("<<s40(2) | Mr Ng>>", "Then MR NG came."),
        ("<<s31 | 10 Elm Rd>>", "It was at 10 Elm Rd."),
        (
            "<<s31 | behind Oak Tree Farm>>",
            "It was behind Oak Tree Farm.",
        ),
    ] {
        let (code, leaks) = told(&withholding(withheld, open));
        let error = "error[leak]: board.yaml, line 9".to_owned();
        assert!(leaks.contains(&error), "{withheld}: {leaks:?}");
        assert_eq!(code, Some(1), "{withheld}");
    }
}

#[test]
fn what_every_document_says_is_no_leak() {
    for (withheld, open) in [
        ("<<s31 | the meeting>>", "The meeting was long."),
        ("<<s31 | Rose>>", "Crime rose."),
        ("<<s31 | on 12 May>>", "It was on 12 May."),
        ("<<s40(2) | Nasreen Baig>>", "It was Nasreen Baig."),
        ("<<s40(2) | Baig>>", "It was Ms Baig."),
        ("<<s31 | 12>>", "There were 12."),
        (
            "<<s31 | the officers were told of the plan in the meeting>>",
            "The officers met.",
        ),
    ] {
        let told = told(&withholding(withheld, open));
        assert_eq!(told, (Some(0), Vec::new()), "{withheld}");
    }
}

#[test]
fn words_that_rendering_puts_in_hide_no_passage() {
    let words = "Officers who work with the RCU and the SOC team will search the grey barn";
    let open = format!("{words}[^a] behind it.\\n\\n[^a]: A note.");
    let withheld = format!("<<s31 | {words} behind it>>");
    let (code, leaks) = told(&withholding(&withheld, &open));
    assert_eq!(leaks, ["error[leak]: board.yaml, line 9"]);
    assert_eq!(code, Some(1));
}

#[test]
fn the_text_of_an_entry_that_is_withheld_whole_stands_nowhere_else() {
    let of = |text: &str, title: &str| {
        format!(
            "kind: meeting\ntitle: Board\ndate: 2026-08-25\nstatus: draft\nitems:\n  - title: {title}\n    \
             withheld: s31\n    actions: [{{ ref: 1/26, text: {text}, owner: dcc, due: 2026-10-01 }}]\n  \
             - title: Two\n    text: Search Oak Tree Farm for tractors. Operation Nightjar at Quarry Lane.\n    \
             actions: [{{ ref: 2/26, text: Do it., owner: dcc, due: 2026-10-01 }}]\n"
        )
    };
    let stops = |meeting: &str| {
        let (code, leaks) = told(meeting);
        let is_told = leaks.contains(&"error[leak]: board.yaml, line 10".to_owned());
        (code, is_told)
    };
    let text = "Search Oak Tree Farm for tractors.";
    assert_eq!(stops(&of(text, "One")), (Some(1), true));
    let title = "Operation Nightjar at Quarry Lane";
    assert_eq!(stops(&of("Do that.", title)), (Some(1), true));
    // The owner, the day and a title of common words are no secret by themselves.
    assert_eq!(told(&of("Do that.", "Two")), (Some(0), Vec::new()));
}

#[test]
fn a_name_in_many_files_is_told_once() {
    let folder = on_disk(&withholding("<<s40(2) | Zabrowski>>", "Nothing."), REGISTER);
    for number in 1..9 {
        let open = withholding("them", "Then Mr Zabrowski came. Zabrowski spoke.");
        let open = open.replace("2026-08-25", &format!("2026-09-0{number}"));
        fs::write(folder.path().join(format!("open-{number}.yaml")), open).unwrap();
    }
    let (code, _, messages) = run(folder.path(), &["build", "--to", "md"]);
    assert_eq!(code, Some(0), "{messages}");
    assert_eq!(messages.matches("[leak-piece]").count(), 1, "{messages}");
    assert!(
        messages.contains("open-1.yaml, line 9 and 7 other files: a short passage"),
        "{messages}"
    );
}

/// A book whose action 2/26 is withheld whole, with something said of it later wherever that can be said.
fn later() -> TempDir {
    let settings = "\
organisation: { name: Wenmoor Police and Crime Commissioner }
people:
  dcc: { name: Nasreen Baig, title: Deputy Chief Constable, initials: DCC }
  covert: { name: Xavier Quillfeather, title: Head of Undercover Policing, initials: HUP }
series: { board: { title: Board, chair: dcc, members: [dcc] } }
";
    let first = "\
kind: meeting
series: board
date: 2026-08-25
status: published
venue: Room 2
attendance: [dcc]
next_meeting: { date: 2026-09-29, venue: Room 2 }
items:
  - title: Open
    actions:
      - { ref: 1/26, text: An open action., owner: dcc, due: 2026-10-02 }
      - { ref: 2/26, withheld: s31, text: Move the lamps., owner: covert, due: 2026-10-02 }
  - title: Closed
    withheld: s30
    actions: [{ ref: 3/26, text: Ask the neighbour., owner: covert, due: 2026-10-02 }]
";
    let second = "\
kind: meeting
series: board
date: 2026-09-29
status: published
venue: Room 2
attendance: [dcc]
next_meeting: { date: 2026-10-27, venue: Room 2 }
items:
  - title: Outstanding matters
    matters_arising:
      - { action: 1/26, update: openkiwi was said., by: dcc, state: open }
      - { action: 2/26, update: zeppelinsaid., by: covert, state: open, due: { date: 2027-03-31, reason: zeppelinwhy } }
      - { action: 3/26, update: zeppelinasked., by: covert, state: open }
";
    let between = "\
kind: updates
updates:
  - { action: 2/26, date: 2026-10-05, by: covert, text: zeppelinheard., state: retained, condition: zeppelinuntil }
  - { action: 2/26, date: 2026-10-06, by: covert, stamp: zeppelinstamp, next_action: [{ text: zeppelinnext, owner: covert }] }
";
    let folder = on_disk(second, settings);
    fs::write(folder.path().join("a.yaml"), first).unwrap();
    fs::write(folder.path().join("updates.yaml"), between).unwrap();
    folder
}

/// Every file below a folder that is text, with its name.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => files.extend(self::files(&path)),
            false => {
                let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
                files.push((path.display().to_string(), text));
            }
        }
    }
    files
}

/// Whatever must not be known of actions 2/26 and 3/26.
fn assert_silent(what: &str, text: &str) {
    for secret in [
        "zeppelin",
        "Quillfeather",
        "HUP",
        "covert",
        "2027-03-31",
        "2026-10-06",
    ] {
        assert!(!text.contains(secret), "{secret} in {what}:\n{text}");
    }
}

#[test]
fn nothing_is_said_later_of_an_action_that_is_withheld() {
    let folder = later();
    for arguments in [
        &["build", "--to", "md,html"][..],
        &["build", "--site", "--out", "site", "--as-at", "2026-11-01"],
        &[
            "actions",
            "--as-at",
            "2026-11-01",
            "--to",
            "csv,json,ics,md,html",
            "--out",
            "register",
        ],
        &[
            "next",
            "board",
            "--date",
            "2026-10-27",
            "--out",
            "out/next.yaml",
        ],
    ] {
        let (code, shown, messages) = run(folder.path(), arguments);
        assert_eq!(code, Some(0), "{arguments:?}\n{messages}");
        assert_silent("what is printed", &shown);
    }
    for (out, known) in [("out", 3), ("site", 8), ("register", 5)] {
        let all = files(&folder.path().join(out));
        for (name, text) in &all {
            assert_silent(name, text);
        }
        let open = all.iter().filter(|(_, text)| text.contains("openkiwi"));
        assert!(open.count() >= known, "{out}");
    }
    // In the notes of the meeting the mark stands in the place of the words, and is counted.
    let notes = fs::read_to_string(folder.path().join("out/board.md")).unwrap();
    assert_eq!(notes.matches("Withheld: section 31").count(), 1, "{notes}");
    assert_eq!(notes.matches("Withheld: section 30").count(), 1, "{notes}");
    assert!(notes.contains("2 passages have been withheld"), "{notes}");
    // The office sees it all, and is told of it.
    let (_, _, messages) = run(folder.path(), &["check"]);
    assert_eq!(
        messages.matches("note[withheld-action-open]").count(),
        4,
        "{messages}"
    );
    let (code, _, messages) = run(
        folder.path(),
        &["build", "--edition", "internal", "--to", "md"],
    );
    assert_eq!(code, Some(0), "{messages}");
    let notes = fs::read_to_string(folder.path().join("out/board.internal.md")).unwrap();
    assert!(notes.contains("zeppelinsaid"), "{notes}");
}

#[test]
fn what_is_kept_of_a_release_says_nothing_of_an_action_that_is_withheld() {
    let folder = later();
    let board = folder.path().join("board.yaml");
    let draft = fs::read_to_string(&board).unwrap();
    let draft = draft.replace("published", "draft");
    fs::write(&board, draft + "classification: OFFICIAL\n").unwrap();
    let settings = folder.path().join("minutebook.yaml");
    let known = fs::read_to_string(&settings).unwrap();
    let accepted =
        "accepted: [{ file: '*.md', fingerprint: 0badcafe, reason: the press had it }]\n";
    fs::write(&settings, known + accepted).unwrap();
    let day = ["--date", "2026-10-01"];
    let approve = ["approve", "board.yaml", "--by", "dcc"];
    for arguments in [&approve[..], &["publish", "board.yaml"]] {
        let (code, _, messages) = run(folder.path(), &[arguments, &day].concat());
        assert_eq!(code, Some(0), "{messages}");
        // One release is not everything that a pattern names.
        assert!(!messages.contains("stale-acceptance"), "{messages}");
    }
    let kept = files(&folder.path().join("releases"));
    assert_eq!(kept.len(), 2);
    for (name, text) in &kept {
        assert_silent(name, text);
        assert!(text.contains("openkiwi"), "{name}");
    }
    // What is said of it may change; that it is withheld no more is a change of public words.
    let errors = || {
        let (_, _, messages) = run(folder.path(), &["check"]);
        messages.matches("error[changed-since-published]").count()
    };
    let text = fs::read_to_string(&board).unwrap();
    fs::write(&board, text.replace("zeppelinsaid", "zeppelinheard")).unwrap();
    assert_eq!(errors(), 0);
    let first = folder.path().join("a.yaml");
    let open = fs::read_to_string(&first).unwrap();
    fs::write(&first, open.replace("withheld: s31, ", "")).unwrap();
    assert_eq!(errors(), 1);
}

#[test]
fn the_record_holds_what_is_withheld_with_an_action() {
    let folder = later();
    let listed = |arguments: &[&str]| {
        let (code, shown, messages) = run(folder.path(), &[&["withheld"], arguments].concat());
        assert_eq!(code, Some(0), "{messages}");
        shown
    };
    let table = listed(&[]);
    let table = table.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "line 12: item 1, matter arising 2/26: the whole entry, with action 2/26",
        "line 13: item 1, matter arising 3/26: the whole entry, with action 3/26",
        "line 3: update of 2/26: the whole entry, with action 2/26",
        "line 4: update of 2/26: the whole entry, with action 2/26",
        "board.yaml, Board, September 2026: 2",
        "section 31, law enforcement: 4",
    ] {
        assert!(table.contains(expected), "{expected} in\n{table}");
    }
    assert!(!table.contains("zeppelin"), "{table}");
    let lacks = listed(&["--incomplete"]);
    assert!(!lacks.contains("with action"), "{lacks}");
    let words = listed(&["--words"]);
    assert!(words.contains("zeppelinsaid"), "{words}");
    let csv = listed(&["--to", "csv", "--exemption", "s30"]);
    assert_eq!(
        csv.matches("\"whole entry, with action 3/26\"").count(),
        1,
        "{csv}"
    );
}

#[test]
fn an_action_that_is_withheld_later_is_gone_from_the_website() {
    let folder = later();
    let first = folder.path().join("a.yaml");
    let closed = fs::read_to_string(&first).unwrap();
    // It stands in a draft, which is not on the website itself.
    let closed = closed.replace("published", "draft");
    let open = closed
        .replace("withheld: s31, ", "")
        .replace("    withheld: s30\n", "");
    let build = ["build", "--site", "--out", "site", "--as-at", "2026-11-01"];
    for (text, is_known) in [(&open, true), (&closed, false)] {
        fs::write(&first, text).unwrap();
        let (code, _, messages) = run(folder.path(), &build);
        assert_eq!(code, Some(0), "{messages}");
        let page = fs::read_to_string(folder.path().join("site/board.html")).unwrap();
        assert_eq!(page.contains("zeppelin"), is_known);
    }
    for (name, text) in files(&folder.path().join("site")) {
        assert_silent(&name, &text);
    }
}

#[test]
fn names_that_the_book_withholds_are_counted_where_they_are_printed() {
    let settings = "\
organisation: { name: Wenmoor Police and Crime Commissioner }
people:
  dcc: { name: Nasreen Baig, title: Deputy Chief Constable, initials: DCC }
  clerk: { name: <<s40(2) | Quentin Zabrowski>>, title: Clerk }
  other: { name: <<s40(2) | Ines Ferreira>>, title: Adviser }
";
    let meeting = "\
kind: meeting
title: Board
date: 2026-08-25
status: draft
attendance: [dcc, clerk]
apologies: []
items: [{ title: One, text: It was said., lead: clerk }]
";
    let notice = |meeting: &str| {
        let folder = on_disk(meeting, settings);
        let (code, _, messages) = run(folder.path(), &["build", "--to", "md"]);
        assert_eq!(code, Some(0), "{messages}");
        let notes = fs::read_to_string(folder.path().join("out/board.md")).unwrap();
        let line = notes.lines().find(|line| line.contains("withheld from"));
        line.unwrap_or_default().to_owned()
    };
    let own = notice(meeting);
    assert!(
        own.contains("1 passage has been withheld from these notes: 1 under section 40(2)"),
        "{own}"
    );
    let both = notice(&meeting.replace("apologies: []", "apologies: [other]"));
    assert!(both.contains("2 passages have been withheld"), "{both}");
    let none = notice(&meeting.replace("clerk", "dcc"));
    assert_eq!(none, "");
}

#[test]
fn what_a_logo_says_is_looked_through() {
    let settings =
        format!("{SETTINGS}look: {{ logo: {{ file: pictures/logo.svg, alt: Crest }} }}\n");
    let drawing = |comment: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><!-- {comment} --><path d=\"M0 0h9v9z\"/></svg>\n"
        )
    };
    let folder = on_disk(MEETING, &settings);
    fs::create_dir(folder.path().join("pictures")).unwrap();
    let logo = folder.path().join("pictures/logo.svg");
    for (comment, expected) in [
        ("Nobody may learn of the harbour inquiry", Some(1)),
        ("A castle", Some(0)),
    ] {
        fs::write(&logo, drawing(comment)).unwrap();
        let (code, messages) = build(folder.path());
        assert_eq!(code, expected, "{messages}");
        let is_told = messages.contains("error[leak]: pictures/logo.svg, line 1");
        assert_eq!(is_told, expected == Some(1), "{messages}");
        assert!(!leaks(&messages).contains("harbour"), "{messages}");
    }
}

#[test]
fn nothing_is_published_while_a_file_that_withholds_something_cannot_be_read() {
    const OTHER: &str = "\
kind: meeting
title: Panel
date: 2026-09-22
status: approved
approved: { by: Alun Price, date: 2026-09-29 }
chair: Alun Price
venue: Tarn House
attendance: [{ name: Alun Price }]
apologies: []
interests: none
items:
  - title: Land
    text: The depot stands behind the old laundry.
next_meeting: { text: None }
";
    let secret = "kind: meeting\ntitle: Board\ndate: 2026-02-31\nitems:\n  - title: Land\n    text: It stands <<s31 | behind the old laundry>>.\n";
    let row = "kind: meeting\ntitle: Board\ndate: 2026-02-31\nactions:\n  - { ref: 1/26, text: Mend the fence behind the old laundry, withheld: s31 }\n";
    let broken = "kind: meeting\ntitle: Board\nitems: [ <<s31 | behind the old laundry>>\n";
    for (board, is_refused) in [
        (secret, true),
        (row, true),
        (broken, true),
        ("kind: meeting\ntitle: Caf\u{FFFD}", true),
        ("kind: meeting\ntitle: Board\ndate: 2026-02-31\n", false),
    ] {
        let folder = on_disk(board, SETTINGS);
        fs::write(folder.path().join("panel.yaml"), OTHER).unwrap();
        let (code, _, said) = run(
            folder.path(),
            &["publish", "panel.yaml", "--date", "2026-10-01"],
        );
        let words = "board.yaml has errors, and what it withholds cannot be looked for in what is published";
        assert_eq!(said.contains(words), is_refused, "{board}: {said}");
        assert_eq!(code == Some(0), !is_refused, "{board}: {said}");
        assert_eq!(folder.path().join("releases.yaml").exists(), !is_refused);
    }
}

#[test]
fn what_a_file_may_withhold_that_is_left_out_is_in_nothing_public() {
    const LATER: &str = "\
kind: meeting
title: Board
date: 2026-09-22
status: draft
chair: Alun Price
venue: Tarn House
attendance: [{ name: Alun Price }]
items:
  - title: Matters arising
    matters_arising:
      - action: 7/26
        update: The fence now hides it
        state: open
";
    for status in [
        "draft",
        "approved\napproved: { by: Alun Price, date: 2026-09-29 }",
    ] {
        // The day does not exist, so that the file with the mark is left out.
        let folder = on_disk(
            &MEETING.replace("2026-08-25\nstatus", "2026-02-31\nstatus"),
            SETTINGS,
        );
        let later = LATER.replace("draft", status);
        fs::write(folder.path().join("later.yaml"), later).unwrap();
        let (code, messages) = build(folder.path());
        assert_eq!(code, Some(1), "{messages}");
        assert!(
            messages.contains(
                "not built: ./later.yaml: it says something of an action that ./board.yaml may withhold, and that file has errors: mend ./board.yaml first"
            ),
            "{messages}"
        );
        assert!(!folder.path().join("out/later.md").exists());
        let (_, _, published) = run(
            folder.path(),
            &["publish", "later.yaml", "--date", "2026-10-01"],
        );
        assert!(
            published.contains("it says something of an action that board.yaml may withhold"),
            "{published}"
        );
        let (_, _, internal) = run(folder.path(), &["build", "--edition", "internal"]);
        assert!(
            !internal.contains("it says something of an action"),
            "{internal}"
        );

        fs::write(folder.path().join("board.yaml"), MEETING).unwrap();
        let (_, messages) = build(folder.path());
        assert!(
            !messages.contains("it says something of an action"),
            "{messages}"
        );
        let made = fs::read_to_string(folder.path().join("out/later.md"));
        assert!(made.is_ok_and(|made| !made.contains("The fence now hides it")));
    }
}
