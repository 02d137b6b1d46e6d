//! The links in a text, and its words outside them.

use crate::model::Internal;
use crate::model::text::{Block, Inline, Text};

/// A link in a text.
pub(super) struct Link {
    /// Its address.
    pub(super) address: String,
    /// Whether it stands in words that are withheld.
    pub(super) withheld: bool,
}

/// Every link in a text.
pub(super) fn links(text: &Text) -> Vec<Link> {
    let mut walk = Walk::default();
    walk.blocks(text.blocks());
    walk.links
}

/// The public words of a text that are in no link; each link leaves a mark, so that what stands around it does not meet.
pub(super) fn words_outside_links(text: &Text) -> String {
    let mut walk = Walk::default();
    walk.blocks(text.blocks());
    walk.words
}

#[derive(Default)]
struct Walk {
    links: Vec<Link>,
    words: String,
    withheld: bool,
}

impl Walk {
    fn blocks(&mut self, blocks: &[Block<Internal>]) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) => self.inlines(inlines),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::Table(rows) => {
                    for cell in rows.iter().flatten() {
                        self.inlines(cell);
                        self.words.push_str(" | ");
                    }
                }
                Block::Code(_) | Block::Rule => {}
            }
            self.words.push('\n');
        }
    }

    fn inlines(&mut self, inlines: &[Inline<Internal>]) {
        for inline in inlines {
            match inline {
                Inline::Text(_) if self.withheld => {}
                Inline::Text(text) => self.words.push_str(text),
                Inline::Code(_) => self.words.push_str(" | "),
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                    self.inlines(inner);
                }
                Inline::Link(address, _) => {
                    self.words.push_str(" | ");
                    self.links.push(Link {
                        address: address.clone(),
                        withheld: self.withheld,
                    });
                }
                Inline::SoftBreak | Inline::HardBreak => self.words.push(' '),
                Inline::Withheld { words, .. } => {
                    let before = std::mem::replace(&mut self.withheld, true);
                    self.inlines(words);
                    self.withheld = before;
                    self.words.push_str(" | ");
                }
            }
        }
    }
}
