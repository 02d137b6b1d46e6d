//! The actions of a series that are carried forward, in the groups in which the agenda lists them.

use super::occasion::Occasion;
use super::points::is_same;
use super::view::{Group, Matter};
use super::wording::{self, Speaker};
use crate::ledger::{Entry, Ledger, Place, Said, Standing};
use crate::model::action::State;
use crate::model::meeting::Item;
use crate::model::withheld::Row;
use crate::model::{Internal, Public};
use crate::source::Span;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// The title of the item where the meeting before had none of its own.
const TITLE: &str = "Matters arising";
/// The title above actions that may be closed.
const PROPOSED: &str = "Proposed for closure";

/// The book's actions: the internal edition knows which are outstanding, the public one has the words.
pub(super) struct Ledgers<'b, 'p> {
    pub(super) internal: Ledger<'b, Internal>,
    pub(super) public: Ledger<'p, Public>,
}

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    pub(super) groups: Vec<Group>,
    pub(super) without_ref: Vec<Span>,
    pub(super) hidden: Vec<Span>,
}

impl Found {
    /// Keeps the actions of which this is true, and forgets those that nothing can name.
    pub(super) fn retain(&mut self, keep: impl Fn(&Matter) -> bool) {
        for group in &mut self.groups {
            group.actions.retain(&keep);
            group.without_ref.clear();
        }
        self.groups.retain(|group| !group.actions.is_empty());
    }

    /// Whether a group has this title.
    pub(super) fn has(&self, title: &str) -> bool {
        self.groups.iter().any(|group| is_same(&group.title, title))
    }

    fn group(&mut self, title: &str, about: &str) -> &mut Group {
        let at = self.groups.iter().position(|group| group.title == title);
        let at = at.unwrap_or_else(|| {
            self.groups.push(Group {
                title: title.to_owned(),
                about: vec![about.to_owned()],
                actions: Vec::new(),
                without_ref: Vec::new(),
            });
            self.groups.len() - 1
        });
        &mut self.groups[at]
    }
}

/// Every action of the series that is outstanding, or was closed since its last meeting.
pub(super) fn matters(
    ledgers: &Ledgers<'_, '_>,
    occasion: &Occasion<'_, '_>,
    series: &str,
    speaker: &Speaker<'_, '_>,
) -> Found {
    let title = title(occasion);
    let mut found = Found::default();
    // The order of the groups is that of the agenda, whatever comes first.
    found.group(&title, "");
    found.group(PROPOSED, "Their owners think that these are done. Write `state: discharged` where the meeting agrees.");
    let mut refs = BTreeSet::new();
    for is_closed in [false, true] {
        for entry in ledgers.internal.entries() {
            let is_earlier = entry.set.is_none_or(|set| set < occasion.date);
            let is_own = occasion
                .existing
                .is_some_and(|one| one.source == entry.home.source);
            if entry.series() != Some(series) || !is_earlier || is_own {
                continue;
            }
            let inside = ledgers.internal.standing_before(entry, occasion.date);
            if inside.state.is_closed() != is_closed {
                continue;
            }
            let Some(shown) = ledgers.public.at(entry.home.span) else {
                if !is_closed {
                    found.hidden.push(entry.home.span);
                }
                continue;
            };
            let standing = ledgers.public.standing_before(shown, occasion.date);
            if is_closed && !is_news(shown, &standing, occasion, series) {
                continue;
            }
            let reference = reference(shown).filter(|one| refs.insert(one.to_lowercase()));
            if reference.is_none() && is_closed {
                continue;
            }
            let matter = matter(reference.clone(), shown, &standing, is_closed, speaker);
            let place = place(shown, &standing, &title);
            let group = found.group(&place, "");
            match reference {
                Some(_) => group.actions.push(matter),
                None => {
                    group.without_ref.push(matter);
                    found.without_ref.push(shown.home.span);
                }
            }
        }
    }
    found
        .groups
        .retain(|group| !group.actions.is_empty() || !group.without_ref.is_empty());
    for group in &mut found.groups {
        group.about.retain(|line| !line.is_empty());
    }
    found
}

