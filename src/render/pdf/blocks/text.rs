//! Running text: white space, inline elements, links, labels, numbers.

use super::super::structure::{ElementId, Role, Structure};
use super::super::style::{self, Type};
use super::super::tree::{Element, Node, squeeze};
use super::{Builder, Destination, Inline, Label, Look, MOST_ADDRESS, Span, TargetId};

impl Builder<'_> {
    pub(super) fn destination(&mut self, element: &Element) -> Option<(Destination, String)> {
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

    pub(super) fn children(&mut self, run: &mut Run, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Text(text) => self.text(run, text),
                Node::Element(element) => self.inline(run, element),
            }
        }
    }

    pub(super) fn inline(&mut self, run: &mut Run, element: &Element) {
        if let Some(id) = element.attribute("id") {
            let target = self.target(id);
            run.targets.push(target);
        }
        let outer = run.state.clone();
        if let Some(language) = element.attribute("lang") {
            run.state.element = self.structure.add(run.state.element, Role::Span);
            self.structure.attributes(run.state.element).language = Some(language.to_owned());
        }
        let isolate = isolate(element);
        if let Some(opening) = isolate {
            run.push(opening, &mut self.structure);
        }
        match element.name.as_str() {
            "br" => {
                self.line_break(run);
                return;
            }
            "strong" | "b" | "dt" => run.state.look.bold = true,
            "em" | "i" | "cite" | "var" | "dfn" => run.state.look.italic = true,
            "s" | "del" => {
                run.state.look.struck = true;
                run.state.element = self.structure.add(run.state.element, Role::Span);
                self.structure.attributes(run.state.element).struck = true;
            }
            "sub" => {
                run.state.look.scale = 0.7;
                run.state.look.rise = -0.16;
            }
            "sup" => {
                run.state.look.scale = 0.7;
                run.state.look.rise = 0.36;
                if element.has_class("footnote-ref") {
                    run.state.element = self.structure.add(run.state.element, Role::Reference);
                }
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
        if isolate.is_some() {
            run.push(CLOSING, &mut self.structure);
        }
        run.state = outer;
    }

    pub(super) fn label(&mut self, run: &mut Run, element: &Element, tint: style::Tint) {
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

    pub(super) fn line_break(&mut self, run: &mut Run) {
        if !run.after_space {
            run.push(' ', &mut self.structure);
        }
        if !run.inline.text.is_empty() || !run.inline.labels.is_empty() {
            run.push('\n', &mut self.structure);
        }
        run.after_space = true;
    }

    pub(super) fn text(&mut self, run: &mut Run, text: &str) {
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
pub(super) struct Run {
    pub(super) inline: Inline,
    pub(super) number: Option<Inline>,
    pub(super) state: State,
    /// White space that comes now adds nothing.
    pub(super) after_space: bool,
    pub(super) targets: Vec<TargetId>,
}

/// What the inline elements that are open make of the text.
#[derive(Clone)]
pub(super) struct State {
    pub(super) element: ElementId,
    pub(super) link: Option<u32>,
    pub(super) look: Look,
    pub(super) preserve: bool,
}

impl Run {
    pub(super) fn push(&mut self, c: char, structure: &mut Structure) {
        self.inline.text.push(c);
        self.extend(structure);
    }

    pub(super) fn push_str(&mut self, text: &str, structure: &mut Structure) {
        self.inline.text.push_str(text);
        self.extend(structure);
    }

    /// The text that was pushed last belongs to the current state.
    pub(super) fn extend(&mut self, structure: &mut Structure) {
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
    pub(super) fn set_number(&mut self) {
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
    pub(super) fn end(mut self) -> (Inline, Option<Inline>, Vec<TargetId>) {
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

/// Ends what an isolate began.
const CLOSING: char = '\u{2069}';

/// The character that sets the words of an element apart in their own direction (Unicode, annex 9), where it has one.
fn isolate(element: &Element) -> Option<char> {
    match element.attribute("dir")? {
        "rtl" => Some('\u{2067}'),
        "ltr" => Some('\u{2066}'),
        _ => None,
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
