//! Whole documents against goldens: Markdown, HTML, and the PDF as text and as a structure tree.
//!
//! A case is a folder: `in` is a book, `out` has four files for each of its documents, and four more for the internal
//! edition of one in which something is withheld. `messages.txt` is what was wrong with a case that has a fault.

use crate::book::{self, Document, Made};
use crate::page::Page;
use crate::pdf::Pdf;
use minutebook::load;
use minutebook::model::due::MeetingRef;
use minutebook::model::register::{Lookup, Register};
use minutebook::model::text::Text;
use minutebook::model::{Book, HasTexts, Redact};
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

/// No page but the last is all but empty: a page on its side, where no row of a plan may be parted, is filled by two
/// fifths at least, any other by more than half.
#[test]
fn no_page_of_the_example_book_is_half_empty() {
    let made = book::make(&book::notes());
    let mut pages = 0;
    for document in made.public.iter().chain(&made.internal) {
        let filled = Pdf::read(&document.pdf).filled();
        let but_last = &filled[..filled.len() - 1];
        for (at, (wide, part)) in but_last.iter().enumerate() {
            let least = if *wide { 0.4 } else { 0.56 };
            let name = &document.name;
            assert!(*part >= least, "{name}, page {}: {part}", at + 1);
            pages += 1;
        }
    }
    assert!(pages > 100, "{pages}");
}

/// What is withheld in a tracker, a plan or a file of updates is in nothing that is public.
#[test]
fn nothing_withheld_is_public() {
    for root in books() {
        let loaded = load::load(&root).unwrap();
        let of_book = texts(&loaded.book, true);
        let mut shown = words(&texts(&loaded.book, false));
        shown.extend(words(&template_texts()));
        let settings = loaded.book.settings.all_texts().into_iter();
        shown.extend(words(
            &settings.map(|met| met.text.words()).collect::<Vec<_>>(),
        ));
        let secret = words(&of_book);
        let made = book::make(&root);
        let listings = listings(&loaded.book);
        let public = made.public.iter();
        for document in public.filter(|document| listings.contains(&document.name)) {
            let pdf = match document.pdf.is_empty() {
                true => String::new(),
                false => Pdf::read(&document.pdf).tree.words().join(" "),
            };
            let page = Page::read(&document.html).everything();
            let public = words(&[document.markdown.clone(), page, pdf]);
            for word in secret.difference(&shown).filter(|word| word.len() > 4) {
                let name = &document.name;
                assert!(!public.contains(word), "{}: {name}: {word}", root.display());
            }
        }
    }
}

/// Every word of a tracker or a plan that is not withheld can be read in Markdown and in HTML.
#[test]
fn no_word_of_trackers_and_plans_is_lost() {
    for root in books() {
        let loaded = load::load(&root).unwrap();
        let made = book::make(&root);
        let register = Register::new(&loaded.book.settings);
        let sources = &loaded.book.sources;
        let trackers = loaded.book.trackers.iter();
        let trackers = trackers.map(|one| (one.source, one.content.all_texts()));
        let plans = loaded.book.plans.iter();
        let plans = plans.map(|one| (one.source, one.content.all_texts()));
        for (source, texts) in trackers.chain(plans) {
            let name = sources.get(source).path.with_extension("");
            let name = name.to_string_lossy();
            let document = made.public.iter().find(|one| one.name == name).unwrap();
            let html = words(&[Page::read(&document.html).everything()]);
            let markdown = words(&[document.markdown.replace('\\', "")]);
            for met in texts.iter().filter(|met| !met.withheld) {
                // Names, dates and times are printed in the book's way.
                let written = met.text.source();
                let is_name = !matches!(register.find(written, None), Lookup::Nobody);
                if is_name || MeetingRef::of(written).is_some() || written.contains(':') {
                    continue;
                }
                for word in words(&[public_words(met.text)]) {
                    assert!(html.contains(&word), "{name}: {word} is not in the HTML");
                    assert!(
                        markdown.contains(&word),
                        "{name}: {word} is not in the Markdown"
                    );
                }
            }
        }
    }
}

/// The words of a text without those that are withheld.
fn public_words(text: &Text) -> String {
    text.redact().words()
}

/// The texts of a book's trackers, plans and files of updates.
fn texts(book: &Book, withheld: bool) -> Vec<String> {
    let trackers = book.trackers.iter().flat_map(|one| one.content.all_texts());
    let plans = book.plans.iter().flat_map(|one| one.content.all_texts());
    let updates = book.updates.iter().flat_map(|one| one.content.all_texts());
    let all: Vec<_> = trackers.chain(plans).chain(updates).collect();
    let with = all.iter().filter(|met| met.withheld == withheld);
    let mut texts: Vec<String> = with.map(|met| met.text.words()).collect();
    for met in all.iter().filter(|met| !met.withheld) {
        texts.push(match withheld {
            // What a passage hides is whatever the public edition of its text lacks.
            true if !met.text.passages().is_empty() => met.text.words(),
            true => String::new(),
            false => public_words(met.text),
        });
    }
    texts
}

/// The names of a book's trackers and plans.
fn listings(book: &Book) -> BTreeSet<String> {
    let trackers = book.trackers.iter().map(|one| one.source);
    let sources = trackers.chain(book.plans.iter().map(|one| one.source));
    let paths = sources.map(|source| book.sources.get(source).path.with_extension(""));
    paths
        .map(|path| path.to_string_lossy().into_owned())
        .collect()
}

/// What the built-in templates say of their own.
fn template_texts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let files = fs::read_dir(folder).unwrap().flatten();
    let files = files.filter(|file| file.path().is_file());
    files
        .map(|file| fs::read_to_string(file.path()).unwrap())
        .collect()
}

/// Words in lower case, without the signs around them.
fn words(texts: &[String]) -> BTreeSet<String> {
    let all = texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let all = all.filter(|word| !word.is_empty());
    all.map(str::to_lowercase).collect()
}

/// The cases, and the example book.
fn books() -> Vec<PathBuf> {
    let mut books: Vec<PathBuf> = folders(&book::cases("render"));
    books.iter_mut().for_each(|case| case.push("in"));
    books.push(book::notes());
    books.retain(|root| {
        let loaded = load::load(root).unwrap();
        !loaded.book.trackers.is_empty() || !loaded.book.plans.is_empty()
    });
    books
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
        files.push((format!("{name}.html"), book::without_style(&document.html)));
        files.push((format!("{name}.pdf.txt"), pdf.text()));
        files.push((format!("{name}.tree.txt"), pdf.tree.lines()));
    }
    files
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
