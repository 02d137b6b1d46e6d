//! Earlier versions of documents on the website: what their pages say, and that no word that was withheld later gets out.

use crate::book;
use snapbox::Data;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const SETTINGS: &str = "organisation: { name: Wenmoor Police and Crime Commissioner }
people:
  pcc: { name: Anna Starkey, title: Police and Crime Commissioner, initials: PCC }
  cex: { name: Ravi Menon, title: Chief Executive, initials: CEX }
series:
  board: { title: Board, chair: pcc, venue: The Old Chapel }
site: { address: https://notes.wenmoor.example/ }
";

const CAMERAS: &str = "The cameras on Quarry Lane are switched off at four each morning.";

const DRAFT: &str = "kind: meeting
series: board
date: 2026-08-25
status: draft
attendance: [pcc, cex]
apologies: []
items:
  - title: Crime recording
    text: |
      The sample had 120 records, and every tenth of them was read again by somebody else in the week after.

      The cameras on Quarry Lane are switched off at four each morning.
  - title: Any other business
    none: true
next_meeting: { date: 2026-09-29 }
";

/// A book with one published document.
fn published() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book");
    fs::create_dir_all(book.join("board")).unwrap();
    fs::write(book.join("minutebook.yaml"), SETTINGS).unwrap();
    fs::write(book.join("board/august.yaml"), DRAFT).unwrap();
    let (file, day) = ("board/august.yaml", "2026-09-29");
    ran(&book, &["approve", file, "--by", "pcc", "--date", day], 0);
    ran(&book, &["publish", file, "--date", "2026-10-01"], 0);
    folder
}

fn amend(folder: &TempDir, from: &str, to: &str) {
    edit(folder, "board/august.yaml", from, to);
    let note = "The number of records was <<s40 | misread>> and is corrected.";
    let arguments = [
        "amend",
        "board/august.yaml",
        "--date",
        "2026-10-06",
        "--note",
        note,
    ];
    ran(&folder.path().join("book"), &arguments, 0);
}

/// Runs the program, expects an exit code, and gives what it printed.
fn ran(book: &Path, arguments: &[&str], code: i32) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    let output = command.current_dir(book).args(arguments).output().unwrap();
    let printed = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{printed}");
    printed
}

fn build(folder: &TempDir, code: i32) -> String {
    let arguments = [
        "build",
        "--site",
        "--as-at",
        "2026-12-01",
        "--out",
        "../site",
    ];
    ran(&folder.path().join("book"), &arguments, code)
}

fn edit(folder: &TempDir, path: &str, from: &str, to: &str) {
    let file = folder.path().join("book").join(path);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    fs::write(file, text.replacen(from, to, 1)).unwrap();
}

/// What stands on the website. PDFs are there with their names alone.
fn site(folder: &TempDir) -> BTreeMap<String, String> {
    let root = folder.path().join("site");
    let walk = walkdir::WalkDir::new(&root).into_iter().flatten();
    let files = walk.filter(|entry| entry.file_type().is_file());
    let files = files.map(|entry| {
        let path = entry.path().strip_prefix(&root).unwrap();
        let text = String::from_utf8(fs::read(entry.path()).unwrap()).unwrap_or_default();
        (path.to_str().unwrap().replace('\\', "/"), text)
    });
    files.collect()
}

fn withdraw(folder: &TempDir, version: &str) {
    let version = format!("    version: \"{version}\"\n");
    let withdrawn =
        "    withdrawn: { reason: says where cameras stand, by: cex, date: 2026-10-07 }\n";
    edit(
        folder,
        "releases.yaml",
        &version,
        &format!("{version}{withdrawn}"),
    );
}

fn is_golden(found: &str, name: &str) {
    let golden = book::cases("site").join(name);
    snapbox::assert_data_eq!(found.to_owned(), Data::read_from(&golden, None).raw());
}

