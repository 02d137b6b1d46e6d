//! What must hold for every book: nothing lost, nothing leaked, nothing taken for markup, the same bytes each time.
//!
//! The books are made of [`whole_book`], which uses every field once, with other words in each. Another implementation of
//! YAML writes them. `PROPTEST_CASES` asks for more than the few cases of every day.

use crate::book::{self, Document, Made};
use crate::page::Page;
use crate::pdf::Pdf;
use crate::register;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use tempfile::TempDir;

/// Fields that no document prints, and why.
const NOT_PRINTED: [(&str, &str); 6] = [
    (
        "aliases",
        "names by which the book itself refers to somebody",
    ),
    ("short_name", "for the website and for messages"),
    ("schedule", "for the next agenda"),
    ("standing_items", "for the next agenda"),
    ("open_limit", "for the register of actions"),
    (
        "series_quorum",
        "a rule; what the notes record is the meeting's own `quorum`",
    ),
];

/// A word that is only for eyes inside begins so; every other word of a random book begins with [`OPEN`].
const SECRET: &str = "hushed";
const OPEN: &str = "zz";

/// What to do with the lists of entries that can be withheld whole.
const ROWS: [&str; 5] = ["items", "questions", "actions", "parts", "matters_arising"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..few() })]

    #[test]
    fn every_word_is_in_every_format(words in many_words(), dropped in any::<u64>()) {
        let mut words = words.into_iter().cycle();
        let mut book = whole_book(&mut |_| words.next().unwrap());
        let mut random = Random(dropped);
        book.as_array_mut().unwrap().iter_mut().for_each(|file| thin(file, &mut random));
        let made = made(&book);
        let expected = expected(&book);
        for (format, found) in formats(&made.internal) {
            let lost: Vec<_> = expected.iter().filter(|(word, _)| !found.contains(*word)).collect();
            prop_assert!(lost.is_empty(), "{format} has lost {lost:?}");
        }
    }

    #[test]
    fn no_withheld_word_is_public(words in many_words(), chosen in any::<u64>()) {
        let mut words = words.into_iter().cycle();
        let mut book = whole_book(&mut |_| words.next().unwrap());
        let mut random = Random(chosen);
        book.as_array_mut().unwrap().iter_mut().for_each(|file| withhold(file, &mut random));
        let made = made(&book);
        for document in &made.public {
            for (place, text) in everything(document) {
                let leak = text.find(SECRET).map(|at| around(&text, at));
                prop_assert!(leak.is_none(), "{place}: {} of\n{}", leak.unwrap(), yaml(&book));
            }
        }
        for (shape, text) in register::public(on_disk(&book, false).path()) {
            let leak = text.find(SECRET).map(|at| around(&text, at));
            prop_assert!(leak.is_none(), "{shape}: {} of\n{}", leak.unwrap(), yaml(&book));
        }
        // The secrets were there: the internal edition has them.
        let (_, found) = formats(&made.internal).remove(0);
        prop_assert!(found.iter().any(|word| word.starts_with(SECRET)));
    }
}

#[test]
fn fields_that_are_not_printed_have_a_reason() {
    let book = whole_book(&mut |_| "zzword".to_owned());
    let text = book.to_string();
    for (field, reason) in NOT_PRINTED {
        let key = field.strip_prefix("series_").unwrap_or(field);
        assert!(text.contains(&format!("\"{key}\":")), "no field {key}");
        assert!(reason.len() > 10);
    }
}

/// Each string in every field at once.
#[test]
fn hostile_strings_come_out_as_text() {
    let plain = made(&whole_book(&mut |_| "first last".to_owned()));
    let expected: Vec<String> = plain.internal.iter().map(structure).collect();
    for hostile in hostile() {
        // Very long ones stand in a few fields only: in all of them they would take minutes.
        let few = ["venue", "item", "question", "findings", "owner", "part"];
        let is_long = hostile.len() > 1_000;
        let made = made(&whole_book(
            &mut |field| match is_long && !few.contains(&field) {
                true => "first last".to_owned(),
                false => format!("first {hostile} last"),
            },
        ));
        let words = tokens(&hostile);
        for (format, found) in formats(&made.internal) {
            let lost: Vec<&String> = words.difference(&found).collect();
            assert!(
                lost.is_empty(),
                "{format} has lost {lost:?} of {hostile:.80?}"
            );
        }
        for (document, expected) in made.internal.iter().zip(&expected) {
            assert_harmless(document, expected, &format!("{hostile:.80?}"));
        }
    }
}

