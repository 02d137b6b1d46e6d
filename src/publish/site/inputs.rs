//! What the files of a website are made of. In: a website. Out: for each document a fingerprint of everything that a view
//! of it may look at, and one for all that is gathered from documents, so that neither need be made while that is the same.
//!
//! A view looks at its own file, at the settings, and through the ledger at actions that stand in the file or are spoken of
//! there. So the fingerprint takes in every file that shares an action with this one, whole, the days of all meetings, and
//! what the website puts around it. Whoever lets a view look at more adds it here; `tests/it/rebuild.rs` compares.
//!
//! Pages, feeds and data that are gathered from all documents may look at everything but the prose of meetings: a new
//! finding changes the page of its meeting, and no list. `prose` names the fields that count as such.

use super::Published;
use super::cache::fingerprint;
use super::data::ActionData;
use super::view::Around;
use crate::edition::Shelf;
use crate::ledger::{Entry, Ledger};
use crate::load::{RELEASES_FILE, SETTINGS_FILE};
use crate::model::Public;
use crate::model::meeting::{Item, Meeting};
use crate::model::text::Text;
use crate::model::withheld::Row;
use crate::render::templates::Override;
use crate::source::{Source, SourceId, Sources, Span};
use chrono::NaiveDate;
use rayon::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Fingerprints of what files are made of.
pub(super) struct Inputs {
    /// What every page is made of: the templates.
    templates: String,
    /// What every document is made of: the templates, the settings with what they name, the days of all meetings, and which
    /// actions of the book are withheld whole, be it in a file that is not published.
    common: String,
    /// Every file of the book.
    texts: BTreeMap<SourceId, String>,
    /// For each file those that share an action with it: a fingerprint for each group of actions with one ref.
    shared: BTreeMap<SourceId, BTreeSet<String>>,
    /// What all that is gathered from documents is made of.
    pub(super) gathered: String,
}

impl Inputs {
    pub(super) fn new(
        shelf: &Shelf<'_, Public>,
        sources: &Sources,
        templates: &[Override],
        ledger: &Ledger<'_, Public>,
        as_at: NaiveDate,
    ) -> Inputs {
        let templates = templates.iter().flat_map(|one| [&one.name, &one.text]);
        let templates = fingerprint(templates.map(String::as_bytes));
        let meetings = shelf.meetings.iter();
        let prose: BTreeMap<SourceId, Vec<Span>> = meetings
            .map(|one| (one.source, prose(one.meeting)))
            .collect();
        let all: Vec<(SourceId, &Source)> = sources.iter().collect();
        let all = all.into_par_iter().map(|(id, source)| {
            let (lists, whole) = parts(source, prose.get(&id).map_or(&[], Vec::as_slice));
            ((id, whole), (id, lists))
        });
        let (texts, lists): (BTreeMap<_, _>, BTreeMap<_, _>) = all.unzip();
        let settings = sources.find(Path::new(SETTINGS_FILE));
        let settings = settings.map_or("", |id| texts[&id].as_str());
        let days = format!("{:?}", ledger.calendar);
        let withheld: Vec<_> = shelf.withheld_actions.reasons().collect();
        let withheld = format!("{withheld:?}");
        let own = [&templates, settings, &days, &withheld].map(str::as_bytes);
        let logo = shelf.logo.map_or(&[][..], |logo| logo.bytes.as_slice());
        let fonts = shelf.fonts.iter().map(|font| font.as_slice());
        let common = fingerprint(own.into_iter().chain([logo]).chain(fonts));
        let meetings = shelf.meetings.iter().map(|one| one.source);
        let trackers = shelf.trackers.iter().map(|one| one.source);
        let plans = shelf.plans.iter().map(|one| one.source);
        let updates = shelf.updates.iter().map(|one| one.source);
        let files = meetings.chain(trackers).chain(plans).chain(updates);
        let lists = files.filter_map(|source| lists.get(&source));
        let lists = lists.map(|one| one.as_bytes());
        let day = as_at.to_string();
        let releases = sources.find(Path::new(RELEASES_FILE));
        let releases = releases.map_or("", |id| texts[&id].as_str());
        let gathered = [&common, &day, releases].map(str::as_bytes);
        let gathered = fingerprint(gathered.into_iter().chain(lists));
        Inputs {
            shared: shared(ledger, &texts),
            templates,
            common,
            texts,
            gathered,
        }
    }

