//! What changed between two versions, told in words. In: what was kept of each. Out: for each place where they differ what
//! was deleted and what was inserted, with a little of what stands around it.

use super::prose::{Block, Role, blocks};
use crate::model::transcript::marks;
use crate::render::{Ready, plain};
use pulldown_cmark::HeadingLevel;
use serde::Serialize;
use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

/// How many changes are told.
const MOST: usize = 100;
/// How many characters are shown before and behind what changed.
const AROUND: usize = 80;
/// The headings of the parts of a document.
const CHAPTER: Role = Role::Heading(HeadingLevel::H2);
/// Texts that have less in common than this are told as one that went and one that came.
const ALIKE: f32 = 0.5;

/// What changed, and how much more did.
#[derive(Debug, Serialize)]
pub(super) struct Changes {
    changes: Vec<Change>,
    more: usize,
}

/// What changed in one place.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Change {
    /// The heading above it.
    under: Ready,
    parts: Vec<Part>,
}

#[derive(Debug, PartialEq, Eq, Serialize)]
struct Part {
    kind: Kind,
    words: Ready,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Same,
    Deleted,
    Inserted,
}

/// What changed from one version to a later one.
pub(super) fn changes(before: &str, after: &str) -> Changes {
    let (before, after) = (content(before), content(after));
    let words = |blocks: &[Block]| {
        let words = blocks.iter().map(|block| block.words.clone());
        words.collect::<Vec<String>>()
    };
    let (old, new) = (words(&before), words(&after));
    let mut changes = Vec::new();
    for change in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let (gone, come) = match change {
            DiffOp::Equal { .. } => continue,
            change => (&before[change.old_range()], &after[change.new_range()]),
        };
        let both = gone.len().min(come.len());
        let pairs = gone.iter().zip(come);
        changes.extend(pairs.map(|(old, new)| changed(old, new)));
        changes.extend(gone[both..].iter().map(|one| whole(one, Kind::Deleted)));
        changes.extend(come[both..].iter().map(|one| whole(one, Kind::Inserted)));
    }
    let more = changes.len().saturating_sub(MOST);
    changes.truncate(MOST);
    Changes { changes, more }
}

/// The blocks of a document, without what it says of its own versions: that changes with every release.
fn content(markdown: &str) -> Vec<Block> {
    let mut blocks = blocks(markdown);
    let is_versions = |block: &Block| block.role == CHAPTER && block.words == "Versions";
    // The table stands behind everything that a person wrote.
    if let Some(at) = blocks.iter().rposition(is_versions) {
        let rows = blocks[at + 1..].iter();
        let rows = rows.take_while(|block| block.role == Role::Row).count();
        blocks.drain(at..=at + rows);
    }
    let rest = blocks.split_off(opening(&blocks));
    let own = [
        (Role::Paragraph, "Published. Version "),
        (Role::Paragraph, "Amended "),
        (Role::Entry, "First published: "),
        (Role::Entry, "Last updated: "),
    ];
    blocks.retain(|block| {
        let is_it =
            |(role, start): &(Role, &str)| block.role == *role && block.words.starts_with(start);
        !own.iter().any(is_it)
    });
    blocks.extend(rest);
    blocks
}

/// How many blocks stand above what a person wrote: all up to the end of the list of facts.
fn opening(blocks: &[Block]) -> usize {
    let first = blocks.iter().position(|block| block.role == CHAPTER);
    let above = &blocks[..first.unwrap_or(blocks.len())];
    let is_fact = |block: &Block| block.role == Role::Entry;
    let last = above.iter().position(is_fact).map(|start| {
        let facts = above[start..].iter().take_while(|block| is_fact(block));
        start + facts.count()
    });
    last.unwrap_or(above.len())
}

fn whole(block: &Block, kind: Kind) -> Change {
    Change {
        under: plain(&block.under),
        parts: vec![part(kind, &block.words)],
    }
}

fn part(kind: Kind, words: &str) -> Part {
    Part {
        kind,
        words: plain(words.trim()),
    }
}

fn changed(old: &Block, new: &Block) -> Change {
    let difference = TextDiff::from_words(old.words.as_str(), new.words.as_str());
    let parts = match difference.ratio() < ALIKE {
        true => vec![
            part(Kind::Deleted, &old.words),
            part(Kind::Inserted, &new.words),
        ],
        false => parts(&runs(&difference)),
    };
    Change {
        under: plain(&new.under),
        parts,
    }
}

/// Words that went and came, with those that stayed between them.
fn runs(difference: &TextDiff<'_, '_, str>) -> Vec<(Kind, String)> {
    let mut runs: Vec<(Kind, String)> = Vec::new();
    for change in difference.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => Kind::Same,
            ChangeTag::Delete => Kind::Deleted,
            ChangeTag::Insert => Kind::Inserted,
        };
        match runs.last_mut().filter(|(last, _)| *last == kind) {
            Some((_, words)) => words.push_str(change.value()),
            None => runs.push((kind, change.value().to_owned())),
        }
    }
    runs.retain(|(_, words)| !words.trim().is_empty());
    runs
}

fn parts(runs: &[(Kind, String)]) -> Vec<Part> {
    let last = runs.len().saturating_sub(1);
    let parts = runs.iter().enumerate().map(|(at, (kind, words))| {
        let words = match kind {
            Kind::Same => shortened(words.trim(), at > 0, at < last),
            _ => words.clone(),
        };
        part(*kind, &words)
    });
    parts.collect()
}

