//! From the tree of HTML to styled blocks, and with them the logical structure.
//!
//! In: the nodes of a page. Out: [`Content`]: blocks that know their type, their space and their place in the structure,
//! and the links, link targets and bookmarks of the document. White space is collapsed here, lists get their markers and
//! tables their grid. It never measures anything: widths, lines and pages are for the steps below.

mod grid;
mod lists;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use self::text::{Run, State};
use super::drawing::Words;
use super::picture::{self, Kind, Picture};
use super::structure::{DOCUMENT, ElementId, Role, Scope, Slot, Structure};
use super::style::{self, Colour, Type};
use super::tree::{Element, Node, squeeze};

/// Index of a place that a link or a bookmark leads to.
pub(super) type TargetId = u32;

/// Everything that is to be laid out.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) blocks: Vec<Block>,
    pub(super) structure: Structure,
    pub(super) links: Vec<Link>,
    /// How many targets there are.
    pub(super) targets: u32,
    pub(super) bookmarks: Vec<Bookmark>,
    pub(super) pictures: Vec<Picture>,
    /// Control characters that were found in the text, each with the text around it.
    pub(super) controls: Vec<(char, String)>,
}

/// A link: where it leads, and what it is called in the annotation (ISO 14289-1, 7.18.5).
#[derive(Debug)]
pub(super) struct Link {
    pub(super) element: ElementId,
    pub(super) destination: Destination,
    pub(super) contents: String,
}

/// Where a link leads.
#[derive(Clone, Debug)]
pub(super) enum Destination {
    Address(String),
    Target(TargetId),
}

/// A heading as a bookmark.
#[derive(Debug)]
pub(super) struct Bookmark {
    pub(super) level: u8,
    pub(super) title: String,
    pub(super) target: TargetId,
}

/// A thing that stands on its own lines.
#[derive(Debug)]
pub(super) enum Block {
    Paragraph(Paragraph),
    List(Vec<Item>),
    Pairs(Pairs),
    Table(Table),
    Frame(Frame),
    Figure(Figure),
    Rule,
}

/// Lines of text.
#[derive(Debug)]
pub(super) struct Paragraph {
    /// Hangs to the left of the text.
    pub(super) number: Option<Inline>,
    pub(super) hang: Hang,
    pub(super) text: Inline,
    pub(super) side: Side,
    pub(super) before: f32,
    pub(super) after: f32,
    pub(super) rule_above: bool,
    /// Lines of about the same length.
    pub(super) even: bool,
    /// Never last on a page.
    pub(super) keep_with_next: bool,
    pub(super) targets: Vec<TargetId>,
}

/// Where lines stand that are shorter than the measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Side {
    #[default]
    Left,
    Middle,
    Right,
}

/// How far the text hangs to the right of its number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Hang {
    /// As far as the number needs.
    Number,
    /// At least this far.
    AtLeast(f32),
}

/// A run of text with its looks.
#[derive(Debug, Default)]
pub(super) struct Inline {
    pub(super) base: Option<Type>,
    pub(super) text: String,
    /// Cover the text without a gap, in order.
    pub(super) spans: Vec<Span>,
    pub(super) labels: Vec<Label>,
    /// Its lines begin at the right.
    pub(super) leftwards: bool,
}

/// A stretch of text that looks the same and belongs to the same place of the structure.
#[derive(Debug)]
pub(super) struct Span {
    /// Byte offset where it ends; it begins where the one before ends.
    pub(super) end: usize,
    pub(super) look: Look,
    pub(super) slot: Slot,
    pub(super) link: Option<u32>,
}

/// A short label, set as one piece at a place in the text.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) at: usize,
    pub(super) inline: Inline,
    pub(super) paper: Colour,
}

/// How a span looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Of the paragraph's size.
    pub(super) scale: f32,
    /// Above the baseline, of the paragraph's size.
    pub(super) rise: f32,
    pub(super) colour: Colour,
    pub(super) underline: bool,
    /// A line goes through the words.
    pub(super) struck: bool,
    pub(super) paper: Option<Colour>,
}

/// An item of a list.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) marker: Option<Inline>,
    pub(super) blocks: Vec<Block>,
}

