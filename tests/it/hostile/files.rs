//! What one file can do: encodings, sizes, and YAML at its worst.

use super::*;

#[test]
fn a_file_with_nothing_in_it_is_empty() {
    for nothing in [
        "",
        "\n\n",
        "# only a comment\n",
        "---\n",
        "--- \n...\n",
        "~\n",
        "\u{FEFF}",
    ] {
        Book::of(nothing)
            .seen()
            .is("a.yaml empty-file", "the file is empty");
    }
}

#[test]
fn tabs_are_answered_with_advice() {
    let seen = Book::with("items:\n\t- title: x\n").seen();
    assert_eq!(seen.faults(), ["a.yaml:4:1 not-yaml"]);
    assert!(seen.help().contains("spaces"), "{}", seen.help());
}

#[test]
fn anchors_that_multiply_are_stopped() {
    let mut bomb = String::from("kind: meeting\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    assert!(Book::of(bomb).seen().only().0.ends_with("too-large"));
}

#[test]
fn an_alias_cannot_multiply_a_long_text() {
    let long = "x".repeat(1_000_000);
    let bomb = format!(
        "kind: meeting\na: &a {long}\nb: [{}]\n",
        vec!["*a"; 100_000].join(", ")
    );
    assert!(Book::of(bomb).seen().only().0.starts_with("a.yaml:3:"));
}

#[test]
fn anchors_inside_each_other_cannot_multiply_what_they_hold() {
    let anchors: String = (0..60).map(|level| format!("&a{level} [")).collect();
    let bomb = format!("a: {anchors}{}{}\n", "x,".repeat(600_000), "]".repeat(60));
    assert!(Book::of(bomb).seen().only().0.ends_with("too-large"));
}

#[test]
fn an_alias_of_itself_is_no_circle() {
    Book::of("a: &a [*a]\n").seen().is(
        "a.yaml:1:8 not-yaml",
        "this alias names an anchor that is not complete",
    );
    Book::of("a: &a { b: &b { c: *a } }\n").seen().is(
        "a.yaml:1:20 not-yaml",
        "this alias names an anchor that is not complete",
    );
    assert_eq!(
        Book::of("a: *b\nb: &b x\n").seen().only().0,
        "a.yaml:1:4 not-yaml"
    );
}

#[test]
fn nesting_is_bounded() {
    let message = "this is nested too deep";
    for open in ["[", "{a: ", "[{a: ", "{? ["] {
        let seen = Book::of(open.repeat(100_000)).seen();
        assert_eq!(seen.only().1, message, "{open}");
        assert!(seen.only().0.ends_with("too-deep"));
    }
    let closed = format!("kind: {}x{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(Book::of(closed).seen().only().1, message);
    assert_eq!(
        Book::of(format!("{}x\n", "- ".repeat(100_000)))
            .seen()
            .only()
            .1,
        message
    );
    assert_eq!(
        Book::of(format!("{}x\n", "? ".repeat(100_000)))
            .seen()
            .only()
            .1,
        message
    );
    let maps: String = (0..2_500)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    assert_eq!(Book::of(maps).seen().only().1, message);
}

#[test]
fn what_is_not_utf8_is_shown_where_it_begins() {
    let seen = Book::of([MEETING.as_bytes(), b"title: \xE9t\xE9\n"].concat()).seen();
    seen.is(
        "a.yaml:3:8 not-text",
        "the file is not UTF-8 text from here on",
    );
    assert!(seen.printed.contains("3 | title: "), "{}", seen.printed);
    let bom = Book::of(b"\xEF\xBB\xBFa: \xFF".as_slice()).seen();
    assert_eq!(bom.faults(), ["a.yaml:1:4 not-text"]);
    let cut = Book::of(&"title: é".as_bytes()[..8]).seen();
    assert_eq!(cut.faults(), ["a.yaml:1:8 not-text"]);
}

#[test]
fn utf16_is_named() {
    for order in [u16::to_le_bytes, u16::to_be_bytes] {
        let text = format!("\u{FEFF}{MEETING}");
        let bytes: Vec<u8> = text.encode_utf16().flat_map(order).collect();
        let seen = Book::of(&bytes).seen();
        seen.is("a.yaml:1:1 not-text", "the file is UTF-16, not UTF-8");
        assert!(seen.help().contains("UTF-8"));
        let without = Book::of(&bytes[2..]).seen();
        assert_eq!(without.only().1, "the file is UTF-16, not UTF-8");
    }
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_text() {
    assert_eq!(
        Book::of(format!("\u{FEFF}{MEETING}"))
            .seen()
            .loads()
            .kind
            .text,
        "meeting"
    );
    let seen = Book::of(format!("\u{FEFF}oops: x\n{MEETING}é: y\n")).seen();
    assert_eq!(
        seen.faults(),
        ["a.yaml:1:1 unknown-field", "a.yaml:4:1 unknown-field"]
    );
    assert!(!seen.printed.contains('\u{FEFF}'));
}

#[test]
fn line_ends_of_every_system_are_read() {
    for end in ["\r\n", "\n", "\r"] {
        let text =
            format!("{MEETING}title: Trösten\npurpose: |\n  One\n  two\nclosing: \"é\n  b\"\n")
                .replace('\n', end);
        let seen = Book::of(&text).seen();
        let meeting = seen.loads();
        assert_eq!(meeting.title.as_ref().unwrap().source(), "Trösten");
        assert_eq!(meeting.purpose.as_ref().unwrap().source(), "One\ntwo\n");
        assert_eq!(meeting.closing.as_ref().unwrap().source(), "é b");
        let text = format!("{text}é: [ü, ö]{end}oops: x{end}");
        let seen = Book::of(&text).seen();
        assert_eq!(
            seen.faults(),
            ["a.yaml:9:1 unknown-field", "a.yaml:10:1 unknown-field"],
            "{end:?}"
        );
        assert!(!seen.printed.contains('\r'), "{end:?}");
        let words = |at: usize| match seen.diagnostics[at].target {
            Target::Place(span) => seen.loaded.book.sources.text(span),
            _ => "",
        };
        assert_eq!((words(0), words(1)), ("é", "oops"), "{end:?}");
    }
}

#[test]
fn a_large_file_is_not_read() {
    let book = Book::of(vec![b'#'; 50_000_000]);
    book.seen()
        .is("a.yaml too-large", "the file has 50 MB; the limit is 4 MB");
    let ran = book.run(&[]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.err.contains("error[too-large]: the file has 50 MB"),
        "{}",
        ran.err
    );
}

#[test]
fn a_long_line_is_cut_where_it_is_shown() {
    let line = "x".repeat(3_000_000);
    for fields in [
        format!("title: {line}\noops: x\n"),
        format!("title: '{line}'\noops: x\n"),
        format!("title: \"{line}\"\noops: x\n"),
        format!("title: |\n  {line}\noops: x\n"),
        format!("title: y # {line}\noops: x\n"),
    ] {
        let seen = Book::with(&fields).seen();
        assert!(seen.only().0.ends_with("unknown-field"));
        assert!(seen.printed.len() < 2_000, "{} bytes", seen.printed.len());
    }
    for fields in [
        format!("{{ {line}: x }}"),
        format!("? {line}\n: x\n"),
        format!("kind: {line}\n"),
        format!("date: {line}\nkind: meeting"),
    ] {
        let seen = Book::of(&fields).seen();
        assert_eq!(seen.loaded.faults.len(), 1);
        assert!(seen.printed.len() < 4_000, "{} bytes", seen.printed.len());
    }
    let spaces = format!("{MEETING}title:{}x\noops: y\n", " ".repeat(3_000_000));
    assert_eq!(
        Book::of(spaces).seen().faults(),
        ["a.yaml:4:1 unknown-field"]
    );
}

#[test]
fn a_hundred_thousand_unknown_fields_are_counted_and_not_all_shown() {
    let fields: String = (0..100_000).map(|n| format!("f{n}: x\n")).collect();
    let book = Book::with(&fields);
    let seen = book.seen();
    assert_eq!(seen.loaded.faults.len(), 100_000);
    assert_eq!(seen.printed.matches("error[unknown-field]").count(), 100);
    // What the lints say of the file counts too.
    let of_file = seen.loaded.faults[0].source();
    let all = seen
        .diagnostics
        .iter()
        .filter(|one| one.source() == of_file);
    let last = format!("book/a.yaml: and {} more\n", all.count() - 100);
    assert!(seen.printed.ends_with(&last), "{last}");
}

#[test]
fn programs_are_given_every_diagnostic() {
    let fields: String = (0..2_000).map(|n| format!("f{n}: x\n")).collect();
    let book = Book::with(&fields);
    let ran = book.run(&[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("a.yaml: and 19"), "{}", ran.err);
    assert!(ran.out.starts_with("2000 errors"), "{}", ran.out);
    let ran = book.run(&["--format", "json"]);
    let faults = ran
        .out
        .lines()
        .filter(|line| line.contains("unknown-field"));
    assert_eq!((ran.code, faults.count()), (Some(1), 2_000));
}

#[test]
fn the_same_on_one_line() {
    let fields: Vec<String> = (0..100_000).map(|n| format!("é{n}: x")).collect();
    let seen = Book::of(format!(
        "{{ kind: meeting, date: 2026-08-25, {} }}",
        fields.join(", ")
    ))
    .seen();
    assert_eq!(seen.loaded.faults.len(), 100_000);
    assert_eq!(seen.faults()[1], "a.yaml:1:43 unknown-field");
}

#[test]
fn many_keys_are_compared_quickly() {
    let keys: String = (0..200_000).map(|n| format!("  k{n}: x\n")).collect();
    assert_eq!(
        Book::with(&format!("glossary:\n{keys}"))
            .seen()
            .loads()
            .glossary
            .iter()
            .count(),
        200_000
    );
    let same = "a: x\n".repeat(100_000);
    let seen = Book::with(&same).seen();
    assert_eq!(seen.faults()[1], "a.yaml:4:1 repeated-field");
    let unknown: String = (0..200_000).map(|n| format!("{n}: \n")).collect();
    assert_eq!(
        Book::of(format!("kind: meeting\ndate: 2026-08-25\n{unknown}"))
            .seen()
            .loaded
            .faults
            .len(),
        200_000
    );
}

#[test]
fn a_document_is_a_map_of_fields() {
    for (text, kind) in [
        ("- a\n- b\n", "a list"),
        ("just words\n", "text"),
        ("'kind: meeting'", "text"),
        ("[]", "a list"),
    ] {
        let message = format!("a document of fields should stand here, not {kind}");
        Book::of(text).seen().is("a.yaml:1:1 wrong-type", &message);
        let book = Book::without_settings();
        book.file("minutebook.yaml", text);
        book.seen().is("minutebook.yaml:1:1 wrong-type", &message);
    }
    Book::of("{}")
        .seen()
        .is("a.yaml:1:1 no-kind", "the file does not say what it is");
    Book::of("kind: [meeting]\n").seen().is(
        "a.yaml:1:7 wrong-type",
        "text should stand here, not a list",
    );
    Book::of("kind:\n")
        .seen()
        .is("a.yaml:1:1 no-kind", "the file does not say what it is");
}

#[test]
fn one_file_holds_one_document() {
    Book::of(format!("---\n{MEETING}---\n{MEETING}"))
        .seen()
        .is("a.yaml:4:1 not-yaml", "a second document begins here");
    Book::of(format!("{MEETING}...\n{MEETING}"))
        .seen()
        .is("a.yaml:4:1 not-yaml", "a second document begins here");
    Book::of(format!("%YAML 1.1\n---\n{MEETING}...\n"))
        .seen()
        .loads();
    Book::of(format!("# first\n---\n{MEETING}...\n# last\n"))
        .seen()
        .loads();
}

#[test]
fn keys_are_text() {
    for (text, at) in [
        ("[a, b]: c\n", "1:1"),
        ("{a: b}: c\n", "1:1"),
        ("? [a]\n: b\n", "1:3"),
        ("? a: b\n: c\n", "1:3"),
    ] {
        let seen = Book::of(text).seen();
        assert_eq!(seen.only().0, format!("a.yaml:{at} not-yaml"), "{text}");
    }
    let seen = Book::with("1: a\ntrue: b\n~: c\n2026-08-25: d\n").seen();
    assert_eq!(seen.loaded.faults.len(), 4);
    assert_eq!(seen.diagnostics[0].message, "a meeting has no field `1`");
    Book::of("? kind\n: meeting\n? date\n: 2026-08-25\n")
        .seen()
        .loads();
}

#[test]
fn a_key_stands_once() {
    let seen = Book::with("title: a\npurpose: b\ntitle: c\ntitle: d\n").seen();
    assert_eq!(
        seen.faults(),
        ["a.yaml:5:1 repeated-field", "a.yaml:6:1 repeated-field"]
    );
    let first = |at: usize| {
        seen.loaded
            .book
            .sources
            .place(seen.diagnostics[at].related[0].0)
            .line
    };
    assert_eq!((first(0), first(1)), (3, 3));
}

#[test]
fn a_tag_is_never_swallowed() {
    for tag in [
        "!!binary",
        "!!python/object:os.system",
        "!custom",
        "!important",
        "!<tag:example.org,2026:x>",
        "!!set",
    ] {
        let seen = Book::with(&format!("title: {tag} words\n")).seen();
        assert_eq!(seen.only().0, "a.yaml:3:8 not-yaml", "{tag}");
        assert!(
            seen.only()
                .1
                .contains(tag.trim_start_matches("!<").trim_end_matches('>')),
            "{}",
            seen.only().1
        );
        assert!(seen.help().contains("quotes"), "{}", seen.help());
    }
    for tag in ["!!str", "!"] {
        let seen = Book::with(&format!(
            "title: {tag} words\nglossary: !!map {{}}\nitems: !!seq []\n"
        ))
        .seen();
        assert_eq!(seen.loads().title.as_ref().unwrap().source(), "words");
    }
}

#[test]
fn merge_keys_are_not_understood() {
    let seen = Book::with("items:\n  - &x { title: a }\n  - <<: *x\n    text: b\n").seen();
    seen.is(
        "a.yaml:5:5 unknown-field",
        "merge keys (`<<`) are not understood",
    );
    assert_eq!(
        Book::with("glossary: { <<: { a: b } }\n").seen().only().0,
        "a.yaml:3:13 unknown-field"
    );
    Book::with("glossary: { '<<': b }\n").seen().loads();
}

#[test]
fn strange_characters_do_no_harm() {
    for (text, line) in [
        ("title: a\0b\n", 3),
        ("title: \u{7}b\n", 3),
        ("title: \u{1b}[31mred\n", 3),
        ("title: \u{FFFE}\n", 3),
    ] {
        let seen = Book::with(text).seen();
        let place = seen.faults().first().cloned();
        assert!(
            place
                .as_ref()
                .is_none_or(|place| place.starts_with(&format!("a.yaml:{line}:"))),
            "{place:?}"
        );
        assert!(
            !seen.printed.contains(['\0', '\u{7}', '\u{1b}']),
            "{:?}",
            seen.printed
        );
    }
    for text in [
        "title: a\u{2028}b\noops: x\n",
        "title: a\u{85}b\noops: x\n",
        "title: a\u{2029}b\noops: x\n",
    ] {
        let seen = Book::with(text).seen();
        assert_eq!(seen.faults(), ["a.yaml:4:1 unknown-field"], "{text:?}");
    }
    let seen = Book::with("\"\\e[31m\\0\": x\n").seen();
    assert_eq!(seen.faults(), ["a.yaml:3:1 unknown-field"]);
    assert!(
        !seen.printed.contains(['\0', '\u{1b}']),
        "{:?}",
        seen.printed
    );
    let seen = Book::with("status: \"\\e]0;x\\a\\x9b\"\n").seen();
    assert!(
        !seen.printed.contains(['\u{7}', '\u{9b}', '\u{1b}']),
        "{:?}",
        seen.printed
    );
}

#[test]
fn quotes_that_never_close() {
    for quote in ["'", "\""] {
        let seen = Book::with(&format!("title: {quote}a\npurpose: b\n")).seen();
        let (short, _) = seen.only();
        assert!(short.ends_with(" not-yaml"), "{short}");
        let long = Book::with(&format!("title: {quote}{}", "word\n  ".repeat(100_000))).seen();
        assert!(long.only().0.ends_with("not-yaml"));
    }
}