#[test]
fn an_earlier_version_says_what_took_its_place_and_what_changed() {
    let folder = published();
    build(&folder, 0);
    let before = site(&folder);
    assert!(!before.keys().any(|path| path.starts_with("board/august/")));
    amend(&folder, "120 records", "130 records");
    build(&folder, 0);
    let files = site(&folder);
    is_golden(&files["board/august/1.0.html"], "superseded.html");
    is_golden(&files["board/august/1.0.md"], "superseded.md");
    assert!(files.contains_key("board/august/1.0.pdf"));
    assert!(!files.contains_key("board/august/1.1.html"));
    let link = "<a class=\"screen-only\" href=\"../board/august/1.0.html\">Read version 1.0</a>";
    let document = &files["board/august.html"];
    assert_eq!(document.matches(link).count(), 1, "{document}");
    for path in [
        "search.json",
        "search-index.js",
        "feed.xml",
        "sitemap.xml",
        "meetings.json",
    ] {
        assert!(!files[path].contains("august/1.0"), "{path}");
    }
    let printed = build(&folder, 0);
    assert!(printed.contains(", 0 files written,"), "{printed}");
}

#[test]
fn the_address_of_a_version_outlives_the_name_of_its_file() {
    let folder = published();
    amend(&folder, "120 records", "130 records");
    let book = folder.path().join("book");
    fs::rename(book.join("board/august.yaml"), book.join("summer.yaml")).unwrap();
    let renamed = "kind: releases\nrenamed: [{ from: board/august.yaml, to: summer.yaml }]\n";
    edit(&folder, "releases.yaml", "kind: releases\n", renamed);
    build(&folder, 0);
    let files = site(&folder);
    assert!(files["summer.html"].contains("href=\"board/august/1.0.html\""));
    assert!(files["board/august/1.0.html"].contains("href=\"../../summer.html\""));
}

#[test]
fn the_old_address_of_a_renamed_document_leads_on_through_all_names() {
    let folder = published();
    build(&folder, 0);
    let book = folder.path().join("book");
    let rename = |from: &str, to: &str| fs::rename(book.join(from), book.join(to)).unwrap();
    let leads = |old: &str, new: &str| {
        let printed = build(&folder, 0);
        assert!(!printed.contains("gone-address"), "{printed}");
        let files = site(&folder);
        let link = format!("url={new}\"");
        assert!(
            files[&format!("{old}.html")].contains(&link),
            "{old}: {}",
            files[&format!("{old}.html")]
        );
        for ending in ["pdf", "md", "json"] {
            assert!(
                files.contains_key(&format!("{old}.{ending}")),
                "{old}.{ending}"
            );
        }
    };
    let entry = "<entry>\n<id>https://notes.wenmoor.example/board/august.html</id>";
    assert!(site(&folder)["feed.xml"].contains(entry));
    rename("board/august.yaml", "board/summer.yaml");
    let record = |renamed: &str| format!("kind: releases\nrenamed: [{renamed}]\n");
    let once = "{ from: board/august.yaml, to: board/summer.yaml }";
    edit(&folder, "releases.yaml", "kind: releases\n", &record(once));
    leads("board/august", "../board/summer.html");
    // Readers of the feed do not show it as new.
    assert!(site(&folder)["feed.xml"].contains(entry));
    rename("board/summer.yaml", "holidays.yaml");
    let twice = format!("{once}, {{ from: board/summer.yaml, to: holidays.yaml }}");
    edit(&folder, "releases.yaml", once, &twice);
    leads("board/august", "../holidays.html");
    leads("board/summer", "../holidays.html");
    // A line of the settings says the same, and goes on through the record.
    edit(
        &folder,
        "minutebook.yaml",
        "example/ }",
        "example/, renamed: { board/august.yaml: board/summer.yaml, notes.yaml: board/august.yaml } }",
    );
    leads("board/august", "../holidays.html");
    leads("notes", "holidays.html");
    // Named back, it stands where it stood.
    rename("holidays.yaml", "board/august.yaml");
    let back = format!("{twice}, {{ from: holidays.yaml, to: board/august.yaml }}");
    edit(&folder, "releases.yaml", &twice, &back);
    edit(
        &folder,
        "minutebook.yaml",
        "board/august.yaml: board/summer.yaml, ",
        "",
    );
    leads("holidays", "board/august.html");
    leads("board/summer", "../board/august.html");
    leads("notes", "board/august.html");
    assert!(site(&folder)["board/august.html"].contains("<h1>"));
}

