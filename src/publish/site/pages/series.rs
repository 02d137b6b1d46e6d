//! The page of a series: its meetings by year, the next one, what is open; and its register with its figures.

use super::super::view::Page;
use super::super::{File, Maker, Published, Site, address, maker};
use super::{Row, Rows, closed};
use crate::exchange::ActionRecord;
use crate::ledger::{Filter, Line};
use crate::model::Public;
use crate::model::date::Date;
use crate::model::meeting::NextMeeting;
use crate::render::{Ready, Sheet, SheetKind, dates, plain};
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use serde_json::{Value, json};

/// How many open actions stand on the page of a series; its register has them all.
const MOST_OPEN: usize = 40;

/// The pages of every series. `lines` are all actions.
pub(super) fn all<'m>(site: &'m Site<'_, '_>, lines: &'m [Line<'_, '_, Public>]) -> Vec<Maker<'m>> {
    let series = site.series.iter();
    let both = |(key, address): &'m (&str, String)| {
        [
            maker(|| register(site, lines, key, address)),
            maker(|| page(site, key, address)),
        ]
    };
    series.flat_map(both).collect()
}

/// Every series in a line or two, for the home page.
pub(super) fn summaries(site: &Site<'_, '_>) -> Vec<Value> {
    let series = site.series.iter();
    let summaries = series.map(|(key, address)| {
        let latest = site.of_series(key);
        json!({
            "href": format!("{address}.html"),
            "title": plain(&site.series_title(key)),
            "count": latest.len(),
            "latest": latest.first().map(|one| site.listed(one, "")),
            "next": next(site, key),
        })
    });
    summaries.collect()
}

/// The next meeting that the latest notes of a series announce, with its day.
pub(in crate::publish::site) fn next_meeting<'s>(
    site: &Site<'_, 's>,
    key: &str,
) -> Option<(&'s NextMeeting<Public>, NaiveDate)> {
    let notes = site.of_series(key);
    let latest = notes.first()?;
    let next = latest.meeting()?.next_meeting.as_ref()?;
    let day = next.date.as_ref().and_then(Date::day)?;
    (Some(day) > latest.day).then_some((next, day))
}

/// The next meeting in words. Once its day has passed, its notes are what is waited for.
fn next(site: &Site<'_, '_>, key: &str) -> Option<Value> {
    let (next, day) = next_meeting(site, key)?;
    let series = site.shelf.settings.series.get(key);
    let time = next
        .time
        .as_ref()
        .or(series.and_then(|series| series.time.as_ref()));
    let time = time.and_then(|time| time.value).map(dates::time);
    let venue = next
        .venue
        .as_ref()
        .or(series.and_then(|series| series.venue.as_ref()));
    let theme = next
        .theme
        .as_ref()
        .map(|theme| plain(&site.words.line(theme)));
    Some(json!({
        "date": dates::weekday(day),
        "time": time,
        "venue": venue.map(|venue| plain(&site.words.line(venue))),
        "theme": theme,
        "passed": day < site.as_at,
    }))
}

/// What the page of a series shows.
#[derive(Serialize)]
struct Content {
    chair: Option<Ready>,
    schedule: Option<Ready>,
    venue: Option<Ready>,
    next: Option<Value>,
    years: Vec<Value>,
    /// Its trackers and plans.
    beside: Vec<Value>,
    /// The actions that are open, or those of them that need most.
    open: Vec<Row>,
    /// How many are open, where that is more.
    all_open: Option<usize>,
    register: String,
    chair_sheet: String,
    /// Where the pages of what was closed in earlier years are listed, if it has any.
    closed: Option<String>,
    as_at: String,
}

