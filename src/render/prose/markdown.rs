//! Texts as Markdown that can be read as plain text.

use super::Writer;
use crate::model::Edition;
use crate::model::language;
use crate::model::text::{Block, Inline, Side};
use crate::render::abbreviations::Piece;
use crate::render::footnotes;
use crate::render::format::{line_start, markdown as escaped};

/// Blocks, separated by blank lines, without a line end at the end.
pub(super) fn blocks<E: Edition>(writer: &Writer<'_>, blocks: &[Block<E>]) -> String {
    let blocks: Vec<String> = blocks
        .iter()
        .map(|block| self::block(writer, block))
        .collect();
    blocks.join("\n\n")
}

fn block<E: Edition>(writer: &Writer<'_>, block: &Block<E>) -> String {
    match block {
        Block::Paragraph(inlines) => paragraph(writer, inlines),
        Block::Code(inlines) => code(writer, inlines),
        Block::Quote(blocks) => prefixed("> ", "> ", &self::blocks(writer, blocks)),
        Block::Rule => "---".to_owned(),
        Block::List {
            start,
            loose,
            items,
        } => list(writer, *start, *loose, items),
        Block::Table(sides, rows) => table(writer, sides, rows),
    }
}

fn paragraph<E: Edition>(writer: &Writer<'_>, inlines: &[Inline<E>]) -> String {
    let mut out = String::new();
    self::inlines(writer, inlines, true, &mut out);
    let lines: Vec<String> = out.trim_end().split('\n').map(line_start).collect();
    lines.join("\n")
}

fn code<E: Edition>(writer: &Writer<'_>, inlines: &[Inline<E>]) -> String {
    let mut out = String::new();
    raw(writer, inlines, &mut out);
    prefixed("    ", "    ", out.trim_end_matches('\n'))
}

/// The words of a code block, with marks in plain words: nothing in it is markup.
fn raw<E: Edition>(writer: &Writer<'_>, inlines: &[Inline<E>], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(words) | Inline::Code(words) => out.push_str(words),
            Inline::Footnote(id) => out.push_str(&writer.footnotes.reference(*id)),
            Inline::SoftBreak | Inline::HardBreak => out.push('\n'),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link(_, inner) => {
                raw(writer, inner, out);
            }
            Inline::Withheld {
                exemptions,
                first,
                words,
            } => {
                if *first {
                    out.push_str(&format!("[{}] ", writer.mark_label(exemptions)));
                }
                if let Some(words) = E::open(words) {
                    raw(writer, words, out);
                }
            }
        }
    }
}

fn list<E: Edition>(
    writer: &Writer<'_>,
    start: Option<u64>,
    loose: bool,
    items: &[Vec<Block<E>>],
) -> String {
    let items: Vec<String> = items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let marker = match start {
                Some(first) => format!("{}. ", first.saturating_add(at as u64)),
                None => "- ".to_owned(),
            };
            let rest = " ".repeat(marker.len());
            let parts: Vec<String> = item
                .iter()
                .map(|block| self::block(writer, block))
                .collect();
            prefixed(
                &marker,
                &rest,
                &parts.join(if loose { "\n\n" } else { "\n" }),
            )
        })
        .collect();
    items.join(if loose { "\n\n" } else { "\n" })
}

fn table<E: Edition>(writer: &Writer<'_>, sides: &[Side], rows: &[Vec<Vec<Inline<E>>>]) -> String {
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| {
                let mut out = String::new();
                inlines(writer, cell, true, &mut out);
                out.replace("\\\n", " ").replace('\n', " ")
            })
            .collect();
        lines.push(format!("| {} |", cells.join(" | ")));
        if at == 0 {
            let rules = (0..row.len()).map(|column| match sides.get(column) {
                None | Some(Side::Start) => " --- |",
                Some(Side::Middle) => " :-: |",
                Some(Side::End) => " ---: |",
            });
            lines.push(format!("|{}", rules.collect::<String>()));
        }
    }
    lines.join("\n")
}

/// Every line with something before it: the first with its own.
fn prefixed(first: &str, rest: &str, text: &str) -> String {
    let mut out = String::new();
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let prefix = if at == 0 { first } else { rest };
        out.push_str(if line.is_empty() {
            prefix.trim_end()
        } else {
            prefix
        });
        out.push_str(line);
    }
    out
}

