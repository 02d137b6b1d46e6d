//! How the elements of an SVG lead to each other.
//!
//! In: a document. Out: why it should not be drawn, when its elements lead to each other in a circle, or when so many lead to
//! others that copy upon copy would be made. usvg would go round for ever, and a small file could ask for more shapes than
//! any memory holds.

use std::collections::HashMap;
use usvg::roxmltree::{Document, Node, NodeId};

/// How deep elements may lie in others, also by way of links.
const DEEPEST: usize = 300;

/// What has elements that lie deeper.
const DEEP: &str = "parts inside parts more than 300 deep";

/// How many elements there may be when each stands wherever it is linked from.
const MOST: usize = 1_000_000;

/// Elements whose `href` brings another element in.
const BORROWING: [&str; 7] = [
    "use",
    "linearGradient",
    "radialGradient",
    "pattern",
    "filter",
    "feImage",
    "mask",
];

/// Why elements that lead to each other are not followed.
pub(super) fn refused(document: &Document<'_>) -> Option<&'static str> {
    let links = Links::of(document);
    let mut sizes: HashMap<NodeId, Size> = HashMap::new();
    // The elements that are open, each with those that it leads to and that are still to come.
    let root = document.root_element();
    let mut open = vec![(root.id(), links.from(root))];
    sizes.insert(root.id(), Size::Open);
    while let Some((id, rest)) = open.last_mut() {
        let id = *id;
        if let Some(next) = rest.pop() {
            match sizes.get(&next.id()) {
                Some(Size::Open) => return Some("parts that refer to each other in a circle"),
                Some(Size::Known { .. }) => {}
                None => {
                    sizes.insert(next.id(), Size::Open);
                    open.push((next.id(), links.from(next)));
                }
            }
            continue;
        }
        open.pop();
        let (mut depth, mut count) = (0, 1_usize);
        let reached = document.get_node(id).map(|node| links.from(node));
        for next in reached.into_iter().flatten() {
            if let Some(Size::Known { depth: d, count: c }) = sizes.get(&next.id()) {
                depth = depth.max(d + 1);
                count = count.saturating_add(*c);
            }
        }
        if depth > DEEPEST {
            return Some(DEEP);
        }
        if count > MOST {
            return Some("parts that are copied again and again");
        }
        sizes.insert(id, Size::Known { depth, count });
    }
    None
}

/// Why a text is not even read: elements lie so deep in others that reading would take all memory there is for that.
pub(super) fn unread(text: &str) -> Option<&'static str> {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let skipped = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")];
        if let Some((_, end)) = skipped.iter().find(|(start, _)| rest.starts_with(start)) {
            rest = rest.split_once(end).map_or("", |(_, after)| after);
            continue;
        }
        let tag = tag(rest);
        rest = &rest[tag.len()..];
        if tag.starts_with('!') {
            // What an entity holds is read wherever it is named.
            if tag.replace("<!", "").contains('<') {
                return Some("elements in its document type (DOCTYPE)");
            }
        } else if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.ends_with('/') {
            depth += 1;
        }
        if depth > DEEPEST {
            return Some(DEEP);
        }
    }
    None
}

/// A tag up to its end, which does not lie in quotes.
fn tag(text: &str) -> &str {
    let mut quote = None;
    let end = text.find(|c: char| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, '>') => return true,
            _ => {}
        }
        false
    });
    &text[..end.unwrap_or(text.len())]
}

/// What is known of an element with all that it leads to.
enum Size {
    /// It is being followed.
    Open,
    Known {
        depth: usize,
        count: usize,
    },
}

/// Where links lead.
struct Links<'a, 'input> {
    named: HashMap<&'a str, Node<'a, 'input>>,
    /// From style sheets: the last part of a selector, and the name that its rule links to.
    rules: Vec<(String, String)>,
}

impl<'a, 'input> Links<'a, 'input> {
    fn of(document: &'a Document<'input>) -> Self {
        let mut named = HashMap::new();
        let mut rules = Vec::new();
        for node in document.descendants().filter(Node::is_element) {
            if let Some(name) = node.attribute("id") {
                named.entry(name).or_insert(node);
            }
            if node.tag_name().name() == "style" {
                rules.extend(
                    node.children()
                        .filter_map(|text| text.text())
                        .flat_map(rules_of),
                );
            }
        }
        Links { named, rules }
    }

    /// The elements that an element leads to: those in it, and those that it links to.
    fn from(&self, node: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
        let borrows = BORROWING.contains(&node.tag_name().name());
        let own = node.attributes().flat_map(|attribute| {
            let of_href = (borrows && attribute.name() == "href")
                .then(|| attribute.value().trim().strip_prefix('#'))
                .flatten();
            urls(attribute.value()).chain(of_href)
        });
        let of_rules = self
            .rules
            .iter()
            .filter(|(selector, _)| fits(selector, node));
        let names = own.chain(of_rules.map(|(_, name)| name.as_str()));
        let linked = names.filter_map(|name| self.named.get(name).copied());
        let inside = node.children().filter(Node::is_element);
        inside.chain(linked).collect()
    }
}