fn page(site: &Site<'_, '_>, key: &str, address: &str) -> File {
    let root = address::root_of(address);
    let notes = site.of_series(key);
    let settings = site.shelf.settings.series.get(key);
    let line = |text: Option<&_>| text.map(|text| plain(&site.words.line(text)));
    let chair = settings.and_then(|series| series.chair.as_ref());
    let chair = chair.map(|chair| {
        let owner = site.words.owner(chair, Some(site.as_at));
        plain(owner.name.as_deref().unwrap_or(&owner.label))
    });
    let open = site
        .actions_of(key)
        .filter(|(action, _)| action.state.is_none_or(|state| !state.is_closed()));
    let open: Vec<(&ActionRecord, &str)> = open.collect();
    let rows = Rows::new(site, &root);
    let beside = site.documents.iter();
    let beside = beside.filter(|one| one.series == Some(key) && one.meeting().is_none());
    let beside: Vec<Value> = beside.map(|one| site.listed(one, &root)).collect();
    let content = Content {
        chair,
        schedule: line(settings.and_then(|series| series.schedule.as_ref())),
        venue: line(settings.and_then(|series| series.venue.as_ref())),
        next: next(site, key),
        years: years(site, &notes, &root),
        beside,
        open: open
            .iter()
            .take(MOST_OPEN)
            .map(|action| rows.row(*action))
            .collect(),
        all_open: Some(open.len()).filter(|all| *all > MOST_OPEN),
        register: format!("{root}{}.html", register_address(address)),
        chair_sheet: format!("{root}{}.html", super::sheets::chair_address(address)),
        closed: closed::has_archived(site, key).then(|| format!("{root}actions.html#closed")),
        as_at: dates::day(site.as_at),
    };
    let title = site.series_title(key);
    let page = Page {
        address,
        title: &title,
        about: Some(format!(
            "{title}, {}: its meetings by year with their notes, the next meeting, and what is open.",
            site.organisation()
        )),
        crumbs: site.crumbs(None),
        updated: notes.iter().filter_map(|one| one.updated).max(),
        kind: "CollectionPage",
    };
    site.page("series", &page, &content)
}

fn years(site: &Site<'_, '_>, notes: &[&Published<'_, '_>], root: &str) -> Vec<Value> {
    let mut years: Vec<(Option<i32>, Vec<Value>)> = Vec::new();
    for one in notes {
        let year = one.day.map(|day| day.year());
        let listed = site.listed(one, root);
        match years.last_mut().filter(|(last, _)| *last == year) {
            Some((_, documents)) => documents.push(listed),
            None => years.push((year, vec![listed])),
        }
    }
    let years = years.iter().map(|(year, documents)| {
        let year = year.map_or_else(|| "No date".to_owned(), |year| year.to_string());
        json!({ "year": year, "documents": documents })
    });
    years.collect()
}

/// Where the register of a series stands.
pub(in crate::publish::site) fn register_address(address: &str) -> String {
    format!("{address}/register")
}

/// The register of a series, with its figures over time.
fn register(site: &Site<'_, '_>, lines: &[Line<'_, '_, Public>], key: &str, address: &str) -> File {
    let since = Some(closed::since(site.as_at)).filter(|_| closed::has_archived(site, key));
    let filter = Filter {
        series: vec![key.to_owned()],
        closed: true,
        closed_since: since,
        ..Filter::default()
    };
    let address = register_address(address);
    let page = Page {
        address: &address,
        title: &format!("Register and figures: {}", site.series_title(key)),
        about: Some(format!(
            "The actions of {} that are open or were closed in the last year, and its figures over time.",
            site.series_title(key)
        )),
        crumbs: site.crumbs(Some(key)),
        updated: Some(site.as_at),
        kind: "CollectionPage",
    };
    let selection = since.map(|day| format!("open, or closed since {}", dates::day(day)));
    let sheet = Sheet {
        kind: SheetKind::Register,
        as_at: site.as_at,
        series: Some(key.to_owned()),
        filter_words: selection.into_iter().collect(),
    };
    super::sheets::sheet(site, lines, &page, &filter, &sheet)
}
