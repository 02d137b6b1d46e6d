//! What was kept as Markdown, for readers again. In: Markdown, perhaps changed by hand since. Out: HTML without anything
//! that could run or lead astray, or the words of each paragraph for comparison.

use crate::render::plain;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// A document as HTML.
pub(super) struct Body {
    /// The words of its title, which is not in the HTML.
    pub(super) title: Option<String>,
    pub(super) html: String,
}

/// A paragraph, an entry of a list, a row of a table or a heading.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) role: Role,
    /// The words of the heading above it.
    pub(super) under: String,
    pub(super) words: String,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Heading(HeadingLevel),
    Entry,
    Row,
    Paragraph,
}

fn events(markdown: &str) -> Parser<'_> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(markdown, options)
}

/// A document as HTML.
pub(super) fn body(markdown: &str) -> Body {
    let mut writer = Writer::default();
    let events: Vec<Event<'_>> = events(markdown)
        .filter_map(|event| writer.event(event))
        .collect();
    let mut body = Body {
        title: writer.title.map(|title| title.trim().to_owned()),
        html: String::new(),
    };
    html::push_html(&mut body.html, events.into_iter());
    body
}

/// Changes events on their way to HTML: the title is taken out, tables get the roles of their cells, raw HTML becomes text.
#[derive(Default)]
struct Writer {
    title: Option<String>,
    is_title: bool,
    /// Whether each link that is open is written.
    links: Vec<bool>,
    /// The words of the headings of the table's columns.
    columns: Vec<String>,
    is_head: bool,
    /// The number of the cell in its row.
    cell: usize,
}

impl Writer {
    fn event<'e>(&mut self, event: Event<'e>) -> Option<Event<'e>> {
        if self.is_title {
            return self.title_event(&event);
        }
        if let (true, Event::Text(words) | Event::Code(words)) = (self.is_head, &event)
            && let Some(column) = self.columns.last_mut()
        {
            column.push_str(words);
        }
        match event {
            Event::Start(Tag::Heading { level, .. })
                if level == HeadingLevel::H1 && self.title.is_none() =>
            {
                self.is_title = true;
                self.title = Some(String::new());
                None
            }
            Event::Html(words) | Event::InlineHtml(words) => Some(Event::Text(words)),
            Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
            // As HTML has them, and not XML.
            Event::HardBreak => Some(Event::Html("<br>\n".into())),
            Event::Rule => Some(Event::Html("<hr>\n".into())),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
            Event::Start(Tag::Link { ref dest_url, .. }) => {
                self.links.push(leads_on(dest_url));
                leads_on(dest_url).then_some(event)
            }
            Event::End(TagEnd::Link) => self.links.pop().unwrap_or(true).then_some(event),
            event => Some(self.table_event(event)),
        }
    }

    fn title_event<'e>(&mut self, event: &Event<'e>) -> Option<Event<'e>> {
        match event {
            Event::End(TagEnd::Heading(_)) => self.is_title = false,
            Event::Text(words) | Event::Code(words) => {
                self.title.get_or_insert_default().push_str(words);
            }
            Event::SoftBreak | Event::HardBreak => self.title.get_or_insert_default().push(' '),
            _ => {}
        }
        None
    }

    fn table_event<'e>(&mut self, event: Event<'e>) -> Event<'e> {
        let html = match event {
            Event::Start(Tag::Table(_)) => {
                self.columns.clear();
                "<table class=\"stacks\">\n".to_owned()
            }
            Event::End(TagEnd::Table) => "</tbody>\n</table>\n".to_owned(),
            Event::Start(Tag::TableHead) => {
                self.is_head = true;
                "<thead><tr>".to_owned()
            }
            Event::End(TagEnd::TableHead) => {
                self.is_head = false;
                "</tr></thead>\n<tbody>\n".to_owned()
            }
            Event::Start(Tag::TableRow) => {
                self.cell = 0;
                "<tr>".to_owned()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::Start(Tag::TableCell) => self.cell_start(),
            Event::End(TagEnd::TableCell) => {
                self.cell += 1;
                let is_heading = self.is_head || self.cell == 1;
                (if is_heading { "</th>" } else { "</td>" }).to_owned()
            }
            event => return event,
        };
        Event::Html(html.into())
    }

    fn cell_start(&mut self) -> String {
        if self.is_head {
            self.columns.push(String::new());
            return "<th scope=\"col\">".to_owned();
        }
        match (self.cell, self.columns.get(self.cell)) {
            (0, _) => "<th scope=\"row\">".to_owned(),
            (_, Some(column)) => format!("<td data-label=\"{}\">", plain(column).as_str()),
            (_, None) => "<td>".to_owned(),
        }
    }
}

