//! The website from outside: what is on it and what is not, that a build is whole or nothing, that it writes only what
//! changed, and that nothing written in a book can lead out of its folder.

use crate::book;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// A book of its own, with the website beside it.
struct Case {
    folder: TempDir,
}

type Files = BTreeMap<String, (Vec<u8>, SystemTime)>;

impl Case {
    /// The example book.
    fn example() -> Case {
        let case = Case {
            folder: tempfile::tempdir().unwrap(),
        };
        copy(&book::notes(), &case.book());
        case
    }

    /// A book of these files.
    fn of(files: &[(&str, &str)]) -> Case {
        let case = Case {
            folder: tempfile::tempdir().unwrap(),
        };
        for (path, text) in files {
            case.write(path, text);
        }
        case
    }

    fn book(&self) -> PathBuf {
        self.folder.path().join("book")
    }

    fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.book().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.book().join(path)).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replace(from, to));
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
        command
            .arg("build")
            .arg(self.book())
            .arg("--site")
            .arg("--out")
            .arg(self.site());
        command.args(["--as-at", "2026-12-01"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Builds; its exit code, and what it printed.
    fn build(&self) -> (i32, String) {
        let output = self.command().output().unwrap();
        let printed = [output.stdout, output.stderr].concat();
        (
            output.status.code().unwrap(),
            String::from_utf8(printed).unwrap(),
        )
    }

    fn built(&self) -> Files {
        let (code, printed) = self.build();
        assert_eq!(code, 0, "{printed}");
        self.files()
    }

    fn files(&self) -> Files {
        let mut files = Files::new();
        for entry in walkdir::WalkDir::new(self.site()) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(self.site()).unwrap();
                let time = entry.metadata().unwrap().modified().unwrap();
                let name = path.to_str().unwrap().replace('\\', "/");
                files.insert(name, (fs::read(entry.path()).unwrap(), time));
            }
        }
        files
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let below = entry.path().strip_prefix(from).unwrap();
        if below.starts_with("out") {
            continue;
        }
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(to.join(below)).unwrap(),
            false => drop(fs::copy(entry.path(), to.join(below)).unwrap()),
        }
    }
}