/// Very long strings in every field, in the formats that are quick to make.
#[test]
fn very_long_strings_come_out_as_text_in_every_field() {
    let plain = made_as(&whole_book(&mut |_| "first last".to_owned()), false);
    let expected: Vec<String> = plain.internal.iter().map(structure).collect();
    for long in hostile().into_iter().filter(|string| string.len() > 1_000) {
        let made = made_as(&whole_book(&mut |_| format!("first {long} last")), false);
        let words = tokens(&long);
        for (document, expected) in made.internal.iter().zip(&expected) {
            assert_harmless(document, expected, &format!("{long:.80?}"));
        }
        let mut found = [BTreeSet::new(), BTreeSet::new()];
        for document in &made.internal {
            let page = Page::read(&document.html);
            found[0].extend(tokens(&page.words().join(" ")));
            found[1].extend(tokens(&markdown_text(&document.markdown)));
        }
        for found in found {
            assert!(words.is_subset(&found), "{long:.80?}");
        }
    }
}

/// One string that tries everything, in each field in turn.
#[test]
fn no_field_lets_markup_through() {
    const ALL: &str = "\"><img src=x onerror=alert(1)> {{ 7*7 }} {% include \"x\" %} </title></style></script><script>alert(2)</script> ]]> <!-- & &lt; ' \u{202e}";
    let mut fields = Vec::new();
    let plain = whole_book(&mut |field| {
        fields.push(field);
        "first last".to_owned()
    });
    let plain = made_as(&plain, false);
    let expected: Vec<String> = plain.internal.iter().map(structure).collect();
    for (field, name) in fields.iter().enumerate() {
        let mut at = 0;
        let book = whole_book(&mut |_| {
            at += 1;
            match at - 1 == field {
                true => format!("first {ALL} last"),
                false => "first last".to_owned(),
            }
        });
        let made = made_as(&book, false);
        for (document, expected) in made.internal.iter().zip(&expected) {
            assert_harmless(document, expected, name);
        }
    }
}

#[test]
fn markup_of_a_persons_own_stays_within_bounds() {
    for own in [
        "[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](data:text/html,x) [v](vbscript:x)",
        "![x](http://wenmoor.example/x.png) <http://wenmoor.example> <javascript:alert(1)>",
        "`a` ``b`` ```c",
        "a | b\n--- | ---\n`c | d` | e \\| f",
        "- a\n  - b\n    - c\n\n1. d\n\n> e\n\n***\n\n    f",
        "# a\n\nb\n===\n\n[c]: javascript:alert(1)\n\n[c] [^1]\n\n[^1]: d",
        "*a **b _c ~~d** e* f~~",
        "\\ \\\\ \\* \\` \\<b\\> \\&amp; &amp; &#60;b&#62; &#x3c;script&#x3e;",
    ] {
        let made = made(&whole_book(&mut |_| own.to_owned()));
        for document in &made.internal {
            let page = Page::read(&document.html);
            for line in page.structure().lines().map(str::trim) {
                let name = line.split(' ').next().unwrap();
                assert!(
                    !["img", "iframe", "object"].contains(&name),
                    "{own:?}: {line}"
                );
                assert!(!line.contains(" on"), "{own:?}: {line}");
            }
            for address in page.addresses() {
                let scheme = address.split(':').next().unwrap();
                assert!(
                    address.starts_with('#') || ["http", "https", "mailto"].contains(&scheme),
                    "{own:?}: {address}"
                );
            }
            assert_no_live_html(&document.markdown, own);
        }
    }
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let mut number = 0;
    let book = whole_book(&mut |_| {
        number += 1;
        format!("zz word {number}")
    });
    let first = on_disk(&book, false);
    let again = on_disk(&book, true);
    let threads = |threads: usize, root: &TempDir| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.unwrap().install(|| book::make(root.path()))
    };
    let one = threads(1, &first);
    for other in [threads(1, &first), threads(1, &again), threads(4, &again)] {
        let pairs = one.public.iter().chain(&one.internal);
        let pairs = pairs.zip(other.public.iter().chain(&other.internal));
        for (a, b) in pairs {
            assert_eq!(a.name, b.name);
            assert_eq!(a.markdown, b.markdown);
            assert_eq!(a.html, b.html);
            assert!(a.pdf == b.pdf, "{} differs as PDF", a.name);
        }
    }
}

