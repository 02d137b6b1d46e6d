//! The search: an index of the words of every document and action, and the script that asks it. No server is needed.
//!
//! The index holds for each word the numbers of the pages on which it stands, each as the distance from the one before it.
//! It stands twice: as JSON, and as a script for those who open the website from a folder, where browsers refuse to fetch.

use super::cache::Cache;
use super::{File, Published, Site, action};
use crate::exchange::ActionRecord;
use crate::render::dates;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Serialize, Serializer};
use std::collections::HashMap;
use std::io;

/// The script of the search page.
const SCRIPT: &str = include_str!("../../../templates/site/search.js");

/// Which words stand on which pages.
#[derive(Default)]
pub(super) struct Index {
    pages: Vec<Found>,
    /// Every word in small letters, with the numbers of its pages.
    words: Vec<(String, Vec<usize>)>,
    /// Where each word stands among these: in small letters, and as it is written.
    places: HashMap<String, usize, FixedState>,
    written: HashMap<String, usize, FixedState>,
}

impl Index {
    /// The words of every document, as they are remembered, and of every action.
    pub(super) fn of(site: &Site<'_, '_>, remembered: &Cache) -> Index {
        let mut index = Index::default();
        for one in &site.documents {
            let words = remembered.words(&one.address).unwrap_or_default();
            index.document(site, one, words);
        }
        index.actions(site);
        index
    }

    fn document(&mut self, site: &Site<'_, '_>, one: &Published<'_, '_>, words: &str) {
        let series = one.series.map(|series| site.series_title(series));
        let day = one.day.map(dates::day);
        let about: Vec<String> = [Some(one.kind.to_owned()), series, day]
            .into_iter()
            .flatten()
            .collect();
        self.add(
            &one.file("html"),
            &one.title,
            &about.join(", "),
            words.split(' '),
        );
    }

    fn actions(&mut self, site: &Site<'_, '_>) {
        for (record, page) in site.actions.actions.iter().zip(&site.action_pages) {
            let title = action::title(record);
            let text = format!("{title} {}", searchable(record));
            let mut words = Vec::new();
            tokens(&text, &mut words);
            self.add(
                &format!("{page}.html"),
                &title,
                &action::about(record),
                words,
            );
        }
    }

    fn add<'w>(
        &mut self,
        address: &str,
        title: &str,
        about: &str,
        words: impl IntoIterator<Item = &'w str>,
    ) {
        let number = self.pages.len();
        self.pages.push(Found {
            about: about.to_owned(),
            title: title.to_owned(),
            address: address.to_owned(),
        });
        for word in words.into_iter().filter(|word| !word.is_empty()) {
            let place = match self.written.get(word) {
                Some(place) => *place,
                None => self.place(word),
            };
            let pages = &mut self.words[place].1;
            if pages.last() != Some(&number) {
                pages.push(number);
            }
        }
    }

    /// The place of a word that was not written so before.
    fn place(&mut self, word: &str) -> usize {
        let small = word.to_lowercase();
        let place = match self.places.get(&small) {
            Some(place) => *place,
            None => {
                self.words.push((small.clone(), Vec::new()));
                self.places.insert(small, self.words.len() - 1);
                self.words.len() - 1
            }
        };
        self.written.insert(word.to_owned(), place);
        place
    }

    /// Whether an abbreviation stands somewhere on the website.
    pub(super) fn has(&self, abbreviation: &str) -> bool {
        let mut words = Vec::new();
        tokens(abbreviation, &mut words);
        let is_written =
            |word: &str| word.chars().any(char::is_uppercase) && self.written.contains_key(word);
        !words.is_empty() && words.into_iter().all(is_written)
    }

    /// The index as it is written: the words in order.
    fn written(&self) -> Written<'_> {
        let words = self.words.par_iter();
        let mut words: Vec<(&str, Vec<usize>)> = words
            .map(|(word, pages)| (word.as_str(), distances(pages)))
            .collect();
        words.par_sort_unstable();
        Written {
            pages: &self.pages,
            words,
        }
    }
}

