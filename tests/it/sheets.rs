//! The register, the chair's sheet, an owner's sheet and the figures of a series, over a book whose actions meet every
//! fate that an action can meet. `tests/cases/sheets` has the book in `in` and the sheets in `out`.

use crate::book;
use crate::page::Page;
use crate::pdf::Pdf;
use chrono::NaiveDate;
use minutebook::edition::{self, Shelf};
use minutebook::ledger::{Line, Period, PeriodSpan, figures, lines};
use minutebook::load;
use minutebook::model::{Book, Edition};
use minutebook::render::templates::Templates;
use minutebook::render::{Output, Renderer, Sheet, SheetKind};
use snapbox::Data;
use snapbox::assert::Assert;
use std::fs;

const AS_AT: (i32, u32, u32) = (2026, 11, 20);

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn as_at() -> NaiveDate {
    day(AS_AT.0, AS_AT.1, AS_AT.2)
}

fn read() -> Book {
    let loaded = load::load(&book::cases("sheets").join("in")).unwrap();
    let faults: Vec<String> = loaded
        .faults
        .iter()
        .map(|one| one.message.clone())
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    loaded.book
}

/// The sheets that are compared, by their names.
fn sheets() -> [(&'static str, Sheet); 4] {
    let sheet = |kind, series: Option<&str>, words: &[&str]| Sheet {
        kind,
        as_at: as_at(),
        series: series.map(str::to_owned),
        filter_words: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    let owner = SheetKind::Owner("dcc".to_owned());
    [
        ("register", sheet(SheetKind::Register, None, &[])),
        (
            "register-board",
            sheet(
                SheetKind::Register,
                Some("board"),
                &["with closed ones", "due before 1 June 2027"],
            ),
        ),
        ("chair", sheet(SheetKind::Chair, Some("board"), &[])),
        ("owner", sheet(owner, None, &[])),
    ]
}

/// The actions that belong on a sheet, as the command line chooses them.
fn chosen<'s, 'b, E: Edition>(
    renderer: &'s Renderer<'b, E>,
    sheet: &Sheet,
) -> Vec<Line<'s, 'b, E>> {
    let mut lines = lines(renderer.ledger(), sheet.as_at);
    if let Some(series) = &sheet.series {
        lines.retain(|line| line.entry.series() == Some(series));
    }
    if let SheetKind::Owner(key) = &sheet.kind {
        let is_owner = |line: &Line<'_, '_, E>| {
            let mut owners = line.standing.owners.iter();
            owners.any(|party| party.name.as_ref().is_some_and(|name| name.source() == key))
        };
        lines.retain(is_owner);
    }
    lines
}

/// Every sheet of a shelf: its name, its output, its bytes.
fn make<E: Edition>(shelf: &Shelf<'_, E>, book: &Book) -> Vec<(String, Output, Vec<u8>)> {
    let mut sources = minutebook::source::Sources::default();
    let templates = Templates::new(&[], &mut sources).unwrap();
    let renderer = Renderer::new(shelf, &book.sources, &templates);
    let ending = if E::INTERNAL { ".internal" } else { "" };
    let mut made = Vec::new();
    for (name, sheet) in sheets() {
        let lines = chosen(&renderer, &sheet);
        let lines: Vec<&Line<'_, '_, E>> = lines.iter().collect();
        let rendered = renderer.sheet(&lines, &sheet, &Output::ALL);
        assert!(
            rendered.diagnostics.is_empty(),
            "{:?}",
            rendered.diagnostics
        );
        for (output, bytes) in rendered.outputs {
            made.push((format!("{name}{ending}"), output, bytes));
        }
    }
    made
}

fn all() -> Vec<(String, Output, Vec<u8>)> {
    let book = read();
    let public = edition::public(&book);
    let mut made = make(&public.shelf(), &book);
    made.extend(make(&edition::internal(&book), &book));
    made
}

#[test]
fn sheets_are_as_they_were() {
    let assert = Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    let out = book::cases("sheets").join("out");
    let mut failures = Vec::new();
    for (name, output, bytes) in all() {
        let (ending, text) = match output {
            Output::Markdown => ("md", String::from_utf8(bytes).unwrap()),
            Output::Html => ("html", without_style(&String::from_utf8(bytes).unwrap())),
            Output::Pdf => ("tree.txt", Pdf::read(&bytes).tree.lines()),
        };
        let path = out.join(format!("{name}.{ending}"));
        let golden = Data::read_from(&path, None).raw();
        if let Err(error) = assert.try_eq(Some(&path.display()), text.into(), golden) {
            failures.push(error.to_string());
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    assert!(all() == all());
}

/// What can be heard from the PDF is what can be read on the page.
#[test]
fn the_pdf_says_the_words_of_the_page() {
    let made = all();
    for (name, output, bytes) in &made {
        if *output != Output::Html {
            continue;
        }
        let pdf = made
            .iter()
            .find(|(other, output, _)| other == name && *output == Output::Pdf);
        let page = Page::read(&String::from_utf8_lossy(bytes)).words();
        let heard = Pdf::read(&pdf.unwrap().2).tree.words();
        assert_eq!(page, heard, "{name}");
    }
}

#[test]
fn nothing_withheld_is_on_a_public_sheet() {
    let secrets = [
        "side entrance",
        "Harbour Street",
        "Mill Road",
        "names of four officers",
        "where a station is weak",
    ];
    let mut seen_inside = 0;
    for (name, output, bytes) in all() {
        let words = match output {
            Output::Pdf => {
                let pdf = Pdf::read(&bytes);
                pdf.text() + &pdf.tree.words().join(" ")
            }
            _ => String::from_utf8(bytes).unwrap(),
        };
        let words: Vec<&str> = words.split_whitespace().collect();
        let words = words.join(" ");
        let found = secrets.iter().filter(|secret| words.contains(**secret));
        match name.ends_with(".internal") {
            true => seen_inside += found.count(),
            false => assert_eq!(found.count(), 0, "{name} {output:?}"),
        }
    }
    assert!(
        seen_inside > 0,
        "the book withholds what the internal edition has"
    );
}

/// What of the book is counted for the board, and when, was worked out by hand.
#[test]
fn the_figures_of_a_series_are_those_counted_by_hand() {
    let book = read();
    let public = edition::public(&book);
    let shelf = public.shelf();
    let ledger = minutebook::ledger::Ledger::new(&shelf, &book.sources);
    let found = figures(&ledger, "board", as_at());
    let period = |span, set, closed, returned, open| Period {
        span,
        set,
        closed,
        returned,
        open,
    };
    let met = |month, date| PeriodSpan::Meeting(day(2026, month, date));
    let expected = [
        // 9/25, from before the book began.
        period(PeriodSpan::Before(day(2026, 6, 24)), 1, 0, 0, 1),
        // 1, 2, 3 and 4.
        period(met(6, 24), 4, 0, 0, 5),
        // 5 and 6 (7 is withheld); 4 on 13 July, 2 and 9/25.
        period(met(7, 29), 2, 3, 0, 4),
        // 8, 9, 10 and T1 of the tracker; 3; 2 was reopened.
        period(met(8, 26), 4, 1, 1, 8),
        // 11 and 12; 2, 5 and 8.
        period(met(9, 30), 2, 3, 0, 7),
        // 13 and the new one; 4 came back on 15 October.
        period(met(10, 28), 2, 0, 1, 10),
    ];
    assert_eq!(found.periods, expected);
    // 8: 35 days, 3 and 5: 63, 9/25: 89, 2: 98. 4 repeats.
    assert_eq!(found.median_days, Some(63.0));
    // 3 in time; 2 and 5 late; the dates of 1 and 6 have passed.
    assert_eq!((found.in_time, found.dated), (1, 5));
    assert_eq!(found.in_time_percent(), Some(20));
    let carried: Vec<(String, usize)> = found
        .carried
        .iter()
        .map(|one| (one.entry.reference_words(), one.times))
        .collect();
    let named = [("1/26", 4), ("6/26", 3), ("T1/26", 3)];
    let named = named.map(|(reference, times)| (reference.to_owned(), times));
    assert_eq!(carried, named);
    assert_eq!(found.unknown, 1);
}

/// Inside the organisation nothing is unknown: 7/26 was set in July and is open.
#[test]
fn the_internal_figures_count_what_is_withheld() {
    let book = read();
    let shelf = edition::internal(&book);
    let ledger = minutebook::ledger::Ledger::new(&shelf, &book.sources);
    let found = figures(&ledger, "board", as_at());
    let open: Vec<usize> = found.periods.iter().map(|one| one.open).collect();
    assert_eq!(open, [1, 5, 5, 9, 8, 11]);
    assert_eq!((found.dated, found.unknown), (6, 0));
}

/// The figures as at an earlier day are those of the meetings until then.
#[test]
fn later_meetings_do_not_change_earlier_figures() {
    let book = read();
    let shelf = edition::internal(&book);
    let ledger = minutebook::ledger::Ledger::new(&shelf, &book.sources);
    let now = figures(&ledger, "board", as_at()).periods;
    let then = figures(&ledger, "board", day(2026, 8, 26)).periods;
    assert_eq!(then, now[..then.len()]);
}

/// Writes every sheet to the folder that `MINUTEBOOK_SHEETS` names, for the validators and for people to look at.
#[test]
fn samples_are_written_when_asked_for() {
    let Some(folder) = std::env::var_os("MINUTEBOOK_SHEETS") else {
        return;
    };
    let folder = std::path::PathBuf::from(folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, output, bytes) in all() {
        fs::write(folder.join(format!("{name}.{}", output.extension())), bytes).unwrap();
    }
}

/// A page without its style sheet, so that a change of style is not one of every golden.
fn without_style(html: &str) -> String {
    let (before, rest) = html.split_once("<style>").unwrap();
    let (_, after) = rest.split_once("</style>").unwrap();
    format!("{before}<style>/* style.css */</style>{after}")
}
