//! `minutebook actions` end to end: every format over a small book, every filter, mistakes, widths of the terminal.

use crate::book;
use minutebook::exchange::{self, Actions, Words};
use minutebook::ledger::{Ledger, lines};
use minutebook::report::{self, Colour};
use minutebook::{edition, load};
use serde_json::Value;
use snapbox::Data;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The day for which everything here is worked out.
const AS_AT: &str = "2026-08-20";

/// What the public edition of the book must not say.
const SECRETS: [&str; 4] = ["covert", "Dunmore", "secondment", "member of staff"];

fn small() -> PathBuf {
    book::cases("register").join("book")
}

fn golden(name: &str, actual: &str) {
    let path = book::cases("register").join("out").join(name);
    snapbox::assert_data_eq!(actual.to_owned(), Data::read_from(&path, None).raw());
}

/// Runs `minutebook actions` in a folder, expects an exit code, and gives both streams.
fn ran_in(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    command.current_dir(folder).arg("actions").args(arguments);
    command.env_remove("CLICOLOR_FORCE").env("COLUMNS", "80");
    let output = command.output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}\n{out}\n{err}"
    );
    assert!(!err.contains("panicked"), "{err}");
    (out, err)
}

/// The same over the small book, as at the day; it has no errors.
fn ran(arguments: &[&str]) -> String {
    let all = [&["--as-at", AS_AT], arguments].concat();
    let (out, err) = ran_in(&small(), &all, 0);
    assert_eq!(err, "");
    out
}

/// The refs of the actions that are chosen, in their order; "new" for one without.
fn chosen(arguments: &[&str]) -> Vec<String> {
    let json: Value = serde_json::from_str(&ran(&[arguments, &["--to", "json"]].concat())).unwrap();
    let actions = json["actions"].as_array().unwrap();
    let reference = |action: &Value| action["ref"].as_str().unwrap_or("new").to_owned();
    actions.iter().map(reference).collect()
}

/// The register of a book's public edition in every shape that needs no template, in small letters. Long lines are not
/// folded, so that every word is whole.
pub(crate) fn public(root: &Path) -> Vec<(&'static str, String)> {
    let book = load::load(root).unwrap().book;
    let public = edition::public(&book);
    let shelf = public.shelf();
    let ledger = Ledger::new(&shelf, &book.sources);
    let day = chrono::NaiveDate::from_ymd_opt(2999, 12, 31).unwrap();
    let lines = lines(&ledger, day);
    let lines: Vec<_> = lines.iter().collect();
    let actions = Actions::new(&lines, &Words::new(&shelf), &book.sources, day, Vec::new());
    let shapes = [
        ("the table", report::table(&actions, 2_000, Colour::No)),
        ("CSV", exchange::csv::csv(&actions).unwrap()),
        ("JSON", exchange::json::json(&actions).unwrap()),
        (
            "iCalendar",
            exchange::ics::ics(&actions).replace("\r\n ", ""),
        ),
    ];
    shapes
        .map(|(shape, text)| (shape, text.to_lowercase()))
        .into()
}

fn failed(arguments: &[&str]) -> String {
    let (out, err) = ran_in(&small(), arguments, 2);
    assert_eq!(out, "");
    err
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

const SETTINGS: &str = "organisation: { name: Wenmoor Police and Crime Commissioner }\n";

#[test]
fn the_table_fits_the_terminal() {
    for width in [40, 80, 110, 150] {
        let table = ran(&["--width", &width.to_string(), "--all"]);
        let widest = table.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(width), "{table}");
        golden(&format!("table-{width}.txt"), &table);
    }
    // However narrow, there is a list; whatever a pipe is given has no colour.
    assert!(ran(&["--width", "1"]).contains("1/26"));
    assert!(!ran(&[]).contains('\u{1b}'));
    assert_eq!(ran(&[]), ran(&["--width", "80"]));
}

#[test]
fn spreadsheets_are_given_what_they_read_as_text() {
    let csv = ran(&["--to", "csv", "--all"]);
    golden("actions.csv", &csv.replace("\r\n", "\n"));
    assert!(csv.starts_with("\u{FEFF}\"Ref\","), "{csv}");
    assert!(csv.ends_with("\"\r\n"), "{csv}");
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{FEFF}').as_bytes());
    for record in reader.records() {
        for cell in &record.unwrap() {
            assert!(
                !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{cell}"
            );
        }
    }
    assert!(csv.contains("\"'=HYPERLINK("), "{csv}");
    assert!(csv.contains("\"'1/26\""), "{csv}");
}