/// The names in `url(#name)`.
fn urls(text: &str) -> impl Iterator<Item = &str> {
    text.split("url(").skip(1).filter_map(|after| {
        let name = after.split(')').next()?;
        name.trim_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'')
            .strip_prefix('#')
    })
}

/// The last part of each selector of a style sheet whose rule links to something, with the name of that.
fn rules_of(sheet: &str) -> Vec<(String, String)> {
    let sheet = without_comments(sheet);
    // What a rule lies in, as in `@media`, is left out.
    let rules = sheet.split('}').filter_map(|rule| rule.rsplit_once('{'));
    let mut found = Vec::new();
    for (selectors, declarations) in rules {
        for name in urls(declarations) {
            let last = selectors.split(',').filter_map(last_part);
            found.extend(last.map(|part| (part.to_owned(), name.to_owned())));
        }
    }
    found
}

fn without_comments(sheet: &str) -> String {
    let parts = sheet.split("/*").enumerate();
    parts
        .filter_map(|(at, part)| match at {
            0 => Some(part),
            _ => part.split_once("*/").map(|(_, after)| after),
        })
        .collect()
}

/// What a selector says of the element itself, without what would need a look at others.
fn last_part(selector: &str) -> Option<&str> {
    let mut parts = selector
        .trim_end()
        .rsplit([' ', '\t', '\r', '\n', '>', '+', '~']);
    parts.next()?.split([':', '[']).next()
}

/// Whether a part of a selector may mean an element: all of its names are the element's.
fn fits(part: &str, node: Node<'_, '_>) -> bool {
    let classes = node.attribute("class").unwrap_or_default();
    let mut names = part.split(['.', '#', '*']).filter(|name| !name.is_empty());
    names.all(|name| {
        name == node.tag_name().name()
            || node.attribute("id") == Some(name)
            || classes.split_whitespace().any(|class| class == name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(content: &str) -> Option<&'static str> {
        let text = format!("<svg xmlns='http://www.w3.org/2000/svg'>{content}</svg>");
        refused(&Document::parse(&text).unwrap_or_else(|error| panic!("{error}: {content}")))
    }

    #[test]
    fn circles_are_found_however_links_are_written() {
        for (link, other) in [
            ("clip-path='url(#b)'", "clip-path=\"url('#a')\""),
            ("style='mask: url(#b)'", "class='m'"),
            ("fill='url( #b )'", "id='c' class='x y'"),
            ("class='z'", "filter='url(#a)'"),
        ] {
            let sheet = "<style>/* } */ @media print { g>path.m:first-child, .q { mask: url(#a) } .y{fill:url(\"#a\")} } .z { mask:url(#b) }</style>";
            let shapes = |other: &str| {
                format!("{sheet}<g id='a'><path {link}/></g><g id='b'><path {other}/></g>")
            };
            assert!(refusal(&shapes(other)).is_some(), "{link} {other}");
            assert_eq!(refusal(&shapes("class='other'")), None, "{link}");
        }
        let used = "<g id='a'><use href='#b'/></g><symbol id='b'><use href='#a'/></symbol>";
        assert!(refusal(used).is_some());
        let link = "<g id='a'><a href='#a'><path/></a></g>";
        assert_eq!(refusal(link), None);
    }

    #[test]
    fn what_lies_deep_is_seen_in_the_text() {
        let nested = |open: &str, close: &str, count: usize| {
            "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a \"'\">]>".to_owned()
                + &open.repeat(count)
                + &close.repeat(count)
        };
        for (open, close) in [
            ("<g>", "</g>"),
            ("<g a='/>'>", "</g>"),
            ("<g a=\"'\"><path d='M0>'/>", "</g>"),
            ("<g><!-- </g> --><![CDATA[</g>]]>", "</g>"),
        ] {
            assert_eq!(unread(&nested(open, close, 400)), Some(DEEP), "{open}");
            assert_eq!(unread(&nested(open, close, 200)), None, "{open}");
        }
        let wide = "<path d='M0 0'/><g><!-- <g> --><?a <g> ?></g>".repeat(5000);
        assert_eq!(unread(&wide), None);
        assert_eq!(unread(&"<!--".repeat(5000)), None);
        for hidden in [
            "<!ENTITY a '<g/>'>",
            "<!-- ' -->]><g>",
            "<!ENTITY a '<!--'><!ENTITY b '<g>'>",
        ] {
            let text = format!("<!DOCTYPE svg [{hidden}");
            assert!(unread(&text).is_some(), "{hidden}");
        }
    }

    #[test]
    fn copies_of_copies_are_counted() {
        let copies = |levels: usize, each: usize| {
            let one = |level: usize| {
                let copy = format!("<use href='#c{}'/>", level + 1).repeat(each);
                format!("<g id='c{level}'>{copy}</g>")
            };
            (0..levels).map(one).collect::<String>() + &format!("<g id='c{levels}'/>")
        };
        assert_eq!(refusal(&copies(12, 2)), None);
        assert!(refusal(&copies(30, 2)).is_some());
        assert_eq!(refusal(&copies(100, 1)), None);
        assert!(refusal(&copies(200, 1)).is_some());
    }
}
