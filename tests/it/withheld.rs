//! `minutebook withheld` end to end: every form over a small book, every filter, mistakes. Every form says that it is
//! internal, and none repeats a withheld word that was not asked for.

use crate::book;
use crate::register::described;
use serde_json::Value;
use snapbox::Data;
use std::path::PathBuf;
use std::process::Command;

/// Words that the book withholds.
const SECRETS: [&str; 9] = [
    "alarm panel",
    "Kit Moss",
    "40 pounds",
    "Larch Hill",
    "Brook",
    "plain car",
    "void",
    "camera",
    "stop at ten",
];

fn small() -> PathBuf {
    book::cases("withheld").join("book")
}

fn golden(name: &str, actual: &str) {
    let path = book::cases("withheld").join("out").join(name);
    snapbox::assert_data_eq!(actual.to_owned(), Data::read_from(&path, None).raw());
}

/// Runs `minutebook withheld` over the small book, expects an exit code, and gives both streams.
fn ran(arguments: &[&str], code: i32) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    command.current_dir(small()).arg("withheld").args(arguments);
    command.env_remove("CLICOLOR_FORCE").env("COLUMNS", "80");
    let output = command.output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}\n{out}\n{err}"
    );
    (out, err)
}

#[test]
fn every_form_is_internal_and_repeats_no_withheld_word() {
    for (format, name) in [
        ("table", "withheld.txt"),
        ("csv", "withheld.csv"),
        ("json", "withheld.json"),
    ] {
        let (shown, messages) = ran(&["--to", format], 0);
        assert_eq!(messages, "");
        assert!(shown.contains("INTERNAL"), "{format}");
        for secret in SECRETS {
            assert!(!shown.contains(secret), "{format}: {secret}");
        }
        golden(name, &shown);
    }
}

#[test]
fn the_words_are_shown_when_they_are_asked_for() {
    let (shown, _) = ran(&["--words"], 0);
    golden("words.txt", &shown);
    for format in ["table", "csv", "json"] {
        let (shown, _) = ran(&["--words", "--to", format], 0);
        for secret in SECRETS {
            // A long text is broken into lines.
            let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(shown.contains(secret), "{format}: {secret}");
        }
    }
}

/// The lines of what is listed, with their files.
fn listed(arguments: &[&str]) -> Vec<String> {
    let (json, _) = ran(&[arguments, &["--to", "json"]].concat(), 0);
    let json: Value = serde_json::from_str(&json).unwrap();
    let all = json["withheld"].as_array().unwrap();
    let name = |one: &Value| format!("{}:{}", one["file"].as_str().unwrap(), one["line"]);
    all.iter().map(name).collect()
}

#[test]
fn every_filter_leaves_what_it_says() {
    assert_eq!(listed(&[]).len(), 12);
    assert_eq!(
        listed(&["--exemption", "s42"]),
        ["board/2026-08-25.yaml:35"]
    );
    assert_eq!(
        listed(&["--exemption", "S40"]),
        [
            "board/2026-08-25.yaml:5",
            "board/2026-08-25.yaml:20",
            "tracker.yaml:11"
        ]
    );
    assert_eq!(
        listed(&["--exemption", "legal-hold,s38"]),
        ["minutebook.yaml:7", "board/2026-08-25.yaml:26"]
    );
    assert_eq!(listed(&["--series", "board"]).len(), 10);
    assert_eq!(
        listed(&["--incomplete", "--exemption", "s31"]),
        ["board/2026-08-25.yaml:19", "board/2026-08-25.yaml:34"]
    );
}

#[test]
fn mistakes_are_told() {
    for (arguments, message) in [
        (
            ["--exemption", "s39"],
            "error: `s39` is not an exemption; the codes are s21, ",
        ),
        (
            ["--series", "bord"],
            "error: there is no series `bord`; did you mean `board`?",
        ),
    ] {
        let (shown, messages) = ran(&arguments, 2);
        assert_eq!(shown, "");
        assert!(messages.starts_with(message), "{messages}");
    }
}

#[test]
fn the_record_goes_to_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("withheld.csv");
    let (shown, messages) = ran(&["--to", "csv", "--out", file.to_str().unwrap()], 0);
    assert_eq!(shown, "");
    assert!(messages.starts_with("INTERNAL"), "{messages}");
    let written = std::fs::read_to_string(file).unwrap();
    assert_eq!(written, ran(&["--to", "csv"], 0).0);
}

#[test]
fn the_schema_describes_the_json() {
    let output = Command::new(env!("CARGO_BIN_EXE_minutebook"))
        .args(["schema", "withheld"])
        .output()
        .unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    let json: Value = serde_json::from_str(&ran(&["--to", "json", "--words"], 0).0).unwrap();
    described(&json, &schema, &schema);
}

#[test]
fn why_passages_are_withheld_is_in_nothing_public() {
    let made = book::make(&small());
    assert_eq!(made.messages, "");
    for document in &made.public {
        for reason in [
            "patrols stop",
            "thieves",
            "member of the public",
            "2026-04-01",
        ] {
            for text in [&document.markdown, &document.html] {
                assert!(!text.contains(reason), "{}: {reason}", document.name);
            }
        }
    }
}
