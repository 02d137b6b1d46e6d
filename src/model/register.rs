//! Finds the person or body that a text names: by key, initials, alias or name, ignoring case.

use super::date::Date;
use super::edition::{Edition, Internal};
use super::party::{Body, Party, Person};
use super::settings::Settings;
use super::text::Text;
use crate::diagnostic::nearest;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// The register of a book, ready to be asked.
pub struct Register<'b, E: Edition = Internal> {
    entries: Vec<Entry<'b, E>>,
    by_key: BTreeMap<&'b str, usize>,
    by_name: BTreeMap<String, Vec<usize>>,
}

/// A person or a body with its key.
pub enum Entry<'b, E: Edition = Internal> {
    /// A person.
    Person(&'b str, &'b Person<E>),
    /// A body.
    Body(&'b str, &'b Body<E>),
}

/// What the register knows under a name.
pub enum Lookup<'r, 'b, E: Edition = Internal> {
    /// Nothing: the text stands for itself.
    Nobody,
    /// One entry.
    One(&'r Entry<'b, E>),
    /// Several entries, so that the name is ambiguous.
    Several(Vec<&'r Entry<'b, E>>),
}

/// The post of a person on a day.
pub struct PostOn<'b, E: Edition = Internal> {
    /// The title of the post.
    pub title: Option<&'b Text<E>>,
    /// Its initials.
    pub initials: Option<&'b Text<E>>,
    /// What it is responsible for.
    pub portfolio: Option<&'b Text<E>>,
}

impl<'b, E: Edition> Register<'b, E> {
    /// The register of a book's settings.
    pub fn new(settings: &'b Settings<E>) -> Register<'b, E> {
        let people = settings
            .people
            .iter()
            .map(|(key, person)| Entry::Person(&key.name, person));
        let bodies = settings
            .bodies
            .iter()
            .map(|(key, body)| Entry::Body(&key.name, body));
        let entries: Vec<Entry<'b, E>> = people.chain(bodies).collect();
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut by_key = BTreeMap::new();
        for (at, entry) in entries.iter().enumerate() {
            by_key.entry(entry.key()).or_insert(at);
            for name in entry.names() {
                let found = by_name.entry(folded(&name)).or_default();
                if found.last() != Some(&at) {
                    found.push(at);
                }
            }
        }
        Register {
            entries,
            by_key,
            by_name,
        }
    }

    /// Every entry, people first, in the order of the file.
    pub fn entries(&self) -> &[Entry<'b, E>] {
        &self.entries
    }

    /// What a text names. A key wins over every other name. Where posts changed hands, the day decides.
    pub fn find(&self, name: &str, day: Option<NaiveDate>) -> Lookup<'_, 'b, E> {
        let name = name.trim();
        if let Some(at) = self.by_key.get(name) {
            return Lookup::One(&self.entries[*at]);
        }
        let Some(found) = self.by_name.get(&folded(name)) else {
            return Lookup::Nobody;
        };
        let all: Vec<&Entry<'b, E>> = found.iter().map(|at| &self.entries[*at]).collect();
        let then: Vec<&Entry<'b, E>> = all
            .iter()
            .copied()
            .filter(|entry| entry.is_called_on(name, day))
            .collect();
        match (then.as_slice(), all.as_slice()) {
            ([one], _) | ([], [one]) => Lookup::One(one),
            ([], _) => Lookup::Several(all),
            _ => Lookup::Several(then),
        }
    }

    /// The key, initials or other name that is nearest to what was written, if one is near enough to be what was meant: as
    /// the register writes it.
    pub fn nearest(&self, name: &str) -> Option<String> {
        let near = nearest(&folded(name), self.by_name.keys().map(String::as_str))?;
        let entry = &self.entries[*self.by_name.get(near)?.first()?];
        entry.names().into_iter().find(|name| folded(name) == near)
    }

    /// The entry that a party names, by its person or, without one, by its body.
    pub fn party(&self, party: &Party<E>, day: Option<NaiveDate>) -> Lookup<'_, 'b, E> {
        match party.name.as_ref().or(party.body.as_ref()) {
            Some(name) => self.find(name.source(), day),
            None => Lookup::Nobody,
        }
    }
}

impl<'r, 'b, E: Edition> Lookup<'r, 'b, E> {
    /// The entry, when there is just one.
    pub fn one(self) -> Option<&'r Entry<'b, E>> {
        match self {
            Lookup::One(entry) => Some(entry),
            _ => None,
        }
    }
}

impl<'b, E: Edition> Entry<'b, E> {
    /// The key in the register.
    pub fn key(&self) -> &'b str {
        match self {
            Entry::Person(key, _) | Entry::Body(key, _) => key,
        }
    }

