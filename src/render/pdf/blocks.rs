//! From the tree of HTML to styled blocks, and with them the logical structure.
//!
//! In: the nodes of a page. Out: [`Content`]: blocks that know their type, their space and their place in the structure,
//! and the links, link targets and bookmarks of the document. White space is collapsed here, lists get their markers and
//! tables their grid. It never measures anything: widths, lines and pages are for the steps below.

use std::collections::{BTreeMap, BTreeSet};

use super::picture::{self, Picture};
use super::structure::{DOCUMENT, ElementId, Numbering, Role, Scope, Slot, Structure};
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
    pub(super) before: f32,
    pub(super) after: f32,
    pub(super) rule_above: bool,
    /// Lines of about the same length.
    pub(super) even: bool,
    /// Never last on a page.
    pub(super) keep_with_next: bool,
    pub(super) targets: Vec<TargetId>,
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
}

/// A box around blocks.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) kind: FrameKind,
    pub(super) blocks: Vec<Block>,
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
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    element: ElementId,
    pub(super) cells: Vec<Cell>,
}

/// A cell at its place in the grid.
#[derive(Debug)]
pub(super) struct Cell {
    element: ElementId,
    scope: Option<Scope>,
    pub(super) blocks: Vec<Block>,
    pub(super) column: usize,
    pub(super) columns: usize,
    pub(super) rows: usize,
}

/// Classes of paragraphs that announce what follows.
const LEADS: [&str; 4] = ["run-in", "action-ref", "note-title", "respondent"];

/// An address with more bytes than this is no link (ISO 19005-2, 6.1.13).
const MOST_ADDRESS: usize = 16_000;

/// Columns and rows beyond these are set without their spans.
const MOST_COLUMNS: usize = 64;

