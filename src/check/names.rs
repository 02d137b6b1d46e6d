//! Names that are withheld as personal information (section 40), and what stands openly of the same people. In: what a
//! book withholds. Out: names, with the ways in which somebody might write them.
//!
//! A name is known by its form: a title or a rank before a word, or two or three words with capitals. People whom the
//! register has are named in many passages and in every list of those present, so they count only where the whole passage
//! is their name; and those who belong to a series only where a list of the meeting withholds them.

use super::lint::BookSubject;
use super::wording::{Token, tokens};
use crate::model::held::Held;
use crate::model::party::Party;
use crate::model::register::{Entry, Lookup};
use crate::model::text::Text;
use crate::source::{SourceId, Sources, Span};
use aho_corasick::AhoCorasick;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A name that is withheld somewhere.
pub(super) struct Hidden<'b> {
    /// Where it is withheld, in the order of the files.
    pub(super) places: Vec<Span>,
    /// The key of the register, where the person has one.
    pub(super) key: Option<&'b str>,
    /// Whether it counts only in the files in which it is withheld.
    only_there: bool,
}

/// Every name that a book withholds.
pub(super) struct HiddenNames<'b> {
    /// The names.
    pub(super) all: Vec<Hidden<'b>>,
    /// The ways to write them, and whose each is.
    spellings: Vec<(String, usize)>,
    finder: Option<AhoCorasick>,
}

impl<'b> HiddenNames<'b> {
    /// The names that a book withholds as personal information.
    pub(super) fn of(subject: &BookSubject<'b>) -> HiddenNames<'b> {
        let officials = officials(subject);
        let mut found: BTreeMap<String, (Hidden<'b>, BTreeSet<String>)> = BTreeMap::new();
        for holding in subject.holdings {
            let day = holding.document.and_then(|document| document.day());
            for held in holding.held.iter().filter(|held| is_personal(held)) {
                for (key, name) in people(subject, held, day) {
                    let is_official = key.is_some_and(|key| officials.contains(key));
                    if is_official && !is_listed(held) {
                        continue;
                    }
                    let entry = found.entry(key.map_or_else(|| name.full(), str::to_owned));
                    let (hidden, spellings) = entry.or_insert_with(|| {
                        let hidden = Hidden {
                            places: Vec::new(),
                            key,
                            only_there: is_official,
                        };
                        (hidden, BTreeSet::new())
                    });
                    hidden.places.push(held.place);
                    spellings.extend(name.spellings());
                }
            }
        }
        let mut all = Vec::new();
        let mut spellings = Vec::new();
        for (hidden, ways) in found.into_values() {
            spellings.extend(ways.into_iter().map(|way| (way, all.len())));
            all.push(hidden);
        }
        let finder = match spellings.is_empty() {
            true => None,
            false => AhoCorasick::new(spellings.iter().map(|(way, _)| way)).ok(),
        };
        HiddenNames {
            all,
            spellings,
            finder,
        }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Where a name is withheld, for a message: the line itself holds the name, and is not shown.
    pub(super) fn place_words(&self, name: usize, file: SourceId, sources: &Sources) -> String {
        let place = self.all[name].place(file);
        place.map_or_else(String::new, |place| {
            let path = sources
                .get(place.source)
                .path
                .to_string_lossy()
                .replace('\\', "/");
            format!(" at {path}, line {},", sources.place(place).line)
        })
    }

    /// The names that stand in public words of a file, each once, as they are written there.
    pub(super) fn within(&self, words: &str, file: SourceId) -> Vec<(usize, &str)> {
        let Some(finder) = &self.finder else {
            return Vec::new();
        };
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let mut met = BTreeMap::new();
        for hit in finder.find_overlapping_iter(&words) {
            let is_whole = !is_letter(words[..hit.start()].chars().next_back())
                && !is_letter(words[hit.end()..].chars().next());
            let (way, name) = &self.spellings[hit.pattern().as_usize()];
            if is_whole && self.all[*name].counts_in(file) {
                met.entry(*name).or_insert(way.as_str());
            }
        }
        met.into_iter().collect()
    }
}

impl Hidden<'_> {
    /// Whether the name ought not to stand openly in a file.
    pub(super) fn counts_in(&self, file: SourceId) -> bool {
        !self.only_there || self.places.iter().any(|place| place.source == file)
    }

    /// Where it is withheld: in that file, if it is there.
    fn place(&self, file: SourceId) -> Option<Span> {
        let mut there = self.places.iter().filter(|place| place.source == file);
        there.next().or(self.places.first()).copied()
    }
}

fn is_personal(held: &Held<'_>) -> bool {
    let sections = held.grounds.iter().map(|ground| ground.exemption.section());
    let mut sections = sections.flatten();
    sections.any(|section| section == "40" || section.starts_with("40("))
}

/// The keys of everybody who belongs to a series: their part in its meetings is public.
fn officials<'b>(subject: &BookSubject<'b>) -> BTreeSet<&'b str> {
    let series = subject
        .book
        .settings
        .series
        .iter()
        .map(|(_, series)| series);
    let parties = series.flat_map(|series| {
        let chair = series.chair.iter().chain(&series.note_taker);
        chair.chain(&series.members)
    });
    parties.flat_map(|party| keys(subject, party)).collect()
}