/// Links lead to the web or to a person, and nowhere else.
fn leads_on(address: &str) -> bool {
    let schemes = ["https://", "http://", "mailto:", "#"];
    let address = address.to_ascii_lowercase();
    schemes.iter().any(|scheme| address.starts_with(scheme))
}

/// The words of a document, a block at a time.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut under, mut words) = (String::new(), String::new());
    let mut lists = 0_usize;
    for event in events(markdown) {
        let role = match event {
            Event::End(TagEnd::Heading(level)) => Role::Heading(level),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => Role::Row,
            _ if lists > 0 => Role::Entry,
            _ => Role::Paragraph,
        };
        match event {
            Event::Start(Tag::List(_)) => lists += 1,
            Event::End(TagEnd::List(_)) => lists = lists.saturating_sub(1),
            _ => {}
        }
        let ends = match &event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                words.push_str(text);
                false
            }
            Event::SoftBreak | Event::HardBreak => {
                words.push(' ');
                false
            }
            Event::End(TagEnd::TableCell) => {
                words.push_str("; ");
                false
            }
            Event::Start(Tag::List(_))
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::CodeBlock
                | TagEnd::HtmlBlock,
            ) => true,
            _ => false,
        };
        if !ends {
            continue;
        }
        let said = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = said.trim_end_matches(';').to_owned();
        words.clear();
        let is_heading = matches!(role, Role::Heading(_));
        if is_heading {
            under.clone_from(&said);
        }
        if !said.is_empty() {
            let under = if is_heading { "" } else { &under }.to_owned();
            let words = said;
            blocks.push(Block { role, under, words });
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_keeps_its_roles() {
        let body = body("# T *1*\n\n| Ref | Due & so |\n| :-- | --: |\n| 1 | 2 |\n");
        assert_eq!(body.title.as_deref(), Some("T 1"));
        assert_eq!(
            body.html,
            "<table class=\"stacks\">\n<thead><tr><th scope=\"col\">Ref</th><th scope=\"col\">Due &amp; so</th></tr></thead>\n\
             <tbody>\n<tr><th scope=\"row\">1</th><td data-label=\"Due &amp; so\">2</td></tr>\n</tbody>\n</table>\n"
        );
    }

    #[test]
    fn nothing_in_it_can_run() {
        let body = body(
            "a <img src=x onerror=alert(1)> b\n\n<script>alert(1)</script>\n\n[c](javascript:alert(1)) ![d](https://x.y/z.png) [e](https://x.y)\n",
        );
        assert_eq!(
            body.html,
            "<p>a &lt;img src=x onerror=alert(1)&gt; b</p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;\n</p>\n\
             <p>c d <a href=\"https://x.y\">e</a></p>\n"
        );
    }

    #[test]
    fn each_paragraph_entry_and_row_is_a_block() {
        let blocks =
            blocks("# T\n\na\nb\n\n## H\n\n- c\n  - d\n- e\n\n| f | g |\n| - | - |\n| h | i |\n");
        let found: Vec<(&str, &str)> = blocks
            .iter()
            .map(|block| (block.under.as_str(), block.words.as_str()))
            .collect();
        let expected = [
            ("", "T"),
            ("T", "a b"),
            ("", "H"),
            ("H", "c"),
            ("H", "d"),
            ("H", "e"),
            ("H", "f; g"),
            ("H", "h; i"),
        ];
        assert_eq!(found, expected);
    }
}
