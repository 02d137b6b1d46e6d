//! Abbreviations: what they stand for in a document, which of them a reader has met, and where they are explained.

use crate::model::settings::{Keyed, Settings};
use crate::model::{Edition, text::Text};
use chrono::NaiveDate;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The abbreviations that a document may use, and those that it has used so far.
pub(super) struct Abbreviations {
    long: BTreeMap<String, String>,
    /// Those that were used, and whether a reader was told what they stand for.
    met: RefCell<BTreeMap<String, bool>>,
}

/// A piece of a text.
pub(super) enum Piece<'t, 'a> {
    /// Words as they stand.
    Words(&'t str),
    /// An abbreviation at its first use, the ending of a possessive behind it, and what it stands for. `explained` when
    /// the text itself says so.
    First {
        short: &'t str,
        ending: &'t str,
        long: &'a str,
        explained: bool,
    },
}

impl Abbreviations {
    /// None at all, for readers who know them.
    pub(super) fn none() -> Abbreviations {
        Abbreviations {
            long: BTreeMap::new(),
            met: RefCell::default(),
        }
    }

    /// Those of a document: its own glossary wins over the book's, and both win over the initials of people and bodies.
    pub(super) fn of<E: Edition>(
        settings: &Settings<E>,
        own: &Keyed<Text<E>>,
        day: Option<NaiveDate>,
    ) -> Abbreviations {
        let mut long = BTreeMap::new();
        let mut add = |short: &str, text: &Text<E>| {
            let words = text.words();
            let is_one = short.chars().filter(|c| c.is_uppercase()).count() >= 2;
            if is_one && !words.is_empty() && text.passages().is_empty() {
                long.entry(short.trim().to_owned()).or_insert(words);
            }
        };
        for glossary in [own, &settings.glossary] {
            glossary.iter().for_each(|(key, text)| add(&key.name, text));
        }
        for (_, body) in settings.bodies.iter() {
            if let (Some(initials), Some(name)) = (&body.initials, &body.name) {
                add(&initials.words(), name);
            }
        }
        for (_, person) in settings.people.iter() {
            let now = person.post_on(day);
            for post in std::iter::once(now).chain(person.all_posts()) {
                if let (Some(initials), Some(title)) = (post.initials, post.title) {
                    add(&initials.words(), title);
                }
            }
        }
        Abbreviations {
            long,
            met: RefCell::default(),
        }
    }

    /// Marks one as explained, because the document prints it beside what it stands for.
    pub(super) fn explain(&self, short: &str) {
        if self.long.contains_key(short) {
            self.met.borrow_mut().insert(short.to_owned(), true);
        }
    }

    /// Marks one as used where there was no room to explain it, so that it is still explained in the text.
    pub(super) fn meet(&self, short: &str) {
        if self.long.contains_key(short) {
            self.met.borrow_mut().entry(short.to_owned()).or_default();
        }
    }

    /// Those that the document has used, with what they stand for, in the order of the alphabet.
    pub(super) fn used(&self) -> Vec<(String, String)> {
        let met = self.met.borrow();
        met.keys()
            .filter_map(|short| Some((short.clone(), self.long.get(short)?.clone())))
            .collect()
    }

    /// Divides words at the abbreviations that are used here for the first time. Plurals count.
    pub(super) fn pieces<'t>(&self, words: &'t str) -> Vec<Piece<'t, '_>> {
        let mut pieces = Vec::new();
        let mut done = 0;
        for (start, token) in tokens(words) {
            let (short, long) = match self.long.get_key_value(token) {
                Some(known) => known,
                None => match token
                    .strip_suffix('s')
                    .and_then(|one| self.long.get_key_value(one))
                {
                    Some(known) => known,
                    None => continue,
                },
            };
            if self.met.borrow_mut().insert(short.clone(), true) == Some(true) {
                continue;
            }
            let end = start + token.len();
            let ending = possessive(token, &words[end..]);
            let (whole, end) = (end, end + ending.len());
            let explained = is_explained(&words[..start], &words[end..], long);
            if start > done {
                pieces.push(Piece::Words(&words[done..start]));
            }
            pieces.push(Piece::First {
                short: &words[start..whole],
                ending,
                long,
                explained,
            });
            done = end;
        }
        if done < words.len() {
            pieces.push(Piece::Words(&words[done..]));
        }
        pieces
    }
}

