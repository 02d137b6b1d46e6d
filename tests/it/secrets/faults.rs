//! Faults beside secrets: whatever is wrong with a book, no message repeats a withheld word.

use minutebook::check;
use minutebook::load;
use minutebook::report::{self, Colour};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::process::Command;

const SETTINGS: &str = "organisation: { name: Police and Crime Commissioner for Midshire }
people:
  pcc: { name: Ruth Okafor, title: Commissioner, initials: PCC }
  dcc: { name: Helen Price, title: Deputy Chief Constable, initials: DCC }
series:
  board: { title: Board, chair: pcc, members: [pcc, dcc] }
";

/// Notes with the secret in every kind of place, and one line, `FAULT`, that is replaced.
const NOTES: &str = "kind: meeting
series: board
date: 2026-08-25
status: draft
attendance: [pcc, dcc]
apologies: []
items:
  - title: Open
    text: |
      Open words, then <<s31 | Quillfeather>> and open ones.

      <<s40(2) | Quillfeather and

      Quillfeather>> left.
    actions:
      - ref: 1/26
        text: Send the list.
        owner: dcc
        due: 2026-09-01
      - ref: 2/26
        withheld: { exemption: s31, reason: Quillfeather is near, by: Quillfeather, date: 2026-08-26 }
        text: |
          Watch Quillfeather
          and Quillfeather.
        owner: Quillfeather
        parts:
          - Quillfeather
          - { text: Quillfeather, owner: Quillfeather }
FAULT
  - title: <<s31 | Quillfeather>>
    withheld: s31
    text: Quillfeather
";

const SECRET: &str = "quillfeather";

/// What people write that is wrong, beside what is withheld.
const FAULTS: [&str; 38] = [
    "",
    "        due: 2026-02-31",
    "        texxt: Quillfeather",
    "       text: Quillfeather",
    "\tupdates: Quillfeather",
    "        text: Quillfeather",
    "        due: { reason: Quillfeather }",
    "        updates: Quillfeather",
    "        updates: [ { date: 31 February 2026, by: Quillfeather, text: Quillfeather } ]",
    "        every: Quillfeather",
    "        state: Quillfeather",
    "        rag: Quillfeather",
    "        replaced_by: Quillfeather",
    "        Quillfeather: open",
    "        text: Quillfeather: the end",
    "        withheld: s31",
    "      - { ref: 2/26, withheld: s31, text: Quillfeather }",
    "      - { ref: 3/26, withheld: Quillfeather, text: open }",
    "      - { ref: 3/26, withheld: s31, text: Quillfeather",
    "      - { ref: 3/26, withheld: s31, text: [Quillfeather] }",
    "      - { ref: 3/26, text: \"<<s31 | Quillfeather\" }",
    "      - { ref: 3/26, text: \"<<Quillfeather | open>>\" }",
    "      - { ref: 3/26, text: \"<<s31 Quillfeather>>\" }",
    "      - { ref: 3/26, text: \"<<s31 | a <<s31 | Quillfeather>> b>>\" }",
    "      - { ref: 3/26, text: 'x\\<<s31 | Quillfeather>>' }",
    "      - { ref: 3/26, text: \"\\u003c<s31 | Quillfeather\" }",
    "      - { ref: 3/26, due: \"<<s31 | Quillfeather>>\", owner: \"<<s31 | Quillfeather>>\" }",
    "      - { ref: <<s31 | Quillfeather>>, text: open }",
    "      - { ref: 3/26, text: \"see [a](#nowhere) <<s31 | [Quillfeather](#quillfeather)>>\" }",
    "      - { ref: 3/26, text: open } # <<s31 | Quillfeather>> ]",
    "      - { ref: 3/26, text: open, duplicate_of: <<s31 | Quillfeather>> }",
    "      - &a { ref: 3/26, withheld: s31, text: Quillfeather }\n      - *b",
    "      - !x { ref: 3/26, withheld: s31, text: Quillfeather }",
    "<<<<<<< HEAD\n      - { ref: 3/26, text: \"<<s31 | Quillfeather>>\" }\n=======\n>>>>>>> other",
    "    questions:\n      - ask: <<s31 | Quillfeather>>\n        by: <<s31 | Quillfeather>>\n        findings: [ { by: Quillfeather",
    "    id: <<s31 | Quillfeather>>",
    "    papers: [ { title: a, link: <<s31 | Quillfeather>> } ]",
    "    matters_arising: [ { action: <<s31 | Quillfeather>>, withheld: s31, update: Quillfeather } ]",
];

