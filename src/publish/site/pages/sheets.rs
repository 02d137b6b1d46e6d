//! Sheets of actions for those who need but a part of the register: one for the chair of each series, one for each owner.

use super::super::view::Page;
use super::super::{File, Site, address};
use crate::ledger::{self, Filter, Owner};
use crate::model::register::Register;
use crate::render::{Sheet, SheetKind, plain};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Every sheet.
pub(super) fn all(site: &Site<'_, '_>) -> Vec<File> {
    let chairs = site
        .series
        .iter()
        .map(|(key, address)| of_chair(site, key, address));
    let owners = owners(site).into_iter();
    let owners = owners.map(|(key, label)| of_owner(site, &key, &label));
    chairs.chain(owners).collect()
}

/// The sheets of owners: where each stands, and whose it is.
pub(super) fn of_owners(site: &Site<'_, '_>) -> Vec<Value> {
    let mut owners: Vec<(String, String)> = owners(site).into_iter().collect();
    owners.sort_by(|a, b| a.1.cmp(&b.1));
    let owners = owners.iter().map(|(key, label)| {
        json!({ "href": format!("{}.html", owner_address(key)), "text": plain(label) })
    });
    owners.collect()
}

/// Where the sheet of the chair of a series stands.
pub(super) fn chair_address(series: &str) -> String {
    format!("{series}/chair")
}

fn owner_address(key: &str) -> String {
    format!("owners/{}", address::slug(key))
}

/// Those in the register who own an open action, by their keys, and as they are printed.
fn owners(site: &Site<'_, '_>) -> BTreeMap<String, String> {
    let actions = site.actions.actions.iter();
    let open = actions.filter(|action| action.state.is_some_and(|state| !state.is_closed()));
    let owners = open.flat_map(|action| &action.owners);
    let mut found = BTreeMap::new();
    for owner in owners {
        if let Some(key) = &owner.key {
            let name = owner.name.as_ref().unwrap_or(&owner.label);
            found.entry(key.clone()).or_insert_with(|| name.clone());
        }
    }
    found
}

fn of_chair(site: &Site<'_, '_>, key: &str, series: &str) -> File {
    let filter = Filter {
        series: vec![key.to_owned()],
        ..Filter::default()
    };
    let title = site.series_title(key);
    let address = chair_address(series);
    let page = Page {
        address: &address,
        title: &format!("Chair\u{2019}s sheet: {title}"),
        about: Some(format!("What {title} must look at next.")),
        crumbs: site.crumbs(Some(key)),
        updated: Some(site.as_at),
        kind: "WebPage",
    };
    sheet(site, &page, &filter, SheetKind::Chair, Some(key))
}

fn of_owner(site: &Site<'_, '_>, key: &str, name: &str) -> File {
    let filter = Filter {
        owner: Some(Owner::Key(key.to_owned())),
        ..Filter::default()
    };
    let mut crumbs = site.crumbs(None);
    crumbs.push(("actions".to_owned(), "Register of actions".to_owned()));
    let address = owner_address(key);
    let page = Page {
        address: &address,
        title: &format!("Actions of {name}"),
        about: Some(format!("What {name} is to do, and by when.")),
        crumbs,
        updated: Some(site.as_at),
        kind: "WebPage",
    };
    sheet(site, &page, &filter, SheetKind::Owner(key.to_owned()), None)
}

/// A sheet as a page: the actions that fit a filter, in the order in which a chair needs them.
pub(super) fn sheet(
    site: &Site<'_, '_>,
    page: &Page<'_>,
    filter: &Filter,
    kind: SheetKind,
    series: Option<&str>,
) -> File {
    let names = Register::new(site.shelf.settings);
    let lines = ledger::selected(site.renderer.ledger(), filter, &names, site.as_at);
    let sheet = Sheet {
        kind,
        as_at: site.as_at,
        series: series.map(str::to_owned),
        filter_words: Vec::new(),
    };
    let around = site.around(page, None, None);
    let html = site.renderer.sheet_page(&lines, &sheet, &around);
    File::rendered(format!("{}.html", page.address), html)
}
