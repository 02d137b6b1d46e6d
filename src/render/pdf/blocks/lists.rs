//! Lists and lists of pairs: items with their markers, terms with what is said of them.

use super::super::structure::{ElementId, Numbering, Role};
use super::super::style::{self, Type};
use super::super::tree::{Element, Node};
use super::text::Run;
use super::{
    Block, Builder, Context, Group, Item, Pairs, PairsKind, Side, has_block, has_block_inside,
    integer,
};

impl Builder<'_> {
    pub(super) fn list(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
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
            let mut inner = context.clone();
            if let Node::Element(child) = node {
                inner.turn(child);
            }
            let mut run = self.run_at(label, base);
            run.inline.leftwards = inner.leftwards;
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
            inner.parent = self.structure.add(item, Role::LBody);
            if element.has_class("footnotes") {
                inner.parent = self.structure.add(inner.parent, Role::Note);
                self.structure.attributes(inner.parent).named = true;
            }
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
            side: Side::Left,
            leftwards: false,
            illustration: false,
            gap: 0.0,
        };
        let run = self.run_in(element, &context, base);
        self.pending = pending;
        run
    }

    pub(super) fn pairs(&mut self, element: &Element, context: &Context, out: &mut Vec<Block>) {
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
