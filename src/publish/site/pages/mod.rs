//! Every page that is no document and no action: home, series, the register, what is gathered from all documents, search.

mod closed;
mod gathered;
mod series;
mod sheets;

pub(super) use closed::{ClosedYear, is_archived, years as closed_years};
pub(super) use gathered::glossary;
pub(super) use series::{next_meeting, register_address};
pub(super) use sheets::{OwnerSheet, chair_address, owners};

use super::accessible::Seen;
use super::action::{self, Label};
use super::view::{self, Page};
use super::{File, Maker, Site, contrast, data, maker};
use crate::exchange::{ActionRecord, csv, one_line, overdue};
use crate::ledger::Line;
use crate::model::Public;
use crate::render::{Ready, Theme, colour, dates, plain};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How many documents the home page names as the latest.
const LATEST: usize = 5;

/// The heading of documents of no series.
const OTHERS: &str = "Other documents";

/// The filters of the register.
const FILTERS: &str = include_str!("../../../../templates/site/filters.js");

/// Every page but the glossary, which depends on the words of all others, and the accessibility statement, which says what
/// was found on them. `lines` are all actions.
pub(super) fn all<'m>(site: &'m Site<'_, '_>, lines: &'m [Line<'_, '_, Public>]) -> Vec<Maker<'m>> {
    let pages: [fn(&Site<'_, '_>) -> File; 10] = [
        register,
        search_page,
        home,
        gathered::decisions,
        gathered::papers,
        gathered::people,
        data_page,
        not_found,
        style,
        icon,
    ];
    let mut files = sheets::all(site, lines);
    files.extend(series::all(site, lines));
    files.extend(pages.into_iter().map(|page| maker(move || page(site))));
    files.extend(closed::all(site));
    files.push(maker(|| File::new("filters.js", FILTERS)));
    let logo = site
        .shelf
        .logo
        .map(|logo| maker(move || File::new(view::logo_file(logo.media_type), logo.bytes.clone())));
    files.extend(logo);
    files
}

/// A page below the home page.
fn below<'p>(
    site: &Site<'_, '_>,
    address: &'p str,
    title: &'p str,
    kind: &'static str,
) -> Page<'p> {
    Page {
        address,
        title,
        about: Some(about(site, address)),
        crumbs: site.crumbs(None),
        updated: site.updated(),
        kind,
    }
}

/// What is on a page, in a sentence.
fn about(site: &Site<'_, '_>, address: &str) -> String {
    let organisation = site.organisation();
    match address {
        "index" => format!("Notes of meetings, actions, decisions and papers of {organisation}."),
        "actions" => format!(
            "Every public action of {organisation}: what is to be done, by whom and by when."
        ),
        "decisions" => format!(
            "Decisions of significant public interest of {organisation}, with their reasons."
        ),
        "papers" => {
            format!("Papers before the meetings of {organisation}, and where each was discussed.")
        }
        "people" => format!("Who holds which post in the meetings of {organisation}."),
        "glossary" => {
            format!("Abbreviations in the notes of {organisation}, and what they stand for.")
        }
        "search" => format!(
            "Search the notes and actions of {organisation}, or see a list of every document."
        ),
        "data" => format!(
            "Meetings and actions of {organisation} as open data: CSV, JSON, iCalendar and Atom."
        ),
        "accessibility" => format!(
            "How accessible this website of {organisation} is, and what to do where it is not."
        ),
        _ => format!("Meetings and actions of {organisation}."),
    }
}

fn home(site: &Site<'_, '_>) -> File {
    let organisation = site.organisation();
    let title = format!("Meetings and actions of {organisation}");
    let newest = site.newest();
    let notes = newest.iter().filter(|one| one.meeting().is_some());
    let latest: Vec<Value> = notes.take(LATEST).map(|one| site.listed(one, "")).collect();
    let beside = newest.iter().filter(|one| one.meeting().is_none());
    let beside: Vec<Value> = beside.map(|one| site.listed(one, "")).collect();
    let content = json!({
        "organisation": plain(&organisation),
        "latest": latest,
        "series": series::summaries(site),
        "beside": beside,
        "open": site.actions.counts.total - site.actions.counts.closed,
        "overdue": site.actions.counts.overdue,
        "as_at": dates::day(site.as_at),
    });
    let mut page = below(site, "index", &title, "CollectionPage");
    page.crumbs = Vec::new();
    site.page("home", &page, &content)
}

