//! What one text can do: Markdown at its worst, forged marks, and words that Markdown would leave out.

use super::*;
use minutebook::model::Redact;
use minutebook::model::edition::Edition;
use minutebook::model::text::{Block, Inline, Text};
use minutebook::source::{Sources, Span};

pub(super) fn span() -> Span {
    let source = Sources::default().add("a.yaml", String::new());
    let (start, end) = (0, 0);
    Span { source, start, end }
}

pub(super) fn text(source: &str) -> Text {
    Text::read(span(), source).unwrap_or_else(|fault| panic!("{}", fault.message))
}

/// Everything that is in a text: its words, marks and addresses. Withheld words stand in braces.
pub(super) fn dump<E: Edition>(text: &Text<E>) -> String {
    let mut out = String::new();
    blocks(text.blocks(), &mut out);
    for footnote in text.footnotes().into_iter().flat_map(|all| &all.all) {
        out.push_str("[^]: ");
        blocks(&footnote.blocks, &mut out);
    }
    out
}

fn blocks<E: Edition>(all: &[Block<E>], out: &mut String) {
    for block in all {
        match block {
            Block::Paragraph(inner) | Block::Code(inner) => inlines(inner, out),
            Block::List { items, .. } => items.iter().for_each(|item| blocks(item, out)),
            Block::Quote(inner) => blocks(inner, out),
            Block::Table(_, rows) => {
                for cell in rows.iter().flatten() {
                    inlines(cell, out);
                    out.push('|');
                }
            }
            Block::Rule => out.push_str("---"),
        }
        out.push('\n');
    }
}

fn inlines<E: Edition>(all: &[Inline<E>], out: &mut String) {
    for inline in all {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                inlines(inner, out)
            }
            Inline::Link(address, inner) => {
                inlines(inner, out);
                out.push_str(&format!("({address})"));
            }
            Inline::Footnote(id) => out.push_str(&format!("[^{}]", id.number)),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Withheld {
                exemptions,
                first,
                words,
            } => {
                let codes: Vec<&str> = exemptions.iter().map(|one| one.code()).collect();
                out.push_str(&format!(
                    "{{{}{}",
                    if *first { "!" } else { "" },
                    codes.join(",")
                ));
                if let Some(inner) = E::open(words) {
                    out.push(':');
                    inlines(inner, out);
                }
                out.push('}');
            }
        }
    }
}

