//! The website built again after something changed: it must be, byte for byte, the one that is built into an empty folder,
//! and say the same; and what did not change must not be made again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// A book with the website of which it is built again and again.
struct Case {
    folder: TempDir,
    as_at: &'static str,
}

/// What a build came to: its exit code, what it said, and the files.
#[derive(Debug, PartialEq)]
struct Built {
    code: i32,
    said: String,
    files: BTreeMap<String, Vec<u8>>,
}

impl Case {
    fn new() -> Case {
        let case = Case {
            folder: tempfile::tempdir().unwrap(),
            as_at: "2026-12-01",
        };
        for (path, text) in BOOK {
            case.write(path, text);
        }
        case
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at("book").join(path)).unwrap()
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.at("book").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replacen(from, to, 1));
    }

    fn move_to(&self, from: &str, to: &str) {
        fs::rename(self.at("book").join(from), self.at("book").join(to)).unwrap();
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.at("book").join(path)).unwrap();
    }

    fn run(&self, program: &Path, site: &str) -> Built {
        let mut command = Command::new(program);
        command.current_dir(self.folder.path());
        command.args([
            "build", "book", "--site", "--as-at", self.as_at, "--out", site,
        ]);
        let output = command.output().unwrap();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        Built {
            code: output.status.code().unwrap(),
            said,
            files: files(&self.at(site)),
        }
    }

    /// Builds on what is there.
    fn built(&self) -> Built {
        self.run(Path::new(env!("CARGO_BIN_EXE_minutebook")), "site")
    }

    /// Builds into an empty folder, without anything that was remembered.
    fn built_anew(&self) -> Built {
        let kept = self.at("book/.minutebook");
        let aside = self.at("aside");
        fs::rename(&kept, &aside).unwrap();
        let built = self.run(Path::new(env!("CARGO_BIN_EXE_minutebook")), "anew");
        let _ = fs::remove_dir_all(&kept);
        let _ = fs::remove_dir_all(self.at("anew"));
        fs::rename(&aside, &kept).unwrap();
        built
    }

    /// The file in which the program remembers what it made.
    fn cache(&self) -> PathBuf {
        let files = fs::read_dir(self.at("book/.minutebook")).unwrap();
        let mut files = files.map(|file| file.unwrap().path());
        files
            .find(|file| {
                file.is_file() && file.extension().is_none() && !file.ends_with(".gitignore")
            })
            .expect("a cache")
    }

    /// Changes a page of the website so that its size and time tell nothing of it.
    fn tamper(&self, path: &str, from: &str, to: &str) {
        assert_eq!(from.len(), to.len());
        let file = self.at("site").join(path);
        let time = fs::metadata(&file).unwrap().modified().unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        fs::write(&file, text.replacen(from, to, 1)).unwrap();
        let file = fs::File::options().write(true).open(&file).unwrap();
        file.set_modified(time).unwrap();
    }
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap();
            let path = path.to_str().unwrap().replace('\\', "/");
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
    files
}

/// How many files a build wrote, and how many it kept.
fn counts(said: &str) -> (usize, usize) {
    let line = said
        .lines()
        .find(|line| line.contains(" unchanged, in "))
        .unwrap();
    let before = |word: &str| {
        let words: Vec<&str> = line
            .split([' ', ','])
            .filter(|one| !one.is_empty())
            .collect();
        let at = words.iter().position(|one| *one == word).unwrap();
        words[..at]
            .iter()
            .rev()
            .find_map(|one| one.parse().ok())
            .unwrap()
    };
    (before("written"), before("unchanged"))
}

/// What a build said, without the counts and the folder, and without the pages that would be gone: a build into an empty
/// folder cannot know them.
fn without_counts(said: &str) -> Vec<&str> {
    let blocks = said.split("\n\n");
    let lines = blocks.flat_map(|block| {
        // What the program printed may stand before it.
        let end = block.find("warning[gone-address]");
        block[..end.unwrap_or(block.len())].lines()
    });
    lines
        .filter(|line| !line.contains(" unchanged, in ") && !line.starts_with("the website in "))
        .filter(|line| !(line.ends_with(" in 1 file") || line.ends_with(" files")))
        .collect()
}

