//! The view of a tracker or a plan: both are lists of actions, a plan's sorted by objective. In: the document and the
//! ledger. Out: what stands of each action as at the document's day, with everything that has happened to it.

pub(super) mod fields;
mod rows;
mod sources;
mod updates;

use super::about::About;
use super::document::Scribe;
use super::frame::iso;
use crate::edition::Tally;
use crate::ledger::{Entry, Event, Said};
use crate::model::Edition;
use crate::model::action::{Action, Rag};
use crate::model::date::Date;
use crate::model::outline::{self, Outline};
use crate::model::party::Party;
use crate::model::settings::{Keyed, UpdateOrder};
use crate::model::text::Text;
use crate::model::tracker::{Objective, Omitted, Plan, Reference, Tracker};
use crate::model::withheld::Row;
use crate::render::dates;
use crate::render::format::Ready;
use crate::render::library::Library;
use crate::source::Span;
use chrono::NaiveDate;
use fields::{Columns, CountView, GroupView, KeyView, ListingLabels, ListingPage, OmittedView};
use rows::Known;
use serde_json::{Value, json};

/// What trackers and plans have in common.
pub(super) struct Listing<'d, E: Edition> {
    pub(super) about: About<'d, E>,
    pub(super) outline: Outline,
    title: Option<&'d Text<E>>,
    group: Option<&'d Text<E>>,
    provided_by: &'d [Party<E>],
    provided_to: &'d [Party<E>],
    text: Option<&'d Text<E>>,
    update_order: Option<UpdateOrder>,
    sources: &'d Keyed<Reference<E>>,
    sections: Vec<Section<'d, E>>,
    is_plan: bool,
}

/// An objective of a plan, or the one list of a tracker.
struct Section<'d, E: Edition> {
    objective: Option<&'d Row<E, Objective<E>>>,
    actions: &'d [Row<E, Action<E>>],
    omitted: &'d [Omitted<E>],
}

/// A tracker as a listing.
pub(super) fn tracker<'d, E: Edition>(
    tracker: &'d Tracker<E>,
    withheld: &Tally,
    library: &Library<'_, E>,
) -> Listing<'d, E> {
    let sections = vec![Section {
        objective: None,
        actions: &tracker.actions,
        omitted: &tracker.omitted,
    }];
    let day = as_at(tracker.date.as_ref(), &sections, library);
    let withheld = with_others(withheld, &sections, day, library);
    Listing {
        about: About::tracker(tracker, day, withheld),
        outline: Outline::of_tracker(tracker),
        title: tracker.title.as_ref(),
        group: tracker.group.as_ref(),
        provided_by: &tracker.provided_by,
        provided_to: &tracker.provided_to,
        text: tracker.text.as_ref(),
        update_order: tracker.update_order,
        sources: &tracker.sources,
        sections,
        is_plan: false,
    }
}

/// A plan as a listing.
pub(super) fn plan<'d, E: Edition>(
    plan: &'d Plan<E>,
    withheld: &Tally,
    library: &Library<'_, E>,
) -> Listing<'d, E> {
    let section = |row: &'d Row<E, Objective<E>>| {
        let known = row.known();
        Section {
            objective: Some(row),
            actions: known.map_or(&[], |objective| &objective.actions),
            omitted: known.map_or(&[], |objective| &objective.omitted),
        }
    };
    let sections: Vec<Section<'d, E>> = plan.objectives.iter().map(section).collect();
    let day = as_at(plan.date.as_ref(), &sections, library);
    let withheld = with_others(withheld, &sections, day, library);
    Listing {
        about: About::plan(plan, day, withheld),
        outline: Outline::of_plan(plan),
        title: Some(&plan.title),
        group: plan.group.as_ref(),
        provided_by: &plan.provided_by,
        provided_to: &plan.provided_to,
        text: plan.text.as_ref(),
        update_order: plan.update_order,
        sources: &plan.sources,
        sections,
        is_plan: true,
    }
}

/// The place of an action in its file.
fn span_of<E: Edition>(row: &Row<E, Action<E>>) -> Span {
    match row {
        Row::Open(action) => action.span,
        Row::Withheld(row) => row.span,
    }
}

/// The actions of sections as the ledger has them.
fn entries<'l, 'b, E: Edition>(
    sections: &'l [Section<'_, E>],
    library: &'l Library<'b, E>,
) -> impl Iterator<Item = &'l Entry<'b, E>> {
    let rows = sections.iter().flat_map(|section| section.actions);
    rows.filter_map(|row| library.ledger.at(span_of(row)))
}