#[test]
fn markdown_at_its_worst_is_read_in_good_time() {
    let cells = |cell: &str, count: usize| format!("|{}\n", format!("{cell}|").repeat(count));
    let table = format!(
        "{}{}{}",
        cells("a", 10_000),
        cells("-", 10_000),
        "|b\n".repeat(100_000)
    );
    let footnotes = |named: fn(usize) -> String, said: fn(usize) -> String| {
        let named = (0..20_000).map(named).collect::<Vec<_>>().join(" ");
        let all = (0..20_000).map(|n| format!("[^{n}]: {}\n", said(n)));
        format!("{named}\n\n{}", all.collect::<String>())
    };
    for (what, source) in [
        ("quotes", format!("{}bottom", ">".repeat(10_000))),
        ("quotes with words", "> a\n".repeat(50_000)),
        ("lists", format!("{}bottom", "- ".repeat(10_000))),
        (
            "lists with words",
            (0..300)
                .map(|n| format!("{}- a\n", "  ".repeat(n)))
                .collect(),
        ),
        ("numbered lists", format!("{}bottom", "1. ".repeat(10_000))),
        ("stars", "*".repeat(100_000)),
        ("stars and words", "*a ".repeat(50_000)),
        (
            "stars on both sides",
            format!("{}a{}", "*".repeat(50_000), "*".repeat(50_000)),
        ),
        ("stars in pairs", "**a *b ".repeat(30_000)),
        ("underlines", "_a_".repeat(50_000)),
        ("tildes", "~a ~~b ".repeat(30_000)),
        ("brackets", "[".repeat(100_000)),
        (
            "brackets that close",
            format!("{}{}", "[".repeat(50_000), "]".repeat(50_000)),
        ),
        ("brackets and links", "[a](".repeat(50_000)),
        ("images", "![".repeat(50_000)),
        (
            "images in images",
            format!("{}{}", "![".repeat(10_000), "](x)".repeat(10_000)),
        ),
        ("backticks", (1..600).map(|n| "`".repeat(n) + " ").collect()),
        ("angles", "<a ".repeat(50_000)),
        ("comments", "<!-- ".repeat(50_000)),
        ("instructions", "<? ".repeat(50_000)),
        ("declarations", "<!A ".repeat(50_000)),
        ("entities", "&amp; &#x41; &#".repeat(30_000)),
        ("escapes", "\\*".repeat(50_000)),
        (
            "definitions",
            (0..20_000).map(|n| format!("[a{n}]: x\n")).collect(),
        ),
        (
            "definitions that are used",
            format!("[a]: http://x\n\n{}", "[a] ".repeat(50_000)),
        ),
        ("definitions that never end", "[a]: ".repeat(50_000)),
        (
            "footnotes",
            footnotes(|n| format!("a[^{n}]"), |_| "b".to_owned()),
        ),
        (
            "footnotes that nothing refers to",
            footnotes(|_| String::new(), |_| "b".to_owned()),
        ),
        (
            "footnotes in a row",
            footnotes(
                |n| ["a[^0]", ""][n.min(1)].to_owned(),
                |n| format!("b[^{}]", n + 1),
            ),
        ),
        (
            "footnotes in a circle",
            footnotes(|_| String::new(), |n| format!("b[^{}]", (n + 1) % 20_000)),
        ),
        (
            "one footnote",
            format!("{}\n\n[^a]: b", "a[^a] ".repeat(50_000)),
        ),
        (
            "a label for many footnotes",
            format!("a[^a]\n\n{}", "[^a]: b\n".repeat(20_000)),
        ),
        ("labels that never end", "[^a".repeat(50_000)),
        ("references that lead nowhere", "[^a] ".repeat(50_000)),
        ("footnotes in footnotes", "> [^a]: ".repeat(10_000)),
        ("a table of many columns", table),
        ("rules", "***\n".repeat(50_000)),
        ("headings", "# a\n".repeat(50_000)),
        ("blank lines", "\n".repeat(1_000_000)),
        ("one long word", "x".repeat(3_000_000)),
        ("one long line", "word ".repeat(500_000)),
    ] {
        let (dumped, public) = timed(|| {
            let text = text(&source);
            (dump(&text), dump(&text.redact()))
        });
        assert_eq!(dumped, public, "{what}");
        if source.contains("bottom") {
            assert!(dumped.contains("bottom"), "{what}");
        }
    }
}