#[test]
fn a_file_with_the_name_of_one_of_our_own_pages_can_be_renamed_too() {
    let folder = published();
    let book = folder.path().join("book");
    fs::rename(book.join("board/august.yaml"), book.join("index.yaml")).unwrap();
    let first = "{ from: board/august.yaml, to: index.yaml }";
    let record = format!("kind: releases\nrenamed: [{first}]\n");
    edit(&folder, "releases.yaml", "kind: releases\n", &record);
    build(&folder, 0);
    assert!(site(&folder)["board/august.html"].contains("url=../index-2.html\""));
    fs::rename(book.join("index.yaml"), book.join("notes.yaml")).unwrap();
    let both = format!("{first}, {{ from: index.yaml, to: notes.yaml }}");
    edit(&folder, "releases.yaml", first, &both);
    let printed = build(&folder, 0);
    assert!(!printed.contains("gone-address"), "{printed}");
    let files = site(&folder);
    assert!(files["index-2.html"].contains("url=notes.html\""));
    assert!(files["board/august.html"].contains("url=../notes.html\""));
    assert!(files["index.html"].contains("<h1>"));
}

#[test]
fn an_earlier_version_that_somebody_changed_is_not_shown() {
    let folder = published();
    amend(&folder, "120 records", "130 records");
    build(&folder, 0);
    let before = site(&folder);
    for ending in ["txt", "md"] {
        let path = format!("releases/board/august/1.0.{ending}");
        edit(&folder, &path, "every tenth", "every fifth");
        for printed in [
            build(&folder, 1),
            ran(&folder.path().join("book"), &["check"], 1),
        ] {
            assert!(printed.contains("error[altered-release]"), "{printed}");
            let message = format!("`{path}` was changed since version 1.0 was published");
            assert!(printed.contains(&message), "{printed}");
        }
        assert!(site(&folder) == before, "the website changed");
        edit(&folder, &path, "every fifth", "every tenth");
    }
    build(&folder, 0);
    // An older record says nothing of the Markdown.
    let record = fs::read_to_string(folder.path().join("book/releases.yaml")).unwrap();
    let older: Vec<&str> = record
        .lines()
        .filter(|line| !line.contains("markdown: sha256:"))
        .collect();
    assert_eq!(record.lines().count(), older.len() + 2);
    let older = older.join("\n") + "\n";
    fs::write(folder.path().join("book/releases.yaml"), older).unwrap();
    edit(
        &folder,
        "releases/board/august/1.0.md",
        "every tenth",
        "every fifth",
    );
    build(&folder, 0);
}

#[test]
fn what_nobody_released_is_not_on_the_website_of_a_book_with_releases() {
    let folder = published();
    build(&folder, 0);
    let before = site(&folder);
    let typed = DRAFT
        .replace("2026-08-25", "2026-07-28")
        .replace("status: draft", "status: published");
    let path = folder.path().join("book/board/july.yaml");
    fs::write(&path, &typed).unwrap();
    let printed = build(&folder, 1);
    assert!(
        printed.contains("error[published-without-release]"),
        "{printed}"
    );
    assert!(
        printed.contains("run `minutebook publish board/july.yaml`"),
        "{printed}"
    );
    assert!(site(&folder) == before, "the website changed");
    // The command that is named says what is missing, and mends it once all is there.
    let book = folder.path().join("book");
    let publish = ["publish", "board/july.yaml", "--date", "2026-10-01"];
    assert!(ran(&book, &publish, 1).contains("who approved it"));
    let approved = "status: published\napproved: { by: pcc, date: 2026-09-29 }";
    fs::write(&path, typed.replace("status: published", approved)).unwrap();
    ran(&book, &publish, 0);
    build(&folder, 0);
    assert!(site(&folder).contains_key("board/july.html"));
}

