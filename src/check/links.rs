//! The links in a text, where their addresses stand, and its words outside them.

use crate::model::language;
use crate::model::links::{OPENING, Opened, opened};
use crate::model::text::{Block, Inline, Text};
use crate::model::{Edition, Redact};
use crate::source::{Sources, Span};
use std::collections::BTreeSet;

/// A link in a text.
pub(super) struct Link {
    /// Its address.
    pub(super) address: String,
    /// Whether the public edition does not have it.
    pub(super) withheld: bool,
}

/// Every link in a text.
pub(super) fn links(text: &Text) -> Vec<Link> {
    let all = Walk::over(text).links;
    let public: Option<BTreeSet<String>> = match text.passages().is_empty() {
        true => None,
        false => Some(Walk::over(&text.redact()).links.into_iter().collect()),
    };
    all.into_iter()
        .map(|address| Link {
            withheld: public
                .as_ref()
                .is_some_and(|public| !public.contains(&address)),
            address,
        })
        .collect()
}

/// An address that a text opens for a link, whether readers can follow it or not.
pub(super) struct Address<'t> {
    /// The address as it is written.
    pub(super) written: &'t str,
    /// Where it stands; the whole text where the file writes it otherwise.
    pub(super) span: Span,
    /// Whether it stands in a withheld passage.
    pub(super) withheld: bool,
}

/// Every address that a text opens, in order.
pub(super) fn addresses<'t>(sources: &Sources, text: &'t Text) -> Vec<Address<'t>> {
    let raw = sources.text(text.span);
    let places: Vec<usize> = raw.match_indices(OPENING).map(|(at, _)| at).collect();
    // Where a bracket is spelled otherwise in the file, nobody can tell which is which.
    let is_alike = places.len() == text.source().matches(OPENING).count();
    let address = |one: Opened<'t>| {
        let at = places.get(one.nth).filter(|_| is_alike);
        Address {
            written: one.address,
            span: at.map_or(text.span, |at| behind(text.span, raw, *at, one.address)),
            withheld: one.withheld,
        }
    };
    opened(text.source()).into_iter().map(address).collect()
}

/// The place of an address behind the bracket that opens it; of the bracket where the address is written otherwise.
fn behind(text: Span, raw: &str, opening: usize, address: &str) -> Span {
    let rest = &raw[opening + OPENING.len()..];
    let inside = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '<');
    let (start, length) = match inside.starts_with(address) {
        true => (raw.len() - inside.len(), address.len()),
        false => (opening, OPENING.len()),
    };
    let start = text.start + start as u32;
    Span {
        start,
        end: start + length as u32,
        ..text
    }
}

/// The public words of a text that are in no link; each link leaves a mark, so that what stands around it does not meet.
pub(super) fn words_outside_links(text: &Text) -> String {
    match text.passages().is_empty() {
        true => Walk::over(text).words,
        false => Walk::over(&text.redact()).words,
    }
}

#[derive(Default)]
struct Walk {
    links: Vec<String>,
    words: String,
}

/// What stands in the words for anything that is not to be read.
const MARK: &str = " | ";

impl Walk {
    fn over<E: Edition>(text: &Text<E>) -> Walk {
        let mut walk = Walk::default();
        walk.blocks(text.blocks());
        for footnote in text.footnotes().into_iter().flat_map(|all| &all.all) {
            walk.blocks(&footnote.blocks);
        }
        walk
    }

    fn blocks<E: Edition>(&mut self, blocks: &[Block<E>]) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) => self.inlines(inlines),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::Table(_, rows) => {
                    for cell in rows.iter().flatten() {
                        self.inlines(cell);
                        self.words.push_str(MARK);
                    }
                }
                Block::Code(_) | Block::Rule => {}
            }
            self.words.push('\n');
        }
    }

    fn inlines<E: Edition>(&mut self, inlines: &[Inline<E>]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.words.push_str(text),
                Inline::Code(_) => self.words.push_str(MARK),
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                    self.inlines(inner);
                }
                Inline::Link(address, inner) if language::named(address).is_some() => {
                    self.inlines(inner)
                }
                Inline::Link(address, inner) => {
                    self.links.push(address.clone());
                    // Images and withheld words in a link can hold further links.
                    let before = self.words.len();
                    self.inlines(inner);
                    self.words.truncate(before);
                    self.words.push_str(MARK);
                }
                Inline::SoftBreak | Inline::HardBreak => self.words.push(' '),
                Inline::Footnote(_) => self.words.push_str(MARK),
                Inline::Withheld { words, .. } => {
                    if let Some(words) = E::open(words) {
                        self.inlines(words);
                    }
                    self.words.push_str(MARK);
                }
            }
        }
    }
}
