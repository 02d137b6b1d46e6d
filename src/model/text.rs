//! The texts that people write: Markdown in which passages may be withheld.
//!
//! No word is lost: what Markdown would leave out (the title of a link, what is written behind the fence of a code
//! block, a definition that no link uses, cells beyond those of a table's header) is shown as words.
//!
//! A passage is `<<s31 | the words>>`, over lines and paragraphs if need be, or `<<s31>>` when the words are not even
//! kept. The public edition is parsed again from a source out of which the passages were cut, so that nothing of them,
//! not even their effect on the Markdown around them, can be in it.

use super::edition::{Edition, Internal, Public, Redact};
use super::exemption::Exemption;
use super::footnotes::{self, Stray, Survey, WITH_FOOTNOTES};
use super::language;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::yaml::{Definitions, FromNode, Node, Reader};
use pulldown_cmark::{
    Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeWithOffset,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A text of an edition. A document has place for many texts of which few are there, so that each is one pointer.
pub struct Text<E: Edition = Internal>(Box<Body<E>>);

/// What a text is made of.
pub struct Body<E: Edition> {
    /// Where it stands.
    pub span: Span,
    source: String,
    blocks: Vec<Block<E>>,
    passages: Vec<Vec<Exemption>>,
    footnotes: Option<Arc<Footnotes<E>>>,
}

/// The footnotes of a text, and labels that do not do what they were written for.
pub struct Footnotes<E: Edition> {
    /// The footnotes, in the order in which they are defined.
    pub all: Vec<Footnote<E>>,
    /// References to a footnote that the text does not have: they stay as they are written.
    pub missing: Vec<Stray>,
    /// Definitions to which nothing refers: they stay paragraphs.
    pub unused: Vec<Stray>,
}

/// A footnote.
pub struct Footnote<E: Edition> {
    /// What it says.
    pub blocks: Vec<Block<E>>,
    /// The exemptions under which it is withheld, because only withheld words refer to it; empty where it is public.
    pub withheld: Vec<Exemption>,
}

/// Which footnote is meant, in all of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FootnoteId {
    /// The text that it belongs to.
    pub text: Span,
    /// Its place among the footnotes of the text.
    pub number: usize,
}

/// Where words stand in a column of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Where lines begin.
    #[default]
    Start,
    /// In the middle.
    Middle,
    /// Where lines end, as numbers do.
    End,
}

/// A block of a text.
pub enum Block<E: Edition> {
    /// A paragraph.
    Paragraph(Vec<Inline<E>>),
    /// A list.
    List {
        /// The first number, when the list is numbered.
        start: Option<u64>,
        /// Whether its items are separated by blank lines.
        loose: bool,
        /// The items.
        items: Vec<Vec<Block<E>>>,
    },
    /// A quotation.
    Quote(Vec<Block<E>>),
    /// Text set as it stands.
    Code(Vec<Inline<E>>),
    /// A table: on which side of each column its words stand; its header row, then the others.
    Table(Vec<Side>, Vec<Vec<Vec<Inline<E>>>>),
    /// A line across.
    Rule,
}

/// A piece of a paragraph.
pub enum Inline<E: Edition> {
    /// Words.
    Text(String),
    /// Words set as they stand.
    Code(String),
    /// Stressed words.
    Emphasis(Vec<Inline<E>>),
    /// Strongly stressed words.
    Strong(Vec<Inline<E>>),
    /// Words struck out.
    Strike(Vec<Inline<E>>),
    /// A link; its address begins with http:, https:, mailto: or #. Or words in another language: `lang:` and its tag.
    Link(String, Vec<Inline<E>>),
    /// A reference to a footnote of the text.
    Footnote(FootnoteId),
    /// The end of a source line.
    SoftBreak,
    /// A line break that was asked for.
    HardBreak,
    /// Withheld words, or a part of them when markup divides them.
    Withheld {
        /// The exemptions.
        exemptions: Vec<Exemption>,
        /// Whether the passage begins here.
        first: bool,
        /// The words.
        words: E::Secret<Vec<Inline<E>>>,
    },
}

impl<E: Edition> Deref for Text<E> {
    type Target = Body<E>;

    fn deref(&self) -> &Body<E> {
        &self.0
    }
}

impl<E: Edition> Text<E> {
    /// What was written. In the public edition each passage is cut down to `<<s31>>`.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The blocks in order.
    pub fn blocks(&self) -> &[Block<E>] {
        &self.blocks
    }

    /// The footnotes, where there are any or a label does not do what it was written for.
    pub fn footnotes(&self) -> Option<&Arc<Footnotes<E>>> {
        self.footnotes.as_ref()
    }

    /// What a footnote of the text says.
    pub fn footnote(&self, id: FootnoteId) -> &[Block<E>] {
        let footnotes = self.footnotes.as_ref();
        let footnote = footnotes.and_then(|all| all.all.get(id.number));
        footnote.map_or(&[], |footnote| &footnote.blocks)
    }

    /// The exemptions of each withheld passage.
    pub fn passages(&self) -> &[Vec<Exemption>] {
        &self.passages
    }

    /// Whether there is nothing to read in it.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// The words that this edition shows, without markup; blocks are separated by line ends. Footnotes stand at the end.
    pub fn words(&self) -> String {
        let mut words = String::new();
        blocks_words(&self.blocks, &mut words);
        for footnote in self.footnotes.iter().flat_map(|all| &all.all) {
            blocks_words(&footnote.blocks, &mut words);
        }
        words.trim_end().to_owned()
    }
}