type Edit = (&'static str, fn(&mut Case));

/// Edits of every kind of file, one after the other.
const EDITS: &[Edit] = &[
    ("nothing at all", |_| {}),
    ("a word of a meeting", |case| {
        case.edit("board/2026-08-25.yaml", "Half", "Most")
    }),
    ("what a question rests on", |case| {
        case.edit("board/2026-06-30.yaml", "rose in spring", "rose in May")
    }),
    ("what was found", |case| {
        case.edit("board/2026-06-30.yaml", "twelve seconds", "ten seconds")
    }),
    ("a gap, and what was challenged", |case| {
        case.edit("board/2026-06-30.yaml", "nights", "weekends");
        case.edit("board/2026-06-30.yaml", "too slow", "far too slow")
    }),
    ("a note after the meeting", |case| {
        case.edit("board/2026-06-30.yaml", "sent in July", "sent in August")
    }),
    ("closing words with an abbreviation", |case| {
        case.edit(
            "board/2026-06-30.yaml",
            "closed at four",
            "closed by the PCC",
        )
    }),
    ("words with a name, which an action repeats", |case| {
        case.edit(
            "board/2026-08-25.yaml",
            "text: Most of the vans are electric.",
            "text: &vans Most of the vans are electric.\n    actions: [{ ref: 9/26, text: *vans }]",
        )
    }),
    ("words that stand as an action too", |case| {
        case.edit("board/2026-08-25.yaml", "Most of", "Half of")
    }),
    ("the words of an action alone again", |case| {
        case.edit(
            "board/2026-08-25.yaml",
            "text: &vans Half of the vans are electric.\n    actions: [{ ref: 9/26, text: *vans }]",
            "text: Half of the vans are electric.",
        )
    }),
    ("an action that another meeting speaks of", |case| {
        case.edit(
            "board/2026-06-30.yaml",
            "waiting times.",
            "waiting times by district.",
        )
    }),
    ("what another meeting said of an action", |case| {
        case.edit("board/2026-07-28.yaml", "Two districts", "Three districts")
    }),
    ("an update of actions of a tracker and a plan", |case| {
        case.edit("updates/2026-09.yaml", "The second list", "The third list")
    }),
    ("a tracker", |case| {
        case.edit(
            "trackers/rural.yaml",
            "Rural tracker",
            "Tracker of the country",
        )
    }),
    ("a plan", |case| {
        case.edit(
            "plans/doors.yaml",
            "Offer visits.",
            "Offer visits and locks.",
        )
    }),
    (
        "the day of a meeting, by which an action of another is due",
        |case| {
            case.edit(
                "board/2026-08-25.yaml",
                "date: 2026-08-25",
                "date: 2026-08-26",
            )
        },
    ),
    ("a person's post", |case| {
        case.edit(
            "minutebook.yaml",
            "Deputy Chief Constable",
            "Acting Chief Constable",
        )
    }),
    ("the title of a series", |case| {
        case.edit("minutebook.yaml", "Assurance board", "Board of assurance")
    }),
    ("the template of a page", |case| {
        case.write(
            "templates/site/footer.html",
            "<footer><p>Write to the office.</p></footer>\n",
        )
    }),
    ("the template of documents", |case| {
        case.write(
            "templates/meeting.html",
            "{% extends \"builtin/meeting.html\" %}\n{% block foot %}<p>Questions?</p>{% endblock %}\n",
        )
    }),
    ("no template of documents", |case| {
        case.remove("templates/meeting.html")
    }),
    ("a new meeting", |case| {
        let text = case.read("board/2026-08-25.yaml");
        case.write(
            "board/2026-10-27.yaml",
            &text
                .replace("2026-08-26", "2026-10-27")
                .replace("Vans", "Horses"),
        )
    }),
    ("an action that one more meeting speaks of", |case| {
        case.edit(
            "board/2026-10-27.yaml",
            "  - title: Horses\n",
            "  - title: Horses\n    matters_arising: [{ action: 2/26, update: It was seen., by: dcc, state: discharged }]\n",
        )
    }),
    ("another day as at which actions stand", |case| {
        case.as_at = "2027-01-15"
    }),
    ("so late that what was closed is archived", |case| {
        case.as_at = "2028-02-01"
    }),
    ("an archived action that was closed later", |case| {
        case.edit(
            "board/2026-10-27.yaml",
            "date: 2026-10-27",
            "date: 2026-10-28",
        )
    }),
    ("the title of its series", |case| {
        case.edit("minutebook.yaml", "Board of assurance", "Board of safety")
    }),
    ("by what its owner is called", |case| {
        case.edit("minutebook.yaml", "initials: DCC", "initials: DCoC")
    }),
    ("the template of all pages", |case| {
        case.write(
            "templates/site/footer.html",
            "<footer><p>Write to the other office.</p></footer>\n",
        )
    }),
    ("an archived action that is open again", |case| {
        case.edit(
            "board/2026-10-27.yaml",
            "It was seen., by: dcc, state: discharged",
            "It was seen., by: dcc, state: open",
        )
    }),
    ("the same, closed again", |case| {
        case.edit(
            "board/2026-10-27.yaml",
            "It was seen., by: dcc, state: open",
            "It was seen., by: dcc, state: discharged",
        )
    }),
    ("something withheld in a meeting", |case| {
        case.edit(
            "board/2026-08-25.yaml",
            "are electric.",
            "are <<s31 | kept behind the old laundry at Fordham Quay each night>>.",
        )
    }),
    ("a word that another document withholds", |case| {
        case.edit(
            "plans/doors.yaml",
            "visits and locks",
            "visits and locks at Fordham",
        );
    }),
    ("a name that is withheld where others print it", |case| {
        case.edit(
            "board/2026-07-28.yaml",
            "Speeds have dropped.",
            "Speeds have dropped <<s31 | on the new exchange at Denby Wharf>>.",
        )
    }),
    ("the same, and no other prints it", |case| {
        case.edit(
            "board/2026-06-30.yaml",
            "on the new exchange at Denby Wharf",
            "in the new building",
        )
    }),
    ("a file that is called otherwise", |case| {
        case.move_to("board/2026-08-25.yaml", "board/vans.yaml")
    }),
    ("the old address of it", |case| {
        case.edit(
            "minutebook.yaml",
            "example.org/\" }",
            "example.org/\", renamed: { board/2026-08-25.yaml: board/vans.yaml } }",
        )
    }),
    ("a document that is no longer published", |case| {
        case.edit("plans/doors.yaml", "status: published", "status: draft")
    }),
    ("a file that is gone", |case| {
        case.remove("board/2026-10-27.yaml")
    }),
    ("a file of updates that is gone", |case| {
        case.remove("updates/2026-09.yaml")
    }),
    ("another address of the website", |case| {
        case.edit("minutebook.yaml", "notes.example.org", "www.example.org")
    }),
];

#[test]
fn a_website_that_is_built_again_is_the_one_that_is_built_anew() {
    let mut case = Case::new();
    let first = case.built();
    assert_eq!(first.code, 0, "{}", first.said);
    let mut refused = 0;
    for (what, edit) in EDITS {
        edit(&mut case);
        let again = case.built();
        let anew = case.built_anew();
        assert_eq!(
            without_counts(&again.said),
            without_counts(&anew.said),
            "{what}"
        );
        assert_eq!(again.code, anew.code, "{what}: {}", again.said);
        if anew.files.is_empty() {
            refused += 1;
            continue;
        }
        let names = |built: &Built| built.files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&again), names(&anew), "{what}");
        for (path, bytes) in &anew.files {
            assert!(again.files[path] == *bytes, "{what}: {path} is stale");
        }
        let (written, kept) = counts(&again.said);
        assert!(written + kept == anew.files.len(), "{what}: {}", again.said);
        if *what == "nothing at all" {
            assert_eq!(written, 0, "{}", again.said);
        }
    }
    assert_eq!(
        refused, 1,
        "only the withheld name that others print is refused"
    );
}

