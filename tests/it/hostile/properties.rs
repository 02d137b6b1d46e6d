//! What must hold whatever is written: nothing panics, nothing withheld is public, no word is lost.

use super::texts::{dump, span, text};
use super::*;
use chrono::NaiveDate;
use minutebook::model::Redact;
use minutebook::model::date::DateReading;
use minutebook::model::due::{DueRule, MeetingRef};
use minutebook::model::outline::Outline;
use minutebook::model::text::Text;
use minutebook::yaml;
use proptest::collection::vec;
use proptest::prelude::*;

/// Markdown, and what goes wrong in it.
fn markup() -> impl Strategy<Value = &'static str> {
    let all = [
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "\n```\n",
        "[",
        "]",
        "](",
        ")",
        "](http://x.example/",
        "](javascript:",
        "![",
        "<",
        ">",
        "<b>",
        "<!--",
        "-->",
        "\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n  - ",
        "\n1. ",
        "\n# ",
        "\n===\n",
        "\n---\n",
        "|",
        "\n|",
        "|\n|-|-|\n|",
        "|\n|-|\n|",
        "\\",
        "&amp;",
        "&#xFDD0;",
        "&#xFDD2;",
        "\u{FDD1}",
        "]: ",
        "\n[x]: ",
        "[x]",
        " ",
        "  \n",
        "\t",
        "    ",
        "\\<<",
        "\"",
        "'",
        "&",
        "#",
        "\n<div>\n",
        "\u{0}",
        "é",
        "~",
        "\r\n",
        "0.",
        "http://",
        "<http://",
        "<x@",
        "\\|",
        "!",
        ": ",
        " \"",
        "\" ",
    ];
    prop::sample::select(all.to_vec())
}

/// Footnotes, and what can stand around them.
fn footnotes() -> impl Strategy<Value = &'static str> {
    let all = [
        "[^a]",
        "[^b]",
        "[^c]",
        "\n\n[^a]: ",
        "\n\n[^b]: ",
        "\n[^c]: ",
        "[^a]: ",
        "\n\n    ",
        "\n\n",
        "\n> ",
        "\n- ",
        "[^",
        "]",
        "]: ",
        "\\",
        "`",
        "|\n|-|\n|",
        "[^&#xFDD0;]",
        "[x](#y)",
    ];
    prop::sample::select(all.to_vec())
}

/// A word that no markup contains; the first letter tells the secret ones.
fn word(first: &'static str) -> impl Strategy<Value = String> {
    "[a-z]{6,9}".prop_map(move |rest| format!("{first}{rest}"))
}

/// What may stand in a passage: neither its end nor the beginning of another.
fn within(inside: &str) -> String {
    let mut inside = inside.replace("\\<<", "");
    while inside.contains(">>") || inside.contains("<<") {
        inside = inside.replace(">>", "> >").replace("<<", "< <");
    }
    inside
}

