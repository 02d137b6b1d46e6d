//! The texts that people wrote, in a format. In: a text of an edition. Out: text that is ready for a template.

mod html;
mod markdown;

use super::abbreviations::Abbreviations;
use super::footnotes::Footnotes;
use super::format::{Format, Ready};
use super::shared::SharedPassages;
use crate::model::Edition;
use crate::model::exemption::{Exemption, ExemptionNames};
use crate::model::outline::Outline;
use crate::model::text::{Block, Footnote, Inline, Text};

/// Writes the texts of one document in one format.
pub(super) struct Writer<'d> {
    pub(super) format: Format,
    /// The language of the texts, where it is another than that of the labels around them.
    pub(super) language: Option<&'d str>,
    pub(super) abbreviations: &'d Abbreviations,
    pub(super) outline: &'d Outline,
    pub(super) exemptions: &'d ExemptionNames,
    pub(super) footnotes: Footnotes,
    pub(super) shared: SharedPassages,
}

impl Writer<'_> {
    /// Notes a text that is about to be written.
    fn learn<E: Edition>(&self, text: &Text<E>) {
        self.footnotes.learn(text);
        self.shared.learn(text);
    }

    /// A text as paragraphs, lists and whatever else it has.
    pub(super) fn block<E: Edition>(&self, text: &Text<E>) -> Ready {
        self.blocks_of(text, text.blocks())
    }

    /// A part of a text as paragraphs, lists and whatever else it has.
    pub(super) fn blocks_of<E: Edition>(&self, text: &Text<E>, blocks: &[Block<E>]) -> Ready {
        self.learn(text);
        self.blocks(blocks)
    }

    fn blocks<E: Edition>(&self, blocks: &[Block<E>]) -> Ready {
        Ready::made(match self.format {
            Format::Html => html::blocks(self, blocks),
            Format::Markdown => markdown::blocks(self, blocks),
        })
    }

    /// A text in one line: paragraphs follow one another, the items of a list are joined with semicolons.
    pub(super) fn line<E: Edition>(&self, text: &Text<E>) -> Ready {
        self.line_of(text, text.blocks())
    }

    /// A part of a text in one line.
    pub(super) fn line_of<E: Edition>(&self, text: &Text<E>, blocks: &[Block<E>]) -> Ready {
        self.learn(text);
        Ready::made(match self.format {
            Format::Html => html::line(self, blocks, true),
            Format::Markdown => markdown::line(self, blocks, true),
        })
    }

    /// A text in one line, for headings and names: abbreviations are not expanded there.
    pub(super) fn title<E: Edition>(&self, text: &Text<E>) -> Ready {
        self.learn(text);
        Ready::made(match self.format {
            Format::Html => html::line(self, text.blocks(), false),
            Format::Markdown => markdown::line(self, text.blocks(), false),
        })
    }

    /// Words of a person without their markup, in the language of the texts.
    pub(super) fn spoken(&self, words: &str) -> Ready {
        match self.format {
            Format::Html => Ready::made(html::spoken(self.language, words)),
            Format::Markdown => self.plain(words),
        }
    }

    /// Words of our own.
    pub(super) fn plain(&self, words: &str) -> Ready {
        self.format.plain(words)
    }

    /// What a footnote says, with the mark of one that the public edition does not have.
    pub(super) fn footnote<E: Edition>(&self, footnote: &Footnote<E>) -> Ready {
        let body = self.blocks(&footnote.blocks);
        if footnote.withheld.is_empty() {
            return body;
        }
        let mark = self.mark(&footnote.withheld);
        let (mark, body) = (mark.as_str(), body.as_str());
        Ready::made(match (self.format, body.strip_prefix("<p>")) {
            (Format::Html, Some(rest)) => format!("<p>{mark} {rest}"),
            (Format::Html, None) => format!("<p>{mark}</p>\n{body}"),
            (Format::Markdown, _) => format!("{mark}\n\n{body}"),
        })
    }

    /// The words of a text without markup and without its footnotes, with the mark of what this edition withholds.
    pub(super) fn words<E: Edition>(&self, text: &Text<E>) -> String {
        fn walk<E: Edition>(writer: &Writer<'_>, inlines: &[Inline<E>], words: &mut String) {
            for inline in inlines {
                match inline {
                    Inline::Text(text) | Inline::Code(text) => words.push_str(text),
                    Inline::SoftBreak | Inline::HardBreak => words.push(' '),
                    Inline::Footnote(_) => {}
                    Inline::Emphasis(inner)
                    | Inline::Strong(inner)
                    | Inline::Strike(inner)
                    | Inline::Link(_, inner) => walk(writer, inner, words),
                    Inline::Withheld {
                        exemptions,
                        words: secret,
                        first,
                    } => match E::open(secret) {
                        Some(inner) => walk(writer, inner, words),
                        None if *first => {
                            words.push_str(&format!("[{}]", writer.mark_label(exemptions)))
                        }
                        None => {}
                    },
                }
            }
        }
        let mut words = String::new();
        flattened(text.blocks(), &mut |inlines, joint| {
            words.push_str(joint);
            walk(self, inlines, &mut words);
        });
        words
    }

    /// The mark of something that is withheld.
    pub(super) fn mark(&self, exemptions: &[Exemption]) -> Ready {
        let label = self.mark_label(exemptions);
        Ready::made(match self.format {
            Format::Html => html::mark(&label),
            Format::Markdown => markdown::mark(&label),
        })
    }

    /// "Withheld: section 31".
    fn mark_label(&self, exemptions: &[Exemption]) -> String {
        format!("Withheld: {}", self.exemptions.words(exemptions))
    }

    /// Where a link goes: within the document to the anchor of what it names, outside as it is. `None` for one that
    /// names nothing.
    fn address(&self, address: &str) -> Option<String> {
        match address.strip_prefix('#') {
            None => Some(address.to_owned()),
            Some(name) => {
                let target = self.outline.find(name)?;
                Some(format!("#{}", target.anchor))
            }
        }
    }
}

/// Walks over blocks as one line: `joint` is what stands between a piece and the one before it.
fn flattened<'t, E: Edition>(
    blocks: &'t [Block<E>],
    see: &mut impl FnMut(&'t [Inline<E>], &'static str),
) {
    fn walk<'t, E: Edition>(
        blocks: &'t [Block<E>],
        joint: &'static str,
        is_first: &mut bool,
        see: &mut impl FnMut(&'t [Inline<E>], &'static str),
    ) {
        for block in blocks {
            match block {
                Block::Paragraph(inlines) | Block::Code(inlines) => {
                    see(inlines, if std::mem::take(is_first) { "" } else { joint });
                }
                Block::List { items, .. } => {
                    for (at, item) in items.iter().enumerate() {
                        walk(item, if at == 0 { " " } else { "; " }, is_first, see);
                    }
                }
                Block::Quote(blocks) => walk(blocks, " ", is_first, see),
                Block::Table(_, rows) => {
                    for cell in rows.iter().flatten() {
                        see(cell, if std::mem::take(is_first) { "" } else { "; " });
                    }
                }
                Block::Rule => {}
            }
        }
    }
    walk(blocks, " ", &mut true, see);
}
