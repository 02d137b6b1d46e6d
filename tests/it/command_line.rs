//! The command line end to end: exit codes, streams, files.

use crate::book;
use snapbox::Data;
use snapbox::cmd::Command;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{self, Output, Stdio};
use tempfile::TempDir;

const SETTINGS: &str = "organisation: { name: Wenmoor Police and Crime Commissioner }\n";
const GOOD: &str = "kind: meeting\ntitle: A good meeting\ndate: 2026-08-25\nstatus: draft\n";

/// A book of the files that are given.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn program(folder: &Path, arguments: &[&str]) -> process::Command {
    let mut command = process::Command::new(env!("CARGO_BIN_EXE_minutebook"));
    command.current_dir(folder).args(arguments);
    command.env_remove("CLICOLOR_FORCE").env("COLUMNS", "100");
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

/// The files below a folder, by their paths.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().flatten();
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let names = files(folder).into_keys();
    names
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect()
}

#[test]
fn help_is_as_it_was() {
    for command in [
        "",
        "check",
        "next",
        "render",
        "build",
        "actions",
        "withheld",
        "explain",
        "schema",
        "completions",
        "approve",
        "publish",
        "amend",
    ] {
        let name = if command.is_empty() {
            "minutebook"
        } else {
            command
        };
        let golden = book::cases("command_line").join(format!("help/{name}.txt"));
        let mut program = Command::new(env!("CARGO_BIN_EXE_minutebook")).env("COLUMNS", "100");
        if !command.is_empty() {
            program = program.arg(command);
        }
        let output = program.arg("--help").output().unwrap();
        assert!(output.status.success());
        let help = String::from_utf8(output.stdout).unwrap();
        snapbox::assert_data_eq!(help, Data::read_from(&golden, None).raw());
    }
}

#[test]
fn check_counts_and_its_exit_code_says_whether_there_are_errors() {
    let good = folder(&[("minutebook.yaml", SETTINGS), ("a.yaml", GOOD)]);
    let (out, err) = ran(good.path(), &["check"], 0);
    assert!(out.contains(" in "), "{out}");
    assert!(err.contains("a.yaml:1:1"), "{err}");
    ran(good.path(), &["check", "--deny", "warnings"], 1);
    ran(good.path(), &["check", "--deny", "notes"], 1);
    let notes = book::notes();
    ran(&notes, &["check", "--deny", "warnings"], 0);

    let bad = folder(&[("minutebook.yaml", SETTINGS), ("a.yaml", "kind: meting\n")]);
    let (_, err) = ran(bad.path(), &["check"], 1);
    assert!(err.contains("did you mean `meeting`?"), "{err}");
    ran(bad.path(), &["check", "nowhere"], 2);
}

#[test]
fn json_goes_to_standard_output_alone() {
    let bad = folder(&[
        ("minutebook.yaml", SETTINGS),
        ("a.yaml", "kind: meting\n"),
        ("b.yaml", GOOD),
    ]);
    let (out, err) = ran(bad.path(), &["check", "--format", "json"], 1);
    assert_eq!(err, "");
    let lines: Vec<serde_json::Value> = out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(
        lines.iter().any(|line| line["code"] == "unknown-kind"),
        "{out}"
    );
    assert!(lines.len() > 1);
    // What a build says for people does not get among it.
    let (out, _) = ran(bad.path(), &["build", "--format", "json", "--to", "md"], 1);
    assert!(
        out.lines()
            .all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()),
        "{out}"
    );
}

#[test]
fn explain_explains_lists_and_suggests() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (list, _) = ran(here, &["explain"], 0);
    for code in minutebook::check::LINTS.iter().map(|lint| lint.code) {
        assert!(list.lines().any(|line| line.starts_with(code)), "{code}");
        let (text, _) = ran(here, &["explain", code], 0);
        assert!(text.contains(code), "{text}");
    }
    let (_, err) = ran(here, &["explain", "wekday"], 2);
    assert!(err.contains("did you mean `weekday`?"), "{err}");
    ran(here, &["explain", "qqqqqqqqqq"], 2);
}