    /// The name as it is printed.
    pub fn name(&self) -> Option<&'b Text<E>> {
        match self {
            Entry::Person(_, person) => person.name.as_ref(),
            Entry::Body(_, body) => body.name.as_ref(),
        }
    }

    /// The initials on a day.
    pub fn initials(&self, day: Option<NaiveDate>) -> Option<&'b Text<E>> {
        match self {
            Entry::Person(_, person) => person.post_on(day).initials,
            Entry::Body(_, body) => body.initials.as_ref(),
        }
    }

    fn names(&self) -> Vec<String> {
        let text = |text: &Text<E>| text.source().to_owned();
        match self {
            Entry::Person(key, person) => {
                let mut names = vec![(*key).to_owned()];
                names.extend(person.name.iter().chain(&person.aliases).map(text));
                for post in person.all_posts() {
                    let initials = post.initials.map(text);
                    let title = post.title.map(text);
                    if let Some(portfolio) = post.portfolio.map(text) {
                        for rank in initials.iter().chain(&title) {
                            names.push(format!("{rank} {portfolio}"));
                            names.push(format!("{rank} ({portfolio})"));
                        }
                    }
                    names.extend(initials.into_iter().chain(title));
                }
                names
            }
            Entry::Body(key, body) => {
                let mut names = vec![(*key).to_owned()];
                names.extend(
                    body.name
                        .iter()
                        .chain(&body.initials)
                        .chain(&body.aliases)
                        .map(text),
                );
                names
            }
        }
    }

    /// Whether the name fits on that day: a name or alias always does, initials and titles only while the post lasts.
    fn is_called_on(&self, name: &str, day: Option<NaiveDate>) -> bool {
        let Entry::Person(key, person) = self else {
            return true;
        };
        let is = |text: &Text<E>| folded(text.source()) == folded(name);
        if folded(key) == folded(name) || person.name.iter().chain(&person.aliases).any(is) {
            return true;
        }
        let post = person.post_on(day);
        let rank = [post.initials, post.title].into_iter().flatten();
        rank.into_iter().any(|rank| {
            is(rank)
                || post.portfolio.is_some_and(|portfolio| {
                    let (rank, portfolio) = (rank.source(), portfolio.source());
                    folded(&format!("{rank} {portfolio}")) == folded(&name.replace(['(', ')'], ""))
                })
        })
    }
}

impl<E: Edition> Person<E> {
    /// The post held on a day: the one of `posts` that covers it, else the person's own fields.
    pub fn post_on(&self, day: Option<NaiveDate>) -> PostOn<'_, E> {
        let held = self.posts.iter().find(|post| {
            let from = post.from.as_ref().and_then(Date::day);
            let until = post.until.as_ref().and_then(Date::day);
            day.is_none_or(|day| {
                from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
            })
        });
        match held {
            Some(post) => PostOn {
                title: post.title.as_ref(),
                initials: post.initials.as_ref(),
                portfolio: post.portfolio.as_ref(),
            },
            None => PostOn {
                title: self.title.as_ref(),
                initials: self.initials.as_ref(),
                portfolio: self.portfolio.as_ref(),
            },
        }
    }

    /// Every post, with the person's own fields as one of them.
    pub fn all_posts(&self) -> impl Iterator<Item = PostOn<'_, E>> {
        let own = PostOn {
            title: self.title.as_ref(),
            initials: self.initials.as_ref(),
            portfolio: self.portfolio.as_ref(),
        };
        let posts = self.posts.iter().map(|post| PostOn {
            title: post.title.as_ref(),
            initials: post.initials.as_ref(),
            portfolio: post.portfolio.as_ref(),
        });
        std::iter::once(own).chain(posts)
    }
}

fn folded(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