/// Words that stayed: the beginning where something changed before them, the end where something changes behind them.
fn shortened(words: &str, keeps_start: bool, keeps_end: bool) -> String {
    let chars: Vec<char> = words.chars().collect();
    let kept = AROUND * (usize::from(keeps_start) + usize::from(keeps_end));
    if chars.len() <= kept {
        return words.to_owned();
    }
    let is_space = |at: &usize| chars[*at].is_whitespace();
    let start = match keeps_start {
        true => (0..AROUND).rev().find(is_space).unwrap_or(AROUND),
        false => 0,
    };
    let end = match keeps_end {
        true => {
            let first = chars.len() - AROUND;
            let space = (first..chars.len()).find(is_space);
            space.map_or(first, |at| at + 1)
        }
        false => chars.len(),
    };
    let text = |range: &[char]| range.iter().collect::<String>();
    format!("{} … {}", text(&chars[..start]), text(&chars[end..]))
        .trim()
        .to_owned()
}

/// Whether a later version marks words as withheld in the place of others. In: the lines of both. Where lines cannot be told
/// apart it says so once too often, rather than once too seldom.
pub(super) fn withholds_more(before: &str, after: &str) -> bool {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<String>>();
    let (before, after) = (lines(before), lines(after));
    let mut changes = capture_diff_slices(Algorithm::Myers, &before, &after);
    changes.retain(|change| !matches!(change, DiffOp::Equal { .. }));
    let has_more = |change: &DiffOp| {
        let (old, new) = (&before[change.old_range()], &after[change.new_range()]);
        let old = old
            .iter()
            .map(|line| marks(line))
            .chain(std::iter::repeat(0));
        new.iter().zip(old).any(|(new, old)| marks(new) > old)
    };
    let deletes = changes.iter().any(|change| !change.old_range().is_empty());
    deletes && changes.iter().any(has_more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> Vec<String> {
        let changes = changes(before, after);
        let told = changes.changes.iter().map(|change| {
            let parts = change.parts.iter().map(|part| match part.kind {
                Kind::Same => part.words.as_str().to_owned(),
                Kind::Deleted => format!("[-{}]", part.words.as_str()),
                Kind::Inserted => format!("[+{}]", part.words.as_str()),
            });
            let parts: Vec<String> = parts.collect();
            format!("{}: {}", change.under.as_str(), parts.join(" "))
        });
        told.collect()
    }

    #[test]
    fn a_word_is_told_with_what_stands_around_it() {
        let long = "and then some more words of no weight ".repeat(20);
        let before = format!(
            "# T\n\nPublished. Version 1.0\n\n## A\n\n{long}16.4% of callers hung up {long}\n\n- gone\n"
        );
        let after = format!(
            "# T\n\nPublished. Version 1.1\n\n## A\n\n{long}14.6% of callers hung up {long}\n\n## Versions\n\n| new |\n| - |\n| 1.1 |\n"
        );
        let told = told(&before, &after);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("A: … "), "{}", told[0]);
        assert!(
            told[0].contains("[-16.4%] [+14.6%] of callers"),
            "{}",
            told[0]
        );
        assert!(told[0].chars().count() < 220, "{}", told[0]);
        assert_eq!(told[1], "A: [-gone]");
    }

    #[test]
    fn only_what_a_document_says_of_its_own_versions_is_left_out() {
        let document = |version: &str, notice: &str, month: &str, rows: &str| {
            format!(
                "# T\n\n**Published**. Version {version}\n\n{notice}- **Date:** 25 August\n- **First published:** {version}\n\n\
                 Amended rotas began in {month}.\n\n## 1 Rotas\n\nAmended rotas began in {month}.\n\n\
                 - First published: {month}\n\n## Versions\n\nThat of {month} is used.\n\n\
                 ## Versions\n\n| Number |\n| --- |\n| 1.0 |\n{rows}\n[^1]: In {month}.\n"
            )
        };
        let before = document("1.0", "", "May", "");
        let after = document("1.1", "> **Amended** So.\n\n", "June", "| 1.1 |\n");
        let expected = [
            "T: Amended rotas began in [-May.] [+June.]",
            "1 Rotas: Amended rotas began in [-May.] [+June.]",
            "1 Rotas: First published: [-May] [+June]",
            "Versions: That of [-May] [+June] is used.",
            "Versions: In [-May.] [+June.]",
        ];
        assert_eq!(told(&before, &after), expected);
        assert_eq!(told(&before, &before), [""; 0]);
    }

    #[test]
    fn other_words_are_told_whole() {
        let told = told(
            "one two three\n\nfour\n",
            "five six seven\n\nfour\n\neight\n",
        );
        assert_eq!(told, [": [-one two three] [+five six seven]", ": [+eight]"]);
    }

    #[test]
    fn what_is_withheld_since_is_seen_and_what_is_new_is_not() {
        for (before, after, expected) in [
            ("a\nb\n", "a\n<<s31>>\n", true),
            ("a: x\nb: y <<s31>>\n", "a: <<s40>>\nb: y z\n", true),
            ("a\n", "a\nb <<s31>>\n", false),
            ("a <<s31>> b\n", "a <<s31>> c\n", false),
            ("- ref: 1\n  text: x\n", "- ref: 1\n  withheld: s31\n", true),
        ] {
            assert_eq!(withholds_more(before, after), expected, "{before} {after}");
        }
    }
}