#[test]
fn build_writes_beside_the_settings_and_again_the_same() {
    let book = folder(&[("minutebook.yaml", SETTINGS), ("deep/a.yaml", GOOD)]);
    let (out, _) = ran(book.path(), &["build"], 0);
    assert!(
        out.starts_with("3 files of 1 document, public edition, in "),
        "{out}"
    );
    let built = files(&book.path().join("out"));
    assert_eq!(
        names(&book.path().join("out")),
        ["deep/a.html", "deep/a.md", "deep/a.pdf"]
    );
    // What was built is no part of the book.
    fs::write(book.path().join("out/b.yaml"), "not: a book").unwrap();
    ran(book.path(), &["build"], 0);
    fs::remove_file(book.path().join("out/b.yaml")).unwrap();
    assert!(files(&book.path().join("out")) == built);

    let elsewhere = tempfile::tempdir().unwrap();
    let to = elsewhere.path().to_str().unwrap();
    ran(
        elsewhere.path(),
        &[
            "build",
            book.path().to_str().unwrap(),
            "--out",
            to,
            "--to",
            "md,html",
            "--edition",
            "internal",
        ],
        0,
    );
    assert_eq!(
        names(elsewhere.path()),
        ["deep/a.internal.html", "deep/a.internal.md"]
    );
}

#[test]
fn what_is_left_of_documents_that_are_gone_is_named() {
    let folder = folder(&[
        ("minutebook.yaml", SETTINGS),
        ("a.yaml", GOOD),
        ("b.yaml", GOOD),
    ]);
    let folder = folder.path();
    ran(folder, &["build"], 0);
    ran(folder, &["build", "--edition", "internal"], 0);
    ran(folder, &["actions", "--to", "html,md", "--out", "out/"], 0);
    fs::write(folder.join("out/own.html"), "<p>Somebody's own</p>").unwrap();
    let (_, err) = ran(folder, &["build"], 0);
    assert!(!err.contains("left-over"), "{err}");
    fs::rename(folder.join("b.yaml"), folder.join("c.yaml")).unwrap();
    let (_, err) = ran(folder, &["build"], 0);
    let path = |name: &str| format!("`{}`", Path::new("./out").join(name).display());
    let names = [
        "b.html",
        "b.md",
        "b.pdf",
        "b.internal.html",
        "b.internal.md",
    ]
    .map(path);
    let message = format!(
        "warning[left-over]: {} and 1 more: made of documents that the book no longer has",
        names.join(", ")
    );
    assert!(err.contains(&message), "{message}\n{err}");
    for ending in ["html", "md", "pdf"] {
        fs::remove_file(folder.join(format!("out/b.{ending}"))).unwrap();
        fs::remove_file(folder.join(format!("out/b.internal.{ending}"))).unwrap();
    }
    let (_, err) = ran(folder, &["build"], 0);
    assert!(!err.contains("left-over"), "{err}");
}

/// Whatever is made of a document says of itself what it is.
#[test]
fn what_is_left_is_named_in_whatever_format_it_is_left() {
    let tracker = "kind: tracker\ngroup: Board\ndate: 2026-08-25\nactions: []\n";
    let plan = "kind: plan\ntitle: Plan\nappendix: Appendix 3\ndate: 2026-08-25\nobjectives: []\n";
    for (ending, has_own_page) in [
        ("pdf", false),
        ("md", false),
        ("html", false),
        ("html", true),
    ] {
        let folder = folder(&[
            ("minutebook.yaml", SETTINGS),
            ("a.yaml", GOOD),
            ("b.yaml", GOOD),
            ("c.yaml", tracker),
            ("d.yaml", plan),
        ]);
        let folder = folder.path();
        if has_own_page {
            // A page of the book's own, with another way past its head.
            let builtin = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/page.html");
            let page = fs::read_to_string(builtin).unwrap();
            fs::create_dir(folder.join("templates")).unwrap();
            let page = page.replace("Skip to the", "On to the");
            fs::write(folder.join("templates/page.html"), page).unwrap();
        }
        for edition in ["public", "internal"] {
            ran(folder, &["build", "--to", ending, "--edition", edition], 0);
        }
        let register = ["actions", "--to", ending, "--out", "out/"];
        ran(folder, &register, 0);
        let own = folder.join(format!("out/own.{ending}"));
        fs::write(own, "# Notes\n\nDraft <p>Notes, Plan</p>").unwrap();
        let (_, err) = ran(folder, &["build", "--to", ending], 0);
        assert!(!err.contains("left-over"), "{err}");
        for gone in ["b", "c", "d"] {
            fs::remove_file(folder.join(format!("{gone}.yaml"))).unwrap();
        }
        let (_, err) = ran(folder, &["build", "--to", ending], 0);
        let path = |name: &str| format!("`{}`", Path::new("./out").join(name).display());
        let names = ["b", "c", "d", "b.internal", "c.internal", "d.internal"];
        let mut names = names.map(|name| path(&format!("{name}.{ending}")));
        names.sort();
        let message = format!(
            "warning[left-over]: {} and 1 more: made of documents that the book no longer has",
            names[..5].join(", ")
        );
        assert!(err.contains(&message), "{message}\n{err}");
    }
}

