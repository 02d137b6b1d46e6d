//! What the files of a document are made of. In: a website. Out: for each document a fingerprint of everything that a view
//! of it may look at, so that it need not be made while that is the same.
//!
//! A view looks at its own file, at the settings, and through the ledger at actions that stand in the file or are spoken of
//! there. So the fingerprint takes in every file that shares an action with this one, whole, the days of all meetings, and
//! what the website puts around it. Whoever lets a view look at more adds it here; `tests/it/rebuild.rs` compares.

use super::Published;
use super::cache::fingerprint;
use super::view::Around;
use crate::edition::Shelf;
use crate::ledger::{Entry, Ledger};
use crate::load::SETTINGS_FILE;
use crate::model::Public;
use crate::render::templates::Override;
use crate::source::{SourceId, Sources};
use rayon::prelude::*;
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
}

impl Inputs {
    pub(super) fn new(
        shelf: &Shelf<'_, Public>,
        sources: &Sources,
        templates: &[Override],
        ledger: &Ledger<'_, Public>,
    ) -> Inputs {
        let templates = templates.iter().flat_map(|one| [&one.name, &one.text]);
        let templates = fingerprint(templates.map(String::as_bytes));
        let all: Vec<(SourceId, &[u8], &[u8])> = sources
            .iter()
            .map(|(id, source)| {
                let path = source.path.as_os_str().as_encoded_bytes();
                (id, path, source.text.as_bytes())
            })
            .collect();
        let texts: BTreeMap<SourceId, String> = all
            .into_par_iter()
            .map(|(id, path, text)| (id, fingerprint([path, text])))
            .collect();
        let settings = sources.find(Path::new(SETTINGS_FILE));
        let settings = settings.map_or("", |id| texts[&id].as_str());
        let days = format!("{:?}", ledger.calendar);
        let withheld = format!("{:?}", shelf.withheld_actions);
        let own = [&templates, settings, &days, &withheld].map(str::as_bytes);
        let logo = shelf.logo.map_or(&[][..], |logo| logo.bytes.as_slice());
        let fonts = shelf.fonts.iter().map(|font| font.as_slice());
        let common = fingerprint(own.into_iter().chain([logo]).chain(fonts));
        Inputs {
            shared: shared(ledger, &texts),
            templates,
            common,
            texts,
        }
    }

    /// What a page is made of that shows `view` in a template.
    pub(super) fn of_page(&self, template: &str, view: &[u8]) -> String {
        fingerprint([self.templates.as_bytes(), template.as_bytes(), view])
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
