//! Which built-in templates another needs. In: the name of a template. Out: that one and all that it needs, since parsing
//! templates takes longer than rendering them. Of a file of components, only those are needed that are called.

use super::templates;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A template, or one component of a file of components.
struct Part {
    file: String,
    text: &'static str,
}

/// Every built-in template by its name, and every component by its own.
static PARTS: LazyLock<BTreeMap<String, Part>> = LazyLock::new(parts);

/// The built-in templates that are needed to render one: the name and the text of each.
pub(super) fn needed(name: &str) -> Vec<(String, String)> {
    let mut known = BTreeSet::from([name]);
    let mut open = vec![name];
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    while let Some(name) = open.pop() {
        let Some(part) = PARTS.get(name) else {
            continue;
        };
        texts.entry(&part.file).or_default().push_str(part.text);
        open.extend(called(part.text).filter(|name| known.insert(name)));
    }
    let owned = |(name, text): (&str, String)| (name.to_owned(), text);
    texts.into_iter().map(owned).collect()
}

fn parts() -> BTreeMap<String, Part> {
    const BEGINS: &str = "{% component ";
    let mut parts = BTreeMap::new();
    for (file, text) in templates::built_in() {
        if !templates::has_components(&file) {
            parts.insert(file.clone(), Part { file, text });
            continue;
        }
        let begins: Vec<usize> = text.match_indices(BEGINS).map(|(at, _)| at).collect();
        let ends = begins.iter().copied().skip(1).chain([text.len()]);
        for (begin, end) in begins.iter().zip(ends) {
            let text = &text[*begin..end];
            let name = text[BEGINS.len()..].split('(').next().unwrap_or_default();
            let file = file.clone();
            parts.insert(name.to_owned(), Part { file, text });
        }
    }
    parts
}

/// What a template names: the one that it extends, those that it includes, the components that it calls.
fn called(text: &str) -> impl Iterator<Item = &str> {
    const BEFORE: [&str; 3] = ["<", "extends \"", "include \""];
    text.split('{').filter_map(|tag| {
        let tag = tag.trim_start_matches(['%', '-', ' ']);
        let name = BEFORE.iter().find_map(|before| tag.strip_prefix(before))?;
        name.split([' ', '"']).next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_called_is_needed() {
        let needed: BTreeMap<String, String> = needed("meeting.md").into_iter().collect();
        let names: Vec<&str> = needed.keys().map(String::as_str).collect();
        assert_eq!(names, ["components.md", "meeting.md"]);
        let components = &needed["components.md"];
        assert!(components.contains("component md_action("));
        assert!(!components.contains("component md_sheet_row("));
    }
}
