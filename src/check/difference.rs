//! What changed between two texts, in a few short lines.

use crate::model::transcript::marks;
use similar::{ChangeTag, TextDiff};

/// How many lines are shown.
const LINES: usize = 12;
/// How many characters of a line are shown before and behind what changed in it.
const AROUND: usize = 40;
/// How many characters of what changed are shown.
const LONGEST: usize = 160;

/// The lines that went, with `-` before them, and those that came, with `+`; of long ones the part that differs. Where more
/// is withheld than before, what went may be withheld now, and is not shown.
pub(super) fn difference(before: &str, after: &str) -> Vec<String> {
    let difference = TextDiff::from_lines(before, after);
    let changes = difference.iter_all_changes();
    let changes: Vec<(ChangeTag, &str)> = changes
        .filter(|change| change.tag() != ChangeTag::Equal)
        .map(|change| (change.tag(), change.value().trim()))
        .collect();
    let hides = marks(after) > marks(before);
    let mut lines = Vec::new();
    let mut rest = changes.as_slice();
    while let Some((tag, line)) = rest.first() {
        let (gone, come) = (ChangeTag::Delete, ChangeTag::Insert);
        match rest.get(1) {
            Some((next, other)) if (*tag, *next) == (gone, come) => {
                let (old, new) = apart(line, other);
                lines.extend([format!("- {old}"), format!("+ {new}")]);
                rest = &rest[2..];
            }
            _ => {
                let mark = if *tag == gone { '-' } else { '+' };
                lines.push(format!("{mark} {}", shortened(line)));
                rest = &rest[1..];
            }
        }
    }
    if hides {
        lines.retain(|line| !line.starts_with('-'));
        lines.insert(0, "- words that may be withheld now".to_owned());
    }
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines
}

/// Two lines, each with little of what they have in common.
fn apart(old: &str, new: &str) -> (String, String) {
    let (old, new): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let same = |(a, b): &(&char, &char)| a == b;
    let start = old.iter().zip(&new).take_while(same).count();
    let room = old.len().min(new.len()) - start;
    let ends = old.iter().rev().zip(new.iter().rev());
    let end = ends.take_while(same).take(room).count();
    let cut = |line: &[char]| {
        let from = start.saturating_sub(AROUND);
        let to = (line.len() - end + AROUND).min(line.len());
        let middle: String = line[from..to].iter().collect();
        let before = if from > 0 { "… " } else { "" };
        let after = if to < line.len() { " …" } else { "" };
        format!("{before}{}{after}", shortened(&middle))
    };
    (cut(&old), cut(&new))
}

fn shortened(line: &str) -> String {
    let mut chars = line.chars();
    let start: String = chars.by_ref().take(LONGEST).collect();
    match chars.next() {
        Some(_) => format!("{start} …"),
        None => start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_shown() {
        let long = "word ".repeat(40);
        let before = format!("a\n- {long}one {long}\nb\nc\n");
        let after = format!("a\n- {long}two {long}\nb\nd\ne\n");
        let shown = difference(&before, &after);
        assert_eq!(shown.len(), 5, "{shown:?}");
        assert!(shown[0].starts_with("- … word") && shown[0].contains("one"));
        assert!(shown[1].starts_with("+ … word") && shown[1].contains("two"));
        assert!(shown[0].len() < 120);
        assert_eq!(shown[2..], ["- c", "+ d", "+ e"]);
    }

    #[test]
    fn what_is_withheld_now_is_not_shown() {
        let shown = difference("a secret b\n", "a <<s31>> b\n");
        assert_eq!(shown, ["- words that may be withheld now", "+ a <<s31>> b"]);
    }

    #[test]
    fn much_is_counted() {
        let after: String = (0..40).map(|n| format!("{n}\n")).collect();
        let shown = difference("", &after);
        assert_eq!(shown.last().map(String::as_str), Some("and 28 more"));
        assert_eq!(difference("a\n", "a\n"), [""; 0]);
    }
}