/// The ending that makes an abbreviation the owner of what follows ("The RCU's plan", "the RCUs' plans"): the whole word
/// is explained, not a part of it.
fn possessive<'t>(token: &str, after: &'t str) -> &'t str {
    let Some(mark) = after
        .chars()
        .next()
        .filter(|c| matches!(c, '\'' | '\u{2019}'))
    else {
        return "";
    };
    let rest = &after[mark.len_utf8()..];
    let (ending, rest) = match rest.strip_prefix('s') {
        Some(rest) => (mark.len_utf8() + 1, rest),
        // Such a mark may also close a quotation.
        None if token.ends_with('s') => (mark.len_utf8(), rest),
        None => return "",
    };
    match rest.starts_with(char::is_alphanumeric) {
        true => "",
        false => &after[..ending],
    }
}

/// Whether the words around an abbreviation already explain it: "Serious and organised crime (SOC)" or
/// "SOC (serious and organised crime)".
fn is_explained(before: &str, after: &str, long: &str) -> bool {
    let long = long.to_lowercase();
    let in_brackets = before.trim_end().strip_suffix('(').is_some_and(|before| {
        let before = before.trim_end().to_lowercase();
        before.ends_with(&long) || before.ends_with(&format!("{long}s"))
    });
    let follows = after
        .trim_start()
        .strip_prefix('(')
        .is_some_and(|after| after.to_lowercase().starts_with(&long));
    in_brackets || follows
}

/// Runs of letters, digits, `&` and `-` that hold a capital letter, with where they start.
fn tokens(words: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '&';
    words
        .split(move |c| !is_part(c))
        .map(move |token| (token.as_ptr() as usize - words.as_ptr() as usize, token))
        .filter(|(_, token)| token.len() > 1 && token.contains(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(words: &str) -> String {
        let known = [
            ("RCU", "Regional Crime Unit"),
            ("KPI", "key performance indicator"),
        ];
        let known = known.map(|(short, long)| (short.to_owned(), long.to_owned()));
        let abbreviations = Abbreviations {
            long: BTreeMap::from(known),
            met: RefCell::default(),
        };
        let pieces = abbreviations.pieces(words).into_iter();
        let pieces = pieces.map(|piece| match piece {
            Piece::Words(words) => words.to_owned(),
            Piece::First {
                short,
                ending,
                explained: true,
                ..
            } => format!("{short}{ending}"),
            Piece::First {
                short,
                ending,
                long,
                ..
            } => format!("{short}{ending} ({long})"),
        });
        pieces.collect()
    }

    #[test]
    fn what_it_stands_for_is_told_behind_the_whole_word() {
        for (words, told) in [
            ("The RCU's plan", "The RCU's (Regional Crime Unit) plan"),
            (
                "The RCU\u{2019}s plan",
                "The RCU\u{2019}s (Regional Crime Unit) plan",
            ),
            ("It is the RCU's.", "It is the RCU's (Regional Crime Unit)."),
            ("All RCUs' plans", "All RCUs' (Regional Crime Unit) plans"),
            ("The 'RCU' plan", "The 'RCU (Regional Crime Unit)' plan"),
            ("The RCU's", "The RCU's (Regional Crime Unit)"),
            ("KPIs rose", "KPIs (key performance indicator) rose"),
            (
                "The RCU's (Regional Crime Unit) plan",
                "The RCU's (Regional Crime Unit) plan",
            ),
        ] {
            assert_eq!(spelt(words), told);
        }
    }
}