fn hostile() -> Vec<String> {
    let all = [
        "\u{1}\u{2}\u{8}\u{b}\u{c}\u{e}\u{1f}\u{7f}\u{80}\u{9f}",
        "a\u{0}b \u{0}",
        "\u{202e}right to left\u{202c} \u{2066}isolate\u{2069} \u{200f}\u{200e}\u{061c}",
        "שלום عليكم mixed 123 עולם",
        "e\u{301}\u{302}\u{303} n\u{303} \u{301}alone z\u{335}\u{336}\u{337}\u{338}algo",
        "😀 👩\u{200d}👩\u{200d}👧 🇬🇧 ✊🏽",
        "\u{2028}line\u{2029}paragraph\u{85}next\u{feff}mark\u{200b}nothing\u{ad}soft",
        "{{ 7*7 }} {{ organisation }} {% include \"x\" %} {% raw %} {# comment #} {{",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "]]> <![CDATA[ x ]]>",
        "</title><title>x </style><style>x{} </script><script>x </main></body></html>",
        "<!-- x --> <!-- --!> <?php x ?> <!doctype x>",
        "&nbsp &foo; &; & &#x &#99999999 R&D",
        "javascript:alert(1) data:text/html,x",
        "a | b || c",
        "C:\\dir\\new \\ \\\\",
        "$1 %s %n ${x} #{x} @x ~x ^x",
        "\\u003cscript\\u003e \\x3c",
        "a_b_c __d f* g",
        "1. a 2) b - c + d # e > f = g",
        "警察 Ω ɸ ﬁ ß İ ı Ǆ",
        "\u{fdd0}0\u{fdd1}x\u{fdd2} \u{fdd3} \u{fffe}\u{ffff}",
        "\\<< not withheld >>",
    ];
    let mut all: Vec<String> = all.iter().map(|&one| one.to_owned()).collect();
    all.push("w".repeat(5_000));
    all.push("many ".repeat(2_000));
    all
}

fn assert_harmless(document: &Document, expected: &str, what: &str) {
    let page = Page::read(&document.html);
    let structure = page.structure();
    let differs = structure
        .lines()
        .zip(expected.lines())
        .find(|(a, b)| a != b);
    assert!(
        structure == expected,
        "{what} changes the page {}: {differs:?}",
        document.name
    );
    let data = page.text_of("script[type='application/ld+json']");
    let data: Result<Value, _> = serde_json::from_str(&data);
    assert!(
        data.is_ok(),
        "{what} breaks the data for machines: {data:?}"
    );
    assert_no_live_html(&document.markdown, what);
}

fn assert_no_live_html(markdown: &str, what: &str) {
    for event in Parser::new_ext(markdown, markdown_options()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                panic!("{what}: live HTML in Markdown: {html}")
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                let scheme = dest_url.split(':').next().unwrap().to_ascii_lowercase();
                let allowed = ["http", "https", "mailto"].contains(&scheme.as_str());
                assert!(allowed, "{what}: a link to {dest_url} in Markdown");
            }
            _ => {}
        }
    }
}

fn structure(document: &Document) -> String {
    Page::read(&document.html).structure()
}

fn markdown_options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES
}

/// The words that can be read in each format, over all documents.
fn formats(documents: &[Document]) -> Vec<(&'static str, BTreeSet<String>)> {
    let mut all = [
        ("HTML", BTreeSet::new()),
        ("Markdown", BTreeSet::new()),
        ("PDF", BTreeSet::new()),
    ];
    for document in documents {
        let page = Page::read(&document.html);
        all[0].1.extend(tokens(&page.words().join(" ")));
        all[0].1.extend(tokens(&page.text_of("body")));
        all[1].1.extend(tokens(&markdown_text(&document.markdown)));
        let pdf = Pdf::read(&document.pdf);
        all[2].1.extend(tokens(&pdf.tree.words().join(" ")));
        all[2].1.extend(tokens(&pdf.text()));
    }
    all.into()
}

fn markdown_text(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, markdown_options()) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. }) => {}
            Event::End(_) => {}
            _ => text.push(' '),
        }
    }
    text
}

/// Every place of a document in which a word could hide.
fn everything(document: &Document) -> Vec<(&'static str, String)> {
    vec![
        ("Markdown", document.markdown.to_lowercase()),
        ("HTML", document.html.to_lowercase()),
        (
            "the parsed HTML",
            Page::read(&document.html).everything().to_lowercase(),
        ),
        ("PDF", String::from_utf8_lossy(&document.pdf).to_lowercase()),
        (
            "the inflated PDF",
            Pdf::read(&document.pdf).everything().to_lowercase(),
        ),
    ]
}