/// A list of terms, each with what is said of it.
#[derive(Debug)]
pub(super) struct Pairs {
    pub(super) kind: PairsKind,
    pub(super) groups: Vec<Group>,
}

/// How pairs are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PairsKind {
    /// In two columns.
    Plain,
    /// In two columns with hairlines between.
    Facts,
    /// One after the other on a line.
    Line,
}

/// Terms and their details.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) terms: Vec<Block>,
    pub(super) details: Vec<Block>,
}

/// A picture on its own line.
#[derive(Debug)]
pub(super) struct Figure {
    /// Index into the document's pictures.
    pub(super) picture: usize,
    pub(super) width: f32,
    pub(super) height: f32,
    /// None when it only decorates.
    pub(super) slot: Option<Slot>,
    pub(super) link: Option<u32>,
    pub(super) targets: Vec<TargetId>,
    /// The words of a drawing, and its size in their units.
    pub(super) words: Vec<Words>,
    pub(super) units: (f32, f32),
    /// As wide as the column.
    pub(super) fill: bool,
    /// Never last on a page.
    pub(super) keep_with_next: bool,
}

/// A box around blocks.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    pub(super) blocks: Vec<Block>,
    /// Its end is never last on a page.
    pub(super) keep_with_next: bool,
}

/// The kinds of boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameKind {
    Context,
    Action,
    Note,
    Notice,
    Kept,
    Findings,
    Question,
    Decision,
    /// One of several that follow each other, such as a matter arising.
    Entry,
}

/// A table with its grid worked out.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) caption: Vec<Block>,
    pub(super) columns: usize,
    pub(super) rows: Vec<Row>,
    /// How many of the rows are its head.
    pub(super) head: usize,
    pub(super) wide: bool,
    /// With little space between its rows.
    pub(super) dense: bool,
}

impl Table {
    /// What its head says, and its shape: tables of which this is the same look the same. None when it has no head.
    pub(super) fn likeness(&self) -> Option<String> {
        let cells = self.rows[..self.head].iter().flat_map(|row| &row.cells);
        let words = cells.map(|cell| {
            let mut words = String::new();
            for block in &cell.blocks {
                if let Block::Paragraph(paragraph) = block {
                    words.push_str(&paragraph.text.text);
                }
            }
            words
        });
        let words: Vec<String> = words.collect();
        (self.head > 0).then(|| format!("{}{}{}", self.columns, self.wide, words.join("\n")))
    }
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    element: ElementId,
    pub(super) cells: Vec<Cell>,
    /// One header cell over all columns, for the rows below it.
    pub(super) heading: bool,
}

/// A cell at its place in the grid.
#[derive(Debug)]
pub(super) struct Cell {
    element: ElementId,
    scope: Option<Scope>,
    /// How many rows it heads beside those that it covers.
    heads: usize,
    pub(super) blocks: Vec<Block>,
    pub(super) column: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// Classes of paragraphs that announce what follows.
const LEADS: [&str; 4] = ["run-in", "action-ref", "note-title", "respondent"];

/// An address with more bytes than this is no link (ISO 19005-2, 6.1.13).
const MOST_ADDRESS: usize = 16_000;

/// Turn the content of a page into blocks; drawings may use the colour of the book.
pub(super) fn blocks(nodes: &[Node], accent: Colour) -> Content {
    let mut names = BTreeSet::new();
    collect_names(nodes, &mut names);
    let mut builder = Builder {
        structure: Structure::new(),
        links: Vec::new(),
        names,
        targets: BTreeMap::new(),
        next_target: 0,
        pending: Vec::new(),
        bookmarks: Vec::new(),
        pictures: Vec::new(),
        heading: 0,
        controls: Vec::new(),
        accent,
    };
    let look = Context {
        parent: DOCUMENT,
        base: style::BODY,
        destination: None,
        list_depth: 0,
        direct: false,
        in_table: false,
        leftwards: false,
        side: Side::Left,
        illustration: false,
        gap: style::PARAGRAPH_GAP,
    };
    let mut out = Vec::new();
    builder.flow(nodes, &look, &mut out);
    // What is named after the last text leads to that text.
    let rest = std::mem::take(&mut builder.pending);
    if let Some(paragraph) = last_paragraph(&mut out) {
        paragraph.targets.extend(rest);
    }
    Content {
        blocks: out,
        structure: builder.structure,
        links: builder.links,
        targets: builder.next_target,
        bookmarks: builder.bookmarks,
        pictures: builder.pictures,
        controls: builder.controls,
    }
}

fn collect_names<'a>(nodes: &'a [Node], names: &mut BTreeSet<&'a str>) {
    for node in nodes {
        if let Node::Element(element) = node {
            names.extend(element.attribute("id"));
            collect_names(&element.children, names);
        }
    }
}

