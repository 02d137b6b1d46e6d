//! The ledger: what stands of an action as at a date, and what must hold for every book.

use chrono::{Days, NaiveDate};
use minutebook::edition;
use minutebook::ledger::{Attention, Ledger, Standing, lines};
use minutebook::model::{Book, Internal};
use proptest::prelude::*;
use std::fmt::Write;
use std::fs;

const SETTINGS: &str = "organisation: { name: Example }
people:
  cc: { name: A B, title: Chief Constable }
  dcc: { name: C D, title: Deputy Chief Constable }
series:
  assurance: { title: Assurance, members: [cc] }
  board: { title: Board, members: [cc] }
";

/// Loads a book of these files.
fn book(files: &[(String, String)]) -> Book {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("minutebook.yaml"), SETTINGS).unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let loaded = minutebook::load::load(folder.path()).unwrap();
    assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
    loaded.book
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn meeting(series: &str, date: &str, items: &str) -> (String, String) {
    let text = format!("kind: meeting\nseries: {series}\ndate: {date}\nitems:\n{items}");
    (format!("{series}-{date}.yaml"), text)
}

/// What stands of an action, in a line.
fn told(standing: &Standing<'_, '_, Internal>) -> String {
    let mut told = standing.state.word().to_owned();
    if let Some(since) = standing.since {
        let _ = write!(told, " since {since}");
    }
    if let Some(due) = standing.due_day() {
        let _ = write!(told, ", due {due}");
    }
    let counts = (standing.carried, standing.redatings.len());
    let _ = write!(told, ", carried {}, re-dated {}", counts.0, counts.1);
    for (word, text) in [("until", standing.condition), ("by", standing.replaced_by)] {
        if let Some(text) = text {
            let _ = write!(told, ", {word} {}", text.words());
        }
    }
    if let Some(rag) = standing.rag {
        let _ = write!(told, ", {}", rag.word());
    }
    if let Some(updated) = standing.updated {
        let _ = write!(told, ", updated {updated}");
    }
    if let Some(returns) = standing.returns() {
        let _ = write!(told, ", returns {returns}");
    }
    told
}

/// What stands of one action of a book as at some days.
fn stands(book: &Book, reference: &str, days: &[&str]) -> Vec<String> {
    let shelf = edition::internal(book);
    let ledger = Ledger::new(&shelf, &book.sources);
    let entry = ledger.find(reference).unwrap();
    let told = days.iter().map(|at| told(&ledger.standing(entry, day(at))));
    told.collect()
}

#[test]
fn an_action_is_carried_re_dated_and_closed() {
    let book = book(&[
        meeting(
            "assurance",
            "2026-05-26",
            "  - title: Calls\n    actions: [ { ref: 1/26, text: Do it, owner: cc, due: in 2 weeks } ]\n",
        ),
        meeting(
            "assurance",
            "2026-06-30",
            "  - title: Matters\n    matters_arising: [ { action: 1/26, update: Begun., due: { date: 2026-08-01, reason: ill } } ]\n",
        ),
        meeting(
            "assurance",
            "2026-07-28",
            "  - title: Matters\n    matters_arising: [ { action: 1/26 } ]\n",
        ),
        meeting(
            "assurance",
            "2026-08-25",
            "  - title: Matters\n    matters_arising: [ { action: 1/26, update: Done., state: discharged } ]\n",
        ),
        meeting(
            "assurance",
            "2026-09-29",
            "  - title: Other\n    none: true\n",
        ),
    ]);
    assert_eq!(
        stands(
            &book,
            "1/26",
            &[
                "2026-05-26",
                "2026-06-29",
                "2026-06-30",
                "2026-08-24",
                "2026-08-25",
                "2026-12-31"
            ]
        ),
        [
            "open, due 2026-06-09, carried 0, re-dated 0",
            "open, due 2026-06-09, carried 0, re-dated 0",
            "open, due 2026-08-01, carried 1, re-dated 1, updated 2026-06-30",
            "open, due 2026-08-01, carried 2, re-dated 1, updated 2026-06-30",
            "discharged since 2026-08-25, due 2026-08-01, carried 3, re-dated 1, updated 2026-08-25",
            "discharged since 2026-08-25, due 2026-08-01, carried 3, re-dated 1, updated 2026-08-25",
        ]
    );
}

