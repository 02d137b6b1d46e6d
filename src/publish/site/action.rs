//! The page of an action: what stands, everything that has happened to it, and where it was spoken of.

use super::data::ActionData;
use super::view::{Page, paragraphs};
use super::{File, Site, address};
use crate::exchange::{
    ActionRecord, Day, HistoryRecord, OwnerRecord, PlaceRecord, one_line, overdue,
};
use crate::model::action::{Rag, State};
use crate::render::{Ready, plain, rag_tint, tint};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The page of an action, unless it stands there already.
pub(super) fn page(
    site: &Site<'_, '_>,
    action: &ActionRecord,
    address: &str,
    data: &ActionData,
) -> File {
    let places = places(action).filter_map(|place| site.of_file(&place.file));
    let places: Vec<&str> = places.map(|document| document.address.as_str()).collect();
    let of = site.inputs.of_action(data, site.as_at, &places);
    let path = format!("{address}.html");
    site.unless_made_of(path, of, || made(site, action, address))
}

fn made(site: &Site<'_, '_>, action: &ActionRecord, address: &str) -> File {
    let mut crumbs = site.crumbs(None);
    crumbs.push(("actions".to_owned(), "Register of actions".to_owned()));
    let page = Page {
        address,
        title: &title(action),
        about: Some(about(action)),
        crumbs,
        updated: updated(action),
        kind: "WebPage",
    };
    let writer = Writer {
        site,
        root: address::root_of(address),
    };
    site.page("action", &page, &writer.content(action))
}

/// Where it was set, and every place where something was said of it.
fn places(action: &ActionRecord) -> impl Iterator<Item = &PlaceRecord> {
    let said = action.history.iter().map(|event| &event.place);
    std::iter::once(&action.source).chain(said)
}

/// "Action 9/26".
pub(super) fn title(action: &ActionRecord) -> String {
    match action
        .reference
        .as_deref()
        .filter(|words| !words.is_empty())
    {
        Some(reference) => format!("Action {reference}"),
        None => "New action".to_owned(),
    }
}

/// What is to be done, or why nobody may know.
pub(super) fn about(action: &ActionRecord) -> String {
    const LONGEST: usize = 200;
    let mark = action.withheld.as_ref();
    let text = one_line(action.text.as_ref().or(mark).map_or("", String::as_str));
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}\u{2026}", text[..end].trim_end()),
        None => text,
    }
}

/// The last day on which something happened to it.
pub(super) fn updated(action: &ActionRecord) -> Option<chrono::NaiveDate> {
    let days = action.history.iter().filter_map(|event| event.date);
    days.chain(action.set).max().map(|day| day.0)
}

/// A word on a tint.
#[derive(Serialize)]
pub(super) struct Label {
    word: Ready,
    tint: &'static str,
}

impl Label {
    pub(super) fn new(word: &str, tint: &'static str) -> Label {
        Label {
            word: plain(word),
            tint,
        }
    }

    pub(super) fn of_state(state: State) -> Label {
        Label::new(state.label(), tint(state))
    }

    fn of_rag(rag: Rag) -> Label {
        Label::new(rag.label(), rag_tint(rag))
    }
}

/// By when: as written, with the day that it comes to.
pub(super) fn due(action: &ActionRecord) -> String {
    let written = action.due.as_ref().map(|due| due.written.clone());
    let day = action.next_due.map(Day::words);
    match (written, day) {
        (Some(written), Some(day)) if written != day => format!("{written} ({day})"),
        (Some(written), _) => written,
        (None, Some(day)) => day,
        (None, None) => "No due date".to_owned(),
    }
}

struct Writer<'w, 'd, 's> {
    site: &'w Site<'d, 's>,
    root: String,
}