impl<E: Edition> Text<E> {
    /// Its words, where it is one paragraph of plain words and nothing else.
    pub fn as_words(&self) -> Option<&str> {
        match (self.blocks.as_slice(), &self.footnotes) {
            ([Block::Paragraph(inlines)], None) => match inlines.as_slice() {
                [Inline::Text(words)] => Some(words.trim_end()),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Text<Public> {
    /// A text without words.
    pub fn nothing(span: Span) -> Text<Public> {
        Text::parsed(span, "", Vec::new(), String::new(), &Survey::default())
    }
}

impl Text<Internal> {
    /// A text that the program itself made.
    pub fn generated(span: Span, source: impl Into<String>) -> Text<Internal> {
        let source = plain_angles(&source.into()).replace("[^", "\\[^");
        Text::parsed(
            span,
            &source,
            Vec::new(),
            source.clone(),
            &Survey::default(),
        )
    }

    /// Reads a text as a person wrote it.
    ///
    /// # Errors
    /// When it cannot be told what of it is withheld.
    pub fn read(span: Span, source: &str) -> Result<Text<Internal>, Box<Diagnostic>> {
        Text::written(span, source, "")
    }

    /// The same with what stands in the file at its place, so that a fault is told where it is in a long text.
    fn written(span: Span, source: &str, written: &str) -> Result<Text<Internal>, Box<Diagnostic>> {
        let cut = cut(source)
            .map_err(|(fault, at)| Box::new(fault.diagnostic(angles(span, source, written, at))))?;
        let survey = Survey::of(&cut.kept);
        let withheld = survey.withheld(&cut.passages);
        let gone = survey.cuts(&cut.kept).gone(&cut.kept);
        let mut text = Text::parsed(span, source, cut.passages, cut.kept, &survey);
        if let Some(footnotes) = text.0.footnotes.as_mut().and_then(Arc::get_mut) {
            for (footnote, withheld) in footnotes.all.iter_mut().zip(withheld) {
                footnote.withheld = withheld;
            }
        }
        text.without(&gone);
        Ok(text)
    }
}

/// A withheld passage of a text.
pub struct Passage {
    /// Why it is withheld.
    pub exemptions: Vec<Exemption>,
    /// Its words, without markup.
    pub words: String,
    /// The addresses of the links in it.
    pub addresses: Vec<String>,
}

impl Text<Internal> {
    /// The withheld passages, in the order in which a reader meets them.
    pub fn withheld(&self) -> Vec<Passage> {
        let mut passages = Vec::new();
        if self.passages.is_empty() {
            return passages;
        }
        blocks_withheld(&self.blocks, &mut passages);
        for footnote in self.footnotes.iter().flat_map(|all| &all.all) {
            match footnote.withheld.as_slice() {
                [] => blocks_withheld(&footnote.blocks, &mut passages),
                exemptions => passages.push(whole(&footnote.blocks, exemptions)),
            }
        }
        passages
    }
}

impl Text<Internal> {
    /// The same text in the public edition, where nothing in it is withheld: then it need not be parsed again.
    fn open(&self) -> Option<Text<Public>> {
        if !self.passages.is_empty() || self.footnotes.is_some() {
            return None;
        }
        Some(Text(Box::new(Body {
            span: self.span,
            source: self.source.clone(),
            blocks: open_blocks(&self.blocks)?,
            passages: Vec::new(),
            footnotes: None,
        })))
    }
}

/// Blocks in the public edition; nothing where any of their words is withheld.
fn open_blocks(blocks: &[Block<Internal>]) -> Option<Vec<Block<Public>>> {
    let open = |block: &Block<Internal>| {
        Some(match block {
            Block::Paragraph(inlines) => Block::Paragraph(open_inlines(inlines)?),
            Block::List {
                start,
                loose,
                items,
            } => Block::List {
                start: *start,
                loose: *loose,
                items: items
                    .iter()
                    .map(|item| open_blocks(item))
                    .collect::<Option<_>>()?,
            },
            Block::Quote(blocks) => Block::Quote(open_blocks(blocks)?),
            Block::Code(inlines) => Block::Code(open_inlines(inlines)?),
            Block::Table(sides, rows) => {
                let row = |row: &Vec<Vec<Inline<Internal>>>| {
                    row.iter().map(|cell| open_inlines(cell)).collect()
                };
                Block::Table(sides.clone(), rows.iter().map(row).collect::<Option<_>>()?)
            }
            Block::Rule => Block::Rule,
        })
    };
    blocks.iter().map(open).collect()
}

fn open_inlines(inlines: &[Inline<Internal>]) -> Option<Vec<Inline<Public>>> {
    let open = |inline: &Inline<Internal>| {
        Some(match inline {
            Inline::Text(words) => Inline::Text(words.clone()),
            Inline::Code(words) => Inline::Code(words.clone()),
            Inline::Emphasis(inner) => Inline::Emphasis(open_inlines(inner)?),
            Inline::Strong(inner) => Inline::Strong(open_inlines(inner)?),
            Inline::Strike(inner) => Inline::Strike(open_inlines(inner)?),
            Inline::Link(address, inner) => Inline::Link(address.clone(), open_inlines(inner)?),
            Inline::Footnote(id) => Inline::Footnote(*id),
            Inline::SoftBreak => Inline::SoftBreak,
            Inline::HardBreak => Inline::HardBreak,
            Inline::Withheld { .. } => return None,
        })
    };
    inlines.iter().map(open).collect()
}

fn for_each_inlines<'b>(
    blocks: &'b [Block<Internal>],
    visit: &mut impl FnMut(&'b [Inline<Internal>]),
) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Code(inlines) => visit(inlines),
            Block::List { items, .. } => {
                items.iter().for_each(|item| for_each_inlines(item, visit));
            }
            Block::Quote(blocks) => for_each_inlines(blocks, visit),
            Block::Table(_, rows) => rows.iter().flatten().for_each(|cell| visit(cell)),
            Block::Rule => {}
        }
    }
}

/// A footnote that is withheld as a whole.
fn whole(blocks: &[Block<Internal>], exemptions: &[Exemption]) -> Passage {
    let mut passage = Passage {
        exemptions: exemptions.to_vec(),
        words: String::new(),
        addresses: Vec::new(),
    };
    blocks_words(blocks, &mut passage.words);
    for_each_inlines(blocks, &mut |inlines| {
        inlines_addresses(inlines, &mut passage.addresses);
    });
    passage
}

fn blocks_withheld(blocks: &[Block<Internal>], passages: &mut Vec<Passage>) {
    for_each_inlines(blocks, &mut |inlines| inlines_withheld(inlines, passages));
}

fn inlines_withheld(inlines: &[Inline<Internal>], passages: &mut Vec<Passage>) {
    for inline in inlines {
        match inline {
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Footnote(_)
            | Inline::SoftBreak
            | Inline::HardBreak => {}
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link(_, inner) => inlines_withheld(inner, passages),
            Inline::Withheld {
                exemptions,
                first,
                words,
            } => {
                if *first || passages.is_empty() {
                    passages.push(Passage {
                        exemptions: exemptions.clone(),
                        words: String::new(),
                        addresses: Vec::new(),
                    });
                }
                if let Some(passage) = passages.last_mut() {
                    if !passage.words.is_empty() {
                        passage.words.push(' ');
                    }
                    inlines_words::<Internal>(words, &mut passage.words);
                    inlines_addresses(words, &mut passage.addresses);
                }
            }
        }
    }
}

fn inlines_addresses(inlines: &[Inline<Internal>], addresses: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Link(address, inner) => {
                if language::named(address).is_none() {
                    addresses.push(address.clone());
                }
                inlines_addresses(inner, addresses);
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) => {
                inlines_addresses(inner, addresses);
            }
            Inline::Withheld { words, .. } => inlines_addresses(words, addresses),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::Footnote(_)
            | Inline::SoftBreak
            | Inline::HardBreak => {}
        }
    }
}

impl Redact for Text<Internal> {
    type Public = Text<Public>;

    fn redact(&self) -> Text<Public> {
        if let Some(text) = self.open() {
            return text;
        }
        match cut(&self.source) {
            Ok(cut) => {
                let count = cut.passages.len();
                let (cut, gone) = cut.public();
                let survey = Survey::of(&cut.gone);
                let mut text =
                    Text::parsed(self.span, &cut.public, cut.passages, cut.gone, &survey);
                text.0.passages.truncate(count);
                text.without(&gone);
                text
            }
            // A text with a fault is never loaded; should one arrive here, nothing of it goes on.
            Err(_) => Text::nothing(self.span),
        }
    }
}

impl FromNode for Text<Internal> {
    fn from_node(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Some(source) = node.scalar() else {
            reader.wrong_type(node, "text");
            return None;
        };
        match Text::written(node.span, source, reader.written(node.span)) {
            Ok(text) => Some(text),
            Err(fault) => {
                reader.fault(*fault);
                None
            }
        }
    }

    fn schema(_: &mut Definitions) -> serde_json::Value {
        json!({ "type": ["string", "number", "boolean"] })
    }
}

// The places of passages while Markdown is parsed: noncharacters, which no text can contain, spelled out or not.
pub(super) const OPEN: char = '\u{FDD0}';
pub(super) const BEGIN: char = '\u{FDD1}';
pub(super) const CLOSE: char = '\u{FDD2}';
pub(super) const ANGLES: char = '\u{FDD3}';
/// Keeps two characters apart that would have a meaning together; never shown.
pub(super) const APART: char = '\u{FDD4}';
/// A pipe inside a passage, which must not divide the cells of a table.
const PIPE: char = '\u{FDD5}';

struct Cut {
    /// The source with each passage marked and its words in place.
    kept: String,
    /// The source with each passage marked and its words gone.
    gone: String,
    /// The same as people write it: `<<s31>>`.
    public: String,
    passages: Vec<Vec<Exemption>>,
    /// The labels to which the source refers, in small letters.
    named: BTreeSet<String>,
    /// Whether a passage begins with the label of a footnote.
    has_label: bool,
}