#[test]
fn what_is_due_at_a_meeting_waits_until_it_takes_place() {
    let set = meeting(
        "board",
        "2026-09-01",
        "  - title: A\n    actions: [ { ref: B1, text: Do it, due: { meeting: 2026-11 } } ]\n",
    );
    let later = |date| meeting("board", date, "  - title: A\n    none: true\n");
    let due = |files: &[(String, String)]| {
        let book = book(files);
        let shelf = edition::internal(&book);
        let ledger = Ledger::new(&shelf, &book.sources);
        let entry = ledger.find("b1").unwrap();
        let standing = ledger.standing(entry, day("2026-12-31"));
        (standing.due_day(), standing.days_overdue(day("2026-12-31")))
    };
    assert_eq!(due(std::slice::from_ref(&set)), (None, None));
    let november = due(&[set.clone(), later("2026-11-24"), later("2026-12-29")]);
    assert_eq!(november, (Some(day("2026-11-24")), Some(37)));
    // The meeting of November was put back to December.
    let moved = due(&[set, later("2026-10-27"), later("2026-12-08")]);
    assert_eq!(moved, (Some(day("2026-12-08")), Some(23)));
}

#[test]
fn states_follow_one_another_and_a_closed_action_can_be_reopened() {
    let tracker = "kind: tracker
series: board
actions:
  - ref: T1
    set: 2026
    text: Do it
    due: 2026-03-01
    rag: green
    updates:
      - { date: 2026-02-01, text: Late., rag: red, reason: nobody free }
      - { text: Waiting., state: retained, condition: the review is out }
      - { date: 2026-04-01, text: Done, state: proposed }
      - { date: 2026-05-01, text: Part of another., state: merged, replaced_by: T2 }
      - { date: 2026-06-01, text: Not so., state: open, due: 2026-09-01 }
  - { ref: T2, text: Another, updates: [ { date: 2026-07-01, text: Well. } ] }
";
    let updates = "kind: updates
updates:
  - { action: t1, date: 2026-08-01, by: cc, text: Given up, state: withdrawn }
";
    let book = book(&[
        ("a.yaml".into(), updates.into()),
        ("b.yaml".into(), tracker.into()),
    ]);
    assert_eq!(
        stands(
            &book,
            "T1",
            &[
                "2026-01-31",
                "2026-03-31",
                "2026-04-01",
                "2026-05-01",
                "2026-06-01",
                "2026-08-01"
            ]
        ),
        [
            "open, due 2026-03-01, carried 0, re-dated 0, green",
            "retained since 2026-02-01, due 2026-03-01, carried 0, re-dated 0, until the review is out, red, updated 2026-02-01",
            "proposed since 2026-04-01, due 2026-03-01, carried 0, re-dated 0, red, updated 2026-04-01",
            "merged since 2026-05-01, due 2026-03-01, carried 0, re-dated 0, by T2, red, updated 2026-05-01",
            "open since 2026-06-01, due 2026-09-01, carried 0, re-dated 1, red, updated 2026-06-01",
            "withdrawn since 2026-08-01, due 2026-09-01, carried 0, re-dated 1, red, updated 2026-08-01",
        ]
    );
    let shelf = edition::internal(&book);
    let ledger = Ledger::new(&shelf, &book.sources);
    let other = ledger.find("T2").unwrap();
    // Nobody said when it was set, so that its first update tells.
    assert_eq!(other.set, Some(day("2026-07-01")));
    // Retaining it put its due date off.
    let retained = ledger.standing(ledger.find("T1").unwrap(), day("2026-03-31"));
    assert_eq!(retained.days_overdue(day("2026-03-31")), None);
}

#[test]
fn a_recurring_action_comes_back_on_its_day() {
    let tracker = "kind: tracker
actions:
  - ref: R1
    set: 2026-01-01
    text: Report
    every: { rhythm: quarterly, until: end 2026 }
    updates:
      - { date: 2026-03-15, text: Report made., state: discharged }
      - { date: 2026-07-05, text: Report made., state: discharged }
      - { date: 2026-10-01, text: More often., every: { rhythm: monthly, until: end 2026 } }
      - { date: 2026-12-20, text: The last., state: discharged }
";
    let book = book(&[("t.yaml".into(), tracker.into())]);
    assert_eq!(
        stands(
            &book,
            "R1",
            &[
                "2026-01-01",
                "2026-03-15",
                "2026-06-30",
                "2026-07-01",
                "2026-07-05",
                "2026-10-01",
                "2026-11-30",
                "2027-06-30"
            ]
        ),
        [
            "open, due 2026-04-01, carried 0, re-dated 0",
            "discharged since 2026-03-15, due 2026-07-01, carried 0, re-dated 0, updated 2026-03-15, returns 2026-07-01",
            "discharged since 2026-03-15, due 2026-07-01, carried 0, re-dated 0, updated 2026-03-15, returns 2026-07-01",
            "open since 2026-07-01, due 2026-07-01, carried 0, re-dated 0, updated 2026-03-15",
            "discharged since 2026-07-05, due 2026-10-01, carried 0, re-dated 0, updated 2026-07-05, returns 2026-10-01",
            "open since 2026-10-01, due 2026-11-01, carried 0, re-dated 0, updated 2026-10-01",
            "open since 2026-10-01, due 2026-11-01, carried 0, re-dated 0, updated 2026-10-01",
            "discharged since 2026-12-20, due 2027-01-01, carried 0, re-dated 0, updated 2026-12-20",
        ]
    );
}

