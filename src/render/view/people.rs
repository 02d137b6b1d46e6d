//! How people and bodies are printed.

use super::AttendanceRow;
use super::document::Scribe;
use crate::model::Edition;
use crate::model::meeting::Attendee;
use crate::model::party::Party;
use crate::model::register::{Entry, Lookup};
use crate::model::text::Text;
use crate::render::format::Ready;

impl<E: Edition> Scribe<'_, '_, E> {
    /// Several parties in a row of short names: "DCC and ACC (crime)".
    pub(super) fn parties<'p>(
        &self,
        parties: impl IntoIterator<Item = &'p Party<E>>,
    ) -> Option<Ready>
    where
        E: 'p,
    {
        let names: Vec<String> = parties
            .into_iter()
            .map(|party| self.short(party).as_str().to_owned())
            .collect();
        (!names.is_empty()).then(|| Ready::made(and(&names)))
    }

    /// A party as it stands beside an action or an answer: initials where the register has them.
    pub(super) fn short(&self, party: &Party<E>) -> Ready {
        let name = party.name.as_ref().map(|name| self.short_name(name));
        let role = party.role.as_ref().map(|role| self.writer.title(role));
        let body = party.body.as_ref().map(|body| self.short_name(body));
        // A body that stands alone comes before the role in it.
        let parts = match name {
            Some(name) => [Some(name), role, body],
            None => [body, role, None],
        };
        let parts: Vec<Ready> = parts.into_iter().flatten().collect();
        match parts.as_slice() {
            [] => Ready::default(),
            [one] => one.clone(),
            // In brackets, because commas divide the names of a list.
            [first, rest @ ..] => {
                let rest: Vec<&str> = rest.iter().map(Ready::as_str).collect();
                Ready::made(format!("{} ({})", first.as_str(), rest.join(", ")))
            }
        }
    }

    /// The entry of the register that a text names. Where a part of it is withheld, it names nobody: two names that are
    /// both withheld look the same in the public edition and are not.
    fn entry(&self, name: &Text<E>) -> Option<&Entry<'_, E>> {
        match name.passages() {
            [] => self.library.register.find(name.source(), self.day).one(),
            _ => None,
        }
    }

    fn short_name(&self, name: &Text<E>) -> Ready {
        let Some(entry) = self.entry(name) else {
            return self.writer.title(name);
        };
        let Some(initials) = entry.initials(self.day) else {
            return self.writer.title(entry.name().unwrap_or(name));
        };
        self.meet(&initials.words());
        let initials_ready = self.writer.title(initials);
        // Where several share a rank, the portfolio tells them apart.
        let shared = matches!(
            self.library.register.find(initials.source(), self.day),
            Lookup::Several(_)
        );
        match entry {
            Entry::Person(_, person) if shared => match person.post_on(self.day).portfolio {
                Some(portfolio) => {
                    let portfolio = self.writer.title(portfolio);
                    Ready::made(format!(
                        "{} ({})",
                        initials_ready.as_str(),
                        portfolio.as_str()
                    ))
                }
                None => initials_ready,
            },
            _ => initials_ready,
        }
    }

    /// A party with name and capacity: "Alex Smith, Policy Officer".
    pub(super) fn long(&self, party: &Party<E>) -> Ready {
        let (name, capacity) = self.name_and_capacity(party, None);
        let role = party.role.as_ref().map(|role| self.writer.title(role));
        let parts = [Some(name), role, capacity].into_iter().flatten();
        let parts: Vec<String> = parts
            .map(|part| part.as_str().to_owned())
            .filter(|part| !part.is_empty())
            .collect();
        Ready::made(parts.join(", "))
    }

    /// A party's name, and its post and body. `initials` are those of the moment, where they differ from the register.
    fn name_and_capacity(
        &self,
        party: &Party<E>,
        initials: Option<&Text<E>>,
    ) -> (Ready, Option<Ready>) {
        let body = party.body.as_ref().map(|body| self.body(body));
        let Some(written) = &party.name else {
            return (body.unwrap_or_default(), None);
        };
        let person = match self.entry(written) {
            Some(Entry::Person(_, person)) => person,
            Some(Entry::Body(_, found)) => {
                let name = found.name.as_ref().unwrap_or(written);
                return (self.writer.title(name), body);
            }
            None => {
                let capacity = self.capacity(None, initials, None);
                return (self.writer.title(written), joined([capacity, body]));
            }
        };
        let post = person.post_on(self.day);
        let capacity = self.capacity(post.title, initials.or(post.initials), post.portfolio);
        match (&person.name, capacity) {
            (Some(name), capacity) => (self.writer.title(name), joined([capacity, body])),
            // Somebody without a name is called by the post.
            (None, Some(capacity)) => (capacity, body),
            (None, None) => (self.writer.title(written), body),
        }
    }

    /// The full name of a body.
    fn body(&self, written: &Text<E>) -> Ready {
        let name = self.entry(written).and_then(Entry::name);
        self.writer.title(name.unwrap_or(written))
    }

    /// "Assistant Chief Constable, crime (ACC)".
    fn capacity(
        &self,
        title: Option<&Text<E>>,
        initials: Option<&Text<E>>,
        portfolio: Option<&Text<E>>,
    ) -> Option<Ready> {
        let words = [title, portfolio].map(|text| text.map(|text| self.writer.title(text)));
        let Some(initials) = initials else {
            return joined(words);
        };
        self.writer.abbreviations.explain(&initials.words());
        let initials = self.writer.title(initials);
        match joined(words) {
            Some(words) => Some(Ready::made(format!(
                "{} ({})",
                words.as_str(),
                initials.as_str()
            ))),
            None => Some(initials),
        }
    }

    /// A row of the table of attendance.
    pub(super) fn attendee(&self, attendee: &Attendee<E>, status: &str) -> AttendanceRow {
        let initials = attendee.initials.as_ref();
        let (name, capacity) = match &attendee.capacity {
            None => self.name_and_capacity(&attendee.party, initials),
            Some(capacity) => {
                let (name, _) = self.name_and_capacity(&attendee.party, None);
                let capacity = self.capacity(Some(capacity), initials, None);
                let body = attendee.party.body.as_ref().map(|body| self.body(body));
                (name, joined([capacity, body]))
            }
        };
        let mut status = vec![self.writer.plain(status).as_str().to_owned()];
        if let Some(party) = &attendee.deputises {
            status.push(format!(
                "{} {}",
                self.writer.plain("deputising for").as_str(),
                self.the(party).as_str()
            ));
        }
        let parts = [
            (
                "for",
                attendee.items.as_ref().map(|text| self.item_name(text)),
            ),
            (
                "arrived",
                attendee.arrived.as_ref().map(|text| self.moment(text)),
            ),
            ("left", attendee.left.as_ref().map(|text| self.moment(text))),
        ];
        for (word, text) in parts {
            if let Some(text) = text {
                status.push(format!("{word} {}", text.as_str()));
            }
        }
        AttendanceRow {
            name,
            capacity: capacity.unwrap_or_default(),
            status: Ready::made(status.join(", ")),
        }
    }

    /// What somebody wrote behind `arrived`: "at 11am", "at item 2".
    fn moment(&self, text: &Text<E>) -> Ready {
        let line = self.writer.title(text);
        let words = text.words().to_lowercase();
        match words.starts_with(|c: char| c.is_ascii_digit()) || words.starts_with("item") {
            true => Ready::made(format!("at {}", line.as_str())),
            false => line,
        }
    }

    /// Items as a sentence names them: bare numbers get their word, as in "item 2" and "items 1 to 3".
    pub(super) fn item_name(&self, text: &Text<E>) -> Ready {
        let line = self.writer.title(text);
        let words = text.words();
        let words: Vec<&str> = words.split([' ', ',']).filter(|w| !w.is_empty()).collect();
        let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
        let are_numbers = words.first().is_some_and(is_number)
            && words
                .iter()
                .all(|word| is_number(word) || matches!(*word, "and" | "to" | "or"));
        match (are_numbers, words.len()) {
            (false, _) => line,
            (true, 1) => Ready::made(format!("item {}", line.as_str())),
            (true, _) => Ready::made(format!("items {}", line.as_str())),
        }
    }

    /// A party within a sentence: "the PCC", and a name without an article.
    pub(super) fn the(&self, party: &Party<E>) -> Ready {
        let found = party.name.as_ref().or(party.body.as_ref());
        let entry = found.and_then(|name| self.entry(name));
        let has_initials = entry.is_some_and(|entry| entry.initials(self.day).is_some());
        match has_initials {
            true => Ready::made(format!("the {}", self.short(party).as_str())),
            false => self.short(party),
        }
    }

    /// Makes sure that initials which the program prints are in the glossary of the document.
    fn meet(&self, initials: &str) {
        self.writer.abbreviations.meet(initials);
    }
}

/// Parts with commas between them.
fn joined(parts: [Option<Ready>; 2]) -> Option<Ready> {
    let parts: Vec<Ready> = parts.into_iter().flatten().collect();
    let words: Vec<&str> = parts.iter().map(Ready::as_str).collect();
    (!words.is_empty()).then(|| Ready::made(words.join(", ")))
}

/// "a", "a and b", "a, b and c".
pub(super) fn and(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        // A name that has a comma in it keeps its distance.
        all if all.iter().any(|name| name.contains(", ")) => all.join("; "),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
