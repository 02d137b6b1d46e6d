//! Whole documents against goldens: Markdown, HTML, and the PDF as text and as a structure tree.
//!
//! A case is a folder: `in` is a book, `out` has four files for each of its documents, and four more for the internal
//! edition of one in which something is withheld. `messages.txt` is what was wrong with a case that has a fault.

use crate::book::{self, Document, Made};
use crate::page::Page;
use crate::pdf::Pdf;
use snapbox::Data;
use snapbox::assert::{Action, Assert};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn documents_are_as_they_were() {
    let mut failures = Vec::new();
    for case in folders(&book::cases("render")) {
        compare(&case, &mut failures);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What can be heard from the PDF is what can be read on the page.
#[test]
fn the_pdf_says_the_words_of_the_page() {
    let mut books: Vec<PathBuf> = folders(&book::cases("render"));
    books.iter_mut().for_each(|case| case.push("in"));
    books.push(book::notes());
    for root in books {
        let made = book::make(&root);
        let all = made.public.iter().chain(&made.internal);
        for document in all.filter(|document| !document.html.is_empty()) {
            let of_page = Page::read(&document.html).words();
            let of_pdf = Pdf::read(&document.pdf).tree.words();
            let name = format!("{}: {}", root.display(), document.name);
            same_words(&name, &of_page, &of_pdf);
        }
    }
}

fn same_words(name: &str, of_page: &[String], of_pdf: &[String]) {
    if of_page == of_pdf {
        return;
    }
    let at = of_page.iter().zip(of_pdf).take_while(|(a, b)| a == b);
    let at = at.count();
    let around = |words: &[String]| {
        let end = words.len().min(at + 8);
        words[at.saturating_sub(4).min(end)..end].join(" ")
    };
    panic!(
        "{name}: the page says “{}”, the PDF “{}”",
        around(of_page),
        around(of_pdf)
    );
}

fn compare(case: &Path, failures: &mut Vec<String>) {
    let made = book::make(&case.join("in"));
    let assert = Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    let out = case.join("out");
    let mut expected = BTreeSet::new();
    for (name, actual) in files(&made) {
        let path = out.join(&name);
        let golden = Data::read_from(&path, None).raw();
        if let Err(error) = assert.try_eq(Some(&path.display()), actual.into(), golden) {
            failures.push(error.to_string());
        }
        expected.insert(path);
    }
    for stale in all_files(&out).difference(&expected) {
        match assert.selected_action() {
            Action::Overwrite => fs::remove_file(stale).unwrap(),
            _ => failures.push(format!("{} is made no longer", stale.display())),
        }
    }
}

/// The goldens of a case, by their names.
fn files(made: &Made) -> Vec<(String, String)> {
    let internal = made.internal.iter().filter(|document| document.edited);
    let mut files: Vec<(String, String)> = made
        .public
        .iter()
        .chain(internal)
        .flat_map(of_document)
        .collect();
    if !made.messages.is_empty() {
        files.push(("messages.txt".to_owned(), made.messages.clone()));
    }
    assert!(!files.is_empty(), "a case without documents");
    files
}

fn of_document(document: &Document) -> Vec<(String, String)> {
    let name = &document.name;
    let mut files = vec![(format!("{name}.md"), document.markdown.clone())];
    if !document.html.is_empty() {
        let pdf = Pdf::read(&document.pdf);
        files.push((format!("{name}.html"), without_style(&document.html)));
        files.push((format!("{name}.pdf.txt"), pdf.text()));
        files.push((format!("{name}.tree.txt"), pdf.tree.lines()));
    }
    files
}

/// A page without its style sheet, so that a change of style is not one of every golden.
fn without_style(html: &str) -> String {
    let (before, rest) = html.split_once("<style>").unwrap();
    let (style, after) = rest.split_once("</style>").unwrap();
    // What a book adds stays.
    let own = style
        .find("\n:root { --accent: #")
        .map_or("", |at| &style[at..]);
    format!(
        "{before}<style>/* style.css */{}</style>{after}",
        own.trim_end()
    )
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn all_files(folder: &Path) -> BTreeSet<PathBuf> {
    let walk = walkdir::WalkDir::new(folder).into_iter().flatten();
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.into_path())
        .collect()
}
