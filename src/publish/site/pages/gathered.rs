//! What is gathered from every document: decisions of significant public interest, papers, people, abbreviations.

use super::super::{File, Published, Site, search};
use super::below;
use crate::model::Public;
use crate::model::date::Date;
use crate::model::meeting::{Decision, Item, Meeting, Paper};
use crate::model::outline::{ItemOutline, Outline};
use crate::model::party::{Party, Person};
use crate::model::register::{Entry, Register};
use crate::model::withheld::Row;
use crate::render::{Ready, dates, plain};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What the items of a meeting hold, each with its anchor.
#[derive(Default)]
struct Held<'s> {
    decisions: Vec<(&'s Decision<Public>, String)>,
    papers: Vec<(&'s Paper<Public>, String)>,
}

impl<'s> Held<'s> {
    fn of(site: &Site<'_, 's>, meeting: &'s Meeting<Public>) -> Held<'s> {
        let mut held = Held::default();
        // Most meetings hold neither, and to number the items of thousands takes its time.
        if !is_any_held(&meeting.items) {
            return held;
        }
        let series = meeting.series.as_deref();
        let series = series.and_then(|key| site.shelf.settings.series.get(key));
        let outline = Outline::of(meeting, series);
        held.walk(&meeting.items, &outline.items);
        held
    }

    fn walk(&mut self, items: &'s [Row<Public, Item<Public>>], outline: &[ItemOutline]) {
        for (item, beside) in items.iter().zip(outline) {
            let Some(item) = item.known() else {
                continue;
            };
            let anchor = &beside.entry.anchor;
            self.papers
                .extend(item.papers.iter().map(|paper| (paper, anchor.clone())));
            for (question, beside) in item.questions.iter().zip(&beside.questions) {
                let decisions = question
                    .known()
                    .map_or(&[][..], |one| &one.fields.decisions);
                let anchor = &beside.entry.anchor;
                self.decisions
                    .extend(decisions.iter().map(|one| (one, anchor.clone())));
            }
            self.decisions
                .extend(item.decisions.iter().map(|one| (one, anchor.clone())));
            self.walk(&item.items, &beside.items);
        }
    }
}

/// Whether items hold a decision or a paper.
fn is_any_held(items: &[Row<Public, Item<Public>>]) -> bool {
    let mut items = items.iter().filter_map(Row::known);
    items.any(|item| {
        let mut questions = item.questions.iter().filter_map(Row::known);
        !item.papers.is_empty()
            || !item.decisions.is_empty()
            || questions.any(|question| !question.fields.decisions.is_empty())
            || is_any_held(&item.items)
    })
}

/// Where something stands.
fn place(one: &Published<'_, '_>, anchor: &str) -> Value {
    json!({
        "href": plain(&format!("{}.html#{anchor}", one.address)),
        "title": plain(&one.title),
        "date": one.day.map(dates::day),
    })
}

/// Decisions of significant public interest (Specified Information Order 2011).
pub(super) fn decisions(site: &Site<'_, '_>) -> File {
    let mut rows: Vec<(Option<NaiveDate>, Value)> = Vec::new();
    for one in site.newest() {
        let Some(meeting) = one.meeting() else {
            continue;
        };
        let held = Held::of(site, meeting).decisions.into_iter();
        let significant = held.filter(|(decision, _)| decision.significant);
        rows.extend(
            significant
                .map(|(decision, anchor)| (one.day, decided(site, decision, place(one, &anchor)))),
        );
    }
    for entry in site.renderer.ledger().entries() {
        for event in &entry.events {
            let decision = event
                .said
                .decision()
                .filter(|decision| decision.significant);
            let of_file = || site.of_file(&super::view::path_of(site.sources, entry.home.source));
            if let Some((decision, one)) = decision.and_then(|one| Some((one, of_file()?))) {
                let mut place = place(one, &entry.home.anchor);
                place["date"] = json!(event.day.map(dates::day));
                rows.push((event.day, decided(site, decision, place)));
            }
        }
    }
    rows.sort_by_key(|row| Reverse(row.0));
    let rows: Vec<Value> = rows.into_iter().map(|(_, row)| row).collect();
    let title = "Decisions of significant public interest";
    site.page(
        "decisions",
        &below(site, "decisions", title, "CollectionPage"),
        &json!({ "rows": rows }),
    )
}

fn decided(site: &Site<'_, '_>, decision: &Decision<Public>, place: Value) -> Value {
    json!({
        "text": plain(&site.words.line(&decision.text)),
        "reason": decision.reason.as_ref().map(|reason| plain(&site.words.line(reason))),
        "place": place,
    })
}

/// Papers before meetings, and those that were circulated with updates.
pub(super) fn papers(site: &Site<'_, '_>) -> File {
    let mut rows: Vec<(Option<NaiveDate>, Value)> = Vec::new();
    for one in site.newest() {
        let held = one.meeting().map(|meeting| Held::of(site, meeting).papers);
        for (paper, anchor) in held.into_iter().flatten() {
            rows.push((one.day, paper_row(site, paper, place(one, &anchor))));
        }
    }
    for entry in site.renderer.ledger().entries() {
        let with_papers = entry.events.iter();
        for event in with_papers.filter(|event| !event.said.papers().is_empty()) {
            let file = super::view::path_of(site.sources, entry.home.source);
            let Some(one) = site.of_file(&file) else {
                continue;
            };
            for paper in event.said.papers() {
                let mut place = place(one, &entry.home.anchor);
                place["date"] = json!(event.day.map(dates::day));
                rows.push((event.day, paper_row(site, paper, place)));
            }
        }
    }
    rows.sort_by_key(|row| Reverse(row.0));
    let rows: Vec<Value> = rows.into_iter().map(|(_, row)| row).collect();
    site.page(
        "papers",
        &below(site, "papers", "Papers", "CollectionPage"),
        &json!({ "rows": rows }),
    )
}

fn paper_row(site: &Site<'_, '_>, paper: &Paper<Public>, place: Value) -> Value {
    let is_web = |link: &&str| {
        ["https://", "http://"]
            .iter()
            .any(|scheme| link.starts_with(scheme))
    };
    json!({
        "title": plain(&site.words.line(&paper.title)),
        "link": paper.link.as_deref().filter(is_web).map(plain),
        "place": place,
    })
}

/// The people whom published documents name as present, or in charge of something. Nobody else in the book's register is
/// public because of that.
pub(super) fn people(site: &Site<'_, '_>) -> File {
    let register = Register::new(site.shelf.settings);
    let mut named = Named {
        register: &register,
        keys: BTreeSet::new(),
    };
    for (key, _) in &site.series {
        if let Some(series) = site.shelf.settings.series.get(key) {
            let officers = series.chair.iter().chain(&series.note_taker);
            named.all(officers.chain(&series.members), Some(site.as_at));
        }
    }
    for one in &site.documents {
        if let Some(meeting) = one.meeting() {
            named.meeting(meeting, one.day);
        }
    }
    let keys = site
        .actions
        .actions
        .iter()
        .flat_map(|action| &action.owners);
    named
        .keys
        .extend(keys.filter_map(|owner| owner.key.clone()));
    let people = register.entries().iter().filter_map(|entry| match entry {
        Entry::Person(key, person) if named.keys.contains(*key) => Some(posts(site, person)),
        _ => None,
    });
    let rows: Vec<Value> = people.flatten().collect();
    site.page(
        "people",
        &below(site, "people", "People by role", "CollectionPage"),
        &json!({ "rows": rows }),
    )
}

struct Named<'n, 's> {
    register: &'n Register<'s, Public>,
    keys: BTreeSet<String>,
}

impl Named<'_, '_> {
    fn all<'p>(
        &mut self,
        parties: impl IntoIterator<Item = &'p Party<Public>>,
        day: Option<NaiveDate>,
    ) {
        for party in parties {
            // A name of which a part is withheld names nobody.
            let name = party
                .name
                .as_ref()
                .filter(|name| name.passages().is_empty());
            let found = name.and_then(|name| self.register.find(name.source(), day).one());
            self.keys.extend(found.map(|entry| entry.key().to_owned()));
        }
    }

    fn meeting(&mut self, meeting: &Meeting<Public>, day: Option<NaiveDate>) {
        let lists = [
            &meeting.attendance,
            &meeting.in_attendance,
            &meeting.apologies,
        ];
        let listed = lists.into_iter().flatten().flatten();
        self.all(listed.map(|one| &one.party), day);
        self.all(meeting.chair.iter().chain(&meeting.note_taker), day);
    }
}

/// The posts of a person, each with the days between which it was held.
fn posts(site: &Site<'_, '_>, person: &Person<Public>) -> Vec<Value> {
    let line = |text: Option<&_>| text.map(|text| site.words.line(text));
    let name = line(person.name.as_ref()).unwrap_or_default();
    let day = |date: &Option<Date<Public>>| date.as_ref().and_then(Date::day).map(dates::day);
    let row = |title, portfolio, initials, held: Option<String>| {
        let title = line(title)?;
        let post = match line(portfolio) {
            Some(portfolio) => format!("{title} ({portfolio})"),
            None => title,
        };
        let initials = line(initials);
        Some(json!({
            "post": plain(&post),
            "name": plain(&name),
            "initials": initials.as_deref().map(plain),
            "held": held,
        }))
    };
    let own = row(
        person.title.as_ref(),
        person.portfolio.as_ref(),
        person.initials.as_ref(),
        None,
    );
    let posts = person.posts.iter().filter_map(|post| {
        let held = match (day(&post.from), day(&post.until)) {
            (Some(from), Some(until)) => Some(format!("{from} to {until}")),
            (Some(from), None) => Some(format!("from {from}")),
            (None, Some(until)) => Some(format!("until {until}")),
            (None, None) => None,
        };
        row(
            post.title.as_ref(),
            post.portfolio.as_ref(),
            post.initials.as_ref(),
            held,
        )
    });
    own.into_iter().chain(posts).collect()
}

/// The abbreviations that stand on the website.
pub(in crate::publish::site) fn glossary(site: &Site<'_, '_>, index: &search::Index) -> File {
    let settings = site.shelf.settings;
    let mut entries: BTreeMap<String, Ready> = BTreeMap::new();
    for (key, words) in settings
        .glossary
        .iter()
        .filter(|(key, _)| index.has(&key.name))
    {
        entries.insert(key.name.clone(), plain(&site.words.line(words)));
    }
    let bodies = settings
        .bodies
        .iter()
        .map(|(_, body)| (&body.initials, &body.name));
    for (initials, name) in bodies {
        if let (Some(initials), Some(name)) = (initials, name) {
            let initials = site.words.line(initials);
            if index.has(&initials) {
                entries
                    .entry(initials)
                    .or_insert_with(|| plain(&site.words.line(name)));
            }
        }
    }
    let facts = entries
        .iter()
        .map(|(short, long)| json!({ "label": plain(short), "value": long }));
    let content = json!({ "facts": facts.collect::<Vec<Value>>() });
    site.page(
        "glossary",
        &below(site, "glossary", "Abbreviations", "WebPage"),
        &content,
    )
}
