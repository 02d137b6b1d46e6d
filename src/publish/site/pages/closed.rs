//! The closed actions of earlier years: a page for each year. What is closed is shown for a while and then archived, so that
//! the registers stay as short as what is to be done, and a page that nobody changes any more stays as it is.

use super::super::address::{self, Addresses, Holder};
use super::super::view::Page;
use super::super::{File, Maker, Site, maker};
use super::{Row, Rows, choices};
use crate::exchange::{ActionRecord, Actions};
use crate::model::Public;
use crate::model::settings::Settings;
use crate::render::Ready;
use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// For how many months a closed action stays on the registers.
const MONTHS: u32 = 12;

/// The actions that were closed in a year.
pub(in crate::publish::site) struct ClosedYear {
    year: i32,
    /// Where its page stands, without the ending.
    pub(in crate::publish::site) address: String,
    /// Which actions, those first that were closed last.
    actions: Vec<usize>,
}

impl ClosedYear {
    /// "Actions closed in 2024".
    pub(in crate::publish::site) fn title(&self) -> String {
        format!("Actions closed in {}", self.year)
    }
}

/// The day from which on closed actions stand on the registers.
pub(super) fn since(as_at: NaiveDate) -> NaiveDate {
    as_at
        .checked_sub_months(Months::new(MONTHS))
        .unwrap_or(as_at)
}

/// Whether an action was closed so long ago that it is on no register any more.
pub(in crate::publish::site) fn is_archived(action: &ActionRecord, as_at: NaiveDate) -> bool {
    action.closed_on.is_some_and(|day| day.0 < since(as_at))
}

/// Every year of which something is archived, the last first. A page has all that was closed in its year, be it on the
/// registers still.
pub(in crate::publish::site) fn years(
    actions: &Actions,
    as_at: NaiveDate,
    settings: &Settings<Public>,
    addresses: &mut Addresses,
) -> Vec<ClosedYear> {
    let mut years: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for (at, action) in actions.actions.iter().enumerate() {
        if let Some(day) = action.closed_on {
            years.entry(day.0.year()).or_default().push(at);
        }
    }
    years.retain(|_, all| {
        all.iter()
            .any(|at| is_archived(&actions.actions[*at], as_at))
    });
    let years = years.into_iter().rev().map(|(year, actions)| {
        let holder = Holder::new(format!("the actions closed in {year}"), settings.span);
        ClosedYear {
            year,
            address: addresses.give(format!("actions/closed/{year}"), &holder),
            actions,
        }
    });
    years.collect()
}

/// The pages of the years.
pub(super) fn all<'m>(site: &'m Site<'_, '_>) -> Vec<Maker<'m>> {
    let years = site.closed.iter();
    years.map(|year| maker(|| page(site, year))).collect()
}

/// The ways to the pages of the years, from the root of the website.
pub(super) fn links(site: &Site<'_, '_>) -> Vec<Value> {
    let years = site.closed.iter().map(|one| {
        json!({
            "href": format!("{}.html", one.address),
            "year": one.year,
            "count": one.actions.len(),
        })
    });
    years.collect()
}

/// Whether an action that the meetings of a series look at is archived.
pub(super) fn has_archived(site: &Site<'_, '_>, series: &str) -> bool {
    let mut actions = site.actions_of(series);
    actions.any(|(action, _)| is_archived(action, site.as_at))
}

/// What the page of a year shows.
#[derive(Serialize)]
struct Content {
    year: i32,
    rows: Vec<Row>,
    owners: Vec<Ready>,
    series: Vec<Ready>,
}

/// The page of a year, unless it stands there already. It shows nothing but records, and what all pages show.
fn page(site: &Site<'_, '_>, year: &ClosedYear) -> File {
    let data = site.action_data.as_deref().unwrap_or_default();
    let data = year.actions.iter().filter_map(|at| data.get(*at));
    let pages = year
        .actions
        .iter()
        .map(|at| site.action_pages[*at].as_str());
    let of = data.map(|data| data.of.as_str()).chain(pages);
    let path = format!("{}.html", year.address);
    let of = site.inputs.of_records(&path, of);
    site.unless_made_of(path, of, || made(site, year))
}

fn made(site: &Site<'_, '_>, year: &ClosedYear) -> File {
    let root = address::root_of(&year.address);
    let write = Rows::new(site, &root);
    let actions = year.actions.iter();
    let actions = actions.map(|at| (&site.actions.actions[*at], site.action_pages[*at].as_str()));
    let actions: Vec<(&ActionRecord, &str)> = actions.collect();
    let rows = write.all(&actions);
    let (owners, series) = choices(actions.iter().map(|(action, _)| *action), &rows);
    let content = Content {
        year: year.year,
        rows,
        owners,
        series,
    };
    let mut crumbs = site.crumbs(None);
    crumbs.push(("actions".to_owned(), "Register of actions".to_owned()));
    let last = actions.iter().filter_map(|(action, _)| action.closed_on);
    let page = Page {
        address: &year.address,
        title: &year.title(),
        about: Some(format!(
            "Every public action of {} that was closed in {}.",
            site.organisation(),
            year.year
        )),
        crumbs,
        // Later words about an action do not change when it was closed.
        updated: last.map(|day| day.0).max(),
        kind: "CollectionPage",
    };
    site.page("closed", &page, &content)
}