/// Turn the content of a page into blocks.
pub(super) fn blocks(nodes: &[Node]) -> Content {
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
    };
    let look = Context {
        parent: DOCUMENT,
        base: style::BODY,
        destination: None,
        list_depth: 0,
        direct: false,
        in_table: false,
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
    /// Space below a paragraph.
    gap: f32,
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
        for node in nodes {
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
            "p" | "dt" | "dd" | "figcaption" | "summary" | "legend" | "address"
                if !has_block_inside(element) =>
            {
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
            out.push(Block::Frame(Frame { kind, blocks }));
        }
    }

    /// A picture; its alternative text when it cannot be shown.
    fn figure(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
        let alternative = picture::alternative(element);
        let Some(shown) = picture::read(element) else {
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
        out.push(Block::Figure(Figure {
            picture: self.pictures.len(),
            width: shown.width,
            height: shown.height,
            slot,
            link,
            targets: std::mem::take(&mut self.pending),
        }));
        self.pictures.push(shown);
    }

    fn heading(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
        let level = element.name.as_bytes()[1] - b'0';
        let (mut base, before, after) = match element.has_class("ask") {
            // A question is set like any other, however deep its item is.
            true => style::QUESTION,
            false => style::HEADINGS[usize::from(level.clamp(1, 6) - 1)],
        };
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
            before,
            after,
            rule_above: level == 2 && !context.in_table,
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
            // Who asked or leads belongs to the heading above and what follows below.
            paragraph.keep_with_next = true;
            paragraph.after = paragraph.after.min(style::LEAD_AFTER);
        }
        match kind {
            Some(kind) => out.push(Block::Frame(Frame { kind, blocks })),
            None => out.append(&mut blocks),
        }
    }

    fn list(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
        let ordered = element.name == "ol";
        let numbering = match (ordered, element.attribute("type")) {
            (false, _) => Numbering::Disc,
            (true, Some("a")) => Numbering::LowerAlpha,
            (true, Some("A")) => Numbering::UpperAlpha,
            (true, Some("i")) => Numbering::LowerRoman,
            (true, Some("I")) => Numbering::UpperRoman,
            (true, _) => Numbering::Decimal,
        };
        let list = self.structure.add(context.parent, Role::L);
        self.structure.attributes(list).numbering = Some(numbering);
        let mut number = integer(element.attribute("start")).unwrap_or(1);
        let mut items = Vec::new();
        let mut explicit = false;
        for node in &element.children {
            // What is no item, and should not be here, becomes one.
            let inside: &[Node] = match node {
                Node::Text(text) if text.trim_ascii().is_empty() => continue,
                Node::Element(child) if child.name == "li" => {
                    self.name(child);
                    if let Some(value) = integer(child.attribute("value")) {
                        number = value;
                    }
                    &child.children
                }
                _ => std::slice::from_ref(node),
            };
            let item = self.structure.add(list, Role::LI);
            let label = self.structure.add(item, Role::Lbl);
            let mut base = context.base;
            base.bold = false;
            let mut run = self.run_at(label, base);
            // A number that the text brings along is the marker.
            let (own, inside) = own_number(inside);
            if let Some(own) = own {
                explicit = true;
                run.state.look.colour = style::QUIET;
                self.children(&mut run, &own.children);
                if !run.after_space {
                    run.push(' ', &mut self.structure);
                }
            } else if ordered {
                self.text(&mut run, &format!("{} ", ordinal(number, numbering)));
            } else {
                self.text(&mut run, ["• ", "– "][context.list_depth % 2]);
            }
            number = number.saturating_add(1);
            let body = self.structure.add(item, Role::LBody);
            let mut inner = context.clone();
            inner.parent = body;
            inner.list_depth += 1;
            inner.direct = !has_block(inside);
            inner.gap = style::ITEM_GAP;
            let mut blocks = Vec::new();
            self.flow(inside, &inner, &mut blocks);
            items.push(Item {
                marker: Some(run.inline),
                blocks,
            });
        }
        if explicit {
            self.structure.attributes(list).numbering = Some(Numbering::None);
        }
        if !items.is_empty() {
            out.push(Block::List(items));
        }
    }

    /// A run that takes no target and no link: for what the layout adds.
    fn run_at(&mut self, element: ElementId, base: Type) -> Run {
        let pending = std::mem::take(&mut self.pending);
        let context = Context {
            parent: element,
            base,
            destination: None,
            list_depth: 0,
            direct: true,
            in_table: false,
            gap: 0.0,
        };
        let run = self.run_in(element, &context, base);
        self.pending = pending;
        run
    }

    fn pairs(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
        let kind = if element.has_class("facts") {
            PairsKind::Facts
        } else if element.has_class("pairs") {
            PairsKind::Line
        } else {
            PairsKind::Plain
        };
        let list = self.structure.add(context.parent, Role::L);
        self.structure.attributes(list).numbering = Some(Numbering::None);
        let mut pairs = Pairs {
            kind,
            groups: Vec::new(),
        };
        let mut item = None;
        self.pair_children(
            &element.children,
            context,
            (kind, list),
            &mut pairs,
            &mut item,
        );
        if !pairs.groups.is_empty() {
            out.push(Block::Pairs(pairs));
        }
    }

    fn pair_children(
        &mut self,
        nodes: &[Node],
        context: &Context,
        (kind, list): (PairsKind, ElementId),
        pairs: &mut Pairs,
        open: &mut Option<(ElementId, Option<ElementId>)>,
    ) {
        for node in nodes {
            let child = match node {
                Node::Text(text) if text.trim_ascii().is_empty() => continue,
                Node::Element(child) if child.block => child,
                // Text that is neither a term nor a detail is kept as a detail.
                _ => {
                    pairs.groups.push(Group::default());
                    let item = self.structure.add(list, Role::LI);
                    let mut inner = context.clone();
                    inner.parent = self.structure.add(item, Role::LBody);
                    if let Some(group) = pairs.groups.last_mut() {
                        self.flow(std::slice::from_ref(node), &inner, &mut group.details);
                    }
                    *open = None;
                    continue;
                }
            };
            match child.name.as_str() {
                "dt" => {
                    let (item, body) = match *open {
                        Some((item, None)) => (item, None::<ElementId>),
                        _ => {
                            pairs.groups.push(Group::default());
                            (self.structure.add(list, Role::LI), None)
                        }
                    };
                    *open = Some((item, body));
                    self.name(child);
                    let mut inner = context.clone();
                    inner.parent = self.structure.add(item, Role::Lbl);
                    inner.direct = !has_block_inside(child);
                    inner.gap = 0.0;
                    inner.base.bold = kind != PairsKind::Line;
                    if kind == PairsKind::Line {
                        inner.base.colour = style::QUIET;
                    }
                    let mut blocks = Vec::new();
                    self.flow(&child.children, &inner, &mut blocks);
                    if let Some(group) = pairs.groups.last_mut() {
                        group.terms.append(&mut blocks);
                    }
                }
                "dd" => {
                    if open.is_none() {
                        pairs.groups.push(Group::default());
                        *open = Some((self.structure.add(list, Role::LI), None));
                    }
                    let Some((item, body)) = open.as_mut() else {
                        continue;
                    };
                    let first = body.is_none();
                    let body = *body.get_or_insert_with(|| self.structure.add(*item, Role::LBody));
                    self.name(child);
                    let mut inner = context.clone();
                    inner.parent = body;
                    inner.direct = false;
                    // The only detail of its term stands in the body itself, several are paragraphs.
                    let alone = nodes
                        .iter()
                        .filter(|node| matches!(node, Node::Element(e) if e.name == "dd"))
                        .count()
                        == 1;
                    if first && alone && !has_block_inside(child) {
                        inner.direct = true;
                    }
                    inner.gap = if kind == PairsKind::Plain {
                        style::ITEM_GAP
                    } else {
                        0.0
                    };
                    if kind == PairsKind::Line {
                        inner.base.bold = true;
                    }
                    let mut blocks = Vec::new();
                    self.flow(&child.children, &inner, &mut blocks);
                    if let Some(group) = pairs.groups.last_mut() {
                        group.details.append(&mut blocks);
                    }
                }
                _ => {
                    *open = None;
                    self.name(child);
                    self.pair_children(&child.children, context, (kind, list), pairs, open);
                    *open = None;
                }
            }
        }
    }

    fn table(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
        let id = self.structure.add(context.parent, Role::Table);
        let mut inner = context.clone();
        inner.in_table = true;
        inner.list_depth = 0;
        inner.gap = style::ITEM_GAP;
        inner.base = Type {
            colour: context.base.colour,
            ..style::TABLE
        };
        let mut table = Table {
            caption: Vec::new(),
            columns: 0,
            rows: Vec::new(),
            head: 0,
            wide: element.has_class("wide") && !context.in_table,
        };
        let children: Vec<&Element> = element
            .children
            .iter()
            .filter_map(|node| match node {
                Node::Element(child) => Some(child),
                Node::Text(_) => None,
            })
            .collect();
        for child in children.iter().filter(|child| child.name == "caption") {
            let mut above = inner.clone();
            above.parent = self.structure.add(id, Role::Caption);
            above.direct = !has_block_inside(child);
            above.base = style::CAPTION;
            self.name(child);
            self.flow(&child.children, &above, &mut table.caption);
        }
        for child in &children {
            let role = match child.name.as_str() {
                "thead" => Role::THead,
                "tbody" => Role::TBody,
                "tfoot" => Role::TFoot,
                _ => continue,
            };
            self.name(child);
            let rows: Vec<&Element> = child
                .children
                .iter()
                .filter_map(|node| match node {
                    Node::Element(row) if row.name == "tr" => Some(row),
                    _ => None,
                })
                .collect();
            // A first row of header cells alone is the table's head, marked up as one or not.
            let headless = role == Role::TBody
                && table.rows.is_empty()
                && !children.iter().any(|c| c.name == "thead");
            let heads = match rows.first() {
                Some(row) if headless && rows.len() > 1 && only_headers(row) => 1,
                _ => 0,
            };
            if heads > 0 {
                let group = self.structure.add(id, Role::THead);
                self.rows(&rows[..heads], (group, true), &inner, &mut table);
                table.head = table.rows.len();
            }
            if rows.len() > heads {
                let group = self.structure.add(id, role);
                self.rows(
                    &rows[heads..],
                    (group, role == Role::THead),
                    &inner,
                    &mut table,
                );
                if role == Role::THead && table.head + rows.len() == table.rows.len() {
                    table.head = table.rows.len();
                }
            }
        }
        if table.head == table.rows.len() {
            table.head = 0;
        }
        self.fill(&mut table);
        self.name_headers(&table);
        if table.rows.is_empty() {
            out.append(&mut table.caption);
        } else {
            out.push(Block::Table(table));
        }
    }

    fn rows(
        &mut self,
        rows: &[&Element],
        (group, head): (ElementId, bool),
        context: &Context,
        table: &mut Table,
    ) {
        // For each column, how many rows are still covered from above.
        let mut covered: Vec<usize> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let id = self.structure.add(group, Role::TR);
            self.name(row);
            let mut cells = Vec::new();
            let mut column = 0;
            for node in &row.children {
                let Node::Element(cell) = node else { continue };
                if cell.name != "td" && cell.name != "th" {
                    continue;
                }
                while covered.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                let span =
                    |name| integer(cell.attribute(name)).unwrap_or(1).clamp(1, 1000) as usize;
                let columns = if column < MOST_COLUMNS {
                    span("colspan").min(MOST_COLUMNS - column)
                } else {
                    1
                };
                let rows = span("rowspan").min(rows.len() - index);
                let header = cell.name == "th";
                let element = self
                    .structure
                    .add(id, if header { Role::TH } else { Role::TD });
                let attributes = self.structure.attributes(element);
                attributes.column_span = columns as u32;
                attributes.row_span = rows as u32;
                let scope = header.then(|| match cell.attribute("scope") {
                    Some("row" | "rowgroup") => Scope::Row,
                    Some("col" | "colgroup") => Scope::Column,
                    _ if !head && column == 0 => Scope::Row,
                    _ => Scope::Column,
                });
                attributes.scope = scope;
                attributes.language = cell.attribute("lang").map(str::to_owned);
                self.name(cell);
                let mut inner = context.clone();
                inner.parent = element;
                inner.direct = !has_block_inside(cell);
                inner.base.bold |= header;
                if cell.has_class("quiet") {
                    inner.base.colour = style::QUIET;
                }
                let mut blocks = Vec::new();
                self.flow(&cell.children, &inner, &mut blocks);
                covered.resize(covered.len().max(column + columns), 0);
                covered[column..column + columns].fill(rows);
                cells.push(Cell {
                    element,
                    scope,
                    blocks,
                    column,
                    columns,
                    rows,
                });
                column += columns;
            }
            covered
                .iter_mut()
                .for_each(|rows| *rows = rows.saturating_sub(1));
            table.columns = table.columns.max(covered.len());
            table.rows.push(Row { element: id, cells });
        }
    }

    /// Rows that are too short get empty cells, so that each column is there in each row (ISO 14289-1, 7.5).
    fn fill(&mut self, table: &mut Table) {
        let mut covered = vec![0; table.columns];
        for row in &mut table.rows {
            for cell in &row.cells {
                covered[cell.column..cell.column + cell.columns].fill(cell.rows);
            }
            for (column, rows) in covered.iter_mut().enumerate() {
                if *rows == 0 {
                    let element = self.structure.add(row.element, Role::TD);
                    row.cells.push(Cell {
                        element,
                        scope: None,
                        blocks: Vec::new(),
                        column,
                        columns: 1,
                        rows: 1,
                    });
                    *rows = 1;
                }
                *rows -= 1;
            }
        }
    }

    /// Where header cells cover several rows or columns, each cell names its own (ISO 14289-1, 7.5).
    fn name_headers(&mut self, table: &Table) {
        let headers: Vec<(usize, &Cell, Scope)> = table
            .rows
            .iter()
            .enumerate()
            .flat_map(|(index, row)| row.cells.iter().map(move |cell| (index, cell)))
            .filter_map(|(index, cell)| Some((index, cell, cell.scope?)))
            .collect();
        if headers
            .iter()
            .all(|(_, cell, _)| cell.columns == 1 && cell.rows == 1)
        {
            return;
        }
        let mut columns: Vec<Vec<(usize, &Cell)>> = vec![Vec::new(); table.columns];
        let mut rows: Vec<Vec<&Cell>> = vec![Vec::new(); table.rows.len()];
        for (index, cell, scope) in headers {
            match scope {
                Scope::Column => {
                    (cell.column..cell.column + cell.columns)
                        .for_each(|column| columns[column].push((index, cell)));
                }
                Scope::Row => (index..(index + cell.rows).min(table.rows.len()))
                    .for_each(|row| rows[row].push(cell)),
            }
        }
        for (index, row) in table.rows.iter().enumerate() {
            for cell in &row.cells {
                let above = (cell.column..cell.column + cell.columns)
                    .flat_map(|column| &columns[column])
                    .filter(|(at, _)| *at < index)
                    .map(|(_, header)| header.element);
                let before = rows[index]
                    .iter()
                    .filter(|header| header.column < cell.column)
                    .map(|header| header.element);
                let found: BTreeSet<ElementId> = above.chain(before).collect();
                for header in &found {
                    self.structure.attributes(*header).named = true;
                }
                self.structure.attributes(cell.element).headers = found.into_iter().collect();
            }
        }
    }

    fn destination(&mut self, element: &Element) -> Option<(Destination, String)> {
        let href = element.attribute("href")?.trim();
        let text = squeeze(&element.text());
        let scheme = href
            .split(':')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let destination = if let Some(name) = href.strip_prefix('#') {
            if !self.names.contains(name) {
                return None;
            }
            Destination::Target(self.target(name))
        } else if matches!(scheme.as_str(), "http" | "https" | "mailto")
            && href.is_ascii()
            && href.len() < MOST_ADDRESS
        {
            Destination::Address(href.to_owned())
        } else {
            return None;
        };
        let contents = match element
            .attribute("aria-label")
            .or(element.attribute("title"))
        {
            Some(label) if !label.trim().is_empty() => squeeze(label),
            _ if text.is_empty() => href.to_owned(),
            _ => text,
        };
        Some((destination, contents))
    }

    fn children(&mut self, run: &mut Run, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(run, text),
                Node::Element(element) => self.inline(run, element),
            }
        }
    }

    fn inline(&mut self, run: &mut Run, element: &Element) {
        if let Some(id) = element.attribute("id") {
            let target = self.target(id);
            run.targets.push(target);
        }
        let outer = run.state.clone();
        if let Some(language) = element.attribute("lang") {
            run.state.element = self.structure.add(run.state.element, Role::Span);
            self.structure.attributes(run.state.element).language = Some(language.to_owned());
        }
        match element.name.as_str() {
            "br" => {
                self.line_break(run);
                return;
            }
            "strong" | "b" | "dt" => run.state.look.bold = true,
            "em" | "i" | "cite" | "var" | "dfn" => run.state.look.italic = true,
            "sub" => {
                run.state.look.scale = 0.7;
                run.state.look.rise = -0.16;
            }
            "sup" => {
                run.state.look.scale = 0.7;
                run.state.look.rise = 0.36;
            }
            "small" => run.state.look.scale *= 0.88,
            "mark" => run.state.look.paper = Some(style::MARKED),
            "code" | "kbd" | "samp" => {
                run.state.look.paper = Some(style::CODE);
                run.state.element = self.structure.add(run.state.element, Role::Code);
            }
            "q" => run.state.element = self.structure.add(run.state.element, Role::Quote),
            "a" if run.state.link.is_none() => {
                if let Some((destination, contents)) = self.destination(element) {
                    self.start_link(&mut run.state, destination, contents);
                }
            }
            "abbr" => {
                if let Some(title) = element
                    .attribute("title")
                    .filter(|title| !title.trim().is_empty())
                {
                    run.state.element = self.structure.add(run.state.element, Role::Span);
                    self.structure.attributes(run.state.element).expansion = Some(squeeze(title));
                }
            }
            "wbr" => {
                run.push('\u{200b}', &mut self.structure);
                return;
            }
            _ => {}
        }
        if element.has_class("quiet") {
            run.state.look.colour = style::QUIET;
        }
        if element.has_class("kept") {
            run.state.look.paper = Some(style::KEPT);
            run.state.look.underline = true;
        }
        let tint = if element.has_class("withheld") {
            Some(style::BLACK)
        } else {
            label_tint(element)
        };
        if element.has_class("number")
            && run.inline.text.is_empty()
            && run.inline.labels.is_empty()
            && run.number.is_none()
        {
            run.state.look.bold = false;
            run.state.look.colour = style::QUIET;
            self.children(run, &element.children);
            run.set_number();
        } else if let Some(tint) = tint {
            self.label(run, element, tint);
        } else {
            self.children(run, &element.children);
        }
        run.state = outer;
    }

    fn label(&mut self, run: &mut Run, element: &Element, tint: style::Tint) {
        run.state.look.colour = tint.ink;
        let text = element.text();
        if text.chars().count() > style::LABEL_LIMIT || run.state.preserve {
            run.state.look.paper = Some(tint.paper);
            return self.children(run, &element.children);
        }
        let base = run.inline.base.unwrap_or(style::BODY);
        let inside = Type {
            size: base.size * style::LABEL_SCALE,
            leading: base.leading * 0.8,
            bold: tint != style::BLACK,
            colour: tint.ink,
        };
        let mut label = Run {
            inline: Inline {
                base: Some(inside),
                ..Inline::default()
            },
            number: None,
            state: run.state.clone(),
            after_space: true,
            targets: Vec::new(),
        };
        label.state.look.bold = inside.bold;
        label.state.look.scale = 1.0;
        label.state.look.rise = 0.0;
        label.state.look.paper = None;
        self.children(&mut label, &element.children);
        run.targets.append(&mut label.targets);
        let (inline, _, _) = label.end();
        if !inline.text.is_empty() {
            run.inline.labels.push(Label {
                at: run.inline.text.len(),
                inline,
                paper: tint.paper,
            });
            run.after_space = false;
        }
    }

    fn line_break(&mut self, run: &mut Run) {
        if !run.after_space {
            run.push(' ', &mut self.structure);
        }
        if !run.inline.text.is_empty() || !run.inline.labels.is_empty() {
            run.push('\n', &mut self.structure);
        }
        run.after_space = true;
    }

    fn text(&mut self, run: &mut Run, text: &str) {
        for (at, c) in text.char_indices() {
            if run.state.preserve {
                match c {
                    '\n' => self.line_break(run),
                    '\r' => {}
                    '\t' => run.push_str("    ", &mut self.structure),
                    _ => run.push(c, &mut self.structure),
                }
                run.after_space = c == '\n' || c == ' ';
            } else if c.is_ascii_whitespace() {
                if !run.after_space {
                    run.push(' ', &mut self.structure);
                }
                run.after_space = true;
            } else if c.is_control() || c == '\u{feff}' {
                let around = text[at..].chars().skip(1).take(20).collect::<String>();
                self.controls.push((c, squeeze(&around)));
                run.push_str(&format!("[U+{:04X}]", c as u32), &mut self.structure);
                run.after_space = false;
            } else {
                run.push(c, &mut self.structure);
                run.after_space = false;
            }
        }
    }
}

