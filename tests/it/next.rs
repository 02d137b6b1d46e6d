//! `minutebook next`: what a draft holds, what a second run adds, what it refuses, and that no file is ever left half.

use crate::book;
use minutebook::check;
use minutebook::diagnostic::Severity;
use minutebook::load;
use minutebook::model::meeting::{Arising, Item, Meeting};
use minutebook::model::withheld::Row;
use proptest::prelude::*;
use serde_json::{Value, json};
use snapbox::Data;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The case book's draft, from the root of the book.
const DRAFT: &str = "board/2026-07-28.yaml";

fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    command.current_dir(folder).args(arguments);
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

/// Runs it, expects an exit code, and gives both streams.
fn ran(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let output = run(folder, arguments);
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

/// A copy of a book.
fn copy(from: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in walkdir::WalkDir::new(from).into_iter().flatten() {
        let to = folder.path().join(entry.path().strip_prefix(from).unwrap());
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(&to).unwrap(),
            false => drop(fs::copy(entry.path(), &to).unwrap()),
        }
    }
    folder
}

fn case_book() -> TempDir {
    copy(&book::cases("next").join("book"))
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

fn write(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn assert_golden(actual: &str, name: &str) {
    let path = book::cases("next").join(name);
    snapbox::assert_data_eq!(actual.to_owned(), Data::read_from(&path, None).raw());
}

/// Every file of a folder that is not hidden.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().flatten();
    walk.filter(|entry| entry.file_type().is_file())
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// That a book has no error.
fn assert_sound(folder: &Path) {
    let loaded = load::load(folder).unwrap();
    assert_eq!(loaded.faults, []);
    let found = check::check(&loaded.book);
    let errors: Vec<_> = found
        .iter()
        .filter(|one| one.severity == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// How often each ref is listed in a meeting.
fn listed(folder: &Path, path: &str) -> BTreeMap<String, usize> {
    fn walk(rows: &[Row<minutebook::model::Internal, Item>], refs: &mut BTreeMap<String, usize>) {
        for item in rows.iter().filter_map(Row::known) {
            for matter in item.matters_arising.iter().filter_map(Row::known) {
                if let Arising::Ref(reference) = &matter.action {
                    *refs.entry(reference.words()).or_default() += 1;
                }
            }
            walk(&item.items, refs);
        }
    }
    let loaded = load::load(folder).unwrap();
    assert_eq!(loaded.faults, []);
    let source = loaded.book.sources.find(Path::new(path)).unwrap();
    let document = loaded
        .book
        .meetings
        .iter()
        .find(|one| one.source == source)
        .unwrap();
    let meeting: &Meeting = &document.meeting;
    let mut refs = BTreeMap::new();
    walk(&meeting.items, &mut refs);
    refs
}

/// That every line of a text stands in another, in its order.
fn keeps_every_line(old: &str, new: &str) -> bool {
    let mut new = new.split_inclusive('\n');
    old.split_inclusive('\n')
        .all(|line| new.any(|one| one == line || one == format!("{line}\n")))
}

#[test]
fn a_draft_holds_everything_that_is_outstanding() {
    let book = case_book();
    let (dry, notices) = ran(book.path(), &["next", "board", "--dry-run"], 0);
    assert!(!book.path().join(DRAFT).exists());
    let (out, err) = ran(book.path(), &["next", "board"], 0);
    let draft = read(&book, DRAFT);
    assert_eq!(dry, draft);
    assert_eq!(err, notices);
    assert_golden(&draft, "draft.yaml");
    assert_golden(&format!("{out}{err}"), "draft.txt");
    let refs = listed(book.path(), DRAFT);
    let expected = [
        "1/26", "2/26", "3/26", "4/26", "5/26", "6/26", "A7", "R1", "R2", "R4",
    ];
    assert_eq!(refs, expected.map(|one| (one.to_owned(), 1)).into());
    for secret in [
        "Grimshaw",
        "covert",
        "Hollins Field",
        "family of the boy",
        "8/26",
    ] {
        assert!(!draft.contains(secret), "{secret}");
        assert!(!err.contains(secret), "{secret}");
    }
}

#[test]
fn a_draft_checks_without_errors_and_is_built_at_once() {
    let book = case_book();
    ran(book.path(), &["next", "board"], 0);
    ran(book.path(), &["next", "panel", "--date", "2026-06-09"], 0);
    ran(book.path(), &["next", "council", "--date", "2026-06-01"], 0);
    assert!(book.path().join("panel/2026-06-09.yml").is_file());
    assert!(book.path().join("council/2026-06-01.yaml").is_file());
    assert_sound(book.path());
    let (out, _) = ran(book.path(), &["build"], 0);
    assert!(out.contains("24 files of 8 documents"), "{out}");
    // Nobody is shown as present who has not been confirmed.
    let made = read(&book, "out/board/2026-07-28.md");
    assert!(!made.contains("Tom Ashdown"), "{made}");
    assert!(made.contains("Vetting: waiting times"), "{made}");
}

/// The lines that wait to be filled in, and what a minute-taker makes of them.
#[test]
fn what_is_commented_out_can_be_filled_in() {
    let book = case_book();
    ran(book.path(), &["next", "board"], 0);
    let lines = read(&book, DRAFT);
    let filled = lines.lines().map(|line| {
        let indent = &line[..line.len() - line.trim_start().len()];
        let Some(field) = line.trim_start().strip_prefix("# ") else {
            return line.to_owned();
        };
        match field {
            "update:" => format!("{indent}update: The work went on."),
            "by:" => format!("{indent}by: cc"),
            "none: true" | "attendance:" | "in_attendance:" | "apologies: []"
            | "interests: none" => {
                format!("{indent}{field}")
            }
            field
                if ["state: ", "condition: ", "  - "]
                    .iter()
                    .any(|one| field.starts_with(one)) =>
            {
                format!("{indent}{field}")
            }
            _ => line.to_owned(),
        }
    });
    let filled = filled.collect::<Vec<_>>().join("\n") + "\n";
    write(&book, DRAFT, &filled);
    assert_sound(book.path());
    ran(book.path(), &["build", "--to", "md"], 0);
    let made = read(&book, "out/board/2026-07-28.md");
    assert!(
        made.contains("The work went on.") && made.contains("Tom Ashdown"),
        "{made}"
    );
    let (out, _) = ran(book.path(), &["next", "board", "--date", "2026-07-28"], 0);
    assert!(out.contains("nothing is new"), "{out}");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_file_for_few_eyes_stays_so() {
    use std::os::unix::fs::PermissionsExt;
    let book = case_book();
    let own = fs::read_to_string(book::cases("next").join("own.yaml")).unwrap();
    write(&book, "kept/draft.txt", &own);
    let kept = book.path().join("kept/draft.txt");
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o600)).unwrap();
    let link = book.path().join(DRAFT);
    std::os::unix::fs::symlink(&kept, &link).unwrap();
    ran(book.path(), &["next", "board"], 0);
    assert!(link.is_symlink());
    assert!(read(&book, "kept/draft.txt").len() > own.len());
    assert_eq!(kept.metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn an_action_is_listed_once_it_has_a_ref() {
    let book = case_book();
    ran(book.path(), &["next", "board"], 0);
    let before = read(&book, DRAFT);
    ran(book.path(), &["check", "--fix"], 0);
    let (out, err) = ran(book.path(), &["next", "board"], 0);
    assert!(out.ends_with(": 1 action added\n"), "{out}");
    assert!(!err.contains("no ref of its own"), "{err}");
    assert!(keeps_every_line(&before, &read(&book, DRAFT)));
    assert_eq!(listed(book.path(), DRAFT).len(), 11);
}

#[test]
fn standing_items_are_no_second_ones() {
    let book = case_book();
    let settings = read(&book, "minutebook.yaml");
    let settings = settings.replace(
        "      - Risks  ",
        "      - Any other business (AOB)\n      - \"OUTSTANDING MATTERS: see below\"\n      - Risks  ",
    );
    write(&book, "minutebook.yaml", &settings);
    ran(book.path(), &["next", "board"], 0);
    let draft = read(&book, DRAFT).to_lowercase();
    assert_eq!(draft.matches("any other business").count(), 1, "{draft}");
    assert_eq!(draft.matches("outstanding matters").count(), 1, "{draft}");
}

#[test]
fn an_action_that_nothing_set_is_told() {
    let book = case_book();
    let last = read(&book, "board/2026-06-30.yaml");
    let more = "    matters_arising:\n      - { action: Z1, state: open }\n      - { action: Z2, state: discharged }\n";
    write(
        &book,
        "board/2026-06-30.yaml",
        &last.replacen("    matters_arising:\n", more, 1),
    );
    let (_, err) = ran(book.path(), &["next", "board", "--dry-run"], 0);
    let told = err
        .lines()
        .filter(|line| line.contains("nothing in the book set"));
    let told: Vec<&str> = told.collect();
    assert_eq!(told.len(), 1, "{err}");
    assert!(told[0].starts_with("./board/2026-06-30.yaml:11:"), "{err}");
}

/// What the README shows is what the program makes of the book that the README shows.
#[test]
fn the_readme_shows_a_draft() {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let blocks = readme.split("```yaml\n").skip(1);
    let blocks: Vec<&str> = blocks
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    let book = tempfile::tempdir().unwrap();
    for block in &blocks {
        let name = block.lines().next().unwrap().trim_start_matches("# ");
        if name.ends_with(".yaml") {
            write(&book, name, block);
        }
    }
    let (draft, _) = ran(book.path(), &["next", "assurance", "--dry-run"], 0);
    let shown = blocks
        .iter()
        .find(|block| block.contains("Carried forward"))
        .unwrap();
    assert!(draft.contains(shown.trim_end()), "{draft}");
    let example = copy(&book::notes());
    let (said, _) = ran(example.path(), &["next", "assurance"], 0);
    let said = said.trim_start_matches("./").trim_end();
    assert!(
        readme.contains(&format!(
            "$ minutebook next assurance notes\nnotes/{said}\n"
        )),
        "{said}"
    );
}

#[test]
fn a_draft_that_waits_is_not_forgotten() {
    let book = case_book();
    ran(book.path(), &["next", "board"], 0);
    let (_, err) = ran(book.path(), &["next", "board", "--date", "2026-08-04"], 0);
    assert!(err.contains("change its `date:` instead"), "{err}");
}

#[test]
fn the_example_book_has_a_next_meeting_for_every_series() {
    let book = copy(&book::notes());
    let _ = fs::remove_dir_all(book.path().join("out"));
    for (series, date) in [
        ("assurance", None),
        ("accountability", None),
        ("special", Some("2026-11-03")),
    ] {
        let mut arguments = vec!["next", series];
        arguments.extend(date.iter().flat_map(|date| ["--date", date]));
        ran(book.path(), &arguments, 0);
        let before = files(book.path());
        let (out, _) = ran(book.path(), &arguments, 0);
        assert!(out.contains("nothing is new"), "{out}");
        assert!(files(book.path()) == before);
    }
    assert_sound(book.path());
    ran(book.path(), &["build"], 0);
}

#[test]
fn a_second_run_adds_what_is_new_and_keeps_every_line() {
    let book = case_book();
    let own = fs::read_to_string(book::cases("next").join("own.yaml")).unwrap();
    write(&book, DRAFT, &own);
    let path = book.path().join(DRAFT);
    let (difference, _) = ran(book.path(), &["next", "board", "--dry-run"], 0);
    assert_eq!(read(&book, DRAFT), own);
    assert_golden(&difference, "again.diff");
    let (out, err) = ran(book.path(), &["next", "board"], 0);
    assert_golden(&format!("{out}{err}"), "again.txt");
    let new = read(&book, DRAFT);
    assert!(keeps_every_line(&own, &new));
    assert!(listed(book.path(), DRAFT).values().all(|count| *count == 1));
    let written = path.metadata().unwrap().modified().unwrap();
    std::thread::sleep(Duration::from_millis(20));
    let (out, _) = ran(book.path(), &["next", "board"], 0);
    assert!(out.contains("nothing is new"), "{out}");
    assert_eq!(path.metadata().unwrap().modified().unwrap(), written);
    assert_eq!(read(&book, DRAFT), new);
    assert_sound(book.path());
}

#[test]
fn line_ends_and_the_byte_order_mark_stay() {
    let book = case_book();
    let own = fs::read_to_string(book::cases("next").join("own.yaml")).unwrap();
    let own = format!("\u{feff}{}", own.replace('\n', "\r\n"));
    write(&book, DRAFT, &own);
    ran(book.path(), &["next", "board"], 0);
    let new = read(&book, DRAFT);
    assert!(keeps_every_line(&own, &new));
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
    assert!(new.len() > own.len());
    assert_sound(book.path());
}

#[test]
fn what_cannot_be_extended_is_told_and_not_touched() {
    let book = case_book();
    let own = "kind: meeting\nseries: board\ndate: 2026-07-28\nstatus: draft\nitems: [ { title: Carried over, matters_arising: [ { action: A7 } ] } ]\n";
    write(&book, DRAFT, own);
    let (out, err) = ran(book.path(), &["next", "board"], 1);
    assert_eq!(read(&book, DRAFT), own);
    assert_golden(&format!("{out}{err}"), "by-hand.txt");
}

#[test]
fn the_day_can_be_moved_and_the_file_named() {
    let book = case_book();
    let arguments = ["next", "board", "--date", "Wednesday 5 August 2026"];
    ran(book.path(), &arguments, 0);
    let draft = read(&book, "board/2026-08-05.yaml");
    assert!(
        draft.contains("date: 2026-08-05    # announced for Tuesday 28 July 2026\n"),
        "{draft}"
    );
    let (out, _) = ran(book.path(), &["next", "board"], 0);
    assert!(out.contains("nothing is new"), "{out}");
    ran(
        book.path(),
        &[
            "next",
            "panel",
            "--date",
            "2026-06-09",
            "--out",
            "elsewhere/june.yaml",
            "--as-at",
            "2026-06-01",
        ],
        0,
    );
    assert!(read(&book, "elsewhere/june.yaml").contains("$schema=../meeting.schema.json\n"));
    assert_sound(book.path());
}

#[test]
fn the_schema_is_named_where_it_is() {
    let book = case_book();
    write(&book, "board/meeting.schema.json", "{}");
    ran(book.path(), &["next", "board"], 0);
    let draft = read(&book, DRAFT);
    let line = "# yaml-language-server: $schema=meeting.schema.json\n";
    assert!(draft.starts_with(line), "{draft}");
}

#[test]
fn a_book_may_have_a_template_of_its_own() {
    let book = case_book();
    let own =
        "{% extends \"builtin/next.yaml\" %}{% block presence %}attendance: []\n{% endblock %}";
    write(&book, "templates/next.yaml", own);
    ran(book.path(), &["next", "board"], 0);
    assert!(read(&book, DRAFT).contains("\nattendance: []\n"));
    assert_eq!(listed(book.path(), DRAFT).len(), 10);
}

#[test]
fn what_is_awaited_is_told_in_sentences_that_lead_nowhere() {
    let book = case_book();
    let meeting = "kind: meeting\nseries: panel\ndate: 2026-08-25\nstatus: draft\nitems:\n  - title: Vetting\n    \
                   questions: [ { request: The CC to report on vetting } ]\n";
    write(&book, "panel/2026-08-25.yaml", meeting);
    let arguments = ["next", "panel", "--date", "2026-09-29"];
    ran(book.path(), &arguments, 0);
    let draft = read(&book, "panel/2026-09-29.yaml");
    let line = "      - item 1, question 1: The CC to report on vetting. No answer was recorded.\n";
    assert!(draft.contains(line), "{draft}");
    let loaded = load::load(book.path()).unwrap();
    let found = check::check(&loaded.book);
    let links = found.iter().filter(|one| one.code == "unlinked-reference");
    let links: Vec<&str> = links.map(|one| one.message.as_str()).collect();
    assert_eq!(links, [""; 0]);
}

#[test]
fn every_mistake_has_its_message() {
    let faulty = "kind: meeting\nseries: board\ndate: 2026-07-28\nstatus: draft\nitms: []\n";
    let elsewhere = "kind: meeting\nseries: panel\ndate: 2026-07-28\nitms: []\n";
    let mut said = String::new();
    let mut say = |files: &[(&str, &str)], arguments: &[&str], code: i32| {
        let book = case_book();
        for (path, text) in files {
            write(&book, path, text);
        }
        let before = files_of(&book);
        let (out, err) = ran(book.path(), arguments, code);
        assert!(files_of(&book) == before, "{arguments:?}");
        said += &format!(
            "$ minutebook {}\n{out}{err}exit code {code}\n\n",
            arguments.join(" ")
        );
    };
    say(&[], &["next", "bord"], 2);
    say(&[], &["next", "wombats"], 2);
    say(&[], &["next", "council"], 2);
    say(&[], &["next", "panel"], 2);
    say(&[], &["next", "board", "--date", "2026-06-01"], 2);
    say(&[], &["next", "board", "--date", "2026-06-30"], 2);
    say(&[], &["next", "board", "--date", "31 June 2026"], 2);
    say(&[], &["next", "board", "--date", "soon"], 2);
    say(&[], &["next", "board", "--date", "Monday 4 August 2026"], 2);
    say(&[], &["next", "board", "--as-at", "4 August"], 2);
    say(&[], &["next", "board", "nowhere"], 2);
    say(&[], &["next", "board", "--out", "updates/july.yaml"], 2);
    say(&[(DRAFT, "")], &["next", "board"], 1);
    say(&[(DRAFT, faulty)], &["next", "board"], 1);
    say(
        &[("board/odd.yaml", elsewhere)],
        &["next", "board", "--dry-run", "--date", "2026-06-30"],
        2,
    );
    say(
        &[("lost.yaml", "kind: updates\nupdats: []\n")],
        &["next", "board"],
        1,
    );
    say(
        &[(
            DRAFT,
            "kind: meeting\nseries: panel\ndate: 2026-07-28\nstatus: draft\n",
        )],
        &["next", "board"],
        2,
    );
    say(
        &[(
            DRAFT,
            "kind: meeting\nseries: board\ndate: 2026-07-28\nstatus: draft\n",
        )],
        &["next", "board", "--out", "board/other.yaml"],
        2,
    );
    say(
        &[("templates/next.yaml", "{% if %}")],
        &["next", "board"],
        1,
    );
    say(
        &[("templates/next.yaml", "kind: meeting\ndate: 2026-07-28\n")],
        &["next", "board"],
        1,
    );
    say(&[("templates/next.yaml", "kind: [")], &["next", "board"], 1);
    assert_golden(&said, "mistakes.txt");
}

fn files_of(folder: &TempDir) -> BTreeMap<PathBuf, Vec<u8>> {
    files(folder.path())
}

/// Starts the program and kills it, sooner or later, again and again.
fn killed(times: u32, longest: Duration, start: impl Fn() -> Command, after: impl Fn()) {
    for time in 0..times {
        let mut child = start()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(longest * time / times);
        // It may have ended by itself.
        let _ = child.kill();
        child.wait().unwrap();
        after();
    }
}

/// How long the program takes, and a little more.
fn duration(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed() * 5 / 4
}

#[test]
fn a_file_is_never_left_half_however_the_program_ends() {
    let book = case_book();
    let path = book.path().join(DRAFT);
    let before = files_of(&book);
    let longest = duration(|| drop(ran(book.path(), &["next", "board"], 0)));
    let whole = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    let next = || program(book.path(), &["next", "board"]);
    killed(60, longest, next, || {
        let mut now = files_of(&book);
        if let Some(draft) = now.remove(Path::new(DRAFT)) {
            assert!(draft == whole);
            fs::remove_file(&path).unwrap();
        }
        assert!(now == before);
    });
    let own = fs::read(book::cases("next").join("own.yaml")).unwrap();
    fs::write(&path, &own).unwrap();
    ran(book.path(), &["next", "board"], 0);
    let more = fs::read(&path).unwrap();
    assert!(more != own);
    fs::write(&path, &own).unwrap();
    killed(60, longest, next, || {
        let mut now = files_of(&book);
        let draft = now.remove(Path::new(DRAFT)).unwrap();
        assert!(draft == own || draft == more);
        fs::write(&path, &own).unwrap();
        assert!(now == before);
    });
    let build = || program(book.path(), &["build", "--to", "md,html"]);
    let longest = duration(|| drop(ran(book.path(), &["build", "--to", "md,html"], 0)));
    let out = book.path().join("out");
    let made = files(&out);
    killed(20, longest, build, || {
        for (name, bytes) in files(&out) {
            assert!(made.get(&name) == Some(&bytes), "{}", name.display());
        }
        fs::remove_dir_all(&out).unwrap_or_default();
    });
}

/// What becomes of an action: at which later meeting, and into which state.
type Fate = (usize, &'static str);

/// A random series: for each meeting, the fates of the actions that it sets.
fn meetings() -> impl Strategy<Value = Vec<Vec<Vec<Fate>>>> {
    let state = prop::sample::select(vec![
        "open",
        "open",
        "retained",
        "proposed",
        "discharged",
        "withdrawn",
    ]);
    let fate = (0usize..5, state);
    let fates = prop::collection::vec(fate, 0..4);
    let actions = prop::collection::vec(fates, 0..5);
    prop::collection::vec(actions, 1..5)
}

/// Writes the series as a book, and gives the refs of the actions that are open at its end.
fn series(meetings: &[Vec<Vec<Fate>>], texts: &[String]) -> (TempDir, BTreeSet<String>) {
    let folder = tempfile::tempdir().unwrap();
    let mut texts = texts.iter().cycle();
    let mut open = BTreeSet::new();
    let mut matters: Vec<Vec<Value>> = vec![Vec::new(); meetings.len()];
    let mut set: Vec<Vec<Value>> = vec![Vec::new(); meetings.len()];
    let mut between = Vec::new();
    for (at, actions) in meetings.iter().enumerate() {
        for fates in actions {
            let number = set.iter().map(Vec::len).sum::<usize>() + 1;
            let reference = format!("{number}/26");
            let text = texts.next().unwrap();
            set[at].push(
                json!({ "ref": reference, "text": text, "owner": "pcc", "due": "in 2 weeks" }),
            );
            let mut at_each: BTreeMap<usize, (&str, bool)> = BTreeMap::new();
            for (distance, state) in fates {
                let is_between = *distance == 0 && at + 1 == meetings.len();
                let to = (at + 1 + distance).min(meetings.len() - 1);
                if is_between {
                    at_each.insert(meetings.len(), (state, true));
                } else if to > at {
                    at_each.insert(to, (state, false));
                }
            }
            let mut state = "open";
            for (to, (new, is_between)) in at_each {
                state = new;
                match is_between {
                    true => between.push(json!({
                        "action": reference, "date": format!("2026-{:02}-20", meetings.len()),
                        "text": texts.next().unwrap(), "state": new,
                    })),
                    false => matters[to].push(json!({
                        "action": reference, "update": texts.next().unwrap(), "state": new,
                    })),
                }
            }
            if !["discharged", "withdrawn"].contains(&state) {
                open.insert(reference);
            }
        }
    }
    let settings = json!({
        "organisation": { "name": "Wenmoor" },
        "people": { "pcc": { "name": "Ines Marlow" } },
        "series": { "board": { "title": texts.next().unwrap(), "chair": "pcc", "venue": "Room 2", "members": ["pcc"], "schedule": "last Tuesday" } },
    });
    fs::write(folder.path().join("minutebook.yaml"), settings.to_string()).unwrap();
    for at in 0..meetings.len() {
        let date = format!("2026-{:02}-15", at + 1);
        let items = json!([
            { "title": texts.next().unwrap(), "matters_arising": matters[at] },
            { "title": "Actions", "actions": set[at] },
        ]);
        let meeting = json!({ "kind": "meeting", "series": "board", "date": date, "status": "approved", "attendance": ["pcc"], "apologies": [], "items": items, "next_meeting": { "text": "As usual." } });
        fs::write(
            folder.path().join(format!("{date}.yaml")),
            meeting.to_string(),
        )
        .unwrap();
    }
    let updates = json!({ "kind": "updates", "updates": between });
    if !between.is_empty() {
        fs::write(folder.path().join("updates.yaml"), updates.to_string()).unwrap();
    }
    (folder, open)
}

/// A few cases every day; `PROPTEST_CASES` asks for more.
fn few() -> ProptestConfig {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default(),
        None => ProptestConfig::with_cases(12),
    }
}

/// Texts that would break a file in which they were not written with care.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let nasty = prop::sample::select(vec![
        "Plain words",
        "a: b",
        "# no comment",
        "- a\n- b",
        "\"",
        "'",
        "No",
        "1.10",
        "10:30",
        "😀",
        "two\n\nparagraphs",
        " \\<< ",
        "{{ 7 * 7 }}",
        "tab\there",
        "[a](https://example.org)",
        "<<s31 | hushed words>>",
        "| pipe",
        "> fold",
        "ends with:",
        "&anchor *alias",
        "---",
        "\u{85}\u{2028}",
    ]);
    let text = (nasty, "[a-z]{1,8}", 1usize..30);
    let text =
        text.prop_map(|(nasty, word, count)| format!("{word} {nasty} {}", word.repeat(count)));
    prop::collection::vec(text, 4..12)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..few() })]

    #[test]
    fn every_open_action_is_carried_forward_once(
        meetings in meetings(),
        texts in texts(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..6, "[ -~é]{0,20}"), 0..12),
    ) {
        let (book, open) = series(&meetings, &texts);
        ran(book.path(), &["next", "board"], 0);
        let known: BTreeSet<PathBuf> = (0..meetings.len()).map(|at| format!("2026-{:02}-15.yaml", at + 1).into()).collect();
        let new: Vec<PathBuf> = files_of(&book).into_keys()
            .filter(|path| path.to_string_lossy().starts_with("2026-") && !known.contains(path)).collect();
        prop_assert_eq!(new.len(), 1);
        let draft = new[0].to_string_lossy().into_owned();
        let refs = listed(book.path(), &draft);
        prop_assert!(open.iter().all(|one| refs.get(one) == Some(&1)), "{open:?} in {refs:?}");
        prop_assert!(refs.values().all(|count| *count == 1), "{refs:?}");
        prop_assert!(!read(&book, &draft).contains("hushed"));
        assert_sound(book.path());
        let before = files_of(&book);
        ran(book.path(), &["next", "board"], 0);
        prop_assert!(files_of(&book) == before);

        // What a person writes between the lines stays, and what is set since is added.
        let mut lines: Vec<String> = read(&book, &draft).lines().map(str::to_owned).collect();
        for (at, indent, words) in edits {
            let at = at.index(lines.len() + 1);
            let is_blank = words.trim().is_empty();
            let line = if is_blank { String::new() } else { format!("{}# {words}", " ".repeat(indent * 2)) };
            lines.insert(at, line);
        }
        let edited = lines.join("\n").replacen("        # update:\n", "        update: My own words\n", 1) + "\n";
        write(&book, &draft, &edited);
        let late = "kind: meeting\nseries: board\ndate: 2026-01-02\nstatus: approved\nattendance: [pcc]\nnext_meeting: { text: As usual. }\nitems:\n  - { title: Late, actions: [ { ref: 99/26, text: Late., owner: pcc, due: in 2 weeks } ] }\n";
        write(&book, "late.yaml", late);
        ran(book.path(), &["next", "board"], 0);
        let again = read(&book, &draft);
        prop_assert!(keeps_every_line(&edited, &again), "{edited}\n{again}");
        let refs = listed(book.path(), &draft);
        prop_assert_eq!(refs.get("99/26"), Some(&1));
        prop_assert!(refs.values().all(|count| *count == 1), "{refs:?}");
        let before = files_of(&book);
        ran(book.path(), &["next", "board"], 0);
        prop_assert!(files_of(&book) == before);
    }
}

#[test]
fn the_key_of_a_series_leads_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("a/book");
    fs::create_dir_all(&book).unwrap();
    let settings = "organisation: { name: Office }\nseries: { ../../up: { title: Board } }\n";
    fs::write(book.join("minutebook.yaml"), settings).unwrap();
    let (out, _) = ran(&book, &["next", "../../up", "--date", "2026-10-27"], 0);
    assert!(out.contains("up/2026-10-27.yaml: a draft"), "{out}");
    assert!(book.join("up/2026-10-27.yaml").is_file());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
