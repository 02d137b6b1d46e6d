//! What actions rest on: the list of publications, each citation as a link to it, and the way back from each
//! recommendation to the actions.

use super::Sheet;
use super::fields::{IndexView, SourceView};
use super::rows::Known;
use crate::model::Edition;
use crate::model::date::{DateReading, Since};
use crate::model::outline::slug;
use crate::model::text::Text;
use crate::model::withheld::Row;
use crate::render::dates;
use crate::render::format::Ready;
use crate::render::view::document::is_safe;
use std::collections::BTreeMap;

/// A number such as `2.10` in the order in which people count: digits as numbers, everything else as it stands.
type Natural = Vec<(u64, String)>;

impl<E: Edition> Sheet<'_, '_, E> {
    pub(super) fn sources(&self) -> Vec<SourceView> {
        let scribe = &self.scribe;
        let sources = self.listing.sources.iter().enumerate();
        sources
            .map(|(at, (key, source))| SourceView {
                anchor: scribe.plain(&self.anchor(at)),
                label: scribe.plain(&key.name),
                title: scribe.writer.line(&source.title),
                link: source
                    .link
                    .as_deref()
                    .filter(|link| is_safe(link))
                    .map(|link| scribe.plain(link)),
                date: source.date.as_ref().map(|date| self.published(date)),
            })
            .collect()
    }

    fn published(&self, date: &Since<E>) -> Ready {
        match DateReading::of(date.written.source()).day() {
            Some(day) => self.scribe.plain(&dates::day(day)),
            None => self.scribe.writer.line(&date.written),
        }
    }

    /// The anchor of a source. Two labels that differ only in their signs are told apart by their place.
    fn anchor(&self, at: usize) -> String {
        let keys: Vec<String> = self.listing.sources.keys().map(slug).collect();
        let own = &keys[at];
        match keys.iter().position(|key| key == own) {
            Some(first) if first == at => format!("source-{own}"),
            _ => format!("source-{own}-{}", at + 1),
        }
    }

    /// Citations, each a link to its source.
    pub(super) fn citations(&self, texts: &[Text<E>]) -> Vec<Ready> {
        texts.iter().map(|text| self.citation(text)).collect()
    }

    fn citation(&self, text: &Text<E>) -> Ready {
        let words = self.scribe.writer.title(text);
        match self.cited(text) {
            Some((at, _)) => self.scribe.link(&self.anchor(at), &words),
            None => words,
        }
    }

    /// The source that a citation names, and the number of the recommendation in it.
    fn cited(&self, text: &Text<E>) -> Option<(usize, String)> {
        if !text.passages().is_empty() {
            return None;
        }
        let words = text.words();
        let keys = self.listing.sources.keys().enumerate();
        let named = keys.filter(|(_, key)| {
            let start = words.get(..key.len());
            let is_start = start.is_some_and(|start| start.eq_ignore_ascii_case(key));
            let after = words.get(key.len()..).and_then(|rest| rest.chars().next());
            is_start && after.is_none_or(|after| !after.is_alphanumeric())
        });
        let (at, key) = named.max_by_key(|(_, key)| key.len())?;
        let rest = words[key.len()..].trim_matches([' ', ',', ':']).to_owned();
        Some((at, rest))
    }

    /// From each recommendation to the actions that rest on it.
    pub(super) fn index(&self, known: &[Vec<Known<'_, '_, E>>]) -> Vec<IndexView> {
        let mut found: BTreeMap<(usize, Natural), (String, Vec<String>)> = BTreeMap::new();
        for known in known.iter().flatten() {
            let Some(action) = known.row.known() else {
                continue;
            };
            let parts = action.parts.iter().filter_map(Row::known);
            let cited = action
                .sources
                .iter()
                .chain(parts.flat_map(|part| &part.sources));
            for (at, number) in cited.filter_map(|text| self.cited(text)) {
                let link = self.link_to(known).as_str().to_owned();
                let entry = found.entry((at, natural(&number)));
                let (_, links) = entry.or_insert_with(|| (number, Vec::new()));
                if !links.contains(&link) {
                    links.push(link);
                }
            }
        }
        let keys: Vec<&str> = self.listing.sources.keys().collect();
        found
            .into_iter()
            .map(|((at, _), (number, links))| {
                let words = format!("{} {number}", keys[at]);
                let words = self.scribe.plain(words.trim());
                IndexView {
                    source: self.scribe.link(&self.anchor(at), &words),
                    actions: Ready::made(links.join(", ")),
                }
            })
            .collect()
    }
}

fn natural(number: &str) -> Natural {
    let mut parts: Natural = Vec::new();
    let mut is_digit = false;
    for c in number.to_lowercase().chars() {
        match c.to_digit(10) {
            Some(digit) => {
                if !is_digit {
                    parts.push((0, String::new()));
                }
                if let Some((count, _)) = parts.last_mut() {
                    *count = count.saturating_mul(10).saturating_add(u64::from(digit));
                }
            }
            None => {
                if is_digit || parts.is_empty() {
                    parts.push((u64::MAX, String::new()));
                }
                if let Some((_, word)) = parts.last_mut() {
                    word.push(c);
                }
            }
        }
        is_digit = c.is_ascii_digit();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_stand_in_the_order_in_which_people_count() {
        let mut numbers = ["2.10", "10", "2.4", "", "Annex A", "1"];
        numbers.sort_by_key(|number| natural(number));
        assert_eq!(numbers, ["", "1", "2.4", "2.10", "10", "Annex A"]);
    }
}