#[test]
fn a_chair_sees_first_what_is_overdue() {
    let matters = "  - title: Matters\n    matters_arising: [ { action: A2, update: Well., due: 2026-08-20 }, { action: A4, update: Done, state: proposed }, { action: A5, update: Well. } ]\n";
    let set = "  - title: A\n    actions: [ { ref: A1, text: a, due: 2026-07-01 }, { ref: A2, text: b, due: 2026-07-01 }, { ref: A3, text: c }, { ref: A4, text: d }, { ref: A5, text: e } ]\n";
    let book = book(&[
        meeting("board", "2026-06-01", set),
        meeting(
            "board",
            "2026-08-03",
            &format!("{matters}  - title: A\n    actions: [ {{ ref: A6, text: f }} ]\n"),
        ),
    ]);
    let shelf = edition::internal(&book);
    let ledger = Ledger::new(&shelf, &book.sources);
    let seen: Vec<(String, Attention)> = lines(&ledger, day("2026-08-10"))
        .iter()
        .map(|line| (line.entry.reference_words(), line.attention))
        .collect();
    let expected = [
        ("A1", Attention::Overdue),
        ("A2", Attention::DueNow),
        ("A3", Attention::NoUpdate),
        ("A4", Attention::Proposed),
        ("A5", Attention::Open),
        ("A6", Attention::New),
    ];
    assert_eq!(seen, expected.map(|(words, why)| (words.to_owned(), why)));
}

/// What a meeting says of an action: which, its state, its due date.
type Spoken = (u8, u8, Option<u16>);

/// A random book: what each file says, in numbers.
#[derive(Clone, Debug)]
struct Random {
    /// Series, day, how many actions are set, and which are spoken of.
    meetings: Vec<(bool, u16, u8, Vec<Spoken>)>,
    /// Files of updates: action, day, state.
    updates: Vec<Vec<(u8, Option<u16>, u8)>>,
    /// A tracker's actions: their updates.
    tracker: Vec<Vec<(Option<u16>, u8)>>,
}

fn random() -> impl Strategy<Value = Random> {
    let said = (0..40_u8, 0..9_u8, proptest::option::of(0..900_u16));
    let said = proptest::collection::vec(said, 0..5);
    let meetings = proptest::collection::vec((any::<bool>(), 0..700_u16, 0..4_u8, said), 1..8);
    let update = (0..40_u8, proptest::option::of(0..800_u16), 0..9_u8);
    let updates = proptest::collection::vec(proptest::collection::vec(update, 1..5), 0..3);
    let own = (proptest::option::of(0..800_u16), 0..9_u8);
    let tracker = proptest::collection::vec(proptest::collection::vec(own, 0..4), 0..4);
    (meetings, updates, tracker).prop_map(|(meetings, updates, tracker)| Random {
        meetings,
        updates,
        tracker,
    })
}

fn date(offset: u16) -> NaiveDate {
    day("2025-01-01") + Days::new(u64::from(offset))
}

fn state(number: u8) -> String {
    const STATES: [&str; 7] = [
        "open",
        "retained",
        "proposed",
        "discharged",
        "superseded",
        "merged",
        "withdrawn",
    ];
    match STATES.get(usize::from(number)) {
        Some(state) => format!(", state: {state}"),
        None => String::new(),
    }
}