#[test]
fn words_that_were_withheld_later_do_not_get_out_with_an_earlier_version() {
    let folder = published();
    build(&folder, 0);
    let before = site(&folder);
    amend(&folder, CAMERAS, &format!("<<s31 | {CAMERAS}>>"));
    let printed = build(&folder, 1);
    is_golden(
        &printed.replace(folder.path().to_str().unwrap(), ""),
        "leak.txt",
    );
    assert!(!printed.contains("Quarry"), "{printed}");
    assert!(site(&folder) == before, "the website changed");
    withdraw(&folder, "1.0");
    build(&folder, 0);
    let files = site(&folder);
    for (path, text) in &files {
        for secret in ["Quarry", "switched off", "says where", "misread"] {
            assert!(!text.contains(secret), "{path}: {secret}");
        }
    }
    is_golden(&files["board/august/1.0.html"], "withdrawn.html");
    assert!(files["board/august.html"].contains(">Version 1.0 was withdrawn</a>"));
    let expected = "# Version 1.0 was withdrawn\n\nThis version was withdrawn on 7 October 2026. \
        [Read the newest version](../../board/august.html)\n";
    assert_eq!(files["board/august/1.0.md"], expected);
    let pdf = fs::read(folder.path().join("site/board/august/1.0.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
}

#[test]
fn words_that_the_book_no_longer_has_need_somebody_to_decide() {
    let folder = published();
    amend(&folder, CAMERAS, "<<s31>>");
    let printed = build(&folder, 1);
    assert!(printed.contains("error[withheld-since]"), "{printed}");
    assert!(!printed.contains("error[leak]"), "{printed}");
    let (_, rest) = printed.split_once("`accepted: [{ ").unwrap();
    let (entry, _) = rest.split_once(" }]`").unwrap();
    let entry = entry.replace('…', "seen");
    edit(
        &folder,
        "minutebook.yaml",
        "site:",
        &format!("accepted: [{{ {entry} }}]\nsite:"),
    );
    build(&folder, 0);
    assert!(site(&folder)["board/august/1.0.html"].contains("Quarry"));
}

#[test]
fn a_version_that_was_not_kept_is_missed_and_the_newest_cannot_be_withdrawn() {
    let folder = published();
    amend(&folder, "120 records", "130 records");
    let kept = folder.path().join("book/releases/board/august/1.0.md");
    fs::remove_file(kept).unwrap();
    let printed = build(&folder, 0);
    assert!(printed.contains("warning[lost-version]"), "{printed}");
    assert!(
        printed.contains("`releases/board/august/1.0.md`"),
        "{printed}"
    );
    let files = site(&folder);
    assert!(!files.contains_key("board/august/1.0.html"));
    assert!(!files["board/august.html"].contains("august/1.0"));
    withdraw(&folder, "1.1");
    let printed = build(&folder, 1);
    assert!(printed.contains("error[withdrawn-newest]"), "{printed}");
    assert!(site(&folder) == files, "the website changed");
}

#[test]
fn a_version_that_cannot_be_compared_is_not_shown_in_silence() {
    let folder = published();
    amend(&folder, "120 records", "130 records");
    build(&folder, 0);
    let before = site(&folder);
    amend(&folder, CAMERAS, "<<s31>>");
    amend(&folder, "130 records", "140 records");
    let kept = |version: &str| {
        let path = format!("book/releases/board/august/{version}.txt");
        folder.path().join(path)
    };
    let texts = ["1.0", "1.1", "1.2", "1.3"].map(|one| (one, fs::read(kept(one)).unwrap()));
    for (version, text) in texts {
        fs::remove_file(kept(version)).unwrap();
        let printed = build(&folder, 1);
        match version {
            // What the newest says stands in the book.
            "1.3" => assert!(!printed.contains("version-not-compared"), "{printed}"),
            "1.1" => is_golden(
                &printed.replace(folder.path().to_str().unwrap(), ""),
                "not-compared.txt",
            ),
            _ => assert!(printed.contains("error[version-not-compared]"), "{printed}"),
        }
        assert!(printed.contains("error[withheld-since]"), "{printed}");
        assert!(site(&folder) == before, "the website changed");
        fs::write(kept(version), text).unwrap();
    }
    // Of a version that is not shown, and of one that was withdrawn, nothing need be compared.
    for version in ["1.0", "1.1"] {
        fs::remove_file(kept(version)).unwrap();
        withdraw(&folder, version);
    }
    build(&folder, 0);
    assert!(site(&folder)["board/august/1.2.html"].contains("130 records"));
}

#[test]
fn a_change_in_words_like_our_own_is_told() {
    let folder = published();
    let items = "items:\n  - title: Versions\n    text: Amended rotas began in May.\n";
    amend(&folder, "items:\n", items);
    amend(&folder, "in May.", "in June.");
    build(&folder, 0);
    let page = &site(&folder)["board/august/1.1.html"];
    for told in [": May.]</del>", ": June.]</ins>"] {
        assert_eq!(page.matches(told).count(), 1, "{page}");
    }
}