/// A font that a PDF cannot take glyphs from is told with its place, and the rest is built without it.
#[test]
fn a_damaged_font_is_told_with_its_place() {
    let look = "look: { fonts: [fonts/own.ttf] }\n";
    let settings = format!("{SETTINGS}{look}");
    let book = folder(&[("minutebook.yaml", &settings), ("a.yaml", GOOD)]);
    let builtin = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/fonts");
    let font = fs::read(builtin.join("dejavu/DejaVuSans.ttf")).unwrap();
    fs::create_dir(book.path().join("fonts")).unwrap();
    let own = book.path().join("fonts/own.ttf");
    fs::write(&own, &font).unwrap();
    let (_, err) = ran(book.path(), &["build", "--to", "pdf"], 0);
    assert!(!err.contains("[font]"), "{err}");
    let mut damaged = font;
    let name = damaged.windows(4).position(|four| four == b"loca").unwrap();
    damaged[name..name + 4].copy_from_slice(b"none");
    fs::write(&own, &damaged).unwrap();
    let (_, err) = ran(book.path(), &["build", "--to", "pdf"], 1);
    let message = "error[font]: `fonts/own.ttf` is damaged: no PDF can take glyphs from it\n --> ./minutebook.yaml:2:17\n";
    assert!(err.contains(message), "{err}");
    let help = "= help: get the file from its maker again\n";
    assert!(err.contains(help), "{err}");
    assert!(book.path().join("out/a.pdf").is_file());
}

#[test]
fn what_has_errors_is_not_built_unless_it_is_a_draft() {
    let faulty = "kind: meeting\ntitle: A\ndate: 2026-08-25\nitems: [{ title: B, text: \"[x](#nowhere)\" }]\n";
    let book = folder(&[
        ("minutebook.yaml", SETTINGS),
        ("approved.yaml", &format!("{faulty}status: approved\n")),
        ("draft.yaml", &format!("{faulty}status: draft\n")),
        ("good.yaml", GOOD),
        (
            "unreadable.yaml",
            "kind: meeting\ndate: 2026-08-25\ntitel: A\n",
        ),
    ]);
    let (out, err) = ran(book.path(), &["build", "--to", "md"], 1);
    assert_eq!(names(&book.path().join("out")), ["draft.md", "good.md"]);
    let approved = Path::new(".").join("approved.yaml");
    let said = |why: &str| {
        let path = approved.display();
        format!(
            "not built: {path}: {why} has errors, and what is approved or published is built only without any\n"
        )
    };
    assert!(err.contains(&said("it")), "{err}");
    assert!(err.contains("did you mean `title`?"), "{err}");
    assert!(out.starts_with("2 files of 2 documents"), "{out}");

    let sound = "chair: A\nvenue: Room 2\nattendance: [A]\n";
    let approved_too = format!("{GOOD}{sound}").replace("draft", "approved");
    let book = folder(&[
        ("minutebook.yaml", &format!("{SETTINGS}colour: blue\n")),
        ("approved.yaml", &approved_too),
    ]);
    let (_, err) = ran(book.path(), &["build", "--to", "md"], 1);
    assert!(err.contains(&said("minutebook.yaml")), "{err}");
}