/// An action in a table.
#[derive(Serialize)]
struct Row {
    href: String,
    reference: Ready,
    text: Option<Ready>,
    withheld: Option<Ready>,
    owner: Ready,
    due: Ready,
    overdue: Option<Label>,
    state: Option<Label>,
    /// When it was closed.
    closed: Option<Ready>,
    /// What it needs.
    need: Ready,
    series: Ready,
}

/// The actions of tables: `root` leads from the page to that of the website.
struct Rows<'r, 'd, 's> {
    site: &'r Site<'d, 's>,
    root: &'r str,
    /// The title of each series.
    series: BTreeMap<&'s str, Ready>,
}

impl<'r, 'd, 's> Rows<'r, 'd, 's> {
    fn new(site: &'r Site<'d, 's>, root: &'r str) -> Rows<'r, 'd, 's> {
        let series = site.shelf.settings.series.iter().map(|(key, _)| {
            let title = plain(&site.series_title(&key.name));
            (key.name.as_str(), title)
        });
        Rows {
            site,
            root,
            series: series.collect(),
        }
    }

    /// Actions, each with the address of its page.
    fn all(&self, actions: &[(&ActionRecord, &str)]) -> Vec<Row> {
        let actions = actions.par_iter();
        actions.map(|action| self.row(*action)).collect()
    }

    fn row(&self, (action, page): (&ActionRecord, &str)) -> Row {
        let source = &action.source;
        let series = source.series.as_deref().map(|key| {
            let known = self.series.get(key).cloned();
            known.unwrap_or_else(|| plain(&self.site.series_title(key)))
        });
        Row {
            href: format!("{}{page}.html", self.root),
            reference: plain(action.reference.as_deref().unwrap_or("new")),
            text: action.text.as_deref().map(|text| plain(&one_line(text))),
            withheld: action.withheld.as_deref().map(plain),
            owner: plain(&action.owner_words()),
            due: plain(&action::due(action)),
            overdue: action
                .days_overdue
                .map(|days| Label::new(&overdue(days), "red")),
            state: action.state.map(Label::of_state),
            closed: action.closed_on.map(|day| plain(&day.words())),
            need: plain(action.need_words()),
            series: series.unwrap_or_else(|| plain(&source.title)),
        }
    }
}

/// What the register shows.
#[derive(Serialize)]
struct Register {
    rows: Vec<Row>,
    /// What its filters let choose.
    owners: Vec<Ready>,
    series: Vec<Ready>,
    needs: Vec<&'static str>,
    total: usize,
    overdue: usize,
    closed: usize,
    as_at: String,
    /// The pages of what was closed earlier, and before which day that was.
    years: Vec<Value>,
    before: String,
    /// The sheets of owners.
    sheets: Vec<Value>,
}

/// What the filters of a table let choose: its owners, and where its actions are looked at.
fn choices<'a>(
    actions: impl Iterator<Item = &'a ActionRecord>,
    rows: &[Row],
) -> (Vec<Ready>, Vec<Ready>) {
    let owners = actions.flat_map(|action| &action.owners);
    let owners: BTreeSet<&str> = owners.map(|one| one.label.as_str()).collect();
    let series: BTreeSet<&str> = rows.iter().map(|row| row.series.as_str()).collect();
    (
        owners.into_iter().map(plain).collect(),
        series.into_iter().map(Ready::made).collect(),
    )
}

/// The register of every public action; what was closed long ago is on the page of its year.
fn register(site: &Site<'_, '_>) -> File {
    let write = Rows::new(site, "");
    let pages = site.action_pages.iter().map(String::as_str);
    let actions = site.actions.actions.iter().zip(pages);
    let actions = actions.filter(|(action, _)| !closed::is_archived(action, site.as_at));
    let actions: Vec<(&ActionRecord, &str)> = actions.collect();
    let rows = write.all(&actions);
    let (owners, series) = choices(actions.iter().map(|(action, _)| *action), &rows);
    let mut needs: Vec<&str> = Vec::new();
    for (action, _) in &actions {
        if !needs.contains(&action.need_words()) {
            needs.push(action.need_words());
        }
    }
    let content = Register {
        owners,
        series,
        rows,
        needs,
        total: site.actions.counts.total,
        overdue: site.actions.counts.overdue,
        closed: site.actions.counts.closed,
        as_at: dates::weekday(site.as_at),
        years: closed::links(site),
        before: dates::day(closed::since(site.as_at)),
        sheets: sheets::of_owners(site),
    };
    let page = below(site, "actions", "Register of actions", "CollectionPage");
    site.page("actions", &page, &content)
}

