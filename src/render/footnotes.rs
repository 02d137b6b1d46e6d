//! The footnotes of a page. While a view is written, each reference leaves a mark, so that a text may stand on the page
//! twice, or not at all. When the template has put the page together, the marks are numbered in the order of the page,
//! and the footnotes are set where the template wants them.
//!
//! In: texts, then a rendered page. Out: the page with its footnotes. Numbers are those of the page alone.

use super::format::{Format, Ready};
use super::prose::Writer;
use crate::model::Edition;
use crate::model::text::{FootnoteId, Text};
use crate::source::Span;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

// Noncharacters, which no text can contain.
const OPEN: char = '\u{FDD6}';
/// The end of the mark that a reference leaves.
pub(super) const CLOSE: char = '\u{FDD7}';
/// Where the footnotes stand.
const PLACE: char = '\u{FDD8}';

/// Writes a footnote of a text, which is known by its place in it.
type Write = Rc<dyn Fn(&Writer<'_>, usize) -> String>;

/// The footnotes to which a page refers, while it is written.
#[derive(Default)]
pub(super) struct Footnotes(RefCell<Met>);

#[derive(Default)]
struct Met {
    texts: BTreeMap<Span, Write>,
    places: BTreeMap<FootnoteId, usize>,
    /// In the order in which they were met.
    ids: Vec<FootnoteId>,
    bodies: Vec<String>,
}

impl Footnotes {
    /// Learns to write the footnotes of a text.
    pub(super) fn learn<E: Edition>(&self, text: &Text<E>) {
        let Some(footnotes) = text.footnotes().filter(|all| !all.all.is_empty()) else {
            return;
        };
        let footnotes = footnotes.clone();
        let write: Write = Rc::new(move |writer, number| match footnotes.all.get(number) {
            Some(footnote) => writer.footnote(footnote).as_str().to_owned(),
            None => String::new(),
        });
        self.0.borrow_mut().texts.insert(text.span, write);
    }

    /// The mark of a reference.
    pub(super) fn reference(&self, id: FootnoteId) -> String {
        let met = &mut *self.0.borrow_mut();
        let next = met.ids.len();
        let place = *met.places.entry(id).or_insert(next);
        if place == next {
            met.ids.push(id);
        }
        format!("{OPEN}{place}{CLOSE}")
    }

    /// Where the footnotes stand; nothing on a page that has none.
    pub(super) fn place(&self) -> Option<Ready> {
        let is_empty = self.0.borrow().ids.is_empty();
        (!is_empty).then(|| Ready::made(PLACE))
    }

    /// Writes the footnotes that were met and are not written yet. They may refer to further ones.
    pub(super) fn write(&self, writer: &Writer<'_>) {
        loop {
            let next = {
                let met = self.0.borrow();
                let id = met.ids.get(met.bodies.len());
                id.map(|id| (met.texts.get(&id.text).cloned(), id.number))
            };
            let Some((write, number)) = next else { return };
            let body = write.map(|write| write(writer, number));
            self.0.borrow_mut().bodies.push(body.unwrap_or_default());
        }
    }

    /// The footnotes as they were written.
    pub(super) fn bodies(self) -> Bodies {
        Bodies(self.0.into_inner().bodies)
    }
}

/// What the footnotes of a page say, by the numbers of their marks.
#[derive(Debug, Default)]
pub(super) struct Bodies(Vec<String>);

impl Bodies {
    /// All of them, ready for the page.
    pub(super) fn all(&self) -> &[String] {
        &self.0
    }

    /// The page with its references numbered and its footnotes in place.
    pub(super) fn set(&self, page: String, format: Format) -> String {
        if self.0.is_empty() {
            return page;
        }
        let mut setter = Setter {
            format,
            numbers: vec![None; self.0.len()],
            order: Vec::new(),
        };
        let mut set = String::with_capacity(page.len() + 1024);
        let place = match page.split_once(PLACE) {
            Some((before, after)) => {
                setter.references(before, &mut set);
                let place = set.len();
                setter.references(after, &mut set);
                place
            }
            None => {
                setter.references(&page, &mut set);
                match format {
                    Format::Html => set.rfind("</main>").or(set.rfind("</body>")),
                    Format::Markdown => None,
                }
                .unwrap_or(set.len())
            }
        };
        let mut bodies = Vec::new();
        while let Some(body) = setter.order.get(bodies.len()) {
            let mut set = String::new();
            let body = self.0.get(*body).map_or("", String::as_str);
            setter.references(body, &mut set);
            bodies.push(set);
        }
        set.insert_str(place, &setter.section(&bodies));
        set
    }
}

/// Numbers the references of a page.
struct Setter {
    format: Format,
    /// For each mark the number of its footnote, and how often it was referred to.
    numbers: Vec<Option<(usize, usize)>>,
    /// The marks in the order of their numbers.
    order: Vec<usize>,
}

impl Setter {
    /// Puts a reference in the place of each mark.
    fn references(&mut self, text: &str, set: &mut String) {
        let mut markup = Markup::default();
        let mut waiting = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(OPEN) {
            self.words(before, &mut markup, &mut waiting, set);
            let (mark, after) = after.split_once(CLOSE).unwrap_or((after, ""));
            rest = after;
            let Some(reference) = mark
                .parse()
                .ok()
                .and_then(|mark| self.reference(mark, &markup))
            else {
                continue;
            };
            let place = match markup.in_link {
                true => &mut waiting,
                false => &mut *set,
            };
            // Two numbers side by side would be read as one.
            if place.ends_with("</a></sup>") {
                place.push_str("<sup>, </sup>");
            }
            place.push_str(&reference);
        }
        self.words(rest, &mut markup, &mut waiting, set);
        set.push_str(&waiting);
    }

    /// Words without marks. A reference within a link waits for its end: a link cannot stand in another.
    fn words(&self, words: &str, markup: &mut Markup, waiting: &mut String, set: &mut String) {
        if self.format == Format::Markdown {
            set.push_str(words);
            return;
        }
        let was_in_link = markup.in_link;
        let end = markup.read(words);
        match end.filter(|_| was_in_link && !waiting.is_empty()) {
            Some(end) => {
                set.push_str(&words[..end]);
                set.push_str(&std::mem::take(waiting));
                set.push_str(&words[end..]);
            }
            None => set.push_str(words),
        }
    }

    fn reference(&mut self, mark: usize, markup: &Markup) -> Option<String> {
        // An attribute can hold no link.
        if markup.in_tag {
            return None;
        }
        let next = self.order.len() + 1;
        let (number, times) = self.numbers.get_mut(mark)?.get_or_insert((next, 0));
        if *number == next && *times == 0 {
            self.order.push(mark);
        }
        *times += 1;
        Some(match self.format {
            Format::Html => format!(
                "<sup class=\"footnote-ref\"><a id=\"{}\" href=\"#footnote-{number}\" aria-label=\"Footnote {number}\">{number}</a></sup>",
                from(*number, *times)
            ),
            Format::Markdown => format!("[^{number}]"),
        })
    }

    fn section(&self, bodies: &[String]) -> String {
        let mut section = String::new();
        for (at, body) in bodies.iter().enumerate() {
            let times = self.numbers[self.order[at]].map_or(0, |(_, times)| times);
            section.push_str(&match self.format {
                Format::Html => html(at + 1, times, body),
                Format::Markdown => markdown(at + 1, body),
            });
        }
        match self.format {
            Format::Html => format!(
                "<section id=\"footnotes\" class=\"collected\" role=\"doc-endnotes\" aria-labelledby=\"footnotes-title\">\n<h2 id=\"footnotes-title\">Footnotes</h2>\n<ol class=\"footnotes\">\n{section}</ol>\n</section>\n"
            ),
            Format::Markdown => format!("\n\n{section}\n"),
        }
    }
}

/// The anchor of a reference.
fn from(number: usize, time: usize) -> String {
    format!("footnote-{number}-from-{time}")
}

/// A footnote with its ways back.
fn html(number: usize, times: usize, body: &str) -> String {
    let mut ways = String::new();
    for time in 1..=times {
        let label = match times {
            1 => "Back to the text".to_owned(),
            _ => format!("Back to the text, place {time} of {times}"),
        };
        let anchor = from(number, time);
        ways.push_str(&format!(
            " <a class=\"back\" href=\"#{anchor}\" aria-label=\"{label}\">\u{2191}</a>"
        ));
    }
    let body = body.trim_end();
    let body = match body.strip_suffix("</p>") {
        Some(body) => format!("{body}{ways}</p>"),
        None => format!("{body}\n<p>{}</p>", ways.trim_start()),
    };
    format!("<li id=\"footnote-{number}\">{body}</li>\n")
}

/// A definition; what belongs to it is indented.
fn markdown(number: usize, body: &str) -> String {
    let mut definition = format!("[^{number}]:");
    // A code block must not begin on the line of the label.
    if body.starts_with(' ') {
        definition.push('\n');
    }
    for (at, line) in body.trim_end().lines().enumerate() {
        definition.push_str(match (at, line.is_empty()) {
            (0, _) if !body.starts_with(' ') => " ",
            (_, true) => "",
            _ => "    ",
        });
        definition.push_str(line);
        definition.push('\n');
    }
    definition.push('\n');
    definition
}

/// Where in HTML a place is.
#[derive(Default)]
struct Markup {
    in_tag: bool,
    in_link: bool,
}

impl Markup {
    /// Goes on over some HTML. Out: where the link ended in which it began.
    fn read(&mut self, html: &str) -> Option<usize> {
        let mut end = None;
        for (at, _) in html.match_indices(['<', '>']) {
            if html[at..].starts_with('>') {
                self.in_tag = false;
                continue;
            }
            self.in_tag = true;
            let tag = &html[at + 1..];
            if tag.starts_with("/a>") {
                self.in_link = false;
                end = end.or(Some(at + "</a>".len()));
            } else if tag.starts_with("a ") {
                self.in_link = true;
            }
        }
        end
    }
}
