//! Who was meant by a name that the register does not have: somebody with an article, a rank or a surname, or several people
//! in one text. In: what was written. Out: keys of the register.

use crate::model::register::{Entry, Lookup, Register};
use crate::model::text::Text;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// Somebody who was meant, or several.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meant<'b> {
    /// One, by the key.
    One(&'b str),
    /// Several in one text, each by the key.
    Several(Vec<&'b str>),
}

impl<'b> Meant<'b> {
    /// Who was meant, where that is clear.
    pub(super) fn of(
        register: &Register<'b>,
        written: &str,
        day: Option<NaiveDate>,
    ) -> Option<Meant<'b>> {
        const LONGEST: usize = 200;
        if written.len() > LONGEST {
            return None;
        }
        let parts = parts(written);
        match parts.as_slice() {
            [one] => somebody(register, one, day).map(Meant::One),
            several => {
                let keys = several.iter().map(|part| somebody(register, part, day));
                keys.collect::<Option<Vec<_>>>().map(Meant::Several)
            }
        }
    }

    /// How to write it.
    pub(super) fn help(&self) -> String {
        match self {
            Meant::One(key) => format!("did you mean `{key}`?"),
            Meant::Several(keys) => format!("write them as a list: `[{}]`", keys.join(", ")),
        }
    }
}

/// How to write the name of somebody whom the register does not have, where it is clear enough who was meant.
pub(super) fn suggestion(
    register: &Register<'_>,
    written: &str,
    day: Option<NaiveDate>,
) -> Option<String> {
    if let Some(meant) = Meant::of(register, written, day) {
        return Some(meant.help());
    }
    let near = register.nearest(written);
    near.map(|near| format!("did you mean `{near}`?"))
}

/// What was written, divided where people divide the names in a list.
fn parts(written: &str) -> Vec<String> {
    let words = written.split_whitespace().map(|word| match word {
        "and" | "And" | "AND" | "&" => ",",
        word => word,
    });
    let words = words.collect::<Vec<_>>().join(" ");
    let parts = words.split([',', '/', '&', ';', '+']).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The key of somebody by a name of the register, with an article before it or in other words.
fn somebody<'b>(register: &Register<'b>, name: &str, day: Option<NaiveDate>) -> Option<&'b str> {
    let bare = name
        .split_once(' ')
        .filter(|(first, _)| first.eq_ignore_ascii_case("the"));
    let bare = bare.map_or(name, |(_, rest)| rest.trim());
    match register.find(bare, day) {
        Lookup::One(entry) => Some(entry.key()),
        Lookup::Several(_) => None,
        Lookup::Nobody => by_words(register, bare),
    }
}

/// The only person whose name, post and initials have all the words that were written, one of them a word of the name.
fn by_words<'b>(register: &Register<'b>, written: &str) -> Option<&'b str> {
    let written = words(written);
    let is_meant = |entry: &&Entry<'b>| {
        let Entry::Person(key, person) = entry else {
            return false;
        };
        let name = person.name.as_ref().map(|name| words(name.source()));
        let name = name.unwrap_or_default();
        let posts = person.all_posts();
        let posts = posts.flat_map(|post| [post.initials, post.title]);
        let posts = posts.flatten().map(Text::source);
        let mut known: BTreeSet<String> = posts.chain([*key]).flat_map(words).collect();
        let has_name = written
            .iter()
            .any(|word| name.contains(word) && word.len() > 1);
        known.extend(name);
        has_name && written.is_subset(&known)
    };
    let mut meant = register.entries().iter().filter(is_meant);
    match (meant.next(), meant.next()) {
        (Some(one), None) => Some(one.key()),
        _ => None,
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.'));
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