fn matter(
    reference: Option<String>,
    entry: &Entry<'_, Public>,
    standing: &Standing<'_, '_, Public>,
    is_closed: bool,
    speaker: &Speaker<'_, '_>,
) -> Matter {
    let state = match standing.state {
        State::Proposed => State::Discharged,
        // What opened it again is withheld.
        state if state.is_closed() && !is_closed => State::Open,
        state => state,
    };
    let condition = standing.condition.map(|text| wording::flat(text.source()));
    Matter {
        reference: reference.unwrap_or_default(),
        about: speaker.about(entry, standing, is_closed),
        state: state.word().to_owned(),
        condition,
    }
}

/// The ref by which an action can be named.
fn reference(entry: &Entry<'_, Public>) -> Option<String> {
    let text = entry.reference.filter(|text| text.passages().is_empty())?;
    let words = wording::flat(&text.words());
    (!words.is_empty()).then_some(words)
}

/// The title of the group in which an action is listed.
fn place(entry: &Entry<'_, Public>, standing: &Standing<'_, '_, Public>, main: &str) -> String {
    if standing.state == State::Proposed {
        return PROPOSED.to_owned();
    }
    let title = match entry.home.place {
        Place::Meeting { .. } => return main.to_owned(),
        Place::Tracker(tracker) => tracker.title.as_ref().or(tracker.group.as_ref()),
        Place::Plan { plan, .. } => Some(&plan.title),
    };
    title.map_or_else(|| "Tracker".to_owned(), wording::carried)
}

/// Whether an action was closed since the last meeting, and not there: readers hear of it once.
fn is_news(
    entry: &Entry<'_, Public>,
    standing: &Standing<'_, '_, Public>,
    occasion: &Occasion<'_, '_>,
    series: &str,
) -> bool {
    let (Some(closed), Some(previous)) = (standing.closed(), occasion.previous_day()) else {
        return false;
    };
    let told = entry.events.iter().take(standing.folded);
    let was_listed = told
        .filter(|event| event.day >= Some(closed))
        .any(|event| wording::is_said_at(&event.said, series));
    closed >= previous && !was_listed
}

/// Where matters stand that are not closed, and of which nothing in the book says what they are.
pub(super) fn unknown(
    ledger: &Ledger<'_, Internal>,
    occasion: &Occasion<'_, '_>,
    series: &str,
) -> Vec<Span> {
    let mut last: BTreeMap<String, (Option<NaiveDate>, bool, Span)> = BTreeMap::new();
    for stray in &ledger.strays {
        let (Some(reference), Said::Arising { meeting, .. }) = (stray.reference, &stray.said)
        else {
            continue;
        };
        let day = meeting.date.day();
        if meeting.series.as_deref() != Some(series) || day >= Some(occasion.date) {
            continue;
        }
        let is_open = !stray.said.state().is_some_and(State::is_closed);
        let reference = reference.words().trim().to_lowercase();
        let known = last.entry(reference).or_insert((day, is_open, stray.span));
        if known.0 <= day {
            *known = (day, is_open, stray.span);
        }
    }
    let open = last.into_values().filter(|(_, is_open, _)| *is_open);
    open.map(|(_, _, span)| span).collect()
}

/// The title under which the meeting before listed its matters arising.
pub(super) fn title(occasion: &Occasion<'_, '_>) -> String {
    fn find(rows: &[Row<Public, Item<Public>>]) -> Option<String> {
        rows.iter().filter_map(Row::known).find_map(|item| {
            let own = item
                .title
                .as_ref()
                .filter(|_| !item.matters_arising.is_empty());
            let own = own.map(wording::carried).filter(|title| title != PROPOSED);
            own.or_else(|| find(&item.items))
        })
    }
    let earlier = occasion.earlier.iter().rev();
    let mut titles = earlier.filter_map(|shelved| find(&shelved.meeting.items));
    titles.next().unwrap_or_else(|| TITLE.to_owned())
}
