//! `check --fix`: what is written into a book, and that nothing else of it changes.

use proptest::prelude::*;
use serde_yaml::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const SETTINGS: &str = "organisation: { name: Example }
people:
  stark: { name: Anna Starkey, title: Chief Constable }   # the chief
bodies:
  rcu:
    name: Regional Crime Unit
    # known as
    aliases: [RCU]
series:
  board: { title: Board, refs: \"B{n}/{yy}\" }
  other: { title: Other }
";

const MEETING: &str = "kind: meeting
series: board
date: 2026-08-25
items:
  - title: Work
    actions:
      - text: Do it    # soon

        owner: Anna Starkley
      - Do that
      - { text: Third, owner: Regional Crime Unti }
      - withheld: s31
      - { ref: B7/26, text: Done, owner: ACC }
  - title: Matters
    matters_arising:
      - action: B9/26
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn command(folder: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    command
        .current_dir(folder)
        .args(["check", "--fix"])
        .args(more);
    command
}

fn fix(folder: &Path, more: &[&str]) -> (String, Output) {
    let output = command(folder, more).output().unwrap();
    let out = String::from_utf8(output.stdout.clone()).unwrap();
    (out, output)
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

#[test]
fn refs_and_aliases_are_written_and_nothing_else_changes() {
    let book = folder(&[("minutebook.yaml", SETTINGS), ("a.yaml", MEETING)]);
    let (dry, _) = fix(book.path(), &["--dry-run"]);
    assert!(dry.contains("nothing was written"), "{dry}");
    assert_eq!(read(book.path(), "a.yaml"), MEETING);
    let (out, _) = fix(book.path(), &[]);
    let told: Vec<&str> = out.lines().take(6).collect();
    assert_eq!(
        told,
        [
            "./a.yaml:7: gave the action the ref B10/26",
            "./a.yaml:10: gave the action the ref B11/26",
            "./a.yaml:11: gave the action the ref B12/26",
            "./a.yaml:12: gave the action the ref B13/26",
            "./minutebook.yaml:3: made `Anna Starkley` an alias of `stark`",
            "./minutebook.yaml:6: made `Regional Crime Unti` an alias of `rcu`",
        ]
    );
    let expected = MEETING
        .replace("- text: Do it", "- ref: B10/26\n        text: Do it")
        .replace("- Do that", "- ref: B11/26\n        text: Do that")
        .replace("{ text: Third", "{ ref: B12/26, text: Third")
        .replace("- withheld", "- ref: B13/26\n        withheld");
    assert_eq!(read(book.path(), "a.yaml"), expected);
    let settings = SETTINGS
        .replace("Starkey, title", "Starkey, aliases: [Anna Starkley], title")
        .replace("[RCU]", "[Regional Crime Unti, RCU]");
    assert_eq!(read(book.path(), "minutebook.yaml"), settings);
    let (again, _) = fix(book.path(), &[]);
    assert!(again.starts_with("there was nothing to fix"), "{again}");
}

#[test]
fn a_ref_is_never_given_twice_in_the_book() {
    let meeting = |series: &str, date: &str, actions: &str| {
        format!(
            "kind: meeting\nseries: {series}\ndate: {date}\nitems:\n  - title: A\n    actions:\n{actions}"
        )
    };
    let none = "      - { text: One }\n      - { text: Two }\n";
    let book = folder(&[
        ("minutebook.yaml", SETTINGS),
        ("a.yaml", &meeting("other", "2026-01-06", none)),
        ("b.yaml", &meeting("other", "2025-12-02", none)),
        (
            "c.yaml",
            &meeting("other", "2026-02-03", "      - { ref: 4/26, text: Old }\n"),
        ),
        (
            "d.yaml",
            "kind: tracker\nactions: [ { text: Three, set: 2026-05-01 } ]\n",
        ),
        (
            "e.yaml",
            "kind: plan\ntitle: P\nobjectives: [ { number: 3, title: O, actions: [ { ref: 3.4, text: x }, { text: Four } ] } ]\n",
        ),
    ]);
    fix(book.path(), &[]);
    for (name, refs) in [
        ("a.yaml", ["ref: 5/26", "ref: 6/26"].as_slice()),
        ("b.yaml", &["ref: 1/25", "ref: 2/25"]),
        ("d.yaml", &["ref: 7/26"]),
        ("e.yaml", &["ref: \"3.5\""]),
    ] {
        let text = read(book.path(), name);
        for reference in refs {
            assert!(text.contains(reference), "{reference} in\n{text}");
        }
    }
}

#[test]
fn withheld_names_do_not_reach_the_settings_or_the_screen() {
    let meeting = "kind: meeting
series: board
date: 2026-08-25
items:
  - title: Work
    actions:
      - { ref: B1/26, withheld: s40(2), text: Ask, owner: Anna Starkley }
      - { ref: B2/26, text: Ask, owner: \"<<s40(2) | Anna Starkley>>\" }
";
    let book = folder(&[("minutebook.yaml", SETTINGS), ("a.yaml", meeting)]);
    let (out, _) = fix(book.path(), &[]);
    assert!(!out.contains("Starkley"), "{out}");
    assert_eq!(read(book.path(), "minutebook.yaml"), SETTINGS);
}

#[test]
fn a_book_with_faults_is_left_alone() {
    let book = folder(&[
        ("minutebook.yaml", SETTINGS),
        ("a.yaml", MEETING),
        ("b.yaml", "kind: meeting\nseries: board\n"),
    ]);
    let (_, output) = fix(book.path(), &[]);
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(
        err.contains("mend first what keeps files from loading"),
        "{err}"
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(read(book.path(), "a.yaml"), MEETING);
}

#[test]
fn marks_line_ends_permissions_and_links_stay() {
    let book = folder(&[("minutebook.yaml", SETTINGS)]);
    let text = format!("\u{FEFF}{}", MEETING.replace('\n', "\r\n"));
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("kept.yaml");
    fs::write(&file, &text).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, book.path().join("a.yaml")).unwrap();
        fix(book.path(), &[]);
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert!(book.path().join("a.yaml").is_symlink());
        let mended = fs::read_to_string(&file).unwrap();
        assert!(mended.starts_with('\u{FEFF}') && mended.contains("ref: B10/26\r\n        text"));
        assert_eq!(mended.matches('\n').count(), mended.matches("\r\n").count());
    }
}

/// Killing it at any moment leaves each file as it was or complete.
#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let many: String = (0..300)
        .map(|number| format!("      - text: Action {number}   # kept\n"))
        .collect();
    let before = format!(
        "kind: meeting\nseries: board\ndate: 2026-08-25\nitems:\n  - title: A\n    actions:\n{many}"
    );
    let book = folder(&[("minutebook.yaml", SETTINGS), ("a.yaml", &before)]);
    let started = std::time::Instant::now();
    fix(book.path(), &[]);
    let whole = started.elapsed();
    let after = read(book.path(), "a.yaml");
    assert_ne!(before, after);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for step in 0..40_u32 {
        fs::write(book.path().join("a.yaml"), &before).unwrap();
        let mut child = command(book.path(), &[])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole * step / 32);
        let _ = child.kill();
        child.wait().unwrap();
        let found = read(book.path(), "a.yaml");
        let is = if found == before { "before" } else { "after" };
        assert!(
            found == before || found == after,
            "step {step} left half a file"
        );
        *seen.entry(is).or_default() += 1;
        std::thread::sleep(Duration::from_millis(1));
    }
    // Otherwise nothing was tried.
    assert!(seen.len() == 2, "{seen:?}");
    // What a killed run leaves behind is no part of the book.
    let loaded = minutebook::load::load(book.path()).unwrap();
    assert_eq!(loaded.book.meetings.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn without_what_was_written_the_file_is_as_it_was(
        lines in proptest::collection::vec((0..6_usize, "[a-z]{1,8}", any::<bool>()), 1..12),
    ) {
        let mut text = "kind: meeting\nseries: board\ndate: 2026-08-25\nitems:\n  - title: A\n    actions:\n".to_owned();
        for (shape, words, comment) in &lines {
            let comment = if *comment { "   # so it is" } else { "" };
            match shape {
                0 => text.push_str(&format!("      - {words}{comment}\n")),
                1 => text.push_str(&format!("      - text: {words}{comment}\n\n        owner: stark\n")),
                2 => text.push_str(&format!("      - {{ owner: stark, text: \"{words}, so\" }}{comment}\n")),
                3 => text.push_str(&format!("      # {words}\n      -\n        text: |\n          {words}\n\n          - more\n")),
                4 => text.push_str(&format!("      - withheld: s31{comment}\n        text: {words}\n")),
                _ => text.push_str(&format!("      - 'it''s {words}'{comment}\n")),
            }
        }
        let book = folder(&[("minutebook.yaml", SETTINGS), ("a.yaml", &text)]);
        let (out, _) = fix(book.path(), &[]);
        let mended = read(book.path(), "a.yaml");
        let given = out.lines().filter(|line| line.contains("gave the action")).count();
        prop_assert_eq!(given, lines.len(), "{}\n{}", out, text);
        // Letters were only ever put in, and another reader of YAML finds nothing but the refs.
        let mut rest = mended.chars();
        prop_assert!(text.chars().all(|c| rest.any(|other| other == c)), "{}", mended);
        let (before, after) = (actions(&text), actions(&mended));
        prop_assert_eq!(after.len(), before.len());
        for (number, (before, after)) in before.into_iter().zip(after).enumerate() {
            let mut after = after.as_mapping().unwrap().clone();
            let given = after.remove("ref").unwrap();
            prop_assert_eq!(given.as_str().unwrap(), format!("B{}/26", number + 1));
            match before {
                Value::Mapping(before) => prop_assert_eq!(before, after),
                text => prop_assert_eq!(Some(&text), after.get("text")),
            }
        }
    }
}

fn actions(text: &str) -> Vec<Value> {
    let file: Value = serde_yaml::from_str(text).unwrap();
    file["items"][0]["actions"].as_sequence().unwrap().clone()
}
