//! The rendered HTML as a small tree of elements, and what its head says.
//!
//! In: any text at all, read as HTML. Out: [`Page`], the content of `main` (or of the body) without what a printed page
//! must not show, nested at most [`DEEPEST`] levels: what is nested deeper is lifted up, and none of its text is lost.
//! It never decides how anything looks.

use scraper::{ElementRef, Html, Node as HtmlNode};

/// Elements nested deeper than this are lifted to this level, so that the steps that follow may recurse.
pub(super) const DEEPEST: usize = 48;

/// A document: its metadata and its content.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) head: Head,
    pub(super) content: Vec<Node>,
}

/// What the head of the document says of it; empty where it is silent.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) language: String,
    pub(super) title: String,
    pub(super) creator: String,
    pub(super) publisher: String,
    /// ISO date.
    pub(super) date: String,
    pub(super) modified: String,
    pub(super) subject: String,
    pub(super) description: String,
    pub(super) keywords: String,
}

/// Text or an element.
#[derive(Debug)]
pub(super) enum Node {
    Text(String),
    Element(Element),
}

/// An element that is to be shown.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    /// The attributes that the steps below read.
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
    /// Set on its own lines: a block, or something with a block inside.
    pub(super) block: bool,
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether the element has a class.
    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class")
            .is_some_and(|classes| classes.split_ascii_whitespace().any(|one| one == class))
    }

    /// The element's text, as written.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        push_text(&self.children, &mut out);
        out
    }
}

fn push_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            // The title of a drawing is its alternative, not its text.
            Node::Element(element) if element.name == "svg" => {}
            Node::Element(element) => push_text(&element.children, out),
        }
    }
}

const ATTRIBUTES: [&str; 18] = [
    "id",
    "class",
    "href",
    "title",
    "lang",
    "dir",
    "start",
    "type",
    "value",
    "colspan",
    "rowspan",
    "scope",
    "src",
    "alt",
    "aria-label",
    "width",
    "height",
    "reversed",
];

/// Read a rendered document.
pub(super) fn read(html: &str) -> Page {
    let parsed = Html::parse_document(html);
    let mut head = Head::default();
    let mut body = None;
    let mut main = None;
    let mut logo = None;
    for node in parsed.tree.root().descendants() {
        let HtmlNode::Element(element) = node.value() else {
            continue;
        };
        match element.name() {
            "html" => {
                head.language = element.attr("lang").unwrap_or_default().trim().to_owned();
            }
            "title" if head.title.is_empty() && body.is_none() => {
                head.title = squeeze(
                    &node
                        .children()
                        .filter_map(|n| n.value().as_text().map(|t| &*t.text))
                        .collect::<String>(),
                );
            }
            "meta" => read_meta(
                &mut head,
                element.attr("name").unwrap_or_default(),
                element.attr("content").unwrap_or_default(),
            ),
            "body" if body.is_none() => body = Some(node.id()),
            "main" if main.is_none() && !is_hidden(element) => main = Some(node.id()),
            // On the screen it stands in the masthead; on paper it opens the document.
            "img" if main.is_none() && element.classes().any(|class| class == "logo") => {
                logo = Some(Node::Element(start(element, false)));
            }
            _ => {}
        }
    }
    let root = main
        .or(body)
        .and_then(|id| parsed.tree.get(id))
        .and_then(ElementRef::wrap);
    let mut content = root
        .map(|root| content(root, main.is_some()))
        .unwrap_or_default();
    if main.is_some() {
        content.splice(0..0, logo);
    }
    Page { head, content }
}

fn read_meta(head: &mut Head, name: &str, value: &str) {
    let field = match name.to_ascii_lowercase().as_str() {
        "dcterms.creator" | "dc.creator" | "author" => &mut head.creator,
        "dcterms.publisher" | "dc.publisher" => &mut head.publisher,
        "dcterms.issued" | "dcterms.date" | "dc.date" => &mut head.date,
        "dcterms.modified" => &mut head.modified,
        "dcterms.subject" | "dc.subject" => &mut head.subject,
        "description" | "dcterms.description" => &mut head.description,
        "keywords" => &mut head.keywords,
        _ => return,
    };
    if field.is_empty() {
        *field = squeeze(value);
    }
}

/// White space runs become one space, those at the ends go.
pub(super) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_hidden(element: &scraper::node::Element) -> bool {
    element.attr("hidden").is_some() || element.classes().any(|class| class == "screen-only")
}

fn is_skipped(element: &scraper::node::Element, inside_main: bool) -> bool {
    match element.name() {
        "script" | "style" | "template" | "button" | "head" | "input" | "select" | "textarea"
        | "noscript" | "iframe" | "object" | "video" | "audio" | "canvas" | "dialog" => true,
        "header" | "nav" | "footer" => !inside_main,
        _ => is_hidden(element),
    }
}

/// Words for screen readers alone are left out, except where they label a table: on paper the label must be seen.
fn is_unseen(element: &scraper::node::Element, open: &[Element]) -> bool {
    let label = |name: &str| matches!(name, "th" | "caption");
    element.classes().any(|class| class == "sr-only")
        && !label(element.name())
        && !open.iter().any(|outer| label(&outer.name))
}

/// Elements that stand on their own lines.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "col"
            | "colgroup"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "img"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "svg"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}