/// Finds the passages of a source.
///
/// # Errors
/// What is wrong with the first that has a fault, and how many `<<` stand before it.
fn cut(source: &str) -> Result<Cut, (Fault, usize)> {
    let source = without_marks(source);
    let before_of = |rest: &str| source[..source.len() - rest.len()].matches("<<").count();
    let mut cut = Cut {
        kept: String::with_capacity(source.len()),
        gone: String::with_capacity(source.len()),
        public: String::with_capacity(source.len()),
        passages: Vec::new(),
        named: footnotes::named(&source),
        has_label: false,
    };
    let mut rest = source.as_str();
    while let Some(at) = rest.find("<<") {
        let (before, after) = rest.split_at(at);
        if is_escaped(before) {
            if looks_withheld(&after[2..]) {
                return Err((Fault::Escaped, before_of(after)));
            }
            cut.push(&before[..before.len() - 1]);
            cut.kept.push(ANGLES);
            cut.gone.push(ANGLES);
            cut.public.push_str("\\<<");
            rest = &after[2..];
            continue;
        }
        cut.push(before);
        let (opening, after) = (after, &after[2..]);
        let Some(end) = after.find(">>") else {
            return Err((Fault::Unclosed, before_of(opening)));
        };
        let inside = &after[..end];
        if let Some(at) = inside.find("<<") {
            return Err((Fault::Nested, before_of(&after[at..])));
        }
        let (codes, words) = match inside.split_once('|') {
            Some((codes, words)) => (codes, words.trim()),
            None => (inside, ""),
        };
        if let Some(wrong) = codes.split(',').find(|code| !looks_like_code(code.trim())) {
            let is_missing = wrong.trim().is_empty();
            return Err((Fault::NoCode { is_missing }, before_of(opening)));
        }
        let exemptions: Vec<Exemption> = codes.split(',').map(Exemption::new).collect();
        cut.passage(exemptions, codes.trim(), words);
        rest = &after[end + 2..];
    }
    cut.push(rest);
    Ok(cut)
}

/// Whether a backslash before `<<` belongs to it. In a row of them, every second belongs to the one before it.
pub fn is_escaped(before: &str) -> bool {
    before
        .bytes()
        .rev()
        .take_while(|byte| *byte == b'\\')
        .count()
        % 2
        == 1
}

/// Whether words behind `\<<` are such as people withhold: the code of an exemption, and a line.
fn looks_withheld(after: &str) -> bool {
    let line = after.bytes().take(100).position(|byte| byte == b'|');
    let codes = line.and_then(|line| after.get(..line)).unwrap_or_default();
    codes.split(',').all(|code| Exemption::new(code).is_known())
}

/// Words as the source of a text in which `<<` withholds nothing.
pub fn plain_angles(words: &str) -> String {
    let mut source = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find("<<") {
        source.push_str(&rest[..at]);
        if !is_escaped(&source) {
            source.push('\\');
        }
        source.push_str("<<");
        rest = &rest[at + 2..];
    }
    source + rest
}

/// The source without the characters that mark passages, and without the references (`&#xFDD0;`) that stand for them.
fn without_marks(source: &str) -> String {
    let source = source.replace(is_noncharacter, "\u{FFFD}");
    let mut kept = String::with_capacity(source.len());
    let mut rest = source.as_str();
    while let Some(at) = rest.find("&#") {
        let (before, reference) = rest.split_at(at);
        kept.push_str(before);
        let digits = &reference[2..];
        let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (digits, 10),
        };
        let after = digits.trim_start_matches(|c: char| c.is_digit(radix));
        let number = &digits[..digits.len() - after.len()];
        let stands_for = u32::from_str_radix(number, radix)
            .ok()
            .and_then(char::from_u32);
        match after.strip_prefix(';') {
            Some(after) if stands_for.is_some_and(is_noncharacter) => {
                kept.push('\u{FFFD}');
                rest = after;
            }
            _ => {
                kept.push_str("&#");
                rest = &reference[2..];
            }
        }
    }
    kept.push_str(rest);
    kept
}

fn is_noncharacter(c: char) -> bool {
    ('\u{FDD0}'..='\u{FDEF}').contains(&c) || u32::from(c) & 0xFFFE == 0xFFFE
}

impl Cut {
    fn push(&mut self, text: &str) {
        self.kept.push_str(text);
        self.gone.push_str(text);
        self.public.push_str(text);
    }

    fn passage(&mut self, exemptions: Vec<Exemption>, codes: &str, words: &str) {
        let mark = format!("{OPEN}{}{BEGIN}", self.passages.len());
        let before = self.kept.trim_end_matches(' ');
        let begins_line = before.is_empty() || before.ends_with('\n');
        let label = footnotes::leading(words)
            .filter(|(label, _)| begins_line && self.named.contains(&label.to_lowercase()));
        let words = match label {
            // The label of a footnote is no word of it, and must begin its line.
            Some((label, words)) => {
                self.has_label = true;
                self.kept.push_str(&format!("[^{label}]:{APART} "));
                words.trim_start_matches(' ')
            }
            None => words,
        };
        let words = match words.contains('\n') {
            true => words.to_owned(),
            false => words.replace('|', PIPE.encode_utf8(&mut [0; 4])),
        };
        self.kept.push_str(&format!("{mark}{words}{CLOSE}"));
        self.gone.push_str(&format!("{mark}{CLOSE}"));
        self.public.push_str(&format!("<<{codes}>>"));
        self.passages.push(exemptions);
    }
}

impl Cut {
    /// The same without the footnotes that only withheld words refer to, and the passages that go with them.
    fn public(mut self) -> (Cut, BTreeSet<usize>) {
        if self.passages.is_empty() {
            return (self, BTreeSet::new());
        }
        let cuts = Survey::of(&self.kept).cuts(&self.kept);
        let gone = cuts.gone(&self.kept);
        if self.has_label || !cuts.is_empty() {
            self.gone = cuts.apply(&self.kept, &gone, &mut self.passages);
            self.public = footnotes::written(&self.gone, &self.passages);
        }
        (self, gone)
    }
}

/// A code is short and has neither spaces nor line ends in it.
fn looks_like_code(code: &str) -> bool {
    !code.is_empty()
        && code.len() <= 24
        && code
            .chars()
            .all(|c| c.is_alphanumeric() || "()-_.".contains(c))
}

/// What is wrong with the marks of withheld text.
enum Fault {
    Unclosed,
    Escaped,
    Nested,
    NoCode { is_missing: bool },
}

impl Fault {
    fn diagnostic(self, place: Span) -> Diagnostic {
        let (code, message, help) = match self {
            Fault::Unclosed => (
                "withheld-unclosed",
                "`<<` opens withheld text, and no `>>` closes it",
                "write `>>` where the withheld text ends, or `\\<<` for the two characters themselves",
            ),
            Fault::Escaped => (
                "withheld-escaped",
                "a backslash before `<<` keeps these words from being withheld",
                "write two backslashes, or a space between, to withhold them; write `\\<\\<` to show the characters themselves",
            ),
            Fault::Nested => (
                "withheld-nested",
                "withheld text begins inside withheld text",
                "close the first with `>>`; one passage can name several exemptions: `<<s31, s40(2) | …>>`",
            ),
            Fault::NoCode { is_missing } => (
                "withheld-code",
                match is_missing {
                    true => "withheld text has no exemption",
                    // What stands there may be the secret itself, so it is not repeated.
                    false => "what follows `<<` is not the code of an exemption",
                },
                "write the exemption, a line, and the words: `<<s31 | …>>`; or `<<unstated | …>>` until it is known; or `\\<<` for the two characters themselves",
            ),
        };
        Diagnostic::error(code, place, message).help(help)
    }
}