/// What lies in a folder of the book whose name is that of the website would be written onto it, and so would whatever
/// is written through a link.
#[test]
fn no_document_is_written_onto_a_website_in_any_edition() {
    let book = folder(&[
        ("minutebook.yaml", SETTINGS),
        ("site/a.yaml", GOOD),
        ("b.yaml", GOOD),
    ]);
    let folder = book.path();
    ran(folder, &["build", "--site", "--as-at", "2026-12-01"], 0);
    let before = files(&folder.join("out"));
    let refused = |arguments: &[&str], name: &str| {
        let (_, err) = ran(folder, arguments, 2);
        let path = Path::new(name).display();
        assert_eq!(
            err.lines().last(),
            Some(format!("error: {path}: this is on a website, where only `build --site` writes: name another folder with `--out`").as_str())
        );
        assert!(files(&folder.join("out")) == before, "{arguments:?}");
    };
    refused(&["build"], "./out/site/a.md");
    refused(&["build", "--to", "pdf,html"], "./out/site/a.html");
    refused(
        &["build", "--edition", "internal"],
        "./out/site/a.internal.md",
    );
    let register = ["actions", "--to", "csv", "--out", "out/site/mine.csv"];
    refused(&register, "out/site/mine.csv");
    let new = ["render", "b.yaml", "--to", "md", "--out", "out/site/new"];
    refused(&new, "out/site/new/b.md");
    #[cfg(unix)]
    {
        fs::create_dir(folder.join("links")).unwrap();
        std::os::unix::fs::symlink("../out/site", folder.join("links/site")).unwrap();
        let linked = [
            "render",
            "b.yaml",
            "--to",
            "md",
            "--edition",
            "internal",
            "--out",
        ];
        let to = |out| [&linked[..], &[out]].concat();
        refused(&to("links/site"), "links/site/b.internal.md");
        refused(&to("links/site/new/.."), "links/site/new/../b.internal.md");
        // What only leads through a website does not end there.
        ran(folder, &to("out/site/../../plain"), 0);
        assert!(folder.join("plain/b.internal.md").is_file());
    }
    ran(folder, &["build", "--to", "md", "--out", "elsewhere"], 0);
    assert_eq!(names(&folder.join("elsewhere")), ["b.md", "site/a.md"]);
    // What is not built is not in the way.
    ran(
        folder,
        &["render", "b.yaml", "--to", "md", "--out", "out"],
        0,
    );
}