#[test]
fn programs_are_given_the_whole_history() {
    let text = ran(&["--to", "json", "--all"]);
    golden("actions.json", &text);
    let json: Value = serde_json::from_str(&text).unwrap();
    let actions = json["actions"].as_array().unwrap();
    let first = actions.iter().find(|one| one["ref"] == "1/26").unwrap();
    assert_eq!(first["history"].as_array().unwrap().len(), 2);
    assert_eq!(
        first["redatings"][0]["reason"],
        "the south lost its analyst"
    );
    assert_eq!(json["counts"]["total"], actions.len());
}

/// Every field of the JSON is in its schema, and every field of the schema in the JSON.
#[test]
fn the_schema_describes_the_json() {
    let output = Command::new(env!("CARGO_BIN_EXE_minutebook"))
        .args(["schema", "actions"])
        .output()
        .unwrap();
    let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
    let json: Value = serde_json::from_str(&ran(&["--to", "json", "--all"])).unwrap();
    described(&json, &schema, &schema);
}

pub(crate) fn described(value: &Value, by: &Value, schema: &Value) {
    if let Some(name) = by["$ref"].as_str() {
        let name = name.trim_start_matches("#/$defs/");
        return described(value, &schema["$defs"][name], schema);
    }
    if let Some(choices) = by["anyOf"].as_array() {
        if !value.is_null() {
            described(value, &choices[0], schema);
        }
        return;
    }
    match value {
        Value::Object(fields) => {
            let properties = by["properties"].as_object().unwrap();
            let names: Vec<&String> = fields.keys().collect();
            assert_eq!(names, properties.keys().collect::<Vec<&String>>());
            for (name, value) in fields {
                assert!(properties[name]["description"].is_string(), "{name}");
                described(value, &properties[name], schema);
            }
        }
        Value::Array(values) => {
            for value in values {
                described(value, &by["items"], schema);
            }
        }
        Value::String(_) if by["enum"].is_array() => {
            assert!(by["enum"].as_array().unwrap().contains(value), "{value}");
        }
        Value::String(_) => assert_eq!(by["type"], "string", "{value}"),
        Value::Number(_) => assert_eq!(by["type"], "integer", "{value}"),
        Value::Bool(_) => assert_eq!(by["type"], "boolean", "{value}"),
        Value::Null => panic!("{by}"),
    }
}

#[test]
fn calendars_are_given_to_dos() {
    let ics = ran(&["--to", "ics"]);
    golden("actions.ics", &ics.replace("\r\n", "\n"));
    assert!(ics.lines().count() == ics.matches("\r\n").count());
    assert!(ics.split("\r\n").all(|line| line.len() <= 75), "{ics}");
    let uids: Vec<&str> = ics
        .lines()
        .filter(|line| line.starts_with("UID:"))
        .collect();
    let different: std::collections::BTreeSet<&&str> = uids.iter().collect();
    // What is withheld whole is nobody's to-do.
    assert_eq!(uids.len() + 1, chosen(&[]).len());
    assert_eq!(uids.len(), different.len());
    // A closed action keeps its to-do, so that a calendar that had it ticks it off.
    let closed = ran(&["--to", "ics", "--state", "closed"]);
    assert!(closed.contains("STATUS:COMPLETED\r\n"), "{closed}");
    assert!(closed.contains("STATUS:CANCELLED\r\n"), "{closed}");
}

#[test]
fn the_public_edition_says_that_something_is_withheld_and_not_what() {
    for shape in ["table", "csv", "json", "ics"] {
        let wide = ["--to", shape, "--all", "--width", "400"];
        let public = ran(&wide);
        // Lines are folded and wrapped wherever it may be.
        let public: String = public.split_whitespace().collect();
        for secret in SECRETS {
            let secret: String = secret.split_whitespace().collect();
            assert!(!public.contains(&secret), "{shape}: {secret}");
        }
        let is_shown = public.contains("Withheld:section40(2)");
        assert_eq!(is_shown, shape != "ics", "{shape}");
        assert!(public.contains("[Withheld:section31]"), "{shape}");
        let internal = ran(&[&wide[..], &["--edition", "internal"]].concat());
        let internal: String = internal.split_whitespace().collect();
        assert!(
            internal.contains("[Withheld:section31:thecovertbudget]"),
            "{shape}"
        );
        assert!(internal.contains("SergeantDunmore"), "{shape}");
    }
    assert!(ran(&["--edition", "internal"]).starts_with("INTERNAL. Actions of"));
}