    /// What a page is made of that shows `view` in a template.
    pub(super) fn of_page(&self, template: &str, view: &[u8]) -> String {
        fingerprint([self.templates.as_bytes(), template.as_bytes(), view])
    }

    /// What the page of an action is made of: its record, and the addresses of the documents that it names. The page shows
    /// nothing else but what all pages show.
    pub(super) fn of_action(
        &self,
        action: &ActionData,
        as_at: NaiveDate,
        places: &[&str],
    ) -> String {
        let day = as_at.to_string();
        let own = [&self.common, &day, &action.of].map(String::as_bytes);
        let places = places.iter().map(|place| place.as_bytes());
        fingerprint(own.into_iter().chain(places))
    }

    /// What the files of a document are made of, while nothing changes that lists are made of: its own file, those that
    /// share an action with it, and the ways to its earlier versions.
    pub(super) fn of_own(&self, one: &Published<'_, '_>, versions: &[Value]) -> String {
        let source = one.document.source();
        let versions = versions.iter().map(Value::to_string);
        let versions: Vec<String> = versions.collect();
        let text = self.texts.get(&source).into_iter();
        let shared = self.shared.get(&source).into_iter().flatten();
        let own = [&self.gathered, &one.address].into_iter();
        fingerprint(
            own.chain(text)
                .chain(&versions)
                .chain(shared)
                .map(|part| part.as_bytes()),
        )
    }

    /// What a page is made of that shows records and nothing else but what all pages show.
    pub(super) fn of_records<'r>(
        &'r self,
        path: &'r str,
        records: impl IntoIterator<Item = &'r str>,
    ) -> String {
        let own = [self.common.as_str(), path];
        fingerprint(own.into_iter().chain(records).map(str::as_bytes))
    }

    /// What all files of a document are made of, its data too: what its page is made of, and the records of its actions; empty
    /// where these are not known.
    pub(super) fn of_all(
        &self,
        one: &Published<'_, '_>,
        around: &Around,
        actions: &str,
        records: Option<&[&str]>,
    ) -> String {
        let of = self.of_document(one, around, actions);
        match records {
            Some(records) if !of.is_empty() => {
                let records = records.iter().map(|record| record.as_bytes());
                fingerprint(std::iter::once(of.as_bytes()).chain(records))
            }
            _ => String::new(),
        }
    }

    /// What the files of a document are made of, given what stands around it and the list of its actions; empty where that
    /// cannot be told.
    pub(super) fn of_document(
        &self,
        one: &Published<'_, '_>,
        around: &Around,
        actions: &str,
    ) -> String {
        let source = one.document.source();
        let (Ok(around), Some(text)) = (serde_json::to_vec(around), self.texts.get(&source)) else {
            return String::new();
        };
        let own = [&self.common, &one.address, text, actions].map(str::as_bytes);
        let shared = self.shared.get(&source).into_iter().flatten();
        let shared = shared.map(|group| group.as_bytes());
        fingerprint(own.into_iter().chain([around.as_slice()]).chain(shared))
    }
}

/// The files that share an action. Actions with the same ref belong together, since a ref may lead to any of them.
fn shared(
    ledger: &Ledger<'_, Public>,
    texts: &BTreeMap<SourceId, String>,
) -> BTreeMap<SourceId, BTreeSet<String>> {
    let mut groups: BTreeMap<String, BTreeSet<SourceId>> = BTreeMap::new();
    let mut alone: Vec<BTreeSet<SourceId>> = Vec::new();
    for entry in ledger.entries() {
        let reference = entry.reference_words().trim().to_lowercase();
        match reference.is_empty() {
            true => alone.push(files(entry).collect()),
            false => groups.entry(reference).or_default().extend(files(entry)),
        }
    }
    let mut shared: BTreeMap<SourceId, BTreeSet<String>> = BTreeMap::new();
    for group in groups
        .into_values()
        .chain(alone)
        .filter(|one| one.len() > 1)
    {
        let all = group.iter().filter_map(|file| texts.get(file));
        let all = fingerprint(all.map(|text| text.as_bytes()));
        for file in group {
            shared.entry(file).or_default().insert(all.clone());
        }
    }
    shared
}