fn last_paragraph(blocks: &mut [Block]) -> Option<&mut Paragraph> {
    blocks.iter_mut().rev().find_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::List(items) => items
            .iter_mut()
            .rev()
            .find_map(|item| last_paragraph(&mut item.blocks)),
        Block::Pairs(pairs) => pairs
            .groups
            .iter_mut()
            .rev()
            .find_map(|group| last_paragraph(&mut group.details)),
        Block::Frame(frame) => last_paragraph(&mut frame.blocks),
        Block::Table(table) => table
            .rows
            .iter_mut()
            .rev()
            .flat_map(|row| row.cells.iter_mut().rev())
            .find_map(|cell| last_paragraph(&mut cell.blocks)),
        Block::Rule | Block::Figure(_) => None,
    })
}

/// What the blocks inside an element inherit.
#[derive(Clone, Debug)]
struct Context {
    parent: ElementId,
    base: Type,
    /// A link around blocks.
    destination: Option<(Destination, String)>,
    list_depth: usize,
    /// Text goes straight into the parent element, not into a paragraph of its own.
    direct: bool,
    in_table: bool,
    side: Side,
    /// Lines begin at the right.
    leftwards: bool,
    /// Inside a `figure`: a drawing without a size of its own fills the column.
    illustration: bool,
    /// Space below a paragraph.
    gap: f32,
}

impl Context {
    /// An element may say on which side the lines in it begin.
    fn turn(&mut self, element: &Element) {
        self.leftwards = match element.attribute("dir") {
            Some("rtl") => true,
            Some("ltr") => false,
            _ => self.leftwards,
        };
    }
}

struct Builder<'a> {
    structure: Structure,
    links: Vec<Link>,
    /// Every id of the document.
    names: BTreeSet<&'a str>,
    targets: BTreeMap<String, TargetId>,
    next_target: TargetId,
    /// Targets that wait for the next text.
    pending: Vec<TargetId>,
    bookmarks: Vec<Bookmark>,
    pictures: Vec<Picture>,
    /// Level of the last heading, for a hierarchy without gaps.
    heading: u8,
    controls: Vec<(char, String)>,
    accent: Colour,
}