/// The search; without a script, a list of everything.
fn search_page(site: &Site<'_, '_>) -> File {
    let newest = site.newest();
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for one in &newest {
        let series = one
            .series
            .map_or_else(|| OTHERS.to_owned(), |key| site.series_title(key));
        let listed = site.listed(one, "");
        match groups.iter_mut().find(|(title, _)| *title == series) {
            Some((_, group)) => group.push(listed),
            None => groups.push((series, vec![listed])),
        }
    }
    groups.sort_by_cached_key(|(title, _)| (title == OTHERS, title.clone()));
    let groups = groups
        .iter()
        .map(|(title, documents)| json!({ "title": plain(title), "documents": documents }));
    let content = json!({ "groups": groups.collect::<Vec<Value>>() });
    site.page(
        "search",
        &below(site, "search", "Search", "WebPage"),
        &content,
    )
}

fn data_page(site: &Site<'_, '_>) -> File {
    let column = |(name, about): (&str, &str)| json!({ "name": name, "about": about });
    let meetings = data::COLUMNS.into_iter().map(column);
    let actions = csv::COLUMNS.into_iter().zip(data::ACTIONS).map(column);
    let content = json!({
        "meetings": meetings.collect::<Vec<Value>>(),
        "actions": actions.collect::<Vec<Value>>(),
        "as_at": dates::day(site.as_at),
        "has_sitemap": site.base().is_some(),
    });
    site.page(
        "data",
        &below(site, "data", "Open data", "WebPage"),
        &content,
    )
}

/// What was checked and found, and nothing else.
pub(super) fn accessibility(site: &Site<'_, '_>, seen: &Seen) -> File {
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for fault in seen.faults.values().flatten() {
        *found.entry(fault).or_default() += 1;
    }
    let found = found.into_iter();
    let found = found.map(|(fault, pages)| json!({ "fault": plain(fault), "pages": pages }));
    let contrast = contrast::of_accent(site.shelf.settings);
    let on_band = contrast::on_band(site.shelf.settings);
    let website = site.shelf.settings.organisation.website.as_deref();
    let content = json!({
        "organisation": plain(&site.organisation()),
        "website": website.map(plain),
        "contrast": format!("{contrast:.1}"),
        "contrast_holds": contrast >= 4.5,
        "on_band": on_band.map(|contrast| format!("{contrast:.1}")),
        "as_at": dates::day(site.as_at),
        "pages": seen.pages,
        "found": found.collect::<Vec<Value>>(),
    });
    let page = below(site, "accessibility", "Accessibility statement", "WebPage");
    site.page("accessibility", &page, &content)
}

fn not_found(site: &Site<'_, '_>) -> File {
    let page = below(site, "404", "Page not found", "WebPage");
    site.page("404", &page, &json!({}))
}

/// What browsers show beside the title of a page: three lines of a list on the colour of the band, or on the accent colour.
fn icon(site: &Site<'_, '_>) -> File {
    let look = site.shelf.settings.look.as_ref();
    let ground = colour::band(look).or(colour::accent(look));
    let ground = ground.unwrap_or(colour::USUAL);
    let (ground, lines) = (
        colour::written(ground),
        colour::written(colour::ink(ground)),
    );
    let icon = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"4\" fill=\"{ground}\"/>\
         <path d=\"M8 9.5h16M8 16h16M8 22.5h9\" stroke=\"{lines}\" stroke-width=\"3\" stroke-linecap=\"round\"/></svg>\n"
    );
    File::new("favicon.svg", icon)
}

/// The style of documents and of the pages around them.
fn style(site: &Site<'_, '_>) -> File {
    let theme = Theme::of(site.shelf.settings.look.as_ref());
    let text = site
        .templates
        .render("site/style.css", &json!({ "theme": theme }));
    File::rendered("style.css".to_owned(), text)
}
