//! A book with more than a thousand secrets, in every field and in every form, and a second reader that looks for them in
//! everything that the program makes of it. The reader shares no code with the program.
//!
//! With `MINUTEBOOK_SECRETS` set to a folder, all of it stays there, for `tests/validate/secrets`.

mod book;
mod faults;
mod planted;
mod reader;
mod words;

use book::{Planter, WORDS};
use minutebook::load::schema;
use reader::Reader;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use words::Secret;

/// What people write; `releases.yaml` is written by the program alone.
const KINDS: [(&str, &str); 5] = [
    ("book", "Settings"),
    ("meeting", "Meeting"),
    ("tracker", "Tracker"),
    ("plan", "Plan"),
    ("updates", "Updates"),
];

/// Fields of which this book shows nothing in either edition: days, rhythms and refs that mean nothing as they stand here,
/// abbreviations that no text uses, and codes of exemptions.
const UNPRINTED: [&str; 13] = [
    "Action.review",
    "Item.every",
    "Meeting.glossary",
    "Meeting.versions",
    "PassageRecord.exemption",
    "Plan.date",
    "Plan.glossary",
    "Record.exemption",
    "Tracker.date",
    "Tracker.glossary",
    "Tracker.versions",
    "Update.action",
    "Updates.updates",
];

fn planter() -> Planter {
    let schemas: Vec<Value> = KINDS
        .iter()
        .filter_map(|(kind, _)| schema::schema(kind))
        .collect();
    Planter::new(&schemas)
}

/// Where the files go: a folder that stays, or one that goes with the test.
fn place(name: &str) -> (PathBuf, Option<tempfile::TempDir>) {
    match std::env::var_os("MINUTEBOOK_SECRETS") {
        Some(folder) => {
            let folder = PathBuf::from(folder).join(name);
            let _ = fs::remove_dir_all(&folder);
            (folder, None)
        }
        None => {
            let folder = tempfile::tempdir().unwrap();
            (folder.path().join(name), Some(folder))
        }
    }
}