/// The files in which something is said of an action.
fn files<'e>(entry: &'e Entry<'_, Public>) -> impl Iterator<Item = SourceId> + 'e {
    let events = entry.events.iter().map(|event| event.source);
    std::iter::once(entry.home.source).chain(events)
}

/// What lists can show of a file, and the whole of it, as fingerprints: the text without some places, and those places.
fn parts(source: &Source, prose: &[Span]) -> (String, String) {
    let (path, text) = (source.path.as_os_str().as_encoded_bytes(), &source.text);
    let cut = match may_repeat(text) {
        true => None,
        false => cut(text, prose),
    };
    let (kept, gone) = cut.unwrap_or_else(|| (vec![text], Vec::new()));
    let lists = fingerprint(std::iter::once(path).chain(kept.into_iter().map(str::as_bytes)));
    let gone = gone.into_iter().map(str::as_bytes);
    let whole = fingerprint(std::iter::once(lists.as_bytes()).chain(gone));
    (lists, whole)
}

/// Whether something in a file may have a name (`&name`) by which it stands in a second place, where it may be no prose.
fn may_repeat(text: &str) -> bool {
    text.match_indices('&').any(|(at, _)| {
        let begins = text[..at]
            .chars()
            .next_back()
            .is_none_or(|before| before.is_whitespace() || "[{,:-?".contains(before));
        let next = text[at + 1..].chars().next();
        begins && next.is_some_and(|next| !next.is_whitespace())
    })
}

/// A text without some places, and those places; nothing where they are not apart in the text.
fn cut<'t>(text: &'t str, places: &[Span]) -> Option<(Vec<&'t str>, Vec<&'t str>)> {
    let mut places: Vec<(usize, usize)> = places
        .iter()
        .map(|place| (place.start as usize, place.end as usize))
        .collect();
    places.sort_unstable();
    let (mut kept, mut gone, mut last) = (Vec::new(), Vec::new(), 0);
    for (start, end) in places {
        kept.push(text.get(last..start)?);
        gone.push(text.get(start..end)?);
        last = end;
    }
    kept.push(text.get(last..)?);
    Some((kept, gone))
}

/// Where the texts of a meeting stand that only its own document shows: no list, no page of an action, no data.
fn prose(meeting: &Meeting<Public>) -> Vec<Span> {
    let mut places = Vec::new();
    places.extend(meeting.closing.iter().map(|text| text.span));
    prose_of_items(&meeting.items, &mut places);
    places
}

fn prose_of_items(items: &[Row<Public, Item<Public>>], places: &mut Vec<Span>) {
    for item in items.iter().filter_map(Row::known) {
        add(
            item.context.iter().chain(&item.text).chain(&item.risks),
            places,
        );
        add(item.post_meeting.iter().map(|note| &note.text), places);
        for question in item.questions.iter().filter_map(Row::known) {
            let fields = &question.fields;
            let findings = fields.findings.iter().map(|finding| &finding.text);
            let said = fields.context.iter().chain(findings);
            add(said.chain(&fields.gaps).chain(&fields.challenges), places);
            add(fields.post_meeting.iter().map(|note| &note.text), places);
        }
        prose_of_items(&item.items, places);
    }
}

fn add<'t>(texts: impl Iterator<Item = &'t Text<Public>>, places: &mut Vec<Span>) {
    places.extend(texts.map(|text| text.span));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_name_may_stand_twice() {
        for text in ["context: &a words", "- &a\n  text: b", "[&a b]", "&a"] {
            assert!(may_repeat(text), "{text}");
        }
        for text in ["R&D", "this & that", "a &", "&"] {
            assert!(!may_repeat(text), "{text}");
        }
    }

    #[test]
    fn a_text_is_cut_only_where_places_are_apart() {
        let source = Sources::default().add("a.yaml", String::new());
        let place = |start, end| Span { source, start, end };
        let text = "ab\u{e9}cd";
        let cut = |places: &[Span]| cut(text, places);
        assert_eq!(cut(&[]), Some((vec![text], vec![])));
        assert_eq!(
            cut(&[place(5, 6), place(1, 4)]),
            Some((vec!["a", "c", ""], vec!["b\u{e9}", "d"]))
        );
        for places in [
            vec![place(0, 3)],
            vec![place(0, 7)],
            vec![place(0, 2), place(1, 2)],
        ] {
            assert_eq!(cut(&places), None);
        }
    }
}
