//! The README tells the truth: its example is a book without faults, its messages are those of the program, and its
//! table of lints is the program's own.

use minutebook::check::{self, LINTS};
use minutebook::load;
use minutebook::report::{self, Colour};
use std::fs;
use std::path::{Path, PathBuf};

const BEGIN: &str = "<!-- lints -->\n";
const END: &str = "<!-- end of lints -->\n";

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")
}

/// The code blocks of a language, in order.
fn blocks(language: &str) -> Vec<String> {
    let readme = fs::read_to_string(path()).unwrap();
    readme
        .split(&format!("```{language}\n"))
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

/// The two files that the README shows, as a book.
fn example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for block in blocks("yaml") {
        let name = block.lines().next().unwrap().trim_start_matches("# ");
        if name.ends_with(".yaml") {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &block).unwrap();
        }
    }
    folder
}

#[test]
fn the_example_is_a_book_without_faults() {
    let folder = example();
    let loaded = load::load(folder.path()).unwrap();
    assert_eq!(loaded.faults, []);
    assert_eq!(loaded.book.meetings.len(), 1);
}

#[test]
fn the_message_is_the_one_that_the_program_gives() {
    let folder = example();
    let file = folder.path().join("assurance/2026-08-25.yaml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("                owner: dcc\n", "")).unwrap();
    let loaded = load::load(folder.path()).unwrap();
    let found = check::check(&loaded.book);
    let diagnostic = found.iter().find(|one| one.code == "no-owner").unwrap();
    let message = report::people(
        diagnostic,
        &loaded.book.sources,
        Path::new("notes"),
        Colour::No,
    );
    let console = blocks("console")
        .into_iter()
        .find(|block| block.contains("no-owner"))
        .unwrap();
    assert_eq!(
        console.trim_end(),
        format!("$ minutebook check notes\n{message}")
    );
}

#[test]
fn the_table_of_lints_is_complete() {
    let mut table = String::from("\n| code | severity | what it finds |\n| --- | --- | --- |\n");
    for lint in LINTS {
        let summary = lint.summary.replace('|', "\\|");
        table.push_str(&format!(
            "| `{}` | {} | {summary} |\n",
            lint.code,
            lint.severity.word()
        ));
    }
    table.push('\n');
    let readme = fs::read_to_string(path()).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (shown, after) = rest.split_once(END).unwrap();
    if std::env::var_os("SNAPSHOTS").is_some_and(|value| value == "overwrite") {
        fs::write(path(), format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(
        shown, table,
        "SNAPSHOTS=overwrite cargo test renews the table"
    );
}