fn text(files: &Files, path: &str) -> String {
    let (bytes, _) = files.get(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(bytes.clone()).unwrap()
}

fn differing(before: &Files, after: &Files) -> Vec<String> {
    let all = before.keys().chain(after.keys());
    let mut differing: Vec<String> = all
        .filter(|path| before.get(*path) != after.get(*path))
        .cloned()
        .collect();
    differing.sort();
    differing.dedup();
    differing
}

#[test]
fn nothing_internal_is_ever_written_onto_a_website() {
    let case = Case::example();
    let before = case.built();
    let (book, site) = (case.book(), case.site());
    let [book, site] = [book, site].map(|path| path.to_str().unwrap().to_owned());
    let file = format!("{site}/actions.csv");
    let marked = format!("{site}/notes/withheld.internal.csv");
    let attempts: [&[&str]; 5] = [
        &[
            "actions",
            &book,
            "--edition",
            "internal",
            "--to",
            "csv",
            "--out",
            &file,
        ],
        &[
            "actions",
            &book,
            "--edition",
            "internal",
            "--to",
            "csv,md",
            "--out",
            &site,
        ],
        &["withheld", &book, "--to", "csv", "--out", &marked],
        &["build", &book, "--edition", "internal", "--out", &site],
        &[
            "actions",
            &book,
            "--edition",
            "internal",
            "--to",
            "csv",
            "--out",
            "actions.csv",
        ],
    ];
    for arguments in attempts {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
        let output = command.current_dir(case.folder.path()).args(arguments);
        let output = output.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        let why = ["is internal", "is on a website"];
        assert!(why.iter().any(|why| said.contains(why)), "{said}");
    }
    let draft = format!("{site}/next.yaml");
    let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    command.args(["next", "assurance", &book, "--out", &draft]);
    let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
    assert!(said.contains("is on a website"), "{said}");
    assert!(case.files() == before);
    assert!(!case.folder.path().join("actions.csv").exists());
}

#[test]
fn only_what_is_published_is_on_the_website() {
    let files = Case::example().built();
    assert!(files.contains_key("assurance/2026-07-28.html"));
    // One is approved, one a draft.
    for name in [
        "assurance/2026-08-25",
        "accountability/2026-03-extract",
        "plans/doorstep",
    ] {
        let of = |path: &&String| path.starts_with(name);
        assert_eq!(files.keys().find(of), None);
        for (path, (bytes, _)) in &files {
            assert!(
                !String::from_utf8_lossy(bytes).contains(name),
                "{path} names {name}"
            );
        }
    }
    for path in files.keys().filter(|path| path.ends_with(".html")) {
        let html = text(&files, path);
        assert!(!html.contains("<style"), "{path} has a style of its own");
        assert!(!html.contains(" style=\""), "{path} has a style of its own");
        assert!(!html.contains(">Draft<"), "{path} shows a draft");
    }
    let document = text(&files, "assurance/2026-07-28.html");
    let size = (files["assurance/2026-07-28.pdf"].0.len() + 500) / 1000;
    assert!(document.contains(&format!("PDF, {size} kB, tagged")));
}

/// A PDF without its identifier, which comes from the whole page that it was made of.
fn without_id(pdf: &[u8]) -> Vec<u8> {
    let find = |what: &[u8], from: usize| {
        let mut windows = pdf[from..].windows(what.len());
        from + windows.position(|window| window == what).unwrap()
    };
    let start = find(b"/ID[", 0);
    [&pdf[..start], &pdf[find(b"]", start)..]].concat()
}

#[test]
fn the_pdf_is_the_one_that_a_build_of_documents_makes() {
    let case = Case::example();
    let files = case.built();
    let out = case.folder.path().join("documents");
    let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    command.arg("build").arg(case.book()).arg("--out").arg(&out);
    assert!(command.output().unwrap().status.code().is_some());
    for name in ["assurance/2026-07-28", "trackers/regional"] {
        let pdf = fs::read(out.join(name).with_extension("pdf")).unwrap();
        assert!(
            without_id(&files[&format!("{name}.pdf")].0) == without_id(&pdf),
            "{name}"
        );
    }
}

#[test]
fn a_second_build_changes_nothing_and_an_edit_only_what_it_touches() {
    let case = Case::example();
    // Without a record of releases, an edit of something published needs no amendment.
    fs::remove_file(case.book().join("releases.yaml")).unwrap();
    let first = case.built();
    assert_eq!(differing(&first, &case.built()), Vec::<String>::new());
    case.edit(
        "special/2026-09-22.yaml",
        "ended: \"14:40\"",
        "ended: \"14:45\"",
    );
    let changed = differing(&first, &case.built());
    let expected = [
        "meetings.ics",
        "search-index.js",
        "search.json",
        "special/2026-09-22.html",
        "special/2026-09-22.md",
        "special/2026-09-22.pdf",
    ];
    assert_eq!(changed, expected);
}

#[test]
fn the_same_book_gives_the_same_website_elsewhere() {
    let (one, other) = (Case::example().built(), Case::example().built());
    for (path, (bytes, _)) in &one {
        assert!(other[path].0 == *bytes, "{path}");
    }
}

#[test]
fn a_build_that_is_killed_leaves_the_website_whole() {
    let case = Case::example();
    let old = case.built();
    let whole = |files: &Files| {
        files
            .iter()
            .map(|(path, (bytes, _))| (path.clone(), bytes.clone()))
            .collect()
    };
    let old: BTreeMap<String, Vec<u8>> = whole(&old);
    case.edit("minutebook.yaml", "#1d4f5f", "#5f1d4f");
    let other = Case::example();
    other.edit("minutebook.yaml", "#1d4f5f", "#5f1d4f");
    let new: BTreeMap<String, Vec<u8>> = whole(&other.built());
    assert!(old != new);
    let mut was_old = 0;
    for step in 0..25 {
        let mut child = case.command().spawn().unwrap();
        std::thread::sleep(Duration::from_millis(step * 30));
        let _ = child.kill();
        let _ = child.wait();
        let now: BTreeMap<String, Vec<u8>> = whole(&case.files());
        assert!(now == old || now == new, "killed after {} ms", step * 30);
        was_old += usize::from(now == old);
    }
    assert!(was_old > 0, "every build was over before it was killed");
    assert!(whole(&case.built()) == new);
    let left = fs::read_dir(case.folder.path()).unwrap().count();
    assert_eq!(left, 2, "something is left beside the website");
}

#[test]
fn a_broken_template_leaves_the_website_as_it_was() {
    let case = Case::example();
    let before = case.built();
    case.write("templates/site/home.html", "{{ nothing.at_all }}");
    let (code, printed) = case.build();
    assert_eq!(code, 1, "{printed}");
    assert!(printed.contains("is as it was"), "{printed}");
    assert_eq!(differing(&before, &case.files()), Vec::<String>::new());
}

#[test]
fn a_withheld_passage_that_stands_openly_elsewhere_stops_the_build() {
    let secret = "The cameras on Quarry Lane are switched off at four each morning.";
    let text = format!("    text: |\n      <<s31 | {secret}>>\n");
    let with = |rest: &str| format!("{MEETING}  - title: Cameras\n{text}{rest}");
    let files = [("minutebook.yaml", BOOK), ("a.yaml", &with(""))];
    let case = Case::of(&files);
    let (_, printed) = case.build();
    let before = case.files();
    assert!(!before.is_empty(), "{printed}");
    case.write(
        "a.yaml",
        &with(&format!("  - title: Lanes\n    text: {secret}\n")),
    );
    let (code, printed) = case.build();
    assert_eq!(code, 1, "{printed}");
    assert!(printed.contains("error[leak]"), "{printed}");
    assert!(!printed.contains("Quarry"), "{printed}");
    assert_eq!(case.files(), before);
}

#[test]
fn what_stands_on_the_colours_of_a_book_can_be_read() {
    let case = Case::example();
    let style = text(&case.built(), "style.css");
    assert!(style.contains("--accent: #1d4f5f; --accent-ink: #ffffff;"));
    assert!(style.contains(".masthead { background: #12343f; color: #ffffff;"));
    case.edit("minutebook.yaml", "#12343f", "#ffdd00");
    case.edit("minutebook.yaml", "#1d4f5f", "#7fb2c4");
    let (code, printed) = case.build();
    assert_eq!(code, 0, "{printed}");
    let message = "`#7fb2c4` has a contrast of 2.3 to 1 with white";
    assert!(printed.contains(message), "{printed}");
    let files = case.files();
    let style = text(&files, "style.css");
    assert!(style.contains("--accent: #7fb2c4; --accent-ink: #000000;"));
    assert!(style.contains(".masthead { background: #ffdd00; color: #000000;"));
    let statement = text(&files, "accessibility.html");
    assert!(statement.contains("have a contrast of 15.6 to 1 with it"));
    assert!(statement.contains("That is less than the 4.5 to 1"));
    assert!(text(&files, "favicon.svg").contains("fill=\"#ffdd00\""));
}

#[test]
fn beside_each_document_stands_the_same_as_data() {
    let files = Case::example().built();
    let read =
        |path: &str| -> serde_json::Value { serde_json::from_str(&text(&files, path)).unwrap() };
    let schema = read("document.schema.json");
    for (path, ending, actions) in [
        ("assurance/2026-07-28", "yaml", 7),
        ("trackers/regional", "yaml", 14),
    ] {
        let data = read(&format!("{path}.json"));
        let fields: Vec<&String> = data.as_object().unwrap().keys().collect();
        let known: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        assert_eq!(fields, known, "{path}");
        let page = text(&files, &format!("{path}.html"));
        assert!(page.contains(".json\">Data (JSON), "), "{path}");
        let set = data["actions"].as_array().unwrap();
        assert_eq!(set.len(), actions, "{path}");
        for action in set {
            assert_eq!(action["source"]["file"], format!("{path}.{ending}"));
        }
    }
    let item = &schema["properties"]["actions"]["items"]["$ref"];
    let name = item.as_str().unwrap().strip_prefix("#/$defs/").unwrap();
    assert!(schema["$defs"][name]["properties"]["history"].is_object());
}

#[test]
fn each_chair_and_each_owner_has_a_sheet() {
    let files = Case::example().built();
    let series = text(&files, "series/assurance.html");
    assert!(series.contains("href=\"../series/assurance/chair.html\""));
    let chair = text(&files, "series/assurance/chair.html");
    assert!(chair.contains("Overdue (6)"), "{chair}");
    let register = text(&files, "actions.html");
    assert!(register.contains("<a href=\"owners/dcc.html\">Nasreen Baig</a>"));
    let owner = text(&files, "owners/dcc.html");
    assert!(
        owner.contains("<title>Actions of Nasreen Baig – Northmere"),
        "{owner}"
    );
    // Somebody whose actions are all in drafts owns nothing in public.
    let owners = files.keys().filter(|path| path.starts_with("owners/"));
    for path in owners {
        assert!(!text(&files, path).contains("No actions."), "{path}");
    }
}

#[test]
fn what_is_shown_for_any_address_finds_its_style() {
    let case = Case::example();
    let missing = text(&case.built(), "404.html");
    assert!(missing.contains("<link rel=\"stylesheet\" href=\"/style.css\">"));
    let (from, to) = (
        "https://notes.northmere.example/",
        "https://northmere.example/our/notes",
    );
    case.edit("minutebook.yaml", from, to);
    let missing = text(&case.built(), "404.html");
    assert!(missing.contains("<link rel=\"stylesheet\" href=\"/our/notes/style.css\">"));
    assert!(missing.contains("<a href=\"/our/notes/search.html\">Search notes and actions</a>"));
}

#[test]
fn somebody_elses_folder_is_never_replaced() {
    let case = Case::example();
    fs::create_dir_all(case.site()).unwrap();
    fs::write(case.site().join("thesis.txt"), "three years").unwrap();
    let (code, printed) = case.build();
    assert_eq!(code, 2, "{printed}");
    assert_eq!(case.files().keys().collect::<Vec<_>>(), ["thesis.txt"]);
}

#[test]
fn what_somebody_put_into_the_folder_stays_and_is_looked_through() {
    let case = Case::example();
    let first = case.built();
    let own = [".htaccess", ".well-known/security.txt", "CNAME"];
    for path in own {
        let file = case.site().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, path).unwrap();
    }
    // Nothing changed, a little, and all that is known of the website is gone.
    case.built();
    case.edit("minutebook.yaml", "Northmere PCC", "Northmere OPCC");
    case.built();
    fs::remove_dir_all(case.book().join(".minutebook")).unwrap();
    case.edit("minutebook.yaml", "Northmere OPCC", "Northmere PCC");
    let (_, printed) = case.build();
    let mut files = case.files();
    for path in own {
        assert_eq!(text(&files, path), path, "{printed}");
        files.remove(path);
    }
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&files), names(&first));
    // They are published too.
    let secret = "The informant lives beside the mill in Lower Brixby";
    let passage = format!("text: <<s40(2) | {secret}.>>");
    let settings = "organisation: { name: Wenmoor PCC }\nseries: { board: { title: Board, chair: A, venue: V } }\n";
    let meeting = MEETING
        .replace("../../up", "board")
        .replace("</script><script>alert(1)</script>", "One");
    let meeting = meeting.replace(
        "ref: ../../../../etc/passwd, text: Look",
        "ref: 1/26, text: Look",
    );
    let meeting = format!("{meeting}  - title: Two\n    {passage}\n");
    let case = Case::of(&[("minutebook.yaml", settings), ("june.yaml", &meeting)]);
    case.build();
    fs::write(case.site().join("notes.txt"), secret).unwrap();
    let before = case.files();
    let (code, printed) = case.build();
    assert!(
        code == 1 && printed.contains("error[leak]: notes.txt"),
        "{printed}"
    );
    assert!(before == case.files());
}