#[test]
fn filters_choose_and_combine() {
    let open = [
        "R1.10", "1/26", "new", "6/26", "3/26", "P1.1", "7/26", "2/26", "8/26", "5/26",
    ];
    assert_eq!(chosen(&[]), open);
    assert_eq!(chosen(&["--series", "region"]), ["R1.10", "P1.1"]);
    assert_eq!(
        chosen(&["--series", "region", "--series", "assurance"]),
        open
    );
    assert_eq!(chosen(&["--overdue"]), ["R1.10", "1/26", "new"]);
    assert_eq!(chosen(&["--no-update"]), ["6/26"]);
    assert_eq!(chosen(&["--state", "proposed"]), ["3/26"]);
    assert_eq!(chosen(&["--state", "retained,proposed"]), ["6/26", "3/26"]);
    assert_eq!(chosen(&["--state", "closed"]), ["30/25", "4/26"]);
    assert_eq!(chosen(&["--state", "superseded"]), ["4/26"]);
    assert_eq!(chosen(&["--all"]).len(), open.len() + 2);
    assert_eq!(chosen(&["--due-before", "2026-08-11"]), ["R1.10", "1/26"]);
    assert_eq!(
        chosen(&["--due-before", "Tuesday 11 August 2026"]),
        ["R1.10", "1/26"]
    );
    assert_eq!(chosen(&["--since", "3 August 2026"]), ["2/26"]);
    assert_eq!(
        chosen(&["--since", "2026-07-28", "--overdue"]),
        ["1/26", "new"]
    );
    assert_eq!(
        chosen(&["--series", "region", "--state", "proposed"]),
        [""; 0]
    );
}

#[test]
fn owners_are_found_by_key_initials_alias_and_name() {
    for name in [
        "dcc",
        "DCC",
        "the Deputy",
        "idris vaughan",
        "Deputy Chief Constable",
    ] {
        assert_eq!(chosen(&["--owner", name]), ["1/26"], "{name}");
    }
    // A part has an owner too, and somebody whom the register lacks is found by name.
    assert_eq!(chosen(&["--owner", "marsh"]), ["1/26"]);
    assert_eq!(chosen(&["--owner", "wenmoor parish council"]), ["6/26"]);
    assert_eq!(chosen(&["--owner", "rcu"]), ["R1.10", "P1.1"]);
    assert_eq!(
        chosen(&["--body", "Regional Crime Unit"]),
        ["R1.10", "3/26", "P1.1"]
    );
    // Who owns what is withheld is withheld too.
    let internal = ["--owner", "dcc", "--edition", "internal"];
    assert_eq!(chosen(&internal), ["1/26", "5/26"]);
}

#[test]
fn the_date_decides_what_stands() {
    let at = |day: &str| {
        let (out, _) = ran_in(&small(), &["--as-at", day, "--to", "json"], 0);
        serde_json::from_str::<Value>(&out).unwrap()
    };
    // One was set on that day, one before the book began.
    assert_eq!(at("2026-02-03")["counts"]["total"], 2);
    let may = at("2026-06-20");
    assert_eq!(may["counts"]["due_now"], 1);
    let july = at("31 July 2026");
    assert_eq!(july["as_at"], "2026-07-31");
    // Without a date it is today, and the same in the folder of the book as from outside.
    let here = ran_in(&small(), &[], 0).0;
    let book = small();
    let there = ran_in(Path::new("/"), &[book.to_str().unwrap()], 0).0;
    assert_eq!(here, there);
}

#[test]
fn readers_are_given_sheets() {
    let markdown = ran(&["--to", "md"]);
    let html = ran(&["--to", "html"]);
    for made in [&markdown, &html] {
        assert!(made.contains("Let the old station"));
        assert!(!made.contains("Find a tenant"));
    }
    assert!(html.starts_with("<!doctype html>"));
    let chair = ran(&["--to", "md", "--sheet", "chair", "--series", "assurance"]);
    assert!(chair.starts_with("# Chair"), "{chair}");
    assert!(!chair.contains("R1.10"), "{chair}");
    let owner = ran(&["--to", "md", "--sheet", "owner", "--owner", "the Deputy"]);
    assert!(owner.starts_with("# Actions of Idris Vaughan"), "{owner}");
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let sheets = [
        &["--series", "assurance"][..],
        &["--series", "assurance", "--sheet", "chair"],
        &["--sheet", "owner", "--owner", "dcc"],
    ];
    for sheet in sheets {
        ran(&[sheet, &["--to", "pdf", "--out", to]].concat());
    }
    for name in ["actions.pdf", "chair.pdf", "owner-dcc.pdf"] {
        let pdf = fs::read(folder.path().join(name)).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"), "{name}");
    }
}

#[test]
fn a_broken_template_is_told_with_its_place() {
    let book = folder(&[("minutebook.yaml", SETTINGS)]);
    fs::create_dir(book.path().join("templates")).unwrap();
    fs::write(book.path().join("templates/actions.html"), "{% if %}").unwrap();
    let (out, err) = ran_in(book.path(), &["--to", "html"], 1);
    assert_eq!(out, "");
    assert!(err.contains("actions.html:1"), "{err}");
    // What needs no template does not ask for one.
    ran_in(book.path(), &["--to", "csv"], 0);
}