#[test]
fn what_is_withheld_later_is_found_in_a_page_that_did_not_change() {
    let case = Case::new();
    let before = case.built();
    case.edit(
        "board/2026-08-25.yaml",
        "Half of the vans are electric.",
        "Half of the vans stand <<s31 | on the new exchange at Denby Wharf>>.",
    );
    let built = case.built();
    assert_eq!(built.code, 1, "{}", built.said);
    assert!(
        built.said.contains("error[leak]: board/2026-06-30.html"),
        "{}",
        built.said
    );
    assert!(
        built.said.contains("error[leak]: board/2026-06-30.pdf"),
        "{}",
        built.said
    );
    assert!(!built.said.contains("Denby"), "{}", built.said);
    assert!(built.files == before.files);
    // Nor is it forgotten the next time.
    assert_eq!(case.built().said, built.said);
}

#[test]
fn an_edit_of_an_action_leaves_the_files_of_other_documents() {
    let case = Case::new();
    case.built();
    let others = ["html", "md", "json"].map(|ending| format!("board/2026-08-25.{ending}"));
    for other in &others {
        case.tamper(other, "2026", "3036");
    }
    case.edit(
        "board/2026-06-30.yaml",
        "waiting times.",
        "waiting times by district.",
    );
    let built = case.built();
    for other in &others {
        assert!(
            String::from_utf8_lossy(&built.files[other]).contains("3036"),
            "{other}"
        );
    }
    for page in ["board/2026-06-30", "board/2026-07-28"] {
        let data = String::from_utf8_lossy(&built.files[&format!("{page}.html")]);
        assert!(data.contains("waiting times by district"), "{page}");
    }
    for file in ["board/2026-06-30.json", "actions.json", "actions/1-26.html"] {
        let data = String::from_utf8_lossy(&built.files[file]);
        assert!(data.contains("waiting times by district"), "{file}");
    }
}