/// The place in a file of the `<<` of a text before which `nth` others stand: that of the whole text where it is written
/// otherwise than it reads (escaped, or with such characters in a comment).
fn angles(text: Span, source: &str, written: &str, nth: usize) -> Span {
    let places = || written.match_indices("<<");
    let is_alike = places().count() == source.matches("<<").count();
    let found = places().nth(nth).filter(|_| is_alike);
    found.map_or(text, |(at, angles)| {
        let start = text.start + at as u32;
        Span {
            start,
            end: start + angles.len() as u32,
            ..text
        }
    })
}

impl<E: Edition> Text<E> {
    /// Forgets the passages of footnotes that are withheld themselves: they leave no mark.
    fn without(&mut self, gone: &BTreeSet<usize>) {
        let mut number = 0..;
        self.0
            .passages
            .retain(|_| number.next().is_some_and(|number| !gone.contains(&number)));
    }

    fn parsed(
        span: Span,
        source: &str,
        passages: Vec<Vec<Exemption>>,
        prepared: String,
        survey: &Survey,
    ) -> Text<E> {
        let prepared = with_nested_links(without_unused_definitions(prepared, survey));
        let mut builder = Builder::new(span, &passages, &prepared, survey);
        let options = match builder.definitions.is_empty() {
            true => OPTIONS,
            false => WITH_FOOTNOTES,
        };
        let events = Parser::new_ext(&prepared, options).into_offset_iter();
        for (event, range) in TextMergeWithOffset::new(events) {
            builder.event(event, range);
        }
        let (blocks, all) = builder.finish();
        let footnotes = Footnotes {
            all,
            missing: survey.missing.clone(),
            unused: survey.strays(),
        };
        let is_plain =
            footnotes.all.is_empty() && footnotes.missing.is_empty() && footnotes.unused.is_empty();
        Text(Box::new(Body {
            span,
            source: source.to_owned(),
            blocks,
            passages,
            footnotes: (!is_plain).then(|| Arc::new(footnotes)),
        }))
    }
}

pub(super) const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Markdown leaves definitions (`[label]: address`) out. Those that a link uses are in that link; every other is a line
/// that somebody wrote to be read, `[PCC]: agreed`, and is kept from being a definition.
fn without_unused_definitions(prepared: String, survey: &Survey) -> String {
    if !prepared.contains("]:") {
        return prepared;
    }
    let mut parser = Parser::new_ext(&prepared, WITH_FOOTNOTES);
    let used: BTreeSet<String> = parser
        .by_ref()
        .filter_map(|event| match event {
            Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) if !id.is_empty() => {
                Some(id.to_lowercase())
            }
            _ => None,
        })
        .collect();
    let mut kept: Vec<usize> = parser
        .reference_definitions()
        .iter()
        .filter(|(label, definition)| {
            used.contains(&label.to_lowercase())
                && !prepared[definition.span.clone()].contains([OPEN, CLOSE])
        })
        .filter_map(|(_, definition)| {
            let at = prepared[definition.span.clone()].find("]:")?;
            Some(definition.span.start + at)
        })
        .collect();
    kept.extend(survey.ends(&prepared));
    kept.sort_unstable();
    let mut apart = String::with_capacity(prepared.len());
    let mut from = 0;
    for (at, _) in prepared.match_indices("]:") {
        if kept.binary_search(&at).is_err() {
            apart.push_str(&prepared[from..=at]);
            apart.push(APART);
            from = at + 1;
        }
    }
    apart.push_str(&prepared[from..]);
    apart
}

/// In Markdown a link holds no other link, but words in another language may be a part of one, or hold one
/// (`[[Heddlu](lang:cy)](https://…)`). What is written as a picture may stand there, and is read as a link is: so the inner
/// ones are written as pictures.
fn with_nested_links(prepared: String) -> String {
    if !prepared.contains("](lang:") {
        return prepared;
    }
    let events = Parser::new_ext(&prepared, WITH_FOOTNOTES).into_offset_iter();
    let links = events.filter_map(|(event, range)| match event {
        Event::Start(Tag::Link { .. }) => Some(range.start),
        _ => None,
    });
    let mut nested = String::with_capacity(prepared.len() + 8);
    let mut from = 0;
    for at in links.filter(|at| prepared[*at..].starts_with('[')) {
        nested.push_str(&prepared[from..at]);
        nested.push('!');
        from = at;
    }
    nested.push_str(&prepared[from..]);
    nested
}

/// How deep a text's own lists and quotations are kept apart; deeper ones join the level above.
const MAX_LEVELS: usize = 24;

enum Frame<E: Edition> {
    Paragraph(Vec<Inline<E>>),
    Heading(Vec<Inline<E>>),
    Code(Vec<Inline<E>>),
    List(Option<u64>, Vec<Vec<Block<E>>>, bool),
    Item(Vec<Block<E>>, Vec<Inline<E>>, bool),
    Quote(Vec<Block<E>>),
    Footnote(usize, Vec<Block<E>>),
    Table(Vec<Side>, Vec<Vec<Vec<Inline<E>>>>),
    Cells(Vec<Vec<Inline<E>>>),
    Cell(Vec<Inline<E>>),
    Emphasis(Vec<Inline<E>>),
    Strong(Vec<Inline<E>>),
    Strike(Vec<Inline<E>>),
    Link(Target, Vec<Inline<E>>),
    /// So many containers that are too deep, or that have no meaning here: what is in them belongs to the frame below.
    Through(usize),
}

/// Where a link leads, and the title that was given to it.
struct Target {
    address: String,
    title: String,
}

impl Target {
    /// Whether it is printed as a link.
    fn is_link(&self) -> bool {
        let shown = shown(&self.address);
        leads_on(&shown) && !shown.contains(is_unprintable)
    }

    /// Its address as words.
    fn name(&self) -> String {
        let shown = ["mailto:", "#"]
            .iter()
            .find_map(|prefix| self.address.strip_prefix(prefix))
            .filter(|name| !name.trim().is_empty());
        shown.unwrap_or(&self.address).to_owned()
    }
}

/// Whether readers can follow an address: to a place in the document, to a page of a named host, or to a mailbox.
pub fn leads_on(address: &str) -> bool {
    if address.starts_with('#') {
        return true;
    }
    let Some((scheme, rest)) = address.split_once(':') else {
        return false;
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => has_host(rest),
        "mailto" => !rest.trim().is_empty(),
        _ => false,
    }
}

/// Whether something is named before the path of an address.
fn has_host(rest: &str) -> bool {
    let host = rest.trim_start_matches('/');
    host.starts_with(|c: char| !c.is_whitespace() && !matches!(c, '?' | '#' | ':' | '@'))
}

/// An address as people wrote it.
fn shown(address: &str) -> String {
    address
        .replace(ANGLES, "<<")
        .replace(APART, "")
        .replace(PIPE, "|")
}

/// Whether a link is open that readers can follow: a link in it would be none.
fn is_in_link<E: Edition>(frames: &[Frame<E>]) -> bool {
    frames
        .iter()
        .any(|frame| matches!(frame, Frame::Link(target, _) if target.is_link()))
}

/// Whether a piece shows nothing. A mark of withheld words is something.
fn is_blank<E: Edition>(inline: &Inline<E>) -> bool {
    match inline {
        Inline::Text(words) | Inline::Code(words) => words.trim().is_empty(),
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Strike(inner)
        | Inline::Link(_, inner) => inner.iter().all(is_blank),
        Inline::SoftBreak | Inline::HardBreak => true,
        Inline::Footnote(_) => false,
        Inline::Withheld { first, words, .. } => {
            !first && E::open(words).is_some_and(|words| words.iter().all(is_blank))
        }
    }
}