#[test]
fn the_key_of_somebody_whose_name_is_withheld_is_nowhere() {
    let settings = "organisation: { name: Wenmoor PCC }
people:
  xylophonist: { name: \"Dr <<s40(2) | Quentin Xylophonist>>\", title: Informant, initials: QX }
bodies:
  kumquat: { name: \"<<s31 | Operation Kumquat Team>>\" }
series: { board: { title: Board, chair: A, venue: V } }
";
    let owners = "[ { ref: 1/26, text: Do it., owner: xylophonist, due: 2026-09-30 }, \
                  { ref: 2/26, text: Do that., owner: kumquat, due: 2026-09-30 } ]";
    let meeting = format!(
        "kind: meeting\nseries: board\ndate: 2026-08-25\nstatus: published\nnext_meeting: {{ text: None }}\n\
         attendance: [A]\napologies: []\nitems:\n  - title: One\n    actions: {owners}\n"
    );
    let case = Case::of(&[("minutebook.yaml", settings), ("august.yaml", &meeting)]);
    let (_, printed) = case.build();
    let files = case.files();
    assert!(files.contains_key("august.html"), "{printed}");
    for (path, (bytes, _)) in &files {
        let words = format!("{path} {}", String::from_utf8_lossy(bytes)).to_lowercase();
        for secret in ["xylophonist", "kumquat"] {
            assert!(!words.contains(secret), "{secret} in {path}");
        }
    }
}

#[test]
fn the_pdf_of_a_page_has_the_logo() {
    let case = Case::example();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M0 0h8v8z\"/></svg>";
    case.write("crest.svg", svg);
    case.edit(
        "minutebook.yaml",
        "look:",
        "look:\n  logo: { file: crest.svg, alt: The crest }",
    );
    let (_, printed) = case.build();
    let files = case.files();
    let out = case.folder.path().join("documents");
    let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    command.arg("build").arg(case.book()).arg("--out").arg(&out);
    assert!(command.output().unwrap().status.code().is_some());
    let name = "assurance/2026-07-28";
    let pdf = fs::read(out.join(name).with_extension("pdf")).unwrap();
    let made = &files[&format!("{name}.pdf")].0;
    assert!(without_id(made) == without_id(&pdf), "{printed}");
    assert!(text(&files, &format!("{name}.html")).contains("src=\"../logo.svg\""));
}

#[test]
fn two_meetings_of_a_day_have_entries_of_their_own_in_a_calendar() {
    let settings = "organisation: { name: Wenmoor PCC }\nseries: { board: { title: Board, chair: A, venue: V } }\n\
                    lints: { same-day: { level: warning, reason: Two sessions } }\n";
    let meeting = "kind: meeting\nseries: board\ndate: 2026-08-25\nstatus: published\nattendance: [A]\napologies: []\n\
                   next_meeting: { text: None }\nitems: [ { title: One, text: Yes. } ]\n";
    let case = Case::of(&[
        ("minutebook.yaml", settings),
        ("morning.yaml", meeting),
        ("noon.yaml", &format!("{meeting}time: 14:00\n")),
    ]);
    let (_, printed) = case.build();
    let files = case.files();
    assert!(files.contains_key("meetings.ics"), "{printed}");
    let calendar = text(&files, "meetings.ics");
    let uids: Vec<&str> = calendar
        .lines()
        .filter(|line| line.starts_with("UID:"))
        .collect();
    assert_eq!(
        uids,
        [
            "UID:board-2026-08-25@wenmoor-pcc",
            "UID:noon-board-2026-08-25@wenmoor-pcc"
        ]
    );
}

const BOOK: &str = "organisation: { name: \"<b>Office</b> & \u{202E}Co\" }\nseries:\n  ../../up: { title: Board }\n";
const MEETING: &str = "kind: meeting\nseries: ../../up\ndate: 2026-06-30\nstatus: published\nchair: A\nvenue: V\nnext_meeting: { text: None }\nattendance: [A]\napologies: []\n\
    items:\n  - title: \"</script><script>alert(1)</script>\"\n    actions:\n      - { ref: ../../../../etc/passwd, text: Look, owner: A, due: 2026-07-01 }\n";

#[test]
fn nothing_in_a_book_leads_out_of_the_website() {
    let names = [
        "index.yaml",
        "search.yaml",
        "Ünïcode №1/a  b.yaml",
        "a/b...yaml",
        "actions/x.yaml",
        "404.yaml",
    ];
    let mut files: Vec<(&str, String)> = vec![("minutebook.yaml", BOOK.to_owned())];
    for (at, name) in names.iter().enumerate() {
        let meeting = MEETING.replace("06-30", &format!("06-0{}", at + 1));
        files.push((name, meeting.replace("passwd", &format!("passwd{at}"))));
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let case = Case::of(&files);
    let (_, printed) = case.build();
    let made = case.files();
    assert!(made.contains_key("index-2.html"), "{printed}");
    for path in [
        "index.html",
        "search-2.html",
        "unicode-1/a-b.html",
        "a/b.html",
        "404-2.html",
        "series/up.html",
    ] {
        assert!(made.contains_key(path), "no {path} among {:?}", made.keys());
    }
    let plain = |path: &String| {
        path.chars()
            .all(|c| c.is_ascii_alphanumeric() || "./-".contains(c))
    };
    assert!(made.keys().all(plain), "{:?}", made.keys());
    assert_eq!(fs::read_dir(case.folder.path()).unwrap().count(), 2);
    for path in made.keys().filter(|path| path.ends_with(".html")) {
        let html = text(&made, path);
        assert!(
            !html.contains("<b>Office") && !html.contains("<script>alert"),
            "{path}"
        );
    }
}

#[test]
fn an_old_address_leads_on_and_one_outside_is_refused() {
    let case = Case::example();
    let files = case.built();
    let moved = text(&files, "assurance/may.html");
    assert!(
        moved.contains("content=\"0; url=../assurance/2026-05-26.html\""),
        "{moved}"
    );
    assert!(files["assurance/may.pdf"].0 == files["assurance/2026-05-26.pdf"].0);
    for old in [
        "../may.yaml",
        "/../../etc/passwd",
        "assurance/2026-06-30.yaml",
        "C:\\may",
    ] {
        let case = Case::example();
        case.edit("minutebook.yaml", "assurance/may.yaml", &format!("'{old}'"));
        let (code, printed) = case.build();
        assert_eq!(code, 1, "{old}: {printed}");
        assert!(printed.contains("renamed-address"), "{printed}");
        assert!(!case.site().exists());
    }
}

/// A book of plain notes, each with one action: its path, its day, the ref of the action and its owner.
fn notes(documents: &[(&str, &str, &str, &str)]) -> Case {
    let case = Case::of(&[("minutebook.yaml", PLAIN)]);
    for (path, day, reference, owner) in documents {
        let text = NOTES
            .replace("DAY", day)
            .replace("REF", reference)
            .replace("OWNER", owner);
        case.write(path, &text);
    }
    case
}

const PLAIN: &str = "organisation: { name: Wenmoor PCC }
people:
  pcc: { name: Anna Starkey, initials: PCC }
  cex: { name: Ravi Menon, initials: CEX }
series:
  board: { title: Board, chair: pcc, venue: The Old Chapel }
";

const NOTES: &str = "kind: meeting
series: board
date: DAY
status: published
attendance: [pcc, cex]
apologies: []
items:
  - title: Crime recording
    actions:
      - { ref: REF, text: Read every tenth record again., owner: OWNER, due: 2026-10-30 }
next_meeting: { text: None }
";

#[test]
fn a_series_shows_the_open_actions_that_need_most_and_leads_to_all() {
    let page_of = |count: usize| {
        let case = notes(&[("notes/2026-09-29.yaml", "2026-09-29", "1/26", "cex")]);
        // The last needs most.
        let actions: Vec<String> = (2..=count)
            .map(|at| {
                let due = if at == count {
                    "2026-10-01"
                } else {
                    "2027-03-01"
                };
                format!(
                    "      - {{ ref: {at}/26, text: Read sample {at}., owner: cex, due: {due} }}\n"
                )
            })
            .collect();
        case.edit(
            "notes/2026-09-29.yaml",
            "next_meeting:",
            &format!("{}next_meeting:", actions.concat()),
        );
        text(&case.built(), "series/board.html")
    };
    let few = page_of(40);
    assert_eq!(few.matches("<tr data-series").count(), 40);
    assert!(few.contains("<caption>As at 1 December 2026</caption>"));
    assert!(!few.contains("in the register"));
    let many = page_of(41);
    assert_eq!(many.matches("<tr data-series").count(), 40);
    assert!(many.contains("<caption>As at 1 December 2026, the 40 that need most</caption>"));
    assert!(many.contains(
        "<a href=\"../series/board/register.html\">All 41 open actions, in the register</a>"
    ));
    assert!(many.contains("Read sample 41."));
    assert!(!many.contains("Read sample 40."));
}

#[test]
fn what_was_closed_more_than_a_year_ago_is_on_the_page_of_its_year() {
    let days = [
        ("2024-03-05", "1/24", "pcc"),
        ("2024-04-09", "2/24", "cex"),
        ("2025-11-30", "3/25", "cex"),
        ("2025-12-01", "4/25", "pcc"),
        ("2026-09-29", "5/26", "cex"),
    ];
    let paths = days.map(|(day, ..)| format!("notes/{day}.yaml"));
    let documents: Vec<(&str, &str, &str, &str)> = std::iter::zip(&paths, days)
        .map(|(path, (day, reference, owner))| (path.as_str(), day, reference, owner))
        .collect();
    let case = notes(&documents);
    // Each meeting discharges what the one before it set.
    for (path, (_, before, _)) in std::iter::zip(&paths[1..], days) {
        let arising = format!(
            "items:\n  - title: Matters arising\n    matters_arising: [{{ action: {before}, update: All were read for {before}., state: discharged }}]\n"
        );
        case.edit(path, "items:\n", &arising);
    }
    case.edit(
        "minutebook.yaml",
        "series:",
        "site: { address: \"https://notes.example.org/\" }\nseries:",
    );
    let files = case.built();
    let rows = |page: &str| -> Vec<String> {
        let page = text(&files, page);
        let rows = page.split("<th scope=\"row\">").skip(1);
        let cell = |row: &str| row[..row.find("</th>").unwrap()].to_owned();
        rows.map(cell).collect()
    };
    let link = |to: &str, reference: &str| format!("<a href=\"{to}.html\">{reference}</a>");
    // 3/25 was closed just a year ago, on the day of 4/25.
    assert_eq!(
        rows("actions.html"),
        [
            link("actions/5-26", "5/26"),
            link("actions/4-25", "4/25"),
            link("actions/3-25", "3/25")
        ]
    );
    assert_eq!(
        rows("actions/closed/2025.html"),
        [
            link("../../actions/3-25", "3/25"),
            link("../../actions/2-24", "2/24")
        ]
    );
    assert_eq!(
        rows("actions/closed/2024.html"),
        [link("../../actions/1-24", "1/24")]
    );
    assert!(!files.contains_key("actions/closed/2026.html"));
    let register = text(&files, "actions.html");
    assert!(register.contains("<p>5 public actions: 1 overdue, 4 closed."));
    assert!(register.contains("What was closed before 1 December 2025 is not in the table above."));
    let first = register.find("<a href=\"actions/closed/2025.html\">2025</a>: 2 actions");
    let second = register.find("<a href=\"actions/closed/2024.html\">2024</a>: 1 action<");
    assert!(first.unwrap() < second.unwrap());
    let year = text(&files, "actions/closed/2024.html");
    assert!(year.contains("<h1>Actions closed in 2024</h1>"), "{year}");
    assert!(year.contains("<p>1 public action was closed in 2024."));
    assert!(year.contains("Discharged</span> <span class=\"on\">9 April 2024</span></td>"));
    assert!(year.contains("<script src=\"../../filters.js\" defer></script>"));
    assert!(!year.contains("filter-need"), "all of them need nothing");
    let series = text(&files, "series/board.html");
    assert!(series.contains("<a href=\"../actions.html#closed\">Closed in earlier years</a>"));
    let of_series = text(&files, "series/board/register.html");
    assert!(of_series.contains("open, or closed since 1 December 2025"));
    for (reference, is_there) in [("2/24", false), ("3/25", true), ("4/25", true)] {
        let said = format!("All were read for {reference}.");
        assert_eq!(of_series.contains(&said), is_there, "{reference}");
    }
    let map = text(&files, "sitemap.xml");
    assert!(map.contains("<loc>https://notes.example.org/actions/closed/2024.html</loc>"));
    let calendar = text(&files, "actions.ics");
    for (id, is_there) in [
        ("1/24@", false),
        ("2/24@", false),
        ("3/25@", true),
        ("5/26@", true),
    ] {
        assert_eq!(calendar.contains(&format!("UID:{id}")), is_there, "{id}");
    }
    // Nothing is lost: all stand in the open data, where each has a line and is what stands beside its document.
    let data: serde_json::Value = serde_json::from_str(&text(&files, "actions.json")).unwrap();
    assert_eq!(data["counts"]["total"], 5);
    assert_eq!(data["actions"].as_array().unwrap().len(), 5);
    for action in data["actions"].as_array().unwrap() {
        let file = action["source"]["file"]
            .as_str()
            .unwrap()
            .replace(".yaml", ".json");
        let beside: serde_json::Value = serde_json::from_str(&text(&files, &file)).unwrap();
        assert_eq!(beside["actions"][0], *action, "{file}");
    }
    let lines = text(&files, "actions.json");
    let lines = lines
        .lines()
        .filter(|line| line.starts_with("    {\"id\":"));
    assert_eq!(lines.count(), 5);
    let data = text(&files, "actions.csv");
    assert!(
        days.iter()
            .all(|(_, reference, _)| data.contains(reference))
    );
}

#[test]
fn without_closed_actions_of_earlier_years_nothing_speaks_of_them() {
    let case = notes(&[("notes/2026-09-29.yaml", "2026-09-29", "1/26", "cex")]);
    let files = case.built();
    for page in ["actions.html", "series/board.html"] {
        assert!(!text(&files, page).contains("earlier years"), "{page}");
    }
    assert!(!text(&files, "series/board/register.html").contains("Selection"));
}

#[test]
fn two_things_with_one_address_are_refused() {
    let first = ("m/board-august.yaml", "2026-08-25", "1/26", "pcc");
    for (second, what) in [
        (
            ("m/board august.yaml", "2026-09-29", "2/26", "pcc"),
            "`m/board-august.yaml` would stand at the address of `m/board august.yaml`: m/board-august.html",
        ),
        (
            ("m/september.yaml", "2026-09-29", "1-26", "pcc"),
            "action 1-26 would stand at the address of action 1/26: actions/1-26.html",
        ),
        (
            ("actions/1-26.yaml", "2026-09-29", "2/26", "pcc"),
            "action 1/26 would stand at the address of `actions/1-26.yaml`: actions/1-26.html",
        ),
        (
            ("owners/pcc.yaml", "2026-09-29", "2/26", "pcc"),
            "the sheet of `pcc` would stand at the address of `owners/pcc.yaml`: owners/pcc.html",
        ),
        (
            ("series/board/chair.yaml", "2026-09-29", "2/26", "pcc"),
            "the series `board` would stand at the address of `series/board/chair.yaml`: series/board/chair.html",
        ),
    ] {
        let case = notes(&[first]);
        let before = case.built();
        let both = notes(&[first, second]);
        fs::remove_dir_all(case.book()).unwrap();
        copy(&both.book(), &case.book());
        let (code, printed) = case.build();
        assert_eq!(code, 1, "{printed}");
        assert!(printed.contains("error[same-address]"), "{printed}");
        assert!(printed.contains(what), "{printed}");
        assert!(printed.contains("this has the same address"), "{printed}");
        let cut = "of each name an address keeps small letters, digits and dashes, and no more than 100 of them";
        assert!(printed.contains(cut), "{printed}");
        assert_eq!(case.files(), before);
    }
}

#[test]
fn the_sheet_of_an_owner_stays_when_nothing_of_theirs_is_open() {
    let case = notes(&[
        ("m/august.yaml", "2026-08-25", "1/26", "cex"),
        ("m/september.yaml", "2026-09-29", "2/26", "pcc"),
    ]);
    assert!(text(&case.built(), "owners/cex.html").contains("Read every tenth record again."));
    case.edit(
        "m/september.yaml",
        "    actions:\n",
        "    matters_arising: [{ action: 1/26, update: It goes on., by: cex, owner: pcc, state: open }]\n    actions:\n",
    );
    let (code, printed) = case.build();
    assert_eq!(code, 0, "{printed}");
    assert!(!printed.contains("gone-address"), "{printed}");
    let files = case.files();
    let sheet = text(&files, "owners/cex.html");
    assert!(sheet.contains("<p>Nothing is open.</p>"), "{sheet}");
    let register = text(&files, "actions.html");
    assert!(register.contains("owners/pcc.html") && !register.contains("owners/cex.html"));
}

#[test]
fn a_page_that_would_be_gone_is_reported_and_can_lead_on() {
    let case = notes(&[
        ("m/august.yaml", "2026-08-25", "1/26", "cex"),
        ("m/september.yaml", "2026-09-29", "2/26", "pcc"),
    ]);
    case.built();
    case.edit("minutebook.yaml", "  board: {", "  panel: {");
    case.edit("minutebook.yaml", "  cex: {", "  chief: {");
    for name in ["august", "september"] {
        let path = format!("m/{name}.yaml");
        case.edit(&path, "series: board", "series: panel");
        case.edit(&path, "cex", "chief");
    }
    fs::rename(
        case.book().join("m/august.yaml"),
        case.book().join("m/summer.yaml"),
    )
    .unwrap();
    let copied = notes(&[]);
    copy(&case.folder.path().join("site"), &copied.site());
    copy(&case.book(), &copied.book());
    let (code, printed) = case.build();
    assert_eq!(code, 0, "{printed}");
    for gone in [
        "`m/august.html` was on the website",
        "`series/board.html` was on the website",
        "`series/board/chair.html` was on the website",
        "`owners/cex.html` was on the website",
        "`site: { renamed: { owners/cex: … } }`",
    ] {
        assert!(printed.contains(gone), "{gone}: {printed}");
    }
    // What the messages ask for makes them silent.
    let renamed = "site:\n  renamed:\n    m/august.yaml: m/summer.yaml\n    series/board: series/panel\n    \
        owners/cex: owners/chief\n    series/board/chair: series/panel/chair\n    \
        series/board/register: series/panel/register\n";
    copied.edit("minutebook.yaml", "people:", &format!("{renamed}people:"));
    let (code, printed) = copied.build();
    assert_eq!(code, 0, "{printed}");
    assert!(!printed.contains("gone-address"), "{printed}");
    let files = copied.files();
    for (old, new, title) in [
        ("series/board.html", "../series/panel.html", "Board"),
        (
            "series/board/chair.html",
            "../../series/panel/chair.html",
            "Board: chair\u{2019}s sheet",
        ),
        (
            "owners/cex.html",
            "../owners/chief.html",
            "Actions of Ravi Menon",
        ),
    ] {
        let moved = text(&files, old);
        assert!(
            moved.contains(&format!("<a href=\"{new}\">{title}</a>")),
            "{moved}"
        );
    }
}

#[test]
fn what_is_wrong_with_pages_is_said_to_the_publisher_and_in_the_statement() {
    let case = notes(&[
        ("m/august.yaml", "2026-08-25", "1/26", "cex"),
        ("m/september.yaml", "2026-09-29", "2/26", "pcc"),
    ]);
    let files = case.built();
    let pages = files.keys().filter(|path| path.ends_with(".html")).count() - 1;
    let statement = text(&files, "accessibility.html");
    let looked = format!("The other {pages} pages of this website were looked through");
    assert!(statement.contains(&looked), "{statement}");
    assert!(statement.contains("It found nothing amiss."), "{statement}");
    case.write(
        "templates/meeting.html",
        "{% extends \"builtin/meeting.html\" %}\n{% block abbreviations %}<h2></h2>\n\
         <img src=\"https://pictures.example/a.png\">{% endblock %}\n",
    );
    case.edit(
        "m/august.yaml",
        "Crime recording\n",
        "Crime recording\n    text: \"###### Small\"\n",
    );
    let (code, printed) = case.build();
    assert_eq!(code, 0, "{printed}");
    for fault in [
        "on the page `m/august.html` and on another one: a heading of level 2 is empty",
        "on the page `m/august.html` and on another one: a picture has no alternative text (`alt`)",
        "on the page `m/august.html` and on another one: something is fetched from another host, pictures.example",
        "mend it in the book's own template, `templates/meeting.html`",
    ] {
        assert!(printed.contains(fault), "{fault}: {printed}");
    }
    let statement = text(&case.files(), "accessibility.html");
    assert!(
        statement.contains("<li>On 2 pages: a heading of level 2 is empty.</li>"),
        "{statement}"
    );
    // Pages that are kept from the build before are not forgotten.
    let (_, again) = case.build();
    assert_eq!(
        again.matches("warning[inaccessible-page]").count(),
        printed.matches("warning[inaccessible-page]").count()
    );
    assert_eq!(text(&case.files(), "accessibility.html"), statement);
    fs::remove_file(case.book().join("templates/meeting.html")).unwrap();
    let (_, printed) = case.build();
    assert!(!printed.contains("level 2 is empty"), "{printed}");
}

/// The script folds what it reads in the index and what somebody types alike.
#[test]
fn the_search_knows_letters_that_no_accent_can_be_taken_from() {
    let script = text(&Case::example().built(), "search.js");
    for (letter, plain) in [
        ('ł', "l"),
        ('ø', "o"),
        ('đ', "d"),
        ('ı', "i"),
        ('ß', "ss"),
        ('æ', "ae"),
        ('œ', "oe"),
        ('þ', "th"),
    ] {
        let pair = format!("'\\u{:04x}': '{plain}'", u32::from(letter));
        assert!(script.contains(&pair), "{pair}");
    }
    assert!(script.contains("word: folded(word)"));
}

#[test]
fn a_meeting_says_to_machines_where_its_notes_stand_and_when_it_ended() {
    let files = Case::example().built();
    let page = text(&files, "special/2026-09-22.html");
    let (_, json) = page
        .split_once("<script type=\"application/ld+json\">")
        .unwrap();
    let (json, _) = json.split_once("</script>").unwrap();
    let event: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(event["@type"], "Event");
    assert_eq!(
        event["url"],
        "https://notes.northmere.example/special/2026-09-22.html"
    );
    assert_eq!(event["endDate"], "2026-09-22T14:40");
}

#[test]
fn a_pale_accent_colour_is_named() {
    let case = Case::example();
    case.edit("minutebook.yaml", "#1d4f5f", "#88ccee");
    let (code, printed) = case.build();
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("accent-contrast"), "{printed}");
    assert!(text(&case.files(), "accessibility.html").contains("less than the 4.5 to 1"));
}