#[test]
fn what_did_not_change_is_neither_made_nor_read_again() {
    let case = Case::new();
    case.built();
    let page = "board/2026-06-30.html";
    case.tamper(page, "Calls", "Balls");
    case.edit("board/2026-08-25.yaml", "Half", "Most");
    let built = case.built();
    assert!(String::from_utf8_lossy(&built.files[page]).contains("Balls"));
    let (written, kept) = counts(&built.said);
    assert!(written < 8 && kept > 38, "{}", built.said);
}

#[test]
fn a_list_is_made_again_only_where_something_in_it_changed() {
    let case = Case::new();
    case.built();
    let lists = [
        "actions.html",
        "index.html",
        "people.html",
        "actions/1-26.html",
    ];
    let stale = |built: &Built| {
        let pages = lists
            .iter()
            .map(|page| String::from_utf8_lossy(&built.files[*page]));
        pages.filter(|page| page.contains("Commissionex")).count()
    };
    for page in lists {
        case.tamper(page, "Commissioner", "Commissionex");
    }
    case.edit("board/2026-06-30.yaml", "twelve seconds", "ten seconds");
    case.edit("board/2026-06-30.yaml", "rose in spring", "rose in May");
    assert_eq!(stale(&case.built()), lists.len());
    case.edit(
        "board/2026-06-30.yaml",
        "title: Calls",
        "title: Phone calls",
    );
    assert!(stale(&case.built()) < lists.len());
}

#[test]
fn a_second_build_of_the_same_website_waits_for_the_first() {
    let case = Case::new();
    let before = case.built();
    let lock = fs::read_dir(case.at("book/.minutebook")).unwrap();
    let mut lock = lock.map(|file| file.unwrap().path());
    let lock = lock.find(|file| file.extension().is_some_and(|end| end == "lock"));
    let lock = fs::File::open(lock.expect("a lock")).unwrap();
    lock.lock().unwrap();
    case.edit("board/2026-08-25.yaml", "Half", "Most");
    let built = case.built();
    assert_eq!(built.code, 2, "{}", built.said);
    assert!(
        built.said.contains("is being built already"),
        "{}",
        built.said
    );
    assert!(built.files == before.files);
    drop(lock);
    assert_eq!(case.built().code, 0);
}

#[test]
fn a_mirror_that_is_not_the_website_is_not_used() {
    let case = Case::new();
    case.built();
    let mirror = || {
        let files = fs::read_dir(case.at("book/.minutebook")).unwrap();
        let mut files = files.map(|file| file.unwrap().path());
        files.find(|file| file.is_dir()).expect("a mirror")
    };
    let edits = [
        ("Half", "Most"),
        ("Most", "Some"),
        ("Some", "None"),
        ("None", "Nine"),
    ];
    for (at, (from, to)) in edits.into_iter().enumerate() {
        let page = mirror().join("plans/doors.html");
        match at {
            0 => fs::remove_file(page).unwrap(),
            1 => {
                fs::remove_file(&page).unwrap();
                fs::write(&page, "mine").unwrap();
            }
            2 => fs::write(mirror().join("mine.html"), "mine").unwrap(),
            _ => fs::remove_dir_all(mirror()).unwrap(),
        }
        case.edit("board/2026-08-25.yaml", from, to);
        let again = case.built();
        assert_eq!(again.code, 0, "{}", again.said);
        assert!(again.files == case.built_anew().files, "{from}");
        assert!(files(&mirror()) == again.files);
    }
}