/// Text while it is gathered.
struct Run {
    inline: Inline,
    number: Option<Inline>,
    state: State,
    /// White space that comes now adds nothing.
    after_space: bool,
    targets: Vec<TargetId>,
}

/// What the inline elements that are open make of the text.
#[derive(Clone)]
struct State {
    element: ElementId,
    link: Option<u32>,
    look: Look,
    preserve: bool,
}

impl Run {
    fn push(&mut self, c: char, structure: &mut Structure) {
        self.inline.text.push(c);
        self.extend(structure);
    }

    fn push_str(&mut self, text: &str, structure: &mut Structure) {
        self.inline.text.push_str(text);
        self.extend(structure);
    }

    /// The text that was pushed last belongs to the current state.
    fn extend(&mut self, structure: &mut Structure) {
        let end = self.inline.text.len();
        let slot = structure.slot(self.state.element);
        match self.inline.spans.last_mut() {
            Some(span)
                if span.slot == slot
                    && span.look == self.state.look
                    && span.link == self.state.link =>
            {
                span.end = end
            }
            _ => self.inline.spans.push(Span {
                end,
                look: self.state.look,
                slot,
                link: self.state.link,
            }),
        }
    }

    /// What was gathered until now is the number of what follows.
    fn set_number(&mut self) {
        let base = self.inline.base;
        let mut number = std::mem::replace(
            &mut self.inline,
            Inline {
                base,
                ..Inline::default()
            },
        );
        if !number.text.is_empty() {
            // The space between the number and the words, for who reads the text.
            if !number.text.ends_with(' ') {
                number.text.push(' ');
                if let Some(span) = number.spans.last_mut() {
                    span.end = number.text.len();
                }
            }
            self.number = Some(number);
        }
        self.after_space = true;
    }