/// The day as at which a document is printed: its own, or that of the newest update in it, or of what was said elsewhere.
fn as_at<E: Edition>(
    own: Option<&Date<E>>,
    sections: &[Section<'_, E>],
    library: &Library<'_, E>,
) -> Option<NaiveDate> {
    let newest = |is_own: bool| {
        entries(sections, library)
            .flat_map(|entry| &entry.events)
            .filter(|event| !is_own || matches!(event.said, Said::Own(_)))
            .filter_map(|event| event.day)
            .max()
    };
    own.and_then(Date::day)
        .or_else(|| newest(true))
        .or_else(|| newest(false))
}

/// What is printed of what has happened to an action: everything that stands beside it, and what was said elsewhere up to
/// the day. A matter that was listed at a meeting and not spoken of says nothing.
fn printed<'e, 'b, E: Edition>(
    entry: &'e Entry<'b, E>,
    day: Option<NaiveDate>,
) -> impl Iterator<Item = &'e Event<'b, E>> {
    entry.events.iter().filter(move |event| match event.said {
        Said::Own(_) => true,
        Said::Between(_) => is_by(event, day),
        Said::Arising { .. } => {
            is_by(event, day) && !(event.said.is_silent() && event.said.condition().is_none())
        }
    })
}

fn is_by<E: Edition>(event: &Event<'_, E>, day: Option<NaiveDate>) -> bool {
    match (event.day, day) {
        (Some(said), Some(day)) => said <= day,
        _ => true,
    }
}

/// What is withheld in a document, and in what it prints of other files.
fn with_others<E: Edition>(
    own: &Tally,
    sections: &[Section<'_, E>],
    day: Option<NaiveDate>,
    library: &Library<'_, E>,
) -> Tally {
    let mut tally = own.clone();
    let shown = entries(sections, library).filter(|entry| entry.mark().is_none());
    for event in shown.flat_map(|entry| printed(entry, day)) {
        let said = &event.said;
        match (said, said.mark()) {
            (Said::Own(_), _) => {}
            (_, Some(mark)) => tally.add(&mark.exemptions),
            (_, None) => {
                let texts = [said.text(), said.condition(), said.reason()];
                let texts = texts.into_iter().flatten();
                texts
                    .flat_map(Text::passages)
                    .for_each(|one| tally.add(one));
            }
        }
    }
    tally
}

/// The title without markup: the document's own, or one that is made of the group.
pub(super) fn plain_title<E: Edition>(
    scribe: &Scribe<'_, '_, E>,
    title: Option<&Text<E>>,
    group: Option<&Text<E>>,
) -> String {
    match (title, group) {
        (Some(title), _) => scribe.writer.words(title),
        (None, Some(group)) => format!("{}: action tracker", scribe.writer.words(group)),
        (None, None) => "Action tracker".to_owned(),
    }
}

/// Makes the view of a tracker or a plan.
pub(super) fn page<E: Edition>(scribe: Scribe<'_, '_, E>, listing: &Listing<'_, E>) -> ListingPage {
    Sheet { scribe, listing }.page()
}

/// Writes one tracker or plan.
struct Sheet<'s, 'b, E: Edition> {
    scribe: Scribe<'s, 'b, E>,
    listing: &'s Listing<'s, E>,
}

impl<E: Edition> Sheet<'_, '_, E> {
    fn page(&self) -> ListingPage {
        let (scribe, listing) = (&self.scribe, self.listing);
        let known: Vec<Vec<Known<'_, '_, E>>> = self.known();
        let columns = self.columns();
        // In the order of the page, so that an abbreviation is explained where a reader meets it first.
        let facts = self.facts();
        let text = scribe.block(listing.text);
        let labels = self.column_labels(columns);
        let mut decisions = Vec::new();
        let groups: Vec<GroupView> = listing
            .sections
            .iter()
            .zip(&known)
            .enumerate()
            .map(|(at, (section, known))| self.group(at, section, known, &mut decisions))
            .collect();
        let archive = self.archive(&known, &mut decisions);
        let counts = self.counts(&known, &groups);
        let total = (columns.rag).then(|| total(&counts));
        let plain_title = plain_title(scribe, listing.title, listing.group);
        let title = match listing.title {
            Some(title) => scribe.writer.title(title),
            None => scribe.plain(&plain_title),
        };
        let sources = self.sources();
        let index = self.index(&known);
        let versions = scribe.versions();
        let json_ld = self.json_ld(&plain_title);
        ListingPage {
            appendix: scribe.line(listing.about.appendix),
            facts,
            text,
            labels,
            columns,
            key: if columns.rag { self.key() } else { Vec::new() },
            counts_withheld: counts.iter().any(|count| count.withheld > 0),
            counts: if listing.is_plan { counts } else { Vec::new() },
            total,
            groups,
            archive,
            decisions,
            sources,
            index,
            versions,
            frame: scribe.frame(title, &plain_title, json_ld),
        }
    }

    /// Every action with what stands of it, by section.
    fn known(&self) -> Vec<Vec<Known<'_, '_, E>>> {
        let (listing, ledger) = (self.listing, &self.scribe.library.ledger);
        let mut known = Vec::new();
        for (at, section) in listing.sections.iter().enumerate() {
            let places: &[outline::Entry] = match section.objective {
                Some(_) => &listing.outline.items[at].actions,
                None => &listing.outline.actions,
            };
            let rows = section.actions.iter().zip(places);
            let found = rows.filter_map(|(row, place)| {
                let entry = ledger.at(span_of(row))?;
                Some(self.known_row(row, place, entry))
            });
            known.push(found.collect());
        }
        known
    }

    fn columns(&self) -> Columns {
        let sections = self.listing.sections.iter();
        let actions = || {
            let rows = sections.clone().flat_map(|section| section.actions);
            rows.filter_map(Row::known)
        };
        let outcomes = actions().any(|action| !action.outcomes.is_empty());
        let is_rated = actions().any(|action| {
            let parts = action.parts.iter().filter_map(Row::known);
            let updates = action.updates.iter().filter_map(Row::known);
            action.rag.is_some()
                || parts.into_iter().any(|part| part.rag.is_some())
                || updates.into_iter().any(|update| update.rag.is_some())
        });
        Columns {
            outcomes,
            rag: self.listing.is_plan || is_rated,
            beside: if outcomes { 6 } else { 5 },
        }
    }

    fn column_labels(&self, columns: Columns) -> ListingLabels {
        let scribe = &self.scribe;
        let state = if columns.rag {
            "RAG and state"
        } else {
            "State"
        };
        ListingLabels {
            owners: scribe.labels(|labels| labels.owners.as_ref(), "Owner"),
            due: scribe.labels(|labels| labels.due.as_ref(), "Due"),
            outcomes: scribe.labels(|labels| labels.outcomes.as_ref(), "Outcomes"),
            updates: scribe.labels(|labels| labels.updates.as_ref(), "Updates"),
            state: scribe.plain(state),
        }
    }

    fn facts(&self) -> Vec<super::Fact> {
        let (scribe, listing) = (&self.scribe, self.listing);
        let series = listing.about.series;
        let series = series.and_then(|key| scribe.library.settings.series.get(key));
        let facts = [
            ("Group", scribe.line(listing.group)),
            ("Provided by", self.all_long(listing.provided_by)),
            ("Provided to", self.all_long(listing.provided_to)),
            (
                "As at",
                scribe.about.day.map(|day| scribe.plain(&dates::day(day))),
            ),
            (
                "Reviewed at",
                series.map(|series| scribe.writer.title(&series.title)),
            ),
        ];
        facts
            .into_iter()
            .filter_map(|(label, value)| Some(scribe.fact(label, value?)))
            .chain(scribe.published_facts())
            .collect()
    }

    fn all_long(&self, parties: &[Party<E>]) -> Option<Ready> {
        let names = parties.iter().map(|party| self.scribe.long(party));
        let names: Vec<String> = names.map(|name| name.as_str().to_owned()).collect();
        (!names.is_empty()).then(|| Ready::made(names.join("; ")))
    }

    fn key(&self) -> Vec<KeyView> {
        let meanings = [
            (Some(Rag::Red), "off track"),
            (Some(Rag::Amber), "at risk"),
            (Some(Rag::Green), "on track"),
            (None, "no rating has been given"),
        ];
        let view = |(rag, meaning)| KeyView {
            rag: self.scribe.rag(rag),
            meaning: self.scribe.plain(meaning),
        };
        meanings.into_iter().map(view).collect()
    }

    fn group(
        &self,
        at: usize,
        section: &Section<'_, E>,
        known: &[Known<'_, '_, E>],
        decisions: &mut Vec<fields::ListedDecision>,
    ) -> GroupView {
        let scribe = &self.scribe;
        let place = section
            .objective
            .map(|_| &self.listing.outline.items[at].entry);
        let mark = section.objective.and_then(Row::mark);
        let objective = section.objective.and_then(Row::known);
        let title = objective.and_then(|objective| objective.title.as_ref());
        let must = objective.and_then(|objective| scribe.line(objective.must.as_ref()));
        let qualifier = objective.and_then(|objective| scribe.line(objective.qualifier.as_ref()));
        let shown = known.iter().filter(|known| !known.is_archived);
        GroupView {
            anchor: scribe.plain(place.map_or("actions", |place| place.anchor.as_str())),
            number: place
                .and_then(|place| place.number.as_deref())
                .map(|number| scribe.plain(number)),
            title: match (title, place) {
                (Some(title), _) => scribe.writer.title(title),
                (None, Some(_)) => Ready::default(),
                (None, None) => scribe.plain("Actions"),
            },
            title_plain: match (title, place) {
                (Some(title), _) => scribe.plain(&scribe.writer.words(title)),
                (None, Some(_)) => Ready::default(),
                (None, None) => scribe.plain("Actions"),
            },
            title_spoken: match (title, place) {
                (Some(title), _) => scribe.writer.spoken(&scribe.writer.words(title)),
                (None, Some(_)) => Ready::default(),
                (None, None) => scribe.plain("Actions"),
            },
            withheld: mark.map(|mark| scribe.writer.mark(&mark.exemptions)),
            record: scribe.record(mark),
            must,
            qualifier,
            rows: shown.map(|known| self.row(known, decisions)).collect(),
            archived: known
                .iter()
                .filter(|known| known.is_archived)
                .map(|known| self.link_to(known))
                .collect(),
            omitted: section
                .omitted
                .iter()
                .map(|omitted| self.omitted(omitted))
                .collect(),
        }
    }

    /// The actions that were closed before, as a group of their own.
    fn archive(
        &self,
        known: &[Vec<Known<'_, '_, E>>],
        decisions: &mut Vec<fields::ListedDecision>,
    ) -> Option<GroupView> {
        let archived = known.iter().flatten().filter(|known| known.is_archived);
        let rows: Vec<fields::RowView> = archived.map(|known| self.row(known, decisions)).collect();
        let title = self.scribe.plain("Closed actions");
        (!rows.is_empty()).then(|| GroupView {
            anchor: self.scribe.plain("closed-actions"),
            title: title.clone(),
            title_plain: title.clone(),
            title_spoken: title,
            rows,
            ..GroupView::default()
        })
    }

    fn omitted(&self, omitted: &Omitted<E>) -> OmittedView {
        let scribe = &self.scribe;
        let refs: Vec<String> = omitted
            .refs
            .iter()
            .map(|reference| scribe.writer.title(reference).as_str().to_owned())
            .collect();
        OmittedView {
            refs: Ready::made(super::people::and(&refs)),
            reason: scribe.line(omitted.reason.as_ref()),
        }
    }

    fn counts(&self, known: &[Vec<Known<'_, '_, E>>], groups: &[GroupView]) -> Vec<CountView> {
        let mut counts = Vec::new();
        for (group, known) in groups.iter().zip(known) {
            let number = group.number.as_ref().map_or("", Ready::as_str);
            let title = match group.title.is_empty() {
                true => group.withheld.as_ref().map_or("", |_| "Withheld"),
                false => group.title.as_str(),
            };
            let mut count = CountView {
                name: Ready::made(format!("{number} {title}").trim()),
                anchor: Some(group.anchor.clone()),
                ..CountView::default()
            };
            known.iter().for_each(|known| known.count(&mut count));
            counts.push(count);
        }
        counts
    }

    /// The document for machines, as schema.org has it.
    fn json_ld(&self, title: &str) -> Value {
        let mut document = self.scribe.digital_document(title);
        document["@context"] = json!("https://schema.org");
        let modified = self.scribe.modified().or(self.scribe.about.day);
        document["dateModified"] = json!(modified.map(iso));
        document
    }
}

fn total(counts: &[CountView]) -> CountView {
    let mut total = CountView::default();
    for count in counts {
        total.red += count.red;
        total.amber += count.amber;
        total.green += count.green;
        total.unrated += count.unrated;
        total.closed += count.closed;
        total.withheld += count.withheld;
        total.total += count.total;
    }
    total
}