#[cfg(unix)]
#[test]
fn a_file_of_any_name_on_the_website_hinders_nothing() {
    use std::os::unix::ffi::OsStrExt;
    let case = Case::new();
    case.built();
    let name = std::ffi::OsStr::from_bytes(b"a\\b\xff.txt");
    fs::write(case.at("site").join(name), "mine").unwrap();
    case.edit("board/2026-08-25.yaml", "Half", "Most");
    let again = case.built();
    assert_eq!(again.code, 0, "{}", again.said);
    assert!(!case.at("site").join(name).exists());
    assert!(again.files == case.built_anew().files);
}

#[test]
fn another_program_makes_everything_again() {
    let case = Case::new();
    let before = case.built();
    case.tamper("board/2026-06-30.html", "Calls", "Balls");
    let program = case.at("another-minutebook");
    fs::copy(env!("CARGO_BIN_EXE_minutebook"), &program).unwrap();
    let built = case.run(&program, "site");
    assert_eq!(built.code, 0, "{}", built.said);
    assert!(built.files == before.files);
}

#[test]
fn a_page_that_somebody_changed_is_made_again() {
    let case = Case::new();
    let before = case.built();
    let page = case.at("site/board/2026-06-30.html");
    fs::write(&page, "<p>Mine</p>").unwrap();
    fs::remove_file(case.at("site/plans/doors.pdf")).unwrap();
    fs::write(case.at("site/more.html"), "<p>More</p>").unwrap();
    assert!(case.built().files == before.files);
    // Even where nothing else is to be done.
    fs::write(case.at("site/more.html"), "<p>More</p>").unwrap();
    assert!(case.built().files == before.files);
}

#[test]
fn a_cache_that_is_damaged_foreign_or_gone_is_ignored() {
    let case = Case::new();
    let before = case.built();
    let cache = case.cache();
    let whole = fs::read(&cache).unwrap();
    let with = |from: &str, to: &str| {
        let text = String::from_utf8(whole.clone()).unwrap();
        assert!(text.contains(from));
        text.replacen(from, to, 1).into_bytes()
    };
    let damaged = [
        Vec::new(),
        b"something else entirely\n".to_vec(),
        whole[..whole.len() / 2].to_vec(),
        with("vans", "cars"),
        with("cache 5", "cache 1"),
    ];
    for bytes in damaged {
        fs::write(&cache, bytes).unwrap();
        case.tamper("board/2026-06-30.html", "Calls", "Balls");
        assert!(case.built().files == before.files);
        assert!(
            fs::read(&cache)
                .unwrap()
                .starts_with(b"minutebook website cache 5 ")
        );
    }
    fs::remove_dir_all(case.at("book/.minutebook")).unwrap();
    assert!(case.built().files == before.files);
    // A book that cannot be written to is built all the same.
    fs::remove_dir_all(case.at("book/.minutebook")).unwrap();
    fs::write(case.at("book/.minutebook"), "no folder").unwrap();
    let built = case.built();
    assert!(
        built.code == 0 && built.files == before.files,
        "{}",
        built.said
    );
}

#[test]
fn nothing_that_is_remembered_is_on_the_website_or_in_the_book() {
    let case = Case::new();
    let secret = "behind the old laundry at Fordham Quay";
    case.edit(
        "board/2026-08-25.yaml",
        "are electric.",
        &format!("are <<s31 | {secret}>>."),
    );
    let built = case.built();
    assert_eq!(built.code, 0, "{}", built.said);
    let hidden = |path: &&String| path.starts_with('.') && *path != ".minutebook-site.json";
    assert_eq!(built.files.keys().find(hidden), None);
    let mark = String::from_utf8_lossy(&built.files[".minutebook-site.json"]);
    assert_eq!(mark, "{ \"made by\": \"minutebook\" }\n");
    let cache = fs::read_to_string(case.cache()).unwrap().to_lowercase();
    for word in ["laundry", "fordham", "quay"] {
        assert!(!cache.contains(word), "the cache holds {word}");
    }
    assert!(cache.contains("electric") || cache.contains("vans"));
    let beside = fs::read_dir(case.folder.path()).unwrap().count();
    assert_eq!(beside, 2, "something stands beside book and website");
}