fn run(book: &Path, arguments: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    program.current_dir(book).args(arguments).output().unwrap()
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A book that is full of secrets, on disk.
fn plant(book: &Path) -> Planter {
    let mut planter = planter();
    let settings = settings(&mut planter);
    write(&book.join("minutebook.yaml"), book::yaml(&settings));
    for (folder, day) in [("published", "2026-06-30"), ("drafts", "2026-07-28")] {
        // The commands that approve and publish write these.
        planter.left_out = match folder {
            "published" => &["approved", "versions"],
            _ => &[],
        };
        for (kind, part) in &KINDS[1..] {
            let path = format!("{folder}/{kind}.yaml");
            let mut document = planter.document(&path, part);
            if *part != "Updates" {
                document.insert("status".to_owned(), "draft".into());
            }
            if *part == "Meeting" {
                document.insert("date".to_owned(), day.into());
            }
            write(&book.join(path), book::yaml(&document));
        }
    }
    planter
}

/// The settings: what is doubtful is a note, so that it stands in the way of nothing.
fn settings(planter: &mut Planter) -> Map<String, Value> {
    let mut settings = planter.document("minutebook.yaml", "Settings");
    let note = json!({ "level": "note", "reason": "it is meant" });
    let lints = minutebook::check::codes().map(|(code, ..)| (code.to_owned(), note.clone()));
    settings.insert("lints".to_owned(), lints.collect::<Map<_, _>>().into());
    settings["people"]["pcc"] =
        json!({ "name": "Anna Starkey", "title": "Commissioner", "initials": "PCC" });
    let mut board = settings["series"]["k1"].clone();
    board["title"] = "Board".into();
    board["chair"] = "pcc".into();
    settings["series"]["board"] = board;
    settings.insert("look".to_owned(), json!({ "accent": "#1d4f5f" }));
    settings.insert(
        "site".to_owned(),
        json!({ "address": "https://wenmoor.example/notes/" }),
    );
    settings
}

/// Everything that is made of the book. What a command prints is kept beside what it writes, and so are lines of the book
/// that are shown to the person who writes them.
fn make(book: &Path, public: &Path, internal: &Path) {
    let all = [
        "published/meeting.yaml",
        "published/tracker.yaml",
        "published/plan.yaml",
    ];
    let printed = |arguments: &[&str]| {
        let output = run(book, arguments);
        let text = [output.stdout, output.stderr].concat();
        let shown = String::from_utf8_lossy(&text);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}\n{shown}");
        text
    };
    let kept = |name: &str, arguments: &[&str]| {
        write(
            &public.join("printed").join(format!("{name}.txt")),
            printed(arguments),
        );
    };
    kept("check in words", &["check"]);
    kept("what would be fixed", &["check", "--fix", "--dry-run"]);
    for file in all {
        let approve = ["approve", file, "--by", "pcc", "--date", "2026-09-29"];
        kept(
            &format!("what approve would do {}", &file[10..]),
            &[&approve[..], &["--dry-run"]].concat(),
        );
        kept(
            &format!("approve {}", &file[10..]),
            &["approve", file, "--by", "pcc", "--date", "2026-09-29"],
        );
    }
    let publish = [&["publish"], &all[..], &["--date", "2026-10-01"]].concat();
    kept(
        "what publish would do",
        &[&publish[..], &["--dry-run"]].concat(),
    );
    kept("publish", &publish);
    let into = |folder: &Path, name: &str| folder.join(name).to_string_lossy().into_owned();
    kept(
        "build",
        &["build", "--format", "json", "--out", &into(public, "build")],
    );
    kept(
        "site",
        &[
            "build",
            "--site",
            "--format",
            "json",
            "--as-at",
            "2026-12-01",
            "--out",
            &into(public, "site"),
        ],
    );
    let register = ["actions", "--all", "--as-at", "2026-12-01"];
    let formats = ["--to", "table,csv,json,md,html,pdf,ics", "--out"];
    kept(
        "actions",
        &[&register[..], &formats, &[&into(public, "actions")]].concat(),
    );
    for sheet in ["chair", "figures", "owner"] {
        let of = if sheet == "owner" {
            ["--owner", "pcc"]
        } else {
            ["--series", "board"]
        };
        let arguments = [
            "actions",
            "--as-at",
            "2026-12-01",
            "--sheet",
            sheet,
            "--to",
            "md,html",
            "--out",
        ];
        kept(
            sheet,
            &[&arguments[..], &[&into(public, "sheets")], &of].concat(),
        );
    }
    kept(
        "next",
        &[
            "next",
            "board",
            "--date",
            "2026-10-27",
            "--out",
            &into(public, "next.yaml"),
        ],
    );
    kept("check", &["check", "--format", "json"]);
    for kept in [
        "releases.yaml",
        "releases/published/meeting/1.0.txt",
        "releases/published/meeting/1.0.md",
    ] {
        assert!(book.join(kept).is_file(), "{kept}");
    }
    for entry in walkdir::WalkDir::new(book).into_iter().flatten() {
        let path = entry.path().strip_prefix(book).unwrap();
        // What the website remembers of its last build is read like all that is public.
        let is_memory = path.starts_with(".minutebook");
        assert!(
            is_memory || !entry.file_name().to_string_lossy().starts_with('.'),
            "{} is left",
            path.display()
        );
        let is_kept = path.starts_with("releases") || is_memory;
        if is_kept && entry.file_type().is_file() || path == Path::new("releases.yaml") {
            write(
                &public.join("kept").join(path),
                fs::read(entry.path()).unwrap(),
            );
        }
    }
    let internal_edition = ["--edition", "internal", "--out"];
    printed(
        &[
            &["build", "--to", "html"],
            &internal_edition[..],
            &[&into(internal, "build")],
        ]
        .concat(),
    );
    printed(
        &[
            &register[..],
            &["--to", "json"],
            &internal_edition,
            &[&into(internal, "actions.internal.json")],
        ]
        .concat(),
    );
}

#[test]
fn no_secret_is_published_and_none_is_lost() {
    let (folder, _keeps) = place("book-of-secrets");
    let (book, public, internal) = (
        folder.join("book"),
        folder.join("public"),
        folder.join("internal"),
    );
    let planter = plant(&book);
    let secrets = &planter.secrets;
    assert!(secrets.len() > 1_000, "{}", secrets.len());
    let empty: Vec<String> = planter
        .fields()
        .difference(&planter.filled)
        .cloned()
        .collect();
    assert_eq!(empty, Vec::<String>::new(), "fields that hold no secret");
    write(
        &folder.join("secrets.json"),
        serde_json::to_vec(secrets).unwrap(),
    );
    make(&book, &public, &internal);
    let reader = Reader::new(secrets);
    let told = |found: &reader::Found| {
        let (secret, word) = found.word;
        let (place, forms) = (&secrets[secret].place, &secrets[secret].words[word]);
        format!(
            "{} ({}): {place}: {forms:?}",
            found.file.display(),
            found.view
        )
    };
    let found: Vec<String> = reader.find(&public).iter().map(told).collect();
    assert!(
        found.is_empty(),
        "{} are public:\n{}",
        found.len(),
        found.join("\n")
    );
    let held: BTreeSet<(usize, usize)> = reader
        .find(&internal)
        .iter()
        .map(|found| found.word)
        .collect();
    assert_eq!(lost(secrets, &held), Vec::<String>::new());
    assert_eq!(unprinted(secrets, &held), UNPRINTED);
}

