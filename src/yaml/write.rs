//! Text on its way into a YAML file: as a value that reads back as the same text, and as a comment. In: any text. Out: a
//! piece of one line for a value, whole lines for a comment; never anything that would change what stands around it.

/// The width to which comments are wrapped.
const WIDTH: usize = 100;

/// A text as a value on one line: plain where every reader of YAML takes it for just this text, else in double quotes.
pub fn scalar(text: &str) -> String {
    match is_plain(text) {
        true => text.to_owned(),
        false => quoted(text),
    }
}

/// A text as the lines of a comment, each indented and begun with `# `, broken where the width asks for it. What continues
/// a line stands two further in. A text without words is no comment.
pub fn comment(text: &str, indent: usize) -> String {
    let mark = format!("{}# ", " ".repeat(indent));
    let lines = text.lines().flat_map(|line| wrapped(line, &mark));
    lines.collect::<Vec<_>>().join("\n")
}

/// A text as a value over several lines, each indented; spaces and line ends may be others than they were.
pub fn block(text: &str, indent: usize) -> String {
    let mark = " ".repeat(indent);
    let lines: Vec<String> = text.lines().flat_map(|line| wrapped(line, &mark)).collect();
    match lines.is_empty() {
        true => "\"\"".to_owned(),
        false => format!("|\n{}", lines.join("\n")),
    }
}

/// One line, broken where the width asks for it. No line that continues it begins with what Markdown takes for a mark.
fn wrapped(text: &str, mark: &str) -> Vec<String> {
    let room = WIDTH.saturating_sub(mark.len());
    let (mut lines, mut line, mut length) = (Vec::new(), String::new(), 0);
    for word in text.split_whitespace().map(printable) {
        let more = word.chars().count();
        if length > 0 && length + 1 + more > room && !is_mark(&word) {
            lines.push(format!("{mark}{line}"));
            line = "  ".to_owned();
            length = 2;
        } else if length > 0 {
            line.push(' ');
            length += 1;
        }
        line.push_str(&word);
        length += more;
    }
    if length > 0 {
        lines.push(format!("{mark}{line}"));
    }
    lines
}

/// Whether Markdown takes a word at the beginning of a line for the mark of a list, a heading, a quotation or code.
fn is_mark(word: &str) -> bool {
    let is_number = word
        .trim_end_matches(['.', ')'])
        .bytes()
        .all(|byte| byte.is_ascii_digit());
    word.starts_with(['-', '*', '+', '>', '#', '|', '=', '`', '~', ':']) || is_number
}

/// A text in which every character can stand in a comment.
pub fn printable(word: &str) -> String {
    let shown = |c: char| if is_unseen(c) { '\u{fffd}' } else { c };
    word.chars().map(shown).collect()
}

/// Characters that YAML does not allow as they are, or that would move or hide what stands beside them.
fn is_unseen(c: char) -> bool {
    let is_direction = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_noncharacter = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    c.is_control()
        || is_direction
        || is_noncharacter
        || matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}')
}

fn is_plain(text: &str) -> bool {
    let begins_well = text.starts_with(char::is_alphanumeric);
    let ends_well = text.ends_with(|c: char| !c.is_whitespace() && c != ':');
    let is_calm = |c: char| c.is_alphanumeric() || " -_/.,;()&%+'’‘“”–—£€…!?\":#".contains(c);
    begins_well
        && ends_well
        && text.chars().all(is_calm)
        && !text.contains(": ")
        && !text.contains(" #")
        && !is_taken_for_more(text)
}

/// Whether some reader of YAML takes the text for a number, a time, a date or a truth value.
fn is_taken_for_more(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf",
    ];
    let is_number = text.starts_with(|c: char| c.is_numeric())
        && text
            .chars()
            .all(|c| c.is_ascii_hexdigit() || "+-._:xoXO".contains(c));
    is_number || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// A text in double quotes, as it can stand inside `{ }` and `[ ]` too.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if is_unseen(c) => {
                let code = u32::from(c);
                quoted += &match code {
                    0..=0xff => format!("\\x{code:02x}"),
                    0x100..=0xffff => format!("\\u{code:04x}"),
                    _ => format!("\\U{code:08x}"),
                };
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::yaml::parse;

    const NASTY: [&str; 30] = [
        "",
        " ",
        "Outstanding matters",
        "3/26",
        "a: b",
        "a #b",
        "# a",
        "- a",
        "<<s31>> and \\<<",
        "<<",
        "  two before",
        "two after  ",
        "one\ntwo\n\nthree\n",
        "tab\there",
        "😀 👩\u{200d}👧",
        "No",
        "~",
        "null",
        "1.10",
        "10:30",
        "2026-08-25",
        "1e3",
        "0x1F",
        "\"quoted\" and 'single'",
        "back\\slash \\n",
        "[a](#b) {x} @ ` % & * ! | >",
        "ends with:",
        "\u{0}\u{1}\u{7f}\u{85}\u{a0}\u{2028}\u{feff}\u{202e}\u{fffe}\u{1ffff}",
        "cr\rlf\r\n",
        "---",
    ];

    fn read_back(text: &str) -> Option<String> {
        let mut sources = Sources::default();
        let source = sources.add("a.yaml", String::new());
        let node =
            parse(source, text).unwrap_or_else(|fault| panic!("{}: {text:?}", fault.message));
        let value = node.as_ref().and_then(|node| node.get("a")).cloned();
        value.and_then(|value| value.scalar().map(str::to_owned))
    }

    #[test]
    fn a_value_reads_back_as_the_same_text() {
        for text in NASTY {
            let line = format!("a: {} # b\nc: d\n", scalar(text));
            assert_eq!(read_back(&line).as_deref(), Some(text), "{line}");
            let inside = format!("a: {}\n", scalar(&format!("x {text} y")));
            assert_eq!(read_back(&inside), Some(format!("x {text} y")), "{inside}");
            let block = format!("a: {}\nc: d\n", block(&format!("- x {text}"), 2));
            let words = |text: &str| text.split_whitespace().count();
            let found = read_back(&block).expect("a text");
            assert_eq!(words(&found), words(&format!("- x {text}")), "{block}");
        }
    }

    #[test]
    fn what_needs_no_quotes_has_none() {
        for text in [
            "Outstanding matters",
            "3/26",
            "H1/26",
            "Victims’ Board (VB)",
            "assurance",
        ] {
            assert_eq!(scalar(text), text);
        }
        assert_eq!(scalar("10:30"), "\"10:30\"");
        assert_eq!(scalar("No"), "\"No\"");
    }

    #[test]
    fn a_comment_is_nothing_but_a_comment() {
        for text in NASTY {
            let file = format!("{}\na: b\n", comment(text, 4));
            assert_eq!(read_back(&file).as_deref(), Some("b"), "{file}");
        }
        let long = comment(&"word ".repeat(60), 8);
        assert!(
            long.lines().all(|line| line.chars().count() <= WIDTH),
            "{long}"
        );
        assert!(
            long.lines()
                .skip(1)
                .all(|line| line.starts_with("        #   word"))
        );
        assert_eq!(comment("one\n\ntwo", 2), "  # one\n  # two");
        assert_eq!(comment(" \n", 2), "");
    }
}
