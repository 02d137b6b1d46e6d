//! Reads an HTML page back: the words that a reader sees, and the structure without the words.

use scraper::{ElementRef, Html, Node, Selector};
use std::fmt::Write;

/// An HTML page that was read.
pub(crate) struct Page {
    html: Html,
}

impl Page {
    /// Reads a page.
    pub(crate) fn read(html: &str) -> Page {
        Page {
            html: Html::parse_document(html),
        }
    }

    /// The words of the main element as a reader of a printed page finds them: without what is there for a screen or for
    /// a screen reader only.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut text = String::new();
        push_words(self.main(), &mut text);
        text.split_whitespace().map(str::to_owned).collect()
    }

    fn main(&self) -> ElementRef<'_> {
        let main = Selector::parse("main").unwrap();
        self.html.select(&main).next().unwrap()
    }

    /// Every element with the names of its attributes and the values that are no words: what must not change, whatever
    /// the texts say. The values that hold texts or are made of them are left out.
    pub(crate) fn structure(&self) -> String {
        let mut lines = String::new();
        push_structure(self.html.root_element(), 0, &mut lines);
        lines
    }

    /// The text of every element and the value of every attribute, one after the other.
    pub(crate) fn everything(&self) -> String {
        let mut all = String::new();
        for node in self.html.tree.nodes() {
            match node.value() {
                Node::Text(text) => all.push_str(text),
                Node::Comment(text) => all.push_str(text),
                Node::Element(element) => {
                    for (_, value) in element.attrs() {
                        all.push_str(value);
                        all.push('\n');
                    }
                }
                _ => {}
            }
            all.push('\n');
        }
        all
    }

    /// Where the links of the main element go.
    pub(crate) fn addresses(&self) -> Vec<&str> {
        let links = Selector::parse("main a").unwrap();
        let links = self.html.select(&links);
        links.filter_map(|link| link.attr("href")).collect()
    }

    /// The content of the first element that a selector finds.
    pub(crate) fn text_of(&self, selector: &str) -> String {
        let selector = Selector::parse(selector).unwrap();
        self.html.select(&selector).flat_map(|e| e.text()).collect()
    }
}

fn push_words(element: ElementRef<'_>, text: &mut String) {
    let value = element.value();
    // A drawing is said by its alternative.
    let unseen = value
        .classes()
        .any(|class| class == "screen-only" || class == "sr-only");
    if unseen || value.name() == "svg" {
        return;
    }
    let inline = [
        "a", "abbr", "code", "em", "mark", "s", "span", "strong", "sub", "sup",
    ];
    let is_block = !inline.contains(&value.name());
    if is_block {
        text.push(' ');
    }
    for child in element.children() {
        match child.value() {
            Node::Text(words) => text.push_str(words),
            Node::Element(_) => push_words(ElementRef::wrap(child).unwrap(), text),
            _ => {}
        }
    }
    if is_block {
        text.push(' ');
    }
}

fn push_structure(element: ElementRef<'_>, depth: usize, lines: &mut String) {
    let value = element.value();
    // Whether there are abbreviations depends on how many capitals a text has.
    if value.id() == Some("abbreviations") {
        return;
    }
    let _ = write!(lines, "{}{}", "  ".repeat(depth), value.name());
    let mut attributes: Vec<(&str, &str)> = value.attrs().collect();
    attributes.sort_unstable();
    for (name, value) in attributes {
        match name {
            // These hold texts, or addresses made of them.
            "content" | "title" | "id" | "href" | "data-label" | "lang" => {
                let _ = write!(lines, " {name}");
            }
            _ => {
                let _ = write!(lines, " {name}={value:?}");
            }
        }
    }
    lines.push('\n');
    for child in element.child_elements() {
        push_structure(child, depth + 1, lines);
    }
}