#[test]
fn many_passages_are_cut_in_good_time() {
    let source = "word <<s31 | hidden>> ".repeat(10_000) + &"\\<<".repeat(100_000);
    timed(|| {
        let text = text(&source);
        let public = dump(&text.redact());
        assert_eq!(dump(&text).matches("hidden").count(), 10_000);
        assert_eq!(
            (
                public.matches("{!s31}").count(),
                public.matches("hidden").count()
            ),
            (10_000, 0)
        );
    });
    let many: String = (0..10_000)
        .map(|n| format!("[^{n}]: hidden <<s40 | hidden>>\n"))
        .collect();
    let named: String = (0..10_000).map(|n| format!("<<s31 | [^{n}]>> ")).collect();
    timed(|| {
        let text = text(&format!("{named}\n\n{many}"));
        assert_eq!(dump(&text).matches("hidden").count(), 20_000);
        let public = dump(&text.redact());
        assert_eq!(public.matches("{!s31}").count(), 10_000);
        assert!(!public.contains("hidden") && !public.contains("s40"));
    });
    for (source, code) in [
        ("<<s31 | ".repeat(100_000), "withheld-unclosed"),
        (
            format!("{}>>", "<<s31 | ".repeat(100_000)),
            "withheld-nested",
        ),
        (format!("<<{}>>", "s31,".repeat(100_000)), "withheld-code"),
        ("<<".to_owned(), "withheld-unclosed"),
        ("a <".to_owned() + "<", "withheld-unclosed"),
        ("<<>>".to_owned(), "withheld-code"),
        ("<<|>>".to_owned(), "withheld-code"),
        ("<<s31,|x>>".to_owned(), "withheld-code"),
        ("<<s31|x>".to_owned(), "withheld-unclosed"),
        ("<<<<s31|x>>>>".to_owned(), "withheld-nested"),
        ("a <<s31 | b>> \\<< c <<".to_owned(), "withheld-unclosed"),
    ] {
        let fault = timed(|| Text::read(span(), &source).err()).unwrap();
        assert_eq!(
            fault.code,
            code,
            "{}",
            source.chars().take(40).collect::<String>()
        );
    }
    assert_eq!(dump(&text("a <<s31>>")), "a {!s31:}\n");
    assert_eq!(dump(&text("a >> b \\<<")), "a >> b <<\n");
    assert_eq!(dump(&text("<<s31 | a>>>>").redact()), "{!s31}>>\n");
}

#[test]
fn marks_cannot_be_forged_or_closed() {
    for (open, begin, close) in [
        ("\u{FDD0}", "\u{FDD1}", "\u{FDD2}"),
        ("&#xFDD0;", "&#xFDD1;", "&#xFDD2;"),
        ("&#xfdd0;", "&#Xfdd1;", "&#x00FDD2;"),
        ("&#64976;", "&#64977;", "&#064978;"),
    ] {
        let forged = format!("a <<s31 | b>> {open}0{begin}public{close} more {open}");
        assert_eq!(
            dump(&text(&forged).redact()),
            "a {!s31} \u{FFFD}0\u{FFFD}public\u{FFFD} more \u{FFFD}\n"
        );
        let closed = format!("a <<s31 | b{close}c {open}7{begin} d>> e");
        assert_eq!(
            dump(&text(&closed)),
            "a {!s31:b\u{FFFD}c \u{FFFD}7\u{FFFD} d} e\n"
        );
        assert_eq!(dump(&text(&closed).redact()), "a {!s31} e\n");
        for address in ["javascript:", "http://x.example/"] {
            let link = format!("[w]({address}{open}0{begin}seen{close})");
            assert!(dump(&text(&link).redact()).contains("seen"), "{link}");
        }
    }
    assert_eq!(
        dump(&text("&#xFDD4; &#xFDD3; \u{FDD5}\u{FFFE}&#x1FFFF;")),
        "\u{FFFD} \u{FFFD} \u{FFFD}\u{FFFD}\u{FFFD}\n"
    );
    assert_eq!(
        dump(&text("&# &#x &#x; &#x41 &#x41; &#99999999999;")),
        "&# &#x &#x; &#x41 A &#99999999999;\n"
    );
}