struct Builder<'p, E: Edition> {
    span: Span,
    passages: &'p [Vec<Exemption>],
    /// Whether each passage has left its mark.
    marked: Vec<bool>,
    prepared: &'p str,
    /// The end of the last cell of a table, so that what stands behind it is not lost.
    cell_end: usize,
    /// The passage that the words now read belong to, and whether its mark is still to be set.
    inside: Option<(usize, bool)>,
    stack: Vec<Frame<E>>,
    blocks: Vec<Block<E>>,
    /// The label of each definition, and its place among the footnotes; none where nothing refers to it.
    definitions: Vec<(&'p str, Option<usize>)>,
    /// How many of them have begun.
    begun: usize,
    /// The label of one that is a paragraph, until its words begin.
    label: Option<String>,
    labels: BTreeMap<&'p str, usize>,
    footnotes: Vec<Footnote<E>>,
}

impl<'p, E: Edition> Builder<'p, E> {
    fn new(
        span: Span,
        passages: &'p [Vec<Exemption>],
        prepared: &'p str,
        survey: &'p Survey,
    ) -> Self {
        let mut numbers = 0..;
        let definitions: Vec<(&str, Option<usize>)> = survey
            .definitions()
            .map(|(label, is_footnote)| match is_footnote {
                true => (label, numbers.next()),
                false => (label, None),
            })
            .collect();
        let labels = definitions.iter();
        let labels = labels.filter_map(|(label, number)| Some((*label, (*number)?)));
        let labels: BTreeMap<&str, usize> = labels.collect();
        let footnotes = labels.iter().map(|_| Footnote {
            blocks: Vec::new(),
            withheld: Vec::new(),
        });
        Builder {
            span,
            passages,
            marked: vec![false; passages.len()],
            prepared,
            cell_end: 0,
            inside: None,
            stack: Vec::new(),
            blocks: Vec::new(),
            footnotes: footnotes.collect(),
            definitions,
            begun: 0,
            label: None,
            labels,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => {
                match tag {
                    TagEnd::TableCell => self.cell_end = range.end,
                    TagEnd::TableRow => self.rest_of_row(range.end),
                    TagEnd::FootnoteDefinition => self.label(),
                    _ => {}
                }
                match tag {
                    TagEnd::Item | TagEnd::TableCell => self.apart(),
                    TagEnd::Link | TagEnd::Image => self.name_link(),
                    _ => {}
                }
                self.end();
            }
            Event::Text(text) => self.leaf(&text, Inline::Text),
            Event::Html(text) | Event::InlineHtml(text) => self.lines(&text),
            Event::Code(text) => self.leaf(&text, Inline::Code),
            Event::SoftBreak => self.inline(Inline::SoftBreak),
            Event::HardBreak => self.inline(Inline::HardBreak),
            Event::Rule => self.block(Block::Rule),
            Event::TaskListMarker(done) => {
                self.leaf(if done { "[x] " } else { "[ ] " }, Inline::Text)
            }
            Event::FootnoteReference(label) => self.reference(&label),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.leaf(&text, Inline::Code),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let is_paragraph = matches!(tag, Tag::Paragraph);
        if !is_paragraph {
            self.label();
        }
        let levels = self.stack.len();
        let is_too_deep = match tag {
            Tag::Paragraph | Tag::CodeBlock(_) => false,
            // A link's address is a word too; links are not nested, and images seldom.
            Tag::Link { .. } | Tag::Image { .. } => levels >= MAX_LEVELS + 8,
            // Nothing else would hold its words.
            Tag::FootnoteDefinition(_) => false,
            _ => levels >= MAX_LEVELS,
        };
        let is_part = matches!(tag, Tag::Item | Tag::TableCell);
        let mut code_info = None;
        let frame = match tag {
            _ if is_too_deep => Frame::Through(1),
            Tag::Paragraph | Tag::HtmlBlock => Frame::Paragraph(Vec::new()),
            Tag::Heading { .. } => Frame::Heading(Vec::new()),
            Tag::CodeBlock(kind) => {
                if let CodeBlockKind::Fenced(info) = kind {
                    code_info = Some(info).filter(|info| !info.is_empty());
                }
                Frame::Code(Vec::new())
            }
            Tag::List(start) => Frame::List(start, Vec::new(), false),
            Tag::Item => Frame::Item(Vec::new(), Vec::new(), false),
            Tag::BlockQuote(_) => Frame::Quote(Vec::new()),
            Tag::FootnoteDefinition(label) => self.definition(&label),
            Tag::Table(columns) => {
                Frame::Table(columns.into_iter().map(side).collect(), Vec::new())
            }
            Tag::TableHead | Tag::TableRow => Frame::Cells(Vec::new()),
            Tag::TableCell => Frame::Cell(Vec::new()),
            Tag::Emphasis => Frame::Emphasis(Vec::new()),
            Tag::Strong => Frame::Strong(Vec::new()),
            Tag::Strikethrough => Frame::Strike(Vec::new()),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }
            | Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            } => {
                let scheme = if link_type == LinkType::Email {
                    "mailto:"
                } else {
                    ""
                };
                let target = Target {
                    address: format!("{scheme}{dest_url}"),
                    title: title.into_string(),
                };
                Frame::Link(target, Vec::new())
            }
            _ => Frame::Through(1),
        };
        match (self.stack.last_mut(), frame) {
            (Some(Frame::Through(count)), Frame::Through(_)) => *count += 1,
            (_, frame) => self.stack.push(frame),
        }
        if is_part {
            self.apart();
        }
        if is_paragraph {
            self.label();
        }
        if let Some(info) = code_info {
            self.leaf(&format!("{info}\n"), Inline::Text);
        }
    }

    /// A definition. One that is no footnote is a paragraph, and begins with its label as it is written.
    fn definition(&mut self, label: &str) -> Frame<E> {
        let definition = self.definitions.get(self.begun).copied();
        self.begun += 1;
        match definition {
            Some((known, Some(number))) if known == label.to_lowercase() => {
                Frame::Footnote(number, Vec::new())
            }
            _ => {
                self.label = Some(format!("[^{label}]: "));
                Frame::Through(1)
            }
        }
    }

    /// Puts the label of a definition that is no footnote before its words.
    fn label(&mut self) {
        if let Some(label) = self.label.take() {
            self.leaf(&label, Inline::Text);
        }
    }

    /// Keeps the words of an item that is too deep from those before and behind it.
    fn apart(&mut self) {
        if !matches!(self.stack.last(), Some(Frame::Through(_))) {
            return;
        }
        let frame = self
            .stack
            .iter()
            .rfind(|frame| !matches!(frame, Frame::Through(_)));
        if let Some(Frame::Item(_, inlines, _) | Frame::Cell(inlines)) = frame
            && !matches!(inlines.last(), None | Some(Inline::SoftBreak))
        {
            self.inline(Inline::SoftBreak);
        }
    }

    fn end(&mut self) {
        if let Some(Frame::Through(count @ 2..)) = self.stack.last_mut() {
            *count -= 1;
            return;
        }
        match self.stack.pop() {
            Some(Frame::Paragraph(inlines)) => self.paragraph(fitted(inlines)),
            Some(Frame::Heading(inlines)) => self.paragraph(vec![Inline::Strong(fitted(inlines))]),
            Some(Frame::Code(inlines)) => self.block(Block::Code(fitted(inlines))),
            Some(Frame::List(start, items, loose)) => self.list(start, fitted(items), loose),
            Some(Frame::Item(blocks, inlines, loose)) => self.item(blocks, fitted(inlines), loose),
            Some(Frame::Quote(blocks)) => self.block(Block::Quote(fitted(blocks))),
            Some(Frame::Footnote(number, blocks)) => self.footnotes[number].blocks = fitted(blocks),
            Some(Frame::Table(sides, rows)) => self.block(Block::Table(sides, fitted(rows))),
            Some(Frame::Cells(cells)) => {
                if let Some(Frame::Table(_, rows)) = self.stack.last_mut() {
                    rows.push(fitted(cells));
                }
            }
            Some(Frame::Cell(inlines)) => {
                if let Some(Frame::Cells(cells)) = self.stack.last_mut() {
                    cells.push(fitted(inlines));
                }
            }
            Some(Frame::Emphasis(inlines)) => self.inline(Inline::Emphasis(fitted(inlines))),
            Some(Frame::Strong(inlines)) => self.inline(Inline::Strong(fitted(inlines))),
            Some(Frame::Strike(inlines)) => self.inline(Inline::Strike(fitted(inlines))),
            Some(Frame::Link(target, inlines)) => self.link(target, fitted(inlines)),
            Some(Frame::Through(_)) | None => {}
        }
    }

    /// A link without words is told by its address: readers who hear a page could not know where it leads.
    fn name_link(&mut self) {
        let Some((Frame::Link(target, inlines), below)) = self.stack.split_last_mut() else {
            return;
        };
        if target.is_link() && !is_in_link(below) && inlines.iter().all(is_blank) {
            inlines.retain(|inline| !matches!(inline, Inline::Text(_)));
            let name = target.name();
            self.leaf(&name, Inline::Text);
        }
    }

    fn paragraph(&mut self, inlines: Vec<Inline<E>>) {
        if let Some(Frame::Item(_, _, loose)) = self.stack.last_mut() {
            *loose = true;
        }
        if !inlines.is_empty() {
            self.block(Block::Paragraph(inlines));
        }
    }

    fn list(&mut self, start: Option<u64>, items: Vec<Vec<Block<E>>>, loose: bool) {
        if !items.is_empty() {
            self.block(Block::List {
                start,
                loose,
                items,
            });
        }
    }

    fn item(&mut self, mut blocks: Vec<Block<E>>, inlines: Vec<Inline<E>>, is_loose: bool) {
        if !inlines.is_empty() {
            blocks.push(Block::Paragraph(inlines));
        }
        if blocks.is_empty() {
            return;
        }
        match self.stack.last_mut() {
            Some(Frame::List(_, items, loose)) => {
                *loose |= is_loose;
                items.push(fitted(blocks));
            }
            _ => blocks.into_iter().for_each(|block| self.block(block)),
        }
    }

    /// What stands in a row behind the last of its cells goes into that cell.
    fn rest_of_row(&mut self, end: usize) {
        let rest = self.prepared.get(self.cell_end..end).unwrap_or("");
        let rest = rest.trim_matches(|c: char| c == '|' || c.is_whitespace());
        if rest.is_empty() {
            return;
        }
        if let Some(Frame::Cells(cells)) = self.stack.last_mut() {
            let cell = cells.pop().unwrap_or_default();
            self.stack.push(Frame::Cell(cell));
            self.leaf(&format!(" {rest}"), Inline::Text);
            self.end();
        } else {
            self.leaf(&format!(" {rest}"), Inline::Text);
        }
    }

    /// A link that a reader may follow; the address of any other is text, so that it is seen and does nothing.
    fn link(&mut self, target: Target, inlines: Vec<Inline<E>>) {
        let is_link = target.is_link();
        let Target { address, title } = target;
        let shown = shown(&address);
        if is_link && is_in_link(&self.stack) {
            inlines.into_iter().for_each(|inline| self.inline(inline));
        } else if is_link || language::named(&shown).is_some() {
            self.inline(Inline::Link(shown, inlines));
        } else {
            let is_its_own_text =
                matches!(inlines.as_slice(), [Inline::Text(text)] if *text == shown);
            inlines.into_iter().for_each(|inline| self.inline(inline));
            if !address.is_empty() && !is_its_own_text {
                self.leaf(&format!(" ({address})"), Inline::Text);
            }
        }
        if !title.is_empty() {
            self.leaf(&format!(" ({title})"), Inline::Text);
        }
    }

    fn footnote(&self, label: &str) -> Option<usize> {
        self.labels.get(label.to_lowercase().as_str()).copied()
    }

    /// A reference to a footnote. Inside a passage it is withheld like a word.
    fn reference(&mut self, label: &str) {
        let Some(number) = self.footnote(label) else {
            return self.leaf(&format!("[^{label}]"), Inline::Text);
        };
        let reference = Inline::Footnote(FootnoteId {
            text: self.span,
            number,
        });
        match &mut self.inside {
            Some((number, first)) => {
                let (number, is_first) = (*number, std::mem::take(first));
                self.withheld(number, is_first, vec![reference]);
            }
            None => self.push(reference),
        }
    }

    fn lines(&mut self, text: &str) {
        for (at, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if at > 0 {
                self.inline(Inline::HardBreak);
            }
            self.leaf(line, Inline::Text);
        }
        if text.ends_with('\n') && text.trim() != "" {
            self.inline(Inline::SoftBreak);
        }
    }

    /// Words, divided where passages begin and end.
    fn leaf(&mut self, text: &str, make: fn(String) -> Inline<E>) {
        let mut rest = text;
        while let Some(at) = rest.find([OPEN, CLOSE]) {
            self.words(&rest[..at], make);
            let mark = &rest[at..];
            if let Some(after) = mark.strip_prefix(CLOSE) {
                self.close();
                rest = after;
                continue;
            }
            let inside = &mark[OPEN.len_utf8()..];
            let (number, after) = inside.split_once(BEGIN).unwrap_or((inside, ""));
            self.inside = number.parse().ok().map(|number| {
                let is_first = !self.marked.get(number).copied().unwrap_or(true);
                (number, is_first)
            });
            rest = after;
        }
        self.words(rest, make);
    }

    /// A passage that ends before any of its words was seen leaves its mark.
    fn close(&mut self) {
        if let Some((number, true)) = self.inside.take() {
            self.withheld(number, true, Vec::new());
        }
        self.inside = None;
    }

    fn words(&mut self, text: &str, make: fn(String) -> Inline<E>) {
        if text.is_empty() {
            return;
        }
        let text = restored(text);
        match &mut self.inside {
            Some((number, first)) => {
                let (number, is_first) = (*number, std::mem::take(first));
                self.withheld(number, is_first, vec![make(text)]);
            }
            None => self.push(make(text)),
        }
    }

    fn withheld(&mut self, number: usize, first: bool, words: Vec<Inline<E>>) {
        let exemptions = self.passages.get(number).cloned().unwrap_or_default();
        if let Some(marked) = self.marked.get_mut(number) {
            *marked = true;
        }
        self.push(Inline::Withheld {
            exemptions,
            first,
            words: E::keep(words),
        });
    }

    /// A break inside a passage belongs to it.
    fn inline(&mut self, inline: Inline<E>) {
        match (&self.inside, &inline) {
            (Some((number, false)), Inline::SoftBreak | Inline::HardBreak) => {
                self.withheld(*number, false, vec![inline]);
            }
            _ => self.push(inline),
        }
    }

    fn push(&mut self, inline: Inline<E>) {
        let at = self
            .stack
            .iter()
            .rposition(|frame| !matches!(frame, Frame::Through(_)));
        match at.map(|at| &mut self.stack[at]) {
            Some(
                Frame::Paragraph(inlines)
                | Frame::Heading(inlines)
                | Frame::Code(inlines)
                | Frame::Item(_, inlines, _)
                | Frame::Cell(inlines)
                | Frame::Emphasis(inlines)
                | Frame::Strong(inlines)
                | Frame::Strike(inlines)
                | Frame::Link(_, inlines),
            ) => inlines.push(inline),
            _ => self.block(Block::Paragraph(vec![inline])),
        }
    }

    fn block(&mut self, block: Block<E>) {
        let at = self.stack.iter().rposition(|frame| {
            matches!(
                frame,
                Frame::Item(..) | Frame::Quote(_) | Frame::Footnote(..)
            )
        });
        match at.map(|at| &mut self.stack[at]) {
            Some(Frame::Item(blocks, inlines, _)) => {
                if !inlines.is_empty() {
                    blocks.push(Block::Paragraph(std::mem::take(inlines)));
                }
                blocks.push(block);
            }
            Some(Frame::Quote(blocks) | Frame::Footnote(_, blocks)) => blocks.push(block),
            _ => self.blocks.push(block),
        }
    }

    /// The blocks of the text, and its footnotes.
    fn finish(mut self) -> (Vec<Block<E>>, Vec<Footnote<E>>) {
        while !self.stack.is_empty() {
            self.end();
        }
        self.inside = None;
        for number in 0..self.passages.len() {
            if !self.marked[number] {
                self.unmarked(number);
            }
        }
        (self.blocks, self.footnotes)
    }

    /// A passage of which Markdown left no trace, not even its mark: it stands at the end.
    fn unmarked(&mut self, number: usize) {
        let mark = format!("{OPEN}{number}{BEGIN}");
        let Some((_, words)) = self.prepared.split_once(&mark) else {
            // It went with a footnote.
            return;
        };
        let words = words
            .split_once(CLOSE)
            .map_or("", |(words, _)| words)
            .to_owned();
        self.leaf(&format!("{mark}{words}{CLOSE}"), Inline::Text);
    }
}

