//! What each stage costs. In: books that `book` writes. Out: divan's table of times. See README.md beside this file.

mod book;

use divan::{Bencher, black_box};
use minutebook::edition::{self, PublicBook};
use minutebook::ledger::{Ledger, lines};
use minutebook::model::Book;
use minutebook::render::templates::{Override, Templates};
use minutebook::render::{Output, Renderer};
use minutebook::source::Sources;
use minutebook::{check, load};
use std::path::Path;
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// A book on the disk, for as long as it is measured.
fn written(meetings: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the book");
    book::write(folder.path(), meetings).expect("the book is written");
    folder
}

fn loaded(root: &Path) -> Book {
    let loaded = load::load(root).expect("the folder is readable");
    assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
    loaded.book
}

/// Loading a book: one meeting, and a thousand.
#[divan::bench(args = [1, 1000])]
fn load(bencher: Bencher, meetings: usize) {
    let folder = written(meetings);
    bencher.bench_local(|| loaded(black_box(folder.path())));
}

/// Running every lint over a loaded book.
#[divan::bench(args = [1, 1000])]
fn check(bencher: Bencher, meetings: usize) {
    let folder = written(meetings);
    let book = loaded(folder.path());
    bencher.bench_local(|| check::check(black_box(&book)));
}

/// Folding the history of every action of a loaded book: 30 actions and 100 updates for every ten meetings.
#[divan::bench(args = [1000, 2500, 5000, 10_000], sample_count = 10)]
fn ledger(bencher: Bencher, meetings: usize) {
    let folder = tempfile::tempdir().expect("a folder for the book");
    book::write_actions(folder.path(), meetings).expect("the book is written");
    let book = loaded(folder.path());
    let shelf = edition::internal(&book);
    let last = book
        .meetings
        .last()
        .and_then(|last| last.meeting.date.day());
    let as_at = last.expect("a meeting with a day");
    bencher.bench_local(|| {
        let ledger = Ledger::new(black_box(&shelf), &book.sources);
        lines(&ledger, as_at).len()
    });
}

/// Parsing all templates, as for a book that has one of its own.
#[divan::bench]
fn templates(bencher: Bencher) {
    let own = Override {
        name: "meeting.html".to_owned(),
        text: include_str!("../templates/meeting.html").to_owned(),
    };
    bencher.bench_local(|| Templates::parse(black_box(std::slice::from_ref(&own))));
}

/// A view, and the template over it.
#[divan::bench]
fn markdown(bencher: Bencher) {
    bench_output(bencher, &[Output::Markdown]);
}

/// A view, and the template over it.
#[divan::bench]
fn html(bencher: Bencher) {
    bench_output(bencher, &[Output::Html]);
}

/// The HTML, read back, laid out on pages, tagged and written.
#[divan::bench]
fn pdf(bencher: Bencher) {
    bench_output(bencher, &[Output::Pdf]);
}

fn bench_output(bencher: Bencher, outputs: &[Output]) {
    let folder = written(1);
    let mut book = loaded(folder.path());
    let templates = parsed(&mut book);
    let public = edition::public(&book);
    let shelf = public.shelf();
    let renderer = Renderer::new(&shelf, &book.sources, &templates);
    bencher.bench_local(|| renderer.render(black_box(&shelf.meetings[0]), outputs));
}

/// From the folder to all three formats in memory.
#[divan::bench]
fn whole_build(bencher: Bencher) {
    let folder = written(1);
    bencher.bench_local(|| {
        let mut book = loaded(black_box(folder.path()));
        let diagnostics = check::check(&book);
        let templates = parsed(&mut book);
        (
            diagnostics,
            rendered(&edition::public(&book), &book.sources, &templates),
        )
    });
}

fn parsed(book: &mut Book) -> Templates {
    Templates::new(&[], &mut book.sources).expect("the built-in templates are sound")
}

fn rendered(public: &PublicBook, sources: &Sources, templates: &Templates) -> usize {
    let shelf = public.shelf();
    let renderer = Renderer::new(&shelf, sources, templates);
    let rendered = shelf
        .meetings
        .iter()
        .map(|shelved| renderer.render(shelved, &Output::ALL));
    rendered
        .flat_map(|one| one.outputs)
        .map(|(_, bytes)| bytes.len())
        .sum()
}
