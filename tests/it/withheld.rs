//! `minutebook withheld` end to end: every form over a small book, every filter, mistakes. Every form says that it is
//! internal, and none repeats a withheld word that was not asked for.

use crate::book;
use crate::pdf::Pdf;
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
        ("md", "withheld.internal.md"),
        ("html", "withheld.internal.html"),
    ] {
        let (shown, messages) = ran(&["--to", format], 0);
        assert_eq!(messages, "");
        let shown = match format {
            "html" => book::without_style(&shown),
            _ => shown,
        };
        assert!(shown.contains("INTERNAL"), "{format}");
        for secret in SECRETS {
            assert!(!shown.contains(secret), "{format}: {secret}");
        }
        golden(name, &shown);
    }
}

#[test]
fn the_pages_for_the_office_say_on_every_page_that_they_are_internal() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let (_, messages) = ran(&["--to", "md,html,pdf,csv,json,table", "--out", out], 0);
    assert!(messages.starts_with("INTERNAL"), "{messages}");
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let endings = ["csv", "html", "json", "md", "pdf", "txt"];
    assert_eq!(
        names,
        endings.map(|ending| format!("withheld.internal.{ending}"))
    );
    let bytes = std::fs::read(folder.path().join("withheld.internal.pdf")).unwrap();
    let text = Pdf::read(&bytes).text();
    let pages: Vec<&str> = text.split("--- page ").skip(1).collect();
    assert!(pages.len() > 1);
    for page in pages {
        assert!(page.contains("[INTERNAL]"), "{page}");
    }
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret}");
    }
    let (html, _) = ran(&["--to", "html"], 0);
    for expected in ["noindex", "1 April 2026", "Says where patrols stop."] {
        assert!(html.contains(expected), "{expected}");
    }
}

#[test]
fn the_record_stands_in_no_file_that_could_be_public() {
    let folder = tempfile::tempdir().unwrap();
    for (name, format) in [
        ("withheld.html", "html"),
        ("2026-08-25.pdf", "pdf"),
        ("list.csv", "csv"),
        ("list.md", "table"),
    ] {
        let file = folder.path().join(name);
        let (shown, messages) = ran(&["--to", format, "--out", file.to_str().unwrap()], 2);
        assert_eq!(shown, "");
        assert!(messages.contains("so must be the name of its file"));
        assert!(!file.exists());
    }
    assert!(folder.path().read_dir().unwrap().next().is_none());
}

#[test]
fn the_words_are_shown_when_they_are_asked_for() {
    let (shown, _) = ran(&["--words"], 0);
    golden("words.txt", &shown);
    for format in ["table", "csv", "json", "md", "html"] {
        let (shown, _) = ran(&["--words", "--to", format], 0);
        for secret in SECRETS {
            // A long text is broken into lines.
            let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            let shown = shown.replace("&#39;", "'");
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
        (
            ["--to", "ics"],
            "error: invalid value 'ics' for '--to <FORMATS>': it can be table, csv, json, md, html or pdf",
        ),
        (["--to", "pdf"], "error: a PDF needs a file: `--out FILE`"),
        (
            ["--to", "md,html"],
            "error: several formats need a folder: `--out DIR`",
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
    let file = folder.path().join("withheld.internal.csv");
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