/// The commands that make what is public, and those that show what is wrong with it.
const COMMANDS: [&[&str]; 11] = [
    &["check"],
    &["check", "--format", "json"],
    &["check", "--fix", "--dry-run"],
    &["build", "--to", "md,html"],
    &["build", "--site", "--as-at", "2026-12-01"],
    &[
        "approve",
        "notes.yaml",
        "--by",
        "pcc",
        "--date",
        "2026-09-29",
    ],
    &["publish", "notes.yaml", "--date", "2026-09-29"],
    &[
        "amend",
        "notes.yaml",
        "--note",
        "A slip.",
        "--date",
        "2026-09-29",
    ],
    &["next", "board", "--date", "2026-09-29", "--dry-run"],
    &[
        "actions",
        "--all",
        "--as-at",
        "2026-12-01",
        "--width",
        "300",
    ],
    &["render", "notes.yaml", "--to", "html"],
];

fn write(book: &Path, notes: &str) {
    fs::write(book.join("minutebook.yaml"), SETTINGS).unwrap();
    fs::write(book.join("notes.yaml"), notes).unwrap();
}

#[test]
fn no_message_repeats_a_withheld_word() {
    for fault in FAULTS {
        let folder = tempfile::tempdir().unwrap();
        let notes = NOTES.replace("FAULT", fault);
        for arguments in COMMANDS {
            write(folder.path(), &notes);
            let printed = printed(folder.path(), arguments);
            assert!(
                !printed.to_lowercase().contains(SECRET),
                "{fault:?} {arguments:?}\n{printed}"
            );
        }
    }
}

/// What was to be withheld is printed, and an error says so; the message does not repeat it.
#[test]
fn no_message_repeats_what_was_to_be_withheld() {
    for fault in [
        "      - { ref: 3/26, text: «s31 | Quillfeather», due: 2026-02-31 }",
        "      - { ref: 3/26, text: \"(withheld: Quillfeather)\", due: 31/2/2026 }",
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &NOTES.replace("FAULT", fault));
        let printed = printed(folder.path(), &["check"]);
        assert!(printed.contains("mistyped-mark"), "{printed}");
        assert!(!printed.to_lowercase().contains(SECRET), "{printed}");
    }
}

fn printed(book: &Path, arguments: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_minutebook"));
    let output = program.current_dir(book).args(arguments).output().unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// Something that goes wrong in a line, without a sign of the mark being lost.
#[derive(Clone, Debug)]
enum Slip {
    /// A space more before it.
    In,
    /// A space less before it.
    Out,
    Tab,
    Twice,
    /// Something else before it.
    Before(&'static str),
    /// Something else behind it.
    Behind(&'static str),
}

fn slip() -> impl Strategy<Value = Slip> {
    let lines = [
        "- a",
        "  b: c",
        "      - d",
        "        e: [",
        "{",
        "\"",
        "text: |",
        "? x",
        "&a",
        "---",
    ];
    let ends = [
        " ]", " }", ": x", " \"", " #", " &", " *a", "\u{201d}", " |",
    ];
    prop_oneof![
        Just(Slip::In),
        Just(Slip::Out),
        Just(Slip::Tab),
        Just(Slip::Twice),
        prop::sample::select(lines.to_vec()).prop_map(Slip::Before),
        prop::sample::select(ends.to_vec()).prop_map(Slip::Behind),
    ]
}

fn slipped(notes: &str, slips: &[(prop::sample::Index, Slip)]) -> String {
    let mut lines: Vec<String> = notes.lines().map(str::to_owned).collect();
    for (at, slip) in slips {
        let at = at.index(lines.len());
        let line = lines[at].clone();
        lines[at] = match slip {
            Slip::In => format!(" {line}"),
            Slip::Out => line.strip_prefix(' ').unwrap_or(&line).to_owned(),
            Slip::Tab => format!("\t{line}"),
            Slip::Twice => format!("{line}\n{line}"),
            Slip::Before(before) => format!("{before}\n{line}"),
            Slip::Behind(behind) => format!("{line}{behind}"),
        };
    }
    lines.join("\n") + "\n"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_message_repeats_a_withheld_word_whatever_is_typed(
        slips in prop::collection::vec((any::<prop::sample::Index>(), slip()), 1..3),
    ) {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &slipped(&NOTES.replace("FAULT\n", ""), &slips));
        let loaded = load::load(folder.path()).unwrap();
        let mut found = loaded.faults;
        found.extend(check::check(&loaded.book));
        for one in found {
            let told = report::people(&one, &loaded.book.sources, Path::new(""), Colour::No);
            prop_assert!(!told.to_lowercase().contains(SECRET), "{told}");
        }
    }
}