impl Builder<'_> {
    fn target(&mut self, name: &str) -> TargetId {
        if let Some(target) = self.targets.get(name) {
            return *target;
        }
        let target = self.fresh_target();
        self.targets.insert(name.to_owned(), target);
        target
    }

    fn fresh_target(&mut self) -> TargetId {
        self.next_target += 1;
        self.next_target - 1
    }

    fn name(&mut self, element: &Element) {
        if let Some(id) = element.attribute("id") {
            let target = self.target(id);
            self.pending.push(target);
        }
    }

    /// Blocks and text, in order.
    fn flow(&mut self, nodes: &[Node], context: &Context, out: &mut Vec<Block>) {
        let mut run: Option<Run> = None;
        for (index, node) in nodes.iter().enumerate() {
            match node {
                Node::Text(text) => {
                    if run.is_some() || !text.trim_ascii().is_empty() {
                        let run = run.get_or_insert_with(|| self.run(context, Role::P));
                        self.text(run, text);
                    }
                }
                Node::Element(element) if !element.block => {
                    if run.is_some() || has_content(element) {
                        let run = run.get_or_insert_with(|| self.run(context, Role::P));
                        self.inline(run, element);
                    } else {
                        self.name(element);
                    }
                }
                Node::Element(element) => {
                    self.finish(run.take(), context, out);
                    self.block(element, context, out);
                    if let Some(Block::Frame(frame)) = out.last_mut()
                        && frame.kind == FrameKind::Context
                    {
                        // What a question rests on is not left behind on the page before.
                        frame.keep_with_next = asks(&nodes[index + 1..]);
                    }
                }
            }
        }
        self.finish(run, context, out);
    }

    /// A run of text that will become a paragraph; its element is made now, so that it comes in reading order.
    fn run(&mut self, context: &Context, role: Role) -> Run {
        let element = if context.direct {
            context.parent
        } else {
            self.structure.add(context.parent, role)
        };
        self.run_in(element, context, context.base)
    }

    fn run_in(&mut self, element: ElementId, context: &Context, base: Type) -> Run {
        let mut run = Run {
            inline: Inline {
                base: Some(base),
                leftwards: context.leftwards,
                ..Inline::default()
            },
            number: None,
            state: State {
                element,
                link: None,
                look: Look {
                    bold: base.bold,
                    italic: false,
                    scale: 1.0,
                    rise: 0.0,
                    colour: base.colour,
                    underline: false,
                    struck: false,
                    paper: None,
                },
                preserve: false,
            },
            after_space: true,
            targets: std::mem::take(&mut self.pending),
        };
        if let Some((destination, contents)) = &context.destination {
            self.start_link(&mut run.state, destination.clone(), contents.clone());
        }
        run
    }

    fn start_link(&mut self, state: &mut State, destination: Destination, contents: String) {
        let element = self.structure.add(state.element, Role::Link);
        let link = self.links.len() as u32;
        self.structure.attributes(element).link = Some(link);
        self.links.push(Link {
            element,
            destination,
            contents,
        });
        state.element = element;
        state.link = Some(link);
        if state.look.colour != style::BLACK.ink {
            state.look.colour = style::LINK;
        }
        state.look.underline = true;
    }

    fn finish(&mut self, run: Option<Run>, context: &Context, out: &mut Vec<Block>) {
        if let Some(run) = run {
            let (text, number, targets) = run.end();
            out.push(Block::Paragraph(Paragraph {
                number,
                hang: Hang::AtLeast(style::HANG),
                keep_with_next: text.text.ends_with(':'),
                text,
                side: context.side,
                before: 0.0,
                after: context.gap,
                rule_above: false,
                even: false,
                targets,
            }));
        }
    }

    fn block(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
        self.name(element);
        let mut inner = context.clone();
        inner.direct = false;
        inner.turn(element);
        if element.has_class("quiet") {
            inner.base.colour = style::QUIET;
        }
        if let Some(language) = element.attribute("lang") {
            let div = self.structure.add(context.parent, Role::Div);
            self.structure.attributes(div).language = Some(language.to_owned());
            inner.parent = div;
        }
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element, &inner, out),
            "p" | "dt" | "dd" | "summary" | "legend" | "address" if !has_block_inside(element) => {
                self.paragraph(element, &inner, out);
            }
            "pre" => {
                let mut run = self.run(&inner, Role::P);
                run.state.preserve = true;
                let code = self.structure.add(run.state.element, Role::Code);
                run.state.element = code;
                self.children(&mut run, &element.children);
                self.finish(Some(run), &inner, out);
            }
            "ul" | "ol" | "menu" | "dir" => self.list(element, &inner, out),
            "dl" => self.pairs(element, &inner, out),
            "table" => self.table(element, &inner, out),
            "hr" => out.push(Block::Rule),
            "img" | "svg" => self.figure(element, &inner, out),
            "figure" => self.illustration(element, inner, out),
            "figcaption" => {
                inner.parent = self.structure.add(inner.parent, Role::Caption);
                inner.direct = !has_block_inside(element);
                inner.base = style::FIGURE_CAPTION;
                self.flow(&element.children, &inner, out);
            }
            "blockquote" => {
                inner.parent = self.structure.add(inner.parent, Role::BlockQuote);
                inner.base.colour = style::QUIET;
                self.frame(element, FrameKind::Context, inner, out);
            }
            "a" => {
                inner.destination = self.destination(element).or(inner.destination);
                self.flow(&element.children, &inner, out);
            }
            "section" | "article" => {
                inner.parent = self.structure.add(inner.parent, Role::Sect);
                self.container(element, inner, out);
            }
            _ => self.container(element, inner, out),
        }
    }

    /// A section or a division: set as its classes say.
    fn container(&mut self, element: &Element, mut inner: Context, out: &mut Vec<Block>) {
        let kind = [
            ("action", FrameKind::Action),
            ("note", FrameKind::Note),
            ("notice", FrameKind::Notice),
            ("kept", FrameKind::Kept),
            ("context", FrameKind::Context),
            ("findings", FrameKind::Findings),
            ("question", FrameKind::Question),
            ("decision", FrameKind::Decision),
            ("arising", FrameKind::Entry),
        ]
        .into_iter()
        .find(|(class, _)| element.has_class(class))
        .map(|(_, kind)| kind)
        // A question that holds its own findings is a section, not what goes before them.
        .filter(|kind| *kind != FrameKind::Question || !holds(element, "findings"));
        match kind {
            Some(kind) => {
                match kind {
                    FrameKind::Note => {
                        inner.parent = self.structure.add(inner.parent, Role::Note);
                        self.structure.attributes(inner.parent).named = true;
                    }
                    FrameKind::Context => inner.base.colour = style::QUIET,
                    _ => {}
                }
                if matches!(
                    kind,
                    FrameKind::Action
                        | FrameKind::Notice
                        | FrameKind::Kept
                        | FrameKind::Decision
                        | FrameKind::Entry
                ) {
                    inner.parent = self.structure.add(inner.parent, Role::Div);
                }
                self.frame(element, kind, inner, out);
            }
            None => self.flow(&element.children, &inner, out),
        }
    }

    fn frame(&mut self, element: &Element, kind: FrameKind, inner: Context, out: &mut Vec<Block>) {
        let mut blocks = Vec::new();
        self.flow(&element.children, &inner, &mut blocks);
        if !blocks.is_empty() {
            out.push(Block::Frame(Frame {
                kind,
                blocks,
                keep_with_next: false,
            }));
        }
    }

    /// A picture; its alternative text when it cannot be shown.
    fn figure(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
        let alternative = picture::alternative(element);
        let Some(mut shown) = picture::read(element, self.accent) else {
            if let Some(text) = alternative {
                let mut run = self.run(context, Role::P);
                self.text(&mut run, &text);
                self.finish(Some(run), context, out);
            }
            return;
        };
        let mut parent = context.parent;
        let mut link = None;
        if let Some((destination, contents)) = &context.destination {
            parent = self.structure.add(parent, Role::Link);
            link = Some(self.links.len() as u32);
            self.structure.attributes(parent).link = link;
            let contents = alternative.clone().unwrap_or_else(|| contents.clone());
            let destination = destination.clone();
            self.links.push(Link {
                element: parent,
                destination,
                contents,
            });
        }
        let slot = alternative.map(|text| {
            let figure = self.structure.add(parent, Role::Figure);
            self.structure.attributes(figure).alternative = Some(text);
            self.structure.slot(figure)
        });
        let (words, units) = match &mut shown.kind {
            Kind::Drawing(drawing) => (
                std::mem::take(&mut drawing.words),
                (drawing.width, drawing.height),
            ),
            Kind::Raster(_) | Kind::Vector(_) => (Vec::new(), (1.0, 1.0)),
        };
        let sized = ["width", "height"].map(|name| element.attribute(name).is_some());
        out.push(Block::Figure(Figure {
            picture: self.pictures.len(),
            width: shown.width,
            height: shown.height,
            slot,
            link,
            targets: std::mem::take(&mut self.pending),
            words,
            units,
            fill: context.illustration && element.name == "svg" && sized == [false, false],
            keep_with_next: false,
        }));
        self.pictures.push(shown);
    }

    /// A picture with its caption, on one page. They lie side by side in the structure: what is inside an element that
    /// has an alternative is not read (ISO 32000-1, 14.9.3).
    fn illustration(&mut self, element: &Element, mut inner: Context, out: &mut Vec<Block>) {
        inner.parent = self.structure.add(inner.parent, Role::Div);
        inner.illustration = true;
        let start = out.len();
        self.flow(&element.children, &inner, out);
        let end = out.len().saturating_sub(1).max(start);
        for block in &mut out[start..end] {
            match block {
                Block::Figure(figure) => figure.keep_with_next = true,
                Block::Paragraph(paragraph) => paragraph.keep_with_next = true,
                _ => {}
            }
        }
        if let Some(Block::Paragraph(caption)) = out[start..].last_mut() {
            caption.after = style::BLOCK_GAP;
        }
    }

    fn heading(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
        let level = element.name.as_bytes()[1] - b'0';
        let (mut base, mut before, mut after) = style::HEADINGS[usize::from(level.clamp(1, 6) - 1)];
        if element.has_class("ask") {
            // Questions look the same, however deep their item lies.
            (base, before, after) = style::HEADINGS[4];
        }
        let is_compact = element.has_class("compact");
        if is_compact {
            (base, before, after) = style::HEADINGS[2];
        }
        if context.in_table {
            base = Type {
                bold: true,
                ..context.base
            };
        }
        if squeeze(&element.text()).is_empty() {
            return self.flow(&element.children, context, out);
        }
        // ISO 14289-1, 7.4.2: no level is left out on the way down.
        self.heading = level.min(self.heading + 1);
        let id = self.structure.add(context.parent, Role::H(self.heading));
        let target = self.fresh_target();
        self.pending.push(target);
        self.bookmarks.push(Bookmark {
            level: self.heading,
            title: squeeze(&element.text()),
            target,
        });
        let mut run = self.run_in(id, context, base);
        self.children(&mut run, &element.children);
        let (text, number, targets) = run.end();
        out.push(Block::Paragraph(Paragraph {
            number,
            hang: if element.has_class("question") || element.has_class("ask") {
                Hang::AtLeast(style::HANG)
            } else {
                Hang::Number
            },
            text,
            side: context.side,
            before,
            after,
            rule_above: level == 2 && !context.in_table && !is_compact,
            even: level <= 3 && !element.has_class("ask"),
            keep_with_next: true,
            targets,
        }));
    }

    fn paragraph(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
        let kind = if element.has_class("question") {
            Some(FrameKind::Question)
        } else if element.has_class("findings") {
            Some(FrameKind::Findings)
        } else if element.has_class("context") {
            Some(FrameKind::Context)
        } else if element.has_class("note") {
            Some(FrameKind::Note)
        } else if element.has_class("notice") {
            Some(FrameKind::Notice)
        } else {
            None
        };
        if !has_content(element) {
            return;
        }
        let mut run = self.run(context, Role::P);
        self.children(&mut run, &element.children);
        let mut blocks = Vec::new();
        self.finish(Some(run), context, &mut blocks);
        if let (true, Some(Block::Paragraph(paragraph))) = (announces(element), blocks.last_mut()) {
            paragraph.keep_with_next = true;
            paragraph.before = paragraph
                .before
                .max(style::LEAD_BEFORE.min(context.gap + 2.0));
            paragraph.after = paragraph.after.min(style::LEAD_AFTER);
        }
        if let (true, Some(Block::Paragraph(paragraph))) = (
            element.has_class("asked") || element.has_class("lead"),
            blocks.last_mut(),
        ) {
            // Who asked whom, or who leads, belongs to what is above and to what is below.
            paragraph.keep_with_next = true;
            if element.has_class("asked") {
                paragraph.after = paragraph.after.min(style::LEAD_AFTER);
            }
        }
        match kind {
            Some(kind) => out.push(Block::Frame(Frame {
                kind,
                blocks,
                keep_with_next: false,
            })),
            None => out.append(&mut blocks),
        }
    }
}