/// Words that the internal edition does not show, though it shows most of their text. Where it shows a few, they stand in an
/// address or a name that is made of the text; such a name has not the address of a link in it.
fn lost(secrets: &[Secret], held: &BTreeSet<(usize, usize)>) -> Vec<String> {
    let mut lost = Vec::new();
    for (number, secret) in secrets.iter().enumerate() {
        let words = 0..secret.words.len();
        let (shown, hidden): (Vec<usize>, Vec<usize>) =
            words.partition(|word| held.contains(&(number, *word)));
        if shown.len() > 2 * hidden.len() {
            lost.extend(
                hidden
                    .iter()
                    .map(|word| format!("{}: {:?}", secret.place, secret.words[*word])),
            );
        }
    }
    lost
}

/// Fields of which no word is in the internal edition of any document.
fn unprinted(secrets: &[Secret], held: &BTreeSet<(usize, usize)>) -> Vec<String> {
    let field = |secret: &Secret| secret.place.split(": ").last().unwrap().to_owned();
    let printed: BTreeSet<String> = held
        .iter()
        .map(|(secret, _)| field(&secrets[*secret]))
        .collect();
    let documents = secrets
        .iter()
        .filter(|secret| !secret.place.starts_with("minutebook.yaml"));
    let all: BTreeSet<String> = documents.map(field).collect();
    all.difference(&printed).cloned().collect()
}

/// In a field that holds no text a mark would hide nothing, so it is an error, and the message repeats no word.
#[test]
fn every_field_hides_its_words_or_refuses_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut planter = planter();
    planter.is_probe = true;
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for (kind, part) in KINDS {
        let file = if kind == "book" {
            "minutebook.yaml".to_owned()
        } else {
            format!("{kind}.yaml")
        };
        let text = book::yaml(&planter.document(&file, part));
        write(&folder.path().join(&file), &text);
        lines.push((file, text.lines().map(str::to_owned).collect()));
    }
    let output = run(folder.path(), &["check", "--format", "json"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut refused = BTreeSet::new();
    for line in printed.lines() {
        let fault: Value = serde_json::from_str(line).unwrap();
        if fault["code"] != "withheld-word" {
            continue;
        }
        let (_, lines) = lines
            .iter()
            .find(|(file, _)| fault["file"] == **file)
            .unwrap();
        let line = &lines[fault["line"].as_u64().unwrap() as usize - 1];
        let is_there = |secret: &&Secret| {
            secret
                .words
                .iter()
                .flatten()
                .any(|word| line.contains(word))
        };
        let secret = planter
            .secrets
            .iter()
            .find(is_there)
            .unwrap_or_else(|| panic!("{line}"));
        refused.insert(secret.place.split(": ").nth(1).unwrap().to_owned());
    }
    let keys = [
        "glossary",
        "bodies",
        "people",
        "series",
        "lints",
        "exemptions",
        "sources",
    ];
    let (of_keys, of_words): (BTreeSet<_>, BTreeSet<_>) =
        refused.iter().partition(|place| place.ends_with(" key"));
    for key in keys {
        assert!(
            of_keys
                .iter()
                .any(|place| place.ends_with(&format!("{key} key"))),
            "{key}: {of_keys:?}"
        );
    }
    let words: BTreeSet<&str> = WORDS.iter().map(|(field, _)| *field).collect();
    let words: BTreeSet<&str> = words
        .into_iter()
        .filter(|field| !field.ends_with(".kind"))
        .collect();
    assert_eq!(
        of_words
            .iter()
            .map(|field| field.as_str())
            .collect::<BTreeSet<_>>(),
        words
    );
    let reader = Reader::new(&planter.secrets);
    write(&folder.path().join("printed/check.txt"), printed);
    let found = reader.find(&folder.path().join("printed"));
    assert!(
        found.is_empty(),
        "{:?}",
        found
            .iter()
            .map(|found| &planter.secrets[found.word.0].place)
            .collect::<Vec<_>>()
    );
}