fn around(text: &str, at: usize) -> String {
    let start = text[..at]
        .char_indices()
        .rev()
        .nth(40)
        .map_or(0, |(at, _)| at);
    text[start..].chars().take(80).collect()
}

/// Letters and digits that stand together, in lower case.
fn tokens(text: &str) -> BTreeSet<String> {
    // Characters that cannot be seen part no words.
    let unseen = |c: char| {
        matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.replace(unseen, "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The words of a book that must be printed, and their fields.
fn expected(book: &Value) -> BTreeMap<String, String> {
    fn walk(value: &Value, path: &str, words: &mut BTreeMap<String, String>) {
        match value {
            Value::String(text) => {
                let found = tokens(text).into_iter();
                let found = found.filter(|word| word.starts_with(OPEN));
                words.extend(found.map(|word| (word, path.to_owned())));
            }
            Value::Array(values) => values.iter().for_each(|value| walk(value, path, words)),
            Value::Object(fields) => {
                let is_series = fields.contains_key("members");
                for (key, value) in fields {
                    let silent = NOT_PRINTED.iter().any(|(field, _)| {
                        field == key || (is_series && *field == format!("series_{key}"))
                    });
                    if !silent {
                        walk(value, &format!("{path}.{key}"), words);
                    }
                }
            }
            _ => {}
        }
    }
    let mut words = BTreeMap::new();
    walk(book, "", &mut words);
    words
}

fn few() -> ProptestConfig {
    let asked = std::env::var_os("PROPTEST_CASES").is_some();
    match asked {
        true => ProptestConfig::default(),
        false => ProptestConfig::with_cases(6),
    }
}

fn many_words() -> impl Strategy<Value = Vec<String>> {
    let word = proptest::string::string_regex("zz[a-z]{4,9}( zz[a-z]{4,9}){0,2}").unwrap();
    proptest::collection::vec(word, 300..301)
}

/// A few random bits, the same for the same seed.
struct Random(u64);

impl Random {
    fn one_in(&mut self, count: u64) -> bool {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33).is_multiple_of(count)
    }
}

/// Leaves out fields that may be left out.
fn thin(value: &mut Value, random: &mut Random) {
    const NEEDED: [&str; 22] = [
        // Where the initials of a body are.
        "lead",
        "note_taker",
        // What the labels stand above.
        "questions",
        "findings",
        "actions",
        "attendance",
        "when",
        "members",
        "kind",
        "organisation",
        "series",
        "name",
        "person",
        "text",
        "title",
        "date",
        "action",
        "ask",
        "request",
        "observation",
        "level",
        "people",
    ];
    match value {
        Value::Object(fields) => {
            let keys: Vec<String> = fields.keys().cloned().collect();
            for key in keys {
                let is_needed = NEEDED.contains(&key.as_str())
                    || [
                        "challenge",
                        "offer",
                        "bodies",
                        "glossary",
                        "items",
                        "exemptions",
                    ]
                    .contains(&key.as_str());
                if !is_needed && random.one_in(6) {
                    fields.remove(&key);
                }
            }
            fields.values_mut().for_each(|value| thin(value, random));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| thin(value, random)),
        _ => {}
    }
}

/// Withholds words within texts, and entries whole.
fn withhold(value: &mut Value, random: &mut Random) {
    match value {
        Value::String(text) if text.starts_with(OPEN) && random.one_in(2) => {
            let secret = text.replace(OPEN, SECRET);
            *text = match random.one_in(2) {
                true => format!("{text} <<s31, s40(2) | {secret}>>"),
                false => format!("<<s31 | {secret}\n\n*{secret}*>>"),
            };
        }
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                if let (true, Value::Array(rows)) = (ROWS.contains(&key.as_str()), &mut *value) {
                    for row in rows.iter_mut().filter(|_| random.one_in(4)) {
                        *row = withheld_whole(row);
                    }
                }
                // A key of the register is no text.
                if key != "id" {
                    withhold(value, random);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| withhold(value, random)),
        _ => {}
    }
}

fn withheld_whole(row: &Value) -> Value {
    let secret = row.to_string().replace(OPEN, SECRET);
    let mut secret: Value = serde_json::from_str(&secret).unwrap();
    if !secret.is_object() {
        secret = json!({ "text": secret });
    }
    // The number and the ref stay, so that no gap shows.
    for key in ["number", "ref"] {
        if let Some(number) = row.get(key) {
            secret[key] = number.clone();
        }
    }
    secret["withheld"] = json!({
        "exemption": "s30",
        "reason": format!("{SECRET} reason"),
        "by": format!("{SECRET} person"),
        "date": format!("{SECRET} date"),
        "public_interest": format!("{SECRET} test"),
    });
    secret
}

fn made(book: &Value) -> Made {
    made_as(book, true)
}

/// A book, rendered; it must load without a fault.
fn made_as(book: &Value, pdf: bool) -> Made {
    let folder = on_disk(book, false);
    let outputs = if pdf { &book::ALL[..] } else { &book::ALL[..2] };
    let made = book::make_as(folder.path(), outputs);
    let faults = made
        .messages
        .split("\n\n")
        .find(|one| one.starts_with("error"));
    assert!(faults.is_none(), "{}\n{}", faults.unwrap_or(""), yaml(book));
    assert_eq!(made.internal.len(), 2);
    made
}

fn on_disk(book: &Value, backwards: bool) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let names = ["minutebook.yaml", "a.yaml", "b.yaml"];
    let mut files: Vec<_> = names.iter().zip(book.as_array().unwrap()).collect();
    if backwards {
        files.reverse();
    }
    for (name, file) in files {
        fs::write(
            folder.path().join(name),
            serde_yaml::to_string(file).unwrap(),
        )
        .unwrap();
    }
    folder
}

fn yaml(book: &Value) -> String {
    let files = book.as_array().unwrap().iter();
    files
        .map(|file| serde_yaml::to_string(file).unwrap())
        .collect()
}

/// A book that has every field: its settings, a meeting that leaves to its series what it can, and one with everything.
/// `fill` gives the words of a field.
fn whole_book(fill: &mut dyn FnMut(&'static str) -> String) -> Value {
    let settings = json!({
        "organisation": { "name": fill("organisation"), "short_name": fill("short name"), "website": "https://wenmoor.example/" },
        "classification": fill("classification"),
        "open_limit": fill("open limit"),
        "people": {
            "named": {
                "name": fill("person"), "title": fill("title"), "initials": fill("initials"),
                "portfolio": fill("portfolio"), "aliases": [fill("alias")],
            },
            "posted": {
                "name": fill("person with posts"),
                "posts": [{ "title": fill("post"), "initials": fill("post's initials"), "portfolio": fill("post's portfolio"), "from": "2020-01-01" }],
            },
            "nameless": { "title": fill("title without a name"), "initials": fill("initials without a name") },
        },
        "bodies": { "body": { "name": fill("body"), "initials": fill("body's initials"), "aliases": [fill("body's alias")] } },
        "glossary": { "QQX": fill("glossary") },
        "exemptions": { "own": fill("exemption") },
        "series": { "board": {
            "title": fill("series"),
            "chair": fill("series' chair"), "note_taker": fill("series' note-taker"), "venue": fill("series' venue"),
            "time": fill("series' time"), "members": ["named"], "quorum": fill("series' quorum"),
            "schedule": fill("schedule"), "standing_items": [{ "title": fill("standing item") }],
            "labels": { "findings": fill("series' findings label"), "note_taker": fill("series' note-taker label"), "actions": fill("series' actions label"), "owners": fill("series' owners label"), "due": fill("series' due label") },
        } },
    });
    let plain = json!({
        "kind": "meeting", "series": "board", "date": "2026-08-25",
        "items": [{
            "text": "QQX <<own | x>>",
            "questions": [{ "ask": "x", "findings": "x" }],
            "actions": [{ "ref": "1/20", "text": fill("carried action"), "owner": "x", "due": "x", "parts": ["x"] }],
        }],
    });
    let full = json!({
        "kind": "meeting", "series": "board", "type": fill("type"), "theme": fill("theme"), "title": fill("meeting"),
        "date": "2026-09-29", "time": fill("time"), "ended": fill("ended"), "status": "approved",
        "approved": { "by": fill("approved by"), "date": fill("approved on") },
        "classification": fill("meeting's classification"),
        "chair": { "person": fill("chair"), "role": fill("chair's role"), "body": fill("chair's body") },
        "note_taker": fill("note-taker"), "venue": fill("venue"), "quorum": fill("quorum"),
        "attendance": [
            "named", "posted", "nameless", "body",
            { "person": fill("attendee"), "body": fill("attendee's body"), "capacity": fill("capacity"), "initials": fill("attendee's initials"),
              "deputises": fill("deputised"), "arrived": fill("arrived"), "left": fill("left"), "items": fill("attended items") },
            { "person": fill("attendee without capacity"), "initials": fill("initials without capacity"), "body": fill("body without capacity") },
            { "person": "named", "initials": fill("other initials"), "body": fill("body of somebody known") },
        ],
        "in_attendance": [fill("in attendance")],
        "apologies": [{ "name": fill("apologies"), "capacity": fill("capacity of somebody absent") }],
        "previous_notes": { "meeting": fill("previous meeting"), "approved": true, "amendments": fill("amendments"), "by": fill("notes approved by") },
        "interests": [{ "by": fill("declared by"), "text": fill("interest"), "response": fill("response to an interest") }],
        "purpose": fill("purpose"), "closing": fill("closing"),
        "glossary": { "QQY": fill("own glossary") },
        "labels": { "findings": fill("findings label"), "note_taker": fill("note-taker label"), "actions": fill("actions label"), "owners": fill("owners label"), "due": fill("due label") },
        "next_meeting": { "date": fill("next date"), "time": fill("next time"), "venue": fill("next venue"), "type": fill("next type"), "theme": fill("next theme"), "text": fill("next text") },
        "actions": [action(fill)],
        "items": [
            item(fill),
            { "questions": [
                question(fill),
                { "request": fill("request") }, { "observation": fill("observation") }, { "challenge": fill("challenge") }, { "offer": fill("offer") },
            ] },
        ],
    });
    json!([settings, plain, full])
}

fn item(fill: &mut dyn FnMut(&'static str) -> String) -> Value {
    json!({
        "number": fill("item's number"), "title": fill("item"), "lead": [fill("lead"), "body"],
        "deferred": fill("deferred"), "context": fill("item's context"), "text": fill("item's text"),
        "papers": [fill("paper"), { "title": fill("linked paper"), "link": "https://wenmoor.example/paper" }],
        "matters_arising": [
            { "action": { "ref": fill("arising ref"), "text": fill("arising"), "owner": [fill("arising owner")], "due": fill("arising due"),
                          "from": { "meeting": fill("arising from"), "item": fill("arising item") } },
              "update": fill("update"), "by": fill("update by"), "state": "retained", "condition": fill("condition"),
              "due": { "date": fill("new due"), "reason": fill("new due's reason") } },
            { "action": "1/20", "update": fill("update of a known action") },
        ],
        "recommendations": [{ "text": fill("recommendation"), "source": fill("recommendation's source"), "due": fill("recommendation's due") }],
        "decisions": [decision(fill)],
        "risks": [fill("risk")],
        "actions": [action(fill), { "text": fill("action without ref") }],
        "post_meeting": [{ "date": fill("note's date"), "by": [fill("note by")], "text": fill("note") }],
        "items": [{ "title": fill("item below"), "text": "QQX and QQY", "none": true }],
    })
}

fn question(fill: &mut dyn FnMut(&'static str) -> String) -> Value {
    json!({
        "ask": fill("question"), "number": fill("question's number"), "by": [fill("asked by"), "named"], "to": [fill("asked"), "posted"],
        "context": fill("question's context"),
        "findings": [fill("findings"), { "by": [fill("answered by")], "text": fill("answer") }],
        "assurance": { "level": "partial", "by": [fill("assured by")], "text": fill("assurance") },
        "gaps": [fill("gap")], "challenges": [fill("recognised challenge")],
        "decisions": [decision(fill)], "actions": [action(fill)],
        "post_meeting": [{ "date": fill("note's date"), "by": fill("note by"), "text": fill("note") }],
    })
}

fn action(fill: &mut dyn FnMut(&'static str) -> String) -> Value {
    json!({
        "ref": fill("ref"), "text": fill("action"),
        "parts": [fill("part"), { "label": fill("part's label"), "text": fill("longer part"), "owner": fill("part's owner"), "due": fill("part's due") }],
        "owner": fill("owner"), "owners": [{ "person": fill("owning person"), "body": fill("owning body"), "role": fill("owning role") }],
        "due": { "when": fill("due"), "reason": fill("due's reason") }, "every": fill("every"), "report_to": fill("report to"),
    })
}

fn decision(fill: &mut dyn FnMut(&'static str) -> String) -> Value {
    json!({
        "ref": fill("decision's ref"), "text": fill("decision"), "reason": fill("reason"), "significant": true, "by": [fill("decided by")],
        "proposer": fill("proposer"), "seconder": fill("seconder"),
        "votes": { "for": fill("votes for"), "against": fill("votes against"), "abstained": fill("abstained") },
    })
}
