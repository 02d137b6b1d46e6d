//! Texts as HTML.

use super::Writer;
use crate::model::Edition;
use crate::model::language;
use crate::model::text::{Block, Inline, Side, inlines_words};
use crate::render::abbreviations::Piece;
use crate::render::format::html as escaped;

pub(super) fn blocks<E: Edition>(writer: &Writer<'_>, blocks: &[Block<E>]) -> String {
    let mut out = String::new();
    for block in blocks {
        self::block(writer, block, &mut out);
    }
    out
}

fn block<E: Edition>(writer: &Writer<'_>, block: &Block<E>, out: &mut String) {
    match block {
        Block::Paragraph(inlines) => {
            out.push_str(&format!("<p{}>", direction(runs_leftwards(inlines))));
            words(writer, inlines, true, out);
            out.push_str("</p>");
        }
        Block::Code(inlines) => wrapped(out, "pre", |out| words(writer, inlines, false, out)),
        Block::Quote(blocks) => wrapped(out, "blockquote", |out| {
            out.push_str(&self::blocks(writer, blocks))
        }),
        Block::Rule => out.push_str("<hr>"),
        Block::List {
            start,
            loose,
            items,
        } => list(writer, *start, *loose, items, out),
        Block::Table(sides, rows) => table(writer, sides, rows, out),
    }
    out.push('\n');
}

fn wrapped(out: &mut String, tag: &str, fill: impl FnOnce(&mut String)) {
    out.push_str(&format!("<{tag}>"));
    fill(out);
    out.push_str(&format!("</{tag}>"));
}

fn list<E: Edition>(
    writer: &Writer<'_>,
    start: Option<u64>,
    loose: bool,
    items: &[Vec<Block<E>>],
    out: &mut String,
) {
    let tag = if start.is_some() { "ol" } else { "ul" };
    let sides: Vec<bool> = items
        .iter()
        .map(|item| blocks_run_leftwards(item))
        .collect();
    let all = sides.iter().all(|leftwards| *leftwards);
    match start {
        Some(first) if first != 1 => out.push_str(&format!("<ol start=\"{first}\"")),
        _ => out.push_str(&format!("<{tag}")),
    }
    out.push_str(&format!("{}>", direction(all)));
    for (item, leftwards) in items.iter().zip(sides) {
        out.push_str(&format!("\n<li{}>", direction(leftwards && !all)));
        for (at, block) in item.iter().enumerate() {
            match block {
                // A tight list has no paragraphs.
                Block::Paragraph(inlines) if !loose && (at == 0 || item.len() == 1) => {
                    words(writer, inlines, true, out);
                }
                block => self::block(writer, block, out),
            }
        }
        out.push_str("</li>");
    }
    out.push_str(&format!("\n</{tag}>"));
}

fn table<E: Edition>(
    writer: &Writer<'_>,
    sides: &[Side],
    rows: &[Vec<Vec<Inline<E>>>],
    out: &mut String,
) {
    let side = |column| match sides.get(column) {
        None | Some(Side::Start) => "",
        Some(Side::Middle) => " class=\"middle\"",
        Some(Side::End) => " class=\"end\"",
    };
    let Some((head, body)) = rows.split_first() else {
        return;
    };
    let scrolls = !fits_narrow_screens(rows);
    if scrolls {
        // Who has no mouse moves it with the keys, which must be able to reach it.
        let words: Vec<String> = head.iter().map(|cell| words_of(cell)).collect();
        let label = escaped(&format!("Table: {}", words.join(", ")));
        out.push_str(&format!(
            "<div class=\"scroll\" role=\"group\" aria-label=\"{label}\" tabindex=\"0\">"
        ));
    }
    out.push_str("<table>\n<thead><tr>");
    for (column, cell) in head.iter().enumerate() {
        let attributes = format!("{}{}", side(column), direction(runs_leftwards(cell)));
        // A heading without words is a cell like any other.
        match cell.is_empty() {
            true => out.push_str("<td></td>"),
            false => {
                out.push_str(&format!("<th scope=\"col\"{attributes}>"));
                cell_words(writer, cell, out);
                out.push_str("</th>");
            }
        }
    }
    out.push_str("</tr></thead>\n<tbody>");
    for row in body {
        out.push_str("\n<tr>");
        for (column, cell) in row.iter().enumerate() {
            let direction = direction(runs_leftwards(cell));
            out.push_str(&format!("<td{}{direction}>", side(column)));
            cell_words(writer, cell, out);
            out.push_str("</td>");
        }
        out.push_str("</tr>");
    }
    out.push_str("\n</tbody></table>");
    if scrolls {
        out.push_str("</div>");
    }
}