/// Pieces of words and markup.
fn pieces(
    first: &'static str,
    markup: impl Strategy<Value = &'static str>,
) -> impl Strategy<Value = (String, Vec<String>)> {
    let piece = prop_oneof![
        2 => word(first).prop_map(|word| (word.clone(), Some(word))),
        3 => markup.prop_map(|markup| (markup.to_owned(), None)),
    ];
    vec(piece, 0..6).prop_map(|pieces| {
        let source = pieces.iter().map(|(piece, _)| piece.as_str()).collect();
        let words = pieces.into_iter().filter_map(|(_, word)| word).collect();
        (source, words)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_withheld_word_is_public_and_no_word_is_lost(
        parts in vec((pieces("Q", markup()), prop::option::of(pieces("Z", markup()))), 1..5),
    ) {
        let mut source = String::new();
        let (mut open, mut secret, mut passages) = (Vec::new(), Vec::new(), 0);
        for ((before, words), passage) in parts {
            source.push_str(&before);
            open.extend(words);
            if let Some((inside, words)) = passage {
                source.push_str(&format!(" <<s31 | {}>>", within(&inside)));
                secret.extend(words);
                passages += 1;
            }
        }
        let Ok(text) = Text::read(span(), &source) else { return Ok(()) };
        let public = text.redact();
        let (internal, shown) = (dump(&text), dump(&public));
        prop_assert_eq!(text.passages().len(), passages);
        for word in &secret {
            prop_assert!(!shown.contains(word.as_str()), "{:?} in {:?}", word, shown);
            prop_assert!(!public.source().contains(word.as_str()));
            prop_assert!(!public.words().contains(word.as_str()));
            prop_assert!(internal.contains(word.as_str()), "{:?} not in {:?}", word, internal);
        }
        for word in &open {
            prop_assert!(shown.contains(word.as_str()), "{:?} not in {:?}", word, shown);
            prop_assert!(internal.contains(word.as_str()), "{:?} not in {:?}", word, internal);
        }
        prop_assert!(shown.matches("{!s31").count() >= passages, "a mark is missing in {:?}", shown);
        prop_assert!(internal.matches("{!s31").count() >= passages, "a mark is missing in {:?}", internal);
        let strange = |text: &str| text.contains(|c: char| ('\u{FDD0}'..='\u{FDEF}').contains(&c) || c == '\0');
        prop_assert!(!strange(&shown) && !strange(&internal), "{:?}", internal);
        // The public edition stands for itself: read again as a person would write it, it says the same.
        if let Ok(again) = Text::read(span(), public.source()) {
            prop_assert_eq!(dump(&again.redact()), shown);
        }
    }

    /// The same with footnotes: those that only withheld words refer to go with them.
    #[test]
    fn no_withheld_footnote_is_public_and_no_word_is_lost(
        parts in vec((pieces("Q", footnotes()), prop::option::of(pieces("Z", footnotes()))), 1..6),
    ) {
        let mut source = String::new();
        let (mut open, mut secret) = (Vec::new(), Vec::new());
        for ((before, words), passage) in parts {
            source.push_str(&before);
            open.extend(words);
            if let Some((inside, words)) = passage {
                source.push_str(&format!(" <<s31 | {}>>", within(&inside)));
                secret.extend(words);
            }
        }
        let Ok(text) = Text::read(span(), &source) else { return Ok(()) };
        prop_assume!(open.iter().chain(&secret).all(|word| source.matches(word.as_str()).count() == 1));
        let public = text.redact();
        let (internal, shown) = (dump(&text), dump(&public));
        for word in &secret {
            prop_assert!(!shown.contains(word.as_str()), "{:?} in {:?}", word, shown);
            prop_assert!(!public.source().contains(word.as_str()));
            prop_assert!(!public.words().contains(word.as_str()));
        }
        let withheld: Vec<String> = text.withheld().into_iter().map(|one| one.words).collect();
        let withheld = withheld.join(" ");
        for word in open.iter().chain(&secret) {
            prop_assert!(internal.contains(word.as_str()), "{:?} not in {:?}", word, internal);
            prop_assert!(text.words().contains(word.as_str()), "{:?} not in {:?}", word, internal);
            let is_public = shown.contains(word.as_str());
            prop_assert!(is_public != withheld.contains(word.as_str()), "{:?} in {:?}, {:?}", word, shown, withheld);
        }
        let marks = shown.matches("{!s31").count();
        prop_assert!(marks >= public.passages().len(), "a mark is missing in {:?}", shown);
        prop_assert_eq!(text.passages().len(), public.passages().len());
        let strange = |text: &str| text.contains(|c: char| ('\u{FDD0}'..='\u{FDEF}').contains(&c));
        prop_assert!(!strange(&shown) && !strange(&internal) && !strange(public.source()), "{:?}", internal);
        if let Ok(again) = Text::read(span(), public.source()) {
            let again = dump(&again.redact());
            let words = |text: &str| text.matches(char::is_alphabetic).collect::<String>();
            prop_assert_eq!(words(&again), words(&shown));
        }
    }

    #[test]
    fn dates_of_any_text_never_panic(text in "\\PC{0,12}", number in any::<u32>(), year in prop_oneof![Just(0), Just(1), Just(9999), 1900..2100i32]) {
        let set = NaiveDate::from_ymd_opt(year, 12, 31);
        let mut all = vec![text.clone()];
        for unit in ["day", "weeks", "months", "years"] {
            all.extend([format!("in {number} {unit}"), format!("within {} {unit}", number % 5_001), format!("in {text} {unit}")]);
        }
        all.extend([format!("end {year:04}"), format!("{year:04}-{number}"), format!("{year:04}-{text}"), format!("{number}/{text}/{year:04}")]);
        all.extend([format!("{text} {year:04}"), format!("Monday {text} May {year:04}"), format!("{}-{}-{}", year, number % 14, number % 40), format!("by {text}")]);
        for text in &all {
            let _ = DateReading::of(text).day();
            let _ = MeetingRef::of(text);
            let day = DueRule::of(text).day(set, |_| set);
            prop_assert!(day.is_none_or(|day| day.to_string().len() == 10), "{text} is {day:?}");
        }
    }
}

/// An item of an agenda, as YAML in one line.
fn item() -> impl Strategy<Value = String> {
    let number = prop_oneof![
        5 => Just(None),
        1 => Just(Some("4294967295".to_owned())),
        1 => "[0-9a-z(). /-]{0,6}".prop_map(Some),
        1 => "\\PC{0,6}".prop_map(Some),
    ];
    let quoted = |text: Option<String>, key: &str| {
        text.map_or(String::new(), |text| {
            format!("{key}: {}, ", serde_json::json!(text))
        })
    };
    let leaf = (
        number.clone(),
        prop::option::weighted(0.3, "\\PC{0,5}"),
        number,
        0..3usize,
    )
        .prop_map(move |(number, id, asked, count)| {
            let question = format!(
                "{{ {}ask: q, actions: [{{ ref: {}, text: t }}], post_meeting: [{{ text: n }}] }}",
                quoted(asked, "number"),
                count
            );
            format!(
                "{}{}title: t, questions: [{}], actions: [{{ text: a }}]",
                quoted(number, "number"),
                quoted(id, "id"),
                vec![question; count].join(", ")
            )
        });
    leaf.prop_recursive(6, 40, 5, |inner| {
        (inner.clone(), vec(inner, 0..5)).prop_map(|(own, below)| {
            let below: Vec<String> = below.iter().map(|item| format!("{{ {item} }}")).collect();
            match own.contains("items: [") {
                true => own,
                false => format!("{own}, items: [{}]", below.join(", ")),
            }
        })
    })
}

/// A file that looks like YAML, and has the words of the format in it.
fn yamlish() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "kind: meeting\n",
        "date: 2026-08-25\n",
        "items:",
        "title:",
        "questions:",
        "ask:",
        "actions:",
        "text:",
        "due:",
        "withheld:",
        "findings:",
        "attendance:",
        "next_meeting:",
        "number:",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        " ",
        "  ",
        ": ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "|\n",
        ">-\n",
        "'",
        "\"",
        "&a ",
        "*a",
        "!!str ",
        "!x ",
        "# ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\t",
        "\r",
        "\r\n",
        "? ",
        "<<",
        ">>",
        "<<s31 | a>>",
        "<<: *a",
        "~",
        "é",
        "\u{2028}",
        "\u{85}",
        "\u{FEFF}",
        "\0",
        "\u{1b}",
        "😀",
        "2026-02-31",
        "4294967295",
        "\\",
        "\\x",
        "@",
        "`",
        "=",
        "null",
        "{ meeting: 2026-11 }",
        "s31",
        "exemption: s31",
        "|+2\n",
        "|9\n",
        "\"\\u",
        "\"\\UFFFFFFFF\"",
        "&",
        "*",
        "!",
        "!<",
        "a",
    ]);
    (any::<bool>(), vec(word, 0..40)).prop_map(|(head, words)| {
        let head = if head { MEETING } else { "" };
        format!("{head}{}", words.concat())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anchors_are_unique_whatever_the_numbers(items in vec(item(), 1..4), questions in 0..3usize, style in 0..4usize) {
        let questions = ["through", "restart", "none"][questions];
        let style = ["['1', '1.1']", "['1', '1.1', a, i]", "[a]", "[none]"][style];
        let items: Vec<String> = items.iter().map(|item| format!("{{ {item} }}")).collect();
        let fields = format!("numbering: {style}\nquestion_numbers: {questions}\nitems: [{}]\n", items.join(", "));
        let seen = Book::with(&fields).seen_at_leisure();
        let Some(document) = seen.loaded.book.meetings.first() else {
            // A text made at random may be withheld text with a fault; every other one loads.
            prop_assert!(seen.loaded.faults.iter().all(|fault| fault.code.starts_with("withheld-")), "{}", seen.printed);
            return Ok(());
        };
        for outline in [Outline::of(&document.meeting, None), Outline::of(&document.meeting.redact(), None)] {
            let anchors: std::collections::BTreeSet<&str> = outline.targets.iter().map(|target| target.anchor.as_str()).collect();
            prop_assert_eq!(anchors.len(), outline.targets.len());
            for anchor in anchors {
                prop_assert!(!anchor.is_empty() && !anchor.contains(char::is_whitespace), "{:?}", anchor);
                prop_assert!(anchor.chars().count() <= 120, "{:?}", anchor);
                prop_assert!(outline.find(anchor).is_some(), "{:?}", anchor);
            }
        }
    }

    #[test]
    fn any_bytes_load_without_panic(bytes in vec(any::<u8>(), 0..200)) {
        Book::of(bytes).seen_at_leisure();
    }

    #[test]
    fn any_characters_load_without_panic(text in "(\\PC|[\n\r\t:{}\\[\\],&*#?|<>=!%@'\"`~ -]){0,80}") {
        Book::of(text).seen_at_leisure();
    }

    #[test]
    fn any_settings_load_without_panic(text in yamlish()) {
        let book = Book::of(MEETING);
        book.file("minutebook.yaml", format!("{SETTINGS}{text}"));
        book.seen_at_leisure();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_like_yaml_is_parsed_without_panic(text in yamlish()) {
        let mut sources = minutebook::source::Sources::default();
        let source = sources.add("a.yaml", text.clone());
        match yaml::parse(source, &text) {
            Ok(_) => {}
            Err(fault) => {
                report::people(&fault, &sources, Path::new(""), Colour::Yes);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_like_yaml_loads_without_panic(text in yamlish()) {
        Book::of(text).seen_at_leisure();
    }
}

#[test]
fn words_of_the_samples_are_really_there() {
    assert_eq!(
        dump(&text("Qabcdef <<s31 | Zabcdef>>")),
        "Qabcdef {!s31:Zabcdef}\n"
    );
}