/// Runs a command that must not wait for anything; what it gave on standard output.
#[cfg(unix)]
fn at_once(mut command: process::Command) -> Vec<u8> {
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = output.stdin(Stdio::piped()).spawn().unwrap();
    for _ in 0..600 {
        if let Some(status) = child.try_wait().unwrap() {
            let output = child.wait_with_output().unwrap();
            let err = String::from_utf8_lossy(&output.stderr);
            assert!(status.success(), "{err}");
            return output.stdout;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    child.kill().unwrap();
    panic!("it waits");
}

#[cfg(unix)]
#[test]
fn a_device_or_a_pipe_is_written_to_and_stays_what_it_is() {
    use std::os::unix::fs::FileTypeExt;
    let book = folder(&[("minutebook.yaml", SETTINGS), ("a.yaml", GOOD)]);
    let folder = book.path();
    let csv = ["actions", "--as-at", "2026-12-01", "--to", "csv"];
    let to = |out| program(folder, &[&csv[..], &["--out", out]].concat());
    let (expected, _) = ran(folder, &csv, 0);
    assert!(!expected.is_empty());
    assert_eq!(at_once(to("/dev/stdout")), expected.as_bytes());
    assert_eq!(at_once(to("/dev/null")), b"");
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
    let record = ["withheld", "--to", "csv", "--out", "/dev/stdout"];
    assert!(!at_once(program(folder, &record)).is_empty());

    // A shell may have made a file of standard output: it is written to as well, behind what is there.
    let kept = folder.join("kept.csv");
    fs::write(&kept, "before\n").unwrap();
    let file = fs::OpenOptions::new().append(true).open(&kept).unwrap();
    let status = to("/dev/stdout").stdout(file).status().unwrap();
    assert!(status.success());
    let written = fs::read_to_string(&kept).unwrap();
    assert_eq!(written, format!("before\n{expected}"));

    let pipe = folder.join("pipe");
    let made = process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let reader = {
        let pipe = pipe.clone();
        std::thread::spawn(move || fs::read_to_string(pipe).unwrap())
    };
    assert_eq!(at_once(to("pipe")), b"");
    assert_eq!(reader.join().unwrap(), expected);
    let is_pipe = fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo();
    assert!(is_pipe);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_a_failure() {
    let book = folder(&[
        ("minutebook.yaml", SETTINGS),
        ("a.yaml", GOOD),
        ("file", ""),
    ]);
    let (_, err) = ran(
        book.path(),
        &["build", "--to", "md", "--out", "file/below"],
        2,
    );
    assert!(err.contains("error: "), "{err}");
}

#[test]
fn render_finds_the_book_above_its_files() {
    let book = folder(&[
        ("minutebook.yaml", SETTINGS),
        ("deep/a.yaml", GOOD),
        ("deep/b.yaml", GOOD),
        ("c.yaml", GOOD),
    ]);
    let deep = book.path().join("deep");
    ran(
        &deep,
        &["render", "a.yaml", "b.yaml", "--to", "md", "--out", "made"],
        0,
    );
    assert_eq!(names(&deep.join("made")), ["a.md", "b.md"]);
    ran(&deep, &["render", "none.yaml"], 2);
    ran(&deep, &["render"], 2);
    let outside = folder(&[("a.yaml", GOOD)]);
    let (_, err) = ran(outside.path(), &["render", "a.yaml"], 2);
    assert!(err.contains("minutebook.yaml"), "{err}");
}

#[test]
fn usage_errors_exit_with_2() {
    let here = tempfile::tempdir().unwrap();
    for arguments in [
        &[][..],
        &["bild"],
        &["build", "--to", "docx"],
        &["build", "--edition", "secret"],
        &["check", "--format", "xml"],
        &["check", "--deny", "everything"],
        &["build", "nowhere"],
    ] {
        ran(here.path(), arguments, 2);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let mut child = program(Path::new(env!("CARGO_MANIFEST_DIR")), &["explain"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut err)
        .unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(err, "");
}

#[test]
fn the_example_book_builds() {
    let out = tempfile::tempdir().unwrap();
    let to = out.path().to_str().unwrap();
    let notes = book::notes();
    let (said, _) = ran(&notes, &["build", "--out", to], 0);
    assert!(said.contains("public edition"), "{said}");
    assert!(names(out.path()).len() >= 3 * 5);
}

#[test]
fn two_files_of_one_name_are_not_rendered_over_one_another() {
    let folder = folder(&[
        ("minutebook.yaml", "organisation: { name: Office }\n"),
        ("a/june.yaml", "kind: meeting\ntitle: A\ndate: 2026-06-30\n"),
        ("b/june.yaml", "kind: meeting\ntitle: B\ndate: 2026-06-30\n"),
    ]);
    let to_one = [
        "render",
        "a/june.yaml",
        "b/june.yaml",
        "--to",
        "md",
        "--out",
        "made",
    ];
    let (_, err) = ran(folder.path(), &to_one, 2);
    assert!(err.contains("would both be written to made/june"), "{err}");
    assert!(!folder.path().join("made").exists());
    let (_, err) = ran(folder.path(), &["build", "--to", "md"], 0);
    assert!(folder.path().join("out/b/june.md").is_file(), "{err}");
}

/// The hidden folders beside an output.
fn left(book: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(book).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_left = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        name.starts_with(".minutebook-") && path.is_dir()
    };
    paths.filter(is_left).collect()
}

#[test]
fn what_a_killed_build_left_is_removed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path();
    fs::write(
        book.join("minutebook.yaml"),
        "organisation: { name: Police and Crime Commissioner for Midshire }\n",
    )
    .unwrap();
    for day in 1..=28 {
        let text = format!("kind: meeting\ntitle: Board\ndate: 2026-02-{day:02}\nstatus: draft\n");
        fs::write(book.join(format!("{day}.yaml")), text).unwrap();
    }
    let build = || {
        let mut program = process::Command::new(env!("CARGO_BIN_EXE_minutebook"));
        program.current_dir(book).arg("build");
        program.stdout(Stdio::null()).stderr(Stdio::null());
        program
    };
    let mut killed = build().spawn().unwrap();
    let has_begun = |path: &PathBuf| path.join("lock").is_file();
    while !left(book).iter().any(has_begun) {
        assert!(
            killed.try_wait().unwrap().is_none(),
            "it was not killed in time"
        );
    }
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert_eq!(left(book).len(), 1);

    // What a running build holds, what is for another output, and what nobody can tell of stay.
    let folder_of = |name: &str, output: Option<&str>| {
        let path = book.join(name);
        fs::create_dir(&path).unwrap();
        fs::write(path.join("0"), "half a page").unwrap();
        if let Some(output) = output {
            fs::write(path.join("lock"), output).unwrap();
        }
        path
    };
    let running = folder_of(".minutebook-running", Some("out"));
    let lock = fs::File::open(running.join("lock")).unwrap();
    lock.lock().unwrap();
    let other = folder_of(".minutebook-other", Some("elsewhere"));
    let unknown = folder_of(".minutebook-unknown", None);
    assert!(build().status().unwrap().success());
    let mut kept = left(book);
    kept.sort();
    assert_eq!(kept, [other.clone(), running, unknown.clone()]);
    drop(lock);
    assert!(build().status().unwrap().success());
    let mut kept = left(book);
    kept.sort();
    assert_eq!(kept, [other, unknown]);
}

#[test]
fn a_file_that_cannot_be_made_into_anything_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path();
    fs::write(
        book.join("minutebook.yaml"),
        "organisation: { name: PCC }\n",
    )
    .unwrap();
    let run = |arguments: &[&str]| {
        let mut program = process::Command::new(env!("CARGO_BIN_EXE_minutebook"));
        let output = program.current_dir(book).args(arguments).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let approve = ["approve", "nowhere.yaml", "--by", "pcc"];
    for (arguments, message) in [
        (
            &["render", "nowhere.yaml"][..],
            "error: nowhere.yaml: there is no such file\n",
        ),
        (&approve, "error: nowhere.yaml: there is no such file\n"),
        (
            &["publish", "."],
            "error: . is a folder: name its files; `minutebook build .` makes every document of a book\n",
        ),
        (
            &["render", "minutebook.yaml"],
            "minutebook.yaml is no document of the book: nothing is made of it\n",
        ),
    ] {
        assert_eq!(run(arguments), message);
    }
    let meeting = "kind: meeting\ntitle: Board\ndate: 2026-02-03\nstatus: draft\n";
    fs::write(book.join("a.yaml"), meeting).unwrap();
    fs::write(book.join("out"), "").unwrap();
    let told = run(&["build", "--to", "md"]);
    assert!(
        told.starts_with("error: ./out/a.md: a file stands where a folder must be\n"),
        "{told}"
    );
}

#[test]
fn lines_that_two_people_changed_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path();
    fs::write(
        book.join("minutebook.yaml"),
        "organisation: { name: PCC }\n",
    )
    .unwrap();
    let meeting = "kind: meeting\ntitle: Board\n<<<<<<< HEAD\ndate: 2026-02-03\n=======\ndate: 2026-02-04\n>>>>>>> mine\n";
    fs::write(book.join("a.yaml"), meeting).unwrap();
    let mut program = process::Command::new(env!("CARGO_BIN_EXE_minutebook"));
    let output = program.current_dir(book).arg("check").output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let message = "two versions of these lines stand here, and nobody has chosen between them\n --> ./a.yaml:3:1\n";
    assert!(told.contains(message), "{told}");
}