fn cell_words<E: Edition>(writer: &Writer<'_>, cell: &[Inline<E>], out: &mut String) {
    let mut made = String::new();
    words(writer, cell, true, &mut made);
    out.push_str(&breakable(&made));
}

/// A word with more characters than this, mostly an address or the name of a file, may be broken anywhere in a table.
const UNBROKEN: usize = 20;

/// Whether each word of a table has room in its column where a screen is narrowest: about 280 points for columns, their
/// words and the white beside them.
fn fits_narrow_screens<E: Edition>(rows: &[Vec<Vec<Inline<E>>>]) -> bool {
    let longest = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        let longest = cells.map(|cell| {
            let words = words_of(cell);
            let lengths = words.split_whitespace().map(|word| word.chars().count());
            lengths
                .filter(|length| *length <= UNBROKEN)
                .max()
                .unwrap_or(3)
        });
        longest.max().unwrap_or_default()
    };
    let columns = rows.first().map_or(0, Vec::len);
    (0..columns)
        .map(|column| longest(column) * 9 + 16)
        .sum::<usize>()
        <= 290
}

/// Text between tags in which words that are too long for a column are marked, so that they alone are broken.
fn breakable(made: &str) -> String {
    let mut out = String::with_capacity(made.len());
    let mut rest = made;
    while !rest.is_empty() {
        let end = match rest.starts_with('<') {
            true => rest.find('>').map_or(rest.len(), |at| at + 1),
            false => rest.find('<').unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        if piece.starts_with('<') {
            out.push_str(piece);
            continue;
        }
        for part in piece.split_inclusive(char::is_whitespace) {
            let word = part.trim_end();
            match word.chars().count() > UNBROKEN {
                true => {
                    let white = &part[word.len()..];
                    out.push_str(&format!("<span class=\"unbroken\">{word}</span>{white}"));
                }
                false => out.push_str(part),
            }
        }
    }
    out
}

pub(super) fn line<E: Edition>(writer: &Writer<'_>, blocks: &[Block<E>], expand: bool) -> String {
    let mut out = String::new();
    super::flattened(blocks, &mut |inlines, joint| {
        out.push_str(joint);
        words(writer, inlines, expand, &mut out);
    });
    match blocks_run_leftwards(blocks) {
        true => format!("<span dir=\"rtl\">{out}</span>"),
        false => out,
    }
}

/// Words without markup: their language, where it is another than that of the labels around them, and their direction.
pub(super) fn spoken(language: Option<&str>, words: &str) -> String {
    let language = language.filter(|_| !words.is_empty());
    let language = language.map(|language| format!(" lang=\"{}\"", escaped(language)));
    let direction = direction(language::words_run_leftwards(words));
    let attributes = language.unwrap_or_default() + direction;
    match attributes.is_empty() {
        true => escaped(words),
        false => format!("<span{attributes}>{}</span>", escaped(words)),
    }
}

/// The attribute of an element whose lines begin at the right.
fn direction(leftwards: bool) -> &'static str {
    match leftwards {
        true => " dir=\"rtl\"",
        false => "",
    }
}

fn runs_leftwards<E: Edition>(inlines: &[Inline<E>]) -> bool {
    language::words_run_leftwards(&words_of(inlines))
}