/// A page that can be found.
#[derive(Serialize)]
struct Found {
    #[serde(rename = "a")]
    about: String,
    #[serde(rename = "t")]
    title: String,
    #[serde(rename = "u")]
    address: String,
}

/// The index as it is written.
#[derive(Serialize)]
struct Written<'w> {
    pages: &'w [Found],
    #[serde(serialize_with = "as_map")]
    words: Vec<(&'w str, Vec<usize>)>,
}

fn as_map<S: Serializer>(words: &[(&str, Vec<usize>)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(words.iter().map(|(word, pages)| (word, pages)))
}

/// The index and the script.
pub(super) fn files(index: &Index) -> io::Result<Vec<File>> {
    let json = serde_json::to_string(&index.written()).map_err(io::Error::other)?;
    let script = format!("window.searchIndex = {json};\n");
    Ok(vec![
        File::new("search.json", json + "\n"),
        File::new("search-index.js", script),
        File::new("search.js", SCRIPT),
    ])
}

fn distances(pages: &[usize]) -> Vec<usize> {
    let mut last = 0;
    let distance = |page: &usize| {
        let distance = page - last;
        last = *page;
        distance
    };
    pages.iter().map(distance).collect()
}

fn searchable(record: &ActionRecord) -> String {
    let mut text = record.text.clone().unwrap_or_default();
    let mut add = |words: &str| {
        text.push(' ');
        text.push_str(words);
    };
    record.parts.iter().for_each(|part| add(&part.words()));
    add(&record.owner_words());
    add(&record.state_words());
    add(&record.source.words());
    for event in &record.history {
        let said = [&event.text, &event.stamp, &event.reason, &event.decision];
        said.into_iter().flatten().for_each(|words| add(words));
    }
    text
}

/// The different words of the main part of a page, with a space between them.
pub(super) fn words_of(html: &str) -> String {
    let start = html.find("<main").unwrap_or(0);
    let end = html.rfind("</main>").unwrap_or(html.len());
    let mut text = String::new();
    let mut rest = html.get(start..end).unwrap_or_default();
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        let tag = &rest[open..];
        // A word may be broken by emphasis, and by nothing else.
        if !["<em", "</em", "<strong", "</strong", "<abbr", "</abbr"]
            .iter()
            .any(|one| tag.starts_with(one))
        {
            text.push(' ');
        }
        rest = tag.find('>').map_or("", |close| &tag[close + 1..]);
    }
    text.push_str(rest);
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    for (entity, character) in entities {
        text = text.replace(entity, character);
    }
    different(&text)
}

/// The different words of a text, with a space between them.
fn different(text: &str) -> String {
    let mut words = Vec::new();
    tokens(text, &mut words);
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}

/// The words of a text: letters and digits, and what joins them, as in 9/26; then the parts too.
fn tokens<'t>(text: &'t str, words: &mut Vec<&'t str>) {
    let joins = |c: char| matches!(c, '/' | '.' | '-' | '\u{2019}' | '\'');
    for run in text.split(|c: char| !(c.is_alphanumeric() || joins(c))) {
        let run = run.trim_matches(joins);
        if run.is_empty() {
            continue;
        }
        if run.contains(joins) {
            let parts = run.split(joins).filter(|part| !part.is_empty());
            words.extend(parts);
        }
        words.push(run);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_that_a_reader_sees() {
        let html = "<p>no</p><main id=\"main\"><p class=\"x\">Action 9/26: <em>vett</em>ing &amp; R&amp;D.</p></main>no";
        assert_eq!(words_of(html), "26 9 9/26 Action D R vetting");
    }

    #[test]
    fn pages_are_written_as_distances() {
        assert_eq!(distances(&[0, 3, 4, 10]), [0, 3, 1, 6]);
    }
}