/// Whether anything of the element would be seen.
fn has_content(element: &Element) -> bool {
    element.name == "img"
        || element.name == "svg"
        || element.children.iter().any(|node| match node {
            Node::Text(text) => !text.trim_ascii().is_empty(),
            Node::Element(child) => has_content(child),
        })
}

fn has_block_inside(element: &Element) -> bool {
    has_block(&element.children)
}

fn has_block(nodes: &[Node]) -> bool {
    nodes
        .iter()
        .any(|node| matches!(node, Node::Element(child) if child.block))
}

/// Whether the first element of what follows is a question or begins one.
fn asks(nodes: &[Node]) -> bool {
    let next = nodes.iter().find_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    next.is_some_and(|next| {
        next.has_class("question") || next.has_class("ask") || holds(next, "ask")
    })
}

/// Whether an element or anything inside it has a class.
fn holds(element: &Element, class: &str) -> bool {
    element.children.iter().any(|node| match node {
        Node::Element(child) => child.has_class(class) || holds(child, class),
        Node::Text(_) => false,
    })
}

/// A paragraph that only announces what follows: known by its class, or all of it in bold.
fn announces(element: &Element) -> bool {
    if LEADS.iter().any(|class| element.has_class(class)) {
        return true;
    }
    let mut seen = element
        .children
        .iter()
        .filter(|node| !matches!(node, Node::Text(text) if text.trim_ascii().is_empty()));
    matches!(seen.next(), Some(Node::Element(child)) if matches!(child.name.as_str(), "strong" | "b"))
        && seen.next().is_none()
}