fn words_of<E: Edition>(inlines: &[Inline<E>]) -> String {
    let mut words = String::new();
    inlines_words(inlines, &mut words);
    words
}

fn blocks_run_leftwards<E: Edition>(blocks: &[Block<E>]) -> bool {
    let mut words = String::new();
    super::flattened(blocks, &mut |inlines, _| inlines_words(inlines, &mut words));
    language::words_run_leftwards(&words)
}

/// Words of a person, in the language of the texts.
fn words<E: Edition>(writer: &Writer<'_>, inlines: &[Inline<E>], expand: bool, out: &mut String) {
    match writer.language {
        Some(language) if !inlines.is_empty() => {
            out.push_str(&format!("<span lang=\"{}\">", escaped(language)));
            self::inlines(writer, inlines, expand, out);
            out.push_str("</span>");
        }
        _ => self::inlines(writer, inlines, expand, out),
    }
}

fn inlines<E: Edition>(writer: &Writer<'_>, inlines: &[Inline<E>], expand: bool, out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(words) if expand => expanded(writer, words, out),
            Inline::Text(words) => out.push_str(&escaped(words)),
            Inline::Code(words) => wrapped(out, "code", |out| out.push_str(&escaped(words))),
            Inline::Emphasis(inner) => {
                wrapped(out, "em", |out| self::inlines(writer, inner, expand, out))
            }
            Inline::Strong(inner) => wrapped(out, "strong", |out| {
                self::inlines(writer, inner, expand, out)
            }),
            Inline::Strike(inner) => {
                wrapped(out, "s", |out| self::inlines(writer, inner, expand, out))
            }
            Inline::Link(address, inner) => link(writer, address, inner, expand, out),
            Inline::Footnote(id) => out.push_str(&writer.footnotes.reference(*id)),
            Inline::SoftBreak => out.push('\n'),
            Inline::HardBreak => out.push_str("<br>\n"),
            Inline::Withheld {
                exemptions,
                first,
                words,
            } => {
                let label = match (*first, writer.language) {
                    (true, None) => mark(&writer.mark_label(exemptions)),
                    (true, Some(_)) => {
                        let mark = mark(&writer.mark_label(exemptions));
                        format!("<span lang=\"en-GB\">{mark}</span>")
                    }
                    (false, _) => String::new(),
                };
                match E::open(words) {
                    None => out.push_str(&label),
                    Some(words) if words.is_empty() => out.push_str(&label),
                    Some(words) => {
                        out.push_str(&format!("<mark class=\"kept\">{label}"));
                        if *first {
                            out.push(' ');
                        }
                        self::inlines(writer, words, false, out);
                        out.push_str("</mark>");
                    }
                }
            }
        }
    }
}

fn link<E: Edition>(
    writer: &Writer<'_>,
    address: &str,
    inner: &[Inline<E>],
    expand: bool,
    out: &mut String,
) {
    if let Some(tag) = language::named(address) {
        let direction = direction(language::runs_leftwards(tag));
        out.push_str(&format!("<span lang=\"{tag}\"{direction}>"));
        // Abbreviations are those of the document's own language.
        inlines(writer, inner, false, out);
        return out.push_str("</span>");
    }
    match writer.address(address) {
        Some(address) => {
            out.push_str(&format!("<a href=\"{}\">", escaped(&address)));
            inlines(writer, inner, expand, out);
            out.push_str("</a>");
        }
        None => inlines(writer, inner, expand, out),
    }
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
            } => out.push_str(&(escaped(short) + &escaped(ending))),
            Piece::First {
                short,
                ending,
                long,
                explained: false,
            } => {
                let [short, ending, long] = [short, ending, long].map(escaped);
                out.push_str(&format!(
                    "<abbr title=\"{long}\">{short}</abbr>{ending} <span class=\"expansion\">({long})</span>"
                ));
            }
        }
    }
}

pub(super) fn mark(label: &str) -> String {
    format!("<span class=\"withheld\">{}</span>", escaped(label))
}