pub(super) fn line<E: Edition>(writer: &Writer<'_>, blocks: &[Block<E>], expand: bool) -> String {
    let mut out = String::new();
    super::flattened(blocks, &mut |inlines, joint| {
        out.push_str(joint);
        self::inlines(writer, inlines, expand, &mut out);
    });
    out.replace("\\\n", " ").replace('\n', " ")
}

fn inlines<E: Edition>(writer: &Writer<'_>, inlines: &[Inline<E>], expand: bool, out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(words) => {
                // A mark before an opening bracket would be taken for a link.
                if out.ends_with([']', footnotes::CLOSE]) && words.starts_with(['(', '[', ':']) {
                    out.push('\\');
                }
                match expand {
                    true => expanded(writer, words, out),
                    false => out.push_str(&escaped(words)),
                }
            }
            Inline::Code(words) => code_span(words, out),
            Inline::Emphasis(inner) => stressed("*", writer, inner, expand, out),
            Inline::Strong(inner) => stressed("**", writer, inner, expand, out),
            Inline::Strike(inner) => stressed("~~", writer, inner, expand, out),
            Inline::Link(address, inner) => link(writer, address, inner, expand, out),
            Inline::Footnote(id) => out.push_str(&writer.footnotes.reference(*id)),
            Inline::SoftBreak => out.push('\n'),
            Inline::HardBreak => out.push_str("\\\n"),
            Inline::Withheld {
                exemptions,
                first,
                words,
            } => {
                let words = E::open(words).filter(|words| !words.is_empty());
                match words {
                    None if *first => out.push_str(&mark(&writer.mark_label(exemptions))),
                    None => {}
                    Some(words) => {
                        let label = if *first {
                            writer.mark_label(exemptions)
                        } else {
                            "Withheld".to_owned()
                        };
                        out.push_str(&format!("[{}: ", escaped(&label)));
                        self::inlines(writer, words, false, out);
                        out.push(']');
                    }
                }
            }
        }
    }
}

fn stressed<E: Edition>(
    sign: &str,
    writer: &Writer<'_>,
    inner: &[Inline<E>],
    expand: bool,
    out: &mut String,
) {
    let mut inside = String::new();
    inlines(writer, inner, expand, &mut inside);
    // Signs take effect only directly beside a word.
    let words = inside.trim();
    if words.is_empty() {
        out.push_str(&inside);
        return;
    }
    let start = inside.len() - inside.trim_start().len();
    out.push_str(&inside[..start]);
    out.push_str(&format!("{sign}{words}{sign}"));
    out.push_str(&inside[start + words.len()..]);
}

fn code_span(words: &str, out: &mut String) {
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if words.starts_with('`') || words.ends_with('`') {
        " "
    } else {
        ""
    };
    out.push_str(&format!("{fence}{space}{words}{space}{fence}"));
}

/// Markdown has no anchors and no languages of its own, so a link within the document and words in another language are
/// their words.
fn link<E: Edition>(
    writer: &Writer<'_>,
    address: &str,
    inner: &[Inline<E>],
    expand: bool,
    out: &mut String,
) {
    if language::named(address).is_some() {
        return inlines(writer, inner, false, out);
    }
    if address.starts_with('#') {
        return inlines(writer, inner, expand, out);
    }
    out.push('[');
    inlines(writer, inner, expand, out);
    out.push_str(&format!(
        "](<{}>)",
        address
            .replace('\\', "\\\\")
            .replace('<', "%3C")
            .replace('>', "%3E")
            .replace('\n', "%0A")
    ));
}

fn expanded(writer: &Writer<'_>, words: &str, out: &mut String) {
    for piece in writer.abbreviations.pieces(words) {
        match piece {
            Piece::Words(words) => out.push_str(&escaped(words)),
            Piece::First {
                short,
                ending,
                explained: true,
                ..
            } => out.push_str(&format!("{}{ending}", escaped(short))),
            Piece::First {
                short,
                ending,
                long,
                explained: false,
            } => {
                out.push_str(&format!("{}{ending} ({})", escaped(short), escaped(long)));
            }
        }
    }
}

pub(super) fn mark(label: &str) -> String {
    format!("[{}]", escaped(label))
}
