//! What numbers, dates and names can do.

use super::*;
use chrono::NaiveDate;
use minutebook::model::due::DueRule;
use minutebook::model::outline::Outline;
use minutebook::model::register::Register;

#[test]
fn counting_stops_at_the_largest_number() {
    let fields = "numbering: ['1', '1.1', a, i]\nitems:\n  - { number: 4294967295, title: a }\n  - title: b\n  - title: c\n    questions: [{ number: '4294967295', ask: x }, { ask: y }, { ask: z }]\n    items: [{ title: x, items: [{ number: '4294967295', title: a }, { title: b, items: [{ number: 4294967295, title: x }, { title: y }] }] }]\n";
    let seen = Book::with(fields).seen();
    let outline = Outline::of(seen.loads(), None);
    let numbers: Vec<Option<&str>> = outline
        .items
        .iter()
        .map(|item| item.entry.number.as_deref())
        .collect();
    assert_eq!(
        numbers,
        [Some("4294967295"), Some("4294967295"), Some("4294967295")]
    );
    assert_eq!(outline.items[1].entry.anchor, "item-4294967295-2");
}

#[test]
fn one_number_given_a_hundred_thousand_times_has_as_many_anchors() {
    let items = "  - { number: 7, title: a }\n".repeat(50_000);
    let actions = "  - { ref: 1/26, text: a }\n".repeat(20_000);
    let book = Book::with(&format!("items:\n{items}actions:\n{actions}"));
    let seen = book.seen();
    let outline = timed(|| Outline::of(seen.loads(), None));
    assert_eq!(outline.items[49_999].entry.anchor, "item-7-50000");
    timed(|| {
        for target in &outline.targets {
            assert!(outline.find(&target.anchor).is_some());
        }
    });
}

#[test]
fn a_long_number_is_not_repeated_by_all_below_it() {
    let items = "{ title: a }, ".repeat(20_000);
    let number = "9".repeat(1_000_000);
    let fields = format!(
        "items:\n  - number: 'n{number}'\n    title: a\n    items: [{items}]\n  - id: {number}\n    title: a\n"
    );
    let seen = Book::with(&fields).seen();
    let outline = timed(|| Outline::of(seen.loads(), None));
    let total: usize = outline
        .targets
        .iter()
        .map(|target| target.anchor.len() + target.names.concat().len())
        .sum();
    assert!(total < 20_000_000, "{total} bytes");
}

#[test]
fn a_long_agenda_is_numbered_in_good_time() {
    let deep: String = (0..25)
        .map(|level| {
            format!(
                "{}items:\n{}- title: t\n",
                "  ".repeat(level * 2),
                "  ".repeat(level * 2 + 1)
            )
        })
        .collect();
    let outline = Outline::of(Book::with(&deep).seen().loads(), None);
    assert_eq!(outline.targets.len(), 25);
    assert_eq!(
        outline.targets[24].anchor,
        format!("item-{}", ["1"; 25].join("-"))
    );
}

#[test]
fn dates_at_the_ends_of_time() {
    let day = |text: &str, set| DueRule::of(text).day(set, |_| None);
    let last = NaiveDate::from_ymd_opt(9999, 12, 31);
    assert_eq!(
        day("in 4999 years", NaiveDate::from_ymd_opt(2026, 8, 25)),
        NaiveDate::from_ymd_opt(7025, 8, 25)
    );
    for text in [
        "in 4999 years",
        "in 5000 weeks",
        "in a day",
        "in 4294967295 days",
    ] {
        assert_eq!(day(text, last), None, "{text}");
    }
    assert_eq!(day("in 5000 days", None), None);
    assert_eq!(day("0000-01-01", None), NaiveDate::from_ymd_opt(0, 1, 1));
    assert_eq!(day("end 9999", None), last);
    for text in ["2026-+1", "2026-011", "in +5 days", "+2026-01"] {
        assert_eq!(DueRule::of(text), DueRule::Unclear, "{text}");
    }
    for date in ["0000-01-01", "9999-12-31", "1/1/00"] {
        Book::of(format!("kind: meeting\ndate: {date}\n"))
            .seen()
            .loads();
    }
    for date in [
        "10000-01-01",
        "-1-01-01",
        "2026-13-01",
        "<<s31 | 2026-08-25>>",
        "2026-08-25 <<s31>>",
        "''",
        "[2026-08-25]",
        "{}",
    ] {
        let seen = Book::of(format!("kind: meeting\ndate: {date}\n")).seen();
        assert_eq!(seen.loaded.faults.len(), 1, "{date}");
    }
}

#[test]
fn a_large_register_is_asked_in_good_time() {
    let people: String = (0..40_000)
        .map(|n| format!("  p{n}: {{ title: Officer }}\n"))
        .collect();
    let book = Book::new();
    book.file("minutebook.yaml", format!("{SETTINGS}people:\n{people}"));
    let seen = book.seen();
    assert_eq!(seen.faults(), Vec::<String>::new());
    timed(|| {
        let register = Register::new(&seen.loaded.book.settings);
        for n in 0..40_000 {
            assert_eq!(
                register.find(&format!("p{n}"), None).one().unwrap().key(),
                format!("p{n}")
            );
        }
    });
}