#[test]
fn what_markdown_leaves_out_is_shown() {
    for (source, shown) in [
        ("[PCC]: agreed", "[PCC]: agreed\n"),
        (
            "[PCC]: agreed\n[CC]: noted\n[PCC]: closed",
            "[PCC]: agreed [CC]: noted [PCC]: closed\n",
        ),
        (
            "See [plan].\n\n[plan]: http://x.example",
            "See plan(http://x.example).\n\n",
        ),
        (
            "[plan]\n\n[Plan]: http://x.example/1\n[plan]: http://x.example/2",
            "plan(http://x.example/1)\nplan(http://x.example/1): http://x.example/2\n",
        ),
        ("`[a]: b`", "[a]: b\n"),
        (
            "[x](http://x.example \"The title\")",
            "x(http://x.example) (The title)\n",
        ),
        ("```Chief said\nmore\n```", "Chief said\nmore\n\n"),
        ("|a|\n|-|\n|b|c|d|\n", "a|b c|d|\n"),
        ("|a|b|\n|-|-|\n|c|\n", "a|b|c||\n"),
        (
            "<jo@x.example> <http://x.example> <ftp://x.example>",
            "jo@x.example(mailto:jo@x.example) http://x.example(http://x.example) ftp://x.example\n",
        ),
        ("[x](http://x.example/\\<<)", "x(http://x.example/<<)\n"),
        ("[x](https)", "x (https)\n"),
        ("[x](http://x&#1;y)", "x (http://x\u{FFFD}y)\n"),
        ("[x](<java\tscript:y>)", "x (java\tscript:y)\n"),
    ] {
        assert_eq!(dump(&text(source)).trim_end(), shown.trim_end(), "{source}");
    }
}

#[test]
fn every_passage_leaves_a_mark_in_both_editions() {
    for source in [
        "[x](http://x.example \"<<s31 | secret>>\")",
        "```<<s31 | secret>>\nmore\n```",
        "[a]: <<s31 | secret>>",
        "[a]: http://x.example \"<<s31 | secret>>\"\n\n[a]",
        "|a|\n|-|\n|b|<<s31 | secret>>|\n",
        "|a|b|\n|-|-|\n|b <<s31 | secret | more>>|end|\n",
        "[x](<<s31 | secret>>)",
        "![<<s31 | secret>>](x)",
        "`<<s31 | secret>>`",
        "<b title=\"<<s31 | secret>>\">",
        "<div>\n<<s31 | secret>>\n</div>",
        "<http://x.example/<<s31 | secret>>>",
        "# <<s31 | secret>>",
        "<<s31 | secret>>\n===",
        "<<s31 | a\n\n```>>end\nsecret",
        "<<s31 | a\n\n[x]:>>secret",
        "<<s31 | a\n\n<!-- >>secret",
        "    <<s31 | secret>>",
        "a <<s31 | \\>> secret",
    ] {
        let text = text(source);
        let (internal, public) = (dump(&text), dump(&text.redact()));
        assert!(
            internal.contains("{!s31") && internal.contains("secret"),
            "{source}: {internal}"
        );
        assert!(public.contains("{!s31}"), "{source}: {public}");
    }
}

#[test]
fn what_is_withheld_cannot_reach_the_words_around_it() {
    let source = "|a|b|\n|-|-|\n|c <<s31 | d | e>> f|g|\n\nh";
    assert_eq!(dump(&text(source)), "a|b|c {!s31:d | e} f|g|\nh\n");
    assert_eq!(dump(&text(source).redact()), "a|b|c {!s31} f|g|\nh\n");
}

#[test]
fn depth_joins_and_never_glues() {
    let source: String = (0..40)
        .map(|n| format!("{}- word{n}\n", "  ".repeat(n)))
        .collect();
    let source = format!("{source}{}- last [x](http://x.example)\n", "  ".repeat(39));
    let words = text(&source).words();
    let found: Vec<&str> = words.split_whitespace().collect();
    let expected: Vec<String> = (0..40)
        .map(|n| format!("word{n}"))
        .chain(["last".into(), "x".into()])
        .collect();
    assert_eq!(found, expected);
    assert!(dump(&text(&source)).contains("http://x.example"));
}

#[test]
fn a_text_with_a_fault_is_told_at_its_place() {
    let seen = Book::with(
        "title: a <<s31 | b\npurpose: <<Smith told us>>\nclosing: c <<s31 | <<s40 | d>>>>\n",
    )
    .seen();
    assert_eq!(
        seen.faults(),
        [
            "a.yaml:3:10 withheld-unclosed",
            "a.yaml:4:10 withheld-code",
            "a.yaml:5:20 withheld-nested"
        ]
    );
    assert!(!seen.diagnostics[1].message.contains("Smith"));
}