impl Random {
    /// Its files, without names.
    fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        let mut next = 0..;
        let mut reference = || next.next().unwrap_or(0);
        for (series, on, set, said) in &self.meetings {
            let series = if *series { "assurance" } else { "board" };
            let mut text = format!(
                "kind: meeting\nseries: {series}\ndate: {}\nitems:\n  - title: A\n    matters_arising:\n",
                date(*on)
            );
            for (action, number, due) in said {
                let due = due.map_or_else(String::new, |due| format!(", due: {}", date(due)));
                let _ = writeln!(
                    text,
                    "      - {{ action: A{action}, update: So it is{}{due} }}",
                    state(*number)
                );
            }
            text.push_str("    actions:\n");
            for _ in 0..*set {
                let _ = writeln!(text, "      - {{ ref: A{}, text: Do it }}", reference());
            }
            texts.push(text);
        }
        if !self.tracker.is_empty() {
            let mut text = "kind: tracker\nseries: board\nactions:\n".to_owned();
            for updates in &self.tracker {
                let _ = writeln!(
                    text,
                    "  - ref: A{}\n    text: Do it\n    every: monthly\n    updates:",
                    reference()
                );
                for (on, number) in updates {
                    let on = on.map_or_else(String::new, |on| format!(", date: {}", date(on)));
                    let _ = writeln!(text, "      - {{ text: Well{on}{} }}", state(*number));
                }
            }
            texts.push(text);
        }
        for updates in &self.updates {
            let mut text = "kind: updates\nupdates:\n".to_owned();
            for (action, on, number) in updates {
                let on = on.map_or_else(String::new, |on| format!(", date: {}", date(on)));
                let _ = writeln!(
                    text,
                    "  - {{ action: A{action}, text: Well{on}{} }}",
                    state(*number)
                );
            }
            texts.push(text);
        }
        texts
    }

    fn book(&self, name: impl Fn(usize) -> usize) -> Book {
        let texts = self.texts().into_iter().enumerate();
        let files: Vec<_> = texts
            .map(|(at, text)| (format!("{:03}.yaml", name(at)), text))
            .collect();
        book(&files)
    }
}

/// Everything that a ledger says as at some days.
fn summary(book: &Book, days: &[NaiveDate]) -> Vec<String> {
    let shelf = edition::internal(book);
    let ledger = Ledger::new(&shelf, &book.sources);
    let mut all = Vec::new();
    for as_at in days {
        for line in lines(&ledger, *as_at) {
            let history: Vec<String> = line
                .entry
                .events
                .iter()
                .map(|event| format!("{:?} {:?}", event.day, event.said.state()))
                .collect();
            all.push(format!(
                "{as_at} {} {:?} {} {history:?}",
                line.entry.reference_words(),
                line.attention,
                told(&line.standing)
            ));
        }
    }
    all.push(format!("{} strays", ledger.strays.len()));
    all
}

/// The refs of all actions in order, and how much was said in all.
fn counted(book: &Book) -> (Vec<String>, usize) {
    let shelf = edition::internal(book);
    let ledger = Ledger::new(&shelf, &book.sources);
    let entries = ledger.entries();
    let mut refs: Vec<String> = entries.iter().map(|one| one.reference_words()).collect();
    refs.sort();
    let said: usize = entries.iter().map(|entry| entry.events.len()).sum();
    (refs, said + ledger.strays.len())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_or_doubled(random in random()) {
        let set: usize = random.meetings.iter().map(|meeting| usize::from(meeting.2)).sum();
        let said: usize = random.meetings.iter().map(|meeting| meeting.3.len()).sum::<usize>()
            + random.updates.iter().map(Vec::len).sum::<usize>()
            + random.tracker.iter().map(Vec::len).sum::<usize>();
        let mut expected: Vec<String> =
            (0..set + random.tracker.len()).map(|number| format!("A{number}")).collect();
        expected.sort();
        prop_assert_eq!(counted(&random.book(|at| at)), (expected, said));
    }

    #[test]
    fn the_order_of_files_does_not_matter(random in random(), turn in 1..50_usize) {
        let days = [date(100), date(400), date(900)];
        let before = summary(&random.book(|at| at), &days);
        let after = summary(&random.book(|at| (at * 37 + turn) % 101), &days);
        prop_assert_eq!(before, after);
    }

    #[test]
    fn moving_or_inserting_a_meeting_keeps_every_action(
        random in random(), which in any::<prop::sample::Index>(), to in 0..700_u16,
    ) {
        let before = counted(&random.book(|at| at));
        let mut moved = random.clone();
        let which = which.index(moved.meetings.len());
        moved.meetings[which].1 = to;
        prop_assert_eq!(&counted(&moved.book(|at| at)), &before);
        let mut inserted = random.clone();
        inserted.meetings.push((true, to, 0, Vec::new()));
        prop_assert_eq!(&counted(&inserted.book(|at| at)), &before);
    }

    #[test]
    fn folding_in_two_steps_gives_the_same(random in random(), first in 0..1000_u16, second in 0..1000_u16) {
        let (first, second) = (first.min(second), first.max(second));
        let book = random.book(|at| at);
        let shelf = edition::internal(&book);
        let ledger = Ledger::new(&shelf, &book.sources);
        for entry in ledger.entries() {
            let mut steps = ledger.standing(entry, date(first));
            steps.advance(date(second));
            let once = ledger.standing(entry, date(second));
            prop_assert_eq!(told(&steps), told(&once));
            prop_assert_eq!(steps.folded, once.folded);
        }
    }
}