fn integer(value: Option<&str>) -> Option<i64> {
    value
        .and_then(|value| value.trim().parse::<i64>().ok())
        .map(|value| value.clamp(-99_999, 99_999))
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    fn set(html: &str) -> Content {
        blocks(
            &tree::read(&format!("<main>{html}</main>")).content,
            style::BLUE.ink,
        )
    }

    fn text(block: &Block) -> &str {
        match block {
            Block::Paragraph(paragraph) => &paragraph.text.text,
            _ => "",
        }
    }

    #[test]
    fn white_space_is_collapsed_and_trimmed() {
        let content = set("<p>  one\n two <b> three</b> <i> </i>four </p> <p>\n</p>");
        assert_eq!(content.blocks.len(), 1);
        assert_eq!(text(&content.blocks[0]), "one two three four");
    }

    #[test]
    fn spans_cover_the_text() {
        let content = set("<p>a <b>bold</b> and <a href=https://e.org>a link</a>.</p>");
        let Block::Paragraph(paragraph) = &content.blocks[0] else {
            panic!()
        };
        let ends: Vec<usize> = paragraph.text.spans.iter().map(|span| span.end).collect();
        assert_eq!(ends.last(), Some(&paragraph.text.text.len()));
        assert!(ends.is_sorted());
        assert_eq!(content.links.len(), 1);
    }

    #[test]
    fn headings_leave_out_no_level() {
        let content = set("<h3>three</h3><h6>six</h6><h1>one</h1><h2>two</h2>");
        let levels: Vec<u8> = content
            .bookmarks
            .iter()
            .map(|bookmark| bookmark.level)
            .collect();
        assert_eq!(levels, [1, 2, 1, 2]);
    }

    #[test]
    fn a_number_hangs_beside_its_heading() {
        let content = set("<h2><span class=number>2.1</span> Title</h2>");
        let Block::Paragraph(paragraph) = &content.blocks[0] else {
            panic!()
        };
        assert_eq!(
            paragraph.number.as_ref().map(|number| number.text.as_str()),
            Some("2.1 ")
        );
        assert_eq!(paragraph.text.text, "Title");
    }

    #[test]
    fn rows_are_filled_and_spans_kept_inside_their_group() {
        let content = set("<table><tr><td rowspan=9>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>");
        let Block::Table(table) = &content.blocks[0] else {
            panic!()
        };
        assert_eq!(table.columns, 4);
        assert!(
            table
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .all(|cell| cell.rows <= 3)
        );
    }

    #[test]
    fn list_markers_count_as_asked() {
        let markers = |html: &str| -> Vec<String> {
            let content = set(html);
            let Block::List(items) = &content.blocks[0] else {
                panic!()
            };
            items
                .iter()
                .filter_map(|item| item.marker.as_ref())
                .map(|marker| marker.text.trim().to_owned())
                .collect()
        };
        assert_eq!(
            markers("<ol start=3><li>x<li value=9>y<li>z</ol>"),
            ["3.", "9.", "10."]
        );
        assert_eq!(
            markers("<ol type=a start=26><li>x<li>y</ol>"),
            ["z.", "aa."]
        );
        assert_eq!(markers("<ol type=I start=4><li>x</ol>"), ["IV."]);
        assert_eq!(
            markers("<ul><li><span class=number>(a)</span> x<li>y</ul>"),
            ["(a)", "•"]
        );
    }

    #[test]
    fn only_links_that_lead_somewhere_are_links() {
        let content = set(
            "<p id=here><a href=#here>a</a><a href=#gone>b</a><a href=javascript:x>c</a><a href=mailto:a@e.org>d</a></p>",
        );
        assert_eq!(content.links.len(), 2);
    }
}