#[test]
fn an_old_address_is_looked_through_like_every_page() {
    let case = Case::new();
    case.edit(
        "board/2026-08-25.yaml",
        "are electric.",
        "are <<s31 | part of Operation Merganser>>.",
    );
    case.edit(
        "minutebook.yaml",
        "example.org/\" }",
        "example.org/\", renamed: { board/part-of-operation-merganser.yaml: board/2026-08-25.yaml } }",
    );
    let built = case.built();
    assert_eq!(built.code, 1, "{}", built.said);
    for end in ["html", "md", "pdf"] {
        let leak = format!("error[leak]: board/part-of-operation-merganser.{end}");
        assert!(built.said.contains(&leak), "{}", built.said);
    }
    assert!(built.files.is_empty());
}

const BOOK: [(&str, &str); 7] = [
    (
        "minutebook.yaml",
        r#"organisation: { name: Office of the Commissioner }
people:
  pcc: { name: Judith Okafor, title: Commissioner, initials: PCC }
  dcc: { name: Nasreen Baig, title: Deputy Chief Constable, initials: DCC }
series:
  board: { title: Assurance board, chair: pcc, note_taker: dcc, venue: County Hall, members: [pcc, dcc], refs: "{n}/{yy}" }
site: { address: "https://notes.example.org/" }
"#,
    ),
    (
        "board/2026-06-30.yaml",
        r#"kind: meeting
series: board
date: 2026-06-30
status: published
attendance: [pcc, dcc]
apologies: []
interests: none
items:
  - title: Calls
    questions:
      - ask: Are calls answered sooner?
        by: pcc
        to: dcc
        context: Calls rose in spring.
        findings: { by: dcc, text: The wait fell to twelve seconds on the new exchange at Denby Wharf. }
        actions:
          - { ref: 1/26, text: Publish the waiting times., owner: dcc, due: { meeting: 2026-08 } }
          - { ref: 2/26, text: Visit the control room., owner: dcc, due: 2026-07-20 }
        gaps: [No figures for nights.]
        challenges: [The pace is too slow.]
        post_meeting: { date: 2026-07-02, text: The figures were sent in July. }
closing: The meeting closed at four.
next_meeting: { date: 2026-07-28 }
"#,
    ),
    (
        "board/2026-07-28.yaml",
        r#"kind: meeting
series: board
date: 2026-07-28
status: published
attendance: [pcc, dcc]
apologies: []
interests: none
items:
  - title: Outstanding matters
    matters_arising:
      - { action: 1/26, update: Two districts were done., by: dcc, state: open }
  - title: Roads
    text: Speeds have dropped.
next_meeting: { text: To be arranged }
"#,
    ),
    (
        "board/2026-08-25.yaml",
        r#"kind: meeting
series: board
date: 2026-08-25
status: published
attendance: [pcc, dcc]
apologies: []
interests: none
items:
  - title: Vans
    text: Half of the vans are electric.
next_meeting: { text: To be arranged }
"#,
    ),
    (
        "trackers/rural.yaml",
        r#"kind: tracker
title: Rural tracker
status: published
series: board
provided_by: dcc
date: 2026-08-25
actions:
  - ref: R1
    set: 2026-03-10
    text: Send the list of tractors.
    owner: dcc
    due: 2026-12-01
    updates:
      - { date: 2026-06-16, by: dcc, text: The first list was sent., state: open }
"#,
    ),
    (
        "plans/doors.yaml",
        r#"kind: plan
title: Plan against doorstep crime
status: published
series: board
objectives:
  - title: Prevention
    actions:
      - { ref: P1, text: Offer visits., owner: dcc, due: end 2026, rag: amber }
"#,
    ),
    (
        "updates/2026-09.yaml",
        r#"kind: updates
updates:
  - { action: R1, date: 2026-09-15, by: dcc, text: The second list was sent. }
  - { action: P1, date: 2026-09-16, by: dcc, text: Visits began., rag: green, reason: staff came }
"#,
    ),
];
