//! Sheets of actions for those who need but a part of the register: one for the chair of each series, one for each owner.

use super::super::address::{self, Addresses, Holder};
use super::super::view::Page;
use super::super::{File, Maker, Site, maker};
use crate::exchange::{ActionRecord, OwnerRecord, Words};
use crate::ledger::{self, Filter, Line, Owner};
use crate::model::Public;
use crate::model::register::Register;
use crate::model::settings::Settings;
use crate::render::{Sheet, SheetKind, plain};
use crate::source::Span;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The sheet of an owner.
pub(in crate::publish::site) struct OwnerSheet {
    /// The key in the register.
    key: String,
    /// The name as it is printed.
    pub(in crate::publish::site) name: String,
    /// Where it stands, without the ending.
    pub(in crate::publish::site) address: String,
    /// Whether they own something that is open.
    is_open: bool,
}

/// Every sheet. `lines` are all actions.
pub(super) fn all<'m>(site: &'m Site<'_, '_>, lines: &'m [Line<'_, '_, Public>]) -> Vec<Maker<'m>> {
    let chairs = site.series.iter();
    let chairs = chairs.map(|(key, address)| maker(|| of_chair(site, lines, key, address)));
    let owners = site.owners.iter();
    let owners = owners.map(|one| maker(|| of_owner(site, lines, one)));
    chairs.chain(owners).collect()
}

/// The sheets of those who own something that is open: where each stands, and whose it is.
pub(super) fn of_owners(site: &Site<'_, '_>) -> Vec<Value> {
    let mut owners: Vec<&OwnerSheet> = site.owners.iter().filter(|one| one.is_open).collect();
    owners.sort_by(|a, b| a.name.cmp(&b.name));
    let owners = owners
        .iter()
        .map(|one| json!({ "href": format!("{}.html", one.address), "text": plain(&one.name) }));
    owners.collect()
}

/// Where the sheet of the chair of a series stands.
pub(in crate::publish::site) fn chair_address(series: &str) -> String {
    format!("{series}/chair")
}

/// The sheets of everybody in the register who ever owned a public action, in the order of their keys: once there was a
/// sheet, its address stays. `actions` are the records of `lines`.
pub(in crate::publish::site) fn owners(
    lines: &[Line<'_, '_, Public>],
    actions: &[ActionRecord],
    words: &Words<'_, Public>,
    settings: &Settings<Public>,
    addresses: &mut Addresses,
) -> Vec<OwnerSheet> {
    let mut found: BTreeMap<String, (String, bool)> = BTreeMap::new();
    let mut add = |owner: &OwnerRecord, is_open: bool| {
        if let Some(key) = owner.key.as_ref().filter(|key| !found.contains_key(*key)) {
            let name = owner.name.as_ref().unwrap_or(&owner.label);
            found.insert(key.clone(), (name.clone(), is_open));
        }
    };
    let is_open = |action: &&ActionRecord| action.state.is_some_and(|state| !state.is_closed());
    let now = actions.iter().filter(is_open);
    now.flat_map(|action| &action.owners)
        .for_each(|owner| add(owner, true));
    let known = lines.iter().zip(actions);
    for (line, action) in known.filter(|(_, action)| action.withheld.is_none()) {
        let first = line.entry.first_owners().into_iter();
        let first = first.filter(|_| !line.is_owned_as_set());
        first.for_each(|party| add(&words.owner(party, line.entry.set), false));
        let later = action.history.iter().flat_map(|event| &event.owners);
        later
            .chain(&action.owners)
            .for_each(|owner| add(owner, false));
    }
    let sheets = found.into_iter().map(|(key, (name, is_open))| {
        let holder = Holder::new(format!("the sheet of `{key}`"), place(settings, &key));
        let address = addresses.give(format!("owners/{}", address::slug(&key)), &holder);
        OwnerSheet {
            key,
            name,
            address,
            is_open,
        }
    });
    sheets.collect()
}

/// Where somebody stands in the register.
fn place(settings: &Settings<Public>, key: &str) -> Span {
    let people = settings.people.iter().map(|(key, _)| key);
    let bodies = settings.bodies.iter().map(|(key, _)| key);
    let mut all = people.chain(bodies);
    all.find(|one| one.name == key)
        .map_or(settings.span, |key| key.span)
}

fn of_chair(site: &Site<'_, '_>, lines: &[Line<'_, '_, Public>], key: &str, series: &str) -> File {
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
    let sheet_of = plain_sheet(site, SheetKind::Chair, Some(key));
    sheet(site, lines, &page, &filter, &sheet_of)
}

fn of_owner(site: &Site<'_, '_>, lines: &[Line<'_, '_, Public>], owner: &OwnerSheet) -> File {
    let filter = Filter {
        owner: Some(Owner::Key(owner.key.clone())),
        ..Filter::default()
    };
    let mut crumbs = site.crumbs(None);
    crumbs.push(("actions".to_owned(), "Register of actions".to_owned()));
    let name = &owner.name;
    let page = Page {
        address: &owner.address,
        title: &format!("Actions of {name}"),
        about: Some(format!("What {name} is to do, and by when.")),
        crumbs,
        updated: Some(site.as_at),
        kind: "WebPage",
    };
    let kind = SheetKind::Owner(owner.key.clone());
    sheet(site, lines, &page, &filter, &plain_sheet(site, kind, None))
}

fn plain_sheet(site: &Site<'_, '_>, kind: SheetKind, series: Option<&str>) -> Sheet {
    Sheet {
        kind,
        as_at: site.as_at,
        series: series.map(str::to_owned),
        filter_words: Vec::new(),
    }
}

/// A sheet as a page: those of all actions that fit a filter, in the order in which a chair needs them.
pub(super) fn sheet(
    site: &Site<'_, '_>,
    lines: &[Line<'_, '_, Public>],
    page: &Page<'_>,
    filter: &Filter,
    sheet: &Sheet,
) -> File {
    let names = Register::new(site.shelf.settings);
    let lines = ledger::selected(lines, filter, &names, site.as_at);
    let around = site.around(page, None, None);
    let sheet = site.renderer.sheet_page(&lines, sheet, &around);
    let path = format!("{}.html", page.address);
    site.made_of(path, "actions.html", sheet.seen(), || {
        sheet.html(site.templates)
    })
}