fn keys<'b>(subject: &BookSubject<'b>, party: &Party) -> Vec<&'b str> {
    match subject.register.party(party, None) {
        Lookup::Nobody => Vec::new(),
        Lookup::One(entry) => vec![entry.key()],
        Lookup::Several(entries) => entries.iter().map(|entry| entry.key()).collect(),
    }
}

/// Whether it is a list of the meeting that withholds it.
fn is_listed(held: &Held<'_>) -> bool {
    let field = held.path.first().map_or("", |step| step.field);
    matches!(field, "attendance" | "in_attendance" | "apologies")
}

/// Everybody whose name is withheld in a place, with the key of those whom the register has.
fn people<'h, 'b: 'h>(
    subject: &BookSubject<'b>,
    held: &'h Held<'b>,
    day: Option<NaiveDate>,
) -> Vec<(Option<&'b str>, Name<'h>)> {
    let names = names(&held.words);
    let whole = names.iter().find(|name| name.is_whole).map(Name::full);
    let ways = [Some(held.words.trim().to_owned()), whole];
    let mut entries = ways.iter().flatten();
    let entry = entries.find_map(|way| subject.register.find(way, day).one());
    match entry {
        Some(Entry::Person(key, person)) if !held.is_entry => {
            let name = person.name.as_ref().map(Text::source).unwrap_or_default();
            let words = name.split_whitespace().collect();
            vec![(Some(*key), Name::plain(words))]
        }
        _ => {
            let is_unknown = |name: &Name<'_>| {
                let found = subject.register.find(&name.full(), day);
                matches!(found, Lookup::Nobody)
            };
            let names = names.into_iter().filter(is_unknown);
            names.map(|name| (None, name)).collect()
        }
    }
}

/// A name in a withheld text.
struct Name<'w> {
    /// A title or a rank before it.
    title: Option<&'w str>,
    /// Its words, without the title.
    words: Vec<&'w str>,
    /// Whether the text holds nothing else.
    is_whole: bool,
}