#[test]
fn an_empty_list_says_so() {
    assert!(ran(&["--due-before", "2020-01-01"]).contains("There are no such actions."));
    let book = folder(&[("minutebook.yaml", SETTINGS)]);
    let (out, _) = ran_in(book.path(), &["--as-at", AS_AT], 0);
    assert!(out.contains("There are no open actions."), "{out}");
    for shape in ["csv", "json", "ics"] {
        let (out, _) = ran_in(book.path(), &["--as-at", AS_AT, "--to", shape], 0);
        assert!(!out.is_empty());
    }
}

#[test]
fn mistakes_are_told_with_what_was_meant() {
    for (arguments, message) in [
        (&["--series", "asurance"][..], "did you mean `assurance`?"),
        (&["--series", "xyz"], "the book has `assurance`, `region`"),
        (&["--owner", "vaugan"], "nobody is called `vaugan`"),
        (&["--owner", "marhs"], "did you mean `marsh`?"),
        (
            &["--owner", "ACC"],
            "write the key of one: `marsh`, `oyelaran`",
        ),
        (&["--body", "dcc"], "is a person"),
        (&["--as-at", "soon"], "write it as 2026-08-25"),
        (&["--as-at", "20 August"], "the year is missing"),
        (&["--as-at", "31 February 2026"], "there is no such day"),
        (
            &["--as-at", "Monday 20 August 2026"],
            "that day is a Thursday",
        ),
        (&["--to", "cvs"], "csv"),
        (&["--to", "pdf"], "a PDF needs a file"),
        (&["--to", "csv,json"], "several formats need a folder"),
        (&["--state", "opne"], "open"),
        (&["--sheet", "owner"], "needs `--owner NAME`"),
        (&["nowhere"], "nowhere"),
    ] {
        let err = failed(arguments);
        assert!(err.contains(message), "{arguments:?}: {err}");
    }
}

#[test]
fn files_are_written_whole_and_named_after_their_edition() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("deep/list.csv");
    let to = out.to_str().unwrap();
    assert_eq!(ran(&["--to", "csv", "--out", to]), "");
    assert_eq!(fs::read_to_string(&out).unwrap(), ran(&["--to", "csv"]));
    let to = folder.path().to_str().unwrap();
    ran(&["--to", "table,csv,json,ics", "--out", to]);
    ran(&["--to", "csv", "--out", to, "--edition", "internal"]);
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "actions.csv",
            "actions.ics",
            "actions.internal.csv",
            "actions.json",
            "actions.txt",
            "deep"
        ]
    );
}

#[test]
fn a_book_with_errors_still_has_its_register() {
    let meeting = "kind: meeting\ntitle: A\ndate: 2026-08-25\nactions: [{ ref: 1/26, text: Do it, due: 2026-09-01 }]\n";
    let book = folder(&[
        ("minutebook.yaml", SETTINGS),
        ("a.yaml", meeting),
        ("b.yaml", "kind: meting\n"),
    ]);
    let (out, err) = ran_in(book.path(), &["--as-at", "2026-08-25"], 1);
    assert!(out.contains("Do it"), "{out}");
    assert!(err.contains("the book has 1 error in 1 file"), "{err}");
    assert!(err.contains("`minutebook check` shows them"), "{err}");
}

#[test]
fn a_terminal_is_given_nothing_to_obey() {
    let text = "kind: meeting\ntitle: A\ndate: 2026-08-25\nactions: [{ ref: 1/26, text: \"\\e[31mred\\a \\u202Eleft\" }]\n";
    let book = folder(&[("minutebook.yaml", SETTINGS), ("a.yaml", text)]);
    let all = ["--as-at", "2026-08-25", "--to"];
    for shape in ["table", "ics"] {
        let (out, _) = ran_in(book.path(), &[&all[..], &[shape]].concat(), 0);
        assert!(out.contains("red"), "{out}");
        assert!(!out.contains(['\u{1b}', '\u{7}']), "{out}");
    }
}

#[test]
fn the_example_book_has_a_register_in_every_format() {
    let notes = book::notes();
    for shape in ["table", "csv", "json", "md", "html", "ics"] {
        let (out, err) = ran_in(&notes, &["--as-at", "2026-11-20", "--to", shape], 0);
        assert!(out.len() > 1_000, "{shape}");
        assert_eq!(err, "");
        let (again, _) = ran_in(&notes, &["--as-at", "2026-11-20", "--to", shape], 0);
        assert!(out == again, "{shape}");
    }
}