/// Characters that have no shape: they would break HTML and PDF, and a reader could not see them.
pub fn is_unprintable(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || is_noncharacter(c)
}

/// Words with what stood in the place of characters while they were parsed, and without what cannot be printed.
fn restored(text: &str) -> String {
    // The characters that stand for others cannot be printed either.
    if !text.contains(is_unprintable) {
        return text.to_owned();
    }
    text.replace(ANGLES, "<<")
        .replace(PIPE, "|")
        .replace(APART, "")
        .replace(is_unprintable, "\u{FFFD}")
}

/// A list without room for more: a book has hundreds of thousands, most of them of one piece.
fn fitted<T>(mut list: Vec<T>) -> Vec<T> {
    list.shrink_to_fit();
    list
}

fn side(column: Alignment) -> Side {
    match column {
        Alignment::None | Alignment::Left => Side::Start,
        Alignment::Center => Side::Middle,
        Alignment::Right => Side::End,
    }
}

fn blocks_words<E: Edition>(blocks: &[Block<E>], words: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Code(inlines) => inlines_words(inlines, words),
            Block::List { items, .. } => items.iter().for_each(|item| blocks_words(item, words)),
            Block::Quote(blocks) => blocks_words(blocks, words),
            Block::Table(_, rows) => {
                for cell in rows.iter().flatten() {
                    inlines_words(cell, words);
                    words.push(' ');
                }
            }
            Block::Rule => {}
        }
        if !words.is_empty() && !words.ends_with('\n') {
            words.push('\n');
        }
    }
}