/// The shown content below an element, without recursion: the document decides how deep it nests.
fn content(root: ElementRef<'_>, inside_main: bool) -> Vec<Node> {
    let mut open: Vec<Element> = vec![empty("main", Vec::new())];
    let mut lifted: usize = 0;
    let mut node = *root;
    let mut descend = true;
    loop {
        // Down, then sideways, then up and sideways.
        if descend && let Some(child) = node.first_child() {
            node = child;
        } else {
            loop {
                if node.id() == root.id() {
                    return open
                        .into_iter()
                        .next()
                        .map(|main| main.children)
                        .unwrap_or_default();
                }
                if descend && node.value().is_element() {
                    if lifted > 0 {
                        lifted -= 1;
                    } else if let Some(element) = open.pop() {
                        push(&mut open, Node::Element(element));
                    }
                }
                descend = true;
                if let Some(next) = node.next_sibling() {
                    node = next;
                    break;
                }
                match node.parent() {
                    Some(parent) => node = parent,
                    None => return Vec::new(),
                }
            }
        }
        match node.value() {
            HtmlNode::Text(text) => push(&mut open, Node::Text(text.to_string())),
            HtmlNode::Element(element)
                if is_skipped(element, inside_main) || is_unseen(element, &open) =>
            {
                descend = false;
            }
            HtmlNode::Element(element) if open.len() > DEEPEST => {
                lifted += 1;
                if is_block(element.name()) {
                    push(&mut open, Node::Element(empty("br", Vec::new())));
                }
            }
            HtmlNode::Element(element) => {
                let drawn = open.iter().any(|outer| outer.name == "svg");
                open.push(start(element, drawn || element.name() == "svg"));
            }
            _ => {}
        }
    }
}

fn push(open: &mut [Element], node: Node) {
    if let Some(top) = open.last_mut() {
        top.block |= matches!(&node, Node::Element(element) if element.block);
        top.children.push(node);
    }
}

/// An element with the attributes that are read; inside a drawing all of them are.
fn start(element: &scraper::node::Element, drawn: bool) -> Element {
    let attributes = element
        .attrs()
        .filter(|(key, _)| drawn || ATTRIBUTES.contains(key))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    empty(element.name(), attributes)
}

fn empty(name: &str, attributes: Vec<(String, String)>) -> Element {
    Element {
        name: name.to_owned(),
        attributes,
        children: Vec::new(),
        block: is_block(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(nodes: &[Node]) -> Vec<&str> {
        nodes
            .iter()
            .filter_map(|node| match node {
                Node::Element(element) => Some(element.name.as_str()),
                Node::Text(_) => None,
            })
            .collect()
    }

    #[test]
    fn main_is_the_content() {
        let page = read(
            "<html lang=cy><title> A  B </title><body><p>no</p><main><h1>x</h1><nav>y</nav></main>",
        );
        assert_eq!(names(&page.content), ["h1", "nav"]);
        assert_eq!(
            (page.head.language.as_str(), page.head.title.as_str()),
            ("cy", "A B")
        );
    }

    #[test]
    fn a_body_is_the_content_where_there_is_no_main() {
        let page =
            read("<body><header>no</header><p>x</p><footer>no</footer><main hidden>no</main>");
        assert_eq!(names(&page.content), ["p"]);
    }

    #[test]
    fn deep_nesting_is_lifted_and_keeps_its_text() {
        let page = read(&format!(
            "<main>{}text{}</main>",
            "<div>".repeat(900),
            "</div>".repeat(900)
        ));
        let mut depth = 0;
        let mut nodes = &page.content;
        let mut text = String::new();
        while let Some(Node::Element(element)) = nodes
            .iter()
            .find(|node| matches!(node, Node::Element(e) if e.name == "div"))
        {
            depth += 1;
            text = element.text();
            nodes = &element.children;
        }
        assert!(depth <= DEEPEST && depth > 10);
        assert_eq!(text, "text");
    }

    #[test]
    fn labels_of_tables_are_seen_on_paper() {
        let page = read(
            "<main><p class=sr-only>no</p><table><caption class=sr-only>yes</caption>\
             <tr><th><span class=sr-only>yes</span><td><span class=sr-only>no</span></table></main>",
        );
        let Some(Node::Element(table)) = page.content.first() else {
            panic!("no table");
        };
        assert_eq!(squeeze(&table.text()), "yesyes");
    }

    #[test]
    fn the_head_says_who_and_when() {
        let page = read(
            "<head><meta name=dcterms.creator content='The office'><meta name=DCTERMS.issued content=2026-09-14>\
             <meta name=keywords content='a, b'><meta name=other content=x></head>",
        );
        assert_eq!(page.head.creator, "The office");
        assert_eq!(
            (page.head.date.as_str(), page.head.keywords.as_str()),
            ("2026-09-14", "a, b")
        );
    }

    #[test]
    fn an_inline_element_with_a_block_inside_is_a_block() {
        let page = read("<main><a href=x><p>y</p></a><b>z</b></main>");
        let blocks: Vec<bool> = page
            .content
            .iter()
            .map(|node| matches!(node, Node::Element(element) if element.block))
            .collect();
        assert_eq!(blocks, [true, false]);
    }
}