    /// The finished text, its number, and the targets in it.
    fn end(mut self) -> (Inline, Option<Inline>, Vec<TargetId>) {
        let kept = self.inline.text.trim_end_matches([' ', '\n']).len();
        if self
            .inline
            .labels
            .last()
            .is_none_or(|label| label.at <= kept)
        {
            self.inline.text.truncate(kept);
            while self.inline.spans.len() > 1
                && self.inline.spans[self.inline.spans.len() - 2].end >= kept
            {
                self.inline.spans.pop();
            }
            if let Some(span) = self.inline.spans.last_mut() {
                span.end = span.end.min(kept);
            }
        }
        if kept == 0
            && self.inline.labels.is_empty()
            && let Some(number) = self.number.take()
        {
            self.inline = number;
        }
        (self.inline, self.number, self.targets)
    }
}

fn label_tint(element: &Element) -> Option<style::Tint> {
    if !element.has_class("label") {
        return None;
    }
    let tints = [
        ("label-red", style::RED),
        ("label-amber", style::AMBER),
        ("label-yellow", style::YELLOW),
        ("label-green", style::GREEN),
        ("label-blue", style::BLUE),
        ("label-black", style::BLACK),
    ];
    Some(
        tints
            .into_iter()
            .find(|(class, _)| element.has_class(class))
            .map_or(style::GREY, |(_, tint)| tint),
    )
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

/// Whether an element or anything inside it has a class.
fn holds(element: &Element, class: &str) -> bool {
    element.children.iter().any(|node| match node {
        Node::Element(child) => child.has_class(class) || holds(child, class),
        Node::Text(_) => false,
    })
}

/// The number that nodes begin with, and what follows it.
fn own_number(nodes: &[Node]) -> (Option<&Element>, &[Node]) {
    let first = nodes
        .iter()
        .position(|node| !matches!(node, Node::Text(text) if text.trim_ascii().is_empty()));
    match first.map(|index| (&nodes[index], &nodes[index + 1..])) {
        Some((Node::Element(element), rest))
            if element.has_class("number") && !element.block && !rest.is_empty() =>
        {
            (Some(element), rest)
        }
        _ => (None, nodes),
    }
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

fn only_headers(row: &Element) -> bool {
    let mut cells = row.children.iter().filter_map(|node| match node {
        Node::Element(cell) if cell.name == "td" || cell.name == "th" => Some(cell),
        _ => None,
    });
    cells
        .next()
        .is_some_and(|first| first.name == "th" && first.attribute("scope") != Some("row"))
        && cells.all(|cell| cell.name == "th" && cell.attribute("scope") != Some("row"))
}

fn integer(value: Option<&str>) -> Option<i64> {
    value
        .and_then(|value| value.trim().parse::<i64>().ok())
        .map(|value| value.clamp(-99_999, 99_999))
}

/// The marker of an item of an ordered list.
fn ordinal(number: i64, numbering: Numbering) -> String {
    let text = match numbering {
        Numbering::LowerAlpha => letters(number),
        Numbering::UpperAlpha => letters(number).map(|text| text.to_uppercase()),
        Numbering::LowerRoman => roman(number),
        Numbering::UpperRoman => roman(number).map(|text| text.to_uppercase()),
        Numbering::None | Numbering::Disc | Numbering::Decimal => None,
    };
    format!("{}.", text.unwrap_or_else(|| number.to_string()))
}

fn letters(mut number: i64) -> Option<String> {
    let mut out = Vec::new();
    if number < 1 {
        return None;
    }
    while number > 0 {
        number -= 1;
        out.push(b'a' + (number % 26) as u8);
        number /= 26;
    }
    out.reverse();
    String::from_utf8(out).ok()
}

fn roman(mut number: i64) -> Option<String> {
    if !(1..4000).contains(&number) {
        return None;
    }
    let mut out = String::new();
    for (value, letters) in [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ] {
        while number >= value {
            out.push_str(letters);
            number -= value;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    fn set(html: &str) -> Content {
        blocks(&tree::read(&format!("<main>{html}</main>")).content)
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