/// The words of some pieces of a text, without markup.
pub fn inlines_words<E: Edition>(inlines: &[Inline<E>], words: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => words.push_str(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Strike(inner)
            | Inline::Link(_, inner) => {
                inlines_words(inner, words);
            }
            Inline::SoftBreak | Inline::HardBreak => words.push(' '),
            Inline::Footnote(_) => {}
            Inline::Withheld { words: secret, .. } => {
                if let Some(inner) = E::open(secret) {
                    inlines_words(inner, words);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn span() -> Span {
        let source = Sources::default().add("a.yaml", String::new());
        Span {
            source,
            start: 0,
            end: 0,
        }
    }

    fn text(source: &str) -> Text {
        Text::read(span(), source).unwrap_or_else(|fault| panic!("{}", fault.message))
    }

    #[test]
    fn a_passage_is_in_the_internal_edition_only() {
        let secret = text("Open <<s31 | **dark** words\n\nand more>> again.");
        assert_eq!(secret.words(), "Open dark words\nand more again.");
        let public = secret.redact();
        assert_eq!(public.words(), "Open  again.");
        assert_eq!(public.source(), "Open <<s31>> again.");
        assert_eq!(public.passages(), [[Exemption::new("s31")]]);
    }

    #[test]
    fn a_passage_cannot_reshape_the_public_text() {
        let secret = text("a <<s31 | * b*\n\n```\n>> c [x](#1) <<s40(2), s31>>\n");
        let public = secret.redact();
        assert_eq!(public.words(), "a  c x");
        assert_eq!(public.passages().len(), 2);
    }

    #[test]
    fn two_angles_can_be_written() {
        assert_eq!(text("1 \\<< 2 and `\\<<`").words(), "1 << 2 and <<");
        assert_eq!(text("1 \\<< 2").redact().words(), "1 << 2");
        assert_eq!(text("1 \\<<s31>> 2").words(), "1 <<s31>> 2");
        assert_eq!(text("1 \\<\\<s31 | 2>>").words(), "1 <<s31 | 2>>");
    }

    #[test]
    fn a_backslash_that_is_shown_withholds_nothing_less() {
        let secret = text("C:\\cases\\\\<<s31 | dark>> and \\\\\\<<");
        assert_eq!(secret.words(), "C:\\cases\\dark and \\<<");
        assert_eq!(secret.redact().words(), "C:\\cases\\ and \\<<");
    }

    #[test]
    fn words_of_any_kind_can_be_made_a_source() {
        for (words, source) in [
            ("a << b", "a \\<< b"),
            ("a \\<< b", "a \\<< b"),
            ("a \\\\<<<< b", "a \\\\\\<<\\<< b"),
            ("<", "<"),
        ] {
            assert_eq!(plain_angles(words), source);
            assert!(Text::read(span(), source).is_ok());
        }
    }

    #[test]
    fn faults_of_passages_are_told_apart() {
        for (source, code) in [
            ("a <<s31 | b", "withheld-unclosed"),
            ("a <<s31 | b <<s40 | c>> >>", "withheld-nested"),
            ("a << b c | d >> e", "withheld-code"),
            ("a <<the name of somebody>> c", "withheld-code"),
            ("C:\\cases\\<<s31 | somebody>> c", "withheld-escaped"),
            ("a \\\\\\<<S31, s40(2)|somebody", "withheld-escaped"),
        ] {
            let Err(fault) = Text::read(span(), source) else {
                panic!("no fault in {source}");
            };
            assert_eq!(fault.code, code, "{source}");
            assert!(!fault.message.contains("somebody"));
        }
    }

    #[test]
    fn raw_html_and_strange_links_are_text() {
        assert_eq!(
            text(
                "a <script>alert(1)</script> [x](javascript:alert(2)) ![y](http://a.example/b.png)"
            )
            .words(),
            "a <script>alert(1)</script> x (javascript:alert(2)) y"
        );
        assert_eq!(text("<div>\nblock\n</div>").words(), "<div> block </div>");
    }

    /// The links of a text, each with its words.
    fn links(source: &str) -> Vec<(String, String)> {
        fn walk(inlines: &[Inline<Internal>], links: &mut Vec<(String, String)>) {
            for inline in inlines {
                match inline {
                    Inline::Link(address, inner) => {
                        let mut words = String::new();
                        inlines_words(inner, &mut words);
                        links.push((address.clone(), words));
                        walk(inner, links);
                    }
                    Inline::Withheld { words, .. } => walk(words, links),
                    _ => {}
                }
            }
        }
        let mut links = Vec::new();
        for_each_inlines(text(source).blocks(), &mut |inlines| {
            walk(inlines, &mut links);
        });
        links
    }

    #[test]
    fn every_link_has_words_and_none_is_in_another() {
        for (source, address, words) in [
            (
                "[](https://a.example/x)",
                "https://a.example/x",
                "https://a.example/x",
            ),
            (
                "[ ](https://a.example)",
                "https://a.example",
                "https://a.example",
            ),
            ("[* *](https://a.example)", "https://a.example", "* *"),
            (
                "![](https://a.example/b.png)",
                "https://a.example/b.png",
                "https://a.example/b.png",
            ),
            (
                "[](mailto:b@a.example)",
                "mailto:b@a.example",
                "b@a.example",
            ),
            ("[](#1.4)", "#1.4", "1.4"),
            (
                "[![logo](https://a.example/i.png)](https://a.example)",
                "https://a.example",
                "logo",
            ),
            (
                "[![](https://a.example/i.png)](https://a.example)",
                "https://a.example",
                "https://a.example",
            ),
            (
                "[a <https://b.example> b](https://a.example)",
                "https://a.example",
                "a https://b.example b",
            ),
            (
                "<<s31 | [](https://a.example)>>",
                "https://a.example",
                "https://a.example",
            ),
        ] {
            assert_eq!(
                links(source),
                [(address.to_owned(), words.to_owned())],
                "{source}"
            );
        }
        // Words in another language may be a link or hold one.
        for (source, nested) in [
            (
                "[[a b](lang:cy)](https://a.example)",
                [("https://a.example", "a b"), ("lang:cy", "a b")],
            ),
            (
                "[x [a b](lang:cy) y](#1)",
                [("#1", "x a b y"), ("lang:cy", "a b")],
            ),
            (
                "[a [b](https://b.example) c](lang:cy)",
                [("lang:cy", "a b c"), ("https://b.example", "b")],
            ),
            (
                "[a](lang:cy) [b](https://b.example)",
                [("lang:cy", "a"), ("https://b.example", "b")],
            ),
        ] {
            let nested = nested.map(|(address, words)| (address.to_owned(), words.to_owned()));
            assert_eq!(links(source), nested, "{source}");
        }
        assert_eq!(
            text("`[a](lang:cy)` [b](lang:cy)!").words(),
            "[a](lang:cy) b!"
        );
    }

    #[test]
    fn an_address_that_leads_nowhere_is_words() {
        for (source, words) in [
            ("[link](http://)", "link (http://)"),
            ("[link](https:///x)", "link"),
            ("[link](mailto:)", "link (mailto:)"),
            ("[x](lang:xx-invalid)", "x (lang:xx-invalid)"),
            ("[x](lang:cymraeg)", "x (lang:cymraeg)"),
        ] {
            assert_eq!(text(source).words(), words);
        }
    }

    #[test]
    fn depth_is_bounded_and_nothing_is_lost() {
        let deep = format!("{} bottom", ">".repeat(20_000));
        assert_eq!(text(&deep).words(), "bottom");
        let stars = format!("{}x{}", "*a ".repeat(2_000), "*".repeat(2_000));
        assert!(text(&stars).words().contains('x'));
    }

    /// The words of a text, and of each of its footnotes.
    fn with_footnotes<E: Edition>(text: &Text<E>) -> Vec<String> {
        let mut body = String::new();
        blocks_words(&text.blocks, &mut body);
        let footnotes = text.footnotes.iter().flat_map(|all| &all.all);
        let footnotes = footnotes.map(|footnote| {
            let mut words = String::new();
            blocks_words(&footnote.blocks, &mut words);
            words.trim().to_owned()
        });
        std::iter::once(body.trim().to_owned())
            .chain(footnotes)
            .collect()
    }

    #[test]
    fn a_footnote_is_no_part_of_the_text() {
        let one = text("Calls[^a] rose[^A].\n\n[^a]: Those to 999.\n\n    - and 101\n\nMore.");
        assert_eq!(
            with_footnotes(&one),
            ["Calls rose.\nMore.", "Those to 999.\nand 101"]
        );
        assert_eq!(one.words(), "Calls rose.\nMore.\nThose to 999.\nand 101");
        assert!(
            one.footnotes()
                .is_some_and(|all| all.missing.is_empty() && all.unused.is_empty())
        );
        let none = text("x `[^1]` \\[^2] [^]: y");
        assert!(none.footnotes().is_none());
    }

    #[test]
    fn no_word_of_a_stray_footnote_is_lost() {
        let one = text("Calls[^b] rose.\n\n[^a]: Those to 999.\n[^A]: http://a.example");
        let words = "Calls[^b] rose.\n[^a]: Those to 999.\n[^A]: http://a.example";
        assert_eq!(with_footnotes(&one), [words]);
        let all = one
            .footnotes()
            .unwrap_or_else(|| panic!("nothing is astray"));
        let labels = |strays: &[Stray]| -> Vec<String> {
            strays.iter().map(|stray| stray.label.clone()).collect()
        };
        assert_eq!(labels(&all.missing), ["b"]);
        assert_eq!(labels(&all.unused), ["a", "A"]);
        // A circle to which nothing leads, and one behind a footnote that is used.
        assert_eq!(
            text("x\n[^a]:\n\n[^b]: - c").words(),
            "x\n[^a]: \n[^b]: \nc"
        );
        let circles = text("x\n\n[^a]: see[^b]\n[^b]: see[^a]");
        assert_eq!(with_footnotes(&circles), ["x\n[^a]: see", "see[^a]"]);
        let circles = text("x[^a]\n\n[^a]: see[^b]\n[^b]: see[^a]");
        assert_eq!(with_footnotes(&circles), ["x", "see", "see"]);
    }

    #[test]
    fn a_footnote_that_only_withheld_words_name_is_withheld() {
        for source in [
            "A <<s31 | b[^x]>> c.\n\n[^x]: dark <<s40 | and deep>>\n\n    more",
            "A <<s31 | b[^x]>> c.\n\n[^x]: see[^y]\n\n[^y]: dark and deep more",
            "A <<s31 | b[^x]>> c.\n\n<<s31 | [^x]: dark and deep more>>",
            "A <<s31 | b[^x] and\n\n[^x]: dark and deep more>>\n\nc.",
        ] {
            let secret = text(source);
            assert!(
                secret
                    .words()
                    .replace('\n', " ")
                    .contains("dark and deep more")
                    || source.contains("<<s40"),
                "{source}"
            );
            let public = secret.redact();
            let flat = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
            let words = with_footnotes(&public);
            assert_eq!(words.len(), 1, "{source}");
            assert_eq!(flat(&words[0]), "A c.", "{source}");
            assert_eq!(flat(public.source()), "A <<s31>> c.", "{source}");
            assert_eq!(public.passages(), [[Exemption::new("s31")]], "{source}");
            assert_eq!(secret.passages(), public.passages(), "{source}");
            let words: Vec<String> = secret.withheld().into_iter().map(|one| one.words).collect();
            assert!(words.concat().contains("dark"), "{source}");
        }
    }

    #[test]
    fn a_footnote_that_public_words_name_stays() {
        let secret = text("A[^x] <<s31 | b[^x]>> c.\n\n[^x]: open <<s40 | dark>> end");
        let public = secret.redact();
        assert_eq!(with_footnotes(&public), ["A  c.", "open  end"]);
        assert_eq!(public.passages().len(), 2);
        // Its words are withheld, and a mark stands in their place.
        for source in [
            "A[^x] c.\n\n<<s31 | [^x]: dark>>",
            "A[^x] <<s31 | b\n\n[^x]: dark>> c.",
        ] {
            let secret = text(source);
            assert_eq!(secret.passages().len(), 1);
            let public = secret.redact();
            let words = with_footnotes(&public);
            assert_eq!(words.len(), 2, "{source}");
            assert_eq!(words[1], "", "{source}");
            assert!(
                !public
                    .footnote(FootnoteId {
                        text: span(),
                        number: 0
                    })
                    .is_empty()
            );
            assert!(!public.source().contains("dark"));
        }
        // A label that nobody refers to in public does not get out.
        let secret = text("A.\n\n<<s31 | [^informer]: dark>>");
        assert!(!secret.redact().source().contains("informer"));
    }
}