impl Writer<'_, '_, '_> {
    fn content(&self, action: &ActionRecord) -> Value {
        let site = self.site;
        let history = action.history.iter().map(|event| self.event(event));
        let history: Vec<Value> = history.collect();
        let parts = action.parts.iter().map(|part| plain(&part.words()));
        let parts: Vec<Ready> = parts.collect();
        json!({
            "withheld": action.withheld.as_deref().map(plain),
            "state": action.state.map(Label::of_state),
            "rag": action.rag.map(Label::of_rag),
            "overdue": action.days_overdue.map(|days| Label::new(&overdue(days), "red")),
            "text": action.text.as_deref().map(paragraphs).unwrap_or_default(),
            "parts": parts,
            "facts": self.facts(action),
            "history": history,
            "places": self.places(action),
            "as_at": Day(site.as_at).words(),
        })
    }

    fn facts(&self, action: &ActionRecord) -> Vec<Value> {
        let mut facts = Vec::new();
        let mut add = |label: &str, value: Option<Ready>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                facts.push(json!({ "label": label, "value": value }));
            }
        };
        add("Set", action.set.map(|day| plain(&day.words())));
        add("Set at", Some(self.place(&action.source, true)));
        if action.withheld.is_some() {
            return facts;
        }
        let owners = owners(&action.owners);
        let owners = if owners.is_empty() {
            "Not given"
        } else {
            &owners
        };
        add("Owner", Some(plain(owners)));
        add("Due", Some(plain(&due(action))));
        let first = action.original_due.as_ref().map(|due| due.written.as_str());
        let first = first.filter(|_| !action.redatings.is_empty());
        add("First due", first.map(plain));
        add("Comes back", action.every.as_deref().map(plain));
        let state = Some(action.state_words()).filter(|words| !words.is_empty());
        add("State", state.map(|words| plain(&words)));
        add("Closed", action.closed_on.map(|day| plain(&day.words())));
        let carried = action.times_carried.filter(|times| *times > 0);
        add(
            "Carried forward",
            carried.map(|times| plain(&times_words(times))),
        );
        facts
    }

    /// Where something was said, as a link to the very place.
    fn place(&self, place: &PlaceRecord, whole: bool) -> Ready {
        let words = match whole {
            true => plain(&place.words()),
            false => plain(&place.title),
        };
        match self.href(place) {
            Some(href) => Ready::made(format!(
                "<a href=\"{}\">{}</a>",
                href.as_str(),
                words.as_str()
            )),
            None => words,
        }
    }

    fn href(&self, place: &PlaceRecord) -> Option<Ready> {
        let document = self.site.of_file(&place.file)?;
        // What was set before the book began has no place of its own in the notes that list it first.
        let anchor = place.anchor.as_ref().filter(|_| place.kind != "earlier");
        let anchor = anchor.map(|anchor| format!("#{anchor}"));
        let anchor = anchor.unwrap_or_default();
        Some(plain(&format!(
            "{}{}.html{anchor}",
            self.root, document.address
        )))
    }

    /// Every document in which it stands, once, in the order of time.
    fn places(&self, action: &ActionRecord) -> Vec<Ready> {
        let mut seen = BTreeSet::new();
        places(action)
            .filter(|place| self.site.of_file(&place.file).is_some() && seen.insert(&place.file))
            .map(|place| self.place(place, false))
            .collect()
    }

    fn event(&self, event: &HistoryRecord) -> Value {
        let mut changes: Vec<String> = Vec::new();
        changes.extend(event.state.map(|state| {
            let words = [&event.condition, &event.replaced_by]
                .into_iter()
                .flatten()
                .next();
            match words {
                Some(words) => format!("{}: {words}", state.label()),
                None => state.label().to_owned(),
            }
        }));
        changes.extend(
            event
                .rag
                .map(|rag| format!("rated {}", rag.label().to_lowercase())),
        );
        changes.extend(event.due.as_ref().map(|due| format!("due {due}")));
        let owners_now = owners(&event.owners);
        if !owners_now.is_empty() {
            changes.push(format!("owner {owners_now}"));
        }
        changes.extend(
            event
                .every
                .as_ref()
                .map(|every| format!("comes back {every}")),
        );
        let next = event.next_actions.iter().map(|next| {
            let who = owners(&next.owners);
            let facts: Vec<&str> = [Some(who.as_str()), next.due.as_deref()]
                .into_iter()
                .flatten()
                .filter(|words| !words.is_empty())
                .collect();
            match facts.is_empty() {
                true => plain(&next.text),
                false => plain(&format!("{} ({})", next.text, facts.join(", "))),
            }
        });
        json!({
            "date": match event.date.filter(|_| event.dated) {
                Some(day) => plain(&day.words()),
                None => plain("No date"),
            },
            "place": self.place(&event.place, false),
            "by": plain(&owners(&event.by)),
            "withheld": event.withheld.as_deref().map(plain),
            "text": event.text.as_deref().map(paragraphs).unwrap_or_default(),
            "stamp": event.stamp.as_deref().map(plain),
            "changes": plain(&changes.join("; ")),
            "reason": event.reason.as_deref().map(plain),
            "decision": event.decision.as_deref().map(plain),
            "next": next.collect::<Vec<Ready>>(),
            "papers": event.papers.iter().map(|paper| plain(paper)).collect::<Vec<Ready>>(),
        })
    }
}

/// Everybody, as printed.
pub(super) fn owners(owners: &[OwnerRecord]) -> String {
    let labels: Vec<&str> = owners.iter().map(|one| one.label.as_str()).collect();
    labels.join(", ")
}

fn times_words(times: usize) -> String {
    match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        times => format!("{times} times"),
    }
}