impl<'w> Name<'w> {
    /// A name that is written without a title.
    fn plain(words: Vec<&'w str>) -> Name<'w> {
        Name {
            title: None,
            words,
            is_whole: true,
        }
    }

    fn full(&self) -> String {
        match (self.title, self.words.as_slice()) {
            (Some(title), [one]) => format!("{title} {one}"),
            (_, words) => words.join(" "),
        }
    }

    /// The ways to write it openly: in full, and the last word with a title.
    fn spellings(&self) -> impl Iterator<Item = String> {
        let last = self.words.last().copied().unwrap_or_default();
        let titles = TITLES.into_iter().chain(self.title);
        let with_title = titles.map(move |title| format!("{title} {last}"));
        std::iter::once(self.full()).chain(with_title)
    }
}

const TITLES: [&str; 24] = [
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Mx",
    "Dr",
    "Sir",
    "Dame",
    "Lord",
    "Lady",
    "Professor",
    "Councillor",
    "Cllr",
    "PC",
    "PS",
    "DC",
    "DS",
    "DI",
    "Constable",
    "Sergeant",
    "Inspector",
    "Superintendent",
    "Officer",
    "Detective",
];

/// Words that begin with a capital and are part of no person's name.
const NO_NAMES: [&str; 62] = [
    "Street",
    "Road",
    "Lane",
    "Avenue",
    "Close",
    "Drive",
    "Crescent",
    "Gardens",
    "Terrace",
    "Grove",
    "House",
    "Hall",
    "Park",
    "Station",
    "School",
    "College",
    "Hospital",
    "University",
    "Police",
    "Force",
    "Council",
    "Board",
    "Committee",
    "Court",
    "Service",
    "Services",
    "Office",
    "Department",
    "Team",
    "Unit",
    "Group",
    "Centre",
    "Agency",
    "Authority",
    "Trust",
    "Limited",
    "Ltd",
    "Act",
    "Plan",
    "Operation",
    "National",
    "Regional",
    "Chief",
    "Commissioner",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Words that begin a sentence.
const FIRST: [&str; 36] = [
    "A", "An", "The", "This", "That", "These", "Those", "It", "He", "She", "They", "We", "I",
    "His", "Her", "Their", "In", "On", "At", "By", "For", "From", "To", "Of", "With", "When",
    "After", "Before", "Since", "If", "As", "And", "But", "One", "Two", "Both",
];

/// The names in a withheld text.
fn names(words: &str) -> Vec<Name<'_>> {
    let tokens = tokens(words);
    let mut names = Vec::new();
    let mut from = 0;
    while from < tokens.len() {
        let mut end = from;
        while end < tokens.len()
            && is_capital(&tokens[end])
            && (end == from || joins(words, &tokens, end))
        {
            end += 1;
        }
        names.extend(name(&tokens[from..end], tokens.len()));
        from = end.max(from + 1);
    }
    names
}

fn is_capital(token: &Token<'_>) -> bool {
    token.text.starts_with(char::is_uppercase)
}

/// Whether nothing but a space, or the point of a title, stands before a word.
fn joins(words: &str, tokens: &[Token<'_>], at: usize) -> bool {
    let (before, after) = (&tokens[at - 1], &tokens[at]);
    let between = &words[before.end()..after.start];
    between.trim_matches(' ').is_empty()
        || between == "-"
        || (between.starts_with('.') && is_title(before.text))
}

fn is_title(word: &str) -> bool {
    let is_rank = (2..=4).contains(&word.len()) && word.chars().all(char::is_uppercase);
    is_rank || TITLES.contains(&word)
}

/// The name in a run of words with capitals.
fn name<'w>(run: &[Token<'w>], of: usize) -> Option<Name<'w>> {
    let texts: Vec<&str> = run.iter().map(|token| unpossessed(token.text)).collect();
    let first = texts.iter().position(|word| !FIRST.contains(word))?;
    let texts = &texts[first..];
    let titled = texts.iter().rposition(|word| is_title(word));
    let (title, words) = match titled {
        Some(at) => (Some(texts[at]), &texts[at + 1..]),
        None => (None, texts),
    };
    let least = if title.is_some() { 1 } else { 2 };
    let is_name = (least..=3).contains(&words.len())
        && words
            .iter()
            .all(|word| !NO_NAMES.contains(word) && is_name_word(word));
    is_name.then(|| Name {
        title,
        words: words.to_vec(),
        is_whole: run.len() == of,
    })
}

fn is_name_word(word: &str) -> bool {
    word.chars().count() > 1
        && word.chars().any(char::is_lowercase)
        && !word.chars().any(|c| c.is_ascii_digit())
}

fn unpossessed(word: &str) -> &str {
    word.strip_suffix("'s")
        .or_else(|| word.strip_suffix("’s"))
        .unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_their_form() {
        let found = |words: &str| -> Vec<String> { names(words).iter().map(Name::full).collect() };
        assert_eq!(found("Mrs Enid Farrow had rung."), ["Enid Farrow"]);
        assert_eq!(found("It was Mr. Thirlby of Saltby"), ["Mr Thirlby"]);
        assert_eq!(
            found("The brother of Ben Toller's wife, DCC Baig"),
            ["Ben Toller", "DCC Baig"]
        );
        assert_eq!(
            found("At Quarry Lane in March, National Insurance"),
            [""; 0]
        );
        assert_eq!(found("ANPR was used. Then they left"), [""; 0]);
    }
}
